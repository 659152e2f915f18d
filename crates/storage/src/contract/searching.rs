//! Claims about searches.

use super::spans::{child_of, with_tag};
use super::*;
use nines_base::FineMicros;

/// Claim.
pub fn a_search_is_strict_or_lenient_too(make: Make<'_>) {
    let store = make(Limits::default());
    let (short, long) = (7, (1 << 64) | 7);
    append(&*store, &[span(short, 1, "web")]);
    append(&*store, &[child_of(1, span(long, 2, "api"))]);
    let both = ["service=web", "service=api"];
    assert_eq!(find(&*store, &query(&both)), []);
    assert_eq!(find(&*store, &TraceQuery { strict_trace_id: false, ..query(&both) }), [(long, 1_000_000)]);
    assert_eq!(find(&*store, &query(&["service=api"])), [(long, 2_000_000)]);
}

/// Claim.
pub fn all_terms_of_a_clause_must_hold_on_one_span(make: Make<'_>) {
    let store = make(Limits::default());
    let tagged = |id, service: &str, user: &str| with_tag(span(id, id as u64, service), "user", user.into());
    append(&*store, &[tagged(1, "web", "kim"), tagged(2, "web", "lee"), tagged(3, "api", "kim")]);
    append(&*store, &[span(4, 4, "web"), child_of(4, with_tag(span(4, 5, "api"), "user", "kim".into()))]);
    assert_eq!(found(&*store, &["service=web user=kim"]), [1]);
    assert_eq!(found(&*store, &["user=kim"]), [4, 3, 1]);
    assert_eq!(found(&*store, &["service=web !user"]), [4]);
    assert_eq!(found(&*store, &["service=(web,api) user=lee"]), [2]);
    assert_eq!(found(&*store, &["service=WEB user=~^k"]), [1]);
    assert_eq!(found(&*store, &["user=park"]), [] as [u128; 0]);
    assert_eq!(found(&*store, &["duration>=1ms user=kim service=api"]), [4, 3]);
    assert_eq!(found(&*store, &["duration>1ms"]), [] as [u128; 0]);
}

/// Claim.
pub fn clauses_may_hold_on_different_spans_of_a_trace(make: Make<'_>) {
    let store = make(Limits::default());
    append(&*store, &[span(1, 1, "web"), child_of(1, span(1, 2, "api"))]);
    append(&*store, &[span(2, 3, "web")]);
    append(&*store, &[child_of(3, span(3, 4, "api"))]);
    // The second half of a trace may come much later.
    append(&*store, &[child_of(3, span(2, 5, "api"))]);
    assert_eq!(found(&*store, &["service=web", "service=api"]), [2, 1]);
    assert_eq!(found(&*store, &["service=web op=op-5"]), [] as [u128; 0]);
    assert_eq!(found(&*store, &["service=api", "service=web", "op=op-5"]), [2]);
}

/// Claim.
pub fn a_search_without_clauses_finds_every_trace_with_a_time(make: Make<'_>) {
    let store = make(Limits::default());
    append(&*store, &[span(1, 1, "web"), Span { start: FineMicros::NONE, ..span(2, 2, "web") }]);
    append(&*store, &[Span { start: FineMicros::NONE, ..span(3, 3, "web") }, child_of(3, span(3, 4, "web"))]);
    assert_eq!(find(&*store, &query(&[])), [(3, 4_000_000), (1, 1_000_000)]);
    assert_eq!(trace(&*store, 2, true).len(), 1, "a trace without a time can still be read");
}

/// Claim.
pub fn the_window_includes_both_its_ends(make: Make<'_>) {
    let store = make(Limits::default());
    append(&*store, &[span(1, 10, "web")]);
    let at = 10_000_000;
    let inside = |from, to| {
        let window = Window { from: Timestamp(from), to: Timestamp(to) };
        !find(&*store, &TraceQuery { window, ..query(&["service=web"]) }).is_empty()
    };
    assert!(inside(at, at));
    assert!(inside(at - 1, at) && inside(at, at + 1));
    assert!(!inside(at + 1, at + 2) && !inside(at - 2, at - 1));
    assert!(inside(i64::MIN, i64::MAX));
}

/// Claim.
pub fn the_root_gives_a_trace_its_time(make: Make<'_>) {
    let store = make(Limits::default());
    // A child whose clock is five seconds behind its parent's, and a trace whose root never came.
    append(&*store, &[child_of(9, span(1, 4, "api")), span(1, 9, "web")]);
    append(&*store, &[child_of(99, span(2, 8, "api")), child_of(99, span(2, 7, "api"))]);
    assert_eq!(find(&*store, &query(&["service=api"])), [(1, 9_000_000), (2, 7_000_000)]);
    let window = Window { from: Timestamp(4_000_000), to: Timestamp(8_999_999) };
    assert_eq!(find(&*store, &TraceQuery { window, ..query(&[]) }), [(2, 7_000_000)]);
}

/// Claim.
pub fn a_late_root_moves_the_trace(make: Make<'_>) {
    let store = make(Limits::default());
    append(&*store, &[child_of(3, span(1, 30, "api"))]);
    append(&*store, &[span(2, 20, "web")]);
    assert_eq!(found(&*store, &[]), [1, 2]);
    append(&*store, &[span(1, 3, "web")]);
    assert_eq!(find(&*store, &query(&[])), [(2, 20_000_000), (1, 3_000_000)]);
    assert_eq!(find(&*store, &query(&["op=op-30"])), [(1, 3_000_000)]);
}

/// Claim.
pub fn hits_come_newest_first_up_to_the_limit(make: Make<'_>) {
    let store = make(Limits::default());
    let spans: Vec<Span> = (1..=50).map(|id| span(u128::from(id * 37 % 53), id, "web")).collect();
    append(&*store, &spans);
    let times = |limit| {
        let hits = find(&*store, &TraceQuery { limit, ..query(&["service=web"]) });
        hits.into_iter().map(|(_, time_us)| time_us / 1_000_000).collect::<Vec<_>>()
    };
    assert_eq!(times(3), [50, 49, 48]);
    assert!(times(0).is_empty());
    assert_eq!(times(1000), (1..=50).rev().collect::<Vec<_>>());
}
