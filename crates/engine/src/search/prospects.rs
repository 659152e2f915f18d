//! Whether the next row group is likely to hold a hit: whoever finds one reads its trace next, and so all of the
//! group. Then it is unpacked once, whole, before it is asked; else only what is asked for is unpacked.

/// How many of the groups that a search asked had a hit. Filters and tables let few others through, so that the
/// first is expected to have one.
#[derive(Default)]
pub struct Prospects {
    n_asked: usize,
    n_with_hits: usize,
}

impl Prospects {
    /// Whether the next group is worth unpacking: a hit saves about as much as a group without one costs.
    pub fn expect_hit(&self) -> bool {
        self.n_with_hits * 2 >= self.n_asked
    }

    /// A group was asked.
    pub fn note(&mut self, has_hit: bool) {
        self.n_asked += 1;
        self.n_with_hits += usize::from(has_hit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_expected_until_most_groups_had_none() {
        let mut prospects = Prospects::default();
        assert!(prospects.expect_hit(), "of the first");
        prospects.note(false);
        assert!(!prospects.expect_hit());
        prospects.note(true);
        assert!(prospects.expect_hit(), "one of two had a hit");
    }
}
