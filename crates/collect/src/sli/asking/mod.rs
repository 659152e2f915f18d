//! Indicators that another system measures: asked for on a schedule, slice by slice, and put into cells.
//!
//! Nothing is remembered of what was asked but the cells themselves: they say which slices were answered, and they
//! are durable with everything else. A crash between an answer and the commit asks again, and a slice that is given
//! twice is replaced (CEL-2). A source that does not answer leaves its slices unmeasured; when it answers again, what
//! it missed is asked for, as far back as [`CATCH_UP_SLICES_MAX`].

#[cfg(test)]
mod tests;

use super::Judge;
use nines_base::{DurationUs, Timestamp};
use nines_slo::asked::{self, Gap, Series};
use nines_slo::cells::{ASKED_SLICE_SHORT_S, CellStore};
use nines_slo::key::ObjectiveKey;
use nines_slo::model::{Counts, DataSource, Definitions, Queried, Sli, Stretch};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long after its end a slice is asked for: what was scraped by then is known.
const SETTLE: DurationUs = DurationUs::from_secs(5);

/// Slices that are asked for again with each new one, because figures come late.
const ASKED_AGAIN: i64 = 5;

/// How far back is caught up, in slices, after an outage and for a new objective: two days of minutes, well within the
/// three for which they are kept apart.
pub const CATCH_UP_SLICES_MAX: i64 = 2880;

/// The same in short slices: an hour, of two for which they are kept.
pub const CATCH_UP_SLICES_SHORT_MAX: i64 = 360;

/// Slices in one query. Prometheus gives at most 11 000 points a series; fewer keep answers small.
const SLICES_PER_QUERY_MAX: i64 = 720;

/// How often is looked for slices that are due.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// After a failure a source is left alone for so long.
const RETRY_AFTER: DurationUs = DurationUs::from_secs(10);

/// Longest wait for a query under way when the server ends; it changes nothing.
const STOP_MAX: Duration = Duration::from_secs(3);

/// Systems that answer range queries.
pub trait RangeQueries: Send + Sync {
    /// The values of every series of a query from one instant to another, every `step_s` seconds, both included. The
    /// error says in words why there are none.
    fn ask(&self, source: &DataSource, query: &str, range: QueryRange) -> Result<Vec<Series>, String>;
}

/// The instants that a query is asked for, in seconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub struct QueryRange {
    pub from_s: i64,
    pub upto_s: i64,
    pub step_s: u32,
}

impl QueryRange {
    /// How many instants that is.
    pub fn n_instants(&self) -> usize {
        usize::try_from((self.upto_s - self.from_s) / i64::from(self.step_s) + 1).unwrap_or(0)
    }
}

/// How a source does.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SourceState {
    /// `metadata.name` of its DataSource.
    pub name: String,
    /// Objectives that are asked of it.
    pub n_objectives: usize,
    /// Up to when everything was asked and answered.
    pub answered_upto: Option<Timestamp>,
    /// Since when it does not answer, and why.
    pub failing: Option<(Timestamp, String)>,
    /// Objectives of whose newest slice it had no figure, and why.
    pub gaps: BTreeMap<String, Gap>,
}

/// An indicator to be asked for.
struct Wanted {
    key: ObjectiveKey,
    /// One objective that has it.
    name: String,
    queried: Arc<Queried>,
    slice_s: u32,
}

/// Asks sources for what the definitions want of them.
pub struct Asker {
    judge: Arc<Judge>,
    sources: Arc<dyn RangeQueries>,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    states: BTreeMap<String, SourceState>,
    /// From where each indicator is to be asked; it was looked for once since the start.
    next: BTreeMap<ObjectiveKey, i64>,
    /// Sources are not asked before then.
    not_before: BTreeMap<String, Timestamp>,
}

/// Answers of one look, so that objectives share their queries.
type Answers = BTreeMap<(String, String, QueryRange), Result<Vec<Series>, String>>;

impl Asker {
    /// For what a judge wants.
    pub fn new(judge: Arc<Judge>, sources: Arc<dyn RangeQueries>) -> Asker {
        Asker { judge, sources, memory: Mutex::default() }
    }

    /// How every source in force does, by name.
    pub fn states(&self) -> Vec<SourceState> {
        self.memory().states.values().cloned().collect()
    }

