//! A latency indicator with another limit: for questions of what another promise would have given. Cells hold counts
//! by the limit in force, so spans that are stored have to be asked.

use crate::count::Question;
use crate::model::{Measured, RatioPart, Sli};
use nines_base::{DurationUs, FineMicros};
use nines_trace::filter::term::{DurationCompare, Order};
use nines_trace::filter::{Filter, Term, Test};

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

/// An indicator as its spans are drawn over time and duration: which are valid, and which of them the limit decides.
#[derive(Clone, Debug)]
pub struct ByDuration {
    /// Valid events.
    pub valid: Filter,
    /// The good (or bad) part of them, but for the limit.
    pub part: Filter,
    /// Whether `part` holds the good ones: what it leaves out is bad whatever it took.
    pub is_part_good: bool,
    /// Spans of `part` that take longer are bad; `None` where durations do not decide.
    pub limit: Option<DurationUs>,
}

impl ByDuration {
    /// Of an indicator whose events are spans, each by itself; `None` for any other.
    pub fn of(sli: &Sli) -> Option<ByDuration> {
        if sli.is_of_several_spans() || sli.throughput().is_some() {
            return None;
        }
        let question = Question::of(sli)?;
        let (part, is_part_good) = match question.part() {
            RatioPart::Good(good) => (good, true),
            RatioPart::Bad(bad) => (bad, false),
        };
        let mut terms = part.terms().to_vec();
        let limit_at = terms.iter().position(|term| slow_limit(term, is_part_good).is_some());
        let limit = limit_at.and_then(|at| slow_limit(&terms.remove(at), is_part_good));
        let asked_already = |term: &&Term| question.valid().terms().iter().any(|known| known.same(term));
        let more = terms.iter().filter(|term| !asked_already(term));
        let part = Filter::from_terms(question.valid().terms().iter().chain(more).cloned().collect());
        Some(ByDuration { valid: question.valid().clone(), part, is_part_good, limit })
    }
}

/// The duration above which a term makes an event bad, if it does.
fn slow_limit(term: &Term, is_part_good: bool) -> Option<DurationUs> {
    let Test::Duration(DurationCompare::Ordered(order, limit)) = &term.test else { return None };
    let holds_below = matches!(order, Order::Lt | Order::Le) != term.negated;
    let limit = i64::try_from(limit.us).ok().map(DurationUs);
    limit.filter(|_| holds_below == is_part_good)
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

    #[test]
    fn what_a_limit_decides_is_told_from_what_is_bad_anyway() {
        let drawn = |sli: &Sli| {
            let ByDuration { valid, part, is_part_good, limit } = ByDuration::of(sli)?;
            Some(format!("{valid} | {part} | {is_part_good} {:?}", limit.map(|limit| limit.0)))
        };
        let fast = ratio("service=api kind=server", "!error duration<400ms");
        assert_eq!(
            drawn(&fast).as_deref(),
            Some("service=api kind=server | service=api kind=server !error | true Some(400000)")
        );
        let slow = Sli::Ratio { total: filter("service=api"), part: RatioPart::Bad(filter("duration>=2s")) };
        assert_eq!(drawn(&slow).as_deref(), Some("service=api | service=api | false Some(2000000)"));
        // A floor is no limit: those below it are bad, and stay so whatever the limit.
        assert_eq!(
            drawn(&ratio("service=api", "duration>1ms")).as_deref(),
            Some("service=api | service=api duration>1ms | true None")
        );
        assert_eq!(
            drawn(&ratio("service=api", "!error")).as_deref(),
            Some("service=api | service=api !error | true None")
        );
        let threshold =
            Sli::Threshold { total: filter("op=x"), value: Measured::Duration, op: Comparison::Lt, limit: 5e5 };
        assert!(drawn(&threshold).is_some_and(|told| told.ends_with("true Some(500000)")));
    }

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
