//! An alert from spans to a webhook: through a target that is down, `kill -9` and an acknowledgement.

use crate::others;
use crate::process::{Server, eventually, now_us, run};
use crate::shop::availability;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const ALERTING: &str = r#"apiVersion: openslo/v1
kind: Service
metadata: { name: shop }
---
apiVersion: openslo/v1
kind: Service
metadata: { name: web }
---
apiVersion: openslo/v1
kind: AlertNotificationTarget
metadata: { name: on-call }
spec: { target: webhook }
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
"#;

/// Two services whose pages go to the webhook.
fn definitions() -> String {
    let slo =
        |service| format!("---\n{}  alertPolicies: [ {{ alertPolicyRef: wake }} ]\n", availability(service, "0.99"));
    [ALERTING.to_owned(), slo("shop"), slo("web")].concat()
}

/// Longest wait for anything here: a debug build on a busy machine.
const SOON: Duration = Duration::from_secs(30);

/// A webhook that refuses while it is down, and notes the id and type of what it takes. Asked by GET it is an Alertmanager
/// with silences.
struct Hook {
    url: String,
    is_down: Arc<AtomicBool>,
    refused: Arc<Mutex<Vec<String>>>,
    taken: Arc<Mutex<Vec<(String, String)>>>,
}

impl Hook {
    fn start() -> Hook {
        Hook::with_silences(json!([]))
    }

    fn with_silences(silences: Value) -> Hook {
        let is_down = Arc::new(AtomicBool::new(true));
        let (refused, taken) = (Arc::<Mutex<Vec<_>>>::default(), Arc::<Mutex<Vec<_>>>::default());
        let (down, not_taken, kept) = (is_down.clone(), refused.clone(), taken.clone());
        let url = others::serve(move |asked| {
            if asked.line.starts_with("GET ") {
                return Some(("200 OK", silences.to_string()));
            }
            let id = asked.header("webhook-id").to_owned();
            let body: Value = serde_json::from_slice(&asked.body).unwrap();
            Some(if down.load(Ordering::Relaxed) {
                not_taken.lock().unwrap().push(id);
                ("503 Down", String::new())
            } else {
                kept.lock().unwrap().push((id, body["type"].as_str().unwrap_or("alerts").to_owned()));
                ("204 Taken", String::new())
            })
        });
        Hook { url: format!("{url}/hook"), is_down, refused, taken }
    }

    fn taken(&self) -> Vec<(String, String)> {
        self.taken.lock().unwrap().clone()
    }
}

/// Server spans of a service, all failed.
fn post_failures(server: &Server, service: &str, first: u64, n: u64) {
    let spans: Vec<Value> = (first..first + n)
        .map(|id| {
            json!({ "traceId": format!("{id:016x}"), "id": format!("{id:016x}"), "kind": "SERVER", "name": "get /",
                    "timestamp": now_us() - 5000, "duration": 1000, "localEndpoint": { "serviceName": service },
                    "tags": { "error": "boom" } })
        })
        .collect();
    let body = Value::from(spans).to_string();
    assert_eq!(server.post("/api/v2/spans", &[("content-type", "application/json")], body.as_bytes()).status, 202);
}

