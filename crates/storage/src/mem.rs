//! A store in memory: the shortest one that keeps the contract, for demos, tests and `--storage mem`.
//!
//! Bounded by a count of spans; beyond it the traces that were seen first are evicted whole. "Durable"
//! means nothing here: a batch is acknowledged at once, and a restart forgets everything. Every
//! instance is a generation of its own, so that positions of an earlier one are never mistaken for its.

use crate::aggregate::{Aggregate, AggregateQuery, Tally};
use crate::answer::{Answer, Gaps, NewestHits, TraceTime, drop_repeats};
use crate::names::Names;
use crate::sampler::Sampler;
use crate::store::{
    Done, Limits, Position, SpanFeed, SpanStore, StoreError, StoreStats, TraceHit, TraceQuery, VisitBack, Window,
};
use nines_base::{Timestamp, TraceId};
use nines_span::{Batch, Span, SpanRun};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Spans kept unless told otherwise: Zipkin's own default for its memory storage.
pub const SPANS_MAX_DEFAULT: usize = 500_000;

/// A bounded store in memory.
pub struct MemStore {
    spans_max: usize,
    generation: u64,
    limits: Limits,
    /// Which spans are kept once they were read; all without.
    sampler: Option<Sampler>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// By the low half of the trace id.
    traces: HashMap<u64, Vec<Stored>>,
    /// Keys of `traces` in the order they were first seen, for eviction.
    first_seen: VecDeque<u64>,
    n_spans: usize,
    /// The last arrival among the spans that were evicted.
    evicted_upto: Option<Timestamp>,
    names: Names,
    /// What consumers have still to read, from row `log_start` on.
    log: VecDeque<(Timestamp, Arc<Span>)>,
    log_start: u64,
    consumers: BTreeMap<String, u64>,
    closed: bool,
}

struct Stored {
    row: u64,
    arrived: Timestamp,
    span: Arc<Span>,
}

impl MemStore {
    /// A store of up to `spans_max` spans. `generation` must be larger than that of any earlier
    /// instance (seconds since the epoch serve well); `consumers` are those whose release is waited for.
    pub fn new(spans_max: usize, generation: u64, consumers: &[&str]) -> MemStore {
        let consumers = consumers.iter().map(|name| ((*name).to_owned(), 0)).collect();
        MemStore {
            spans_max,
            generation,
            limits: Limits::default(),
            sampler: None,
            state: Mutex::new(State { consumers, ..State::default() }),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Every change below keeps the state whole between two statements that can panic, so a
        // poisoned lock still holds a good value.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same store under other limits.
    pub fn with_limits(self, limits: Limits) -> MemStore {
        MemStore { limits, ..self }
    }

    /// The same store, which shows consumers every span and keeps those of `sampler`.
    pub fn sampled(self, sampler: Option<Sampler>) -> MemStore {
        MemStore { sampler, ..self }
    }

    /// The spans of a trace without repeats, as many as may be read.
    fn cut<'s>(&self, mut spans: impl Iterator<Item = &'s Span>) -> Answer<Vec<Span>> {
        let mut answer = Answer::whole(spans.by_ref().take(self.limits.spans_per_trace_max).cloned().collect());
        if spans.next().is_some() {
            answer.gaps.add(self.limits.spans_per_trace());
        }
        drop_repeats(&mut answer.value);
        answer
    }
}

impl State {
    /// Shows consumers a span, and keeps it where it is to be.
    fn take(&mut self, span: Span, arrived: Timestamp, is_kept: bool) {
        let span = Arc::new(span);
        let row = self.log_start + self.log.len() as u64;
        self.log.push_back((arrived, span.clone()));
        if is_kept {
            self.keep(span, arrived, row);
        }
    }

    fn keep(&mut self, span: Arc<Span>, arrived: Timestamp, row: u64) {
        self.names.add(&span.local.service, &span.name, &span.remote.service);
        let key = span.trace_id.low();
        let first_seen = &mut self.first_seen;
        let trace = self.traces.entry(key).or_insert_with(|| {
            first_seen.push_back(key);
            Vec::new()
        });
        trace.push(Stored { row, arrived, span });
        self.n_spans += 1;
    }

