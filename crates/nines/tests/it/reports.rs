//! A month that is over is reported once, and what changes it later is told beside it.

use crate::process::{Server, eventually, now_us, run};
use crate::shop::availability;
use nines_base::{DurationUs, Timestamp};
use nines_slo::report::Month;
use serde_json::{Value, json};
use std::time::Duration;

/// Longest wait for anything here: a debug build on a busy machine.
const SOON: Duration = Duration::from_secs(30);

/// Five days before the end of the last month that is settled, and the month's name.
fn in_last_month() -> (u64, String) {
    let month = Month::last_settled(Timestamp(now_us() as i64), jiff::tz::TimeZone::UTC).unwrap();
    let before = month.period.until - DurationUs::from_secs(5 * 86_400);
    (before.0 as u64, month.name)
}

fn send(server: &Server, ids: std::ops::Range<u64>, at_us: u64) {
    let span = |id: u64| {
        let tags = if id.is_multiple_of(10) { json!({ "error": "x" }) } else { json!({}) };
        json!({ "traceId": format!("{id:016x}"), "id": format!("{id:016x}"), "kind": "SERVER", "name": "get",
                "timestamp": at_us, "duration": 1000, "localEndpoint": { "serviceName": "shop" }, "tags": tags })
    };
    let body = ids.map(span).collect::<Value>().to_string();
    assert_eq!(server.post("/api/v2/spans", &[("content-type", "application/json")], body.as_bytes()).status, 202);
}

#[test]
fn a_month_that_is_over_is_reported_once_and_amendments_stand_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let (data, definitions) = (folder.path().join("data"), folder.path().join("definitions"));
    std::fs::create_dir(&definitions).unwrap();
    std::fs::write(definitions.join("shop.yaml"), availability("shop", "0.95")).unwrap();
    let arguments = ["--definitions", &definitions.display().to_string()];
    let (at_us, month) = in_last_month();

    let server = Server::start(&data, &arguments);
    let empty = server.get("/api/nines/v1/reports").json();
    assert_eq!((&empty["month"], &empty["items"]), (&Value::Null, &json!([])));
    let refused = server.get("/api/nines/v1/reports?month=October");
    assert_eq!(refused.status, 400);
    send(&server, 1..101, at_us);
    let total = || server.get("/prometheus").text;
    eventually(SOON, total, |text| text.contains("verdict=\"bad\"} 10"));
    server.terminate();

    let server = Server::start(&data, &arguments);
    let report = || server.get(&format!("/api/nines/v1/reports?month={month}")).json();
    let first = eventually(SOON, report, |report| report["items"][0]["good"] == 90);
    let item = &first["items"][0];
    assert_eq!(
        (&item["name"], &item["service"], &item["bad"]),
        (&json!("shop-availability"), &json!("shop"), &json!(10))
    );
    assert_eq!((item["sli"].as_f64(), item["budget"].as_f64()), (Some(0.9), Some(-1.0)));
    assert_eq!(first["months"], json!([month]));
    assert_eq!(server.get("/api/nines/v1/reports").json()["month"], json!(month));
    assert_eq!(server.get("/api/nines/v1/reports?service=other").json()["items"], json!([]));

    send(&server, 201..202, at_us);
    let amended = eventually(SOON, report, |report| report["items"][0]["amendments"] == 1);
    assert_eq!(amended["items"][0]["good"], 90, "what was reported stays");
    let table = run(&["slo", "report", "--server", &server.url, "--month", &month, "--lang", "en"]);
    let (told, said) = (String::from_utf8_lossy(&table.stdout), String::from_utf8_lossy(&table.stderr));
    assert_eq!(table.status.code(), Some(0), "{said}");
    assert!(told.contains("shop-availability") && told.contains("-100%"), "{told}");
    assert!(said.contains("came late"), "{said}");
}

#[test]
fn a_month_whose_slices_are_not_known_says_from_when_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let (data, definitions) = (folder.path().join("data"), folder.path().join("definitions"));
    std::fs::create_dir(&definitions).unwrap();
    let shop = availability("shop", "0.95");
    // Its months are Seoul's: whether one is reported while spans are still counted or not, those of UTC are open.
    let by_events = shop.replace(
        "duration: 28d, isRolling: true",
        "duration: 1M, isRolling: false, calendar: { startTime: 2026-01-01 00:00:00, timeZone: Asia/Seoul }",
    );
    let by_slices = shop
        .replace("budgetingMethod: Occurrences", "budgetingMethod: Timeslices")
        .replace("target: 0.95", "target: 0.95, timeSliceTarget: 0.9, timeSliceWindow: 2m");
    assert!(by_events != shop && by_slices != shop);
    std::fs::write(definitions.join("shop.yaml"), by_events).unwrap();
    let arguments = ["--definitions", &definitions.display().to_string()];
    let (at_us, month) = in_last_month();
    let server = Server::start(&data, &arguments);
    send(&server, 1..101, at_us);
    eventually(SOON, || server.get("/prometheus").text, |text| text.contains("verdict=\"bad\"} 10"));
    server.terminate();

    std::fs::write(definitions.join("shop.yaml"), by_slices).unwrap();
    let server = Server::start(&data, &arguments);
    let of_utc = || {
        let report = server.get(&format!("/api/nines/v1/reports?month={month}")).json();
        report["items"].as_array()?.iter().find(|item| item["zone"] == "UTC").cloned()
    };
    let told = eventually(SOON, of_utc, Option::is_some);
    assert!(told.as_ref().is_some_and(|item| item["measuredFrom"].is_string()), "{told:?}");
    let table = run(&["slo", "report", "--server", &server.url, "--month", &month, "--lang", "en"]);
    let said = String::from_utf8_lossy(&table.stderr);
    assert_eq!(table.status.code(), Some(0), "{said}");
    assert!(said.contains("shop-availability: its slices are known from "), "{said}");
}
