//! How many events a span is: by a numeric tag of its own, and by the probability with which its sender kept it.
//!
//! A sender that keeps a share p of its traces says so, and each span it sends stands for 1/p. OpenTelemetry writes
//! the share into the trace state as a rejection threshold, `ot=th:HEX`, of which 2⁵⁶/(2⁵⁶ − th) is the adjusted
//! count (*TraceState: Probability Sampling*, OpenTelemetry specification); Zipkin's formats have no field for it, and
//! the tag [`RATE_TAG`] is read instead. Cells hold whole events, so the number is rounded up or down, by chance
//! in proportion to what is cut off. The chance is a digest of the trace's id: the same span has the same weight
//! whenever it comes, and the mean is exact.

use super::fold;
use crate::model::{Counts, Weight};
use nines_span::otlp::trace_state;
use nines_span::{SpanFields, ValueRef};
use nines_trace::filter::value::{Number, number_of};

/// The share of traces that the sender kept, above 0 and at most 1, as a tag.
pub const RATE_TAG: &str = "sampler.rate";

/// A span is at most this many events: more is a sender's mistake, and would outweigh a year of others.
pub const WEIGHT_MAX: u64 = u32::MAX as u64;

/// One, as thresholds of sampling are written.
const ONE: u64 = 1 << 56;

/// Hexadecimal digits of a threshold; trailing zeros may be left out.
const THRESHOLD_DIGITS: usize = 14;

/// How many events a span is, and which half its part is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Weighing {
    pub weight: Weight,
    /// Whether [`Weight::part`] counts good events.
    pub is_part_good: bool,
}

/// One event a span.
impl Default for Weighing {
    fn default() -> Weighing {
        Weighing { weight: Weight::default(), is_part_good: true }
    }
}

impl Weighing {
    /// The events of a valid span.
    pub fn counts<S: SpanFields + ?Sized>(&self, span: &S, is_good: bool) -> Counts {
        let Weighing { weight, is_part_good } = self;
        let number = |key: &String| span.tag(key).and_then(whole);
        let n_valid = weight.valid.as_ref().map_or(1, |key| number(key).unwrap_or(0));
        let n_part = match &weight.part {
            _ if is_good != *is_part_good => 0,
            Some(key) => number(key).unwrap_or(0).min(n_valid),
            None => n_valid,
        };
        let (n_valid, n_part) = if weight.is_sampled {
            let kept = Kept::of(span);
            (kept.stands_for(n_valid), kept.stands_for(n_part))
        } else {
            (n_valid.min(WEIGHT_MAX), n_part.min(WEIGHT_MAX))
        };
        let rest = n_valid - n_part;
        if *is_part_good { Counts { good: n_part, bad: rest } } else { Counts { good: rest, bad: n_part } }
    }
}

/// The whole part of a number that is not negative.
fn whole(value: ValueRef<'_>) -> Option<u64> {
    match number_of(value)? {
        Number::Int(whole) => u64::try_from(whole).ok(),
        Number::Float(float) => (float >= 0.0).then_some(float as u64),
    }
}

/// The share of traces that was kept, in parts of [`ONE`], and the chance of a trace, below it.
struct Kept {
    parts: u64,
    chance: u64,
}

impl Kept {
    fn of<S: SpanFields + ?Sized>(span: &S) -> Kept {
        // Zipkin's debug flag asks for a trace to be kept, whatever the share.
        let parts = if span.debug() { None } else { by_trace_state(span).or_else(|| by_tag(span)) };
        let parts = parts.unwrap_or(ONE);
        let random = fold(span.trace_id().low() ^ 0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93);
        Kept { parts, chance: ((u128::from(random) * u128::from(parts)) >> 64) as u64 }
    }

    /// How many of what `n` of the kept ones stand for: never fewer for more.
    fn stands_for(&self, n: u64) -> u64 {
        let scaled = u128::from(n.min(WEIGHT_MAX)) * u128::from(ONE) + u128::from(self.chance);
        u64::try_from(scaled / u128::from(self.parts)).unwrap_or(u64::MAX).min(WEIGHT_MAX)
    }
}

fn by_trace_state<S: SpanFields + ?Sized>(span: &S) -> Option<u64> {
    let vendors = trace_state(span.rest_bytes()).split(',').filter_map(|entry| entry.trim().split_once('='));
    let ours = vendors.filter(|(vendor, _)| *vendor == "ot").map(|(_, value)| value).next()?;
    let threshold = ours.split(';').find_map(|field| field.strip_prefix("th:"))?;
    if threshold.is_empty() || threshold.len() > THRESHOLD_DIGITS {
        return None;
    }
    let digits = u64::from_str_radix(threshold, 16).ok().filter(|_| !threshold.starts_with('+'))?;
    Some(ONE - (digits << (4 * (THRESHOLD_DIGITS - threshold.len()))))
}

