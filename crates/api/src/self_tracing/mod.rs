//! Spans of the server's own queries, kept among all others: off unless asked for.
//!
//! Zipkin's queries alone are traced. Our own API serves the page, which asks again when spans have come: a
//! span for each of its requests would make it ask for ever. Requests that bring spans are not traced either,
//! so no span ever leads to another.
//!
//! A query puts its span into a bounded queue; a thread takes what is there every flush interval and hands it
//! to the collector, as transport `local`. Start reading at [`layer`].

mod incoming;
mod layer;
mod tracer;

pub use tracer::{Reporter, SelfTracing, Tracer};

pub(crate) use layer::trace;
