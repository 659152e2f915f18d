//! The difference of two tables for people: rules by their ids, as `nft` would write them, and elements of sets.

use std::collections::{BTreeMap, BTreeSet};

use crate::nft::diff::differences;
use crate::nft::text::render_rule;
use crate::nft::{Element, Table};

/// A rule of ours whose part in the kernel changes: before without after goes, after without before comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleChange {
    /// As intents name it: `inbound/1`.
    pub id: String,
    /// What the kernel holds of it, a line each, the chain's name first.
    pub before: Vec<String>,
    /// What it would hold.
    pub after: Vec<String>,
}

/// A set whose elements differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetChange {
    /// Its name.
    pub name: String,
    /// Elements that come.
    pub n_added: u32,
    /// Elements that go.
    pub n_removed: u32,
}

/// Rules that differ, in the order of those wanted; those that only go stand last.
#[must_use]
pub fn rule_changes(live: Option<&Table>, wanted: &Table) -> Vec<RuleChange> {
    let (mut before, _) = live.map(by_id).unwrap_or_default();
    let (mut after, order) = by_id(wanted);
    let mut changes = Vec::new();
    for id in order {
        let (before, after) = (before.remove(&id).unwrap_or_default(), after.remove(&id).unwrap_or_default());
        if before != after {
            changes.push(RuleChange { id, before, after });
        }
    }
    changes.extend(before.into_iter().map(|(id, before)| RuleChange { id, before, after: Vec::new() }));
    changes
}

/// Lines of each rule, and the ids in the order they are first met.
fn by_id(table: &Table) -> (BTreeMap<String, Vec<String>>, Vec<String>) {
    let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut order = Vec::new();
    for chain in &table.chains {
        for rule in &chain.rules {
            let id = rule.id.as_ref().map_or("-", |id| id.as_str());
            // `inbound/1#2` is part of `inbound/1` (CMP-2).
            let id = id.split('#').next().unwrap_or_default().to_owned();
            let of_rule = lines.entry(id.clone()).or_default();
            if of_rule.is_empty() {
                order.push(id);
            }
            of_rule.push(format!("{}: {}", chain.name, render_rule(table.id.family, &table.sets, rule)));
        }
    }
    (lines, order)
}

/// Sets whose elements differ; those that rules fill are not ours to compare.
#[must_use]
pub fn set_changes<'t>(live: Option<&'t Table>, wanted: &'t Table) -> Vec<SetChange> {
    let fixed = |table: Option<&'t Table>| -> BTreeMap<&'t str, &'t [Element]> {
        let sets = table.map(|table| table.sets.as_slice()).unwrap_or_default().iter();
        let fixed = sets.filter(|set| !set.head.dynamic);
        fixed.map(|set| (set.head.name.as_str(), set.elements.as_slice())).collect()
    };
    let (before, after) = (fixed(live), fixed(Some(wanted)));
    let names: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let change = |name: &&str| {
        let of = |sets: &BTreeMap<&str, &'t [Element]>| sets.get(*name).copied().unwrap_or_default();
        let (gone, come) = differences(of(&before), of(&after));
        let count = |elements: Vec<&Element>| u32::try_from(elements.len()).unwrap_or(u32::MAX);
        SetChange { name: (*name).to_owned(), n_added: count(come), n_removed: count(gone) }
    };
    names.iter().map(change).filter(|change| change.n_added + change.n_removed > 0).collect()
}
