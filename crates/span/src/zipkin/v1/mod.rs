//! Zipkin's spans of version 1, as both of its formats (JSON and thrift) say them, and what they mean.
//!
//! Version 1 knows no kind, no local and no remote endpoint. Each annotation names the endpoint that
//! reported it; two-letter annotations (`cs`, `sr`, …) mark the ends of a call, and binary annotations named
//! `ca`, `sa` and `ma` hold addresses. One span can hold both sides of a call: [`Converter`] takes it apart.

mod convert;
mod halves;

pub(crate) use convert::Converter;

use crate::batch::EndpointRef;
use crate::decode_error::{Fault, quoted};
use nines_base::id::parse_hex;

#[cfg(test)]
mod tests;

/// Digits of an id, its own and its parent's included: what is beyond the last sixteen is not looked at.
const ID_DIGITS_MAX: usize = 32;
/// Digits of 64 bits.
const HALF_DIGITS: usize = 16;

/// A span of version 1 but for its annotations. Times are as sent: 0 is none, and none is checked yet.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Head<'a> {
    /// The high half is 0 for a trace id of 64 bits.
    pub trace_id: u128,
    pub id: u64,
    /// 0 for a root.
    pub parent_id: u64,
    pub name: &'a str,
    pub timestamp: i64,
    pub duration: i64,
    pub debug: bool,
}

impl Head<'_> {
    /// The ids that a span must have: the low half of its trace id, and its own.
    pub fn check_ids(&self) -> Result<(), Fault> {
        match (self.trace_id as u64, self.id) {
            (0, _) => Err(Fault::NoId("traceId")),
            (_, 0) => Err(Fault::NoId("id")),
            _ => Ok(()),
        }
    }
}

/// Something that happened, where a core annotation is the end of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Annotation<'a> {
    pub timestamp: i64,
    pub value: &'a str,
    /// Empty where none was sent.
    pub endpoint: EndpointRef<'a>,
}

/// A tag or an address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BinaryAnnotation<'a> {
    pub key: &'a str,
    /// `None` for an address, which is a truth value in the formats.
    pub value: Option<&'a str>,
    /// Empty where none was sent.
    pub endpoint: EndpointRef<'a>,
}

/// Whether a binary annotation of this name that is `true` is an address. Other truth values mean nothing.
pub(crate) fn is_address(key: &str) -> bool {
    matches!(key, "ca" | "sa" | "ma")
}

/// Reads a trace id: of exactly 32 digits all count, otherwise the last sixteen.
pub(crate) fn trace_id(text: &str) -> Result<u128, Fault> {
    let low = id(text)?;
    if text.len() != ID_DIGITS_MAX {
        return Ok(low.into());
    }
    let high = parse_hex(&text.as_bytes()[..HALF_DIGITS], HALF_DIGITS).map_err(|_| Fault::NotHex(quoted(text)))?;
    Ok(high << 64 | u128::from(low))
}

/// Reads a span's id or its parent's; zero means that there is none.
pub(crate) fn id(text: &str) -> Result<u64, Fault> {
    let bytes = text.as_bytes();
    // Zipkin counts UTF-16 units. Where the last of them are digits they are as many bytes.
    let n_units = if text.is_ascii() { bytes.len() } else { text.encode_utf16().count() };
    let tail = &bytes[bytes.len() - n_units.min(HALF_DIGITS)..];
    match parse_hex(tail, HALF_DIGITS) {
        Ok(number) if n_units <= ID_DIGITS_MAX => Ok(number as u64),
        _ => Err(Fault::NotHex(quoted(text))),
    }
}
