//! Which spans were counted lately, and for which set of indicators: 14 bytes a span, forgotten by the epoch.
//!
//! A span is remembered as the 64-bit mix of its identity. Two different spans are taken for one with
//! a probability of n/2⁶⁴ each, n spans remembered: one in four million million at the most.
//!
//! Time is cut into epochs, and an entry says in which it came; when an epoch is past, one pass over the
//! table lets go of its entries. So nothing is kept to tell in which order spans came, and a span is
//! remembered for the horizon and up to a seventh of it more, or for as long as at least six sevenths of
//! the most spans that may be remembered.
//!
//! The table has buckets of a cache line. A bucket says whether an entry had to pass it because it was
//! full, so a search ends at the first bucket that none passed, which is mostly the first.

use nines_base::{DurationUs, Timestamp};
use std::collections::VecDeque;

/// Entries in a bucket: with what it knows of them a cache line of 64 bytes.
const BUCKET_ENTRIES: usize = 6;

/// Entries in ten buckets, at most: beyond it the table grows.
const FILL_MAX_OF_TEN: usize = 48;

/// Buckets of a new table.
const BUCKETS_START: usize = 64;

/// Closed epochs that a horizon, or the most spans, are cut into.
const EPOCHS: usize = 7;

/// Bits of an epoch's number.
const EPOCH_BITS: u32 = 5;

/// Numbers of epochs, which are used again: more than there are epochs at once, of which some are as long
/// as an epoch may be and others as full.
const EPOCH_NUMBERS: u8 = 1 << EPOCH_BITS;

/// Recently counted spans.
pub(super) struct Seen {
    horizon: DurationUs,
    n_max: usize,
    buckets: Vec<Bucket>,
    /// Oldest first; new entries are of the last.
    epochs: VecDeque<Epoch>,
    n: usize,
    latest: Timestamp,
    n_crowded_out: u64,
}

struct Epoch {
    number: u8,
    /// Arrival of its first and of its last span.
    first: Timestamp,
    last: Timestamp,
    n: usize,
}

/// An entry is a mix, a set and an epoch's number; set 0 is a vacancy, as no set is 0.
#[derive(Clone, Copy, Default)]
#[repr(align(64))]
struct Bucket {
    mixes: [u64; BUCKET_ENTRIES],
    sets: [u16; BUCKET_ENTRIES],
    /// Epochs of the entries, five bits each, and [`PASSED`].
    about: u32,
}

/// Set where an entry stands behind its home because this bucket was full.
const PASSED: u32 = 1 << 31;

impl Seen {
    /// Remembers for `horizon`, and `n_max` spans at most.
    pub fn new(horizon: DurationUs, n_max: usize) -> Seen {
        Seen {
            horizon,
            n_max: n_max.max(1),
            buckets: vec![Bucket::default(); BUCKETS_START],
            epochs: VecDeque::new(),
            n: 0,
            latest: Timestamp(i64::MIN),
            n_crowded_out: 0,
        }
    }

    /// Tells which set a span was counted for (0: none, it is new) and takes the set it is counted for
    /// from now on, which must not be 0.
    #[inline]
    pub fn note(&mut self, mix: u64, arrived: Timestamp, decide: impl FnOnce(u16) -> u16) {
        if arrived > self.latest {
            self.latest = arrived;
            self.forget_past();
        }
        if let Some((bucket, at)) = find(&self.buckets, mix) {
            let set = &mut self.buckets[bucket].sets[at];
            *set = decide(*set);
            return;
        }
        if self.n >= self.n_max {
            self.make_room();
        }
        if self.n * 10 >= self.buckets.len() * FILL_MAX_OF_TEN {
            self.grow();
        }
        let epoch = self.epoch();
        insert(&mut self.buckets, mix, decide(0), epoch);
        self.n += 1;
    }

    /// Has the places of spans that are about to be noted brought near, several at a time: nothing here
    /// depends on what is read.
    #[inline]
    pub fn fetch(&self, mixes: impl Iterator<Item = u64>) {
        for mix in mixes {
            std::hint::black_box(self.buckets[home(&self.buckets, mix)].about);
        }
    }

    /// How far back repeats are recognised at the latest arrival.
    pub fn reach(&self) -> DurationUs {
        match self.epochs.front() {
            Some(oldest) if self.n_crowded_out > 0 => (self.latest - oldest.first).min(self.horizon),
            _ => self.horizon,
        }
    }

