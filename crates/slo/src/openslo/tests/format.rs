//! The canonical text: one way to write, nothing lost, the same when written again.

use super::super::{SourceFile, format};
use super::SLO;
use proptest::prelude::*;

fn named(name: &str, text: &str) -> Result<String, Vec<String>> {
    let file = SourceFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    format(&file).map_err(|findings| findings.iter().map(super::short).collect())
}

fn check(text: &str, expected: &str) {
    assert_eq!(named("f.yaml", text).as_deref(), Ok(expected));
    assert_eq!(named("f.yaml", expected).as_deref(), Ok(expected), "writing again changes nothing");
}

#[test]
fn fields_are_in_the_order_of_the_specification_and_two_blanks_deep() {
    check(
        "kind:   Service\nspec: {}\nmetadata:\n    displayName: \"Web\"\n    name: web\n    labels: {team: [b,a], area: x}\napiVersion: openslo/v1\n",
        "apiVersion: openslo/v1\nkind: Service\nmetadata:\n  name: web\n  displayName: \"Web\"\n  labels: { team: [b, a], area: x }\nspec: {}\n",
    );
    let free = "connectionDetails:\n  zebra: 1\n  apple: 2\ntype: Prometheus\n";
    check(free, free);
}

#[test]
fn comments_stay_where_they_stood() {
    let text = "# Head.\n\napiVersion: openslo/v1   # behind\n# before kind\nkind: Service\nmetadata:\n      # inside\n      name: web\n\n\n# between\n---\n# second\nkind: Service # x\n# end\n";
    let expected = "# Head.\n\napiVersion: openslo/v1  # behind\n# before kind\nkind: Service\nmetadata:\n  # inside\n  name: web\n\n# between\n---\n# second\nkind: Service  # x\n# end\n";
    check(text, expected);
    check("objectives: [ # why\n  { target: 0.9 } # here\n]\n", "objectives:  # why\n  - { target: 0.9 }  # here\n");
}

#[test]
fn documents_without_anything_go() {
    let one = "kind: Service\n---\nkind: SLO\n";
    check("---\n---\nkind: Service\n---\n---\n---\nkind: SLO\n---\n", one);
    check("kind: Service\n---\n~\n", "kind: Service\n---\n~\n");
}

#[test]
fn braces_stay_where_they_fit_a_line() {
    let long = format!(
        "good: {{ metricSource: {{ type: spans, spec: {{ where: '{}' }} }} }}\n",
        "service=web ".repeat(11).trim_end()
    );
    let expected = format!(
        "good:\n  metricSource:\n    type: spans\n    spec: {{ where: '{}' }}\n",
        "service=web ".repeat(11).trim_end()
    );
    check(&long, &expected);
    check("timeWindow: [{duration: 28d,isRolling: true}]\n", "timeWindow: [ { duration: 28d, isRolling: true } ]\n");
}

#[test]
fn scalars_keep_their_spelling() {
    let text = "a: '0.10'\nb: 0.10\nc: ~\nd:\ne: \"x\\ty\"\nf: |\n  two\n    lines\n\n  more\ng: >-\n  folded\n  text\nh: yes # no text\n";
    check(text, &text.replace("yes # no", "yes  # no"));
    check("a: one\n  two\n", "a: \"one two\"\n");
    check("- - a\n  - b\n-   c: 1\n    d: 2\n", "-\n  - a\n  - b\n- c: 1\n  d: 2\n");
}

#[test]
fn json_stays_json() {
    let text = "{\"kind\":\"Service\",\"n\":[1,2.50,true,null,\"a\\\"b\"],\"e\":{},\"l\":[]}";
    let expected = "{\n  \"kind\": \"Service\",\n  \"n\": [\n    1,\n    2.50,\n    true,\n    null,\n    \"a\\\"b\"\n  ],\n  \"e\": {},\n  \"l\": []\n}\n";
    assert_eq!(named("f.json", text).as_deref(), Ok(expected));
    assert_eq!(named("f.json", expected).as_deref(), Ok(expected));
}

/// Found by the property below: lists in lists, whose first has nothing on its own line.
#[test]
fn lists_in_lists_are_written_the_same_way_twice() {
    for text in [
        "# x\n- \n  \n  - \n   key: \n  ",
        "- \n  - \n    key: a\n",
        "- - - a\n    - b\n  - c\n",
        ": \n  \n  - - # x\n\n  \n  ",
    ] {
        if let Ok(once) = named("f.yaml", text) {
            assert_eq!(named("f.yaml", &once), Ok(once.clone()), "{text:?}");
        }
    }
}

#[test]
fn what_would_be_written_out_is_refused_with_its_place() {
    let refused = |text: &str| named("f.yaml", text).unwrap_err();
    assert_eq!(refused("a: &x 1\nb: *x\n"), ["error 1:4  WouldBeWrittenOut"]);
    assert_eq!(refused("a: !!str 1\n"), ["error 1:4  WouldBeWrittenOut"]);
    assert_eq!(refused("a: 1\na: 2\n").len(), 1, "what cannot be read is told as `check` tells it");
}

#[test]
fn the_valid_objects_keep_their_findings() {
    let formatted = named("f.yaml", SLO).unwrap();
    assert_eq!(super::told(&formatted, super::Mode::Spec), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    /// Any text is written so that it says the same and writing it again changes nothing, or is refused.
    #[test]
    fn any_text_is_written_the_same_way_twice_or_refused(text in "([ \\-a-c#:{}\\[\\],'\"|>\n]|- |: |\n  |# x\n|key: ){0,40}") {
        if let Ok(once) = named("f.yaml", &text) {
            prop_assert_eq!(named("f.yaml", &once), Ok(once.clone()), "{:?}", text);
        }
    }
}
