//! What is counted that is not one event a span: traces of stories, requests of several attempts, messages that are
//! produced and consumed, spans that are many events, groups by a tag.
//!
//! Where events are made of several spans, what is known of each trace, request or message is its
//! [`Standing`]; what its events were before a span came is taken back, and what they are now is counted. So cells
//! depend on which spans came and not on their order.
//!
//! A standing is remembered for [`HORIZON`] after its last span, at most twice as long, or until
//! [`STANDINGS_MAX`] newer ones or [`ATTEMPTS_HELD_MAX`] newer attempts came: a span that comes later makes one of its own.

use super::asks::{Feed, Following, Role};
use super::groups::{Adopted, Groups, NONE};
use super::standing::{Attempt, Pair, Reading, Standing, Story};
use super::table::Fingerprint;
use super::{Delta, HORIZON, Moved, Pending, Purpose, fold};
use crate::key::ObjectiveKey;
use crate::model::{Counts, FollowJoin, GroupBy};
use nines_base::{SpanId, Timestamp, TraceId};
use nines_span::SpanFields;
use nines_span::otlp::links;
use nines_trace::filter::value::{Number, number_of};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Standings remembered in each of two generations, and as many where a past is awaited: 45 MB where they are traces or messages, 70 MB where they are
/// requests; 15 minutes at 550 a second.
const STANDINGS_MAX: usize = 500_000;

/// Attempts remembered in each of these, whatever requests they are of: 40 MB, and twice that where lists of them
/// have just grown.
const ATTEMPTS_HELD_MAX: usize = 1_000_000;

/// Links of a span that are followed: as many as OpenTelemetry's SDKs let a span have.
const LINKS_MAX: usize = 128;

/// Tags by which a client says that it sends a request again (OpenTelemetry's semantic conventions for HTTP, and what
/// they were called before).
const RESEND_TAGS: [&str; 2] = ["http.request.resend_count", "http.resend_count"];

/// Everything that spans feed.
#[derive(Default)]
pub(super) struct Joins {
    joins: Vec<Join>,
    numbers: HashMap<ObjectiveKey, u32>,
    /// For each slot, what its spans feed.
    of_slot: Vec<Vec<(u32, Role)>>,
    young: HashMap<(u32, u64), Standing>,
    old: HashMap<(u32, u64), Standing>,
    /// What is too old for both, but may go on with what came before its join's past was counted.
    held: HashMap<(u32, u64), Standing>,
    /// Attempts in `held`.
    n_attempts_held: usize,
    /// Attempts in `young`.
    n_attempts: usize,
    /// When the generations were changed last.
    turned_at: Timestamp,
    n_crowded_out: u64,
    /// By join and second.
    moved: BTreeMap<(u32, i64), Moved>,
    /// Of those, what came more than [`HORIZON`] late.
    late: BTreeMap<(u32, i64), Moved>,
    groups: Groups,
    new_groups: Vec<(ObjectiveKey, String)>,
}

/// What is counted under a key.
struct Join {
    key: ObjectiveKey,
    reading: Reading,
    /// Spans that came before are counted by somebody else.
    from: Timestamp,
    /// Whether what they came to is still to be joined.
    awaits_past: bool,
    first_counted: Option<Timestamp>,
    is_first_new: bool,
}

/// What a span adds to a join.
pub(super) struct Note {
    /// The slot whose event it is.
    pub slot: u32,
    join: u32,
    what: What,
}

enum What {
    /// To a trace, request or message.
    Standing(u64, Standing),
    /// Events of its own.
    Events(Counts),
}

impl Joins {
    /// Follows these from now on: what each slot's spans feed, and the stories with the slots of theirs. What means the
    /// same keeps what is known of it.
    pub fn redefine(&mut self, feeds: &[(u32, Vec<Feed>)], stories: &[(ObjectiveKey, Vec<u32>)]) {
        self.of_slot.iter_mut().for_each(Vec::clear);
        for (slot, feeds) in feeds {
            for Feed { of, role } in feeds {
                self.feed(*slot, *of, role.clone());
            }
        }
        for (key, slots) in stories {
            slots.iter().for_each(|slot| self.feed(*slot, *key, Role::Story));
        }
    }

