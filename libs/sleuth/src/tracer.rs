//! The tracer: one service's name, sampler and sink; it opens spans.

use std::net::SocketAddr;
use std::sync::Arc;

use crate::context::{Sampling, TraceContext};
use crate::current::current;
use crate::id::TraceId;
use crate::propagation::Extracted;
use crate::sampler::Sampler;
use crate::span::{ClockAnchor, Endpoint, FinishedSpan, Span, SpanSink};

/// Opens the spans of one service. Clones are handles to the same tracer.
#[derive(Clone)]
pub struct Tracer(Arc<Inner>);

struct Inner {
    local: Arc<Endpoint>,
    service_name: String,
    sampler: Sampler,
    trace_id_128: bool,
    supports_join: bool,
    sink: Box<dyn SpanSink>,
}

/// Settings of a [`Tracer`].
pub struct TracerBuilder {
    local: Endpoint,
    service_name: String,
    sampler: Sampler,
    trace_id_128: bool,
    supports_join: bool,
}

impl TracerBuilder {
    /// Which traces are recorded when they begin here; all by default.
    pub fn sampler(mut self, sampler: Sampler) -> Self {
        self.sampler = sampler;
        self
    }

    /// Whether new trace ids have 128 bits (the default) or 64, for fleets with clients that cannot read more.
    pub fn trace_id_128(mut self, yes: bool) -> Self {
        self.trace_id_128 = yes;
        self
    }

    /// Whether a server shares its B3 client's span id (the default) or becomes its child, for storages that
    /// know only one half per id.
    pub fn supports_join(mut self, yes: bool) -> Self {
        self.supports_join = yes;
        self
    }

    /// The address this service listens on, shown with its spans.
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.local = self.local.at(address);
        self
    }

    /// The tracer that reports to `sink`.
    pub fn report_to(self, sink: impl SpanSink + 'static) -> Tracer {
        Tracer(Arc::new(Inner {
            local: Arc::new(self.local),
            service_name: self.service_name,
            sampler: self.sampler,
            trace_id_128: self.trace_id_128,
            supports_join: self.supports_join,
            sink: Box::new(sink),
        }))
    }
}

impl Tracer {
    /// Settings for the service of this name.
    pub fn builder(service_name: impl Into<String>) -> TracerBuilder {
        let service_name = service_name.into();
        TracerBuilder {
            local: Endpoint::named(service_name.clone()),
            service_name,
            sampler: Sampler::default(),
            trace_id_128: true,
            supports_join: true,
        }
    }

    /// The service's name.
    pub fn service_name(&self) -> &str {
        &self.0.service_name
    }

    /// Opens the first span of a new trace.
    pub fn new_trace(&self, name: &str) -> Span {
        Span::start(self, self.root(Sampling::Undecided), ClockAnchor::now(), name)
    }

    /// Opens a child of the current span, or a new trace where there is none.
    pub fn next_span(&self, name: &str) -> Span {
        match current() {
            Some(parent) => self.child_of(&parent, name),
            None => self.new_trace(name),
        }
    }

    /// Opens a child of `parent`, which may belong to another tracer of this process.
    pub fn child_of(&self, parent: &Span, name: &str) -> Span {
        Span::start(self, parent.context().child(), parent.anchor(), name)
    }

    /// Opens the span that answers a request with this context: joins, continues or begins the trace.
    pub fn continue_from(&self, extracted: &Extracted, name: &str) -> Span {
        let context = match *extracted {
            Extracted::Nothing => self.root(Sampling::Undecided),
            Extracted::Decision(sampling) => self.root(sampling),
            Extracted::B3(caller) if self.0.supports_join => self.join(caller),
            Extracted::B3(caller) | Extracted::W3c(caller) => self.decided(caller).child(),
        };
        Span::start(self, context, ClockAnchor::now(), name)
    }

    pub(crate) fn local_endpoint(&self) -> Arc<Endpoint> {
        self.0.local.clone()
    }

    pub(crate) fn report(&self, span: FinishedSpan) {
        self.0.sink.report(span);
    }

    fn root(&self, sampling: Sampling) -> TraceContext {
        self.decided(TraceContext::root(TraceId::random(self.0.trace_id_128), sampling))
    }

    /// The client's own span id. The half is marked shared only if the client recorded the other one: a
    /// client that left the decision open did not.
    fn join(&self, caller: TraceContext) -> TraceContext {
        TraceContext { shared: caller.sampling != Sampling::Undecided, ..self.decided(caller) }
    }

    fn decided(&self, context: TraceContext) -> TraceContext {
        let sampling = match context.sampling {
            Sampling::Undecided if self.0.sampler.keeps(context.trace_id) => Sampling::Keep,
            Sampling::Undecided => Sampling::Drop,
            decided => decided,
        };
        TraceContext { sampling, ..context }
    }
}
