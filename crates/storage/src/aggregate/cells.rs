//! Histograms of many groups while they are counted: a table of pages, each with the buckets of one doubling.

use super::buckets::{BUCKETS_LOG2_MAX, Histogram, bucket_of};

/// Buckets of a page.
const PAGE_BUCKETS: usize = 1 << BUCKETS_LOG2_MAX;

/// Pages that a group may have: one for the numbers below the first doubling, and one for each.
const PAGES_OF_GROUP: usize = 65 - BUCKETS_LOG2_MAX as usize;

/// Counts by group and bucket. A group takes 244 bytes, and 128 for each doubling that its durations lie in.
#[derive(Default)]
pub struct Cells {
    /// For each group and doubling, the place of its page and one more; 0 where it has none.
    places: Vec<u32>,
    pages: Vec<[u64; PAGE_BUCKETS]>,
}

impl Cells {
    /// Counts a duration in a group.
    #[inline]
    pub fn add(&mut self, group: u32, us: u64) {
        let bucket = usize::from(bucket_of(us, BUCKETS_LOG2_MAX));
        let of_group = group as usize * PAGES_OF_GROUP;
        if self.places.len() < of_group + PAGES_OF_GROUP {
            self.places.resize(of_group + PAGES_OF_GROUP, 0);
        }
        let place = &mut self.places[of_group + bucket / PAGE_BUCKETS];
        if *place == 0 {
            self.pages.push([0; PAGE_BUCKETS]);
            *place = self.pages.len() as u32;
        }
        self.pages[*place as usize - 1][bucket % PAGE_BUCKETS] += 1;
    }

    /// The histogram of a group.
    pub fn histogram(&self, group: usize) -> Histogram {
        let mut histogram = Histogram::default();
        let of_group = self.places.get(group * PAGES_OF_GROUP..).unwrap_or(&[]);
        for (doubling, place) in of_group.iter().take(PAGES_OF_GROUP).enumerate().filter(|(_, place)| **place > 0) {
            for (part, count) in self.pages[*place as usize - 1].iter().enumerate().filter(|(_, count)| **count > 0) {
                histogram.add((doubling * PAGE_BUCKETS + part) as u16, *count);
            }
        }
        histogram
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_stand_in_the_buckets_of_their_groups() {
        let mut cells = Cells::default();
        let durations = [0, 1, 15, 16, 17, 31, 32, 1_000_000, u64::MAX, u64::MAX];
        let mut expected = [Histogram::default(), Histogram::default(), Histogram::default()];
        for (at, us) in durations.into_iter().enumerate() {
            let group = [2, 0][at % 2];
            cells.add(group, us);
            expected[group as usize].add(bucket_of(us, BUCKETS_LOG2_MAX), 1);
        }
        for (group, expected) in expected.iter().enumerate() {
            assert_eq!(cells.histogram(group), *expected);
        }
        assert!(cells.histogram(3).is_empty());
    }
}
