//! The toil ledger through the real program: noted, kept while no server is there, reported, taken back; and no answer of any
//! path totals a person.

use crate::process::{Server, free_port, nines};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Output;

const JSON: &[(&str, &str)] = &[("content-type", "application/json")];

/// A user of one machine, with a state folder of their own.
struct User {
    home: tempfile::TempDir,
}

impl User {
    fn new() -> User {
        User { home: tempfile::tempdir().unwrap() }
    }

    fn run(&self, server: &str, arguments: &[&str]) -> Output {
        let mut command = nines(arguments);
        command.env("XDG_STATE_HOME", self.home.path()).env("NINES_PERSON", "ana").env("NINES_TEAM", "pay");
        command.env("NINES_SERVER", server).output().unwrap()
    }

    fn json(&self, server: &str, arguments: &[&str]) -> Value {
        let output = self.run(server, arguments);
        let text = String::from_utf8_lossy(&output.stdout);
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}{}", said(&output)))
    }

    fn waiting(&self) -> usize {
        std::fs::read_dir(self.home.path().join("nines/outbox")).map_or(0, Iterator::count)
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn start(folder: &Path) -> Server {
    Server::start(&folder.join("data"), &[])
}

fn report(server: &Server, query: &str) -> Value {
    server.get(&format!("/api/nines/v1/toil/report?{query}")).json()
}

fn post(server: &Server, path: &str, body: &Value) -> Value {
    let answer = server.post(&format!("/api/nines/v1/{path}"), JSON, body.to_string().as_bytes());
    assert!(answer.status < 300, "{path}: {} {}", answer.status, answer.text);
    answer.json()
}

fn entry(id: &str, person: &str, start: &str, more: &Value) -> Value {
    let mut entry = json!({
        "source": "csv", "extId": id, "person": person, "team": "pay", "task": "certs", "title": "certificates", "class": "toil",
        "evidence": "C", "start": start,
    });
    for (name, value) in more.as_object().unwrap() {
        entry[name] = value.clone();
    }
    entry
}

const QUARTER: &str = "from=2026-07-06T00:00:00Z&to=2026-10-05T00:00:00Z";

#[test]
fn what_is_noted_without_a_server_is_delivered_once_by_the_next_command_that_reaches_one() {
    let (user, folder) = (User::new(), tempfile::tempdir().unwrap());
    let nowhere = format!("http://127.0.0.1:{}", free_port());
    for n in 1..=2 {
        let noted = user.run(&nowhere, &["toil", "add", "rotated pay cert", "20m"]);
        assert!(noted.status.success() && said(&noted).contains("kept"), "{}", said(&noted));
        assert_eq!(user.waiting(), n);
    }
    let server = start(folder.path());
    let listed = user.run(&server.url, &["slo", "list"]);
    assert!(listed.status.success() && said(&listed).contains("2 kept earlier delivered"), "{}", said(&listed));
    assert_eq!(user.waiting(), 0);
    let again = user.run(&server.url, &["slo", "list"]);
    assert!(!said(&again).contains("kept"), "{}", said(&again));
    let report = user.json(&server.url, &["toil", "report", "-o", "json"]);
    let hours = report["teams"][0]["countedHours"]["D"].as_f64().unwrap();
    assert!((hours - 40.0 / 60.0).abs() < 1e-6, "two of twenty minutes: {hours}");
}

#[test]
fn of_several_commands_at_once_one_delivers_what_waits() {
    let (user, folder) = (User::new(), tempfile::tempdir().unwrap());
    let nowhere = format!("http://127.0.0.1:{}", free_port());
    for n in 1..=8 {
        assert!(user.run(&nowhere, &["toil", "add", "rotated pay cert", "20m"]).status.success());
        assert_eq!(user.waiting(), n);
    }
    let server = start(folder.path());
    let told: Vec<String> = std::thread::scope(|scope| {
        let commands: Vec<_> = (0..4).map(|_| scope.spawn(|| said(&user.run(&server.url, &["slo", "list"])))).collect();
        commands.into_iter().map(|command| command.join().unwrap()).collect()
    });
    assert_eq!(told.iter().filter(|said| said.contains("kept earlier delivered")).count(), 1, "{told:?}");
    assert_eq!(user.waiting(), 0);
    let hours = report(&server, "")["teams"][0]["countedHours"]["D"].as_f64().unwrap();
    assert!((hours - 160.0 / 60.0).abs() < 1e-6, "eight of twenty minutes: {hours}");
}

#[test]
fn what_is_noted_is_kept_where_something_else_listens_or_a_server_stops() {
    use std::io::{Read, Write};
    let user = User::new();
    for (n, answer) in (1..).zip(["404 Not Found", "503 Service Unavailable"]) {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut stream = stream;
                let _ = stream.read(&mut [0; 8192]);
                let _ = write!(stream, "HTTP/1.1 {answer}\r\ncontent-length: 2\r\nconnection: close\r\n\r\nno");
            }
        });
        let noted = user.run(&url, &["toil", "add", "rotated pay cert", "20m"]);
        assert!(noted.status.success() && said(&noted).contains("kept"), "{answer}: {}", said(&noted));
        assert_eq!(user.waiting(), n);
    }
}

