//! Integer cells: good and bad events of every objective in every slice of time.
//!
//! Each event is added to the slice that holds it in *every* tier (seconds, minutes, hours), so there
//! is no job that rolls fine slices up into coarse ones, and a late event is right everywhere. A window is summed
//! from the coarsest slices that fit, with its old edge rounded outward to the finest tier that still
//! reaches there.
//!
//! Rows for the disk are absolute: writing one again is harmless. Rows of tier 0 are marks, not counts:
//! when an objective was first counted, and since when a tier is complete.
//!
//! Does not know where rows are kept, which spans were counted, or what time it is.
//!
//! # Invariants
//! CEL-2: the cells depend on which events were counted, not on the order or delay in which they came
//! (within [`KEEP_SLACK`]).

mod fill;
mod lane;
mod liveness;
mod replaced;
mod tier;

#[cfg(test)]
mod tests;

pub use liveness::{Coverage, HEARTBEAT_GAP_MAX};
pub use replaced::{ASKED_SLICE_S, ASKED_SLICE_SHORT_S};
pub use tier::Tier;
pub(crate) use tier::slice_seconds;

use crate::count::{Delta, Groups};
use crate::key::ObjectiveKey;
use crate::model::{Counts, Definitions, Stretch};
use lane::{KEEP_SLACK_S, Lane};
use nines_base::{DurationUs, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// How late an event may be counted, and how far behind the clock a reader may stand, without meeting
/// a slice that is already gone.
pub const KEEP_SLACK: DurationUs = DurationUs::from_secs(KEEP_SLACK_S);

/// The tier whose rows are marks: slice 0 says when the objective was first counted (microseconds, in
/// `good`), slice N since when tier N is complete (seconds, in `good`) and how long it is kept
/// (seconds, in `bad`).
const MARKS: u32 = 0;

/// A cell as it is stored.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct CellRow {
    /// Whose it is.
    pub key: ObjectiveKey,
    /// Length of its slice in seconds; 0 for a mark.
    pub tier: u32,
    /// Which slice of that length since the epoch.
    pub slice: i64,
    /// Good events, all so far.
    pub good: u64,
    /// Bad events, all so far.
    pub bad: u64,
}

/// Stored rows that are no longer needed: those of one tier before a slice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub struct Expired {
    pub key: ObjectiveKey,
    pub tier: u32,
    pub before_slice: i64,
}

/// Counts over a stretch of time, and the stretch as it was rounded to whole slices.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct WindowSum {
    /// The counts.
    pub counts: Counts,
    /// First second included.
    pub from_s: i64,
    /// First second after it.
    pub until_s: i64,
}

/// The cells of all objectives.
#[derive(Clone, Debug)]
pub struct CellStore {
    histories: BTreeMap<ObjectiveKey, History>,
    /// The latest time told, in seconds; what is kept is measured from here.
    clock_s: i64,
    heartbeat: Option<Timestamp>,
    /// Key, tier and slice of what changed since [`CellStore::take_changed`]; marks may repeat.
    changed: Vec<(ObjectiveKey, u32, i64)>,
    n_too_old: u64,
    /// The groups that objectives are taken apart into: of which, and the group's own key.
    groups: BTreeSet<(ObjectiveKey, ObjectiveKey)>,
}

/// What is kept of one objective.
#[derive(Clone, Debug)]
struct History {
    /// Finest first; no two of the same length.
    lanes: Vec<Lane>,
    first_counted: Option<Timestamp>,
    defined: bool,
}

impl Default for CellStore {
    fn default() -> CellStore {
        CellStore {
            histories: BTreeMap::new(),
            clock_s: i64::MIN,
            heartbeat: None,
            changed: Vec::new(),
            n_too_old: 0,
            groups: BTreeSet::new(),
        }
    }
}

impl CellStore {
    /// An empty store. After a restart: [`CellStore::load`] every row, then [`CellStore::define`].
    pub fn new() -> CellStore {
        CellStore::default()
    }

