//! Spans in, counted events out: one pass over each span serves all SLOs.
//!
//! A span is looked up by its shape, asked what its shape leaves open, and counted as a good or bad
//! event of each indicator it is valid for, in the second in which it ended. What was counted is taken
//! as a [`Delta`] and added to the cells.
//!
//! Which indicators an operation may concern is decided when it is first met, and spans that stand side by side come with
//! the numbers of their operations. So a span that concerns nothing, as most do, costs one look into an array.
//!
//! Does not know objectives' targets or windows, where spans come from, or where cells are kept.
//!
//! # Invariants
//! SLI-1: each (trace, id, kind, shared) counts once per indicator within the horizon: [`HORIZON`], or
//! the last [`HORIZON_SPANS`] counted spans where that is shorter. Of several reports of one span the
//! first that is valid for an indicator decides. Beyond the horizon a repeat counts again; events that
//! come so late that one could go unrecognised are tallied.

mod asks;
mod concerns;
mod delta;
mod groups;
mod inquiry;
mod joins;
mod question;
mod seen;
mod sets;
mod slot;
mod standing;
mod table;
mod weight;

#[cfg(test)]
mod tests;

use crate::cells::CellStore;
use crate::key::ObjectiveKey;
use crate::model::{Counts, Definitions, Sli};
use asks::asks_of;
pub use delta::{Delta, Moved, Tally};
pub use groups::{CAP_DEFAULT, CAP_MAX, Groups, NONE, OTHER, VALUE_BYTES_MAX};
pub use inquiry::Inquiry;
use joins::{Joins, Note};
use nines_base::{DurationUs, Timestamp};
use nines_span::{SpanFields, SpanRun};
pub use question::Question;
use seen::Seen;
use sets::{EVERYTHING, Sets};
use slot::Slot;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use table::Table;
pub use weight::{RATE_TAG, WEIGHT_MAX};

/// How long a counted span is remembered: as long as senders and queues retry.
pub const HORIZON: DurationUs = DurationUs::from_secs(15 * 60);

/// How many counted spans are remembered at most: 54 MB, and 15 minutes at 4 400 a second. At the limit
/// the oldest seventh makes room.
pub const HORIZON_SPANS: usize = 4_000_000;

/// How far after its arrival a span may say it ended. Clocks of hosts differ by seconds; beyond five
/// minutes a clock is wrong, and counting would put events where windows have yet to come.
pub const AHEAD_MAX: DurationUs = DurationUs::from_secs(5 * 60);

/// Matched spans settled together. Whether a span was seen is asked of a table far larger than any
/// cache; asking for many at once lets the processor fetch several places at a time.
const SETTLED_TOGETHER: usize = 64;

/// Counts spans.
pub struct Counter {
    /// The questions of each slot; `None` where the definitions no longer ask them.
    questions: Vec<Option<Question>>,
    /// Slots beside their questions. A slot is never given to another indicator, so that what is
    /// remembered of spans outlives a change of definitions.
    slots: Vec<Slot>,
    slot_of: HashMap<ObjectiveKey, u32>,
    table: Table,
    seen: Seen,
    sets: Sets,
    joins: Joins,
    spilled: Vec<(u32, i64, Counts)>,
    /// Events that came late, by slot and second.
    late: BTreeMap<(u32, i64), Moved>,
    tally: Tally,
    /// Matched spans not yet settled, in the order they came.
    pending: Vec<Pending>,
    /// Of the pending spans: the slots each is valid for, ascending, and whether it is good.
    answers: Vec<(u32, bool)>,
    /// Of the pending spans: what each adds to what is not one event a span.
    notes: Vec<Note>,
    /// The slots of the span at hand; kept for its memory.
    members: Vec<u32>,
    /// The spans of the run at hand that may concern something; likewise.
    concerned: Vec<usize>,
}

/// A span that is valid for something, before it is known whether it was counted already.
struct Pending {
    mix: u64,
    arrived: Timestamp,
    ended: Timestamp,
    /// What it is valid for.
    matched: u16,
    purpose: Purpose,
    /// Where its answers end; they begin where those of the span before end.
    answers_end: usize,
    /// Where its notes end, likewise.
    notes_end: usize,
}

/// Whether a span is to be counted or only remembered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Count,
    Remember,
}

impl Counter {
    /// A counter of everything the definitions ask of spans.
    pub fn new(definitions: &Definitions) -> Counter {
        Counter::with_horizon(definitions, HORIZON, HORIZON_SPANS)
    }

