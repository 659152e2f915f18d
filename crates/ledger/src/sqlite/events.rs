//! Events in and out of their table.

use super::{failed, from_sql, to_sql};
use crate::chain::{ERASED_KIND, SALT_BYTES, erased_subject, event_digest, payload_digest};
use crate::error::LedgerError;
use crate::event::{Digest, EVENTS_PER_QUERY_MAX, Event, EventQuery, NewEvent, Order};
use nines_base::{Timestamp, invariant};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params, params_from_iter};

/// The columns of an event, in the order that [`read_row`] reads them.
pub(super) const COLUMNS: &str =
    "id, writer, seq, at_us, kind, service, subject, payload, payload_digest, prev, digest, salt";

/// An event as its row holds it, with the payload's salt.
pub(super) type EventRow = (Event, Option<[u8; SALT_BYTES]>);

/// A row that does not read as an event.
#[derive(Debug)]
pub(super) struct RowFault {
    pub id: u64,
    pub detail: String,
}

/// Appends to `writer`'s chain in one transaction.
pub(super) fn append(
    db: &mut Connection,
    place: &str,
    writer: &str,
    new: &[NewEvent],
) -> Result<Vec<Event>, LedgerError> {
    check(new)?;
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let step = failed(place, "append events");
    let appending = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&step)?;
    let events = append_in(&appending, place, writer, new)?;
    appending.commit().map_err(&step)?;
    Ok(events)
}

/// Erases a payload and appends the event that says so, in one transaction.
pub(super) fn erase(
    db: &mut Connection,
    place: &str,
    writer: &str,
    id: u64,
    reason: &str,
    at: Timestamp,
) -> Result<Event, LedgerError> {
    let step = failed(place, "erase a payload");
    let erasing = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&step)?;
    let event = by_id(&erasing, place, id)?.ok_or(LedgerError::NoSuchEvent { id })?;
    if event.payload.is_none() {
        return Err(LedgerError::AlreadyErased { id });
    }
    erasing.execute("UPDATE event SET payload = NULL, salt = NULL WHERE id = ?1", [to_sql(id)]).map_err(&step)?;
    let payload = erasing.query_row("SELECT json_object('reason', ?1)", [reason], |row| row.get(0)).map_err(&step)?;
    let said = NewEvent {
        at,
        kind: ERASED_KIND.to_owned(),
        service: event.service,
        subject: erased_subject(&event.writer, event.seq),
        payload,
    };
    said.check().map_err(|reason| LedgerError::Refused { reason })?;
    let mut appended = append_in(&erasing, place, writer, &[said])?;
    erasing.commit().map_err(&step)?;
    // One event went in, so one came out.
    appended.pop().ok_or(LedgerError::NoSuchEvent { id })
}

/// Events that a query asks for.
pub(super) fn select(db: &Connection, place: &str, query: &EventQuery) -> Result<Vec<Event>, LedgerError> {
    let step = failed(place, "read events");
    let (sql, values) = select_sql(query);
    let mut statement = db.prepare(&sql).map_err(&step)?;
    let mut rows = statement.query(params_from_iter(values)).map_err(&step)?;
    let mut events = Vec::new();
    while let Some(row) = rows.next().map_err(&step)? {
        events.push(read_row(row).map_err(|fault| damaged(place, fault))?.0);
    }
    Ok(events)
}

/// One event.
pub(super) fn by_id(db: &Connection, place: &str, id: u64) -> Result<Option<Event>, LedgerError> {
    let step = failed(place, "read an event");
    let mut statement = db.prepare(&format!("SELECT {COLUMNS} FROM event WHERE id = ?1")).map_err(&step)?;
    let mut rows = statement.query([to_sql(id)]).map_err(&step)?;
    match rows.next().map_err(&step)? {
        Some(row) => Ok(Some(read_row(row).map_err(|fault| damaged(place, fault))?.0)),
        None => Ok(None),
    }
}

/// The greatest id; 0 without any event.
pub(super) fn last_id(db: &Connection, place: &str) -> Result<u64, LedgerError> {
    let id: i64 = db
        .query_row("SELECT coalesce(max(id), 0) FROM event", [], |row| row.get(0))
        .map_err(failed(place, "read the last event's id"))?;
    from_sql("id", id).map_err(|detail| damaged(place, RowFault { id: 0, detail }))
}

/// Reads a row of [`COLUMNS`].
pub(super) fn read_row(row: &Row<'_>) -> Result<EventRow, RowFault> {
    let id = row.get::<_, i64>(0).map_err(|error| error.to_string()).and_then(|id| from_sql("id", id));
    let id = id.map_err(|detail| RowFault { id: 0, detail })?;
    let fault = |detail: String| RowFault { id, detail };
    let column = |error: rusqlite::Error| fault(error.to_string());
    let event = Event {
        id,
        writer: row.get(1).map_err(column)?,
        seq: from_sql("seq", row.get(2).map_err(column)?).map_err(fault)?,
        at: Timestamp(row.get(3).map_err(column)?),
        kind: row.get(4).map_err(column)?,
        service: row.get(5).map_err(column)?,
        subject: row.get(6).map_err(column)?,
        payload: row.get(7).map_err(column)?,
        payload_digest: Digest(row.get(8).map_err(column)?),
        prev: Digest(row.get(9).map_err(column)?),
        digest: Digest(row.get(10).map_err(column)?),
    };
    Ok((event, row.get(11).map_err(column)?))
}

