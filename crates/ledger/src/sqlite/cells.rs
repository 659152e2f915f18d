//! Cells, the positions they include, and facts.

use super::{events, failed, from_sql, to_sql};
use crate::cell::{CellCommit, Progress, StoredCell};
use crate::error::LedgerError;
use crate::event::Event;
use nines_base::invariant;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};

/// Stores cells, facts, events and position in one transaction (CEL-1), and gives the events as they were stored;
/// `None` where this commit is not newer than the stored one.
pub(super) fn commit(
    db: &mut Connection,
    place: &str,
    writer: &str,
    commit: &CellCommit<'_>,
) -> Result<Option<Vec<Event>>, LedgerError> {
    events::check(commit.events)?;
    let step = failed(place, "commit cells");
    let storing = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&step)?;
    let stored = load_position(&storing, place, writer, commit.consumer)?;
    if stored.is_some_and(|stored| commit.seq <= stored.seq) {
        return Ok(None);
    }
    upsert_cells(&storing, writer, commit).map_err(&step)?;
    upsert_facts(&storing, commit.facts).map_err(&step)?;
    let moved = storing
        .execute(
            "INSERT INTO consumer (writer, name, position, seq) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (writer, name) DO UPDATE SET position = excluded.position, seq = excluded.seq
             WHERE excluded.seq > consumer.seq",
            params![writer, commit.consumer, commit.position, to_sql(commit.seq)],
        )
        .map_err(&step)?;
    if !invariant!("CEL-1", moved == 1, "{} positions moved with their cells", moved) {
        let detail = format!("the position of {} did not move", commit.consumer);
        return Err(LedgerError::Damaged { place: place.to_owned(), detail });
    }
    let told =
        if commit.events.is_empty() { Vec::new() } else { events::append_in(&storing, place, writer, commit.events)? };
    storing.commit().map_err(&step)?;
    Ok(Some(told))
}

/// Visits every cell in the order of the primary key.
pub(super) fn load(db: &Connection, place: &str, visit: &mut dyn FnMut(StoredCell<'_>)) -> Result<(), LedgerError> {
    let step = failed(place, "read cells");
    let sql = "SELECT tier, slice, key, writer, good, bad, seq FROM slo_cell ORDER BY tier, slice, key, writer";
    let mut statement = db.prepare(sql).map_err(&step)?;
    let mut rows = statement.query([]).map_err(&step)?;
    while let Some(row) = rows.next().map_err(&step)? {
        let cell = read_cell(row)
            .map_err(|detail| LedgerError::Damaged { place: format!("{place}, table slo_cell"), detail })?;
        visit(cell);
    }
    Ok(())
}

/// How far a consumer has come.
pub(super) fn load_position(
    db: &Connection,
    place: &str,
    writer: &str,
    consumer: &str,
) -> Result<Option<Progress>, LedgerError> {
    let row = db
        .query_row("SELECT position, seq FROM consumer WHERE writer = ?1 AND name = ?2", [writer, consumer], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()
        .map_err(failed(place, "read a consumer's position"))?;
    row.map(|(position, seq)| {
        let seq = from_sql("seq", seq)
            .map_err(|detail| LedgerError::Damaged { place: format!("{place}, consumer {consumer}"), detail })?;
        Ok(Progress { position, seq })
    })
    .transpose()
}

/// Drops expired cells of one key.
pub(super) fn drop_before(db: &Connection, place: &str, key: &[u8], tier: u32, slice: i64) -> Result<u64, LedgerError> {
    db.execute("DELETE FROM slo_cell WHERE key = ?1 AND tier = ?2 AND slice < ?3", params![key, tier, slice])
        .map(|dropped| dropped as u64)
        .map_err(failed(place, "drop expired cells"))
}

/// A fact by name.
pub(super) fn fact(db: &Connection, place: &str, name: &str) -> Result<Option<String>, LedgerError> {
    db.query_row("SELECT value FROM fact WHERE name = ?1", [name], |row| row.get(0))
        .optional()
        .map_err(failed(place, "read a fact"))
}

/// Facts by prefix of their names.
pub(super) fn facts(db: &Connection, place: &str, prefix: &str) -> Result<Vec<(String, String)>, LedgerError> {
    let step = failed(place, "read facts");
    // Names compare by bytes, so those with the prefix follow it without a gap.
    let mut statement = db.prepare("SELECT name, value FROM fact WHERE name >= ?1 ORDER BY name").map_err(&step)?;
    let mut rows = statement.query([prefix]).map_err(&step)?;
    let mut facts = Vec::new();
    while let Some(row) = rows.next().map_err(&step)? {
        let name: String = row.get(0).map_err(&step)?;
        if !name.starts_with(prefix) {
            break;
        }
        facts.push((name, row.get(1).map_err(&step)?));
    }
    Ok(facts)
}

/// Sets facts in one transaction.
pub(super) fn set_facts(db: &mut Connection, place: &str, facts: &[(&str, &str)]) -> Result<(), LedgerError> {
    let step = failed(place, "set facts");
    let setting = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&step)?;
    upsert_facts(&setting, facts).map_err(&step)?;
    setting.commit().map_err(&step)
}

fn upsert_cells(within: &Transaction<'_>, writer: &str, commit: &CellCommit<'_>) -> Result<(), rusqlite::Error> {
    let mut upsert = within.prepare(
        "INSERT INTO slo_cell (tier, slice, key, writer, good, bad, seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (tier, slice, key, writer) DO UPDATE SET good = excluded.good, bad = excluded.bad, seq = excluded.seq
         WHERE excluded.seq > slo_cell.seq",
    )?;
    for cell in commit.cells {
        upsert.execute(params![
            cell.tier,
            cell.slice,
            cell.key,
            writer,
            to_sql(cell.good),
            to_sql(cell.bad),
            to_sql(commit.seq)
        ])?;
    }
    Ok(())
}

fn upsert_facts(within: &Transaction<'_>, facts: &[(&str, &str)]) -> Result<(), rusqlite::Error> {
    let mut upsert = within.prepare(
        "INSERT INTO fact (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )?;
    for (name, value) in facts {
        upsert.execute([name, value])?;
    }
    Ok(())
}

fn read_cell<'r>(row: &'r Row<'_>) -> Result<StoredCell<'r>, String> {
    let number = |column: usize| row.get::<_, i64>(column).map_err(|error| error.to_string());
    let key = row.get_ref(2).and_then(|key| Ok(key.as_blob()?)).map_err(|error| error.to_string())?;
    let writer = row.get_ref(3).and_then(|writer| Ok(writer.as_str()?)).map_err(|error| error.to_string())?;
    let tier = number(0)?;
    Ok(StoredCell {
        key,
        tier: u32::try_from(tier).map_err(|_| format!("tier is {tier}"))?,
        slice: number(1)?,
        writer,
        good: from_sql("good", number(4)?)?,
        bad: from_sql("bad", number(5)?)?,
        seq: from_sql("seq", number(6)?)?,
    })
}
