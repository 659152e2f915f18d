//! Entries of which only the length is known, laid end to end: whoever notes twenty minutes and then thirty had fifty.
//!
//! They are laid among themselves only. Where a machine knows of the same time, the ledger counts it once.

use nines_base::{DurationUs, Timestamp};
use std::collections::{BTreeMap, HashMap};

/// What is laid of each person: no two overlap. By beginning, with the end.
#[derive(Clone, Debug, Default)]
pub(super) struct Floating {
    of_persons: HashMap<u32, BTreeMap<Timestamp, Timestamp>>,
}

impl Floating {
    /// Lays an entry that was over at its end at the latest: as late as nothing else lies there. Gives its beginning.
    pub(super) fn lay(&mut self, person: u32, start: Timestamp, length: DurationUs) -> Timestamp {
        let laid = self.of_persons.entry(person).or_default();
        let mut end = start + length;
        while let Some((begins, ends)) = laid.range(..end).next_back() {
            if *ends <= end - length {
                break;
            }
            end = *begins;
        }
        if length > DurationUs(0) {
            laid.insert(end - length, end);
        }
        end - length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_noted_one_after_the_other_is_laid_end_to_end() {
        let mut floating = Floating::default();
        let mut lay = |person, start: i64, length: i64| floating.lay(person, Timestamp(start), DurationUs(length)).0;
        assert_eq!(lay(1, 80, 20), 80);
        assert_eq!(lay(1, 75, 30), 50, "ends at 105 and reaches into the first");
        assert_eq!(lay(1, 90, 20), 30, "both are in the way");
        assert_eq!(lay(1, 100, 5), 100, "room after the first");
        assert_eq!(lay(2, 80, 20), 80, "another person");
        assert_eq!(lay(1, 40, 0), 30, "nothing takes no room");
    }
}
