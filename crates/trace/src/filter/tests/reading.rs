//! What is a filter, what is not, and where the fault lies.

use crate::filter::messages::{FilterDoubt as Doubt, FilterFact as Fact, FilterHint as Hint};
use crate::filter::syntax::written_terms;
use crate::filter::{FILTER_CHARS_MAX, Filter, PATTERNS_MAX, TERMS_MAX};
use nines_base::lang::{Lang, Message};
use proptest::prelude::*;

/// The text is refused; `marks` has `^` under each character at fault.
fn refused(text: &str, marks: &str, fact: Fact, hint: Hint) {
    let error = Filter::parse(text).expect_err(text);
    let mut under = " ".repeat(error.at.start);
    under += &"^".repeat(error.at.len());
    assert_eq!(under, marks, "place in {text}");
    assert_eq!((error.fact, error.hint), (fact, hint), "{text}");
}

/// The text is a filter that is written as `canonical`.
fn reads(text: &str, canonical: &str) {
    let filter = Filter::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(filter.to_string(), canonical, "{text}");
    assert_eq!(filter.text(), text);
    let again = Filter::parse(canonical).unwrap_or_else(|error| panic!("{canonical}: {error}"));
    assert_eq!(again.terms(), filter.terms(), "{canonical} means the same as {text}");
}

