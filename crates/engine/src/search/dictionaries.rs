//! Whether a block has any value that a clause's patterns and comparisons hold for, told from its
//! dictionaries: a pattern that no value of a block matches would else be asked of every row.

use crate::aggregate::tag_key;
use crate::block::{BlockTables, Form};
use crate::columns::{ValueType, decode_value};
use nines_span::{Span, ValueRef};
use nines_trace::filter::{Constraints, Filter, Term};

/// Whether every term of the clause that needs a value of a tag may find one under `services`, which are
/// sorted. `true` where a resource has the tag too, or where the values are not all in the tables.
pub fn may_satisfy(filter: &Filter, constraints: &Constraints, services: &[u32], tables: &BlockTables) -> bool {
    // Equal texts were looked up already.
    let looked_up = |key: &str| constraints.tag_texts.iter().any(|(own, _)| own == key);
    let needs_value = |term: &&Term| !term.negated && constraints.tag_keys.iter().any(|key| is_of(term, key));
    let open = |term: &&Term| tag_key(&term.test).is_some_and(|key| !looked_up(key));
    filter.terms().iter().filter(needs_value).filter(open).all(|term| may_hold(term, services, tables))
}

fn is_of(term: &Term, key: &str) -> bool {
    tag_key(&term.test) == Some(key)
}

fn may_hold(term: &Term, services: &[u32], tables: &BlockTables) -> bool {
    let Some(key) = tag_key(&term.test) else { return true };
    if super::prune::in_resources(&tables.tables, key) {
        return true;
    }
    let mut span = Span { tags: vec![(key.to_owned(), ValueRef::Empty.to_value())], ..Span::default() };
    let mut holds = |value_type: ValueType, bytes: &[u8]| match decode_value(value_type, bytes) {
        Ok(value) => {
            span.tags[0].1 = value.to_value();
            term.holds(&span)
        }
        Err(_) => true,
    };
    let names = &tables.tables.names;
    let of_key = tables.columns.iter().filter(|(column, _)| {
        let is_key = column.tag().is_some_and(|name| names.get(name) == key);
        is_key && services.binary_search(&column.service).is_ok()
    });
    of_key.into_iter().any(|(column, form)| match form {
        Form::Constant(value) => holds(column.value_type, value),
        Form::Coded(dictionary) => dictionary.iter().any(|value| holds(column.value_type, value)),
        Form::Text(_) | Form::Hex(_) => true,
    })
}