fn write_config(folder: &Path, hook: &Hook) -> (String, String) {
    let definitions = folder.join("definitions");
    std::fs::create_dir(&definitions).unwrap();
    std::fs::write(definitions.join("shop.yaml"), self::definitions()).unwrap();
    std::fs::write(folder.join("hook.key"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n").unwrap();
    let config = folder.join("nines.toml");
    let text = format!(
        "[notify.on-call]\ntype = \"webhook\"\nurls = [\"{}\"]\nkey_file = \"hook.key\"\nallow_private = true\n\
         [notify.spare]\ntype = \"alertmanager\"\nurls = [\"http://127.0.0.1:1\"]\n",
        hook.url
    );
    std::fs::write(&config, text).unwrap();
    (definitions.display().to_string(), config.display().to_string())
}

#[test]
fn an_alert_reaches_its_webhook_once_through_an_outage_and_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let hook = Hook::start();
    let (definitions, config) = write_config(folder.path(), &hook);
    let data = folder.path().join("data");
    let flags = ["--definitions", &definitions, "--config", &config];
    let server = Server::start(&data, &flags);
    post_failures(&server, "shop", 1, 50);
    let alerts = |server: &Server| server.get("/api/nines/v1/alerts").json();
    let firing = eventually(SOON, || alerts(&server), |alerts| alerts["items"][0]["state"] == "firing");
    assert_eq!(firing["items"][0]["told"], json!(["on-call"]));
    let id = firing["items"][0]["id"].as_str().unwrap().to_owned();
    eventually(SOON, || hook.refused.lock().unwrap().len(), |n| *n >= 2);
    let notify = server.get("/health").json()["nines"]["notify"].clone();
    assert_eq!((&notify["targets"][0]["status"], &notify["targets"][0]["waiting"]), (&json!("failing"), &json!(1)));
    assert!(notify["findings"][0].as_str().unwrap().contains("'spare'"), "{notify}");
    server.kill();

    let server = Server::start(&data, &flags);
    hook.is_down.store(false, Ordering::Relaxed);
    eventually(SOON, || hook.taken().len(), |n| *n == 1);
    let ack = format!("/api/nines/v1/alerts/{id}/ack");
    let is_json = ("content-type", "application/json");
    let elsewhere = server.post(&ack, &[is_json, ("origin", "http://evil.example")], b"{}");
    assert_eq!(elsewhere.status, 403);
    let answer = server.post(&ack, &[is_json], br#"{"by":"kim"}"#);
    assert_eq!((answer.status, answer.json()["by"].as_str()), (200, Some("kim")));
    eventually(SOON, || hook.taken().len(), |n| *n == 2);
    assert_eq!(server.post("/api/nines/v1/alerts/0000000000000000/ack", &[is_json], b"").status, 404);

    // The same episode goes on: nothing fired twice, and nothing was told twice.
    let history = server.get("/api/nines/v1/alerts?history=true").json();
    let changes: Vec<&str> =
        history["items"].as_array().unwrap().iter().map(|item| item["change"].as_str().unwrap()).collect();
    assert_eq!(changes.iter().filter(|change| **change == "fired").count(), 1, "{changes:?}");
    let refused = hook.refused.lock().unwrap().clone();
    let taken = hook.taken();
    assert!(refused.iter().all(|refused| *refused == taken[0].0), "retries carry one id: {refused:?} {taken:?}");
    let types: Vec<&str> = taken.iter().map(|(_, of_type)| of_type.as_str()).collect();
    assert_eq!(types, ["slo.alert.firing", "slo.alert.acknowledged"]);

    let list = run(&["alert", "list", "--server", &server.url, "--color", "never"]);
    let table = String::from_utf8_lossy(&list.stdout).into_owned();
    assert!(
        list.status.success() && table.contains("✖ firing") && table.contains("kim") && table.contains(&id),
        "{table}"
    );
    let korean = run(&["alert", "history", "--server", &server.url, "--lang", "ko"]);
    assert!(String::from_utf8_lossy(&korean.stdout).contains("알림 확인 (kim)"));
    assert_eq!(server.terminate(), 0);
}

#[test]
fn check_tells_of_targets_that_lead_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let hook = Hook::start();
    let (definitions, config) = write_config(folder.path(), &hook);
    let clean = run(&["slo", "check", &definitions]);
    assert!(clean.status.success() && clean.stdout.is_empty());
    let found = run(&["slo", "check", &definitions, "--config", &config, "-o", "json"]);
    let document: Value = serde_json::from_slice(&found.stdout).unwrap();
    let items = document["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[0]["severity"], &items[0]["line"]), (1, &json!("warning"), &json!(6)));
    std::fs::write(&config, "[notify.on-call]\ntype = \"pager\"\n").unwrap();
    let faulty = run(&["slo", "check", &definitions, "--config", &config, "-o", "json"]);
    assert_eq!(faulty.status.code(), Some(1));
    let document: Value = serde_json::from_slice(&faulty.stdout).unwrap();
    let fault = document["items"].as_array().unwrap().iter().find(|item| item["severity"] == "error").unwrap();
    assert_eq!(
        (&fault["file"], &fault["line"], &fault["column"]),
        (&json!(config), &json!(2), &json!(1)),
        "{document}"
    );
    assert!(fault["fact"].as_str().unwrap().contains("pager") && fault["hint"].is_string(), "{fault}");
    let said = String::from_utf8_lossy(&faulty.stderr).into_owned();
    assert!(said.starts_with("1 errors, "), "findings are on stdout and in the counts: {said}");
}

#[test]
fn a_history_of_one_slo_reads_on_past_what_others_did_since() {
    let folder = tempfile::tempdir().unwrap();
    let definitions = folder.path().join("definitions");
    std::fs::create_dir(&definitions).unwrap();
    std::fs::write(definitions.join("shop.yaml"), self::definitions()).unwrap();
    let server = Server::start(&folder.path().join("data"), &["--definitions", &definitions.display().to_string()]);
    let fires = |service: &str| {
        let of_service = || server.get(&format!("/api/nines/v1/alerts?service={service}")).json();
        eventually(SOON, of_service, |alerts| alerts["items"][0]["state"] == "firing");
    };
    post_failures(&server, "shop", 1, 50);
    fires("shop");
    post_failures(&server, "web", 51, 50);
    fires("web");
    let history = |more: &str| server.get(&format!("/api/nines/v1/alerts?history=true&limit=1{more}")).json();
    assert_eq!(history("")["items"][0]["slo"], "web-availability", "it is the newest");
    let of_shop = history("&slo=shop-availability");
    assert_eq!(
        (&of_shop["items"][0]["slo"], &of_shop["items"][0]["change"]),
        (&json!("shop-availability"), &json!("fired"))
    );
    let cursor = of_shop["next"].as_str().unwrap();
    assert_eq!(history(&format!("&slo=shop-availability&cursor={cursor}")), json!({ "items": [], "next": null }));
    for path in ["/alerts?history=true&cursor=x", "/events?cursor=x", "/events?cursor=-1"] {
        let answer = server.get(&format!("/api/nines/v1{path}"));
        assert_eq!(answer.status, 400, "{path}");
        assert!(answer.text.contains("cursor"), "{}", answer.text);
    }
}

/// A service, and a policy whose last state tells somebody.
const BY_DEFAULT: &str = "---
apiVersion: openslo/v1
kind: Service
metadata: { name: shop }
---
apiVersion: nines.dev/v1alpha1
kind: ErrorBudgetPolicy
metadata: { name: standard }
spec:
  services: [shop]
  states:
    - { name: healthy,   above: 0.5 }
    - { name: exhausted, actions: { freeze: true, notify: [on-call] } }
";

#[test]
fn default_targets_hear_of_default_alerts_and_a_state_of_a_policy_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let hook = Hook::start();
    hook.is_down.store(false, Ordering::Relaxed);
    let (definitions, config) = write_config(folder.path(), &hook);
    let without_policies = [&availability("shop", "0.99"), BY_DEFAULT].concat();
    std::fs::write(folder.path().join("definitions/shop.yaml"), without_policies).unwrap();
    let text = std::fs::read_to_string(&config).unwrap();
    let text = text.split("[notify.spare]").next().unwrap().to_owned();
    std::fs::write(&config, format!("[notify]\ndefault = [\"nobody\"]\n{text}")).unwrap();
    let refused = run(&["serve", "--config", &config, "--data", "unused"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("nines.toml:2:1: `notify.default` names nobody"));
    std::fs::write(&config, format!("[notify]\ndefault = [\"on-call\"]\n{text}")).unwrap();

    let data = folder.path().join("data");
    let flags = ["--definitions", &definitions, "--config", &config];
    let server = Server::start(&data, &flags);
    assert_eq!(server.get("/health").json()["nines"]["notify"]["findings"], json!([]));
    post_failures(&server, "shop", 1, 50);
    let types = |taken: Vec<(String, String)>| {
        let mut types: Vec<String> = taken.into_iter().map(|(_, of_type)| of_type).collect();
        types.sort();
        types
    };
    let both = ["slo.alert.firing", "slo.policy.entered"];
    eventually(SOON, || types(hook.taken()), |taken| *taken == both);
    server.kill();
    let server = Server::start(&data, &flags);
    post_failures(&server, "shop", 100, 50);
    let burnt = |slos: Value| slos["items"][0]["bad"].as_u64().unwrap_or(0);
    eventually(SOON, || burnt(server.get("/api/nines/v1/slos").json()), |bad| *bad == 100);
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(types(hook.taken()), both, "once, whatever happens to the server");
    assert_eq!(server.terminate(), 0);
}

#[test]
fn an_alert_that_alertmanager_silenced_says_so_and_is_told_to_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let matcher = json!({ "name": "slo", "value": "shop-.*", "isRegex": true, "isEqual": true });
    let silence = json!({ "id": "s-1", "status": { "state": "active" }, "createdBy": "kim", "comment": "the move",
                          "startsAt": "2020-01-01T00:00:00Z", "endsAt": "2099-01-01T00:00:00Z", "matchers": [matcher] });
    let hook = Hook::with_silences(json!([silence]));
    hook.is_down.store(false, Ordering::Relaxed);
    let (definitions, config) = write_config(folder.path(), &hook);
    let file = folder.path().join("definitions/shop.yaml");
    let target = "apiVersion: openslo/v1\nkind: AlertNotificationTarget\nmetadata: { name: spare }\nspec: { target: alertmanager }\n---\n";
    let told = self::definitions().replace("{ targetRef: on-call }", "{ targetRef: on-call }, { targetRef: spare }");
    std::fs::write(&file, target.to_owned() + &told).unwrap();
    let base = hook.url.strip_suffix("/hook").unwrap();
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, text.replace("http://127.0.0.1:1\"]", &format!("{base}\"]\nallow_private = true")))
        .unwrap();
    let server = Server::start(&folder.path().join("data"), &["--definitions", &definitions, "--config", &config]);
    post_failures(&server, "shop", 1, 50);
    let alerts = |server: &Server| server.get("/api/nines/v1/alerts").json();
    let firing = eventually(SOON, || alerts(&server), |alerts| alerts["items"][0]["state"] == "firing");
    let item = &firing["items"][0];
    assert_eq!(item["told"], json!(["spare"]), "{item}");
    let silenced = &item["silenced"];
    assert_eq!([&silenced["by"], &silenced["comment"], &silenced["in"]], ["kim", "the move", "spare"]);
    assert_eq!(silenced["until"], "2099-01-01T00:00:00Z");
    eventually(SOON, || hook.taken(), |taken| taken.iter().any(|(_, of_type)| of_type == "alerts"));
    assert!(hook.taken().iter().all(|(_, of_type)| of_type == "alerts"), "{:?}", hook.taken());
    let list = run(&["alert", "list", "--server", &server.url, "--color", "never"]);
    let table = String::from_utf8_lossy(&list.stdout).into_owned();
    assert!(
        table.contains("SILENCED") && table.contains("by kim until 2099-01-01") && table.contains("the move"),
        "{table}"
    );
    let notify = server.get("/health").json()["nines"]["notify"]["targets"].clone();
    assert_eq!(notify[1]["silences"], json!({ "active": 1, "failing": null }), "{notify}");
    assert_eq!(server.terminate(), 0);
}

