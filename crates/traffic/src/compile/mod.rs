//! What the kernel is to hold, from what intents mean: the table `inet nines` as typed values.
//!
//! # Invariants
//! - CMP-1: lists and several sources are named sets, weights are comparisons followed by a rule for the rest: nothing
//!   without a name that a packet could miss while it is swapped.
//! - CMP-2: every rule carries the id of what it is part of; where that takes several rules, the others end in `#2`,
//!   `#3`, so that each is known across plans.

mod alternatives;
mod raw;
mod refused;
mod sets;

#[cfg(test)]
mod tests;

use crate::intent::{Act, Effective, Intents, Stage, Sticky, Test};
use crate::iptables::matches::{Rate, RateUnit};
use crate::messages::{Fact, Hint};
use crate::net::{Family, Protocol};
use crate::nft::expr::{LogTo, Per, Reject};
use crate::nft::keys::LogLevel;
use crate::nft::table::priority;
use crate::nft::{
    Action, BaseChain, Chain, ChainKind, Expr, Field, Hook, Limit, Match, Name, Policy, Rule, RuleId, Table,
    TableFlags, TableId,
};
pub use refused::Refused;
use sets::Sets;
use std::collections::HashMap;

/// How far before others of its kind a chain of ours is asked: equal priorities would be asked in the order of boot.
const BEFORE_OTHERS: i32 = 5;

/// Local packets are translated where destination NAT of local packets is, before others of its kind.
const LOCAL_OUTPUT: i32 = priority::DSTNAT - BEFORE_OTHERS;

/// Chains of ours in the order they are shown.
const CHAINS: [(Stage, &str, ChainKind, Hook, i32); 6] = [
    (Stage::Prerouting, "prerouting", ChainKind::Nat, Hook::Prerouting, priority::DSTNAT - BEFORE_OTHERS),
    (Stage::LocalOutput, "local", ChainKind::Nat, Hook::Output, LOCAL_OUTPUT),
    (Stage::Input, "input", ChainKind::Filter, Hook::Input, priority::FILTER - BEFORE_OTHERS),
    (Stage::Forward, "forward", ChainKind::Filter, Hook::Forward, priority::FILTER - BEFORE_OTHERS),
    (Stage::Output, "output", ChainKind::Filter, Hook::Output, priority::FILTER - BEFORE_OTHERS),
    (Stage::Postrouting, "postrouting", ChainKind::Nat, Hook::Postrouting, priority::SRCNAT + BEFORE_OTHERS),
];

/// Compiles effective rules and the raw ones beside them. What the kernel cannot hold is told, and nothing compiled.
pub fn compile(intents: &Intents, rules: &[Effective]) -> Result<Table, Vec<Refused>> {
    let mut compiler = Compiler { sets: Sets::of(intents), numbers: HashMap::new() };
    let mut chains = raw::chains(&mut compiler.sets, &intents.raw)?;
    for (stage, name, kind, hook, priority) in CHAINS {
        let of_stage = rules.iter().filter(|rule| rule.stage == stage);
        let mut compiled = Vec::new();
        for rule in of_stage {
            let no_name = |fact| vec![Refused { line: 0, fact, hint: Hint::NameAnother }];
            compiled.extend(compiler.rule(rule).map_err(no_name)?);
        }
        if !compiled.is_empty() {
            let base = Some(BaseChain { kind, hook, priority, policy: Policy::Accept });
            chains.push(Chain { name: Name::fixed(name), base, rules: compiled });
        }
    }
    let flags = TableFlags { dormant: false, owner: true, persist: true };
    Ok(Table { id: TableId::nines(), flags, objects: Vec::new(), sets: compiler.sets.into_sets(), chains })
}

struct Compiler<'i> {
    sets: Sets<'i>,
    /// How many rules of an id there are by now.
    numbers: HashMap<String, usize>,
}

