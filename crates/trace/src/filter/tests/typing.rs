//! What may stand at the caret.

use crate::filter::complete::{Wants, complete, written_value};
use crate::filter::syntax::Operator;
use proptest::prelude::*;

/// `|` in the text is the caret; `replaced` is what a suggestion would stand in for.
fn check(marked: &str, replaced: &str, wants: Wants) {
    let pos = marked.chars().position(|c| c == '|').expect("a caret");
    let text: Vec<char> = marked.chars().filter(|c| *c != '|').collect();
    let context = complete(&text.iter().collect::<String>(), pos);
    assert_eq!(context.wants, wants, "{marked}");
    assert_eq!(text[context.at].iter().collect::<String>(), replaced, "{marked}");
}

fn name(typed: &str) -> Wants {
    Wants::Name { typed: typed.into() }
}

fn value(name: &str, operator: Operator, typed: &str, in_list: bool) -> Wants {
    Wants::Value { name: name.into(), operator, typed: typed.into(), in_list }
}

#[test]
fn names_are_wanted_where_a_term_begins() {
    check("|", "", name(""));
    check("ser|", "ser", name("ser"));
    check("ser|vice=a", "service", name("ser"));
    check("error |", "", name(""));
    check("error | root", "", name(""));
    check("!|", "", name(""));
    check("-ro|", "ro", name("ro"));
    check("service=a |", "", name(""));
    check("service=(a,b) ht|tp.x>1", "http.x", name("ht"));
    check("\"a b|", "\"a b", name("a b"));
    check("tag.\"a b|\" x", "tag.\"a b\"", name("tag.a b"));
}

#[test]
fn values_are_wanted_behind_an_operator() {
    check("service=|", "", value("service", Operator::Equal, "", false));
    check("service!=ch|", "ch", value("service", Operator::Unequal, "ch", false));
    check("service=ch|eck root", "check", value("service", Operator::Equal, "ch", false));
    check("op=\"get /|", "\"get /", value("op", Operator::Equal, "get /", false));
    check("op=\"get /|\" root", "\"get /\"", value("op", Operator::Equal, "get /", false));
    check("op = g|", "g", value("op", Operator::Equal, "g", false));
    check("op = |", "", value("op", Operator::Equal, "", false));
    check("duration<|", "", value("duration", Operator::Lt, "", false));
    check("\"a b\"=|", "", value("a b", Operator::Equal, "", false));
}

#[test]
fn lists_want_values_and_separators() {
    check("service=(|", "", value("service", Operator::Equal, "", true));
    check("service=(a,|", "", value("service", Operator::Equal, "", true));
    check("service=(a,b|c,d)", "bc", value("service", Operator::Equal, "b", true));
    check("service=(a |", "", Wants::ListSeparator);
    check("service=(\"a\"|", "", Wants::ListSeparator);
    check("service=(a)|", "", Wants::Space);
    check("service=\"a\"|", "", Wants::Space);
}

#[test]
fn operators_are_wanted_where_a_name_is_complete() {
    use Operator::*;
    let kind = Wants::Operator { name: "kind".into(), operators: &[Equal, Unequal] };
    check("kind!|", "!", kind);
    let tag: &[Operator] = &[Equal, Unequal, Like, Unlike, Lt, Le, Gt, Ge];
    check("\"a b\"|", "", Wants::Operator { name: "a b".into(), operators: tag });
    check("error!|", "!", Wants::Operator { name: "error".into(), operators: &[] });
}

#[test]
fn nothing_is_wanted_behind_a_fault() {
    check("a && b|", "", Wants::Nothing);
    check("service=(a b|", "", Wants::Nothing);
    check("(|", "", Wants::Nothing);
}

#[test]
fn a_suggested_value_is_quoted_where_it_must_be() {
    for (value, written) in [("get", "get"), ("get /x", "\"get /x\""), ("a\"b", "\"a\\\"b\""), ("", "\"\"")] {
        assert_eq!(written_value(value), written);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_and_no_caret_make_completion_panic(text in r#"[a-z =!<>~(),"\\.가]{0,30}"#, pos in 0usize..40) {
        let context = complete(&text, pos);
        let n_chars = text.chars().count();
        prop_assert!(context.at.start <= context.at.end && context.at.end <= n_chars);
        prop_assert!(context.at.start <= pos.min(n_chars) && pos.min(n_chars) <= context.at.end);
    }
}
