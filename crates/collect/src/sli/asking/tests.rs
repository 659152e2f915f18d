use super::super::tests::{START, World, definitions_of};
use super::*;
use nines_base::Clock;
use nines_slo::status::Status;
use std::sync::Condvar;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

const SLO: &str = "apiVersion: openslo/v1
kind: Service
metadata: { name: shop }
---
apiVersion: openslo/v1
kind: DataSource
metadata: { name: metrics }
spec: { type: Prometheus, connectionDetails: { url: 'http://prometheus:9090' } }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: shop-availability }
spec:
  service: shop
  indicator:
    metadata: { name: shop-availability }
    spec:
      ratioMetric:
        counter: true
        bad:   { metricSource: { metricSourceRef: metrics, spec: { query: bad } } }
        total: { metricSource: { metricSourceRef: metrics, spec: { query: all } } }
  timeWindow: [ { duration: 28d, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: 0.99 } ]
";

/// Since when the source knows anything, in seconds.
const KNOWN_S: i64 = START.0 / 1_000_000 - 5 * 86_400;

/// A Prometheus that scraped for five days before [`START`]: a hundred events a minute, every fifth one bad in the first
/// quarter of each hour.
#[derive(Default)]
struct Fake {
    is_down: AtomicBool,
    n_asked: AtomicU64,
    asked: Mutex<Vec<(String, QueryRange)>>,
    /// A query that is not answered as others are.
    wrong: Mutex<Option<(String, Unanswered)>>,
}

fn all_until(second: i64) -> f64 {
    ((second - KNOWN_S) * 100 / 60) as f64
}

fn bad_until(second: i64) -> f64 {
    (KNOWN_S..second).step_by(60).filter(|at| at % 3600 < 900).count() as f64 * 20.0
}

impl RangeQueries for Fake {
    fn ask(&self, source: &DataSource, query: &str, range: QueryRange) -> Result<Vec<Series>, Unanswered> {
        assert_eq!(source.url, "http://prometheus:9090");
        self.n_asked.fetch_add(1, Ordering::Relaxed);
        self.asked.lock().unwrap().push((query.to_owned(), range));
        if self.is_down.load(Ordering::Relaxed) {
            return Err(Unanswered::Silent("no connection".into()));
        }
        if let Some(wrong) = self.wrong.lock().unwrap().as_ref().filter(|(of, _)| of == query) {
            return Err(wrong.1.clone());
        }
        let instants = (range.from_s..=range.upto_s).step_by(range.step_s as usize);
        let of = |second: i64| if query.starts_with("all") { all_until(second) } else { bad_until(second) };
        Ok(vec![instants.map(|second| (second >= KNOWN_S).then(|| of(second))).collect()])
    }
}

/// Two sources, of which one does not answer until it is told to.
#[derive(Default)]
struct Stuck {
    is_released: Mutex<bool>,
    bell: Condvar,
    asked: Mutex<Vec<String>>,
}

impl Stuck {
    fn n_asked(&self, source: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|asked| *asked == source).count()
    }

    fn release(&self) {
        *self.is_released.lock().unwrap() = true;
        self.bell.notify_all();
    }
}

impl RangeQueries for Stuck {
    fn ask(&self, source: &DataSource, _: &str, _: QueryRange) -> Result<Vec<Series>, Unanswered> {
        self.asked.lock().unwrap().push(source.name.clone());
        if source.name == "stuck" {
            let released = self.bell.wait_while(self.is_released.lock().unwrap(), |is_released| !*is_released);
            drop(released.unwrap());
        }
        Err(Unanswered::Refused("it knows nothing".into()))
    }
}

