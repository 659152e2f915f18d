//! User stories by trace: a trace is good where every event of the story in it is.
//!
//! A trace is one event of its story. It belongs to the second in which the last of its events ended and is bad
//! once one of them was, so its standing depends on which events it has and not on the order in which they
//! came. What was counted for an earlier standing is taken back.
//!
//! A trace is remembered for [`HORIZON`] after its last event, at most twice as long, or until
//! [`TRACES_MAX`] newer ones came: an event that comes later is a trace of its own.

use super::{Delta, HORIZON, Pending, Purpose};
use crate::key::ObjectiveKey;
use crate::model::{Counts, Definitions, Sli};
use nines_base::Timestamp;
use std::collections::{BTreeMap, HashMap};

/// Traces remembered in each of two generations: 24 MB, and 15 minutes at 550 traces a second.
const TRACES_MAX: usize = 500_000;

/// Stories and the traces they are made of.
#[derive(Default)]
pub(super) struct Stories {
    stories: Vec<Story>,
    /// For each slot, the stories it belongs to.
    of_slot: Vec<Vec<u32>>,
    young: HashMap<(u32, u64), Standing>,
    old: HashMap<(u32, u64), Standing>,
    /// When the generations were changed last.
    turned_at: Timestamp,
    /// By story and second.
    gained: BTreeMap<(u32, i64), Counts>,
    lost: BTreeMap<(u32, i64), Counts>,
}

struct Story {
    key: ObjectiveKey,
    first_counted: Option<Timestamp>,
    is_first_new: bool,
}

/// How a trace stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Standing {
    /// The second in which its last event ended.
    second: i64,
    is_good: bool,
}

impl Stories {
    pub fn is_empty(&self) -> bool {
        self.stories.is_empty()
    }

    /// Follows these definitions from now on. A story that means what it meant keeps its traces.
    pub fn redefine(&mut self, definitions: &Definitions, slot_of: &HashMap<ObjectiveKey, u32>) {
        self.of_slot.iter_mut().for_each(Vec::clear);
        let together = definitions.stories.iter().filter_map(|story| story.together.as_ref());
        for objective in together.flat_map(|slo| &slo.objectives) {
            let (Some(key), Sli::Together(members)) = (ObjectiveKey::of(&objective.sli), &objective.sli) else {
                continue;
            };
            let number = self.number(key);
            for slot in members.iter().filter_map(|member| slot_of.get(member)) {
                let slot = *slot as usize;
                if self.of_slot.len() <= slot {
                    self.of_slot.resize(slot + 1, Vec::new());
                }
                self.of_slot[slot].push(number);
            }
        }
    }

    fn number(&mut self, key: ObjectiveKey) -> u32 {
        let known = self.stories.iter().position(|story| story.key == key);
        let number = known.unwrap_or_else(|| {
            self.stories.push(Story { key, first_counted: None, is_first_new: false });
            self.stories.len() - 1
        });
        number as u32
    }

    /// Takes note of an event that was not counted before.
    pub fn note(&mut self, slot: u32, span: &Pending, is_good: bool) {
        self.turn(span.arrived);
        let second = span.ended.0.div_euclid(1_000_000);
        for at in 0..self.of_slot.get(slot as usize).map_or(0, Vec::len) {
            let story = self.of_slot[slot as usize][at];
            let trace = (story, span.trace);
            let before = self.young.get(&trace).or_else(|| self.old.get(&trace)).copied();
            let now = match before {
                Some(before) => Standing { second: before.second.max(second), is_good: before.is_good && is_good },
                None => Standing { second, is_good },
            };
            self.young.insert(trace, now);
            if span.purpose == Purpose::Count && before != Some(now) {
                self.count(story, before, now, span.arrived);
            }
        }
    }

    fn count(&mut self, story: u32, before: Option<Standing>, now: Standing, arrived: Timestamp) {
        *self.gained.entry((story, now.second)).or_default() += now.counts();
        if let Some(before) = before {
            *self.lost.entry((story, before.second)).or_default() += before.counts();
        }
        let story = &mut self.stories[story as usize];
        if story.first_counted.is_none_or(|first| arrived < first) {
            (story.first_counted, story.is_first_new) = (Some(arrived), true);
        }
    }

    /// Forgets the older traces once they are old enough, or too many.
    fn turn(&mut self, now: Timestamp) {
        if now - self.turned_at >= HORIZON || self.young.len() >= TRACES_MAX {
            self.old = std::mem::take(&mut self.young);
            self.turned_at = now;
        }
    }

    /// Moves what was counted since the last time.
    pub fn take_into(&mut self, delta: &mut Delta) {
        let key = |story: u32| self.stories[story as usize].key;
        delta.cells.extend(self.gained.iter().map(|(&(story, second), &counts)| (key(story), second, counts)));
        delta.lost.extend(self.lost.iter().map(|(&(story, second), &counts)| (key(story), second, counts)));
        self.gained.clear();
        self.lost.clear();
        for story in &mut self.stories {
            if std::mem::take(&mut story.is_first_new) {
                delta.first_counted.extend(story.first_counted.map(|first| (story.key, first)));
            }
        }
    }
}

impl Standing {
    fn counts(self) -> Counts {
        Counts { good: u64::from(self.is_good), bad: u64::from(!self.is_good) }
    }
}
