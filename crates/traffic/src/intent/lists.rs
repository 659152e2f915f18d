//! Lists of networks: in the intent file, or in files of their own.

use super::field::{Field, Log};
use super::model::{Intents, List, ListFile};
use super::values::{self, NAME_BYTES_MAX};
use crate::finding::Finding;
use crate::messages::{Fact, Hint};
use crate::net::{Net, number_of};
use nines_yaml::{Mark, Node, Scalar, Style, Value, clipped};
use std::collections::HashMap;

/// Most entries where a list does not say: as large as was measured to load within a second.
pub const ENTRIES_USUAL_MAX: u32 = 100_000;

/// Most entries a list may ask for.
pub const ENTRIES_MAX: u32 = 1_000_000;

/// Reads `lists`.
pub(super) fn read(field: &Field<'_>, log: &mut Log<'_>) -> Vec<List> {
    let Some(object) = field.mapping("lists: { office: [203.0.113.7] }", log) else { return Vec::new() };
    let mut lists = Vec::new();
    for (name, entry) in object.fields() {
        if !values::is_name(name) {
            let fact = Fact::BadListName { name: clipped(name), limit: NAME_BYTES_MAX };
            log.error(entry.key_at, &entry.path, fact, Hint::NameLike { name: name_like(name) });
            continue;
        }
        let place = log.place(entry.key_at);
        let (nets, file) = match &entry.node.value {
            Value::Mapping(entries)
                if entries.iter().any(|entry| entry.key == "file") || !is_address_mapping(&entry) =>
            {
                (Vec::new(), read_file(&entry, log))
            }
            _ => (read_items(&entry, log), None),
        };
        lists.push(List { name: name.to_owned(), nets, file, place });
    }
    lists
}

/// Whether an unquoted address was read as a mapping.
fn is_address_mapping(entry: &Field<'_>) -> bool {
    matches!(&entry.node.value, Value::Mapping(entries) if entries.iter().any(|entry| entry.key.contains(':')))
}

fn read_items(field: &Field<'_>, log: &mut Log<'_>) -> Vec<Net> {
    let mut nets: Vec<Net> = Vec::new();
    let mut seen: HashMap<Net, usize> = HashMap::new();
    for item in field.one_or_many() {
        let Some(text) = item.word("203.0.113.7 or 2001:db8:7::/48", log) else { continue };
        let Some(net) = entry(&item, text, log) else { continue };
        match seen.get(&net) {
            Some(line) => item.fault(log, Fact::ListedTwice { value: clipped(text), line: *line }, Hint::KeepOneOption),
            None => {
                seen.insert(net, item.node.at.line);
                nets.push(net);
            }
        }
    }
    nets
}

fn entry(item: &Field<'_>, text: &str, log: &mut Log<'_>) -> Option<Net> {
    let is_host = values::is_host_name(text) || values::is_name(text);
    if is_host && Net::parse(text).is_none() {
        item.fault(log, Fact::HostName { name: clipped(text) }, Hint::WriteAddress);
        return None;
    }
    values::network(item, text, log)
}

fn read_file(field: &Field<'_>, log: &mut Log<'_>) -> Option<ListFile> {
    let example = "bad: { file: bad.txt, max: 100000, on_missing: keep-last }";
    let object = field.object(&["file", "max", "on_missing"], example, log)?;
    let path = object.require("file", "file: bad.txt", log)?.word("file: bad.txt", log)?.to_owned();
    let max = object.get("max").map(|field| field.whole(1, ENTRIES_MAX, "max: 100000", log));
    let on_missing = object.get("on_missing").map(|field| field.choice(&[("keep-last", true), ("refuse", false)], log));
    let entries_max = max.unwrap_or(Some(ENTRIES_USUAL_MAX))?;
    let keeps_last = on_missing.unwrap_or(Some(false))?;
    Some(ListFile { path, entries_max, keeps_last })
}

fn name_like(name: &str) -> String {
    let letter = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
    let name: String = name.chars().map(letter).take(NAME_BYTES_MAX).collect();
    let name = name.trim_matches(|letter: char| !letter.is_ascii_lowercase()).to_owned();
    if name.is_empty() { "office".to_owned() } else { name }
}

impl Intents {
    /// Puts the content of a list's file into the list: one network a line, `#` begins a comment. What is wrong is told
    /// with its place in that file; a list with a fault stays as it was.
    pub fn fill(&mut self, name: &str, text: &str) -> Vec<Finding> {
        let Some(list) = self.lists.iter_mut().find(|list| list.name == name) else { return Vec::new() };
        let Some(file) = &list.file else { return Vec::new() };
        let mut log = Log { file: &file.path, text, findings: Vec::new() };
        let nets = read_lines(text, file.entries_max, &mut log);
        if log.findings.is_empty() {
            list.nets = merged(nets);
        }
        log.findings
    }
}

fn read_lines(text: &str, entries_max: u32, log: &mut Log<'_>) -> Vec<Net> {
    let mut nets = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let word = line.split(['#', ';']).next().unwrap_or_default();
        let column = 1 + word.chars().take_while(|letter| letter.is_whitespace()).count();
        let word = word.trim();
        if word.is_empty() {
            continue;
        }
        let at = Mark { line: number, column };
        if nets.len() >= entries_max as usize {
            log.error(at, "", Fact::ListTooLong { limit: entries_max }, Hint::RaiseMax);
            break;
        }
        let scalar = Scalar { text: word.to_owned(), style: Style::Plain, quoted: true, begin: 0 };
        let node = Node { at, value: Value::Scalar(scalar) };
        nets.extend(entry(&Field { node: &node, key_at: at, path: String::new() }, word, log));
    }
    nets
}

/// The same addresses in as few networks: those inside others are left out, neighbours joined, sorted.
pub fn merged(nets: Vec<Net>) -> Vec<Net> {
    let mut sorted = nets;
    sorted.sort_by_key(|net| (net.family(), number_of(net.address()), net.length()));
    let mut kept: Vec<Net> = Vec::new();
    for net in sorted {
        if kept.last().is_some_and(|last| last.covers(net)) {
            continue;
        }
        kept.push(net);
        while let [.., one, other] = kept.as_slice() {
            let Some(joined) = joined(*one, *other) else { break };
            kept.truncate(kept.len() - 2);
            kept.push(joined);
        }
    }
    kept
}

/// The network that two halves make together.
fn joined(one: Net, other: Net) -> Option<Net> {
    let length = one.length().filter(|length| *length > 0 && other.length() == Some(*length))?;
    let parent = Net::of_length(one.address(), length - 1);
    (one != other && one.family() == other.family() && parent.covers(other)).then_some(parent)
}
