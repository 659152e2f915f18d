use super::policy::GateAsk;
use super::*;
use bumpalo::Bump;
use nines_base::ManualClock;
use nines_ledger::{ChainReport, Event, EventQuery, Observer, Progress, SqliteLedger, StoredCell};
use nines_slo::model::Stretch;
use nines_slo::openslo::{self, Mode, SourceFile};
use nines_span::{Batch, zipkin};
use nines_storage::{MemStore, SpanStore};

pub(super) const START: Timestamp = Timestamp::from_secs(1_790_000_000);

pub(super) const SLO: &str = "apiVersion: openslo/v1
kind: Service
metadata: { name: shop }
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
        good:  { metricSource: { type: spans, spec: { where: 'service=shop kind=server !error' } } }
        total: { metricSource: { type: spans, spec: { where: 'service=shop kind=server' } } }
  timeWindow: [ { duration: 1h, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: 0.9 } ]
";

fn definitions() -> Definitions {
    definitions_of(SLO)
}

pub(super) fn definitions_of(text: &str) -> Definitions {
    let file = SourceFile { name: "shop.yaml".into(), bytes: text.as_bytes().to_vec() };
    let loaded = openslo::load(&[file], Mode::Spec);
    assert!(loaded.findings.is_empty(), "{:?}", loaded.findings);
    loaded.definitions
}

pub(super) struct World {
    pub(super) store: Arc<MemStore>,
    pub(super) ledger: Arc<SqliteLedger>,
    pub(super) clock: Arc<ManualClock>,
}

impl World {
    pub(super) fn new() -> World {
        World {
            store: Arc::new(MemStore::new(1000, 1, &[CONSUMER])),
            ledger: Arc::new(SqliteLedger::in_memory().unwrap()),
            clock: Arc::new(ManualClock::new(START)),
        }
    }

    /// What a start of the process does.
    fn judge(&self) -> Judge {
        self.judge_of(definitions())
    }

    pub(super) fn judge_of(&self, definitions: Definitions) -> Judge {
        let (store, ledger, clock) = (self.store.clone(), self.ledger.clone(), self.clock.clone());
        Judge::open(store, ledger, clock, Timeline::default(), definitions).unwrap()
    }

    /// Puts definitions in force; what comes from then on is their present.
    pub(super) fn define(&self, judge: &Judge, definitions: Definitions) {
        judge.load(definitions, Vec::new());
        self.clock.advance(DurationUs::from_secs(1));
    }

