//! The ledger in one SQLite file: write-ahead log, a full sync at every commit, one connection that
//! writes and one that reads.
//!
//! Another process may read the file meanwhile; only one may write (the data directory's lock sees to it).
//!
//! Start reading at [`SqliteLedger::open`]; the tables are in `schema`.

mod cells;
mod events;
mod schema;
mod verify;

use crate::cell::{CellCommit, Progress, StoredCell};
use crate::chain::ChainReport;
use crate::error::LedgerError;
use crate::event::{Event, EventQuery, NewEvent};
use crate::ledger::{Ledger, Observer};
use nines_base::Timestamp;
use rusqlite::{Connection, ErrorCode};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, RwLock};

/// Name of the writer where only one process ever writes.
pub const LOCAL_WRITER: &str = "local";

/// A ledger in an SQLite file, or in memory.
pub struct SqliteLedger {
    /// The file as the user named it; `:memory:` without one.
    place: String,
    writer: String,
    write: Mutex<Connection>,
    /// `None` in memory, where a second connection would see a database of its own.
    read: Option<Mutex<Connection>>,
    observers: RwLock<Vec<Observer>>,
}

impl SqliteLedger {
    /// Opens the ledger in `path`, or creates it. A file of a newer format or of another program is
    /// refused untouched; damage that shows at once (LED-3: the last event of each chain) is an error.
    pub fn open(path: &Path) -> Result<SqliteLedger, LedgerError> {
        let place = path.display().to_string();
        let write = schema::open_writer(path, &place)?;
        let read = schema::open_reader(path, &place)?;
        verify::check_heads(&write, &place)?;
        Ok(SqliteLedger::new(place, write, Some(read)))
    }

    /// A ledger that is gone when dropped.
    pub fn in_memory() -> Result<SqliteLedger, LedgerError> {
        let place = ":memory:".to_owned();
        let write = schema::open_writer(Path::new(&place), &place)?;
        Ok(SqliteLedger::new(place, write, None))
    }

    /// The same ledger, writing under another name than [`LOCAL_WRITER`].
    pub fn writing_as(mut self, writer: &str) -> SqliteLedger {
        self.writer = writer.to_owned();
        self
    }

    fn new(place: String, write: Connection, read: Option<Connection>) -> SqliteLedger {
        SqliteLedger {
            place,
            writer: LOCAL_WRITER.to_owned(),
            write: Mutex::new(write),
            read: read.map(Mutex::new),
            observers: RwLock::new(Vec::new()),
        }
    }

    /// The writing connection. A panic of another holder left at most an open transaction behind, and
    /// dropping that rolled it back, so a poisoned lock is as good as any.
    fn writer(&self) -> MutexGuard<'_, Connection> {
        self.write.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// The connection to read by.
    fn reader(&self) -> MutexGuard<'_, Connection> {
        match &self.read {
            Some(read) => read.lock().unwrap_or_else(|poisoned| poisoned.into_inner()),
            None => self.writer(),
        }
    }

    fn tell(&self, events: &[Event]) {
        if events.is_empty() {
            return;
        }
        for observer in self.observers.read().unwrap_or_else(|poisoned| poisoned.into_inner()).iter() {
            observer(events);
        }
    }
}

impl Ledger for SqliteLedger {
    fn append(&self, new: &[NewEvent]) -> Result<Vec<Event>, LedgerError> {
        let mut write = self.writer();
        let events = events::append(&mut write, &self.place, &self.writer, new)?;
        self.tell(&events);
        Ok(events)
    }

    fn events(&self, query: &EventQuery) -> Result<Vec<Event>, LedgerError> {
        events::select(&self.reader(), &self.place, query)
    }

    fn event(&self, id: u64) -> Result<Option<Event>, LedgerError> {
        events::by_id(&self.reader(), &self.place, id)
    }

    fn last_id(&self) -> Result<u64, LedgerError> {
        events::last_id(&self.reader(), &self.place)
    }

    fn erase(&self, id: u64, reason: &str, at: Timestamp) -> Result<Event, LedgerError> {
        let mut write = self.writer();
        let event = events::erase(&mut write, &self.place, &self.writer, id, reason, at)?;
        self.tell(std::slice::from_ref(&event));
        // The text still stands in older pages of the write-ahead log: empty it, with no reader in the way.
        let _reader = self.read.as_ref().map(|read| read.lock());
        schema::checkpoint(&write, &self.place)?;
        Ok(event)
    }

