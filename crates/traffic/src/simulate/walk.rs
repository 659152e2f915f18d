//! The walk of a packet through the tables of a save file.
//!
//! # Invariants
//! - SIM-1: a walk ends: chains that lead back to themselves are left after [`ENTERED_MAX`] calls.

use super::answer::{Answer, Verdict};
use super::effects::apply;
use super::flow::{Flow, Spot};
use super::matching::matches;
use super::packet::{Packet, State};
use super::truth::Truth;
use super::ways::{Run, over_all_ways};
use crate::iptables::model::{Chain, Go, Hook, Policy, Rule, Ruleset, Table, TableName};
use crate::iptables::passes_on;
use crate::iptables::targets::Target;
use crate::messages::{Fact, Hint};
use std::collections::HashMap;

/// Most chains a packet enters at one hook. The largest rule set met in the field has some hundred chains, each entered
/// once or a few times; what enters more leads back to itself.
pub const ENTERED_MAX: usize = 10_000;

/// Rules, made ready for many packets.
#[derive(Debug)]
pub struct Simulator<'r> {
    rules: &'r Ruleset,
    /// Places of chains by name, for each table.
    places: Vec<HashMap<&'r str, usize>>,
    beside: Option<&'r dyn Beside>,
}

/// What else a packet meets, between one table and the next.
pub(crate) trait Beside: core::fmt::Debug {
    /// What stands right behind a table at a hook, whether or not the rules have that table; `is_translated` where the
    /// table has just said where the packet goes or whom it comes from, which nobody says twice.
    fn after(&self, table: TableName, hook: Hook, walk: &mut Walk<'_, '_, '_>, is_translated: bool) -> Met;
}

/// What that came to.
pub(crate) enum Met {
    /// A rule said so.
    Decided(String, Verdict),
    /// It depends on what the run lacks.
    Unknown,
    /// Nothing was said.
    Passed,
}

/// What becomes of a packet's destination before it is routed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Translated {
    /// It stays, or the packet ends before.
    Not,
    /// It is this now.
    To(Spot),
    /// A rule on the way is not known to match or not.
    Unknown,
}

impl Translated {
    /// Where it goes, where that is changed and known.
    pub fn known(self) -> Option<Spot> {
        match self {
            Translated::To(spot) => Some(spot),
            Translated::Not | Translated::Unknown => None,
        }
    }
}

/// What a chain, or one of its rules, came to.
enum End {
    /// A rule said so: its name, and what.
    Decided(String, Verdict),
    /// The policy of a built-in chain.
    Policy(Policy),
    /// A rule said where the packet goes, or whom it comes from.
    Translated,
    /// What only the kernel knows: where a packet goes after this target. None where what is missing is told already.
    Beyond(Option<String>),
}

/// A packet on its way, on one walk.
pub(crate) struct Walk<'r, 'w, 'p> {
    /// What rules have made of it.
    pub flow: Flow<'p>,
    /// What matched, and what is lacking.
    pub run: &'r mut Run<'w>,
    /// The rule that decided so far, and how.
    rule: String,
    verdict: Verdict,
}

impl<'r> Simulator<'r> {
    /// Over these rules.
    pub fn new(rules: &'r Ruleset) -> Simulator<'r> {
        let places =
            |table: &'r Table| (0..).zip(&table.chains).map(|(nth, chain)| (chain.name.as_str(), nth)).collect();
        Simulator { rules, places: rules.tables.iter().map(places).collect(), beside: None }
    }

    /// Over these rules and others beside them.
    pub(crate) fn with(rules: &'r Ruleset, beside: &'r dyn Beside) -> Simulator<'r> {
        Simulator { beside: Some(beside), ..Simulator::new(rules) }
    }

    /// Why a packet cannot be asked about: it is of the other IP family than the rules.
    pub fn refuses(&self, packet: &Packet) -> Option<(Fact, Hint)> {
        let is_other = packet.family().is_some_and(|family| family != self.rules.family);
        is_other.then_some((Fact::PacketOfOtherFamily, Hint::RulesOfThatFamily))
    }

    /// What becomes of a packet.
    pub fn answer(&self, packet: &Packet) -> Answer {
        over_all_ways(|run| self.walk(packet, run))
    }

    /// Whether every rule on the way is known to match or not, so that the path of an answer is all of it. An answer may be
    /// known where the path is not: whatever a rule would say, the end is the same.
    pub fn knows_path(&self, packet: &Packet) -> bool {
        let mut run = Run::default();
        self.walk(packet, &mut run);
        run.knows_path()
    }

