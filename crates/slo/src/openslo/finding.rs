//! What is told of definitions, and the log that collects it.

use super::Mode;
use super::messages::{Fact, Hint};
use crate::model::Place;
use nines_yaml::Mark;
pub use nines_yaml::Severity;
use std::collections::BTreeMap;

/// Something to know about a file of definitions.
pub type Finding = nines_yaml::Finding<Fact, Hint>;

/// Where a finding stands: file, mark and property path.
pub(super) struct Spot<'t> {
    pub(super) file: &'t str,
    pub(super) at: Mark,
    pub(super) path: String,
}

/// Findings told of one file; a file with more faults than this is not mended one by one, and telling
/// of millions would take more memory than the file.
pub(super) const FINDINGS_PER_FILE_MAX: usize = 1000;

/// Collects findings while the files are read.
pub(super) struct Log {
    pub(super) mode: Mode,
    by_file: BTreeMap<String, OfFile>,
}

/// What is told of one file.
#[derive(Default)]
struct OfFile {
    findings: Vec<Finding>,
    n_beyond: usize,
    error_beyond: bool,
}

impl Log {
    pub(super) fn new(mode: Mode) -> Log {
        Log { mode, by_file: BTreeMap::new() }
    }

    /// All findings of a file, in the order of their places, and how many there are beyond.
    pub(super) fn take_ordered(&mut self, file: &str) -> Vec<Finding> {
        let Some(OfFile { mut findings, n_beyond, error_beyond }) = self.by_file.remove(file) else {
            return Vec::new();
        };
        findings.sort_by_key(|finding| (finding.place.line, finding.place.column));
        if n_beyond > 0 {
            let place = findings.last().map_or_else(Place::default, |finding| finding.place.clone());
            let severity = if error_beyond { Severity::Error } else { Severity::Warning };
            let fact = Fact::MoreFindings { n: n_beyond };
            findings.push(Finding { place, path: String::new(), severity, fact, hint: Hint::FixThese });
        }
        findings
    }

    pub(super) fn error(&mut self, spot: Spot<'_>, fact: Fact, hint: Hint) {
        self.tell(Severity::Error, spot, fact, hint);
    }

    pub(super) fn warning(&mut self, spot: Spot<'_>, fact: Fact, hint: Hint) {
        self.tell(Severity::Warning, spot, fact, hint);
    }

    /// A point on which the specification's text and its SDK differ: how much it matters is the mode's.
    pub(super) fn by_mode(&mut self, severity: ByMode, spot: Spot<'_>, fact: Fact, hint: Hint) {
        let chosen = match self.mode {
            Mode::Spec => severity.spec,
            Mode::Sdk => severity.sdk,
            Mode::Lenient => severity.lenient,
        };
        if let Some(chosen) = chosen {
            self.tell(chosen, spot, fact, hint);
        }
    }

    fn tell(&mut self, severity: Severity, spot: Spot<'_>, fact: Fact, hint: Hint) {
        if !self.by_file.contains_key(spot.file) {
            self.by_file.insert(spot.file.to_owned(), OfFile::default());
        }
        let Some(of_file) = self.by_file.get_mut(spot.file) else { return };
        if of_file.findings.len() >= FINDINGS_PER_FILE_MAX {
            of_file.n_beyond += 1;
            of_file.error_beyond |= severity == Severity::Error;
            return;
        }
        let place = Place { file: spot.file.to_owned(), line: spot.at.line, column: spot.at.column };
        of_file.findings.push(Finding { place, path: spot.path, severity, fact, hint });
    }
}

/// What a point matters in each mode; none is silence.
#[derive(Clone, Copy)]
pub(super) struct ByMode {
    pub(super) spec: Option<Severity>,
    pub(super) sdk: Option<Severity>,
    pub(super) lenient: Option<Severity>,
}

impl ByMode {
    /// Allowed by the specification's text, refused by the SDK.
    pub(super) const SDK_REFUSES: ByMode =
        ByMode { spec: Some(Severity::Warning), sdk: Some(Severity::Error), lenient: Some(Severity::Warning) };
    /// As [`ByMode::SDK_REFUSES`], and not worth a word to whoever asked for leniency.
    pub(super) const SDK_REFUSES_QUIETLY: ByMode =
        ByMode { spec: Some(Severity::Warning), sdk: Some(Severity::Error), lenient: None };
    /// Refused by the specification's text, allowed by the SDK.
    pub(super) const SPEC_REFUSES: ByMode =
        ByMode { spec: Some(Severity::Error), sdk: Some(Severity::Warning), lenient: Some(Severity::Warning) };
    /// Refused by both, borne in lenient mode.
    pub(super) const BOTH_REFUSE: ByMode =
        ByMode { spec: Some(Severity::Error), sdk: Some(Severity::Error), lenient: Some(Severity::Warning) };
}
