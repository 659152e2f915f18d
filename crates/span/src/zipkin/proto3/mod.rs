//! Zipkin's protobuf: `ListOfSpans` of zipkin.proto3, in and out.

mod decode;
mod schema;
mod write;

pub use decode::decode;
pub use write::write_list;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
