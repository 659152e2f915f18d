//! Definition files: which ones a path means, whether they can be put in force, and the last good set,
//! kept in the ledger so that a bad edit does not leave a restarted server without SLOs.

use crate::cli::Trouble;
use crate::messages::Say;
use nines_base::Lang;
use nines_base::lang::Message;
use nines_ledger::{Ledger, LedgerError};
use nines_slo::model::Place;
use nines_slo::openslo::messages::{Fact, Hint};
use nines_slo::openslo::{self, Finding, Loaded, Mode, Severity, SourceFile};
use std::io;
use std::path::{Path, PathBuf};

/// The ledger's fact that holds the last good set, as a JSON list of names and texts.
const LAST_GOOD: &str = "definitions/last-good";

/// The ledger's fact that counts the different sets that were good.
const GENERATION: &str = "definitions/generation";

/// Endings of definition files.
pub const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

/// How deep folders are followed: more is a loop of links.
const DEPTH_MAX: usize = 16;

/// A path that cannot be read.
#[derive(Debug)]
pub struct ReadError {
    /// The path.
    pub path: PathBuf,
    /// The system's reason.
    pub source: io::Error,
}

impl ReadError {
    /// As it is told whoever waits for a start.
    fn trouble(&self, lang: Lang) -> Trouble {
        let fact = Say::CannotRead { path: self.path.display().to_string(), reason: self.source.to_string() };
        Trouble::new(lang, fact, Say::CannotReadHint)
    }

    /// As it is told of a set that was refused for it.
    pub fn finding(&self) -> Finding {
        Finding {
            place: Place { file: self.path.display().to_string(), line: 1, column: 1 },
            path: String::new(),
            severity: Severity::Error,
            fact: Fact::CannotRead { reason: self.source.to_string() },
            hint: Hint::MakeReadable,
        }
    }
}

/// The files that `path` means: itself, or all files below it that end so, by name.
pub fn files_of(path: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, ReadError> {
    let mut files = Vec::new();
    let metadata = std::fs::metadata(path).map_err(|source| ReadError { path: path.to_owned(), source })?;
    if metadata.is_dir() {
        walk(path, endings, 0, &mut files)?;
        files.sort();
    } else {
        files.push(path.to_owned());
    }
    Ok(files)
}

fn walk(folder: &Path, endings: &[&str], depth: usize, files: &mut Vec<PathBuf>) -> Result<(), ReadError> {
    let fault = |source| ReadError { path: folder.to_owned(), source };
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            if depth < DEPTH_MAX {
                walk(&path, endings, depth + 1, files)?;
            }
        } else if path.extension().is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
        {
            files.push(path);
        }
    }
    Ok(())
}

/// Reads every definition file that the paths mean, each once.
pub fn read_all(paths: &[PathBuf]) -> Result<Vec<SourceFile>, ReadError> {
    read_ending(paths, &ENDINGS)
}

/// Reads every file that the paths mean, of folders those that end so and are no dashboards, each once.
pub fn read_ending(paths: &[PathBuf], endings: &[&str]) -> Result<Vec<SourceFile>, ReadError> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in paths {
        for file in files_of(path, endings)? {
            if !files.contains(&file) {
                files.push(file);
            }
        }
    }
    let mut read = Vec::new();
    for path in files {
        let is_named = paths.contains(&path);
        let bytes = std::fs::read(&path).map_err(|source| ReadError { path: path.clone(), source })?;
        let file = SourceFile { name: path.display().to_string(), bytes };
        if is_named || !file.is_dashboard() {
            read.push(file);
        }
    }
    Ok(read)
}

/// Where definitions come from: files on disk, or texts in the program (the demo's).
pub enum DefinitionSource {
    /// Folders, watched.
    Folders(Vec<PathBuf>),
    /// Files by name and text.
    Texts(&'static [(&'static str, &'static str)]),
    /// What was in force last: for reading a data directory that no server holds.
    LastGood,
}

impl DefinitionSource {
    /// The folders that are watched.
    pub fn folders(&self) -> &[PathBuf] {
        match self {
            DefinitionSource::Folders(folders) => folders,
            DefinitionSource::Texts(_) | DefinitionSource::LastGood => &[],
        }
    }
}

/// A set of files, read and checked.
pub struct DefinitionSet {
    files: Vec<SourceFile>,
    /// What they define, and what is wrong with them.
    pub loaded: Loaded,
}

impl DefinitionSet {
    /// Reads what the folders hold.
    pub fn read(folders: &[PathBuf]) -> Result<DefinitionSet, ReadError> {
        Ok(DefinitionSet::of(read_all(folders)?))
    }

