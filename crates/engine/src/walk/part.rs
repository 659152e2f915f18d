//! The spans of one part that are wanted, trace by trace.

use crate::block::{Block, BlockCaches, Bounds, Group};
use crate::hot::Segment;
use nines_base::{Timestamp, vfs::Vfs};
use nines_span::{Span, SpanFields};
use nines_storage::answer::drop_repeats;
use nines_storage::{StoreError, Window};
use nines_trace::filter::Filter;
use std::path::Path;
use std::sync::Arc;

/// Unpacked groups and tables kept: one at a time is enough.
const CACHE_BYTES: usize = 1 << 20;

/// Rows of a segment looked at for one visit: as many as a row group has.
const ROWS_AT_ONCE: usize = crate::block::GROUP_ROWS_MAX;

/// Which spans are wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Where their start must lie; a span without a start lies nowhere. `None`: anywhere.
    pub window: Option<Window>,
    /// What must hold of each.
    pub filter: Filter,
}

impl Wanted {
    fn takes<S: SpanFields>(&self, span: &S) -> bool {
        let start = span.start();
        let is_inside = self.window.is_none_or(|window| !start.is_none() && window.contains(start.us));
        is_inside && (self.filter.is_empty() || self.filter.matches(span))
    }

    /// Whether spans that start in these bounds may be wanted.
    pub fn may_start_in(&self, starts: Bounds) -> bool {
        let Some(window) = self.window else { return true };
        let first = window.from.max(Timestamp(0)).0 as u64;
        u64::try_from(window.to.0).is_ok_and(|last| starts.meets(Bounds { min_us: first, max_us: last }))
    }
}

/// A shard of a generation, open for reading.
pub enum Part {
    /// In its block.
    Block(Box<Block>),
    /// As replayed from the inbox.
    Segment(Box<Segment>),
}

impl Part {
    /// The part in a block's file.
    pub fn open_block(vfs: Arc<dyn Vfs>, path: &Path) -> Result<Part, StoreError> {
        Ok(Part::Block(Box::new(Block::open(vfs, path)?)))
    }

    /// Spans in it, repeats counted.
    pub fn n_spans(&self) -> u64 {
        match self {
            Part::Block(block) => block.footer().n_rows,
            Part::Segment(segment) => segment.len() as u64,
        }
    }

    /// Hands the wanted spans to `visit`, those of up to a row group at a time, a trace's side by side and
    /// exact repeats in it dropped. What cannot be read is left out and returned; `visit` may end the walk.
    pub fn visit<E>(
        &self,
        wanted: &Wanted,
        mut visit: impl FnMut(Vec<Span>) -> Result<(), E>,
    ) -> Result<Vec<StoreError>, E> {
        let mut damage = Vec::new();
        match self {
            Part::Block(block) => {
                let caches = BlockCaches::new(CACHE_BYTES, CACHE_BYTES, 1);
                for (group_idx, meta) in block.groups().iter().enumerate() {
                    if !wanted.may_start_in(meta.starts) {
                        continue;
                    }
                    match block.group(group_idx, &caches) {
                        Ok(group) => visit_some(group_spans(&group, wanted), &mut visit)?,
                        Err(error) => damage.push(error),
                    }
                }
            }
            Part::Segment(segment) => visit_segment(segment, wanted, &mut visit)?,
        }
        Ok(damage)
    }
}

fn visit_some<E>(spans: Vec<Span>, visit: &mut impl FnMut(Vec<Span>) -> Result<(), E>) -> Result<(), E> {
    if spans.is_empty() { Ok(()) } else { visit(spans) }
}

fn group_spans(group: &Group, wanted: &Wanted) -> Vec<Span> {
    let mut spans = Vec::new();
    for trace_idx in 0..group.n_traces() {
        let rows = group.rows_of(trace_idx).map(|row| group.row(row)).filter(|row| wanted.takes(row));
        add_trace(rows.map(|row| row.to_span()).collect(), &mut spans);
    }
    spans
}

fn visit_segment<E>(
    segment: &Segment,
    wanted: &Wanted,
    visit: &mut impl FnMut(Vec<Span>) -> Result<(), E>,
) -> Result<(), E> {
    let mut spans = Vec::new();
    for place in 0..segment.traces().heads().len() as u32 {
        // One trace may have many rows; exact repeats are dropped within each stretch of them.
        let mut rows = segment.traces().rows_of(place).map(|row| segment.row(row)).filter(|row| wanted.takes(row));
        loop {
            let stretch: Vec<Span> = rows.by_ref().take(ROWS_AT_ONCE).map(|row| row.to_span()).collect();
            if stretch.is_empty() {
                break;
            }
            add_trace(stretch, &mut spans);
            if spans.len() >= ROWS_AT_ONCE {
                visit(std::mem::take(&mut spans))?;
            }
        }
    }
    visit_some(spans, visit)
}

fn add_trace(mut trace: Vec<Span>, spans: &mut Vec<Span>) {
    if trace.len() > 1 {
        drop_repeats(&mut trace);
    }
    spans.append(&mut trace);
}
