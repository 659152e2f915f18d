//! The suite that holds every store to the promises of [`crate::store`].
//!
//! [`crate::contract_suite!`] makes one test of each claim; a store's crate calls it with a way to make a
//! fresh, empty store. The claims speak of what can be asked through the traits; what survives a crash
//! is each store's own to prove.

mod aggregating;
mod feeding;
mod reading;
mod searching;
mod spans;

pub use aggregating::*;
pub use feeding::*;
pub use reading::*;
pub use searching::*;
pub use spans::{batch_of, full_otlp_span, full_zipkin_span, span};

use crate::answer::{Answer, Gap};
use crate::store::{Limits, Store, TraceHit, TraceQuery, Window};
use nines_base::{Timestamp, TraceId};
use nines_span::Span;
use nines_trace::filter::Filter;
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// Makes one `#[test]` of each claim. The argument is a closure that takes [`crate::Limits`] and makes an
/// empty store in an `Arc`; it may be called several times.
#[macro_export]
macro_rules! contract_suite {
    ($make:expr) => {
        $crate::contract_suite!(@claims $make;
            a_span_comes_back_whole
            otlp_parts_come_back_byte_for_byte
            an_unknown_trace_is_empty
            every_batch_is_acknowledged_once
            exact_repeats_collapse_and_different_reports_of_one_id_stay
            a_strict_look_up_compares_all_128_bits_and_a_lenient_one_64
            a_search_is_strict_or_lenient_too
            all_terms_of_a_clause_must_hold_on_one_span
            clauses_may_hold_on_different_spans_of_a_trace
            a_search_without_clauses_finds_every_trace_with_a_time
            the_window_includes_both_its_ends
            the_root_gives_a_trace_its_time
            a_late_root_moves_the_trace
            hits_come_newest_first_up_to_the_limit
            names_are_listed_as_sent_and_asked_for_in_any_case
            visiting_hands_out_whole_traces_that_have_a_span_in_the_window
            interleaved_traces_stay_apart
            a_trace_beyond_the_limit_is_cut_and_says_so
            spans_are_counted_by_what_they_have_in_common
            tags_are_counted_by_their_text_and_absence
            agg_1_spans_are_counted_where_they_themselves_start
            durations_are_summed_and_bucketed
            exact_repeats_are_counted_once_wherever_they_are
            links_are_those_of_whole_traces_with_a_span_in_the_window
            the_feed_gives_every_span_in_order_and_resumes_anywhere
            the_feed_gives_spans_as_they_were_sent
            reading_back_gives_what_arrived_since_up_to_the_position
            a_store_says_since_when_it_has_every_span
            a_slice_of_history_is_what_its_spans_have_in_common
            a_closed_store_refuses_and_says_so
        );
    };
    (@claims $make:expr; $($claim:ident)*) => {
        $(#[test] fn $claim() {
            let make = $make;
            $crate::contract::$claim(&|limits| make(limits) as std::sync::Arc<dyn $crate::Store>);
        })*
    };
}

/// Makes an empty store that keeps to the limits.
pub type Make<'a> = &'a dyn Fn(Limits) -> Arc<dyn Store>;

/// How long a store may take to acknowledge a batch before a test calls it broken.
const ACK_WAIT: Duration = Duration::from_secs(20);

/// Appends and waits for the acknowledgement.
pub fn append(store: &dyn Store, spans: &[Span]) {
    append_at(store, Timestamp::from_secs(1_700_000_000), spans);
}

fn append_at(store: &dyn Store, arrived: Timestamp, spans: &[Span]) {
    let (sender, acknowledged) = mpsc::channel();
    let done = Box::new(move |outcome| {
        // The test may have given up waiting; then there is nobody to tell.
        let _ = sender.send(outcome);
    });
    store.append(&batch_of(spans), arrived, done).expect("the store takes the batch");
    acknowledged.recv_timeout(ACK_WAIT).expect("the store acknowledges").expect("the batch is durable");
}

fn sorted(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by(|a, b| (a.id, a.kind, &a.name).cmp(&(b.id, b.kind, &b.name)));
    spans
}

fn trace(store: &dyn Store, id: u128, strict: bool) -> Vec<Span> {
    sorted(whole(store.trace(TraceId(id), strict).expect("the trace can be read")))
}

/// The value of an answer that lacks nothing.
fn whole<T>(answer: Answer<T>) -> T {
    assert!(answer.is_whole(), "{:?}", answer.gaps);
    answer.value
}

fn query(clauses: &[&str]) -> TraceQuery {
    TraceQuery {
        clauses: clauses.iter().map(|text| Filter::parse(text).expect("a valid filter")).collect(),
        window: Window { from: Timestamp(0), to: Timestamp(i64::MAX) },
        limit: 100,
        strict_trace_id: true,
    }
}

fn find(store: &dyn Store, query: &TraceQuery) -> Vec<(u128, u64)> {
    let hits = whole(store.find(query).expect("the search succeeds"));
    hits.iter().map(|TraceHit { trace_id, time_us }| (trace_id.0, *time_us)).collect()
}

/// Ids of the traces found, newest first.
fn found(store: &dyn Store, clauses: &[&str]) -> Vec<u128> {
    find(store, &query(clauses)).into_iter().map(|(id, _)| id).collect()
}
