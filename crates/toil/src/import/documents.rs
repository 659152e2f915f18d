//! Exports in JSON: one document, an array, or one a line, each object with the line it begins on.

use super::{ImportFact, Imported};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Lists in lists that are looked into: pages of an answer, each with its list.
const DEPTH_MAX: usize = 3;

/// An object of an export.
pub(super) struct Document {
    /// Where it begins, from 1.
    pub line: usize,
    /// What it is.
    pub json: Value,
}

/// Objects of an export, in its order; `lists` are members of a document that list them. What cannot be read is refused, and
/// reading goes on with the next line that begins something.
pub(super) fn read(bytes: &[u8], lists: &[&str], imported: &mut Imported) -> Vec<Document> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if is_utf_16(bytes) {
        imported.refuse(1, ImportFact::Utf16);
        return Vec::new();
    }
    let mut reader = Reader { bytes, lines: Lines::default(), lists, documents: Vec::new() };
    reader.read(imported);
    reader.documents
}

/// Whether the bytes say by their mark that they are UTF-16, as spreadsheets write it.
pub(super) fn is_utf_16(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF")
}

/// Lines of offsets that only grow.
#[derive(Default)]
pub(super) struct Lines {
    offset: usize,
    n_ends: usize,
}

impl Lines {
    /// The line, from 1, that an offset is on.
    pub(super) fn at(&mut self, bytes: &[u8], offset: usize) -> usize {
        if offset < self.offset {
            *self = Lines::default();
        }
        let passed = &bytes[self.offset..offset];
        // An end is `\n`, or `\r` that none follows.
        let is_end = |at: usize| match passed[at] {
            b'\n' => true,
            b'\r' => bytes.get(self.offset + at + 1) != Some(&b'\n'),
            _ => false,
        };
        self.n_ends += (0..passed.len()).filter(|at| is_end(*at)).count();
        self.offset = offset;
        self.n_ends + 1
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
    lines: Lines,
    lists: &'b [&'b str],
    documents: Vec<Document>,
}

impl<'b> Reader<'b> {
    fn read(&mut self, imported: &mut Imported) {
        let mut from = 0;
        while let Some((broken, error)) = self.read_until_broken(from, imported) {
            let line = self.lines.at(self.bytes, broken);
            imported.refuse(line, not_json(&error));
            if imported.gives_up(line) {
                return;
            }
            let Some(next) = self.next_start(broken) else { return };
            from = next;
        }
    }

    /// Reads on from an offset. Where something is broken: where it begins, and what is wrong.
    fn read_until_broken(&mut self, from: usize, imported: &mut Imported) -> Option<(usize, serde_json::Error)> {
        let bytes: &'b [u8] = self.bytes;
        let mut taken = from;
        for raw in serde_json::Deserializer::from_slice(&bytes[from..]).into_iter::<&'b RawValue>() {
            match raw {
                Ok(raw) => {
                    taken = self.offset(raw) + raw.get().len();
                    self.value(raw, 0, imported);
                }
                Err(error) => {
                    let blank = bytes[taken..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                    return Some((taken + blank, error));
                }
            }
        }
        None
    }

    /// Where, after something broken, the next line begins that is no continuation: neither indented nor a closing bracket.
    fn next_start(&self, broken: usize) -> Option<usize> {
        let mut from = broken;
        loop {
            from += self.bytes[from..].iter().position(|byte| *byte == b'\n')? + 1;
            match self.bytes.get(from)? {
                b'}' | b']' | b',' => {}
                byte if byte.is_ascii_whitespace() => {}
                _ => return Some(from),
            }
        }
    }

    fn value(&mut self, raw: &'b RawValue, depth: usize, imported: &mut Imported) {
        if depth < DEPTH_MAX
            && let Some(lists) = self.lists_of(raw)
        {
            for item in lists.into_iter().flatten() {
                self.value(item, depth + 1, imported);
            }
            return;
        }
        let offset = self.offset(raw);
        let line = self.lines.at(self.bytes, offset);
        match serde_json::from_str(raw.get()) {
            Ok(json @ Value::Object(_)) => self.documents.push(Document { line, json }),
            Ok(_) => imported.refuse(line, ImportFact::NotThis { expected: "{…}" }),
            Err(error) => imported.refuse(line, not_json(&error)),
        }
    }

    /// What a value lists, if it is a list or has one.
    fn lists_of(&self, raw: &'b RawValue) -> Option<Vec<Vec<&'b RawValue>>> {
        if raw.get().starts_with('[') {
            return serde_json::from_str(raw.get()).ok().map(|items| vec![items]);
        }
        if self.lists.is_empty() || !raw.get().starts_with('{') {
            return None;
        }
        let members: BTreeMap<String, &'b RawValue> = serde_json::from_str(raw.get()).ok()?;
        let lists = self.lists.iter().filter_map(|name| serde_json::from_str(members.get(*name)?.get()).ok());
        Some(lists.collect::<Vec<_>>()).filter(|lists| !lists.is_empty())
    }

    /// Where a value begins: values that were read borrow from the bytes.
    fn offset(&self, raw: &RawValue) -> usize {
        (raw.get().as_ptr() as usize).saturating_sub(self.bytes.as_ptr() as usize).min(self.bytes.len())
    }
}

fn not_json(error: &serde_json::Error) -> ImportFact {
    // Its own place counts from where reading began.
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
    ImportFact::NotJson { reason }
}
