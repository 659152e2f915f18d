//! How events that are made of several spans stand, by the spans met so far.
//!
//! A standing is what is known of one trace, request or message. It is a fold of its spans that takes them in any
//! order and in any parts: merging is commutative and associative, and what events a standing is depends on it alone.
//! So late spans, and the past of an objective that is counted beside its present, come to the same cells.

use crate::model::{Counts, Kept};
use nines_base::FineMicros;

/// Attempts of one group looked at together. Requests of one parent to one operation are many more only where it is
/// called in a loop; those that begin after the first so many are requests of their own.
const ATTEMPTS_MAX: usize = 64;

/// What was not met.
const NEVER: i64 = i64::MAX;

/// How a trace, request or message stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    Story(Story),
    Pair(Pair),
    Attempts(Vec<Attempt>),
}

/// A trace of a story.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Story {
    /// The second in which its last event ended.
    pub second: i64,
    /// Whether all of them were good.
    pub is_good: bool,
}

/// What was produced, and what consumed it; microseconds, each the earliest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Pair {
    produced_us: i64,
    consumed_us: i64,
}

/// One attempt at a request. The order is that of their beginnings.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Attempt {
    pub start: FineMicros,
    pub id: u64,
    pub ended_us: i64,
    pub is_good: bool,
    pub has_failed: bool,
    /// Whether its sender says that it sends something again.
    pub is_resend: bool,
}

/// What the events of a standing depend on besides it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reading {
    Story,
    /// Consumed so many microseconds after it was produced, at most.
    Pair {
        within_us: i64,
    },
    Attempts(Kept),
}

impl Pair {
    pub fn produced(ended_us: i64) -> Pair {
        Pair { produced_us: ended_us, consumed_us: NEVER }
    }

    pub fn consumed(ended_us: i64) -> Pair {
        Pair { produced_us: NEVER, consumed_us: ended_us }
    }
}

impl Standing {
    /// What is known by both. Two of different kinds never meet.
    pub fn merged(self, other: Standing) -> Standing {
        match (self, other) {
            (Standing::Story(one), Standing::Story(other)) => {
                Standing::Story(Story { second: one.second.max(other.second), is_good: one.is_good && other.is_good })
            }
            (Standing::Pair(one), Standing::Pair(other)) => Standing::Pair(Pair {
                produced_us: one.produced_us.min(other.produced_us),
                consumed_us: one.consumed_us.min(other.consumed_us),
            }),
            (Standing::Attempts(mut one), Standing::Attempts(other)) => {
                one.extend(other);
                one.sort_unstable();
                Standing::Attempts(one)
            }
            (one, _) => one,
        }
    }

    /// The events it is, each with its second.
    pub fn each_event(&self, reading: Reading, mut tell: impl FnMut(i64, Counts)) {
        match (self, reading) {
            (Standing::Story(story), _) => tell(story.second, one(story.is_good)),
            (Standing::Pair(pair), Reading::Pair { within_us }) if pair.produced_us != NEVER => {
                // Clocks of two hosts may have it consumed before it was produced.
                let took_us = pair.consumed_us.saturating_sub(pair.produced_us);
                let is_good = pair.consumed_us != NEVER && took_us <= within_us;
                tell(pair.produced_us.div_euclid(1_000_000), one(is_good));
            }
            (Standing::Attempts(attempts), Reading::Attempts(kept)) => each_request(attempts, kept, tell),
            _ => {}
        }
    }

    /// Attempts that are remembered with it.
    pub fn n_attempts(&self) -> usize {
        match self {
            Standing::Attempts(attempts) => attempts.len(),
            Standing::Story(_) | Standing::Pair(_) => 0,
        }
    }

    /// Lets go of what a bounded memory cannot hold; its events stay counted.
    pub fn bounded(mut self) -> Standing {
        if let Standing::Attempts(attempts) = &mut self {
            attempts.truncate(ATTEMPTS_MAX);
        }
        self
    }
}

fn one(is_good: bool) -> Counts {
    Counts { good: u64::from(is_good), bad: u64::from(!is_good) }
}

