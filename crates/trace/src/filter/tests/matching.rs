//! Which spans a filter holds on.

use super::checkout;
use crate::filter::Filter;
use crate::filter::value::Number;
use nines_base::FineMicros;
use nines_span::{Kind, Span, SpanFields, Status, Value};

fn check_on(span: &Span, text: &str, expect: bool) {
    let filter = Filter::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(filter.matches(span), expect, "{text}");
    // The same through a trait object, as stores hand spans out.
    assert_eq!(filter.matches(span as &dyn SpanFields), expect, "{text}");
}

/// On the failed checkout span.
fn check(text: &str, expect: bool) {
    check_on(&checkout(), text, expect);
}

#[test]
fn names_compare_without_ascii_case() {
    check("service=checkout", true);
    check("service=CHECKOUT op=\"post /CHECKOUT\" remote=EDGE", true);
    check("service=check", false);
    check("service=(cart,checkout)", true);
    check("service!=(cart,checkout)", false);
    check("service!=cart", true);
    check("op=~^post", true);
    check("op=~out$", true);
    check("op=~\"^POST /[a-z]+$\"", true);
    check("op=~\"(?-i)^post\"", false);
    check("op!~health", true);
    check("op!~(health,check)", false);
    check("op=~(health,check)", true);
}

#[test]
fn a_missing_name_satisfies_no_comparison() {
    let span = Span::default();
    for text in ["service=x", "service!=x", "service=\"\"", "remote=~.*", "remote!~x", "op!=x"] {
        check_on(&span, text, false);
        check_on(&span, &format!("!{text}"), true);
    }
}

#[test]
fn only_ascii_case_is_ignored_in_names() {
    let span = Span { name: "GRÖSSE".into(), ..Span::default() };
    check_on(&span, "op=grÖsse", true);
    check_on(&span, "op=größe", false);
    check_on(&span, "op=grösse", false);
}

#[test]
fn kinds_are_words() {
    check("kind=server", true);
    check("kind=(client,server)", true);
    check("kind!=server", false);
    check("kind=local", false);
    for kind in [Kind::Unspecified, Kind::Internal] {
        let span = Span { kind, ..Span::default() };
        check_on(&span, "kind=local", true);
        check_on(&span, "kind!=local", false);
        check_on(&span, "kind=(client,server,producer,consumer)", false);
        check_on(&span, "!kind=server", true);
    }
}

#[test]
fn durations_compare_exactly_to_the_nanosecond() {
    check("duration<400ms", true);
    check("duration<=399.9999ms", true);
    check("duration<399.9999ms", false);
    check("duration>399999us", true);
    check("duration>=400ms", false);
    check("duration=399999.9us", true);
    check("duration=(1s,399999.9us)", true);
    check("duration!=1s", true);
    check("!duration>1s", true);
}

#[test]
fn a_missing_duration_satisfies_no_comparison() {
    let span = Span { duration: FineMicros::NONE, ..checkout() };
    for text in ["duration<1h", "duration>=0s", "duration!=1s", "duration=0s"] {
        check_on(&span, text, false);
        check_on(&span, &format!("-{text}"), true);
    }
}

#[test]
fn ids_are_exact() {
    check("trace=abc", true);
    check("trace=00000000000000000000000000000abc", true);
    check("trace=(1,2)", false);
    check("trace!=1 id=2 id!=(3,4)", true);
    check("!id=2", false);
}

#[test]
fn bare_words_ask_the_span() {
    check("error shared debug", true);
    check("root", false);
    check("!root", true);
    let good = Span::default();
    check_on(&good, "root !error !shared !debug", true);
    check_on(&Span { status: Status::Error, ..Span::default() }, "error", true);
    check_on(&Span { status: Status::Ok, ..checkout() }, "error", false);
}

#[test]
fn any_other_name_is_a_tag() {
    check("http.status_code", true);
    check("http.method", false);
    check("!http.method", true);
    check("http.status_code=503", true);
    check("http.status_code=(500,503)", true);
    check("http.status_code!=503", false);
    check("http.status_code=50", false);
    check("version=2.10", true);
    check("tag.version=2.10", true);
    check("\"a b\"=spaced", true);
    check("tag.\"a b\"=~^sp", true);
    check("VERSION=2.10", false);
}

#[test]
fn a_built_in_name_is_a_tag_only_with_its_prefix() {
    check("tag.duration=long", true);
    check("tag.duration>1", false);
    check("tag.error=~refused", true);
    check("tag.error=\"Card refused\"", false);
    check("tag.service", false);
}

