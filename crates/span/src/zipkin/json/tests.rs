use super::number::{Literal, literal, parse_double};
use super::place::{path, place};
use super::{Reader, write_number, write_text};
use bumpalo::Bump;

fn check_literal(text: &str, expect: Option<Literal>) {
    assert_eq!(literal(text.as_bytes(), 0), expect.map(|literal| (literal, text.len())), "of {text:?}");
}

#[test]
fn words_and_numbers_follow_zipkins_grammar() {
    check_literal("null", Some(Literal::Null));
    check_literal("nULL", Some(Literal::Null));
    check_literal("TRUE", Some(Literal::Bool(true)));
    check_literal("false", Some(Literal::Bool(false)));
    check_literal("0", Some(Literal::Whole(0)));
    check_literal("-9223372036854775808", Some(Literal::Whole(i64::MIN)));
    check_literal("9223372036854775808", Some(Literal::Number));
    check_literal("-0", Some(Literal::Number));
    check_literal("1.5", Some(Literal::Number));
    check_literal("1e+3", Some(Literal::Number));
    for none in ["", "nul", "nullx", "01", "1.", ".5", "+1", "--1", "1e", "1e+", "1.e3", "1x", "NaN", "é"] {
        check_literal(none, None);
    }
}

#[test]
fn a_literal_ends_where_json_goes_on() {
    assert_eq!(literal(b"[12,3]", 1), Some((Literal::Whole(12), 3)));
    assert_eq!(literal(b"null}", 0), Some((Literal::Null, 4)));
    assert_eq!(literal(b"12/", 0), None, "the start of a comment is refused");
}

#[test]
fn quoted_doubles_are_read_as_java_reads_them() {
    assert_eq!(parse_double(" 80.0 "), Some(80.0));
    assert_eq!(parse_double("8d"), Some(8.0));
    assert_eq!(parse_double("1e3"), Some(1000.0));
    for none in ["", "d", "inf", "NaN", "0x10", "1.2.3"] {
        assert_eq!(parse_double(none), None, "of {none:?}");
    }
}

#[test]
fn a_path_names_what_is_open() {
    let text = r#"[{"a":[1,{"b":"x\"]}","c":tru"#;
    let at = |piece: &str| text.find(piece).unwrap();
    assert_eq!(path(text, 0), "$");
    assert_eq!(path(text, at("{")), "$[0]");
    assert_eq!(path(text, at("\"a")), "$[0].");
    assert_eq!(path(text, at("1,")), "$[0].a[0]");
    assert_eq!(path(text, at("{\"b")), "$[0].a[1]");
    assert_eq!(path(text, at("tru")), "$[0].a[1].c");
    assert_eq!(path("[{},{}", 6), "$[2]");
}

#[test]
fn columns_count_utf16_units_after_the_last_line_feed() {
    let text = "[\n \"😀é\", 1";
    assert_eq!(place(text, text.len(), text.len()).to_string(), " at line 2 column 10 path $[2]");
}

#[test]
fn strings_of_every_length_end_at_their_quote() {
    for length in 0..70 {
        let inner = "ä".repeat(length / 2) + &"x".repeat(length % 2);
        let text = format!("\"{inner}\",\"\\\\\"");
        let arena = Bump::new();
        let mut reader = Reader::new(&text, &arena);
        assert_eq!(reader.string().ok(), Some(&inner[..]));
    }
}

#[test]
fn escapes_become_characters() {
    let check = |text: &str, expect: Option<&str>| {
        let arena = Bump::new();
        assert_eq!(Reader::new(text, &arena).string().ok(), expect, "of {text}");
    };
    check(r#""a\n\t\r\b\f\/\\\"\'z""#, Some("a\n\t\r\u{8}\u{c}/\\\"'z"));
    check("\"a\\\nz\"", Some("a\nz"));
    check(r#""\u00e9\u2028\uD83D\ude00""#, Some("é\u{2028}😀"));
    check(r#""\ud83dx\ude00""#, Some("?x?"));
    check(r#""\ud83d\u0041""#, Some("?A"));
    check("\"raw \u{1} control\"", Some("raw \u{1} control"));
    for wrong in [r#""\x""#, r#""\u12""#, r#""\u12g4""#, r#""\"#, r#""\u"#, r#""abc"#, r#"""#] {
        check(wrong, None);
    }
}

#[test]
fn text_is_escaped_as_zipkin_escapes_it() {
    let check = |text: &str, expect: &str| {
        let mut out = Vec::new();
        write_text(text, &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), expect);
    };
    check("plain é 😀 \u{7f}", "\"plain é 😀 \u{7f}\"");
    check("\"\\/\t\n\r\u{8}\u{c}", r#""\"\\/\t\n\r\b\f""#);
    check("\u{0}\u{1f}", r#""\u0000\u001f""#);
    check("\u{2027}\u{2028}é\u{2029}\u{202a}", "\"\u{2027}\\u2028é\\u2029\u{202a}\"");
}

#[test]
fn numbers_print_in_decimal() {
    for number in [0, 9, 10, 1_790_000_000_000_000, u64::MAX] {
        let mut out = Vec::new();
        write_number(number, &mut out);
        assert_eq!(out, number.to_string().into_bytes());
    }
}
