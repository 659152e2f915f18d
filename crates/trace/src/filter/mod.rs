//! The filter language: one grammar in SLOs, search box, command line and API.

use nines_span::SpanFields;
use std::ops::Range;

/// A parsed filter: terms that must all hold on one span.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    text: String,
}

/// Why a text is not a filter.
#[derive(Clone, Debug, PartialEq)]
pub struct FilterError {
    /// Characters of the text at fault.
    pub at: Range<usize>,
    /// What is wrong there.
    pub fact: String,
}

impl Filter {
    /// Parses a filter.
    pub fn parse(text: &str) -> Result<Filter, FilterError> {
        Ok(Filter { text: text.to_owned() })
    }

    /// Whether the span satisfies every term.
    pub fn matches<S: SpanFields + ?Sized>(&self, _span: &S) -> bool {
        true
    }

    /// The text it was parsed from.
    pub fn text(&self) -> &str {
        &self.text
    }
}
