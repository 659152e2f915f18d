//! What an indicator is told of the time before it was defined: stored spans, read once beside the counting.
//!
//! An indicator that is new, or means something else than before, counts what comes from then on. What is stored
//! of earlier is read through by a thread of its own, which takes half of a core, and added in one commit with the
//! fact that it was: a crash before it begins anew, one after it does not repeat it. Past and present meet at an
//! instant of arrival. Spans that came within the horizon before it are remembered by the counter, so that a repeat
//! is told (SLI-1); a trace of a story that was under way then may count as two.
//!
//! Only where every span is stored does the store know the past: with a share of traces it is not asked.

use super::{Counting, Judge, JudgeError, View};
use nines_base::{DurationUs, Timestamp};
use nines_slo::cells::CellStore;
use nines_slo::count::Counter;
use nines_slo::key::ObjectiveKey;
use nines_slo::model::{Definitions, Slo};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Begins the name of the fact that says of an indicator, by its key, from when it counts while its past is still to
/// be counted, and then that it is.
const FACT: &str = "slo/past/";

/// What the fact says once the past is counted.
const DONE: &str = "done";

/// Spans read before the thread rests for as long as that took: some ten milliseconds of work.
const SPANS_PER_STEP: u64 = 20_000;

/// A span that came before an instant is durable this much later at the latest.
const DURABLE_AFTER: DurationUs = DurationUs::from_secs(2);

/// How often the thread looks whether there is anything to do.
const LOOK_EVERY: Duration = Duration::from_millis(500);

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
        let facts = self.ledger.facts(FACT)?.into_iter();
        Ok(facts.filter_map(|(name, said)| Some((ObjectiveKey::parse(name.strip_prefix(FACT)?)?, said))).collect())
    }

    /// Notes of which indicators the past is wanted: those that nothing was ever counted or said of, and those whose
    /// past was wanted when the process ended.
    pub(super) fn ask_for_past(&self, counting: &mut Counting, view: &View, said: &BTreeMap<ObjectiveKey, String>) {
        if !counting.past.is_known {
            return;
        }
        let now = self.clock.now();
        let Counting { past, counter, .. } = counting;
        let of_spans = view.definitions.counted().filter(|(_, objective)| objective.sli.is_of_spans());
        for key in of_spans.filter_map(|(_, objective)| ObjectiveKey::of(&objective.sli)) {
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

    /// Counts wanted pasts until the judge is stopped.
    pub(super) fn follow_past(&self) {
        while !self.stopping.load(Ordering::Relaxed) {
            if let Err(error) = self.count_past() {
                tracing::warn!(%error, "the past of new objectives cannot be counted; it is tried again");
            }
            std::thread::sleep(LOOK_EVERY);
        }
    }

    /// Counts one wanted past, if there is one; whether there was.
    pub fn count_past(&self) -> Result<bool, JudgeError> {
        let (cut, keys, position) = {
            let counting = self.counting();
            let Some((cut, keys)) = counting.past.next(self.watermark()) else { return Ok(false) };
            (cut, keys, counting.position.clone())
        };
        let definitions = concerned(&self.definitions(), &keys);
        let mut cells = CellStore::new();
        cells.define(&definitions, cut);
        let mut counter = Counter::new(&definitions);
        counter.count_for(&cells);
        let (mut n_spans, mut rested) = (0u64, Instant::now());
        self.feed.read_back(Timestamp(0), &position, &mut |arrived, span| {
            if arrived >= cut {
                return ControlFlow::Continue(());
            }
            counter.observe(arrived, span);
            n_spans += 1;
            if n_spans % SPANS_PER_STEP == 0 {
                cells.apply(counter.take_delta());
                std::thread::sleep(rested.elapsed());
                rested = Instant::now();
            }
            if self.stopping.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        if self.stopping.load(Ordering::Relaxed) {
            return Ok(true);
        }
        cells.apply(counter.take_delta());
        let mut counting = self.counting();
        counting.counter.adopt(&counter);
        self.view_mut().cells.absorb(&cells, &keys);
        counting.past.wanted.retain(|key, _| !keys.contains(key));
        counting.past.unsaid.extend(keys.iter().map(|key| (*key, DONE.to_owned())));
        tracing::info!(spans = n_spans, objectives = keys.len(), "what was stored before new objectives is counted");
        Ok(true)
    }
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
