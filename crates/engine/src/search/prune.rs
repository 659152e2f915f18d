//! Which row groups of a block cannot hold a span that a clause wants, told from tables alone.

use super::clause::OperationKind;
use crate::block::{Block, BlockCaches, BlockTables, Bloom, Form, GroupMeta, ValueKey};
use crate::columns::ValueType;
use nines_span::otlp::resource_attribute;
use nines_storage::StoreError;
use nines_trace::filter::{Constraints, Filter, Verdict};

/// A clause against one block.
pub struct BlockClause {
    /// Whether a span of the operation may satisfy the clause.
    operations: Vec<bool>,
    /// For each tag the clause needs: whether a shape has it. Left out where a resource has it too.
    tags: Vec<Vec<bool>>,
    /// Hashes of which one must be in a group's bloom filter, for each tag whose values are only there.
    hashes: Vec<Vec<u64>>,
    duration_us_min: u64,
}

impl BlockClause {
    /// The clause against a block; `None` when no span of the block satisfies it.
    pub fn new(
        filter: &Filter,
        constraints: &Constraints,
        block: &Block,
        caches: &BlockCaches,
    ) -> Result<Option<BlockClause>, StoreError> {
        let tables = block.operations();
        let verdict = |operation| filter.decide_by_shape(&OperationKind { tables, operation });
        let operations: Vec<bool> =
            (0..tables.operations.len() as u32).map(|operation| verdict(operation) != Verdict::Never).collect();
        if !operations.contains(&true) {
            return Ok(None);
        }
        let duration_us_min = *constraints.duration_us.start();
        let mut clause = BlockClause { operations, tags: Vec::new(), hashes: Vec::new(), duration_us_min };
        if constraints.tag_keys.is_empty() {
            return Ok(Some(clause));
        }
        let tables = block.tables(caches)?;
        let possible = clause.need_tags(constraints, &tables) && clause.need_texts(constraints, &tables);
        Ok(possible.then_some(clause))
    }

    fn need_tags(&mut self, constraints: &Constraints, tables: &BlockTables) -> bool {
        for key in constraints.tag_keys.iter().filter(|key| !in_resources(tables, key)) {
            let shapes = tables.tables.shapes.iter();
            let has_tag: Vec<bool> = shapes.map(|shape| tables.tables.find_tag(shape, key).is_some()).collect();
            if !has_tag.contains(&true) {
                return false;
            }
            self.tags.push(has_tag);
        }
        true
    }

    fn need_texts(&mut self, constraints: &Constraints, tables: &BlockTables) -> bool {
        let names = &tables.tables.names;
        let services: Vec<u32> = self.services(tables);
        for (key, texts) in constraints.tag_texts.iter().filter(|(key, _)| !in_resources(tables, key)) {
            let of_key = tables.columns.iter().filter(|(column, _)| {
                let is_key = column.tag().is_some_and(|name| names.get(name) == key);
                is_key && services.binary_search(&column.service).is_ok()
            });
            let (mut sure, mut hashes) = (false, Vec::new());
            for (column, form) in of_key {
                match may_hold(column, form, texts) {
                    Maybe::Yes => sure = true,
                    Maybe::InBloom(texts) => {
                        hashes.extend(texts.map(|text| Bloom::hash_of(key, text.as_bytes())));
                    }
                }
            }
            if !sure && hashes.is_empty() {
                return false;
            }
            if !sure {
                self.hashes.push(hashes);
            }
        }
        true
    }

    /// Services of the operations that may satisfy the clause, sorted.
    fn services(&self, tables: &BlockTables) -> Vec<u32> {
        let operations = tables.tables.operations.iter().zip(&self.operations);
        let mut services: Vec<u32> =
            operations.filter(|(_, possible)| **possible).map(|(operation, _)| operation.service).collect();
        services.sort_unstable();
        services.dedup();
        services
    }

    /// Whether a group may hold a span that satisfies the clause.
    pub fn may_be_in(&self, block: &Block, group_idx: usize, caches: &BlockCaches) -> Result<bool, StoreError> {
        let group: &GroupMeta = &block.groups()[group_idx];
        let any = |wanted: &[bool], there: &crate::block::Bits| there.iter().any(|number| wanted[number as usize]);
        if group.duration_us_max < self.duration_us_min
            || !any(&self.operations, &group.operations)
            || !self.tags.iter().all(|tag| any(tag, &group.shapes))
        {
            return Ok(false);
        }
        if self.hashes.is_empty() {
            return Ok(true);
        }
        let bloom = block.bloom(group_idx, caches)?;
        Ok(self.hashes.iter().all(|hashes| hashes.iter().any(|hash| bloom.may_contain(*hash))))
    }
}

/// Whether a resource of the block has an attribute of this name: then tags of spans do not decide.
fn in_resources(tables: &BlockTables, key: &str) -> bool {
    let resources = tables.tables.origins.iter().map(|(resource, _)| &tables.tables.parts[*resource as usize]);
    resources.into_iter().any(|resource| resource_attribute(resource, key).is_some())
}

enum Maybe<I> {
    /// The column may hold a value that satisfies the clause, in any group.
    Yes,
    /// If it does, one of these is in the group's bloom filter; if there are none, it does not.
    InBloom(I),
}

fn may_hold<'t>(column: ValueKey, form: Form<'t>, texts: &'t [String]) -> Maybe<impl Iterator<Item = &'t String>> {
    let is = |value: &[u8]| texts.iter().any(|text| text.as_bytes() == value);
    let prefix = match form {
        // Numbers equal texts in ways of their own.
        _ if column.value_type != ValueType::Str => return Maybe::Yes,
        Form::Constant(value) if is(value) => return Maybe::Yes,
        Form::Coded(dictionary) if dictionary.iter().any(is) => return Maybe::Yes,
        Form::Constant(_) | Form::Coded(_) => None,
        Form::Text(prefix) | Form::Hex(prefix) => Some(prefix),
    };
    let in_text = move |text: &&String| prefix.is_some_and(|prefix| text.as_bytes().starts_with(prefix));
    Maybe::InBloom(texts.iter().filter(in_text))
}
