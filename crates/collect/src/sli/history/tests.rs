use super::super::past::tests::caught_up;
use super::super::tests::{SLO, START, World, definitions_of};
use super::*;
use nines_base::{Clock, DurationUs};
use nines_slo::model::Definitions;
use nines_storage::StoreError;
use nines_storage::histograms::{HistogramMeasure, KeptSlice, SliceId, SliceSums, Tier};
use std::ops::Range;
use std::sync::Mutex;

/// Slices in memory.
#[derive(Default)]
struct Shelf(Mutex<BTreeMap<SliceId, SliceSums>>);

impl Histograms for Shelf {
    fn slices(&self) -> Vec<KeptSlice> {
        self.0.lock().unwrap().iter().map(|(id, sums)| KeptSlice { id: *id, n_parts: sums.n_parts }).collect()
    }
    fn read(&self, id: SliceId) -> Result<Option<SliceSums>, StoreError> {
        Ok(self.0.lock().unwrap().get(&id).cloned())
    }
    fn append(&self, id: SliceId, sums: &SliceSums) -> Result<(), StoreError> {
        assert!(self.0.lock().unwrap().insert(id, sums.clone()).is_none(), "HIST-2");
        Ok(())
    }
    fn retain(&self, now: Timestamp) -> Result<(), StoreError> {
        self.0.lock().unwrap().retain(|id, _| id.end() + id.tier.keep() >= now);
        Ok(())
    }
    fn measure(&self) -> HistogramMeasure {
        HistogramMeasure::default()
    }
}

fn minutes(n: i64) -> DurationUs {
    DurationUs::from_secs(60 * n)
}

/// A start of the process over this history.
fn start(world: &World, shelf: &Arc<Shelf>, definitions: Definitions) -> Judge {
    let judge = world.judge_of(definitions);
    judge.keep_history(History::new(world.store.clone(), shelf.clone())).unwrap();
    judge.know_past().unwrap();
    judge
}

fn sum_all(judge: &Judge) {
    while judge.sum_history().unwrap() {}
}

/// Ten spans of the shop each minute, each tenth failed; then silence until all of it is summed.
fn shop_hours(world: &World, judge: &Judge, hours: i64) {
    for minute in 0..hours as u64 * 60 {
        world.append(minute * 10 + 1..minute * 10 + 11);
        while !judge.count().unwrap().is_up {}
        judge.commit(true).unwrap();
        world.clock.advance(minutes(1));
        sum_all(judge);
    }
    world.clock.advance(minutes(90));
    sum_all(judge);
}

/// Spans of [`shop_hours`] in the five minutes in the midst of which the store began: these are not summed.
fn before_first_slice() -> u64 {
    10 * ((Tier::FiveMinutes.begin_after(START) - START).0 as u64).div_ceil(60_000_000)
}

/// Spans of another service, so many that the store lets go of the oldest.
fn crowd(world: &World, judge: &Judge, ids: Range<u64>) {
    for ids in ids.collect::<Vec<_>>().chunks(100) {
        let span = |id: &u64| {
            let at = world.clock.now().0 - 10;
            format!(
                r#"{{"traceId":"{id:x}","id":"{id:x}","timestamp":{at},"duration":9,"localEndpoint":{{"serviceName":"bank"}}}}"#
            )
        };
        world.append_spans(&ids.iter().map(span).collect::<Vec<_>>());
        while !judge.count().unwrap().is_up {}
        judge.commit(true).unwrap();
    }
}

fn over_days(text: &str) -> String {
    text.replace("duration: 1h", "duration: 7d")
}

