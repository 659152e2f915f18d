//! Traces that have a span in a set, from all over its window: the newest alone would tell of the last moments.

use super::Budget;
use super::sets::SpanSet;
use nines_base::Timestamp;
use nines_span::Span;
use nines_storage::{Gaps, SpanStore, StoreError, TraceQuery, Window};

/// Parts that a window is cut into.
const PARTS: i64 = 16;

/// Hands up to `traces_max` traces to `visit`, each whole, until it has had enough or the time is over. A part of the
/// window that has fewer than its share leaves the rest of it to later ones.
pub(super) fn visit_sample(
    store: &dyn SpanStore,
    set: &SpanSet,
    traces_max: usize,
    budget: &Budget,
    gaps: &mut Gaps,
    visit: &mut dyn FnMut(&[Span]),
) -> Result<(), StoreError> {
    let mut n_wanted = traces_max;
    for (nth, window) in parts(set.window).into_iter().enumerate() {
        let limit = n_wanted.div_ceil(PARTS as usize - nth);
        if limit == 0 || budget.is_spent(gaps) {
            return Ok(());
        }
        let clauses = if set.filter.is_empty() { Vec::new() } else { vec![set.filter.clone()] };
        // Not strict: spans of one trace belong together here where one service cuts ids, as on the map.
        let query = TraceQuery { clauses, window, limit, strict_trace_id: false };
        for hit in store.find(&query)?.into_value(gaps) {
            if budget.is_spent(gaps) {
                return Ok(());
            }
            visit(&store.trace(hit.trace_id, false)?.into_value(gaps));
            n_wanted -= 1;
        }
    }
    Ok(())
}

/// A window in [`PARTS`] parts that follow each other; fewer where it is shorter than so many microseconds.
fn parts(window: Window) -> Vec<Window> {
    let (from, to) = (window.from.0.max(0), window.to.0);
    let length = (to.saturating_sub(from) / PARTS).max(1);
    let end = |nth: i64| if nth == PARTS - 1 { to } else { from.saturating_add(length * (nth + 1)) - 1 };
    let part =
        |nth: i64| Window { from: Timestamp(from.saturating_add(length * nth)), to: Timestamp(end(nth).min(to)) };
    (0..PARTS).map(part).filter(|part| part.from <= part.to).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_window_follow_each_other_and_leave_nothing_out() {
        let check = |from: i64, to: i64, n: usize| {
            let parts = parts(Window { from: Timestamp(from), to: Timestamp(to) });
            assert_eq!(parts.len(), n, "{from} to {to}");
            assert_eq!((parts[0].from.0, parts[n - 1].to.0), (from.max(0), to));
            for pair in parts.windows(2) {
                assert_eq!(pair[0].to.0 + 1, pair[1].from.0);
            }
        };
        check(0, 3_600_000_000, 16);
        check(1_000, 1_000, 1);
        check(1_000, 1_002, 3);
        check(i64::MIN, i64::MAX, 16);
    }
}
