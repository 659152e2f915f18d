//! What every ledger must do, as checks that run on any implementation. Each takes a fresh, empty one;
//! a broken promise panics with the claim, a failing call comes back as its error.

use crate::cell::{CellCommit, CellRow, Progress};
use crate::chain::{ERASED_KIND, event_digest};
use crate::error::LedgerError;
use crate::event::{Digest, EVENTS_PER_QUERY_MAX, Event, EventQuery, KIND_BYTES_MAX, NewEvent, Order};
use crate::event::{NAME_BYTES_MAX, PAYLOAD_BYTES_MAX};
use crate::ledger::Ledger;
use nines_base::Timestamp;
use std::sync::{Arc, Mutex};

/// One claim of the contract.
pub type Check = fn(&dyn Ledger) -> Result<(), LedgerError>;

/// All claims, by name.
pub const CHECKS: [(&str, Check); 11] = [
    ("led_1_events_come_back_as_appended_and_chained", events_come_back_as_appended_and_chained),
    ("led_2_an_erased_payload_leaves_a_chain_that_verifies", an_erased_payload_leaves_a_chain_that_verifies),
    ("one_bad_event_refuses_the_whole_append", one_bad_event_refuses_the_whole_append),
    ("queries_select_by_topic_service_subject_and_range", queries_select_by_topic_service_subject_and_range),
    ("an_answer_is_never_longer_than_the_limit", an_answer_is_never_longer_than_the_limit),
    ("observers_hear_of_each_event_once_in_order", observers_hear_of_each_event_once_in_order),
    ("cel_1_position_cells_and_facts_move_together", position_cells_and_facts_move_together),
    ("cel_1_an_older_commit_changes_nothing", an_older_commit_changes_nothing),
    ("cells_are_absolute_and_sending_them_again_is_harmless", cells_are_absolute),
    ("expired_cells_go_and_others_stay", expired_cells_go_and_others_stay),
    ("facts_are_found_by_name_and_prefix", facts_are_found_by_name_and_prefix),
];