    fn evict(&mut self, spans_max: usize) {
        while self.n_spans > spans_max {
            let Some(oldest) = self.first_seen.pop_front() else { return };
            for stored in self.traces.remove(&oldest).unwrap_or_default() {
                self.names.remove(&stored.span.local.service, &stored.span.name, &stored.span.remote.service);
                self.n_spans -= 1;
                self.evicted_upto = self.evicted_upto.max(Some(stored.arrived));
            }
        }
    }

    /// Forgets what every consumer has read; without consumers, what exceeds the store's own bound.
    fn trim_log(&mut self, spans_max: usize) {
        let end = self.log_start + self.log.len() as u64;
        let keep_from = match self.consumers.values().min() {
            Some(slowest) => *slowest,
            None => end.saturating_sub(spans_max as u64),
        };
        while self.log_start < keep_from && self.log.pop_front().is_some() {
            self.log_start += 1;
        }
    }

    /// The traces of a low half as the caller tells them apart: one, or one for each whole id.
    fn groups(&self, low: u64, strict: bool) -> Vec<Vec<&Span>> {
        let spans = self.traces.get(&low).into_iter().flatten().map(|stored| &*stored.span);
        let mut groups: BTreeMap<TraceId, Vec<&Span>> = BTreeMap::new();
        for span in spans {
            let key = if strict { span.trace_id } else { TraceId(u128::from(low)) };
            groups.entry(key).or_default().push(span);
        }
        groups.into_values().collect()
    }
}

fn hit(spans: &[&Span], query: &TraceQuery) -> Option<TraceHit> {
    let mut time = TraceTime::default();
    for span in spans {
        time.see(span.parent_id.is_some(), span.start);
    }
    let time_us = time.us().filter(|us| query.window.contains(*us))?;
    let matches = query.clauses.iter().all(|clause| spans.iter().any(|span| clause.matches(*span)));
    // Of ids that share their low half the widest names the trace best.
    let trace_id = spans.iter().map(|span| span.trace_id).max()?;
    matches.then_some(TraceHit { trace_id, time_us })
}

impl SpanStore for MemStore {
    fn append(&self, batch: &Batch<'_>, arrived: Timestamp, done: Done) -> Result<(), StoreError> {
        {
            let mut state = self.state();
            if state.closed {
                return Err(StoreError::Stopped { detail: "it is closed".into() });
            }
            if !state.consumers.is_empty() && state.log.len() >= self.spans_max {
                let detail = format!("{} spans wait for the slowest consumer", state.log.len());
                return Err(StoreError::Busy { detail });
            }
            for view in batch.views() {
                let is_kept = self.sampler.is_none_or(|sampler| sampler.keeps_span(&view));
                state.take(view.to_span(), arrived, is_kept);
            }
            state.evict(self.spans_max);
            state.trim_log(self.spans_max);
        }
        done(Ok(()));
        Ok(())
    }

    fn trace(&self, id: TraceId, strict: bool) -> Result<Answer<Vec<Span>>, StoreError> {
        let state = self.state();
        let stored = state.traces.get(&id.low()).into_iter().flatten();
        let spans = stored.map(|stored| &*stored.span).filter(|span| !strict || span.trace_id == id);
        Ok(self.cut(spans))
    }

    fn find(&self, query: &TraceQuery) -> Result<Answer<Vec<TraceHit>>, StoreError> {
        let state = self.state();
        let mut newest = NewestHits::new(query.limit);
        for low in state.traces.keys() {
            for spans in state.groups(*low, query.strict_trace_id) {
                if let Some(hit) = hit(&spans, query) {
                    newest.push(hit);
                }
            }
        }
        Ok(Answer::whole(newest.into_vec()))
    }