    /// Takes a stored row, each once, in any order.
    pub fn load(&mut self, row: CellRow) {
        if row.key == ObjectiveKey::LIVENESS && (row.tier, row.slice) == (MARKS, 0) {
            self.heartbeat = Some(micros(row.good));
            return;
        }
        let history = self.histories.entry(row.key).or_default();
        match (row.tier, u32::try_from(row.slice)) {
            (MARKS, Ok(0)) => history.first_counted = Some(micros(row.good)),
            (MARKS, Ok(slice_s)) => {
                let keep_s = u32::try_from(row.bad).unwrap_or(u32::MAX);
                let lane = history.lane_or_new(Tier { slice_s, keep_s });
                lane.tier.keep_s = keep_s;
                lane.since_s = i64::try_from(row.good).unwrap_or(i64::MAX);
            }
            (MARKS, Err(_)) => {}
            (slice_s, _) => {
                let tier = Tier { slice_s, keep_s: tier::KEEP_MAX_S };
                history.lane_or_new(tier).add(row.slice, Counts { good: row.good, bad: row.bad });
            }
        }
    }

    /// Makes room for what the definitions count. An objective that was counted before keeps its
    /// history; a tier it gains is complete from `now` on, and coarser ones answer for what was before.
    /// [`crate::count::Counter::redefine`] belongs beside it, before the next span is counted.
    pub fn define(&mut self, definitions: &Definitions, now: Timestamp) {
        self.advance(now);
        let mut wanted: BTreeMap<ObjectiveKey, BTreeMap<u32, u32>> = BTreeMap::new();
        for (slo, objective) in definitions.indicators() {
            let Some(key) = ObjectiveKey::of(&objective.sli) else { continue };
            let tiers = wanted.entry(key).or_default();
            for tier in tier::EVERY.into_iter().chain(Tier::extra(slo, objective)) {
                let keep_s = tiers.entry(tier.slice_s).or_default();
                *keep_s = tier.keep_s.max(*keep_s);
            }
        }
        // What is counted apart is kept in the slices of what it is left out of.
        for (part, of) in definitions.slos.iter().flat_map(|slo| slo.apart.keys()) {
            if let Some(tiers) = wanted.get(&of).cloned() {
                wanted.entry(part).or_default().extend(tiers);
            }
        }
        // A group is kept in the slices of the objective that it is of.
        for (of, group) in &self.groups {
            if let Some(tiers) = wanted.get(of).cloned() {
                wanted.insert(*group, tiers);
            }
        }
        for (key, history) in &mut self.histories {
            history.defined = wanted.contains_key(key);
        }
        for (key, tiers) in wanted {
            let history = self.histories.entry(key).or_default();
            history.defined = true;
            let is_blank = history.is_blank();
            for (slice_s, keep_s) in tiers {
                if history.want(Tier { slice_s, keep_s }, is_blank, self.clock_s) {
                    self.changed.push((key, MARKS, i64::from(slice_s)));
                }
            }
        }
    }

    /// Adds what was counted.
    pub fn apply(&mut self, delta: Delta) {
        for (key, value) in &delta.groups {
            self.make_group(*key, key.of_group(value));
        }
        for of_key in delta.cells.chunk_by(|one, other| one.0 == other.0) {
            let key = of_key[0].0;
            let changed = &mut self.changed;
            let history = self.histories.entry(key).or_default();
            let too_old = history.add(of_key, self.clock_s, |slice_s, slice| changed.push((key, slice_s, slice)));
            self.n_too_old += too_old;
        }
        // After what was gained: a count that only moved is never below nothing.
        for (key, second, counts) in delta.lost {
            let changed = &mut self.changed;
            let history = self.histories.entry(key).or_default();
            history.lose(second, counts, self.clock_s, |slice_s, slice| changed.push((key, slice_s, slice)));
        }
        for (key, arrived) in delta.first_counted {
            let history = self.histories.entry(key).or_default();
            if history.first_counted.is_none_or(|first| arrived < first) {
                history.first_counted = Some(arrived);
                self.changed.push((key, MARKS, 0));
            }
        }
    }

