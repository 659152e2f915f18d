//! Strict reading of a tree: typed access to fields that knows where each stands and what it is
//! called, and tells the log of everything that is missing, unknown or of the wrong type.

use super::finding::{Log, Spot};
use super::messages::{Fact, Hint};
use super::quantity::{Decimal, Shorthand, ShorthandFault};
use crate::model::Place;
use nines_yaml::{Entry, Node, Scalar, Value};
use nines_yaml::{Mark, mark_in_scalar};
use nines_yaml::{clipped, listed, nearest};

/// Longest `description`, in characters (OpenSLO, on every kind).
pub(super) const DESCRIPTION_CHARS_MAX: usize = 1050;

/// A file of the set, as text.
#[derive(Clone, Copy, Debug)]
pub(super) struct File<'t> {
    pub(super) name: &'t str,
    pub(super) text: &'t str,
}

/// A node with its name.
#[derive(Clone, Debug)]
pub(super) struct Field<'t> {
    pub(super) file: File<'t>,
    pub(super) node: &'t Node,
    /// Where its key stands; an item of a list has none and stands for itself.
    pub(super) key_at: Mark,
    /// As `spec.objectives[0].target`; empty for a whole object.
    pub(super) path: String,
}

impl<'t> Field<'t> {
    /// The root of a document, or an item of a document that is a list.
    pub(super) fn root(file: File<'t>, node: &'t Node) -> Field<'t> {
        Field { file, node, key_at: node.at, path: String::new() }
    }

    /// Where its value stands, or its key where the value is empty.
    pub(super) fn spot(&self) -> Spot<'t> {
        let at = if self.node.value == Value::Null { self.key_at } else { self.node.at };
        Spot { file: self.file.name, at, path: self.path.clone() }
    }

    /// Where its key stands.
    pub(super) fn key_spot(&self) -> Spot<'t> {
        Spot { file: self.file.name, at: self.key_at, path: self.path.clone() }
    }

    /// Where character number `nth` of its text stands.
    pub(super) fn spot_inside(&self, nth: usize) -> Spot<'t> {
        match &self.node.value {
            Value::Scalar(scalar) => Spot {
                file: self.file.name,
                at: mark_in_scalar(self.file.text, self.node.at, scalar, nth),
                path: self.path.clone(),
            },
            _ => self.spot(),
        }
    }

    /// The place of its value, for the model.
    pub(super) fn place(&self) -> Place {
        let Spot { file, at, .. } = self.spot();
        Place { file: file.to_owned(), line: at.line, column: at.column }
    }

    /// Its mapping, whatever the keys are.
    pub(super) fn mapping(&self, log: &mut Log) -> Option<Object<'t>> {
        let Value::Mapping(entries) = &self.node.value else {
            let hint = Hint::WriteAs { example: "key: value".to_owned() };
            log.error(self.spot(), Fact::NotMapping { found: found(self.node) }, hint);
            return None;
        };
        Some(Object { field: self.clone(), entries })
    }

    /// Its mapping, in which only the `known` keys may stand.
    pub(super) fn object(&self, known: &[&str], log: &mut Log) -> Option<Object<'t>> {
        let object = self.mapping(log)?;
        for entry in object.entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let spot = Spot { file: self.file.name, at: entry.key_at, path: join(&self.path, &entry.key) };
            let hint = match nearest(&entry.key, known.iter().copied()) {
                Some(word) => Hint::DidYouMean { word: word.to_owned() },
                None => Hint::OneOf { known: listed(known.iter().copied()) },
            };
            log.error(spot, Fact::UnknownField { field: clipped(&entry.key) }, hint);
        }
        Some(object)
    }

    /// Its items.
    pub(super) fn list(&self, log: &mut Log) -> Option<Vec<Field<'t>>> {
        let Value::List(items) = &self.node.value else {
            let hint = Hint::WriteAs { example: format!("{}: [ … ]", last_name(&self.path)) };
            log.error(self.spot(), Fact::NotList { found: found(self.node) }, hint);
            return None;
        };
        let item = |(nth, node): (usize, &'t Node)| Field {
            file: self.file,
            node,
            key_at: node.at,
            path: format!("{}[{nth}]", self.path),
        };
        Some(items.iter().enumerate().map(item).collect())
    }

    /// Its items, of which there is at least one.
    pub(super) fn filled_list(&self, log: &mut Log) -> Option<Vec<Field<'t>>> {
        let items = self.list(log)?;
        if items.is_empty() {
            let example = format!("{}: [ … ]", last_name(&self.path));
            log.error(self.spot(), Fact::Empty, Hint::WriteAs { example });
            return None;
        }
        Some(items)
    }

    /// Its text: quoted, or bare and neither number nor boolean.
    pub(super) fn text(&self, log: &mut Log) -> Option<&'t str> {
        match &self.node.value {
            Value::Scalar(scalar) if is_text(scalar) => Some(&scalar.text),
            Value::Scalar(scalar) => {
                let hint = Hint::QuoteNumber { text: clipped(&scalar.text) };
                log.error(self.spot(), Fact::NotText { found: found(self.node) }, hint);
                None
            }
            _ => {
                log.error(self.spot(), Fact::NotText { found: found(self.node) }, Hint::QuoteText);
                None
            }
        }
    }

    /// Its text, which is not empty.
    pub(super) fn filled_text(&self, log: &mut Log) -> Option<&'t str> {
        let text = self.text(log)?;
        if text.trim().is_empty() {
            let example = format!("{}: …", last_name(&self.path));
            log.error(self.spot(), Fact::Empty, Hint::WriteAs { example });
            return None;
        }
        Some(text)
    }

    /// Its text of at most `chars_max` characters.
    pub(super) fn text_up_to(&self, chars_max: usize, log: &mut Log) -> Option<&'t str> {
        let text = self.text(log)?;
        let chars = text.chars().count();
        if chars > chars_max {
            log.error(self.spot(), Fact::TooLong { chars, limit: chars_max }, Hint::Shorten);
            return None;
        }
        Some(text)
    }

    /// The scalar as written, whatever its type: for fields whose values often look like numbers.
    pub(super) fn written(&self, log: &mut Log) -> Option<&'t str> {
        match &self.node.value {
            Value::Scalar(scalar) if !scalar.text.is_empty() => Some(&scalar.text),
            _ => self.filled_text(log),
        }
    }

    /// Its boolean.
    pub(super) fn boolean(&self, log: &mut Log) -> Option<bool> {
        let value = match &self.node.value {
            Value::Scalar(scalar) if !scalar.quoted => boolean_of(&scalar.text),
            _ => None,
        };
        if value.is_none() {
            let example = format!("{}: true", last_name(&self.path));
            log.error(self.spot(), Fact::NotBoolean { found: found(self.node) }, Hint::WriteAs { example });
        }
        value
    }

    /// Its number, exactly, and as written.
    pub(super) fn decimal(&self, log: &mut Log) -> Option<(Decimal, &'t str)> {
        if let Value::Scalar(scalar) = &self.node.value {
            match Decimal::parse(&scalar.text) {
                Some(decimal) if !scalar.quoted => return Some((decimal, &scalar.text)),
                Some(_) => {
                    log.error(self.spot(), Fact::NotNumber { found: found(self.node) }, Hint::Unquote);
                    return None;
                }
                None => {}
            }
        }
        let example = format!("{}: 0.999", last_name(&self.path));
        log.error(self.spot(), Fact::NotNumber { found: found(self.node) }, Hint::WriteAs { example });
        None
    }

    /// Its number as a float, for values compared as measured.
    pub(super) fn float(&self, log: &mut Log) -> Option<(f64, &'t str)> {
        let (decimal, text) = self.decimal(log)?;
        let Some(value) = decimal.as_f64() else {
            log.error(self.spot(), Fact::NumberTooLarge { value: clipped(text) }, Hint::Shorten);
            return None;
        };
        Some((value, text))
    }

    /// Its whole number within bounds.
    pub(super) fn whole(&self, least: u32, most: u32, log: &mut Log) -> Option<u32> {
        let (decimal, _) = self.decimal(log)?;
        let value = decimal.whole().filter(|value| (least..=most).contains(value));
        if value.is_none() {
            let example = format!("{}: {}", last_name(&self.path), least.max(1));
            let fact = Fact::NotWhole { found: found(self.node), least, most };
            log.error(self.spot(), fact, Hint::WriteAs { example });
        }
        value
    }

    /// Its duration in shorthand; zero too.
    pub(super) fn shorthand(&self, log: &mut Log) -> Option<Shorthand> {
        let text = self.text(log)?;
        match Shorthand::parse(text) {
            Ok(shorthand) => Some(shorthand),
            Err(ShorthandFault::TooLong) => {
                let fact = Fact::DurationTooLong { value: clipped(text) };
                log.error(self.spot(), fact, Hint::WriteAs { example: "28d".to_owned() });
                None
            }
            Err(ShorthandFault::Malformed(meant)) => {
                let fact = Fact::BadDuration { value: clipped(text) };
                let hint = match meant {
                    Some(word) => Hint::DidYouMean { word },
                    None => Hint::WriteAs { example: "5m, 12h, 28d, 1M".to_owned() },
                };
                log.error(self.spot(), fact, hint);
                None
            }
        }
    }

    /// Its duration in shorthand, at least a minute.
    pub(super) fn length(&self, log: &mut Log) -> Option<Shorthand> {
        let shorthand = self.shorthand(log)?;
        if shorthand.count == 0 {
            log.error(self.spot(), Fact::DurationZero, Hint::WriteAs { example: "1m".to_owned() });
            return None;
        }
        Some(shorthand)
    }

    /// The value its word stands for.
    pub(super) fn choice<T: Copy>(&self, choices: &[(&str, T)], log: &mut Log) -> Option<T> {
        let word = self.filled_text(log)?;
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == word) {
            return Some(*value);
        }
        let names = || choices.iter().map(|(name, _)| *name);
        let hint = match nearest(word, names()) {
            Some(near) => Hint::DidYouMean { word: near.to_owned() },
            None => {
                Hint::WriteAs { example: format!("{}: {}", last_name(&self.path), names().next().unwrap_or_default()) }
            }
        };
        log.error(self.spot(), Fact::UnknownValue { value: clipped(word), known: listed(names()) }, hint);
        None
    }
}

