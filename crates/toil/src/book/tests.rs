use super::*;
use crate::Evidence;
use crate::ledger::count;
use crate::record::json::read_record;
use crate::record::{PageRecord, Record};
use nines_base::DurationUs;
use serde_json::{Value, json};

/// A record of Ben's with what is told of it.
fn record(fields: &Value) -> Record {
    let mut json = json!({ "source": "csv", "person": "ben", "team": "pay", "task": "pod", "evidence": "C" });
    for (name, value) in fields.as_object().unwrap() {
        json[name] = value.clone();
    }
    read_record(&json).unwrap()
}

fn book(records: &[Record]) -> Book {
    let mut book = Book::default();
    for (id, record) in (1..).zip(records) {
        book.fold(id, RECORDED, Timestamp(0), &batch_payload(&record.person, &[record]));
    }
    book
}

fn minutes(book: &mut Book) -> i64 {
    count(&book.entries()).of_entries.iter().map(|time| time.0).sum::<i64>() / 60_000_000
}

#[test]
fn vector_t9_a_ticket_linked_to_its_page_or_its_run_adds_nothing() {
    let page = json!({ "extId": "p", "evidence": "B", "start": "2026-11-02T10:00:00Z", "end": "2026-11-02T10:40:00Z" });
    let run = json!({ "extId": "r", "evidence": "A", "start": "2026-11-02T10:05:00Z", "end": "2026-11-02T10:25:00Z" });
    // By what it names: the page with and without its source, or what both name. It is dated elsewhere, as tickets are.
    for (link, of_page) in [("csv:p", ""), ("p", ""), ("incident:7", "incident:7"), ("", "csv:t"), ("", "t")] {
        let mut page = page.clone();
        page["link"] = json!(of_page);
        let ticket = json!({ "extId": "t", "start": "2026-11-03T09:00:00Z", "attendedSeconds": 1800, "link": link });
        let mut book = book(&[record(&page), record(&run), record(&ticket)]);
        // A ticket that another names without naming anything itself is known by its id.
        assert_eq!(minutes(&mut book), 40, "{link} {of_page}");
    }
}

#[test]
fn a_ticket_with_an_end_or_of_somebody_else_is_not_absorbed() {
    let page = json!({ "extId": "p", "evidence": "B", "start": "2026-11-02T10:00:00Z", "end": "2026-11-02T10:40:00Z" });
    let ticket = json!({ "extId": "t", "start": "2026-11-03T09:00:00Z", "attendedSeconds": 1800, "link": "csv:p" });
    let with = |name: &str, value: Value| {
        let mut ticket = ticket.clone();
        ticket[name] = value;
        minutes(&mut book(&[record(&page), record(&ticket)]))
    };
    assert_eq!(with("end", json!("2026-11-03T09:30:00Z")), 70);
    assert_eq!(with("person", json!("ana")), 70);
    assert_eq!(with("evidence", json!("A")), 70, "it is known better than what it names");
    assert_eq!(with("extId", json!("t")), 40);
}

#[test]
fn the_third_time_in_ninety_days_makes_toil_of_all_three() {
    let on = |day: &str| record(&json!({ "extId": day, "start": format!("{day}T09:00:00Z"), "attendedSeconds": 60 }));
    let classes = |days: &[&str]| {
        let records: Vec<Record> = days.iter().map(|day| on(day)).collect();
        book(&records).entries().iter().map(|entry| entry.class).collect::<Vec<_>>()
    };
    use Class::{OpsNovel, Toil};
    assert_eq!(classes(&["2026-01-01", "2026-02-01"]), [OpsNovel, OpsNovel]);
    assert_eq!(classes(&["2026-01-01", "2026-02-01", "2026-04-01"]), [Toil, Toil, Toil]);
    assert_eq!(classes(&["2026-01-01", "2026-02-01", "2026-04-02"]), [OpsNovel, OpsNovel, OpsNovel], "91 days");
    assert_eq!(
        classes(&["2025-01-01", "2026-02-01", "2026-02-02", "2026-02-03", "2026-08-01"]),
        [OpsNovel, Toil, Toil, Toil, OpsNovel]
    );
    let said =
        record(&json!({ "extId": "x", "start": "2026-01-01T09:00:00Z", "attendedSeconds": 60, "class": "toil" }));
    assert_eq!(book(&[said]).entries()[0].class, Toil, "what somebody says holds");
}

#[test]
fn an_entry_that_is_known_changes_nothing() {
    let first = record(&json!({ "extId": "1", "start": "2026-01-01T09:00:00Z", "attendedSeconds": 600 }));
    let again = record(&json!({ "extId": "1", "start": "2026-02-01T09:00:00Z", "attendedSeconds": 6000 }));
    let mut book = book(&[first, again]);
    assert_eq!((book.kept().len(), minutes(&mut book)), (1, 10));
    assert!(book.knows("csv", "1") && !book.knows("git", "1"));
}

