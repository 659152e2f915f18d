use super::*;
use nines_base::DurationUs;
use proptest::prelude::*;

fn read_text(text: &str) -> Imported {
    read(text.as_bytes(), &Defaults::default())
}

fn at(text: &str) -> Timestamp {
    check::time("", text).unwrap()
}

const FIRES: &str = r#"{"version":"4","groupKey":"{}:{alertname=\"DiskFull\"}","status":"firing","receiver":"night-shift","alerts":[{"status":"firing","labels":{"alertname":"DiskFull","job":"node","team":"storage"},"annotations":{},"startsAt":"2026-11-10T02:00:00.5Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prom/graph","fingerprint":"f00d"}]}"#;
const ENDS: &str = r#"{"version":"4","status":"resolved","receiver":"night-shift","alerts":[{"status":"resolved","labels":{"alertname":"DiskFull","job":"node","team":"storage"},"startsAt":"2026-11-10T02:00:00.5Z","endsAt":"2026-11-10T02:40:00Z","fingerprint":"f00d"},{"status":"firing","labels":{"alertname":"Latency","service":"pay"},"startsAt":"2026-11-10T02:30:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"beef"}]}"#;

#[test]
fn bodies_one_a_line_in_an_array_and_alone_are_the_same_pages() {
    let lines = read_text(&format!("{FIRES}\n{ENDS}\n"));
    assert_eq!(lines.refused, []);
    let [disk, latency] = lines.pages.as_slice() else { panic!("{:?}", lines.pages) };
    assert_eq!((disk.name.as_str(), disk.team.as_str(), disk.service.as_str()), ("DiskFull", "storage", "node"));
    assert_eq!((disk.fired, disk.resolved), (at("2026-11-10T02:00:00.5Z"), Some(at("2026-11-10T02:40:00Z"))));
    assert_eq!((latency.team.as_str(), latency.service.as_str()), ("night-shift", "pay"));
    assert_eq!((latency.resolved, latency.acknowledged.clone()), (None, None));
    assert_eq!(read_text(&format!("[{FIRES},\n{ENDS}]")).pages, lines.pages);
    assert_eq!(read_text(FIRES).pages, [PageRecord { resolved: None, ..disk.clone() }]);
    let json: Value = serde_json::from_str(FIRES).unwrap();
    assert_eq!(read_webhook(&json, &Defaults::default()).pages, read_text(FIRES).pages);
}

#[test]
fn an_end_that_was_told_is_not_forgotten_by_an_older_report() {
    assert!(read_text(&format!("{ENDS}\n{FIRES}")).pages[0].resolved.is_some());
}

#[test]
fn a_dump_of_alerts_tells_no_ends_and_leaves_out_what_is_silenced() {
    let alert = |state: &str, name: &str| {
        format!(
            r#"{{"annotations":{{}},"endsAt":"2026-11-10T03:04:00Z","fingerprint":"{name}","receivers":[{{"name":"mail"}}],"startsAt":"2026-11-10T02:00:00Z","status":{{"inhibitedBy":[],"silencedBy":[],"state":"{state}"}},"updatedAt":"2026-11-10T03:00:00Z","labels":{{"alertname":"{name}"}}}}"#
        )
    };
    let imported = read_text(&format!("[{}, {}]", alert("active", "Up"), alert("suppressed", "Quiet")));
    assert_eq!(imported.pages.len(), 1);
    assert_eq!((imported.pages[0].team.as_str(), imported.pages[0].resolved), ("mail", None));
    assert_eq!(imported.left_out, [(LeftOut::Silenced, 1)].into());
}

#[test]
fn a_page_of_a_webhook_and_of_a_dump_is_the_same() {
    let webhook = FIRES.replace("02:00:00.5Z", "02:00:00.342692365Z");
    let dump = r#"[{"annotations":{"summary":"x"},"endsAt":"2026-11-10T02:05:00.342Z","fingerprint":"f00d","receivers":[{"name":"hook"}],"startsAt":"2026-11-10T02:00:00.342Z","status":{"inhibitedBy":[],"silencedBy":[],"state":"active"},"updatedAt":"2026-11-10T02:00:00.342Z","labels":{"alertname":"DiskFull","team":"storage"}}]"#;
    assert_eq!(read_text(&format!("{webhook}\n{dump}")).pages.len(), 1);
}

#[test]
fn alerts_that_nines_sent_are_left_out_and_counted() {
    let own = r#"{"alerts":[
        {"status":"firing","labels":{"alertname":"SloBurnRate","slo":"pay","objective":"0","service":"pay","severity":"page"},"annotations":{"summary":"","episode":"e-1"},"startsAt":"2026-11-10T02:00:00Z","fingerprint":"1"},
        {"status":"firing","labels":{"alertname":"SloPolicyState","policy":"p","state":"frozen"},"annotations":{"episode":"e-2"},"startsAt":"2026-11-10T02:00:00Z","fingerprint":"2"},
        {"status":"firing","labels":{"alertname":"SloBurnRate","slo":"pay"},"annotations":{"summary":"of somebody else"},"startsAt":"2026-11-10T02:00:00Z","fingerprint":"3"}]}"#;
    let imported = read_text(own);
    assert_eq!(imported.left_out, [(LeftOut::Own, 2)].into());
    assert_eq!(imported.pages.len(), 1);
}

#[test]
fn what_is_broken_is_refused_with_its_line_and_the_rest_is_read() {
    let imported =
        read_text(&format!("{FIRES}\nnot json\n\n{{\"alerts\":[{{\"labels\":{{}}}}]}}\n{{\"a\":1}}\n7\n{ENDS}\n"));
    let lines: Vec<usize> = imported.refused.iter().map(|refused| refused.line).collect();
    assert_eq!(lines, [2, 4, 5, 6]);
    assert_eq!(imported.refused[1].fact, ImportFact::Lacking { name: "alertname" });
    assert_eq!(imported.pages.len(), 2);
}

#[test]
fn without_a_fingerprint_the_labels_tell_an_alert() {
    let alert = |labels: &str| {
        let text = format!(r#"{{"alerts":[{{"labels":{{{labels}}},"startsAt":"2026-11-10T02:00:00Z"}}]}}"#);
        read_text(&text).pages[0].fingerprint.clone()
    };
    assert_eq!(alert(r#""alertname":"A","x":"1""#), alert(r#""x":"1","alertname":"A""#));
    assert_ne!(alert(r#""alertname":"A","x":"1""#), alert(r#""alertname":"A","x":"2""#));
}

#[test]
fn a_team_that_is_given_is_of_alerts_without_one() {
    let defaults = Defaults { team: "ops".into(), minutes: None };
    let teams: Vec<String> = read(ENDS.as_bytes(), &defaults).pages.into_iter().map(|page| page.team).collect();
    assert_eq!(teams, ["storage", "ops"]);
}

#[test]
fn an_end_before_its_beginning_is_none() {
    let text = ENDS.replace("2026-11-10T02:40:00Z", "2026-11-10T01:40:00Z");
    assert_eq!(read_text(&text).pages[0].resolved, None);
    assert!(DurationUs(0) < read_text(ENDS).pages[0].resolved.unwrap() - read_text(ENDS).pages[0].fired);
}

#[test]
fn nested_lists_end_somewhere() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(read_text(&deep).refused.len(), 1);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, &Defaults::default());
    }

    #[test]
    fn no_change_of_a_byte_makes_it_panic(at in 0..FIRES.len(), byte in any::<u8>()) {
        let mut bytes = FIRES.as_bytes().to_vec();
        bytes[at] = byte;
        let _ = read(&bytes, &Defaults::default());
    }
}
