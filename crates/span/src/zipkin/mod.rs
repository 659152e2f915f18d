//! Zipkin's formats: which one a body is in, and their codecs.
//!
//! Read here: JSON v2 ([`json_v2`]) and protobuf ([`proto3`]). The other formats of [`Encoding`] are told
//! apart, so that a sender who picked the wrong path is told which one it sent.

mod encoding;
pub mod ip;
mod json;
pub mod json_v2;
pub mod proto3;

pub use encoding::{Encoding, NotExpected, Sniffed, sniff};
pub(crate) use json::write_text;

use crate::batch::Batch;
use crate::decode_error::{DecodeError, Document, Fault};
use bumpalo::Bump;
use std::borrow::Cow;

/// Looks at a body and decodes it, as Zipkin's HTTP collector does: an empty body and an empty list
/// add nothing, a body of another format is refused by name.
pub fn decode<'a>(
    encoding: Encoding,
    body: &'a [u8],
    arena: &'a Bump,
    batch: &mut Batch<'a>,
) -> Result<(), DecodeError> {
    let refused = |why| DecodeError { document: Document::Unread, fault: Fault::NotExpected(why) };
    match (sniff(body, encoding).map_err(refused)?, encoding) {
        (Sniffed::Nothing, _) => Ok(()),
        (Sniffed::List, Encoding::JsonV2) => json_v2::decode(body, arena, batch),
        (Sniffed::List, Encoding::Proto3) => proto3::decode(body, arena, batch),
        (Sniffed::List, _) => Err(refused(NotExpected { expected: Encoding::JsonV2, received: Some(encoding) })),
    }
}

/// Names of services and spans as Zipkin shows them.
pub(crate) fn lower_case(text: &str) -> Cow<'_, str> {
    let is_lower = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}
