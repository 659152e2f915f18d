//! The rules every store answers by: what a trace's time is, which repeats are dropped, which hits are
//! the newest, and how an answer says that it is not whole. Does not know where spans are kept.

use crate::store::{StoreError, TraceHit};
use nines_base::FineMicros;
use nines_span::{Span, ValueRef};
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What a read found, and what kept it from being whole.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answer<T> {
    /// What was found.
    pub value: T,
    /// Why there may be more; nothing when the answer is whole.
    pub gaps: Gaps,
}

impl<T> Answer<T> {
    /// An answer that lacks nothing.
    pub fn whole(value: T) -> Answer<T> {
        Answer { value, gaps: Gaps::default() }
    }

    /// Whether it lacks nothing.
    pub fn is_whole(&self) -> bool {
        self.gaps.is_empty()
    }

    /// The same answer with its value changed.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Answer<U> {
        Answer { value: change(self.value), gaps: self.gaps }
    }

    /// Its value, after `gaps` took its own in: for an answer that is put together of several.
    pub fn into_value(self, gaps: &mut Gaps) -> T {
        gaps.join(self.gaps);
        self.value
    }
}

/// A reason why an answer may lack something.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Gap {
    /// A limit was reached; what lies beyond it is left out.
    Limit {
        /// The limit's name, as its constant or field is called.
        name: &'static str,
        /// Its value.
        max: u64,
    },
    /// A part could not be read and is left out.
    Damaged {
        /// File and offset, or the step that failed.
        place: String,
        /// What is wrong with it.
        fact: String,
    },
}

impl Gap {
    /// The part that a failed read leaves out.
    pub fn of(error: &StoreError) -> Gap {
        match error {
            StoreError::Damaged { place, detail } => Gap::Damaged { place: place.clone(), fact: detail.clone() },
            StoreError::Io { step, source } => Gap::Damaged { place: step.clone(), fact: source.to_string() },
            other => Gap::Damaged { place: "store".into(), fact: other.to_string() },
        }
    }
}

/// Gaps told of one answer. Damage is mostly one disk's, and a hundred places prove it as well as all.
pub const GAPS_MAX: usize = 100;

/// The gaps of an answer, each once, up to [`GAPS_MAX`]; beyond it, that limit is the last of them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Gaps {
    list: Vec<Gap>,
}

impl Gaps {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The gaps, in the order they were met.
    pub fn iter(&self) -> std::slice::Iter<'_, Gap> {
        self.list.iter()
    }

    /// Adds a gap.
    pub fn add(&mut self, gap: Gap) {
        if self.list.len() > GAPS_MAX || self.list.contains(&gap) {
            return;
        }
        let is_last = self.list.len() == GAPS_MAX;
        self.list.push(if is_last { Gap::Limit { name: "gaps_max", max: GAPS_MAX as u64 } } else { gap });
    }

    /// Adds those of another answer.
    pub fn join(&mut self, other: Gaps) {
        other.list.into_iter().for_each(|gap| self.add(gap));
    }
}

impl<'g> IntoIterator for &'g Gaps {
    type Item = &'g Gap;
    type IntoIter = std::slice::Iter<'g, Gap>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Finds a trace's time span by span: the smallest start of its spans without a parent, else of all.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TraceTime {
    root_us: Option<u64>,
    any_us: Option<u64>,
}

impl TraceTime {
    /// Takes one more span into account. A span without a start says nothing.
    pub fn see(&mut self, has_parent: bool, start: FineMicros) {
        if start.is_none() {
            return;
        }
        let earlier = |known: Option<u64>| Some(known.map_or(start.us, |us| us.min(start.us)));
        self.any_us = earlier(self.any_us);
        if !has_parent {
            self.root_us = earlier(self.root_us);
        }
    }

    /// Takes another part of the same trace into account.
    pub fn join(&mut self, other: TraceTime) {
        let earlier = |a: Option<u64>, b: Option<u64>| a.into_iter().chain(b).min();
        self.root_us = earlier(self.root_us, other.root_us);
        self.any_us = earlier(self.any_us, other.any_us);
    }

    /// The smallest start of a span without a parent: whatever else belongs to the trace, its time is
    /// not later than this.
    pub fn root_start_us(&self) -> Option<u64> {
        self.root_us
    }

    /// The smallest start of any span, whether it has a parent or not.
    pub fn first_start_us(&self) -> Option<u64> {
        self.any_us
    }

