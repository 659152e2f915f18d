//! The span model, its codecs and Zipkin's normalisation.
//!
//! Two forms of one model: [`Batch`] borrows from a request body on the way in (nothing is allocated
//! per string), [`Span`] owns its parts on the way out. What either world, Zipkin or OTLP, can say about
//! a span has its place in both; OTLP fields without a column are kept verbatim as protobuf fields.
//!
//! Does not know HTTP, storage or SLOs. Start reading at [`model`], then [`batch`], then a codec.

pub mod batch;
pub mod error;
pub mod fields;
pub mod model;
pub mod otlp;

pub use batch::{Batch, EndpointRef, EventRef, SpanRef, SpanView};
pub use fields::SpanFields;
pub use model::{Endpoint, Event, Kind, OtlpParts, Span, Status, Value, ValueRef};
