//! Points in time and lengths of time, in microseconds, the unit of Zipkin and of our own API.

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

/// A point in time: microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Debug)]
pub struct Timestamp(pub i64);

/// A length of time in microseconds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Debug)]
pub struct DurationUs(pub i64);

impl DurationUs {
    /// `seconds` as a length.
    pub const fn from_secs(seconds: i64) -> DurationUs {
        DurationUs(seconds * 1_000_000)
    }

    /// As a `std::time::Duration`; a negative length becomes zero.
    pub fn to_std(self) -> std::time::Duration {
        std::time::Duration::from_micros(self.0.max(0) as u64)
    }
}

impl Timestamp {
    /// `seconds` since the epoch.
    pub const fn from_secs(seconds: i64) -> Timestamp {
        Timestamp(seconds * 1_000_000)
    }
}

impl Add<DurationUs> for Timestamp {
    type Output = Timestamp;
    fn add(self, length: DurationUs) -> Timestamp {
        Timestamp(self.0.saturating_add(length.0))
    }
}

impl Sub<DurationUs> for Timestamp {
    type Output = Timestamp;
    fn sub(self, length: DurationUs) -> Timestamp {
        Timestamp(self.0.saturating_sub(length.0))
    }
}

impl Sub<Timestamp> for Timestamp {
    type Output = DurationUs;
    fn sub(self, earlier: Timestamp) -> DurationUs {
        DurationUs(self.0.saturating_sub(earlier.0))
    }
}

/// Shortest exact text: `90s` is `1m30s`, `1500us` is `1500us`.
impl fmt::Display for DurationUs {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return out.write_str("0s");
        }
        if self.0 < 0 {
            out.write_str("-")?;
        }
        let mut rest = self.0.unsigned_abs();
        if rest < 1_000_000 {
            return if rest.is_multiple_of(1000) { write!(out, "{}ms", rest / 1000) } else { write!(out, "{rest}us") };
        }
        const UNITS: [(u64, &str); 6] =
            [(86_400_000_000, "d"), (3_600_000_000, "h"), (60_000_000, "m"), (1_000_000, "s"), (1000, "ms"), (1, "us")];
        for (unit_us, name) in UNITS {
            if rest >= unit_us {
                write!(out, "{}{name}", rest / unit_us)?;
                rest %= unit_us;
            }
        }
        Ok(())
    }
}

/// A text that is not a length of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotADuration;

/// Numbers with units, added up: `30s`, `1h30m`, `7d`. A number without a unit is none.
impl FromStr for DurationUs {
    type Err = NotADuration;

    fn from_str(text: &str) -> Result<DurationUs, NotADuration> {
        let mut rest = text;
        let mut total_us = 0i64;
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit()).ok_or(NotADuration)?;
            let end = rest[digits..].find(|c: char| c.is_ascii_digit()).map_or(rest.len(), |at| digits + at);
            let unit_us: i64 = match &rest[digits..end] {
                "us" => 1,
                "ms" => 1_000,
                "s" => 1_000_000,
                "m" => 60_000_000,
                "h" => 3_600_000_000,
                "d" => 86_400_000_000,
                "w" => 604_800_000_000,
                _ => return Err(NotADuration),
            };
            let number: i64 = rest[..digits].parse().map_err(|_| NotADuration)?;
            let part_us = number.checked_mul(unit_us).ok_or(NotADuration)?;
            total_us = total_us.checked_add(part_us).ok_or(NotADuration)?;
            rest = &rest[end..];
        }
        if text.is_empty() { Err(NotADuration) } else { Ok(DurationUs(total_us)) }
    }
}

/// A span's time or duration: whole microseconds and, where the sender knew them, the nanoseconds
/// below. Zipkin's range (up to `i64::MAX` microseconds) and OTLP's resolution both fit exactly.
/// Zero means the sender gave none.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Debug)]
pub struct FineMicros {
    /// Whole microseconds.
    pub us: u64,
    /// 0 to 999 nanoseconds beyond `us`.
    pub sub_ns: u16,
}

impl FineMicros {
    /// Not given.
    pub const NONE: FineMicros = FineMicros { us: 0, sub_ns: 0 };

    /// Whole microseconds.
    pub const fn from_us(us: u64) -> FineMicros {
        FineMicros { us, sub_ns: 0 }
    }

    /// From nanoseconds, exactly.
    pub const fn from_ns(ns: u64) -> FineMicros {
        FineMicros { us: ns / 1000, sub_ns: (ns % 1000) as u16 }
    }

    /// To nanoseconds; saturates where Zipkin's range exceeds OTLP's.
    pub const fn to_ns(self) -> u64 {
        self.us.saturating_mul(1000).saturating_add(self.sub_ns as u64)
    }

    /// Whether the sender gave none.
    pub const fn is_none(self) -> bool {
        self.us == 0 && self.sub_ns == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_print_short_and_exact() {
        let show = |us| DurationUs(us).to_string();
        assert_eq!(show(0), "0s");
        assert_eq!(show(90_000_000), "1m30s");
        assert_eq!(show(400_000), "400ms");
        assert_eq!(show(1_500), "1500us");
        assert_eq!(show(28 * 86_400_000_000), "28d");
        assert_eq!(show(-5_000_000), "-5s");
        assert_eq!(show(1_500_000), "1s500ms");
    }

    #[test]
    fn lengths_read_their_units_and_nothing_else() {
        assert_eq!("1h30m".parse(), Ok(DurationUs::from_secs(5400)));
        assert_eq!("400ms".parse(), Ok(DurationUs(400_000)));
        assert_eq!("0s".parse(), Ok(DurationUs(0)));
        for wrong in ["", "10", "h", "1x", "-1s", "1.5h", "99999999999999999d", "1h30"] {
            assert_eq!(wrong.parse::<DurationUs>(), Err(NotADuration), "{wrong}");
        }
    }

    #[test]
    fn nanoseconds_survive_the_split() {
        let time = FineMicros::from_ns(1_790_000_000_123_456_789);
        assert_eq!(time, FineMicros { us: 1_790_000_000_123_456, sub_ns: 789 });
        assert_eq!(time.to_ns(), 1_790_000_000_123_456_789);
    }
}
