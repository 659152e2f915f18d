//! What an indicator is told of the time before it was defined: stored spans, read once beside the counting.
//!
//! An indicator that is new, or means something else than before, counts what comes from then on. What is stored
//! of earlier is read through by a thread of its own, which takes half of a core, and added in one commit with the
//! fact that it was: a crash before it begins anew, one after it does not repeat it. Past and present meet at an
//! instant of arrival. Spans that came within the horizon before it are remembered by the counter, so that a repeat
//! is told (SLI-1); a trace of a story that was under way then may count as two.
//!
//! What is older than the oldest stored span is told by histograms where these can answer the indicator
//! ([`super::history`]). They and the stored spans meet at an instant of ending: no event is counted by both.
//!
//! Only where every span is stored does the store know the past: with a share of traces it is not asked.

use super::history::{Recall, Told};
use super::{Counting, Judge, JudgeError, View};
use nines_base::{DurationUs, Timestamp};
use nines_ledger::{Ledger, LedgerError};
use nines_slo::cells::CellStore;
use nines_slo::count::Counter;
use nines_slo::key::ObjectiveKey;
use nines_slo::model::{Definitions, Slo};
use nines_span::SpanFields;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Begins the name of the fact that says of an indicator, by its key, from when it counts while its past is still to
/// be counted, and then that it is.
const FACT: &str = "slo/past/";

/// What the fact begins with once the past is counted; what is told of it follows.
const DONE: &str = "done";

/// Spans read before the thread rests for as long as that took: some ten milliseconds of work.
const SPANS_PER_STEP: u64 = 20_000;

/// A span that came before an instant is durable this much later at the latest.
const DURABLE_AFTER: DurationUs = DurationUs::from_secs(2);

/// How often the thread looks whether there is anything to do.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// How often it looks whether a slice of history is to be summed, and how long it waits where that failed.
const SUM_EVERY: Duration = Duration::from_secs(10);
const SUM_AGAIN: Duration = Duration::from_secs(60);

/// Which indicators count from when, and of which the past is wanted.
#[derive(Default)]
pub(super) struct Past {
    /// Whether the store knows the past.
    is_known: bool,
    /// Indicators that count from an instant on.
    from: BTreeMap<ObjectiveKey, Timestamp>,
    /// Those whose past is still to be counted.
    wanted: BTreeMap<ObjectiveKey, Timestamp>,
    /// What the facts of indicators say from the next commit on.
    unsaid: BTreeMap<ObjectiveKey, String>,
}

impl Past {
    /// Has a counter count each indicator from its instant on.
    pub fn cut(&self, counter: &mut Counter) {
        self.from.iter().for_each(|(key, at)| counter.count_from(*key, *at));
    }

    /// Facts to commit with the cells: no crash comes between what is counted and what is said of it.
    pub fn unsaid(&self) -> Vec<(String, String)> {
        self.unsaid.iter().map(|(key, said)| (format!("{FACT}{key}"), said.clone())).collect()
    }

    /// The cells are durable now, with the facts.
    pub fn committed(&mut self) {
        self.unsaid.clear();
    }

    /// Indicators that share an instant whose past can be counted, since everything before it was looked at.
    fn next(&self, watermark: Timestamp) -> Option<(Timestamp, Vec<ObjectiveKey>)> {
        let cut = *self.wanted.values().find(|cut| **cut + DURABLE_AFTER < watermark)?;
        let keys = self.wanted.iter().filter(|(_, at)| **at == cut).map(|(key, _)| *key);
        Some((cut, keys.collect()))
    }
}

impl Judge {
    /// Counts the past of indicators that are new, now and whenever definitions change. Needs a store that keeps
    /// every span.
    pub fn know_past(&self) -> Result<(), JudgeError> {
        let said = self.said_of_past()?;
        let mut counting = self.counting();
        counting.past.is_known = true;
        self.ask_for_past(&mut counting, &self.view(), &said);
        Ok(())
    }

    /// What was said of each indicator's past, where it is known.
    pub(super) fn said_of_past(&self) -> Result<BTreeMap<ObjectiveKey, String>, JudgeError> {
        Ok(read_said(&*self.ledger)?)
    }

    /// Notes of which indicators the past is wanted: those that nothing was ever counted or said of, and those whose
    /// past was wanted when the process ended.
    pub(super) fn ask_for_past(&self, counting: &mut Counting, view: &View, said: &BTreeMap<ObjectiveKey, String>) {
        if !counting.past.is_known {
            return;
        }
        let now = self.clock.now();
        let Counting { past, counter, .. } = counting;
        for key in view.definitions.counted().filter_map(|(_, objective)| ObjectiveKey::of(&objective.sli)) {
            let at = match said.get(&key).map(|said| said.parse()) {
                _ if past.from.contains_key(&key) => continue,
                // An end of the process kept its past from being counted.
                Some(Ok(at)) => Timestamp(at),
                Some(Err(_)) => continue,
                None if view.cells.first_counted(key).is_some() => continue,
                None => {
                    past.unsaid.insert(key, now.0.to_string());
                    now
                }
            };
            past.from.insert(key, at);
            past.wanted.insert(key, at);
            counter.count_from(key, at);
        }
    }

