//! All parts of one trace, wherever they are.

use super::clause::Asker;
use super::reading::Reading;
use crate::block::{Block, Group, PartPlace, fetch_trace};
use crate::engine::Inner;
use crate::hot::{Live, View};
use crate::moment::Snapshot;
use nines_base::TraceId;
use nines_span::Span;
use nines_storage::answer::{TraceTime, drop_repeats};
use nines_storage::{Answer, TraceHit, TraceQuery};
use std::ops::ControlFlow;

/// One part of a trace.
pub enum Part<'a> {
    /// In a segment, by place; the rows that the query sees.
    Live(&'a Live, &'a View, u32),
    /// In a row group, by its place among the group's traces; a frame will do where values are not asked for.
    Block(&'a Group, usize),
}

impl Part<'_> {
    /// The trace's id in this part.
    pub fn trace_id(&self) -> u128 {
        match self {
            Part::Live(live, _, place) => live.read().rows().trace_ids[*place as usize],
            Part::Block(group, trace_idx) => group.rows().trace_ids[*trace_idx],
        }
    }

    /// The trace's time as far as this part tells.
    pub fn time(&self) -> TraceTime {
        match self {
            Part::Live(live, view, place) => view.time_of(live, *place),
            Part::Block(group, trace_idx) => group.time_of(*trace_idx),
        }
    }

    /// Whether the query sees a row of it.
    fn is_seen(&self) -> bool {
        match self {
            Part::Live(live, view, place) => view.any_row(live, *place, |_, _| true),
            Part::Block(..) => true,
        }
    }

    /// Whether a row satisfies what `asker` asks.
    pub fn any_row(&self, asker: &mut Asker<'_>) -> bool {
        match self {
            Part::Live(live, view, place) => {
                view.any_row(live, *place, |segment, row| asker.matches(segment.tables(), segment.rows(), row))
            }
            Part::Block(group, trace_idx) => {
                let mut rows = group.rows_of(*trace_idx);
                rows.any(|row| asker.matches(&group.tables().tables, group.rows(), row))
            }
        }
    }

    /// Appends its spans, up to `spans_max` in all; `false` when there are more.
    pub fn spans(&self, spans: &mut Vec<Span>, spans_max: usize) -> bool {
        match self {
            Part::Live(live, view, place) => !view.any_row(live, *place, |segment, row| {
                let is_full = spans.len() >= spans_max;
                if !is_full {
                    spans.push(segment.row(row).to_span());
                }
                is_full
            }),
            Part::Block(group, trace_idx) => {
                let room = spans_max.saturating_sub(spans.len());
                let mut rows = group.rows_of(*trace_idx);
                spans.extend(rows.by_ref().take(room).map(|row| group.row(row).to_span()));
                rows.is_empty()
            }
        }
    }
}

