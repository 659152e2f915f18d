//! The consumer that counts: follows the inbox, keeps the cells, answers how SLOs stand.
//!
//! Two locks, taken in this order and never held over a disk write: the counter with its place in the
//! inbox (one thread counts), and the cells with the definitions (many read).
//!
//! # Invariants
//! SLI-1 (see `nines_slo::count`): cells and the inbox position they include are committed together, so
//! after a crash each span is counted once, neither twice nor never.

pub mod alert_words;
pub mod alerts;
pub mod amendments;
pub mod asking;
mod follow;
mod groups;
pub mod history;
mod past;
pub mod policy;
mod position;
mod reader;
pub mod reports;

#[cfg(test)]
mod tests;

pub use follow::{Follower, TICK};
use history::Told;
use past::Past;
pub use reader::{DefinitionsState, GroupStanding, Standing, Total};

use crate::timeline::Timeline;
use amendments::Amendments;
use nines_base::{Clock, DurationUs, Timestamp};
use nines_ledger::{CellCommit, Ledger, LedgerError, NewEvent};
use nines_slo::alert::book::AlertBook;
use nines_slo::cells::{CellRow, CellStore, Expired};
use nines_slo::count::{Counter, Delta, Groups};
use nines_slo::key::ObjectiveKey;
use nines_slo::model::Definitions;
use nines_slo::openslo::{Finding, Severity};
use nines_storage::{Position, SpanFeed, StoreError};
use serde_json::json;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use thiserror::Error;

/// The consumer's name in the inbox and in the ledger.
pub const CONSUMER: &str = "slo";

/// How often slices past their keep are let go.
const EXPIRE_EVERY: DurationUs = DurationUs::from_secs(60);

/// A cell takes about 3 µs to write: this keeps writing to a four hundredth of the time, up to 4 000 cells.
const COMMIT_LATER_PER_CELL: DurationUs = DurationUs(1200);

/// A commit is not put off longer; a crash counts at most this much of the inbox again. Within [`nines_slo::cells::HEARTBEAT_GAP_MAX`], so that a crash before
/// it is told from a time in which nothing ran.
const COMMIT_EVERY_MAX: DurationUs = DurationUs::from_secs(5);

/// Spans counted between two looks at anything else: at most about 10 ms of work. What they come to is added to cells
/// together, which costs as much for few spans as for many.
const SPANS_PER_STEP: usize = 200_000;

/// Steps that other definitions wait for at most: a million spans. At a rate that counting cannot follow there is no end.
const CATCH_UP_STEPS_MAX: usize = 20;

/// Why counting cannot go on.
#[derive(Debug, Error)]
pub enum JudgeError {
    /// Cells or events cannot be read or written.
    #[error("SLO cells")]
    Ledger(#[from] LedgerError),
    /// Spans cannot be read.
    #[error("spans for SLOs")]
    Store(#[from] StoreError),
    /// Another process commits to the same ledger.
    #[error(
        "SLO cells: commit {seq} is in the ledger already, though this process did not write it; let one server alone use the data directory, and restart it"
    )]
    Overtaken {
        /// Number of the commit.
        seq: u64,
    },
}

/// Counts spans and answers how SLOs stand.
pub struct Judge {
    feed: Arc<dyn SpanFeed>,
    ledger: Arc<dyn Ledger>,
    clock: Arc<dyn Clock>,
    timeline: Timeline,
    counting: Mutex<Counting>,
    view: RwLock<View>,
    /// Whether counting is to end.
    stopping: AtomicBool,
    /// What is left of spans when they are gone, where that is kept.
    history: OnceLock<history::Kept>,
    /// What was done by command and noticed, as the ledger's events tell it.
    ruling: policy::Ruling,
    /// What decides who is told beside the definitions.
    heeded: RwLock<alerts::Heeded>,
}

/// What one step of counting did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Caught {
    /// Spans looked at.
    pub n_spans: usize,
    /// Whether everything that was durable when the step began has been counted.
    pub is_up: bool,
}

/// What the counting thread alone changes.
struct Counting {
    counter: Counter,
    /// Whether the counter knows the spans of the horizon that are in the cells already.
    remembers: bool,
    /// Everything up to here is in the cells.
    position: Position,
    /// Number of the last commit.
    seq: u64,
    /// When to commit again at the earliest.
    commit_at: Timestamp,
    expired_at: Timestamp,
    /// Stored slices past their keep that the ledger has not let go of yet.
    expired: Vec<Expired>,
    /// What of the time before they were defined is counted of which indicators.
    past: Past,
    /// Changes of settled figures that were not told yet.
    amendments: Amendments,
    /// What was forgotten early of events made of several spans, as far as it was told.
    n_forgotten: u64,
    /// Groups that no commit told of yet, as facts.
    new_groups: Vec<(String, String)>,
    /// Each objective's state when last looked at, to tell when it changes.
    states: BTreeMap<(String, String), &'static str>,
    /// Months that were reported.
    reports: reports::Reports,
}