#[test]
fn an_objective_that_comes_when_its_spans_are_gone_has_exactly_what_they_would_have_counted() {
    let (world, shelf) = (World::new(), Arc::new(Shelf::default()));
    let judge = start(&world, &shelf, Definitions::default());
    shop_hours(&world, &judge, 3);
    crowd(&world, &judge, 100_000..101_100);
    assert!(world.store.operations("shop").unwrap().is_empty(), "no span of it is stored any more");
    judge.load(definitions_of(&over_days(SLO)), Vec::new());
    let n_before = before_first_slice();
    let (good, bad) = caught_up(&world, &judge);
    assert_eq!(good + bad, 1800 - n_before);
    assert_eq!(bad, (good + bad) / 10);
    let standing = judge.standings().remove(0);
    assert!(standing.told.is_some_and(|told| told.is_exact && told.recalled_until.is_some()));
    assert!(!standing.status.is_estimate);
    assert!(standing.told.unwrap().from <= Tier::FiveMinutes.begin_after(START));
    // A restart neither repeats nor forgets it, whether or not it was committed.
    drop(judge);
    let judge = start(&world, &shelf, definitions_of(&over_days(SLO)));
    assert_eq!(caught_up(&world, &judge), (good, bad));
    judge.commit(true).unwrap();
    drop(judge);
    let judge = start(&world, &shelf, definitions_of(&over_days(SLO)));
    assert_eq!(caught_up(&world, &judge), (good, bad));
    assert!(judge.standings()[0].told.is_some());
}

#[test]
fn sli_1_no_event_is_counted_by_histograms_and_by_spans() {
    let (world, shelf) = (World::new(), Arc::new(Shelf::default()));
    let judge = start(&world, &shelf, Definitions::default());
    shop_hours(&world, &judge, 3);
    // Half of the shop's spans are still stored.
    let n_stored = || world.store.stats().spans;
    assert_eq!(n_stored(), 1000, "the newest of 1800");
    judge.load(definitions_of(&over_days(SLO)), Vec::new());
    let n_before = before_first_slice();
    let (good, bad) = caught_up(&world, &judge);
    assert_eq!(good + bad, 1800 - n_before);
    // Nothing changes where it is spans alone that can say.
    let with_tag = over_days(SLO).replace("kind=server !error", "kind=server !@error");
    judge.load(definitions_of(&with_tag), Vec::new());
    let (good, bad) = caught_up(&world, &judge);
    assert_eq!(good + bad, 1000);
    let told = judge.standings()[0].told.unwrap();
    assert!(told.from > START + minutes(60), "it says that its history begins with the oldest stored span");
}

#[test]
fn durations_are_estimates_up_to_where_spans_are_stored_unless_no_limit_cuts_a_bucket() {
    let (world, shelf) = (World::new(), Arc::new(Shelf::default()));
    let judge = start(&world, &shelf, Definitions::default());
    let span = |id: u64, us: u64| {
        let at = world.clock.now().0 - us as i64;
        format!(
            r#"{{"traceId":"{id:x}","id":"{id:x}","kind":"SERVER","timestamp":{at},"duration":{us},"localEndpoint":{{"serviceName":"shop"}}}}"#
        )
    };
    world.append(999_999..1_000_000);
    world.clock.advance(minutes(10));
    world.append_spans(&(1..101).map(|id| span(id, 390_000 + id * 200)).collect::<Vec<_>>());
    while !judge.count().unwrap().is_up {}
    world.clock.advance(minutes(90));
    sum_all(&judge);
    crowd(&world, &judge, 100_000..101_100);
    let faster_than = |limit: &str| {
        let fast = format!("kind=server duration<{limit}");
        let slo = definitions_of(&over_days(SLO).replace("kind=server !error", &fast));
        judge.load(slo, Vec::new());
        let counts = caught_up(&world, &judge);
        (counts, judge.standings()[0].status.is_estimate)
    };
    assert_eq!(faster_than("1s"), ((100, 0), false));
    assert_eq!(faster_than("100ms"), ((0, 100), false));
    // Half of them are below. The bucket from 393216 to 409599 µs is cut, and is taken to be even.
    let ((good, bad), is_estimate) = faster_than("400ms");
    assert_eq!((good + bad, is_estimate), (100, true));
    assert!((45..=55).contains(&good), "{good}");
    // When the window has left that time behind, it is no estimate any more.
    world.clock.advance(DurationUs::from_secs(8 * 86_400));
    crowd(&world, &judge, 200_000..200_001);
    assert!(!judge.standings()[0].status.is_estimate);
}

#[test]
fn an_objective_that_is_judged_by_slices_is_an_estimate_where_only_the_hour_is_known() {
    let (world, shelf) = (World::new(), Arc::new(Shelf::default()));
    let judge = start(&world, &shelf, Definitions::default());
    shop_hours(&world, &judge, 3);
    crowd(&world, &judge, 100_000..101_100);
    let by_slices = over_days(SLO)
        .replace("Occurrences", "Timeslices")
        .replace("target: 0.9", "target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: 1m");
    judge.load(definitions_of(&by_slices), Vec::new());
    caught_up(&world, &judge);
    let standing = judge.standings().remove(0);
    assert!(standing.told.is_some_and(|told| told.is_exact) && standing.status.is_estimate);
}

