//! Sets of indicators by a small number: what a remembered span was counted for.

use std::collections::HashMap;

/// Stands for every indicator at once, once there are more different sets than numbers: a span
/// remembered so is not counted again for anything.
pub(super) const EVERYTHING: u16 = u16::MAX;

/// The sets met so far; number 0 is the empty one.
pub(super) struct Sets {
    by_number: Vec<Box<[u32]>>,
    numbers: HashMap<Box<[u32]>, u16>,
}

impl Default for Sets {
    fn default() -> Sets {
        Sets { by_number: vec![Box::default()], numbers: HashMap::new() }
    }
}

impl Sets {
    /// The members of a set in ascending order; empty for [`EVERYTHING`], which is asked by number.
    pub fn members(&self, set: u16) -> &[u32] {
        self.by_number.get(usize::from(set)).map_or(&[], |members| members)
    }

    /// The number of the set of `members`, which ascend; `likely` is tried first.
    pub fn number(&mut self, members: &[u32], likely: u16) -> u16 {
        if self.members(likely) == members && likely != EVERYTHING {
            return likely;
        }
        if let Some(&number) = self.numbers.get(members) {
            return number;
        }
        match u16::try_from(self.by_number.len()) {
            Ok(number) if number < EVERYTHING => {
                self.by_number.push(members.into());
                self.numbers.insert(members.into(), number);
                number
            }
            _ => EVERYTHING,
        }
    }

    /// The number of the set of everything in `set` or in `members`, which ascend.
    pub fn with(&mut self, set: u16, members: &[u32]) -> u16 {
        let mut all = [self.members(set), members].concat();
        all.sort_unstable();
        all.dedup();
        self.number(&all, 0)
    }
}
