//! A latency indicator with another limit: for questions of what another promise would have given. Cells hold counts
//! by the limit in force, so spans that are stored have to be asked.

use crate::count::Question;
use crate::model::{Measured, RatioPart, Sli};
use nines_base::{DurationUs, FineMicros};
use nines_trace::filter::term::DurationCompare;
use nines_trace::filter::{Filter, Test};

/// The same indicator with another limit on durations: that of a threshold, or of the terms on `duration` in a ratio's
/// good or bad half. `None` where it has none.
pub fn with_limit(sli: &Sli, limit: DurationUs) -> Option<Sli> {
    match sli {
        Sli::Threshold { total, value: Measured::Duration, op, .. } => {
            Some(Sli::Threshold { total: total.clone(), value: Measured::Duration, op: *op, limit: limit.0 as f64 })
        }
        Sli::Ratio { total, part } => {
            let changed = |filter: &Filter| limited(filter, limit);
            let part = match part {
                RatioPart::Good(good) => RatioPart::Good(changed(good)?),
                RatioPart::Bad(bad) => RatioPart::Bad(changed(bad)?),
            };
            Some(Sli::Ratio { total: total.clone(), part })
        }
        Sli::Grouped { of, .. } => with_limit(of, limit),
        // Stored spans are counted one by one.
        Sli::Counted { .. } | Sli::Throughput { .. } | Sli::Followed(_) => None,
        Sli::Threshold { .. }
        | Sli::Together(_)
        | Sli::OfGroup(_)
        | Sli::Composite(_)
        | Sli::Queried(_)
        | Sli::External { .. } => None,
    }
}

/// Filters of the valid events and of the good ones among them; `None` where spans do not answer, or only the bad
/// ones have a filter.
pub fn counting_filters(sli: &Sli) -> Option<(Filter, Filter)> {
    let question = Question::of(sli)?;
    let good = question.good_filter()?;
    Some((question.valid().clone(), good))
}

fn limited(filter: &Filter, limit: DurationUs) -> Option<Filter> {
    let limit = FineMicros::from_us(limit.0.max(0) as u64);
    let mut terms = filter.terms().to_vec();
    let mut n_changed = 0;
    for term in &mut terms {
        if let Test::Duration(DurationCompare::Ordered(_, of)) = &mut term.test {
            *of = limit;
            n_changed += 1;
        }
    }
    (n_changed > 0).then(|| Filter::from_terms(terms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Comparison;
    use crate::tests::{filter, ratio};

    fn told(sli: &Sli) -> Option<String> {
        let (valid, good) = counting_filters(&with_limit(sli, DurationUs(250_000))?)?;
        Some(format!("{valid} | {good}"))
    }

    #[test]
    fn limits_of_thresholds_and_ratios_change_and_nothing_else_does() {
        let fast = ratio("service=api kind=server", "!error duration<400ms");
        assert_eq!(
            told(&fast).as_deref(),
            Some("service=api kind=server | service=api kind=server !error duration<250ms")
        );
        let threshold = |value| Sli::Threshold { total: filter("service=api"), value, op: Comparison::Lte, limit: 4e5 };
        let found = told(&threshold(Measured::Duration)).unwrap();
        assert!(found.contains("duration<=250ms"), "{found}");
        assert_eq!(told(&threshold(Measured::Tag("age".into()))), None);
        assert_eq!(told(&ratio("service=api", "!error")), None);
    }
}
