//! Indicators that another system measures: asked for on a schedule, slice by slice, and put into cells.
//!
//! Nothing is remembered of what was asked but the cells themselves: they say which slices were answered, and they
//! are durable with everything else. A crash between an answer and the commit asks again, and a slice that is given
//! twice is replaced (CEL-2). A source that does not answer leaves the slices of all its objectives unmeasured; one
//! that answers a query with an error leaves those of that objective alone. What was missed is asked for when it answers
//! again, as far back as [`CATCH_UP_SLICES_MAX`].
//!
//! Sources are asked side by side: one that does not answer holds up nobody else. Of one source, who is asked for last is
//! who failed last, and an indicator that makes its source fall silent while others are answered fails by itself: a query
//! that takes too long starves nobody.

mod answers;
mod thread;

#[cfg(test)]
mod tests;

pub use thread::AskingThread;

use super::Judge;
use answers::Answers;
use nines_base::{DurationUs, Timestamp};
use nines_slo::asked::{self, Gap, Series};
use nines_slo::cells::{ASKED_SLICE_SHORT_S, CellStore};
use nines_slo::key::ObjectiveKey;
use nines_slo::model::{Counts, DataSource, Definitions, Queried, Sli, Stretch};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How long after its end a slice is asked for: what was scraped by then is known.
const SETTLE: DurationUs = DurationUs::from_secs(5);

/// Slices that are asked for again with each new one, because figures come late, and a fall of a counter counts only
/// when so many slices after it are known.
const ASKED_AGAIN: i64 = asked::SLICES_AFTER as i64 + 1;

/// How far back is caught up, in slices, after an outage and for a new objective: two days of minutes, well within the
/// three for which they are kept apart.
pub const CATCH_UP_SLICES_MAX: i64 = 2880;

/// The same in short slices: an hour, of two for which they are kept.
pub const CATCH_UP_SLICES_SHORT_MAX: i64 = 360;

/// Slices in one query. Prometheus gives at most 11 000 points a series; fewer keep answers small.
const SLICES_PER_QUERY_MAX: i64 = 720;

/// After a failure a source, or an indicator that fails by itself, is left alone for so long.
const RETRY_AFTER: DurationUs = DurationUs::from_secs(10);

/// An indicator at whose query its source falls silent while it answers others: each try may take all the time that an
/// answer has.
const RETRY_SILENCED_AFTER: DurationUs = DurationUs::from_secs(60);

/// Systems that answer range queries.
pub trait RangeQueries: Send + Sync {
    /// The values of every series of a query from one instant to another, every `step_s` seconds, both included.
    fn ask(&self, source: &DataSource, query: &str, range: QueryRange) -> Result<Vec<Series>, Unanswered>;
}

/// Why a query has no figures, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unanswered {
    /// The source does not answer: no query of it would do better.
    Silent(String),
    /// It answers, but not with series: an error, or more than is read.
    Refused(String),
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
    /// Objectives of which it has no answer although it answers others: since when, and why.
    pub refused: BTreeMap<String, (Timestamp, String)>,
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

/// What is wanted of one source.
pub struct SourceLook {
    source: String,
    wanted: Vec<Wanted>,
}

/// Asks sources for what the definitions want of them.
pub struct Asker {
    judge: Arc<Judge>,
    sources: Arc<dyn RangeQueries>,
    memory: Mutex<Memory>,
}

/// An indicator with the length of its slices, seconds: numbers of slices are of that length.
type Key = (ObjectiveKey, u32);

#[derive(Default)]
struct Memory {
    sources: BTreeMap<String, SourceMemory>,
    /// How far each indicator is that was looked for since the start.
    progress: BTreeMap<Key, Progress>,
    /// Indicators that were asked for last without success.
    failures: BTreeMap<Key, Failure>,
}

#[derive(Clone, Copy)]
struct Progress {
    /// From where it is to be asked.
    next: i64,
    /// Up to where what was not answered is known to be missing.
    missed_upto: i64,
}

#[derive(Default)]
struct SourceMemory {
    state: SourceState,
    /// It is not asked before then.
    not_before: Option<Timestamp>,
    /// When it answered any query last.
    answered_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug)]
struct Failure {
    /// Not asked for before then.
    not_before: Timestamp,
    /// Since when its source was silent at each try.
    silent_since: Option<Timestamp>,
}

impl Asker {
    /// For what a judge wants.
    pub fn new(judge: Arc<Judge>, sources: Arc<dyn RangeQueries>) -> Asker {
        Asker { judge, sources, memory: Mutex::default() }
    }

