//! Rows to draw: the two halves of a call that share one span id are one row.

use super::{Attached, Trace};
use nines_span::Kind;

/// A row: one node, or a client's with its server's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row {
    /// The node; of a pair, the client's.
    pub node: usize,
    /// The server's node of a pair.
    pub server: Option<usize>,
    /// The parent's row; `None` at the top.
    pub parent: Option<usize>,
    /// Ancestors it has.
    pub depth: u32,
    /// Rows of its subtree, itself included; the subtree stands right behind it.
    pub size: usize,
}

/// The rows of a trace, depth first. A client and the one server that joined its span become one
/// row; a client that several servers joined stays apart from them.
pub fn rows(trace: &Trace) -> Vec<Row> {
    let nodes = trace.tree.nodes();
    let mut n_halves = vec![0u32; nodes.len()];
    for node in 0..nodes.len() {
        if let Some(client) = client_of(trace, node) {
            n_halves[client] += 1;
        }
    }
    let mut rows: Vec<Row> = Vec::with_capacity(nodes.len());
    let mut row_of: Vec<usize> = Vec::with_capacity(nodes.len());
    for (at, node) in nodes.iter().enumerate() {
        match client_of(trace, at).filter(|client| n_halves[*client] == 1) {
            Some(client) => {
                let row = row_of[client];
                rows[row].server = Some(at);
                row_of.push(row);
            }
            None => {
                let parent = node.parent.map(|parent| row_of[parent]);
                let depth = parent.map_or(0, |parent| rows[parent].depth + 1);
                row_of.push(rows.len());
                rows.push(Row { node: at, server: None, parent, depth, size: 1 });
            }
        }
    }
    for row in (0..rows.len()).rev() {
        if let Some(parent) = rows[row].parent {
            rows[parent].size += rows[row].size;
        }
    }
    rows
}

/// The client whose span this server joined.
fn client_of(trace: &Trace, node: usize) -> Option<usize> {
    let place = trace.tree.nodes()[node];
    let parent = place.parent.filter(|_| place.attached == Attached::Child)?;
    let (client, server) = (trace.span(parent), trace.span(node));
    let is_pair = client.id == server.id && client.kind == Kind::Client && server.kind == Kind::Server && server.shared;
    is_pair.then_some(parent)
}
