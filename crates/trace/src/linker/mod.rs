//! Dependency links between services, counted from traces by Zipkin's rules, so that both draw the
//! same map from the same spans.
//!
//! For every span of a trace's tree:
//! 1. A client with a child is left to its child: the server knows its own name best.
//! 2. A span without a kind counts as a client where both names are known, else it is local.
//! 3. Servers and consumers are the child of the link, clients and producers its parent; the root
//!    server needs the other side's name.
//! 4. The tag `error`, whatever its value, makes a call failed.
//! 5. Producers and consumers link to the broker they name, and never to each other.
//! 6. For calls, the nearest ancestor with a kind counts: its name is what a server was called by; a
//!    client of another name than its ancestor's adds a link between the two; and a failed client is
//!    a failed call where it is the parent.
//! 7. A link needs both names.
//!
//! A store that knows the places of a trace's spans already asks for the links of each ([`link`]) and
//! has no need of whole spans.
//!
//! Does not group spans into traces; spans of one trace are those whose ids share their low half.

mod side;
#[cfg(test)]
mod tests;

pub use side::{Side, link};

use crate::names::lower;
use crate::tree::merge::{Fold, Folds, absorb, borrow};
use crate::tree::{Attached, Placed, Rules, Tree};
use nines_base::{FineMicros, SpanId};
use nines_span::{EndpointRef, Span, SpanFields, Status};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Calls between two services.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The calling service, in lower case.
    pub parent: String,
    /// The called service, in lower case.
    pub child: String,
    /// Calls.
    pub calls: u64,
    /// Those that failed.
    pub errors: u64,
}

/// Adds up links over traces.
#[derive(Clone, Default, Debug)]
pub struct Linker {
    counts: BTreeMap<(String, String), (u64, u64)>,
}

impl Linker {
    /// Adds the links of one trace's spans, in any order, repeats and pieces included.
    pub fn put_trace(&mut self, spans: &[Span]) {
        let folds = Folds::of(spans);
        let (placed, sides): (Vec<Placed<'_>>, Vec<Side<Cow<'_, str>>>) =
            folds.folds.iter().map(|fold| side_of(spans, &folds, fold)).unzip();
        let tree = Tree::from_placed(&placed, Rules::Zipkin);
        calls(&tree, &placed, &sides, &mut |parent, child, failed| self.add(parent, child, 1, u64::from(failed)));
    }

    /// Adds links counted elsewhere.
    pub fn put_link(&mut self, link: &Link) {
        self.add(&link.parent, &link.child, link.calls, link.errors);
    }

    /// The links, by parent and child.
    pub fn links(&self) -> Vec<Link> {
        self.counts
            .iter()
            .map(|((parent, child), (calls, errors))| Link {
                parent: parent.clone(),
                child: child.clone(),
                calls: *calls,
                errors: *errors,
            })
            .collect()
    }

    fn add(&mut self, parent: &str, child: &str, calls: u64, errors: u64) {
        let key = (parent.to_owned(), child.to_owned());
        let counts = self.counts.entry(key).or_default();
        counts.0 = counts.0.saturating_add(calls);
        counts.1 = counts.1.saturating_add(errors);
    }
}

/// A folded span's place, and what the rules ask of it.
fn side_of<'s>(spans: &'s [Span], folds: &Folds, fold: &Fold) -> (Placed<'s>, Side<Cow<'s, str>>) {
    let pieces = || folds.pieces(fold).iter().map(|at| &spans[*at]);
    let mut local = EndpointRef::default();
    let mut id = SpanId::default();
    let mut start = FineMicros::NONE;
    for piece in pieces() {
        // Pieces were folded because they do not contradict each other.
        absorb(&mut local, &piece.local);
        id = piece.id;
        start = if start.is_none() { piece.start } else { start };
    }
    let remote = pieces().map(|piece| borrow(&piece.remote).service).find(|name| !name.is_empty());
    let side = Side {
        kind: Side::<Cow<'_, str>>::known_kind(fold.kind),
        local: (!local.service.is_empty()).then(|| lower(local.service)),
        remote: remote.map(lower),
        failed: pieces().any(failed),
    };
    (Placed { id, parent_id: fold.parent_id, shared: fold.shared, local, start }, side)
}

/// Whether the span has the tag `error` where Zipkin's readers see it: an OTLP span that failed shows it too.
fn failed(span: &Span) -> bool {
    span.tag("error").is_some() || span.otlp.is_some() && span.status == Status::Error
}

fn calls(tree: &Tree, placed: &[Placed<'_>], sides: &[Side<Cow<'_, str>>], call: &mut impl FnMut(&str, &str, bool)) {
    let nodes = tree.nodes();
    // Of each node: the nearest ancestor with a kind, and whether it lies on or below a cycle, where
    // nobody can say who called whom.
    let mut ancestors: Vec<Option<usize>> = vec![None; nodes.len()];
    let mut is_cyclic = vec![false; nodes.len()];
    for (at, node) in nodes.iter().enumerate() {
        if let Some(parent) = node.parent {
            let has_kind = sides[nodes[parent].span].kind.is_some();
            ancestors[at] = if has_kind { Some(parent) } else { ancestors[parent] };
            is_cyclic[at] = is_cyclic[parent];
        }
        is_cyclic[at] |= node.attached == Attached::CutCycle;
        if !is_cyclic[at] {
            let ancestor = ancestors[at].map(|ancestor| nodes[ancestor].span);
            let ancestor = ancestor.map(|span| (&sides[span], placed[node.span].parent_id == Some(placed[span].id)));
            let is_root = node.attached == Attached::Root;
            link(&sides[node.span], ancestor, is_root, node.size > 1, &mut |parent, child, failed| {
                call(parent, child, failed);
            });
        }
    }
}
