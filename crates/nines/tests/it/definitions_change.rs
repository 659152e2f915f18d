//! Definitions that change while the server runs: what was counted stays and is read anew, what means something else
//! counts its own past, and a broken file changes nothing and is told wherever somebody looks.

use crate::process::{Server, eventually, now_us, run};
use crate::shop::availability;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Output;
use std::time::Duration;

/// Longest wait for anything here: files are looked at every two seconds, and a past is counted three later.
const SOON: Duration = Duration::from_secs(60);

const HOUR_US: u64 = 3_600_000_000;

/// A server whose one file of definitions is rewritten.
struct Live {
    server: Server,
    folder: tempfile::TempDir,
}

impl Live {
    fn start(text: &str) -> Live {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("definitions")).unwrap();
        std::fs::write(folder.path().join("definitions/shop.yaml"), text).unwrap();
        let server = Live::serve(&folder);
        Live { server, folder }
    }

    fn serve(folder: &tempfile::TempDir) -> Server {
        let definitions = folder.path().join("definitions").display().to_string();
        Server::start(&folder.path().join("data"), &["--definitions", &definitions])
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("definitions/shop.yaml")
    }

    fn define(&self, text: &str) {
        std::fs::write(self.file(), text).unwrap();
    }

    /// Sends spans of a service that ended `ago_us` ago, of which the first `n_bad` failed and took two seconds.
    fn send(&self, service: &str, ids: std::ops::Range<u64>, n_bad: u64, ago_us: u64) {
        let first = ids.start;
        let span = |id: u64| {
            let is_bad = id - first < n_bad;
            let (tags, duration) = if is_bad { (json!({ "error": "x" }), 2_000_000) } else { (json!({}), 50_000) };
            json!({ "traceId": format!("{id:016x}"), "id": format!("{id:016x}"), "kind": "SERVER", "name": "get",
                    "timestamp": now_us() - ago_us - duration, "duration": duration,
                    "localEndpoint": { "serviceName": service }, "tags": tags })
        };
        let body = ids.map(span).collect::<Value>().to_string();
        let sent = self.server.post("/api/v2/spans", &[("content-type", "application/json")], body.as_bytes());
        assert_eq!(sent.status, 202);
    }

    /// An objective once it has these figures: good, bad, and what is left of the budget to the ten-thousandth.
    fn stands(&self, name: &str, (good, bad): (u64, u64), budget: f64) -> Value {
        let ask = || self.server.get(&format!("/api/nines/v1/slos/{name}")).json()["items"][0].clone();
        let is_budget = |item: &Value| item["budget"].as_f64().is_some_and(|left| (left - budget).abs() < 1e-4);
        eventually(SOON, ask, |item| item["good"] == good && item["bad"] == bad && is_budget(item))
    }

    fn run(&self, arguments: &[&str]) -> Output {
        run(&[arguments, &["--server", &self.server.url]].concat())
    }

    fn health(&self) -> Value {
        self.server.get("/health").json()["nines"]["definitions"].clone()
    }
}

fn renamed(text: &str, to: &str) -> String {
    text.replace("name: shop-availability", &format!("name: {to}"))
}

#[test]
fn another_target_window_or_name_reads_what_was_counted_and_keeps_all_of_it() {
    let before = availability("shop", "0.9");
    let live = Live::start(&before);
    live.send("shop", 1..101, 0, 3 * HOUR_US);
    live.send("shop", 101..201, 10, 1_000_000);
    // 95 % of 200 where 90 % are asked for: half of the budget is left.
    live.stands("shop-availability", (190, 10), 0.5);
    // Of 98 % it is overspent by one and a half.
    let strict = availability("shop", "0.98");
    live.define(&strict);
    live.stands("shop-availability", (190, 10), -1.5);
    // The last hour alone had 90 of 100.
    live.define(&strict.replace("duration: 28d", "duration: 1h"));
    let short = live.stands("shop-availability", (90, 10), -4.0);
    assert_eq!(short["window"], "1h");
    // What a shorter window did not look at was not let go.
    live.define(&before);
    live.stands("shop-availability", (190, 10), 0.5);
    // Another name of the SLO is a name and nothing else.
    live.define(&renamed(&before, "checkout"));
    live.stands("checkout", (190, 10), 0.5);
    assert_eq!(live.server.get("/api/nines/v1/slos/shop-availability").status, 404);
    // A restart knows the same.
    let Live { server, folder } = live;
    assert_eq!(server.terminate(), 0);
    let live = Live { server: Live::serve(&folder), folder };
    live.stands("checkout", (190, 10), 0.5);
}

#[test]
fn another_meaning_counts_its_own_past_and_the_one_before_is_not_lost() {
    let before = availability("shop", "0.9");
    let live = Live::start(&before);
    live.send("shop", 1..201, 10, 1_000_000);
    live.stands("shop-availability", (190, 10), 0.5);
    // A second SLO counts what is stored of before it came; the first goes on.
    let fast = renamed(&before, "shop-latency").replace("kind=server !error", "kind=server duration<40ms");
    live.define(&format!("{before}---\n{fast}"));
    live.stands("shop-latency", (0, 200), -9.0);
    live.stands("shop-availability", (190, 10), 0.5);
    // Its limit changes: every stored span is judged anew.
    live.define(&format!("{before}---\n{}", fast.replace("40ms", "1s")));
    live.stands("shop-latency", (190, 10), 0.5);
    // And back: what the first limit counted is still there, and what came meanwhile is counted with it.
    live.send("shop", 201..301, 0, 1_000_000);
    live.stands("shop-latency", (290, 10), 1.0 - 1.0 / 3.0);
    live.define(&format!("{before}---\n{fast}"));
    live.stands("shop-latency", (0, 300), -9.0);
    live.send("shop", 301..401, 0, 1_000_000);
    live.stands("shop-latency", (0, 400), -9.0);
    live.stands("shop-availability", (390, 10), 1.0 - 1.0 / 4.0);
}

