//! YAML (and JSON, its subset) as a tree whose every node knows its line and column, for files that people write:
//! definitions, traffic intents, runbooks.
//!
//! Knows nothing of what a file is about, or of disks: what is wrong with a text is a [`TextFault`] with a place, and a
//! [`Finding`] has the words of whoever reads the file. What a file says is read here alone; how it is spelt, comments
//! and all, is the formatter's in `slo`.
//!
//! Start reading at [`read_text`], then [`read_documents`].

mod document;
mod finding;
pub mod messages;
mod source;
mod words;

#[cfg(test)]
mod tests;

pub use document::{DEPTH_MAX, DOCUMENTS_MAX, EXPANSION_BYTES_MAX, Entry, Node, Scalar, Style, Value, read_documents};
pub use finding::{Finding, Place, Severity};
pub use source::{FILE_BYTES_MAX, Mark, TextFault, line_of, mark_in_scalar, mark_of, read_text, read_utf8};
pub use words::{clipped, listed, nearest};
