//! Others change rules too: what they do is seen, named, and never ours to undo but in our own table.

use crate::harness::{nft, tool};
use crate::netd::{Netd, Server, pending_id};
use crate::world::within;
use serde_json::Value;
use std::time::Duration;

/// How long an entry may take to the timeline: it is looked for by the second.
const TOLD: Duration = Duration::from_secs(20);
const RULES: &str = "traffic:\n  inbound:\n    - deny: 7001\n  otherwise: allow\n";

pub fn between() {
    let netd = Netd::start();
    assert_eq!(netd.plan(RULES).code, 1);
    nft("add table ip theirs\n");
    let refused = netd.traffic(&["apply", "plan", "--no-confirm"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains("nft (") && refused.err.contains("ip theirs"), "{}", refused.err);
    assert!(!tool("nft", &["list", "tables"]).contains("nines"), "nothing was applied");
    let unaffected = netd.traffic(&["apply", "plan", "--no-confirm", "--if-unaffected"]);
    assert_eq!(unaffected.code, 0, "a table without chains decides nothing: {unaffected:?}");
    assert!(tool("nft", &["list", "tables"]).contains("ip theirs"), "theirs is left alone");
    let missing = netd.traffic(&["apply", "no-such-plan"]);
    assert_eq!(missing.code, 2, "{missing:?}");
    assert_eq!(netd.traffic(&["confirm", "x"]).code, 2);
    assert_eq!(netd.traffic(&["rollback", "0123456789ab"]).code, 1, "a plan that is not in force");
}

pub fn flush() {
    let netd = Netd::start();
    netd.hold(RULES);
    tool("nft", &["flush", "ruleset"]);
    let holds = || tool("nft", &["list", "tables"]).contains("inet nines");
    within(Duration::from_secs(1), "our rules hold", holds);
    assert_eq!(netd.traffic(&["status"]).code, 0);
    let planned = netd.traffic(&["plan", "traffic.yaml"]);
    assert_eq!(planned.code, 0, "nothing to change: {planned:?}");
}

pub fn timeline() {
    let netd = Netd::start();
    let data = tempfile::tempdir().expect("a folder");
    let kinds = |url: &str| -> Vec<String> {
        let events = ureq::get(format!("{url}/api/nines/v1/events?topics=traffic")).call();
        let Ok(text) = events.and_then(|mut events| events.body_mut().read_to_string()) else { return Vec::new() };
        let events: Value = serde_json::from_str(&text).unwrap_or_default();
        let items = events["items"].as_array().cloned().unwrap_or_default();
        items.iter().rev().filter_map(|event| Some(event["kind"].as_str()?.to_owned())).collect()
    };
    netd.plan(RULES);
    let id = pending_id(&netd.traffic(&["apply", "plan", "--confirm", "60s"]));
    let told = ["traffic.started", "traffic.planned", "traffic.applied"].map(str::to_owned);
    let server = Server::start(data.path(), &netd.socket());
    within(TOLD, "what was there before", || kinds(&server.url) == told);
    drop(server);
    assert_eq!(netd.traffic(&["rollback", &id]).code, 0);
    nft("add table ip theirs\n");
    let server = Server::start(data.path(), &netd.socket());
    let all = [&told[..], &["traffic.reverted".to_owned(), "traffic.foreign".to_owned()]].concat();
    within(TOLD, "each once, after another start", || kinds(&server.url) == all);
    let metrics = ureq::get(format!("{}/prometheus", server.url)).call();
    let metrics = metrics.and_then(|mut metrics| metrics.body_mut().read_to_string()).expect("metrics");
    for sample in [
        "nines_traffic_applied_total 1",
        "nines_traffic_reverted_total 1",
        "nines_traffic_foreign_changes_total{process=\"nft\"} 1",
        "nines_traffic_drift 0",
        "nines_traffic_pending 0",
        "nines_traffic_apply_seconds_count 1",
    ] {
        assert!(metrics.lines().any(|line| line == sample), "{sample}");
    }
}
