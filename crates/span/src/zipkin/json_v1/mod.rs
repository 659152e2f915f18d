//! Zipkin's JSON, version 1: what senders post to `/api/v1/spans`. Read alone: Zipkin does not serve it.

mod decode;

pub use decode::{decode, decode_one};

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