/// An event for tests: `kind` about `service`, at second `at`.
pub fn event(at: i64, kind: &str, service: &str, subject: &str) -> NewEvent {
    NewEvent {
        at: Timestamp::from_secs(at),
        kind: kind.to_owned(),
        service: service.to_owned(),
        subject: subject.to_owned(),
        payload: format!(r#"{{"at":{at}}}"#),
    }
}

/// A cell for tests.
pub fn cell(key: &str, tier: u32, slice: i64, good: u64, bad: u64) -> CellRow {
    CellRow { key: key.as_bytes().to_vec(), tier, slice, good, bad }
}

/// All cells: key, tier, slice, good, bad.
pub fn cells(ledger: &dyn Ledger) -> Result<Vec<CellRow>, LedgerError> {
    let mut rows = Vec::new();
    ledger.load_cells(&mut |cell| {
        let (key, tier, slice) = (cell.key.to_vec(), cell.tier, cell.slice);
        rows.push(CellRow { key, tier, slice, good: cell.good, bad: cell.bad });
    })?;
    Ok(rows)
}

fn events_come_back_as_appended_and_chained(ledger: &dyn Ledger) -> Result<(), LedgerError> {
    assert_eq!(ledger.append(&[])?, []);
    assert_eq!(ledger.last_id()?, 0);
    let new = [
        event(1, "server.started", "", ""),
        event(2, "gate.decided", "user-profile", "4f2a9c1"),
        NewEvent { payload: "{\"text\":\"보류 \u{1f6d1} \\u0000\"}".to_owned(), ..event(-3, "a.b-2.c", "é", "x/y") },
    ];
    let mut appended = ledger.append(&new[..1])?;
    appended.extend(ledger.append(&new[1..])?);
    assert_eq!(ledger.events(&EventQuery::default())?, appended);
    assert_eq!(ledger.event(appended[1].id)?.as_ref(), Some(&appended[1]));
    assert_eq!(ledger.event(appended[2].id + 1)?, None);
    assert_eq!(ledger.last_id()?, appended[2].id);
    let mut prev = Digest::NONE;
    for (seq, (event, new)) in (1..).zip(appended.iter().zip(&new)) {
        assert_eq!((event.seq, event.prev, event.digest), (seq, prev, event_digest(event)));
        assert_eq!(
            (event.at, &event.kind, &event.service, &event.subject),
            (new.at, &new.kind, &new.service, &new.subject)
        );
        assert_eq!(event.payload.as_ref(), Some(&new.payload));
        prev = event.digest;
    }
    let report = ledger.verify()?;
    assert_eq!((report.events, report.erased, &report.first_fault), (3, 0, &None));
    assert_eq!((report.heads.len(), report.heads[0].seq, report.heads[0].digest), (1, 3, prev));
    Ok(())
}

fn an_erased_payload_leaves_a_chain_that_verifies(ledger: &dyn Ledger) -> Result<(), LedgerError> {
    let appended = ledger.append(&[event(1, "incident.noted", "user", "7"), event(2, "gate.decided", "user", "")])?;
    let id = appended[0].id;
    let said = ledger.erase(id, "asked by \"kim\"", Timestamp::from_secs(9))?;
    assert_eq!((said.kind.as_str(), said.service.as_str()), (ERASED_KIND, "user"));
    assert_eq!(said.subject, format!("{}/1", appended[0].writer));
    assert_eq!(said.payload.as_deref(), Some(r#"{"reason":"asked by \"kim\""}"#));
    let left = ledger.event(id)?;
    assert_eq!(left, Some(Event { payload: None, ..appended[0].clone() }));
    let report = ledger.verify()?;
    assert_eq!((report.events, report.erased, &report.first_fault), (3, 1, &None));
    assert_eq!(ledger.erase(id, "again", Timestamp::default()), Err(LedgerError::AlreadyErased { id }));
    assert_eq!(ledger.erase(99, "what", Timestamp::default()), Err(LedgerError::NoSuchEvent { id: 99 }));
    assert_eq!(ledger.last_id()?, said.id, "a refused erasure appends nothing");
    Ok(())
}

fn one_bad_event_refuses_the_whole_append(ledger: &dyn Ledger) -> Result<(), LedgerError> {
    let good = event(1, "gate.decided", "user", "");
    let bad = [
        NewEvent { kind: String::new(), ..good.clone() },
        NewEvent { kind: "Gate.decided".to_owned(), ..good.clone() },
        NewEvent { kind: "gate..decided".to_owned(), ..good.clone() },
        NewEvent { kind: "gate/decided".to_owned(), ..good.clone() },
        NewEvent { kind: "k".repeat(KIND_BYTES_MAX + 1), ..good.clone() },
        NewEvent { service: "s".repeat(NAME_BYTES_MAX + 1), ..good.clone() },
        NewEvent { subject: "s".repeat(NAME_BYTES_MAX + 1), ..good.clone() },
        NewEvent { payload: "p".repeat(PAYLOAD_BYTES_MAX + 1), ..good.clone() },
    ];
    for bad in bad {
        let refused = ledger.append(&[good.clone(), bad]);
        assert!(matches!(refused, Err(LedgerError::Refused { .. })), "{refused:.200?}");
    }
    assert_eq!(ledger.last_id()?, 0);
    let longest = NewEvent {
        kind: "k".repeat(KIND_BYTES_MAX),
        service: "s".repeat(NAME_BYTES_MAX),
        subject: "s".repeat(NAME_BYTES_MAX),
        payload: "p".repeat(PAYLOAD_BYTES_MAX),
        ..good
    };
    assert_eq!(ledger.append(&[longest])?.len(), 1, "each limit itself is allowed");
    Ok(())
}

fn queries_select_by_topic_service_subject_and_range(ledger: &dyn Ledger) -> Result<(), LedgerError> {
    ledger.append(&[
        event(1, "gate.decided", "user", "a"),
        event(2, "gates.opened", "user", "b"),
        event(3, "gate.decided", "rank", "c"),
        event(4, "deploy.marked", "rank", "a"),
        event(5, "gate", "web", ""),
        event(6, "gate-2.x", "web", ""),
    ])?;
    let check = |query: EventQuery, expect: &[u64]| -> Result<(), LedgerError> {
        let ids: Vec<u64> = ledger.events(&query)?.iter().map(|event| event.id).collect();
        assert_eq!(ids, expect, "{query:?}");
        Ok(())
    };
    let all = EventQuery::default;
    let topics = |topics: &[&str]| topics.iter().map(|topic| (*topic).to_owned()).collect::<Vec<_>>();
    check(all(), &[1, 2, 3, 4, 5, 6])?;
    check(EventQuery { topics: topics(&["gate"]), ..all() }, &[1, 3, 5])?;
    check(EventQuery { topics: topics(&["gate.decided", "deploy"]), ..all() }, &[1, 3, 4])?;
    check(EventQuery { topics: topics(&["gate.dec"]), ..all() }, &[])?;
    check(EventQuery { topics: topics(&["gate"]), service: Some("rank".to_owned()), ..all() }, &[3])?;
    check(EventQuery { subject: Some("a".to_owned()), ..all() }, &[1, 4])?;
    check(EventQuery { after: 2, before: Some(5), ..all() }, &[3, 4])?;
    check(EventQuery { after: 4, order: Order::Newest, ..all() }, &[6, 5])?;
    check(EventQuery { order: Order::Newest, limit: 2, ..all() }, &[6, 5])?;
    check(EventQuery { limit: 2, ..all() }, &[1, 2])?;
    check(EventQuery { limit: 0, ..all() }, &[])?;
    assert_eq!(ledger.latest("gate", None)?.map(|event| event.id), Some(5));
    assert_eq!(ledger.latest("gate.decided", Some("user"))?.map(|event| event.id), Some(1));
    assert_eq!(ledger.latest("toil", None)?, None);
    Ok(())
}

fn an_answer_is_never_longer_than_the_limit(ledger: &dyn Ledger) -> Result<(), LedgerError> {
    let many = vec![event(1, "slo.state", "user", ""); EVENTS_PER_QUERY_MAX + 1];
    ledger.append(&many)?;
    let answer = ledger.events(&EventQuery { limit: usize::MAX, ..EventQuery::default() })?;
    assert_eq!(answer.len(), EVENTS_PER_QUERY_MAX);
    Ok(())
}

fn observers_hear_of_each_event_once_in_order(ledger: &dyn Ledger) -> Result<(), LedgerError> {
    let early = ledger.append(&[event(0, "server.started", "", "")])?;
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ears = Arc::clone(&heard);
    ledger.watch(Box::new(move |events| {
        ears.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).extend_from_slice(events)
    }));
    let mut expect = ledger.append(&[event(1, "gate.decided", "a", ""), event(2, "gate.decided", "b", "")])?;
    expect.extend(ledger.append(&[event(3, "gate.decided", "c", "")])?);
    let refused = ledger.append(&[event(4, "NO", "", "")]);
    assert!(refused.is_err());
    expect.push(ledger.erase(early[0].id, "test", Timestamp::default())?);
    assert_eq!(*heard.lock().unwrap_or_else(|poisoned| poisoned.into_inner()), expect);
    Ok(())
}

fn position_cells_and_facts_move_together(ledger: &dyn Ledger) -> Result<(), LedgerError> {
    assert_eq!(ledger.load_position("sli")?, None);
    let first = [cell("k1", 0, 7, 10, 1), cell("k0", 0, 7, 1, 0)];
    let told = [event(1, "slo.amended", "k1", "{}")];
    let commit = CellCommit {
        consumer: "sli",
        position: b"p1",
        seq: 1,
        cells: &first,
        facts: &[("slo/k1/measured", "7")],
        events: &told,
    };
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hears = heard.clone();
    ledger.watch(Box::new(move |events| {
        hears.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).extend_from_slice(events);
    }));
    assert!(ledger.commit(&commit)?);
    let events = ledger.events(&EventQuery::default())?;
    assert_eq!(events.iter().map(|event| event.kind.as_str()).collect::<Vec<_>>(), ["slo.amended"]);
    assert_eq!(*heard.lock().unwrap_or_else(|poisoned| poisoned.into_inner()), events);
    assert_eq!(cells(ledger)?, [first[1].clone(), first[0].clone()]);
    assert_eq!(ledger.load_position("sli")?, Some(Progress { position: b"p1".to_vec(), seq: 1 }));
    assert_eq!(ledger.load_position("blocks")?, None);
    assert_eq!(ledger.fact("slo/k1/measured")?.as_deref(), Some("7"));
    assert!(ledger.commit_cells("sli", b"", &[], 9)?, "a commit may be empty and may skip numbers");
    assert_eq!(ledger.load_position("sli")?, Some(Progress { position: Vec::new(), seq: 9 }));
    Ok(())
}

fn an_older_commit_changes_nothing(ledger: &dyn Ledger) -> Result<(), LedgerError> {
    assert!(ledger.commit_cells("sli", b"p5", &[cell("k", 0, 1, 5, 0)], 5)?);
    for seq in [5, 4] {
        let commit = CellCommit {
            consumer: "sli",
            position: b"old",
            seq,
            cells: &[cell("k", 0, 1, 4, 4), cell("k", 0, 2, 1, 1)],
            facts: &[("name", "old")],
            events: &[event(1, "slo.amended", "k1", "{}")],
        };
        assert!(!ledger.commit(&commit)?);
    }
    assert_eq!(cells(ledger)?, [cell("k", 0, 1, 5, 0)]);
    assert_eq!(ledger.load_position("sli")?, Some(Progress { position: b"p5".to_vec(), seq: 5 }));
    assert_eq!(ledger.fact("name")?, None);
    assert_eq!(ledger.last_id()?, 0, "no event of it either");
    Ok(())
}

fn cells_are_absolute(ledger: &dyn Ledger) -> Result<(), LedgerError> {
    ledger.commit_cells("sli", b"1", &[cell("k", 0, 1, 5, 1), cell("k", 1, 1, 5, 1)], 1)?;
    ledger.commit_cells("sli", b"2", &[cell("k", 0, 1, 7, 1), cell("k", 0, -1, u64::MAX, 0)], 2)?;
    let largest = i64::MAX as u64;
    assert_eq!(cells(ledger)?, [cell("k", 0, -1, largest, 0), cell("k", 0, 1, 7, 1), cell("k", 1, 1, 5, 1)]);
    // Another consumer that is behind must not take a cell back.
    ledger.commit_cells("other", b"1", &[cell("k", 0, 1, 6, 1)], 1)?;
    assert_eq!(cells(ledger)?[1], cell("k", 0, 1, 7, 1));
    Ok(())
}

fn expired_cells_go_and_others_stay(ledger: &dyn Ledger) -> Result<(), LedgerError> {
    let rows = [cell("a", 0, 1, 1, 0), cell("b", 0, 2, 1, 0), cell("a", 0, 3, 1, 0), cell("a", 1, 1, 1, 0)];
    ledger.commit_cells("sli", b"1", &rows, 1)?;
    assert_eq!(ledger.drop_cells(b"a", 0, 3)?, 1);
    assert_eq!(cells(ledger)?, [rows[1].clone(), rows[2].clone(), rows[3].clone()]);
    assert_eq!(ledger.drop_cells(b"a", 0, 3)?, 0);
    Ok(())
}

fn facts_are_found_by_name_and_prefix(ledger: &dyn Ledger) -> Result<(), LedgerError> {
    ledger.set_facts(&[("color/user", "1"), ("color/api", "0"), ("colour", "x"), ("a", "")])?;
    ledger.set_facts(&[("color/user", "2")])?;
    assert_eq!(ledger.fact("color/user")?.as_deref(), Some("2"));
    assert_eq!(ledger.fact("color/")?, None);
    let pairs = |facts: &[(&str, &str)]| -> Vec<(String, String)> {
        facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    assert_eq!(ledger.facts("color/")?, pairs(&[("color/api", "0"), ("color/user", "2")]));
    assert_eq!(ledger.facts("")?.len(), 4);
    assert_eq!(ledger.facts("z")?, []);
    Ok(())
}
