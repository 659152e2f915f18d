//! Numbers and lengths as definitions write them, read exactly: decimals by their digits, never
//! through a float, and OpenSLO's duration shorthand (`5m`, `28d`, `1Q`).
//!
//! Knows nothing of YAML or of where a text stands.

use crate::fraction::Fraction;
use crate::model::{CalendarUnit, PPB_ONE};
use nines_base::DurationUs;

/// A decimal number by its digits: `digits` × 10^`exponent`, negative where `negative` says so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Decimal {
    negative: bool,
    /// Without leading and trailing zeros; empty for zero.
    digits: String,
    exponent: i64,
}

/// Why a decimal is not a share between 0 and 1 in parts per billion.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PpbFault {
    /// Below zero.
    Negative,
    /// Above one.
    AboveOne,
    /// Finer than a billionth.
    TooFine,
}

impl Decimal {
    /// Reads `0.999`, `-1`, `9.99e-1`, `.5`; anything else, infinities and hexadecimals included, is none.
    pub(super) fn parse(text: &str) -> Option<Decimal> {
        let (negative, unsigned) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
            Some(at) => (&unsigned[..at], parse_exponent(&unsigned[at + 1..])?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let digits = format!("{whole}{fraction}");
        let significant = digits.trim_start_matches('0');
        let trimmed = significant.trim_end_matches('0');
        let exponent = exponent - fraction.len() as i64 + (significant.len() - trimmed.len()) as i64;
        Some(Decimal {
            negative: negative && !trimmed.is_empty(),
            digits: trimmed.to_owned(),
            exponent: if trimmed.is_empty() { 0 } else { exponent },
        })
    }

    /// Whether it is zero.
    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Whether it is below zero.
    pub(super) fn is_negative(&self) -> bool {
        self.negative
    }

    /// The number × 10^-`shift` in parts per billion: shift 0 for a share, 2 for a percentage.
    pub(super) fn ppb(&self, shift: i64) -> Result<u32, PpbFault> {
        if self.negative {
            return Err(PpbFault::Negative);
        }
        let power = self.exponent.saturating_add(9 - shift);
        if self.is_zero() {
            return Ok(0);
        }
        if (self.digits.len() as i64).saturating_add(power) > 10 {
            return Err(PpbFault::AboveOne);
        }
        if power < 0 {
            return Err(PpbFault::TooFine);
        }
        // At most ten digits, by the check above: fits in u64.
        let parts = format!("{}{}", self.digits, "0".repeat(power as usize)).parse::<u64>().unwrap_or(u64::MAX);
        u32::try_from(parts).ok().filter(|parts| *parts <= PPB_ONE).ok_or(PpbFault::AboveOne)
    }

    /// The number in parts per billion, either sign; `None` above one, below -1000 or finer than a billionth.
    pub(super) fn signed_ppb(&self) -> Option<i64> {
        const LEAST: i64 = -1000 * PPB_ONE as i64;
        let power = self.exponent.saturating_add(9);
        if self.is_zero() {
            return Some(0);
        }
        // Twelve digits are a thousand and its billionths.
        if power < 0 || (self.digits.len() as i64).saturating_add(power) > 13 {
            return None;
        }
        let size: i64 = format!("{}{}", self.digits, "0".repeat(power as usize)).parse().ok()?;
        let parts = if self.negative { -size } else { size };
        (LEAST..=i64::from(PPB_ONE)).contains(&parts).then_some(parts)
    }

    /// Exactly, as a fraction; `None` below zero, and where a part of it exceeds 128 bits.
    pub(super) fn fraction(&self) -> Option<Fraction> {
        if self.is_zero() {
            return Some(Fraction::whole(0));
        }
        let digits: u128 = self.digits.parse().ok()?;
        let power = 10u128.checked_pow(u32::try_from(self.exponent.unsigned_abs()).ok()?)?;
        match (self.negative, self.exponent >= 0) {
            (true, _) => None,
            (false, true) => digits.checked_mul(power).map(Fraction::whole),
            (false, false) => Fraction::new(digits, power),
        }
    }

    /// As a whole number, where it is one that fits.
    pub(super) fn whole(&self) -> Option<u32> {
        if self.is_zero() {
            return Some(0);
        }
        if self.negative || self.exponent < 0 || self.digits.len() as i64 + self.exponent > 10 {
            return None;
        }
        format!("{}{}", self.digits, "0".repeat(self.exponent as usize)).parse().ok()
    }

    /// The number × 10^`power` as a plain decimal, or with an exponent where that would be long.
    pub(super) fn scaled_text(&self, power: i64) -> String {
        const ZEROS_MAX: i64 = 20;
        let sign = if self.negative { "-" } else { "" };
        let exponent = self.exponent + power;
        let n_digits = self.digits.len() as i64;
        match exponent {
            _ if self.is_zero() => "0".to_owned(),
            0..=ZEROS_MAX => format!("{sign}{}{}", self.digits, "0".repeat(exponent as usize)),
            _ if exponent < 0 && -exponent < n_digits => {
                let (whole, fraction) = self.digits.split_at((n_digits + exponent) as usize);
                format!("{sign}{whole}.{fraction}")
            }
            _ if exponent < 0 && -exponent - n_digits <= ZEROS_MAX => {
                format!("{sign}0.{}{}", "0".repeat((-exponent - n_digits) as usize), self.digits)
            }
            _ => format!("{sign}{}e{exponent}", self.digits),
        }
    }

    /// The nearest float, where it is finite: for values that are compared as measured, never for targets.
    pub(super) fn as_f64(&self) -> Option<f64> {
        let sign = if self.negative { "-" } else { "" };
        let digits = if self.digits.is_empty() { "0" } else { &self.digits };
        format!("{sign}{digits}e{}", self.exponent).parse::<f64>().ok().filter(|value| value.is_finite())
    }
}

fn parse_exponent(text: &str) -> Option<i64> {
    // Five digits cover every float and keep the sums below from overflowing.
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let valid = !unsigned.is_empty() && unsigned.len() <= 5 && unsigned.bytes().all(|byte| byte.is_ascii_digit());
    if valid { text.parse().ok() } else { None }
}

/// A length in OpenSLO's shorthand: a count and a unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Shorthand {
    pub(super) count: u32,
    pub(super) unit: CalendarUnit,
}

