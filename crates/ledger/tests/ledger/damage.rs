//! Damage and tampering: one altered byte is found, and its place named.

use super::events;
use nines_base::lang::Message;
use nines_base::{Lang, Timestamp};
use nines_ledger::contract::event;
use nines_ledger::{ChainFault, FaultKind, Ledger, LedgerError, NewEvent, SqliteLedger};
use proptest::prelude::*;
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};

const GUARDS: &str = "DROP TRIGGER event_is_never_deleted; DROP TRIGGER event_is_only_erased;";

/// A closed ledger of six events, the second erased, in `folder`.
fn sample(folder: &Path) -> PathBuf {
    let file = folder.join("ledger.sqlite");
    let ledger = SqliteLedger::open(&file).unwrap();
    for n in 1..=5 {
        ledger.append(&[event(n, "gate.decided", "user", &n.to_string())]).unwrap();
    }
    ledger.erase(2, "asked", Timestamp::from_secs(9)).unwrap();
    file
}

/// Applies SQL behind the ledger's back and verifies.
fn tampered(sql: &str) -> Result<Option<ChainFault>, LedgerError> {
    let folder = tempfile::tempdir().unwrap();
    let file = sample(folder.path());
    Connection::open(&file).unwrap().execute_batch(&format!("{GUARDS} {sql}")).unwrap();
    Ok(SqliteLedger::open(&file)?.verify().unwrap().first_fault)
}

fn check(sql: &str, id: u64, invariant: Option<&str>) {
    let fault = tampered(sql).unwrap().unwrap_or_else(|| panic!("not found: {sql}"));
    assert_eq!((fault.id, fault.kind.invariant()), (id, invariant), "{sql}: {fault:?}");
}

#[test]
fn an_untouched_ledger_verifies() {
    assert_eq!(tampered("").unwrap(), None);
}

#[test]
fn led_1_one_altered_value_is_found_at_its_event() {
    let one = Some("LED-1");
    check("UPDATE event SET at_us = at_us + 1 WHERE id = 3", 3, one);
    check("UPDATE event SET kind = 'gate.decideD' WHERE id = 3", 3, one);
    check("UPDATE event SET service = 'rank' WHERE id = 1", 1, one);
    check("UPDATE event SET subject = '' WHERE id = 5", 5, one);
    check("UPDATE event SET payload = '{\"at\":4}' WHERE id = 3", 3, one);
    check("UPDATE event SET payload = NULL WHERE id = 3", 3, one);
    check("UPDATE event SET salt = zeroblob(16) WHERE id = 3", 3, one);
    check("UPDATE event SET payload_digest = zeroblob(32) WHERE id = 3", 3, one);
    check("UPDATE event SET prev = zeroblob(32) WHERE id = 3", 3, one);
    check("UPDATE event SET digest = zeroblob(32) WHERE id = 3", 3, one);
    check("UPDATE event SET writer = 'else' WHERE id = 3", 3, one);
    check("UPDATE event SET seq = 0 WHERE id = 3", 3, one);
    check("UPDATE event SET id = 300 WHERE id = 3", 4, one);
    check("DELETE FROM event WHERE id = 3", 4, one);
    check("UPDATE event SET payload = 'back again', salt = zeroblob(16) WHERE id = 2", 2, one);
}

#[test]
fn led_2_a_payload_that_went_without_a_word_is_found() {
    check("UPDATE event SET payload = NULL, salt = NULL WHERE id = 4", 4, Some("LED-2"));
}

#[test]
fn led_3_a_chain_cut_short_is_refused_at_the_door() {
    for sql in [
        "DELETE FROM event WHERE id = 6",
        "DELETE FROM event",
        "UPDATE chain SET digest = zeroblob(32)",
        "UPDATE chain SET seq = 7",
        "UPDATE event SET seq = 30 WHERE id = 3",
    ] {
        let refused = tampered(sql).unwrap_err();
        let LedgerError::Damaged { place, detail } = &refused else { panic!("{sql}: {refused}") };
        assert!(place.ends_with("chain of local") && detail.contains("LED-3"), "{sql}: {refused}");
    }
    check("DELETE FROM chain", 6, Some("LED-3"));
}

#[test]
fn values_of_the_wrong_form_have_a_place() {
    check("UPDATE event SET digest = x'00' WHERE id = 3", 3, None);
    check("UPDATE event SET payload = CAST(x'ff' AS TEXT) WHERE id = 3", 3, None);
    check("UPDATE event SET seq = -3 WHERE id = 3", 3, None);
    let folder = tempfile::tempdir().unwrap();
    let file = sample(folder.path());
    let sql = format!("{GUARDS} UPDATE event SET prev = x'00' WHERE id = 3");
    Connection::open(&file).unwrap().execute_batch(&sql).unwrap();
    let read = SqliteLedger::open(&file).unwrap().event(3).unwrap_err();
    assert!(matches!(&read, LedgerError::Damaged { place, .. } if place.ends_with("event 3")), "{read}");
}

#[test]
fn the_table_itself_refuses_changes() {
    let folder = tempfile::tempdir().unwrap();
    let db = Connection::open(sample(folder.path())).unwrap();
    for sql in [
        "DELETE FROM event WHERE id = 1",
        "UPDATE event SET kind = 'x' WHERE id = 1",
        "UPDATE event SET payload = 'x' WHERE id = 1",
        "UPDATE event SET payload = NULL WHERE id = 1",
        "UPDATE event SET digest = x'00', payload = NULL, salt = NULL WHERE id = 1",
    ] {
        let refused = db.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("an event is never"), "{sql}: {refused}");
    }
}