    /// Where a packet goes after the first translation of its destination, by which a host routes it.
    pub fn translated(&self, packet: &Packet) -> Translated {
        let mut run = Run::default();
        let mut walk = Walk::of(packet, &mut run);
        let first = if packet.input.is_some() { Hook::Prerouting } else { Hook::Output };
        let up_to_nat = [TableName::Raw, TableName::Mangle, TableName::Nat];
        for (name, hook) in order(packet).into_iter().filter(|(name, hook)| *hook == first && up_to_nat.contains(name))
        {
            walk.see(packet, name, hook);
            let end = self.at(name, hook, &mut walk);
            walk.ends(name, end);
            if walk.run.is_unsure() {
                return Translated::Unknown;
            }
            if walk.verdict != Verdict::Accept {
                return Translated::Not;
            }
        }
        if walk.flow.is_dnat { Translated::To(walk.flow.destination) } else { Translated::Not }
    }

    /// One walk; what matched on it is told with the run.
    fn walk(&self, packet: &Packet, run: &mut Run<'_>) -> Answer {
        let mut walk = Walk::of(packet, run);
        let mut way = order(packet);
        way.reverse();
        while let Some((name, hook)) = way.pop() {
            if (name, hook) == (TableName::Mangle, Hook::Forward) {
                // A host that passes a packet on takes a hop before it asks.
                walk.flow.ttl = walk.flow.ttl.map(|ttl| ttl.saturating_sub(1));
            }
            walk.see(packet, name, hook);
            let of_table = self.at(name, hook, &mut walk);
            let is_translated = matches!(of_table, Some(End::Translated));
            walk.ends(name, of_table);
            if walk.verdict == Verdict::Accept {
                let of_beside = self.of_beside(name, hook, &mut walk, is_translated);
                walk.ends(name, of_beside);
            }
            if walk.verdict != Verdict::Accept {
                break;
            }
            if (name, hook) == (TableName::Nat, Hook::Prerouting) {
                way = rest_of_way(&walk.flow).unwrap_or(way);
            }
        }
        let rule = (walk.verdict != Verdict::Unknown).then_some(walk.rule);
        walk.flow.answer(walk.verdict, rule)
    }

    /// What the rules' own table at a hook says; nothing where there is none, or it is not asked.
    fn at(&self, name: TableName, hook: Hook, walk: &mut Walk<'_, '_, '_>) -> Option<End> {
        let nth = self.rules.tables.iter().position(|table| table.name == name)?;
        let is_asked = name != TableName::Nat || walk.flow.state == State::New;
        if is_asked { self.table(nth, hook, walk) } else { None }
    }

    /// What stands right behind it.
    fn of_beside(&self, name: TableName, hook: Hook, walk: &mut Walk<'_, '_, '_>, is_translated: bool) -> Option<End> {
        match self.beside?.after(name, hook, walk, is_translated) {
            Met::Passed => None,
            Met::Decided(rule, verdict) => Some(End::Decided(rule, verdict)),
            Met::Unknown => Some(End::Beyond(None)),
        }
    }

    /// A table at a hook; nothing where it has no such chain.
    fn table(&self, nth: usize, hook: Hook, walk: &mut Walk<'_, '_, '_>) -> Option<End> {
        let table = self.rules.tables.get(nth)?;
        let places = self.places.get(nth)?;
        let start = table.chains.get(*places.get(hook.name())?)?;
        let mut n_entered = 0;
        let mut stack: Vec<(&Chain, usize)> = vec![(start, 0)];
        while let Some((chain, at)) = stack.pop() {
            let Some(rule) = chain.rules.get(at) else { continue };
            stack.push((chain, at + 1));
            let Some(go) = walk.meets(table, chain, at, rule, hook) else { continue };
            n_entered += usize::from(matches!(go, Go::Jump(Target::Chain(_)) | Go::Goto(_)));
            let called = |name: &String| places.get(name.as_str()).and_then(|nth| table.chains.get(*nth));
            let name = || format!("{}/{}/{}", table.name.name(), chain.name, at + 1);
            match go {
                // SIM-1.
                Go::Jump(Target::Chain(_)) | Go::Goto(_) if n_entered >= ENTERED_MAX => {
                    return Some(End::Beyond(Some("chains without an end".to_owned())));
                }
                Go::Jump(Target::Chain(to)) => stack.extend(called(to).map(|chain| (chain, 0))),
                Go::Goto(to) => {
                    stack.pop();
                    stack.extend(called(to).map(|chain| (chain, 0)));
                }
                Go::Jump(Target::Return) => drop(stack.pop()),
                Go::Jump(Target::Accept) => return Some(End::Decided(name(), Verdict::Accept)),
                Go::Jump(Target::Drop) => return Some(End::Decided(name(), Verdict::Drop)),
                Go::Jump(Target::Reject(_)) => return Some(End::Decided(name(), Verdict::Reject)),
                Go::Jump(Target::Opaque(opaque)) if !passes_on(&opaque.name) => {
                    return Some(End::Beyond(Some(opaque.name.clone())));
                }
                Go::Jump(target) => {
                    apply(&mut walk.flow, target, hook);
                    if is_translation(target) {
                        return Some(End::Translated);
                    }
                }
            }
        }
        start.policy.map(End::Policy)
    }
}

