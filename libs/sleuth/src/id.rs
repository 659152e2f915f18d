//! Trace and span ids: what is zero or malformed cannot be held.

use std::fmt;
use std::num::NonZeroU64;

use crate::random::random_u64;

/// The id all spans of one trace share: 128 bits, or 64 when the trace began in an older client.
///
/// A 64-bit id stays one: it is written with 16 digits again, so both ends name the trace alike.
/// Invariant: not zero.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TraceId {
    high: u64,
    low: u64,
}

impl TraceId {
    /// From its two halves; `high` is zero for a 64-bit id. `None` when both are zero.
    pub fn new(high: u64, low: u64) -> Option<TraceId> {
        (high != 0 || low != 0).then_some(TraceId { high, low })
    }

    /// Reads 1 to 32 lower-case hexadecimal digits. Short forms are accepted because old senders drop
    /// leading zeros.
    pub fn parse(text: &str) -> Option<TraceId> {
        let digits = text.as_bytes();
        match digits.len() {
            1..=16 => TraceId::new(0, parse_hex(digits)?),
            17..=32 => {
                let (high, low) = digits.split_at(digits.len() - 16);
                TraceId::new(parse_hex(high)?, parse_hex(low)?)
            }
            _ => None,
        }
    }

    /// A random id of 128 or 64 bits whose low half is not zero, so that the root span can share it.
    pub fn random(is_128_bit: bool) -> TraceId {
        TraceId { high: if is_128_bit { random_u64().get() } else { 0 }, low: random_u64().get() }
    }

    /// The upper 64 bits; zero for a 64-bit id.
    pub fn high(self) -> u64 {
        self.high
    }

    /// The lower 64 bits: what samplers decide by, because every hop keeps them.
    pub fn low(self) -> u64 {
        self.low
    }
}

impl fmt::Display for TraceId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.high != 0 {
            write!(out, "{:016x}", self.high)?;
        }
        write!(out, "{:016x}", self.low)
    }
}

impl fmt::Debug for TraceId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// The id of one span within its trace. Invariant: not zero.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SpanId(NonZeroU64);

impl SpanId {
    /// `None` for zero.
    pub fn new(value: u64) -> Option<SpanId> {
        NonZeroU64::new(value).map(SpanId)
    }

    /// Reads 1 to 16 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<SpanId> {
        SpanId::new(parse_hex(text.as_bytes())?)
    }

    /// A random id.
    pub fn random() -> SpanId {
        SpanId(random_u64())
    }

    /// The id as a number.
    pub fn get(self) -> u64 {
        self.0.get()
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

/// 1 to 16 lower-case digits; upper case is not B3 and would not compare equal downstream.
fn parse_hex(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > 16 {
        return None;
    }
    digits.iter().try_fold(0_u64, |value, digit| {
        let digit = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => return None,
        };
        Some(value << 4 | u64::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_id_keeps_its_width() {
        fn check(text: &str, expect: Option<&str>) {
            assert_eq!(TraceId::parse(text).map(|id| id.to_string()).as_deref(), expect, "{text}");
        }
        check("463ac35c9f6413ad48485a3953bb6124", Some("463ac35c9f6413ad48485a3953bb6124"));
        check("48485a3953bb6124", Some("48485a3953bb6124"));
        check("1", Some("0000000000000001"));
        check("000000000000000048485a3953bb6124", Some("48485a3953bb6124"));
        check("1000000000000000a", Some("0000000000000001000000000000000a"));
        check("463ac35c9f6413ad0000000000000000", Some("463ac35c9f6413ad0000000000000000"));
        check("", None);
        check("0000000000000000", None);
        check("00000000000000000000000000000000", None);
        check("463ac35c9f6413ad48485a3953bb61240", None);
        check("48485A3953BB6124", None);
        check("48485a3953bb612g", None);
        check("+8485a3953bb6124", None);
    }

    #[test]
    fn random_ids_have_the_width_that_was_asked() {
        assert_eq!(TraceId::random(false).to_string().len(), 16);
        assert_eq!(TraceId::random(true).to_string().len(), 32);
        assert_ne!(SpanId::random(), SpanId::random());
    }
}
