//! Trace contexts in HTTP headers: B3 in and out, W3C `traceparent` in.
//!
//! Order of trust: a well-formed `b3` header, else the `X-B3-*` headers, else `traceparent`. What is
//! malformed counts as absent: tracing never fails a request (`SLT-1`).

mod b3;
mod w3c;

#[cfg(test)]
mod tests;

use http::HeaderMap;

use crate::context::{Sampling, TraceContext};

/// What a request's headers said about its trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extracted {
    /// Nothing that could be read.
    Nothing,
    /// A sampling decision for a trace that begins here.
    Decision(Sampling),
    /// The client's span, whose id a server joins.
    B3(TraceContext),
    /// The caller's span from `traceparent`; a server becomes its child, because W3C has no shared spans.
    W3c(TraceContext),
}

/// Reads the caller's context.
pub fn extract(headers: &HeaderMap) -> Extracted {
    b3::extract_single(headers)
        .or_else(|| b3::extract_multi(headers))
        .or_else(|| w3c::extract(headers).map(Extracted::W3c))
        .unwrap_or(Extracted::Nothing)
}

/// Writes `context` as B3 multi headers, in place of any B3 header that is there already: a service that
/// copies its caller's headers must not name its caller's span downstream.
pub fn inject(context: &TraceContext, headers: &mut HeaderMap) {
    b3::inject(context, headers);
}
