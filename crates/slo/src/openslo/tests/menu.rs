//! What may stand beside a `where`, as tables like those of [`super::rules`]; and what it means.

use super::{Mode, SLO, THRESHOLD_SLO, load_text, told, with};
use crate::model::{CountedBy, FollowJoin, Followed, GroupBy, Kept, Sli, Weight};
use nines_base::DurationUs;

const TOTAL: &str = "where: service=web kind=server } } }\n  timeWindow";
const GOOD: &str = "where: service=web kind=server !error }";

/// The SLO with further fields in its total and in its good half.
fn slo(total: &str, good: &str) -> String {
    let text = with(SLO, TOTAL, &format!("where: service=web kind=server{total} }} }} }}\n  timeWindow"));
    with(&text, GOOD, &format!("where: service=web kind=server !error{good} }}"))
}

fn sli(total: &str, good: &str) -> Sli {
    let loaded = load_text(&slo(total, good), Mode::Spec);
    assert!(loaded.usable(), "{:?}", loaded.findings);
    loaded.definitions.slos[0].objectives[0].sli.clone()
}

fn check(total: &str, good: &str, expect: &[&str]) {
    let text = slo(total, good);
    assert_eq!(told(&text, Mode::Spec), expect, "{text}");
}

const OF_TOTAL: &str = "spec.indicator.spec.ratioMetric.total.metricSource.spec";
const OF_GOOD: &str = "spec.indicator.spec.ratioMetric.good.metricSource.spec";

#[test]
fn rules_of_counting_stand_in_the_total() {
    check(", count: n", "", &[]);
    check(", count: n, groupBy: region, cap: 5, sampling: weighted", "", &[]);
    check(", sampling: ignored", "", &[]);
    check(", retries: all", "", &[]);
    check(", retries: last", "", &[&format!("warning {OF_TOTAL}.retries AttemptsNotOfCallers")]);
    check(", retries: never", "", &[&format!("error {OF_TOTAL}.retries UnknownValue")]);
    check(
        ", retries: first, count: n",
        "",
        &[&format!("error {OF_TOTAL} NotTogether"), &format!("warning {OF_TOTAL}.retries AttemptsNotOfCallers")],
    );
    check(", cap: 5", "", &[&format!("warning {OF_TOTAL}.cap NoEffect")]);
    check(", groupBy: region, cap: 0", "", &[&format!("error {OF_TOTAL}.cap NotWhole")]);
    check(", groupBy: region, cap: 101", "", &[&format!("error {OF_TOTAL}.cap NotWhole")]);
    check(", groupBy: service", "", &[&format!("error {OF_TOTAL}.groupBy GroupedByField")]);
    check(", groupBy: tag.service", "", &[]);
    check(", within: 30s", "", &[&format!("error {OF_TOTAL}.within BelongsTo")]);
    check(", weight: n", "", &[&format!("error {OF_TOTAL}.weight UnknownField")]);
    check("", ", retries: last", &[&format!("error {OF_GOOD}.retries BelongsTo")]);
    check("", ", groupBy: region", &[&format!("error {OF_GOOD}.groupBy BelongsTo")]);
    check("", ", count: n", &[&format!("error {OF_GOOD}.count PartCountedAlone")]);
    check(", count: all", ", count: n", &[]);
}

#[test]
fn what_follows_stands_in_the_good_half() {
    // No span need be of both halves.
    let text = with(&slo("", ", within: 30s"), "kind=server !error", "kind=consumer !error");
    assert_eq!(told(&text, Mode::Spec), [""; 0]);
    check("", ", within: 30s, join: trace", &[]);
    check("", ", within: 30s, join: parent", &[&format!("error {OF_GOOD}.join UnknownValue")]);
    check("", ", join: trace", &[&format!("warning {OF_GOOD}.join NoEffect")]);
    check("", ", within: 30", &[&format!("error {OF_GOOD}.within NotText")]);
    check("", ", within: soon", &[&format!("error {OF_GOOD}.within NotLength")]);
    check("", ", within: 0s", &[&format!("error {OF_GOOD}.within WithinOutside")]);
    check("", ", within: 11m", &[&format!("error {OF_GOOD}.within WithinOutside")]);
    check(", count: n", ", within: 30s", &[&format!("error {OF_TOTAL} NotTogether")]);
    let bad = with(&slo("", ", within: 30s"), "good:", "bad:");
    assert!(told(&bad, Mode::Spec).iter().any(|line| line.ends_with("BelongsTo")), "{:?}", told(&bad, Mode::Spec));
}

#[test]
fn throughput_is_a_threshold_on_slices() {
    let text = with(THRESHOLD_SLO, "value: duration", "value: throughput");
    assert_eq!(told(&text, Mode::Spec), ["error spec.objectives[0] ThroughputOfEvents"]);
    let text = with(&text, "Occurrences", "Timeslices");
    let text = with(&text, "target: 0.9", "target: 0.9, timeSliceTarget: 1, timeSliceWindow: 1m");
    assert_eq!(told(&text, Mode::Spec), [""; 0]);
    let text = with(&text, "value: throughput", "value: throughput, count: records");
    assert_eq!(told(&text, Mode::Spec), [""; 0]);
    let text = with(&text, "count: records", "within: 1m");
    assert_eq!(
        told(&text, Mode::Spec),
        ["error spec.indicator.spec.thresholdMetric.metricSource.spec.within BelongsTo"]
    );
}

#[test]
fn a_story_by_trace_tells_which_slos_it_leaves_out() {
    let story = "---\napiVersion: nines.dev/v1alpha1\nkind: UserStory\nmetadata: { name: pay }\n\
                 spec: { owner: team, slos: [web-availability], join: trace }\n";
    let text = slo("", ", within: 30s") + story;
    assert_eq!(told(&text, Mode::Spec), ["warning spec.slos[0] LeftOutOfTraces"]);
    assert!(load_text(&text, Mode::Spec).definitions.stories[0].together.is_none());
    assert_eq!(told(&with(&text, "join: trace", "join: worst"), Mode::Spec), [""; 0]);
    assert_eq!(told(&(slo(", count: n", "") + story), Mode::Spec), [""; 0]);
}

#[test]
fn fields_mean_what_they_say() {
    let Sli::Counted { by, .. } = sli(", retries: last", "") else { panic!() };
    assert_eq!(by, CountedBy::Attempts(Kept::Last));
    let Sli::Grouped { of, by } = sli(", count: tag.n, groupBy: tag.op, sampling: weighted", ", count: ok") else {
        panic!()
    };
    assert_eq!(by, GroupBy { tag: "op".into(), cap: 20 });
    let Sli::Counted { by, .. } = *of else { panic!() };
    assert_eq!(by, CountedBy::Weight(Weight { valid: Some("n".into()), part: Some("ok".into()), is_sampled: true }));
    let Sli::Followed(Followed { within, join, .. }) = sli("", ", within: 1m30s") else { panic!() };
    assert_eq!((within, join), (DurationUs::from_secs(90), FollowJoin::Span));
    assert!(matches!(sli(", retries: all", ""), Sli::Ratio { .. }));
    assert!(matches!(sli(", sampling: ignored", ""), Sli::Ratio { .. }));
}