#[test]
fn a_flipped_byte_of_the_file_is_found_or_changes_no_event() {
    let folder = tempfile::tempdir().unwrap();
    let file = sample(folder.path());
    let image = fs::read(&file).unwrap();
    let expect = events(&SqliteLedger::open(&file).unwrap());
    let mut n_found = 0;
    // A stride without a common factor with the page size meets every part of a page.
    for at in (0..image.len()).step_by(41) {
        let mut bent = image.clone();
        bent[at] ^= 0x10;
        for name in ["ledger.sqlite-wal", "ledger.sqlite-shm"] {
            let _ = fs::remove_file(folder.path().join(name));
        }
        fs::write(&file, &bent).unwrap();
        let verified = SqliteLedger::open(&file).and_then(|ledger| Ok((ledger.verify()?.first_fault, ledger)));
        match verified {
            Ok((None, ledger)) => assert_eq!(events(&ledger), expect, "byte {at} changed an event unseen"),
            Ok((Some(_), _)) | Err(_) => n_found += 1,
        }
    }
    assert!(n_found > 40, "only {n_found} found");
}

#[test]
fn an_erased_payload_is_gone_from_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger.sqlite");
    let ledger = SqliteLedger::open(&file).unwrap();
    // Long enough for overflow pages of their own, short enough to share one.
    let secrets = ["kim-was-here", &"lee-was-there ".repeat(2000)];
    for secret in secrets {
        let payload = format!("{{\"name\":\"{secret}\"}}");
        ledger.append(&[NewEvent { payload, ..event(1, "incident.noted", "user", "") }]).unwrap();
    }
    let on_disk = |secret: &str| {
        let files = ["ledger.sqlite", "ledger.sqlite-wal"].map(|name| fs::read(folder.path().join(name)).unwrap());
        files.iter().any(|bytes| bytes.windows(12).any(|window| window == &secret.as_bytes()[..12]))
    };
    for (id, secret) in (1..).zip(secrets) {
        assert!(on_disk(secret));
        ledger.erase(id, "asked", Timestamp::from_secs(2)).unwrap();
        assert!(!on_disk(secret));
    }
    assert_eq!(ledger.verify().unwrap().first_fault, None);
}

fn any_event() -> impl Strategy<Value = NewEvent> {
    (any::<i64>(), "[a-z]{1,8}(\\.[a-z0-9-]{1,8}){0,2}", ".{0,12}", ".{0,12}", ".{0,40}").prop_map(
        |(at, kind, service, subject, payload)| NewEvent { at: Timestamp(at), kind, service, subject, payload },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn led_1_any_history_verifies_and_any_one_change_of_it_does_not(
        batches in prop::collection::vec(prop::collection::vec(any_event(), 1..5), 1..5),
        erased in prop::collection::vec(any::<prop::sample::Index>(), 0..3),
        victim in any::<prop::sample::Index>(),
        column in 0usize..7,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ledger.sqlite");
        let ledger = SqliteLedger::open(&file).unwrap();
        let mut n_new = 0;
        for batch in &batches {
            n_new += ledger.append(batch).unwrap().len();
        }
        let mut gone: Vec<u64> = erased.iter().map(|index| index.index(n_new) as u64 + 1).collect();
        gone.sort_unstable();
        gone.dedup();
        for id in &gone {
            ledger.erase(*id, "asked", Timestamp(0)).unwrap();
        }
        let report = ledger.verify().unwrap();
        prop_assert_eq!(report.first_fault, None);
        prop_assert_eq!((report.events, report.erased), ((n_new + gone.len()) as u64, gone.len() as u64));
        let read = events(&ledger);
        let written = batches.iter().flatten();
        for (event, new) in read.iter().zip(written) {
            prop_assert_eq!((event.at, &event.kind, &event.service, &event.subject), (new.at, &new.kind, &new.service, &new.subject));
            let kept = (!gone.contains(&event.id)).then_some(&new.payload);
            prop_assert_eq!(event.payload.as_ref(), kept);
        }
        drop(ledger);

        let id = victim.index(n_new) as u64 + 1;
        let change = [
            "at_us = at_us - (CASE WHEN at_us > 0 THEN 1 ELSE -1 END)", "kind = kind || 'x'", "service = service || ' '",
            "subject = 'y' || subject", "seq = seq + 100", "payload = coalesce(payload, '') || ' '", "writer = writer || 'x'",
        ][column];
        let sql = format!("{GUARDS} UPDATE event SET {change} WHERE id = {id}");
        Connection::open(&file).unwrap().execute_batch(&sql).unwrap();
        match SqliteLedger::open(&file) {
            Ok(ledger) => {
                let fault = ledger.verify().unwrap().first_fault;
                prop_assert_eq!(fault.map(|fault| fault.id), Some(id), "{}", sql);
            }
            // The last event of all, seen at the door.
            Err(refused) => prop_assert!(matches!(refused, LedgerError::Damaged { .. }), "{}", refused),
        }
    }
}

#[test]
fn a_fault_names_what_was_noted() {
    let fault = tampered("DELETE FROM chain").unwrap().unwrap();
    assert_eq!(fault.writer, "local");
    assert_eq!(fault.text(Lang::En), "the last event of `local` is not the one that was appended last");
    assert_eq!(fault.text(Lang::Ko), "`local`의 마지막 이벤트가 마지막으로 추가된 이벤트와 다릅니다");
    assert!(matches!(fault.kind, FaultKind::HeadDiffers { noted } if noted == nines_ledger::Digest::NONE));
}