fn damaged(place: &str, fault: RowFault) -> LedgerError {
    LedgerError::Damaged { place: format!("{place}, event {}", fault.id), detail: fault.detail }
}

/// Whether events may be appended.
pub(super) fn check(new: &[NewEvent]) -> Result<(), LedgerError> {
    new.iter().try_for_each(|event| event.check().map_err(|reason| LedgerError::Refused { reason }))
}

/// Appends within a transaction events that may be.
pub(super) fn append_in(
    within: &Transaction<'_>,
    place: &str,
    writer: &str,
    new: &[NewEvent],
) -> Result<Vec<Event>, LedgerError> {
    let step = failed(place, "append events");
    let head = within
        .query_row("SELECT seq, digest FROM chain WHERE writer = ?1", [writer], |row| {
            Ok((row.get::<_, i64>(0)?, row.get(1)?))
        })
        .optional()
        .map_err(&step)?;
    let (seq, digest) = head.unwrap_or((0, Digest::NONE.0));
    let mut seq =
        from_sql("seq of the chain's head", seq).map_err(|detail| damaged(place, RowFault { id: 0, detail }))?;
    let mut prev = Digest(digest);
    let mut insert = within
        .prepare(&format!("INSERT INTO event ({COLUMNS}) VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"))
        .map_err(&step)?;
    let mut events: Vec<Event> = Vec::with_capacity(new.len());
    for new in new {
        seq += 1;
        let salt: [u8; SALT_BYTES] =
            within.query_row("SELECT randomblob(?1)", [SALT_BYTES as i64], |row| row.get(0)).map_err(&step)?;
        let mut event = chained(writer, seq, prev, &salt, new);
        insert
            .execute(params![
                event.writer,
                to_sql(seq),
                event.at.0,
                event.kind,
                event.service,
                event.subject,
                new.payload,
                event.payload_digest.0,
                event.prev.0,
                event.digest.0,
                salt
            ])
            .map_err(&step)?;
        event.id =
            from_sql("id", within.last_insert_rowid()).map_err(|detail| damaged(place, RowFault { id: 0, detail }))?;
        if !invariant!("LED-1", events.last().is_none_or(|last| last.id < event.id), "ids of a chain ascend") {
            return Err(damaged(place, RowFault { id: event.id, detail: "ids do not ascend".to_owned() }));
        }
        prev = event.digest;
        events.push(event);
    }
    within
        .execute(
            "INSERT INTO chain (writer, seq, digest) VALUES (?1, ?2, ?3)
             ON CONFLICT (writer) DO UPDATE SET seq = excluded.seq, digest = excluded.digest",
            params![writer, to_sql(seq), prev.0],
        )
        .map_err(&step)?;
    Ok(events)
}

/// The event that follows `prev` in `writer`'s chain; its id is still open.
fn chained(writer: &str, seq: u64, prev: Digest, salt: &[u8; SALT_BYTES], new: &NewEvent) -> Event {
    let mut event = Event {
        id: 0,
        writer: writer.to_owned(),
        seq,
        at: new.at,
        kind: new.kind.clone(),
        service: new.service.clone(),
        subject: new.subject.clone(),
        payload: Some(new.payload.clone()),
        payload_digest: payload_digest(salt, &new.payload),
        prev,
        digest: Digest::NONE,
    };
    event.digest = event_digest(&event);
    event
}

fn select_sql(query: &EventQuery) -> (String, Vec<Value>) {
    let mut sql = format!("SELECT {COLUMNS} FROM event WHERE id > ?1");
    let mut values = vec![Value::Integer(to_sql(query.after))];
    let mut bind = |value: Value| {
        values.push(value);
        format!("?{}", values.len())
    };
    if let Some(before) = query.before {
        sql += &format!(" AND id < {}", bind(Value::Integer(to_sql(before))));
    }
    if !query.topics.is_empty() {
        let any: Vec<String> = query
            .topics
            .iter()
            .map(|topic| {
                let exact = bind(Value::Text(topic.clone()));
                // `/` follows `.` in ASCII, so this is every kind that starts with `topic.`.
                let (first, past) = (bind(Value::Text(format!("{topic}."))), bind(Value::Text(format!("{topic}/"))));
                format!("kind = {exact} OR kind >= {first} AND kind < {past}")
            })
            .collect();
        sql += &format!(" AND ({})", any.join(" OR "));
    }
    if let Some(service) = &query.service {
        sql += &format!(" AND service = {}", bind(Value::Text(service.clone())));
    }
    if let Some(subject) = &query.subject {
        sql += &format!(" AND subject = {}", bind(Value::Text(subject.clone())));
    }
    let direction = match query.order {
        Order::Oldest => "ASC",
        Order::Newest => "DESC",
    };
    let limit = bind(Value::Integer(to_sql(query.limit.min(EVENTS_PER_QUERY_MAX) as u64)));
    sql += &format!(" ORDER BY id {direction} LIMIT {limit}");
    (sql, values)
}