#[test]
fn an_entry_that_was_taken_out_counts_nothing_and_does_not_come_back() {
    let one = record(&json!({ "extId": "1", "start": "2026-01-01T09:00:00Z", "end": "2026-01-01T10:00:00Z" }));
    let mut book = book(std::slice::from_ref(&one));
    let payload = json!({ "key": format!("{:032x}", key_of("csv", "1")) }).to_string();
    book.fold(9, REMOVED, Timestamp(0), &payload);
    book.fold(10, RECORDED, Timestamp(0), &batch_payload("ben", &[&one]));
    assert_eq!(minutes(&mut book), 0);
}

#[test]
fn an_entry_that_was_taken_out_stays_out_once_its_person_is_erased() {
    let on = |day: &str| json!({ "extId": day, "start": format!("2026-01-{day}T09:00:00Z"), "attendedSeconds": 600, "interrupt": true });
    let records = ["01", "02", "03"].map(|day| record(&on(day)));
    let mut book = book(&records);
    let payload = json!({ "key": format!("{:032x}", key_of("csv", "02")) }).to_string();
    book.fold(9, REMOVED, Timestamp(0), &payload);
    let classes = |book: &mut Book| {
        let entries = book.entries().into_iter();
        entries.filter(|entry| !entry.is_absorbed).map(|entry| entry.class).collect::<Vec<_>>()
    };
    assert_eq!((minutes(&mut book), classes(&mut book)), (20, vec![Class::OpsNovel; 2]), "two are no toil");
    // What is left of a person is written after what they took out.
    let mut erased = Book::default();
    erased.fold(9, REMOVED, Timestamp(0), &payload);
    for (id, record) in (10..).zip(&records) {
        let left = without_person(&batch_payload("ben", &[record]), "ben", "erased-9").unwrap();
        erased.fold(id, RECORDED, Timestamp(0), &left);
    }
    assert_eq!((minutes(&mut erased), classes(&mut erased)), (20, vec![Class::OpsNovel; 2]));
}

#[test]
fn a_page_its_run_and_its_ticket_are_one_occurrence() {
    let at = |id: &str, evidence: &str, more: &Value| {
        let mut fields =
            json!({ "extId": id, "evidence": evidence, "start": "2026-11-02T10:00:00Z", "link": "incident:7" });
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        record(&fields)
    };
    let ends = json!({ "end": "2026-11-02T10:40:00Z" });
    let page_and_tickets = [
        at("p", "B", &ends),
        at("t", "C", &json!({ "attendedSeconds": 1800 })),
        at("u", "D", &json!({ "attendedSeconds": 1800 })),
    ];
    assert_eq!(book(&page_and_tickets).entries()[0].class, Class::OpsNovel);
}

#[test]
fn what_became_of_a_task_is_what_was_said_of_it_latest_not_what_is_written_last() {
    let mut book = Book::default();
    let mut say = |at: i64, status: &str, hours: f64| {
        let payload = json!({ "task": "pod", "status": status, "buildHours": hours }).to_string();
        book.fold(1, TASK, Timestamp(at), &payload);
        book.said().automation("pod")
    };
    say(10, "automating", 8.0);
    assert_eq!(say(20, "automated", 12.0).shipped, Some(Timestamp(20)));
    let after = say(10, "automating", 8.0);
    assert_eq!(
        (after.status, after.shipped, after.build_hours),
        (TaskStatus::Automated, Some(Timestamp(20)), Some(12.0))
    );
    assert_eq!(say(30, "open", 12.0).status, TaskStatus::Open);
}

#[test]
fn a_page_is_one_entry_however_often_it_is_told() {
    let page = |resolved: Option<i64>, taken: Option<i64>| PageRecord {
        source: "alertmanager".into(),
        fingerprint: "f".into(),
        name: "High5xx".into(),
        team: "pay".into(),
        service: "pay-api".into(),
        fired: Timestamp::from_secs(0),
        resolved: resolved.map(Timestamp::from_secs),
        acknowledged: taken.map(|at| (Timestamp::from_secs(at), "ana".to_owned())),
    };
    let mut book = Book::default();
    for (resolved, taken) in [(None, None), (None, Some(120)), (Some(1920), None), (Some(9000), Some(8000))] {
        book.take_page(page(resolved, taken));
    }
    let entries = book.entries();
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].hands_on(), entries[0].evidence), (DurationUs::from_secs(1800), Evidence::Derived));
    assert_eq!(book.persons.name(entries[0].person), "ana");
    assert!(book.knows_page(&page(Some(1), None)) && book.knows_page(&page(None, None)));
    assert_eq!(book.task(entries[0].task).unwrap().service.as_deref(), Some("pay-api"));
}

