//! What is asked, worked out once for all segments and blocks.

use crate::block::{BlockTables, Bounds, ValueKey};
use nines_span::{SpanFields, error};
use nines_storage::{AggregateQuery, Dimension};
use nines_trace::filter::term::{Flag, ZipkinTest};
use nines_trace::filter::{Constraints, Filter, Term, Test};

/// A question with what follows from it.
pub struct Question<'q> {
    pub query: &'q AggregateQuery,
    /// The window's part that starts can lie in.
    pub window: Bounds,
    pub constraints: Constraints,
    /// Each term of the filter alone.
    pub terms: Vec<Filter>,
    /// Tags that are looked at: the filter's, the dimensions', and those that say whether a span failed.
    keys: Vec<&'q str>,
    /// Whether the filter asks for ids of spans or parents, which a frame tells and an outline does not.
    pub needs_ids: bool,
    /// Whether it asks for events, which only whole rows tell.
    pub needs_whole_rows: bool,
}

impl<'q> Question<'q> {
    /// Works a question out; `None` when no start can lie in its window.
    pub fn new(query: &'q AggregateQuery) -> Option<Question<'q>> {
        let window = Bounds { min_us: query.first_us(), max_us: query.last_us() };
        if window.is_empty() || query.window().to.0 < 0 {
            return None;
        }
        let terms = query.filter().terms();
        let of_filter = terms.iter().filter_map(|term| tag_key(&term.test));
        let of_dimensions = query.by().iter().filter_map(|dimension| match dimension {
            Dimension::Tag(key) => Some(key.as_str()),
            _ => None,
        });
        let mut keys: Vec<&str> = of_filter.chain(of_dimensions).chain(error::TAGS_CONSULTED).collect();
        keys.sort_unstable();
        keys.dedup();
        Some(Question {
            query,
            window,
            constraints: query.filter().constraints(),
            terms: terms.iter().map(|term: &Term| Filter::from_terms(vec![term.clone()])).collect(),
            keys,
            needs_ids: terms.iter().any(|term| asks_id(&term.test)),
            needs_whole_rows: terms.iter().any(|term| asks_event(&term.test)),
        })
    }

    /// Whether a start lies in the window; one of 0 may be none, which its nanoseconds tell.
    #[inline]
    pub fn starts_inside(&self, start_us: u64, start_ns: impl FnOnce() -> u16) -> bool {
        self.window.min_us <= start_us && start_us <= self.window.max_us && (start_us != 0 || start_ns() != 0)
    }

    /// Whether a span counts (AGG-1).
    pub fn counts<S: SpanFields + ?Sized>(&self, span: &S) -> bool {
        let start = span.start();
        // AGG-1: its own start decides, not that of its trace.
        self.starts_inside(start.us, || start.sub_ns) && self.query.filter().matches(span)
    }

    /// Whether the values of a column are looked at.
    pub fn wants(&self, column: &ValueKey, tables: &BlockTables) -> bool {
        let tag = column.tag().map(|name| tables.tables.names.get(name));
        tag.is_some_and(|tag| self.keys.binary_search(&tag).is_ok())
    }
}

/// The tag a test looks at, if its value decides.
pub fn tag_key(test: &Test) -> Option<&str> {
    match test {
        Test::Tag { key, .. } | Test::Zipkin(ZipkinTest::Tag { key, .. }) => Some(key),
        _ => None,
    }
}

/// Whether a test asks what an outline and values do not tell.
pub fn needs_whole_row(test: &Test) -> bool {
    asks_id(test) || asks_event(test)
}

fn asks_id(test: &Test) -> bool {
    matches!(test, Test::Id(_) | Test::Flag(Flag::Root))
}

fn asks_event(test: &Test) -> bool {
    matches!(test, Test::Zipkin(ZipkinTest::AnnotationOrKey(_)))
}
