use super::*;
use crate::import::columns::ColumnMap;
use crate::record::json::{page_json, read_page, read_record, record_json};
use proptest::prelude::*;

/// Every importer on the same bytes.
fn all(bytes: &[u8], defaults: &Defaults) -> Vec<Imported> {
    let mut all = vec![
        alertmanager::read(bytes, defaults),
        git::read(bytes, "pay", defaults),
        github::read(bytes, defaults),
        pagerduty::read(bytes, defaults),
    ];
    all.extend(csv::read(bytes, &ColumnMap::default(), defaults));
    all.extend(jira::read(bytes, None, defaults));
    all
}

/// What is imported is what a server takes: each entry and page comes back from its JSON as it was.
fn is_taken(imported: &Imported) {
    for record in &imported.records {
        assert_eq!(read_record(&record_json(record)).as_ref(), Ok(record));
    }
    for page in &imported.pages {
        assert_eq!(read_page(&page_json(page)).as_ref(), Ok(page));
    }
}

/// Exports with a gap for a text and one for a time.
const EXPORTS: [&str; 7] = [
    r#"{"alerts":[{"status":"resolved","labels":{"alertname":"TEXT","team":"TEXT"},"startsAt":"TIME","endsAt":"TIME","fingerprint":"TEXT"}]}"#,
    "\u{1}ab\u{1f}\u{1f}TIME\u{1f}TEXT\u{1f}Revert \"TEXT\"\0",
    r#"{"number":1,"title":"TEXT","labels":["toil","TEXT","spent:20m"],"assignees":[{"login":"TEXT"}],"closedAt":"TIME","url":"TEXT"}"#,
    r#"{"id":7,"name":"TEXT","run_attempt":9,"event":"workflow_dispatch","actor":{"login":"TEXT"},"created_at":"TIME"}"#,
    r#"{"data":[{"id":"TEXT","description":"TEXT","created_at":"TIME","resolved_at":"TIME","seconds_to_first_ack":86400,"acknowledged_user_names":["TEXT"]}]}"#,
    "source,ext_id,person,task,title,start,attended_s,link\nTEXT,TEXT,TEXT,TEXT,TEXT,TIME,86400,TEXT\n",
    r#"{"key":"TEXT","fields":{"summary":"TEXT","labels":["access"],"resolutiondate":"TIME","worklog":{"worklogs":[{"id":"TEXT","author":{"name":"TEXT"},"started":"TIME","timeSpentSeconds":86400}]}}}"#,
];

proptest! {
    #[test]
    fn what_is_imported_is_what_a_server_takes(
        which in 0..EXPORTS.len(),
        text in "[a-z\\PC&&[^\"\\\\]]{0,12}|[x가]{190,600}",
        time in "2026-1[0-2]-0[1-9]T0[0-9]:00:00\\.[0-9]{1,9}Z|9999-12-30T22:00:00\\.99Z|-009999-01-02T01:59:59Z|9999-12-31T00:00:00Z",
    ) {
        let export = EXPORTS[which].replace("TEXT", &text).replace("TIME", &time);
        let minutes = Some(DurationUs::from_secs(86_400));
        for imported in all(export.as_bytes(), &Defaults { team: text.chars().take(20).collect(), minutes }) {
            is_taken(&imported);
        }
    }
}

#[test]
fn each_export_is_taken_by_its_importer() {
    for (at, export) in EXPORTS.into_iter().enumerate() {
        let export = export.replace("TEXT", "abc").replace("TIME", "2026-11-02T10:00:00Z");
        let imported = all(export.as_bytes(), &Defaults::default());
        assert!(imported.iter().any(|imported| imported.records.len() + imported.pages.len() > 0), "{at}");
    }
}
