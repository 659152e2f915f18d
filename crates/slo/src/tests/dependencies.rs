//! Services that need others: what is known of parts that fail independently of each other, found by counting a
//! population of spans in which they do. And what a budget permits of deploys that may fail.

use super::vectors::fraction;
use super::*;
use crate::budget::{Share, burn_max, exhausts_in, permitted_outage_us};
use crate::model::{CountedBy, Weight};

/// A part that works this often: so many times of so many.
type Works = (u128, u128);

/// A span for each way in which the parts may have worked or not, which says how many events it stands for: `failed.N`
/// is there where part N failed, `worked` is how many worked. Out of as many events as make all of them whole.
fn population(parts: &[Works]) -> Vec<Span> {
    let way = |which: u32| {
        let has_failed = |n: usize| which >> n & 1 == 1;
        let share = |(n, (works, of)): (usize, &Works)| if has_failed(n) { of - works } else { *works };
        let n_events: u128 = parts.iter().enumerate().map(share).product();
        let mut tags: Vec<(String, Value)> =
            (0..parts.len()).filter(|n| has_failed(*n)).map(|n| (format!("failed.{n}"), "x".into())).collect();
        tags.push(("worked".into(), Value::Int(parts.len() as i64 - i64::from(which.count_ones()))));
        (tags, n_events)
    };
    let ways = (0..1 << parts.len()).map(way);
    ways.flat_map(|(tags, n_events)| in_spans(n_events).map(move |n| with_weight(&tags, n))).collect()
}

/// A span is at most so many events.
fn in_spans(n_events: u128) -> impl Iterator<Item = u64> {
    let most = u128::from(crate::count::WEIGHT_MAX);
    (0..n_events.div_ceil(most)).map(move |nth| (n_events - nth * most).min(most) as u64)
}

fn with_weight(tags: &[(String, Value)], n: u64) -> Span {
    let mut tags = tags.to_vec();
    tags.push(("n".into(), Value::Int(n as i64)));
    tags.sort_by(|(one, _), (other, _)| one.cmp(other));
    Span { tags, ..span(0, 1_000_000, false) }
}

/// What share of a population an indicator takes to be bad.
fn counted(spans: Vec<Span>, part: RatioPart) -> Share {
    let of = Sli::Ratio { total: filter("service=api"), part };
    let by = CountedBy::Weight(Weight { valid: Some("n".into()), part: None, is_sampled: false });
    let slo = slo("needs-others", "api", HOUR, objective(Sli::Counted { of: of.into(), by }, target(99.0)));
    let arrived = |(number, span): (u64, Span)| {
        (Timestamp(2_000_000), Span { trace_id: TraceId(u128::from(number)), id: SpanId(number), ..span })
    };
    let spans: Vec<(Timestamp, Span)> = (1..).zip(spans).map(arrived).collect();
    let (_, cells) = count(&definitions([slo.clone()]), &spans);
    let status = crate::status::evaluate(&slo, &slo.objectives[0], &cells, Timestamp(HOUR.0));
    status.measure.share.unwrap()
}

fn good(terms: &str) -> RatioPart {
    RatioPart::Good(filter(terms))
}

fn bad(terms: &str) -> RatioPart {
    RatioPart::Bad(filter(terms))
}

/// How many events of the parts are good, and of how many.
fn counts(parts: &[Works], part: RatioPart) -> (u128, u128) {
    let share = counted(population(parts), part);
    (u128::from(share.valid() - share.bad()), u128::from(share.valid()))
}

/// The SLI of parts, exactly.
fn sli(parts: &[Works], part: RatioPart) -> Fraction {
    let (good, valid) = counts(parts, part);
    fraction(good, valid)
}

/// A decimal fraction, by its digits after the point.
fn decimal(digits: &str) -> Fraction {
    fraction(digits.parse().unwrap(), 10u128.pow(digits.len() as u32))
}

#[test]
fn av32_all_of_several_in_series_one_of_several_side_by_side_and_some_of_several() {
    // In series one that failed is enough to fail.
    let series = |n: usize| good(&(0..n).map(|n| format!("!failed.{n} ")).collect::<String>());
    assert_eq!(sli(&[(999, 1000); 3], series(3)), decimal("997002999"));
    assert_eq!(sli(&[(1999, 2000), (9999, 10_000), (199, 200)], series(3)), decimal("99440304975"));
    // Five of 99.99 % are of 10²⁰ events, which nobody counts: three of them in series with two.
    let (three, two) = (sli(&[(9999, 10_000); 3], series(3)), sli(&[(9999, 10_000); 2], series(2)));
    assert_eq!(three.times(two), Some(decimal("99950009999000049999")));
    // Side by side all must fail.
    assert_eq!(sli(&[(99, 100); 2], bad("failed.0 failed.1")), decimal("9999"));
    assert_eq!(sli(&[(999, 1000); 2], bad("failed.0 failed.1")), decimal("999999"));
    assert_eq!(sli(&[(999, 1000); 3], good("worked>=2")), decimal("999997002"));
    assert_eq!(sli(&[(99, 100); 5], good("worked>=3")), decimal("9999901494"));
}

#[test]
fn av33_routes_of_different_parts_by_their_traffic() {
    // Base, payment, coupon; and nine of ten requests ask for no coupon, which `failed.3` tells.
    let parts = [(999, 1000), (1999, 2000), (99, 100), (1, 10)];
    let (without_coupon, valid) = counts(&parts, good("failed.3 !failed.0 !failed.1"));
    let (with_coupon, _) = counts(&parts, good("!failed.3 !failed.0 !failed.1 !failed.2"));
    assert_eq!(fraction(without_coupon + with_coupon, valid), decimal("9975019995"));
}

#[test]
fn reference_3_8_a_budget_permits_so_many_deploys() {
    let month = DurationUs(28 * DAY.0);
    let minutes = |n: u128| Fraction::whole(n * 60_000_000);
    // Deploys that fail at a chance, for a share of users, until they are taken back.
    let deploys = |chance: Fraction, exposed: Fraction, back_after: u128| {
        let expected = chance.times(exposed).unwrap();
        permitted_outage_us(target(99.9), month, expected).unwrap().over(minutes(back_after))
    };
    let chance = fraction(2, 100);
    assert_eq!(deploys(chance, Fraction::whole(1), 30), Some(fraction(672, 10)));
    assert_eq!(deploys(chance, fraction(5, 100), 10), Some(Fraction::whole(4032)));
    let whole = permitted_outage_us(target(99.9), month, Fraction::whole(1)).unwrap();
    assert_eq!(whole.over(minutes(80 * 30)), Some(fraction(168, 10_000)), "the chance that 80 of them may have");
    // The longest outage of everything that what is left of a budget stands: r · b · W.
    let left = Share::new(600, 1_000_000).unwrap().budget(target(99.9));
    assert_eq!(exhausts_in(left, burn_max(target(99.9)), month), Some(DurationUs(2_419_200_000 * 4 / 10)));
}
