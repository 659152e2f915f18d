//! Toil as files bring it: exports of other tools, histories of shells, runbooks and their records.
//!
//! Claims: no bytes make a reader panic; what is imported is what a server takes; findings of a runbook stand in its text and
//! say something in both languages, and a proposal is a runbook; nothing of the shape of a key is left by the redactor.

use nines_base::lang::{Lang, Message};
use nines_toil::import::columns::ColumnMap;
use nines_toil::import::{Defaults, Imported, alertmanager, csv, git, github, jira, pagerduty};
use nines_toil::record::json::{page_json, read_page, read_record, record_json};
use nines_toil::runbook::redact::{Secrets, redacted};
use nines_toil::runbook::{self, transcript};
use nines_toil::shell::{grams, history, proposal};
use std::collections::BTreeSet;

const NAME: &str = "fuzzed.md";
/// Of a shape that the redactor knows, and made.
const KEY: &str = "AKIAABCDEFGHIJKLMNOP";

/// Checks an export, of whichever tool.
pub fn import(bytes: &[u8]) {
    let defaults = Defaults::default();
    let tables = [csv::read(bytes, &ColumnMap::default(), &defaults), jira::read(bytes, None, &defaults)];
    tables.into_iter().flatten().for_each(|imported| check(&imported));
    let documents = [
        alertmanager::read(bytes, &defaults),
        github::read(bytes, &defaults),
        pagerduty::read(bytes, &defaults),
        git::read(bytes, "repository", &defaults),
    ];
    documents.iter().for_each(check);
}

fn check(imported: &Imported) {
    for record in &imported.records {
        assert_eq!(read_record(&record_json(record)).as_ref(), Ok(record));
    }
    for page in &imported.pages {
        assert_eq!(read_page(&page_json(page)).as_ref(), Ok(page));
    }
    for refused in &imported.refused {
        assert!(refused.line >= 1 && !refused.fact.text(Lang::Ko).is_empty(), "{refused:?}");
    }
}

/// Checks the history of a shell, and the runbooks proposed of it.
pub fn shell_history(bytes: &[u8]) {
    let Ok(history) = history::read(bytes) else { return };
    let mut taken = BTreeSet::new();
    for gram in grams::mine(history.last()) {
        let proposed = proposal::propose(&gram, Lang::En, &mut taken);
        let loaded = runbook::read(NAME, proposed.markdown.as_bytes());
        assert!(loaded.runbook.is_some(), "{:?}\n{}", loaded.findings, proposed.markdown);
    }
}

/// Checks a runbook, a run's record, and what a step prints.
pub fn runbook(bytes: &[u8]) {
    let loaded = runbook::read(NAME, bytes);
    let n_lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
    for finding in &loaded.findings {
        let place = &finding.place;
        assert!((1..=n_lines).contains(&place.line) && place.column >= 1, "{place:?} of {n_lines} lines");
        for lang in [Lang::En, Lang::Ko] {
            assert!(!finding.fact.text(lang).is_empty() && !finding.hint.text(lang).is_empty(), "{finding:?}");
        }
    }
    let text = String::from_utf8_lossy(bytes);
    let _ = transcript::read(&text);
    let printed = redacted(&format!("{text}\n{KEY}\n"), &Secrets::new([]));
    assert!(!printed.contains(KEY), "{printed}");
}

/// One export of each tool.
pub fn import_seeds() -> Vec<(String, Vec<u8>)> {
    [
        ("seed-csv", "ext_id,person,team,task,start,attended_s\n1,ana,pay,quota,2026-11-03T09:00:00Z,600\n\"2\",b,,x,bad,\n"),
        (
            "seed-alertmanager",
            r#"{"version":"4","receiver":"pay","alerts":[{"status":"resolved","labels":{"alertname":"A","service":"pay"},"startsAt":"2026-11-02T03:10:00Z","endsAt":"2026-11-02T03:31:00Z","fingerprint":"a1"}]}"#,
        ),
        (
            "seed-github",
            r#"[{"number":7,"title":"quota","state":"CLOSED","labels":[{"name":"toil"},{"name":"spent:20m"}],"createdAt":"2026-11-02T03:10:00Z","closedAt":"2026-11-03T03:10:00Z","assignees":[{"login":"ana"}]}]"#,
        ),
        (
            "seed-jira",
            r#"{"issues":[{"key":"OPS-1","fields":{"summary":"quota","issuetype":{"name":"Task"},"worklog":{"worklogs":[{"id":"1","author":{"displayName":"ana"},"started":"2026-11-02T03:10:00.000+0000","timeSpentSeconds":600}]}}}]}"#,
        ),
        (
            "seed-pagerduty",
            r#"{"incidents":[{"id":"P1","title":"disk","created_at":"2026-11-02T03:10:00Z","resolved_at":"2026-11-02T03:31:00Z","service":{"summary":"pay"},"acknowledgements":[{"at":"2026-11-02T03:12:00Z","acknowledger":{"summary":"ana"}}]}]}"#,
        ),
    ]
    .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
    .into()
}

/// A history with times, in which the same comes three times on two days.
pub fn history_seeds() -> Vec<(String, Vec<u8>)> {
    let day = |first: u64| {
        let commands =
            ["kubectl get pods -n pay", "kubectl delete pod pay-1 -n pay", "curl -s http://pay.example/health"];
        let line = |(nth, command): (u64, &str)| format!(": {}:2;{command}\n", first + nth * 20);
        (0..).zip(commands).map(line).collect::<String>()
    };
    let text: String = [1_795_000_000, 1_795_010_000, 1_795_100_000].map(day).concat();
    vec![("seed-zsh".to_owned(), text.into_bytes())]
}

/// A runbook with a step of every kind.
pub fn runbook_seeds() -> Vec<(String, Vec<u8>)> {
    let text = "---\nnines: runbook/1\nid: pay\nservice: pay\nparams: { pod: { match: \"^pay-[a-z0-9]+$\" }, env: { enum: [stg, prod] } }\n\
                require: { lock: service }\n---\n# Pay\n\n```sh {id=look readonly timeout=20s}\nls \"$pod\"\n```\n\n- [ ] Drained\n\n\
                ```sh {id=kill confirm danger=prod undo=none}\ntrue\n```\n\n```sh {id=ok check interval=5s timeout=3m expect=\"200\"}\n\
                echo 200\n```\n\n```slo\nburn(pay) < 1\n```\n";
    vec![("seed-all".to_owned(), text.as_bytes().to_vec())]
}