/// What readers see.
struct View {
    definitions: Arc<Definitions>,
    loaded_at: Timestamp,
    /// Faults of the set that was refused last; empty while the newest set is in force.
    refused: Vec<Finding>,
    /// When it was.
    refused_at: Option<Timestamp>,
    /// Warnings of the set in force.
    warnings: Vec<Finding>,
    cells: CellStore,
    /// What the groups of indicators are called.
    groups: Groups,
    watermark: Timestamp,
    /// What alerts remember.
    alerts: AlertBook,
    /// What is known of the past of indicators that were counted back.
    told: BTreeMap<ObjectiveKey, Told>,
}

impl Judge {
    /// Takes up where the last process stopped: loads cells, position and what alerts remember. What was counted within the
    /// horizon is remembered by the first [`Judge::count`], so that a start does not wait for it.
    pub fn open(
        feed: Arc<dyn SpanFeed>,
        ledger: Arc<dyn Ledger>,
        clock: Arc<dyn Clock>,
        timeline: Timeline,
        definitions: Definitions,
    ) -> Result<Judge, JudgeError> {
        let now = clock.now();
        let mut cells = load_cells(&*ledger)?;
        let ruling = policy::Ruling::follow(&*ledger)?;
        let definitions = policy::adjusted(definitions, &ruling.book());
        let groups = groups::read(&*ledger)?;
        cells.restore_groups(&groups);
        cells.define(&definitions, now);
        let progress = ledger.load_position(CONSUMER)?.unwrap_or_default();
        let position = position::decode(&progress.position);
        feed.release(CONSUMER, &position);
        let mut counter = Counter::new(&definitions);
        counter.restore_groups(&groups);
        counter.count_for(&cells);
        let counting = Counting {
            counter,
            remembers: false,
            position,
            seq: progress.seq,
            commit_at: now,
            expired_at: now,
            expired: Vec::new(),
            past: Past::default(),
            amendments: Amendments::default(),
            n_forgotten: 0,
            new_groups: Vec::new(),
            states: BTreeMap::new(),
            reports: reports::Reports::read(&*ledger, now)?,
        };
        let view = View {
            definitions: Arc::new(definitions),
            loaded_at: now,
            refused: Vec::new(),
            refused_at: None,
            warnings: Vec::new(),
            watermark: cells.last_heartbeat().map_or(now, |last| last.min(now)),
            cells,
            groups,
            alerts: alerts::read_book(&*ledger)?,
            told: past::read_told(&*ledger)?,
        };
        let (counting, view) = (Mutex::new(counting), RwLock::new(view));
        let (stopping, heeded) = (AtomicBool::new(false), RwLock::default());
        let history = OnceLock::new();
        Ok(Judge { feed, ledger, clock, timeline, counting, view, stopping, history, ruling, heeded })
    }

