//! Which crate may depend on which, each edge with its reason. Arrows point down only; a new arrow is a
//! line here and a decision in `docs/decisions/`.

use super::{Finding, Tree};
use crate::process::{capture, cargo};

/// Allowed edges of the product: from, to, why.
const EDGES: [(&str, &str, &str); 46] = [
    ("nines-span", "nines-base", "ids and time"),
    ("nines-yaml", "nines-base", "languages of faults"),
    ("nines-trace", "nines-base", "ids and time"),
    ("nines-trace", "nines-span", "trees and filters are about spans"),
    ("nines-slo", "nines-base", "time, languages of findings"),
    ("nines-slo", "nines-span", "an event is a span's good or bad"),
    ("nines-slo", "nines-trace", "SLIs are written in the filter language"),
    ("nines-slo", "nines-yaml", "definitions are YAML with places"),
    ("nines-traffic", "nines-base", "time, languages of findings"),
    ("nines-toil", "nines-base", "time, languages of findings"),
    ("nines-toil", "nines-yaml", "what a runbook says before its text is YAML with places"),
    ("nines-traffic", "nines-yaml", "intents are YAML with places"),
    ("nines-storage", "nines-base", "ids and time"),
    ("nines-storage", "nines-span", "stores take batches and give spans"),
    ("nines-storage", "nines-trace", "searches are filters"),
    ("nines-ledger", "nines-base", "time, languages of errors"),
    ("nines-engine", "nines-base", "ids, time, the disk as a parameter"),
    ("nines-engine", "nines-span", "columns hold spans"),
    ("nines-engine", "nines-trace", "filters run on columns"),
    ("nines-engine", "nines-storage", "the trait it implements"),
    ("nines-collect", "nines-base", "clock, limits, languages"),
    ("nines-collect", "nines-span", "codecs"),
    ("nines-collect", "nines-trace", "filters of SLIs"),
    ("nines-collect", "nines-slo", "the SLI consumer counts"),
    ("nines-collect", "nines-storage", "the inbox, by trait"),
    ("nines-collect", "nines-ledger", "cells commit with the position they include"),
    ("nines-api", "nines-base", "clock, languages"),
    ("nines-api", "nines-span", "spans become wire shapes"),
    ("nines-api", "nines-trace", "trees, links, filters"),
    ("nines-api", "nines-slo", "status and verdicts become wire shapes"),
    ("nines-api", "nines-toil", "entries come in, reports become wire shapes"),
    ("nines-api", "nines-storage", "reading, by trait"),
    ("nines-api", "nines-ledger", "the timeline"),
    ("nines-api", "nines-collect", "counters, readiness, the receiving routes"),
    ("nines-api", "nines-web", "the page's files"),
    ("nines", "nines-base", "assembly"),
    ("nines", "nines-span", "assembly"),
    ("nines", "nines-trace", "assembly"),
    ("nines", "nines-slo", "assembly, and offline checks"),
    ("nines", "nines-toil", "importers, runbooks"),
    ("nines", "nines-storage", "assembly"),
    ("nines", "nines-traffic", "rules checked, simulated, tested and imported offline"),
    ("nines", "nines-ledger", "assembly"),
    ("nines", "nines-engine", "assembly: the one place that names the engine"),
    ("nines", "nines-collect", "assembly"),
    ("nines", "nines-api", "assembly"),
];

/// Further edges of the binary, and those beside the product.
const EDGES_BESIDE: [(&str, &str, &str); 37] = [
    ("nines", "nines-web", "assembly"),
    ("nines", "nines-notify", "assembly: whom alerts are told"),
    ("nines-notify", "nines-base", "time and the clock"),
    ("nines-nft", "nines-base", "time"),
    ("nines-nft", "nines-traffic", "what the kernel is to hold, as typed values"),
    ("nines-replay", "nines-base", "languages of reasons"),
    ("nines-replay", "nines-traffic", "packets, tables, names of rules"),
    ("nines-replay", "nines-nft", "namespaces, tables and counts over netlink"),
    ("nines-netd", "nines-base", "time, languages of refusals"),
    ("nines-netd", "nines-traffic", "plans, and the guard that judges them again"),
    ("nines-netd", "nines-nft", "what it alone writes to the kernel"),
    ("nines", "nines-netd", "`netd` is a command, and others ask it"),
    ("nines", "nines-nft", "`doctor` tries the kernel in a network of its own"),
    ("nines", "nines-replay", "an import is proven, and rules in force are read, by the system's own iptables"),
    ("nines", "nines-parquet", "`store export --format parquet`, a feature"),
    ("nines-parquet", "nines-base", "ids"),
    ("nines-parquet", "nines-span", "a row is a span"),
    ("nines", "nines-demo", "`nines demo` runs the game in the same process"),
    ("nines-demo", "nines-sleuth", "the game is instrumented as a user's service would be"),
    ("nines-differ", "nines-base", "languages of reasons"),
    ("nines-differ", "nines-traffic", "rules, the simulator, the compiler"),
    ("nines-differ", "nines-nft", "namespaces for everyone"),
    ("nines-differ", "nines-replay", "packets through the kernel"),
    ("nines-fuzz", "nines-base", "files on a simulated disk are fuzzed"),
    ("nines-fuzz", "nines-span", "decoders are fuzzed"),
    ("nines-fuzz", "nines-trace", "the filter language is fuzzed"),
    ("nines-fuzz", "nines-slo", "definitions are fuzzed"),
    ("nines-fuzz", "nines-traffic", "intents, save files and plans are fuzzed"),
    ("nines-fuzz", "nines-toil", "exports, histories, runbooks are fuzzed"),
    ("nines-fuzz", "nines-nft", "what the kernel says of its rules is fuzzed"),
    ("nines-fuzz", "nines-netd", "messages of its socket are fuzzed"),
    ("nines-fuzz", "nines-engine", "readers of its files are fuzzed"),
    ("nines-sim", "nines-base", "a simulated disk and clock"),
    ("nines-sim", "nines-span", "spans are sent and compared"),
    ("nines-sim", "nines-trace", "questions are filters"),
    ("nines-sim", "nines-storage", "the trait, and the store in memory as the model"),
    ("nines-sim", "nines-engine", "what is simulated"),
];

