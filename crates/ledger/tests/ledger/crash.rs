//! Crashes: the file and its log as they stood at some instant, opened again.

use nines_ledger::contract::{cell, cells, event};
use nines_ledger::{CellCommit, Ledger, LedgerError, SqliteLedger};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

fn log_of(file: &Path) -> PathBuf {
    file.with_file_name("ledger.sqlite-wal")
}

/// One commit of both kinds: event `n`, and cells that sum to `n` with the position that says so.
fn step(ledger: &dyn Ledger, n: u64) {
    let cells = [cell("even", 0, 0, n / 2, 0), cell("odd", 0, 0, n - n / 2, 0)];
    let n_text = n.to_string();
    let facts = [("n", n_text.as_str())];
    let commit =
        CellCommit { consumer: "sli", position: &n.to_le_bytes(), seq: n, cells: &cells, facts: &facts, events: &[] };
    ledger.commit(&commit).unwrap();
    ledger.append(&[event(n as i64, "slo.state", "user", &n_text)]).unwrap();
}

/// Opens what a crash left; returns how many commits and events it holds after checking that they agree.
fn recovered(file: &Path) -> Result<(u64, u64), LedgerError> {
    let ledger = SqliteLedger::open(file)?;
    let n_commits = ledger.load_position("sli")?.map_or(0, |progress| {
        assert_eq!(progress.position, progress.seq.to_le_bytes());
        progress.seq
    });
    let counted: u64 = cells(&ledger)?.iter().map(|cell| cell.good).sum();
    assert_eq!(counted, n_commits, "cells and position of one commit are together");
    let fact = ledger.fact("n")?.map_or(0, |n| n.parse().unwrap());
    assert_eq!(fact, n_commits, "facts and position of one commit are together");
    let report = ledger.verify()?;
    assert_eq!(report.first_fault, None);
    // The recovered ledger goes on.
    step(&ledger, n_commits + 1);
    assert_eq!(ledger.verify()?.first_fault, None);
    Ok((n_commits, report.events))
}

#[test]
fn cel_1_cells_and_position_agree_at_every_length_of_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger.sqlite");
    let ledger = SqliteLedger::open(&file).unwrap();
    for n in 1..=12 {
        step(&ledger, n);
    }
    let (image, log) = (fs::read(&file).unwrap(), fs::read(log_of(&file)).unwrap());
    let crashed = folder.path().join("crashed");
    fs::create_dir(&crashed).unwrap();
    let file = crashed.join("ledger.sqlite");
    let mut seen = Vec::new();
    for cut in (0..log.len()).step_by(997).chain([log.len()]) {
        fs::write(&file, &image).unwrap();
        fs::write(log_of(&file), &log[..cut]).unwrap();
        let (n_commits, n_events) = recovered(&file).unwrap();
        assert!(n_commits == n_events || n_commits == n_events + 1, "{n_commits} commits, {n_events} events");
        assert!(seen.last().is_none_or(|last| *last <= (n_commits, n_events)), "a longer log holds no less");
        seen.push((n_commits, n_events));
    }
    assert_eq!((seen[0], seen.last().copied()), ((0, 0), Some((12, 12))));
    seen.dedup();
    assert!(seen.len() >= 20, "the cuts fell between most commits: {seen:?}");
}

#[test]
fn led_3_what_append_returned_is_in_every_later_copy_of_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger.sqlite");
    let ledger = SqliteLedger::open(&file).unwrap();
    let (acknowledged, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 1.. {
                step(&ledger, n);
                acknowledged.store(n, Ordering::SeqCst);
                // Stay short of the log's length at which SQLite folds it into the file: two files cannot
                // be copied at one instant while that happens.
                if stop.load(Ordering::SeqCst) || n == 150 {
                    break;
                }
            }
        });
        for round in 0..8 {
            std::thread::sleep(std::time::Duration::from_millis(5));
            let crashed = folder.path().join(round.to_string());
            fs::create_dir(&crashed).unwrap();
            let promised = acknowledged.load(Ordering::SeqCst);
            fs::copy(&file, crashed.join("ledger.sqlite")).unwrap();
            fs::copy(log_of(&file), log_of(&crashed.join("ledger.sqlite"))).unwrap();
            let (n_commits, n_events) = recovered(&crashed.join("ledger.sqlite")).unwrap();
            assert!(n_commits >= promised && n_events >= promised, "{promised}: {n_commits}, {n_events}");
        }
        stop.store(true, Ordering::SeqCst);
    });
}