    /// Asks for everything that is due.
    pub fn look(&self) {
        let wanted = wanted(&self.judge.definitions());
        self.forget_all_but(&wanted);
        let mut answers = Answers::new();
        for wanted in &wanted {
            self.look_for(wanted, &mut answers);
        }
    }

    fn forget_all_but(&self, wanted: &[Wanted]) {
        let mut memory = self.memory();
        memory.next.retain(|key, _| wanted.iter().any(|wanted| wanted.key == *key));
        memory.states.retain(|name, _| wanted.iter().any(|wanted| wanted.queried.source.name == *name));
        for state in memory.states.values_mut() {
            state.n_objectives = wanted.iter().filter(|wanted| wanted.queried.source.name == state.name).count();
            state.gaps.retain(|name, _| wanted.iter().any(|wanted| wanted.name == *name));
        }
    }

    fn look_for(&self, wanted: &Wanted, answers: &mut Answers) {
        let now = self.judge.clock.now();
        let source = &wanted.queried.source.name;
        {
            let mut memory = self.memory();
            let state = memory.states.entry(source.clone()).or_default();
            if state.name.is_empty() {
                (state.name, state.n_objectives) = (source.clone(), 1);
            }
            if memory.not_before.get(source).is_some_and(|not_before| now < *not_before) {
                return;
            }
        }
        let Some(slices) = self.due(wanted, now) else { return };
        let mut from = slices.start;
        while from < slices.end {
            let piece = from..slices.end.min(from + SLICES_PER_QUERY_MAX);
            match self.ask(wanted, &piece, answers) {
                Ok(counts) => self.take(wanted, &piece, &counts),
                Err(reason) => return self.fail(wanted, from..slices.end, now, reason),
            }
            from = piece.end;
        }
    }

    /// The slices that are to be asked for now; `None` while nothing new is over.
    fn due(&self, wanted: &Wanted, now: Timestamp) -> Option<Range<i64>> {
        let slice_s = wanted.slice_s;
        let end = (now - SETTLE).0.div_euclid(i64::from(slice_s) * 1_000_000);
        let bound = end - catch_up_max(slice_s);
        let (known, asked_upto) = (self.memory().next.get(&wanted.key).copied(), self.judge.asked_upto(wanted));
        let from = match known {
            Some(next) if next >= end => return None,
            Some(next) => next,
            None => self.judge.first_unanswered(wanted, bound..end).unwrap_or(end),
        };
        if let Some(upto) = asked_upto.filter(|upto| *upto < bound) {
            self.judge.leave_unasked(wanted, upto..bound);
        }
        Some(from.min(end - ASKED_AGAIN).max(bound)..end)
    }

    /// What the slices had, as the source says.
    fn ask(
        &self,
        wanted: &Wanted,
        slices: &Range<i64>,
        answers: &mut Answers,
    ) -> Result<Vec<Result<Counts, Gap>>, String> {
        let Queried { source, asks } = &*wanted.queried;
        let slice_s = i64::from(wanted.slice_s);
        let (from_s, upto_s) = (slices.start * slice_s, slices.end * slice_s);
        let range = QueryRange { from_s, upto_s, step_s: wanted.slice_s };
        let mut of_queries = Vec::new();
        for query in asks.queries() {
            let asked = (source.name.clone(), query.to_owned(), range);
            let answer = answers.entry(asked).or_insert_with(|| self.sources.ask(source, query, range));
            of_queries.push(answer.clone()?);
        }
        let n_slices = range.n_instants() - 1;
        Ok(asked::slices(asks, &of_queries, n_slices, wanted.slice_s))
    }

    fn take(&self, wanted: &Wanted, slices: &Range<i64>, counts: &[Result<Counts, Gap>]) {
        self.judge.replace(wanted, slices.start, counts.iter().map(|counts| counts.as_ref().ok().copied()));
        let mut memory = self.memory();
        memory.next.insert(wanted.key, slices.end);
        memory.not_before.remove(&wanted.queried.source.name);
        let state = memory.states.entry(wanted.queried.source.name.clone()).or_default();
        if let Some((since, _)) = state.failing.take() {
            tracing::info!("source {} answers again; it did not since {since:?}", state.name);
        }
        let upto = Timestamp::from_secs(slices.end * i64::from(wanted.slice_s));
        state.answered_upto = state.answered_upto.max(Some(upto));
        match counts.last() {
            Some(Err(gap)) => state.gaps.insert(wanted.name.clone(), *gap),
            _ => state.gaps.remove(&wanted.name),
        };
    }

