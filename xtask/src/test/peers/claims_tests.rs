//! A wrong answer must fail: each case changes one thing of a right one.

use super::*;

const TRACE: &str = r#"[
  {"id":"a","kind":"SERVER","name":"get","timestamp":1,"duration":9,"localEndpoint":{"serviceName":"f"},"tags":{"error":"502"}},
  {"id":"b","parentId":"a","kind":"CLIENT","name":"get","timestamp":2,"duration":5,"localEndpoint":{"serviceName":"f"},"tags":{"error":""}},
  {"id":"b","parentId":"a","shared":true,"kind":"SERVER","name":"get","timestamp":3,"duration":2,"localEndpoint":{"serviceName":"b"}}]"#;
const LINKS: &str =
    r#"[{"parent":"x","child":"y","callCount":1},{"parent":"f","child":"b","callCount":3,"errorCount":1}]"#;
const DRAWN: &str = r#"{"spans":3,"errors":2}"#;
const PARTS: &str = r#"{"items":[
  {"service":"f","resource":[["service.name","f"],["deployment.environment.name","peers"]],"tags":[]},
  {"service":"f","halves":[
    {"service":"f","resource":[["service.name","f"],["deployment.environment.name","peers"]],"tags":[]},
    {"service":"b","resource":[["service.name","b"],["deployment.environment.name","peers"]],
     "tags":[["order.id","7"]],"annotations":[{"value":"stock.read"}]}]}]}"#;

fn names() -> Names {
    Names { front: "f".to_owned(), back: "b".to_owned() }
}

/// Right as it is, wrong after each of the changes.
fn wrong_after(text: &str, changes: &[(&str, &str)], check: &dyn Fn(&Value) -> Result<(), String>) {
    assert_eq!(check(&serde_json::from_str::<Value>(text).unwrap()), Ok(()));
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        assert!(check(&serde_json::from_str::<Value>(&text.replacen(from, to, 1)).unwrap()).is_err(), "{from} -> {to}");
    }
}

#[test]
fn a_joined_trace_with_one_thing_changed_is_wrong() {
    let changes = [
        (r#""shared":true,"#, ""),
        (r#"{"id":"b","parentId":"a","shared""#, r#"{"id":"c","parentId":"b","shared""#),
        (r#"{"id":"b","parentId":"a","kind""#, r#"{"id":"b","kind""#),
        (r#"{"id":"a","kind""#, r#"{"id":"a","parentId":"z","kind""#),
        (r#""duration":2,"#, ""),
        (r#""timestamp":1,"#, ""),
        (r#","tags":{"error":""}"#, ""),
        (r#""serviceName":"b"}"#, r#""serviceName":"b"},"tags":{"error":"500"}"#),
        (r#""serviceName":"b""#, r#""serviceName":"peer-of-front""#),
        (r#""kind":"CLIENT","#, ""),
        ("[\n", r#"[{"id":"d"},"#),
    ];
    wrong_after(TRACE, &changes, &|trace| check_trace(trace, &names(), Edge::Joined, [true, true, false]));
}

#[test]
fn a_child_shares_no_id() {
    let child = TRACE.replace(r#"{"id":"b","parentId":"a","shared":true"#, r#"{"id":"c","parentId":"b""#);
    let changes = [(r#""id":"c""#, r#""id":"b""#), (r#""id":"c","parentId":"b""#, r#""id":"c","parentId":"a""#)];
    wrong_after(&child, &changes, &|trace| check_trace(trace, &names(), Edge::Child, [true, true, false]));
    assert!(
        check_trace(&serde_json::from_str::<Value>(TRACE).unwrap(), &names(), Edge::Child, [true, true, false])
            .is_err()
    );
}

#[test]
fn a_link_with_other_ends_or_counts_is_wrong() {
    let changes = [
        (r#""callCount":3"#, r#""callCount":2"#),
        (r#","errorCount":1"#, ""),
        (r#""parent":"f""#, r#""parent":"x""#),
        (r#""parent":"x","child":"y""#, r#""parent":"f","child":"peer-of-front""#),
    ];
    wrong_after(LINKS, &changes, &|links| check_links(links, &names(), 1));
}

#[test]
fn what_only_our_own_api_has_is_looked_at() {
    let drawn = serde_json::from_str::<Value>(DRAWN).unwrap();
    let changes = [
        (r#"["service.name","b"],"#, ""),
        (r#",["deployment.environment.name","peers"]"#, ""),
        (r#"["order.id","7"]"#, r#"["order.id","8"]"#),
        ("stock.read", "stock.written"),
    ];
    wrong_after(PARTS, &changes, &|parts| check_own(&drawn, parts, &names(), "7", [true, true, false]));
    let parts = serde_json::from_str::<Value>(PARTS).unwrap();
    let changes = [(r#""spans":3"#, r#""spans":4"#), (r#""errors":2"#, r#""errors":1"#)];
    wrong_after(DRAWN, &changes, &|drawn| check_own(drawn, &parts, &names(), "7", [true, true, false]));
}