    /// The time in microseconds; `None` when no span had a start.
    pub fn us(&self) -> Option<u64> {
        self.root_us.or(self.any_us)
    }
}

/// Drops exact repeats: the same report stored twice. Different reports of one id stay. Sorts by start
/// and id on the way.
pub fn drop_repeats(spans: &mut Vec<Span>) {
    spans.sort_by_key(|span| (span.start, span.id));
    let have_same_key = |pair: &[Span]| pair[0].start == pair[1].start && pair[0].id == pair[1].id;
    if !spans.windows(2).any(have_same_key) {
        return;
    }
    // The hash keeps this linear where a sender gives thousands of different spans one id and one start.
    let mut keyed: Vec<(u64, Span)> = spans.drain(..).map(|span| (content_hash(&span), span)).collect();
    keyed.sort_by_key(|(hash, span)| (span.start, span.id, *hash));
    let mut run_start = 0;
    for idx in 0..keyed.len() {
        let (hash, span) = &keyed[idx];
        let starts_run = spans.get(run_start).is_none_or(|first| first.start != span.start || first.id != span.id);
        if starts_run || keyed[idx - 1].0 != *hash {
            run_start = spans.len();
        }
        if !spans[run_start..].contains(span) {
            spans.push(std::mem::take(&mut keyed[idx].1));
        }
    }
}

fn content_hash(span: &Span) -> u64 {
    let mut hasher = DefaultHasher::new();
    (span.parent_id, span.kind, span.shared, span.duration).hash(&mut hasher);
    (&span.name, &span.local, &span.remote).hash(&mut hasher);
    for (key, value) in &span.tags {
        key.hash(&mut hasher);
        match value.as_ref() {
            ValueRef::Str(text) => text.hash(&mut hasher),
            ValueRef::Int(number) => number.hash(&mut hasher),
            // The rest is rare; what the hash does not tell apart the comparison does.
            _ => {}
        }
    }
    for event in &span.events {
        (event.time, &event.name).hash(&mut hasher);
    }
    hasher.finish()
}

/// The newest hits seen so far, at most `limit`. Of equal times the smaller trace id comes first.
#[derive(Debug)]
pub struct NewestHits {
    limit: usize,
    hits: BTreeSet<(std::cmp::Reverse<u64>, nines_base::TraceId)>,
}

impl NewestHits {
    /// Keeps up to `limit` hits.
    pub fn new(limit: usize) -> NewestHits {
        NewestHits { limit, hits: BTreeSet::new() }
    }

    /// Takes a hit if it is new enough.
    pub fn push(&mut self, hit: TraceHit) {
        self.hits.insert((std::cmp::Reverse(hit.time_us), hit.trace_id));
        if self.hits.len() > self.limit {
            self.hits.pop_last();
        }
    }

    /// The time below which a hit no longer counts; `None` while there is room.
    pub fn floor_us(&self) -> Option<u64> {
        if self.limit == 0 {
            return Some(u64::MAX);
        }
        (self.hits.len() >= self.limit).then(|| self.hits.last().map_or(0, |(time, _)| time.0))
    }

    /// The hits, newest first.
    pub fn into_vec(self) -> Vec<TraceHit> {
        self.hits.into_iter().map(|(time, trace_id)| TraceHit { trace_id, time_us: time.0 }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nines_base::{SpanId, TraceId};
    use nines_span::Value;

    #[test]
    fn a_root_gives_the_time_even_when_a_child_started_before_it() {
        let mut time = TraceTime::default();
        time.see(true, FineMicros::from_us(5));
        assert_eq!(time.us(), Some(5));
        time.see(false, FineMicros::NONE);
        assert_eq!(time.us(), Some(5), "a root without a start says nothing");
        time.see(false, FineMicros::from_us(9));
        time.see(false, FineMicros::from_us(8));
        assert_eq!(time.us(), Some(8));
        let mut other = TraceTime::default();
        other.see(true, FineMicros::from_us(1));
        other.join(time);
        assert_eq!(other.us(), Some(8));
    }

    #[test]
    fn gaps_are_told_once_and_up_to_a_limit() {
        let damaged = |at: usize| Gap::Damaged { place: format!("a.blk at byte {at}"), fact: "torn".into() };
        let mut gaps = Gaps::default();
        (0..2 * GAPS_MAX).for_each(|at| gaps.add(damaged(at / 2 * 2)));
        assert_eq!(gaps.iter().count(), GAPS_MAX);
        gaps.join(gaps.clone());
        assert_eq!(gaps.iter().count(), GAPS_MAX);
        (0..2 * GAPS_MAX).for_each(|at| gaps.add(damaged(at)));
        assert_eq!(gaps.iter().count(), GAPS_MAX + 1);
        assert_eq!(gaps.iter().last(), Some(&Gap::Limit { name: "gaps_max", max: 100 }));
    }

    #[test]
    fn only_exact_repeats_are_dropped() {
        let report = |name: &str| Span { name: name.into(), ..Span::default() };
        // Values that the hash leaves out, so that equal hashes of different spans meet.
        let noted = |truth: bool| Span { tags: vec![("t".into(), Value::Bool(truth))], ..report("a") };
        let mut spans = vec![report("a"), noted(true), report("b"), noted(false), report("a"), noted(true)];
        spans.extend([report("b"), noted(false), Span { id: SpanId(1), ..report("a") }]);
        drop_repeats(&mut spans);
        spans.sort_by_key(|span| (span.id, span.name.clone(), span.tags.len(), format!("{:?}", span.tags)));
        let other = Span { id: SpanId(1), ..report("a") };
        assert_eq!(spans, [report("a"), noted(false), noted(true), report("b"), other]);
    }

    #[test]
    fn the_newest_hits_are_kept_and_the_floor_rises() {
        let hit = |id, time_us| TraceHit { trace_id: TraceId(id), time_us };
        let mut newest = NewestHits::new(2);
        newest.push(hit(1, 10));
        assert_eq!(newest.floor_us(), None);
        newest.push(hit(2, 30));
        newest.push(hit(3, 20));
        newest.push(hit(3, 20));
        assert_eq!(newest.floor_us(), Some(20));
        assert_eq!(newest.into_vec(), [hit(2, 30), hit(3, 20)]);
        assert_eq!(NewestHits::new(0).floor_us(), Some(u64::MAX));
    }
}