    /// Tells which groups there are, after a restart: belongs before [`CellStore::define`].
    pub fn restore_groups(&mut self, groups: &Groups) {
        self.groups = groups.all().collect();
    }

    fn make_group(&mut self, of: ObjectiveKey, group: ObjectiveKey) {
        if !self.groups.insert((of, group)) {
            return;
        }
        let of = self.histories.get(&of).into_iter().flat_map(|history| &history.lanes);
        let tiers: Vec<Tier> = of.map(|lane| lane.tier).collect();
        let history = self.histories.entry(group).or_default();
        history.defined = true;
        let is_blank = history.is_blank();
        for tier in tiers {
            if history.want(tier, is_blank, self.clock_s) {
                self.changed.push((group, MARKS, i64::from(tier.slice_s)));
            }
        }
    }

    /// Adds what another store counted of the same time, slice by slice; for each key there, the key here.
    pub fn absorb(&mut self, other: &CellStore, keys: &[(ObjectiveKey, ObjectiveKey)]) {
        for (their_key, key) in keys {
            let (Some(theirs), Some(ours)) = (other.histories.get(their_key), self.histories.get_mut(key)) else {
                continue;
            };
            for lane in &mut ours.lanes {
                let kept_from = lane.slice_of(lane.kept_from_s(self.clock_s));
                let slice_s = lane.tier.slice_s;
                let Some(same) = theirs.lane(slice_s) else { continue };
                for (slice, counts) in same.filled(kept_from..i64::MAX) {
                    if lane.count(slice, counts) {
                        self.changed.push((*key, slice_s, slice));
                    }
                }
            }
            if let Some(first) = theirs.first_counted.filter(|first| ours.first_counted.is_none_or(|own| *first < own))
            {
                ours.first_counted = Some(first);
                self.changed.push((*key, MARKS, 0));
            }
        }
    }

    /// Seconds that every slice kept of an objective is a whole number of: events of one such stretch need
    /// not be told apart.
    pub fn grain_s(&self, key: ObjectiveKey) -> i64 {
        let every = tier::EVERY.map(|tier| i64::from(tier.slice_s));
        let own = self.histories.get(&key).into_iter().flat_map(|history| &history.lanes).map(Lane::length_s);
        every.into_iter().chain(own).fold(0, greatest_common_divisor)
    }

    /// The rows that changed since this was last asked, as they are now. A row that could not be
    /// written may be written later or replaced by a newer one of the same cell.
    pub fn take_changed(&mut self) -> Vec<CellRow> {
        let mut changed = std::mem::take(&mut self.changed);
        // As the ledger keeps them, so that it writes side by side what stands side by side.
        changed.sort_unstable_by_key(|(key, tier, slice)| (*tier, *slice, *key));
        changed.dedup();
        for (key, tier, slice) in &changed {
            let lane = self.histories.get_mut(key).and_then(|history| history.lane_mut(*tier));
            lane.into_iter().for_each(|lane| lane.settle(*slice));
        }
        changed.into_iter().filter_map(|(key, tier, slice)| self.row(key, tier, slice)).collect()
    }

    /// Takes back rows that could not be written: they count as changed once more.
    pub fn put_back(&mut self, rows: &[CellRow]) {
        self.changed.extend(rows.iter().map(|row| (row.key, row.tier, row.slice)));
    }

    /// Every row that is kept, in order: what loading into an empty store makes this one again.
    pub fn rows(&self) -> Vec<CellRow> {
        let mut rows = Vec::new();
        rows.extend(self.row(ObjectiveKey::LIVENESS, MARKS, 0));
        for (&key, history) in &self.histories {
            if history.first_counted.is_some() {
                rows.extend(self.row(key, MARKS, 0));
            }
            let marked = history.lanes.iter().filter(|lane| lane.is_marked());
            rows.extend(marked.filter_map(|lane| self.row(key, MARKS, lane.length_s())));
            for lane in &history.lanes {
                let first = lane.slice_of(lane.kept_from_s(self.clock_s));
                let row = |(slice, counts): (i64, Counts)| CellRow {
                    key,
                    tier: lane.tier.slice_s,
                    slice,
                    good: counts.good,
                    bad: counts.bad,
                };
                rows.extend(lane.filled(first..i64::MAX).map(row));
            }
        }
        rows
    }

