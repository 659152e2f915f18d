//! A difference made as small as it will go: tables, chains, rules and what they ask are left out as long as it stays.

use crate::bench::Bench;
use crate::tally::Found;
use nines_replay::Error;
use nines_traffic::iptables::model::Header;
use nines_traffic::iptables::{Rule, Ruleset, Table, print};
use nines_traffic::simulate::{answer_line, packet_line};
use std::fmt;

/// A difference that nothing can be left out of.
#[derive(Clone, Debug)]
pub struct Small(pub Found);

impl fmt::Display for Small {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Found { seed, rules, seen, between } = &self.0;
        writeln!(out, "seed {seed}: {between:?}: {}", packet_line(&seen.packet))?;
        let answer = seen.answer.as_ref().map_or_else(|| "none".to_owned(), answer_line);
        writeln!(out, "  simulator {answer}\n  iptables  {:?}\n  compiled  {:?}", seen.iptables, seen.ours)?;
        write!(out, "{}", print(rules))
    }
}

/// How much is left out at once, the most first.
const STEPS: [fn(&Ruleset) -> Vec<Ruleset>; 4] = [without_tables, without_chains, without_rules, without_questions];

/// Leaves out what can be, one part after another, until nothing can.
///
/// # Errors
/// Where the kernel does not answer.
pub fn shrink(bench: &Bench<'_>, mut found: Found) -> Result<Small, Error> {
    for step in STEPS {
        // Parts are left out from the last on, so that those before keep their places.
        let mut n_tried = 0;
        while let Some(fewer) = step(&found.rules).into_iter().rev().nth(n_tried) {
            match differs(bench, &found, fewer)? {
                Some(smaller) => found = smaller,
                None => n_tried += 1,
            }
        }
    }
    Ok(Small(found))
}

fn differs(bench: &Bench<'_>, found: &Found, rules: Ruleset) -> Result<Option<Found>, Error> {
    let seen = bench.see(&rules, vec![found.seen.packet.clone()])?;
    let different = seen.into_iter().find_map(|seen| Some((seen.differ()?, seen)));
    Ok(different.map(|(between, seen)| Found { seed: found.seed, rules, seen, between }))
}

fn without_tables(rules: &Ruleset) -> Vec<Ruleset> {
    let one = |nth: usize| {
        let mut fewer = rules.clone();
        fewer.tables.remove(nth);
        fewer
    };
    (0..rules.tables.len()).map(one).collect()
}

/// Rule sets with one table changed.
fn each_table(rules: &Ruleset, change: impl Fn(&Table) -> Vec<Table>) -> Vec<Ruleset> {
    let of = |(nth, table): (usize, &Table)| -> Vec<Ruleset> {
        let put = |table: Table| {
            let mut fewer = rules.clone();
            fewer.tables.splice(nth..=nth, [table]);
            fewer
        };
        change(table).into_iter().map(put).collect()
    };
    rules.tables.iter().enumerate().flat_map(of).collect()
}

/// Tables with the rules of one chain changed; the chain stays, since others may call it.
fn each_chain(table: &Table, change: impl Fn(&[Rule]) -> Vec<Vec<Rule>>) -> Vec<Table> {
    let of = |nth: usize| -> Vec<Table> {
        let put = |rules: Vec<Rule>| {
            let mut fewer = table.clone();
            if let Some(chain) = fewer.chains.get_mut(nth) {
                chain.rules = rules;
            }
            fewer
        };
        let rules = table.chains.get(nth).map(|chain| chain.rules.as_slice()).unwrap_or_default();
        change(rules).into_iter().map(put).collect()
    };
    (0..table.chains.len()).flat_map(of).collect()
}

fn without_chains(rules: &Ruleset) -> Vec<Ruleset> {
    let emptied = |rules: &[Rule]| if rules.is_empty() { Vec::new() } else { vec![Vec::new()] };
    each_table(rules, |table| each_chain(table, emptied))
}

fn without_rules(rules: &Ruleset) -> Vec<Ruleset> {
    let fewer = |rules: &[Rule]| {
        let one =
            |nth: usize| [rules.get(..nth).unwrap_or_default(), rules.get(nth + 1..).unwrap_or_default()].concat();
        (0..rules.len()).map(one).collect()
    };
    each_table(rules, |table| each_chain(table, fewer))
}

fn without_questions(rules: &Ruleset) -> Vec<Ruleset> {
    let fewer = |rules: &[Rule]| {
        let of = |(nth, rule): (usize, &Rule)| -> Vec<Vec<Rule>> {
            let put = |rule: Rule| {
                let mut fewer = rules.to_vec();
                fewer.splice(nth..=nth, [rule]);
                fewer
            };
            asking_less(rule).into_iter().map(put).collect()
        };
        rules.iter().enumerate().flat_map(of).collect()
    };
    each_table(rules, |table| each_chain(table, fewer))
}

/// A rule without one of its questions, and not as it was.
fn asking_less(rule: &Rule) -> Vec<Rule> {
    let header = |header: Header| Rule { header, ..rule.clone() };
    let of_header = [
        header(Header { source: None, ..rule.header.clone() }),
        header(Header { destination: None, ..rule.header.clone() }),
        header(Header { input: None, ..rule.header.clone() }),
        header(Header { output: None, ..rule.header.clone() }),
        header(Header { protocol: None, ..rule.header.clone() }),
        header(Header { fragment: None, ..rule.header.clone() }),
    ];
    let of_matches = (0..rule.matches.len()).map(|nth| {
        let mut fewer = rule.clone();
        fewer.matches.remove(nth);
        fewer
    });
    of_header.into_iter().chain(of_matches).filter(|fewer| fewer != rule).collect()
}
