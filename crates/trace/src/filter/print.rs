//! Terms as the language writes them.

use super::meaning::{BUILT_INS, TAG_PREFIX};
use super::term::*;
use super::value::print_duration;

/// All terms, separated by spaces.
pub(super) fn print_terms(terms: &[Term]) -> String {
    terms.iter().map(print_term).collect::<Vec<String>>().join(" ")
}

/// One term; reading it back gives the same term, Zipkin's conditions excepted.
pub(super) fn print_term(term: &Term) -> String {
    let mark = if term.negated { "!" } else { "" };
    format!("{mark}{}", print_test(&term.test))
}

fn print_test(test: &Test) -> String {
    match test {
        Test::Name { field, compare: NameCompare::In(names) } => {
            print_membership(field.word(), names, |name| print_value(name))
        }
        Test::Name { field, compare: NameCompare::Like(patterns) } => print_likeness(field.word(), patterns),
        Test::Kind(kinds) => print_kinds(*kinds),
        Test::Duration(DurationCompare::In(lengths)) => {
            print_membership("duration", lengths, |length| print_duration(*length))
        }
        Test::Duration(DurationCompare::Ordered(order, limit)) => {
            format!("duration{}{}", order.sign(), print_duration(*limit))
        }
        Test::Trace(ids) => print_membership("trace", ids, |id| id.to_string()),
        Test::Id(ids) => print_membership("id", ids, |id| id.to_string()),
        Test::Flag(flag) => flag.word().to_owned(),
        Test::Tag { key, compare } => print_tag(&print_key(key), compare),
        Test::Zipkin(test) => print_zipkin(test),
    }
}

fn print_tag(key: &str, compare: &TagCompare) -> String {
    match compare {
        TagCompare::Exists => key.to_owned(),
        TagCompare::In(values) => print_membership(key, values, |value| print_value(&value.text)),
        TagCompare::Like(patterns) => print_likeness(key, patterns),
        TagCompare::Ordered(order, limit) => format!("{key}{}{}", order.sign(), print_value(&limit.text)),
    }
}

fn print_membership<V>(name: &str, values: &Membership<V>, print: impl Fn(&V) -> String) -> String {
    let sign = if values.inverted { "!=" } else { "=" };
    format!("{name}{sign}{}", print_list(values.any_of.iter().map(print).collect()))
}

fn print_likeness(name: &str, patterns: &Likeness) -> String {
    let sign = if patterns.inverted { "!~" } else { "=~" };
    format!("{name}{sign}{}", print_list(patterns.any_of.iter().map(|pattern| print_value(pattern.text())).collect()))
}

fn print_list(values: Vec<String>) -> String {
    match values.as_slice() {
        [only] => only.clone(),
        _ => format!("({})", values.join(",")),
    }
}

/// A set of kinds by its words; a set that `local` cuts in two has none and shows its nearest words.
fn print_kinds(kinds: KindSet) -> String {
    let words = |kinds: KindSet| {
        let inside = KindSet::WORDS.into_iter().filter(|(_, known)| known.is_subset(kinds));
        inside.map(|(word, _)| word.to_owned()).collect::<Vec<String>>()
    };
    if words(kinds).is_empty() {
        format!("kind!={}", print_list(words(kinds.complement())))
    } else {
        format!("kind={}", print_list(words(kinds)))
    }
}

/// A tag's name, with what says that it is a tag where it could be read as something else.
pub(super) fn print_key(key: &str) -> String {
    let flags = Flag::ALL.map(Flag::word);
    let connective = ["and", "or", "not"].iter().any(|word| key.eq_ignore_ascii_case(word));
    let needs_prefix = BUILT_INS.contains(&key) || flags.contains(&key) || key.starts_with(TAG_PREFIX) || connective;
    let name = if needs_prefix { format!("{TAG_PREFIX}{key}") } else { key.to_owned() };
    quote_unless(&name, |c| c.is_alphanumeric() || matches!(c, '.' | '_' | '/'))
}

/// A value, quoted where it is not one plain word.
pub(super) fn print_value(value: &str) -> String {
    quote_unless(value, |c| {
        c.is_alphanumeric() || matches!(c, '.' | '_' | '/' | '-' | ':' | '^' | '$' | '*' | '+' | '%')
    })
}

fn quote_unless(text: &str, is_plain: impl Fn(char) -> bool) -> String {
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn print_zipkin(test: &ZipkinTest) -> String {
    match test {
        ZipkinTest::Name { field, lower } => format!("zipkin:{}={}", field.word(), print_value(lower)),
        ZipkinTest::AnnotationOrKey(name) => format!("zipkin:annotation={}", print_value(name)),
        ZipkinTest::Tag { key, value } => format!("zipkin:tag.{}={}", print_value(key), print_value(value)),
        ZipkinTest::Duration { min_us, max_us: None } => format!("zipkin:duration>={min_us}us"),
        ZipkinTest::Duration { min_us, max_us: Some(max_us) } => format!("zipkin:duration={min_us}us..{max_us}us"),
    }
}
