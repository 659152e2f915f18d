//! Tables of `nines.toml` that have one entry for each name: `[notify.NAME]`, `[source.NAME]`. There are no flags and no
//! variables for them: an entry is a handful of values that belong together, and its key stands in a file of its own.

use super::low::{Fault, Source, nearest, place};
use super::values;
use crate::messages::{Kind, Say};
use nines_notify::Secret;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::DeValue;

/// A file with a key, and where it is named.
pub type KeyFile = (PathBuf, Source);

/// Reads the entries of one table, and tells what is wrong with them.
pub struct TableReader<'a, 'f> {
    /// The table's name; with an entry's while that is read.
    pub path: String,
    file: &'a str,
    text: &'a str,
    keys: &'static [&'static str],
    faults: &'f mut Vec<Fault>,
}

/// The fields of an entry: key, its place, value.
pub type Fields<'v, 'd> = Vec<(&'v str, Source, &'v Spanned<DeValue<'d>>)>;

impl<'a, 'f> TableReader<'a, 'f> {
    /// Of the table `name` in a file, whose entries have these keys.
    pub fn new(
        name: &str,
        file: &'a str,
        text: &'a str,
        keys: &'static [&'static str],
        faults: &'f mut Vec<Fault>,
    ) -> TableReader<'a, 'f> {
        TableReader { path: name.to_owned(), file, text, keys, faults }
    }

    /// Reads each entry of the table by `read`, but for a value that is no entry under a name of ours.
    pub fn entries<T>(
        &mut self,
        table: &DeValue<'_>,
        own_name: Option<&str>,
        mut read: impl FnMut(&mut TableReader<'_, '_>, &str, Source, &Fields<'_, '_>) -> Option<T>,
    ) -> Vec<T> {
        let wanted = Kind::TableOfNames { table: self.path.clone() };
        let DeValue::Table(entries) = table else {
            self.fault_at("", &wanted, place(self.file, self.text, 0));
            return Vec::new();
        };
        let mut found = Vec::new();
        let is_own = |name: &str, entry: &DeValue<'_>| own_name == Some(name) && !matches!(entry, DeValue::Table(_));
        for (name, entry) in entries.iter().filter(|(name, entry)| !is_own(name.get_ref(), entry.get_ref())) {
            let source = place(self.file, self.text, name.span().start);
            let path = format!("{}.{}", self.path, name.get_ref());
            let mut reader =
                TableReader { path, file: self.file, text: self.text, keys: self.keys, faults: self.faults };
            let DeValue::Table(fields) = entry.get_ref() else {
                reader.fault_at("", &wanted, source);
                continue;
            };
            let at = |key: &Spanned<_>| place(reader.file, reader.text, key.span().start);
            let fields: Fields<'_, '_> =
                fields.iter().map(|(key, value)| (key.get_ref().as_ref(), at(key), value)).collect();
            found.extend(read(&mut reader, name.get_ref(), source, &fields));
        }
        found
    }

    /// How many faults were told so far.
    pub fn n_faults(&self) -> usize {
        self.faults.len()
    }

    /// Tells a fault.
    pub fn fault(&mut self, source: &Source, fact: Say, hint: Say) {
        self.faults.push(Fault { source: source.clone(), fact, hint });
    }

    /// Tells of a key that no entry has.
    pub fn unknown(&mut self, key: &str, at: &Source) {
        let fact = Say::UnknownKey { key: format!("{}.{key}", self.path) };
        let keys = self.keys;
        let known = || Say::KnownKeys { keys: keys.join(", ") };
        let hint = nearest(key, keys.iter().copied()).map_or_else(known, |nearest| Say::DidYouMean { nearest });
        self.fault(at, fact, hint);
    }

    /// A text.
    pub fn text_of(&mut self, key: &str, value: &Spanned<DeValue<'_>>, at: &Source) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            _ => {
                self.wrong(key, &Kind::Text, at);
                None
            }
        }
    }

    /// A list of texts, or one.
    pub fn texts(&mut self, key: &str, value: &Spanned<DeValue<'_>>, at: &Source) -> Vec<String> {
        texts_of(value.get_ref()).unwrap_or_else(|| {
            self.wrong(key, &Kind::Texts, at);
            Vec::new()
        })
    }

    /// `true` or `false`.
    pub fn truth(&mut self, key: &str, value: &Spanned<DeValue<'_>>, at: &Source) -> bool {
        match value.get_ref() {
            DeValue::Boolean(truth) => *truth,
            _ => {
                self.wrong(key, &Kind::Truth, at);
                false
            }
        }
    }

    /// A file beside the configuration.
    pub fn file_of(&mut self, key: &str, value: &Spanned<DeValue<'_>>, at: &Source) -> Option<KeyFile> {
        let folder = Path::new(self.file).parent().unwrap_or(Path::new(""));
        self.text_of(key, value, at).map(|path| (folder.join(path), at.clone()))
    }

    fn wrong(&mut self, key: &str, wanted: &Kind, at: &Source) {
        self.fault_at(key, wanted, at.clone());
    }

    fn fault_at(&mut self, key: &str, wanted: &Kind, source: Source) {
        let key = if key.is_empty() { self.path.clone() } else { format!("{}.{key}", self.path) };
        let (en, ko) = wanted.both();
        let fact = Say::WrongKind { key, en, ko };
        self.faults.push(Fault { source, fact, hint: Say::KnownKeys { keys: self.keys.join(", ") } });
    }
}

/// A list of texts, or one; `None` where it is something else.
pub fn texts_of(value: &DeValue<'_>) -> Option<Vec<String>> {
    let one = |value: &DeValue<'_>| match value {
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    };
    match value {
        DeValue::Array(items) => items.iter().map(|item| one(item.get_ref())).collect(),
        single => one(single).map(|text| vec![text]),
    }
}

/// The key that a file holds.
pub fn read_key((path, source): &KeyFile) -> Result<Secret, Box<Fault>> {
    values::secret(path).map_err(|(fact, hint)| Box::new(Fault { source: source.clone(), fact, hint }))
}
