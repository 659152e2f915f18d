//! HTTP transports: bodies in under limits, refusals out in each protocol's own form.

mod headers;
pub mod otlp;
mod receive;
pub mod zipkin;