    /// Tells the time and lets go of slices that are past their keep; the answer names the stored rows
    /// that may be deleted.
    pub fn expire(&mut self, now: Timestamp) -> Vec<Expired> {
        self.advance(now);
        let mut expired = Vec::new();
        self.histories.retain(|&key, history| {
            for lane in &mut history.lanes {
                if let Some(before_slice) = lane.expire(self.clock_s) {
                    expired.push(Expired { key, tier: lane.tier.slice_s, before_slice });
                }
            }
            let is_wanted = history.defined || key == ObjectiveKey::LIVENESS;
            let stays = is_wanted || history.lanes.iter().any(|lane| !lane.is_empty());
            if !stays {
                expired.push(Expired { key, tier: MARKS, before_slice: i64::MAX });
            }
            stays
        });
        expired
    }

    /// A store of the cells of some indicators, and of how much the server counted in.
    pub fn only(&self, keys: &[ObjectiveKey]) -> CellStore {
        let kept = |kept: &ObjectiveKey| {
            *kept == ObjectiveKey::LIVENESS || keys.iter().any(|key| kept == key || *kept == key.answered())
        };
        let histories =
            self.histories.iter().filter(|(key, _)| kept(key)).map(|(key, history)| (*key, history.clone()));
        CellStore {
            histories: histories.collect(),
            clock_s: self.clock_s,
            heartbeat: self.heartbeat,
            ..CellStore::new()
        }
    }

    /// The beginning of the first slice that still has an event, to the hour; `None` where there is none.
    pub fn earliest(&self, key: ObjectiveKey) -> Option<Timestamp> {
        let lane = self.histories.get(&key)?.lanes.last()?;
        let kept_from = lane.slice_of(lane.kept_from_s(self.clock_s));
        let (slice, _) = lane.filled(kept_from..i64::MAX).next()?;
        Some(Timestamp::from_secs(slice * lane.length_s()))
    }

    /// When the objective counted its first event, by arrival; `None` if it never did.
    pub fn first_counted(&self, key: ObjectiveKey) -> Option<Timestamp> {
        self.histories.get(&key)?.first_counted
    }

    /// Up to where events that may turn for so long are settled; `None` for those that are at once.
    pub(crate) fn settled_until(&self, settles_in: DurationUs) -> Option<Timestamp> {
        let settled_us = self.clock_s.saturating_mul(1_000_000).saturating_sub(settles_in.0);
        (settles_in > DurationUs(0)).then_some(Timestamp(settled_us))
    }