    fn feed(&mut self, slot: u32, of: ObjectiveKey, role: Role) {
        let number = self.number(of, reading_of(&role), Timestamp(i64::MIN));
        if let Role::Group { by, .. } = &role {
            self.groups.allow(of, by.cap);
        }
        let slot = slot as usize;
        if self.of_slot.len() <= slot {
            self.of_slot.resize(slot + 1, Vec::new());
        }
        let fed = &mut self.of_slot[slot];
        if !fed.contains(&(number, role.clone())) {
            fed.push((number, role));
        }
    }

    fn number(&mut self, key: ObjectiveKey, reading: Reading, from: Timestamp) -> u32 {
        *self.numbers.entry(key).or_insert_with(|| {
            let (first_counted, is_first_new, awaits_past) = (None, false, false);
            self.joins.push(Join { key, reading, from, awaits_past, first_counted, is_first_new });
            (self.joins.len() - 1) as u32
        })
    }

    /// The slots whose spans feed something.
    pub fn feeding(&self) -> Vec<bool> {
        self.of_slot.iter().map(|fed| !fed.is_empty()).collect()
    }

    /// The groups known so far.
    pub fn groups(&self) -> &Groups {
        &self.groups
    }

    /// Gives values the groups that they had.
    pub fn restore_groups(&mut self, groups: &Groups) {
        self.groups.restore_all(groups);
    }

    /// Whether events are made of several spans.
    pub fn has_standings(&self) -> bool {
        let of_several = |(_, role): &(u32, Role)| !matches!(role, Role::Weight(_) | Role::Group { .. });
        self.of_slot.iter().flatten().any(of_several)
    }

    /// Counts by spans that come at `at` or later. What these came to is held until what came before is adopted, however
    /// long that takes: only then is it known what belongs together.
    pub fn count_from(&mut self, key: ObjectiveKey, at: Timestamp) {
        let group_keys: BTreeSet<ObjectiveKey> = self.groups.of(key).map(|(_, group)| group).collect();
        let is_concerned = |join: &&mut Join| join.key == key || group_keys.contains(&join.key);
        self.joins.iter_mut().filter(is_concerned).for_each(|join| (join.from, join.awaits_past) = (at, true));
    }

    /// Lets go of what was held for these: their past is here, or nobody counts it.
    pub fn await_no_past(&mut self, keys: &[ObjectiveKey]) {
        self.joins.iter_mut().filter(|join| keys.contains(&join.key)).for_each(|join| join.awaits_past = false);
        self.held.retain(|(join, _), _| self.joins[*join as usize].awaits_past);
        self.n_attempts_held = self.held.values().map(Standing::n_attempts).sum();
    }

    /// Standings forgotten before [`HORIZON`] because too many newer ones came.
    pub fn n_crowded_out(&self) -> u64 {
        self.n_crowded_out
    }

    /// Notes what a span adds, for the slots it is valid for. Whether it was counted before is not known yet.
    pub fn meet<S: SpanFields + ?Sized>(
        &mut self,
        span: &S,
        ended: Timestamp,
        answers: &[(u32, bool)],
        notes: &mut Vec<Note>,
    ) {
        for &(slot, is_good) in answers {
            for at in 0..self.of_slot.get(slot as usize).map_or(0, Vec::len) {
                let (join, role) = &self.of_slot[slot as usize][at];
                let join = *join;
                let mut add = |what: What| notes.push(Note { slot, join, what });
                let trace = span.trace_id();
                match role {
                    Role::Story => {
                        let story = Story { second: ended.0.div_euclid(1_000_000), is_good };
                        add(What::Standing(trace.low(), Standing::Story(story)));
                    }
                    Role::Attempt(_) => {
                        add(What::Standing(request_of(span), Standing::Attempts(vec![attempt(span, ended, is_good)])));
                    }
                    Role::Produced(following) => {
                        let of = match following.join {
                            FollowJoin::Span => message(trace, span.id()),
                            FollowJoin::Trace => trace.low(),
                        };
                        add(What::Standing(of, Standing::Pair(Pair::produced(ended.0))));
                    }
                    Role::Consumed(following) => {
                        each_consumed(span, *following, |of| {
                            add(What::Standing(of, Standing::Pair(Pair::consumed(ended.0))));
                        });
                    }
                    Role::Weight(weighing) => add(What::Events(weighing.counts(span, is_good))),
                    Role::Group { by, weighing } => {
                        let (by, events) = (by.clone(), weighing.counts(span, is_good));
                        let group = self.group(join, &by, span);
                        notes.push(Note { slot, join: group, what: What::Events(events) });
                    }
                }
            }
        }
    }