#[test]
fn every_form_of_a_term_is_read() {
    reads("", "");
    reads("  error  root ", "error root");
    reads("service=checkout", "service=checkout");
    reads(r#"op="get /profile/{id}" kind=server"#, r#"op="get /profile/{id}" kind=server"#);
    reads("service=(a, b ,\"c d\")", "service=(a,b,\"c d\")");
    reads("service=(a)", "service=a");
    reads("-service=health !error", "!service=health !error");
    reads("!!error --root !-debug", "error root debug");
    reads("duration>=0.5s duration<1m30s", "duration>=500ms duration<90s");
    reads("duration=1.0001ms", "duration=1000.100us");
    reads("duration!=(1h,0us)", "duration!=(1h,0s)");
    reads("kind=SERVER", "kind=server");
    reads("kind!=(client,local)", "kind=(server,producer,consumer)");
    reads("trace=ABC".to_lowercase().as_str(), "trace=0000000000000abc");
    reads("id!=2a", "id!=000000000000002a");
    reads("http.status_code>=500", "http.status_code>=500");
    reads("tag.duration>3 tag.error=x tag.tag.x", "tag.duration>3 tag.error=x tag.tag.x");
    reads(r#"tag."a b"=x "a b"!=y"#, r#""a b"=x "a b"!=y"#);
    reads(r#"x="" y="say \"hi\" \\ \d""#, r#"x="" y="say \"hi\" \\ \\d""#);
    reads(r#"op=~"^get /[a-z]+$" remote!~(^pay,"a|b")"#, r#"op=~"^get /[a-z]+$" remote!~(^pay,"a|b")"#);
    reads("op=~(get|post)", "op=~\"get|post\"");
    reads("x = 1 y >= 2 z !~ a", "x=1 y>=2 z!~a");
    reads("temperature=-5 url=http://a/?x=1&y=(2)", "temperature=-5 url=\"http://a/?x=1&y=(2)\"");
    reads("주문.상태=완료", "주문.상태=완료");
    reads("x-request-id", "\"x-request-id\"");
    reads("and=1 \"or\"", "tag.and=1 tag.or");
}

#[test]
fn places_count_characters_not_bytes() {
    refused("주문=완료 kind=x", "           ^", Fact::KindUnknown { word: "x".into() }, Hint::Kinds);
}

#[test]
fn half_written_terms_are_refused() {
    let missing = |name: &str, operator: &str| Fact::ValueMissing { name: name.into(), operator: operator.into() };
    refused("service=", "^^^^^^^^", missing("service", "="), Hint::WriteValue);
    refused("error x>= root", "      ^^^", missing("x", ">="), Hint::WriteValue);
    refused("x =", "^^^", missing("x", "="), Hint::WriteValue);
    refused(
        "service",
        "^^^^^^^",
        Fact::OperatorMissing { name: "service".into() },
        Hint::CompareOrTag { name: "service".into() },
    );
    refused("error !", "      ^", Fact::NothingNegated, Hint::NegateTerm);
    refused("- error", "^", Fact::NothingNegated, Hint::NegateTerm);
    refused("op=\"get", "   ^^^^", Fact::QuoteOpen, Hint::CloseQuote);
    refused("\"a b", "^^^^", Fact::QuoteOpen, Hint::CloseQuote);
    refused("tag.\"a b", "    ^^^^", Fact::QuoteOpen, Hint::CloseQuote);
    refused("x=\"a\\\"", "  ^^^^", Fact::QuoteOpen, Hint::CloseQuote);
    refused("service=(a,b", "        ^^^^", Fact::ListOpen, Hint::CloseList);
    refused("service=(", "        ^", Fact::ListOpen, Hint::CloseList);
    refused("service=()", "        ^^", Fact::ListEmpty, Hint::FillList);
    refused("service=(a,)", "           ^", Fact::ListValueMissing, Hint::FillList);
    refused("service=(,a)", "         ^", Fact::ListValueMissing, Hint::FillList);
    refused("service=(a b)", "           ^", Fact::ListSeparator, Hint::FillList);
    refused("tag.", "^^^^", Fact::TagNameMissing, Hint::NameTag);
    refused("tag.=3", "^^^^", Fact::TagNameMissing, Hint::NameTag);
}

#[test]
fn marks_without_meaning_are_refused() {
    let stray = |character| Fact::StrayCharacter { character };
    let operator = |operator: &str| Fact::StrayOperator { operator: operator.into() };
    let no_operator = |text: &str, meant: &str| {
        (Fact::NotAnOperator { text: text.into() }, Hint::OperatorMeant { operator: meant.into() })
    };
    refused("=x", "^", operator("="), Hint::NameFirst);
    refused("!=x", "^^", operator("!="), Hint::NameFirst);
    refused("x=1 <=3 ", "    ^^", operator("<="), Hint::NameFirst);
    refused("(service=a)", "^", stray('('), Hint::NoGroups);
    refused("service(a)", "       ^", stray('('), Hint::NoGroups);
    refused("a && b", "  ^", stray('&'), Hint::TermsAreAnded);
    refused("a || b", "  ^", stray('|'), Hint::NoOr);
    refused("a,b", " ^", stray(','), Hint::SpaceBetween);
    refused("a!b", " ^", stray('!'), Hint::SpaceBetween);
    refused("service=a, kind=server", "         ^", stray(','), Hint::SpaceBetween);
    refused("'x'=1", "^", Fact::SingleQuote, Hint::QuoteIt);
    refused("op='get x'", "   ^", Fact::SingleQuote, Hint::QuoteIt);
    refused("op=(a,'b')", "      ^", Fact::SingleQuote, Hint::QuoteIt);
    refused("op=ge\"t\"", "     ^", Fact::QuoteInside, Hint::QuoteIt);
    refused("op\"t\"", "  ^", Fact::QuoteInside, Hint::QuoteIt);
    refused("\"a\"b", "   ^", Fact::Glued, Hint::SpaceBetween);
    refused("op=\"a\"b", "      ^", Fact::Glued, Hint::SpaceBetween);
    refused("op=~(a|b).*", "         ^", Fact::Glued, Hint::SpaceBetween);
    for (text, sign, meant) in [("a==b", "==", "="), ("a=>1", "=>", ">="), ("a<>b", "<>", "!="), ("a~b", "~", "=~")] {
        let (fact, hint) = no_operator(sign, meant);
        refused(text, &format!(" {}", "^".repeat(sign.len())), fact, hint);
    }
    for (text, marks, hint) in [
        ("error and root", "      ^^^", Hint::TermsAreAnded),
        ("error OR root", "      ^^", Hint::NoOr),
        ("not error", "^^^", Hint::NegateWithMark),
    ] {
        let word = text.chars().zip(marks.chars()).filter(|(_, mark)| *mark == '^').map(|(c, _)| c).collect();
        refused(text, marks, Fact::Connective { word }, hint);
    }
    let colon = Fact::ColonCompared { name: "service".into() };
    refused("service:frontend", "^^^^^^^^^^^^^^^^", colon, Hint::EqualsMeant { name: "service".into() });
}

#[test]
fn built_in_names_take_only_their_own_operators_and_values() {
    let unfit = |name: &str, operator: &str, operators: &str| {
        let fact = Fact::OperatorUnfit { name: name.into(), operator: operator.into() };
        (fact, Hint::OperatorsOf { name: name.into(), operators: operators.into() })
    };
    for (text, marks, (fact, hint)) in [
        ("service<3", "       ^", unfit("service", "<", "= != =~ !~")),
        ("kind=~ser", "    ^^", unfit("kind", "=~", "= !=")),
        ("duration!~1", "        ^^", unfit("duration", "!~", "= != < <= > >=")),
        ("trace>=1", "     ^^", unfit("trace", ">=", "= !=")),
    ] {
        refused(text, marks, fact, hint);
    }
    let word = |word: &str| (Fact::WordCompared { word: word.into() }, Hint::AloneOrTag { word: word.into() });
    for (text, name) in [("error=true", "error"), ("!shared=false", "shared"), ("root != x", "root")] {
        let (fact, hint) = word(name);
        refused(text, &"^".repeat(text.len()), fact, hint);
    }
    let ordered = |operator: &str| Fact::ListOrdered { operator: operator.into() };
    refused("duration<(1s,2s)", "         ^^^^^^^", ordered("<"), Hint::OneValue);
    refused("x>=(1)", "   ^^^", ordered(">="), Hint::OneValue);
}

#[test]
fn a_wrong_kind_gets_the_nearest_one() {
    let kind = |text: &str, meant: Option<&str>| {
        let hint = meant.map_or(Hint::Kinds, |word| Hint::KindMeant { word: word.into() });
        let marks = format!("     {}", "^".repeat(text.len()));
        refused(&format!("kind={text}"), &marks, Fact::KindUnknown { word: text.into() }, hint);
    };
    kind("sever", Some("server"));
    kind("Clinet", Some("client"));
    kind("consumr", Some("consumer"));
    kind("internal", Some("local"));
    kind("outbound", Some("client"));
    kind("banana", None);
    refused("kind=(server,x)", "             ^", Fact::KindUnknown { word: "x".into() }, Hint::Kinds);
}

#[test]
fn durations_need_a_unit_of_ours() {
    let unit = |text: &str| refused_value(text, Fact::DurationUnit { text: text.into() });
    let wrong = |text: &str| refused_value(text, Fact::DurationWrong { text: text.into() });
    fn refused_value(text: &str, fact: Fact) {
        let marks = format!("         {}", "^".repeat(text.chars().count()));
        refused(&format!("duration>{text}"), &marks, fact, Hint::DurationUnits);
    }
    ["400", "0", "5min", "1d", "3ns", "2sec", "10µs", "1m30", "1e3ms"].into_iter().for_each(unit);
    ["ms", "-1s", "1.s", ".5s", "1.2.3s", "99999999999999999h", "0.0001us", "fast"].into_iter().for_each(wrong);
}

#[test]
fn ids_and_patterns_are_checked_when_read() {
    let id = |text: &str, digits_max| Fact::IdWrong { text: text.into(), digits_max };
    refused("trace=xyz", "      ^^^", id("xyz", 32), Hint::CopyId);
    refused("trace=0", "      ^", id("0", 32), Hint::CopyId);
    refused("id=(1,ABC)", "      ^^^", id("ABC", 16), Hint::CopyId);
    let wrong = |text: &str| match Filter::parse(text).expect_err(text) {
        error if matches!(error.fact, Fact::PatternWrong { .. }) => assert_eq!(error.hint, Hint::PatternRules),
        error => panic!("{text}: {error}"),
    };
    ["op=~[a", "op=~\"(\"", "x!~*", "x=~(a,\"b(\")", "x=~\\1", "x=~\"(?=a)\""].into_iter().for_each(wrong);
    let large = "((((a{99}){99}){99}){99})";
    let error = Filter::parse(&format!("op=~{large:?}")).expect_err("grows beyond the limit");
    assert!(matches!(error.fact, Fact::PatternTooLarge { .. }), "{error}");
    assert_eq!(error.at, 4..4 + large.len() + 2);
}

#[test]
fn every_limit_is_told() {
    let long = "a".repeat(FILTER_CHARS_MAX + 1);
    let error = Filter::parse(&long).expect_err("too long");
    assert_eq!(error.at, FILTER_CHARS_MAX..FILTER_CHARS_MAX + 1);
    assert!(Filter::parse(&long[1..]).is_ok());
    let many = "error ".repeat(TERMS_MAX);
    assert!(Filter::parse(&many).is_ok());
    let error = Filter::parse(&format!("{many}root")).expect_err("too many");
    assert_eq!((error.fact, error.at.start), (Fact::TooManyTerms { terms_max: TERMS_MAX }, many.len()));
    let patterns = vec!["a"; PATTERNS_MAX].join(",");
    assert!(Filter::parse(&format!("x=~({patterns})")).is_ok());
    let error = Filter::parse(&format!("y=~b x=~({patterns})")).expect_err("too many");
    assert_eq!((error.fact, error.at.start), (Fact::TooManyPatterns { patterns_max: PATTERNS_MAX }, 8));
}

#[test]
fn an_error_reads_in_both_languages() {
    let error = Filter::parse("kind=sever").expect_err("no such kind");
    assert_eq!(error.to_string(), "character 6: `sever` is not a kind of span; did you mean `server`?");
    assert_eq!(error.text(Lang::Ko), "`sever`는 스팬 종류가 아닙니다; `server`를 쓰려던 것입니까?");
}

#[test]
fn what_is_hardly_meant_is_doubted() {
    let doubts =
        |text: &str| Filter::parse(text).unwrap().warnings().into_iter().map(|w| (w.at, w.doubt)).collect::<Vec<_>>();
    assert_eq!(doubts("service=a error http.status_code>=500 name=x kind=server"), vec![]);
    assert_eq!(doubts("x=1 y<5OO"), vec![(4..9, Doubt::NotNumeric { text: "5OO".into() })]);
    let like = |name: &str, meant: &str| Doubt::TagNamedLike { name: name.into(), meant: meant.into() };
    assert_eq!(doubts("servce=a"), vec![(0..8, like("servce", "service"))]);
    assert_eq!(doubts("Duration<3"), vec![(0..10, like("Duration", "duration"))]);
    assert_eq!(doubts("servce")[0].1.text(Lang::En), "`servce` asks for a tag; did you mean `service`?");
}

#[test]
fn written_terms_keep_every_place() {
    let terms = written_terms("!rate=10/s op=(a,\"b\")").unwrap();
    let rate = terms[0].comparison.as_ref().unwrap();
    assert_eq!((terms[0].at.clone(), terms[0].negated, terms[0].name.at.clone()), (0..10, true, 1..5));
    assert_eq!((rate.operator_at.clone(), rate.values_at.clone(), rate.values[0].text.as_str()), (5..6, 6..10, "10/s"));
    let op = terms[1].comparison.as_ref().unwrap();
    assert_eq!((op.is_list, op.values[1].at.clone(), op.values[1].text.as_str()), (true, 17..20, "b"));
}

/// The guide's tables: a term stands in the first or, behind an operator, in the third column.
#[test]
fn every_example_of_the_guide_is_a_filter() {
    let guide = include_str!("../../../../../docs/guide/filter.md");
    let mut n_examples = 0;
    for row in guide.lines().filter(|line| line.starts_with("| `")) {
        let row = row.replace("\\|", "\u{1}");
        let columns: Vec<&str> = row.split(" | ").collect();
        let cell = if columns.len() > 3 { columns[2] } else { columns[0] };
        let example = cell.trim_start_matches("| ").trim_matches('`').replace('\u{1}', "|");
        Filter::parse(&example).unwrap_or_else(|error| panic!("{example}: {error}"));
        n_examples += 1;
    }
    assert_eq!(n_examples, 14 + 11, "terms and operators");
    for limit in [FILTER_CHARS_MAX, TERMS_MAX, PATTERNS_MAX] {
        assert!(guide.contains(&format!(" {limit} ")), "the guide names the limit {limit}");
    }
}

/// Characters that mean something, and some that do not.
const ALPHABET: &str = r#"[a-z0-9 =!<>~(),"\\.\-:'&|*+?^$\[\]{}µ가]{0,40}"#;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_parser_panic(text in ".{0,200}") {
        let _ = Filter::parse(&text);
    }

    #[test]
    fn what_is_read_can_be_written_and_read_again(text in ALPHABET) {
        match Filter::parse(&text) {
            Ok(filter) => {
                let written = filter.to_string();
                let again = Filter::parse(&written).map_err(|error| TestCaseError::fail(format!("{written}: {error}")))?;
                prop_assert_eq!(again.terms(), filter.terms(), "{} became {}", text, written);
                prop_assert_eq!(again.to_string(), written);
            }
            Err(error) => {
                prop_assert!(error.at.start < error.at.end && error.at.end <= text.chars().count(), "{:?} in {}", error, text);
            }
        }
    }

    #[test]
    fn terms_of_any_words_survive_writing(
        key in r#"[a-z."\\ 가(=]{1,8}"#, values in prop::collection::vec(r#"[a-z."\\ ,()가=]{0,6}"#, 1..4),
        negated: bool, inverted: bool,
    ) {
        let quote = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        let list: Vec<String> = values.iter().map(|value| quote(value)).collect();
        let sign = if inverted { "!=" } else { "=" };
        let mark = if negated { "-" } else { "" };
        let text = format!("{mark}tag.{}{sign}({})", quote(&key), list.join(" , "));
        let filter = Filter::parse(&text).map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        let again = Filter::parse(&filter.to_string()).map_err(|error| TestCaseError::fail(format!("{filter}: {error}")))?;
        prop_assert_eq!(again.terms(), filter.terms(), "{} became {}", text, filter);
    }
}
