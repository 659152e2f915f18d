//! What an indicator is told of the time before it was defined: stored spans, read once beside the counting.
//!
//! An indicator that is new, or means something else than before, counts what comes from then on. What is stored
//! of earlier is read through by a thread of its own, which takes half of a core, and added in one commit with the
//! fact that it was: a crash before it begins anew, one after it does not repeat it. Past and present meet at an
//! instant of arrival. Spans that came within the horizon before it are remembered by the counter, so that a repeat
//! is told (SLI-1), and traces, requests and messages that were under way then are put together.
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
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Begins the name of the fact that says of an indicator, by its key, from when it counts while its past is still to
/// be counted, and then that it is.
const FACT: &str = "slo/past/";

/// What the fact says once the past is counted.
const DONE: &str = "done";

/// Spans read before the thread rests for as long as that took: some ten milliseconds of work.
const SPANS_PER_STEP: u64 = 20_000;

/// Longest rest: where a step took long because of the disk, resting as long again would make it a crawl.
const REST_MAX: Duration = Duration::from_millis(100);

/// How long after a failed attempt it is tried again. A disk that cannot be read is not read at once.
const RETRY_AFTER: Duration = Duration::from_secs(60);

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
        let cut = whole_second(self.clock.now());
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
                    past.unsaid.insert(key, cut.0.to_string());
                    cut
                }
            };
            past.from.insert(key, at);
            past.wanted.insert(key, at);
            counter.count_from(key, at);
        }
    }

    /// Counts wanted pasts until the judge is stopped.
    pub(super) fn follow_past(&self) {
        while !self.is_stopping() {
            let wait = match self.count_past() {
                Ok(_) => LOOK_EVERY,
                Err(error) => {
                    tracing::warn!(%error, "the past of new objectives cannot be counted; it is tried again in a minute");
                    RETRY_AFTER
                }
            };
            self.wait(wait);
        }
    }

    /// Waits, but not for longer than the judge goes on.
    fn wait(&self, length: Duration) {
        let until = Instant::now() + length;
        while !self.is_stopping() && Instant::now() < until {
            std::thread::sleep(LOOK_EVERY.min(until.saturating_duration_since(Instant::now())));
        }
    }

    fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Counts one wanted past, if there is one; whether there was.
    pub fn count_past(&self) -> Result<bool, JudgeError> {
        let (cut, keys, position, groups) = {
            let counting = self.counting();
            let Some((cut, keys)) = counting.past.next(self.watermark()) else { return Ok(false) };
            (cut, keys, counting.position.clone(), counting.counter.groups().clone())
        };
        let definitions = concerned(&self.definitions(), &keys);
        let mut cells = CellStore::new();
        cells.define(&definitions, cut);
        let mut counter = Counter::new(&definitions);
        cells.restore_groups(&groups);
        counter.restore_groups(&groups);
        counter.count_for(&cells);
        let (mut n_spans, mut pace) = (0u64, Pace::new(&self.stopping));
        self.feed.read_back(Timestamp(0), &position, &mut |arrived, span| {
            if arrived < cut {
                counter.observe(arrived, span);
                n_spans += 1;
            }
            pace.step(|| cells.apply(counter.take_delta()))
        })?;
        if self.is_stopping() {
            return Ok(true);
        }
        cells.apply(counter.take_delta());
        let mut counting = self.counting();
        let of_groups = counting.counter.adopt(counter, &keys);
        let delta = counting.counter.take_delta();
        counting.new_groups.extend(delta.groups().iter().map(|(of, value)| super::groups::fact_of(*of, value)));
        {
            let mut view = self.view_mut();
            let same: Vec<(ObjectiveKey, ObjectiveKey)> = keys.iter().map(|key| (*key, *key)).collect();
            view.cells.absorb(&cells, &same);
            // Traces and requests that were under way at the cut were counted twice, and are put together here.
            view.cells.apply(delta);
            view.cells.absorb(&cells, &of_groups);
        }
        counting.past.wanted.retain(|key, _| !keys.contains(key));
        counting.past.unsaid.extend(keys.iter().map(|key| (*key, DONE.to_owned())));
        tracing::info!(spans = n_spans, objectives = keys.len(), "what was stored before new objectives is counted");
        Ok(true)
    }
}

/// The first whole second from an instant on. Blocks tell arrivals by the second, rounded down: only there does a span
/// stand on the same side of the cut whether it is read from a block or from the inbox.
fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp::from_secs((at.0 + 999_999).div_euclid(1_000_000))
}

