//! Rules of iptables as chains of ours: what a packet meets in them is what it met in the tables they were written for.
//!
//! A table's chains are named `ipv4/filter/INPUT`; those that a hook calls stand where the table's own stands, just
//! before what the intents mean there, and begin by letting the other family go. What nf_tables cannot express is refused with
//! its line, never approximated.
//!
//! # Invariants
//! - RAW-1: a packet meets at most one of the kernel's rules that one rule of iptables becomes, so that none acts or
//!   counts twice.
//! - RAW-2: every rule carries its family and the name that the simulator gives it: `ipv4/filter/INPUT/3`.

mod addrtype;
mod connection;
mod header;
mod matches;
mod ports;
mod targets;
mod ways;

use super::BEFORE_OTHERS;
use super::refused::Refused;
use super::sets::Sets;
use crate::iptables::model::{
    Chain as Written, Go, Hook as Place, Policy as WrittenPolicy, Rule as WrittenRule, Ruleset,
};
use crate::iptables::{Table as WrittenTable, TableName, Target};
use crate::messages::{Fact, Hint};
use crate::net::Family;
use crate::nft::expr::Verdict;
use crate::nft::table::priority;
use crate::nft::{Action, BaseChain, Chain, ChainKind, Data, Field, Hook, Name, Policy, Rule, RuleId};
use std::collections::{BTreeMap, BTreeSet};
use ways::Ways;

/// Chains that call each other at most, one within another: the kernel follows sixteen, the first included.
const DEPTH_MAX: usize = 15;
/// Lets packets of the other family go.
const OTHER_FAMILY: RuleId = RuleId::fixed("built-in/other-family");

/// How far before our chains these stand: what they let through, the intents are asked about.
const BEFORE_OURS: i32 = 1;

/// The chains of rule sets, at most one for each family. Everything that is refused is told.
pub(super) fn chains(sets: &mut Sets<'_>, rulesets: &[Ruleset]) -> Result<Vec<Chain>, Vec<Refused>> {
    let mut chains = Vec::new();
    let mut refused = Vec::new();
    for rules in rulesets {
        for table in &rules.tables {
            let mut compiler = Compiler { family: rules.family, table, sets, refused: Vec::new() };
            chains.extend(compiler.chains());
            refused.extend(compiler.refused);
        }
    }
    if refused.is_empty() { Ok(chains) } else { Err(refused) }
}

struct Compiler<'c, 'i> {
    family: Family,
    table: &'c WrittenTable,
    sets: &'c mut Sets<'i>,
    refused: Vec<Refused>,
}

impl Compiler<'_, '_> {
    /// Chains with a hook that do something, and those that rules of this table call.
    fn chains(&mut self) -> Vec<Chain> {
        let table = self.table;
        let hooks = hooks_of(table);
        if let Some(line) = too_deep(table) {
            let fact = Fact::ChainsTooDeep { limit: DEPTH_MAX };
            self.refused.push(Refused { line, fact, hint: Hint::CallAnotherChain });
        }
        let no_hooks = BTreeSet::new();
        let mut compiled = Vec::new();
        for chain in &table.chains {
            let place = Place::parse(&chain.name).filter(|_| chain.policy.is_some());
            if place.is_some() && chain.rules.is_empty() && chain.policy != Some(WrittenPolicy::Drop) {
                continue;
            }
            let called_at: Vec<Place> = hooks.get(chain.name.as_str()).unwrap_or(&no_hooks).iter().copied().collect();
            let Some(name) = self.name(&chain.name) else { continue };
            let base = place.map(|place| base(table.name, place, chain.policy));
            let mut rules = if base.is_some() { vec![self.lets_others_go()] } else { Vec::new() };
            for (number, rule) in (1..).zip(&chain.rules) {
                match self.rule(chain, number, rule, &called_at) {
                    Ok(more) => rules.extend(more),
                    Err(refused) => self.refused.push(refused.at(rule.line)),
                }
            }
            compiled.push(Chain { name, base, rules });
        }
        compiled
    }