    fn of(files: Vec<SourceFile>) -> DefinitionSet {
        let loaded = openslo::load(&files, Mode::Spec);
        DefinitionSet { files, loaded }
    }

    /// Whether it may be put in force: all of it, or nothing.
    pub fn is_usable(&self) -> bool {
        self.loaded.usable()
    }

    /// Keeps the set as the last good one: a generation of its own unless it says what the last one said.
    pub fn keep(&mut self, ledger: &dyn Ledger) -> Result<(), LedgerError> {
        let texts: Vec<(&str, String)> = self
            .files
            .iter()
            .map(|file| (file.name.as_str(), String::from_utf8_lossy(&file.bytes).into_owned()))
            .collect();
        // Names and texts always serialise.
        let json = serde_json::to_string(&texts).unwrap_or_default();
        let is_new = ledger.fact(LAST_GOOD)?.is_none_or(|kept| kept != json);
        let generation = generation(ledger)? + u64::from(is_new);
        self.loaded.definitions.generation = generation;
        ledger.set_facts(&[(LAST_GOOD, &json), (GENERATION, &generation.to_string())])
    }

    fn last_good(ledger: &dyn Ledger) -> Result<DefinitionSet, LedgerError> {
        let kept: Vec<(String, String)> =
            ledger.fact(LAST_GOOD)?.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
        let files = kept.into_iter().map(|(name, text)| SourceFile { name, bytes: text.into_bytes() });
        let mut set = DefinitionSet::of(files.collect());
        // A newer version may refuse what an older one took: then there is no good set.
        if !set.is_usable() {
            return Ok(DefinitionSet::of(Vec::new()));
        }
        set.loaded.definitions.generation = generation(ledger)?;
        Ok(set)
    }
}

fn generation(ledger: &dyn Ledger) -> Result<u64, LedgerError> {
    Ok(ledger.fact(GENERATION)?.and_then(|number| number.parse().ok()).unwrap_or_default())
}

/// Logs the faults of a set that was refused.
pub fn warn_of(refused: &[Finding], lang: Lang) {
    for finding in refused {
        tracing::warn!("{}", finding.render(lang).replace('\n', "; "));
    }
    let errors = refused.iter().filter(|finding| finding.severity == Severity::Error).count();
    if errors > 0 {
        tracing::warn!("{}", Say::DefinitionsRefused { errors }.text(lang));
    }
}

/// What a starting server puts in force, and what it refuses.
pub struct Chosen {
    /// In force from now on.
    pub in_force: Loaded,
    /// The findings of a set that could not be.
    pub refused: Vec<Finding>,
}

impl Chosen {
    /// The set there is, or the last good one in its stead.
    pub fn at_start(source: &DefinitionSource, ledger: &dyn Ledger, lang: Lang) -> Result<Chosen, Trouble> {
        let internal = |error: LedgerError| Trouble::internal(lang, &error.into());
        let mut set = match source {
            DefinitionSource::LastGood => {
                let in_force = DefinitionSet::last_good(ledger).map_err(internal)?.loaded;
                return Ok(Chosen { in_force, refused: Vec::new() });
            }
            DefinitionSource::Folders(folders) => DefinitionSet::read(folders).map_err(|error| error.trouble(lang))?,
            DefinitionSource::Texts(texts) => DefinitionSet::of(
                texts
                    .iter()
                    .map(|(name, text)| SourceFile { name: (*name).into(), bytes: text.as_bytes().into() })
                    .collect(),
            ),
        };
        if set.is_usable() {
            set.keep(ledger).map_err(internal)?;
            return Ok(Chosen { in_force: set.loaded, refused: Vec::new() });
        }
        let in_force = DefinitionSet::last_good(ledger).map_err(internal)?.loaded;
        Ok(Chosen { in_force, refused: set.loaded.findings })
    }
}
