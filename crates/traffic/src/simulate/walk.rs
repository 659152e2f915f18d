//! The walk of a packet through the tables of a save file.
//!
//! # Invariants
//! - SIM-1: a walk ends: chains that lead back to themselves are left after [`ENTERED_MAX`] calls.
//! - SIM-2: an answer other than `unknown` is the same whatever the unknown rules on the way would say.

use super::answer::{Answer, Verdict};
use super::effects::apply;
use super::flow::{Flow, Spot};
use super::matching::matches;
use super::packet::{Packet, State};
use super::truth::Truth;
use crate::iptables::model::{Chain, Go, Hook, Policy, Rule, Ruleset, Table, TableName};
use crate::iptables::passes_on;
use crate::iptables::targets::Target;
use crate::messages::{Fact, Hint};
use std::collections::{BTreeSet, HashMap};

/// Most ways of unknown rules that are walked for one packet; beyond, it is unknown. Ten rules that are each both ways
/// are 1024, and a packet that meets more than a few is not worth more than a millisecond.
pub const RUNS_MAX: usize = 256;

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

/// Who is asked at each hook after the tables of `iptables`: intents, which stand beside them.
pub(crate) trait Beside {
    /// Asks of a packet where this table stands at this hook.
    fn ask(&self, table: TableName, hook: Hook, flow: &mut Flow<'_>, path: &mut Vec<String>) -> Asked;
}

/// What that came to.
pub(crate) enum Asked {
    /// Nothing: the packet goes on.
    Passed,
    /// It goes on, but to another host.
    Leaves,
    /// By whom, and what.
    Decided(String, Verdict),
    /// It depends on these.
    Unknown(BTreeSet<String>),
}

/// Nobody.
struct Nobody;

impl Beside for Nobody {
    fn ask(&self, _: TableName, _: Hook, _: &mut Flow<'_>, _: &mut Vec<String>) -> Asked {
        Asked::Passed
    }
}

/// What a chain, or one of its rules, came to.
enum End {
    /// A rule said so: its name, and what.
    Decided(String, Verdict),
    /// A rule translated, and no other is asked to.
    Translated,
    /// The policy of a built-in chain.
    Policy(Policy),
    /// What only the kernel knows: where a packet goes after this target.
    Beyond(String),
}

/// What a hook came to.
enum Step {
    /// The packet goes on; perhaps by whose leave.
    Goes(Option<String>),
    /// It goes on, to another host.
    Leaves,
    /// It ends here.
    Ends(String, Verdict),
    /// It depends on these.
    Unknown(BTreeSet<String>),
}

/// One walk: which way each unknown rule is taken, in the order they are met.
struct Run<'w, 'p> {
    flow: Flow<'p>,
    path: Vec<String>,
    ways: &'w [bool],
    n_unknown: usize,
    /// How long the path was when the first unknown rule was met.
    n_sure: Option<usize>,
    missing: BTreeSet<String>,
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
        self.answer_beside(packet, &Nobody)
    }

    /// What becomes of a packet that meets these rules at each hook, and then what stands beside them.
    pub(crate) fn answer_beside(&self, packet: &Packet, beside: &dyn Beside) -> Answer {
        let (first, n_unknown, n_sure, mut missing) = self.run(packet, beside, &[]);
        // Prefixes of ways that are still to be walked, each ending in the other way of an unknown rule.
        let mut open: Vec<Vec<bool>> = others(&[], n_unknown);
        let mut n_runs = 1;
        let mut agrees = first.verdict != Verdict::Unknown;
        while let Some(ways) = open.pop().filter(|_| agrees) {
            if n_runs >= RUNS_MAX {
                agrees = false;
                break;
            }
            let (answer, n_unknown, _, lacking) = self.run(packet, beside, &ways);
            n_runs += 1;
            missing.extend(lacking);
            agrees = answer.agrees(&first);
            open.extend(others(&ways, n_unknown));
        }
        if agrees {
            return first;
        }
        let mut path = first.path;
        path.truncate(n_sure.unwrap_or(path.len()));
        Answer::unknown(missing, path)
    }

    /// Where a packet goes after the first translation of its destination, by which a host routes it; none where it is
    /// not translated, or that is not known.
    pub fn translated(&self, packet: &Packet) -> Option<Spot> {
        let flow = Flow::of(packet);
        let mut run = Run { flow, path: Vec::new(), ways: &[], n_unknown: 0, n_sure: None, missing: BTreeSet::new() };
        let first = if packet.input.is_some() { Hook::Prerouting } else { Hook::Output };
        let up_to_nat = [TableName::Raw, TableName::Mangle, TableName::Nat];
        for (name, hook) in order(packet).into_iter().filter(|(name, hook)| *hook == first && up_to_nat.contains(name))
        {
            let Some(nth) = self.rules.tables.iter().position(|table| table.name == name) else { continue };
            if name == TableName::Nat && run.flow.state != State::New {
                continue;
            }
            run.see(packet, name, hook);
            let end = self.table(nth, hook, &mut run);
            let is_dropped = !matches!(
                end,
                None | Some(End::Decided(_, Verdict::Accept) | End::Translated | End::Policy(Policy::Accept))
            );
            if is_dropped || run.n_unknown > 0 {
                return None;
            }
        }
        run.flow.is_dnat.then_some(run.flow.destination)
    }