    fn name(&mut self, chain: &str) -> Option<Name> {
        let name = chain_name(self.family, self.table.name, chain);
        if name.is_none() {
            let fact = Fact::BadRuleId { id: chain.to_owned() };
            self.refused.push(Refused { line: 0, fact, hint: Hint::NameAnotherChain });
        }
        name
    }

    fn lets_others_go(&self) -> Rule {
        let other = match self.family {
            Family::V4 => crate::nft::field::NFPROTO_IPV4,
            Family::V6 => crate::nft::field::NFPROTO_IPV6,
        };
        Rule::new(OTHER_FAMILY).when(Field::META_NFPROTO.is_not(Data::byte(other))).then(Action::accept())
    }

    /// The kernel's rules for one, each counted as it was: where the target does nothing, only counted.
    fn rule(
        &mut self,
        chain: &Written,
        number: usize,
        rule: &WrittenRule,
        hooks: &[Place],
    ) -> Result<Vec<Rule>, Refused> {
        let id = format!("{}/{}/{}/{number}", self.family.name(), self.table.name.name(), chain.name);
        let mut ways = header::header(self.family, &rule.header)?;
        for (nth, of) in rule.matches.iter().enumerate() {
            ways = ways.and(matches::asked(self.family, of, self.sets, &format!("{id}_{nth}"))?);
        }
        let action = self.action(rule, hooks)?;
        let ways = self.once(rule, ways)?;
        let mut rules = Vec::with_capacity(ways.len());
        for (nth, way) in (1..).zip(ways) {
            let text = if nth == 1 { id.clone() } else { format!("{id}#{nth}") };
            let bad = |_| Refused { line: 0, fact: Fact::BadRuleId { id: id.clone() }, hint: Hint::NameAnotherChain };
            let narrowed = way.into_iter().fold(Rule::new(RuleId::new(text).map_err(bad)?), Rule::when);
            let counted = narrowed.then(Action::counter());
            rules.push(match &action {
                Some(action) => counted.then(action.clone()),
                None => counted,
            });
        }
        Ok(rules)
    }

    /// A match that counts packets counts them in one place.
    fn once(&self, rule: &WrittenRule, ways: Ways) -> Result<Vec<Vec<crate::nft::Match>>, Refused> {
        let ways = ways.into_rules()?;
        match rule.matches.iter().find(|of| matches::counts(of)) {
            Some(of) if ways.len() > 1 => {
                let what = format!("-m {} beside a question with several answers", of.name());
                Err(Refused::with(what, Hint::SplitRule))
            }
            _ => Ok(ways),
        }
    }

    fn action(&self, rule: &WrittenRule, hooks: &[Place]) -> Result<Option<Action>, Refused> {
        let to = |name: &str| {
            let known = self.table.chain(name).and_then(|_| chain_name(self.family, self.table.name, name));
            known.ok_or_else(|| Refused::no_form(format!("the chain {name}")))
        };
        Ok(match &rule.go {
            None => None,
            Some(Go::Goto(name)) => Some(Action::verdict(Verdict::Goto(to(name)?))),
            Some(Go::Jump(Target::Chain(name))) => Some(Action::jump(&to(name)?)),
            Some(Go::Jump(target)) => Some(targets::action(self.family, target, hooks)?),
        })
    }
}

fn chain_name(family: Family, table: TableName, chain: &str) -> Option<Name> {
    Name::new(format!("{}/{}/{chain}", family.name(), table.name())).ok()
}

