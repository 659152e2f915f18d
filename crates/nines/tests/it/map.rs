//! The service map: what is shown of it, what its services are, and that it stays as it was.

use crate::process::{Server, now_us};
use serde_json::{Value, json};

/// A call that both sides report; one that has no name for `callee`'s own span is reported by its caller alone.
fn call(id: u64, caller: &str, callee: &str, reports: bool, tags: &Value) -> Vec<Value> {
    let side = |kind: &str, service: &str, remote: &str| {
        json!({ "traceId": format!("{id:016x}"), "id": format!("{id:016x}"), "kind": kind, "name": "call", "tags": tags,
                "shared": kind == "SERVER", "timestamp": now_us(), "duration": 1000 * id,
                "localEndpoint": { "serviceName": service }, "remoteEndpoint": { "serviceName": remote } })
    };
    let asked = side("CLIENT", caller, callee);
    if reports { vec![asked, side("SERVER", callee, caller)] } else { vec![asked] }
}

fn post(server: &Server, spans: Vec<Value>) {
    let body = Value::from(spans).to_string();
    assert_eq!(server.post("/api/v2/spans", &[("content-type", "application/json")], body.as_bytes()).status, 202);
}

fn names(map: &Value) -> Vec<&str> {
    map["nodes"].as_array().unwrap().iter().map(|node| node["service"].as_str().unwrap()).collect()
}

fn spot(map: &Value, name: &str) -> (Value, Value) {
    let node = map["nodes"].as_array().unwrap().iter().find(|node| node["service"] == name).unwrap();
    (node["rank"].clone(), node["row"].clone())
}

#[test]
fn a_map_has_places_figures_and_kinds_and_a_new_service_moves_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let none = json!({});
    let mut spans = call(1, "web", "app", true, &none);
    spans.extend(call(2, "web", "app", true, &json!({ "error": "503" })));
    spans.extend(call(3, "app", "ledger", false, &json!({ "db.system": "postgresql" })));
    spans.extend(call(4, "app", "partner.example.com", false, &none));
    post(&server, spans);

    let path = "/api/nines/v1/map?histogram=duration&services=60";
    let map = server.get(path).json();
    assert_eq!(names(&map), ["app", "ledger", "partner.example.com", "web"]);
    let kinds: Vec<&Value> = map["nodes"].as_array().unwrap().iter().map(|node| &node["kind"]).collect();
    assert_eq!(kinds, ["service", "database", "external", "service"]);
    let app = &map["nodes"][0];
    assert_eq!(
        (&app["calls"], &app["errors"], &app["p95Us"], &app["alarming"]),
        (&json!(2), &json!(1), &json!(2000), &json!(false))
    );
    assert_eq!((spot(&map, "web").0, spot(&map, "app").0, spot(&map, "ledger").0), (json!(0), json!(1), json!(2)));
    assert_eq!(map["edges"][0]["via"], json!([]));
    assert_eq!(map["left"], json!({ "services": 0, "edges": 0 }));
    assert!(server.get("/api/nines/v1/map").json()["nodes"][0].get("rank").is_none(), "drawn only when asked for");

    post(&server, call(5, "app", "a-new-one", true, &none));
    let grown = server.get(path).json();
    for name in names(&map) {
        assert_eq!(spot(&grown, name), spot(&map, name), "{name} stays");
    }
    assert_eq!(spot(&grown, "a-new-one").0, json!(2));
}

#[test]
fn a_part_of_the_map_can_be_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let none = json!({});
    let mut spans: Vec<Value> = (1..41).flat_map(|id| call(id, "web", "app", true, &none)).collect();
    spans.extend((41..61).flat_map(|id| call(id, "app", "db", false, &none)));
    spans.extend(call(61, "cron", "db", false, &none));
    post(&server, spans);
    let asked = |query: &str| server.get(&format!("/api/nines/v1/map?{query}"));
    let map = asked("focus=APP&hops=1").json();
    assert_eq!(names(&map), ["app", "db", "web"]);
    assert_eq!(names(&asked("focus=nobody").json()), Vec::<&str>::new());
    let strong = asked("min=5").json();
    assert_eq!((names(&strong), &strong["left"]["edges"]), (vec!["app", "db", "web"], &json!(1)));
    let busy = asked("services=2").json();
    assert_eq!((names(&busy), &busy["left"]["services"]), (vec!["app", "web"], &json!(2)));
    for wrong in ["services=0", "services=301", "hops=0", "min=101", "min=x"] {
        assert_eq!(asked(wrong).status, 400, "{wrong}");
    }
}