#[test]
fn a_source_that_does_not_answer_holds_up_no_other() {
    let first = SLO.split("---").nth(1).unwrap();
    let of_stuck = two().split("---").last().unwrap().replace("metricSourceRef: metrics", "metricSourceRef: stuck");
    let text = format!("{SLO}---{}---{of_stuck}", first.replace("name: metrics", "name: stuck"));
    let world = World::new();
    let (judge, sources) = (Arc::new(world.judge_of(definitions_of(&text))), Arc::new(Stuck::default()));
    let asking = AskingThread::start(Arc::new(Asker::new(judge, sources.clone()))).unwrap();
    let deadline = Instant::now() + Duration::from_secs(60);
    for n_looks in 1..=2 {
        while sources.n_asked("metrics") < n_looks || sources.n_asked("stuck") == 0 {
            assert!(Instant::now() < deadline, "{:?}", sources.asked);
            std::thread::sleep(Duration::from_millis(50));
        }
        world.clock.advance(DurationUs::from_secs(60));
    }
    assert_eq!(sources.n_asked("stuck"), 1, "one thread asks it");
    sources.release();
    drop(asking);
}

struct Asked {
    world: World,
    source: Arc<Fake>,
    judge: Arc<Judge>,
    asker: Asker,
}

impl Asked {
    fn new() -> Asked {
        let world = World::new();
        let source = Arc::new(Fake::default());
        let (judge, asker) = started(&world, &source);
        Asked { world, source, judge, asker }
    }

    /// With a second objective after the first, of queries of its own.
    fn with_a_second() -> Asked {
        let asked = Asked::new();
        asked.redefine(&two());
        asked
    }

    fn redefine(&self, text: &str) {
        self.judge.load(definitions_of(text), Vec::new());
    }

    fn is_wrong(&self, query: &str, unanswered: Unanswered) {
        *self.source.wrong.lock().unwrap() = Some((query.to_owned(), unanswered));
    }

    fn state(&self) -> SourceState {
        self.asker.states().remove(0)
    }

    fn status_of(&self, slo: &str) -> Status {
        let standings = self.judge.standings();
        standings.into_iter().find(|standing| standing.slo.name == slo).unwrap().status
    }

    /// What a start of the process does.
    fn restart(&mut self) {
        (self.judge, self.asker) = started(&self.world, &self.source);
    }

    fn advance(&self, seconds: i64) {
        for _ in 0..seconds / 5 {
            self.world.clock.advance(DurationUs::from_secs(5));
            self.look();
        }
    }

    /// What the threads do.
    fn look(&self) {
        self.judge.count().unwrap();
        self.judge.beat(true);
        self.asker.looks().iter().for_each(|look| self.asker.look(look));
        self.judge.evaluate().unwrap();
    }

    fn status(&self) -> Status {
        self.judge.standings()[0].status.clone()
    }

    fn counts(&self) -> (u64, u64) {
        let events = self.status().measure.events;
        (events.good, events.bad)
    }
}

/// [`SLO`] with a second SLO, asked for after the first.
fn two() -> String {
    let first = SLO.rsplit("---").next().unwrap();
    let second = first.replace("shop-availability", "shop-baskets").replace("query: bad", "query: bad_baskets");
    format!("{SLO}---{}", second.replace("query: all", "query: all_baskets"))
}

fn started(world: &World, source: &Arc<Fake>) -> (Arc<Judge>, Asker) {
    let judge = Arc::new(world.judge_of(definitions_of(SLO)));
    (judge.clone(), Asker::new(judge, source.clone()))
}

#[test]
fn a_source_is_asked_for_what_it_knows_of_the_past_and_then_for_each_minute() {
    let asked = Asked::new();
    asked.advance(60);
    let status = asked.status();
    assert!(status.is_estimate && !status.is_unanswered);
    // Two days of a hundred a minute; 48 quarters of an hour with twenty bad ones a minute.
    let (good, bad) = asked.counts();
    assert!((good + bad).abs_diff(288_000) <= 100, "{good} {bad}");
    assert!(bad.abs_diff(48 * 15 * 20) <= 40, "{bad}");
    assert_eq!(status.coverage.ratio(), Some(1.0));
    let before = asked.source.n_asked.load(Ordering::Relaxed);
    asked.advance(600);
    let (later_good, later_bad) = asked.counts();
    assert_eq!((later_good + later_bad) - (good + bad), 1000);
    let n_asked = asked.source.n_asked.load(Ordering::Relaxed) - before;
    assert_eq!(n_asked, 2 * 10, "two queries a minute");
    let ranges = asked.source.asked.lock().unwrap();
    let (_, last) = &ranges[ranges.len() - 1];
    let before = asked::SLICES_BEFORE as i64;
    assert_eq!((last.upto_s - last.from_s) / 60, ASKED_AGAIN + before, "with the minutes before, in one query");
    assert_eq!(asked.asker.states()[0].failing, None);
}