#[test]
fn what_waits_comes_before_what_is_said_now_and_is_in_its_answer() {
    let (user, folder) = (User::new(), tempfile::tempdir().unwrap());
    let nowhere = format!("http://127.0.0.1:{}", free_port());
    assert!(user.run(&nowhere, &["toil", "capacity", "set", "pay", "ana", "20"]).status.success());
    let server = start(folder.path());
    assert!(user.run(&server.url, &["toil", "capacity", "set", "pay", "ana", "30"]).status.success());
    assert!(user.run(&nowhere, &["toil", "add", "rotated pay cert", "20m"]).status.success());
    let team = &user.json(&server.url, &["toil", "report", "-o", "json"])["teams"][0];
    assert_eq!(team["capacityHours"], 30.0 * 13.0, "what was said last holds");
    assert!((team["countedHours"]["D"].as_f64().unwrap() - 20.0 / 60.0).abs() < 1e-6, "{team}");
}

#[test]
fn a_commands_own_form_reads_and_writes_a_data_directory_that_no_server_holds() {
    let (user, folder) = (User::new(), tempfile::tempdir().unwrap());
    let data = folder.path().join("data").display().to_string();
    drop(start(folder.path()));
    let noted = user.run("http://127.0.0.1:1", &["toil", "add", "cleaned the queue", "1h", "--data", &data]);
    assert!(noted.status.success(), "{}", said(&noted));
    assert_eq!(user.waiting(), 0);
    let report = user.json("http://127.0.0.1:1", &["toil", "report", "--me", "-o", "json", "--data", &data]);
    assert_eq!(report["teams"][0]["countedHours"]["all"], 1.0);
    assert_eq!(report["me"]["hours"]["all"], 1.0);
    let server = start(folder.path());
    let held = user.run("http://127.0.0.1:1", &["toil", "add", "again", "1h", "--data", &data]);
    assert_eq!(held.status.code(), Some(2));
    assert!(said(&held).contains(&server.url), "{}", said(&held));
}

#[test]
fn bad_words_of_an_entry_are_told_with_what_to_write() {
    let user = User::new();
    for (arguments, fact) in [
        (["toil", "add", "x", "0m", "--team", "a"], "seconds"),
        (["toil", "add", "x", "soon", "--team", "a"], "`soon` is not a duration"),
        (["toil", "add", "x", "20m", "--class", "overhead"], "overhead"),
        (["toil", "add", "x", "20m", "--category", "fun"], "category `fun`"),
        (["toil", "add", "x", "20m", "--at", "noon"], "`noon` is not a time"),
        (["toil", "add", "x", "25h", "--team", "a"], "86400"),
    ] {
        let refused = user.run("http://127.0.0.1:1", &arguments);
        let words = said(&refused);
        assert!(
            refused.status.code() == Some(2) && words.contains(fact) && words.contains("hint:"),
            "{arguments:?}: {words}"
        );
    }
    assert_eq!(user.waiting(), 0);
}

