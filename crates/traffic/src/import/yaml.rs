//! The intent file of an import, as a person would write it.

use super::inbound::Said;
use super::join::Joined;
use super::parts::Parts;
use crate::intent::{Fate, Want};
use crate::iptables::matches::RateUnit;
use crate::iptables::model::Ruleset;
use crate::iptables::{Class, LineKind, Read, classify, print, unsupported};
use crate::net::{Family, Net};
use std::collections::BTreeMap;
use std::fmt::Write;

/// From so many networks on, a rule's sources are a list of their own.
const LISTED_LEAST: usize = 4;

/// The file: lists, lines, the last word, and what stays raw.
pub(super) fn file(joined: Option<&Joined>, parts: &[Parts], reads: &[Read]) -> String {
    let mut out = String::from("traffic:\n");
    if let Some(joined) = joined {
        let lists = lists(&joined.said);
        if !lists.is_empty() {
            out.push_str("  lists:\n");
        }
        for (nets, name) in &lists {
            let _ = writeln!(out, "    {name}: {}", flow(nets));
        }
        if !joined.said.is_empty() {
            out.push_str("  inbound:\n");
        }
        joined.said.iter().for_each(|said| push_said(&mut out, said, &lists));
        for rule in parts.iter().flat_map(|parts| &parts.unreached) {
            let _ = writeln!(out, "  # no packet came to: {}", rule.replace(char::is_control, " "));
        }
        let worded = parts.iter().find_map(|parts| parts.rejected_with).filter(|_| joined.otherwise == Fate::Reject);
        let worded = worded.map(|with| format!("   # it was {}", with.name())).unwrap_or_default();
        let word = Fate::ALL.iter().find(|(_, fate)| *fate == joined.otherwise).map(|(word, _)| *word);
        let _ = writeln!(out, "  otherwise: {}{worded}", word.unwrap_or_default());
    }
    if parts.iter().any(|parts| !parts.raw.tables.is_empty()) {
        out.push_str("  raw:\n");
    }
    for parts in parts.iter().filter(|parts| !parts.raw.tables.is_empty()) {
        let read = reads.iter().find(|read| read.rules.family == parts.raw.family);
        let key = if parts.raw.family == Family::V4 { "ipv4" } else { "ipv6" };
        let _ = writeln!(out, "    {key}: |");
        for line in block(&parts.raw, read).lines() {
            let _ = writeln!(out, "      {line}");
        }
    }
    if out.len() == "traffic:\n".len() {
        // Rules that do nothing are no rules.
        return "traffic: {}\n".to_owned();
    }
    out
}

/// Sources that are many, with the name of their list.
fn lists(said: &[Said]) -> Vec<(Vec<Net>, String)> {
    let mut lists: Vec<(Vec<Net>, String)> = Vec::new();
    for said in said.iter().filter(|said| said.from.len() >= LISTED_LEAST) {
        if lists.iter().all(|(nets, _)| *nets != said.from) {
            let name = format!("sources-{}", lists.len() + 1);
            lists.push((said.from.clone(), name));
        }
    }
    lists
}

fn push_said(out: &mut String, said: &Said, lists: &[(Vec<Net>, String)]) {
    if let Some(comment) = &said.comment {
        let _ = writeln!(out, "    # {}", comment.replace(char::is_control, " "));
    }
    let ports = |ports: &[crate::intent::Ports]| match ports {
        [one] => one.text(),
        several => format!("[{}]", several.iter().map(|ports| ports.text()).collect::<Vec<_>>().join(", ")),
    };
    let _ = match &said.want {
        Want::Allow(of) => writeln!(out, "    - allow: {}", ports(of)),
        Want::Deny(of) => writeln!(out, "    - deny: {}", ports(of)),
        Want::Redirect { from, to } => writeln!(out, "    - redirect: {} -> {to}", from.text()),
        Want::Forward { from, address, port, .. } => {
            let to = crate::net::Endpoint { address: *address, port: *port };
            writeln!(out, "    - forward: '{} -> {to}'", from.text())
        }
    };
    if let Want::Forward { masquerade: false, .. } = &said.want {
        out.push_str("      masquerade: no\n");
    }
    if let Some(rate) = said.log {
        let per = RateUnit::ALL.into_iter().find(|(unit, ..)| *unit == rate.per).map(|(_, name, _)| name);
        let _ = writeln!(out, "      log: sample {}/{}", rate.count, per.unwrap_or_default());
    }
    let list = lists.iter().find(|(nets, _)| *nets == said.from).map(|(_, name)| name.clone());
    let from = match (list, said.from.as_slice()) {
        (_, []) => return,
        (Some(name), _) => name,
        (None, [net]) => source(*net),
        (None, several) => flow(several),
    };
    let _ = writeln!(out, "      from: {from}");
}

fn flow(nets: &[Net]) -> String {
    format!("[{}]", nets.iter().map(|net| source(*net)).collect::<Vec<_>>().join(", "))
}

/// A network as YAML reads it as one: an address alone without its mask, of IPv6 in quotes.
fn source(net: Net) -> String {
    let text = if net == Net::host(net.address()) { net.address().to_string() } else { net.to_string() };
    if net.family() == Family::V6 { format!("'{text}'") } else { text }
}

/// The tables, with a comment above each rule that is not supported. Counters are left out: they are the old host's.
fn block(raw: &Ruleset, read: Option<&Read>) -> String {
    let why = read.map(not_supported).unwrap_or_default();
    let mut rules = raw.clone();
    for chain in rules.tables.iter_mut().flat_map(|table| &mut table.chains) {
        chain.counters = Default::default();
        chain.rules.iter_mut().for_each(|rule| rule.counters = None);
    }
    let text = print(&rules);
    let mut in_order = rules.tables.iter().flat_map(|table| &table.chains).flat_map(|chain| &chain.rules);
    let (mut out, mut is_ours) = (String::new(), false);
    for line in text.lines() {
        let rule = line.starts_with("-A ").then(|| in_order.next()).flatten();
        let told =
            rule.and_then(|rule| why.get(&rule.line).cloned().or(unsupported(rule).map(|fact| fact.to_string())));
        if let Some(told) = told {
            let _ = writeln!(out, "# not supported: {told}");
        }
        // A rule of no line of the file closes what the intents would open.
        let is_closing = rule.is_some_and(|rule| rule.line == 0);
        if is_closing && !is_ours {
            out.push_str("# the file let this in nowhere, and what is built in would\n");
        }
        is_ours = is_closing;
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// Why lines are not supported.
fn not_supported(read: &Read) -> BTreeMap<usize, String> {
    let why = |kind: &LineKind, text: &str| match classify(text, kind) {
        Some(Class::NotSupported(fact)) => Some(fact.to_string()),
        _ => None,
    };
    read.lines.iter().filter_map(|line| Some((line.number, why(&line.kind, &line.text)?))).collect()
}
