//! Puts a trace's spans in order before a tree is made of them, by Zipkin's rules: what one side
//! reported in several pieces becomes one span, a server that joined its client's span is marked so.
//!
//! Spans are folded by reference first (`Folds`), which is all the linker needs; only [`merge`] builds spans.

use crate::names::lower;
use nines_base::{FineMicros, SpanId, TraceId};
use nines_span::{Endpoint, EndpointRef, Kind, Span, Status};
use std::cmp::Ordering;
use std::ops::Range;

/// A trace's spans, grouped into the pieces of each.
#[derive(Debug)]
pub(crate) struct Folds {
    /// Places in the input, pieces of one span side by side.
    order: Vec<usize>,
    /// One for each span.
    pub(crate) folds: Vec<Fold>,
    /// The id for all of them: a 128-bit one where the trace has one.
    trace_id: TraceId,
}

/// One span's pieces.
#[derive(Debug)]
pub(crate) struct Fold {
    /// Where its pieces stand in [`Folds::order`]; never empty.
    pieces: Range<usize>,
    /// Its parent.
    pub(crate) parent_id: Option<SpanId>,
    /// Its role.
    pub(crate) kind: Kind,
    /// Whether it shares its client's id.
    pub(crate) shared: bool,
}

impl Folds {
    /// Groups the spans: sorted by id, within an id the client first and joined servers last, and
    /// neighbours folded that agree on the shared flag and do not contradict each other's endpoint.
    pub(crate) fn of(spans: &[Span]) -> Folds {
        let mut order: Vec<usize> = (0..spans.len()).collect();
        order.sort_by(|a, b| compare(&spans[*a], &spans[*b]));
        let mut folds: Vec<Fold> = Vec::with_capacity(spans.len());
        let mut start = 0;
        // Whether the first span of the current id, where a client stands, is one.
        let mut has_client = false;
        while start < order.len() {
            let first = &spans[order[start]];
            let mut end = start + 1;
            let mut known = borrow(&first.local);
            while end < order.len() {
                let next = &spans[order[end]];
                if next.id != first.id || next.shared != first.shared || !absorb(&mut known, &next.local) {
                    break;
                }
                end += 1;
            }
            let pieces = &order[start..end];
            let parent_id = pieces.iter().find_map(|at| spans[*at].parent_id);
            let kind = pieces.iter().map(|at| spans[*at].kind).find(|kind| kind.zipkin_name().is_some());
            let mut fold =
                Fold { pieces: start..end, parent_id, kind: kind.unwrap_or(first.kind), shared: first.shared };
            if let Some(last) = folds.last().filter(|last| spans[order[last.pieces.start]].id == first.id) {
                join(&mut fold, last, has_client);
            } else {
                has_client = fold.kind == Kind::Client;
            }
            folds.push(fold);
            start = end;
        }
        let trace_id = spans_trace_id(order.iter().map(|at| spans[*at].trace_id));
        Folds { order, folds, trace_id }
    }

    /// The places of a span's pieces in the input.
    pub(crate) fn pieces(&self, fold: &Fold) -> &[usize] {
        &self.order[fold.pieces.clone()]
    }
}

/// Completes what follows a span of the same id: some senders lose the shared flag or the parent's id
/// on the server's side, and both are known from the client's.
fn join(fold: &mut Fold, last: &Fold, has_client: bool) {
    if has_client && fold.kind == Kind::Server {
        fold.shared = true;
    }
    if fold.shared && fold.parent_id.is_none() {
        fold.parent_id = last.parent_id;
    }
}

/// The first 128-bit id, else the last.
fn spans_trace_id(ids: impl Iterator<Item = TraceId>) -> TraceId {
    let mut chosen = TraceId::default();
    for id in ids {
        if !chosen.is_128() {
            chosen = id;
        }
    }
    chosen
}

/// Merges the spans of one trace. They come back by id, a client before the servers that joined it.
pub fn merge(spans: Vec<Span>) -> Vec<Span> {
    let Folds { order, folds, trace_id } = Folds::of(&spans);
    let mut waiting: Vec<Option<Span>> = spans.into_iter().map(Some).collect();
    folds
        .into_iter()
        .filter_map(|fold| {
            let mut pieces = order[fold.pieces].iter().filter_map(|at| waiting[*at].take());
            let mut whole = pieces.next()?;
            pieces.for_each(|piece| add(&mut whole, piece));
            whole.trace_id = trace_id;
            whole.parent_id = fold.parent_id;
            whole.kind = fold.kind;
            whole.shared = fold.shared;
            Some(whole)
        })
        .collect()
}