    /// Counts wanted pasts, and sums what becomes past, until the judge is stopped.
    pub(super) fn follow_past(&self) {
        let mut sum_at = Instant::now();
        while !self.stopping.load(Ordering::Relaxed) {
            if let Err(error) = self.count_past() {
                tracing::warn!(%error, "the past of new objectives cannot be counted; it is tried again");
            }
            if sum_at <= Instant::now() {
                sum_at = Instant::now() + self.sum_once();
            }
            std::thread::sleep(LOOK_EVERY.min(sum_at.saturating_duration_since(Instant::now())));
        }
    }

    /// Sums a slice of history, if one is due; how long to wait before the next one.
    fn sum_once(&self) -> Duration {
        let began = Instant::now();
        match self.sum_history() {
            // As long as it took: half of a core.
            Ok(true) => began.elapsed(),
            Ok(false) => SUM_EVERY,
            Err(error) => {
                tracing::warn!(%error, "history is not summed; it is tried again");
                SUM_AGAIN
            }
        }
    }

    /// Counts one wanted past, if there is one; whether there was.
    pub fn count_past(&self) -> Result<bool, JudgeError> {
        let (cut, keys, position) = {
            let counting = self.counting();
            let Some((cut, keys)) = counting.past.next(self.watermark()) else { return Ok(false) };
            (cut, keys, counting.position.clone())
        };
        let definitions = self.definitions();
        let stored_from = self.stored_whole_from();
        let mut recall = Recall::of(self, &definitions, &keys);
        let recalled = recall.as_ref().map(Recall::keys).unwrap_or_default();
        let others: Vec<ObjectiveKey> = keys.iter().filter(|key| !recalled.contains(key)).copied().collect();
        let until = recall.as_ref().map_or(Timestamp(0), |recall| recall.until);
        let mut parts =
            [Part::new(&definitions, others, Timestamp(0), cut), Part::new(&definitions, recalled, until, cut)];
        let mut rest = self.resting();
        if let (Some(recall), Some(history)) = (&mut recall, self.kept_history())
            && !recall.count(history, &mut parts[1].cells, &mut rest)
        {
            return Ok(true);
        }
        let (mut n_spans, mut goes_on) = (0u64, true);
        let since = self.whole_from();
        self.feed.read_back(since, &position, &mut |arrived, span| {
            if arrived >= cut {
                return ControlFlow::Continue(());
            }
            parts.iter_mut().for_each(|part| part.observe(arrived, span));
            n_spans += 1;
            if n_spans % SPANS_PER_STEP == 0 {
                parts.iter_mut().for_each(Part::settle);
                goes_on = rest();
            }
            if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        if self.stopping.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let told = |key: &ObjectiveKey| {
            let recall = recall.as_ref().filter(|_| parts[1].keys.contains(key));
            let estimated_until = recall.filter(|recall| !recall.is_exact(*key)).map(|recall| recall.until);
            let from = recall.map_or(stored_from.unwrap_or(cut), |recall| recall.from);
            (*key, Told { from: from.min(cut), estimated_until })
        };
        let told: BTreeMap<ObjectiveKey, Told> = keys.iter().map(told).collect();
        self.take_past(parts, told);
        tracing::info!(spans = n_spans, objectives = keys.len(), "what was stored before new objectives is counted");
        Ok(true)
    }

    /// Adds what was counted of the past, with the facts for the next commit.
    fn take_past(&self, mut parts: [Part; 2], told: BTreeMap<ObjectiveKey, Told>) {
        parts.iter_mut().for_each(Part::settle);
        let mut counting = self.counting();
        let mut view = self.view_mut();
        for part in &parts {
            counting.counter.adopt(&part.counter);
            view.cells.absorb(&part.cells, &part.keys);
        }
        counting.past.wanted.retain(|key, _| !told.contains_key(key));
        counting.past.unsaid.extend(told.iter().map(|(key, told)| (*key, format!("{DONE} {}", told.write()))));
        view.told.extend(told);
    }
}

/// Indicators whose past is counted together.
struct Part {
    keys: Vec<ObjectiveKey>,
    counter: Counter,
    cells: CellStore,
    /// What ended before is told by somebody else.
    from: Timestamp,
}

impl Part {
    fn new(definitions: &Arc<Definitions>, keys: Vec<ObjectiveKey>, from: Timestamp, cut: Timestamp) -> Part {
        let definitions = concerned(definitions, &keys);
        let mut cells = CellStore::new();
        cells.define(&definitions, cut);
        let mut counter = Counter::new(&definitions);
        counter.count_for(&cells);
        Part { keys, counter, cells, from }
    }

    fn observe(&mut self, arrived: Timestamp, span: &dyn SpanFields) {
        let is_told = self.from > Timestamp(0) && span.end_us().is_some_and(|us| us < self.from.0 as u64);
        if !self.keys.is_empty() && !is_told {
            self.counter.observe(arrived, span);
        }
    }

    fn settle(&mut self) {
        self.cells.apply(self.counter.take_delta());
    }
}

/// What was said of the past of each indicator.
fn read_said(ledger: &dyn Ledger) -> Result<BTreeMap<ObjectiveKey, String>, LedgerError> {
    let facts = ledger.facts(FACT)?.into_iter();
    Ok(facts.filter_map(|(name, said)| Some((ObjectiveKey::parse(name.strip_prefix(FACT)?)?, said))).collect())
}

/// What is known of the past of indicators that were counted back.
pub(super) fn read_told(ledger: &dyn Ledger) -> Result<BTreeMap<ObjectiveKey, Told>, LedgerError> {
    let said = read_said(ledger)?.into_iter();
    Ok(said.filter_map(|(key, said)| Some((key, Told::read(said.strip_prefix(DONE)?)?))).collect())
}

/// The definitions that count these indicators: their SLOs, and stories with the SLOs that they are of.
fn concerned(definitions: &Arc<Definitions>, keys: &[ObjectiveKey]) -> Definitions {
    let has = |slo: &Slo| {
        slo.objectives.iter().filter_map(|objective| ObjectiveKey::of(&objective.sli)).any(|key| keys.contains(&key))
    };
    let stories: Vec<_> =
        definitions.stories.iter().filter(|story| story.together.as_ref().is_some_and(has)).cloned().collect();
    let of_story = |slo: &Slo| stories.iter().any(|story| story.slos.contains(&slo.name));
    let slos = definitions.slos.iter().filter(|slo| has(slo) || of_story(slo)).cloned().collect();
    Definitions { slos, stories, ..Definitions::default() }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{SLO, World, counts, definitions_of};
    use super::*;

    fn minutes(n: i64) -> DurationUs {
        DurationUs::from_secs(60 * n)
    }

    /// A judge without SLOs counted a hundred spans; then an SLO comes.
    fn world() -> (World, Judge) {
        let world = World::new();
        let judge = world.judge_of(Definitions::default());
        judge.know_past().unwrap();
        world.append(1..101);
        while !judge.count().unwrap().is_up {}
        world.clock.advance(minutes(5));
        judge.load(definitions_of(SLO), Vec::new());
        (world, judge)
    }

    fn caught_up(world: &World, judge: &Judge) -> (u64, u64) {
        world.clock.advance(DurationUs::from_secs(3));
        counts(judge);
        while judge.count_past().unwrap() {}
        counts(judge)
    }

    #[test]
    fn a_new_objective_counts_what_is_stored_of_before_and_each_span_once() {
        let (world, judge) = world();
        world.append(101..111);
        assert_eq!(counts(&judge), (9, 1), "only what came since is counted at once");
        assert_eq!(caught_up(&world, &judge), (99, 11));
        // A sender that never heard the answer sends old and new once more.
        world.append(1..101);
        world.append(101..111);
        assert_eq!(counts(&judge), (99, 11));
        assert!(!judge.count_past().unwrap(), "nothing is counted twice");
    }

    #[test]
    fn sli_1_the_past_is_counted_once_whenever_the_process_ends() {
        let (world, judge) = world();
        world.append(101..111);
        assert_eq!(counts(&judge), (9, 1));
        judge.commit(true).unwrap();
        // It ends before the past is counted.
        drop(judge);
        let judge = world.judge_of(definitions_of(SLO));
        judge.know_past().unwrap();
        assert_eq!(caught_up(&world, &judge), (99, 11));
        // And once more before that is committed.
        drop(judge);
        let judge = world.judge_of(definitions_of(SLO));
        judge.know_past().unwrap();
        assert_eq!(caught_up(&world, &judge), (99, 11));
        judge.commit(true).unwrap();
        drop(judge);
        let judge = world.judge_of(definitions_of(SLO));
        judge.know_past().unwrap();
        assert_eq!(caught_up(&world, &judge), (99, 11));
    }

    #[test]
    fn an_indicator_that_means_something_else_begins_anew_with_its_own_past() {
        let (world, judge) = world();
        assert_eq!(caught_up(&world, &judge), (90, 10));
        let changed = SLO.replace("kind=server !error", "kind=server duration<1s");
        judge.load(definitions_of(&changed), Vec::new());
        assert_eq!(caught_up(&world, &judge), (100, 0));
        // Another target is another reading of the same counts.
        judge.load(definitions_of(&changed.replace("0.9", "0.5")), Vec::new());
        assert_eq!(counts(&judge), (100, 0));
        // And the first meaning still has its own.
        judge.load(definitions_of(SLO), Vec::new());
        assert_eq!(counts(&judge), (90, 10));
    }

    #[test]
    fn where_only_a_share_of_spans_is_stored_the_past_is_not_asked() {
        let world = World::new();
        let judge = world.judge_of(Definitions::default());
        world.append(1..101);
        while !judge.count().unwrap().is_up {}
        judge.load(definitions_of(SLO), Vec::new());
        assert_eq!(caught_up(&world, &judge), (0, 0));
    }
}