    /// Objectives that were counted, and are not defined any more.
    pub fn undefined(&self) -> impl Iterator<Item = ObjectiveKey> + '_ {
        let is_group = |key: &ObjectiveKey| self.groups.iter().any(|(_, group)| group == key);
        let gone = |history: &History| !history.defined && history.first_counted.is_some();
        self.histories.iter().filter(move |(key, history)| gone(history) && !is_group(key)).map(|(key, _)| *key)
    }

    /// Events that were older than every tier keeps, and so were added nowhere.
    pub fn n_too_old(&self) -> u64 {
        self.n_too_old
    }

    /// The counts of a stretch. Both edges round outward, the old one to the finest tier that reaches
    /// that far back; the newest slice holds what was counted so far. To sum up to a past instant
    /// exclusively, end the stretch a microsecond before it.
    pub fn sum(&self, key: ObjectiveKey, stretch: Stretch) -> WindowSum {
        let Some(history) = self.histories.get(&key) else { return WindowSum::default() };
        history.sum(stretch, self.clock_s)
    }

    /// The slices of `slice_s` seconds that had events and ended by `stretch.upto`, each with its number since
    /// the epoch, from the one that holds the old edge on; empty where no tier of that length is kept.
    pub fn slices(
        &self,
        key: ObjectiveKey,
        slice_s: u32,
        stretch: Stretch,
    ) -> impl Iterator<Item = (i64, Counts)> + '_ {
        let lane = self.histories.get(&key).and_then(|history| history.lane(slice_s));
        lane.into_iter().flat_map(move |lane| {
            let slice_us = lane.length_s().saturating_mul(1_000_000);
            let first = stretch.after.0.saturating_add(1).div_euclid(slice_us);
            let complete_from = lane.slice_of(lane.complete_from_s(self.clock_s));
            // A slice is over when its last microsecond is in the stretch.
            let end = stretch.upto.0.saturating_add(1).div_euclid(slice_us);
            lane.filled(first.max(complete_from)..end)
        })
    }

    /// The first slice of a length from which on every event of an objective is in its slice; `None` where no tier of
    /// that length is kept.
    pub(crate) fn complete_from(&self, key: ObjectiveKey, slice_s: u32) -> Option<i64> {
        let lane = self.histories.get(&key)?.lane(slice_s)?;
        Some(lane.slice_of(lane.complete_from_s(self.clock_s)))
    }

    fn advance(&mut self, now: Timestamp) {
        self.clock_s = self.clock_s.max(now.0.div_euclid(1_000_000));
    }

    fn row(&self, key: ObjectiveKey, tier: u32, slice: i64) -> Option<CellRow> {
        let (good, bad) = if (key, tier, slice) == (ObjectiveKey::LIVENESS, MARKS, 0) {
            (non_negative(self.heartbeat?.0), 0)
        } else {
            let history = self.histories.get(&key)?;
            match (tier, slice) {
                (MARKS, 0) => (non_negative(history.first_counted?.0), 0),
                (MARKS, _) => {
                    let lane = history.lane(u32::try_from(slice).ok()?)?;
                    (non_negative(lane.since_s), u64::from(lane.tier.keep_s))
                }
                _ => {
                    let counts = history.lane(tier)?.get(slice);
                    (counts.good, counts.bad)
                }
            }
        };
        Some(CellRow { key, tier, slice, good, bad })
    }
}

impl Default for History {
    fn default() -> History {
        History { lanes: tier::EVERY.map(|tier| Lane::new(tier, 0)).into(), first_counted: None, defined: false }
    }
}

impl History {
    fn is_blank(&self) -> bool {
        self.first_counted.is_none() && self.lanes.iter().all(Lane::is_empty)
    }

    fn lane(&self, slice_s: u32) -> Option<&Lane> {
        self.lanes.iter().find(|lane| lane.tier.slice_s == slice_s)
    }

    fn lane_mut(&mut self, slice_s: u32) -> Option<&mut Lane> {
        self.lanes.iter_mut().find(|lane| lane.tier.slice_s == slice_s)
    }

    fn lane_or_new(&mut self, tier: Tier) -> &mut Lane {
        let at = self.lanes.partition_point(|lane| lane.tier.slice_s < tier.slice_s);
        if self.lanes.get(at).is_none_or(|lane| lane.tier.slice_s != tier.slice_s) {
            self.lanes.insert(at, Lane::new(tier, 0));
        }
        &mut self.lanes[at]
    }

    /// Adds a tier or changes how long it is kept; says whether its mark changed.
    fn want(&mut self, tier: Tier, is_blank: bool, clock_s: i64) -> bool {
        match self.lanes.iter_mut().find(|lane| lane.tier.slice_s == tier.slice_s) {
            Some(lane) if lane.tier.keep_s == tier.keep_s => false,
            Some(lane) => {
                if tier.keep_s > lane.tier.keep_s {
                    lane.since_s = lane.complete_from_s(clock_s);
                }
                lane.tier.keep_s = tier.keep_s;
                true
            }
            None => {
                // Events up to this far ahead of the clock may have been counted without the new tier.
                let ahead_s = crate::count::AHEAD_MAX.0 / 1_000_000;
                self.lane_or_new(tier).since_s = if is_blank { 0 } else { clock_s.saturating_add(ahead_s) };
                true
            }
        }
    }

