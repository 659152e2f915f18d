//! The critical path.

use super::shape::any_line;
use super::trace;
use crate::sketch::ZERO_US;
use crate::tree::{Skew, critical_path, find_skew, intervals};
use proptest::prelude::*;

/// Segments as `id from-to`.
fn check(text: &str, expect: &str) {
    let trace = trace(text);
    let path = critical_path(&trace, &intervals(&trace, &Skew::default()));
    let zero = ZERO_US as i64;
    let show: Vec<String> = path
        .iter()
        .map(|s| format!("{:x} {}-{}", trace.span(s.node).id.0, s.interval.from_us - zero, s.interval.to_us - zero))
        .collect();
    assert_eq!(show.join(", "), expect, "{text}");
}

#[test]
fn the_path_goes_through_what_finished_last() {
    check("1/ s a +0 ~100", "1 0-100");
    check("1/ s a +0 ~100\n 2/1 - a +20 ~60", "1 0-20, 2 20-80, 1 80-100");
    // In parallel: only the later one was waited for.
    check("1/ s a +0 ~100\n 2/1 - a +10 ~50\n 3/1 - a +20 ~70", "1 0-20, 3 20-90, 1 90-100");
    // One after the other: both were.
    check("1/ s a +0 ~100\n 2/1 - a +10 ~30\n 3/1 - a +50 ~40", "1 0-10, 2 10-40, 1 40-50, 3 50-90, 1 90-100");
    check("1/ s a +0 ~100\n 2/1 - a +0 ~50\n 3/1 - a +50 ~50", "2 0-50, 3 50-100");
    check(
        "1/ s a +0 ~100\n 2/1 c a +10 ~80\n 2/1 s b shared +20 ~60\n 3/2 - b +30 ~20",
        "1 0-10, 2 10-20, 2 20-30, 3 30-50, 2 50-80, 2 80-90, 1 90-100",
    );
}

#[test]
fn a_child_is_cut_to_its_parents_time() {
    check("1/ s a +0 ~100\n 2/1 - a +50 ~200", "1 0-50, 2 50-100");
    check("1/ s a +50 ~50\n 2/1 - a +0 ~80", "2 50-80, 1 80-100");
    check("1/ s a +0 ~100\n 2/1 - a +50 ~200\n 3/2 - a +80 ~150", "1 0-50, 2 50-80, 3 80-100");
    // What ran only afterwards held nobody up.
    check("1/ s a +0 ~100\n 2/1 - a +100 ~50\n 3/1 - a +120 ~5", "1 0-100");
}

#[test]
fn what_does_not_block_is_not_on_the_path() {
    check("1/ p a +0 ~100\n 2/1 q b +20 ~60", "1 0-100");
    check("1/ s a +0 ~100\n 2/ s b +20 ~60", "1 0-100");
    check("1/ s a +0 ~100\n 3/2 s b +20 ~60", "1 0-20, 3 20-80, 1 80-100");
    check("1/ s a +0 ~100\n 2/2 s b +20 ~60", "1 0-100");
}

#[test]
fn a_span_without_times_stands_for_its_children() {
    check("1/ s a +0 ~100\n 2/1 - a\n 3/2 - a +20 ~30", "1 0-20, 3 20-50, 1 50-100");
    check("1/ s a", "");
    check("", "");
    check("1/ s a +5", "");
}

#[test]
fn without_a_root_the_longest_part_counts() {
    check("3/2 s a +0 ~10\n 5/4 s b +5 ~50", "5 5-55");
}

#[test]
fn a_deep_chain_has_a_path() {
    let n = 50_000;
    let line = |i: i64| {
        if i == 1 { "1/ s a +0 ~200000".to_owned() } else { format!("{i:x}/{:x} - a +{i} ~{}", i - 1, 200_000 - 2 * i) }
    };
    let deep = trace(&(1..=n).map(line).collect::<Vec<String>>().join("\n"));
    let path = critical_path(&deep, &intervals(&deep, &Skew::default()));
    assert_eq!(path.len() as i64, 2 * n - 1);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn segments_follow_each_other_over_the_whole_time(lines in prop::collection::vec(any_line(), 1..20)) {
        let trace = trace(&lines.join("\n"));
        let intervals = intervals(&trace, &find_skew(&trace.tree, &trace.spans));
        let path = critical_path(&trace, &intervals);
        let whole = trace.tree.tops().filter_map(|top| intervals[top]).map(|known| known.length_us()).max().unwrap_or(0);
        prop_assert_eq!(path.iter().map(|segment| segment.interval.length_us()).sum::<i64>(), whole);
        prop_assert!(path.windows(2).all(|pair| pair[0].interval.to_us == pair[1].interval.from_us));
        for segment in &path {
            let own = intervals[segment.node].expect("a node on the path has a time");
            prop_assert!(segment.interval.length_us() > 0);
            prop_assert!(own.from_us <= segment.interval.from_us && segment.interval.to_us <= own.to_us);
        }
    }
}
