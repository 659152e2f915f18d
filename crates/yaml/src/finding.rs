//! A finding: place, property, fact and next step. What facts and next steps there are is whose file it is to say.

use nines_base::lang::{Lang, Message};

/// A place in a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Place {
    /// File as the user named it.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
}

/// How much a finding matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    /// What the file says cannot be used.
    Error,
    /// It can, but perhaps does not mean what its author thinks.
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

/// Something to know about a file.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding<F, H> {
    /// File, line and column.
    pub place: Place,
    /// Property of the file, as `spec.objectives[0].target`; empty where the text itself is at fault.
    pub path: String,
    /// Whether it makes the file unusable.
    pub severity: Severity,
    /// What is the case.
    pub fact: F,
    /// What to do next.
    pub hint: H,
}

impl<F: Message, H: Message> Finding<F, H> {
    /// Two lines for a person: `error: FILE:LINE:COL: PATH: fact`, then `hint: next step`. The two labels are the
    /// same in every language, so that scripts find them.
    pub fn render(&self, lang: Lang) -> String {
        let Place { file, line, column } = &self.place;
        let label = self.severity.name();
        let path = if self.path.is_empty() { String::new() } else { format!("{}: ", self.path) };
        let (fact, next) = (self.fact.text(lang), self.hint.text(lang));
        format!("{label}: {file}:{line}:{column}: {path}{fact}\nhint: {next}")
    }
}

impl<F: Message, H: Message> Message for Finding<F, H> {
    fn text(&self, lang: Lang) -> String {
        self.render(lang)
    }
}
