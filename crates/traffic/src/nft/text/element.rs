//! Sets and maps with their elements.

use std::fmt::Write;

use super::super::data::Data;
use super::super::datatype::Datatype;
use super::super::set::{Answer, Answers, Element, Set, SetHead};
use super::held::Held;
use super::rule::render_verdict;
use super::statement;
use super::value::{duration, prefix_len, render_in_order};

/// The text of a set within a table.
pub fn render_set(set: &Set) -> String {
    let head = &set.head;
    let (word, answers) = match head.answers {
        Answers::Presence => ("set", String::new()),
        Answers::Value(datatype) => ("map", format!(" : {}", datatype.word())),
        Answers::Verdict => ("map", " : verdict".to_owned()),
        Answers::Object(kind) => ("map", format!(" : {}", kind.word())),
    };
    let types: Vec<&str> = head.key.iter().map(|part| part.word()).collect();
    let mut out = format!("\t{word} {} {{\n\t\ttype {}{answers}\n", head.name, types.join(" . "));
    let mut line = |text: String| {
        let _ = writeln!(out, "\t\t{text}");
    };
    if let Some(size) = head.size {
        line(format!("size {size}"));
    }
    let flags = [(head.dynamic, "dynamic"), (head.interval, "interval"), (head.timeout_ms.is_some(), "timeout")];
    let flags: Vec<&str> = flags.iter().filter(|(set, _)| *set).map(|(_, word)| *word).collect();
    if !flags.is_empty() {
        line(format!("flags {}", flags.join(",")));
    }
    if let Some(timeout_ms) = head.timeout_ms.filter(|timeout_ms| *timeout_ms > 0) {
        line(format!("timeout {}", duration(timeout_ms)));
    }
    let beside: Vec<String> =
        head.beside.iter().map(|expr| statement::render(expr, |_| Held::loaded("?", Datatype::Integer(4)))).collect();
    if !beside.is_empty() {
        line(beside.join(" "));
    }
    if !set.elements.is_empty() {
        let elements: Vec<String> = set.elements.iter().map(|element| render_element(head, &beside, element)).collect();
        line(format!("elements = {{ {} }}", elements.join(",\n\t\t\t     ")));
    }
    out.push_str("\t}\n");
    out
}

fn render_element(head: &SetHead, beside: &[String], element: &Element) -> String {
    let mut text = render_key(head, element);
    for expr in beside {
        let _ = write!(text, " {expr}");
    }
    if let Some(timeout_ms) = element.timeout_ms {
        let _ = write!(text, " timeout {}", duration(timeout_ms));
    }
    match (&element.answer, head.answers) {
        (None, _) => {}
        (Some(Answer::Value(value)), Answers::Value(datatype)) => {
            let _ = write!(text, " : {}", render_in_order(datatype, value, datatype.in_host_order()));
        }
        (Some(Answer::Value(value)), _) => {
            let _ = write!(text, " : {value:?}");
        }
        (Some(Answer::Verdict(verdict)), _) => {
            let _ = write!(text, " : {}", render_verdict(verdict));
        }
        (Some(Answer::Object(object)), _) => {
            let _ = write!(text, " : \"{object}\"");
        }
    }
    text
}

fn render_key(head: &SetHead, element: &Element) -> String {
    if let [one] = head.key.as_slice() {
        return render_range(*one, &element.key, element.last.as_ref(), head.interval);
    }
    let last = element.last.as_ref().map(|last| split(head, last));
    let parts = split(head, &element.key).into_iter().enumerate().map(|(at, (datatype, first))| {
        let last = last.as_ref().and_then(|last| last.get(at)).map(|(_, last)| last).filter(|last| **last != first);
        render_range(datatype, &first, last, head.interval)
    });
    parts.collect::<Vec<_>>().join(" . ")
}

/// The parts of a concatenated key.
fn split(head: &SetHead, key: &Data) -> Vec<(Datatype, Data)> {
    let mut rest = key.bytes();
    let mut parts = Vec::new();
    for datatype in &head.key {
        let Some(data) = rest.get(..datatype.n_bytes()).and_then(Data::new) else { break };
        parts.push((*datatype, data));
        rest = rest.get(datatype.n_bytes().next_multiple_of(4)..).unwrap_or(&[]);
    }
    parts
}

/// A key, a range as a prefix where it is one. Ranges stand in network order whatever the type.
fn render_range(datatype: Datatype, first: &Data, last: Option<&Data>, interval: bool) -> String {
    let host_order = datatype.in_host_order() && !interval;
    let value = |data: &Data| render_in_order(datatype, data, host_order);
    let Some(last) = last else { return value(first) };
    let address = matches!(datatype, Datatype::Ipv4 | Datatype::Ipv6);
    match prefix_of(first, last).filter(|_| address) {
        Some(len) => format!("{}/{len}", value(first)),
        None => format!("{}-{}", value(first), value(last)),
    }
}

/// The prefix that a range is, where it is one.
fn prefix_of(first: &Data, last: &Data) -> Option<usize> {
    let same: Vec<u8> = first.bytes().iter().zip(last.bytes()).map(|(first, last)| !(first ^ last)).collect();
    let mask = Data::new(&same)?;
    let len = prefix_len(&mask)?;
    let host_zero = first.bytes().iter().zip(mask.bytes()).all(|(byte, mask)| byte & !mask == 0);
    let host_ones = last.bytes().iter().zip(mask.bytes()).all(|(byte, mask)| byte | mask == 0xff);
    (host_zero && host_ones).then_some(len)
}
