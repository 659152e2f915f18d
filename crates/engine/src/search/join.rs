//! All parts of one trace, wherever they are.

use super::clause::Asker;
use crate::block::{Block, Group, PartPlace};
use crate::catalog::Catalog;
use crate::engine::Inner;
use crate::hot::Segment;
use nines_base::TraceId;
use nines_span::Span;
use nines_storage::answer::{TraceTime, drop_repeats};
use nines_storage::{StoreError, TraceHit, TraceQuery};
use std::ops::ControlFlow;

/// One part of a trace.
pub enum Part<'a> {
    /// In a segment, by place; the segment is locked meanwhile.
    Live(&'a Segment, u32),
    /// In a row group, by its place among the group's traces; a frame will do where values are not asked for.
    Block(&'a Group, usize),
}

impl Part<'_> {
    /// The trace's id in this part.
    pub fn trace_id(&self) -> u128 {
        match self {
            Part::Live(segment, place) => segment.rows().trace_ids[*place as usize],
            Part::Block(group, trace_idx) => group.rows().trace_ids[*trace_idx],
        }
    }

    /// The trace's time as far as this part tells.
    pub fn time(&self) -> TraceTime {
        match self {
            Part::Live(segment, place) => segment.traces().heads()[*place as usize].time(),
            Part::Block(group, trace_idx) => group.time_of(*trace_idx),
        }
    }

    /// Whether a row satisfies what `asker` asks.
    pub fn any_row(&self, asker: &mut Asker<'_>) -> bool {
        match self {
            Part::Live(segment, place) => {
                let mut rows = segment.traces().rows_of(*place);
                rows.any(|row| asker.matches(segment.tables(), segment.rows(), row))
            }
            Part::Block(group, trace_idx) => {
                let mut rows = group.rows_of(*trace_idx);
                rows.any(|row| asker.matches(&group.tables().tables, group.rows(), row))
            }
        }
    }

    /// Appends its spans, up to `spans_max` in all.
    pub fn spans(&self, spans: &mut Vec<Span>, spans_max: usize) {
        let room = spans_max.saturating_sub(spans.len());
        match self {
            Part::Live(segment, place) => {
                spans.extend(segment.traces().rows_of(*place).take(room).map(|row| segment.row(row).to_span()));
            }
            Part::Block(group, trace_idx) => {
                spans.extend(group.rows_of(*trace_idx).take(room).map(|row| group.row(row).to_span()));
            }
        }
    }
}

impl Inner {
    /// Visits every part of a trace: of the id itself if strict, else of all that share its low half.
    /// A block that cannot be read is left out and its damage noted; the first such error is returned.
    pub(crate) fn visit_parts(
        &self,
        id: TraceId,
        strict: bool,
        catalog: &Catalog,
        mut visit: impl FnMut(Part<'_>) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let wanted = |trace_id: u128| !strict || trace_id == id.0;
        for live in &catalog.lives {
            let segment = live.read();
            for place in segment.traces().find_low(id.0, &segment.rows().trace_ids) {
                if wanted(segment.rows().trace_ids[place as usize]) && visit(Part::Live(&segment, place)).is_break() {
                    return Ok(());
                }
            }
        }
        let mut failed = None;
        for block in &catalog.blocks {
            let parts =
                block.find_traces(id.0, self.config.limits.spans_per_trace_max, &self.caches).and_then(|ordinals| {
                    ordinals.into_iter().map(|ordinal| self.part_of(block, ordinal)).collect::<Result<Vec<_>, _>>()
                });
            match parts {
                Ok(parts) => {
                    for part in parts.iter().map(|group| Part::Block(group, 0)) {
                        if wanted(part.trace_id()) && visit(part).is_break() {
                            return Ok(());
                        }
                    }
                }
                Err(error) => failed = failed.or(self.note_damage(error)),
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// One trace of a block, alone in a group.
    fn part_of(&self, block: &Block, ordinal: u32) -> Result<Group, StoreError> {
        let group_idx = block.group_of(ordinal);
        block.trace(group_idx, (ordinal - block.groups()[group_idx].first_trace) as usize, &self.caches)
    }

    /// The spans of a trace, repeats dropped. What can be read is answered; only if that is nothing is
    /// damage the answer.
    pub(crate) fn trace_in(&self, id: TraceId, strict: bool, catalog: &Catalog) -> Result<Vec<Span>, StoreError> {
        let spans_max = self.config.limits.spans_per_trace_max;
        let mut spans = Vec::new();
        let outcome = self.visit_parts(id, strict, catalog, |part| {
            part.spans(&mut spans, spans_max);
            if spans.len() < spans_max { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        match outcome {
            Err(error) if spans.is_empty() => Err(error),
            _ => {
                drop_repeats(&mut spans);
                Ok(spans)
            }
        }
    }

    /// Whether a trace is a hit, wherever its parts are.
    pub(crate) fn join_by_id(&self, id: TraceId, query: &TraceQuery, catalog: &Catalog) -> Option<TraceHit> {
        let mut joined = Joined::new(query);
        // Damage is noted on the way; the rest of the trace still counts.
        let _ = self.visit_parts(id, query.strict_trace_id, catalog, |part| {
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
        catalog: &Catalog,
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
                    let Some(live) = catalog.live(id) else { continue };
                    {
                        let segment = live.read();
                        Some(Part::Live(&segment, place)).filter(wanted).iter().for_each(|part| joined.take(part));
                    }
                    live.splits().traces.get(&place).map(|split| split.others.clone()).unwrap_or_default()
                }
                PartPlace::Block(id, ordinal) => {
                    let Some(block) = catalog.block(id) else { continue };
                    self.or_damage(self.join_block(block, ordinal, &mut joined, wanted));
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

impl Inner {
    fn join_block(
        &self,
        block: &Block,
        ordinal: u32,
        joined: &mut Joined<'_>,
        wanted: impl Fn(&Part<'_>) -> bool,
    ) -> Result<(), StoreError> {
        if ordinal >= block.footer().n_traces {
            return Ok(());
        }
        let group_idx = block.group_of(ordinal);
        let trace_idx = (ordinal - block.groups()[group_idx].first_trace) as usize;
        let frame = block.frame(group_idx, &self.caches)?;
        if !wanted(&Part::Block(&frame, trace_idx)) {
            return Ok(());
        }
        // Traces that are split lie together, where generations meet: the whole group serves them all.
        let group = if joined.needs_values(&frame, trace_idx) { block.group(group_idx, &self.caches)? } else { frame };
        joined.take(&Part::Block(&group, trace_idx));
        Ok(())
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
