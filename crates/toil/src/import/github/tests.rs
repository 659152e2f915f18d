use super::*;
use proptest::prelude::*;

fn read_text(text: &str) -> Imported {
    read(text.as_bytes(), &Defaults::default())
}

fn at(text: &str) -> Timestamp {
    check::time("", text).unwrap()
}

fn issue(number: u64, labels: &str, closed: &str) -> String {
    format!(
        r#"{{"number":{number},"title":"Give ana access","labels":[{labels}],"assignees":[{{"login":"ben"}}],"createdAt":"2026-11-01T00:00:00Z","closedAt":{closed},"url":"https://github.com/acme/pay/issues/{number}"}}"#
    )
}

const CLOSED: &str = "\"2026-11-03T10:00:00Z\"";

#[test]
fn effort_is_what_a_label_says_and_never_from_creation_to_closing() {
    let access = r#"{"name":"access"}"#;
    let spent = r#"{"name":"kind/access"},{"name":"spent:20m"}"#;
    let estimated = r#"{"name":"quota"},{"name":"estimate: 1h"}"#;
    let text = [
        issue(1, access, CLOSED),
        issue(2, spent, CLOSED),
        issue(3, estimated, CLOSED),
        issue(4, r#"{"name":"dns"}"#, CLOSED),
        issue(5, access, "null"),
        issue(6, r#"{"name":"enhancement"}"#, CLOSED),
        issue(7, r#"{"name":"access"},{"name":"meeting"}"#, CLOSED),
    ];
    let imported = read_text(&format!("[\n{}\n]", text.join(",\n")));
    let found: Vec<_> = imported
        .records
        .iter()
        .map(|r| (r.ext_id.as_str(), r.attended.unwrap().0 / 60_000_000, r.evidence.letter()))
        .collect();
    assert_eq!(found, [("issue:acme/pay#2", 20, "C"), ("issue:acme/pay#3", 60, "D"), ("issue:acme/pay#1", 20, "D")]);
    let facts: Vec<_> = imported.refused.iter().map(|refused| (refused.line, refused.fact.to_string())).collect();
    assert_eq!(facts.len(), 2);
    assert_eq!(facts[0], (5, "no effort is known; elapsed time is not effort".to_owned()));
    assert!(facts[1].0 == 8 && facts[1].1.contains("overhead"), "{facts:?}");
    assert_eq!(imported.left_out, [(LeftOut::Open, 1), (LeftOut::NotOperations, 1)].into());
    let first = &imported.records[0];
    assert_eq!(
        (first.task.as_str(), first.person.as_str(), first.category),
        ("access", "ben", Category::BusinessProcess)
    );
    assert_eq!((first.start, first.end), (at("2026-11-03T09:40:00Z"), Some(at("2026-11-03T10:00:00Z"))));
}

#[test]
fn an_issue_of_rest_is_the_same_and_a_pull_request_is_none() {
    let rest = r#"{"number":2,"title":"t","labels":[{"name":"access"},{"name":"spent:20m"}],"assignee":{"login":"ben"},"closed_at":"2026-11-03T10:00:00Z","html_url":"https://github.com/acme/pay/issues/2","repository_url":"https://api.github.com/repos/acme/pay"}"#;
    let imported = read_text(rest);
    assert_eq!(imported.records[0].ext_id, "issue:acme/pay#2");
    let pull = rest.replacen('{', r#"{"pull_request":{"url":"x"},"#, 1);
    assert_eq!(read_text(&pull).left_out, [(LeftOut::NotOperations, 1)].into());
}

#[test]
fn further_attempts_and_starts_by_hand_cost_ten_minutes_each() {
    let runs = r#"{"total_count":4,"workflow_runs":[
      {"id":1,"name":"CI tests","run_attempt":3,"event":"push","actor":{"login":"ana"},"triggering_actor":{"login":"ben"},"created_at":"2026-11-18T04:00:00Z","run_started_at":"2026-11-18T05:00:00Z"},
      {"id":2,"name":"Deploy","run_attempt":1,"event":"workflow_dispatch","actor":{"login":"ana"},"created_at":"2026-11-18T04:00:00Z"},
      {"id":3,"name":"CI tests","run_attempt":1,"event":"push","created_at":"2026-11-18T04:00:00Z"},
      {"id":4,"name":"CI tests","run_attempt":2,"event":"push","triggering_actor":{"login":"github-actions[bot]"},"created_at":"2026-11-18T04:00:00Z"},
      {"id":5,"name":"CI tests","run_attempt":18446744073709551615,"event":"push","created_at":"2026-11-18T04:00:00Z"}]}"#;
    let imported = read_text(runs);
    let found: Vec<_> =
        imported.records.iter().map(|r| (r.ext_id.as_str(), r.task.as_str(), r.person.as_str(), r.start)).collect();
    let expected = [
        ("run:1/2", "rerun:ci-tests", "ben", at("2026-11-18T04:40:00Z")),
        ("run:1/3", "rerun:ci-tests", "ben", at("2026-11-18T04:50:00Z")),
        ("run:2/1", "dispatch:deploy", "ana", at("2026-11-18T03:50:00Z")),
    ];
    assert_eq!(found, expected);
    assert_eq!((imported.left_out, imported.refused.len()), ([(LeftOut::Bot, 1)].into(), 1));
    assert_eq!(imported.refused[0].line, 6);
}

#[test]
fn runs_as_gh_lists_them_are_read() {
    let text = r#"[{"attempt":2,"databaseId":9,"event":"push","startedAt":"2026-11-18T05:00:00Z","createdAt":"0001-01-01T00:00:00Z","workflowName":"ci","url":""}]"#;
    assert_eq!(read_text(text).records[0].ext_id, "run:9/2");
}

#[test]
fn something_else_is_refused() {
    assert_eq!(read_text("{\"message\":\"Not Found\"}\n").refused.len(), 1);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, &Defaults::default());
    }

    #[test]
    fn no_label_makes_it_panic(label in "(spent|estimate)[:=/ ]\\PC{0,12}|\\PC{0,20}", attempt in any::<u64>(), time in "\\PC{0,20}|9999-12-30T22:00:00Z|-009999-01-02T01:59:59Z") {
        let label = serde_json::Value::from(label);
        let time = serde_json::Value::from(time);
        let _ = read_text(&format!(r#"{{"number":1,"labels":["toil",{label}],"closedAt":{time}}}{{"id":1,"run_attempt":{attempt},"created_at":{time}}}{{"id":1,"run_attempt":50,"event":"workflow_dispatch","created_at":{time}}}"#));
    }
}
