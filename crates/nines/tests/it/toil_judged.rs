//! Toil beside the judge: pages that never touched a budget are proposed to be rejected, and an alert of our own that somebody
//! takes is an entry by itself.

use crate::process::{Server, eventually, now_us};
use crate::shop::availability;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

const JSON: &[(&str, &str)] = &[("content-type", "application/json")];
/// Longest wait for anything here: a debug build on a busy machine.
const SOON: Duration = Duration::from_secs(30);

/// After the SLO: any burn at all wakes somebody.
const WAKES: &str = "  alertPolicies: [ { alertPolicyRef: wake } ]
---
apiVersion: openslo/v1
kind: Service
metadata: { name: shop, labels: { team: pay } }
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: wake }
spec:
  conditions:
    - kind: AlertCondition
      metadata: { name: fast }
      spec: { severity: page, condition: { kind: burnrate, op: gt, threshold: 2, lookbackWindow: 1h } }
  notificationTargets: [ { targetRef: on-call } ]
---
apiVersion: openslo/v1
kind: AlertNotificationTarget
metadata: { name: on-call }
spec: { target: webhook }
";

fn start(folder: &Path) -> Server {
    let definitions = folder.join("definitions");
    std::fs::create_dir(&definitions).unwrap();
    std::fs::write(definitions.join("shop.yaml"), format!("{}{WAKES}", availability("shop", "0.9"))).unwrap();
    Server::start(&folder.join("data"), &["--definitions", &definitions.display().to_string()])
}

fn post(server: &Server, path: &str, body: &Value) -> Value {
    let answer = server.post(path, JSON, body.to_string().as_bytes());
    assert!(answer.status < 300, "{path}: {} {}", answer.status, answer.text);
    serde_json::from_str(&answer.text).unwrap_or_default()
}

/// Server spans of the shop, of now.
fn send(server: &Server, first: u64, n: u64, is_error: bool) {
    let spans: Vec<Value> = (first..first + n)
        .map(|id| {
            let tags = if is_error { json!({ "error": "boom" }) } else { json!({}) };
            json!({ "traceId": format!("{id:016x}"), "id": format!("{id:016x}"), "kind": "SERVER", "name": "get /",
                    "timestamp": now_us() - 5000, "duration": 1000, "localEndpoint": { "serviceName": "shop" }, "tags": tags })
        })
        .collect();
    post(server, "/api/v2/spans", &Value::from(spans));
}

fn slo(server: &Server) -> Value {
    server.get("/api/nines/v1/slos/shop-availability").json()["items"][0].clone()
}

fn proposals(server: &Server) -> Vec<(String, String)> {
    let next = server.get("/api/nines/v1/toil/next").json();
    let text = |item: &Value, name: &str| item[name].as_str().unwrap_or_default().to_owned();
    next["items"].as_array().unwrap().iter().map(|item| (text(item, "kind"), text(item, "task"))).collect()
}

#[test]
fn pages_around_which_no_budget_burned_are_proposed_to_be_rejected_by_what_the_judge_counted() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path());
    send(&server, 1, 500, false);
    let minutes_ago = |minutes: u64| {
        let at = i64::try_from(now_us() - minutes * 60_000_000).unwrap();
        jiff::Timestamp::from_microsecond(at).unwrap().to_string()
    };
    let page = |nth: u64| {
        json!({ "source": "alertmanager", "fingerprint": format!("f{nth}"), "name": "DiskWillFill", "team": "pay", "service": "shop",
                "fired": minutes_ago(3 * nth + 2), "resolved": minutes_ago(3 * nth),
                "acknowledged": { "at": minutes_ago(3 * nth + 1), "by": "ana" } })
    };
    let pages: Vec<Value> = (1..=6).map(page).collect();
    assert_eq!(post(&server, "/api/nines/v1/toil", &json!({ "pages": pages }))["imported"], 6);
    let wanted = |kind: &str| vec![(kind.to_owned(), "DiskWillFill".to_owned())];
    eventually(SOON, || slo(&server)["good"].as_u64(), |good| *good == Some(500));
    eventually(SOON, || proposals(&server), |told| *told == wanted("reject"));
    let next = server.get("/api/nines/v1/toil/next?lang=ko").json();
    assert!(next["items"][0]["why"].as_str().unwrap().contains("shop"), "{next}");
    // Once it burned around any of them, the page mattered.
    send(&server, 1000, 20, true);
    eventually(SOON, || slo(&server)["bad"].as_u64(), |bad| *bad == Some(20));
    eventually(SOON, || proposals(&server).first().cloned(), |told| told.as_ref() == wanted("fix").first());
}

#[test]
fn an_alert_of_ours_that_somebody_takes_is_an_entry_of_theirs() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path());
    send(&server, 1, 500, true);
    let firing = || {
        let alerts = server.get("/api/nines/v1/alerts").json();
        let items = alerts["items"].as_array().cloned().unwrap_or_default();
        items.iter().find(|item| item["state"] == "firing").and_then(|item| item["id"].as_str().map(str::to_owned))
    };
    let id = eventually(SOON, firing, Option::is_some).unwrap();
    let report = || server.get("/api/nines/v1/toil/report?me=kim").json();
    let before = report();
    assert_eq!((&before["oncall"]["alerts"], &before["oncall"]["untaken"]), (&json!(1), &json!(1)), "{before}");
    assert_eq!(before["teams"][0]["team"], "pay", "as its service says");
    post(&server, &format!("/api/nines/v1/alerts/{id}/ack"), &json!({ "by": "kim" }));
    let after = report();
    assert_eq!(after["oncall"]["untaken"], 0);
    // Taken and not over yet: five minutes at least, derived from machines, and one switch.
    assert!((after["me"]["hours"]["B"].as_f64().unwrap() - 5.0 / 60.0).abs() < 1e-9, "{after}");
    assert!((after["me"]["switchHours"].as_f64().unwrap() - 10.0 / 60.0).abs() < 1e-9, "{after}");
}
