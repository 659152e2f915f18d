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
use std::collections::{BTreeSet, HashMap};

/// Most chains a packet enters at one hook. The largest rule set met in the field has some hundred chains, each entered
/// once or a few times; what enters more leads back to itself.
pub const ENTERED_MAX: usize = 10_000;

/// Rules, made ready for many packets.
#[derive(Debug)]
pub struct Simulator<'r> {
    rules: &'r Ruleset,
    /// Places of chains by name, for each table.
    places: Vec<HashMap<&'r str, usize>>,
}

/// What a chain, or one of its rules, came to.
enum End {
    /// A rule said so: its name, and what.
    Decided(String, Verdict),
    /// The policy of a built-in chain.
    Policy(Policy),
    /// What only the kernel knows: where a packet goes after this target.
    Beyond(String),
}

/// A packet on its way, on one walk.
struct Walk<'r, 'w, 'p> {
    flow: Flow<'p>,
    run: &'r mut Run<'w>,
}

impl<'r> Simulator<'r> {
    /// Over these rules.
    pub fn new(rules: &'r Ruleset) -> Simulator<'r> {
        let places =
            |table: &'r Table| (0..).zip(&table.chains).map(|(nth, chain)| (chain.name.as_str(), nth)).collect();
        Simulator { rules, places: rules.tables.iter().map(places).collect() }
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

    /// Where a packet goes after the first translation of its destination, by which a host routes it; none where it is
    /// not translated, or that is not known.
    pub fn translated(&self, packet: &Packet) -> Option<Spot> {
        let mut run = Run::default();
        let mut walk = Walk { flow: Flow::of(packet), run: &mut run };
        let first = if packet.input.is_some() { Hook::Prerouting } else { Hook::Output };
        let up_to_nat = [TableName::Raw, TableName::Mangle, TableName::Nat];
        for (name, hook) in order(packet).into_iter().filter(|(name, hook)| *hook == first && up_to_nat.contains(name))
        {
            let Some(nth) = self.rules.tables.iter().position(|table| table.name == name) else { continue };
            if name == TableName::Nat && walk.flow.state != State::New {
                continue;
            }
            walk.see(packet, name, hook);
            let end = self.table(nth, hook, &mut walk);
            let is_dropped =
                !matches!(end, None | Some(End::Decided(_, Verdict::Accept) | End::Policy(Policy::Accept)));
            if is_dropped || walk.run.is_unsure() {
                return None;
            }
        }
        walk.flow.is_dnat.then_some(walk.flow.destination)
    }

    /// One walk; what matched on it is told with the run.
    fn walk(&self, packet: &Packet, run: &mut Run<'_>) -> Answer {
        let mut walk = Walk { flow: Flow::of(packet), run };
        let mut rule = "policy".to_owned();
        let mut verdict = Verdict::Accept;
        let mut way = order(packet);
        way.reverse();
        while let Some((name, hook)) = way.pop() {
            if (name, hook) == (TableName::Mangle, Hook::Forward) {
                // A host that passes a packet on takes a hop before it asks.
                walk.flow.ttl = walk.flow.ttl.map(|ttl| ttl.saturating_sub(1));
            }
            let Some(nth) = self.rules.tables.iter().position(|table| table.name == name) else { continue };
            if name == TableName::Nat && walk.flow.state != State::New {
                continue;
            }
            walk.see(packet, name, hook);
            match self.table(nth, hook, &mut walk) {
                Some(End::Decided(decider, Verdict::Accept)) if name == TableName::Filter => rule = decider,
                Some(End::Decided(decider, verdict_of @ (Verdict::Drop | Verdict::Reject))) => {
                    (rule, verdict) = (decider, verdict_of);
                    break;
                }
                Some(End::Policy(Policy::Drop)) => {
                    (rule, verdict) = ("policy".to_owned(), Verdict::Drop);
                    break;
                }
                Some(End::Beyond(what)) => {
                    walk.run.lack(BTreeSet::from([what]));
                    verdict = Verdict::Unknown;
                    break;
                }
                _ => {}
            }
            if (name, hook) == (TableName::Nat, Hook::Prerouting) && walk.flow.is_redirected {
                // Whatever its way was to be, it stays here.
                way = order(&Packet { input: packet.input.clone(), ..Packet::default() });
                way.retain(|(_, hook)| *hook == Hook::Input);
                way.reverse();
            }
        }
        let rule = (verdict != Verdict::Unknown).then_some(rule);
        walk.flow.answer(verdict, rule)
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
                    return Some(End::Beyond("chains without an end".to_owned()));
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
                    return Some(End::Beyond(opaque.name.clone()));
                }
                Go::Jump(target) => {
                    apply(&mut walk.flow, target, hook);
                    if is_translation(target) {
                        return Some(End::Decided(name(), Verdict::Accept));
                    }
                }
            }
        }
        start.policy.map(End::Policy)
    }
}

impl<'p> Walk<'_, '_, 'p> {
    /// Interfaces and connection as a table sees them at a hook: `raw` stands before conntrack.
    fn see(&mut self, packet: &'p Packet, table: TableName, hook: Hook) {
        self.flow.is_before_conntrack = table == TableName::Raw;
        let name = |interface: &'p Option<String>| interface.as_deref().unwrap_or_default();
        self.flow.input = name(&packet.input);
        self.flow.output = if matches!(hook, Hook::Prerouting | Hook::Input) { "" } else { name(&packet.output) };
    }

    /// Where the packet goes, where the rule matches and sends it anywhere.
    fn meets<'r>(&mut self, table: &Table, chain: &Chain, at: usize, rule: &'r Rule, hook: Hook) -> Option<&'r Go> {
        let is_met = match matches(&self.flow, rule, hook) {
            Truth::No => false,
            Truth::Yes => true,
            // Whatever it would say, the packet goes on unchanged.
            Truth::Unknown(_) if is_idle(rule) => false,
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
fn is_idle(rule: &Rule) -> bool {
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

/// Tables and hooks in the kernel's order, by where the packet comes from and goes.
fn order(packet: &Packet) -> Vec<(TableName, Hook)> {
    use TableName::{Filter, Mangle, Nat, Raw, Security};
    let hooks: &[Hook] = match (packet.input.is_some(), packet.output.is_some()) {
        (true, false) => &[Hook::Prerouting, Hook::Input],
        (true, true) => &[Hook::Prerouting, Hook::Forward, Hook::Postrouting],
        _ => &[Hook::Output, Hook::Postrouting],
    };
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
