//! A target that is down, in simulated time: nothing is lost, nothing told twice.

use super::*;
use crate::notice::{Happened, Notice};
use crate::sink::SendError;
use nines_base::DurationUs;
use std::collections::BTreeMap;

const START: Timestamp = Timestamp::from_secs(1_790_000_000);

fn notice(key: u64) -> Notice {
    Notice {
        key: format!("episode-{key}"),
        happened: Happened::Fires,
        episode: "episode".into(),
        slo: "web".into(),
        objective: "1".into(),
        name: "web".into(),
        service: "web".into(),
        severity: "page".into(),
        is_urgent: true,
        started: START,
        at: START,
        text: "page: web".into(),
        reading: None,
        state: None,
        page: String::new(),
    }
}

/// Notices from 1 to a number, and what became of each.
#[derive(Default)]
struct Memory(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    last: u64,
    done: u64,
    ended: BTreeMap<u64, Ended>,
}

impl Memory {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap()
    }
}

impl Outbox for Memory {
    fn next(&self, _target: &str) -> Result<Option<(u64, Notice)>, String> {
        let kept = self.kept();
        Ok((kept.done < kept.last).then(|| (kept.done + 1, notice(kept.done + 1))))
    }

    fn done(&self, _target: &str, number: u64, ended: Ended) -> Result<(), String> {
        let mut kept = self.kept();
        kept.done = number;
        kept.ended.insert(number, ended);
        Ok(())
    }

    fn firing(&self, _target: &str) -> Vec<Notice> {
        vec![notice(7)]
    }
}

/// What a target heard: time and key.
type Heard = Arc<Mutex<Vec<(Timestamp, String)>>>;

/// A target with a plan of what it answers.
struct Planned {
    heard: Heard,
    answer: Box<dyn Fn(Timestamp) -> Result<(), SendError> + Send>,
    gap: DurationUs,
    refresh_every: Option<DurationUs>,
    refreshed: Result<(), SendError>,
}

impl Sink for Planned {
    fn send(&self, notice: &Notice, now: Timestamp) -> Result<(), SendError> {
        let answer = (self.answer)(now);
        if answer.is_ok() {
            self.heard.lock().unwrap().push((now, notice.key.clone()));
        }
        answer
    }

    fn gap(&self) -> DurationUs {
        self.gap
    }

    fn refresh_every(&self) -> Option<DurationUs> {
        self.refresh_every
    }

    fn refresh(&self, firing: &[Notice], now: Timestamp) -> Result<(), SendError> {
        self.heard.lock().unwrap().push((now, format!("refresh {}", firing.len())));
        self.refreshed.clone()
    }
}

fn courier(
    memory: &Arc<Memory>,
    answer: impl Fn(Timestamp) -> Result<(), SendError> + Send + 'static,
) -> (Courier, Heard) {
    let heard = Heard::default();
    let sink = Planned {
        heard: heard.clone(),
        answer: Box::new(answer),
        gap: DurationUs(0),
        refresh_every: None,
        refreshed: Ok(()),
    };
    (Courier::new("on-call".into(), Box::new(sink), memory.clone()), heard)
}

/// Steps until `end`; rings when a notice arrives, one every `every`.
fn run_for(courier: &mut Courier, memory: &Memory, length_s: i64, notice_every_s: i64) {
    let mut now = START;
    while now < START + DurationUs::from_secs(length_s) {
        if (now - START).0 % (notice_every_s * 1_000_000) == 0 {
            memory.kept().last += 1;
        }
        while courier.step(now) == Next::Now {}
        now = now + DurationUs::from_secs(1);
    }
}

#[test]
fn a_target_that_is_down_for_ten_minutes_hears_everything_once_and_in_order() {
    let memory = Arc::new(Memory::default());
    let up_at = START + DurationUs::from_secs(600);
    let (mut courier, heard) =
        courier(&memory, move |now| if now < up_at { Err(SendError::later("status 500")) } else { Ok(()) });
    run_for(&mut courier, &memory, 900, 30);
    let heard = heard.lock().unwrap();
    let keys: Vec<&str> = heard.iter().map(|(_, key)| key.as_str()).collect();
    let expected: Vec<String> = (1..=30).map(|number| format!("episode-{number}")).collect();
    assert_eq!(keys, expected);
    assert!(heard[0].0 - up_at <= DurationUs::from_secs(60), "within a minute of coming back");
    assert_eq!(courier.health().failing, None);
}

#[test]
fn a_target_that_wants_to_be_left_alone_is() {
    let memory = Arc::new(Memory::default());
    memory.kept().last = 1;
    let (mut courier, _) = courier(&memory, |_| {
        Err(SendError::Later { reason: "status 429".into(), after: Some(Duration::from_secs(120)) })
    });
    assert_eq!(courier.step(START), Next::At(START + DurationUs::from_secs(120)));
    let early = START + DurationUs::from_secs(60);
    assert_eq!(courier.step(early), Next::At(START + DurationUs::from_secs(120)));
    assert_eq!(courier.health().failing.unwrap().n_tries, 1);
}