/// Where a table's chain stands: where iptables has it, just before what the intents mean there.
fn base(table: TableName, place: Place, policy: Option<WrittenPolicy>) -> BaseChain {
    let hook = match place {
        Place::Prerouting => Hook::Prerouting,
        Place::Input => Hook::Input,
        Place::Forward => Hook::Forward,
        Place::Output => Hook::Output,
        Place::Postrouting => Hook::Postrouting,
    };
    let before = BEFORE_OTHERS + BEFORE_OURS;
    let (kind, priority) = match (table, place) {
        (TableName::Raw, _) => (ChainKind::Filter, priority::RAW - before),
        // iptables routes local packets anew after `mangle` changed them.
        (TableName::Mangle, Place::Output) => (ChainKind::Route, priority::MANGLE - before),
        (TableName::Mangle, _) => (ChainKind::Filter, priority::MANGLE - before),
        (TableName::Nat, Place::Prerouting | Place::Output) => (ChainKind::Nat, priority::DSTNAT - before),
        // Ours comes after those of others there.
        (TableName::Nat, _) => (ChainKind::Nat, priority::SRCNAT + BEFORE_OTHERS - BEFORE_OURS),
        (TableName::Filter, _) => (ChainKind::Filter, priority::FILTER - before),
        (TableName::Security, _) => (ChainKind::Filter, priority::SECURITY - before),
    };
    let policy = if policy == Some(WrittenPolicy::Drop) { Policy::Drop } else { Policy::Accept };
    BaseChain { kind, hook, priority, policy }
}

/// The chains that a chain's rules name.
fn named(chain: &Written) -> impl Iterator<Item = (&str, usize)> {
    chain.rules.iter().filter_map(|rule| match &rule.go {
        Some(Go::Jump(Target::Chain(name)) | Go::Goto(name)) => Some((name.as_str(), rule.line)),
        _ => None,
    })
}

/// From which hooks each chain is reached.
fn hooks_of(table: &WrittenTable) -> BTreeMap<&str, BTreeSet<Place>> {
    let mut hooks: BTreeMap<&str, BTreeSet<Place>> = BTreeMap::new();
    for place in table.name.hooks() {
        let mut open = vec![place.name()];
        while let Some(name) = open.pop() {
            let Some(chain) = table.chain(name) else { continue };
            if hooks.entry(chain.name.as_str()).or_default().insert(*place) {
                open.extend(named(chain).map(|(name, _)| name));
            }
        }
    }
    hooks
}

/// The line of a call that goes deeper than the kernel follows, or round in a ring.
fn too_deep(table: &WrittenTable) -> Option<usize> {
    let mut layer: BTreeMap<&str, usize> = table.name.hooks().iter().map(|place| (place.name(), 0)).collect();
    for _ in 0..=DEPTH_MAX {
        let called = layer.keys().filter_map(|name| table.chain(name)).flat_map(named);
        let next: BTreeMap<&str, usize> = called.collect();
        if next.is_empty() {
            return None;
        }
        layer = next;
    }
    layer.into_values().next()
}

#[cfg(test)]
mod tests {
    use super::too_deep;
    use crate::iptables::Target;
    use crate::iptables::model::{Chain, Go, Rule, Table, TableName};

    /// A table whose chains call each other, one within another.
    fn nested(depth: usize) -> Table {
        let mut table = Table::new(TableName::Filter);
        let call = |nth: usize| Rule {
            line: nth + 1,
            go: Some(Go::Jump(Target::Chain(format!("c{nth}")))),
            ..Rule::default()
        };
        table.chains[0].rules.push(call(0));
        table.chains.extend((0..depth).map(|nth| {
            let rules = if nth + 1 < depth { vec![call(nth + 1)] } else { Vec::new() };
            Chain { rules, ..Chain::new(&format!("c{nth}")) }
        }));
        table
    }

    #[test]
    fn chains_deeper_than_the_kernel_follows_are_told_by_the_line_that_calls_too_far() {
        assert_eq!(too_deep(&nested(super::DEPTH_MAX)), None);
        assert_eq!(too_deep(&nested(super::DEPTH_MAX + 1)), Some(super::DEPTH_MAX + 1));
    }
}
