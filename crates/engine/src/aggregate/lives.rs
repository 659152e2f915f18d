//! Counts a segment, letting go of it every few thousand rows.

use super::Count;
use super::counter::Counter;
use super::repeats::may_repeat;
use super::source::WholeRows;
use crate::block::PartPlace;
use crate::hot::{Live, View};

/// Rows counted before the segment is let go for a moment: some hundred microseconds.
const ROWS_AT_ONCE: usize = 2048;

impl Count<'_> {
    /// Counts the spans of a segment.
    pub(super) fn live(&mut self, live: &Live, view: &View) {
        let mut counter = Counter::new(self.question);
        let mut next = 0;
        while let Some(after) = self.slice(live, view, next, &mut counter) {
            next = after;
        }
    }

    /// Counts traces from place `first` on; returns the place behind the last, nothing when there are no more.
    fn slice(&mut self, live: &Live, view: &View, first: u32, counter: &mut Counter<'_>) -> Option<u32> {
        let mut to_join = Vec::new();
        let mut place = first;
        {
            let segment = live.read();
            let splits = live.splits();
            let (tables, rows) = (segment.tables(), segment.rows());
            let source = WholeRows { tables, rows };
            let heads = segment.traces().heads();
            let mut n_rows = 0;
            let mut of_trace = Vec::new();
            while (place as usize) < heads.len() && n_rows < ROWS_AT_ONCE {
                let head = &heads[place as usize];
                let starts_in_time = head.first_start_us().is_some_and(|us| us <= self.question.window.max_us);
                if starts_in_time {
                    of_trace.clear();
                    of_trace.extend(view.rows_of(&segment, place));
                    n_rows += of_trace.len();
                    if splits.traces.contains_key(&place) || may_repeat(rows, &of_trace) {
                        to_join.push((PartPlace::Live(live.id(), place), rows.trace_ids[place as usize]));
                    } else {
                        for row in &of_trace {
                            let kind = counter.kind_of(tables, rows, *row, &mut self.tally);
                            counter.count(&source, *row, kind, &mut self.tally);
                        }
                    }
                } else {
                    n_rows += 1;
                }
                place += 1;
            }
        }
        for (place, trace_id) in to_join {
            self.joined(place, trace_id);
        }
        (place > first).then_some(place)
    }
}