    /// Adds to every tier that keeps the second; neighbours in one slice are added up first. Tells which
    /// slices changed first since they were settled, and returns the events that no tier keeps.
    fn add(&mut self, cells: &[(ObjectiveKey, i64, Counts)], clock_s: i64, mut changed: impl FnMut(u32, i64)) -> u64 {
        for lane in &mut self.lanes {
            let kept_from_s = lane.kept_from_s(clock_s);
            let mut kept = cells.iter().filter(|(_, second, _)| *second >= kept_from_s);
            let mut run = kept.next().map(|(_, second, counts)| (lane.slice_of(*second), *counts));
            // CEL-2: the event's own second chooses its slice, in every tier; when it came does not. A run of
            // one slice is added at once, and slices that come again are added to.
            while let Some((slice, mut sum)) = run {
                run = None;
                for (_, second, counts) in kept.by_ref() {
                    let next = lane.slice_of(*second);
                    if next != slice {
                        run = Some((next, *counts));
                        break;
                    }
                    sum += *counts;
                }
                if lane.count(slice, sum) {
                    changed(lane.tier.slice_s, slice);
                }
            }
        }
        let kept_from_s = self.lanes.iter().map(|lane| lane.kept_from_s(clock_s)).min().unwrap_or(i64::MAX);
        cells.iter().filter(|(_, second, _)| *second < kept_from_s).map(|(_, _, counts)| counts.valid()).sum()
    }

    /// Takes back events of a second; tells the slices that change.
    fn lose(&mut self, second: i64, counts: Counts, clock_s: i64, mut changed: impl FnMut(u32, i64)) {
        for lane in self.lanes.iter_mut().filter(|lane| second >= lane.kept_from_s(clock_s)) {
            let slice = lane.slice_of(second);
            if lane.uncount(slice, counts) {
                changed(lane.tier.slice_s, slice);
            }
        }
    }

    fn sum(&self, stretch: Stretch, clock_s: i64) -> WindowSum {
        let first_s = stretch.after.0.saturating_add(1).div_euclid(1_000_000);
        let last_s = stretch.upto.0.div_euclid(1_000_000);
        if first_s > last_s {
            return WindowSum::default();
        }
        // Tiers that divide one another; slices of another length only serve methods that judge by slices.
        let lanes: Vec<&Lane> = self.lanes.iter().filter(|lane| tier::nests(lane.tier.slice_s)).collect();
        let reaching = |second: i64| lanes.iter().find(|lane| lane.complete_from_s(clock_s) <= second).or(lanes.last());
        let (Some(oldest), Some(newest)) = (reaching(first_s), reaching(last_s)) else { return WindowSum::default() };
        let from_s = oldest.slice_of(first_s) * oldest.length_s();
        let end_s = newest.slice_of(last_s).saturating_add(1).saturating_mul(newest.length_s());
        let mut sum = WindowSum { counts: Counts::default(), from_s, until_s: from_s };
        while sum.until_s < end_s {
            let at_s = sum.until_s;
            let starts_here = |lane: &Lane| at_s % lane.length_s() == 0 && lane.complete_from_s(clock_s) <= at_s;
            let fits = |lane: &Lane| starts_here(lane) && end_s - at_s >= lane.length_s();
            let chosen = lanes
                .iter()
                .rposition(|lane| fits(lane))
                .or_else(|| lanes.iter().position(|lane| starts_here(lane)))
                .or_else(|| lanes.iter().position(|lane| lane.tier == oldest.tier));
            let Some(chosen) = chosen else { break };
            let lane = lanes[chosen];
            // Up to the next slice of the next coarser tier, where that one may take over.
            let boundary_s = lanes.get(chosen + 1).map_or(end_s, |coarser| {
                coarser.slice_of(at_s).saturating_add(1).saturating_mul(coarser.length_s()).min(end_s)
            });
            let first = lane.slice_of(at_s);
            let slices = first..first + ((boundary_s - at_s) / lane.length_s()).max(1);
            sum.until_s = slices.end.saturating_mul(lane.length_s());
            sum.counts += lane.sum(slices);
        }
        sum
    }
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

fn micros(stored: u64) -> Timestamp {
    Timestamp(i64::try_from(stored).unwrap_or(i64::MAX))
}

fn non_negative(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
