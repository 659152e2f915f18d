//! The release gate by an error-budget policy, as pipelines and people use it.

use crate::process::{Server, eventually, nines, now_us, run};
use crate::shop::availability;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Output;
use std::time::Duration;

/// Before the SLO.
const SERVICE: &str = r#"apiVersion: openslo/v1
kind: Service
metadata: { name: shop, labels: { tier: one } }
---
"#;

/// After it.
const POLICY: &str = r#"---
apiVersion: nines.dev/v1alpha1
kind: ErrorBudgetPolicy
metadata: { name: standard }
spec:
  selector: { labels: { tier: one } }
  states:
    - { name: healthy,    above: 0.5 }
    - { name: caution,    above: 0.25, actions: { requireApproval: [feature] } }
    - { name: restricted, above: 0.0,  actions: { allow: [fix, security, rollback], canaryMax: 10 } }
    - { name: exhausted,               actions: { freeze: true, allow: [security, rollback] } }
  leave: { above: 0.05, dwell: 1h }
  exceptions: { tokens: 2, per: 90d, approverNotRequester: true, expires: 24h }
---
apiVersion: nines.dev/v1alpha1
kind: Freeze
metadata: { name: long-ago }
spec: { services: [other], from: "2020-01-01T00:00:00Z", until: "2099-01-02T00:00:00Z", reason: retired, by: ops }
---
apiVersion: nines.dev/v1alpha1
kind: Exception
metadata: { name: in-a-file }
spec: { service: shop, change: 4f2a9c1, reason: login broken, requestedBy: kim, approvedBy: lee, expires: "2099-11-24T00:00:00Z" }
"#;

fn definitions() -> String {
    format!("{SERVICE}{}{POLICY}", availability("shop", "0.9"))
}

struct Shop {
    server: Server,
    folder: tempfile::TempDir,
}

impl Shop {
    fn open() -> Shop {
        let folder = tempfile::tempdir().unwrap();
        let definitions = folder.path().join("definitions");
        std::fs::create_dir(&definitions).unwrap();
        std::fs::write(definitions.join("shop.yaml"), self::definitions()).unwrap();
        let server = Shop::start(folder.path());
        Shop { server, folder }
    }

    fn start(folder: &Path) -> Server {
        let definitions = folder.join("definitions").display().to_string();
        Server::start(&folder.join("data"), &["--definitions", &definitions])
    }

