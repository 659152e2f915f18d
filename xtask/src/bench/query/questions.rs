//! What is asked, in Zipkin's API unless only ours has it, and what it is held to.

use super::super::limits::Limit;
use crate::load::chance::Chance;
use crate::load::corpus::SERVICES;
use crate::load::message::{Round, trace_id};

/// Traces asked for by id.
const N_TRACES: usize = 500;
/// Searches of one kind.
const N_SEARCHES: usize = 100;
/// Questions that walk through everything.
const N_WALKS: usize = 10;
/// Spans that an aggregate is to match, about.
const AGGREGATE_MATCHES: u64 = 1_000_000;
/// Times of a store's spans, microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first.
    pub from_us: u64,
    /// The last.
    pub to_us: u64,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Path and query.
    pub path: String,
    /// The status that answers it.
    pub status: u16,
    /// How often `"traceId"` stands in the right answer, if that is known.
    pub trace_ids: Option<usize>,
}

/// Questions of one kind.
#[derive(Clone, Debug)]
pub struct Asking {
    /// What the kind is called.
    pub name: &'static str,
    /// The questions.
    pub questions: Vec<Question>,
    /// What the median must keep to, milliseconds.
    pub limit: Option<Limit>,
    /// What 99 in 100 must keep to, milliseconds.
    pub limit_p99: Option<Limit>,
}

impl Asking {
    fn new(name: &'static str, questions: Vec<Question>) -> Asking {
        Asking { name, questions, limit: None, limit_p99: None }
    }

    fn at_most(self, must_ms: f64, aim_ms: f64) -> Asking {
        Asking { limit: Some(Limit::at_most(must_ms, aim_ms)), ..self }
    }
}

/// Everything that is asked of an idle store.
pub fn all(round: &Round, n_rounds: u64, window: Window) -> Vec<Asking> {
    vec![
        traces(round, n_rounds, N_TRACES, 1).at_most(1.0, 0.4),
        unknown_traces(N_TRACES),
        newest(window, N_SEARCHES).at_most(5.0, 0.5),
        rare_user(window, N_SEARCHES).at_most(20.0, 3.0),
        search("service + rare status", window, N_SEARCHES, |_| "annotationQuery=http.status_code%3D503".into())
            .at_most(20.0, 3.0),
        search("service + minDuration", window, N_SEARCHES, |_| "minDuration=200000".into()),
        search("no hit: tag's value", window, N_WALKS, |n| format!("annotationQuery=user.id%3Du-{}", 900_000 + n))
            .at_most(500.0, 50.0),
        search("no hit: tag's key", window, N_WALKS, |n| format!("annotationQuery=no.such.key.{n}"))
            .at_most(500.0, 50.0),
        search("no hit: minDuration", window, N_WALKS, |_| "minDuration=7200000000".into()).at_most(500.0, 50.0),
        without_service(window, N_WALKS).at_most(500.0, 50.0),
        aggregate(round, window, N_WALKS).at_most(200.0, 200.0),
        // As long as a million spans of the corpora take.
        dependencies(
            Window { from_us: window.to_us.saturating_sub(100_000_000).max(window.from_us), ..window },
            N_WALKS,
        ),
    ]
}

/// Traces by id, drawn from all rounds, whole.
pub fn traces(round: &Round, n_rounds: u64, n: usize, seed: u64) -> Asking {
    let mut chance = Chance::new(seed);
    let question = |chance: &mut Chance| {
        let trace = chance.below(round.shape.spans_of_trace.len());
        let id = trace_id(chance.below(n_rounds as usize) as u64, trace as u32);
        let n_spans = usize::from(round.shape.spans_of_trace[trace]);
        Question { path: format!("/api/v2/trace/{id:032x}"), status: 200, trace_ids: Some(n_spans) }
    };
    let asking = Asking::new("trace by id", (0..n).map(|_| question(&mut chance)).collect());
    Asking { limit_p99: Some(Limit::at_most(3.0, 1.0)), ..asking }
}