#[test]
fn an_outage_is_a_gap_that_freezes_and_is_filled_when_the_source_answers_again() {
    let asked = Asked::new();
    asked.advance(120);
    asked.source.is_down.store(true, Ordering::Relaxed);
    asked.advance(1800);
    let status = asked.status();
    assert!(status.is_unanswered);
    let page = &status.alerts[0].conditions[0];
    assert!(page.coverage.ratio().unwrap() < 0.6, "{:?}", page.coverage);
    assert_eq!(page.short_coverage.ratio(), Some(0.0));
    let state = &asked.asker.states()[0];
    assert_eq!(state.failing.as_ref().map(|(_, reason)| reason.as_str()), Some("no connection"));
    let frozen = asked.judge.alerts();
    let page = frozen.alerts().find(|(key, _)| key.severity == "page").map(|(_, alert)| alert.state.word());
    assert_eq!(page, Some("frozen"));
    let unmeasured = asked.judge.alerts().alerts().any(|(key, _)| key.severity == "unmeasured");
    assert!(unmeasured, "somebody is told");

    asked.source.is_down.store(false, Ordering::Relaxed);
    asked.advance(30);
    let status = asked.status();
    assert!(!status.is_unanswered);
    assert_eq!((status.coverage.ratio(), asked.asker.states()[0].failing.clone()), (Some(1.0), None));
    let whole = Asked::new();
    whole.advance(120 + 1800 + 30);
    assert_eq!(asked.counts(), whole.counts(), "as if it had never been down");
}

#[test]
fn sli_1_an_answer_counts_once_whether_or_not_it_was_committed() {
    let mut asked = Asked::new();
    asked.advance(600);
    asked.judge.commit(true).unwrap();
    asked.advance(600);
    let counted = asked.counts();
    // The process ends before the last ten minutes are committed, and once more after.
    asked.restart();
    asked.look();
    assert_eq!(asked.counts(), counted);
    asked.judge.commit(true).unwrap();
    asked.restart();
    let before = asked.source.n_asked.load(Ordering::Relaxed);
    asked.look();
    assert_eq!(asked.counts(), counted);
    assert_eq!(asked.source.n_asked.load(Ordering::Relaxed) - before, 2, "nothing is asked but the newest minutes");
}

#[test]
fn what_was_missed_longer_ago_than_is_caught_up_stays_a_gap() {
    let mut asked = Asked::new();
    asked.advance(60);
    asked.judge.commit(true).unwrap();
    asked.world.clock.advance(DurationUs::from_secs(3 * 86_400));
    asked.restart();
    asked.look();
    let week = Stretch::last(DurationUs::from_secs(7 * 86_400), asked.world.clock.now());
    let key = ObjectiveKey::of(&asked.judge.standings()[0].objective.sli).unwrap();
    let coverage = asked.judge.view().cells.answered(key, week);
    let minutes = |us: u64| us / 60_000_000;
    // It was asked for two days; of the three that it was not, two are asked for.
    assert_eq!(minutes(coverage.unmeasured_us) / 60, 24);
    assert_eq!(minutes(coverage.measured_us) / 60, 48 + 48);
}

#[test]
fn a_source_that_lost_its_past_does_not_unsay_what_is_known() {
    let asked = Asked::new();
    asked.advance(600);
    let counted = asked.counts();
    let key = ObjectiveKey::of(&asked.judge.standings()[0].objective.sli).unwrap();
    let wanted = wanted(&asked.judge.definitions()).remove(0);
    assert_eq!(wanted.key, key);
    let end = asked.judge.asked_upto(&wanted).unwrap();
    asked.judge.replace(&wanted, end - 100, (0..100).map(|_| None));
    assert_eq!(asked.counts(), counted);
}