    /// A counter that recognises repeats for `horizon` and `spans_max` spans at most.
    pub fn with_horizon(definitions: &Definitions, horizon: DurationUs, spans_max: usize) -> Counter {
        let mut counter = Counter::blank(horizon, spans_max);
        counter.redefine(definitions);
        counter
    }

    /// A counter of one indicator.
    fn of(sli: &Sli) -> Counter {
        let mut counter = Counter::blank(HORIZON, HORIZON_SPANS);
        counter.ask([sli].into_iter(), Vec::new());
        counter
    }

    fn blank(horizon: DurationUs, spans_max: usize) -> Counter {
        Counter {
            questions: Vec::new(),
            slots: Vec::new(),
            slot_of: HashMap::new(),
            table: Table::default(),
            seen: Seen::new(horizon, spans_max),
            sets: Sets::default(),
            joins: Joins::default(),
            spilled: Vec::new(),
            late: BTreeMap::new(),
            tally: Tally::default(),
            pending: Vec::with_capacity(SETTLED_TOGETHER),
            answers: Vec::new(),
            notes: Vec::new(),
            members: Vec::new(),
            concerned: Vec::new(),
        }
    }

    /// Asks what these definitions ask from now on. What was counted, and which spans were, is kept.
    pub fn redefine(&mut self, definitions: &Definitions) {
        self.ask(definitions.indicators().map(|(_, objective)| &objective.sli), asks::stories(definitions));
    }