#[test]
fn a_service_that_is_renamed_keeps_its_history_where_its_objectives_say_both_names() {
    let before = availability("shop", "0.9");
    let live = Live::start(&before);
    live.send("shop", 1..201, 40, 1_000_000);
    // A fifth failed where a tenth may: its releases are held.
    live.stands("shop-availability", (160, 40), -1.0);
    // The definition calls it otherwise, its spans do not: the same counts, judged for the new name.
    let verdict = |service: &str| live.server.get(&format!("/api/nines/v1/gate/{service}")).json()["verdict"].clone();
    assert_eq!((verdict("shop"), verdict("store")), (json!("held"), json!("allowed")));
    live.define(&before.replace("service: shop\n", "service: store\n"));
    let of_store = |item: &Value| item["service"] == "store";
    let ask = || live.server.get("/api/nines/v1/slos/shop-availability").json()["items"][0].clone();
    eventually(SOON, ask, of_store);
    live.stands("shop-availability", (160, 40), -1.0);
    assert_eq!((verdict("shop"), verdict("store")), (json!("allowed"), json!("held")));
    // Its spans are called otherwise too: by the new name alone nothing of before is counted, and by both everything.
    live.send("store", 201..301, 0, 1_000_000);
    let by = |names: &str| before.replace("service: shop\n", "service: store\n").replace("service=shop", names);
    live.define(&by("service=store"));
    live.stands("shop-availability", (100, 0), 1.0);
    live.define(&by("service=(shop,store)"));
    live.stands("shop-availability", (260, 40), -1.0 / 3.0);
    live.send("store", 301..401, 100, 1_000_000);
    live.stands("shop-availability", (260, 140), -2.5);
}

#[test]
fn a_broken_file_changes_nothing_and_is_told_by_health_the_command_line_and_the_api() {
    let good = availability("shop", "0.9");
    let live = Live::start(&good);
    live.send("shop", 1..201, 10, 1_000_000);
    let before = live.stands("shop-availability", (190, 10), 0.5);
    assert_eq!((&live.health()["status"], &live.health()["errors"]), (&json!("loaded"), &json!(0)));
    let says = |live: &Live, arguments: &[&str]| {
        let output = live.run(arguments);
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (_, _, told) = says(&live, &["slo", "status"]);
    assert!(!told.contains("not in force"), "{told}");

    // One good change and one fault: neither is in force.
    let broken = good.replace("target: 0.9", "target: 1.5").replace("duration: 28d", "duration: 1h");
    live.define(&broken);
    let refused = eventually(SOON, || live.health(), |health| health["status"] == "refused");
    let place = format!("{}:15:", live.file().display());
    assert_eq!(refused["errors"], 1);
    assert!(refused["first"].as_str().unwrap().contains(&place), "{refused}");
    assert_eq!(live.server.get("/health").json()["status"], "UP", "spans are taken");
    let definitions = live.server.get("/api/nines/v1/definitions").json();
    assert_eq!(definitions["refused"], true);
    // Beside it there are warnings, of this set and of the one in force: no file declares the service.
    let findings = definitions["findings"].as_array().unwrap();
    let mut errors = findings.iter().filter(|finding| finding["severity"] == "error");
    assert_eq!((errors.next().map(|error| &error["line"]), errors.next()), (Some(&json!(15)), None));
    for arguments in [&["slo", "status"][..], &["slo", "list"], &["slo", "explain", "shop-availability"]] {
        let (code, _, told) = says(&live, arguments);
        assert_eq!(code, Some(0), "{told}");
        assert!(told.contains("not in force") && told.contains(&place), "{arguments:?}: {told}");
    }
    let (code, _, told) = says(&live, &["gate", "check", "shop"]);
    assert!(code == Some(0) && told.contains("not in force"), "{told}");

    // What is judged is what was, and counting goes on.
    let same = live.stands("shop-availability", (190, 10), 0.5);
    assert_eq!((&same["target"], &same["window"]), (&before["target"], &before["window"]));
    live.send("shop", 201..301, 0, 1_000_000);
    live.stands("shop-availability", (290, 10), 1.0 - 1.0 / 3.0);

    // A start with it takes the last good set.
    let Live { server, folder } = live;
    assert_eq!(server.terminate(), 0);
    let live = Live { server: Live::serve(&folder), folder };
    live.stands("shop-availability", (290, 10), 1.0 - 1.0 / 3.0);
    assert_eq!(live.health()["status"], "refused");

    live.define(&good.replace("target: 0.9", "target: 0.95"));
    let mended = live.stands("shop-availability", (290, 10), 1.0 - 2.0 / 3.0);
    assert_eq!(mended["window"], "28d");
    assert_eq!(live.health()["status"], "loaded");
    let (_, _, told) = says(&live, &["slo", "status"]);
    assert!(!told.contains("not in force"), "{told}");
}
