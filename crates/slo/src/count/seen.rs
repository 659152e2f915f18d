//! Which spans were counted lately, and for which set of indicators: 21 bytes a span, forgotten in the
//! order they came.
//!
//! A span is remembered as the 64-bit mix of its identity. Two different spans are taken for one with
//! a probability of n/2⁶⁴ each, n spans remembered: one in four million million at the most.
//!
//! The table has buckets of a cache line. A bucket counts the entries that had to pass it because it was
//! full, so a search ends at the first bucket that none passed, which is nearly always the first.

use nines_base::{DurationUs, Timestamp};
use std::collections::VecDeque;

/// Entries in a bucket: with its counter a cache line of 64 bytes.
const BUCKET_ENTRIES: usize = 7;

/// Entries per bucket on average, at most: beyond it the table grows.
const FILL_MAX: usize = 5;

/// Buckets of a new table.
const BUCKETS_START: usize = 64;

/// How many times larger a table grows: often enough would spend more time on moving entries.
const GROWTH: usize = 4;

/// Spans forgotten at once: their buckets are far apart in memory, and a loop over many of them lets the
/// processor wait for several at a time.
const FORGOTTEN_TOGETHER: usize = 256;

/// Low bits of a span's mix that an entry keeps; the high ones chose its bucket.
const MIX_BITS: u32 = 48;

/// Recently counted spans.
pub(super) struct Seen {
    horizon: DurationUs,
    n_max: usize,
    buckets: Vec<Bucket>,
    /// Mixes in the order they came.
    order: VecDeque<u64>,
    /// Arrival times with how many of `order` came then, oldest first.
    arrivals: VecDeque<(Timestamp, usize)>,
    latest: Timestamp,
    n_crowded_out: u64,
}

#[derive(Clone, Copy, Default)]
#[repr(align(64))]
struct Bucket {
    /// How many entries passed this bucket and are still kept.
    n_passed: u64,
    /// Each is a mix's low 48 bits above the 16 of the set; 0 is vacant, as no set is 0.
    entries: [u64; BUCKET_ENTRIES],
}

impl Seen {
    /// Remembers for `horizon`, and the last `n_max` spans at most.
    pub fn new(horizon: DurationUs, n_max: usize) -> Seen {
        Seen {
            horizon,
            n_max: n_max.max(1),
            buckets: vec![Bucket::default(); BUCKETS_START],
            order: VecDeque::new(),
            arrivals: VecDeque::new(),
            latest: Timestamp(i64::MIN),
            n_crowded_out: 0,
        }
    }

    /// Tells which set a span was counted for (0: none, it is new) and takes the set it is counted for
    /// from now on, which must not be 0.
    pub fn note(&mut self, mix: u64, arrived: Timestamp, decide: impl FnOnce(u16) -> u16) {
        self.forget_past(arrived);
        if let Some((bucket, at)) = self.find(mix) {
            let entry = &mut self.buckets[bucket].entries[at];
            *entry = pack(mix, decide(*entry as u16));
            return;
        }
        if self.order.len() >= self.n_max {
            self.make_room();
        }
        if self.order.len() >= self.buckets.len() * FILL_MAX {
            self.grow();
        }
        insert(&mut self.buckets, pack(mix, decide(0)), mix);
        self.order.push_back(mix);
        match self.arrivals.back_mut() {
            // Grouped by second: a horizon of minutes needs no more, and the list stays short.
            Some((of, n)) if self.latest - *of < DurationUs::from_secs(1) => *n += 1,
            _ => self.arrivals.push_back((self.latest, 1)),
        }
    }

    /// Has the places of spans that are about to be noted brought near, several at a time: nothing here
    /// depends on what is read.
    pub fn fetch(&self, mixes: impl Iterator<Item = u64>) {
        for mix in mixes {
            std::hint::black_box(self.buckets[home(&self.buckets, mix)].n_passed);
        }
    }

    /// How far back repeats are recognised at the latest arrival.
    pub fn reach(&self) -> DurationUs {
        match self.arrivals.front() {
            Some((oldest, _)) if self.n_crowded_out > 0 => (self.latest - *oldest).min(self.horizon),
            _ => self.horizon,
        }
    }

    /// Spans remembered.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Spans forgotten for want of room before their time.
    pub fn n_crowded_out(&self) -> u64 {
        self.n_crowded_out
    }

    fn forget_past(&mut self, arrived: Timestamp) {
        self.latest = self.latest.max(arrived);
        let oldest_kept = self.latest - self.horizon;
        // A group spans up to a second; it goes when all of it is past the horizon.
        while let Some(&(at, n)) = self.arrivals.front()
            && at + DurationUs::from_secs(1) < oldest_kept
        {
            self.forget(n);
        }
    }

    /// Forgets some of the oldest although they are not past the horizon, fewer where only few fit.
    fn make_room(&mut self) {
        let n = FORGOTTEN_TOGETHER.min(self.n_max.div_ceil(FORGOTTEN_TOGETHER));
        self.n_crowded_out += n as u64;
        self.forget(n);
    }

