//! A tree to be written, and how it is: as YAML in blocks, or as JSON.

use super::super::field::is_text;
use super::super::format::{is_ordered, order_of, quoted};
use super::super::quantity::{Decimal, Shorthand};
use nines_yaml::{Node, Value};

/// What is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Written {
    Null,
    /// A number or a boolean, spelt so.
    Bare(String),
    Text(String),
    List(Vec<Written>),
    Mapping(Vec<(String, Written)>),
}

/// A node as it is.
pub(super) fn of(node: &Node) -> Written {
    match &node.value {
        Value::Null => Written::Null,
        Value::Scalar(scalar) if is_text(scalar) => Written::Text(scalar.text.clone()),
        Value::Scalar(scalar) => Written::Bare(scalar.text.clone()),
        Value::List(items) => Written::List(items.iter().map(of).collect()),
        Value::Mapping(entries) => {
            Written::Mapping(entries.iter().map(|entry| (entry.key.clone(), of(&entry.value))).collect())
        }
    }
}

/// A mapping of what is there.
pub(super) fn mapping<const N: usize>(entries: [(&str, Option<Written>); N]) -> Written {
    let there = entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Written::Mapping(there.collect())
}

/// A text.
pub(super) fn text(text: impl Into<String>) -> Written {
    Written::Text(text.into())
}

/// A document as YAML.
pub(super) fn yaml(object: &Written) -> String {
    let mut text = String::new();
    write_yaml(object, 0, true, &mut text);
    text
}

/// Ends with a line feed. `has_fields` says whether keys are fields of ours or the author's own.
fn write_yaml(value: &Written, depth: usize, has_fields: bool, text: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Written::Mapping(entries) if !entries.is_empty() => {
            for (nth, (key, value)) in in_order(entries, has_fields).into_iter().enumerate() {
                // The first key of an item stands behind its dash.
                if nth > 0 || !text.ends_with("- ") {
                    text.push_str(&indent);
                }
                text.push_str(&format!("{}:", plain_or_quoted(key)));
                write_yaml_value(value, depth, has_fields && has_fields_below(key, entries), text);
            }
        }
        Written::List(items) if !items.is_empty() => {
            for item in items {
                text.push_str(&format!("{indent}- "));
                match item {
                    Written::List(inner) if !inner.is_empty() => {
                        text.truncate(text.len() - 1);
                        text.push('\n');
                        write_yaml(item, depth + 1, has_fields, text);
                    }
                    Written::Mapping(inner) if !inner.is_empty() => write_yaml(item, depth + 1, has_fields, text),
                    scalar => text.push_str(&format!("{}\n", scalar_yaml(scalar))),
                }
            }
        }
        scalar => text.push_str(&format!("{indent}{}\n", scalar_yaml(scalar))),
    }
}

/// What follows a colon.
fn write_yaml_value(value: &Written, depth: usize, has_fields: bool, text: &mut String) {
    match value {
        Written::Mapping(entries) if !entries.is_empty() => {
            text.push('\n');
            write_yaml(value, depth + 1, has_fields, text);
        }
        Written::List(items) if !items.is_empty() => {
            text.push('\n');
            write_yaml(value, depth + 1, has_fields, text);
        }
        scalar => text.push_str(&format!(" {}\n", scalar_yaml(scalar))),
    }
}

/// Fields in the specification's order; the author's own keys in theirs.
fn in_order(entries: &[(String, Written)], has_fields: bool) -> Vec<(&str, &Written)> {
    let mut sorted: Vec<(&str, &Written)> = entries.iter().map(|(key, value)| (key.as_str(), value)).collect();
    if has_fields {
        sorted.sort_by_key(|(key, _)| order_of(key));
    }
    sorted
}

fn has_fields_below(key: &str, entries: &[(String, Written)]) -> bool {
    let siblings: Vec<&str> = entries.iter().map(|(key, _)| key.as_str()).collect();
    is_ordered(key, &siblings)
}

fn scalar_yaml(value: &Written) -> String {
    match value {
        Written::Null => "null".to_owned(),
        Written::Bare(spelt) => spelt.clone(),
        Written::Text(text) => plain_or_quoted(text),
        Written::List(_) => "[]".to_owned(),
        Written::Mapping(_) => "{}".to_owned(),
    }
}

/// A text as it is where YAML can only read it so (durations too), else in quotes.
fn plain_or_quoted(text: &str) -> String {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '/' | '-' | ' ');
    let starts_well = text.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let lower = text.to_ascii_lowercase();
    let is_other = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&lower.as_str());
    let is_plain = starts_well && !is_other && text.chars().all(is_word) && !text.ends_with(' ');
    if is_plain || Shorthand::parse(text).is_ok() { text.to_owned() } else { quoted(text) }
}

/// All objects as JSON: the one, or a list.
pub(super) fn json_documents(objects: &[Written]) -> String {
    let mut text = String::new();
    match objects {
        [one] => write_json(one, 0, true, &mut text),
        several => write_json(&Written::List(several.to_vec()), 0, true, &mut text),
    }
    text + "\n"
}

fn write_json(value: &Written, depth: usize, has_fields: bool, text: &mut String) {
    let (indent, inner) = ("  ".repeat(depth), "  ".repeat(depth + 1));
    match value {
        Written::Mapping(entries) if !entries.is_empty() => {
            text.push_str("{\n");
            for (nth, (key, value)) in in_order(entries, has_fields).into_iter().enumerate() {
                text.push_str(&format!("{}{inner}{}: ", if nth > 0 { ",\n" } else { "" }, quoted(key)));
                write_json(value, depth + 1, has_fields && has_fields_below(key, entries), text);
            }
            text.push_str(&format!("\n{indent}}}"));
        }
        Written::List(items) if !items.is_empty() => {
            text.push_str("[\n");
            for (nth, item) in items.iter().enumerate() {
                text.push_str(&format!("{}{inner}", if nth > 0 { ",\n" } else { "" }));
                write_json(item, depth + 1, has_fields, text);
            }
            text.push_str(&format!("\n{indent}]"));
        }
        Written::Text(words) => text.push_str(&quoted(words)),
        Written::Bare(spelt) => text.push_str(&json_bare(spelt)),
        scalar => text.push_str(&scalar_yaml(scalar)),
    }
}

/// A number or boolean as JSON spells it; one that JSON has no spelling for stays a text.
fn json_bare(spelt: &str) -> String {
    let lower = spelt.to_ascii_lowercase();
    if ["true", "false"].contains(&lower.as_str()) {
        return lower;
    }
    match Decimal::parse(spelt) {
        Some(decimal) => decimal.scaled_text(0),
        None => quoted(spelt),
    }
}
