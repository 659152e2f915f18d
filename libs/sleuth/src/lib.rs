#![doc = include_str!("../README.md")]
//!
//! # Map
//!
//! A request meets the parts in this order: [`propagation`] reads the caller's context from its headers,
//! [`server`] opens the span, [`mod@current`] carries it through the handler, [`client`] opens a child and
//! writes it into the outgoing headers, [`span`] collects names, tags and times, [`reporter`] delivers
//! what finished. [`log`] puts the same ids into log lines.
//!
//! Does not know how spans are stored or drawn; it meets a trace server over HTTP only.
//!
//! # Invariants
//!
//! - `SLT-1`: no header, no full queue and no unreachable trace server ever fails or delays a request.
//! - `SLT-2`: a span is reported at most once; every span that is not delivered is counted with a reason.

pub mod body;
pub mod client;
pub mod context;
pub mod current;
mod exchange;
pub mod id;
mod json;
pub mod log;
pub mod propagation;
mod random;
pub mod reporter;
pub mod sampler;
pub mod server;
pub mod span;
pub mod tracer;

pub use client::ClientLayer;
pub use context::{Sampling, TraceContext};
pub use current::{InSpan, annotate, current, tag};
pub use id::{SpanId, TraceId};
pub use propagation::{Extracted, extract, inject};
pub use reporter::{Reporter, ReporterError, ReporterStats};
pub use sampler::Sampler;
pub use server::ServerLayer;
pub use span::{Annotation, Endpoint, FinishedSpan, InMemory, Kind, Span, SpanSink};
pub use tracer::Tracer;