    fn forget(&mut self, n: usize) {
        let mut n_left = n.min(self.order.len());
        while n_left > 0 {
            let together = n_left.min(FORGOTTEN_TOGETHER);
            self.fetch(self.order.range(..together).copied());
            for mix in self.order.drain(..together) {
                remove(&mut self.buckets, mix);
            }
            n_left -= together;
        }
        let mut left = n;
        while let Some((_, of_group)) = self.arrivals.front_mut() {
            if *of_group > left {
                *of_group -= left;
                break;
            }
            left -= *of_group;
            self.arrivals.pop_front();
        }
    }

    fn find(&self, mix: u64) -> Option<(usize, usize)> {
        find(&self.buckets, mix)
    }

    /// More buckets, but no more than the most spans need.
    fn grow(&mut self) {
        let n_buckets = (self.buckets.len() * GROWTH).min(self.n_max / FILL_MAX + 1).max(self.buckets.len() + 1);
        let mut larger = vec![Bucket::default(); n_buckets];
        for &mix in &self.order {
            if let Some((bucket, at)) = self.find(mix) {
                insert(&mut larger, self.buckets[bucket].entries[at], mix);
            }
        }
        self.buckets = larger;
    }
}

fn home(buckets: &[Bucket], mix: u64) -> usize {
    ((u128::from(mix) * buckets.len() as u128) >> 64) as usize
}

fn after(buckets: &[Bucket], bucket: usize) -> usize {
    if bucket + 1 == buckets.len() { 0 } else { bucket + 1 }
}

fn find(buckets: &[Bucket], mix: u64) -> Option<(usize, usize)> {
    let wanted = pack(mix, 0) >> 16;
    let mut at = home(buckets, mix);
    for _ in 0..buckets.len() {
        let bucket = &buckets[at];
        if let Some(entry) = bucket.entries.iter().position(|&entry| entry >> 16 == wanted && entry != 0) {
            return Some((at, entry));
        }
        if bucket.n_passed == 0 {
            return None;
        }
        at = after(buckets, at);
    }
    None
}

/// There is always a vacancy: at most [`FILL_MAX`] entries a bucket are kept on average.
fn insert(buckets: &mut [Bucket], entry: u64, mix: u64) {
    let mut at = home(buckets, mix);
    for _ in 0..buckets.len() {
        let bucket = &mut buckets[at];
        if let Some(vacant) = bucket.entries.iter_mut().find(|entry| **entry == 0) {
            *vacant = entry;
            return;
        }
        bucket.n_passed += 1;
        at = after(buckets, at);
    }
}

fn remove(buckets: &mut [Bucket], mix: u64) {
    let Some((found, entry)) = find(buckets, mix) else { return };
    buckets[found].entries[entry] = 0;
    let mut at = home(buckets, mix);
    while at != found {
        buckets[at].n_passed -= 1;
        at = after(buckets, at);
    }
}

fn pack(mix: u64, set: u16) -> u64 {
    (mix & ((1 << MIX_BITS) - 1)) << 16 | u64::from(set)
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
    fn a_span_is_forgotten_after_the_horizon_and_not_before() {
        let mut seen = Seen::new(DurationUs::from_secs(900), 1000);
        assert_eq!(note(&mut seen, 7, 0, 3), 0);
        assert_eq!(note(&mut seen, 7, 900, 4), 3);
        assert_eq!(note(&mut seen, 7, 902, 5), 0, "first noted 902 s ago");
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
        /// Mixes are drawn from few so that buckets overflow, wrap and empty again.
        #[test]
        fn the_table_remembers_like_a_map(steps in prop::collection::vec((0u64..3000, 0i64..3, 1u16..100), 1..6000)) {
            let mut seen = Seen::new(DurationUs::from_secs(600), 1500);
            let mut model: HashMap<u64, u16> = HashMap::new();
            let mut order: VecDeque<(u64, i64)> = VecDeque::new();
            let mut second = 0;
            for (n, later, set) in steps {
                // All homes lie in the last buckets, whatever the size.
                let mix = u64::MAX - (n << 50 >> 3) - n;
                second += later;
                while order.front().is_some_and(|&(_, at)| at + 600 + 1 < second) {
                    model.remove(&order.pop_front().unwrap().0);
                }
                if order.len() == 1500 && !model.contains_key(&mix) {
                    // Six at once are 1500 in 256ths, rounded up.
                    for (oldest, _) in order.drain(..6) {
                        model.remove(&oldest);
                    }
                }
                let had = note(&mut seen, mix, second, set);
                prop_assert_eq!(had, model.insert(mix, set).unwrap_or(0));
                if had == 0 { order.push_back((mix, second)); }
                prop_assert_eq!(seen.len(), order.len());
            }
        }
    }
}
