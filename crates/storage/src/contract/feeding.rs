//! Claims about appending, the feed and closing.

use super::spans::with_tag;
use super::*;
use crate::store::{Position, StoreError};
use nines_span::SpanFields;
use std::ops::ControlFlow;

fn read(store: &dyn Store, from: &Position, spans_max: usize) -> (Vec<(i64, u64)>, Position) {
    let mut seen = Vec::new();
    let mut visit = |arrived: Timestamp, span: &dyn SpanFields| seen.push((arrived.0, span.id().0));
    let next = store.read_after(from, spans_max, &mut visit).expect("the feed can be read");
    (seen, next)
}

/// Claim.
pub fn every_batch_is_acknowledged_once(make: Make<'_>) {
    let store = make(Limits::default());
    let (sender, acknowledged) = mpsc::channel();
    let n_batches = 20;
    for batch_idx in 0..n_batches {
        let sender = sender.clone();
        let spans: Vec<Span> = (0..batch_idx).map(|id| span(u128::from(id) + 1, batch_idx, "web")).collect();
        let done = Box::new(move |outcome: Result<(), StoreError>| {
            let _ = sender.send((batch_idx, outcome.is_ok()));
        });
        store.append(&batch_of(&spans), Timestamp(0), done).expect("the store takes the batch");
    }
    let mut seen: Vec<_> =
        (0..n_batches).map(|_| acknowledged.recv_timeout(ACK_WAIT).expect("every batch is acknowledged")).collect();
    seen.sort_unstable();
    assert_eq!(seen, (0..n_batches).map(|batch_idx| (batch_idx, true)).collect::<Vec<_>>());
    assert!(acknowledged.try_recv().is_err(), "none twice");
}

/// Claim.
pub fn the_feed_gives_every_span_in_order_and_resumes_anywhere(make: Make<'_>) {
    let store = make(Limits::default());
    let (n_batches, n_spans) = (10, 7);
    for batch_idx in 0..n_batches {
        // One trace, so that one shard holds them all and their order is told.
        let spans: Vec<Span> = (0..n_spans).map(|i| span(1, batch_idx * n_spans + i + 1, "web")).collect();
        append_at(&*store, Timestamp::from_secs(batch_idx as i64), &spans);
    }
    let wanted: Vec<(i64, u64)> =
        (0..n_batches * n_spans).map(|row| ((row / n_spans) as i64 * 1_000_000, row + 1)).collect();
    for spans_max in [1, 4, 1000] {
        let (mut seen, mut position) = (Vec::new(), Position::default());
        loop {
            let (more, next) = read(&*store, &position, spans_max);
            if more.is_empty() {
                break;
            }
            seen.extend(more);
            position = next;
        }
        assert_eq!(seen, wanted, "by {spans_max}");
        assert_eq!(read(&*store, &position, spans_max), (vec![], position.clone()), "the end stays the end");
    }
}

/// Claim.
pub fn the_feed_gives_spans_as_they_were_sent(make: Make<'_>) {
    let store = make(Limits::default());
    let sent = with_tag(full_otlp_span(), "user", "kim".into());
    append(&*store, std::slice::from_ref(&sent));
    let mut n_seen = 0;
    let mut visit = |_: Timestamp, span: &dyn SpanFields| {
        n_seen += 1;
        assert_eq!(span.trace_id(), sent.trace_id);
        assert_eq!((span.start(), span.duration()), (sent.start, sent.duration));
        assert_eq!((span.kind(), span.status()), (sent.kind, sent.status));
        assert_eq!((span.service(), span.name(), span.remote_service()), ("", "작업", ""));
        for (key, value) in &sent.tags {
            assert_eq!(span.own_tag(key), Some(value.as_ref()), "{key}");
        }
        assert_eq!(span.own_tag("use"), None);
        assert_eq!(span.resource_bytes(), [10, 2, 1, 2]);
        assert!(span.has_event("later") && !span.has_event("late"));
    };
    store.read_after(&Position::default(), 10, &mut visit).expect("the feed can be read");
    assert_eq!(n_seen, 1);
}

/// Claim.
pub fn reading_back_gives_what_arrived_since_up_to_the_position(make: Make<'_>) {
    let store = make(Limits::default());
    for second in 1..=5 {
        append_at(&*store, Timestamp::from_secs(second), &[span(1, second as u64, "web")]);
    }
    let (_, upto) = read(&*store, &Position::default(), 4);
    let back = |since, upto: &Position| {
        let mut seen = Vec::new();
        let mut visit = |_: Timestamp, span: &dyn SpanFields| {
            seen.push(span.id().0);
            ControlFlow::Continue(())
        };
        store.read_back(Timestamp::from_secs(since), upto, &mut visit).expect("the past can be read");
        seen.sort_unstable();
        seen
    };
    assert_eq!(back(0, &upto), [1, 2, 3, 4]);
    assert_eq!(back(3, &upto), [3, 4]);
    assert_eq!(back(0, &Position::default()), [] as [u64; 0]);
    store.release("consumer", &upto);
    assert_eq!(back(2, &upto), [2, 3, 4], "what is released can still be read back");
    let mut n_seen = 0;
    let mut once = |_: Timestamp, _: &dyn SpanFields| {
        n_seen += 1;
        ControlFlow::Break(())
    };
    store.read_back(Timestamp(0), &upto, &mut once).expect("the past can be read");
    assert_eq!(n_seen, 1, "whoever has seen enough is not shown more");
}

/// Claim.
pub fn a_store_says_since_when_it_has_every_span(make: Make<'_>) {
    let store = make(Limits::default());
    assert_eq!(store.whole_since(), None);
    for second in 7..=9 {
        append_at(&*store, Timestamp::from_secs(second), &[span(second as u128, 1, "web")]);
    }
    // It may not know that nothing went before.
    let since = store.whole_since().expect("it has spans");
    assert!((7..=9).map(Timestamp::from_secs).any(|arrived| arrived == since), "{since:?}");
}

/// Claim.
pub fn a_closed_store_refuses_and_says_so(make: Make<'_>) {
    let store = make(Limits::default());
    append(&*store, &[span(1, 1, "web")]);
    store.health().expect("an open store is well");
    store.close().expect("the store closes");
    let refused = store.append(&batch_of(&[span(2, 2, "web")]), Timestamp(0), Box::new(|_| {}));
    assert!(matches!(refused, Err(StoreError::Stopped { .. })), "{refused:?}");
    assert!(store.health().is_err());
    assert_eq!(trace(&*store, 1, true).len(), 1, "what it holds can still be read");
    store.close().expect("closing twice is harmless");
}
