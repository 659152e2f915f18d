//! Claims about trees and what is read off them.

mod merging;
mod paths;
mod shape;
mod skewed;

use super::{Attached, Trace};
use crate::sketch::sketch;

/// Assembles a sketched trace.
pub(super) fn trace(text: &str) -> Trace {
    Trace::assemble(sketch(text))
}

/// The tree, one node a line: indent, id, service; `?` marks a missing parent, `+` a further root, `@` a cut cycle.
pub(super) fn show(trace: &Trace) -> String {
    let nodes = trace.tree.nodes().iter();
    nodes
        .map(|node| {
            let span = &trace.spans[node.span];
            let mark = match node.attached {
                Attached::Root | Attached::Child => "",
                Attached::MissingParent => "?",
                Attached::ExtraRoot => "+",
                Attached::CutCycle => "@",
            };
            format!("{}{mark}{:x} {}\n", "  ".repeat(node.depth as usize), span.id.0, span.local.service)
        })
        .collect()
}
