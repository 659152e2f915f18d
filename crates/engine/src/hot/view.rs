//! What one query sees of a segment that goes on growing: the rows there were at the query's moment.
//!
//! Rows are read in slices, between which the segment is let go: a trace may be long, and its sender waits.

use super::live::Live;
use super::segment::Segment;
use crate::block::Bounds;
use nines_base::FineMicros;
use nines_storage::answer::TraceTime;
use std::ops::Range;

/// Rows that a reader looks at before it lets the segment go: a quarter of a millisecond where each is
/// made a span of, which is the longest that a reader keeps a sender waiting.
pub const ROWS_AT_ONCE: usize = 256;

/// Rows of one segment at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Rows there were.
    pub n_rows: u32,
    /// Rows of batches that had not yet come to all of their shards.
    pub hidden: Vec<Range<u32>>,
}

impl View {
    /// Whether the query sees a row.
    #[inline]
    pub fn sees(&self, row: u32) -> bool {
        row < self.n_rows && !self.hidden.iter().any(|hidden| hidden.contains(&row))
    }

    /// Whether `is` holds for a row of the trace at `place` that the query sees; asked last row first.
    pub fn any_row(&self, live: &Live, place: u32, mut is: impl FnMut(&Segment, u32) -> bool) -> bool {
        let mut next = live.read().traces().heads()[place as usize].last_row();
        loop {
            let segment = live.read();
            for _ in 0..ROWS_AT_ONCE {
                let Some(before) = segment.traces().row_before(next) else { return false };
                if self.sees(next) && is(&segment, next) {
                    return true;
                }
                next = before;
            }
        }
    }

    /// The time of a trace as far as the rows tell that the query sees.
    pub fn time_of(&self, live: &Live, place: u32) -> TraceTime {
        let mut time = TraceTime::default();
        if let Some(known) = self.known_time(&live.read(), place) {
            return known;
        }
        self.any_row(live, place, |segment, row| {
            see(&mut time, segment, row);
            false
        });
        time
    }

    /// What the time of a trace may be, told without letting the segment go; nothing of a trace of which
    /// the query sees no row.
    pub fn times_of(&self, segment: &Segment, place: u32) -> Option<Bounds> {
        if let Some(known) = self.known_time(segment, place) {
            return Some(Bounds::of(known.us()));
        }
        if segment.traces().heads()[place as usize].n_rows as usize > ROWS_AT_ONCE {
            return Some(Bounds { min_us: 0, max_us: u64::MAX });
        }
        let (mut time, mut any) = (TraceTime::default(), false);
        for row in self.rows_of(segment, place) {
            see(&mut time, segment, row);
            any = true;
        }
        any.then(|| Bounds::of(time.us()))
    }

    /// The rows of a trace that the query sees, last first.
    pub fn rows_of<'s>(&'s self, segment: &'s Segment, place: u32) -> impl Iterator<Item = u32> + 's {
        segment.traces().rows_of(place).filter(|row| self.sees(*row))
    }

    /// The time that the segment keeps, if the query sees all that it was made of.
    fn known_time(&self, segment: &Segment, place: u32) -> Option<TraceTime> {
        let head = &segment.traces().heads()[place as usize];
        (self.hidden.is_empty() && head.last_row() < self.n_rows).then(|| head.time())
    }
}

fn see(time: &mut TraceTime, segment: &Segment, row: u32) {
    let (rows, at) = (segment.rows(), row as usize);
    time.see(rows.parent[at] != 0, FineMicros { us: rows.start_us[at], sub_ns: rows.fine_of(row).0 });
}
