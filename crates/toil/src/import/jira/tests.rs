use super::*;
use proptest::prelude::*;

fn read_text(text: &str) -> Imported {
    read(text.as_bytes(), None, &Defaults::default()).unwrap()
}

fn at(text: &str) -> Timestamp {
    check::time("", text).unwrap()
}

fn facts(imported: &Imported) -> Vec<(usize, String)> {
    imported.refused.iter().map(|refused| (refused.line, refused.fact.to_string())).collect()
}

/// Id, task, person, minutes, evidence, start.
fn found(imported: &Imported) -> Vec<(&str, &str, &str, i64, &str, Timestamp)> {
    let of = |r: &'_ Record| r.attended.map_or(0, |time| time.0 / 60_000_000);
    imported
        .records
        .iter()
        .map(|r| (r.ext_id.as_str(), r.task.as_str(), r.person.as_str(), of(r), r.evidence.letter(), r.start))
        .collect()
}

const SEARCH: &str = r#"{"startAt":0,"total":5,"issues":[
 {"key":"OPS-1","fields":{"summary":"Access for cho","issuetype":{"name":"Service Request"},"labels":["access"],"assignee":{"displayName":"Ana Kim"},"created":"2026-11-01T00:00:00.000+0000","resolutiondate":"2026-11-05T00:00:00.000+0000",
   "worklog":{"total":2,"worklogs":[{"id":"100","author":{"displayName":"Ben"},"started":"2026-11-02T10:00:00.000+0900","timeSpentSeconds":600},{"id":"101","author":{"displayName":"Ana Kim"},"started":"2026-11-03T10:00:00.000+0900","timeSpentSeconds":1200}]}}},
 {"key":"OPS-2","fields":{"summary":"Access for dev","issuetype":{"name":"Task"},"labels":["access"],"assignee":null,"resolutiondate":"2026-11-06T00:00:00.000+0000"}},
 {"key":"OPS-3","fields":{"summary":"New wallet","issuetype":{"name":"Story"},"labels":[],"worklog":{"total":21,"worklogs":[{"id":"102","author":{"name":"cho"},"started":"2026-11-02T10:00:00.000+0000","timeSpentSeconds":3600}]}}},
 {"key":"OPS-4","fields":{"summary":"Weekly meeting","issuetype":{"name":"Task"},"labels":["meeting"],"timespent":3600}},
 {"key":"OPS-5","fields":{"summary":"Quota","issuetype":{"name":"Incident"},"labels":[],"resolutiondate":"2026-11-06T00:00:00.000+0000","timespent":900}}
]}"#;

#[test]
fn a_worklog_is_an_entry_and_an_issue_without_one_takes_what_its_task_takes() {
    let imported = read_text(SEARCH);
    let expected = [
        ("OPS-1/100", "access", "Ben", 10, "C", at("2026-11-02T01:00:00Z")),
        ("OPS-1/101", "access", "Ana Kim", 20, "C", at("2026-11-03T01:00:00Z")),
        ("OPS-3/102", "jira:story", "cho", 60, "C", at("2026-11-02T10:00:00Z")),
        ("OPS-5", "incident", "", 15, "C", at("2026-11-05T23:45:00Z")),
        ("OPS-2", "access", "", 15, "D", at("2026-11-05T23:45:00Z")),
    ];
    assert_eq!(found(&imported), expected);
    assert_eq!(imported.records[2].class, Some(Class::Engineering));
    let facts = facts(&imported);
    assert_eq!(facts[0], (5, "20 worklogs of OPS-3 are not in the export".to_owned()));
    assert!(facts[1].0 == 6 && facts[1].1.contains("overhead"), "{facts:?}");
    assert_eq!(imported.records[0].title, "OPS-1 Access for cho");
}

const EXPORT: &str = concat!(
    "Issue key,Summary,Issue Type,Assignee,Labels,Labels,Resolved,Time Spent,Log Work,Log Work\n",
    "OPS-1,\"Access\nfor cho\",Task,ana,access,toil,05/Nov/26 10:00 AM,1800,\"asked; and gave;02/Nov/26 9:05 AM;ben;600\",;03/Nov/26 10:00 PM;ana;1200\n",
    "OPS-2,Quota,Task,ana,quota,,05/Nov/26 10:00 AM,900,,\n",
    "OPS-3,Access,Task,ana,access,,,,,\n",
    "OPS-4,Access,Task,ana,access,,2026-11-05 10:00:00,,,\n",
    "OPS-5,Access,Task,ana,access,,05-11-2026,,,\n",
    "OPS-6,Access,Task,ana,access,,,,garbage,\n",
    "OPS-7,Wallet,Story,ana,,,,,,\n",
);

#[test]
fn the_export_as_csv_is_read_with_its_repeated_columns() {
    let zone = TimeZone::get("Asia/Seoul").unwrap();
    let imported = read(EXPORT.as_bytes(), Some(&zone), &Defaults::default()).unwrap();
    let rows: Vec<_> = found(&imported)
        .into_iter()
        .map(|(_, task, person, minutes, evidence, start)| (task, person, minutes, evidence, start))
        .collect();
    let expected = [
        ("access", "ben", 10, "C", at("2026-11-02T00:05:00Z")),
        ("access", "ana", 20, "C", at("2026-11-03T13:00:00Z")),
        ("quota", "ana", 15, "C", at("2026-11-05T00:45:00Z")),
        ("access", "ana", 15, "D", at("2026-11-05T00:45:00Z")),
    ];
    assert_eq!(rows, expected);
    assert_eq!(facts(&imported).iter().map(|(line, _)| *line).collect::<Vec<_>>(), [7, 8]);
    assert_eq!(imported.left_out, [(LeftOut::NotOperations, 1), (LeftOut::Open, 1)].into());
    assert_eq!(read(EXPORT.as_bytes(), Some(&zone), &Defaults::default()).unwrap(), imported);
}

#[test]
fn an_export_without_keys_is_no_export_of_jira() {
    let fault = read(b"Isue key,Summary\n", None, &Defaults::default()).unwrap_err();
    assert_eq!(fault.to_string(), "there is no column `Issue key`; did you mean `Isue key`?");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), at in 0..SEARCH.len(), byte in any::<u8>()) {
        let _ = read(&bytes, None, &Defaults::default());
        let mut changed = SEARCH.as_bytes().to_vec();
        changed[at] = byte;
        let _ = read(&changed, None, &Defaults::default());
        let mut changed = EXPORT.as_bytes().to_vec();
        let at = at % changed.len();
        changed[at] = byte;
        let _ = read(&changed, None, &Defaults::default());
    }
}
