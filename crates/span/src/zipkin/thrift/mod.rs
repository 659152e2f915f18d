//! Zipkin's thrift: spans of version 1 in the binary protocol, what old senders post to `/api/v1/spans` and
//! put into Scribe and Kafka. Read alone.

mod decode;
mod reader;
mod schema;

pub use decode::{decode, decode_one};
pub use reader::NESTING_MAX;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
