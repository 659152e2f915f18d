//! Rules of one chain: those that stay in their order keep their handles.

use std::collections::{HashMap, HashSet};

use super::super::change::{Change, Place};
use super::super::live::LiveRule;
use super::super::name::{Name, RuleId};
use super::super::table::Rule;

/// What leads from the rules of a chain to those wanted.
pub fn diff(chain: &Name, live: &[LiveRule], wanted: &[Rule]) -> Vec<Change> {
    let partners = partners(live, wanted);
    let mut added = Vec::new();
    let mut waiting: Vec<&Rule> = Vec::new();
    let mut replaced = Vec::new();
    for (at, rule) in wanted.iter().enumerate() {
        let Some(partner) = partners.get(&at).and_then(|at| live.get(*at)) else {
            waiting.push(rule);
            continue;
        };
        let before = Place::Before(partner.handle);
        added.extend(waiting.drain(..).map(|rule| Change::AddRule(chain.clone(), before, rule.clone())));
        if partner.rule != *rule {
            replaced.push(Change::ReplaceRule(chain.clone(), partner.handle, rule.clone()));
        }
    }
    added.extend(waiting.into_iter().map(|rule| Change::AddRule(chain.clone(), Place::End, rule.clone())));
    let kept: HashSet<usize> = partners.into_values().collect();
    let gone = live.iter().enumerate().filter(|(at, _)| !kept.contains(at));
    let removed = gone.map(|(_, rule)| Change::DeleteRule(chain.clone(), rule.handle));
    added.into_iter().chain(replaced).chain(removed).collect()
}

/// The place in the kernel of each rule wanted that can stay: the most that are in the same order.
fn partners(live: &[LiveRule], wanted: &[Rule]) -> HashMap<usize, usize> {
    let mut places: HashMap<&RuleId, usize> = HashMap::new();
    for (at, rule) in wanted.iter().enumerate() {
        if let Some(id) = &rule.id {
            places.entry(id).or_insert(at);
        }
    }
    let mut pairs = Vec::new();
    for (at, rule) in live.iter().enumerate() {
        // Taken out, so that an id that is there twice has one partner.
        pairs.extend(rule.rule.id.as_ref().and_then(|id| places.remove(id)).map(|wanted| (wanted, at)));
    }
    rising(&pairs).into_iter().collect()
}

/// The longest part of a sequence whose first numbers rise, by the ends of the best part of each length.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new(); // by length: where the part with the smallest end ends
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let first = |at: usize| pairs.get(at).map_or(0, |pair| pair.0);
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| first(*end) < pair.0);
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut part = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        part.extend(pairs.get(at).copied());
        next = before.get(at).copied().flatten();
    }
    part
}
