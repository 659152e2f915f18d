//! What stands between the two lines `---` at the head of a file, read strictly.
//!
//! A page whose front matter has no `nines` belongs to another tool and is read as if it had none.

use super::ids::is_id;
use super::messages::{Fact, Hint};
use super::model::{Gate, Lock, Param};
use super::read::Log;
use super::uses;
use crate::entry::{Category, Class};
use nines_yaml::{Entry, Mark, Node, Value, clipped, listed, nearest, read_documents};
use regex::Regex;

/// The one version there is.
const VERSION: &str = "runbook/1";

const KEYS: [&str; 8] = ["nines", "id", "title", "service", "trigger", "params", "toil", "require"];

/// Keys by which front matter is taken for ours although it lacks `nines`.
const OWN_KEYS: [&str; 3] = ["params", "toil", "require"];

/// Front matter as read.
#[derive(Default)]
pub(super) struct Front {
    pub(super) is_ours: bool,
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) service: Option<String>,
    pub(super) triggers: Vec<String>,
    pub(super) params: Vec<Param>,
    pub(super) category: Category,
    pub(super) class: Option<Class>,
    pub(super) gate: Option<(Gate, Mark)>,
    pub(super) lock: Option<(Lock, Mark)>,
}

/// Front matter, and the byte at which the body begins. `None` where it never ends.
pub(super) fn read(text: &str, log: &mut Log<'_>) -> Option<(Front, usize)> {
    let first = text.lines().next().unwrap_or_default();
    if first.trim_end() != "---" {
        return Some((Front::default(), 0));
    }
    let begin = (first.len() + 1).min(text.len());
    let mut at = begin;
    for line in text[begin..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            // A blank line in place of the first one keeps the numbers of lines.
            let yaml = format!("\n{}", &text[begin..at]);
            return Some((read_yaml(&yaml, log), at + line.len()));
        }
        at += line.len();
    }
    // A rule at the head of a page looks the same; only keys of ours make it front matter.
    let is_ours = text[begin..].lines().next().is_some_and(|line| line.starts_with("nines:"));
    if is_ours {
        log.error(Mark::START, "", Fact::FrontOpen, Hint::CloseFront);
        return None;
    }
    Some((Front::default(), 0))
}

fn read_yaml(yaml: &str, log: &mut Log<'_>) -> Front {
    let (documents, faults) = read_documents(yaml);
    let entries = match documents.first().map(|node| &node.value) {
        Some(Value::Mapping(entries)) => entries.as_slice(),
        _ => &[],
    };
    let has = |keys: &[&str]| entries.iter().any(|entry| keys.contains(&entry.key.as_str()));
    let says_nines = has(&["nines"]) || yaml.lines().any(|line| line.starts_with("nines:"));
    if !says_nines && !has(&OWN_KEYS) {
        return Front::default();
    }
    for fault in &faults {
        log.error(fault.at, "", Fact::of_text(&fault.fact), Hint::of_text(&fault.hint));
    }
    if !has(&["nines"]) && faults.is_empty() {
        let fact = Fact::Missing { field: "nines".to_owned() };
        log.error(Mark { line: 2, column: 1 }, "nines", fact, Hint::Add { example: format!("nines: {VERSION}") });
    }
    let mut front = Front { is_ours: true, ..Front::default() };
    known_only(entries, &KEYS, "", log);
    for entry in entries {
        front.take(entry, log);
    }
    front
}

impl Front {
    fn take(&mut self, entry: &Entry, log: &mut Log<'_>) {
        let key = entry.key.as_str();
        match key {
            "nines" => check_version(entry, log),
            "id" => self.id = id(entry, log),
            "title" => self.title = word(&entry.value, entry.key_at, key, "title: Restart pay", log).map(str::to_owned),
            "service" => {
                self.service = word(&entry.value, entry.key_at, key, "service: pay", log).map(str::to_owned);
            }
            "trigger" => self.triggers = words(entry, log),
            "params" => self.params = params(entry, log),
            "toil" => self.take_toil(entry, log),
            "require" => self.take_require(entry, log),
            _ => {}
        }
    }