    /// How every source in force does, by name.
    pub fn states(&self) -> Vec<SourceState> {
        self.memory().sources.values().map(|source| source.state.clone()).collect()
    }

    /// What the definitions want, source by source; sources that they no longer name are forgotten.
    pub fn looks(&self) -> Vec<SourceLook> {
        let mut wanted = wanted(&self.judge.definitions());
        self.forget_all_but(&wanted);
        {
            let memory = self.memory();
            wanted.sort_by_key(|wanted| memory.failures.get(&wanted.key()).map(|failure| failure.not_before));
        }
        let mut looks: Vec<SourceLook> = Vec::new();
        for wanted in wanted {
            let source = &wanted.queried.source.name;
            match looks.iter_mut().find(|look| look.source == *source) {
                Some(look) => look.wanted.push(wanted),
                None => looks.push(SourceLook { source: source.clone(), wanted: vec![wanted] }),
            }
        }
        looks
    }

    /// Asks a source for everything that is due. One source is asked by one thread at a time.
    pub fn look(&self, look: &SourceLook) {
        let mut answers = Answers::default();
        look.wanted.iter().for_each(|wanted| self.look_for(wanted, &mut answers));
    }

    fn forget_all_but(&self, wanted: &[Wanted]) {
        let mut memory = self.memory();
        let is_wanted = |key: &Key| wanted.iter().any(|wanted| wanted.key() == *key);
        memory.progress.retain(|key, _| is_wanted(key));
        memory.failures.retain(|key, _| is_wanted(key));
        memory.sources.retain(|name, _| wanted.iter().any(|wanted| wanted.queried.source.name == *name));
        for wanted in wanted {
            let name = &wanted.queried.source.name;
            memory.sources.entry(name.clone()).or_default().state.name.clone_from(name);
        }
        for SourceMemory { state, .. } in memory.sources.values_mut() {
            let of_source = || wanted.iter().filter(|wanted| wanted.queried.source.name == state.name);
            state.n_objectives = of_source().count();
            state.gaps.retain(|name, _| of_source().any(|wanted| wanted.name == *name));
            state.refused.retain(|name, _| of_source().any(|wanted| wanted.name == *name));
        }
    }

    fn look_for(&self, wanted: &Wanted, answers: &mut Answers) {
        let now = self.judge.clock.now();
        let Some(slices) = self.due(wanted, now) else { return };
        if self.is_waiting(wanted, now) {
            return self.miss(wanted, slices);
        }
        let mut from = slices.start;
        while from < slices.end {
            let piece = from..slices.end.min(from + SLICES_PER_QUERY_MAX);
            match self.ask(wanted, &piece, slices.end, answers) {
                Ok(counts) => self.take(wanted, &piece, &counts),
                Err(unanswered) => {
                    self.fail(wanted, now, unanswered);
                    return self.miss(wanted, from..slices.end);
                }
            }
            from = piece.end;
        }
    }

    fn is_waiting(&self, wanted: &Wanted, now: Timestamp) -> bool {
        let memory = self.memory();
        let of_source = memory.sources.get(&wanted.queried.source.name).and_then(|source| source.not_before);
        let of_key = memory.failures.get(&wanted.key()).map(|failure| failure.not_before);
        of_source.max(of_key).is_some_and(|not_before| now < not_before)
    }

    /// The slices that are to be asked for now; `None` while nothing new is over.
    fn due(&self, wanted: &Wanted, now: Timestamp) -> Option<Range<i64>> {
        let slice_s = wanted.slice_s;
        let end = (now - SETTLE).0.div_euclid(i64::from(slice_s) * 1_000_000);
        let bound = end - catch_up_max(slice_s);
        let (known, asked_upto) = (self.progress(wanted), self.judge.asked_upto(wanted));
        let from = match known {
            Some(Progress { next, .. }) if next >= end => return None,
            Some(Progress { next, .. }) => next,
            None => self.judge.first_unanswered(wanted, bound..end).unwrap_or(end),
        };
        if let Some(upto) = asked_upto.filter(|upto| *upto < bound) {
            self.judge.leave_unasked(wanted, upto..bound);
        }
        Some(from.min(end - ASKED_AGAIN).max(bound)..end)
    }

