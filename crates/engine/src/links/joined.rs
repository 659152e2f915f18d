//! The links of traces that have parts in several places: each linked whole, and remembered until a
//! part of it changes.

use super::Linking;
use super::names::{Call, Names};
use crate::block::PartPlace;
use nines_span::Span;
use nines_storage::answer::drop_repeats;
use nines_trace::linker::Linker;

/// Traces remembered, about a hundred bytes each. When there are more, all are forgotten.
const REMEMBERED_MAX: usize = 1 << 17;

/// What is remembered of a trace.
pub struct JoinedLinks {
    /// Its parts, and how many rows those in segments had.
    parts: Box<[(PartPlace, u32)]>,
    calls: Box<[Call]>,
}

impl Linking<'_> {
    /// Adds the links of the trace that has one of its parts at `first`, unless that was done.
    pub(super) fn joined(&mut self, first: PartPlace, low: u64) {
        if !self.done.insert(low) {
            return;
        }
        let mut parts = self.parts_of(first);
        // Whichever part was met first.
        parts.sort_unstable_by_key(|(place, _)| match place {
            PartPlace::Block(id, ordinal) => (0, *id, *ordinal),
            PartPlace::Live(id, at) => (1, *id, *at),
        });
        if self.memory.joined.get(&low).is_none_or(|known| *known.parts != *parts) {
            let mut calls = Vec::new();
            let is_whole = self.link_parts(&parts, &mut calls);
            if !is_whole {
                return calls.iter().for_each(|call| self.sums.add(*call));
            }
            if self.memory.joined.len() >= REMEMBERED_MAX {
                self.memory.joined.clear();
            }
            self.memory.joined.insert(low, JoinedLinks { parts: parts.into(), calls: calls.into() });
        }
        if let Some(known) = self.memory.joined.get(&low) {
            known.calls.iter().for_each(|call| self.sums.add(*call));
        }
    }

    /// All parts that can be reached from one; a place that is not in this catalog is there under its
    /// other name.
    fn parts_of(&self, first: PartPlace) -> Vec<(PartPlace, u32)> {
        let mut parts = Vec::new();
        let mut places = vec![first];
        let mut next = 0;
        while let Some(place) = places.get(next).copied() {
            next += 1;
            let others = match place {
                PartPlace::Live(id, at) => {
                    let Some(live) = self.catalog.live(id) else { continue };
                    parts.push((place, live.read().traces().heads()[at as usize].n_rows));
                    live.splits().traces.get(&at).map(|split| split.others.clone()).unwrap_or_default()
                }
                PartPlace::Block(id, ordinal) => {
                    let Some(block) = self.catalog.block(id) else { continue };
                    if ordinal >= block.footer().n_traces {
                        continue;
                    }
                    parts.push((place, 0));
                    block.other_parts(ordinal)
                }
            };
            for other in others {
                if !places.contains(&other) {
                    places.push(other);
                }
            }
        }
        parts
    }

    /// Links the spans of all parts; `false` when some could not be read, or not all may be.
    fn link_parts(&mut self, parts: &[(PartPlace, u32)], calls: &mut Vec<Call>) -> bool {
        let spans_max = self.inner.config.limits.spans_per_trace_max;
        let (mut spans, mut is_whole) = (Vec::new(), true);
        for (place, n_rows) in parts {
            let room = spans_max - spans.len();
            let n_there = match *place {
                PartPlace::Live(id, at) => {
                    let Some(live) = self.catalog.live(id) else { continue };
                    let segment = live.read();
                    // Rows that came since the parts were counted are linked the next time.
                    let n_new = segment.traces().heads()[at as usize].n_rows - n_rows;
                    let rows = segment.traces().rows_of(at).skip(n_new as usize);
                    spans.extend(rows.take(room).map(|row| segment.row(row).to_span()));
                    *n_rows as usize
                }
                PartPlace::Block(id, ordinal) => {
                    let Some(block) = self.catalog.block(id) else { continue };
                    let group_idx = block.group_of(ordinal);
                    let frame = self.reading.frame(block, group_idx);
                    let group = frame.and_then(|_| self.reading.group(block, group_idx));
                    let Some(group) = group else {
                        is_whole = false;
                        continue;
                    };
                    let rows = group.rows_of((ordinal - block.groups()[group_idx].first_trace) as usize);
                    let n_there = rows.len();
                    spans.extend(rows.take(room).map(|row| group.row(row).to_span()));
                    n_there
                }
            };
            if n_there > room {
                self.reading.cut_trace();
                is_whole = false;
            }
        }
        link_whole(spans, &mut self.memory.names, calls);
        is_whole
    }
}

/// Adds the calls of a trace's spans, linked whole.
pub fn link_whole(mut spans: Vec<Span>, names: &mut Names, calls: &mut Vec<Call>) {
    drop_repeats(&mut spans);
    let mut linker = Linker::default();
    linker.put_trace(&spans);
    for link in linker.links() {
        let (Some(parent), Some(child)) = (names.number(&link.parent), names.number(&link.child)) else { continue };
        for nth in 0..link.calls {
            calls.push(names.call(parent, child, nth < link.errors));
        }
    }
}
