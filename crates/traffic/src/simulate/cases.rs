//! `*.traffictest`: packets with what is expected of them. A first line `rules PATH`, then one packet a line, whose
//! field `expect` holds fields of an answer; `#` begins a comment.

use super::answer::{Answer, Verdict};
use super::packet::{Packet, PacketFault, check, packet_of, read_object};
use crate::messages::{Fact, Hint};
use nines_yaml::{Entry, Mark, Node, Value};
use std::collections::BTreeSet;

/// A file of cases.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Cases {
    /// The rules' path as written; relative to the file.
    pub rules: String,
    /// The packets.
    pub cases: Vec<Case>,
    /// What is wrong with the file, in the order of its lines.
    pub faults: Vec<PacketFault>,
}

/// A packet with what is expected of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Case {
    /// Where its line begins.
    pub line: usize,
    /// The packet.
    pub packet: Packet,
    /// What is expected, each with its place.
    pub expected: Vec<(Mark, Expected)>,
}

/// One field of an answer.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Expected {
    Verdict(Verdict),
    /// A text, or none.
    Rule(Option<String>),
    To(Option<String>),
    From(Option<String>),
    Path(Vec<String>),
    Missing(BTreeSet<String>),
}

/// A claim that does not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// Where the claim stands.
    pub at: Mark,
    /// The claim, as `verdict accept`.
    pub claim: String,
    /// What came instead.
    pub got: String,
}

impl Outcome {
    /// `LINE:COL: claim: got X`, to stand after the file's name.
    pub fn text(&self) -> String {
        format!("{}:{}: {}: got {}", self.at.line, self.at.column, self.claim, self.got)
    }
}

/// Fields of an answer that can be expected.
const FIELDS: [&str; 6] = ["verdict", "rule", "to", "from", "path", "missing"];

/// Reads a file of cases.
pub fn read_cases(text: &str) -> Cases {
    let mut cases = Cases::default();
    let mut has_rules = false;
    for (number, line) in (1..).zip(text.lines()) {
        let body = line.trim();
        if body.is_empty() || body.starts_with('#') {
            continue;
        }
        if !has_rules {
            has_rules = true;
            match body.strip_prefix("rules ").map(str::trim).filter(|path| !path.is_empty()) {
                Some(path) => cases.rules = path.to_owned(),
                None => cases.faults.push(no_rules(number)),
            }
            continue;
        }
        match read_case(number, line) {
            Ok(case) => cases.cases.push(case),
            Err(fault) => cases.faults.push(*fault),
        }
    }
    if !has_rules {
        cases.faults.push(no_rules(1));
    }
    cases
}

fn no_rules(line: usize) -> PacketFault {
    PacketFault { at: Mark { line, column: 1 }, fact: Fact::NoRulesLine, hint: Hint::BeginWithRules }
}

fn read_case(number: usize, line: &str) -> Result<Case, Box<PacketFault>> {
    let (of_answer, of_packet): (Vec<Entry>, Vec<Entry>) =
        read_object(number, line).map_err(Box::new)?.into_iter().partition(|entry| entry.key == "expect");
    let at = Mark { line: number, column: 1 };
    let packet = packet_of(&of_packet).and_then(|packet| check(&packet, at)).map_err(Box::new)?;
    let Some(expect) = of_answer.first() else {
        return Err(Box::new(PacketFault { at, fact: Fact::NothingExpected, hint: Hint::AddExpect }));
    };
    let at = Mark { line: number, ..expect.value.at };
    match &expect.value.value {
        Value::Mapping(entries) if !entries.is_empty() => {
            let expected = entries.iter().map(|entry| read_expected(number, entry)).collect::<Result<Vec<_>, _>>()?;
            Ok(Case { line: number, packet, expected })
        }
        _ => Err(Box::new(PacketFault { at, fact: Fact::NothingExpected, hint: Hint::AddExpect })),
    }
}

fn read_expected(number: usize, entry: &Entry) -> Result<(Mark, Expected), Box<PacketFault>> {
    let at = Mark { line: number, ..entry.key_at };
    let fault = |fact, hint| Err(Box::new(PacketFault { at, fact, hint }));
    let text = || match &entry.value.value {
        Value::Scalar(scalar) => Some(scalar.text.clone()),
        _ => None,
    };
    let bad = |example: &str| {
        let fact =
            Fact::BadField { field: entry.key.clone(), value: nines_yaml::clipped(&text().unwrap_or("…".into())) };
        fault(fact, Hint::WriteAs { example: example.to_owned() })
    };
    let nullable = || match &entry.value.value {
        Value::Null => Some(None),
        _ => text().map(Some),
    };
    let expected = match entry.key.as_str() {
        "verdict" => match Verdict::ALL.into_iter().find(|verdict| Some(verdict.name()) == text().as_deref()) {
            Some(verdict) => Expected::Verdict(verdict),
            None => return bad("\"accept\", \"drop\", \"reject\" or \"unknown\""),
        },
        "rule" | "to" | "from" => match (nullable(), entry.key.as_str()) {
            (Some(value), "rule") => Expected::Rule(value),
            (Some(value), "to") => Expected::To(value),
            (Some(value), _) => Expected::From(value),
            (None, _) => return bad("\"filter/INPUT/1\""),
        },
        "path" | "missing" => match (list(&entry.value), entry.key.as_str()) {
            (Some(list), "path") => Expected::Path(list),
            (Some(list), _) => Expected::Missing(list.into_iter().collect()),
            (None, _) => return bad("[\"filter/INPUT/1\"]"),
        },
        other => {
            let near = nines_yaml::nearest(other, FIELDS);
            let hint = near.map_or(Hint::AnswerFieldsAre, |word| Hint::DidYouMean { word: word.to_owned() });
            return fault(Fact::UnknownField { field: nines_yaml::clipped(other) }, hint);
        }
    };
    Ok((at, expected))
}

fn list(node: &Node) -> Option<Vec<String>> {
    let Value::List(items) = &node.value else { return None };
    let text = |item: &Node| match &item.value {
        Value::Scalar(scalar) => Some(scalar.text.clone()),
        _ => None,
    };
    items.iter().map(text).collect()
}

/// The claims of a case that an answer does not bear out.
pub fn compare(case: &Case, answer: &Answer) -> Vec<Outcome> {
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    let list = |values: Vec<&String>| {
        let words: Vec<&str> = values.into_iter().map(String::as_str).collect();
        format!("[{}]", words.join(", "))
    };
    let check = |(at, expected): &(Mark, Expected)| {
        let (name, wanted, got) = match expected {
            Expected::Verdict(verdict) => ("verdict", verdict.name().to_owned(), answer.verdict.name().to_owned()),
            Expected::Rule(rule) => ("rule", text(rule), text(&answer.rule)),
            Expected::To(to) => ("to", text(to), text(&answer.to)),
            Expected::From(from) => ("from", text(from), text(&answer.from)),
            Expected::Path(path) => ("path", list(path.iter().collect()), list(answer.path.iter().collect())),
            Expected::Missing(names) => {
                ("missing", list(names.iter().collect()), list(answer.missing.iter().collect()))
            }
        };
        (wanted != got).then(|| Outcome { at: *at, claim: format!("{name} {wanted}"), got })
    };
    case.expected.iter().filter_map(check).collect()
}
