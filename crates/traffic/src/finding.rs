//! A finding: place, property, fact and next step; and the log that collects findings.

use crate::messages::{Fact, Hint};
use nines_base::lang::{Lang, Message};

/// A place in a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Place {
    /// As the user named it.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// How much a finding matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    /// The rules cannot be used.
    Error,
    /// They can, but perhaps do not mean what their author thinks.
    Warning,
}

impl Severity {
    /// As JSON writes it: `error` or `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// Something to know about a file of rules.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// File, line and column.
    pub place: Place,
    /// Property of the file, as `traffic.inbound[0].redirect`; empty where the text itself is at fault.
    pub path: String,
    /// Whether it makes the rules unusable.
    pub severity: Severity,
    /// What is the case.
    pub fact: Fact,
    /// What to do next.
    pub hint: Hint,
}

impl Finding {
    /// Two lines for a person: `error: FILE:LINE:COL: PATH: fact`, then `hint: next step`. The labels are the same in
    /// every language, so that scripts find them.
    pub fn render(&self, lang: Lang) -> String {
        let Place { file, line, column } = &self.place;
        let path = if self.path.is_empty() { String::new() } else { format!("{}: ", self.path) };
        let (label, fact, next) = (self.severity.name(), self.fact.text(lang), self.hint.text(lang));
        format!("{label}: {file}:{line}:{column}: {path}{fact}\nhint: {next}")
    }
}

impl Message for Finding {
    fn text(&self, lang: Lang) -> String {
        self.render(lang)
    }
}
