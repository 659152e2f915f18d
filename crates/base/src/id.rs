//! Trace and span ids: parsed once from lower-case hex, then plain numbers.
//!
//! The rules are Zipkin's: a trace id has 1 to 32 digits and is left-padded to 16 or 32; a 32-digit
//! id whose high half is zero is the same id as its low half.

use std::fmt;

/// A trace id, 64 or 128 bits. A zero high half means 64 bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct TraceId(pub u128);

/// A span id, 64 bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct SpanId(pub u64);

/// Why a text is not an id. The text itself is the caller's to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdError {
    /// No digit at all.
    Empty,
    /// More digits than the id can hold: 32 for a trace, 16 for a span.
    TooLong,
    /// A character outside `0-9a-f`.
    NotLowerHex,
    /// Every bit is zero.
    AllZeros,
}

impl TraceId {
    /// Parses Zipkin's text form. `0` alone is an error here; callers that must accept it check first.
    pub fn parse(text: &str) -> Result<TraceId, IdError> {
        let value = parse_hex(text.as_bytes(), 32)?;
        if value == 0 { Err(IdError::AllZeros) } else { Ok(TraceId(value)) }
    }

    /// The low 64 bits: what lenient look-ups and dependency links go by.
    pub fn low(self) -> u64 {
        self.0 as u64
    }

    /// Whether the high half is in use.
    pub fn is_128(self) -> bool {
        self.0 >> 64 != 0
    }
}

impl SpanId {
    /// Parses 1 to 16 lower-case hex digits. Zero is returned as `SpanId(0)`; what it means depends on the field.
    pub fn parse(text: &str) -> Result<SpanId, IdError> {
        Ok(SpanId(parse_hex(text.as_bytes(), 16)? as u64))
    }
}

/// Value of each byte as a hex digit; 0xff where it is none (upper case included).
const HEX: [u8; 256] = {
    let mut table = [0xff; 256];
    let mut digit = 0;
    while digit < 10 {
        table[b'0' as usize + digit] = digit as u8;
        digit += 1;
    }
    let mut letter = 0;
    while letter < 6 {
        table[b'a' as usize + letter] = 10 + letter as u8;
        letter += 1;
    }
    table
};

/// Parses 1 to `digits_max` lower-case hex digits.
pub fn parse_hex(text: &[u8], digits_max: usize) -> Result<u128, IdError> {
    if text.is_empty() {
        return Err(IdError::Empty);
    }
    if text.len() > digits_max {
        return Err(IdError::TooLong);
    }
    match text.split_last_chunk() {
        None => parse_some(text).map(u128::from),
        Some((high, low)) => Ok(u128::from(parse_some(high)?) << 64 | u128::from(parse_sixteen(low)?)),
    }
}

/// Sixteen digits, as ids mostly have: each goes to its place without waiting for the one before.
#[inline]
fn parse_sixteen(text: &[u8; 16]) -> Result<u64, IdError> {
    let digits = text.map(|byte| HEX[usize::from(byte)]);
    let seen = digits.iter().fold(0, |seen, digit| seen | digit);
    let place = |(at, digit): (usize, &u8)| u64::from(digit & 15) << (60 - 4 * at);
    valid(seen, digits.iter().enumerate().map(place).fold(0, |value, digit| value | digit))
}

/// Sixteen digits or fewer.
#[inline]
fn parse_some(text: &[u8]) -> Result<u64, IdError> {
    if let Ok(text) = text.try_into() {
        return parse_sixteen(text);
    }
    let (mut value, mut seen) = (0u64, 0u8);
    for &byte in text {
        let digit = HEX[usize::from(byte)];
        seen |= digit;
        value = value << 4 | u64::from(digit & 15);
    }
    valid(seen, value)
}

/// Every valid digit is below 16, so a set high bit in what was `seen` marks a byte that was none.
#[inline]
fn valid(seen: u8, value: u64) -> Result<u64, IdError> {
    if seen & 0xf0 != 0 { Err(IdError::NotLowerHex) } else { Ok(value) }
}

impl fmt::Display for TraceId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_128() { write!(out, "{:032x}", self.0) } else { write!(out, "{:016x}", self.0) }
    }
}

impl fmt::Debug for TraceId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl fmt::Display for SpanId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

impl fmt::Debug for SpanId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ids_are_padded_and_a_zero_high_half_is_dropped() {
        assert_eq!(TraceId::parse("1").unwrap().to_string(), "0000000000000001");
        assert_eq!(TraceId::parse("00000000000000000000000000000abc").unwrap().to_string(), "0000000000000abc");
        assert_eq!(TraceId::parse("10000000000000abc").unwrap().to_string(), "00000000000000010000000000000abc");
    }

    #[test]
    fn every_way_to_be_wrong_has_its_own_error() {
        assert_eq!(TraceId::parse(""), Err(IdError::Empty));
        assert_eq!(TraceId::parse(&"1".repeat(33)), Err(IdError::TooLong));
        assert_eq!(TraceId::parse("ABC"), Err(IdError::NotLowerHex));
        assert_eq!(TraceId::parse("é"), Err(IdError::NotLowerHex));
        assert_eq!(TraceId::parse("0000"), Err(IdError::AllZeros));
        assert_eq!(SpanId::parse(&"1".repeat(17)), Err(IdError::TooLong));
        assert_eq!(SpanId::parse("0"), Ok(SpanId(0)));
    }
}