/// Cuts attempts, which are sorted, into requests and tells the one of each that is kept.
///
/// Where the sender says which attempts are resends, those go on with what was sent before; else one goes on that
/// begins after an attempt that failed has ended.
fn each_request(attempts: &[Attempt], kept: Kept, mut tell: impl FnMut(i64, Counts)) {
    let (together, alone) = attempts.split_at(attempts.len().min(ATTEMPTS_MAX));
    let says_resends = together.iter().any(|attempt| attempt.is_resend);
    let goes_on = |before: &Attempt, attempt: &Attempt| {
        if says_resends {
            return attempt.is_resend;
        }
        before.has_failed && attempt.start.us as i64 >= before.ended_us
    };
    let requests = together.chunk_by(goes_on).chain(alone.chunks(1));
    let attempt_of = |request: &[Attempt]| match kept {
        Kept::First => request.first().copied(),
        Kept::Last => request.last().copied(),
    };
    for attempt in requests.filter_map(attempt_of) {
        tell(attempt.ended_us.div_euclid(1_000_000), one(attempt.is_good));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECOND: i64 = 1_000_000;

    /// `(begins, ends, failed)` in seconds; good where it did not fail.
    fn attempts(of: &[(i64, i64, bool)]) -> Standing {
        let attempt = |(n, (start_s, end_s, has_failed)): (u64, &(i64, i64, bool))| Attempt {
            start: FineMicros::from_us((start_s * SECOND) as u64),
            id: n,
            ended_us: end_s * SECOND,
            is_good: !has_failed,
            has_failed: *has_failed,
            is_resend: false,
        };
        Standing::Attempts((0..).zip(of).map(attempt).collect())
    }

    fn events(standing: &Standing, reading: Reading) -> Vec<(i64, u64, u64)> {
        let mut events = Vec::new();
        standing.each_event(reading, |second, counts| events.push((second, counts.good, counts.bad)));
        events
    }

    #[test]
    fn a_request_ends_with_the_first_attempt_that_does_not_fail() {
        let retried = attempts(&[(0, 1, true), (2, 3, true), (4, 5, false), (6, 7, false), (8, 9, true)]);
        assert_eq!(events(&retried, Reading::Attempts(Kept::Last)), [(5, 1, 0), (7, 1, 0), (9, 0, 1)]);
        assert_eq!(events(&retried, Reading::Attempts(Kept::First)), [(1, 0, 1), (7, 1, 0), (9, 0, 1)]);
        // Side by side, one is no attempt at what the other asked.
        let beside = attempts(&[(0, 3, true), (1, 2, false)]);
        assert_eq!(events(&beside, Reading::Attempts(Kept::Last)), [(3, 0, 1), (2, 1, 0)]);
    }

    #[test]
    fn where_the_sender_says_what_it_resends_nothing_is_guessed() {
        let Standing::Attempts(mut said) = attempts(&[(0, 9, false), (1, 2, false), (3, 4, true), (5, 6, false)])
        else {
            panic!()
        };
        said[1].is_resend = true;
        let said = Standing::Attempts(said);
        assert_eq!(events(&said, Reading::Attempts(Kept::Last)), [(2, 1, 0), (4, 0, 1), (6, 1, 0)]);
    }

    #[test]
    fn what_is_consumed_in_time_is_good_whichever_is_heard_of_first() {
        let pair = |of: &[Pair]| of.iter().map(|pair| Standing::Pair(*pair)).reduce(Standing::merged).unwrap();
        let read = |of: &[Pair]| events(&pair(of), Reading::Pair { within_us: 30 * SECOND });
        let (produced, consumed) = (Pair::produced(100 * SECOND), |second: i64| Pair::consumed(second * SECOND));
        assert_eq!(read(&[produced]), [(100, 0, 1)]);
        assert_eq!(read(&[produced, consumed(130)]), [(100, 1, 0)]);
        assert_eq!(read(&[consumed(131), produced]), [(100, 0, 1)]);
        assert_eq!(read(&[consumed(131), produced, consumed(120)]), [(100, 1, 0)], "delivered twice");
        assert_eq!(read(&[consumed(99), produced]), [(100, 1, 0)], "by another clock");
        assert_eq!(read(&[consumed(99)]), [], "nothing is known to have been produced");
    }

    fn arbitrary_attempt() -> impl Strategy<Value = Attempt> {
        (0u64..20, any::<u64>(), 0i64..5, any::<(bool, bool)>(), prop::bool::weighted(0.1)).prop_map(
            |(start_s, id, took_s, (is_good, has_failed), is_resend)| Attempt {
                start: FineMicros::from_us(start_s * SECOND as u64),
                id,
                ended_us: (start_s as i64 + took_s) * SECOND,
                is_good,
                has_failed,
                is_resend,
            },
        )
    }

    proptest! {
        /// Counted as they come, and taken back as they are joined by others: in the end what all of them are
        /// together, also where they are more than are looked at together.
        #[test]
        fn attempts_in_any_order_come_to_the_same_events(
            made in prop::collection::vec(arbitrary_attempt(), 0..ATTEMPTS_MAX * 2), kept in prop_oneof![Just(Kept::First), Just(Kept::Last)]
        ) {
            let reading = Reading::Attempts(kept);
            let count = |order: &[Attempt]| {
                let mut net = std::collections::BTreeMap::<i64, (i64, i64)>::new();
                let mut move_by = |standing: &Standing, sign: i64| standing.each_event(reading, |second, counts| {
                    let entry = net.entry(second).or_default();
                    *entry = (entry.0 + sign * counts.good as i64, entry.1 + sign * counts.bad as i64);
                });
                let mut standing = Standing::Attempts(Vec::new());
                for attempt in order {
                    move_by(&standing, -1);
                    let whole = standing.merged(Standing::Attempts(vec![*attempt]));
                    move_by(&whole, 1);
                    standing = whole.bounded();
                }
                net.retain(|_, moved| *moved != (0, 0));
                net
            };
            let mut sorted = made.clone();
            sorted.sort_unstable();
            prop_assert_eq!(count(&made), count(&sorted));
        }
    }
}