impl Compiler<'_> {
    /// The kernel's rules for one of ours: one for each alternative of what it asks, and what it does to each.
    fn rule(&mut self, rule: &Effective) -> Result<Vec<Rule>, Fact> {
        let mut compiled = Vec::new();
        for asked in self.sets.alternatives(&rule.id, &rule.tests)? {
            for (conditions, action) in self.deeds(rule)? {
                let id = self.id(&rule.id)?;
                let all = asked.iter().cloned().chain(conditions);
                let narrowed = all.fold(Rule::new(id), Rule::when);
                compiled.push(narrowed.then(Action::counter()).then(action));
            }
        }
        Ok(compiled)
    }

    fn id(&mut self, id: &str) -> Result<RuleId, Fact> {
        let number = self.numbers.entry(id.to_owned()).or_default();
        *number += 1;
        let text = if *number == 1 { id.to_owned() } else { format!("{id}#{number}") };
        RuleId::new(text).map_err(|_| Fact::BadRuleId { id: id.to_owned() })
    }

    /// What is done, in order: logging goes on, a limit lets in below it and drops the rest, a split takes its share.
    fn deeds(&mut self, rule: &Effective) -> Result<Vec<(Vec<Match>, Action)>, Fact> {
        let mut deeds = Vec::new();
        if let Some(rate) = rule.log {
            let prefix = format!("nines {} ", rule.id);
            let log = Action::raw(vec![Expr::Log { prefix, to: LogTo::Kernel { level: LogLevel::Info, flags: 0 } }]);
            deeds.push((vec![Match::limit(limit(rate, rate.count))], log));
        }
        let act = action(&rule.act);
        match (&rule.act, rule.limit) {
            (Act::Split { stable, canary, share, sticky }, _) => {
                deeds.extend(shares(*sticky, &rule.id, *share).map(|share| (vec![share], Action::redirect(*canary))));
                deeds.push((Vec::new(), Action::redirect(*stable)));
            }
            (Act::Reject, None) => deeds.extend(refusals(&rule.tests)),
            (_, None) => deeds.push((Vec::new(), act)),
            (_, Some(limited)) => {
                let rate = limit(limited.rate, limited.burst);
                for (fields, set) in self.sets.limited(&rule.id, limited.per_source)? {
                    let within = match set {
                        Some(set) => Match::limit_per(&fields, &set, rate),
                        None => Match::limit(rate),
                    };
                    deeds.push((vec![within], act.clone()));
                }
                // Beyond it a rule of the file drops; what is built in leaves it to the file's rules.
                if !rule.id.starts_with("built-in/") {
                    deeds.push((Vec::new(), Action::drop()));
                }
            }
        }
        Ok(deeds)
    }
}

/// Answers that something may not be: a reset where it is TCP, which no rate of the kernel's holds back and every client
/// takes at once, else ICMP.
fn refusals(tests: &[Test]) -> Vec<(Vec<Match>, Action)> {
    let reset = || Action::reject_with(Reject::TcpReset);
    let protocol = tests.iter().find_map(|test| match test {
        Test::Protocol(protocol) => Some(*protocol),
        _ => None,
    });
    let Protocol(tcp) = Protocol::TCP;
    match protocol {
        Some(Protocol::TCP) => vec![(Vec::new(), reset())],
        Some(_) => vec![(Vec::new(), Action::reject())],
        None => vec![(vec![Match::protocol(tcp)], reset()), (Vec::new(), Action::reject())],
    }
}

fn action(act: &Act) -> Action {
    match act {
        Act::Accept => Action::accept(),
        Act::Drop => Action::drop(),
        Act::Reject => Action::reject(),
        Act::Redirect(port) | Act::Split { stable: port, .. } => Action::redirect(*port),
        Act::Forward(address, port) => Action::dnat(*address, *port),
        Act::Masquerade => Action::masquerade(),
    }
}

fn limit(rate: Rate, burst: u32) -> Limit {
    let per = match rate.per {
        RateUnit::Second => Per::Second,
        RateUnit::Minute => Per::Minute,
        RateUnit::Hour => Per::Hour,
        RateUnit::Day => Per::Day,
    };
    Limit { rate: u64::from(rate.count), per, burst, bytes: false, over: false }
}

/// The share of a split: of connections by chance, or of clients by a hash that a service's own seed makes its own.
fn shares(sticky: Sticky, id: &str, share: u16) -> impl Iterator<Item = Match> {
    let parts = u32::from(share);
    let made: Vec<Match> = match sticky {
        _ if share == 0 => Vec::new(),
        Sticky::Connection => vec![Match::share(parts)],
        Sticky::Client => {
            let seed = seed_of(id);
            [Field::IP_SADDR, Field::IP6_SADDR].map(|field| Match::share_by(field, seed, parts)).into()
        }
    };
    made.into_iter()
}

/// A number that is always the same for an id, and another for another (FNV-1a, 32 bits).
pub(crate) fn seed_of(id: &str) -> u32 {
    id.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The family's field of the sender.
fn source_field(family: Family) -> Field {
    match family {
        Family::V4 => Field::IP_SADDR,
        Family::V6 => Field::IP6_SADDR,
    }
}
