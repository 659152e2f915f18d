//! What to sum or join next, decided from what there is.

use nines_base::{DurationUs, Timestamp};
use nines_storage::histograms::{KeptSlice, SliceId, Tier};
use std::collections::BTreeSet;

/// A slice is summed this long after it ended: spans that are a quarter of an hour late are in by then, as they are in
/// cells ([`nines_slo::cells::KEEP_SLACK`]), and durable.
pub(super) const SETTLED_AFTER: DurationUs = DurationUs::from_secs(20 * 60);

/// The next thing to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// Sum five minutes from the store.
    Sum(SliceId),
    /// Join an hour or a day from the slices there are of it.
    Join(SliceId),
}

/// What is to be done at `now`, joins before sums: nothing twice, and nothing that may still change. `whole_since`: from
/// when on the store has every span; `None` where it has none at all.
pub(super) fn next_step(kept: &[KeptSlice], whole_since: Option<Timestamp>, now: Timestamp) -> Option<Step> {
    let summed = kept.iter().map(|slice| slice.id).filter(|id| id.tier == Tier::FiveMinutes);
    // What a clock that was ahead left in the future is met again when its time comes.
    let summed_upto = summed.map(SliceId::end).filter(|end| *end <= now).max();
    let join = summed_upto.and_then(|upto| next_join(kept, upto)).map(Step::Join);
    join.or_else(|| next_sum(summed_upto, whole_since, now).map(Step::Sum))
}

/// The first hour, else the first day, that is over, has parts, and is not joined.
fn next_join(kept: &[KeptSlice], summed_upto: Timestamp) -> Option<SliceId> {
    let known: BTreeSet<SliceId> = kept.iter().map(|slice| slice.id).collect();
    let is_due = |id: &SliceId| id.end() <= summed_upto && !known.contains(id);
    let of_tier = |tier: Tier| known.iter().filter_map(|id| id.whole()).find(|id| id.tier == tier && is_due(id));
    of_tier(Tier::Hour).or_else(|| of_tier(Tier::Day))
}

fn next_sum(summed_upto: Option<Timestamp>, whole_since: Option<Timestamp>, now: Timestamp) -> Option<SliceId> {
    let first_whole = whole_since.map(|since| Tier::FiveMinutes.begin_after(since));
    let id = SliceId { tier: Tier::FiveMinutes, begin: summed_upto.max(first_whole)? };
    (id.end() + SETTLED_AFTER <= now).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3600;
    const DAY: i64 = 86_400;

    /// Plays the plan from `begin_s` to `end_s`; the store has everything since `since_s`.
    fn play(kept: &mut Vec<KeptSlice>, since_s: i64, end_s: i64) -> Vec<Step> {
        let (since, now) = (Some(Timestamp::from_secs(since_s)), Timestamp::from_secs(end_s));
        let mut steps = Vec::new();
        while let Some(step) = next_step(kept, since, now) {
            let (Step::Sum(id) | Step::Join(id)) = step;
            kept.push(KeptSlice { id, n_parts: u16::from(id.tier != Tier::FiveMinutes) });
            steps.push(step);
            assert!(steps.len() < 10_000, "it ends");
        }
        steps
    }

    fn begins(steps: &[Step], tier: Tier) -> Vec<i64> {
        let ids = steps.iter().map(|(Step::Sum(id) | Step::Join(id))| id).filter(|id| id.tier == tier);
        ids.map(|id| id.begin.0 / 1_000_000).collect()
    }

    #[test]
    fn slices_are_summed_when_they_are_settled_and_joined_when_all_of_them_are() {
        let mut kept = Vec::new();
        let begin = 20_000 * DAY;
        assert_eq!(play(&mut kept, begin + 10, begin + 10 * 60 + 1199), []);
        assert_eq!(begins(&play(&mut kept, begin + 10, begin + 30 * 60), Tier::FiveMinutes), [begin + 300]);
        let steps = play(&mut kept, begin + 10, begin + 2 * DAY + HOUR);
        assert_eq!(begins(&steps, Tier::Hour), (0..48).map(|hour| begin + hour * HOUR).collect::<Vec<_>>());
        assert_eq!(begins(&steps, Tier::Day), [begin, begin + DAY]);
        assert_eq!(play(&mut kept, begin + 10, begin + 2 * DAY + HOUR), [], "nothing twice");
    }

    #[test]
    fn after_a_time_without_a_server_it_goes_on_with_what_is_stored_whole() {
        let mut kept = Vec::new();
        let begin = 20_000 * DAY;
        play(&mut kept, begin, begin + HOUR);
        // Ten days later only two are stored.
        let since = begin + 8 * DAY + 17;
        let steps = play(&mut kept, since, begin + 10 * DAY);
        assert_eq!(begins(&steps, Tier::FiveMinutes).first(), Some(&(begin + 8 * DAY + 300)));
        assert_eq!(begins(&steps, Tier::Hour)[..2], [begin, begin + 8 * DAY]);
        assert_eq!(begins(&steps, Tier::Day), [begin, begin + 8 * DAY], "the tenth is not settled");
    }

    #[test]
    fn a_clock_that_was_ahead_stops_nothing() {
        let begin = 20_000 * DAY;
        let ahead = SliceId { tier: Tier::FiveMinutes, begin: Timestamp::from_secs(begin + 30 * DAY) };
        let mut kept = vec![KeptSlice { id: ahead, n_parts: 0 }];
        assert_eq!(begins(&play(&mut kept, begin, begin + HOUR), Tier::FiveMinutes).len(), 8);
        assert_eq!(next_step(&[], None, Timestamp::from_secs(begin)), None, "a store that never had a span");
    }
}
