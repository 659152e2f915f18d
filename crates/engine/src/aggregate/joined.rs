//! Counts a trace that has parts elsewhere or repeats itself: its spans that count are put together,
//! and repeats among them dropped.

use super::Count;
use crate::block::PartPlace;
use crate::columns::Row;
use nines_base::TraceId;
use nines_span::Span;
use nines_storage::answer::drop_repeats;

impl Count<'_> {
    /// Counts all parts of the trace that has one at `first`, unless that was done.
    pub(super) fn joined(&mut self, first: PartPlace, trace_id: u128) {
        if !self.joined.insert(TraceId(trace_id).low()) {
            return;
        }
        let mut spans = Vec::new();
        let mut places = vec![first];
        let mut next = 0;
        while let Some(place) = places.get(next).copied() {
            next += 1;
            for other in self.part(place, &mut spans) {
                if !places.contains(&other) {
                    places.push(other);
                }
            }
        }
        drop_repeats(&mut spans);
        spans.iter().for_each(|span| self.tally.add_span(span));
    }

    /// Adds the spans of one part that count; returns the other parts it knows of. A place that is not in
    /// this catalog is there under its other name.
    fn part(&mut self, place: PartPlace, spans: &mut Vec<Span>) -> Vec<PartPlace> {
        match place {
            PartPlace::Live(id, place) => {
                let Some((live, view)) = self.snapshot.live(id) else { return Vec::new() };
                {
                    let segment = live.read();
                    self.take(view.rows_of(&segment, place).map(|row| segment.row(row)), spans);
                }
                live.splits().traces.get(&place).map(|split| split.others.clone()).unwrap_or_default()
            }
            PartPlace::Block(id, ordinal) => {
                let Some(block) = self.snapshot.block(id).filter(|block| ordinal < block.footer().n_traces) else {
                    return Vec::new();
                };
                let group_idx = block.group_of(ordinal);
                if block.groups()[group_idx].starts.meets(self.question.window)
                    && let Some(group) = self.whole(block, group_idx)
                {
                    let trace_idx = (ordinal - block.groups()[group_idx].first_trace) as usize;
                    self.take(group.rows_of(trace_idx).map(|row| group.row(row)), spans);
                }
                block.other_parts(ordinal)
            }
        }
    }

    fn take<'r>(&mut self, rows: impl Iterator<Item = Row<'r>>, spans: &mut Vec<Span>) {
        let spans_max = self.inner.config.limits.spans_per_trace_max;
        for row in rows.filter(|row| self.question.counts(row)) {
            if spans.len() == spans_max {
                return self.reading.cut_trace();
            }
            spans.push(row.to_span());
        }
    }
}