#[test]
fn a_story_pages_instead_of_its_objectives() {
    let folder = tempfile::tempdir().unwrap();
    let hook = Hook::start();
    hook.is_down.store(false, Ordering::Relaxed);
    let (definitions, config) = write_config(folder.path(), &hook);
    let of = |name: &str| availability("shop", "0.99").replace("shop-availability", name);
    let story = "apiVersion: nines.dev/v1alpha1\nkind: UserStory\nmetadata: { name: buy }\n\
                 spec: { owner: shop-team, slos: [answers, again, once-more], join: trace }\n";
    let service = "apiVersion: openslo/v1\nkind: Service\nmetadata: { name: shop }\n";
    let text = [service, &of("answers"), &of("again"), &of("once-more"), story].join("---\n");
    std::fs::write(folder.path().join("definitions/shop.yaml"), text).unwrap();
    let targets = std::fs::read_to_string(&config).unwrap();
    let targets = targets.split("[notify.spare]").next().unwrap().to_owned();
    std::fs::write(&config, format!("[notify]\ndefault = \"on-call\"\n{targets}")).unwrap();
    let server = Server::start(&folder.path().join("data"), &["--definitions", &definitions, "--config", &config]);
    post_failures(&server, "shop", 1, 50);
    let alerts = |server: &Server| server.get("/api/nines/v1/alerts").json()["items"].as_array().unwrap().clone();
    let pages = |items: &[Value]| items.iter().filter(|item| item["severity"] == "page").count();
    let firing = eventually(SOON, || alerts(&server), |items| pages(items) == 4);
    let told: Vec<(&Value, &Value)> = firing
        .iter()
        .filter(|item| item["told"].as_array().is_some_and(|told| !told.is_empty()))
        .map(|item| (&item["name"], &item["objective"]))
        .collect();
    assert_eq!(told, [(&json!("buy"), &json!("story"))], "{firing:?}");
    eventually(SOON, || hook.taken().len(), |n| *n >= 1);
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(hook.taken().len(), 1, "{:?}", hook.taken());
    assert_eq!(server.terminate(), 0);
}
