//! Spans in, counted events out: one pass over each span serves all SLOs.
//!
//! A span is looked up by its shape, asked what its shape leaves open, and counted as a good or bad
//! event of each indicator it is valid for, in the second in which it ended. What was counted is taken
//! as a [`Delta`] and added to the cells.
//!
//! Does not know objectives' targets or windows, where spans come from, or where cells are kept.
//!
//! # Invariants
//! SLI-1: each (trace, id, kind, shared) counts once per indicator within the horizon: [`HORIZON`], or
//! the last [`HORIZON_SPANS`] counted spans where that is shorter. Of several reports of one span the
//! first that is valid for an indicator decides. Beyond the horizon a repeat counts again; events that
//! come so late that one could go unrecognised are tallied.

mod question;
mod seen;
mod sets;
mod stories;
mod table;

#[cfg(test)]
mod tests;

use crate::cells::CellStore;
use crate::key::ObjectiveKey;
use crate::model::{Counts, Definitions};
use nines_base::{DurationUs, Timestamp};
use nines_span::SpanFields;
pub use question::Question;
use seen::Seen;
use sets::{EVERYTHING, Sets};
use std::collections::HashMap;
use std::ops::Range;
use stories::Stories;
use table::Table;

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

/// Stretches of time that an indicator counts into side by side, at first and at most: spans of a message
/// end within seconds of each other, those of a late or scattered one within an hour. What does not fit
/// makes the delta longer.
const OPEN_START: usize = 4;
const OPEN_MAX: usize = 512;

/// What happened to spans, since the counter was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Spans observed.
    pub spans: u64,
    /// Spans that were valid for at least one indicator.
    pub matched: u64,
    /// Events counted: a span counts once for each indicator it is valid for.
    pub events: u64,
    /// Matched spans that were not counted because they have no start, and so no time.
    pub without_start: u64,
    /// Matched spans that were not counted because they ended more than [`AHEAD_MAX`] after they came.
    pub ahead: u64,
    /// Matched spans that had been counted before, for everything they match.
    pub repeated: u64,
    /// Spans counted although so late that a repeat might not have been recognised.
    pub beyond_horizon: u64,
}

/// Counted events not yet added to cells.
#[derive(Clone, Debug, Default)]
pub struct Delta {
    /// Key, a second in the same slice of every tier as the events, counts; both may come several times.
    pub(crate) cells: Vec<(ObjectiveKey, i64, Counts)>,
    /// Events taken back: traces whose standing moved. To be taken from the cells after the others were added.
    pub(crate) lost: Vec<(ObjectiveKey, i64, Counts)>,
    /// When each key first counted an event, by arrival.
    pub(crate) first_counted: Vec<(ObjectiveKey, Timestamp)>,
}

impl Delta {
    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.lost.is_empty()
    }
}

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
    stories: Stories,
    spilled: Vec<(u32, i64, Counts)>,
    tally: Tally,
    /// Matched spans not yet settled, in the order they came.
    pending: Vec<Pending>,
    /// Of the pending spans: the slots each is valid for, ascending, and whether it is good.
    answers: Vec<(u32, bool)>,
    /// The slots of the span at hand; kept for its memory.
    members: Vec<u32>,
}

/// A span that is valid for something, before it is known whether it was counted already.
struct Pending {
    mix: u64,
    /// The low half of its trace's id.
    trace: u64,
    arrived: Timestamp,
    ended: Timestamp,
    /// What it is valid for.
    matched: u16,
    purpose: Purpose,
    /// Where its answers end; they begin where those of the span before end.
    answers_end: usize,
}

struct Slot {
    key: ObjectiveKey,
    /// What came before is counted by somebody else.
    from: Timestamp,
    /// Length of the stretches it counts by, seconds.
    grain_s: i64,
    /// Each where its number points modulo the length, a power of two.
    open: Vec<Open>,
    first_counted: Option<Timestamp>,
    is_first_new: bool,
}

