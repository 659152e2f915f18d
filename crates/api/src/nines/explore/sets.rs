//! The spans that match a filter in a window, and a selection among them.

use crate::App;
use crate::nines::problem::Problem;
use crate::nines::request::Asked;
use nines_base::DurationUs;
use nines_span::Span;
use nines_storage::aggregate::AggregateFault;
use nines_storage::{Aggregate, AggregateQuery, Dimension, Gaps, SpanStore, StoreError, Window};
use nines_trace::filter::Filter;
use std::sync::Arc;

/// Window unless told otherwise.
const SINCE_DEFAULT: DurationUs = DurationUs::from_secs(3600);

/// Spans that satisfy a filter and start in a window.
#[derive(Clone, Debug)]
pub(super) struct SpanSet {
    pub filter: Filter,
    pub window: Window,
}

impl SpanSet {
    /// Whether a span is one of them.
    pub fn has(&self, span: &Span) -> bool {
        !span.start.is_none() && self.window.contains(span.start.us) && self.filter.matches(span)
    }

    /// Counts them by dimensions: the `groups_max` largest groups.
    pub fn count(
        &self,
        store: &dyn SpanStore,
        by: Vec<Dimension>,
        groups_max: usize,
        gaps: &mut Gaps,
    ) -> Result<Aggregate, StoreError> {
        match self.question(by, groups_max) {
            Ok(query) => Ok(store.aggregate(&query)?.into_value(gaps)),
            // No dimension here has slices or buckets, and every number of groups asked for is a constant.
            Err(fault) => Err(StoreError::Stopped { detail: fault.to_string() }),
        }
    }

    fn question(&self, by: Vec<Dimension>, groups_max: usize) -> Result<AggregateQuery, AggregateFault> {
        AggregateQuery::new(self.filter.clone(), self.window, by, groups_max, false)
    }
}

/// All spans that are asked about, and some of them.
#[derive(Clone, Debug)]
pub(super) struct Sets {
    pub all: SpanSet,
    pub selected: Option<SpanSet>,
}

impl Sets {
    /// From `q`, `from`, `to`, `since`; and `sel` (further terms), `selFrom`, `selTo`, each of which selects.
    pub fn read(app: &Arc<App>, asked: &Asked) -> Result<Sets, Problem> {
        let all = SpanSet { filter: asked.filter()?, window: asked.window(app, SINCE_DEFAULT)? };
        let (from, to) = (asked.time("selFrom")?, asked.time("selTo")?);
        let terms = asked.text("sel");
        if terms.is_none() && from.is_none() && to.is_none() {
            return Ok(Sets { all, selected: None });
        }
        let selected = SpanSet {
            filter: narrowed(&all.filter, terms.unwrap_or_default(), asked)?,
            window: Window {
                from: from.unwrap_or(all.window.from).max(all.window.from),
                to: to.unwrap_or(all.window.to).min(all.window.to),
            },
        };
        Ok(Sets { all, selected: Some(selected) })
    }
}

/// A filter with further terms: one text, because its limits are those of one filter.
pub(super) fn narrowed(filter: &Filter, terms: &str, asked: &Asked) -> Result<Filter, Problem> {
    Filter::parse(terms).map_err(|error| Problem::selection(asked.lang, &error))?;
    let text = format!("{} {terms}", filter.text());
    Filter::parse(text.trim()).map_err(|error| Problem::selection(asked.lang, &error))
}
