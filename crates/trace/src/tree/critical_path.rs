//! The critical path: which spans the trace's duration was spent in.
//!
//! From the root's end, walk backwards: the child that finished last is what its parent waited for,
//! so the path leads through it, and goes on in the parent where that child began. The gap between a
//! child's end and what came after it was the parent's own. A child is cut to its parent's time.
//! A consumer does not hold up its producer, and what hangs under the root for want of a better place
//! is not on the path.

use super::{Attached, Interval, Trace};
use nines_span::Kind;

/// A stretch of the critical path, spent in one node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Segment {
    /// The node.
    pub node: usize,
    /// When, never empty.
    pub interval: Interval,
}

/// A node the walk is in.
struct Visit {
    node: usize,
    /// Where the node begins, cut to its parent.
    from_us: i64,
    /// Where the walk stands: everything from here on is explained.
    upto_us: i64,
    /// Children it may still have waited for, with their cut intervals; the last-finishing one is last.
    children: Vec<(usize, Interval)>,
}

/// The critical path by time: its segments follow each other without a gap from the root's start to
/// its end. Empty where the trace has no known time. Of several nodes at the top the longest counts.
pub fn critical_path(trace: &Trace, intervals: &[Option<Interval>]) -> Vec<Segment> {
    let tops = trace.tree.tops().filter_map(|top| Some((top, intervals[top]?)));
    let Some((top, whole)) = tops.max_by_key(|(top, whole)| (whole.length_us(), std::cmp::Reverse(*top))) else {
        return Vec::new();
    };
    let mut backwards = Vec::new();
    let mut walk = vec![Visit::new(trace, intervals, top, whole)];
    while let Some(visit) = walk.last_mut() {
        let next = std::iter::from_fn(|| visit.children.pop()).find(|(_, child)| child.to_us <= visit.upto_us);
        let end_us = next.map_or(visit.from_us, |(_, child)| child.to_us);
        if end_us < visit.upto_us {
            let interval = Interval { from_us: end_us, to_us: visit.upto_us };
            backwards.push(Segment { node: visit.node, interval });
        }
        match next {
            Some((child, interval)) => {
                visit.upto_us = interval.from_us;
                walk.push(Visit::new(trace, intervals, child, interval));
            }
            None => {
                walk.pop();
            }
        }
    }
    backwards.reverse();
    backwards
}

impl Visit {
    fn new(trace: &Trace, intervals: &[Option<Interval>], node: usize, own: Interval) -> Visit {
        let is_producer = trace.span(node).kind == Kind::Producer;
        let waits_for = |child: &usize| {
            let attached = trace.tree.nodes()[*child].attached;
            let in_place = matches!(attached, Attached::Child | Attached::MissingParent);
            in_place && !(is_producer && trace.span(*child).kind == Kind::Consumer)
        };
        let cut = |child: usize| {
            let interval = intervals[child]?;
            let meets = interval.from_us < own.to_us && interval.to_us > own.from_us;
            let from_us = interval.from_us.max(own.from_us);
            meets.then_some((child, Interval { from_us, to_us: interval.to_us.min(own.to_us) }))
        };
        let mut children: Vec<(usize, Interval)> =
            trace.tree.children(node).filter(waits_for).filter_map(cut).collect();
        // Of two that finish together, the longer explains more.
        children.sort_by_key(|(child, interval)| (interval.to_us, std::cmp::Reverse((interval.from_us, *child))));
        Visit { node, from_us: own.from_us, upto_us: own.to_us, children }
    }
}