/// How fast stored spans are read: half of a core, and no longer than the judge goes on. A span that is skipped is
/// read too, so it counts as any other.
struct Pace<'s> {
    stopping: &'s AtomicBool,
    n_read: u64,
    rested: Instant,
}

impl Pace<'_> {
    fn new(stopping: &AtomicBool) -> Pace<'_> {
        Pace { stopping, n_read: 0, rested: Instant::now() }
    }

    /// One more span was read; `at_rest` is done before a rest. Whether to go on.
    fn step(&mut self, at_rest: impl FnOnce()) -> ControlFlow<()> {
        self.n_read += 1;
        if self.n_read.is_multiple_of(SPANS_PER_STEP) {
            at_rest();
            std::thread::sleep(rest_after(self.rested.elapsed()));
            self.rested = Instant::now();
        }
        if self.stopping.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// How long to rest after so much work.
fn rest_after(work: Duration) -> Duration {
    work.min(REST_MAX)
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
pub(super) mod tests {
    use super::super::tests::{SLO, World, counts, definitions_of};
    use super::*;
    use nines_base::Clock;

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

    pub(in super::super) fn caught_up(world: &World, judge: &Judge) -> (u64, u64) {
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

    /// Blocks know the second of an arrival only, rounded down.
    #[test]
    fn past_and_present_meet_at_a_whole_second() {
        let world = World::new();
        let judge = world.judge_of(Definitions::default());
        judge.know_past().unwrap();
        world.clock.advance(DurationUs(400_000));
        judge.load(definitions_of(SLO), Vec::new());
        world.clock.advance(DurationUs(300_000));
        world.append(1..11);
        assert_eq!(counts(&judge), (0, 0), "of the second of the cut, all is past");
        world.clock.advance(DurationUs(300_000));
        world.append(11..21);
        assert_eq!(counts(&judge), (9, 1));
        assert_eq!(caught_up(&world, &judge), (18, 2));
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

    /// Spans of a client, each asked for once more a second later; the first of them failed.
    fn attempts(world: &World, ids: std::ops::Range<u64>, nth: i64) {
        let spans: Vec<String> = ids
            .map(|id| {
                let (start, tags) = (world.clock.now().0 - 10_000_000 + nth * 1_000_000, [r#","tags":{"error":"x"}"#, ""]);
                format!(
                    r#"{{"traceId":"{id:x}","id":"{:x}","parentId":"{id:x}","kind":"CLIENT","timestamp":{start},"duration":10,"localEndpoint":{{"serviceName":"shop"}}{}}}"#,
                    id << 8 | nth as u64, tags[nth as usize]
                )
            })
            .collect();
        world.append_spans(&spans);
    }

    #[test]
    fn what_is_under_way_where_the_past_ends_is_put_together() {
        let world = World::new();
        let judge = world.judge_of(Definitions::default());
        judge.know_past().unwrap();
        attempts(&world, 1..11, 0);
        while !judge.count().unwrap().is_up {}
        let retried =
            SLO.replace("kind=server", "kind=client").replace("kind=client' }", "kind=client', retries: last }");
        judge.load(definitions_of(&retried), Vec::new());
        attempts(&world, 1..11, 1);
        world.clock.advance(minutes(2));
        assert_eq!(counts(&judge), (10, 0), "what comes now is not known to be attempts at something older");
        assert_eq!(caught_up(&world, &judge), (10, 0), "a request each, and none that failed");
        judge.commit(true).unwrap();
        drop(judge);
        let judge = world.judge_of(definitions_of(&retried));
        judge.know_past().unwrap();
        assert_eq!(caught_up(&world, &judge), (10, 0));
    }

    #[test]
    fn every_span_that_is_read_counts_for_rests_and_is_where_a_stop_is_heeded() {
        let stopping = AtomicBool::new(false);
        let (mut pace, mut n_rests) = (Pace::new(&stopping), 0);
        for _ in 0..2 * SPANS_PER_STEP {
            assert!(pace.step(|| n_rests += 1).is_continue());
        }
        assert_eq!(n_rests, 2);
        stopping.store(true, Ordering::Relaxed);
        assert!(pace.step(|| ()).is_break());
        assert_eq!(rest_after(Duration::from_millis(30)), Duration::from_millis(30));
        assert_eq!(rest_after(Duration::from_secs(30)), REST_MAX, "a slow disk does not make it a crawl");
    }
}