/// Ids that no trace has.
pub fn unknown_traces(n: usize) -> Asking {
    let mut chance = Chance::new(2);
    let question = |chance: &mut Chance| {
        let path = format!("/api/v2/trace/{:016x}{:016x}", chance.bits(), chance.bits());
        Question { path, status: 404, trace_ids: Some(0) }
    };
    Asking::new("trace by unknown id", (0..n).map(|_| question(&mut chance)).collect())
}

/// The newest ten traces of a service.
pub fn newest(window: Window, n: usize) -> Asking {
    search("newest 10 of a service", window, n, |_| String::new())
}

/// Traces of one of a hundred thousand users: some hits in a hundred million spans.
pub fn rare_user(window: Window, n: usize) -> Asking {
    search("service + rare tag", window, n, |n| format!("annotationQuery=user.id%3Du-{}", 110_000 + 37 * n))
}

/// Spans by service and operation, with how long they took, over a window with so many of them.
fn aggregate(round: &Round, window: Window, n: usize) -> Asking {
    let per_us = round.n_spans as f64 / round.shape.duration_us as f64;
    let over_us = (AGGREGATE_MATCHES as f64 / per_us) as u64;
    // The last seconds are thin: a round's end is.
    let to_us = window.to_us - round.shape.duration_us / 2;
    let from_us = to_us.saturating_sub(over_us).max(window.from_us);
    let times = format!("from={}&to={}", rfc3339(from_us), rfc3339(to_us));
    let path = format!("/api/nines/v1/aggregate?q=&by=service,op&histogram=duration&{times}");
    Asking::new("aggregate of 1 M", vec![Question { path, status: 200, trace_ids: None }; n])
}

/// Microseconds since the epoch as RFC 3339.
fn rfc3339(us: u64) -> String {
    let (seconds, days) = (us / 1_000_000 % 86_400, us / 86_400_000_000);
    let (mut year, mut day) = (1970, days);
    let length =
        |year: u64| 365 + u64::from(year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)));
    while day >= length(year) {
        day -= length(year);
        year += 1;
    }
    let february = length(year) - 337;
    let mut month = 1;
    for days in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if day < days {
            break;
        }
        day -= days;
        month += 1;
    }
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year}-{month:02}-{:02}T{hour:02}:{minute:02}:{second:02}.{:06}Z", day + 1, us % 1_000_000)
}

/// Who called whom.
pub fn dependencies(window: Window, n: usize) -> Asking {
    let lookback_ms = (window.to_us - window.from_us) / 1000;
    let path = format!("/api/v2/dependencies?endTs={}&lookback={lookback_ms}", window.to_us / 1000 + 1);
    Asking::new("dependencies of 1 M", vec![Question { path, status: 200, trace_ids: None }; n])
}

fn without_service(window: Window, n: usize) -> Asking {
    let of_all = |n: usize| {
        let path = format!("/api/v2/traces?{}&annotationQuery=user.id%3Du-{}", ends(window), 900_000 + n);
        Question { path, status: 200, trace_ids: None }
    };
    Asking::new("no hit, any service", (0..n).map(of_all).collect())
}

/// Searches over the whole store, going round the services.
pub fn search(name: &'static str, window: Window, n: usize, and: impl Fn(usize) -> String) -> Asking {
    let question = |n: usize| {
        let path = format!("/api/v2/traces?serviceName={}&{}&{}", SERVICES[n % SERVICES.len()], ends(window), and(n));
        Question { path, status: 200, trace_ids: None }
    };
    Asking::new(name, (0..n).map(question).collect())
}

fn ends(window: Window) -> String {
    let lookback_ms = (window.to_us - window.from_us) / 1000 + 1;
    format!("endTs={}&lookback={lookback_ms}&limit=10", window.to_us / 1000 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_by_the_calendar() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00.000000Z");
        assert_eq!(rfc3339(951_782_400_000_001), "2000-02-29T00:00:00.000001Z");
        assert_eq!(rfc3339(1_795_651_199_000_000), "2026-11-25T23:59:59.000000Z");
    }
}
