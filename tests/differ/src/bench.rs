//! The bench: both legs side by side, the simulator between them.

use crate::case::{Case, compiled, routed};
use crate::host::{ground, host};
use crate::judge::{Between, differ};
use crate::leg::{Leg, Rules};
use crate::planted::{Change, Planted};
use crate::shrink::{Small, shrink};
use crate::tally::{Found, Tally};
use nines_base::lang::{Lang, Message};
use nines_replay::{Error, Fact, Outcome};
use nines_traffic::generate::Host;
use nines_traffic::iptables::{Go, Ruleset, Target, print};
use nines_traffic::net::Family;
use nines_traffic::simulate::{Answer, Packet, Simulator};
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;
use std::thread;

/// Cases that are under way at once: as many as both legs have work.
const UNDER_WAY: usize = 4;
/// Differences that are kept; more of one cause tell no more.
const KEPT_MAX: usize = 5;

/// What is to be run.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Seeds, one for each rule set.
    pub seeds: Range<u64>,
    /// Packets of each.
    pub n_packets: usize,
    /// A bug that is to be found.
    pub planted: Option<Planted>,
    /// After so many different packets a run ends.
    pub n_different_max: u64,
}

/// What is seen of a packet.
#[derive(Clone, Debug)]
pub struct Seen {
    /// As the kernel saw it.
    pub packet: Packet,
    /// What the simulator says; none where the packet does not tell the kernel's way.
    pub answer: Option<Answer>,
    /// What came of it through iptables.
    pub iptables: Outcome,
    /// And through our compiler.
    pub ours: Outcome,
    /// Whether it comes from an address that only the host knows.
    pub is_masqueraded: bool,
    /// Whether the simulator knows of every rule whether it matches; else only what becomes of the packet is compared.
    pub knows_path: bool,
}

impl Seen {
    /// Which two differ.
    pub fn differ(&self) -> Option<Between> {
        differ(self)
    }
}

/// Whether a rule that counted it masquerades.
pub fn is_masqueraded(rules: &Ruleset, outcome: &Outcome) -> bool {
    outcome.counted.iter().any(|name| masquerades(rules, name))
}

/// Whether the rule of a name is one that masquerades.
fn masquerades(rules: &Ruleset, name: &str) -> bool {
    rules.rule(name).is_some_and(|(_, rule)| matches!(rule.go, Some(Go::Jump(Target::Masquerade(_)))))
}

/// Both legs.
#[derive(Debug)]
pub struct Bench<'b> {
    host: &'b Host,
    planted: Option<Planted>,
    iptables: Leg,
    ours: Leg,
}

/// Runs cases of a family; `progress` is told after each.
///
/// # Errors
/// Where a leg cannot run here, or the kernel does not take rules.
pub fn run(family: Family, asked: &Asked, mut progress: impl FnMut(&Tally)) -> Result<Tally, Error> {
    let host = host(family);
    let ground = ground(&host);
    thread::scope(|scope| {
        let [iptables, ours] = [(); 2].map(|()| Leg::start(scope, &ground));
        let bench = Bench { host: &host, planted: asked.planted, iptables, ours };
        let mut tally = Tally::default();
        let mut under_way = VecDeque::new();
        for seed in asked.seeds.clone() {
            let case = Case::of(&host, seed, asked.n_packets);
            if let Some(packets) = bench.send(&case.rules, case.packets.clone(), &mut tally) {
                under_way.push_back((case, packets));
            }
            if under_way.len() >= UNDER_WAY {
                bench.take(&mut under_way, &mut tally)?;
                progress(&tally);
            }
            if tally.n_different >= asked.n_different_max {
                break;
            }
        }
        while !under_way.is_empty() {
            bench.take(&mut under_way, &mut tally)?;
        }
        progress(&tally);
        Ok(tally)
    })
}

