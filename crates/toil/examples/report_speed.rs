//! How long a report of five years takes: 200 000 entries of 40 persons in 8 teams, folded from their events and reported whole.
//!
//! `cargo run --release -p nines-toil --example report_speed`

use nines_base::{DurationUs, Timestamp};
use nines_toil::book::{Book, RECORDED, batch_payload};
use nines_toil::record::Record;
use nines_toil::report::{Ask, NothingKnown, WEEK, Window, report};
use nines_toil::{Category, Evidence};
use std::time::Instant;

const ENTRIES: u64 = 200_000;
const PERSONS: u64 = 40;
const WEEKS: i64 = 260;
const ROUNDS: usize = 11;

fn main() {
    let payloads = payloads();
    let bytes: usize = payloads.iter().map(String::len).sum();
    let begun = Instant::now();
    let mut book = Book::default();
    for (id, payload) in (1..).zip(&payloads) {
        book.fold(id, RECORDED, Timestamp(0), payload);
    }
    println!("fold {} entries of {bytes} bytes: {:?}", book.kept().len(), begun.elapsed());
    for (name, weeks) in [("five years", WEEKS), ("thirteen weeks", 13)] {
        let mut times: Vec<_> = (0..ROUNDS).map(|_| time(&mut book, weeks)).collect();
        times.sort_unstable();
        println!("report of {name}: median {:?}, most {:?}", times[ROUNDS / 2], times[ROUNDS - 1]);
    }
}

fn time(book: &mut Book, weeks: i64) -> std::time::Duration {
    let to = Timestamp(WEEKS * WEEK.0);
    let ask = Ask {
        window: Window { from: to - DurationUs(weeks * WEEK.0), to },
        team: None,
        task: None,
        me: None,
        step: WEEK,
        requests: &NothingKnown,
        burned: &NothingKnown,
        is_off_hours: &|_| false,
    };
    let begun = Instant::now();
    let made = report(book, &ask);
    assert!(made.teams.len() == 8 && !made.top.is_empty());
    begun.elapsed()
}

/// Events of a thousand entries of one person each, as imports write them. Numbers by a linear congruence (Knuth's MMIX).
fn payloads() -> Vec<String> {
    let mut state = 1_u64;
    let mut draw = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut of_persons: Vec<Vec<Record>> = vec![Vec::new(); PERSONS as usize];
    for n in 0..ENTRIES {
        let person = draw(PERSONS);
        let start = draw((WEEKS * WEEK.0) as u64 / 1_000_000) as i64;
        of_persons[person as usize].push(Record {
            source: "csv".into(),
            ext_id: n.to_string(),
            person: format!("person-{person}"),
            team: format!("team-{}", person % 8),
            task: format!("task-{}", draw(400)),
            title: "some title of a task that came".into(),
            category: Category::Interrupt,
            class: None,
            start: Timestamp::from_secs(start),
            is_floating: false,
            end: None,
            attended: Some(DurationUs::from_secs(60 + draw(3540) as i64)),
            evidence: Evidence::ALL[draw(4) as usize].0,
            interrupt: draw(5) < 2,
            link: String::new(),
        });
    }
    let batch = |records: &[Record]| batch_payload(&records[0].person, &records.iter().collect::<Vec<_>>());
    of_persons.iter().flat_map(|records| records.chunks(1000).map(batch).collect::<Vec<_>>()).collect()
}