    /// Spans of the shop with these ids, all ending now; every tenth id failed.
    pub(super) fn append(&self, ids: std::ops::Range<u64>) {
        let spans: Vec<String> = ids
            .map(|id| {
                let tags = if id % 10 == 0 { r#","tags":{"error":"x"}"# } else { "" };
                format!(
                    r#"{{"traceId":"{id:x}","id":"{id:x}","kind":"SERVER","timestamp":{},"duration":10,"localEndpoint":{{"serviceName":"shop"}}{tags}}}"#,
                    self.clock.now().0 - 10
                )
            })
            .collect();
        self.append_spans(&spans);
    }

    /// Spans in Zipkin's JSON.
    pub(super) fn append_spans(&self, spans: &[String]) {
        let (body, arena) = (format!("[{}]", spans.join(",")), Bump::new());
        let mut batch = Batch::default();
        zipkin::decode(zipkin::Encoding::JsonV2, body.as_bytes(), &arena, &mut batch).unwrap();
        self.store.append(&batch, self.clock.now(), Box::new(|outcome| outcome.unwrap())).unwrap();
    }
}

pub(super) fn counts(judge: &Judge) -> (u64, u64) {
    while !judge.count().unwrap().is_up {}
    let counted = judge.standings()[0].status.measure.counted();
    (counted.good, counted.bad)
}

#[test]
fn sli_1_a_restart_counts_each_span_once_whether_or_not_it_was_committed() {
    let world = World::new();
    let judge = world.judge();
    world.append(1..101);
    assert_eq!(counts(&judge), (90, 10));
    judge.commit(true).unwrap();
    world.append(101..201);
    assert_eq!(counts(&judge), (180, 20));
    // The process ends before the second hundred is committed.
    drop(judge);
    let judge = world.judge();
    assert_eq!(counts(&judge), (180, 20));
    // A sender that never heard the answer sends both batches again.
    world.append(1..101);
    world.append(101..201);
    assert_eq!(counts(&judge), (180, 20));
}

#[test]
fn av40_what_two_servers_wrote_adds_up_however_often_and_in_whatever_order() {
    let key = ObjectiveKey::of(&definitions().slos[0].objectives[0].sli).unwrap();
    let row = |(good, bad)| nines_ledger::CellRow { key: key.as_bytes().to_vec(), tier: 10, slice: 7, good, bad };
    // The first had 990 of 1000, half of it when it wrote before, and writes the same once more; the second 495 of 500.
    let first = [("a", 1, (495, 5)), ("a", 2, (990, 10)), ("a", 2, (990, 10))];
    let second = ("b", 1, (495, 5));
    for place in 0..=first.len() {
        let mut writes = first.to_vec();
        writes.insert(place, second);
        let mut ledger = SqliteLedger::in_memory().unwrap();
        for (writer, seq, counts) in writes {
            ledger = ledger.writing_as(writer);
            ledger.commit_cells(CONSUMER, b"", &[row(counts)], seq).unwrap();
        }
        let slice = Stretch { after: Timestamp(70_000_000 - 1), upto: Timestamp(80_000_000 - 1) };
        let counts = load_cells(&ledger).unwrap().sum(key, slice).counts;
        assert_eq!((counts.good, counts.valid()), (1485, 1500), "{place}");
    }
}

#[test]
fn a_spent_budget_holds_the_gate_and_silence_after_measurement_does_too() {
    let world = World::new();
    let judge = world.judge();
    let held = |judge: &Judge| judge.held(&judge.standings())["shop"];
    assert!(!held(&judge), "a service never measured may release");
    world.append(1..10);
    assert_eq!(counts(&judge), (9, 0));
    assert!(!held(&judge));
    for _ in 0..5 {
        world.append(10..11);
    }
    world.append(20..21);
    world.append(30..31);
    assert_eq!(counts(&judge), (9, 3));
    assert!(held(&judge), "a quarter failed where a tenth may");
    world.clock.advance(nines_base::DurationUs::from_secs(2 * 3600));
    assert_eq!(counts(&judge), (0, 0));
    assert!(held(&judge), "measured before and unmeasured now");
}

#[test]
fn a_refused_set_leaves_the_last_good_one_in_force() {
    let world = World::new();
    let judge = world.judge();
    let file = SourceFile { name: "bad.yaml".into(), bytes: b"kind: Slo".to_vec() };
    let loaded = openslo::load(&[file], Mode::Spec);
    let event = judge.refuse(loaded.findings);
    assert_eq!(event.kind, "definitions.refused");
    assert_eq!(judge.standings().len(), 1);
    let state = judge.definitions_state();
    assert!(!state.refused.is_empty());
    assert_eq!((state.refused_at, state.in_force.slos.len()), (Some(world.clock.now()), 1));
    judge.load(definitions(), Vec::new());
    let state = judge.definitions_state();
    assert!(state.refused.is_empty() && state.refused_at.is_none());
}

#[test]
fn readers_are_answered_before_the_past_is_known_and_a_stop_then_loses_nothing() {
    let world = World::new();
    let judge = world.judge();
    world.append(1..101);
    assert_eq!(counts(&judge), (90, 10));
    judge.commit(true).unwrap();
    drop(judge);
    world.clock.advance(DurationUs::from_secs(5));
    let judge = world.judge();
    assert_eq!(judge.watermark(), START, "nothing is known of the time since the last heartbeat");
    let counted = judge.standings()[0].status.measure.counted();
    assert_eq!((counted.good, counted.bad), (90, 10));
    // Told to stop before it ever counted: spans that came meanwhile wait for the next start.
    world.append(101..111);
    judge.stop();
    assert_eq!(judge.count().unwrap(), Caught { n_spans: 0, is_up: true });
    judge.commit(true).unwrap();
    drop(judge);
    let judge = world.judge();
    world.append(1..101);
    assert_eq!(counts(&judge), (99, 11));
}

#[test]
fn an_alert_is_kept_with_what_it_remembers_and_a_restart_goes_on_with_it() {
    use nines_slo::alert::state::Level;
    let world = World::new();
    let judge = world.judge();
    // The ids that end with 0 fail: 100 of 100.
    (1..101).for_each(|n| world.append(n * 10..n * 10 + 1));
    assert_eq!(counts(&judge), (0, 100));
    judge.evaluate().unwrap();
    judge.evaluate().unwrap();
    judge.commit(true).unwrap();
    let kinds = |ledger: &SqliteLedger| -> Vec<String> {
        ledger.events(&EventQuery::default()).unwrap().into_iter().map(|event| event.kind).collect()
    };
    assert_eq!(kinds(&world.ledger), ["alert.fired"], "once, however often it is looked at");
    let before = judge.alerts();
    drop(judge);

    let judge = world.judge();
    assert_eq!(judge.alerts(), before);
    let ask = GateAsk { service: "shop".into(), ..GateAsk::default() };
    assert!(!judge.gate(&ask).1.is_allowed);
    assert_eq!(counts(&judge), (0, 100));
    judge.evaluate().unwrap();
    assert_eq!(kinds(&world.ledger), ["alert.fired"], "the same episode goes on");

    let (key, episode) = {
        let alerts = judge.alerts();
        let (key, alert) = alerts.alerts().next().unwrap();
        (key.clone(), alert.state.episode.as_ref().unwrap().id)
    };
    assert!(judge.acknowledge(episode, "kim").unwrap().is_some());
    world.clock.advance(DurationUs::from_secs(10 * 60));
    (1..601).filter(|n| n % 10 > 0).for_each(|n| world.append(n * 10 + 1..n * 10 + 2));
    counts(&judge);
    judge.evaluate().unwrap();
    assert_eq!(judge.alerts().level(&key), Level::Inactive);
    assert_eq!(judge.acknowledge(episode, "kim").unwrap(), None, "it is over");
    assert_eq!(kinds(&world.ledger)[..3], ["alert.fired", "alert.acknowledged", "alert.resolved"]);
}

#[test]
fn transitions_read_back_as_they_were_written() {
    use super::alerts::{event_of, transition_of};
    use nines_slo::alert::episode::{AlertKey, EpisodeId};
    use nines_slo::alert::state::{Change, Figures, FreezeReason, Transition};
    let key = AlertKey { slo: "shop".into(), objective: "fast".into(), severity: "page".into() };
    let changes = [
        Change::Pending { condition: 1 },
        Change::Cleared { condition: 0 },
        Change::Fired,
        Change::Resolved,
        Change::Frozen { reason: FreezeReason::Coverage },
        Change::Thawed,
        Change::Removed,
        Change::Told,
        Change::Escalated,
        Change::Acknowledged { by: "kim".into() },
    ];
    let ledger = SqliteLedger::in_memory().unwrap();
    for change in changes {
        let transition = Transition {
            episode: Some(EpisodeId::of(&key, START)),
            key: key.clone(),
            name: "shop/fast".into(),
            service: "shop".into(),
            at: START,
            change,
            started: Some(START),
            is_urgent: true,
            tells: vec!["on-call".into(), "mail".into()],
            figures: Some(Figures {
                long: DurationUs::from_secs(3600),
                short: DurationUs::from_secs(300),
                threshold: 13.44,
                long_burn: Some(20.5),
                short_burn: None,
                budget: Some(-0.25),
            }),
        };
        let events = ledger.append(&[event_of(&transition)]).unwrap();
        assert_eq!(transition_of(&events[0]), Some(transition));
    }
}

#[test]
fn a_trace_that_goes_on_after_a_restart_is_known_as_far_back_as_before() {
    let story = "---\napiVersion: nines.dev/v1alpha1\nkind: UserStory\nmetadata: { name: buy }\n\
                 spec: { owner: team, slos: [shop-availability], join: trace }\n";
    let definitions = || definitions_of(&format!("{SLO}{story}"));
    let world = World::new();
    let append = |id: u64, tags: &str| {
        world.append_spans(&[format!(
            r#"{{"traceId":"1","id":"{id:x}","kind":"SERVER","timestamp":{},"duration":10,
                "localEndpoint":{{"serviceName":"shop"}},"tags":{{{tags}}}}}"#,
            world.clock.now().0 - 10
        )]);
    };
    let judge = world.judge_of(definitions());
    append(1, r#""error":"x""#);
    counts(&judge);
    world.clock.advance(DurationUs::from_secs(10 * 60));
    append(2, "");
    counts(&judge);
    world.clock.advance(DurationUs::from_secs(10 * 60));
    judge.commit(true).unwrap();
    drop(judge);
    let judge = world.judge_of(definitions());
    append(3, "");
    counts(&judge);
    let of_story = judge.story_standings()[0].status.measure.counted();
    assert_eq!((of_story.good, of_story.bad), (0, 1), "what failed at first is known");
}

