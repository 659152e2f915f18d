//! The span model, its codecs and Zipkin's normalisation.
//!
//! Two forms of one model: [`Batch`] borrows from a request body on the way in (nothing is allocated
//! per string), [`Span`] owns its parts on the way out. What either world, Zipkin or OTLP, can say about
//! a span has its place in both; OTLP fields without a column are kept verbatim as protobuf fields.
//!
//! | format | in | out |
//! |---|---|---|
//! | Zipkin JSON, version 2 | [`zipkin::json_v2`] | the same |
//! | Zipkin protobuf | [`zipkin::proto3`] | the same |
//! | Zipkin JSON, version 1 | [`zipkin::json_v1`] | |
//! | Zipkin thrift, version 1 | [`zipkin::thrift`] | |
//! | OTLP protobuf | [`otlp`] | the same |
//! | OTLP JSON | [`otlp::json`] | answers alone |
//!
//! Does not know HTTP, storage or SLOs. Start reading at [`model`], then [`batch`], then a codec.
//!
//! # Invariants
//!
//! - `DEC-1`: a decoder that returns an error leaves the batch as it found it.
//! - `DEC-2`: no input makes a decoder, a reader of kept bytes or a writer panic or recurse without bound.
//! - `DEC-3`: the tags of a span are sorted by key, each key once.

pub mod batch;
pub mod decode_error;
pub mod error;
pub mod fields;
mod gather;
pub mod memo;
mod model;
mod normalise;
#[cfg(any(test, feature = "oracle"))]
pub mod oracle;
pub mod otlp;
mod protobuf;
pub mod run;
mod text;
pub mod zipkin;

pub use batch::{Batch, EndpointRef, EventRef, SpanRef, SpanView};
pub use decode_error::{DecodeError, Fault, Place};
pub use fields::{Class, SpanFields};
pub use model::{Endpoint, Event, Kind, OtlpParts, Span, Status, Value, ValueRef};
pub use run::SpanRun;
pub use text::base64;
