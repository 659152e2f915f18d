//! Answers of one look at a source, so that objectives share their queries.

use super::{QueryRange, Unanswered};
use nines_slo::asked::Series;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Memory of the answers of one source that are kept for other objectives; beyond it, all are let go. A minute's are some
/// kilobytes, and two days of hundreds of series are caught up with in pieces of megabytes.
const ANSWERS_BYTES_MAX: usize = 8 << 20;

/// A query.
type Asked = (String, QueryRange);

/// What a query was answered with.
type Answer = Result<Arc<Vec<Series>>, Unanswered>;

/// What was answered in one look.
#[derive(Default)]
pub(super) struct Answers {
    kept: BTreeMap<Asked, Answer>,
    bytes: usize,
}

impl Answers {
    /// What a query was answered with, asked for unless that is known.
    pub(super) fn get_or_ask(
        &mut self,
        query: &str,
        range: QueryRange,
        ask: impl FnOnce() -> Result<Vec<Series>, Unanswered>,
    ) -> Answer {
        let asked = (query.to_owned(), range);
        if let Some(known) = self.kept.get(&asked) {
            return known.clone();
        }
        let answer = ask().map(Arc::new);
        let bytes = bytes_of(&answer);
        if self.bytes + bytes > ANSWERS_BYTES_MAX {
            self.kept.clear();
            self.bytes = 0;
        }
        if bytes <= ANSWERS_BYTES_MAX {
            self.bytes += bytes;
            self.kept.insert(asked, answer.clone());
        }
        answer
    }
}

fn bytes_of(answer: &Answer) -> usize {
    let of_series = |one: &Series| size_of::<Series>() + one.capacity() * size_of::<Option<f64>>();
    answer.iter().flat_map(|series| series.iter()).map(of_series).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_is_not_asked_again_until_it_is_more_than_is_kept() {
        let range = |from_s| QueryRange { from_s, upto_s: from_s + 60, step_s: 60 };
        let (mut answers, mut n_asked) = (Answers::default(), 0);
        let mut ask = |answers: &mut Answers, from_s, n_values: usize| {
            let asked = answers.get_or_ask("all", range(from_s), || {
                n_asked += 1;
                Ok(vec![vec![Some(1.0); n_values]])
            });
            (asked.unwrap()[0].len(), n_asked)
        };
        let half = ANSWERS_BYTES_MAX / size_of::<Option<f64>>() / 2;
        assert_eq!(ask(&mut answers, 0, 3), (3, 1));
        assert_eq!(ask(&mut answers, 0, 3), (3, 1));
        assert_eq!(ask(&mut answers, 60, half), (half, 2));
        assert_eq!(ask(&mut answers, 60, half), (half, 2));
        // Both halves and what was before are too much.
        assert_eq!(ask(&mut answers, 120, half), (half, 3));
        assert_eq!(answers.kept.len(), 1);
        assert_eq!(ask(&mut answers, 0, 3), (3, 4));
        assert_eq!(ask(&mut answers, 180, 2 * half), (2 * half, 5));
        assert!(answers.bytes <= ANSWERS_BYTES_MAX && answers.kept.is_empty(), "{}", answers.bytes);
        let refused = answers.get_or_ask("bad", range(0), || Err(Unanswered::Refused("status 400".into())));
        assert_eq!(refused, Err(Unanswered::Refused("status 400".into())));
    }
}
