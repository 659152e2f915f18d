//! The values and keys that a block's filters hold, group by group, and those that they leave out because
//! they are common: what most groups have is cheaper to list once than to hold for each.

use super::value_columns::{CODES_MAX, ColumnDraft, ColumnForm};
use super::value_hash::{filter_text, has_filter_text, hash_of_having, hash_of_tag, hash_under};
use crate::columns::{Strings, Tables};
use crate::hash::NumberMap;

/// A value is common when it is in more than this share of the groups: then no filter would help a search.
const COMMON_ABOVE: f64 = 0.5;

/// Hashes of values.
pub struct FilterValues {
    /// For each group: of its values that are not common, each once.
    pub of_groups: Vec<Vec<u64>>,
    /// Of the common values.
    pub common: Vec<u64>,
}

impl FilterValues {
    /// Those of all columns of tags.
    pub fn gather(tables: &Tables, strings: &Strings, drafts: &[ColumnDraft], n_groups: usize) -> FilterValues {
        let mut found = FilterValues { of_groups: vec![Vec::new(); n_groups], common: Vec::new() };
        let mut distinct = DistinctHashes::default();
        found.add_keys(tables, drafts);
        for draft in drafts {
            let key = draft.column.key;
            let Some(tag) = key.tag().filter(|_| has_filter_text(key.value_type)) else { continue };
            let tag_hash = hash_of_tag(tables.names.get(key.service), tables.names.get(tag));
            let hash_of = |value: &[u8]| hash_under(tag_hash, &filter_text(key.value_type, value));
            match &draft.column.form {
                ColumnForm::Constant(value) => {
                    let groups = (0..n_groups).filter(|group_idx| !draft.of_group(*group_idx).is_empty());
                    found.add(hash_of(value), &groups.collect::<Vec<_>>());
                }
                ColumnForm::Coded(dictionary) => {
                    let groups = groups_of_codes(draft, n_groups);
                    for (value, groups) in dictionary.iter().zip(&groups) {
                        found.add(hash_of(value), groups);
                    }
                }
                // A text of more kinds than a dictionary takes is not common, or is so in few columns.
                ColumnForm::Text(_) | ColumnForm::Hex(_) => {
                    for (group_idx, hashes) in found.of_groups.iter_mut().enumerate() {
                        let values = draft.values[draft.of_group(group_idx)].iter();
                        values.for_each(|value| distinct.insert(hash_of(strings.get(*value))));
                        distinct.move_to(hashes);
                    }
                }
            }
        }
        found
    }

    /// Adds for each key of a tag the groups that have it.
    fn add_keys(&mut self, tables: &Tables, drafts: &[ColumnDraft]) {
        let n_groups = self.of_groups.len();
        let mut having: NumberMap<u32, Vec<bool>> = NumberMap::default();
        for draft in drafts {
            let Some(tag) = draft.column.key.tag() else { continue };
            let has = having.entry(tag).or_insert_with(|| vec![false; n_groups]);
            (0..n_groups).for_each(|group_idx| has[group_idx] |= !draft.of_group(group_idx).is_empty());
        }
        for (tag, has) in having {
            let groups: Vec<usize> = (0..n_groups).filter(|group_idx| has[*group_idx]).collect();
            self.add(hash_of_having(tables.names.get(tag)), &groups);
        }
    }

    fn add(&mut self, hash: u64, groups: &[usize]) {
        if groups.len() as f64 > self.of_groups.len() as f64 * COMMON_ABOVE {
            self.common.push(hash);
        } else {
            groups.iter().for_each(|group_idx| self.of_groups[*group_idx].push(hash));
        }
    }
}

/// For each code of a column the groups that have it.
fn groups_of_codes(draft: &ColumnDraft, n_groups: usize) -> Vec<Vec<usize>> {
    let mut groups = vec![Vec::new(); CODES_MAX];
    for group_idx in 0..n_groups {
        let mut occurs = [false; CODES_MAX];
        draft.codes[draft.of_group(group_idx)].iter().for_each(|code| occurs[usize::from(*code)] = true);
        let codes = groups.iter_mut().zip(occurs).filter(|(_, occurs)| *occurs);
        codes.for_each(|(groups, _)| groups.push(group_idx));
    }
    groups
}

/// Hashes, each once: a table that is never more than half full.
#[derive(Default)]
struct DistinctHashes {
    distinct: Vec<u64>,
    /// 0 is vacant, and no hash. Its length is a power of two.
    table: Vec<u64>,
}

impl DistinctHashes {
    fn insert(&mut self, hash: u64) {
        if self.distinct.len() * 2 >= self.table.len() {
            self.grow();
        }
        let slot = self.slot(hash);
        if self.table[slot] == 0 {
            self.table[slot] = hash;
            self.distinct.push(hash);
        }
    }

    /// Where a hash is, or would be.
    fn slot(&self, hash: u64) -> usize {
        let mut at = hash as usize & (self.table.len() - 1);
        while self.table[at] != 0 && self.table[at] != hash {
            at = (at + 1) & (self.table.len() - 1);
        }
        at
    }

    fn grow(&mut self) {
        self.table.clear();
        self.table.resize((self.distinct.len() * 4).next_power_of_two().max(64), 0);
        for at in 0..self.distinct.len() {
            let slot = self.slot(self.distinct[at]);
            self.table[slot] = self.distinct[at];
        }
    }

    /// Moves all of them to the end of a list.
    fn move_to(&mut self, list: &mut Vec<u64>) {
        if !self.distinct.is_empty() {
            list.append(&mut self.distinct);
            self.table.fill(0);
        }
    }
}