#[test]
fn what_is_told_reads_back_as_it_was_written() {
    for recalled_until in [None, Some(START)] {
        for is_exact in [false, true] {
            let told = Told { from: START, recalled_until, is_exact };
            assert_eq!(Told::read(&told.write()), Some(told));
        }
    }
    assert_eq!(Told::read(""), None, "as earlier versions said it");
}

#[test]
fn a_time_in_which_the_store_had_a_share_is_never_summed() {
    let (world, shelf) = (World::new(), Arc::new(Shelf::default()));
    let judge = start(&world, &shelf, Definitions::default());
    world.append(1..11);
    while !judge.count().unwrap().is_up {}
    drop(judge);
    let judge = world.judge_of(Definitions::default());
    judge.note_share().unwrap();
    world.clock.advance(minutes(60));
    world.append(11..21);
    while !judge.count().unwrap().is_up {}
    drop(judge);
    world.clock.advance(minutes(60));
    for _ in 0..2 {
        let judge = start(&world, &shelf, Definitions::default());
        sum_all(&judge);
        assert!(shelf.slices().is_empty(), "the fact outlives the start after it");
    }
    let judge = start(&world, &shelf, Definitions::default());
    world.append(21..31);
    while !judge.count().unwrap().is_up {}
    world.clock.advance(minutes(60));
    sum_all(&judge);
    let n_spans = |id: SliceId| shelf.read(id).unwrap().unwrap().n_spans();
    let summed = shelf.slices().into_iter().filter(|slice| slice.id.tier == Tier::FiveMinutes);
    assert_eq!(summed.map(|slice| n_spans(slice.id)).sum::<u64>(), 0, "it began in the midst of a slice");
    // And the past of what is new begins there, too.
    judge.load(definitions_of(&over_days(SLO)), Vec::new());
    assert_eq!(caught_up(&world, &judge), (9, 1));
}

#[test]
fn hist_3_hours_hold_what_their_slices_held() {
    let (world, shelf) = (World::new(), Arc::new(Shelf::default()));
    let judge = start(&world, &shelf, Definitions::default());
    shop_hours(&world, &judge, 4);
    let slices = shelf.slices();
    let of = |tier: Tier| slices.iter().filter(move |slice| slice.id.tier == tier).map(|slice| slice.id);
    assert!(of(Tier::Hour).count() >= 4);
    for hour in of(Tier::Hour) {
        let parts: Vec<SliceSums> = of(Tier::FiveMinutes)
            .filter(|id| id.whole() == Some(hour))
            .map(|id| shelf.read(id).unwrap().unwrap())
            .collect();
        assert_eq!(shelf.read(hour).unwrap(), Some(SliceSums::join(&parts)));
    }
}

#[test]
fn sli_1_spans_under_way_where_histograms_end_are_counted_once() {
    let (world, shelf) = (World::new(), Arc::new(Shelf::default()));
    let judge = start(&world, &shelf, Definitions::default());
    let took = minutes(10);
    let mut started = Vec::new();
    for minute in 0..180u64 {
        let at = world.clock.now() - took;
        let span = |id: u64| {
            format!(
                r#"{{"traceId":"{id:x}","id":"{id:x}","kind":"SERVER","timestamp":{},"duration":{},"localEndpoint":{{"serviceName":"shop"}}}}"#,
                at.0, took.0
            )
        };
        world.append_spans(&(minute * 10 + 1..minute * 10 + 11).map(span).collect::<Vec<_>>());
        started.extend([at; 10]);
        while !judge.count().unwrap().is_up {}
        judge.commit(true).unwrap();
        world.clock.advance(minutes(1));
        sum_all(&judge);
    }
    world.clock.advance(minutes(90));
    sum_all(&judge);
    judge.load(definitions_of(&over_days(SLO)), Vec::new());
    let first_slice = Tier::FiveMinutes.begin_after(START);
    let told = started.iter().filter(|at| **at >= first_slice).count() as u64;
    assert_eq!(caught_up(&world, &judge), (told, 0));
}
