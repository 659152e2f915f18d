//! Counts of what befell the stores: proof that a simulation met what it meant to meet.

use crate::story::{fault_name, op_name};
use nines_base::vfs::{Fault, Op, SimVfs};
use std::collections::BTreeMap;

/// What happened, by name, and how often.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Tally {
    counts: BTreeMap<String, u64>,
}

/// What every run of some hundred seeds must have met. Names lost out of order are not among it: the store
/// syncs a directory after each change, so that two are seldom in doubt together.
pub const WANTED: [&str; 27] = [
    "a clean close",
    "a process killed",
    "a process killed within a step",
    "the power lost between operations",
    "the power lost within a step",
    "sectors lost",
    "files torn",
    "names lost",
    "a bit flipped",
    "damage told",
    "a batch acknowledged",
    "a batch refused for want of room",
    "a batch refused for other reasons",
    "room found again without a restart",
    "a store stopped by a failed disk",
    "an opening that failed and was tried again",
    "a span taken by retention",
    "a clock set back",
    "a clock set forward",
    "create: full",
    "create: io",
    "write: full",
    "write: io",
    "sync: full",
    "sync: io",
    "read: io",
    "read: short",
];

impl Tally {
    /// Counts one.
    pub fn count(&mut self, what: &str) {
        self.add(what, 1);
    }

    /// Counts several.
    pub fn add(&mut self, what: &str, n: u64) {
        if n > 0 {
            *self.counts.entry(what.to_owned()).or_default() += n;
        }
    }

    /// Takes in what a disk counted.
    pub fn take(&mut self, disk: &SimVfs) {
        for (op, fault, count) in disk.fired() {
            self.add(&fault_label(op, fault), count);
        }
        let losses = disk.losses();
        self.add("sectors lost", losses.sectors);
        self.add("files torn", losses.torn_files);
        self.add("names lost", losses.names);
        self.add("names lost out of order", losses.reordered_dirs);
    }

    /// Sums two up.
    pub fn join(&mut self, other: Tally) {
        for (what, count) in other.counts {
            self.add(&what, count);
        }
    }

    /// What was met, by name.
    pub fn lines(&self) -> impl Iterator<Item = (&str, u64)> {
        self.counts.iter().map(|(what, count)| (what.as_str(), *count))
    }

    /// What should have been met and was not.
    pub fn missing(&self) -> Vec<&'static str> {
        WANTED.into_iter().filter(|what| !self.counts.contains_key(*what)).collect()
    }
}

fn fault_label(op: Op, fault: Fault) -> String {
    format!("{}: {}", op_name(op), fault_name(fault))
}
