//! Verdicts on rows by the number of a value: where a clause asks one tag, rows of the same operation, shape,
//! origin and number get the same verdict, and neither the tag's place nor its text need be looked up again.

use super::fetch::TagPlaces;
use crate::aggregate::tag_key;
use crate::hot::Segment;
use nines_trace::filter::term::{Flag, ZipkinTest};
use nines_trace::filter::{Filter, Test};
use std::hint::black_box;

/// Verdicts kept: those of a service's operations and shapes with the few values that most tags have. A tag of
/// which every value is another keeps none, and costs its comparisons as before.
const VERDICTS_KEPT: usize = 1024;

/// Stands for the number of a value that the row itself does not have.
const NO_VALUE: u32 = u32::MAX;

/// What a verdict follows from: operation, shape, origin, and the value's number.
type Known = [u32; 4];

/// The memory of one clause on its way through a segment.
pub struct ValueMemo<'q> {
    tag: TagPlaces<'q>,
    /// Of the rows read last, in their order.
    numbers: Vec<u32>,
    verdicts: Vec<Option<(Known, bool)>>,
}

impl<'q> ValueMemo<'q> {
    /// A memory for `filter`, if it asks one tag and nothing else that a shape leaves open.
    pub fn new(filter: &'q Filter) -> Option<ValueMemo<'q>> {
        let mut keys = filter.terms().iter().filter_map(|term| tag_key(&term.test));
        let key = keys.next().filter(|key| keys.all(|other| other == *key))?;
        let told = filter.terms().iter().all(|term| tag_key(&term.test).is_some() || is_told_by_shape(&term.test));
        told.then(|| ValueMemo { tag: TagPlaces::new(key), numbers: Vec::new(), verdicts: vec![None; VERDICTS_KEPT] })
    }

    /// Reads the numbers of some rows, one kind of thing of all of them after the other: memory's delays overlap.
    pub fn read(&mut self, segment: &Segment, seen: impl Iterator<Item = usize> + Clone) {
        let (tables, rows) = (segment.tables(), segment.rows());
        seen.clone().for_each(|row| _ = black_box(rows.shape[row]));
        seen.clone().for_each(|row| _ = black_box(rows.value_at[row]));
        self.numbers.clear();
        let tag = &mut self.tag;
        self.numbers.extend(seen.map(|row| match tag.of(rows.shape[row], tables) {
            Some(place) => rows.values[(rows.value_at[row] + place) as usize],
            None => NO_VALUE,
        }));
    }

    /// The verdict on the row that was read as number `at`; `ask` tells it where it is not known.
    #[inline]
    pub fn verdict(&mut self, at: usize, kind: (u32, u32, u32), ask: impl FnOnce() -> bool) -> bool {
        let known = [kind.0, kind.1, kind.2, self.numbers[at]];
        let slot = &mut self.verdicts[place_of(known)];
        match slot {
            Some((of, verdict)) if *of == known => *verdict,
            _ => slot.insert((known, ask())).1,
        }
    }
}

#[inline]
fn place_of(known: Known) -> usize {
    let mixed =
        known.iter().fold(0u64, |mixed, number| (mixed ^ u64::from(*number)).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (mixed >> 32) as usize % VERDICTS_KEPT
}

/// Whether operation and shape of a row always decide a test.
fn is_told_by_shape(test: &Test) -> bool {
    matches!(
        test,
        Test::Name { .. }
            | Test::Kind(_)
            | Test::Flag(Flag::Shared | Flag::Debug)
            | Test::Zipkin(ZipkinTest::Name { .. })
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_is_remembered_where_one_tag_decides_it() {
        let is_remembered = |filter: &str| ValueMemo::new(&Filter::parse(filter).expect("a filter")).is_some();
        for one_tag in ["a=1", "service=x kind=server a=1", "!a=1 a>3 shared", "op=y remote=z a=~x"] {
            assert!(is_remembered(one_tag), "{one_tag}");
        }
        for more in ["service=x", "a=1 b=2", "a=1 duration>3ms", "a=1 error", "a=1 root", "a=1 trace=12"] {
            assert!(!is_remembered(more), "{more}");
        }
    }

    #[test]
    fn a_verdict_is_asked_once_for_what_it_follows_from() {
        let filter = Filter::parse("a=1").expect("a filter");
        let mut memo = ValueMemo::new(&filter).expect("one tag");
        memo.numbers = vec![7, 7, 8];
        let mut n_asked = 0;
        let mut ask = |at, kind, told| {
            memo.verdict(at, kind, || {
                n_asked += 1;
                told
            })
        };
        assert!(ask(0, (1, 2, 0), true));
        assert!(ask(1, (1, 2, 0), false), "the same as before");
        assert!(!ask(2, (1, 2, 0), false), "another value");
        assert!(!ask(1, (1, 3, 0), false), "another shape");
        assert!(!ask(1, (1, 2, 1), false), "another origin");
        assert_eq!(n_asked, 4);
    }
}
