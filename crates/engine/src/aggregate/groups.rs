//! Counts a block, group by group.

use super::Count;
use super::counter::Counter;
use super::repeats::may_repeat_sorted;
use super::source::{PickedRows, Source, WholeRows};
use crate::block::{Block, Group, GroupMeta, PartPlace, RowKind};
use crate::search::BlockClause;
use nines_storage::StoreError;
use nines_trace::filter::Verdict;
use std::ops::Range;
use std::sync::Arc;

impl<'c> Count<'c> {
    /// Counts the spans of a block.
    pub(super) fn block(&mut self, block: &Block) {
        let question = self.question;
        let clause = BlockClause::new(question.query.filter(), &question.constraints, block, self.inner);
        let Some(Some(clause)) = self.reading.take(clause) else { return };
        let may_count = |(group_idx, meta): &(usize, &GroupMeta)| {
            meta.starts.meets(question.window) && clause.may_be_in(meta, *group_idx)
        };
        let mut groups = block.groups().iter().enumerate().filter(may_count).peekable();
        if groups.peek().is_none() {
            return;
        }
        let Some(tables) = self.reading.take(block.tables(&self.inner.caches)) else { return };
        let mut counter = Counter::of_block(question, &tables.tables);
        for (group_idx, _) in groups {
            if self.reading.is_spent() {
                return;
            }
            self.group(block, group_idx, &mut counter);
        }
    }

    fn group(&mut self, block: &Block, group_idx: usize, counter: &mut Counter<'c>) {
        if self.question.needs_whole_rows {
            let Some(group) = self.whole(block, group_idx) else { return };
            let (kinds, _) = self.kinds(&group, counter);
            let source = WholeRows { tables: &group.tables().tables, rows: group.rows() };
            return self.traces(block, group_idx, &group, &source, &kinds, counter);
        }
        let outline = match self.question.needs_ids {
            true => self.reading.frame(block, group_idx),
            false => self.reading.outline(block, group_idx).map(Arc::new),
        };
        let Some(outline) = outline else { return };
        let (kinds, present) = self.kinds(&outline, counter);
        let wanted = |kind: &u32| counter.facts(*kind).verdict != Verdict::Never;
        if !present.iter().any(wanted) {
            return;
        }
        let needs_values = present.iter().any(|kind| wanted(kind) && counter.facts(*kind).needs_values());
        let values = match needs_values {
            false => None,
            true => {
                let question = self.question;
                let wants = |column: &_| question.wants(column, outline.tables());
                let Some(values) = self.reading.picked(block, &outline, group_idx, &wants) else { return };
                Some(values)
            }
        };
        let source = PickedRows { outline: &outline, values: values.as_ref() };
        self.traces(block, group_idx, &outline, &source, &kinds, counter);
    }

    /// A row group with everything.
    pub(super) fn whole(&mut self, block: &Block, group_idx: usize) -> Option<Arc<Group>> {
        self.reading.frame(block, group_idx)?;
        self.reading.group(block, group_idx)
    }

    /// The kind of each row, and all that occur.
    fn kinds(&mut self, group: &Group, counter: &mut Counter<'c>) -> (Vec<u32>, Vec<u32>) {
        let (tables, rows, kinds) = (&group.tables().tables, group.rows(), group.kinds());
        let tally = &mut self.tally;
        match rows.origin.first() {
            // Told once for all rows of an operation and shape.
            Some(origin) if rows.origin.iter().all(|other| other == origin) => {
                let of_kind = |kind: &RowKind| counter.kind(tables, (kind.operation, kind.shape, *origin), tally);
                let present: Vec<u32> = kinds.list.iter().map(of_kind).collect();
                (kinds.of_rows.iter().map(|(kind, _)| present[usize::from(*kind)]).collect(), present)
            }
            _ => {
                let of_row = |row: u32| counter.kind_of(tables, rows, row, tally);
                let of_rows: Vec<u32> = (0..rows.operation.len() as u32).map(of_row).collect();
                let mut present = of_rows.clone();
                present.sort_unstable();
                present.dedup();
                (of_rows, present)
            }
        }
    }

    fn traces<S: Source>(
        &mut self,
        block: &Block,
        group_idx: usize,
        group: &Group,
        source: &S,
        kinds: &[u32],
        counter: &mut Counter<'c>,
    ) {
        let first_trace = block.groups()[group_idx].first_trace;
        for trace_idx in 0..group.n_traces() {
            let of_trace = group.rows_of(trace_idx);
            let ordinal = first_trace + trace_idx as u32;
            let mut may_repeat = || {
                may_repeat_sorted(group.rows(), of_trace.clone())
                    && self.reading.take(repeats_ids(block, group_idx, &of_trace, self.inner)) != Some(false)
            };
            let is_split = block.is_split(ordinal);
            if is_split || may_repeat() {
                let may_count = |row: u32| counter.facts(kinds[row as usize]).verdict != Verdict::Never;
                if of_trace.clone().any(may_count) {
                    self.joined(PartPlace::Block(block.id(), ordinal), group.rows().trace_ids[trace_idx]);
                }
                continue;
            }
            for row in of_trace {
                counter.count(source, row, kinds[row as usize], &mut self.tally);
            }
        }
    }
}

/// Whether rows of a trace that are alike have the same id too.
fn repeats_ids(
    block: &Block,
    group_idx: usize,
    of_trace: &Range<u32>,
    inner: &crate::engine::Inner,
) -> Result<bool, StoreError> {
    let frame = block.frame(group_idx, &inner.caches)?;
    Ok(may_repeat_sorted(frame.rows(), of_trace.clone()))
}
