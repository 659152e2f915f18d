//! Calls and failed calls by pair of services.

use super::names::{Call, Names};
use nines_trace::linker::Link;

/// Sums of one pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PairSum {
    pub pair: u32,
    pub calls: u32,
    pub errors: u32,
}

/// Sums by the number of the pair.
#[derive(Default)]
pub struct Sums {
    by_pair: Vec<(u64, u64)>,
}

impl Sums {
    /// Adds one call.
    #[inline]
    pub fn add(&mut self, call: Call) {
        let (calls, errors) = self.of_pair(call >> 1);
        *calls += 1;
        *errors += u64::from(call & 1);
    }

    /// Takes one call back that was added.
    pub fn take_back(&mut self, call: Call) {
        let (calls, errors) = self.of_pair(call >> 1);
        *calls -= 1;
        *errors -= u64::from(call & 1);
    }

    /// Adds what was added up before.
    pub fn join(&mut self, sums: impl Iterator<Item = PairSum>) {
        for sum in sums {
            let (calls, errors) = self.of_pair(sum.pair);
            *calls += u64::from(sum.calls);
            *errors += u64::from(sum.errors);
        }
    }

    /// Adds all of `other`.
    pub fn join_all(&mut self, other: &Sums) {
        for (pair, (calls, errors)) in (0u32..).zip(&other.by_pair) {
            let known = self.of_pair(pair);
            *known.0 += calls;
            *known.1 += errors;
        }
    }

    #[inline]
    fn of_pair(&mut self, pair: u32) -> (&mut u64, &mut u64) {
        let at = pair as usize;
        if at >= self.by_pair.len() {
            self.by_pair.resize(at + 1, (0, 0));
        }
        let (calls, errors) = &mut self.by_pair[at];
        (calls, errors)
    }

    /// The sums in short form, for a group's few calls, and nothing left.
    pub fn drain(&mut self) -> Box<[PairSum]> {
        let sums = self.by_pair.iter_mut().zip(0u32..).filter(|((calls, _), _)| *calls > 0);
        let short = |(sums, pair): (&mut (u64, u64), u32)| {
            let (calls, errors) = std::mem::take(sums);
            PairSum { pair, calls: calls as u32, errors: errors as u32 }
        };
        sums.map(short).collect()
    }

    /// The links, by parent and child.
    pub fn links(self, names: &Names) -> Vec<Link> {
        let counted = self.by_pair.into_iter().enumerate().filter(|(_, (calls, _))| *calls > 0);
        let link = |(pair, (calls, errors)): (usize, (u64, u64))| {
            let (parent, child) = names.pair(pair);
            Link { parent: parent.to_owned(), child: child.to_owned(), calls, errors }
        };
        let mut links: Vec<Link> = counted.map(link).collect();
        links.sort_unstable_by(|a, b| (&a.parent, &a.child).cmp(&(&b.parent, &b.child)));
        links
    }
}