#[test]
fn one_evening_of_page_runbook_and_ticket_is_forty_minutes() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path());
    let entries = json!({ "entries": [
        entry("p", "ben", "2026-09-01T10:00:00Z", &json!({ "evidence": "B", "end": "2026-09-01T10:40:00Z" })),
        entry("r", "ben", "2026-09-01T10:05:00Z", &json!({ "evidence": "A", "end": "2026-09-01T10:25:00Z" })),
        entry("t", "ben", "2026-09-01T12:00:00Z", &json!({ "attendedSeconds": 1800, "link": "csv:p" })),
        entry("o", "ben", "2026-09-01T12:00:00Z", &json!({ "attendedSeconds": 1800, "class": "overhead" })),
        entry("p", "ben", "2026-09-01T15:00:00Z", &json!({ "attendedSeconds": 1800 })),
    ] });
    let taken = post(&server, "toil", &entries);
    assert_eq!((&taken["imported"], &taken["duplicate"]), (&json!(3), &json!(1)));
    assert_eq!(taken["refused"][0]["index"], 3);
    let again = post(&server, "toil", &entries);
    assert_eq!((&again["imported"], &again["duplicate"]), (&json!(0), &json!(4)));
    let report = report(&server, QUARTER);
    let hours = &report["teams"][0]["countedHours"];
    let minutes = |name: &str| (hours[name].as_f64().unwrap() * 60.0).round() as i64;
    assert_eq!(["all", "hard", "A", "B", "C", "D"].map(minutes), [40, 40, 20, 20, 0, 0]);
    assert_eq!(report["teams"][0]["capacityHours"], 520.0);
    // The same after a restart: the book is a fold of the ledger.
    drop(server);
    let server = start(folder.path());
    assert_eq!(self::report(&server, QUARTER)["teams"], report["teams"]);
}

#[test]
fn alertmanagers_webhook_gives_pages_that_end_when_it_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path());
    let webhook = |status: &str, ends: &str| {
        json!({ "version": "4", "status": status, "receiver": "pay-team", "groupLabels": {}, "commonLabels": {},
            "commonAnnotations": {}, "externalURL": "", "alerts": [{
                "status": status, "labels": { "alertname": "PayHigh5xx", "service": "pay" }, "annotations": {},
                "startsAt": "2026-09-01T10:00:00Z", "endsAt": ends, "generatorURL": "", "fingerprint": "c0ffee" }] })
    };
    let path = "toil/import/alertmanager";
    assert_eq!(post(&server, path, &webhook("firing", "0001-01-01T00:00:00Z"))["imported"], 1);
    assert_eq!(post(&server, path, &webhook("firing", "0001-01-01T00:00:00Z"))["duplicate"], 1);
    assert_eq!(post(&server, path, &webhook("resolved", "2026-09-01T10:14:00Z"))["imported"], 1);
    assert_eq!(post(&server, path, &webhook("resolved", "2026-09-01T10:14:00Z"))["duplicate"], 1);
    let report = report(&server, QUARTER);
    assert_eq!(report["oncall"]["alerts"], 1);
    assert_eq!(report["teams"][0]["team"], "pay-team");
    assert_eq!(report["teams"][0]["countedHours"]["all"], 0.0, "nobody took it");
    assert!((report["teams"][0]["switchHours"].as_f64().unwrap() - 1.0 / 6.0).abs() < 1e-9);
    let refused = server.post("/api/nines/v1/toil/import/alertmanager", JSON, b"{}");
    assert!(refused.status == 400 && refused.text.contains("webhook_configs"), "{}", refused.text);
}

/// A quarter of four persons, each with their own number of hours.
fn quarter(server: &Server) {
    for (number, (person, hours)) in [("ana", 7), ("ben", 31), ("cho", 13), ("dev", 19)].into_iter().enumerate() {
        let entries: Vec<Value> = (0..hours)
            .map(|n| {
                let start = format!("2026-08-{:02}T{:02}:00:00Z", n % 28 + 1, 8 + n / 28);
                entry(&format!("{person}-{n}"), person, &start, &json!({ "attendedSeconds": 3600 }))
            })
            .collect();
        post(server, "toil", &json!({ "entries": entries }));
        let run = json!({
            "run": format!("r-{number}"), "runbook": "pay-restart", "title": "Restart", "sha256": "0", "service": "pay", "actor": person,
            "mode": "run", "startedAt": "2026-08-30T10:00:00Z", "endedAt": "2026-08-30T10:10:00Z", "outcome": "finished",
            "attendedSeconds": 120, "manualSeconds": 60, "wallSeconds": 600, "team": "pay", "steps": [],
        });
        post(server, "runs", &run);
        post(server, "toil/pulse", &json!({ "team": "pay", "person": person, "percent": 10 }));
    }
}