    /// Remembers the spans that are in the cells already, as far back as repeats are recognised. At a
    /// high rate those are many millions: readers are answered meanwhile, and a stop ends it early.
    fn remember(&self) -> Result<(), JudgeError> {
        let position = {
            let counting = self.counting();
            if counting.remembers {
                return Ok(());
            }
            counting.position.clone()
        };
        let mut counter = Counter::new(&self.definitions());
        {
            // A value keeps its group, whichever is met first; and what another counts of the past is no part of what is
            // joined here.
            let counting = self.counting();
            counter.restore_groups(counting.counter.groups());
            counting.past.cut(&mut counter);
        }
        let since = self.clock.now() - counter.recall();
        let mut is_whole = true;
        self.feed.read_back(since, &position, &mut |arrived, span| {
            counter.remember(arrived, span);
            is_whole = !self.stopping.load(Ordering::Relaxed);
            if is_whole { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        if !is_whole {
            return Ok(());
        }
        let mut counting = self.counting();
        // A set of definitions may have come in meanwhile.
        counter.redefine(&self.definitions());
        counter.count_for(&self.view().cells);
        counter.restore_groups(counting.counter.groups());
        counting.past.cut(&mut counter);
        counting.counter = counter;
        counting.n_forgotten = 0;
        counting.remembers = true;
        Ok(())
    }

    /// Tells a counting that is still remembering that it need not go on.
    fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Puts a set of definitions in force; the event says so.
    pub fn load(&self, definitions: Definitions, warnings: Vec<Finding>) -> NewEvent {
        self.put_in_force(Some(definitions));
        self.view_mut().loaded_at = self.clock.now();
        self.note(warnings, Vec::new())
    }

    /// Puts definitions in force, or those that are once more, with the adjustments that there are by now.
    pub(in crate::sli) fn put_in_force(&self, new: Option<Definitions>) {
        let said = self.said_of_past().unwrap_or_else(|error| {
            tracing::warn!(%error, "what is known of the past of objectives cannot be read");
            BTreeMap::new()
        });
        self.catch_up();
        let mut counting = self.counting();
        let now = self.clock.now();
        let mut view = self.view_mut();
        let definitions = new.unwrap_or_else(|| Definitions::clone(&view.definitions));
        // The book is read under the lock: an adjustment recorded before is in it, one recorded later waits.
        let definitions = policy::adjusted(definitions, &self.ruling.book());
        counting.counter.redefine(&definitions);
        counting.past.replace(&view.definitions, &definitions, now);
        view.cells.define(&definitions, now);
        counting.counter.count_for(&view.cells);
        view.definitions = Arc::new(definitions);
        self.ask_for_past(&mut counting, &view, &said);
    }

    /// Counts what is durable by now, so that little is on its way when others take its place. What fails is told by
    /// the thread that counts.
    fn catch_up(&self) {
        if !self.counting().remembers {
            return;
        }
        for _ in 0..CATCH_UP_STEPS_MAX {
            match self.count() {
                Ok(caught) if !caught.is_up => {}
                _ => return,
            }
        }
    }

    /// Notes that a set of definitions was refused: the one before stays in force.
    pub fn refuse(&self, findings: Vec<Finding>) -> NewEvent {
        let warnings = self.view().warnings.clone();
        self.note(warnings, findings)
    }

    /// Notes what was found in the set in force and in the one refused, if any.
    pub fn note(&self, warnings: Vec<Finding>, refused: Vec<Finding>) -> NewEvent {
        let now = self.clock.now();
        let mut view = self.view_mut();
        let (kind, payload) = if refused.is_empty() {
            let Definitions { slos, generation, .. } = &*view.definitions;
            ("definitions.loaded", json!({ "slos": slos.len(), "generation": generation }))
        } else {
            let n_errors = refused.iter().filter(|finding| finding.severity == Severity::Error).count();
            ("definitions.refused", json!({ "errors": n_errors }))
        };
        view.warnings = warnings;
        view.refused_at = (!refused.is_empty()).then_some(now);
        view.refused = refused;
        NewEvent { at: now, kind: kind.into(), payload: payload.to_string(), ..NewEvent::default() }
    }

    /// Counts what became durable since the last time, up to one step of it; whether nothing is left.
    pub fn count(&self) -> Result<Caught, JudgeError> {
        self.remember()?;
        let mut counting = self.counting();
        if !counting.remembers {
            // Stopped before it knew the past: what is new is counted after the next start.
            return Ok(Caught { n_spans: 0, is_up: true });
        }
        let started = self.clock.now();
        let Counting { counter, position, amendments, new_groups, n_forgotten: told_forgotten, .. } = &mut *counting;
        let mut n_spans = 0;
        let next = self.feed.read_runs_after(position, SPANS_PER_STEP, &mut |run| {
            n_spans += run.len();
            counter.observe_run(run);
        })?;
        *position = next;
        let delta = counter.take_delta();
        amendments.note(delta.late(), started);
        new_groups.extend(delta.groups().iter().map(|(of, value)| groups::fact_of(*of, value)));
        let n_forgotten = counter.n_standings_crowded_out();
        if n_forgotten > *told_forgotten {
            tracing::warn!(
                n_forgotten,
                "too many requests, messages or traces at once: of those forgotten early, late spans make events of their own"
            );
            *told_forgotten = n_forgotten;
        }
        let is_up = n_spans < SPANS_PER_STEP;
        let mut view = self.view_mut();
        view.take(delta);
        if is_up {
            // Whatever was durable at `started` is in the cells now.
            view.watermark = view.watermark.max(started);
        }
        Ok(Caught { n_spans, is_up })
    }

    /// Says that counting goes on, about once a second; `took_all`: whether every span sent since was taken.
    pub fn beat(&self, took_all: bool) {
        let now = self.clock.now();
        self.view_mut().cells.heartbeat(now, took_all);
    }

    /// Makes cells and position durable together, and lets the inbox go up to there. What could not be written is
    /// written with what changes next.
    pub fn commit(&self, took_all: bool) -> Result<(), JudgeError> {
        let mut counting = self.counting();
        // Those of a commit that failed go before anything is written: what is defined anew since then keeps its rows.
        self.let_go(&mut counting.expired)?;
        let now = self.clock.now();
        let is_amended =
            counting.amendments.is_due(now) || !counting.amendments.is_empty() && self.stopping.load(Ordering::Relaxed);
        let (rows, events) = {
            let mut view = self.view_mut();
            view.cells.heartbeat(now, took_all);
            if now - counting.expired_at >= EXPIRE_EVERY {
                counting.expired = view.cells.expire(now);
                counting.expired_at = now;
            }
            let told = is_amended.then(|| counting.amendments.events(&view.definitions, &view.cells, now));
            (view.cells.take_changed(), told.unwrap_or_default())
        };
        let cells: Vec<nines_ledger::CellRow> = rows.iter().map(stored).collect();
        let seq = counting.seq + 1;
        let position = position::encode(&counting.position);
        // SLI-1: one transaction, so no crash comes between the cells, the position they include and what tells of them.
        let mut facts = counting.past.unsaid();
        facts.extend(counting.new_groups.iter().cloned());
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (&**name, &**value)).collect();
        let commit =
            CellCommit { consumer: CONSUMER, position: &position, seq, cells: &cells, facts: &facts, events: &events };
        let is_stored = self.ledger.commit(&commit).map_err(JudgeError::from);
        if let Err(error) = is_stored.and_then(|is_stored| is_stored.then_some(()).ok_or(JudgeError::Overtaken { seq }))
        {
            self.view_mut().cells.put_back(&rows);
            return Err(error);
        }
        // What is durable is done with before anything else may fail: the next commit has the next number.
        counting.past.committed();
        counting.new_groups.clear();
        if is_amended {
            counting.amendments.told(now);
        }
        counting.seq = seq;
        counting.commit_at = now + commit_after(cells.len());
        self.feed.release(CONSUMER, &counting.position);
        self.let_go(&mut counting.expired)
    }

    /// Deletes what is stored of slices past their keep; what cannot go stays for the next time.
    fn let_go(&self, expired: &mut Vec<Expired>) -> Result<(), JudgeError> {
        while let Some(gone) = expired.last() {
            self.ledger.drop_cells(gone.key.as_bytes(), gone.tier, gone.before_slice)?;
            expired.pop();
        }
        Ok(())
    }

    /// Whether it is time to make cells durable again.
    fn is_commit_due(&self) -> bool {
        self.clock.now() >= self.counting().commit_at
    }

    fn counting(&self) -> MutexGuard<'_, Counting> {
        // A panic while counting leaves counts that were not committed; they are counted again after a restart.
        self.counting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn view(&self) -> RwLockReadGuard<'_, View> {
        self.view.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn view_mut(&self) -> RwLockWriteGuard<'_, View> {
        self.view.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl View {
    /// Takes what was counted.
    fn take(&mut self, delta: Delta) {
        if delta.is_empty() {
            return;
        }
        delta.groups().iter().for_each(|(of, value)| self.groups.restore(*of, value));
        self.cells.apply(delta);
    }
}

/// How long after a commit of so many cells the next one may come at the earliest: late or scattered
/// spans change thousands, and most of those change again.
fn commit_after(n_cells: usize) -> DurationUs {
    DurationUs((COMMIT_LATER_PER_CELL.0 * n_cells as i64).min(COMMIT_EVERY_MAX.0))
}

fn load_cells(ledger: &dyn Ledger) -> Result<CellStore, LedgerError> {
    let mut cells = CellStore::new();
    ledger.load_cells(&mut |stored| {
        if let Some(key) = ObjectiveKey::from_bytes(stored.key) {
            cells.load(CellRow { key, tier: stored.tier, slice: stored.slice, good: stored.good, bad: stored.bad });
        }
    })?;
    Ok(cells)
}

fn stored(row: &CellRow) -> nines_ledger::CellRow {
    nines_ledger::CellRow {
        key: row.key.as_bytes().to_vec(),
        tier: row.tier,
        slice: row.slice,
        good: row.good,
        bad: row.bad,
    }
}
