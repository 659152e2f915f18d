//! From terms as written to terms as meant: names looked up, values read, faults told.

use super::messages::{FilterDoubt as Doubt, FilterFact as Fact, FilterHint as Hint};
use super::syntax::{Operator, Word, WrittenComparison, WrittenTerm};
use super::term::*;
use super::value::{self, DurationFault, TagValue};
use super::{FilterError, FilterWarning, PATTERNS_MAX};
use nines_base::{SpanId, TraceId};
use regex::Error as RegexError;

/// Names with an operator of their own, in the order completion offers them.
pub const BUILT_INS: [&str; 7] = ["service", "op", "kind", "remote", "duration", "trace", "id"];

/// What says that a tag is meant, whatever its name.
pub(super) const TAG_PREFIX: &str = "tag.";

/// Words of other languages for kinds, and ours.
const KIND_SYNONYMS: [(&str, &str); 8] = [
    ("internal", "local"),
    ("unspecified", "local"),
    ("none", "local"),
    ("inbound", "server"),
    ("outbound", "client"),
    ("entry", "server"),
    ("exit", "client"),
    ("receiver", "consumer"),
];

/// Reads what the terms mean.
pub(super) fn read_terms(written: Vec<WrittenTerm>) -> Result<Vec<Term>, FilterError> {
    let mut n_patterns = 0;
    written
        .into_iter()
        .map(|term| {
            if let Some(WrittenComparison { operator: Operator::Like | Operator::Unlike, values, values_at, .. }) =
                &term.comparison
            {
                n_patterns += values.len();
                if n_patterns > PATTERNS_MAX {
                    let fact = Fact::TooManyPatterns { patterns_max: PATTERNS_MAX };
                    return Err(FilterError { at: values_at.clone(), fact, hint: Hint::FewerPatterns });
                }
            }
            Ok(Term { negated: term.negated, test: read_test(&term)?, at: term.at })
        })
        .collect()
}

fn read_test(term: &WrittenTerm) -> Result<Test, FilterError> {
    let name = term.name.text.as_str();
    if let Some(key) = name.strip_prefix(TAG_PREFIX) {
        if key.is_empty() {
            return Err(FilterError { at: term.name.at.clone(), fact: Fact::TagNameMissing, hint: Hint::NameTag });
        }
        return read_tag(key, term.comparison.as_ref());
    }
    if let Some(flag) = Flag::ALL.into_iter().find(|flag| flag.word() == name) {
        return match term.comparison {
            None => Ok(Test::Flag(flag)),
            Some(_) => Err(FilterError {
                at: term.at.clone(),
                fact: Fact::WordCompared { word: name.to_owned() },
                hint: Hint::AloneOrTag { word: name.to_owned() },
            }),
        };
    }
    match (&term.comparison, BUILT_INS.contains(&name)) {
        (Some(comparison), true) => read_built_in(name, comparison),
        (None, true) => Err(FilterError {
            at: term.name.at.clone(),
            fact: Fact::OperatorMissing { name: name.to_owned() },
            hint: Hint::CompareOrTag { name: name.to_owned() },
        }),
        (None, false) => check_bare_name(&term.name).and_then(|()| read_tag(name, None)),
        (comparison, false) => read_tag(name, comparison.as_ref()),
    }
}

/// Refuses bare words that would be tags nobody has: connectives and colons for operators.
fn check_bare_name(name: &Word) -> Result<(), FilterError> {
    let quoted = name.at.len() > name.text.chars().count();
    if quoted {
        return Ok(());
    }
    let word = name.text.as_str();
    let connective = [("and", Hint::TermsAreAnded), ("or", Hint::NoOr), ("not", Hint::NegateWithMark)];
    for (known, hint) in connective {
        if word.eq_ignore_ascii_case(known) {
            return Err(FilterError { at: name.at.clone(), fact: Fact::Connective { word: word.to_owned() }, hint });
        }
    }
    match word.split_once(':') {
        Some((before, _)) if BUILT_INS.contains(&before) => Err(FilterError {
            at: name.at.clone(),
            fact: Fact::ColonCompared { name: before.to_owned() },
            hint: Hint::EqualsMeant { name: before.to_owned() },
        }),
        _ => Ok(()),
    }
}