/// A mapping with its name.
#[derive(Clone, Debug)]
pub(super) struct Object<'t> {
    pub(super) field: Field<'t>,
    pub(super) entries: &'t [Entry],
}

impl<'t> Object<'t> {
    /// The field of this name, where it is given and not null.
    pub(super) fn get(&self, key: &str) -> Option<Field<'t>> {
        self.fields().find(|(name, field)| *name == key && field.node.value != Value::Null).map(|(_, field)| field)
    }

    /// All fields with their keys, null or not.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'t str, Field<'t>)> + '_ {
        self.entries.iter().map(|entry| {
            let path = join(&self.field.path, &entry.key);
            let field = Field { file: self.field.file, node: &entry.value, key_at: entry.key_at, path };
            (entry.key.as_str(), field)
        })
    }

    /// The field of this name; where it is missing, the log hears so, with an example.
    pub(super) fn require(&self, key: &str, example: &str, log: &mut Log) -> Option<Field<'t>> {
        let field = self.get(key);
        if field.is_none() {
            let hint = Hint::Add { example: example.to_owned() };
            log.error(self.missing_spot(key), Fact::Missing { field: key.to_owned() }, hint);
        }
        field
    }

    /// Where a missing field is told: where its parent stands; an empty one at its own key.
    pub(super) fn missing_spot(&self, key: &str) -> Spot<'t> {
        let null = self.entries.iter().find(|entry| entry.key == key);
        let at = null.map_or(self.field.key_at, |entry| entry.key_at);
        Spot { file: self.field.file.name, at, path: join(&self.field.path, key) }
    }

    /// `description`, checked for length.
    pub(super) fn description(&self, log: &mut Log) -> Option<String> {
        self.get("description")?.text_up_to(DESCRIPTION_CHARS_MAX, log).map(str::to_owned)
    }

    /// Which of two fields is given: exactly one may be. Tells of both or none at the parent.
    pub(super) fn either(&self, one: &str, other: &str, log: &mut Log) -> Option<Either<'t>> {
        match (self.get(one), self.get(other)) {
            (Some(field), None) => Some(Either::One(field)),
            (None, Some(field)) => Some(Either::Other(field)),
            (Some(_), Some(_)) => {
                self.not_together(one, other, log);
                None
            }
            (None, None) => {
                let fact = Fact::NeitherGiven { one: one.to_owned(), other: other.to_owned() };
                let hint = Hint::Add { example: format!("{one}: …") };
                log.error(self.field.key_spot(), fact, hint);
                None
            }
        }
    }

    /// Tells that two fields exclude each other, where they stand together.
    pub(super) fn not_together(&self, one: &str, other: &str, log: &mut Log) {
        let fact = Fact::NotTogether { one: one.to_owned(), other: other.to_owned() };
        let hint = Hint::KeepOne { one: one.to_owned(), other: other.to_owned() };
        log.error(self.field.key_spot(), fact, hint);
    }
}

/// One of two fields.
pub(super) enum Either<'t> {
    One(Field<'t>),
    Other(Field<'t>),
}

/// The path of a field inside another.
pub(super) fn join(path: &str, key: &str) -> String {
    let key = clipped(key);
    if path.is_empty() { key } else { format!("{path}.{key}") }
}

fn last_name(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// What a node is, in the words of the file.
fn found(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Scalar(scalar) if scalar.quoted => format!("\"{}\"", clipped(&scalar.text)),
        Value::Scalar(scalar) => clipped(&scalar.text),
        Value::List(_) => "[…]".to_owned(),
        Value::Mapping(_) => "{…}".to_owned(),
    }
}

/// Whether a bare scalar is neither boolean nor number by YAML's core schema.
pub(super) fn is_text(scalar: &Scalar) -> bool {
    scalar.quoted || boolean_of(&scalar.text).is_none() && !is_number(&scalar.text)
}

fn boolean_of(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    let prefixed = |prefix: &str, radix: u32| {
        text.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_digit(radix)))
    };
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let special = matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN");
    Decimal::parse(text).is_some() || prefixed("0x", 16) || prefixed("0o", 8) || special
}