    fn take_toil(&mut self, entry: &Entry, log: &mut Log<'_>) {
        let Some(entries) = mapping(&entry.value, entry.key_at, "toil", "toil: { category: interrupt }", log) else {
            return;
        };
        known_only(entries, &["category", "class"], "toil", log);
        for entry in entries {
            match entry.key.as_str() {
                "category" => {
                    let names: Vec<(&str, Category)> =
                        Category::ALL.iter().map(|(category, name)| (*name, *category)).collect();
                    self.category = choice(entry, "toil.category", &names, log).unwrap_or_default();
                }
                "class" => {
                    let names: Vec<(&str, Class)> = Class::ALL.iter().map(|(class, name)| (*name, *class)).collect();
                    self.class = choice(entry, "toil.class", &names, log);
                }
                _ => {}
            }
        }
    }

    fn take_require(&mut self, entry: &Entry, log: &mut Log<'_>) {
        let Some(entries) = mapping(&entry.value, entry.key_at, "require", "require: { lock: service }", log) else {
            return;
        };
        known_only(entries, &["gate", "lock"], "require", log);
        for entry in entries {
            match entry.key.as_str() {
                "gate" => {
                    self.gate = choice(entry, "require.gate", &Gate::ALL, log).map(|gate| (gate, entry.key_at));
                }
                "lock" => self.lock = lock(entry, log).map(|lock| (lock, entry.key_at)),
                _ => {}
            }
        }
    }
}

fn check_version(entry: &Entry, log: &mut Log<'_>) {
    let example = format!("nines: {VERSION}");
    let Some(version) = word(&entry.value, entry.key_at, "nines", &example, log) else { return };
    if version != VERSION {
        let fact = Fact::OtherVersion { version: clipped(version) };
        log.error(entry.value.at, "nines", fact, Hint::WriteAs { example });
    }
}

fn id(entry: &Entry, log: &mut Log<'_>) -> Option<String> {
    let id = word(&entry.value, entry.key_at, "id", "id: pay-restart", log)?;
    if !is_id(id) {
        log.error(entry.value.at, "id", Fact::BadId { id: clipped(id) }, Hint::WriteId);
        return None;
    }
    Some(id.to_owned())
}

fn lock(entry: &Entry, log: &mut Log<'_>) -> Option<Lock> {
    let name = word(&entry.value, entry.key_at, "require.lock", "lock: service", log)?;
    if !is_id(name) {
        log.error(entry.value.at, "require.lock", Fact::BadId { id: clipped(name) }, Hint::WriteId);
        return None;
    }
    Some(if name == "service" { Lock::Service } else { Lock::Named(name.to_owned()) })
}

fn params(entry: &Entry, log: &mut Log<'_>) -> Vec<Param> {
    let example = "params: { pod: { prompt: \"Pod name\" } }";
    let entries = mapping(&entry.value, entry.key_at, "params", example, log).unwrap_or_default();
    entries.iter().filter_map(|entry| param(entry, log)).collect()
}

fn param(entry: &Entry, log: &mut Log<'_>) -> Option<Param> {
    let (name, path) = (entry.key.clone(), format!("params.{}", clipped(&entry.key)));
    if !uses::is_variable(&name) {
        log.error(entry.key_at, &path, Fact::BadParamName { name: clipped(&name) }, Hint::WriteVariable);
        return None;
    }
    if uses::is_reserved(&name) {
        log.error(entry.key_at, &path, Fact::ReservedName { name }, Hint::OtherName);
        return None;
    }
    let mut param = Param { name, prompt: None, pattern: None, choices: Vec::new(), default: None, at: entry.key_at };
    if entry.value.value == Value::Null {
        return Some(param);
    }
    let fields = mapping(&entry.value, entry.key_at, &path, "pod: { prompt: \"Pod name\" }", log)?;
    known_only(fields, &["prompt", "match", "enum", "default"], &path, log);
    let mut default_at = entry.key_at;
    for field in fields {
        let field_path = format!("{path}.{}", clipped(&field.key));
        let mut text = |example: &str| word(&field.value, field.key_at, &field_path, example, log).map(str::to_owned);
        match field.key.as_str() {
            "prompt" => param.prompt = text("prompt: \"Pod name\""),
            "match" => {
                param.pattern = text("match: \"^[a-z0-9-]+$\"").and_then(|it| pattern(&it, field, &field_path, log))
            }
            "enum" => param.choices = choices(field, &field_path, log),
            "default" => {
                param.default = match &field.value.value {
                    Value::Scalar(scalar) => Some(scalar.text.clone()),
                    _ => text("default: stg"),
                };
                default_at = field.value.at;
            }
            _ => {}
        }
    }
    if let Some(value) = param.default.as_ref().filter(|value| !param.takes(value)) {
        let fact = Fact::BadDefault { value: clipped(value) };
        log.error(default_at, &format!("{path}.default"), fact, Hint::FixDefault);
    }
    Some(param)
}