#[test]
fn pages_of_one_session_share_its_time() {
    let page = |name: &str, fired: i64, resolved: i64| PageRecord {
        source: "pagerduty".into(),
        fingerprint: name.into(),
        name: name.into(),
        team: String::new(),
        service: String::new(),
        fired: Timestamp::from_secs(fired * 60),
        resolved: Some(Timestamp::from_secs(resolved * 60)),
        acknowledged: Some((Timestamp::from_secs((fired + 2) * 60), "ana".to_owned())),
    };
    let mut book = Book::default();
    for one in [page("a", 0, 14), page("b", 9, 22), page("c", 300, 480)] {
        book.take_page(one);
    }
    let entries = book.entries();
    let lengths: Vec<i64> = entries.iter().map(|entry| entry.hands_on().0 / 60_000_000).collect();
    assert_eq!(lengths, [10, 10, 60]);
    assert_eq!(minutes(&mut book), 80);
}

#[test]
fn what_cannot_be_read_is_counted_and_left_out() {
    let mut book = Book::default();
    for payload in ["", "{", "[]", "{\"entries\":7}", "{\"entries\":[{\"start\":8}]}"] {
        book.fold(1, RECORDED, Timestamp(0), payload);
    }
    assert_eq!((book.n_unread(), book.kept().len()), (5, 0));
    book.fold(1, "toil.of-another-version", Timestamp(0), "{}");
    assert_eq!(book.n_unread(), 5);
}

#[test]
fn hours_said_hold_from_their_day_on() {
    let mut book = Book::default();
    let day = |text: &str| Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_microsecond());
    let (from, to) = (day("2026-10-01T00:00:00Z"), day("2026-10-29T00:00:00Z"));
    assert_eq!(book.said().hours("pay", "ana", from, to), 160.0);
    let say = |book: &mut Book, hours: f64, from: Option<&str>| {
        let payload = json!({ "team": "pay", "person": "ana", "hoursPerWeek": hours, "from": from });
        book.fold(1, CAPACITY, Timestamp(0), &payload.to_string());
    };
    say(&mut book, 20.0, Some("2026-10-15T00:00:00Z"));
    assert_eq!(book.said().hours("pay", "ana", from, to), 120.0);
    say(&mut book, 30.0, None);
    assert_eq!(book.said().hours("pay", "ana", from, to), 120.0, "said of all time, and so of that time too");
    assert_eq!(book.said().hours("pay", "ben", from, to), 160.0);
}

#[test]
fn a_ticket_that_names_the_page_its_person_took_adds_nothing() {
    let page = PageRecord {
        source: "alertmanager".into(),
        fingerprint: "c0ffee".into(),
        name: "High5xx".into(),
        team: "pay".into(),
        service: String::new(),
        fired: Timestamp::from_secs(1_790_000_000),
        resolved: Some(Timestamp::from_secs(1_790_001_200)),
        acknowledged: Some((Timestamp::from_secs(1_790_000_000), "ben".to_owned())),
    };
    for (link, person, wanted) in
        [("alertmanager:c0ffee", "ben", 20), ("c0ffee", "ben", 20), ("c0ffee", "ana", 50), ("other", "ben", 50)]
    {
        let ticket = json!({ "extId": "t", "person": person, "start": "2026-11-03T09:00:00Z", "attendedSeconds": 1800, "link": link });
        let mut book = book(&[record(&ticket)]);
        book.take_page(page.clone());
        assert_eq!(minutes(&mut book), wanted, "{link} {person}");
    }
}

#[test]
fn the_signs_of_a_task_say_its_class_where_an_entry_does_not() {
    let once = record(&json!({ "extId": "1", "start": "2026-01-01T09:00:00Z", "attendedSeconds": 60 }));
    let said = json!({ "extId": "2", "start": "2026-01-02T09:00:00Z", "attendedSeconds": 60, "class": "engineering" });
    let mut book = book(&[once, record(&said)]);
    let classes = |book: &mut Book| book.entries().iter().map(|entry| entry.class).collect::<Vec<_>>();
    assert_eq!(classes(&mut book), [Class::OpsNovel, Class::Engineering]);
    let mut classify = |at: i64, signs: &[&str]| {
        let payload = json!({ "task": "pod", "signs": signs }).to_string();
        book.fold(9, CLASSIFIED, Timestamp(at), &payload);
        classes(&mut book)
    };
    let toil = ["manual", "repetitive", "automatable", "tactical"];
    assert_eq!(classify(5, &toil), [Class::Toil, Class::Engineering]);
    assert_eq!(classify(4, &["judgement"]), [Class::Toil, Class::Engineering], "said earlier");
    assert_eq!(classify(6, &["manual", "repetitive", "tactical"]), [Class::OpsNovel, Class::Engineering], "a question");
}
