//! What the people of the game do by hand: a quarter that is over, as an import would bring it, and from now on, every five
//! seconds, lost carts that are put back (the more visits, the more carts) and logs that are rotated (always the same).

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::chance::Chance;
use crate::told::Told;
use crate::visits::Counters;

/// How often the work of the past seconds is told.
pub const TOLD_EVERY: Duration = Duration::from_secs(5);
/// Visits of which one loses its cart.
const VISITS_A_CART: u64 = 200;
/// Hands-on time of putting a cart back.
const SECONDS_A_CART: f64 = 1.0;
/// Hands-on time of rotating logs.
const SECONDS_A_ROTATION: f64 = 0.75;
/// The quarter before the demo, in weeks.
const WEEKS: u64 = 13;
/// Entries of one request, at most.
const ENTRIES_MAX: usize = 1000;
/// The team, and who is in it.
const TEAM: &str = "game";
const PERSONS: [&str; 4] = ["dana", "jun", "mina", "seo"];
/// What some of them answer when asked which share of their time is toil, in per cent.
const ANSWERS: [u32; 3] = [25, 35, 30];

/// A task of a working day.
struct Task {
    key: &'static str,
    title: &'static str,
    category: &'static str,
    /// Times a day of one person in the first week.
    a_day: f64,
    /// By how much that grows in a week.
    growth: f64,
    minutes: f64,
    is_interrupt: bool,
}

const TASKS: [Task; 6] = [
    Task {
        key: "lift-quota",
        title: "lifted a seller's quota",
        category: "business_process",
        a_day: 1.6,
        growth: 0.05,
        minutes: 12.0,
        is_interrupt: true,
    },
    Task {
        key: "restore-carts",
        title: "put lost carts back",
        category: "interrupt",
        a_day: 1.0,
        growth: 0.03,
        minutes: 18.0,
        is_interrupt: false,
    },
    Task {
        key: "deploy-by-hand",
        title: "deployed by hand",
        category: "release",
        a_day: 0.5,
        growth: 0.0,
        minutes: 55.0,
        is_interrupt: false,
    },
    Task {
        key: "renew-certificates",
        title: "renewed certificates",
        category: "release",
        a_day: 0.05,
        growth: 0.0,
        minutes: 35.0,
        is_interrupt: false,
    },
    Task {
        key: "answer-questions",
        title: "answered where a score went",
        category: "interrupt",
        a_day: 1.4,
        growth: 0.0,
        minutes: 7.0,
        is_interrupt: true,
    },
    Task {
        key: "slow-ranking",
        title: "looked for why the ranking was slow",
        category: "opaque_debug",
        a_day: 0.12,
        growth: 0.0,
        minutes: 70.0,
        is_interrupt: false,
    },
];

