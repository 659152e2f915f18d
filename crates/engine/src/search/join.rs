//! All parts of one trace, wherever they are.

use super::clause::Asker;
use crate::block::{Block, Group};
use crate::catalog::Catalog;
use crate::engine::Inner;
use crate::hot::Segment;
use nines_base::TraceId;
use nines_span::Span;
use nines_storage::answer::{TraceTime, drop_repeats};
use nines_storage::{StoreError, TraceHit, TraceQuery};
use std::ops::ControlFlow;
use std::sync::Arc;

/// One part of a trace.
pub enum Part<'a> {
    /// In a segment, by place; the segment is locked meanwhile.
    Live(&'a Segment, u32),
    /// In a row group, by its place among the group's traces.
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
            let parts = block.find_traces(id.0, &self.caches).and_then(|ordinals| {
                ordinals.into_iter().map(|ordinal| self.part_of(block, ordinal)).collect::<Result<Vec<_>, _>>()
            });
            match parts {
                Ok(parts) => {
                    for (group, trace_idx) in parts {
                        if wanted(group.rows().trace_ids[trace_idx]) && visit(Part::Block(&group, trace_idx)).is_break()
                        {
                            return Ok(());
                        }
                    }
                }
                Err(error) => failed = failed.or(self.note_damage(error)),
            }
        }
        failed.map_or(Ok(()), Err)
    }

    fn part_of(&self, block: &Block, ordinal: u32) -> Result<(Arc<Group>, usize), StoreError> {
        let group_idx = block.group_of(ordinal);
        let group = block.group(group_idx, &self.caches)?;
        Ok((group, (ordinal - block.groups()[group_idx].first_trace) as usize))
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

    /// Whether a trace, all its parts joined, is a hit.
    pub(crate) fn join(&self, id: TraceId, query: &TraceQuery, catalog: &Catalog) -> Option<TraceHit> {
        let (mut time, mut widest) = (TraceTime::default(), None);
        let mut open: Vec<usize> = (0..query.clauses.len()).collect();
        // Damage is noted on the way; the rest of the trace still counts.
        let _ = self.visit_parts(id, query.strict_trace_id, catalog, |part| {
            time.join(part.time());
            widest = widest.max(Some(part.trace_id()));
            open.retain(|clause_idx| !part.any_row(&mut Asker::new(&query.clauses[*clause_idx])));
            ControlFlow::Continue(())
        });
        let time_us = time.us().filter(|us| query.window.contains(*us))?;
        (open.is_empty()).then_some(TraceHit { trace_id: TraceId(widest?), time_us })
    }
}