impl<'r, 'w, 'p> Walk<'r, 'w, 'p> {
    /// A packet as it comes.
    pub fn of(packet: &'p Packet, run: &'r mut Run<'w>) -> Walk<'r, 'w, 'p> {
        Walk { flow: Flow::of(packet), run, rule: "policy".to_owned(), verdict: Verdict::Accept }
    }

    /// What a table came to, or what stands beside it.
    fn ends(&mut self, name: TableName, end: Option<End>) {
        match end {
            Some(End::Decided(rule, Verdict::Accept)) if name == TableName::Filter => self.rule = rule,
            Some(End::Decided(rule, verdict @ (Verdict::Drop | Verdict::Reject))) => {
                (self.rule, self.verdict) = (rule, verdict);
            }
            Some(End::Policy(Policy::Drop)) => (self.rule, self.verdict) = ("policy".to_owned(), Verdict::Drop),
            Some(End::Beyond(what)) => {
                self.run.lack(what.into_iter().collect());
                self.verdict = Verdict::Unknown;
            }
            _ => {}
        }
    }

    /// Interfaces and connection as a table sees them at a hook: `raw` stands before conntrack.
    fn see(&mut self, packet: &'p Packet, table: TableName, hook: Hook) {
        self.flow.is_before_conntrack = table == TableName::Raw;
        let name = |interface: &'p Option<String>| interface.as_deref().unwrap_or_default();
        self.flow.input = name(&packet.input);
        self.flow.output = if matches!(hook, Hook::Prerouting | Hook::Input) { "" } else { name(&packet.output) };
    }

    /// Where the packet goes, where the rule matches and sends it anywhere.
    fn meets<'g>(&mut self, table: &Table, chain: &Chain, at: usize, rule: &'g Rule, hook: Hook) -> Option<&'g Go> {
        let is_met = match matches(&self.flow, rule, hook) {
            Truth::No => false,
            Truth::Yes => true,
            // Whatever it would say, the packet goes on unchanged.
            Truth::Unknown(_) if is_idle(rule) => {
                self.run.doubt();
                false
            }
            Truth::Unknown(lacking) => self.run.choose(lacking),
        };
        if !is_met {
            return None;
        }
        self.run.path.push(format!("{}/{}/{}", table.name.name(), chain.name, at + 1));
        rule.go.as_ref()
    }
}

/// Whether a rule does nothing to a packet, matched or not.
pub(crate) fn is_idle(rule: &Rule) -> bool {
    match &rule.go {
        None | Some(Go::Jump(Target::Log(_) | Target::Nflog(_) | Target::Trace)) => true,
        Some(Go::Jump(Target::Opaque(opaque))) => !opaque.name.is_empty() && passes_on(&opaque.name),
        _ => false,
    }
}

pub(super) fn is_translation(target: &Target) -> bool {
    matches!(
        target,
        Target::Redirect(_) | Target::Dnat(_) | Target::Snat(_) | Target::Masquerade(_) | Target::Netmap(_)
    )
}

/// The rest of the way of a packet that goes elsewhere than it was to: it stays here where it was redirected, and leaves
/// where others beside these rules sent it to another host.
fn rest_of_way(flow: &Flow<'_>) -> Option<Vec<(TableName, Hook)>> {
    let hooks: &[Hook] = match (flow.is_redirected, flow.is_sent_on && flow.packet.output.is_none()) {
        (true, _) => &[Hook::Input],
        (false, true) => &[Hook::Forward, Hook::Postrouting],
        (false, false) => return None,
    };
    let mut way = tables_at(hooks);
    way.reverse();
    Some(way)
}

/// Tables and hooks in the kernel's order, by where the packet comes from and goes.
fn order(packet: &Packet) -> Vec<(TableName, Hook)> {
    tables_at(match (packet.input.is_some(), packet.output.is_some()) {
        (true, false) => &[Hook::Prerouting, Hook::Input],
        (true, true) => &[Hook::Prerouting, Hook::Forward, Hook::Postrouting],
        _ => &[Hook::Output, Hook::Postrouting],
    })
}

/// The tables of hooks, in the kernel's order.
fn tables_at(hooks: &[Hook]) -> Vec<(TableName, Hook)> {
    use TableName::{Filter, Mangle, Nat, Raw, Security};
    let tables = |hook: &Hook| -> &'static [TableName] {
        match hook {
            Hook::Prerouting => &[Raw, Mangle, Nat],
            Hook::Input => &[Mangle, Filter, Security, Nat],
            Hook::Forward => &[Mangle, Filter, Security],
            Hook::Output => &[Raw, Mangle, Nat, Filter, Security],
            Hook::Postrouting => &[Mangle, Nat],
        }
    };
    hooks.iter().flat_map(|hook| tables(hook).iter().map(move |table| (*table, *hook))).collect()
}