impl Inner {
    /// Visits every part of a trace: of the id itself if strict, else of all that share its low half.
    /// What cannot be read is left out, and `reading` says so.
    fn visit_parts(
        &self,
        id: TraceId,
        strict: bool,
        snapshot: &Snapshot,
        reading: &mut Reading<'_>,
        mut visit: impl FnMut(Part<'_>) -> ControlFlow<()>,
    ) {
        let wanted = |trace_id: u128| !strict || trace_id == id.0;
        for (live, view) in snapshot.lives() {
            for place in live.places_of(id, strict) {
                if visit(Part::Live(live, view, place)).is_break() {
                    return;
                }
            }
        }
        // One more than may be read tells that there are more.
        let ordinals_max = self.config.limits.spans_per_trace_max.saturating_add(1);
        fetch_trace(snapshot.blocks(), id.0);
        for block in snapshot.blocks() {
            let found = reading.take(block.find_traces(id.0, ordinals_max, &self.caches)).unwrap_or_default();
            for ordinal in found {
                let Some(group) = reading.trace(block, ordinal) else { continue };
                let part = Part::Block(&group, 0);
                if wanted(part.trace_id()) && visit(part).is_break() {
                    return;
                }
            }
        }
    }

    /// See [`nines_storage::SpanStore::trace`].
    pub(crate) fn trace(&self, id: TraceId, strict: bool) -> Answer<Vec<Span>> {
        let snapshot = self.snapshot();
        let mut reading = Reading::new(self, &snapshot.catalog);
        let spans = self.trace_in(id, strict, &snapshot, &mut reading);
        reading.answer(spans)
    }

    /// The spans of a trace, repeats dropped.
    pub(crate) fn trace_in(
        &self,
        id: TraceId,
        strict: bool,
        snapshot: &Snapshot,
        reading: &mut Reading<'_>,
    ) -> Vec<Span> {
        let spans_max = self.config.limits.spans_per_trace_max;
        let (mut spans, mut all_fit) = (Vec::new(), true);
        self.visit_parts(id, strict, snapshot, reading, |part| {
            all_fit = part.spans(&mut spans, spans_max);
            if all_fit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        if !all_fit {
            reading.cut_trace();
        }
        drop_repeats(&mut spans);
        spans
    }

    /// Whether a trace is a hit, wherever its parts are.
    pub(crate) fn join_by_id(
        &self,
        id: TraceId,
        query: &TraceQuery,
        snapshot: &Snapshot,
        reading: &mut Reading<'_>,
    ) -> Option<TraceHit> {
        let mut joined = Joined::new(query);
        self.visit_parts(id, query.strict_trace_id, snapshot, reading, |part| {
            joined.take(&part);
            ControlFlow::Continue(())
        });
        joined.hit()
    }

    /// Whether a trace is a hit, going from the part at `first` to all others that are known.
    pub(crate) fn join_from(
        &self,
        id: TraceId,
        first: PartPlace,
        query: &TraceQuery,
        snapshot: &Snapshot,
        reading: &mut Reading<'_>,
    ) -> Option<TraceHit> {
        let mut joined = Joined::new(query);
        let mut places = vec![first];
        let mut next = 0;
        while let Some(place) = places.get(next).copied() {
            next += 1;
            let wanted = |part: &Part<'_>| !query.strict_trace_id || part.trace_id() == id.0;
            // A place that is not in this catalog is there under its other name: a generation is a block
            // or a segment in any one catalog, never both.
            let others = match place {
                PartPlace::Live(id, place) => {
                    let Some((live, view)) = snapshot.live(id) else { continue };
                    Some(Part::Live(live, view, place)).filter(wanted).iter().for_each(|part| joined.take(part));
                    live.splits().traces.get(&place).map(|split| split.others.clone()).unwrap_or_default()
                }
                PartPlace::Block(id, ordinal) => {
                    let Some(block) = snapshot.block(id) else { continue };
                    join_block(block, ordinal, &mut joined, wanted, reading);
                    block.other_parts(ordinal)
                }
            };
            for other in others {
                if !places.contains(&other) {
                    places.push(other);
                }
            }
        }
        joined.hit()
    }
}

fn join_block(
    block: &Block,
    ordinal: u32,
    joined: &mut Joined<'_>,
    wanted: impl Fn(&Part<'_>) -> bool,
    reading: &mut Reading<'_>,
) {
    if ordinal >= block.footer().n_traces {
        return;
    }
    let group_idx = block.group_of(ordinal);
    let trace_idx = (ordinal - block.groups()[group_idx].first_trace) as usize;
    let Some(frame) = reading.frame(block, group_idx) else { return };
    if !wanted(&Part::Block(&frame, trace_idx)) {
        return;
    }
    // Traces that are split lie together, where generations meet: the whole group serves them all.
    let group = match joined.needs_values(&frame, trace_idx) {
        true => reading.group(block, group_idx),
        false => Some(frame),
    };
    if let Some(group) = group {
        joined.take(&Part::Block(&group, trace_idx));
    }
}

/// What is known of a trace while its parts are put together.
struct Joined<'q> {
    query: &'q TraceQuery,
    time: TraceTime,
    widest: Option<u128>,
    /// Clauses that no row satisfied yet.
    open: Vec<usize>,
}

impl<'q> Joined<'q> {
    fn new(query: &'q TraceQuery) -> Joined<'q> {
        Joined { query, time: TraceTime::default(), widest: None, open: (0..query.clauses.len()).collect() }
    }

    fn needs_values(&self, frame: &Group, trace_idx: usize) -> bool {
        let clauses = &self.query.clauses;
        self.open.iter().any(|clause_idx| Asker::new(&clauses[*clause_idx]).needs_values(frame, trace_idx))
    }

    fn take(&mut self, part: &Part<'_>) {
        if !part.is_seen() {
            return;
        }
        self.time.join(part.time());
        self.widest = self.widest.max(Some(part.trace_id()));
        let clauses = &self.query.clauses;
        self.open.retain(|clause_idx| !part.any_row(&mut Asker::new(&clauses[*clause_idx])));
    }

    fn hit(self) -> Option<TraceHit> {
        let time_us = self.time.us().filter(|us| self.query.window.contains(*us))?;
        self.open.is_empty().then_some(TraceHit { trace_id: TraceId(self.widest?), time_us })
    }
}
