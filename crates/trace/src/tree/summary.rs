//! A trace in one line: when, how long, whose, how much of it failed.

use super::{Attached, Trace, find_skew, intervals, self_times_us};
use nines_base::TraceId;
use nines_span::SpanFields;
use std::collections::HashMap;

/// A trace in one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Summary {
    /// The trace.
    pub trace_id: TraceId,
    /// Start of the earliest span without a parent, else the smallest start; `None` without any start.
    pub time_us: Option<u64>,
    /// From the smallest start to the greatest end, as sent.
    pub duration_us: u64,
    /// Service of the root, as sent; of the earliest span at the top where there is no root.
    pub root_service: String,
    /// Operation of the root, as sent.
    pub root_op: String,
    /// Spans after merging.
    pub n_spans: usize,
    /// Failed spans, by the rules of [`nines_span::error`].
    pub n_errors: usize,
    /// Its services, most self time first.
    pub services: Vec<ServiceShare>,
}

/// A service's part in a trace.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceShare {
    /// The service as sent by its first span; empty where spans tell none.
    pub service: String,
    /// Its spans.
    pub n_spans: usize,
    /// Those that failed.
    pub n_errors: usize,
    /// Time its spans spent themselves, not in their children: nothing is counted twice, so the
    /// services of a trace can be compared. Skew is corrected first.
    pub self_us: i64,
}

/// Summarises a trace.
pub fn summary(trace: &Trace) -> Summary {
    let times = trace.spans.iter().filter_map(|span| Some((span.start.us, span.end_us()?)));
    let hull = times.reduce(|(start, end), (from, to)| (start.min(from), end.max(to)));
    let nodes = trace.tree.nodes();
    let root = nodes.iter().position(|node| node.attached == Attached::Root).or((!nodes.is_empty()).then_some(0));
    let root = root.map(|root| trace.span(root));
    let parentless = trace.spans.iter().filter(|span| span.parent_id.is_none());
    let first_us = parentless.map(|span| span.start).filter(|start| !start.is_none()).min();
    let services = service_shares(trace);
    Summary {
        trace_id: trace.spans.first().map(|span| span.trace_id).unwrap_or_default(),
        time_us: first_us.map(|start| start.us).or(hull.map(|(start, _)| start)),
        duration_us: hull.map_or(0, |(start, end)| end - start),
        root_service: root.map(|span| span.local.service.clone()).unwrap_or_default(),
        root_op: root.map(|span| span.name.clone()).unwrap_or_default(),
        n_spans: trace.spans.len(),
        n_errors: services.iter().map(|share| share.n_errors).sum(),
        services,
    }
}

fn service_shares(trace: &Trace) -> Vec<ServiceShare> {
    let self_us = self_times_us(trace, &intervals(trace, &find_skew(&trace.tree, &trace.spans)));
    let mut shares: Vec<ServiceShare> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (node, self_us) in self_us.into_iter().enumerate() {
        let span = trace.span(node);
        let service = &span.local.service;
        let at = *known.entry(service.to_lowercase()).or_insert(shares.len());
        if at == shares.len() {
            shares.push(ServiceShare { service: service.clone(), n_spans: 0, n_errors: 0, self_us: 0 });
        }
        let share = &mut shares[at];
        share.n_spans += 1;
        share.n_errors += usize::from(span.is_error());
        share.self_us = share.self_us.saturating_add(self_us);
    }
    shares.sort_by(|a, b| b.self_us.cmp(&a.self_us).then_with(|| a.service.cmp(&b.service)));
    shares
}

/// A trace's time as searches see it: the start of the first span, in the order given, that has a
/// start and no parent, else the smallest start. `None` where no span has a start.
pub fn trace_time_us<'s, S: SpanFields + 's>(spans: impl IntoIterator<Item = &'s S>) -> Option<u64> {
    let mut smallest: Option<u64> = None;
    for span in spans {
        let start = span.start();
        if start.is_none() {
            continue;
        }
        if span.parent_id().is_none() {
            return Some(start.us);
        }
        smallest = Some(smallest.map_or(start.us, |known| known.min(start.us)));
    }
    smallest
}