/// A ledger that for a while does not let go of cells, or takes no commit.
struct Failing {
    ledger: Arc<SqliteLedger>,
    clings: AtomicBool,
    refuses: AtomicBool,
}

impl Failing {
    fn over(world: &World) -> Arc<Failing> {
        let ledger = world.ledger.clone();
        Arc::new(Failing { ledger, clings: AtomicBool::new(false), refuses: AtomicBool::new(false) })
    }

    fn judge(self: &Arc<Failing>, world: &World) -> Judge {
        let (store, clock) = (world.store.clone(), world.clock.clone());
        Judge::open(store, self.clone(), clock, Timeline::default(), definitions()).unwrap()
    }

    /// How many of the objective's slices of ten seconds are stored.
    fn n_short_slices(&self) -> usize {
        let key = ObjectiveKey::of(&definitions().slos[0].objectives[0].sli).unwrap();
        let mut n = 0;
        self.ledger.load_cells(&mut |cell| n += usize::from(cell.key == key.as_bytes() && cell.tier == 10)).unwrap();
        n
    }
}

fn told_to_fail() -> LedgerError {
    LedgerError::Damaged { place: "ledger".into(), detail: "told to fail".into() }
}

impl Ledger for Failing {
    fn append(&self, events: &[NewEvent]) -> Result<Vec<Event>, LedgerError> {
        self.ledger.append(events)
    }
    fn events(&self, query: &EventQuery) -> Result<Vec<Event>, LedgerError> {
        self.ledger.events(query)
    }
    fn event(&self, id: u64) -> Result<Option<Event>, LedgerError> {
        self.ledger.event(id)
    }
    fn last_id(&self) -> Result<u64, LedgerError> {
        self.ledger.last_id()
    }
    fn erase(&self, id: u64, reason: &str, at: Timestamp) -> Result<Event, LedgerError> {
        self.ledger.erase(id, reason, at)
    }
    fn verify(&self) -> Result<ChainReport, LedgerError> {
        self.ledger.verify()
    }
    fn watch(&self, observer: Observer) {
        self.ledger.watch(observer);
    }
    fn commit(&self, commit: &CellCommit<'_>) -> Result<bool, LedgerError> {
        if self.refuses.load(Ordering::Relaxed) {
            return Err(told_to_fail());
        }
        self.ledger.commit(commit)
    }
    fn load_cells(&self, visit: &mut dyn FnMut(StoredCell<'_>)) -> Result<(), LedgerError> {
        self.ledger.load_cells(visit)
    }
    fn load_position(&self, consumer: &str) -> Result<Option<Progress>, LedgerError> {
        self.ledger.load_position(consumer)
    }
    fn drop_cells(&self, key: &[u8], tier: u32, slice: i64) -> Result<u64, LedgerError> {
        if self.clings.load(Ordering::Relaxed) {
            return Err(told_to_fail());
        }
        self.ledger.drop_cells(key, tier, slice)
    }
    fn fact(&self, name: &str) -> Result<Option<String>, LedgerError> {
        self.ledger.fact(name)
    }
    fn facts(&self, prefix: &str) -> Result<Vec<(String, String)>, LedgerError> {
        self.ledger.facts(prefix)
    }
    fn set_facts(&self, facts: &[(&str, &str)]) -> Result<(), LedgerError> {
        self.ledger.set_facts(facts)
    }
    fn checkpoint(&self) -> Result<(), LedgerError> {
        self.ledger.checkpoint()
    }
}

#[test]
fn a_commit_after_which_old_cells_could_not_go_is_a_commit() {
    let world = World::new();
    let ledger = Failing::over(&world);
    ledger.clings.store(true, Ordering::Relaxed);
    let judge = ledger.judge(&world);
    world.append(1..11);
    assert_eq!(counts(&judge), (9, 1));
    judge.commit(true).unwrap();
    world.clock.advance(DurationUs::from_secs(3 * 3600));
    world.append(11..21);
    assert_eq!(counts(&judge), (9, 1));
    assert!(judge.commit(true).is_err(), "slices of ten seconds are past their keep");
    let seq = || world.ledger.load_position(CONSUMER).unwrap().unwrap().seq;
    assert_eq!((seq(), ledger.n_short_slices()), (2, 2));
    ledger.clings.store(false, Ordering::Relaxed);
    world.append(21..31);
    assert_eq!(counts(&judge), (18, 2));
    judge.commit(true).unwrap();
    assert_eq!((seq(), ledger.n_short_slices()), (3, 1), "what could not go goes with the next commit");
    drop(judge);
    let judge = world.judge();
    assert_eq!(judge.standings()[0].status.measure.counted(), nines_slo::model::Counts { good: 18, bad: 2 });
}

#[test]
fn what_was_to_go_with_a_commit_that_failed_goes_with_the_next() {
    let world = World::new();
    let ledger = Failing::over(&world);
    let judge = ledger.judge(&world);
    world.append(1..11);
    assert_eq!(counts(&judge), (9, 1));
    judge.commit(true).unwrap();
    world.clock.advance(DurationUs::from_secs(3 * 3600));
    ledger.refuses.store(true, Ordering::Relaxed);
    assert!(judge.commit(true).is_err());
    ledger.refuses.store(false, Ordering::Relaxed);
    judge.commit(true).unwrap();
    assert_eq!(ledger.n_short_slices(), 0, "the cells let go of them when the commit failed");
}

#[test]
fn what_another_process_committed_over_is_not_taken_for_written() {
    let world = World::new();
    let judge = world.judge();
    world.append(1..11);
    assert_eq!(counts(&judge), (9, 1));
    assert!(world.ledger.commit_cells(CONSUMER, &[], &[], 7).unwrap());
    let error = judge.commit(true).unwrap_err();
    assert!(matches!(error, JudgeError::Overtaken { seq: 1 }), "{error}");
    assert!(!judge.view_mut().cells.take_changed().is_empty(), "they are still to be written");
}
