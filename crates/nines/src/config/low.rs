//! Values as written, each with the place it came from.

use super::notify::{self, Defaults, NotifyEntry};
use super::settings::{ALL, Setting};
use super::source::{self, SourceEntry};
use crate::messages::{Kind, Say};
use nines_slo::alert::targets::NotifyPlace;
use nines_slo::model::Place;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// Where a value came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
    /// Nobody gave one.
    Default,
    /// `nines.toml`.
    File {
        /// The file as named.
        file: String,
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
    },
    /// An environment variable.
    Env(String),
    /// A flag.
    Flag(String),
}

impl fmt::Display for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Default => out.write_str("default"),
            Source::File { file, line, column } => write!(out, "{file}:{line}:{column}"),
            Source::Env(name) => write!(out, "environment {name}"),
            Source::Flag(flag) => write!(out, "flag {flag}"),
        }
    }
}

impl Source {
    /// The place in a file; nowhere for any other.
    pub fn place(&self) -> Place {
        match self {
            Source::File { file, line, column } => Place { file: file.clone(), line: *line, column: *column },
            Source::Default | Source::Env(_) | Source::Flag(_) => Place::default(),
        }
    }
}

/// Something wrong with a setting.
#[derive(Clone, PartialEq, Debug)]
pub struct Fault {
    /// Where the value stands.
    pub source: Source,
    /// What is wrong.
    pub fact: Say,
    /// What to do.
    pub hint: Say,
}

/// All settings as written; a repeatable one has several texts.
#[derive(Clone, Debug, Default)]
pub struct Low {
    values: BTreeMap<&'static str, (Vec<String>, Source)>,
    notify: Vec<NotifyEntry>,
    notify_defaults: Option<Defaults>,
    sources: Vec<SourceEntry>,
}

impl Low {
    /// Gathers file, environment and flags, weakest first. `flags` are (setting, values as given).
    pub fn gather(
        file: Option<(&str, &str)>,
        env: &dyn Fn(&str) -> Option<String>,
        flags: &[(Setting, Vec<String>)],
    ) -> (Low, Vec<Fault>) {
        let mut low = Low::default();
        let mut faults = Vec::new();
        if let Some((name, text)) = file {
            low.read_file(name, text, &mut faults);
        }
        for setting in ALL {
            let ours = setting.env();
            for name in setting.foreign_names() {
                // What is set to nothing is not set: other programs' scripts write it so.
                if let Some(value) = env(name).filter(|value| !value.is_empty()) {
                    low.values.insert(setting.key, (vec![value], Source::Env(name.to_owned())));
                }
            }
            if let Some(value) = env(&ours) {
                low.values.insert(setting.key, (vec![value], Source::Env(ours)));
            }
        }
        for (setting, values) in flags {
            if !values.is_empty() {
                low.values.insert(setting.key, (values.clone(), Source::Flag(setting.flag())));
            }
        }
        (low, faults)
    }

    /// The texts of a setting and where they came from; its default where nobody gave one.
    pub fn get(&self, setting: Setting) -> (Vec<String>, Source) {
        self.values.get(setting.key).cloned().unwrap_or_else(|| {
            let values = if setting.default.is_empty() { Vec::new() } else { vec![setting.default.to_owned()] };
            (values, Source::Default)
        })
    }

    /// The file that a setting names, if any. One that the configuration file names lies beside that.
    pub fn path(&self, setting: Setting) -> Option<PathBuf> {
        let (values, source) = self.get(setting);
        let named = values.last().filter(|name| !name.is_empty())?;
        Some(match source {
            Source::File { file, .. } => Path::new(&file).parent().unwrap_or(Path::new("")).join(named),
            Source::Default | Source::Env(_) | Source::Flag(_) => PathBuf::from(named),
        })
    }

    /// Where alerts are told.
    pub fn notify(&self) -> &[NotifyEntry] {
        &self.notify
    }

    /// Which of them are told where nobody else is named.
    pub fn notify_defaults(&self) -> Option<&Defaults> {
        self.notify_defaults.as_ref()
    }

    /// Their names and places, for findings.
    pub fn notify_places(&self) -> Vec<NotifyPlace> {
        self.notify.iter().map(|entry| entry.place(self.notify_defaults())).collect()
    }

    /// What is said of data sources.
    pub fn sources(&self) -> &[SourceEntry] {
        &self.sources
    }

