//! Analyses of a save file's rules.

use crate::finding::{Finding, Place, Severity};
use crate::iptables::matches::Match;
use crate::iptables::model::{Address, Chain, Go, Header, Not, Rule, Ruleset, Table};
use crate::iptables::targets::Target;
use crate::messages::{Fact, Hint};
use std::collections::BTreeSet;

/// Warnings about rules: those that are never asked, and chains that nothing calls.
pub fn ruleset(file: &str, rules: &Ruleset) -> Vec<Finding> {
    let mut findings: Vec<Finding> = rules.tables.iter().flat_map(|table| of_table(file, table)).collect();
    findings.sort_by_key(|finding| finding.place.line);
    findings
}

fn of_table(file: &str, table: &Table) -> Vec<Finding> {
    let warning = |line: usize, path: String, fact, hint| {
        let place = Place { file: file.to_owned(), line, column: 1 };
        Finding { place, path, severity: Severity::Warning, fact, hint }
    };
    let mut findings = Vec::new();
    let called: BTreeSet<&str> =
        table.chains.iter().flat_map(|chain| &chain.rules).filter_map(crate::iptables::read::called).collect();
    for chain in &table.chains {
        let name = format!("{}/{}", table.name.name(), chain.name);
        if chain.policy.is_none() && !called.contains(chain.name.as_str()) {
            let line = chain.rules.first().map_or(1, |rule| rule.line);
            let fact = Fact::ChainNeverCalled { chain: chain.name.clone() };
            findings.push(warning(line, name.clone(), fact, Hint::CallOrRemove));
        }
        for (nth, rule) in chain.rules.iter().enumerate() {
            let Some((before, earlier)) = shadow(chain, nth) else { continue };
            let by = format!("{name}/{}", before + 1);
            let same = earlier.go == rule.go;
            let fact = if same { Fact::Shadowed { by: by.clone() } } else { Fact::Contradicted { by: by.clone() } };
            findings.push(warning(rule.line, format!("{name}/{}", nth + 1), fact, Hint::RemoveOrMove { by }));
        }
    }
    findings
}

/// The first rule before this one that decides for all its packets.
fn shadow(chain: &Chain, nth: usize) -> Option<(usize, &Rule)> {
    let rule = chain.rules.get(nth)?;
    chain.rules.iter().enumerate().take(nth).find(|(_, earlier)| decides(earlier) && covers(earlier, rule))
}

/// Whether no packet that a rule matches meets the next one.
fn decides(rule: &Rule) -> bool {
    match &rule.go {
        Some(Go::Goto(_)) => true,
        Some(Go::Jump(target)) => matches!(
            target,
            Target::Accept
                | Target::Drop
                | Target::Return
                | Target::Reject(_)
                | Target::Redirect(_)
                | Target::Dnat(_)
                | Target::Snat(_)
                | Target::Masquerade(_)
                | Target::Netmap(_)
        ),
        None => false,
    }
}

/// Whether every packet of the second is one of the first: all that the first asks, the second asks too.
fn covers(first: &Rule, second: &Rule) -> bool {
    let comments = |of: &&Match| !matches!(of, Match::Comment(_));
    // What depends on chance, time or memory is never sure to be asked the same way twice.
    let is_sure = |of: &Match| !matches!(of, Match::Limit(_) | Match::Statistic(_) | Match::Opaque(_));
    let asked = |of: &Match| is_sure(of) && second.matches.contains(of);
    header_covers(&first.header, &second.header) && first.matches.iter().filter(comments).all(asked)
}

fn header_covers(first: &Header, second: &Header) -> bool {
    address_covers(&first.source, &second.source)
        && address_covers(&first.destination, &second.destination)
        && (first.input.is_none() || first.input == second.input)
        && (first.output.is_none() || first.output == second.output)
        && (first.protocol.is_none() || first.protocol == second.protocol)
        && (first.fragment.is_none() || first.fragment == second.fragment)
}

fn address_covers(first: &Option<Not<Address>>, second: &Option<Not<Address>>) -> bool {
    match (first, second) {
        (None, _) => true,
        (Some(first), Some(second)) if first == second => true,
        (
            Some(Not { negated: false, value: Address::Net(wide) }),
            Some(Not { negated: false, value: Address::Net(narrow) }),
        ) => wide.covers(*narrow),
        _ => false,
    }
}
