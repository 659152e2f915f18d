//! The file: tables, format number, and how connections are opened.

use super::failed;
use crate::error::LedgerError;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::Path;
use std::time::Duration;

/// Format this build writes, and the greatest it reads (`PRAGMA user_version`).
pub(super) const FORMAT: i64 = 1;
/// Marks the file as ours (`PRAGMA application_id`): "nine" in ASCII.
pub(super) const APPLICATION_ID: i64 = 0x6e69_6e65;
/// How long a connection waits for a lock: longer than any commit of ours, short enough to notice.
const BUSY_WAIT: Duration = Duration::from_secs(5);
/// A write-ahead log longer than this is cut back after a checkpoint.
const LOG_BYTES_KEPT: i64 = 16 << 20;

/// The tables of format 1. `docs/format/ledger.md` explains each column.
const TABLES: &str = "
CREATE TABLE event (
    id             INTEGER PRIMARY KEY,
    writer         TEXT    NOT NULL,
    seq            INTEGER NOT NULL,
    prev           BLOB    NOT NULL,
    digest         BLOB    NOT NULL,
    at_us          INTEGER NOT NULL,
    kind           TEXT    NOT NULL,
    service        TEXT    NOT NULL,
    subject        TEXT    NOT NULL,
    payload        TEXT,
    salt           BLOB,
    payload_digest BLOB    NOT NULL,
    UNIQUE (writer, seq)
) STRICT;
CREATE INDEX event_by_kind ON event (kind, id);
CREATE INDEX event_by_service ON event (service, id);

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
CREATE TRIGGER event_is_only_erased BEFORE UPDATE ON event
WHEN NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL
  OR NEW.id IS NOT OLD.id OR NEW.writer IS NOT OLD.writer OR NEW.seq IS NOT OLD.seq
  OR NEW.prev IS NOT OLD.prev OR NEW.digest IS NOT OLD.digest OR NEW.at_us IS NOT OLD.at_us
  OR NEW.kind IS NOT OLD.kind OR NEW.service IS NOT OLD.service OR NEW.subject IS NOT OLD.subject
  OR NEW.payload_digest IS NOT OLD.payload_digest
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;

CREATE TABLE chain (
    writer TEXT PRIMARY KEY,
    seq    INTEGER NOT NULL,
    digest BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE slo_cell (
    tier   INTEGER NOT NULL,
    slice  INTEGER NOT NULL,
    key    BLOB    NOT NULL,
    writer TEXT    NOT NULL,
    good   INTEGER NOT NULL,
    bad    INTEGER NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (tier, slice, key, writer)
) STRICT, WITHOUT ROWID;

CREATE TABLE consumer (
    writer   TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    position BLOB    NOT NULL,
    seq      INTEGER NOT NULL,
    PRIMARY KEY (writer, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
";

/// Opens the connection that writes; creates the tables in an empty file.
pub(super) fn open_writer(path: &Path, place: &str) -> Result<Connection, LedgerError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut db = open(path, place, flags)?;
    // Until the file is known to be ours and of a known format, closing it must not fold its log into it.
    set_config(&db, place, true)?;
    let fresh = check_format(&db, place)?;
    set_config(&db, place, false)?;
    let step = failed(place, "set up the ledger");
    // `mode` is what SQLite made of the wish: `wal`, or `memory` where there is no file.
    let _mode: String = db.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).map_err(&step)?;
    // FULL: every commit is synced before it is reported (LED-3). secure_delete: erased means erased.
    db.execute_batch(&format!(
        "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA journal_size_limit = {LOG_BYTES_KEPT};"
    ))
    .map_err(&step)?;
    if fresh {
        let tables = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&step)?;
        tables
            .execute_batch(&format!(
                "{TABLES} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT};"
            ))
            .map_err(&step)?;
        tables.commit().map_err(&step)?;
    }
    Ok(db)
}

/// Opens the connection that reads a file `open_writer` has opened.
pub(super) fn open_reader(path: &Path, place: &str) -> Result<Connection, LedgerError> {
    let db = open(path, place, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.execute_batch("PRAGMA query_only = ON; PRAGMA cell_size_check = ON;")
        .map_err(failed(place, "open the ledger for reading"))?;
    Ok(db)
}

/// Folds the write-ahead log into the file and empties it.
pub(super) fn checkpoint(db: &Connection, place: &str) -> Result<(), LedgerError> {
    let step = "fold the write-ahead log into the ledger";
    let busy: i64 =
        db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(failed(place, step))?;
    if busy == 0 { Ok(()) } else { Err(LedgerError::Busy { path: place.to_owned(), step: step.to_owned() }) }
}

fn open(path: &Path, place: &str, flags: OpenFlags) -> Result<Connection, LedgerError> {
    let cannot = |error: rusqlite::Error| LedgerError::Open { path: place.to_owned(), reason: error.to_string() };
    let db = Connection::open_with_flags(path, flags).map_err(cannot)?;
    db.busy_timeout(BUSY_WAIT).map_err(cannot)?;
    Ok(db)
}

fn set_config(db: &Connection, place: &str, keep_log: bool) -> Result<(), LedgerError> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep_log)
        .map(|_| ())
        .map_err(failed(place, "configure the ledger's connection"))
}

/// Whether the file is still empty; an error where it is not ours or too new.
fn check_format(db: &Connection, place: &str) -> Result<bool, LedgerError> {
    let step = failed(place, "read the ledger's format");
    let number = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(&step);
    let application = number("PRAGMA application_id")?;
    let found = number("PRAGMA user_version")?;
    let objects = number("SELECT count(*) FROM sqlite_schema")?;
    match (application, objects) {
        (0, 0) if found == 0 => Ok(true),
        (APPLICATION_ID, _) if found > FORMAT => {
            Err(LedgerError::Newer { path: place.to_owned(), found, known: FORMAT })
        }
        (APPLICATION_ID, _) => Ok(false),
        _ => Err(LedgerError::NotALedger { path: place.to_owned() }),
    }
}
