//! Strict reading of a tree: typed access to fields that knows where each stands and what it is called, and tells the
//! log of everything that is missing, unknown or of the wrong type.

use crate::finding::{Finding, Place, Severity};
use crate::messages::{Fact, Hint};
use nines_yaml::{Entry, Mark, Node, Value, clipped, listed, mark_in_scalar, nearest};

/// Findings told of one file; a file with more faults than this is not mended one by one.
pub(super) const FINDINGS_MAX: usize = 1000;

/// Collects findings while a file is read.
pub(super) struct Log<'t> {
    pub(super) file: &'t str,
    pub(super) text: &'t str,
    pub(super) findings: Vec<Finding>,
}

impl Log<'_> {
    pub(super) fn error(&mut self, at: Mark, path: &str, fact: Fact, hint: Hint) {
        if self.findings.len() < FINDINGS_MAX {
            let place = self.place(at);
            self.findings.push(Finding { place, path: path.to_owned(), severity: Severity::Error, fact, hint });
        }
    }

    pub(super) fn place(&self, at: Mark) -> Place {
        Place { file: self.file.to_owned(), line: at.line, column: at.column }
    }
}

/// A node with its name.
#[derive(Clone, Debug)]
pub(super) struct Field<'t> {
    pub(super) node: &'t Node,
    /// Where its key stands; an item of a list has none and stands for itself.
    pub(super) key_at: Mark,
    /// As `traffic.inbound[0].allow`.
    pub(super) path: String,
}