#[test]
fn what_is_refused_for_good_is_given_up_and_the_next_goes_on() {
    let memory = Arc::new(Memory::default());
    memory.kept().last = 2;
    let (mut courier, heard) =
        courier(
            &memory,
            |now| {
                if now == START { Err(SendError::Never { reason: "status 400".into() }) } else { Ok(()) }
            },
        );
    assert_eq!(courier.step(START), Next::Now);
    assert_eq!(memory.kept().ended[&1], Ended::GivenUp { reason: "status 400".into() });
    courier.step(START + DurationUs(1));
    assert_eq!(heard.lock().unwrap()[0].1, "episode-2");
}

#[test]
fn a_notice_that_nobody_takes_for_a_day_is_given_up() {
    let memory = Arc::new(Memory::default());
    memory.kept().last = 1;
    let (mut courier, _) = courier(&memory, |_| Err(SendError::later("no connection")));
    let mut now = START;
    while memory.kept().done == 0 {
        match courier.step(now) {
            Next::At(at) => {
                assert!(at - now <= DurationUs::from_secs(60), "waits have a limit");
                now = at;
            }
            other => assert_eq!((other, memory.kept().done), (Next::Now, 1)),
        }
    }
    let took = now - START;
    assert!((24 * 3600..24 * 3600 + 61).contains(&(took.0 / 1_000_000)), "{took}");
}

#[test]
fn a_notice_is_tried_for_a_day_of_its_own_however_long_the_target_took_nothing() {
    let memory = Arc::new(Memory::default());
    let sink = Planned {
        heard: Heard::default(),
        answer: Box::new(|_| Err(SendError::later("no connection"))),
        gap: DurationUs(0),
        refresh_every: Some(DurationUs::from_secs(60)),
        refreshed: Err(SendError::later("no connection")),
    };
    let mut courier = Courier::new("on-call".into(), Box::new(sink), memory.clone());
    // Two days in which only repeats fail, then something to tell.
    for minute in 0..2 * 24 * 60 {
        courier.step(START + DurationUs::from_secs(60 * minute));
    }
    memory.kept().last = 1;
    let came = START + DurationUs::from_secs(2 * 86_400);
    let mut now = came;
    while memory.kept().done == 0 {
        now = match courier.step(now) {
            Next::At(at) => at,
            _ => now,
        };
    }
    assert!(now - came >= DurationUs::from_secs(86_400), "{}", now - came);
}

#[test]
fn a_slow_reader_is_told_at_its_own_pace_and_repeats_come_round() {
    let memory = Arc::new(Memory::default());
    memory.kept().last = 2;
    let heard = Heard::default();
    let sink = Planned {
        heard: heard.clone(),
        answer: Box::new(|_| Ok(())),
        gap: DurationUs::from_secs(1),
        refresh_every: Some(DurationUs::from_secs(60)),
        refreshed: Ok(()),
    };
    let mut courier = Courier::new("on-call".into(), Box::new(sink), memory);
    for second in 0..130 {
        courier.step(START + DurationUs::from_secs(second));
    }
    let heard: Vec<(i64, String)> =
        heard.lock().unwrap().iter().map(|(at, what)| ((*at - START).0 / 1_000_000, what.clone())).collect();
    let expected = [(0, "episode-1"), (1, "episode-2"), (2, "refresh 1"), (62, "refresh 1"), (122, "refresh 1")];
    assert_eq!(heard, expected.map(|(at, what)| (at, what.to_owned())));
}

#[test]
fn threads_tell_what_is_rung_for_and_end_when_told() {
    let memory = Arc::new(Memory::default());
    let heard = Heard::default();
    let sink = Planned {
        heard: heard.clone(),
        answer: Box::new(|_| Ok(())),
        gap: DurationUs(0),
        refresh_every: None,
        refreshed: Ok(()),
    };
    let clock = Arc::new(nines_base::SystemClock);
    let dispatcher = Dispatcher::start(vec![("on-call".into(), Box::new(sink))], memory.clone(), clock).unwrap();
    memory.kept().last = 3;
    dispatcher.ring();
    let deadline = std::time::Instant::now() + Duration::from_secs(10);
    while heard.lock().unwrap().len() < 3 && std::time::Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(heard.lock().unwrap().len(), 3);
    drop(dispatcher);
    memory.kept().last = 4;
    std::thread::sleep(Duration::from_millis(20));
    assert_eq!(heard.lock().unwrap().len(), 3);
}