/// The expression for a whole value, whether its author wrote `^…$` or not.
fn pattern(text: &str, field: &Entry, path: &str, log: &mut Log<'_>) -> Option<Regex> {
    // Bounds what a hostile file makes us build.
    const COMPILED_BYTES_MAX: usize = 1 << 20;
    let whole = |text: &str| {
        // Compiled alone first: `a)(b` closes the group around it.
        Regex::new(text)?;
        regex::RegexBuilder::new(&format!(r"\A(?:{text})\z")).size_limit(COMPILED_BYTES_MAX).build()
    };
    match whole(text) {
        Ok(pattern) => Some(pattern),
        Err(error) => {
            let detail = error.to_string().lines().last().unwrap_or_default().trim().to_owned();
            log.error(field.value.at, path, Fact::BadPattern { detail: clipped(&detail) }, Hint::FixPattern);
            None
        }
    }
}

fn choices(field: &Entry, path: &str, log: &mut Log<'_>) -> Vec<String> {
    let example = "enum: [stg, prod]";
    let Value::List(items) = &field.value.value else {
        let fact = Fact::NotList { found: found(&field.value) };
        log.error(at(&field.value, field.key_at), path, fact, Hint::WriteAs { example: example.to_owned() });
        return Vec::new();
    };
    if items.is_empty() {
        log.error(field.value.at, path, Fact::EmptyEnum, Hint::ListValues);
    }
    items.iter().filter_map(|item| word(item, item.at, path, example, log)).map(str::to_owned).collect()
}

/// One word, or a list of words.
fn words(entry: &Entry, log: &mut Log<'_>) -> Vec<String> {
    let example = "trigger: [alert:PayHigh5xx]";
    let items = match &entry.value.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(&entry.value),
    };
    items
        .iter()
        .filter_map(|item| word(item, at(item, entry.key_at), &entry.key, example, log))
        .map(str::to_owned)
        .collect()
}

fn choice<T: Copy>(entry: &Entry, path: &str, choices: &[(&str, T)], log: &mut Log<'_>) -> Option<T> {
    let names = || choices.iter().map(|(name, _)| *name);
    let word = word(&entry.value, entry.key_at, path, names().next().unwrap_or_default(), log)?;
    if let Some((_, value)) = choices.iter().find(|(name, _)| *name == word) {
        return Some(*value);
    }
    let hint = match nearest(word, names()) {
        Some(near) => Hint::DidYouMean { word: near.to_owned() },
        None => Hint::OneOf { known: listed(names()) },
    };
    log.error(entry.value.at, path, Fact::UnknownValue { value: clipped(word), known: listed(names()) }, hint);
    None
}

fn known_only(entries: &[Entry], known: &[&str], path: &str, log: &mut Log<'_>) {
    for entry in entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
        let hint = match nearest(&entry.key, known.iter().copied()) {
            Some(word) => Hint::DidYouMean { word: word.to_owned() },
            None => Hint::OneOf { known: listed(known.iter().copied()) },
        };
        let key = clipped(&entry.key);
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        log.error(entry.key_at, &path, Fact::UnknownField { field: key }, hint);
    }
}

fn mapping<'n>(node: &'n Node, key_at: Mark, path: &str, example: &str, log: &mut Log<'_>) -> Option<&'n [Entry]> {
    if let Value::Mapping(entries) = &node.value {
        return Some(entries);
    }
    let fact = Fact::NotMapping { found: found(node) };
    log.error(at(node, key_at), path, fact, Hint::WriteAs { example: example.to_owned() });
    None
}

fn word<'n>(node: &'n Node, key_at: Mark, path: &str, example: &str, log: &mut Log<'_>) -> Option<&'n str> {
    if let Value::Scalar(scalar) = &node.value
        && !scalar.text.trim().is_empty()
    {
        return Some(scalar.text.trim());
    }
    let fact = Fact::NotWord { found: found(node) };
    log.error(at(node, key_at), path, fact, Hint::WriteAs { example: example.to_owned() });
    None
}

/// Where a value stands, or its key where it is empty.
fn at(node: &Node, key_at: Mark) -> Mark {
    if node.value == Value::Null { key_at } else { node.at }
}

/// What a node is, in the words of the file.
fn found(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Scalar(scalar) => format!("\"{}\"", clipped(&scalar.text)),
        Value::List(_) => "[…]".to_owned(),
        Value::Mapping(_) => "{…}".to_owned(),
    }
}
