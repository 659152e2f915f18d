//! Rules of which it is not known whether they match, each walked both ways.
//!
//! # Invariants
//! - SIM-2: an answer other than `unknown` is the same whatever the unknown rules on the way would say.

use super::answer::{Answer, Verdict};
use std::collections::BTreeSet;

/// Most ways of unknown rules that are walked for one packet; beyond, it is unknown. Ten rules that are each both ways
/// are 1024, and a packet that meets more than a few is not worth more than a millisecond.
pub const RUNS_MAX: usize = 256;

/// One walk: which way each unknown rule is taken, in the order they are met, and every rule that matched.
#[derive(Debug, Default)]
pub(crate) struct Run<'w> {
    /// Every rule that matched, in order.
    pub path: Vec<String>,
    ways: &'w [bool],
    n_unknown: usize,
    /// How long the path was when the first unknown rule was met.
    n_sure: Option<usize>,
    missing: BTreeSet<String>,
    /// Whether there was a rule that may have matched or not, though it made no difference.
    has_doubt: bool,
}

impl Run<'_> {
    /// Whether an unknown rule matches on this walk.
    pub fn choose(&mut self, lacking: BTreeSet<String>) -> bool {
        self.lack(lacking);
        let way = self.ways.get(self.n_unknown).copied().unwrap_or(false);
        self.n_unknown += 1;
        way
    }

    /// From here on nothing is sure.
    pub fn lack(&mut self, lacking: BTreeSet<String>) {
        self.missing.extend(lacking);
        self.n_sure.get_or_insert(self.path.len());
    }

    /// A rule that does nothing may have matched or not.
    pub fn doubt(&mut self) {
        self.has_doubt = true;
    }

    /// Whether the path is all of it.
    pub fn knows_path(&self) -> bool {
        self.n_sure.is_none() && !self.has_doubt
    }

    /// What is missing, and the path.
    pub fn into_told(self) -> (BTreeSet<String>, Vec<String>) {
        (self.missing, self.path)
    }

    /// Whether any rule met so far was unknown.
    pub fn is_unsure(&self) -> bool {
        self.n_unknown > 0
    }
}

/// What every way comes to: their common end, or `unknown` (SIM-2).
pub(super) fn over_all_ways(mut walk: impl FnMut(&mut Run<'_>) -> Answer) -> Answer {
    let mut first = Run::default();
    let answer = walk(&mut first);
    let Run { path, n_unknown, n_sure, mut missing, .. } = first;
    // Prefixes of ways that are still to be walked, each ending in the other way of an unknown rule.
    let mut open: Vec<Vec<bool>> = others(&[], n_unknown);
    let mut n_runs = 1;
    let mut agrees = answer.verdict != Verdict::Unknown;
    while let Some(ways) = open.pop().filter(|_| agrees) {
        if n_runs >= RUNS_MAX {
            agrees = false;
            break;
        }
        let mut run = Run { ways: &ways, ..Run::default() };
        agrees = walk(&mut run).agrees(&answer);
        n_runs += 1;
        missing.extend(run.missing);
        open.extend(others(&ways, run.n_unknown));
    }
    if agrees {
        return Answer { path, ..answer };
    }
    let mut path = path;
    path.truncate(n_sure.unwrap_or(path.len()));
    Answer::unknown(missing, path)
}

/// The ways that differ from this one at one unknown rule met after its own.
fn others(ways: &[bool], n_unknown: usize) -> Vec<Vec<bool>> {
    (ways.len()..n_unknown)
        .map(|nth| {
            let mut other = ways.to_vec();
            other.resize(nth, false);
            other.push(true);
            other
        })
        .collect()
}