    fn visit_traces(&self, window: Window, visit: &mut dyn FnMut(&[Span])) -> Result<Gaps, StoreError> {
        let starts_inside = |span: &Span| !span.start.is_none() && window.contains(span.start.us);
        let keys: Vec<u64> = self.state().traces.keys().copied().collect();
        let mut gaps = Gaps::default();
        for low in keys {
            // The lock is taken trace by trace: a visitor may be slow, or ask this store something.
            let spans = match self.state().traces.get(&low) {
                Some(stored) if stored.iter().any(|stored| starts_inside(&stored.span)) => {
                    self.cut(stored.iter().map(|stored| &*stored.span))
                }
                _ => continue,
            };
            visit(&spans.into_value(&mut gaps));
        }
        Ok(gaps)
    }

    fn aggregate(&self, query: &AggregateQuery) -> Result<Answer<Aggregate>, StoreError> {
        let counts = |span: &Span| {
            !span.start.is_none() && query.window().contains(span.start.us) && query.filter().matches(span)
        };
        let mut tally = Tally::new(query);
        let keys: Vec<u64> = self.state().traces.keys().copied().collect();
        for low in keys {
            let stored = self.state().traces.get(&low).map(|stored| {
                let counted = stored.iter().map(|stored| &*stored.span).filter(|span| counts(span));
                counted.cloned().collect::<Vec<Span>>()
            });
            let mut spans = stored.unwrap_or_default();
            drop_repeats(&mut spans);
            spans.iter().for_each(|span| tally.add_span(span));
        }
        Ok(tally.finish())
    }

    fn services(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.state().names.services())
    }

    fn operations(&self, service: &str) -> Result<Vec<String>, StoreError> {
        Ok(self.state().names.operations(service))
    }

    fn remote_services(&self, service: &str) -> Result<Vec<String>, StoreError> {
        Ok(self.state().names.remote_services(service))
    }

    fn stats(&self) -> StoreStats {
        StoreStats { spans: self.state().n_spans as u64, ..StoreStats::default() }
    }

    fn health(&self) -> Result<(), StoreError> {
        if self.state().closed { Err(StoreError::Stopped { detail: "it is closed".into() }) } else { Ok(()) }
    }

    fn close(&self) -> Result<(), StoreError> {
        self.state().closed = true;
        Ok(())
    }
}

impl SpanFeed for MemStore {
    fn read_runs_after(
        &self,
        from: &Position,
        spans_max: usize,
        visit: &mut dyn FnMut(&dyn SpanRun),
    ) -> Result<Position, StoreError> {
        let consumed = if from.generation == self.generation { from.rows_in(0) } else { 0 };
        let (start, rows) = {
            let state = self.state();
            let n_skipped = consumed.saturating_sub(state.log_start) as usize;
            let rows: Vec<_> = state.log.iter().skip(n_skipped).take(spans_max).cloned().collect();
            (consumed.max(state.log_start), rows)
        };
        for (arrived, span) in &rows {
            visit(&(*arrived, &**span));
        }
        Ok(Position { generation: self.generation, rows: vec![start + rows.len() as u64] })
    }

    fn read_back(&self, since: Timestamp, upto: &Position, visit: VisitBack<'_>) -> Result<(), StoreError> {
        let mut rows: Vec<(u64, Timestamp, Arc<Span>)> = {
            let state = self.state();
            let stored = state.traces.values().flatten();
            let wanted = stored
                .filter(|stored| stored.arrived >= since && upto.includes(self.generation, 0, stored.row))
                .map(|stored| (stored.row, stored.arrived, stored.span.clone()));
            wanted.collect()
        };
        rows.sort_by_key(|(row, ..)| *row);
        // Ended early or not, there is nothing left to do.
        let _ = rows.iter().try_for_each(|(_, arrived, span)| visit(*arrived, &**span));
        Ok(())
    }

    fn whole_since(&self) -> Option<Timestamp> {
        let state = self.state();
        let arrived = state.traces.values().flatten().map(|stored| stored.arrived);
        arrived.filter(|arrived| state.evicted_upto.is_none_or(|evicted| *arrived > evicted)).min()
    }