    fn verify(&self) -> Result<ChainReport, LedgerError> {
        verify::verify(&self.reader(), &self.place)
    }

    fn watch(&self, observer: Observer) {
        self.observers.write().unwrap_or_else(|poisoned| poisoned.into_inner()).push(observer);
    }

    fn commit(&self, commit: &CellCommit<'_>) -> Result<bool, LedgerError> {
        let mut write = self.writer();
        let stored = cells::commit(&mut write, &self.place, &self.writer, commit)?;
        stored.iter().filter(|told| !told.is_empty()).for_each(|told| self.tell(told));
        Ok(stored.is_some())
    }

    fn load_cells(&self, visit: &mut dyn FnMut(StoredCell<'_>)) -> Result<(), LedgerError> {
        cells::load(&self.reader(), &self.place, visit)
    }

    fn load_position(&self, consumer: &str) -> Result<Option<Progress>, LedgerError> {
        cells::load_position(&self.reader(), &self.place, &self.writer, consumer)
    }

    fn drop_cells(&self, key: &[u8], tier: u32, slice: i64) -> Result<u64, LedgerError> {
        cells::drop_before(&self.writer(), &self.place, key, tier, slice)
    }

    fn fact(&self, name: &str) -> Result<Option<String>, LedgerError> {
        cells::fact(&self.reader(), &self.place, name)
    }

    fn facts(&self, prefix: &str) -> Result<Vec<(String, String)>, LedgerError> {
        cells::facts(&self.reader(), &self.place, prefix)
    }

    fn set_facts(&self, facts: &[(&str, &str)]) -> Result<(), LedgerError> {
        cells::set_facts(&mut self.writer(), &self.place, facts)
    }

    fn checkpoint(&self) -> Result<(), LedgerError> {
        schema::checkpoint(&self.writer(), &self.place)
    }
}

/// Turns SQLite's error at `step` into ours.
fn failed<'a>(place: &'a str, step: &'a str) -> impl Fn(rusqlite::Error) -> LedgerError + 'a {
    move |error| {
        let (path, step) = (place.to_owned(), step.to_owned());
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => LedgerError::Full { path, step },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => LedgerError::Busy { path, step },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                LedgerError::Damaged { place: path, detail: format!("{step}: {error}") }
            }
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => {
                LedgerError::Open { path, reason: error.to_string() }
            }
            Some(_) => LedgerError::Step { path, step, reason: error.to_string() },
            // Not SQLite's own: a column does not read as what it must be.
            None => LedgerError::Damaged { place: path, detail: format!("{step}: {error}") },
        }
    }
}

/// A count as SQLite stores it. Its integers are signed; nothing counted here comes near their end.
fn to_sql(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A count as read; a negative one is damage.
fn from_sql(column: &'static str, stored: i64) -> Result<u64, String> {
    u64::try_from(stored).map_err(|_| format!("{column} is {stored}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{cell, cells, event};

    #[test]
    fn a_full_disk_refuses_a_commit_whole_and_the_ledger_goes_on_when_there_is_room() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = SqliteLedger::open(&folder.path().join("ledger.sqlite")).unwrap();
        ledger.commit_cells("sli", b"1", &[cell("k", 0, 1, 1, 0)], 1).unwrap();
        // SQLite's own bound answers as a full disk does.
        let pages_max = |pages: u32| {
            let sql = format!("PRAGMA max_page_count = {pages}");
            ledger.writer().query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap();
        };
        pages_max(20);
        let large = NewEvent { payload: "x".repeat(64 << 10), ..event(1, "gate.decided", "user", "") };
        let many: Vec<_> = (0..4000).map(|slice| cell("k", 0, slice, 9, 9)).collect();
        let refused = ledger.append(&[large.clone(), large.clone()]).unwrap_err();
        assert!(matches!(refused, LedgerError::Full { .. }), "{refused}");
        let refused = ledger.commit_cells("sli", b"2", &many, 2).unwrap_err();
        assert!(matches!(refused, LedgerError::Full { .. }), "{refused}");
        assert_eq!((ledger.last_id(), cells(&ledger)), (Ok(0), Ok(vec![cell("k", 0, 1, 1, 0)])));
        assert_eq!(ledger.load_position("sli").unwrap().unwrap().seq, 1);
        pages_max(1 << 20);
        assert_eq!(ledger.append(&[large.clone(), large]).unwrap().len(), 2);
        assert!(ledger.commit_cells("sli", b"2", &many, 2).unwrap());
        assert_eq!(ledger.verify().unwrap().first_fault, None);
    }
}