fn by_tag<S: SpanFields + ?Sized>(span: &S) -> Option<u64> {
    let share = match number_of(span.tag(RATE_TAG)?)? {
        Number::Int(whole) => whole as f64,
        Number::Float(float) => float,
    };
    (share > 0.0 && share <= 1.0).then(|| ((share * ONE as f64) as u64).clamp(1, ONE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use nines_base::TraceId;
    use nines_span::{OtlpParts, Span, Value};

    fn sampled() -> Weighing {
        Weighing { weight: Weight { is_sampled: true, ..Weight::default() }, is_part_good: true }
    }

    fn with_state(state: &str, trace: u128) -> Span {
        // Field 3 of OTLP's Span is its trace state.
        let rest = [&[3 << 3 | 2, state.len() as u8], state.as_bytes()].concat();
        let otlp = Some(OtlpParts { rest, ..OtlpParts::default() });
        Span { trace_id: TraceId(trace), otlp, ..Span::default() }
    }

    #[test]
    fn av36_thresholds_give_adjusted_counts() {
        let weigh = |state: &str| sampled().counts(&with_state(state, 7), true).good;
        assert_eq!(weigh("ot=th:0"), 1);
        assert_eq!(weigh("ot=th:8"), 2);
        assert_eq!(weigh("rojo=1,ot=rv:abcdefabcdefab;th:c"), 4);
        // 100.0000954: of a million traces some ninety-five stand for 101.
        let total: u64 =
            (1..1_000_001).map(|trace| sampled().counts(&with_state("ot=th:fd70a4", trace), true).good).sum();
        assert!((total as f64 / 1e6 - 100.000_095_4).abs() < 5e-5, "{total}");
        for broken in ["", "ot=", "ot=th:", "ot=th:xyz", "ot=th:+8", "ot=th:123456789abcdef", "other=th:8"] {
            assert_eq!(weigh(broken), 1, "{broken}");
        }
        assert_eq!(weigh("ot=th:ffffffffffffff"), WEIGHT_MAX, "one in 2⁵⁶ is no share anybody means");
    }

    #[test]
    fn a_tag_says_the_share_where_no_trace_state_can() {
        let tagged = |value: Value| Span { tags: vec![(RATE_TAG.into(), value)], ..with_state("", 3) };
        let weigh = |value: Value| sampled().counts(&tagged(value), false);
        assert_eq!(weigh(Value::from("0.25")), Counts { good: 0, bad: 4 });
        assert_eq!(weigh(Value::Double(0.5)), Counts { good: 0, bad: 2 });
        assert_eq!(weigh(Value::Int(1)), Counts { good: 0, bad: 1 });
        for broken in [Value::Int(0), Value::Int(4), Value::from("often"), Value::Double(f64::NAN), Value::Double(-0.5)]
        {
            assert_eq!(weigh(broken), Counts { good: 0, bad: 1 });
        }
        let debug = Span { debug: true, ..tagged(Value::Double(0.25)) };
        assert_eq!(sampled().counts(&debug, true), Counts { good: 1, bad: 0 }, "it was not left to chance");
    }

    #[test]
    fn tags_say_how_many_and_a_part_is_never_more_than_the_whole() {
        let weighing = |is_part_good| Weighing {
            weight: Weight { valid: Some("checked".into()), part: Some("lost".into()), is_sampled: false },
            is_part_good,
        };
        let probe = |checked: Value, lost: Value| {
            let tags = vec![("checked".to_owned(), checked), ("lost".to_owned(), lost)];
            Span { tags, ..Span::default() }
        };
        let lost = |checked, lost| weighing(false).counts(&probe(checked, lost), false);
        assert_eq!(lost(Value::Int(1000), Value::Int(3)), Counts { good: 997, bad: 3 });
        assert_eq!(lost(Value::from("1000"), Value::Int(2000)), Counts { good: 0, bad: 1000 });
        assert_eq!(lost(Value::Int(1000), Value::from("none")), Counts { good: 1000, bad: 0 });
        assert_eq!(lost(Value::Double(2.9), Value::Double(1.9)), Counts { good: 1, bad: 1 });
        assert_eq!(lost(Value::Int(i64::MAX), Value::Int(0)), Counts { good: WEIGHT_MAX, bad: 0 });
        assert_eq!(weighing(false).counts(&probe(Value::Int(9), Value::Int(3)), true), Counts { good: 9, bad: 0 });
        assert_eq!(weighing(true).counts(&probe(Value::Int(9), Value::Int(3)), true), Counts { good: 3, bad: 6 });
    }
}