#[test]
fn toi_2_no_path_compares_or_totals_persons() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path());
    quarter(&server);
    let paths = [
        format!("toil/report?{QUARTER}"),
        format!("toil/report?{QUARTER}&team=pay"),
        format!("toil/next?{QUARTER}"),
        "runbooks".to_owned(),
        "runbooks/pay-restart".to_owned(),
        "runs/r-1".to_owned(),
        "events?limit=1000".to_owned(),
        "about".to_owned(),
        "alerts".to_owned(),
    ];
    for path in paths {
        let answer = server.get(&format!("/api/nines/v1/{path}")).json();
        let mut found = Vec::new();
        figures_beside_names(&answer, &mut found);
        assert!(found.is_empty(), "{path}: {found:?}");
    }
    let page = server.get("/toil").text;
    assert!(["ana", "ben", "cho", "dev"].iter().all(|name| !page.contains(&format!("\"{name}\""))));
    let metrics = server.get("/prometheus").text;
    assert!(!metrics.contains("person"));
    // One's own, for whoever gives the name; nothing of others.
    assert_eq!(server.get("/api/nines/v1/toil/entries").status, 400);
    let own = server.get("/api/nines/v1/toil/entries?me=ana&limit=1000").json();
    assert_eq!(own["items"].as_array().unwrap().len(), 8);
    assert!(!own.to_string().contains("ben"));
    let me = report(&server, &format!("{QUARTER}&me=ana"));
    assert!((me["me"]["hours"]["all"].as_f64().unwrap() - (7.0 + 120.0 / 3600.0)).abs() < 1e-6);
}

/// Objects that name a person of the quarter beside a figure of time. One run is a single event, which may name who acted; its
/// figures are of that run.
fn figures_beside_names(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|one| figures_beside_names(one, found)),
        Value::Object(object) => {
            let names =
                object.values().filter_map(Value::as_str).any(|text| ["ana", "ben", "cho", "dev"].contains(&text));
            let keys = object.keys().any(|name| ["ana", "ben", "cho", "dev"].contains(&name.as_str()));
            let has_figure = object.values().any(Value::is_number);
            let is_single = object.contains_key("run") || object.contains_key("id");
            if keys || (names && has_figure && !is_single) {
                found.push(value.to_string());
            }
            object.values().for_each(|one| figures_beside_names(one, found));
        }
        _ => {}
    }
}

#[test]
fn a_person_who_is_forgotten_leaves_times_and_a_chain_that_holds() {
    let (user, folder) = (User::new(), tempfile::tempdir().unwrap());
    let server = start(folder.path());
    quarter(&server);
    let before = report(&server, QUARTER);
    let forgotten = user.run(&server.url, &["toil", "forget", "ben", "--reason", "left the company"]);
    assert!(forgotten.status.success(), "{}", said(&forgotten));
    let after = report(&server, QUARTER);
    for field in ["countedHours", "switchHours", "share", "gini", "nPersons"] {
        assert_eq!(after["teams"][0][field], before["teams"][0][field], "{field}");
    }
    assert_eq!(server.get("/api/nines/v1/toil/entries?me=ben").json()["items"], json!([]));
    assert_eq!(
        server.get("/api/nines/v1/runs/r-1").json()["actor"].as_str().unwrap().split('-').next(),
        Some("erased")
    );
    // What was known stays known: an import does not bring them back.
    let again = entry("ben-0", "ben", "2026-08-01T08:00:00Z", &json!({ "attendedSeconds": 3600 }));
    assert_eq!(post(&server, "toil", &json!({ "entries": [again] }))["duplicate"], 1);
    let all = server.get("/api/nines/v1/events?limit=1000").text;
    assert!(!all.contains("ben"), "{all}");
    drop(server);
    let data = folder.path().join("data");
    let checked = nines(&["store", "check", "--data", &data.display().to_string()]).output().unwrap();
    assert!(checked.status.success(), "{}{}", String::from_utf8_lossy(&checked.stdout), said(&checked));
    for file in ["ledger.sqlite", "ledger.sqlite-wal"] {
        let bytes = std::fs::read(data.join(file)).unwrap_or_default();
        let name = b"\"ben\"";
        assert!(!bytes.windows(name.len()).any(|window| window == name), "{file} still has the name");
    }
}