    fn read_file(&mut self, name: &str, text: &str, faults: &mut Vec<Fault>) {
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            Err(error) => {
                let at = error.span().map(|span| span.start).unwrap_or(0);
                let detail = error.message().to_owned();
                faults.push(Fault { source: place(name, text, at), fact: Say::BadToml { detail }, hint: known_keys() });
                return;
            }
        };
        for (key, value) in table.get_ref() {
            let source = place(name, text, key.span().start);
            if key.get_ref().as_ref() == notify::TABLE {
                self.notify = notify::read(value.get_ref(), name, text, faults);
                self.notify_defaults = notify::read_defaults(value.get_ref(), name, text, faults);
                continue;
            }
            if key.get_ref().as_ref() == source::TABLE {
                self.sources = source::read(value.get_ref(), name, text, faults);
                continue;
            }
            match ALL.iter().find(|setting| setting.key == key.get_ref().as_ref()) {
                None => faults.push(unknown_key(key.get_ref(), source)),
                Some(setting) => match texts(value.get_ref(), setting.repeatable) {
                    Some(values) => {
                        self.values.insert(setting.key, (values, source));
                    }
                    None => faults.push(wrong_kind(*setting, source)),
                },
            }
        }
    }
}

fn texts(value: &DeValue<'_>, repeatable: bool) -> Option<Vec<String>> {
    match value {
        DeValue::Array(items) if repeatable => {
            items.iter().map(|item| texts(item.get_ref(), false).and_then(|mut one| one.pop())).collect()
        }
        DeValue::String(text) => Some(vec![text.to_string()]),
        DeValue::Integer(number) => Some(vec![number.to_string()]),
        DeValue::Boolean(truth) => Some(vec![truth.to_string()]),
        _ => None,
    }
}

fn unknown_key(key: &str, source: Source) -> Fault {
    let nearest = nearest(key, ALL.iter().map(|setting| setting.key));
    let hint = nearest.map_or_else(known_keys, |nearest| Say::DidYouMean { nearest });
    Fault { source, fact: Say::UnknownKey { key: key.to_owned() }, hint }
}

fn wrong_kind(setting: Setting, source: Source) -> Fault {
    let wanted = if setting.repeatable { Kind::Texts } else { Kind::Plain };
    let (en, ko) = wanted.both();
    let fact = Say::WrongKind { key: setting.key.to_owned(), en, ko };
    Fault { source, fact, hint: known_keys() }
}

fn known_keys() -> Say {
    let keys: Vec<&str> = ALL.iter().map(|setting| setting.key).chain(["[notify.NAME]", "[source.NAME]"]).collect();
    Say::KnownKeys { keys: keys.join(", ") }
}

/// The known name nearest to `name`, where one is near enough to be meant.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    known
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
        .min()
        .map(|(_, candidate)| candidate.to_owned())
}

/// Where a byte of a file stands.
pub(super) fn place(file: &str, text: &str, offset: usize) -> Source {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Source::File {
        file: file.to_owned(),
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::super::settings;
    use super::*;

    fn no_env(_: &str) -> Option<String> {
        None
    }

    #[test]
    fn flags_win_over_environment_over_file_over_default() {
        let file = "data = \"/from/file\"\nlisten = \"127.0.0.1:1\"\nretention = \"3d\"\n";
        let env = |name: &str| match name {
            "NINES_LISTEN" => Some("127.0.0.1:2".to_owned()),
            "QUERY_PORT" => Some("3".to_owned()),
            "NINES_DATA" => Some("/from/env".to_owned()),
            _ => None,
        };
        let flags = [(settings::DATA, vec!["/from/flag".to_owned()])];
        let (low, faults) = Low::gather(Some(("nines.toml", file)), &env, &flags);
        assert!(faults.is_empty());
        assert_eq!(low.get(settings::DATA), (vec!["/from/flag".into()], Source::Flag("--data".into())));
        assert_eq!(low.get(settings::LISTEN), (vec!["127.0.0.1:2".into()], Source::Env("NINES_LISTEN".into())));
        let at = Source::File { file: "nines.toml".into(), line: 3, column: 1 };
        assert_eq!(low.get(settings::RETENTION), (vec!["3d".into()], at));
        assert_eq!(low.get(settings::MEMORY), (vec!["400MiB".into()], Source::Default));
    }

    #[test]
    fn every_fault_of_a_file_is_told_with_its_place() {
        let (_, faults) = Low::gather(Some(("n.toml", "lisen = \"a\"\nmemory = 1.5\n")), &no_env, &[]);
        let texts: Vec<String> =
            faults.iter().map(|fault| format!("{}: {}; {}", fault.source, fault.fact, fault.hint)).collect();
        assert_eq!(texts.len(), 2, "{texts:?}");
        assert_eq!(texts[0], "n.toml:1:1: unknown key `lisen`; did you mean `listen`?");
        assert!(texts[1].starts_with("n.toml:2:1: `memory` must be"));
    }

    #[test]
    fn a_file_that_is_not_toml_names_the_place() {
        let (_, faults) = Low::gather(Some(("n.toml", "data = \"x\"\nlisten = [\n")), &no_env, &[]);
        assert_eq!(faults.len(), 1);
        assert!(matches!(faults[0].source, Source::File { line: 2, .. }), "{}", faults[0].source);
    }
}
