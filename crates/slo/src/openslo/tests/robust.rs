//! Whatever the input: no panic, every finding has a place inside its file and words in both languages.

use super::{POLICY, SLO, THRESHOLD_SLO};
use crate::openslo::{Mode, SourceFile, load};
use nines_base::lang::{Lang, Message};
use proptest::prelude::*;

/// Loads the bytes in every mode and holds each finding against the text.
fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    for mode in [Mode::Spec, Mode::Sdk, Mode::Lenient] {
        let loaded = load(&[SourceFile { name: "f".to_owned(), bytes: bytes.to_vec() }], mode);
        for finding in &loaded.findings {
            let place = &finding.place;
            assert_eq!(place.file, "f");
            assert!((1..=lines.len()).contains(&place.line), "{finding:?}\n{text}");
            let n_columns = lines[place.line - 1].chars().count();
            assert!((1..=n_columns + 1).contains(&place.column), "{finding:?}\n{text}");
            for lang in [Lang::En, Lang::Ko] {
                assert!(!finding.fact.text(lang).is_empty() && !finding.hint.text(lang).is_empty());
                assert_eq!(finding.render(lang).lines().count(), 2, "{}", finding.render(lang));
            }
        }
    }
}

/// Pieces that YAML, OpenSLO and the filter language care about.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "\n",
            "\n  ",
            "\n    ",
            "\r\n",
            "\r",
            "\t",
            " ",
            ": ",
            ":",
            "- ",
            "-",
            "? ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "'",
            "\"",
            "|\n",
            ">-\n",
            "# ",
            "&a ",
            "*a",
            "<<: ",
            "!",
            "!!str ",
            "!x ",
            "%YAML 1.2\n",
            "---\n",
            "...\n",
            "~",
            "null",
            "\\",
            "\\u00e9",
            "\u{feff}",
            "\u{85}",
            "\u{2028}",
            "가",
            "😀",
            "@",
            "`",
            "\u{0}",
            "\u{7f}",
        ])
        .prop_map(str::to_owned),
        prop::sample::select(vec![
            "apiVersion",
            "openslo/v1",
            "nines.dev/v1alpha1",
            "kind",
            "SLO",
            "SLI",
            "Service",
            "UserStory",
            "Freeze",
            "metadata",
            "name",
            "spec",
            "service",
            "indicator",
            "objectives",
            "target",
            "0.999",
            "1e400",
            "28d",
            "true",
            "timeWindow",
            "ratioMetric",
            "good",
            "total",
            "metricSource",
            "type",
            "spans",
            "where",
            "service=a !error",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
    ]
}

#[test]
fn inputs_that_once_went_wrong_stay_right() {
    for text in [
        "? ",
        "?",
        "- ? ",
        "a: &x",
        "*",
        "[",
        "{",
        "{?",
        "\"",
        "'",
        "|",
        "!",
        "%",
        "---\n...\n%",
        "? |\n",
        "\u{85}? ",
        "a: {b\ril }\n \t c:",
    ] {
        check(text.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&bytes);
    }

    #[test]
    fn arbitrary_pieces_of_yaml_never_panic(pieces in prop::collection::vec(piece(), 0..60)) {
        check(pieces.concat().as_bytes());
    }

    #[test]
    fn valid_objects_with_pieces_put_in_or_taken_out_never_panic(
        which in 0..3usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..6usize, piece()), 1..5),
    ) {
        let mut letters: Vec<char> = [SLO, THRESHOLD_SLO, POLICY][which].chars().collect();
        for (at, n_taken, put) in changes {
            let at = at.index(letters.len());
            let end = (at + n_taken).min(letters.len());
            letters.splice(at..end, put.chars());
            letters.push('\n');
        }
        check(letters.into_iter().collect::<String>().as_bytes());
    }

    #[test]
    fn objects_of_arbitrary_fields_never_panic(
        fields in prop::collection::vec(("[a-zA-Z./]{1,12}", piece()), 0..12),
        kind in prop::sample::select(vec!["SLO", "SLI", "AlertPolicy", "DataSource", "UserStory", "ErrorBudgetPolicy"]),
    ) {
        let version = if ["UserStory", "ErrorBudgetPolicy"].contains(&kind) { "nines.dev/v1alpha1" } else { "openslo/v1" };
        let lines: String = fields.iter().map(|(key, value)| format!("  {key}: {value}\n")).collect();
        check(format!("apiVersion: {version}\nkind: {kind}\nmetadata: {{ name: x }}\nspec:\n{lines}").as_bytes());
    }
}