#[test]
fn a_query_that_is_refused_fails_its_own_objective_and_no_other() {
    let asked = Asked::with_a_second();
    asked.is_wrong("bad", Unanswered::Refused("status 400: parse error".into()));
    asked.advance(600);
    let (wrong, right) = (asked.status_of("shop-availability"), asked.status_of("shop-baskets"));
    assert!(!right.is_unanswered && right.measure.events.valid() > 200_000, "{:?}", right.measure);
    assert_eq!((right.coverage.ratio(), wrong.measure.events.valid()), (Some(1.0), 0));
    let state = asked.state();
    assert_eq!(state.failing, None);
    let told: Vec<(&str, &str)> =
        state.refused.iter().map(|(name, (_, reason))| (name.as_str(), reason.as_str())).collect();
    assert_eq!(told, [("shop-availability", "status 400: parse error")]);
    let since = state.refused["shop-availability"].0;
    asked.advance(60);
    assert_eq!(asked.state().refused["shop-availability"].0, since);
    *asked.source.wrong.lock().unwrap() = None;
    asked.advance(30);
    assert!(asked.state().refused.is_empty());
    let caught_up = asked.status_of("shop-availability").measure.events.valid();
    assert_eq!(caught_up, CATCH_UP_SLICES_MAX as u64 * 100, "what was missed is asked for");
}

#[test]
fn a_source_that_refused_and_then_falls_silent_is_silent() {
    let asked = Asked::new();
    asked.is_wrong("all", Unanswered::Refused("status 503: starting".into()));
    asked.advance(120);
    assert_eq!((asked.state().failing, asked.state().refused.len()), (None, 1));
    asked.source.is_down.store(true, Ordering::Relaxed);
    asked.advance(30);
    assert!(asked.state().failing.is_some());
}

#[test]
fn a_query_at_which_the_source_falls_silent_starves_nobody_and_the_source_fails_once_at_most() {
    let asked = Asked::with_a_second();
    asked.advance(120);
    asked.is_wrong("all", Unanswered::Silent("no answer within 10 s".into()));
    let (mut n_changes, mut was_failing) = (0, false);
    for _ in 0..240 {
        asked.advance(5);
        let is_failing = asked.state().failing.is_some();
        n_changes += usize::from(is_failing != was_failing);
        was_failing = is_failing;
    }
    assert!(n_changes <= 2 && !was_failing, "{n_changes}");
    assert!(asked.state().refused.contains_key("shop-availability"));
    let (wrong, right) = (asked.status_of("shop-availability"), asked.status_of("shop-baskets"));
    assert!(wrong.is_unanswered && !right.is_unanswered);
    assert_eq!(right.coverage.ratio(), Some(1.0));
    // Now it really is down.
    asked.source.is_down.store(true, Ordering::Relaxed);
    asked.advance(120);
    assert!(asked.state().failing.is_some());
}

#[test]
fn while_a_source_is_left_alone_all_its_objectives_are_unmeasured() {
    let asked = Asked::with_a_second();
    asked.advance(120);
    asked.source.is_down.store(true, Ordering::Relaxed);
    asked.advance(600);
    for slo in ["shop-availability", "shop-baskets"] {
        let status = asked.status_of(slo);
        let short = status.alerts[0].conditions[0].short_coverage;
        assert!(status.is_unanswered && short.unmeasured_us > 0, "{slo}: {short:?}");
    }
    let since = asked.state().failing.unwrap().0;
    asked.advance(300);
    assert_eq!(asked.state().failing.unwrap().0, since);
}

#[test]
fn slices_of_another_length_are_asked_for_from_their_own_place() {
    let asked = Asked::new();
    asked.advance(120);
    // A short window wants ten seconds; back and forth, each length goes on where it was.
    let short = SLO.replace("duration: 28d", "duration: 30m");
    for text in [short.as_str(), SLO, short.as_str()] {
        asked.redefine(text);
        let length = if text == SLO { 60 } else { 10 };
        asked.source.asked.lock().unwrap().clear();
        asked.advance(180);
        let ranges = asked.source.asked.lock().unwrap();
        let (_, last) = ranges.last().expect("it is asked for");
        assert_eq!(i64::from(last.step_s), length);
        let now_s = asked.world.clock.now().0 / 1_000_000;
        assert!((0..2 * length + 5).contains(&(now_s - last.upto_s)), "{last:?} {now_s}");
    }
}
