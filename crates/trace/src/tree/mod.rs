//! A trace as a tree, and what is read off it: rows, summary, clock skew, critical path.
//!
//! [`merge()`](merge::merge) puts spans in order, [`Tree`] finds each one's place, everything else is
//! computed from both. Nothing here recurses: a chain of a hundred thousand spans is a tree too.
//!
//! Does not know where the spans came from, nor how they are drawn.

pub mod critical_path;
pub mod interval;
pub mod merge;
mod place;
pub mod rows;
pub mod skew;
pub mod summary;

#[cfg(test)]
mod tests;

pub use critical_path::{Segment, critical_path};
pub use interval::{Interval, intervals, self_times_us};
pub use merge::merge;
pub use place::Attached;
pub use rows::{Row, rows};
pub use skew::{Skew, SkewCorrection, find_skew};
pub use summary::{ServiceShare, Summary, summary, trace_time_us};

use merge::borrow;
use nines_base::{FineMicros, SpanId, invariant};
use nines_span::Span;
pub(crate) use place::{Attachment, Placed, Rules};

/// A trace's merged spans and their tree.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The spans, merged.
    pub spans: Vec<Span>,
    /// Their places.
    pub tree: Tree,
}

impl Trace {
    /// Merges the spans of one trace, however they arrived, and finds their places.
    pub fn assemble(spans: Vec<Span>) -> Trace {
        let spans = merge(spans);
        let tree = Tree::of(&spans);
        Trace { spans, tree }
    }

    /// The span at a node.
    pub fn span(&self, node: usize) -> &Span {
        &self.spans[self.tree.nodes[node].span]
    }
}

/// The places of a trace's spans: nodes in depth-first order, siblings by start, those without a start first.
///
/// Invariant TRE-1: each span is at one node, and stands behind its parent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tree {
    nodes: Vec<Node>,
    missing_parents: Vec<SpanId>,
}

/// A span's place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Node {
    /// The span, by its place in the input.
    pub span: usize,
    /// The parent's node; `None` at the top.
    pub parent: Option<usize>,
    /// Ancestors it has.
    pub depth: u32,
    /// Nodes of its subtree, itself included; the subtree stands right behind it.
    pub size: usize,
    /// Why it hangs there.
    pub attached: Attached,
}

impl Tree {
    /// Finds the places of merged spans.
    pub fn of(spans: &[Span]) -> Tree {
        let placed: Vec<Placed<'_>> = spans
            .iter()
            .map(|span| Placed {
                id: span.id,
                parent_id: span.parent_id,
                shared: span.shared,
                local: borrow(&span.local),
                start: span.start,
            })
            .collect();
        Tree::from_placed(&placed, Rules::Readers)
    }

    pub(crate) fn from_placed(placed: &[Placed<'_>], rules: Rules) -> Tree {
        let attachments = place::place(placed, rules);
        let nodes = depth_first(placed, &attachments);
        let is_whole = nodes.len() == placed.len();
        invariant!("TRE-1", is_whole, "{} of {} spans have a node", nodes.len(), placed.len());
        let missing = |node: &Node| {
            let span = &placed[node.span];
            // Of a joined server without its client, the client's half is what is missing.
            (node.attached == Attached::MissingParent).then_some(if span.shared { span.id } else { span.parent_id? })
        };
        let mut missing_parents: Vec<SpanId> = nodes.iter().filter_map(missing).collect();
        missing_parents.sort_unstable();
        missing_parents.dedup();
        Tree { nodes, missing_parents }
    }

    /// The nodes, depth first.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The one node everything hangs under; `None` where there are several at the top, or none at all.
    pub fn root(&self) -> Option<usize> {
        (self.nodes.first()?.size == self.nodes.len()).then_some(0)
    }

    /// Nodes at the top.
    pub fn tops(&self) -> impl Iterator<Item = usize> {
        self.siblings_from(0, self.nodes.len())
    }

    /// A node's children.
    pub fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        self.siblings_from(node + 1, node + self.nodes[node].size)
    }

    fn siblings_from(&self, first: usize, end: usize) -> impl Iterator<Item = usize> {
        let mut next = first;
        std::iter::from_fn(move || {
            let node = next;
            (node < end).then(|| {
                next += self.nodes[node].size;
                node
            })
        })
    }

    /// Ids of parents that never arrived, each once.
    pub fn missing_parents(&self) -> &[SpanId] {
        &self.missing_parents
    }

    /// How often a span was its own ancestor.
    pub fn n_cycles(&self) -> usize {
        self.nodes.iter().filter(|node| node.attached == Attached::CutCycle).count()
    }
}

/// Lays the spans out depth first.
fn depth_first(placed: &[Placed<'_>], attachments: &[Attachment]) -> Vec<Node> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); placed.len()];
    let mut tops = Vec::new();
    for (span, attachment) in attachments.iter().enumerate() {
        match attachment.parent {
            Some(parent) => children[parent].push(span),
            None => tops.push(span),
        }
    }
    let by_start = |siblings: &mut Vec<usize>| siblings.sort_by_key(|span| (placed[*span].start, *span));
    by_start(&mut tops);
    children.iter_mut().for_each(by_start);

    let mut nodes: Vec<Node> = Vec::with_capacity(placed.len());
    let mut waiting: Vec<(usize, Option<usize>, u32)> = tops.into_iter().rev().map(|span| (span, None, 0)).collect();
    while let Some((span, parent, depth)) = waiting.pop() {
        let node = nodes.len();
        nodes.push(Node { span, parent, depth, size: 1, attached: attachments[span].attached });
        waiting.extend(children[span].iter().rev().map(|child| (*child, Some(node), depth + 1)));
    }
    for node in (0..nodes.len()).rev() {
        if let Some(parent) = nodes[node].parent {
            nodes[parent].size += nodes[node].size;
        }
    }
    nodes
}

/// A time in whole microseconds; `None` where none was sent.
fn known_us(time: FineMicros) -> Option<i64> {
    (!time.is_none()).then(|| i64::try_from(time.us).unwrap_or(i64::MAX))
}