    /// Sends answers of the shop and waits until they are counted.
    fn answers(&self, n_good: u64, n_bad: u64) {
        let before = self.counted();
        let span = |number: u64| {
            let tags = if number < n_bad { r#","tags":{"error":"x"}"# } else { "" };
            let id = (before + number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            format!(
                r#"{{"traceId":"{id:016x}","id":"{id:016x}","kind":"SERVER","name":"get","timestamp":{},"duration":10,"localEndpoint":{{"serviceName":"shop"}}{tags}}}"#,
                now_us() - 1000
            )
        };
        let spans: Vec<String> = (0..n_good + n_bad).map(span).collect();
        assert_eq!(self.server.post("/api/v2/spans", &[], format!("[{}]", spans.join(",")).as_bytes()).status, 202);
        eventually(Duration::from_secs(30), || self.counted(), |counted| *counted == before + n_good + n_bad);
    }

    fn counted(&self) -> u64 {
        let slo = &self.server.get("/api/nines/v1/slos").json()["items"][0];
        slo["good"].as_u64().unwrap() + slo["bad"].as_u64().unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        run(&[&["--server", &self.server.url], arguments].concat())
    }

    /// Exit code, stdout and stderr.
    fn says(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = self.run(arguments);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    }

    fn gate(&self, more: &[&str]) -> (i32, Value) {
        let (code, out, err) = self.says(&[&["gate", "check", "shop", "-o", "json"], more].concat());
        let answer = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"));
        (code, answer)
    }
}

#[test]
fn a_policys_states_decide_and_commands_pass_or_hold_what_they_may() {
    let shop = Shop::open();
    shop.answers(970, 30);
    let (code, answer) = shop.gate(&[]);
    assert_eq!(
        (code, &answer["verdict"], &answer["policy"], &answer["state"]),
        (0, &json!("allowed"), &json!("standard"), &json!("healthy"))
    );
    assert_eq!(
        (&answer["schema"], &answer["wouldChange"], &answer["exception"]),
        (&json!("nines.gate/v1"), &Value::Null, &Value::Null)
    );

    shop.answers(0, 35);
    let (code, answer) = shop.gate(&[]);
    assert_eq!((code, &answer["reasons"][0]["rule"], &answer["state"]), (1, &json!("approval"), &json!("caution")));
    assert!(answer["reasons"][0]["traceIds"][0].is_string(), "{answer}");
    assert_eq!(shop.gate(&["--kind", "fix"]).0, 0);

    shop.answers(0, 200);
    let (code, answer) = shop.gate(&["--kind", "fix"]);
    assert_eq!((code, &answer["reasons"][0]["rule"], &answer["state"]), (1, &json!("freeze"), &json!("exhausted")));
    assert_eq!(answer["reasons"][0]["limit"], 0.05);
    assert!(answer["wouldChange"].as_str().unwrap().contains("5 %"), "{answer}");
    assert_eq!(shop.gate(&["--kind", "rollback"]).0, 0);

    // The exception of a file passes for its change, and says how little is known of who approved it.
    let (code, answer) = shop.gate(&["--change", "4f2a9c1"]);
    assert_eq!(
        (code, &answer["exception"]["name"], &answer["exception"]["approver"]),
        (0, &json!("in-a-file"), &json!("unverified approver"))
    );
    let grant = |change: &str, approver: &str| {
        shop.says(&[
            "exception",
            "grant",
            "shop",
            "--change",
            change,
            "--reason",
            "r",
            "--requested-by",
            "kim",
            "--approved-by",
            approver,
        ])
    };
    let (code, _, err) = grant("abc", "kim");
    assert!(code == 1 && err.contains("both ask for an exception and approve it"), "{code} {err}");
    assert_eq!(grant("abc", "lee").0, 0);
    let (code, _, err) = grant("def", "lee");
    assert!(code == 1 && err.contains("2 in 90d are all taken"), "the file's and the command's: {code} {err}");
    assert_eq!(shop.gate(&["--change", "abc"]).0, 0);
    assert_eq!(shop.gate(&["--change", "def"]).0, 1);
    let (_, out, _) = shop.says(&["exception", "list"]);
    assert!(out.contains("lee (unverified approver)"), "{out}");
}

#[test]
fn a_freeze_of_a_file_is_lifted_in_its_file_and_one_by_command_by_command() {
    let shop = Shop::open();
    let (code, _, err) = shop.says(&["freeze", "off", "long-ago", "--reason", "r", "--by", "kim"]);
    assert_eq!(code, 1);
    assert!(err.contains("shop.yaml:36:19"), "{err}");
    let (code, _, err) = shop.says(&["freeze", "off", "never-was", "--reason", "r", "--by", "kim"]);
    assert!(code == 2 && err.contains("long-ago"), "{code} {err}");
    let on = ["freeze", "on", "shop", "--for", "1h", "--reason", "database moves", "--by", "kim", "--name", "move"];
    assert_eq!(shop.says(&on).0, 0);
    let (code, answer) = shop.gate(&[]);
    assert_eq!((code, &answer["reasons"][0]["rule"]), (1, &json!("freeze")));
    assert_eq!(shop.gate(&["--kind", "security"]).0, 0);
    let listed = shop.says(&["freeze", "list"]).1;
    assert!(listed.contains("move") && listed.contains("long-ago") && listed.contains("database moves"), "{listed}");

    // Whoever waits hears of it when it is lifted.
    let waits = nines(&["--server", &shop.server.url, "gate", "check", "shop", "--wait", "50s"]).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(shop.says(&["freeze", "off", "move", "--reason", "done", "--by", "lee"]).0, 0);
    let waited = waits.wait_with_output().unwrap();
    assert_eq!(waited.status.code(), Some(0));
}

#[test]
fn an_adjustment_by_a_tag_leaves_those_requests_out_of_figures_and_evidence() {
    let mut shop = Shop::open();
    shop.answers(90, 10);
    let now = now_us();
    let load = |id: u64| {
        json!({ "traceId": format!("{:016x}", 0xfeed_0000 + id), "id": format!("{:016x}", 0xfeed_0000 + id),
            "kind": "SERVER", "name": "get /", "timestamp": now - 10, "duration": 10,
            "localEndpoint": { "serviceName": "shop" }, "tags": { "load.test": "true", "error": "x" } })
    };
    let spans: Vec<Value> = (0..50).map(load).collect();
    assert_eq!(shop.server.post("/api/v2/spans", &[], json!(spans).to_string().as_bytes()).status, 202);
    let slo = |shop: &Shop| shop.server.get("/api/nines/v1/slos").json()["items"][0].clone();
    let soon = Duration::from_secs(30);
    eventually(soon, || slo(&shop), |slo| slo["bad"] == json!(60));

    let add = ["adjust", "add", "shop-availability", "--mode", "removed", "--for", "3h", "--reason", "load test"];
    let with = ["--approved-by", "lee", "--where", "load.test=true", "--from"];
    let from = time_ago(3600);
    let (code, _, err) = shop.says(&[&add[..], &with[..], &[from.as_str()]].concat());
    assert_eq!(code, 0, "{err}");
    eventually(soon, || slo(&shop), |slo| slo["bad"] == json!(10));
    let check = |shop: &Shop| {
        let slo = slo(shop);
        assert_eq!((&slo["good"], &slo["bad"]), (&json!(90), &json!(10)));
        assert_eq!((&slo["raw"]["bad"], &slo["exclusions"][0]["bad"]), (&json!(60), &json!(50)));
        assert_eq!(slo["exclusions"][0]["where"], "load.test=true");
    };
    check(&shop);
    let events = shop.server.get("/api/nines/v1/slos/shop-availability/events?limit=100").json();
    let of_load = |item: &&Value| item["traceId"].as_str().is_some_and(|id| id.contains("feed"));
    let items = events["items"].as_array().unwrap();
    assert_eq!((items.len(), items.iter().filter(of_load).count()), (10, 0), "{events}");
    let (_, out, err) = shop.says(&["adjust", "list"]);
    assert!(out.contains("load.test=true"), "{out}{err}");
    let (code, _, err) = shop.says(&[&add[..], &with[..4], &["--name", "again"]].concat());
    assert_eq!(code, 0, "it begins now: {err}");

    assert_eq!(shop.server.terminate(), 0);
    shop.server = Shop::start(shop.folder.path());
    check(&shop);
}

#[test]
fn an_adjustment_by_command_shows_the_raw_value_beside_and_outlives_a_restart() {
    let mut shop = Shop::open();
    shop.answers(90, 10);
    let from = "2026-01-01T00:00:00Z";
    let add = [
        "adjust",
        "add",
        "shop-availability",
        "--mode",
        "as-good",
        "--for",
        "3h",
        "--reason",
        "r",
        "--approved-by",
        "lee",
        "--from",
    ];
    let (code, _, err) = shop.says(&[&add[..], &[from]].concat());
    assert!(code == 1 && err.contains("more than 7d ago"), "{code} {err}");
    let recent = time_ago(3600);
    assert_eq!(shop.says(&[&add[..], &[&recent]].concat()).0, 0);
    let check = |shop: &Shop| {
        let slo = &shop.server.get("/api/nines/v1/slos").json()["items"][0];
        assert_eq!(
            (&slo["sli"], &slo["raw"]["sli"], &slo["exclusions"][0]["bad"]),
            (&json!(1.0), &json!(0.9), &json!(10))
        );
    };
    check(&shop);
    let (_, out, err) = shop.says(&["slo", "status"]);
    assert!(out.contains("RAW SLI") && err.contains("leaves out 90 good and 10 bad"), "{out}{err}");
    assert_eq!(shop.server.terminate(), 0);
    shop.server = Shop::start(shop.folder.path());
    check(&shop);
}

/// So many seconds ago, RFC 3339.
fn time_ago(seconds: u64) -> String {
    let at = now_us() / 1_000_000 - seconds;
    let (days, second) = (at / 86_400, at % 86_400);
    // Civil date from days since the epoch (Howard Hinnant's algorithm), so that the test needs no calendar.
    let z = days + 719_468;
    let (era, doe) = (z / 146_097, z % 146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (day, month) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    let year = yoe + era * 400 + u64::from(month <= 2);
    format!("{year}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

#[test]
fn decisions_replay_from_their_records_and_one_altered_byte_is_found() {
    let shop = Shop::open();
    shop.answers(80, 20);
    let (_, answer) = shop.gate(&["--env", "prod", "--change", "abc"]);
    let id = answer["id"].as_str().unwrap().to_owned();
    let (code, out, _) = shop.says(&["gate", "replay", &id]);
    assert!(code == 0 && out.contains("HELD") && out.contains("gives the same verdict"), "{out}");
    let record = shop.server.get(&format!("/api/nines/v1/gate/decisions/{id}")).json();
    assert_eq!((&record["replayed"]["same"], &record["replayed"]["verdict"]), (&json!(true), &json!("held")));
    assert_eq!(
        (&record["input"]["env"], &record["input"]["objectives"][0]["share"]),
        (&json!("prod"), &json!([20, 100]))
    );

    assert_eq!(shop.server.terminate(), 0);
    let data = shop.folder.path().join("data");
    let check = || run(&["store", "check", "--data", &data.display().to_string()]);
    assert_eq!(check().status.code(), Some(0));
    // What somebody would change who wants to have been allowed.
    let ledger = data.join("ledger.sqlite");
    let mut bytes = std::fs::read(&ledger).unwrap();
    let needle = br#""share":[20,100]"#;
    let at = bytes.windows(needle.len()).position(|window| window == needle).expect("the record stands in the file");
    bytes[at + 9] = b'0';
    assert_eq!(&bytes[at..at + needle.len()], br#""share":[00,100]"#);
    std::fs::write(&ledger, bytes).unwrap();
    let found = check();
    let text = String::from_utf8_lossy(&found.stdout).into_owned() + &String::from_utf8_lossy(&found.stderr);
    assert_eq!(found.status.code(), Some(1), "{text}");
    assert!(text.contains(&format!("event {id}")), "{text}");
}

#[test]
fn flagger_is_answered_by_status_and_argo_rollouts_by_a_field() {
    let shop = Shop::open();
    shop.answers(100, 0);
    let hook = |metadata: Value| {
        let body = json!({ "name": "shop", "namespace": "prod", "phase": "Waiting", "checksum": "85d557f47b", "metadata": metadata });
        let headers = [("content-type", "application/json")];
        shop.server.post("/api/nines/v1/gate/shop/flagger", &headers, body.to_string().as_bytes())
    };
    let allowed = hook(json!({}));
    assert_eq!(
        (allowed.status, &allowed.json()["env"], &allowed.json()["change"]),
        (200, &json!("prod"), &json!("85d557f47b"))
    );
    shop.answers(0, 100);
    assert_eq!(hook(Value::Null).status, 400, "metadata is a map");
    assert_eq!(hook(json!({})).status, 403);
    assert_eq!(hook(json!({ "kind": "rollback", "env": "eu" })).status, 200);
    assert_eq!(hook(json!({ "kind": "hotfix" })).status, 400);
    // The example's `jsonPath: "{$.verdict}"` and `successCondition: result == "allowed"`.
    let example =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/gate/argo-rollouts.md")).unwrap();
    assert!(example.contains("{$.verdict}") && example.contains(r#"result == "allowed""#));
    let answer = shop.server.get("/api/nines/v1/gate/shop?env=prod&change=abc&kind=feature");
    assert_eq!((answer.status, &answer.json()["verdict"]), (200, &json!("held")));
}

#[test]
fn github_is_answered_with_a_review_where_its_signature_holds() {
    use std::io::{Read, Write};
    let folder = tempfile::tempdir().unwrap();
    let definitions = folder.path().join("definitions");
    std::fs::create_dir(&definitions).unwrap();
    std::fs::write(definitions.join("shop.yaml"), self::definitions()).unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (secret, token) =
        (file("secret", "It's a Secret to Everybody\n"), file("token", "ghs_16C7e42F292c6912E7710c838347Ae178B4a\n"));
    let server = Server::start(
        &folder.path().join("data"),
        &[
            "--definitions",
            &definitions.display().to_string(),
            "--github-secret-file",
            &secret,
            "--github-token-file",
            &token,
            "--github-allow-private",
            "true",
        ],
    );
    let callback = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address =
        format!("http://{}/repos/octo/shop/actions/runs/1/deployment_protection_rule", callback.local_addr().unwrap());
    let taking = std::thread::spawn(move || {
        let (mut stream, _) = callback.accept().unwrap();
        let mut seen = Vec::new();
        let mut buffer = [0; 4096];
        while !seen.ends_with(b"}") {
            let n = stream.read(&mut buffer).unwrap();
            assert!(n > 0, "the review came whole");
            seen.extend_from_slice(&buffer[..n]);
        }
        stream.write_all(b"HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n").unwrap();
        String::from_utf8(seen).unwrap()
    });
    let body = json!({
        "action": "requested", "environment": "production", "event": "push", "deployment_callback_url": address,
        "deployment": { "sha": "4f2a9c1", "task": "deploy" }, "repository": { "name": "shop", "full_name": "octo/shop" },
        "installation": { "id": 1 },
    })
    .to_string();
    let rule = nines_notify::github::ProtectionRule::new(
        &nines_notify::Secret::new("It's a Secret to Everybody"),
        std::path::PathBuf::new(),
        false,
    );
    let signature = rule.signature(body.as_bytes());
    let hook = |signature: &str, event: &str| {
        let headers =
            [("content-type", "application/json"), ("x-hub-signature-256", signature), ("x-github-event", event)];
        server.post("/api/nines/v1/github/deployment-protection", &headers, body.as_bytes()).status
    };
    assert_eq!(hook("sha256=00", "deployment_protection_rule"), 403);
    assert_eq!(hook(&signature, "ping"), 204);
    assert_eq!(hook(&signature, "deployment_protection_rule"), 202);
    let review = taking.join().unwrap();
    let (head, review) = review.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /repos/octo/shop/actions/runs/1/deployment_protection_rule "), "{head}");
    assert!(head.to_lowercase().contains("authorization: bearer ghs_16c7e42f292c6912e7710c838347ae178b4a"), "{head}");
    let review: Value = serde_json::from_str(review).unwrap();
    assert_eq!((&review["environment_name"], &review["state"]), (&json!("production"), &json!("approved")));
    assert!(review["comment"].as_str().unwrap().contains("shop may release"), "{review}");
    let plain = Server::start(&folder.path().join("other"), &[]);
    assert_eq!(plain.post("/api/nines/v1/github/deployment-protection", &[], b"{}").status, 404);
}