    /// Every span remembered and its set.
    pub fn entries(&self) -> impl Iterator<Item = (u64, u16)> + '_ {
        let of_bucket = |bucket: &Bucket| bucket.mixes.into_iter().zip(bucket.sets);
        self.buckets.iter().flat_map(of_bucket).filter(|(_, set)| *set != 0)
    }

    /// The latest arrival.
    pub fn latest(&self) -> Timestamp {
        self.latest
    }

    /// Spans remembered.
    pub fn len(&self) -> usize {
        self.n
    }

    /// Spans forgotten for want of room before their time.
    pub fn n_crowded_out(&self) -> u64 {
        self.n_crowded_out
    }

    /// The number of the epoch of a span that comes now.
    #[inline]
    fn epoch(&mut self) -> u8 {
        let (latest, length, n_max) = (self.latest, self.horizon.0 / EPOCHS as i64, self.n_max.div_ceil(EPOCHS));
        match self.epochs.back_mut() {
            Some(open) if (latest - open.first).0 < length && open.n < n_max => {
                open.last = latest;
                open.n += 1;
                open.number
            }
            _ => self.begin_epoch(),
        }
    }

    fn begin_epoch(&mut self) -> u8 {
        let number = self.epochs.back().map_or(0, |last| (last.number + 1) % EPOCH_NUMBERS);
        debug_assert!(self.epochs.len() < usize::from(EPOCH_NUMBERS), "two epochs of one number");
        self.epochs.push_back(Epoch { number, first: self.latest, last: self.latest, n: 1 });
        number
    }

    fn forget_past(&mut self) {
        while self.epochs.front().is_some_and(|oldest| self.latest - oldest.last > self.horizon) {
            self.forget_oldest();
        }
    }

    /// Forgets the oldest epoch although it is not past the horizon.
    fn make_room(&mut self) {
        self.n_crowded_out += self.epochs.front().map_or(0, |oldest| oldest.n as u64);
        self.forget_oldest();
    }

    /// One pass from the end, which knows at each bucket how far back the homes of those behind it lie.
    fn forget_oldest(&mut self) {
        let Some(Epoch { number, n, .. }) = self.epochs.pop_front() else { return };
        self.n -= n;
        let n_buckets = self.buckets.len();
        let (mut earliest_home, mut wrapped_home) = (n_buckets, n_buckets);
        for at in (0..n_buckets).rev() {
            let bucket = &mut self.buckets[at];
            bucket.about &= !PASSED;
            if earliest_home <= at {
                bucket.about |= PASSED;
            }
            for entry in 0..BUCKET_ENTRIES {
                if bucket.sets[entry] == 0 {
                    continue;
                }
                if bucket.epoch(entry) == number {
                    bucket.sets[entry] = 0;
                    continue;
                }
                let home = ((u128::from(bucket.mixes[entry]) * n_buckets as u128) >> 64) as usize;
                if home <= at {
                    earliest_home = earliest_home.min(home);
                } else {
                    wrapped_home = wrapped_home.min(home);
                }
            }
        }
        if wrapped_home < n_buckets {
            self.mark_wrapped(wrapped_home);
        }
    }

    /// Entries stand at the beginning whose homes are at the end.
    fn mark_wrapped(&mut self, earliest_home: usize) {
        let n_buckets = self.buckets.len();
        let stands_wrapped = |at: usize, bucket: &Bucket| {
            (0..BUCKET_ENTRIES).any(|entry| bucket.sets[entry] != 0 && home_of(n_buckets, bucket.mixes[entry]) > at)
        };
        let last = self.buckets.iter().enumerate().rposition(|(at, bucket)| stands_wrapped(at, bucket)).unwrap_or(0);
        let passed = (earliest_home..n_buckets).chain(0..last);
        passed.for_each(|at| self.buckets[at].about |= PASSED);
    }

    /// Twice as many buckets, but no more than the most spans need.
    fn grow(&mut self) {
        let n_buckets = (self.buckets.len() * 2).min(self.n_max * 10 / FILL_MAX_OF_TEN + 1).max(self.buckets.len() + 1);
        let mut larger = vec![Bucket::default(); n_buckets];
        for bucket in &self.buckets {
            for entry in (0..BUCKET_ENTRIES).filter(|entry| bucket.sets[*entry] != 0) {
                insert(&mut larger, bucket.mixes[entry], bucket.sets[entry], bucket.epoch(entry));
            }
        }
        self.buckets = larger;
    }
}

impl Bucket {
    fn epoch(&self, entry: usize) -> u8 {
        (self.about >> (entry as u32 * EPOCH_BITS)) as u8 & (EPOCH_NUMBERS - 1)
    }

    fn put(&mut self, entry: usize, mix: u64, set: u16, epoch: u8) {
        (self.mixes[entry], self.sets[entry]) = (mix, set);
        let place = entry as u32 * EPOCH_BITS;
        let others = self.about & !(u32::from(EPOCH_NUMBERS - 1) << place);
        self.about = others | u32::from(epoch) << place;
    }
}

#[inline]
fn home(buckets: &[Bucket], mix: u64) -> usize {
    home_of(buckets.len(), mix)
}

#[inline]
fn home_of(n_buckets: usize, mix: u64) -> usize {
    ((u128::from(mix) * n_buckets as u128) >> 64) as usize
}

