//! The points on which the specification's text, its SDK and practice differ, in each mode.

use super::{Mode, POLICY, SLO, THRESHOLD_SLO, load_text, told, with};

fn check(text: &str, spec: &[&str], sdk: &[&str], lenient: &[&str]) {
    assert_eq!(told(text, Mode::Spec), spec, "spec\n{text}");
    assert_eq!(told(text, Mode::Sdk), sdk, "sdk\n{text}");
    assert_eq!(told(text, Mode::Lenient), lenient, "lenient\n{text}");
}

#[test]
fn a_missing_window_is_assumed_in_lenient_mode_only() {
    let text = with(SLO, "  timeWindow: [ { duration: 28d, isRolling: true } ]\n", "");
    let missing = ["error spec.timeWindow Missing"];
    check(&text, &missing, &missing, &["warning spec.timeWindow NoWindow"]);
    let loaded = load_text(&text, Mode::Lenient);
    assert!(loaded.usable());
    assert_eq!(format!("{:?}", loaded.definitions.slos[0].window), "Rolling { length: DurationUs(2419200000000) }");
}

#[test]
fn op_and_value_on_a_ratio_are_refused_by_the_sdk() {
    let text = with(SLO, "target: 0.999", "{ target: 0.999, op: gt, value: 1 }");
    let at =
        |severity: &str| ["op", "value"].map(|field| format!("{severity} spec.objectives[0].{field} ThresholdOfRatio"));
    let (warnings, errors) = (at("warning"), at("error"));
    let (warnings, errors) = (warnings.each_ref().map(String::as_str), errors.each_ref().map(String::as_str));
    check(&text, &warnings, &errors, &warnings);
}

#[test]
fn op_and_value_of_a_threshold_are_held_against_the_indicator_that_is_referred_to() {
    let spec = "thresholdMetric:\n        metricSource: { type: spans, spec: { where: service=web kind=server, value: duration } }";
    let inline = format!("  indicator:\n    metadata: {{ name: web-fast }}\n    spec:\n      {spec}\n");
    let text = with(&with(THRESHOLD_SLO, &inline, "  indicatorRef: web-fast\n"), "op: lte, value: 400000, ", "");
    let text = text
        + "---\napiVersion: openslo/v1\nkind: SLI\nmetadata: { name: web-fast }\nspec: { thresholdMetric: { metricSource: { type: spans, spec: { where: service=web kind=server, value: duration } } } }\n";
    let missing = ["error spec.objectives[0].op Missing", "error spec.objectives[0].value Missing"];
    check(&text, &missing, &missing, &missing);
}

#[test]
fn many_objectives_of_a_threshold_are_allowed() {
    let text = THRESHOLD_SLO.to_owned() + "    - { op: lte, value: 850000, target: 0.99 }\n";
    check(&text, &[], &[], &[]);
    assert_eq!(load_text(&text, Mode::Spec).definitions.slos[0].objectives.len(), 2);
}

#[test]
fn a_slice_given_as_a_number_means_minutes_but_not_to_the_sdk() {
    let text =
        with(&with(SLO, "Occurrences", "RatioTimeslices"), "target: 0.999", "{ target: 0.9, timeSliceWindow: 5 }");
    let at = "spec.objectives[0].timeSliceWindow SliceNumberOfMinutes";
    check(&text, &[&format!("warning {at}")], &[&format!("error {at}")], &[]);
    let loaded = load_text(&text, Mode::Spec);
    assert_eq!(
        loaded.definitions.slos[0].objectives[0].time_slice.map(|slice| slice.to_string()),
        Some("5m".to_owned())
    );
}

#[test]
fn no_mode_takes_empty_objectives_or_a_misspelt_method() {
    let empty = ["error spec.objectives Empty"];
    check(&with(SLO, "  objectives:\n    - target: 0.999\n", "  objectives: []\n"), &empty, &empty, &empty);
    let misspelt = ["error spec.budgetingMethod UnknownValue"];
    check(&with(SLO, "Occurrences", "TimeSlices"), &misspelt, &misspelt, &misspelt);
}

#[test]
fn display_names_are_limited_by_the_sdk_alone() {
    let text = with(SLO, "{ name: web }", &format!("{{ name: web, displayName: {} }}", "웹".repeat(64)));
    let at = "metadata.displayName TooLong";
    check(&text, &[&format!("warning {at}")], &[&format!("error {at}")], &[]);
    check(&with(SLO, "{ name: web }", &format!("{{ name: web, displayName: {} }}", "웹".repeat(63))), &[], &[], &[]);
}

#[test]
fn names_beyond_rfc_1123_are_borne_in_lenient_mode() {
    let text = with(SLO, "name: web-availability", "name: WebAvailability");
    let at = "metadata.name BadName";
    check(&text, &[&format!("error {at}")], &[&format!("error {at}")], &[&format!("warning {at}")]);
}

#[test]
fn unknown_references_are_borne_in_lenient_mode_except_what_is_measured() {
    let text = SLO.to_owned() + "  alertPolicies: [ { alertPolicyRef: elsewhere } ]\n";
    let at = "spec.alertPolicies[0].alertPolicyRef UnknownReference";
    check(&text, &[&format!("error {at}")], &[&format!("error {at}")], &[&format!("warning {at}")]);
}

#[test]
fn a_condition_without_a_kind_is_a_burn_rate_to_the_text_of_the_specification() {
    let text = with(POLICY, "          kind: burnrate\n", "");
    let at = "spec.conditions[0].spec.condition.kind Missing";
    check(&text, &[&format!("warning {at}")], &[&format!("error {at}")], &[]);
}

#[test]
fn a_source_without_type_and_reference_is_taken_by_the_sdk() {
    let sourceless = SLO.replace("type: spans, spec: { where: service=web kind=server !error }", "spec: { query: x }");
    let text = sourceless.replace("type: spans, spec: { where: service=web kind=server }", "spec: { query: x }");
    let missing = |severity: &str| {
        ["good", "total"]
            .map(|half| format!("{severity} spec.indicator.spec.ratioMetric.{half}.metricSource.type Missing"))
    };
    let listed = "warning spec.indicator.spec.ratioMetric.total NotMeasured";
    let (errors, warnings) = (missing("error"), missing("warning"));
    let lenient = [&warnings[0], listed, &warnings[1]];
    check(&text, &[&errors[0], &errors[1]], &lenient, &lenient);
}