/// A stretch of time that is counted into: a quarter of a cache line.
#[derive(Clone, Copy, Default)]
struct Open {
    /// Which stretch of the indicator's length.
    number: i64,
    good: u32,
    bad: u32,
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
        let mut counter = Counter {
            questions: Vec::new(),
            slots: Vec::new(),
            slot_of: HashMap::new(),
            table: Table::default(),
            seen: Seen::new(horizon, spans_max),
            sets: Sets::default(),
            stories: Stories::default(),
            spilled: Vec::new(),
            tally: Tally::default(),
            pending: Vec::with_capacity(SETTLED_TOGETHER),
            answers: Vec::new(),
            members: Vec::new(),
        };
        counter.redefine(definitions);
        counter
    }

    /// Asks what these definitions ask from now on. What was counted, and which spans were, is kept.
    pub fn redefine(&mut self, definitions: &Definitions) {
        self.questions.fill(None);
        for (_, objective) in definitions.objectives().filter(|(_, objective)| objective.sli.is_of_spans()) {
            let Some(key) = ObjectiveKey::of(&objective.sli) else { continue };
            let slot = *self.slot_of.entry(key).or_insert_with(|| {
                self.slots.push(Slot::new(key));
                self.questions.push(None);
                (self.slots.len() - 1) as u32
            });
            self.questions[slot as usize] = Question::of(&objective.sli);
        }
        self.table = Table::new(&self.questions);
        self.stories.redefine(definitions, &self.slot_of);
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
        self.stories.count_from(key, at);
    }

    /// Counts a span that came at `arrived`.
    pub fn observe<S: SpanFields + ?Sized>(&mut self, arrived: Timestamp, span: &S) {
        self.tally.spans += 1;
        self.meet(arrived, span, Purpose::Count);
    }

    /// Remembers, after a restart, a span that was counted before it: so a repeat is recognised.
    pub fn remember<S: SpanFields + ?Sized>(&mut self, arrived: Timestamp, span: &S) {
        self.meet(arrived, span, Purpose::Remember);
    }

    /// Remembers what another counter remembers to have counted, so that a repeat of it is recognised here.
    pub fn adopt(&mut self, other: &Counter) {
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
        self.stories.take_into(&mut delta);
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
        let answers_end = self.answers.len();
        let trace = span.trace_id().low();
        self.pending.push(Pending { mix: mix(span), trace, arrived, ended, matched, purpose, answers_end });
        if self.pending.len() == SETTLED_TOGETHER {
            self.settle();
        }
    }

    /// Counts the pending spans that were not counted before.
    fn settle(&mut self) {
        self.seen.fetch(self.pending.iter().map(|span| span.mix));
        let mut answers_start = 0;
        let mut pending = std::mem::take(&mut self.pending);
        for span in pending.drain(..) {
            let answers = answers_start..span.answers_end;
            answers_start = span.answers_end;
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
            if span.purpose == Purpose::Remember {
                self.tell_stories(&span, answers, before);
                continue;
            }
            if before == span.matched || before == EVERYTHING {
                self.tally.repeated += 1;
            } else {
                self.tell_stories(&span, answers.clone(), before);
                self.count(&span, answers, before);
            }
        }
        self.answers.clear();
        self.pending = pending;
    }

    /// Tells the stories what a span's events are, but for those of the set `before`.
    fn tell_stories(&mut self, span: &Pending, answers: Range<usize>, before: u16) {
        if self.stories.is_empty() || before == span.matched || before == EVERYTHING {
            return;
        }
        let counted_before = self.sets.members(before);
        for &(slot, is_good) in &self.answers[answers] {
            if counted_before.binary_search(&slot).is_err() {
                self.stories.note(slot, span, is_good);
            }
        }
    }

    /// Counts a span for what it is valid for, but for the indicators of the set `before`.
    fn count(&mut self, span: &Pending, answers: Range<usize>, before: u16) {
        let second = span.ended.0.div_euclid(1_000_000);
        let counted_before = self.sets.members(before);
        let mut n_events = 0;
        for &(slot, is_good) in &self.answers[answers] {
            if counted_before.binary_search(&slot).is_ok() || span.arrived < self.slots[slot as usize].from {
                continue;
            }
            n_events += 1;
            if let Some((closed, counts)) = self.slots[slot as usize].add(second, is_good, span.arrived) {
                self.spilled.push((slot, closed, counts));
            }
        }
        self.tally.events += n_events;
        self.tally.repeated += u64::from(n_events == 0);
        let is_beyond = n_events > 0 && span.arrived - span.ended > self.seen.reach();
        self.tally.beyond_horizon += u64::from(is_beyond);
    }
}

impl Slot {
    fn new(key: ObjectiveKey) -> Slot {
        Slot {
            key,
            from: Timestamp(i64::MIN),
            grain_s: 1,
            open: vec![Open::default(); OPEN_START],
            first_counted: None,
            is_first_new: false,
        }
    }

    /// Counts an event; returns a stretch that had to make room, by its first second.
    #[inline]
    fn add(&mut self, second: i64, is_good: bool, arrived: Timestamp) -> Option<(i64, Counts)> {
        if self.first_counted.is_none_or(|first| arrived < first) {
            self.first_counted = Some(arrived);
            self.is_first_new = true;
        }
        let number = second.div_euclid(self.grain_s);
        let at = self.place(number);
        let open = &mut self.open[at];
        if open.number == number && open.is_below_limit() {
            open.add(is_good);
            return None;
        }
        self.open_another(number, is_good)
    }

    /// Begins a stretch where there is room, or may be made.
    fn open_another(&mut self, number: i64, is_good: bool) -> Option<(i64, Counts)> {
        let mut at = self.place(number);
        while !self.open[at].is_empty() && self.open[at].number != number && self.open.len() < OPEN_MAX {
            self.widen();
            at = self.place(number);
        }
        let open = &mut self.open[at];
        let full = std::mem::replace(open, Open { number, good: 0, bad: 0 });
        open.add(is_good);
        (!full.is_empty()).then(|| (full.number * self.grain_s, full.counts()))
    }

    #[inline]
    fn place(&self, number: i64) -> usize {
        number as usize & (self.open.len() - 1)
    }

    /// Numbers that had places of their own have them in twice the length too.
    fn widen(&mut self) {
        let length = self.open.len() * 2;
        let narrow = std::mem::replace(&mut self.open, vec![Open::default(); length]);
        for open in narrow.into_iter().filter(|open| !open.is_empty()) {
            let at = self.place(open.number);
            self.open[at] = open;
        }
    }

    /// The stretches that have events, by their first second, emptied.
    fn take_open(&mut self) -> impl Iterator<Item = (i64, Counts)> + '_ {
        let grain_s = self.grain_s;
        let filled = self.open.iter_mut().filter(|open| !open.is_empty());
        filled.map(move |open| {
            let Open { number, .. } = *open;
            let full = std::mem::replace(open, Open { number, good: 0, bad: 0 });
            (number * grain_s, full.counts())
        })
    }
}

impl Open {
    fn is_empty(&self) -> bool {
        self.good == 0 && self.bad == 0
    }

    fn is_below_limit(&self) -> bool {
        self.good < u32::MAX && self.bad < u32::MAX
    }

    fn add(&mut self, is_good: bool) {
        self.good += u32::from(is_good);
        self.bad += u32::from(!is_good);
    }

    fn counts(&self) -> Counts {
        Counts { good: u64::from(self.good), bad: u64::from(self.bad) }
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