    /// The join of a span's group.
    fn group<S: SpanFields + ?Sized>(&mut self, parent: u32, by: &GroupBy, span: &S) -> u32 {
        let (key, from) = (self.joins[parent as usize].key, self.joins[parent as usize].from);
        let value = span.tag(&by.tag).map(|value| value.text());
        let (group, new_value) = self.groups.place(key, value.as_deref().unwrap_or(NONE));
        self.new_groups.extend(new_value.map(|value| (key, value)));
        self.number(group, Reading::Story, from)
    }

    /// Counts what a span adds that was not counted before.
    pub fn note(&mut self, note: Note, span: &Pending) {
        let Note { join, what, .. } = note;
        let Join { from, reading, .. } = self.joins[join as usize];
        if span.arrived < from {
            return;
        }
        match what {
            What::Events(counts) => {
                if span.purpose == Purpose::Count && counts.valid() > 0 {
                    self.gain(join, span.ended.0.div_euclid(1_000_000), counts, span.arrived);
                }
            }
            What::Standing(of, added) => {
                self.turn(span.arrived);
                let before = self.take(&(join, of));
                let now = match &before {
                    Some(before) => before.clone().merged(added),
                    None => added,
                };
                if span.purpose == Purpose::Count && before.as_ref() != Some(&now) {
                    if let Some(before) = before {
                        before.each_event(reading, |second, counts| {
                            self.move_by(join, second, Moved::lost(counts), span.arrived);
                        });
                    }
                    now.each_event(reading, |second, counts| self.gain(join, second, counts, span.arrived));
                }
                self.put((join, of), now.bounded());
            }
        }
    }

    /// What is remembered of a trace, request or message.
    fn take(&mut self, of: &(u32, u64)) -> Option<Standing> {
        if let Some(young) = self.young.remove(of) {
            self.n_attempts -= young.n_attempts();
            return Some(young);
        }
        if let Some(old) = self.old.remove(of) {
            return Some(old);
        }
        let held = self.held.remove(of)?;
        self.n_attempts_held -= held.n_attempts();
        Some(held)
    }

    fn put(&mut self, of: (u32, u64), standing: Standing) {
        self.n_attempts += standing.n_attempts();
        let before = self.young.insert(of, standing);
        self.n_attempts -= before.map_or(0, |before| before.n_attempts());
    }

    /// Joins what another counter knows of traces, requests and messages whose spans came before: what both counted
    /// apart becomes what it is together. Only of the indicators of `keys`; says under which key here each of their
    /// groups is counted.
    pub fn adopt(&mut self, other: Joins, keys: &[ObjectiveKey], now: Timestamp) -> Vec<(ObjectiveKey, ObjectiveKey)> {
        for ((join, of), theirs) in other.young.into_iter().chain(other.old) {
            let key = other.joins[join as usize].key;
            let Some(&join) = self.numbers.get(&key).filter(|_| keys.contains(&key)) else { continue };
            let reading = self.joins[join as usize].reading;
            self.turn(now);
            let Some(ours) = self.take(&(join, of)) else {
                // They are as old as their spans, which are within the horizon or soon forgotten.
                self.put((join, of), theirs);
                continue;
            };
            // What is joined anew was counted before; it is no news of late.
            let mut move_by = |second: i64, moved: Moved| *self.moved.entry((join, second)).or_default() += moved;
            for apart in [&ours, &theirs] {
                apart.each_event(reading, |second, counts| move_by(second, Moved::lost(counts)));
            }
            let now = ours.merged(theirs);
            now.each_event(reading, |second, counts| move_by(second, Moved::gained(counts)));
            self.put((join, of), now.bounded());
        }
        self.await_no_past(keys);
        let adopted =
            self.groups.adopt(&other.groups, keys).into_iter().map(|Adopted { of, theirs, ours, new_value }| {
                self.new_groups.extend(new_value.map(|value| (of, value)));
                (theirs, ours)
            });
        adopted.collect()
    }

