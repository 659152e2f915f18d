//! A difference made as small as it will go: rules, matches and chains are left out as long as it stays.

use crate::bench::{Bench, Seen};
use crate::judge::Between;
use nines_replay::Error;
use nines_traffic::iptables::{Ruleset, print};
use nines_traffic::simulate::{Packet, answer_line, packet_line};
use std::fmt;

/// A difference that nothing can be left out of.
#[derive(Clone, Debug)]
pub struct Small {
    /// The seed it came from.
    pub seed: u64,
    /// The rules that are left.
    pub rules: Ruleset,
    /// What is seen of the packet.
    pub seen: Seen,
    /// Which two differ.
    pub between: Between,
}

impl fmt::Display for Small {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Small { seed, seen, between, .. } = self;
        writeln!(out, "seed {seed}: {between:?}: {}", packet_line(&seen.packet))?;
        let answer = seen.answer.as_ref().map_or_else(|| "none".to_owned(), answer_line);
        writeln!(out, "  simulator {answer}\n  iptables  {:?}\n  compiled  {:?}", seen.iptables, seen.ours)?;
        write!(out, "{}", print(&self.rules))
    }
}

/// Leaves out what can be, one part after another, until nothing can.
///
/// # Errors
/// Where the kernel does not answer.
pub fn shrink(bench: &Bench<'_>, seed: u64, rules: Ruleset, seen: Seen, between: Between) -> Result<Small, Error> {
    let mut small = Small { seed, rules, seen, between };
    loop {
        let before = small.rules.clone();
        for part in parts(&small.rules).into_iter().rev() {
            let fewer = without(&small.rules, part);
            if let Some((seen, between)) = still_differs(bench, &fewer, &small.seen.packet)? {
                small = Small { rules: fewer, seen, between, ..small };
            }
        }
        if small.rules == before {
            return Ok(small);
        }
    }
}

fn still_differs(bench: &Bench<'_>, rules: &Ruleset, packet: &Packet) -> Result<Option<(Seen, Between)>, Error> {
    let seen = bench.see(rules, vec![packet.clone()])?;
    Ok(seen.into_iter().find_map(|seen| {
        let between = seen.differ()?;
        Some((seen, between))
    }))
}

/// A part of a rule set: a table, a rule of it, a piece of the rule.
type Part = (usize, Option<(usize, usize, Option<usize>)>);

/// Pieces of a rule's header that can be left out.
const HEADER_PIECES: usize = 5;

fn parts(rules: &Ruleset) -> Vec<Part> {
    let mut parts = Vec::new();
    for (table_nth, table) in rules.tables.iter().enumerate() {
        for (chain_nth, chain) in table.chains.iter().enumerate() {
            for (rule_nth, rule) in chain.rules.iter().enumerate() {
                let pieces = 0..HEADER_PIECES + rule.matches.len();
                parts.extend(pieces.map(|piece| (table_nth, Some((chain_nth, rule_nth, Some(piece))))));
                parts.push((table_nth, Some((chain_nth, rule_nth, None))));
            }
        }
        parts.push((table_nth, None));
    }
    parts
}

fn without(rules: &Ruleset, (table, rest): Part) -> Ruleset {
    let mut rules = rules.clone();
    let Some((chain, rule, piece)) = rest else {
        if table < rules.tables.len() {
            rules.tables.remove(table);
        }
        return rules;
    };
    let found = rules.tables.get_mut(table).and_then(|table| table.chains.get_mut(chain));
    let Some(chain) = found.filter(|chain| rule < chain.rules.len()) else { return rules };
    let (Some(piece), Some(of)) = (piece, chain.rules.get_mut(rule)) else {
        chain.rules.remove(rule);
        return rules;
    };
    let header = &mut of.header;
    match piece {
        0 => header.source = None,
        1 => header.destination = None,
        2 => header.input = None,
        3 => header.output = None,
        // Ports need their protocol.
        4 if of.matches.is_empty() && of.go.is_none() => header.protocol = None,
        4 => {}
        nth if nth - HEADER_PIECES < of.matches.len() => drop(of.matches.remove(nth - HEADER_PIECES)),
        _ => {}
    }
    rules
}
