//! JSON as Zipkin reads and writes it: the pull reader and the text writer that its codecs share.

mod number;
mod place;
mod reader;
mod write;

pub(crate) use reader::{Failed, Reader};
pub(crate) use write::{write_number, write_text};

#[cfg(test)]
mod tests;
