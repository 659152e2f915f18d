//! Zipkin's JSON, version 2: the format of `/api/v2`, in and out.

mod decode;
mod write;

pub use decode::decode;
pub use write::{write_list, write_span};

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
