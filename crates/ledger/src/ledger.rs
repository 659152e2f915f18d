//! The trait every ledger implements.

use crate::cell::{CellCommit, CellRow, Progress, StoredCell};
use crate::chain::ChainReport;
use crate::error::LedgerError;
use crate::event::{Event, EventQuery, NewEvent, Order};
use nines_base::Timestamp;

/// Told of events right after they became durable, in the order of their ids. Must be quick and must not
/// call the ledger: it runs while the writer's lock is held.
pub type Observer = Box<dyn Fn(&[Event]) + Send + Sync>;

/// Events, cells and facts of one installation. Calls block for as long as a disk sync takes.
pub trait Ledger: Send + Sync {
    /// Appends events at the end of this writer's chain, all or none, and returns them once they are durable.
    fn append(&self, events: &[NewEvent]) -> Result<Vec<Event>, LedgerError>;

    /// Reads events.
    fn events(&self, query: &EventQuery) -> Result<Vec<Event>, LedgerError>;

    /// One event; `None` when there is none with that id.
    fn event(&self, id: u64) -> Result<Option<Event>, LedgerError>;

    /// The newest event of a topic or kind, of one service or of any.
    fn latest(&self, topic: &str, service: Option<&str>) -> Result<Option<Event>, LedgerError> {
        let query = EventQuery {
            topics: vec![topic.to_owned()],
            service: service.map(str::to_owned),
            order: Order::Newest,
            limit: 1,
            ..EventQuery::default()
        };
        Ok(self.events(&query)?.pop())
    }

    /// The greatest event id; 0 when there is none.
    fn last_id(&self) -> Result<u64, LedgerError>;

    /// Erases a payload for good and appends the `event.erased` that says so, which is returned. `Busy` after
    /// five seconds means that another process was reading: the payload is erased, but its text stands in
    /// the write-ahead log until [`Ledger::checkpoint`] succeeds.
    fn erase(&self, id: u64, reason: &str, at: Timestamp) -> Result<Event, LedgerError>;

    /// Recomputes every chain from the first event. Damage is the report's to tell, not an error.
    fn verify(&self) -> Result<ChainReport, LedgerError>;

    /// Has `observer` told of every event appended from now on.
    fn watch(&self, observer: Observer);

    /// Stores a consumer's cells, facts, events and position together. `false`: a commit of this or a greater
    /// number is stored already, and nothing was changed.
    fn commit(&self, commit: &CellCommit<'_>) -> Result<bool, LedgerError>;

    /// [`Ledger::commit`] without facts and events.
    fn commit_cells(&self, consumer: &str, position: &[u8], cells: &[CellRow], seq: u64) -> Result<bool, LedgerError> {
        self.commit(&CellCommit { consumer, position, seq, cells, facts: &[], events: &[] })
    }

    /// Visits all cells of all writers, by tier, slice, key and writer.
    fn load_cells(&self, visit: &mut dyn FnMut(StoredCell<'_>)) -> Result<(), LedgerError>;

    /// How far this writer's `consumer` has come; `None` before its first commit.
    fn load_position(&self, consumer: &str) -> Result<Option<Progress>, LedgerError>;

    /// Drops the cells of one key and tier whose slice is smaller than `slice`; returns how many.
    fn drop_cells(&self, key: &[u8], tier: u32, slice: i64) -> Result<u64, LedgerError>;

    /// A fact by name.
    fn fact(&self, name: &str) -> Result<Option<String>, LedgerError>;

    /// Facts whose name starts with `prefix`, by name.
    fn facts(&self, prefix: &str) -> Result<Vec<(String, String)>, LedgerError>;

    /// Sets facts, all or none, outside any commit.
    fn set_facts(&self, facts: &[(&str, &str)]) -> Result<(), LedgerError>;

    /// Folds the write-ahead log into the file. The ledger stays usable.
    fn checkpoint(&self) -> Result<(), LedgerError>;
}