/// Makes what was found in a family as small as it will go.
///
/// # Errors
/// As [`run`].
pub fn smaller(family: Family, planted: Option<Planted>, found: Found) -> Result<Small, Error> {
    let host = host(family);
    let ground = ground(&host);
    thread::scope(|scope| {
        let [iptables, ours] = [(); 2].map(|()| Leg::start(scope, &ground));
        shrink(&Bench { host: &host, planted, iptables, ours }, found)
    })
}

type UnderWay = VecDeque<(Case, Arc<Vec<Packet>>)>;

impl Bench<'_> {
    /// Gives both legs their work; nothing where our compiler refuses the rules, which is counted.
    fn send(&self, rules: &Ruleset, packets: Vec<Packet>, tally: &mut Tally) -> Option<Arc<Vec<Packet>>> {
        let mut table = match compiled(rules) {
            Ok(table) => table,
            Err(refused) => {
                for refused in refused {
                    *tally.refused.entry(refused.fact.text(Lang::En)).or_default() += 1;
                }
                return None;
            }
        };
        if let Some(Planted { change: Change::Compiler(change), .. }) = self.planted {
            change(&mut table);
        }
        let packets = Arc::new(packets);
        self.iptables.ask(Rules::Save(print(rules)), &packets);
        self.ours.ask(Rules::Table(Box::new(table)), &packets);
        Some(packets)
    }

    /// What came of the oldest work, and what the simulator says of it.
    fn seen(&self, rules: &Ruleset, packets: &[Packet]) -> Result<Vec<Seen>, Error> {
        let ended =
            || Error::Unavailable(Fact::Interrupted { step: "a leg".to_owned(), reason: "it ended".to_owned() });
        let (iptables, ours) = (self.iptables.done().ok_or_else(ended)?, self.ours.done().ok_or_else(ended)?);
        let mut rules = rules.clone();
        if let Some(Planted { change: Change::Simulator(change), .. }) = self.planted {
            change(&mut rules);
        }
        let simulator = Simulator::new(&rules);
        let outcomes = iptables?.into_iter().zip(ours?);
        let seen = packets.iter().zip(outcomes).map(|(packet, (iptables, ours))| {
            let is_masqueraded = is_masqueraded(&rules, &iptables);
            let routed = routed(&simulator, packet, self.host);
            let answer = routed.as_ref().map(|routed| simulator.answer(routed));
            let mut seen = Seen { packet: packet.clone(), answer, iptables, ours, is_masqueraded, knows_path: true };
            // Asked only where it matters: it is another walk.
            if seen.differ().is_some() {
                seen.knows_path = routed.is_some_and(|routed| simulator.knows_path(&routed));
            }
            seen
        });
        Ok(seen.collect())
    }

    /// What is seen of packets with these rules; nothing where they do not compile. Nothing else may be under way.
    ///
    /// # Errors
    /// Where the kernel does not answer.
    pub fn see(&self, rules: &Ruleset, packets: Vec<Packet>) -> Result<Vec<Seen>, Error> {
        match self.send(rules, packets, &mut Tally::default()) {
            None => Ok(Vec::new()),
            Some(packets) => match self.seen(rules, &packets) {
                // Rules from which something was left out may be none that iptables takes.
                Err(Error::Refused(_)) => Ok(Vec::new()),
                other => other,
            },
        }
    }

    /// Takes the oldest case and counts it.
    fn take(&self, under_way: &mut UnderWay, tally: &mut Tally) -> Result<(), Error> {
        let Some((case, packets)) = under_way.pop_front() else { return Ok(()) };
        let seen = self.seen(&case.rules, &packets)?;
        tally.n_sets += 1;
        let chains = case.rules.tables.iter().flat_map(|table| &table.chains);
        tally.n_rules += chains.map(|chain| chain.rules.len() as u64).sum::<u64>();
        seen.iter().for_each(|seen| tally.count(&seen.packet, seen.answer.as_ref(), &seen.iptables));
        for seen in seen {
            let Some(between) = seen.differ() else { continue };
            tally.n_different += 1;
            if tally.found.len() < KEPT_MAX {
                tally.found.push(Found { seed: case.seed, rules: case.rules.clone(), seen, between });
            }
        }
        Ok(())
    }
}