/// Adds a later piece: what the span knows already stays, tags of the later piece win.
fn add(whole: &mut Span, piece: Span) {
    if whole.name.is_empty() {
        whole.name = piece.name;
    }
    keep_known(&mut whole.start, piece.start);
    keep_known(&mut whole.duration, piece.duration);
    add_endpoint(&mut whole.local, piece.local);
    add_endpoint(&mut whole.remote, piece.remote);
    if !piece.events.is_empty() {
        whole.events.extend(piece.events);
        whole.events.sort_by(|a, b| (a.time, &a.name, &a.otlp).cmp(&(b.time, &b.name, &b.otlp)));
        whole.events.dedup();
    }
    if !piece.tags.is_empty() {
        whole.tags.extend(piece.tags);
        whole.tags.sort_by(|a, b| a.0.cmp(&b.0));
        whole.tags.dedup_by(|later, earlier| {
            let repeats = later.0 == earlier.0;
            if repeats {
                std::mem::swap(later, earlier);
            }
            repeats
        });
    }
    whole.debug |= piece.debug;
    if whole.status == Status::Unset {
        whole.status = piece.status;
    }
    if whole.otlp.is_none() {
        whole.otlp = piece.otlp;
    }
}

fn keep_known(time: &mut FineMicros, other: FineMicros) {
    if time.is_none() {
        *time = other;
    }
}

fn add_endpoint(whole: &mut Endpoint, piece: Endpoint) {
    if whole.service.is_empty() {
        whole.service = piece.service;
    }
    whole.ipv4 = whole.ipv4.or(piece.ipv4);
    whole.ipv6 = whole.ipv6.or(piece.ipv6);
    if whole.port == 0 {
        whole.port = piece.port;
    }
}

/// The endpoint, borrowed.
pub(crate) fn borrow(endpoint: &Endpoint) -> EndpointRef<'_> {
    EndpointRef { service: &endpoint.service, ipv4: endpoint.ipv4, ipv6: endpoint.ipv6, port: endpoint.port }
}

/// Adds what another piece says of the endpoint, unless it contradicts what is known.
pub(crate) fn absorb<'s>(known: &mut EndpointRef<'s>, other: &'s Endpoint) -> bool {
    let differ = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && lower(a) != lower(b);
    let conflict = differ(known.service, &other.service)
        || known.ipv4.is_some() && other.ipv4.is_some() && known.ipv4 != other.ipv4
        || known.ipv6.is_some() && other.ipv6.is_some() && known.ipv6 != other.ipv6
        || known.port != 0 && other.port != 0 && known.port != other.port;
    if conflict {
        return false;
    }
    if known.service.is_empty() {
        known.service = &other.service;
    }
    known.ipv4 = known.ipv4.or(other.ipv4);
    known.ipv6 = known.ipv6.or(other.ipv6);
    if known.port == 0 {
        known.port = other.port;
    }
    true
}

fn compare(a: &Span, b: &Span) -> Ordering {
    // Joined servers last, clients first.
    let rank = |span: &Span| if span.shared { 2 } else { u8::from(span.kind != Kind::Client) };
    // Beyond Zipkin's order: what it leaves to chance, the order of arrival, must not change the answer.
    let rest = |span: &Span| (span.start, span.parent_id, span.kind, span.duration);
    a.id.cmp(&b.id)
        .then(rank(a).cmp(&rank(b)))
        .then_with(|| compare_endpoints(&a.local, &b.local))
        .then_with(|| rest(a).cmp(&rest(b)))
        .then_with(|| {
            (&a.local.service, &a.remote.service, &a.name).cmp(&(&b.local.service, &b.remote.service, &b.name))
        })
}

/// Nothing known first.
fn compare_endpoints(a: &Endpoint, b: &Endpoint) -> Ordering {
    b.is_empty()
        .cmp(&a.is_empty())
        .then_with(|| lower(&a.service).cmp(&lower(&b.service)))
        .then_with(|| (a.ipv4, a.ipv6).cmp(&(b.ipv4, b.ipv6)))
}
