//! Ways in which a rule's questions hold. nf_tables asks one after another and knows no `or`: a question with several
//! answers becomes several rules, no two of which a packet meets (RAW-1).

use super::super::refused::Refused;
use crate::messages::{Fact, Hint};
use crate::nft::Match;

/// Most rules of the kernel for one of iptables: a rule that needs more asks the same several times over.
const WAYS_MAX: usize = 64;

/// Ways that exclude each other; none where nothing holds.
#[derive(Clone, PartialEq, Debug)]
pub struct Ways(Vec<Vec<Match>>);

impl Ways {
    /// Nothing is asked.
    pub fn always() -> Ways {
        Ways(vec![Vec::new()])
    }

    /// Nothing meets it.
    pub fn never() -> Ways {
        Ways(Vec::new())
    }

    /// One of the two.
    pub fn known(holds: bool) -> Ways {
        if holds { Ways::always() } else { Ways::never() }
    }

    /// One question.
    pub fn one(asked: Match) -> Ways {
        Ways(vec![vec![asked]])
    }

    /// Questions that all hold.
    pub fn all(asked: impl IntoIterator<Item = Match>) -> Ways {
        Ways(vec![asked.into_iter().collect()])
    }

    /// One of several that exclude each other.
    pub fn one_of(ways: impl IntoIterator<Item = Ways>) -> Ways {
        Ways(ways.into_iter().flat_map(|way| way.0).collect())
    }

    /// Both.
    pub fn and(self, other: Ways) -> Ways {
        let joined = self.0.iter().flat_map(|one| other.0.iter().map(move |more| [one.as_slice(), more].concat()));
        Ways(joined.collect())
    }

    /// Every one of them, at most as many as a rule may become.
    pub fn into_rules(self) -> Result<Vec<Vec<Match>>, Refused> {
        if self.0.len() > WAYS_MAX {
            let fact = Fact::RuleTooWide { n_rules: self.0.len(), limit: WAYS_MAX };
            return Err(Refused { line: 0, fact, hint: Hint::SplitRule });
        }
        Ok(self.0)
    }
}
