//! Clocks that differ, and times that do not.

use super::shape::any_line;
use super::trace;
use crate::sketch::ZERO_US;
use crate::tree::{Skew, find_skew, intervals, self_times_us};
use proptest::prelude::*;

/// Corrected servers as (id, ahead), and every span's corrected start.
fn check(text: &str, corrections: &[(u64, i64)], starts: &[(u64, i64)]) {
    let trace = trace(text);
    let skew = find_skew(&trace.tree, &trace.spans);
    let found: Vec<(u64, i64)> = skew.corrections().iter().map(|c| (trace.span(c.node).id.0, c.ahead_us)).collect();
    assert_eq!(found, corrections, "{text}");
    let corrected: Vec<(u64, i64)> = intervals(&trace, &skew)
        .iter()
        .enumerate()
        .filter_map(|(node, interval)| Some((trace.span(node).id.0, interval.as_ref()?.from_us - ZERO_US as i64)))
        .collect();
    assert_eq!(corrected, starts, "{text}");
}

#[test]
fn a_server_outside_its_client_is_centred_in_it_with_all_that_ran_there() {
    check(
        "1/ c web@1.1.1.1 +100 ~100\n 2/1 s api@1.1.1.2 +20 ~60\n 3/2 - api@1.1.1.2 +30 ~10\n 4/3 c api@1.1.1.2 +35 ~5",
        &[(2, -100)],
        &[(1, 100), (2, 120), (3, 130), (4, 135)],
    );
    check("1/ c web@1.1.1.1 +0 ~100\n 1/ s api@1.1.1.2 shared +500 ~50", &[(1, 475)], &[(1, 0), (1, 25)]);
}

#[test]
fn what_fits_or_says_nothing_stays() {
    let stays = |text: &str| {
        let trace = trace(text);
        assert_eq!(find_skew(&trace.tree, &trace.spans).corrections(), [], "{text}");
    };
    stays("1/ c web@1.1.1.1 +0 ~100\n 2/1 s api@1.1.1.2 +0 ~100");
    stays("1/ c web@1.1.1.1 +0 ~100\n 2/1 s api@1.1.1.2 +90 ~10");
    // The same machine.
    stays("1/ c web@1.1.1.1 +100 ~100\n 2/1 s api@1.1.1.1 +20 ~60");
    stays("1/ c web +100 ~100\n 2/1 s web +20 ~60");
    // Longer than the client waited.
    stays("1/ c web@1.1.1.1 +100 ~50\n 2/1 s api@1.1.1.2 +20 ~60");
    // Unknown sides and times.
    stays("1/ c +100 ~100\n 2/1 s api@1.1.1.2 +20 ~60");
    stays("1/ c web@1.1.1.1 ~100\n 2/1 s api@1.1.1.2 +20 ~60");
    // Not a call.
    stays("1/ p web@1.1.1.1 +100 ~100\n 2/1 q api@1.1.1.2 +20 ~60");
    // No clock to go by.
    stays("9/8 - x +0 ~1\n 1/7 c web@1.1.1.1 +100 ~100\n 2/1 s api@1.1.1.2 +20 ~60");
    stays("9/ - x +0 ~1\n 1/ c web@1.1.1.1 +100 ~100\n 2/1 s api@1.1.1.2 +20 ~60");
    stays("");
}

#[test]
fn one_way_a_request_arrives_after_it_was_sent() {
    check("1/ c web@1.1.1.1 +100\n 2/1 s api@1.1.1.2 +40 ~60", &[(2, -61)], &[(1, 100), (2, 101)]);
    check("1/ c web@1.1.1.1 +100\n 2/1 s api@1.1.1.2 +140 ~60", &[], &[(1, 100), (2, 140)]);
}

#[test]
fn skew_adds_up_along_the_calls() {
    check(
        "1/ c a@1.1.1.1 +0 ~100\n 2/1 s b@1.1.1.2 +1000 ~80\n 3/2 c b@1.1.1.2 +1010 ~40\n 4/3 s c@1.1.1.3 +5000 ~20\n 5/4 c c@1.1.1.3 +5005 ~10",
        &[(2, 990), (4, 4970)],
        &[(1, 0), (2, 10), (3, 20), (4, 30), (5, 35)],
    );
}

#[test]
fn without_addresses_names_tell_machines_apart() {
    check("1/ c web +100 ~100\n 2/1 s api +20 ~60\n 3/2 - api +25 ~5", &[(2, -100)], &[(1, 100), (2, 120), (3, 125)]);
}

#[test]
fn intervals_fill_what_was_not_sent() {
    let check = |text: &str, expect: &[Option<(i64, i64)>]| {
        let zero = ZERO_US as i64;
        let found: Vec<_> = intervals(&trace(text), &Skew::default())
            .into_iter()
            .map(|interval| interval.map(|known| (known.from_us - zero, known.to_us - zero)))
            .collect();
        assert_eq!(found, expect, "{text}");
    };
    check("1/ s a +5\n 2/1 - a +7 ~10", &[Some((5, 17)), Some((7, 17))]);
    check("1/ s a\n 2/1 - a +7 ~10\n 3/1 - a +9 ~20", &[Some((7, 29)), Some((7, 17)), Some((9, 29))]);
    check("1/ s a\n 2/1 - a", &[None, None]);
    check("1/ s a +5", &[Some((5, 5))]);
}

#[test]
fn self_time_is_what_no_child_covers() {
    let check = |text: &str, expect: &[i64]| {
        let trace = trace(text);
        assert_eq!(self_times_us(&trace, &intervals(&trace, &Skew::default())), expect, "{text}");
    };
    check("1/ s a +0 ~100\n 2/1 - a +10 ~20\n 3/1 - a +20 ~30", &[60, 20, 30]);
    check("1/ s a +10 ~100\n 2/1 - a +0 ~20\n 3/1 - a +100 ~30", &[80, 20, 30]);
    check("1/ s a +0 ~10\n 2/1 - a +50 ~5", &[10, 5]);
    check("1/ s a +0 ~10\n 2/1 - a", &[10, 0]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn self_times_lie_within_their_intervals(lines in prop::collection::vec(any_line(), 0..20)) {
        let trace = trace(&lines.join("\n"));
        let skew = find_skew(&trace.tree, &trace.spans);
        let intervals = intervals(&trace, &skew);
        for (node, self_us) in self_times_us(&trace, &intervals).into_iter().enumerate() {
            let length_us = intervals[node].map_or(0, |interval| interval.length_us());
            prop_assert!((0..=length_us).contains(&self_us));
        }
    }
}
