//! When each node was busy: its own times, corrected for skew, and its children's where it has none.

use super::{Skew, Trace, known_us};

/// A stretch of time in microseconds since the epoch, `from` ≤ `to`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interval {
    /// Its start.
    pub from_us: i64,
    /// Its end.
    pub to_us: i64,
}

impl Interval {
    /// Its length.
    pub fn length_us(self) -> i64 {
        self.to_us.saturating_sub(self.from_us)
    }

    fn hull(self, other: Interval) -> Interval {
        Interval { from_us: self.from_us.min(other.from_us), to_us: self.to_us.max(other.to_us) }
    }
}

/// Each node's interval. A span without a duration reaches to the end of its last descendant, one
/// without a start covers its descendants; `None` where nothing is known.
pub fn intervals(trace: &Trace, skew: &Skew) -> Vec<Option<Interval>> {
    let nodes = trace.tree.nodes();
    let mut below: Vec<Option<Interval>> = vec![None; nodes.len()];
    let mut intervals = vec![None; nodes.len()];
    for node in (0..nodes.len()).rev() {
        let span = trace.span(node);
        let start = known_us(span.start).map(|start_us| start_us.saturating_sub(skew.shift_us(node)));
        let own = start.map(|from_us| {
            let end = known_us(span.duration).map(|duration_us| from_us.saturating_add(duration_us));
            let below_end = || below[node].map_or(from_us, |below| below.to_us.max(from_us));
            Interval { from_us, to_us: end.unwrap_or_else(below_end) }
        });
        let whole = own.or(below[node]);
        intervals[node] = whole;
        if let (Some(parent), Some(whole)) = (nodes[node].parent, whole) {
            below[parent] = Some(below[parent].map_or(whole, |known| known.hull(whole)));
        }
    }
    intervals
}

/// Time each node spent itself: its interval without those of its children, in microseconds.
pub fn self_times_us(trace: &Trace, intervals: &[Option<Interval>]) -> Vec<i64> {
    (0..intervals.len())
        .map(|node| {
            let Some(own) = intervals[node] else { return 0 };
            let mut busy: Vec<Interval> = trace.tree.children(node).filter_map(|child| intervals[child]).collect();
            busy.sort_by_key(|child| child.from_us);
            let mut free_us = 0;
            let mut upto_us = own.from_us;
            for child in busy {
                free_us += child.from_us.clamp(upto_us, own.to_us) - upto_us;
                upto_us = upto_us.max(child.to_us.min(own.to_us));
            }
            free_us + (own.to_us - upto_us)
        })
        .collect()
}