    /// Asks for these indicators, and for stories with the spans whose events they are made of.
    fn ask<'s>(
        &mut self,
        indicators: impl Iterator<Item = &'s Sli>,
        stories: Vec<(ObjectiveKey, BTreeSet<ObjectiveKey>)>,
    ) {
        self.questions.fill(None);
        let mut feeds = Vec::new();
        for sli in indicators {
            for ask in asks_of(sli) {
                let slot = self.slot(ask.key, ask.is_counted);
                self.questions[slot as usize] = Some(ask.question);
                feeds.push((slot, ask.feeds));
            }
        }
        let slots_of =
            |keys: BTreeSet<ObjectiveKey>| keys.iter().filter_map(|key| self.slot_of.get(key).copied()).collect();
        let stories: Vec<(ObjectiveKey, Vec<u32>)> =
            stories.into_iter().map(|(story, keys)| (story, slots_of(keys))).collect();
        self.joins.redefine(&feeds, &stories);
        self.table = Table::new(&self.questions, self.joins.feeding());
    }

    fn slot(&mut self, key: ObjectiveKey, is_counted: bool) -> u32 {
        *self.slot_of.entry(key).or_insert_with(|| {
            self.slots.push(Slot::new(key, is_counted));
            self.questions.push(None);
            (self.slots.len() - 1) as u32
        })
    }

    /// The groups that events were taken apart into so far.
    pub fn groups(&self) -> &Groups {
        self.joins.groups()
    }

    /// Gives values the groups that they had, before the next span is counted.
    pub fn restore_groups(&mut self, groups: &Groups) {
        self.joins.restore_groups(groups);
    }

    /// Counts by no finer stretches of time than `cells` tell apart. Belongs after
    /// [`CellStore::define`], before the next span is counted; without it seconds are told apart.
    pub fn count_for(&mut self, cells: &CellStore) {
        for (number, slot) in (0u32..).zip(&mut self.slots) {
            let grain_s = cells.grain_s(slot.key);
            if slot.grain_s != grain_s {
                self.spilled.extend(slot.take_open().map(|(second, counts)| (number, second, counts)));
                slot.grain_s = grain_s;
            }
        }
    }

    /// Counts of an indicator only spans that come at `at` or later: those before it are counted elsewhere.
    pub fn count_from(&mut self, key: ObjectiveKey, at: Timestamp) {
        if let Some(slot) = self.slot_of.get(&key) {
            self.slots[*slot as usize].from = at;
        }
        self.joins.count_from(key, at);
    }

    /// Counts a span that came at `arrived`.
    pub fn observe<S: SpanFields + ?Sized>(&mut self, arrived: Timestamp, span: &S) {
        self.tally.spans += 1;
        self.meet(arrived, span, Purpose::Count);
    }

    /// Counts spans that stand side by side: looks at those whose operations may concern something.
    pub fn observe_run(&mut self, run: &dyn SpanRun) {
        self.tally.spans += run.len() as u64;
        let (arrived, mut concerned) = (run.arrived(), std::mem::take(&mut self.concerned));
        self.table.concerned(run, &mut concerned);
        for at in concerned.drain(..) {
            run.show(at, &mut |span| self.meet(arrived, span, Purpose::Count));
        }
        self.concerned = concerned;
    }

    /// Remembers, after a restart, a span that was counted before it: so a repeat is recognised.
    pub fn remember<S: SpanFields + ?Sized>(&mut self, arrived: Timestamp, span: &S) {
        self.meet(arrived, span, Purpose::Remember);
    }

    /// How far back spans are to be remembered after a restart: as long as repeats are recognised, or twice that where
    /// events are made of several spans. These go on with a span up to [`HORIZON`] after their last one, so what came as long
    /// before that one is known, too.
    pub fn recall(&self) -> DurationUs {
        if self.joins.has_standings() { DurationUs(2 * HORIZON.0) } else { HORIZON }
    }

    /// What was held of these indicators until their past is adopted need not be any more: nobody counts it.
    pub fn await_no_past(&mut self, keys: &[ObjectiveKey]) {
        self.joins.await_no_past(keys);
    }

    /// Remembers what another counter remembers to have counted, so that a repeat of it is recognised here. Says under
    /// which key here each group of the indicators of `keys`, which were counted there, is counted.
    pub fn adopt(&mut self, other: Counter, keys: &[ObjectiveKey]) -> Vec<(ObjectiveKey, ObjectiveKey)> {
        self.settle();
        let slot_here = |slot: &u32| self.slot_of.get(&other.slots[*slot as usize].key).copied();
        let mut translated: HashMap<u16, Vec<u32>> = HashMap::new();
        for (_, set) in other.seen.entries() {
            translated.entry(set).or_insert_with(|| {
                let mut members: Vec<u32> = other.sets.members(set).iter().filter_map(slot_here).collect();
                members.sort_unstable();
                members
            });
        }
        // As if they had come just now: they are remembered for somewhat longer than they need be.
        let now = self.seen.latest().max(other.seen.latest());
        for (mix, set) in other.seen.entries() {
            let members = &translated[&set];
            if !members.is_empty() {
                self.seen.note(mix, now, |before| match before {
                    EVERYTHING => EVERYTHING,
                    before => self.sets.with(before, members),
                });
            }
        }
        self.joins.adopt(other.joins, keys, now)
    }

    /// What was counted since this was last taken.
    pub fn take_delta(&mut self) -> Delta {
        self.settle();
        let mut delta = Delta::default();
        for (slot, second, counts) in self.spilled.drain(..) {
            delta.cells.push((self.slots[slot as usize].key, second, counts));
        }
        for slot in &mut self.slots {
            let key = slot.key;
            delta.cells.extend(slot.take_open().map(|(second, counts)| (key, second, counts)));
            if let (Some(first), true) = (slot.first_counted, std::mem::take(&mut slot.is_first_new)) {
                delta.first_counted.push((slot.key, first));
            }
        }
        let late = std::mem::take(&mut self.late).into_iter();
        delta.late.extend(late.map(|((slot, second), moved)| (self.slots[slot as usize].key, second, moved)));
        self.joins.take_into(&mut delta);
        delta
    }

    /// What happened to spans so far.
    pub fn tally(&mut self) -> Tally {
        self.settle();
        self.tally
    }

    /// How far back repeats are recognised now: [`HORIZON`] unless [`HORIZON_SPANS`] came faster.
    pub fn horizon(&self) -> DurationUs {
        self.seen.reach()
    }

    /// Counted spans remembered now.
    pub fn n_remembered(&self) -> usize {
        self.seen.len()
    }

    /// Spans forgotten before [`HORIZON`] because [`HORIZON_SPANS`] newer ones came.
    pub fn n_crowded_out(&self) -> u64 {
        self.seen.n_crowded_out()
    }

    /// What is known of traces, requests and messages that was forgotten early because too many newer ones came.
    pub fn n_standings_crowded_out(&self) -> u64 {
        self.joins.n_crowded_out()
    }

    fn meet<S: SpanFields + ?Sized>(&mut self, arrived: Timestamp, span: &S, purpose: Purpose) {
        let Some(mut asked) = self.table.asked(span, &self.questions) else { return };
        let answers_start = self.answers.len();
        asked.answer(span, &mut self.answers);
        if self.answers.len() == answers_start {
            return;
        }
        let is_counted = purpose == Purpose::Count;
        self.tally.matched += u64::from(is_counted);
        let ended = span.end_us().map(|us| Timestamp(i64::try_from(us).unwrap_or(i64::MAX)));
        let Some(ended) = ended.filter(|ended| *ended - arrived <= AHEAD_MAX) else {
            self.tally.without_start += u64::from(is_counted && ended.is_none());
            self.tally.ahead += u64::from(is_counted && ended.is_some());
            self.answers.truncate(answers_start);
            return;
        };
        self.members.clear();
        self.members.extend(self.answers[answers_start..].iter().map(|(slot, _)| *slot));
        let matched = self.sets.number(&self.members, asked.candidates.likely_set);
        asked.candidates.likely_set = matched;
        if asked.candidates.feeds {
            self.joins.meet(span, ended, &self.answers[answers_start..], &mut self.notes);
        }
        let (answers_end, notes_end) = (self.answers.len(), self.notes.len());
        self.pending.push(Pending { mix: mix(span), arrived, ended, matched, purpose, answers_end, notes_end });
        if self.pending.len() == SETTLED_TOGETHER {
            self.settle();
        }
    }

    /// Counts the pending spans that were not counted before.
    fn settle(&mut self) {
        self.seen.fetch(self.pending.iter().map(|span| span.mix));
        let mut answers_start = 0;
        let mut pending = std::mem::take(&mut self.pending);
        let mut notes = std::mem::take(&mut self.notes);
        let (mut untold, mut notes_start) = (notes.drain(..), 0);
        for span in pending.drain(..) {
            let answers = answers_start..span.answers_end;
            answers_start = span.answers_end;
            let own = untold.by_ref().take(span.notes_end - notes_start);
            notes_start = span.notes_end;
            let mut before = 0;
            self.seen.note(span.mix, span.arrived, |counted_for| {
                before = counted_for;
                match counted_for {
                    0 => span.matched,
                    same if same == span.matched => same,
                    EVERYTHING => EVERYTHING,
                    other => {
                        let members: Vec<u32> = self.answers[answers.clone()].iter().map(|(slot, _)| *slot).collect();
                        self.sets.with(other, &members)
                    }
                }
            });
            if before == span.matched || before == EVERYTHING {
                own.for_each(drop);
                self.tally.repeated += u64::from(span.purpose == Purpose::Count);
                continue;
            }
            let counted_before = self.sets.members(before);
            for note in own.filter(|note| counted_before.binary_search(&note.slot).is_err()) {
                self.joins.note(note, &span);
            }
            if span.purpose == Purpose::Count {
                self.count(&span, answers, before);
            }
        }
        drop(untold);
        self.answers.clear();
        self.pending = pending;
        self.notes = notes;
    }

    /// Counts a span for what it is valid for, but for the indicators of the set `before`.
    fn count(&mut self, span: &Pending, answers: Range<usize>, before: u16) {
        let second = span.ended.0.div_euclid(1_000_000);
        let is_late = span.arrived - span.ended > HORIZON;
        let counted_before = self.sets.members(before);
        let (mut n_new, mut n_events) = (0, 0);
        for &(slot, is_good) in &self.answers[answers] {
            if counted_before.binary_search(&slot).is_ok() {
                continue;
            }
            n_new += 1;
            if span.arrived < self.slots[slot as usize].from {
                continue;
            }
            n_events += 1;
            if let Some((closed, counts)) = self.slots[slot as usize].add(second, is_good, span.arrived) {
                self.spilled.push((slot, closed, counts));
            }
            if is_late {
                let one = Counts { good: u64::from(is_good), bad: u64::from(!is_good) };
                *self.late.entry((slot, second)).or_default() += Moved::gained(one);
            }
        }
        self.tally.events += n_events;
        self.tally.repeated += u64::from(n_new == 0);
        let is_beyond = n_events > 0 && span.arrived - span.ended > self.seen.reach();
        self.tally.beyond_horizon += u64::from(is_beyond);
    }
}

/// What a span is recognised by: trace, id, kind and shared flag, mixed to 64 bits.
#[inline]
fn mix<S: SpanFields + ?Sized>(span: &S) -> u64 {
    let trace = span.trace_id().0;
    let role = span.kind() as u64 | u64::from(span.shared()) << 8;
    let ids = fold(trace as u64 ^ 0x2d35_8dcc_aa6c_78a5, span.id().0 ^ 0x8bb8_4b93_962e_acc9);
    let rest = fold((trace >> 64) as u64 ^ 0x4b33_a62e_d433_d4a3, role ^ 0x4d5a_2da5_1de1_aa47);
    fold(ids ^ 0x9e37_79b9_7f4a_7c15, rest ^ trace as u64 ^ 0xbf58_476d_1ce4_e5b9)
}

/// Both halves of a product: every bit of each number moves bits of it all over.
#[inline]
fn fold(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    product as u64 ^ (product >> 64) as u64
}