#[test]
fn forgetting_brings_back_neither_what_was_taken_out_nor_an_older_approval() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path());
    let start = "2026-11-02T10:00:00Z";
    let taken_out = entry("1", "ben", start, &json!({ "attendedSeconds": 3600, "evidence": "D", "interrupt": true }));
    let kept = entry("2", "ben", "2026-11-03T10:00:00Z", &json!({ "attendedSeconds": 1800, "evidence": "D" }));
    post(&server, "toil", &json!({ "entries": [taken_out, kept] }));
    let entries = || server.get("/api/nines/v1/toil/entries?me=ben").json()["items"].as_array().unwrap().clone();
    let id = entries().iter().find(|item| item["start"] == start).unwrap()["id"].as_str().unwrap().to_owned();
    post(&server, &format!("toil/entries/{id}/remove"), &json!({ "person": "ben" }));
    assert_eq!(entries().len(), 1, "what is taken out is not listed");
    for (sha, by) in [("aa", "ben"), ("bb", "ana")] {
        let text = "---\nrunbook: restart\ntitle: Restart\n---\n";
        let approval = json!({ "runbook": "restart", "path": "restart.md", "sha256": sha, "by": by, "text": text });
        post(&server, "runbooks/approvals", &approval);
    }
    for (status, by) in [("automating", "ben"), ("automated", "ana")] {
        post(&server, "toil/tasks", &json!({ "task": "certs", "status": status, "by": by }));
    }
    let figures = || {
        let report = report(&server, "from=2026-11-01T00:00:00Z&to=2026-11-08T00:00:00Z");
        let (team, top) = (&report["teams"][0], &report["top"][0]);
        (team["countedHours"].clone(), team["switchHours"].clone(), top["runs"].clone(), top["status"].clone())
    };
    let before = figures();
    assert_eq!((&before.0["all"], &before.1, &before.2), (&json!(0.5), &json!(0.0), &json!(1)));
    assert_eq!(before.3, "automated");
    post(&server, "toil/forget", &json!({ "person": "ben", "reason": "left" }));
    assert_eq!(figures(), before);
    assert_eq!(server.get("/api/nines/v1/runbooks").json()["items"][0]["sha256"], "bb");
}

#[test]
fn a_thousand_entries_with_long_titles_are_taken_and_the_finest_step_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path());
    let title = "인".repeat(480);
    let one = |n: usize| entry(&n.to_string(), "ana", "2026-11-02T10:00:00Z", &json!({ "title": title }));
    let taken = post(&server, "toil", &json!({ "entries": (0..1000).map(one).collect::<Vec<_>>() }));
    assert_eq!(taken["imported"], 1000);
    let report = report(&server, "from=2026-01-01T00:00:00Z&to=2026-11-28T00:00:00Z&step=1us");
    assert_eq!(report["teams"][0]["weeks"].as_array().unwrap().len(), 270);
}

#[test]
fn an_own_entry_can_be_taken_out_and_nobody_elses() {
    let (user, folder) = (User::new(), tempfile::tempdir().unwrap());
    let server = start(folder.path());
    assert!(user.run(&server.url, &["toil", "add", "noted twice", "30m"]).status.success());
    let entries = user.json(&server.url, &["toil", "entries", "-o", "json"]);
    let id = entries["items"][0]["id"].as_str().unwrap().to_owned();
    let other = user.run(&server.url, &["toil", "remove", &id, "--person", "ben"]);
    assert_eq!(other.status.code(), Some(2), "{}", said(&other));
    assert!(user.run(&server.url, &["toil", "remove", &id]).status.success());
    let report = user.json(&server.url, &["toil", "report", "-o", "json"]);
    assert_eq!(report["teams"][0]["countedHours"]["all"], 0.0);
    let imported = entry("1", "ana", "2026-09-01T10:00:00Z", &json!({ "attendedSeconds": 60 }));
    post(&server, "toil", &json!({ "entries": [imported] }));
    let entries = user.json(&server.url, &["toil", "entries", "-o", "json", "--limit", "100"]);
    let imported = entries["items"].as_array().unwrap().iter().find(|item| item["evidence"] == "C").unwrap();
    let refused = user.run(&server.url, &["toil", "remove", imported["id"].as_str().unwrap()]);
    assert!(said(&refused).contains("timed or declared"), "{}", said(&refused));
}