    /// Notes that slices were asked for and not answered; they are asked for again.
    fn fail(&self, wanted: &Wanted, slices: Range<i64>, now: Timestamp, reason: String) {
        self.judge.replace(wanted, slices.start, slices.clone().map(|_| None));
        let mut memory = self.memory();
        memory.next.insert(wanted.key, slices.start);
        memory.not_before.insert(wanted.queried.source.name.clone(), now + RETRY_AFTER);
        let state = memory.states.entry(wanted.queried.source.name.clone()).or_default();
        if state.failing.is_none() {
            tracing::warn!("source {} does not answer: {reason}", state.name);
        }
        let since = state.failing.as_ref().map_or(now, |(since, _)| *since);
        state.failing = Some((since, reason));
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        // What a panic left out is asked for again.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Every indicator that another system measures, once.
fn wanted(definitions: &Definitions) -> Vec<Wanted> {
    let mut found: Vec<Wanted> = Vec::new();
    for (slo, objective) in definitions.objectives() {
        let Sli::Queried(queried) = &objective.sli else { continue };
        let (Some(key), slice_s) = (ObjectiveKey::of(&objective.sli), asked::slice_s(slo, objective)) else { continue };
        match found.iter_mut().find(|wanted| wanted.key == key) {
            // The finest slices serve all.
            Some(known) => known.slice_s = known.slice_s.min(slice_s),
            None => found.push(Wanted { key, name: slo.full_name(objective), queried: queried.clone(), slice_s }),
        }
    }
    found
}

fn catch_up_max(slice_s: u32) -> i64 {
    if slice_s == ASKED_SLICE_SHORT_S { CATCH_UP_SLICES_SHORT_MAX } else { CATCH_UP_SLICES_MAX }
}

impl Judge {
    fn asked_upto(&self, wanted: &Wanted) -> Option<i64> {
        self.view().cells.asked_upto(wanted.key, wanted.slice_s)
    }

    fn first_unanswered(&self, wanted: &Wanted, slices: Range<i64>) -> Option<i64> {
        self.view().cells.first_unanswered(wanted.key, wanted.slice_s, slices)
    }

    fn leave_unasked(&self, wanted: &Wanted, slices: Range<i64>) {
        let ends = |slice: i64| Timestamp::from_secs(slice * i64::from(wanted.slice_s));
        let stretch = Stretch { after: ends(slices.start), upto: ends(slices.end) };
        self.view_mut().cells.leave_unasked(wanted.key, stretch);
    }

    fn replace(&self, wanted: &Wanted, first: i64, counts: impl Iterator<Item = Option<Counts>>) {
        let mut view = self.view_mut();
        let cells: &mut CellStore = &mut view.cells;
        for (slice, counts) in (first..).zip(counts) {
            cells.replace(wanted.key, wanted.slice_s, slice, counts);
        }
    }
}

/// The thread that asks; stops when told, or when dropped.
pub struct AskingThread {
    shared: Arc<Running>,
}

struct Running {
    state: Mutex<(bool, bool)>,
    bell: Condvar,
}

impl AskingThread {
    /// Starts asking.
    pub fn start(asker: Arc<Asker>) -> std::io::Result<AskingThread> {
        let shared = Arc::new(Running { state: Mutex::new((false, true)), bell: Condvar::new() });
        let of_thread = shared.clone();
        std::thread::Builder::new().name("slo-asked".into()).spawn(move || {
            while !of_thread.is_stopping_after(LOOK_EVERY) {
                asker.look();
            }
            of_thread.lock().1 = false;
            of_thread.bell.notify_all();
        })?;
        Ok(AskingThread { shared })
    }
}

impl Running {
    fn lock(&self) -> MutexGuard<'_, (bool, bool)> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_stopping_after(&self, wait: Duration) -> bool {
        let waited = self.bell.wait_timeout_while(self.lock(), wait, |(is_stopping, _)| !*is_stopping);
        waited.unwrap_or_else(PoisonError::into_inner).0.0
    }
}

impl Drop for AskingThread {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.0 = true;
        self.shared.bell.notify_all();
        let waited = self.shared.bell.wait_timeout_while(state, STOP_MAX, |(_, is_running)| *is_running);
        if waited.unwrap_or_else(PoisonError::into_inner).0.1 {
            tracing::warn!("a query of a source is cut off; it is asked again after the next start");
        }
    }
}