    fn gain(&mut self, join: u32, second: i64, counts: Counts, arrived: Timestamp) {
        self.move_by(join, second, Moved::gained(counts), arrived);
        let join = &mut self.joins[join as usize];
        if join.first_counted.is_none_or(|first| arrived < first) {
            (join.first_counted, join.is_first_new) = (Some(arrived), true);
        }
    }

    /// Counts events gained or taken back by a span that came when it did.
    fn move_by(&mut self, join: u32, second: i64, moved: Moved, arrived: Timestamp) {
        *self.moved.entry((join, second)).or_default() += moved;
        if arrived - Timestamp::from_secs(second) > HORIZON {
            *self.late.entry((join, second)).or_default() += moved;
        }
    }

    /// Forgets the older standings once they are old enough, or too many, but for those that are held.
    fn turn(&mut self, now: Timestamp) {
        let is_full = self.young.len() >= STANDINGS_MAX || self.n_attempts >= ATTEMPTS_HELD_MAX;
        if now - self.turned_at >= HORIZON || is_full {
            let gone = std::mem::replace(&mut self.old, std::mem::take(&mut self.young));
            let n_forgotten = gone.into_iter().filter_map(|(of, standing)| self.hold(of, standing)).count();
            self.n_crowded_out += if is_full { n_forgotten as u64 } else { 0 };
            (self.n_attempts, self.turned_at) = (0, now);
        }
    }

    /// Holds a standing whose past is awaited, or gives it back: of too many the first are held, which are nearest to it.
    fn hold(&mut self, of: (u32, u64), standing: Standing) -> Option<Standing> {
        let has_room = self.held.len() < STANDINGS_MAX && self.n_attempts_held < ATTEMPTS_HELD_MAX;
        if !has_room || !self.joins[of.0 as usize].awaits_past {
            return Some(standing);
        }
        self.n_attempts_held += standing.n_attempts();
        self.held.insert(of, standing);
        None
    }

    /// Moves what was counted since the last time.
    pub fn take_into(&mut self, delta: &mut Delta) {
        for ((join, second), Moved { good, bad }) in std::mem::take(&mut self.moved) {
            let key = self.joins[join as usize].key;
            let gained = Counts { good: unsigned(good), bad: unsigned(bad) };
            let lost = Counts { good: unsigned(good.saturating_neg()), bad: unsigned(bad.saturating_neg()) };
            if gained != Counts::default() {
                delta.cells.push((key, second, gained));
            }
            if lost != Counts::default() {
                delta.lost.push((key, second, lost));
            }
        }
        let late = std::mem::take(&mut self.late).into_iter().filter(|(_, moved)| *moved != Moved::default());
        delta.late.extend(late.map(|((join, second), moved)| (self.joins[join as usize].key, second, moved)));
        for join in &mut self.joins {
            if std::mem::take(&mut join.is_first_new) {
                delta.first_counted.extend(join.first_counted.map(|first| (join.key, first)));
            }
        }
        delta.groups.append(&mut self.new_groups);
    }
}

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

fn reading_of(role: &Role) -> Reading {
    match role {
        Role::Attempt(kept) => Reading::Attempts(*kept),
        Role::Produced(following) | Role::Consumed(following) => Reading::Pair { within_us: following.within.0 },
        // Those of which nothing is remembered are read by nobody.
        Role::Story | Role::Weight(_) | Role::Group { .. } => Reading::Story,
    }
}