fn read_tag(key: &str, comparison: Option<&WrittenComparison>) -> Result<Test, FilterError> {
    let compare = match comparison {
        None => TagCompare::Exists,
        Some(written) => match written.operator {
            Operator::Equal | Operator::Unequal => {
                TagCompare::In(read_membership(written, |word| Ok(TagValue::new(&word.text)))?)
            }
            Operator::Like | Operator::Unlike => TagCompare::Like(read_likeness(written, false)?),
            ordering => TagCompare::Ordered(order_of(ordering), TagValue::new(&one_value(written)?.text)),
        },
    };
    Ok(Test::Tag { key: key.to_owned(), compare })
}

/// The operators a built-in name takes, as a hint shows them.
pub(super) fn operators_of(name: &str) -> &'static [Operator] {
    use Operator::*;
    match name {
        "service" | "op" | "remote" => &[Equal, Unequal, Like, Unlike],
        "kind" | "trace" | "id" => &[Equal, Unequal],
        "duration" => &[Equal, Unequal, Lt, Le, Gt, Ge],
        _ => &[Equal, Unequal, Like, Unlike, Lt, Le, Gt, Ge],
    }
}

fn read_built_in(name: &str, written: &WrittenComparison) -> Result<Test, FilterError> {
    let operators = operators_of(name);
    if !operators.contains(&written.operator) {
        let signs: Vec<&str> = operators.iter().map(|operator| operator.sign()).collect();
        return Err(FilterError {
            at: written.operator_at.clone(),
            fact: Fact::OperatorUnfit { name: name.to_owned(), operator: written.operator.sign().to_owned() },
            hint: Hint::OperatorsOf { name: name.to_owned(), operators: signs.join(" ") },
        });
    }
    Ok(match name {
        "service" => read_name(NameField::Service, written)?,
        "op" => read_name(NameField::Op, written)?,
        "remote" => read_name(NameField::Remote, written)?,
        "kind" => read_kinds(written)?,
        "duration" => Test::Duration(read_duration(written)?),
        "trace" => {
            Test::Trace(read_membership(written, |word| TraceId::parse(&word.text).map_err(|_| wrong_id(word, 32)))?)
        }
        _ => Test::Id(read_membership(written, |word| SpanId::parse(&word.text).map_err(|_| wrong_id(word, 16)))?),
    })
}

fn read_name(field: NameField, written: &WrittenComparison) -> Result<Test, FilterError> {
    let compare = match written.operator {
        Operator::Like | Operator::Unlike => NameCompare::Like(read_likeness(written, true)?),
        _ => NameCompare::In(read_membership(written, |word| Ok(word.text.clone()))?),
    };
    Ok(Test::Name { field, compare })
}

fn read_kinds(written: &WrittenComparison) -> Result<Test, FilterError> {
    let mut kinds = KindSet::default();
    for word in &written.values {
        let known = KindSet::WORDS.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(&word.text));
        kinds = kinds.union(known.ok_or_else(|| wrong_kind(word))?.1);
    }
    Ok(Test::Kind(if written.operator == Operator::Unequal { kinds.complement() } else { kinds }))
}

fn wrong_kind(word: &Word) -> FilterError {
    let lower = word.text.to_lowercase();
    let synonym = KIND_SYNONYMS.iter().find(|(foreign, _)| *foreign == lower).map(|(_, ours)| *ours);
    let near = || nearest(&lower, KindSet::WORDS.iter().map(|(known, _)| *known), 2);
    let hint = synonym.or_else(near).map_or(Hint::Kinds, |meant| Hint::KindMeant { word: meant.to_owned() });
    FilterError { at: word.at.clone(), fact: Fact::KindUnknown { word: word.text.clone() }, hint }
}

