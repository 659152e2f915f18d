//! Raw rules as an intent file.

use super::Source;
use crate::iptables::{Class, LineKind, Read, classify, print, print_rule};
use crate::net::Family;
use std::fmt::Write;

/// All rules under `raw`, each that is not supported with a comment that says why. Counters are left out: they are the
/// old host's.
pub(super) fn raw(sources: &[Source<'_>], reads: &[Read]) -> String {
    let mut out = String::from("traffic:\n  raw:\n");
    for (source, read) in sources.iter().zip(reads) {
        let key = if source.family == Family::V4 { "ipv4" } else { "ipv6" };
        let _ = writeln!(out, "    {key}: |");
        for line in block(read).lines() {
            let _ = writeln!(out, "      {line}");
        }
    }
    out
}

/// The tables, with a comment above each rule that is not supported.
fn block(read: &Read) -> String {
    let mut rules = read.rules.clone();
    let chains = rules.tables.iter_mut().flat_map(|table| &mut table.chains);
    for chain in chains {
        chain.counters = Default::default();
        chain.rules.iter_mut().for_each(|rule| rule.counters = None);
    }
    let mut text = print(&rules);
    for line in &read.lines {
        let (Some(Class::NotSupported(why)), LineKind::Rule { chain, rules, .. }) =
            (classify(&line.text, &line.kind), &line.kind)
        else {
            continue;
        };
        for rule in rules {
            let printed = print_rule(chain, rule);
            let comment = format!("# not supported: {why}");
            let told = format!("{comment}\n{printed}\n");
            if !text.contains(&told) {
                text = text.replace(&format!("\n{printed}\n"), &format!("\n{told}"));
            }
        }
    }
    text
}
