//! The rules of one family, parted into what intents say and what stays raw.

use super::beside::{Closing, Last, stays};
use super::inbound::{Kind, Said, kind, logged_denial};
use super::leaf::{Leaf, leaves};
use super::translation::{is_arrival, translations};
use crate::intent::{Fate, Ports, Want};
use crate::iptables::model::{Chain, Go, Policy, Rule, Ruleset, Table, TableName};
use crate::iptables::print_rule;
use crate::iptables::read::called;
use crate::iptables::targets::{RejectWith, Target};
use crate::net::PortRange;
use std::collections::BTreeSet;

/// Which of a family's rules intents are to say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Share {
    /// INPUT.
    pub(super) input: bool,
    /// Translations.
    pub(super) nat: bool,
}

impl Share {
    /// From the largest to the smallest; what is left after them is no share.
    pub(super) const ALL: [Share; 3] =
        [Share { input: true, nat: true }, Share { input: true, nat: false }, Share { input: false, nat: true }];
}

/// A family's rules, parted.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Parts {
    /// Lines of `inbound`.
    pub(super) said: Vec<Said>,
    /// What happens to what no line fits.
    pub(super) otherwise: Fate,
    /// How a rejection was worded, where it was not as usual.
    pub(super) rejected_with: Option<RejectWith>,
    /// What stays raw; no tables where nothing does.
    pub(super) raw: Ruleset,
    /// Rules that no packet reached, and that nothing says now, as they were written.
    pub(super) unreached: Vec<String>,
}

impl Parts {
    /// All of it stays raw: the intents let everything of the family pass.
    pub(super) fn raw(rules: &Ruleset) -> Parts {
        let mut raw = rules.clone();
        raw.tables.retain(|table| !is_idle(table));
        Parts { said: Vec::new(), otherwise: Fate::Allow, rejected_with: None, raw, unreached: Vec::new() }
    }

    /// Whether intents say anything.
    pub(super) fn says_anything(&self) -> bool {
        !self.said.is_empty() || self.otherwise != Fate::Allow
    }
}

/// Parts rules by a share; none where intents cannot say it.
pub(super) fn parts(rules: &Ruleset, share: Share, closings: &BTreeSet<Closing>) -> Option<Parts> {
    let mut parts = Parts::raw(rules);
    if share.nat {
        let (said, left) = translations(rules)?;
        parts.said = said;
        let nat = parts.raw.tables.iter_mut().find(|table| table.name == TableName::Nat)?;
        for chain in nat.chains.iter_mut().filter(|chain| chain.policy.is_some()) {
            chain.rules = if chain.name == "POSTROUTING" { left.clone() } else { Vec::new() };
        }
    }
    if share.input {
        take_input(rules, closings, &mut parts)?;
    }
    if parts.otherwise == Fate::Allow {
        // A redirect closes its backend to whoever dials it; these rules did not.
        let backends: Vec<Said> = parts.said.iter().filter_map(backend).collect();
        parts.said.extend(backends);
    }
    parts.raw.tables.retain(|table| !is_idle(table));
    Some(parts)
}

fn backend(said: &Said) -> Option<Said> {
    let Want::Redirect { from, to } = &said.want else { return None };
    let want = Want::Allow(vec![Ports { protocol: from.protocol, range: PortRange::one(*to) }]);
    Some(Said::new(want))
}