/// Why a text is not a duration shorthand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum ShorthandFault {
    /// Not digits followed by one letter of the seven; holds what it may have meant.
    Malformed(Option<String>),
    /// More than the product can hold.
    TooLong,
}

/// The units by their letters; case matters: `m` is a minute, `M` a month.
const UNITS: [(char, CalendarUnit); 7] = [
    ('m', CalendarUnit::Minute),
    ('h', CalendarUnit::Hour),
    ('d', CalendarUnit::Day),
    ('w', CalendarUnit::Week),
    ('M', CalendarUnit::Month),
    ('Q', CalendarUnit::Quarter),
    ('Y', CalendarUnit::Year),
];

/// Units as people write them, and the letter that says so.
const LONG_UNITS: [(&str, char); 33] = [
    ("m", 'm'),
    ("h", 'h'),
    ("d", 'd'),
    ("w", 'w'),
    ("M", 'M'),
    ("Q", 'Q'),
    ("Y", 'Y'),
    ("min", 'm'),
    ("mins", 'm'),
    ("minute", 'm'),
    ("minutes", 'm'),
    ("H", 'h'),
    ("hr", 'h'),
    ("hrs", 'h'),
    ("hour", 'h'),
    ("hours", 'h'),
    ("D", 'd'),
    ("day", 'd'),
    ("days", 'd'),
    ("W", 'w'),
    ("wk", 'w'),
    ("week", 'w'),
    ("weeks", 'w'),
    ("mo", 'M'),
    ("mon", 'M'),
    ("month", 'M'),
    ("months", 'M'),
    ("q", 'Q'),
    ("quarter", 'Q'),
    ("quarters", 'Q'),
    ("y", 'Y'),
    ("year", 'Y'),
    ("years", 'Y'),
];

/// A century: longer windows are slips of the pen, and sums of lengths below it cannot overflow.
const SHORTHAND_DAYS_MAX: i64 = 36_500;

impl Shorthand {
    /// Reads a shorthand. Zero is read too: `alertAfter: 0m` is the default of that field.
    pub(super) fn parse(text: &str) -> Result<Shorthand, ShorthandFault> {
        let n_digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, letters) = text.split_at(n_digits);
        let unit = UNITS.iter().find(|(letter, _)| letters.chars().eq([*letter]));
        let (Some((_, unit)), false) = (unit, number.is_empty()) else {
            return Err(ShorthandFault::Malformed(suggest_shorthand(number, letters)));
        };
        let read = number.parse().ok().map(|count| Shorthand { count, unit: *unit });
        read.filter(|read| read.days_at_most() <= SHORTHAND_DAYS_MAX).ok_or(ShorthandFault::TooLong)
    }

    /// The length as a rolling window counts it: a month is 30 days, a quarter 90, a year 365.
    pub(super) fn length(self) -> DurationUs {
        const MINUTE_S: i64 = 60;
        const DAY_S: i64 = 86_400;
        let unit_s = match self.unit {
            CalendarUnit::Minute => MINUTE_S,
            CalendarUnit::Hour => 60 * MINUTE_S,
            CalendarUnit::Day => DAY_S,
            CalendarUnit::Week => 7 * DAY_S,
            CalendarUnit::Month => 30 * DAY_S,
            CalendarUnit::Quarter => 90 * DAY_S,
            CalendarUnit::Year => 365 * DAY_S,
        };
        DurationUs::from_secs(i64::from(self.count).saturating_mul(unit_s))
    }

    fn days_at_most(self) -> i64 {
        self.length().0 / DurationUs::from_secs(86_400).0
    }
}

/// The length that a text in the shorthand means, as a rolling window counts it.
pub fn shorthand_length(text: &str) -> Option<DurationUs> {
    Shorthand::parse(text).ok().map(Shorthand::length)
}

/// What a misspelt shorthand may have meant. Seconds have no letter, so they get whole minutes.
fn suggest_shorthand(number: &str, letters: &str) -> Option<String> {
    let count: u32 = number.parse().ok()?;
    let word = letters.trim();
    if matches!(word, "s" | "S" | "sec" | "secs" | "second" | "seconds") {
        return Some(format!("{}m", count.div_ceil(60).max(1)));
    }
    let (_, letter) =
        LONG_UNITS.iter().find(|(long, _)| *long == word || long.len() > 2 && word.eq_ignore_ascii_case(long))?;
    Some(format!("{count}{letter}"))
}