/// What a message is recognised by: the span that produced it.
fn message(trace: TraceId, producer: SpanId) -> u64 {
    fold(trace.low() ^ 0x2d35_8dcc_aa6c_78a5, producer.0 ^ 0x8bb8_4b93_962e_acc9)
}

/// The messages that a span consumes: that of its parent, of its own id where it shares that with the producer, and
/// those it links to; or what its trace produced.
fn each_consumed<S: SpanFields + ?Sized>(span: &S, following: Following, mut tell: impl FnMut(u64)) {
    let trace = span.trace_id();
    if following.join == FollowJoin::Trace {
        return tell(trace.low());
    }
    if let Some(parent) = span.parent_id() {
        tell(message(trace, parent));
    }
    if span.shared() {
        tell(message(trace, span.id()));
    }
    for link in links(span.rest_bytes()).take(LINKS_MAX) {
        tell(message(link.trace_id, link.span_id));
    }
}

/// What attempts at one request have in common: trace, parent, service, operation, kind and whom they ask. A root is
/// a request of its own.
fn request_of<S: SpanFields + ?Sized>(span: &S) -> u64 {
    let parent = span.parent_id().map_or_else(|| !span.id().0, |parent| parent.0);
    let asked = Fingerprint::new(span.kind() as u64 | u64::from(span.parent_id().is_none()) << 8)
        .text(span.service())
        .text(span.name())
        .text(span.remote_service());
    fold(message(span.trace_id(), SpanId(parent)), asked.finish() as u64)
}

fn attempt<S: SpanFields + ?Sized>(span: &S, ended: Timestamp, is_good: bool) -> Attempt {
    let says = RESEND_TAGS.iter().find_map(|key| span.tag(key));
    let is_resend = says.and_then(number_of).is_some_and(|count| count > Number::Int(0));
    Attempt { start: span.start(), id: span.id().0, ended_us: ended.0, is_good, has_failed: span.is_error(), is_resend }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nines_base::FineMicros;

    const ATTEMPTS_OF_EACH: usize = 64;

    fn many_attempts() -> Standing {
        let attempt = Attempt {
            start: FineMicros::from_us(1),
            id: 1,
            ended_us: 2,
            is_good: true,
            has_failed: false,
            is_resend: false,
        };
        Standing::Attempts(vec![attempt; ATTEMPTS_OF_EACH])
    }

    fn joins_of(key: ObjectiveKey) -> (Joins, u32) {
        let mut joins = Joins { turned_at: Timestamp(1), ..Joins::default() };
        let number = joins.number(key, Reading::Attempts(crate::model::Kept::Last), Timestamp(i64::MIN));
        (joins, number)
    }

    #[test]
    fn requests_of_many_attempts_are_fewer() {
        let key = ObjectiveKey::LIVENESS;
        let (mut present, _) = joins_of(key);
        let (mut past, join) = joins_of(key);
        let n_requests = 5 * ATTEMPTS_HELD_MAX / 2 / ATTEMPTS_OF_EACH;
        (0..n_requests as u64).for_each(|of| past.put((join, of), many_attempts()));
        present.adopt(past, &[key], Timestamp(1));
        let n_held = |standings: &HashMap<(u32, u64), Standing>| standings.len() * ATTEMPTS_OF_EACH;
        assert_eq!(n_held(&present.young), present.n_attempts);
        assert!([&present.young, &present.old].into_iter().all(|held| n_held(held) <= ATTEMPTS_HELD_MAX));
        assert!(present.n_crowded_out() > 0);
        let of = *present.young.keys().next().unwrap();
        let before = present.n_attempts;
        let taken = present.take(&of).unwrap();
        assert_eq!(present.n_attempts, before - ATTEMPTS_OF_EACH);
        present.put(of, taken);
        assert_eq!(present.n_attempts, before);
    }
}
