//! Opening: what is created, what is kept, what is refused and how it is said.

use super::events;
use nines_base::Lang;
use nines_base::lang::Message;
use nines_ledger::contract::{cell, event};
use nines_ledger::{Ledger, LedgerError, LedgerHint, SqliteLedger};
use rusqlite::Connection;
use std::fs;

#[test]
fn a_ledger_keeps_everything_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger.sqlite");
    let ledger = SqliteLedger::open(&file).unwrap();
    ledger.append(&[event(1, "server.started", "", "")]).unwrap();
    ledger.commit_cells("sli", b"here", &[cell("k", 0, 1, 2, 3)], 4).unwrap();
    let before = events(&ledger);
    drop(ledger);
    let ledger = SqliteLedger::open(&file).unwrap();
    assert_eq!(events(&ledger), before);
    assert_eq!(ledger.load_position("sli").unwrap().unwrap().seq, 4);
    let next = ledger.append(&[event(2, "server.started", "", "")]).unwrap();
    assert_eq!((next[0].id, next[0].seq, next[0].prev), (2, 2, before[0].digest));
}

#[test]
fn each_writer_has_its_own_chain_cells_and_position() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger.sqlite");
    for (writer, good) in [("one", 1), ("two", 2), ("one", 3)] {
        let ledger = SqliteLedger::open(&file).unwrap().writing_as(writer);
        ledger.append(&[event(1, "server.started", "", "")]).unwrap();
        let seq = ledger.load_position("sli").unwrap().map_or(1, |progress| progress.seq + 1);
        assert!(ledger.commit_cells("sli", b"", &[cell("k", 0, 1, good, 0)], seq).unwrap());
    }
    let ledger = SqliteLedger::open(&file).unwrap();
    let order: Vec<(String, u64)> = events(&ledger).into_iter().map(|event| (event.writer, event.seq)).collect();
    assert_eq!(order, [("one".to_owned(), 1), ("two".to_owned(), 1), ("one".to_owned(), 2)]);
    let mut rows = Vec::new();
    ledger.load_cells(&mut |cell| rows.push((cell.writer.to_owned(), cell.good, cell.seq))).unwrap();
    assert_eq!(rows, [("one".to_owned(), 3, 2), ("two".to_owned(), 2, 1)]);
    let report = ledger.verify().unwrap();
    assert_eq!((report.first_fault, report.heads.len()), (None, 2));
}

#[test]
fn a_newer_ledger_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger.sqlite");
    drop(SqliteLedger::open(&file).unwrap());
    Connection::open(&file).unwrap().execute_batch("PRAGMA user_version = 2").unwrap();
    let before = fs::read(&file).unwrap();
    let refused = SqliteLedger::open(&file).err().unwrap();
    let path = file.display().to_string();
    assert_eq!(refused, LedgerError::Newer { path, found: 2, known: 1 });
    assert_eq!(refused.hint(), Some(LedgerHint::Upgrade));
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn what_is_not_a_ledger_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("other.sqlite");
    Connection::open(&file).unwrap().execute_batch("CREATE TABLE song (title TEXT)").unwrap();
    let before = fs::read(&file).unwrap();
    let refused = SqliteLedger::open(&file).err().unwrap();
    assert!(matches!(refused, LedgerError::NotALedger { .. }), "{refused}");
    assert!(refused.text(Lang::Ko).ends_with("nines 원장이 아닌 SQLite 파일입니다"));
    assert_eq!(fs::read(&file).unwrap(), before);

    let file = folder.path().join("text");
    fs::write(&file, "not a database at all, whatever its name says".repeat(100)).unwrap();
    let refused = SqliteLedger::open(&file).err().unwrap();
    assert!(matches!(&refused, LedgerError::Damaged { place, .. } if place.ends_with("text")), "{refused}");

    let refused = SqliteLedger::open(&folder.path().join("nowhere/ledger.sqlite")).err().unwrap();
    assert!(matches!(refused, LedgerError::Open { .. }), "{refused}");
    assert_eq!(refused.hint(), Some(LedgerHint::CheckPath));
}

#[test]
fn readers_and_writers_work_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = SqliteLedger::open(&folder.path().join("ledger.sqlite")).unwrap();
    std::thread::scope(|scope| {
        for writer in ["a", "b"] {
            let ledger = &ledger;
            scope.spawn(move || {
                for n in 0..50 {
                    ledger.append(&[event(n, "gate.decided", writer, "")]).unwrap();
                }
            });
        }
        for _ in 0..50 {
            let seen = events(&ledger);
            assert!(seen.iter().zip(1..).all(|(event, id)| (event.id, event.seq) == (id, id)));
            assert_eq!(ledger.verify().unwrap().first_fault, None);
        }
    });
    assert_eq!(ledger.verify().unwrap().events, 100);
    ledger.checkpoint().unwrap();
    assert_eq!(events(&ledger).len(), 100);
}
