//! OTLP traces: in protobuf, decoded by a borrowed walker, and in JSON ([`json`]), which becomes protobuf first;
//! shown to Zipkin's readers by its mapping.
//!
//! What has a column in the model is taken apart; everything else stays as the protobuf fields that
//! were sent ([`crate::OtlpParts`]) and is read by the functions of this module, so that nothing is
//! lost and [`encode()`] can write a span back.
//!
//! Names of the messages and their field numbers are those of opentelemetry-proto 1.x.

mod check;
mod decode;
mod encode;
mod endpoints;
pub mod json;
mod metrics;
mod parts;
mod reply;
mod schema;
mod value;
mod view;

pub use decode::{UNKNOWN_SERVICE, decode};
pub use encode::encode;
pub use metrics::{Metric, Point, Points, encode_metrics};
pub use parts::{
    Attributes, Link, event_attributes, flags, links, resource_attribute, resource_attributes, scope_attributes,
    scope_name, scope_version, status_message, trace_state,
};
pub use reply::{export_response, export_response_json, status, status_for_later, status_json};
pub use value::{VALUE_DEPTH_MAX, array_values, map_entries};
pub use view::zipkin_view;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
