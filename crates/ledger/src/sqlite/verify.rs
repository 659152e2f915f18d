//! Reads every event and hands it to the chain check; then lets SQLite look at its own structure.

use super::events::{COLUMNS, RowFault, read_row};
use super::{failed, from_sql, to_sql};
use crate::chain::{ChainCheck, ChainHead, ChainReport};
use crate::error::LedgerError;
use crate::event::Digest;
use crate::fault::{ChainFault, FaultKind};
use rusqlite::{Connection, ErrorCode, OptionalExtension};

/// What SQLite answers when it finds nothing wrong.
const SOUND: &str = "ok";

/// Why not every event could be read.
enum Stop {
    Row(RowFault),
    Sql(rusqlite::Error),
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Stop {
        Stop::Sql(error)
    }
}

/// Verifies all chains within one snapshot.
pub(super) fn verify(db: &Connection, place: &str) -> Result<ChainReport, LedgerError> {
    let step = failed(place, "verify the ledger");
    let snapshot = db.unchecked_transaction().map_err(&step)?;
    let mut check = ChainCheck::default();
    let mut report = match read_all(&snapshot, &mut check) {
        Ok(noted) => check.finish(&noted),
        Err(Stop::Row(RowFault { id, detail })) => check.stop_at(Some(id), detail),
        Err(Stop::Sql(error)) if is_damage(&error) => check.stop_at(None, error.to_string()),
        Err(Stop::Sql(error)) => return Err(step(error)),
    };
    if report.first_fault.is_none() {
        let found = match snapshot.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0)) {
            Ok(answer) if answer == SOUND => None,
            Ok(detail) => Some(detail),
            Err(error) if is_damage(&error) => Some(error.to_string()),
            Err(error) => return Err(step(error)),
        };
        report.first_fault =
            found.map(|detail| ChainFault { id: 0, writer: String::new(), kind: FaultKind::Unreadable { detail } });
    }
    Ok(report)
}

/// LED-3 at the door: the last event of each chain must be the one noted when it was appended.
pub(super) fn check_heads(db: &Connection, place: &str) -> Result<(), LedgerError> {
    let step = failed(place, "read the heads of the chains");
    for head in heads(db).map_err(&step)? {
        let last = db
            .query_row(
                "SELECT seq, digest FROM event WHERE writer = ?1 ORDER BY seq DESC LIMIT 1",
                [&head.writer],
                |row| Ok((row.get::<_, i64>(0)?, Digest(row.get(1)?))),
            )
            .optional()
            .map_err(&step)?;
        if last == Some((to_sql(head.seq), head.digest)) {
            continue;
        }
        let detail = match last {
            Some((seq, _)) => format!("LED-3: its last event is {seq} and not event {} as it was appended", head.seq),
            None => format!("LED-3: it has no event, but {} were appended", head.seq),
        };
        return Err(LedgerError::Damaged { place: format!("{place}, chain of {}", head.writer), detail });
    }
    Ok(())
}

/// Feeds every row to the check and returns the heads as noted at the last appends.
fn read_all(db: &Connection, check: &mut ChainCheck) -> Result<Vec<ChainHead>, Stop> {
    let mut statement = db.prepare(&format!("SELECT {COLUMNS} FROM event ORDER BY id"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (event, salt) = read_row(row).map_err(Stop::Row)?;
        check.take(&event, salt.as_ref());
    }
    Ok(heads(db)?)
}

fn heads(db: &Connection) -> Result<Vec<ChainHead>, rusqlite::Error> {
    let mut statement = db.prepare("SELECT writer, seq, digest FROM chain ORDER BY writer")?;
    let heads = statement.query_map([], |row| {
        let stored = row.get(1)?;
        let seq = from_sql("seq", stored).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(1, stored))?;
        Ok(ChainHead { writer: row.get(0)?, seq, digest: Digest(row.get(2)?) })
    })?;
    heads.collect()
}

/// Whether the bytes are at fault, and not the disk or a lock.
fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), None | Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}
