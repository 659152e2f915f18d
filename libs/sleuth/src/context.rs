//! The trace context: which span this is and whether it is recorded.

use crate::id::{SpanId, TraceId};

/// Whether a trace is recorded.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Sampling {
    /// The caller leaves the decision to whoever reads this.
    #[default]
    Undecided,
    /// Not recorded, here and downstream.
    Drop,
    /// Recorded.
    Keep,
    /// Recorded past every sampler, the server's included.
    Debug,
}

impl Sampling {
    /// True when spans are to be recorded.
    pub fn is_kept(self) -> bool {
        matches!(self, Sampling::Keep | Sampling::Debug)
    }
}

/// A span's place in its trace: what travels in headers and stands in log lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TraceContext {
    /// The trace.
    pub trace_id: TraceId,
    /// The span; a B3 server shares it with its client.
    pub span_id: SpanId,
    /// The span that caused this one; absent at the root.
    pub parent_id: Option<SpanId>,
    /// Whether the trace is recorded.
    pub sampling: Sampling,
    /// True in the server half of a span whose client half carries the same id.
    pub shared: bool,
}

impl TraceContext {
    /// A root. Its span id is the low half of the trace id, as Zipkin's clients do.
    pub fn root(trace_id: TraceId, sampling: Sampling) -> TraceContext {
        // A 128-bit id read from elsewhere may have a zero low half; it then gets a span id of its own.
        let span_id = SpanId::new(trace_id.low()).unwrap_or_else(SpanId::random);
        TraceContext { trace_id, span_id, parent_id: None, sampling, shared: false }
    }

    /// A span caused by this one: same trace, new id.
    pub fn child(&self) -> TraceContext {
        TraceContext { span_id: SpanId::random(), parent_id: Some(self.span_id), shared: false, ..*self }
    }
}