/// The known word that at most `edits_max` edits turn `word` into, nearest first.
fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>, edits_max: usize) -> Option<&'k str> {
    known
        .map(|known| (strsim::osa_distance(word, known), known))
        .filter(|(edits, _)| *edits <= edits_max)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, known)| known)
}

fn read_duration(written: &WrittenComparison) -> Result<DurationCompare, FilterError> {
    let length = |word: &Word| {
        value::parse_duration(&word.text).map_err(|fault| FilterError {
            at: word.at.clone(),
            fact: match fault {
                DurationFault::Unit => Fact::DurationUnit { text: word.text.clone() },
                DurationFault::Wrong => Fact::DurationWrong { text: word.text.clone() },
            },
            hint: Hint::DurationUnits,
        })
    };
    Ok(match written.operator {
        Operator::Equal | Operator::Unequal => DurationCompare::In(read_membership(written, length)?),
        ordering => DurationCompare::Ordered(order_of(ordering), length(one_value(written)?)?),
    })
}

fn wrong_id(word: &Word, digits_max: usize) -> FilterError {
    FilterError { at: word.at.clone(), fact: Fact::IdWrong { text: word.text.clone(), digits_max }, hint: Hint::CopyId }
}

fn read_membership<V: PartialEq>(
    written: &WrittenComparison,
    read: impl Fn(&Word) -> Result<V, FilterError>,
) -> Result<Membership<V>, FilterError> {
    let any_of = written.values.iter().map(read).collect::<Result<Vec<V>, FilterError>>()?;
    Ok(Membership { any_of, inverted: written.operator == Operator::Unequal })
}

fn read_likeness(written: &WrittenComparison, ignore_case: bool) -> Result<Likeness, FilterError> {
    let pattern = |word: &Word| {
        Pattern::new(&word.text, ignore_case).map_err(|error| {
            let fact = match error {
                RegexError::CompiledTooBig(_) => Fact::PatternTooLarge { bytes_max: PATTERN_BYTES_MAX },
                error => Fact::PatternWrong { reason: last_line(&error.to_string()) },
            };
            FilterError { at: word.at.clone(), fact, hint: Hint::PatternRules }
        })
    };
    let any_of = written.values.iter().map(pattern).collect::<Result<Vec<Pattern>, FilterError>>()?;
    Ok(Likeness { any_of, inverted: written.operator == Operator::Unlike })
}

/// The regex crate draws the pattern above its reason; the reason is the last line.
fn last_line(message: &str) -> String {
    let line = message.lines().last().unwrap_or(message).trim();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

/// The value of an ordering operator. What is not an ordering cannot get here.
fn one_value(written: &WrittenComparison) -> Result<&Word, FilterError> {
    match written.values.as_slice() {
        [only] if !written.is_list => Ok(only),
        _ => Err(FilterError {
            at: written.values_at.clone(),
            fact: Fact::ListOrdered { operator: written.operator.sign().to_owned() },
            hint: Hint::OneValue,
        }),
    }
}

fn order_of(operator: Operator) -> Order {
    match operator {
        Operator::Le => Order::Le,
        Operator::Gt => Order::Gt,
        Operator::Ge => Order::Ge,
        _ => Order::Lt,
    }
}

/// What is allowed in these terms, but hardly meant.
pub(super) fn doubts(terms: &[Term]) -> Vec<FilterWarning> {
    let mut doubts = Vec::new();
    for term in terms {
        let Test::Tag { key, compare } = &term.test else { continue };
        if let TagCompare::Ordered(_, TagValue { text, number: None }) = compare {
            doubts.push(FilterWarning { at: term.at.clone(), doubt: Doubt::NotNumeric { text: text.clone() } });
        }
        // Short names are too near to each other to guess from.
        let known = BUILT_INS.into_iter().filter(|known| known.len() >= 5);
        let lower = key.to_lowercase();
        if let Some(meant) = nearest(&lower, known, 1)
            && *meant != **key
        {
            let doubt = Doubt::TagNamedLike { name: key.clone(), meant: meant.to_owned() };
            doubts.push(FilterWarning { at: term.at.clone(), doubt });
        }
    }
    doubts
}
