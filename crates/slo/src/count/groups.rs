//! Which groups an indicator is taken apart into: values of a tag, the first so many of them, and what is left.
//!
//! A value keeps its group: groups are told of when they are new, to be kept beside the cells, and told back after a
//! start. Beyond the cap it depends on which value came first who has a group; within it, on nothing.

use crate::key::ObjectiveKey;
use std::collections::BTreeMap;

/// The group of values beyond the cap.
pub const OTHER: &str = "__other__";

/// The group of spans without the tag.
pub const NONE: &str = "__none__";

/// Values counted apart unless told otherwise.
pub const CAP_DEFAULT: u32 = 20;

/// Most values of one indicator that may be asked for: each costs as much memory as an objective, at most 0.9 MB in
/// 400 days.
pub const CAP_MAX: u32 = 100;

/// Longest value that is a group of its own, in bytes; longer ones are among the others.
pub const VALUE_BYTES_MAX: usize = 200;

/// The groups of every indicator that has some, by its key.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    of: BTreeMap<ObjectiveKey, Values>,
}

/// The values of one indicator, each with the key that it is counted under.
#[derive(Clone, Debug, Default)]
struct Values {
    cap: u32,
    keys: BTreeMap<String, ObjectiveKey>,
}

impl Groups {
    /// The values that have a group, and the keys that each is counted under.
    pub fn of(&self, key: ObjectiveKey) -> impl Iterator<Item = (&str, ObjectiveKey)> {
        let values = self.of.get(&key).into_iter().flat_map(|values| &values.keys);
        values.map(|(value, key)| (value.as_str(), *key))
    }

    /// Every group: of which indicator, and its own key.
    pub(crate) fn all(&self) -> impl Iterator<Item = (ObjectiveKey, ObjectiveKey)> + '_ {
        self.of.keys().flat_map(|key| self.of(*key).map(|(_, group)| (*key, group)))
    }

    /// Gives a value a group, whatever the cap: it had one before.
    pub fn restore(&mut self, key: ObjectiveKey, value: &str) {
        self.of.entry(key).or_default().keys.insert(value.to_owned(), key.of_group(value));
    }

    /// Takes over what others know, likewise.
    pub(super) fn restore_all(&mut self, others: &Groups) {
        for key in others.of.keys() {
            others.of(*key).for_each(|(value, _)| self.restore(*key, value));
        }
    }

    /// Allows an indicator so many values.
    pub(super) fn allow(&mut self, key: ObjectiveKey, cap: u32) {
        self.of.entry(key).or_default().cap = cap;
    }

    /// The group of a value; and the value it is called by, where it is new.
    pub(super) fn place(&mut self, key: ObjectiveKey, value: &str) -> (ObjectiveKey, Option<String>) {
        let values = self.of.entry(key).or_default();
        if let Some(known) = values.keys.get(value) {
            return (*known, None);
        }
        let n_own = values.keys.keys().filter(|value| *value != OTHER).count();
        let value = if n_own < values.cap as usize && value.len() <= VALUE_BYTES_MAX { value } else { OTHER };
        if let Some(known) = values.keys.get(value) {
            return (*known, None);
        }
        let group = key.of_group(value);
        values.keys.insert(value.to_owned(), group);
        (group, Some(value.to_owned()))
    }

    /// Of every group that indicators have elsewhere, where it is here: under its own value, or among the others.
    pub(super) fn adopt(&mut self, others: &Groups, keys: &[ObjectiveKey]) -> Vec<Adopted> {
        let mut adopted = Vec::new();
        for key in keys {
            for (value, theirs) in others.of(*key) {
                let (ours, new_value) = self.place(*key, value);
                adopted.push(Adopted { of: *key, theirs, ours, new_value });
            }
        }
        adopted
    }
}

/// Where a group of another counter is here.
pub(super) struct Adopted {
    pub of: ObjectiveKey,
    pub theirs: ObjectiveKey,
    pub ours: ObjectiveKey,
    /// What it is called, where it is new here.
    pub new_value: Option<String>,
}