    fn release(&self, consumer: &str, upto: &Position) {
        let mut state = self.state();
        let consumed = match upto.generation.cmp(&self.generation) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => upto.rows_in(0),
            std::cmp::Ordering::Greater => u64::MAX,
        };
        let known = state.consumers.entry(consumer.to_owned()).or_default();
        *known = consumed.max(*known);
        state.trim_log(self.spans_max);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{batch_of, span};

    crate::contract_suite!(|limits| Arc::new(MemStore::new(SPANS_MAX_DEFAULT, 7, &[]).with_limits(limits)));

    fn append(store: &MemStore, spans: &[Span]) -> Result<(), StoreError> {
        store.append(&batch_of(spans), Timestamp(0), Box::new(|_| {}))
    }

    #[test]
    fn the_traces_seen_first_are_evicted_whole() {
        let store = MemStore::new(3, 1, &[]);
        append(&store, &[span(1, 1, "a"), span(1, 2, "a"), span(2, 1, "b")]).unwrap();
        append(&store, &[span(3, 1, "c")]).unwrap();
        assert!(store.trace(TraceId(1), true).unwrap().value.is_empty());
        assert_eq!(store.trace(TraceId(2), true).unwrap().value.len(), 1);
        assert_eq!(store.stats().spans, 2);
        assert_eq!(store.services().unwrap(), ["b", "c"]);
    }

    #[test]
    fn what_is_stored_is_whole_from_after_the_last_span_that_was_evicted() {
        let store = MemStore::new(3, 1, &[]);
        assert_eq!(store.whole_since(), None);
        let arrive = |at: i64, spans: &[Span]| {
            store.append(&batch_of(spans), Timestamp(at), Box::new(|_| {})).unwrap();
            store.whole_since().map(|since| since.0)
        };
        assert_eq!(arrive(10, &[span(1, 1, "a"), span(2, 1, "b")]), Some(10));
        assert_eq!(arrive(20, &[span(3, 1, "c")]), Some(10));
        assert_eq!(arrive(30, &[span(4, 1, "d")]), Some(20), "one of those of 10 went");
    }

    #[test]
    fn a_consumer_that_lags_too_far_makes_the_store_busy() {
        let store = MemStore::new(2, 5, &["slo"]);
        append(&store, &[span(1, 1, "a"), span(1, 2, "a")]).unwrap();
        assert!(matches!(append(&store, &[span(1, 3, "a")]), Err(StoreError::Busy { .. })));
        store.release("slo", &Position { generation: 5, rows: vec![1] });
        append(&store, &[span(1, 3, "a")]).unwrap();
    }

    #[test]
    fn consumers_see_every_span_and_queries_those_that_are_kept() {
        let store = MemStore::new(10, 5, &["slo"]).sampled(Sampler::of_rate(0.1).unwrap());
        let debug = Span { debug: true, ..span(1 << 62, 2, "b") };
        append(&store, &[span(1, 1, "a"), span(1 << 62, 1, "c"), debug, span(1 << 62, 3, "d")]).unwrap();
        let mut seen = Vec::new();
        store.read_after(&Position::default(), 10, &mut |_, span| seen.push(span.id().0)).unwrap();
        assert_eq!(seen, [1, 1, 2, 3]);
        assert_eq!(store.services().unwrap(), ["a", "b"]);
        assert_eq!(store.stats().spans, 2);
        let kept = store.trace(TraceId(1 << 62), true).unwrap().value;
        assert_eq!(kept.iter().map(|span| span.id.0).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn a_position_of_an_earlier_instance_starts_over() {
        let store = MemStore::new(10, 5, &[]);
        append(&store, &[span(1, 1, "a")]).unwrap();
        let mut n_seen = 0;
        let stale = Position { generation: 4, rows: vec![900] };
        let next = store.read_after(&stale, 10, &mut |_, _| n_seen += 1).unwrap();
        assert_eq!((n_seen, next), (1, Position { generation: 5, rows: vec![1] }));
    }
}