impl<'t> Field<'t> {
    pub(super) fn root(node: &'t Node) -> Field<'t> {
        Field { node, key_at: node.at, path: String::new() }
    }

    /// Where its value stands, or its key where the value is empty.
    pub(super) fn at(&self) -> Mark {
        if self.node.value == Value::Null { self.key_at } else { self.node.at }
    }

    pub(super) fn fault(&self, log: &mut Log<'_>, fact: Fact, hint: Hint) {
        log.error(self.at(), &self.path, fact, hint);
    }

    /// A fault at a character of its text.
    pub(super) fn fault_inside(&self, log: &mut Log<'_>, nth: usize, fact: Fact, hint: Hint) {
        let at = match &self.node.value {
            Value::Scalar(scalar) => mark_in_scalar(log.text, self.node.at, scalar, nth),
            _ => self.at(),
        };
        log.error(at, &self.path, fact, hint);
    }

    /// Its mapping, whatever the keys are.
    pub(super) fn mapping(&self, example: &str, log: &mut Log<'_>) -> Option<Object<'t>> {
        if let Value::Mapping(entries) = &self.node.value {
            return Some(Object { field: self.clone(), entries });
        }
        self.fault(log, Fact::NotMapping { found: found(self.node) }, Hint::WriteAs { example: example.to_owned() });
        None
    }

    /// Its mapping, in which only the `known` keys may stand.
    pub(super) fn object(&self, known: &[&str], example: &str, log: &mut Log<'_>) -> Option<Object<'t>> {
        let object = self.mapping(example, log)?;
        for entry in object.entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let meant = synonym(&entry.key).filter(|word| known.contains(word));
            let hint = match meant.or_else(|| nearest(&entry.key, known.iter().copied())) {
                Some(word) => Hint::DidYouMean { word: word.to_owned() },
                None => Hint::OneOf { known: listed(known.iter().copied()) },
            };
            let path = join(&self.path, &entry.key);
            log.error(entry.key_at, &path, Fact::UnknownField { field: clipped(&entry.key) }, hint);
        }
        Some(object)
    }

    /// Its items.
    pub(super) fn items(&self, example: &str, log: &mut Log<'_>) -> Option<Vec<Field<'t>>> {
        let Value::List(items) = &self.node.value else {
            self.fault(log, Fact::NotList { found: found(self.node) }, Hint::WriteAs { example: example.to_owned() });
            return None;
        };
        Some(self.nodes(items))
    }

    fn nodes(&self, items: &'t [Node]) -> Vec<Field<'t>> {
        let item =
            |(nth, node): (usize, &'t Node)| Field { node, key_at: node.at, path: format!("{}[{nth}]", self.path) };
        items.iter().enumerate().map(item).collect()
    }

    /// Its items, or itself alone.
    pub(super) fn one_or_many(&self) -> Vec<Field<'t>> {
        match &self.node.value {
            Value::List(items) => self.nodes(items),
            _ => vec![self.clone()],
        }
    }

    /// What it says, as written.
    pub(super) fn word(&self, example: &str, log: &mut Log<'_>) -> Option<&'t str> {
        match &self.node.value {
            Value::Scalar(scalar) if !scalar.text.trim().is_empty() => return Some(scalar.text.trim()),
            Value::Scalar(_) | Value::Null => {
                self.fault(log, Fact::Empty, Hint::WriteAs { example: example.to_owned() })
            }
            // An address such as 2001:db8:: ends in a colon, which makes it a key without a value.
            Value::Mapping(entries) if entries.iter().any(|entry| looks_like_address(&entry.key)) => {
                let text = entries.first().map(|entry| clipped(&entry.key)).unwrap_or_default();
                self.fault(log, Fact::AddressReadAsMapping { text: text.clone() }, Hint::QuoteAddress { text });
            }
            _ => {
                let fact = Fact::NotText { found: found(self.node) };
                self.fault(log, fact, Hint::WriteAs { example: example.to_owned() });
            }
        }
        None
    }

    /// Yes or no.
    pub(super) fn boolean(&self, example: &str, log: &mut Log<'_>) -> Option<bool> {
        match self.word(example, log)? {
            "yes" | "true" | "True" | "TRUE" => Some(true),
            "no" | "false" | "False" | "FALSE" => Some(false),
            _ => {
                self.fault(
                    log,
                    Fact::NotBoolean { found: found(self.node) },
                    Hint::WriteAs { example: example.to_owned() },
                );
                None
            }
        }
    }

    /// Its whole number within bounds.
    pub(super) fn whole(&self, least: u32, most: u32, example: &str, log: &mut Log<'_>) -> Option<u32> {
        let text = self.word(example, log)?;
        let value = text.parse().ok().filter(|value| (least..=most).contains(value));
        if value.is_none() {
            let fact = Fact::NotWhole { found: found(self.node), least, most };
            self.fault(log, fact, Hint::WriteAs { example: example.to_owned() });
        }
        value
    }

    /// The value its word stands for.
    pub(super) fn choice<T: Copy>(&self, choices: &[(&str, T)], log: &mut Log<'_>) -> Option<T> {
        let names = || choices.iter().map(|(name, _)| *name);
        let word = self.word(names().next().unwrap_or_default(), log)?;
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == word) {
            return Some(*value);
        }
        let meant = synonym(word).filter(|word| names().any(|name| name == *word));
        let hint = match meant.or_else(|| nearest(word, names())) {
            Some(near) => Hint::DidYouMean { word: near.to_owned() },
            None => Hint::OneOf { known: listed(names()) },
        };
        self.fault(log, Fact::UnknownValue { value: clipped(word), known: listed(names()) }, hint);
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
    /// The field of this name, where it is given; null is given.
    pub(super) fn get(&self, key: &str) -> Option<Field<'t>> {
        self.fields().find(|(name, _)| *name == key).map(|(_, field)| field)
    }

    /// All fields with their keys.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'t str, Field<'t>)> + '_ {
        self.entries.iter().map(|entry| {
            let path = join(&self.field.path, &entry.key);
            (entry.key.as_str(), Field { node: &entry.value, key_at: entry.key_at, path })
        })
    }

    /// The field of this name; where it is missing, the log hears so, with an example.
    pub(super) fn require(&self, key: &str, example: &str, log: &mut Log<'_>) -> Option<Field<'t>> {
        let field = self.get(key);
        if field.is_none() {
            let hint = Hint::Add { example: example.to_owned() };
            let path = join(&self.field.path, key);
            log.error(self.field.key_at, &path, Fact::Missing { field: key.to_owned() }, hint);
        }
        field
    }
}

/// Our word for a word of iptables or of others.
fn synonym(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "accept" | "permit" | "pass" | "open" => "allow",
        "drop" | "block" => "deny",
        "refuse" => "reject",
        "dnat" => "forward",
        "source" | "src" | "sources" => "from",
        "rate" | "ratelimit" => "limit",
        "snat" => "masquerade",
        _ => return None,
    })
}

/// The path of a field inside another.
pub(super) fn join(path: &str, key: &str) -> String {
    let key = clipped(key);
    if path.is_empty() { key } else { format!("{path}.{key}") }
}

fn looks_like_address(key: &str) -> bool {
    key.contains(':') && key.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':')
}

/// What a node is, in the words of the file.
pub(super) fn found(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Scalar(scalar) if scalar.quoted => format!("\"{}\"", clipped(&scalar.text)),
        Value::Scalar(scalar) => clipped(&scalar.text),
        Value::List(_) => "[…]".to_owned(),
        Value::Mapping(_) => "{…}".to_owned(),
    }
}