#[test]
fn a_missing_tag_satisfies_no_comparison() {
    for text in ["x=1", "x!=1", "x=~.", "x!~.", "x<1", "x>=1", "x=\"\""] {
        check(text, false);
        check(&format!("!{text}"), true);
        check(&format!("-{text}"), true);
    }
}

#[test]
fn numbers_compare_numerically_and_nothing_else_does() {
    check("http.status_code>=500 http.status_code<600", true);
    check("http.status_code>503", false);
    check("http.status_code>=5.03e2", true);
    check("cart.items>2 cart.items<=3.0 ratio<1 ratio>0.25", true);
    // Text would say that 10 comes before 3.
    check("cart.items<10", true);
    check("version>2", true);
    check("tag.error>1", false);
    check("http.status_code>abc", false);
    check("!http.status_code>abc", true);
    check("retry>=0", false);
}

#[test]
fn equality_is_textual_for_text_and_numeric_for_numbers() {
    // As numbers these versions would be one.
    check("version=2.1", false);
    check("version!=2.1", true);
    check("http.status_code=503.0", false);
    check("cart.items=3", true);
    check("cart.items=3.0", true);
    check("cart.items=03", true);
    check("cart.items=x", false);
    check("ratio=0.50", true);
    check("retry=true", true);
    check("retry=True", false);
}

#[test]
fn patterns_are_unanchored_and_mind_the_case_of_tags() {
    check("tag.error=~refused", true);
    check("tag.error=~Refused", false);
    check("tag.error=~\"(?i)REFUSED\"", true);
    check("tag.error=~^refused", false);
    check("http.status_code=~^5..$", true);
    check("cart.items=~^3$", true);
    check("tag.error!~timeout", true);
    check("tag.error!~(timeout,card)", false);
}

#[test]
fn quotes_and_escapes_work_everywhere() {
    let odd = r#"say "hi" \ (a,b)"#;
    let span = Span { tags: vec![("q".into(), Value::from(odd))], ..Span::default() };
    check_on(&span, r#"q="say \"hi\" \\ (a,b)""#, true);
    check_on(&span, r#"q=(x,"say \"hi\" \\ (a,b)")"#, true);
    check_on(&span, r#"q=~"\"hi\"""#, true);
    check_on(&span, r#"q=~("nope","\"hi\" \\\\ \(a")"#, true);
    check_on(&span, r#"q=~"hi\S \\\\\W""#, true);
}

#[test]
fn all_terms_must_hold_on_the_span() {
    check("", true);
    check("service=checkout kind=server error duration<400ms http.status_code=503", true);
    check("service=checkout kind=client", false);
}

#[test]
fn whole_numbers_and_fractions_share_one_order() {
    let order = [
        "-1e300",
        "-9223372036854775808",
        "-1.5",
        "-1",
        "-0.5",
        "0",
        "0.5",
        "1",
        "9007199254740992",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "1e300",
    ];
    let numbers: Vec<Number> = order.iter().map(|text| Number::parse(text).expect(text)).collect();
    for (a, low) in numbers.iter().enumerate() {
        for (b, high) in numbers.iter().enumerate() {
            assert_eq!(low.cmp(high), a.cmp(&b), "{} and {}", order[a], order[b]);
        }
    }
    assert_eq!(Number::parse("-0.0"), Number::parse("0"));
    for text in ["", "inf", "NaN", "0x10", "1 ", "1_000", "e5", "--1", "1e999", "infinity"] {
        assert_eq!(Number::parse(text), None, "{text}");
    }
}

#[test]
fn the_whole_number_that_a_text_spells_is_the_only_one_equal_to_it() {
    use crate::filter::value::{TagValue, whole_number};
    for (text, whole) in [
        ("503", Some(503)),
        ("+503", Some(503)),
        ("5.03e2", Some(503)),
        ("-0.0", Some(0)),
        ("9223372036854775807", Some(i64::MAX)),
        ("9007199254740993.0", Some(9_007_199_254_740_992)),
        ("9223372036854775808", None),
        ("1e300", None),
        ("0.5", None),
        ("u-1", None),
        ("", None),
    ] {
        assert_eq!(whole_number(text), whole, "{text}");
        let value = TagValue::new(text);
        for number in whole.into_iter().flat_map(|whole| [whole, whole.wrapping_add(1), whole.wrapping_sub(1)]) {
            assert_eq!(value.equals(nines_span::ValueRef::Int(number)), Some(number) == whole, "{text} {number}");
        }
    }
}
