//! Zipkin's formats: which one a body is in, and their codecs.
//!
//! Version 2 comes in JSON ([`json_v2`]) and protobuf ([`proto3`]), and both are written too. Version 1 is read
//! alone, in JSON ([`json_v1`]) and thrift ([`thrift`]); what it means in version 2 is one conversion for both.
//! A sender who picked the wrong path or content type is told which format it sent.

mod encoding;
pub mod ip;
pub(crate) mod json;
pub mod json_v1;
pub mod json_v2;
pub mod proto3;
pub mod thrift;
mod v1;

pub use encoding::{Detected, Encoding, NotExpected, Sniffed, Version, detect, sniff};
pub(crate) use json::write_text;

use crate::batch::Batch;
use crate::decode_error::{DecodeError, Document, Fault};
use crate::model::Span;
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
        (Sniffed::List, Encoding::JsonV1) => json_v1::decode(body, arena, batch),
        (Sniffed::List, Encoding::JsonV2) => json_v2::decode(body, arena, batch),
        (Sniffed::List, Encoding::Proto3) => proto3::decode(body, arena, batch),
        (Sniffed::List, Encoding::Thrift) => thrift::decode(body, arena, batch),
    }
}

/// Finds out what a body from a queue is and decodes it. An empty body is nothing.
pub fn decode_detected<'a>(body: &'a [u8], arena: &'a Bump, batch: &mut Batch<'a>) -> Result<(), DecodeError> {
    if body.is_empty() {
        return Ok(());
    }
    let Some(Detected { encoding, is_one }) = detect(body) else {
        return Err(DecodeError { document: Document::Unread, fault: Fault::NotDetected });
    };
    match (encoding, is_one) {
        (Encoding::JsonV1, false) => json_v1::decode(body, arena, batch),
        (Encoding::JsonV1, true) => json_v1::decode_one(body, arena, batch),
        (Encoding::Thrift, false) => thrift::decode(body, arena, batch),
        (Encoding::Thrift, true) => thrift::decode_one(body, arena, batch),
        (Encoding::JsonV2, _) => json_v2::decode(body, arena, batch),
        (Encoding::Proto3, _) => proto3::decode(body, arena, batch),
    }
}

/// The spans of a body in whichever encoding it is, each with its parts.
pub fn read_spans(body: &[u8]) -> Result<Vec<Span>, DecodeError> {
    let arena = Bump::new();
    let mut batch = Batch::default();
    decode_detected(body, &arena, &mut batch)?;
    Ok(batch.views().map(|view| view.to_span()).collect())
}

/// Names of services and spans as Zipkin shows them.
pub(crate) fn lower_case(text: &str) -> Cow<'_, str> {
    let is_lower = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

#[cfg(test)]
mod tests;
