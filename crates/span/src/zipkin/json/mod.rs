//! JSON as Zipkin reads and writes it: the pull reader and the text writer that its codecs share.

mod body;
mod endpoint;
mod number;
mod place;
mod reader;
mod write;

pub(crate) use body::read_body;
pub(crate) use endpoint::{LastEndpoint, endpoint};
pub(crate) use reader::{Failed, Reader, Scalar};
pub(crate) use write::{write_number, write_text};

#[cfg(test)]
mod tests;