/// Tells the quarter, then what is done now, until it is dropped.
pub(crate) async fn run(told: Told, seed: u64, visits: Arc<Counters>) {
    for body in quarter(&mut Chance::new(seed, "toil"), now_s()) {
        told.toil(body).await;
    }
    for (person, percent) in PERSONS.iter().zip(ANSWERS) {
        told.pulse(format!(r#"{{"team":"{TEAM}","person":"{person}","percent":{percent}}}"#)).await;
    }
    let every = TOLD_EVERY.as_secs();
    let mut counted = visits.n_made();
    loop {
        let next = (now_s() / every + 1) * every;
        tokio::time::sleep(Duration::from_secs(next - now_s())).await;
        let made = visits.n_made();
        told.toil(by_hand(next - every, made - counted)).await;
        counted = made;
    }
}

fn now_s() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// What was done by hand in five seconds of so many visits.
fn by_hand(from_s: u64, n_visits: u64) -> String {
    let carts = n_visits as f64 / VISITS_A_CART as f64 * SECONDS_A_CART;
    let entries = [
        entry("restore-carts", "put lost carts back", "interrupt", PERSONS[0], from_s, carts.min(4.5), false),
        entry("rotate-logs", "rotated logs", "other", PERSONS[1], from_s, SECONDS_A_ROTATION, false),
    ];
    format!(r#"{{"entries":[{}]}}"#, entries.join(","))
}

/// The quarter before a moment, in bodies of as many entries as one request takes, and its pages.
fn quarter(chance: &mut Chance, now_s: u64) -> Vec<String> {
    const DAY: u64 = 86_400;
    let today = now_s / DAY;
    let (mut entries, mut pages) = (Vec::new(), Vec::new());
    for day in today - WEEKS * 7..today {
        let week = (day + WEEKS * 7 - today) / 7;
        // The first day of all was a Thursday.
        let is_weekend = matches!(day % 7, 2 | 3);
        if chance.happens(0.35) {
            pages.push(page(chance, day * DAY, PERSONS[(week % 4) as usize]));
        }
        for person in PERSONS.iter().filter(|_| !is_weekend) {
            day_of(chance, day * DAY, week as f64, person, &mut entries);
        }
    }
    let mut bodies: Vec<String> =
        entries.chunks(ENTRIES_MAX).map(|part| format!(r#"{{"entries":[{}]}}"#, part.join(","))).collect();
    bodies.push(format!(r#"{{"pages":[{}]}}"#, pages.join(",")));
    bodies
}

/// One person's day: one thing after the other from nine on.
fn day_of(chance: &mut Chance, day_s: u64, week: f64, person: &str, entries: &mut Vec<String>) {
    let mut at = day_s + 9 * 3600;
    for task in &TASKS {
        let mut left = task.a_day * (1.0 + task.growth * week);
        while left > 0.0 && chance.happens(left.min(1.0)) {
            let seconds = task.minutes * 60.0 * (0.6 + 0.8 * chance.unit());
            entries.push(entry(task.key, task.title, task.category, person, at, seconds, task.is_interrupt));
            at += seconds as u64 + 600 + u64::from(chance.one_of(1800));
            left -= 1.0;
        }
    }
}

/// Names of the demo need no escapes.
fn entry(
    task: &str,
    title: &str,
    category: &str,
    person: &str,
    start_s: u64,
    seconds: f64,
    is_interrupt: bool,
) -> String {
    let start = rfc3339(start_s);
    format!(
        r#"{{"source":"demo","extId":"{task}-{person}-{start_s}","person":"{person}","team":"{TEAM}","task":"{task}","title":"{title}","category":"{category}","class":"toil","evidence":"C","start":"{start}","attendedSeconds":{seconds:.3},"interrupt":{is_interrupt}}}"#
    )
}

fn page(chance: &mut Chance, day_s: u64, person: &str) -> String {
    let fired = day_s + u64::from(chance.one_of(86_000));
    let taken = fired + 60 + u64::from(chance.one_of(300));
    let over = taken + 300 + u64::from(chance.one_of(1500));
    let (fired, taken, over) = (rfc3339(fired), rfc3339(taken), rfc3339(over));
    format!(
        r#"{{"source":"demo","fingerprint":"profile-slow","name":"ProfileSlow","team":"{TEAM}","service":"user-profile","fired":"{fired}","resolved":"{over}","acknowledged":{{"at":"{taken}","by":"{person}"}}}}"#
    )
}

/// A second since 1970 as RFC 3339: the civil date of a day number, by Howard Hinnant's `civil_from_days`.
fn rfc3339(at_s: u64) -> String {
    let (day, second) = (at_s / 86_400, at_s % 86_400);
    let z = day + 719_468;
    let (era, of_era) = (z / 146_097, z % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_is_written_as_its_date() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00Z");
        assert_eq!(rfc3339(1_582_934_399), "2020-02-28T23:59:59Z");
        assert_eq!(rfc3339(1_583_020_800), "2020-03-01T00:00:00Z");
        assert_eq!(rfc3339(1_795_840_000), "2026-11-28T04:26:40Z");
    }

    #[test]
    fn a_quarter_is_valid_json_of_a_team_that_spends_a_third_of_its_time() {
        let bodies = quarter(&mut Chance::new(1, "toil"), 1_795_840_000);
        let (mut seconds, mut n) = (0.0, 0);
        for body in &bodies {
            let json: serde_json::Value = serde_json::from_str(body).unwrap();
            for entry in json["entries"].as_array().into_iter().flatten() {
                seconds += entry["attendedSeconds"].as_f64().unwrap();
                n += 1;
            }
            assert!(json["entries"].as_array().map_or(0, Vec::len) <= ENTRIES_MAX);
        }
        let share = seconds / 3600.0 / (13.0 * 40.0 * 4.0);
        assert!((0.15..0.45).contains(&share) && n > 500, "{share} of {n}");
    }

    #[test]
    fn more_visits_are_more_work_for_carts_and_none_more_for_logs() {
        let seconds = |n_visits: u64| {
            let json: serde_json::Value = serde_json::from_str(&by_hand(1_795_840_000, n_visits)).unwrap();
            [0, 1].map(|at: usize| json["entries"][at]["attendedSeconds"].as_f64().unwrap())
        };
        assert_eq!(seconds(800), [4.0, SECONDS_A_ROTATION]);
        assert_eq!(seconds(400), [2.0, SECONDS_A_ROTATION]);
    }
}