    /// One walk, with the number of unknown rules it met and what they lack.
    fn run(
        &self,
        packet: &Packet,
        beside: &dyn Beside,
        ways: &[bool],
    ) -> (Answer, usize, Option<usize>, BTreeSet<String>) {
        let flow = Flow::of(packet);
        let mut run = Run { flow, path: Vec::new(), ways, n_unknown: 0, n_sure: None, missing: BTreeSet::new() };
        let mut rule = "policy".to_owned();
        let mut verdict = Verdict::Accept;
        let mut way = order(packet);
        way.reverse();
        while let Some((name, hook)) = way.pop() {
            if (name, hook) == (TableName::Mangle, Hook::Forward) {
                // A host that passes a packet on takes a hop before it asks.
                run.flow.ttl = run.flow.ttl.map(|ttl| ttl.saturating_sub(1));
            }
            if name == TableName::Nat && run.flow.state != State::New {
                continue;
            }
            run.see(packet, name, hook);
            match self.step(name, hook, beside, &mut run) {
                Step::Goes(decider) => rule = decider.unwrap_or(rule),
                Step::Leaves if packet.output.is_none() => way = from_forward(),
                Step::Leaves => {}
                Step::Ends(decider, verdict_of) => {
                    (rule, verdict) = (decider, verdict_of);
                    break;
                }
                Step::Unknown(missing) => {
                    run.missing.extend(missing);
                    run.n_sure.get_or_insert(run.path.len());
                    verdict = Verdict::Unknown;
                    break;
                }
            }
            if (name, hook) == (TableName::Nat, Hook::Prerouting) && run.flow.is_redirected {
                // Whatever its way was to be, it stays here.
                way = order(&Packet { input: packet.input.clone(), ..Packet::default() });
                way.retain(|(_, hook)| *hook == Hook::Input);
                way.reverse();
            }
        }
        let changed =
            |is_changed: bool, text: Option<String>| text.filter(|_| is_changed && verdict == Verdict::Accept);
        let to = changed(run.flow.destination != Spot::of(packet.destination), run.flow.destination.text());
        let from = changed(run.flow.source != Spot::of(packet.source), run.flow.source.text());
        let rule = (verdict != Verdict::Unknown).then_some(rule);
        let answer = Answer { verdict, rule, to, from, path: run.path, missing: BTreeSet::new() };
        (answer, run.n_unknown, run.n_sure, run.missing)
    }

    /// A table at a hook, and what stands beside it there: asked only where the table lets the packet go on, and of a
    /// translation only where the table makes none.
    fn step(&self, name: TableName, hook: Hook, beside: &dyn Beside, run: &mut Run<'_, '_>) -> Step {
        let nth = self.rules.tables.iter().position(|table| table.name == name);
        let decider = match nth.and_then(|nth| self.table(nth, hook, run)) {
            Some(End::Decided(decider, Verdict::Accept)) => (name == TableName::Filter).then_some(decider),
            Some(End::Decided(decider, verdict)) => return Step::Ends(decider, verdict),
            Some(End::Policy(Policy::Drop)) => return Step::Ends("policy".to_owned(), Verdict::Drop),
            Some(End::Beyond(what)) => return Step::Unknown(BTreeSet::from([what])),
            Some(End::Translated) => return Step::Goes(None),
            Some(End::Policy(Policy::Accept)) | None => None,
        };
        match beside.ask(name, hook, &mut run.flow, &mut run.path) {
            Asked::Passed => Step::Goes(decider),
            Asked::Leaves => Step::Leaves,
            Asked::Decided(decider, Verdict::Accept) => Step::Goes(Some(decider)),
            Asked::Decided(decider, verdict) => Step::Ends(decider, verdict),
            Asked::Unknown(missing) => Step::Unknown(missing),
        }
    }

    /// A table at a hook; nothing where it has no such chain.
    fn table(&self, nth: usize, hook: Hook, run: &mut Run<'_, '_>) -> Option<End> {
        let table = self.rules.tables.get(nth)?;
        let places = self.places.get(nth)?;
        let start = table.chains.get(*places.get(hook.name())?)?;
        let mut n_entered = 0;
        let mut stack: Vec<(&Chain, usize)> = vec![(start, 0)];
        while let Some((chain, at)) = stack.pop() {
            let Some(rule) = chain.rules.get(at) else { continue };
            stack.push((chain, at + 1));
            let Some(go) = run.meets(table, chain, at, rule, hook) else { continue };
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
                    apply(&mut run.flow, target, hook);
                    if is_translation(target) {
                        return Some(End::Translated);
                    }
                }
            }
        }
        start.policy.map(End::Policy)
    }
}

impl<'p> Run<'_, 'p> {
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
            Truth::Unknown(lacking) => {
                self.missing.extend(lacking);
                self.n_sure.get_or_insert(self.path.len());
                let way = self.ways.get(self.n_unknown).copied().unwrap_or(false);
                self.n_unknown += 1;
                way
            }
        };
        if !is_met {
            return None;
        }
        self.path.push(format!("{}/{}/{}", table.name.name(), chain.name, at + 1));
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

fn is_translation(target: &Target) -> bool {
    matches!(
        target,
        Target::Redirect(_) | Target::Dnat(_) | Target::Snat(_) | Target::Masquerade(_) | Target::Netmap(_)
    )
}

/// The ways that differ from this one at one unknown rule met after its own.
fn others(ways: &[bool], n_unknown: usize) -> Vec<Vec<bool>> {
    (ways.len()..n_unknown)
        .map(|nth| {
            let mut other = ways.to_vec();
            other.resize(nth, false);
            other.push(true);
            other
        })
        .collect()
}

/// What is left of the way of a packet that is taken to another host after it came in, the next last.
fn from_forward() -> Vec<(TableName, Hook)> {
    let interface = Some(String::new());
    let mut way = order(&Packet { input: interface.clone(), output: interface, ..Packet::default() });
    way.retain(|(_, hook)| *hook != Hook::Prerouting);
    way.reverse();
    way
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
