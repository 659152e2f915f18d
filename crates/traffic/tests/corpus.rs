//! How much of what is met in the field is understood: save files with the kinds of rules that were counted there, as
//! often as they were.

use nines_traffic::Services;
use nines_traffic::generate::corpus::{FILES, File, MATCHES, RULES, TARGETS, files};
use nines_traffic::import::{Source, import};
use nines_traffic::iptables::{Class, classify, read::read_as};
use nines_traffic::net::Family;
use std::collections::BTreeMap;

/// The share of rules that must be exact or equivalent.
const SHARE_LEAST: f64 = 0.996;

fn family(file: &File) -> Family {
    if file.is_v6 { Family::V6 } else { Family::V4 }
}

#[test]
fn the_corpus_has_the_kinds_that_were_counted_as_often_as_they_were() {
    let files = files(1);
    let lines: Vec<&str> =
        files.iter().flat_map(|file| file.text.lines()).filter(|line| line.contains("-A ")).collect();
    assert_eq!((files.len(), lines.len()), (FILES, RULES));
    for (target, count) in TARGETS {
        let of_target = |line: &&&str| line.contains(&format!("-j {target}"));
        assert_eq!(lines.iter().filter(of_target).count(), count, "{target}");
    }
    for (name, count) in MATCHES.into_iter().filter(|(name, _)| !matches!(*name, "tcp" | "udp" | "sctp" | "icmp")) {
        let of_match = |line: &&&str| line.contains(&format!("-m {name} "));
        assert_eq!(lines.iter().filter(of_match).count(), count, "{name}");
    }
}

#[test]
fn nearly_every_rule_of_the_field_is_exact_or_equivalent() {
    let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for file in files(1) {
        let read = read_as("f", &file.text, family(&file), &Services::default());
        for class in read.lines.iter().filter_map(|line| classify(&line.text, &line.kind)) {
            *classes.entry(class.name()).or_default() += 1;
            if let Class::NotSupported(fact) = class {
                *reasons.entry(fact.to_string()).or_default() += 1;
            }
        }
    }
    let n_rules: usize = classes.values().sum();
    let n_missing = classes.get("not supported").copied().unwrap_or_default();
    let share = 1.0 - n_missing as f64 / n_rules as f64;
    println!("{n_rules} rules: {classes:?}, {:.2} % exact or equivalent; not supported: {reasons:#?}", 100.0 * share);
    assert_eq!(n_rules, RULES);
    assert!(share >= SHARE_LEAST, "{share}");
    // What is missing is what depends on more than the packet, and nothing that could not be read.
    assert!(reasons.keys().all(|reason| !reason.contains("cannot be read")), "{reasons:?}");
}

#[test]
fn imp_1_no_rule_of_the_field_is_dropped() {
    for file in files(2).iter().filter(|file| file.text.len() < 30_000) {
        let source = Source { file: "f", text: &file.text, family: family(file) };
        let imported = import(&[source], &Services::default());
        let n_lines = file.text.lines().filter(|line| line.contains("-A ")).count();
        assert_eq!(imported.told.iter().filter(|told| told.class.is_some()).count(), n_lines);
        let loaded = nines_traffic::intent::read("traffic.yaml", imported.yaml.as_bytes(), &Services::default());
        assert!(loaded.usable(), "{:?}", loaded.findings.first());
    }
}
