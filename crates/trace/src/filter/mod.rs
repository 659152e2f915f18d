//! The filter language: one grammar in SLOs, search box, command line and API.
//!
//! A filter is a list of terms that must all hold on one span: `service=checkout kind=server !error
//! duration<400ms`. Its grammar stands in `docs/guide/filter.md`. Beside its text a filter can be made of
//! terms, which is how Zipkin's query parameters become filters ([`zipkin`]).
//!
//! [`Filter::matches`] asks one span; [`Filter::decide_by_shape`] decides once for many spans that are
//! alike; [`Filter::constraints`] tells an index where to look; [`Filter::implies`] proves that one
//! filter is narrower than another; [`complete::complete`] helps while it is being typed.
//!
//! Does not know where spans come from, nor which names and values exist.

pub mod complete;
mod constraints;
mod eval;
mod implies;
mod meaning;
pub mod messages;
mod print;
mod shape;
pub mod syntax;
pub mod term;
pub mod value;
pub mod zipkin;

#[cfg(test)]
mod tests;

pub use constraints::Constraints;
pub use implies::Proof;
pub use shape::{OpenTerms, Shape, Verdict};
pub use term::{Term, Test};

use messages::{FilterDoubt, FilterFact, FilterHint};
use nines_base::lang::{Lang, Message};
use nines_span::SpanFields;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Characters of a filter's text. A page's address carries the text, and addresses beyond 8 KiB are
/// refused along the way.
pub const FILTER_CHARS_MAX: usize = 8192;

/// Terms of one filter: every span is asked each of them.
pub const TERMS_MAX: usize = 64;

/// Regular expressions of one filter; each may take [`term::PATTERN_BYTES_MAX`] of memory.
pub const PATTERNS_MAX: usize = 16;

/// A parsed filter: terms that must all hold on one span. Without a term it holds on every span. Cloning shares it.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    held: Arc<Held>,
}

/// What clones share.
#[derive(Debug)]
struct Held {
    text: String,
    terms: Vec<Term>,
    /// The terms as the language writes them, once they were asked for: what it means is digested often.
    written: OnceLock<String>,
}

impl PartialEq for Held {
    fn eq(&self, other: &Held) -> bool {
        self.text == other.text && self.terms == other.terms
    }
}

/// Why a text is not a filter: place, fact and next step.
#[derive(Clone, Debug, PartialEq)]
pub struct FilterError {
    /// Characters of the text at fault.
    pub at: Range<usize>,
    /// What is wrong there.
    pub fact: FilterFact,
    /// What to do about it.
    pub hint: FilterHint,
}

impl FilterError {
    /// Fact and next step in one sentence.
    pub fn text(&self, lang: Lang) -> String {
        format!("{}; {}", self.fact.text(lang), self.hint.text(lang))
    }
}

impl fmt::Display for FilterError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "character {}: {}", self.at.start + 1, self.text(Lang::En))
    }
}

impl std::error::Error for FilterError {}

/// Something in a filter that is allowed, but hardly meant.
#[derive(Clone, Debug, PartialEq)]
pub struct FilterWarning {
    /// Characters of the text.
    pub at: Range<usize>,
    /// What is doubtful.
    pub doubt: FilterDoubt,
}

impl Filter {
    /// Parses a filter. An empty text is the filter without terms.
    pub fn parse(text: &str) -> Result<Filter, FilterError> {
        let terms = meaning::read_terms(syntax::written_terms(text)?)?;
        Ok(Filter::of(text.to_owned(), terms))
    }

    /// A filter of these terms. Its text is theirs as the language writes them; Zipkin's conditions
    /// show as `zipkin:…`, which is for reading only.
    pub fn from_terms(terms: Vec<Term>) -> Filter {
        Filter::of(print::print_terms(&terms), terms)
    }

    fn of(text: String, terms: Vec<Term>) -> Filter {
        Filter { held: Arc::new(Held { text, terms, written: OnceLock::new() }) }
    }

    /// Whether the span satisfies every term.
    pub fn matches<S: SpanFields + ?Sized>(&self, span: &S) -> bool {
        self.held.terms.iter().all(|term| eval::term_holds(term, span))
    }

    /// The text it was parsed from.
    pub fn text(&self) -> &str {
        &self.held.text
    }

    /// Its terms, in the order written.
    pub fn terms(&self) -> &[Term] {
        &self.held.terms
    }

    /// Whether it has no term and so holds on every span.
    pub fn is_empty(&self) -> bool {
        self.held.terms.is_empty()
    }

    /// What is allowed in it, but hardly meant.
    pub fn warnings(&self) -> Vec<FilterWarning> {
        meaning::doubts(&self.held.terms)
    }

    /// What a matching span's indexed fields must be.
    pub fn constraints(&self) -> Constraints {
        constraints::of(&self.held.terms)
    }

    /// Decides for all spans of a shape at once, where their common part suffices.
    pub fn decide_by_shape<K: Shape + ?Sized>(&self, shape: &K) -> Verdict {
        shape::decide(&self.held.terms, shape)
    }

    /// The terms that the shape leaves open, as a filter: on a span of the shape it holds exactly
    /// where this one does, provided the verdict is not [`Verdict::Never`].
    pub fn rest_for<K: Shape + ?Sized>(&self, shape: &K) -> Filter {
        Filter::from_terms(shape::open_terms(&self.held.terms, shape))
    }

    /// Which terms the shape leaves open, for [`Filter::open_hold`].
    pub fn open_for<K: Shape + ?Sized>(&self, shape: &K) -> OpenTerms {
        OpenTerms::of(&self.held.terms, shape)
    }

    /// Whether a span of a shape satisfies the terms that the shape left open.
    #[inline]
    pub fn open_hold<S: SpanFields + ?Sized>(&self, open: OpenTerms, span: &S) -> bool {
        self.held.terms.iter().enumerate().all(|(at, term)| !open.has(at) || eval::term_holds(term, span))
    }

    /// Whether every span this filter holds on satisfies `other` too, as far as can be proven term by term.
    pub fn implies(&self, other: &Filter) -> Proof {
        implies::prove(&self.held.terms, &other.held.terms)
    }
}

/// The filter as the language writes it, with the least quoting.
impl fmt::Display for Filter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.held.written.get_or_init(|| print::print_terms(&self.held.terms)))
    }
}