    /// What the slices had, as the source says; they are asked for with their neighbours, up to `end` where those are over.
    fn ask(
        &self,
        wanted: &Wanted,
        slices: &Range<i64>,
        end: i64,
        answers: &mut Answers,
    ) -> Result<Vec<Result<Counts, Gap>>, Unanswered> {
        let Queried { source, asks } = &*wanted.queried;
        let slice_s = i64::from(wanted.slice_s);
        let (before, after) = asked::neighbours(asks);
        let upto = (slices.end + after as i64).min(end);
        let (from_s, upto_s) = ((slices.start - before as i64) * slice_s, upto * slice_s);
        let range = QueryRange { from_s, upto_s, step_s: wanted.slice_s };
        let mut of_queries = Vec::new();
        for query in asks.queries() {
            of_queries.push(answers.get_or_ask(query, range, || self.sources.ask(source, query, range))?);
        }
        let series: Vec<&[Series]> = of_queries.iter().map(|series| series.as_slice()).collect();
        let n_wanted = usize::try_from(slices.end - slices.start).unwrap_or_default();
        Ok(asked::slices(asks, &series, before..before + n_wanted, wanted.slice_s))
    }

    fn take(&self, wanted: &Wanted, slices: &Range<i64>, counts: &[Result<Counts, Gap>]) {
        self.judge.replace(wanted, slices.start, counts.iter().map(|counts| counts.as_ref().ok().copied()));
        let now = self.judge.clock.now();
        let mut memory = self.memory();
        memory.progress.insert(wanted.key(), Progress { next: slices.end, missed_upto: slices.end });
        memory.failures.remove(&wanted.key());
        // Definitions that no longer name it may have come meanwhile.
        let Some(source) = memory.sources.get_mut(&wanted.queried.source.name) else { return };
        source.has_answered(now);
        if let Some((since, _)) = source.state.refused.remove(&wanted.name) {
            tracing::info!(
                "source {} gives figures of {} again; it did not since {since:?}",
                source.state.name,
                wanted.name
            );
        }
        let upto = Timestamp::from_secs(slices.end * i64::from(wanted.slice_s));
        source.state.answered_upto = source.state.answered_upto.max(Some(upto));
        match counts.last() {
            Some(Err(gap)) => source.state.gaps.insert(wanted.name.clone(), *gap),
            _ => source.state.gaps.remove(&wanted.name),
        };
    }

    /// Notes that an indicator was asked for without success: the source is silent, or it is this one's own fault.
    fn fail(&self, wanted: &Wanted, now: Timestamp, unanswered: Unanswered) {
        let mut memory = self.memory();
        let Memory { sources, failures, .. } = &mut *memory;
        let Some(source) = sources.get_mut(&wanted.queried.source.name) else { return };
        let failure = failures.entry(wanted.key()).or_insert(Failure { not_before: now, silent_since: None });
        let (reason, retry_after) = match unanswered {
            Unanswered::Refused(reason) => {
                source.has_answered(now);
                failure.silent_since = None;
                (reason, RETRY_AFTER)
            }
            Unanswered::Silent(reason) => {
                let silent_since = *failure.silent_since.get_or_insert(now);
                let answers_others = source.answered_at.is_some_and(|at| at > silent_since);
                if !answers_others {
                    return source.is_silent(now, reason);
                }
                (reason, RETRY_SILENCED_AFTER)
            }
        };
        failure.not_before = now + retry_after;
        let SourceState { name, refused, .. } = &mut source.state;
        if !refused.contains_key(&wanted.name) {
            tracing::warn!("source {name} gives no figures of {}: {reason}", wanted.name);
        }
        refused.entry(wanted.name.clone()).or_insert((now, String::new())).1 = reason;
    }

    /// Notes that slices have no answer; they are asked for again.
    fn miss(&self, wanted: &Wanted, slices: Range<i64>) {
        let known = self.progress(wanted).map_or(slices.start, |progress| progress.missed_upto);
        // Days may be missing at every look; only what is new is put down.
        let new = known.clamp(slices.start, slices.end)..slices.end;
        self.judge.replace(wanted, new.start, new.map(|_| None));
        self.memory().progress.insert(wanted.key(), Progress { next: slices.start, missed_upto: slices.end });
    }

    fn progress(&self, wanted: &Wanted) -> Option<Progress> {
        self.memory().progress.get(&wanted.key()).copied()
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        // What a panic left out is asked for again.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SourceMemory {
    fn has_answered(&mut self, now: Timestamp) {
        (self.answered_at, self.not_before) = (Some(now), None);
        if let Some((since, _)) = self.state.failing.take() {
            tracing::info!("source {} answers again; it did not since {since:?}", self.state.name);
        }
    }

    fn is_silent(&mut self, now: Timestamp, reason: String) {
        self.not_before = Some(now + RETRY_AFTER);
        if self.state.failing.is_none() {
            tracing::warn!("source {} does not answer: {reason}", self.state.name);
        }
        self.state.failing.get_or_insert((now, String::new())).1 = reason;
    }
}

impl Wanted {
    fn key(&self) -> Key {
        (self.key, self.slice_s)
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
