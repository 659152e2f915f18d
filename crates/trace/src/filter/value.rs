//! Values a filter compares with: numbers in one exact order, durations with units, tags as text.

use nines_base::FineMicros;
use nines_span::ValueRef;
use std::cmp::Ordering;

/// A number as people and tags write it. Whole numbers and fractions share one exact order.
#[derive(Clone, Copy, Debug)]
pub enum Number {
    /// A whole number.
    Int(i64),
    /// Any other finite number.
    Float(f64),
}

impl Number {
    /// Parses decimal digits with optional sign, fraction and exponent; nothing else is a number here
    /// (`inf`, `nan`, `0x10`, spaces).
    pub fn parse(text: &str) -> Option<Number> {
        if !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E')) {
            return None;
        }
        if let Ok(whole) = text.parse() {
            return Some(Number::Int(whole));
        }
        text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Number::Float)
    }
}

/// The whole number that a text spells, and so the only one that equals it: `503`, `+503`, `5.03e2`.
pub fn whole_number(text: &str) -> Option<i64> {
    match Number::parse(text)? {
        Number::Int(whole) => Some(whole),
        Number::Float(float) => {
            let whole = float as i64;
            compare_mixed(whole, float).is_eq().then_some(whole)
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        match (*self, *other) {
            (Number::Int(a), Number::Int(b)) => a.cmp(&b),
            // Adding zero turns -0.0 into 0.0; the rest of the total order is the usual one, as no NaN gets here.
            (Number::Float(a), Number::Float(b)) => (a + 0.0).total_cmp(&(b + 0.0)),
            (Number::Int(a), Number::Float(b)) => compare_mixed(a, b),
            (Number::Float(a), Number::Int(b)) => compare_mixed(b, a).reverse(),
        }
    }
}

/// Compares without rounding the whole number to a double first.
fn compare_mixed(whole: i64, float: f64) -> Ordering {
    const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;
    if float >= TWO_TO_63 {
        return Ordering::Less;
    }
    if float < -TWO_TO_63 {
        return Ordering::Greater;
    }
    let truncated = float.trunc();
    whole.cmp(&(truncated as i64)).then(match float - truncated {
        rest if rest > 0.0 => Ordering::Less,
        rest if rest < 0.0 => Ordering::Greater,
        _ => Ordering::Equal,
    })
}

/// A value as written in a filter, for comparison with a tag.
#[derive(Clone, Debug, PartialEq)]
pub struct TagValue {
    /// As written.
    pub text: String,
    /// Its number, where it is one.
    pub number: Option<Number>,
}

impl TagValue {
    /// Reads `text`.
    pub fn new(text: &str) -> TagValue {
        TagValue { text: text.to_owned(), number: Number::parse(text) }
    }

    /// Whether a tag is this value: a text when it is the same text (`2.10` is another version than
    /// `2.1`), a number when it is the same number.
    pub(super) fn equals(&self, tag: ValueRef<'_>) -> bool {
        match tag {
            ValueRef::Str(text) => text == self.text,
            ValueRef::Int(_) | ValueRef::Double(_) if self.number.is_some() => number_of(tag) == self.number,
            other => other.text() == self.text,
        }
    }

    /// Whether some tag could equal both values.
    pub(super) fn may_coincide(&self, other: &TagValue) -> bool {
        self.text == other.text || (self.number.is_some() && self.number == other.number)
    }
}

/// A tag's number, where it is or spells one.
pub fn number_of(tag: ValueRef<'_>) -> Option<Number> {
    match tag {
        ValueRef::Int(number) => Some(Number::Int(number)),
        ValueRef::Double(number) => number.is_finite().then_some(Number::Float(number)),
        ValueRef::Str(text) => Number::parse(text),
        _ => None,
    }
}

/// Units of a duration in nanoseconds, largest first.
const UNITS_NS: [(&str, u128); 5] =
    [("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000)];

/// Why a text is not a duration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum DurationFault {
    /// A number without a unit, or with a unit that is not ours.
    Unit,
    /// Anything else: no number, too long, finer than a nanosecond.
    Wrong,
}

/// Parses `400ms`, `1.5s`, `1m30s`.
pub(super) fn parse_duration(text: &str) -> Result<FineMicros, DurationFault> {
    let mut rest = text;
    let mut total_ns = 0u128;
    if text.is_empty() {
        return Err(DurationFault::Wrong);
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, tail) = rest.split_at(digits);
        if number.is_empty() {
            return Err(DurationFault::Wrong);
        }
        let letters = tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(letters);
        let (_, unit_ns) = UNITS_NS.iter().find(|(name, _)| *name == unit).ok_or(DurationFault::Unit)?;
        let part_ns = scale(number, *unit_ns).ok_or(DurationFault::Wrong)?;
        total_ns = total_ns.checked_add(part_ns).ok_or(DurationFault::Wrong)?;
        rest = tail;
    }
    let us = u64::try_from(total_ns / 1000).map_err(|_| DurationFault::Wrong)?;
    Ok(FineMicros { us, sub_ns: (total_ns % 1000) as u16 })
}

/// A decimal times a unit, exactly; `None` where that is not a whole number of nanoseconds.
fn scale(number: &str, unit_ns: u128) -> Option<u128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if number.ends_with('.') || whole.is_empty() {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    // Twelve places are finer than a nanosecond of an hour.
    if fraction.len() > 12 {
        return None;
    }
    let tens = 10u128.pow(fraction.len() as u32);
    let fraction: u128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    let scaled = fraction.checked_mul(unit_ns)?;
    if scaled % tens != 0 {
        return None;
    }
    whole.parse::<u128>().ok()?.checked_mul(unit_ns)?.checked_add(scaled / tens)
}

/// Writes a duration so that [`parse_duration`] reads it back exactly.
pub(super) fn print_duration(length: FineMicros) -> String {
    if length.sub_ns != 0 {
        return format!("{}.{:03}us", length.us, length.sub_ns);
    }
    let ns = u128::from(length.us) * 1000;
    let (name, unit_ns) = if ns == 0 {
        UNITS_NS[2]
    } else {
        UNITS_NS.into_iter().find(|(_, unit)| ns % unit == 0).unwrap_or(UNITS_NS[4])
    };
    format!("{}{name}", ns / unit_ns)
}