fn take_input(rules: &Ruleset, closings: &BTreeSet<Closing>, parts: &mut Parts) -> Option<()> {
    let filter = rules.table(TableName::Filter)?;
    let input = filter.chain("INPUT")?;
    let written_out = leaves(filter)?;
    let reached = reached(filter, &input.rules);
    let mut kinds: Vec<(Leaf, Kind)> = Vec::new();
    let mut asked = BTreeSet::new();
    let mut word = if input.policy == Some(Policy::Drop) { Target::Drop } else { Target::Accept };
    parts.otherwise = if input.policy == Some(Policy::Drop) { Fate::Deny } else { Fate::Allow };
    for leaf in written_out {
        asked.insert(leaf.rule.line);
        let kind = if is_arrival(&leaf.rule, &parts.said) { Kind::BuiltIn } else { kind(&leaf.rule) };
        match kind {
            Kind::Opens => return None,
            Kind::Final(fate, with) => {
                parts.otherwise = fate;
                parts.rejected_with = with.filter(|with| *with != RejectWith::default_of(rules.family));
                if let Some(Go::Jump(target)) = leaf.rule.go {
                    word = target;
                }
                break;
            }
            kind => kinds.push((leaf, kind)),
        }
    }
    let mut log = None;
    if let Some((leaf, kind)) = kinds.last_mut().filter(|_| word == Target::Drop)
        && let Some(said) = logged_denial(&leaf.rule)
    {
        *kind = Kind::Said(said);
        log = Some(leaf.rule.clone());
    }
    let last = Last { word: &word, log: log.as_ref() };
    let kept = stays(&input.rules, &kinds, closings, rules.family, &last)?;
    let said = kinds.into_iter().filter_map(|(_, kind)| match kind {
        Kind::Said(said) => Some(said),
        _ => None,
    });
    parts.said.extend(said);
    let raw = parts.raw.tables.iter_mut().find(|table| table.name == TableName::Filter);
    let Some(raw) = raw else { return Some(()) };
    if let Some(chain) = raw.chains.iter_mut().find(|chain| chain.name == "INPUT") {
        *chain = Chain { rules: kept, policy: Some(Policy::Accept), ..chain.clone() };
    }
    drop_said_chains(raw, &reached);
    asked.extend(raw.chains.iter().flat_map(|chain| &chain.rules).map(|rule| rule.line));
    parts.unreached = unreached(filter, &reached, &asked);
    Some(())
}

/// Rules of INPUT, and of what it calls, that come after a last word; calls and returns say nothing themselves.
fn unreached(table: &Table, of_input: &BTreeSet<String>, asked: &BTreeSet<usize>) -> Vec<String> {
    let chains = table.chains.iter().filter(|chain| chain.name == "INPUT" || of_input.contains(&chain.name));
    let says = |rule: &&Rule| called(rule).is_none() && rule.go != Some(Go::Jump(Target::Return));
    let left = |chain: &Chain| {
        let rules = chain.rules.iter().filter(says).filter(|rule| !asked.contains(&rule.line));
        rules.map(|rule| print_rule(&chain.name, rule)).collect::<Vec<_>>()
    };
    chains.flat_map(left).collect()
}

/// Drops user chains that only what intents say now had called.
fn drop_said_chains(table: &mut Table, of_input: &BTreeSet<String>) {
    let built_in = table.chains.iter().filter(|chain| chain.policy.is_some());
    let of_input_alone = table.chains.iter().filter(|chain| chain.policy.is_none() && !of_input.contains(&chain.name));
    let rules: Vec<Rule> = built_in.chain(of_input_alone).flat_map(|chain| chain.rules.clone()).collect();
    let needed = reached(table, &rules);
    table
        .chains
        .retain(|chain| chain.policy.is_some() || needed.contains(&chain.name) || !of_input.contains(&chain.name));
}

/// User chains that rules lead to.
fn reached(table: &Table, rules: &[Rule]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = rules.iter().filter_map(called).collect();
    while let Some(name) = open.pop() {
        if found.insert(name.to_owned()) {
            open.extend(table.chain(name).into_iter().flat_map(|chain| &chain.rules).filter_map(called));
        }
    }
    found
}

/// Whether a table does nothing to any packet.
fn is_idle(table: &Table) -> bool {
    table
        .chains
        .iter()
        .all(|chain| chain.rules.is_empty() && chain.policy.is_none_or(|policy| policy == Policy::Accept))
        && table.chains.iter().all(|chain| chain.policy.is_some())
}