/// Edges that only tests need.
const EDGES_OF_TESTS: [(&str, &str, &str); 0] = [];

/// Third-party crates that no pure crate depends on: they bring a runtime, a network or chance.
const IMPURE: [&str; 14] = [
    "tokio",
    "axum",
    "hyper",
    "hyper-util",
    "tower",
    "tower-http",
    "tonic",
    "reqwest",
    "ureq",
    "mio",
    "rand",
    "getrandom",
    "libc",
    "rustix",
];

/// Crates that stay pure: no runtime, no network, no disk, no clock, no chance of their own.
pub const PURE: [&str; 8] = [
    "nines-base",
    "nines-span",
    "nines-yaml",
    "nines-traffic",
    "nines-trace",
    "nines-slo",
    "nines-storage",
    "nines-ledger",
];

/// Checks what cargo resolves against the tables.
pub fn check(_tree: &Tree) -> Result<Vec<Finding>, String> {
    let tree = |edges: &str| {
        capture(cargo().args([
            "tree",
            "--locked",
            "--workspace",
            "--depth",
            "1",
            "--prefix",
            "depth",
            "--no-dedupe",
            "--target",
            "all",
            "--edges",
            edges,
        ]))
    };
    let product: Vec<_> = EDGES.iter().chain(&EDGES_BESIDE).collect();
    let mut findings = breaches(&tree("normal,build")?, &product, false);
    let with_tests: Vec<_> = product.into_iter().chain(&EDGES_OF_TESTS).collect();
    findings.extend(breaches(&tree("dev")?, &with_tests, true));
    Ok(findings)
}

fn breaches(listing: &str, allowed: &[&(&str, &str, &str)], tests: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (from, manifest, to) in edges(listing) {
        let ours = to == "nines" || to.starts_with("nines-") || to == "xtask";
        let why = if ours && !allowed.iter().any(|(a, b, _)| (*a, *b) == (from, to)) {
            "if the arrow is right, add it with its reason to xtask/src/tidy/edges.rs and record the decision"
        } else if !tests && PURE.contains(&from) && IMPURE.contains(&to) {
            "a pure crate takes clock, disk and chance as parameters; runtimes and networks live above it"
        } else if !tests && from == "nines-base" {
            "base depends on std alone"
        } else {
            continue;
        };
        let kind = if tests { "in its tests on" } else { "on" };
        findings.push(Finding {
            file: manifest.to_owned(),
            line: 0,
            fact: format!("{from} depends {kind} {to}"),
            hint: why.to_owned(),
        });
    }
    findings
}

/// Reads `cargo tree --prefix depth --depth 1`: from, its folder, to.
fn edges(listing: &str) -> Vec<(&str, &str, &str)> {
    let mut edges = Vec::new();
    let mut from = ("", "");
    for line in listing.lines() {
        let Some(package) = line.get(1..) else { continue };
        let name = package.split(' ').next().unwrap_or_default();
        if line.starts_with('0') {
            let folder =
                package.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(path, _)| path);
            from = (name, folder);
        } else if line.starts_with('1') {
            edges.push((from.0, from.1, name));
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTING: &str = "0nines-slo v0.1.0 (/n/crates/slo)\n1nines-base v0.1.0 (/n/crates/base)\n\
                           1nines-storage v0.1.0 (/n/crates/storage)\n1tokio v1.54.1\n\n0nines-api v0.1.0 (/n/crates/api)\n1tokio v1.54.1\n";

    #[test]
    fn an_upward_arrow_and_a_runtime_below_are_found() {
        let allowed: Vec<_> = EDGES.iter().collect();
        let facts: Vec<String> = breaches(LISTING, &allowed, false).into_iter().map(|finding| finding.fact).collect();
        assert_eq!(facts, ["nines-slo depends on nines-storage", "nines-slo depends on tokio"]);
        let facts: Vec<String> = breaches(LISTING, &allowed, true).into_iter().map(|finding| finding.fact).collect();
        assert_eq!(facts, ["nines-slo depends in its tests on nines-storage"]);
    }

    #[test]
    fn the_tables_point_down() {
        const ORDER: [&str; 24] = [
            "nines-base",
            "nines-span",
            "nines-yaml",
            "nines-toil",
            "nines-traffic",
            "nines-trace",
            "nines-slo",
            "nines-storage",
            "nines-ledger",
            "nines-engine",
            "nines-sim",
            "nines-collect",
            "nines-web",
            "nines-api",
            "nines-sleuth",
            "nines-demo",
            "nines-parquet",
            "nines-notify",
            "nines-nft",
            "nines-replay",
            "nines-differ",
            "nines-netd",
            "nines-fuzz",
            "nines",
        ];
        let place = |name: &str| ORDER.iter().position(|known| *known == name).unwrap();
        for (from, to, why) in EDGES.iter().chain(&EDGES_BESIDE) {
            assert!(place(to) < place(from) && !why.is_empty(), "{from} -> {to}");
        }
    }
}
