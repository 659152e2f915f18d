//! The demo, start to end: traffic, SLOs, a bad release that holds the gate, recovery.

use crate::process::{NINES, Server, eventually, free_port, nines};
use std::process::Command;
use std::time::{Duration, Instant};

/// From the start: release at 30 s, rollback at 55 s, recovery within 90 s after that.
const LENGTH: &str = "150s";

#[test]
fn the_demo_measures_slos_holds_the_gate_in_a_bad_release_and_recovers() {
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let started = Instant::now();
    let mut command = nines(&["demo", "--listen", &listen, "--for", LENGTH]);
    command.env("NINES_LANG", "en");
    let server = Server::spawn(command, port);
    let gate = || {
        let status = Command::new(NINES).args(["gate", "check", "user-profile", "--server", &server.url]).output();
        status.expect("the gate answers").status.code()
    };

    let counted = || {
        let items = server.get("/api/nines/v1/slos").json()["items"].as_array().cloned().unwrap_or_default();
        items.iter().filter(|item| item["good"].as_u64().unwrap_or(0) > 0).count()
    };
    eventually(Duration::from_secs(25), counted, |measured| *measured >= 8);
    assert_eq!(gate(), Some(0), "before the bad release");
    eventually(Duration::from_secs(40), gate, |code| *code == Some(1));
    assert!(started.elapsed() < Duration::from_secs(60), "held {:?} after the start", started.elapsed());
    let verdict = server.get("/api/nines/v1/gate/user-profile").json();
    assert!(verdict["reasons"][0]["traceIds"].as_array().is_some_and(|ids| !ids.is_empty()), "{verdict}");

    let links = server.get(&format!("/api/v2/dependencies?endTs={}", crate::process::now_us() / 1000)).json();
    for (parent, child) in [("web", "api"), ("app", "api"), ("api", "rank"), ("api", "user-profile"), ("user", "item")]
    {
        let there = links.as_array().unwrap().iter().any(|link| link["parent"] == parent && link["child"] == child);
        assert!(there, "{parent} → {child} is missing in {links}");
    }

    let rolled_back = Duration::from_secs(55).saturating_sub(started.elapsed());
    std::thread::sleep(rolled_back);
    eventually(Duration::from_secs(90), gate, |code| *code == Some(0));
    let status = server.get("/api/nines/v1/events?topics=deploy").json();
    assert!(status["items"].as_array().unwrap().len() >= 2, "{status}");
    let grows = |task: &str| {
        let report = server.get(&format!("/api/nines/v1/toil/report?step=5s&task={task}")).json();
        let growth = &report["top"][0];
        growth["elasticity"]["label"].as_str().map_or_else(|| growth.to_string(), str::to_owned)
    };
    let linear = |label: &String| label == "O(n)";
    // Carts are lost as visits come, logs are rotated however many there are: told from the spans of these minutes.
    eventually(Duration::from_secs(60), || grows("restore-carts"), linear);
    assert_eq!(grows("rotate-logs"), "flat");
    let by_week = server.get("/api/nines/v1/toil/report").json();
    let lacking = by_week["top"][0]["elasticityLacking"].as_str().unwrap_or_default();
    assert!(lacking.contains("too few weeks"), "spans of minutes say nothing of weeks: {by_week}");
}
