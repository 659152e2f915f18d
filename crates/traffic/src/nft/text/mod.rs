//! Tables as `nft` would list them, for people who know its syntax: what a plan shows.
//!
//! Counters are shown without what they counted. What a rule asks only so that its next field means something (family,
//! protocol) is left out, as `nft` leaves it out, but only right before that field: further away, `nft` could not load
//! the text again. What is not modelled is shown as `unknown NAME`.

mod element;
mod held;
mod rule;
mod statement;
mod value;

use std::fmt::Write;

pub use rule::render_rule;
pub use value::render_value;

use super::keys::Family;
use super::live::LiveTable;
use super::object::{Object, ObjectState};
use super::table::{BaseChain, Chain, Hook, Table, TableFlags, priority};

/// The text of a table.
#[must_use]
pub fn render_table(table: &Table) -> String {
    let mut out = format!("table {} {} {{\n", table.id.family.word(), table.id.name);
    let mut parts: Vec<String> = Vec::new();
    parts.extend(render_flags(table.flags));
    parts.extend(table.objects.iter().map(render_object));
    parts.extend(table.sets.iter().map(element::render_set));
    parts.extend(table.chains.iter().map(|chain| render_chain(table, chain)));
    out.push_str(&parts.join("\n"));
    out.push_str("}\n");
    out
}

/// The text of a table in the kernel.
#[must_use]
pub fn render_live(table: &LiveTable) -> String {
    render_table(&table.table())
}

fn render_flags(flags: TableFlags) -> Option<String> {
    let words = [(flags.dormant, "dormant"), (flags.owner, "owner"), (flags.persist, "persist")];
    let set: Vec<&str> = words.iter().filter(|(set, _)| *set).map(|(_, word)| *word).collect();
    (!set.is_empty()).then(|| format!("\tflags {}\n", set.join(",")))
}

fn render_object(object: &Object) -> String {
    let body = match &object.state {
        ObjectState::Counter => String::new(),
        ObjectState::Limit(limit) => statement::render_rate(limit),
        ObjectState::Connlimit { count, over } => statement::render_count(*count, *over),
        ObjectState::Unknown(_) => "unknown".to_owned(),
    };
    let line = if body.is_empty() { body } else { format!("\t\t{body}\n") };
    format!("\t{} {} {{\n{line}\t}}\n", object.state.kind().word(), object.name)
}

fn render_chain(table: &Table, chain: &Chain) -> String {
    let mut out = format!("\tchain {} {{\n", chain.name);
    if let Some(base) = &chain.base {
        let _ = writeln!(
            out,
            "\t\ttype {} hook {} priority {}; policy {};",
            base.kind.word(),
            base.hook.word(),
            render_priority(table.id.family, base),
            base.policy.word()
        );
    }
    for rule in &chain.rules {
        let _ = writeln!(out, "\t\t{}", render_rule(table.id.family, &table.sets, rule));
    }
    out.push_str("\t}\n");
    out
}

/// A priority by the nearest one that has a name.
fn render_priority(family: Family, base: &BaseChain) -> String {
    const NEAR: i32 = 10;
    let named = named_priorities(base.hook);
    let with_names = matches!(family, Family::Inet | Family::Ip | Family::Ip6);
    let near = named.iter().find(|(_, at)| with_names && base.priority.abs_diff(*at) <= NEAR.unsigned_abs());
    match near {
        None => base.priority.to_string(),
        Some((word, at)) if base.priority == *at => (*word).to_owned(),
        Some((word, at)) if base.priority > *at => format!("{word} + {}", base.priority - at),
        Some((word, at)) => format!("{word} - {}", at - base.priority),
    }
}

const fn named_priorities(hook: Hook) -> &'static [(&'static str, i32)] {
    const ALWAYS: [(&str, i32); 4] = [
        ("raw", priority::RAW),
        ("mangle", priority::MANGLE),
        ("filter", priority::FILTER),
        ("security", priority::SECURITY),
    ];
    const BEFORE_ROUTE: [(&str, i32); 5] = [ALWAYS[0], ALWAYS[1], ALWAYS[2], ALWAYS[3], ("dstnat", priority::DSTNAT)];
    const AFTER_ROUTE: [(&str, i32); 5] = [ALWAYS[0], ALWAYS[1], ALWAYS[2], ALWAYS[3], ("srcnat", priority::SRCNAT)];
    match hook {
        Hook::Prerouting => &BEFORE_ROUTE,
        Hook::Postrouting => &AFTER_ROUTE,
        _ => &ALWAYS,
    }
}
