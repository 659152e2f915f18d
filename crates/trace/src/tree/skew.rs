//! Clock skew between machines, found and undone for display; stored times stay as sent.
//!
//! A server that answers a client must have been busy while the client waited. Where its times say
//! otherwise, its clock differs from the client's. The two clocks are brought together by the
//! assumption that the request took as long on the way as the answer: latency = (client's duration −
//! server's duration) / 2. The same correction holds for everything below that ran at the server's
//! address. A server that fits into its client's time is left alone, and so is a trace without one
//! root, which has no clock to go by.

use super::{Attached, Tree, known_us};
use nines_span::{Endpoint, Kind, Span};

/// Corrections of a trace's times.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Skew {
    shifts_us: Vec<i64>,
    corrections: Vec<SkewCorrection>,
}

/// A server whose clock differs from its client's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SkewCorrection {
    /// The server's node.
    pub node: usize,
    /// How far its clock is ahead of the client's, in microseconds; negative where it is behind.
    pub ahead_us: i64,
}

impl Skew {
    /// Microseconds to take off a node's times.
    pub fn shift_us(&self, node: usize) -> i64 {
        self.shifts_us.get(node).copied().unwrap_or(0)
    }

    /// Each server that was found to be off.
    pub fn corrections(&self) -> &[SkewCorrection] {
        &self.corrections
    }
}

/// Finds the skew in a tree of `spans`.
pub fn find_skew(tree: &Tree, spans: &[Span]) -> Skew {
    let nodes = tree.nodes();
    let single_root = tree.root().is_some() && nodes.iter().all(|node| node.attached != Attached::ExtraRoot);
    if !single_root || nodes[0].attached != Attached::Root {
        return Skew::default();
    }
    let mut skew = Skew { shifts_us: vec![0; nodes.len()], corrections: Vec::new() };
    // The correction in force at each node: whose clock, and how far ahead it is.
    let mut in_force: Vec<Option<(usize, i64)>> = vec![None; nodes.len()];
    for (at, node) in nodes.iter().enumerate() {
        let Some(parent) = node.parent else { continue };
        in_force[at] = in_force[parent];
        let (client, server) = (&spans[nodes[parent].span], &spans[node.span]);
        if let Some(ahead_us) = ahead_us(client, skew.shifts_us[parent], server) {
            in_force[at] = Some((at, ahead_us));
            skew.corrections.push(SkewCorrection { node: at, ahead_us });
        }
        if let Some((clock, ahead_us)) = in_force[at]
            && same_machine(&spans[nodes[clock].span].local, &server.local)
        {
            skew.shifts_us[at] = ahead_us;
        }
    }
    skew
}

/// How far the server's clock is ahead of the client's corrected one, where its times do not fit.
fn ahead_us(client: &Span, client_shift_us: i64, server: &Span) -> Option<i64> {
    if client.kind != Kind::Client || server.kind != Kind::Server {
        return None;
    }
    let unknown = client.local.is_empty() || server.local.is_empty();
    if unknown || same_machine(&client.local, &server.local) {
        return None;
    }
    let client_start = known_us(client.start)?.saturating_sub(client_shift_us);
    let server_start = known_us(server.start)?;
    let early = server_start.saturating_sub(client_start);
    let (Some(client_us), Some(server_us)) = (known_us(client.duration), known_us(server.duration)) else {
        // One way: all that is known is that the request was sent before it was received.
        return (early <= 0).then_some(early.saturating_sub(1));
    };
    let latency_us = client_us.checked_sub(server_us).filter(|spare_us| *spare_us >= 0)? / 2;
    let fits = early >= 0 && early.saturating_add(server_us) <= client_us;
    (!fits).then(|| early.saturating_sub(latency_us))
}

/// Whether two sides share an address; where neither tells one, whether they share a name.
fn same_machine(a: &Endpoint, b: &Endpoint) -> bool {
    let told = |side: &Endpoint| side.ipv4.is_some() || side.ipv6.is_some();
    if !told(a) && !told(b) {
        return a.service.eq_ignore_ascii_case(&b.service);
    }
    a.ipv4.is_some() && a.ipv4 == b.ipv4 || a.ipv6.is_some() && a.ipv6 == b.ipv6
}