fn after(buckets: &[Bucket], bucket: usize) -> usize {
    if bucket + 1 == buckets.len() { 0 } else { bucket + 1 }
}

#[inline]
fn find(buckets: &[Bucket], mix: u64) -> Option<(usize, usize)> {
    let mut at = home(buckets, mix);
    for _ in 0..buckets.len() {
        let bucket = &buckets[at];
        if let Some(entry) = (0..BUCKET_ENTRIES).find(|&entry| bucket.mixes[entry] == mix && bucket.sets[entry] != 0) {
            return Some((at, entry));
        }
        if bucket.about & PASSED == 0 {
            return None;
        }
        at = after(buckets, at);
    }
    None
}

/// There is always a vacancy: at most [`FILL_MAX_OF_TEN`] entries in ten buckets are kept.
#[inline]
fn insert(buckets: &mut [Bucket], mix: u64, set: u16, epoch: u8) {
    let mut at = home(buckets, mix);
    for _ in 0..buckets.len() {
        let bucket = &mut buckets[at];
        if let Some(vacant) = bucket.sets.iter().position(|set| *set == 0) {
            bucket.put(vacant, mix, set, epoch);
            return;
        }
        bucket.about |= PASSED;
        at = after(buckets, at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    const SECOND: i64 = 1_000_000;

    /// Notes a span with a set and returns the set it had.
    fn note(seen: &mut Seen, mix: u64, second: i64, set: u16) -> u16 {
        let mut had = 0;
        seen.note(mix, Timestamp(second * SECOND), |before| {
            had = before;
            set
        });
        had
    }

    #[test]
    fn a_bucket_is_a_cache_line() {
        assert_eq!(size_of::<Bucket>(), 64);
    }

    #[test]
    fn a_span_is_forgotten_after_the_horizon_and_not_before() {
        let mut seen = Seen::new(DurationUs::from_secs(900), 1000);
        assert_eq!(note(&mut seen, 7, 0, 3), 0);
        assert_eq!(note(&mut seen, 8, 128, 3), 0, "of the same epoch, which ends as late as this");
        assert_eq!(note(&mut seen, 7, 900, 4), 3);
        assert_eq!(note(&mut seen, 7, 1028, 5), 4, "not yet past all of its epoch");
        assert_eq!(note(&mut seen, 7, 1029, 6), 0);
    }

    #[test]
    fn the_oldest_gives_way_and_the_reach_says_so() {
        let mut seen = Seen::new(DurationUs::from_secs(900), 10);
        for n in 0..20 {
            note(&mut seen, n << 40, n as i64 * 2, 1);
        }
        assert_eq!((seen.len(), seen.n_crowded_out()), (10, 10));
        assert_eq!(seen.reach(), DurationUs::from_secs(18));
        assert_eq!(note(&mut seen, 10 << 40, 38, 1), 1, "the oldest that is left");
        assert_eq!(note(&mut seen, 9 << 40, 38, 1), 0, "made room for others");
        assert_eq!(note(&mut seen, 10 << 40, 38, 1), 0, "has made room for 9");
    }

    proptest! {
        // Each case is thousands of steps.
        #![proptest_config(ProptestConfig::with_cases(40))]
        /// Mixes are drawn from few so that buckets overflow, wrap and empty again. What lies between
        /// the least and the most that is remembered may be either.
        #[test]
        fn the_table_remembers_like_a_map(
            steps in prop::collection::vec((0u64..3000, 0i64..3, 1u16..100), 1..6000),
            n_max in prop_oneof![Just(1400usize), Just(700)], horizon_s in prop_oneof![Just(630i64), Just(70)]
        ) {
            let mut seen = Seen::new(DurationUs::from_secs(horizon_s), n_max);
            // By mix: the set, the second and the number among new ones at which it was noted as new.
            let mut model: HashMap<u64, (u16, i64, usize)> = HashMap::new();
            let (mut second, mut n_new) = (0, 0);
            for (n, later, set) in steps {
                // All homes lie in the last buckets, whatever the size.
                let mix = u64::MAX - (n << 50 >> 3) - n;
                second += later;
                let had = note(&mut seen, mix, second, set);
                let known = model.get(&mix).copied();
                let (age_s, n_since) = known.map_or((i64::MAX, usize::MAX), |(_, at, number)| (second - at, n_new - number));
                if age_s <= horizon_s && n_since < n_max * 6 / 7 {
                    prop_assert_eq!(had, known.unwrap().0);
                } else if age_s > horizon_s + horizon_s / 7 + 3 || n_since > n_max {
                    prop_assert_eq!(had, 0);
                } else {
                    prop_assert!(had == 0 || had == known.unwrap().0);
                }
                match had {
                    0 => {
                        model.insert(mix, (set, second, n_new));
                        n_new += 1;
                    }
                    _ => model.get_mut(&mix).unwrap().0 = set,
                }
                prop_assert!(seen.len() <= n_max);
            }
        }
    }
}