#[test]
fn a_run_is_an_entry_and_two_events_however_often_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path());
    let text =
        "---\nnines: runbook/1\nid: pay-restart\nservice: pay\n---\n# Restart pay\n\n```sh {id=look}\ntrue\n```\n";
    let approval = json!({ "runbook": "pay-restart", "path": "runbooks/pay.md", "sha256": "abc", "by": "ana", "title": "Restart pay",
        "service": "pay", "text": text });
    post(&server, "runbooks/approvals", &approval);
    let run = |mode: &str, n: usize| {
        json!({ "run": format!("r-{n}"), "runbook": "pay-restart", "title": "Restart pay", "sha256": "abc", "service": "pay", "actor": "ana",
            "mode": mode, "startedAt": "2026-09-01T10:00:00Z", "endedAt": "2026-09-01T10:12:00Z", "outcome": "finished",
            "attendedSeconds": 400, "manualSeconds": 300, "wallSeconds": 730, "team": "pay", "category": "interrupt",
            "steps": [{ "id": "look", "kind": "sh", "exit": 0, "attendedSeconds": 400 }] })
    };
    post(&server, "runs", &run("run", 1));
    let again = server.post("/api/nines/v1/runs", JSON, run("run", 1).to_string().as_bytes());
    assert_eq!(again.status, 200);
    let hours = &report(&server, QUARTER)["teams"][0]["countedHours"];
    assert!((hours["A"].as_f64().unwrap() - 400.0 / 3600.0).abs() < 1e-6);
    let kinds = server.get("/api/nines/v1/events?topics=run,runbook&limit=100").json();
    let kinds: Vec<&str> =
        kinds["items"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["run.finished", "run.started", "runbook.approved"]);
    assert_eq!(server.get("/api/nines/v1/runs/r-1").json()["steps"][0]["id"], "look");
    assert_eq!(server.get("/api/nines/v1/runs/r-9").status, 404);
    let one = server.get("/api/nines/v1/runbooks/pay-restart").json();
    assert_eq!((&one["level"], &one["runs"], &one["manualFraction"]), (&json!("L2"), &json!(1), &json!(0.75)));
    assert_eq!(one["steps"], json!([{ "id": "look", "kind": "sh", "line": 8, "needsHuman": false }]));
    (2..12).for_each(|n| _ = post(&server, "runs", &run("auto", n)));
    let listed = server.get("/api/nines/v1/runbooks").json();
    assert_eq!((&listed["items"][0]["level"], &listed["items"][0]["greenInARow"]), (&json!("L3"), &json!(10)));
    assert_eq!(server.get("/api/nines/v1/runbooks/none").status, 404);
}

#[test]
fn signs_say_what_sort_of_work_a_task_is_and_overhead_is_refused() {
    let (user, folder) = (User::new(), tempfile::tempdir().unwrap());
    let server = start(folder.path());
    assert!(user.run(&server.url, &["toil", "add", "restarted pay", "30m", "--task", "restart"]).status.success());
    let ops =
        |server: &Server| server.get("/api/nines/v1/toil/report").json()["teams"][0]["opsHours"].as_f64().unwrap();
    assert_eq!(ops(&server), 0.5, "the first time is no toil");
    let signs = "manual,repetitive,automatable,tactical,no-value";
    let told = user.run(&server.url, &["toil", "classify", "restart", "--signs", signs]);
    assert!(String::from_utf8_lossy(&told.stdout).contains("restart is toil by 5 of 6 signs"), "{}", said(&told));
    assert_eq!(ops(&server), 0.0);
    for (signs, fact) in [("overhead", "overhead"), ("manual,boring", "boring")] {
        let refused = user.run(&server.url, &["toil", "classify", "restart", "--signs", signs]);
        assert!(refused.status.code() == Some(2) && said(&refused).contains(fact), "{}", said(&refused));
    }
}

#[test]
fn a_window_or_a_step_that_is_none_is_refused_with_what_to_give() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path());
    for (query, word) in [
        ("from=yesterday", "yesterday"),
        ("from=2026-10-05T00:00:00Z&to=2026-10-04T00:00:00Z", "before"),
        ("step=0s", "duration"),
        ("step=often", "often"),
    ] {
        let refused = server.get(&format!("/api/nines/v1/toil/report?{query}"));
        assert!(refused.status == 400 && refused.text.contains(word), "{query}: {} {}", refused.status, refused.text);
    }
    let korean = server.get("/api/nines/v1/toil/entries?lang=ko");
    assert!(korean.text.contains("본인"), "{}", korean.text);
}

#[test]
fn what_is_larger_than_an_event_is_the_senders_fault() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path());
    let run = json!({
        "run": "r-1", "runbook": "restart", "actor": "ana", "service": "s".repeat(5000), "attendedSeconds": 1, "steps": [],
        "startedAt": "2026-11-02T10:00:00Z", "endedAt": "2026-11-02T10:01:00Z",
    });
    let answer = server.post("/api/nines/v1/runs", JSON, run.to_string().as_bytes());
    assert_eq!(answer.status, 400, "{}", answer.text);
    assert!(answer.text.contains("more than 4096"), "{}", answer.text);
    assert_eq!(server.get("/api/nines/v1/runs/r-1").status, 404);
}
