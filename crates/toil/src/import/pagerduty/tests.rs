use super::*;
use proptest::prelude::*;

fn read_text(text: &str) -> Imported {
    read(text.as_bytes(), &Defaults::default())
}

fn at(text: &str) -> Timestamp {
    check::time("", text).unwrap()
}

const INCIDENTS: &str = r#"{"incidents":[
 {"id":"P1","type":"incident","incident_number":7,"title":"[#7] CPU high on host-17","status":"acknowledged","created_at":"2026-11-02T10:00:00Z","service":{"summary":"pay"},"teams":[{"summary":"payments"}],
  "acknowledgements":[{"at":"2026-11-02T10:09:00Z","acknowledger":{"summary":"Ben"}},{"at":"2026-11-02T10:04:00Z","acknowledger":{"summary":"Ana"}}]},
 {"id":"P2","type":"incident","title":"Disk full","status":"resolved","created_at":"2026-11-02T11:00:00Z","last_status_change_at":"2026-11-02T11:40:00Z","acknowledgements":[],"service":{"summary":"pay"},"teams":[]}],"more":false}"#;
const LOG: &str = r#"{"log_entries":[
 {"id":"L1","type":"acknowledge_log_entry","created_at":"2026-11-02T11:05:00Z","agent":{"summary":"Cho","type":"user_reference"},"incident":{"id":"P2"}},
 {"id":"L2","type":"resolve_log_entry","created_at":"2026-11-02T11:30:00Z","agent":{"summary":"Cho"},"incident":{"id":"P2"}},
 {"id":"L3","type":"acknowledge_log_entry","created_at":"2026-11-02T11:05:00Z","agent":{"summary":"Cho"},"incident":{"id":"P9"}}]}"#;

#[test]
fn incidents_are_pages_with_who_took_them_first() {
    let imported = read_text(INCIDENTS);
    let [cpu, disk] = imported.pages.as_slice() else { panic!("{imported:?}") };
    assert_eq!(
        (cpu.name.as_str(), cpu.team.as_str(), cpu.service.as_str()),
        ("[#{}] CPU high on host-{}", "payments", "pay")
    );
    assert_eq!(cpu.acknowledged, Some((at("2026-11-02T10:04:00Z"), "Ana".to_owned())));
    assert_eq!((cpu.resolved, disk.resolved), (None, Some(at("2026-11-02T11:40:00Z"))));
    assert_eq!(disk.acknowledged, None);
}

#[test]
fn log_entries_remember_who_acknowledged() {
    let imported = read_text(&format!("{LOG}\n{INCIDENTS}"));
    let disk = &imported.pages[1];
    assert_eq!(disk.acknowledged, Some((at("2026-11-02T11:05:00Z"), "Cho".to_owned())));
    assert_eq!(disk.resolved, Some(at("2026-11-02T11:30:00Z")));
    assert_eq!(imported.refused.len(), 1);
    assert_eq!((imported.refused[0].line, imported.refused[0].fact.to_string().contains("`P9`")), (4, true));
}

#[test]
fn raw_incidents_of_analytics_are_pages() {
    let raw = r#"{"data":[{"id":"P3","description":"Queue 12 stuck","service_name":"pay","team_name":"payments","created_at":"2026-11-02T10:00:00","resolved_at":"2026-11-02T10:30:00","seconds_to_first_ack":60,"acknowledged_user_names":["Ana"]}]}"#;
    let page = &read_text(raw).pages[0];
    assert_eq!(
        (page.name.as_str(), page.fired, page.resolved),
        ("Queue {} stuck", at("2026-11-02T10:00:00Z"), Some(at("2026-11-02T10:30:00Z")))
    );
    assert_eq!(page.acknowledged, Some((at("2026-11-02T10:01:00Z"), "Ana".to_owned())));
}

#[test]
fn titles_differ_by_what_is_wrong_not_by_where() {
    assert_eq!(signature("5xx on 10.0.3.7 (pod pay-7f9c4d2b11)"), "5xx on {}.{}.{}.{} (pod pay-{}f{}c{}d{}b{})");
    assert_eq!(signature("trace 7f9c4d2b11aa failed  twice"), "trace {} failed twice");
    assert_eq!(signature("deadbeef 12 p99"), "deadbeef {} p99");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), at in 0..INCIDENTS.len(), byte in any::<u8>()) {
        let _ = read(&bytes, &Defaults::default());
        let mut changed = INCIDENTS.as_bytes().to_vec();
        changed[at] = byte;
        let _ = read(&changed, &Defaults::default());
    }

    #[test]
    fn no_title_makes_it_panic(title in "\\PC{0,40}") {
        signature(&title);
    }
}
