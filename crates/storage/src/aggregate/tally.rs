//! Counts spans into groups, within bounds whatever the spans hold.
//!
//! A group's key is a number for each dimension: a slice, a bucket, a kind, or the number a text was
//! given when it was first met. A store that has texts as numbers already asks for the number of each
//! once ([`Tally::text`]) and then only counts ([`Tally::add`]).

use super::buckets::{BUCKETS_LOG2_MAX, bucket_bounds, bucket_of};
use super::cells::Cells;
use super::question::{AggregateQuery, DIMENSIONS_MAX, Dimension};
use super::{Aggregate, Group, KeyPart, Sums};
use crate::answer::{Answer, Gap};
use nines_base::FineMicros;
use nines_span::{Kind, SpanFields, Status};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Groups held while counting; those beyond go to the rest at once. With their sums 6 MB, four times as
/// many as an answer may have.
pub const GROUPS_HELD_MAX: usize = 1 << 16;

/// Bytes of all texts held while counting; tags may be as long as a request.
const TEXT_BYTES_MAX: usize = 16 << 20;

/// The number of "nothing" in every dimension.
pub const ABSENT: u32 = 0;

/// The number of a text that was met when no more could be held.
pub const NOT_HELD: u32 = u32::MAX;

/// Numbers for each dimension, in the order asked; 0 beyond the last.
pub type Key = [u32; DIMENSIONS_MAX];

/// The count so far.
pub struct Tally {
    by: Vec<Dimension>,
    groups_max: usize,
    groups_held: usize,
    with_histograms: bool,
    first_us: u64,
    /// For each dimension its texts: number by text, and text by number less one.
    texts: Vec<Texts>,
    text_bytes: usize,
    groups: HashMap<u128, u32, BuildHasherDefault<NumberHasher>>,
    keys: Vec<Key>,
    sums: Vec<Sums>,
    cells: Cells,
    rest: Sums,
    is_overfull: bool,
}

#[derive(Default)]
struct Texts {
    numbers: HashMap<Box<str>, u32>,
    list: Vec<Box<str>>,
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(query: &AggregateQuery) -> Tally {
        Tally {
            by: query.by().to_vec(),
            groups_max: query.groups_max(),
            groups_held: query.groups_held(),
            with_histograms: query.with_histograms(),
            first_us: query.first_us(),
            texts: query.by().iter().map(|_| Texts::default()).collect(),
            text_bytes: 0,
            groups: HashMap::default(),
            keys: Vec::new(),
            sums: Vec::new(),
            cells: Cells::default(),
            rest: Sums::default(),
            is_overfull: false,
        }
    }

    /// The dimensions, in the order asked.
    pub fn by(&self) -> &[Dimension] {
        &self.by
    }

    /// The number of a text in a dimension.
    pub fn text(&mut self, dimension: usize, text: &str) -> u32 {
        let texts = &mut self.texts[dimension];
        if let Some(number) = texts.numbers.get(text) {
            return *number;
        }
        if texts.list.len() >= self.groups_held || self.text_bytes + text.len() > TEXT_BYTES_MAX {
            return NOT_HELD;
        }
        self.text_bytes += text.len();
        texts.list.push(text.into());
        let number = texts.list.len() as u32;
        texts.numbers.insert(text.into(), number);
        number
    }

    /// The number of a name in a dimension; an empty one is none.
    pub fn name(&mut self, dimension: usize, name: &str) -> u32 {
        if name.is_empty() { ABSENT } else { self.text(dimension, name) }
    }

    /// The number of a start's slice. The start lies in the window.
    #[inline]
    pub fn slice(&self, start_us: u64, step_us: u64) -> u32 {
        1 + (start_us / step_us - self.first_us / step_us) as u32
    }

    /// The number of a duration's bucket.
    #[inline]
    pub fn bucket(duration_us: Option<u64>, buckets_log2: u8) -> u32 {
        duration_us.map_or(ABSENT, |us| 1 + u32::from(bucket_of(us, buckets_log2)))
    }

    /// The number of a kind.
    pub fn kind(kind: Kind) -> u32 {
        1 + kind as u32
    }

    /// The number of a status.
    pub fn status(status: Status) -> u32 {
        1 + status as u32
    }

    /// The number of a verdict.
    #[inline]
    pub fn error(is_error: bool) -> u32 {
        1 + u32::from(is_error)
    }

    /// Counts a span that satisfies the filter and starts in the window.
    pub fn add_span<S: SpanFields + ?Sized>(&mut self, span: &S) {
        let duration_us = whole_us(span.duration());
        let is_error = span.is_error();
        let mut key = Key::default();
        let by = std::mem::take(&mut self.by);
        for ((dimension, asked), part) in by.iter().enumerate().zip(&mut key) {
            *part = match asked {
                Dimension::Service => self.name(dimension, span.service()),
                Dimension::Op => self.name(dimension, span.name()),
                Dimension::Remote => self.name(dimension, span.remote_service()),
                Dimension::Kind => Tally::kind(span.kind()),
                Dimension::Status => Tally::status(span.status()),
                Dimension::Error => Tally::error(is_error),
                Dimension::Tag(name) => match span.tag(name) {
                    Some(value) => self.text(dimension, &value.text()),
                    None => ABSENT,
                },
                Dimension::Time { step_us } => self.slice(span.start().us, *step_us),
                Dimension::Duration { buckets_log2 } => Tally::bucket(duration_us, *buckets_log2),
            };
        }
        self.by = by;
        let group = self.group(key);
        self.add(group, is_error, duration_us);
    }

    /// The number of a group by its key; `None` where no more can be held.
    #[inline]
    pub fn group(&mut self, key: Key) -> Option<u32> {
        self.groups.get(&packed(key)).copied().or_else(|| self.hold(key))
    }

    /// Counts a span in its group.
    #[inline]
    pub fn add(&mut self, group: Option<u32>, is_error: bool, duration_us: Option<u64>) {
        let Some(group) = group else { return self.add_rest(is_error, duration_us) };
        self.sums[group as usize].add(is_error, duration_us);
        if let Some(us) = duration_us.filter(|_| self.with_histograms) {
            self.cells.add(group, us);
        }
    }

    fn hold(&mut self, key: Key) -> Option<u32> {
        if self.keys.len() >= self.groups_held || key.contains(&NOT_HELD) {
            return None;
        }
        let group = self.keys.len() as u32;
        self.groups.insert(packed(key), group);
        self.keys.push(key);
        self.sums.push(Sums::default());
        Some(group)
    }

    fn add_rest(&mut self, is_error: bool, duration_us: Option<u64>) {
        self.is_overfull = true;
        self.rest.add(is_error, duration_us);
        if let Some(us) = duration_us.filter(|_| self.with_histograms) {
            self.rest.histogram.add(bucket_of(us, BUCKETS_LOG2_MAX), 1);
        }
    }

    /// The answer; where more groups were met than are held, it says so.
    pub fn finish(mut self) -> Answer<Aggregate> {
        for (group, sums) in self.sums.iter_mut().enumerate() {
            sums.histogram = self.cells.histogram(group);
        }
        let mut groups: Vec<Group> = std::mem::take(&mut self.sums)
            .into_iter()
            .zip(&self.keys)
            .map(|(sums, key)| Group { key: self.key_parts(key), sums })
            .collect();
        groups.sort_unstable_by(|a, b| b.sums.spans.cmp(&a.sums.spans).then_with(|| a.key.cmp(&b.key)));
        let left_out = groups.split_off(self.groups_max.min(groups.len()));
        let mut rest = self.rest;
        left_out.iter().for_each(|group| rest.join(&group.sums));
        // AGG-2: the total is made of the very sums that are handed out.
        let mut total = rest.clone();
        groups.iter().for_each(|group| total.join(&group.sums));
        let rest_groups = left_out.len() as u64 + u64::from(self.is_overfull);
        let mut answer = Answer::whole(Aggregate { total, groups, rest, rest_groups });
        if self.is_overfull {
            answer.gaps.add(Gap::Limit { name: "groups_held_max", max: self.groups_held as u64 });
        }
        answer
    }

    fn key_parts(&self, key: &Key) -> Vec<KeyPart> {
        self.by.iter().enumerate().map(|(at, dimension)| self.key_part(at, dimension, key[at])).collect()
    }

    fn key_part(&self, at: usize, dimension: &Dimension, number: u32) -> KeyPart {
        let Some(idx) = number.checked_sub(1) else { return KeyPart::Absent };
        match dimension {
            Dimension::Service | Dimension::Op | Dimension::Remote | Dimension::Tag(_) => {
                KeyPart::Text(self.texts[at].list[idx as usize].to_string())
            }
            Dimension::Kind => KeyPart::Kind(Kind::from_u8(idx as u8)),
            Dimension::Status => KeyPart::Status(Status::from_u8(idx as u8)),
            Dimension::Error => KeyPart::Error(idx == 1),
            Dimension::Time { step_us } => KeyPart::SliceUs((self.first_us / step_us + u64::from(idx)) * step_us),
            Dimension::Duration { buckets_log2 } => {
                let bounds = bucket_bounds(idx as u16, *buckets_log2);
                KeyPart::DurationUs(*bounds.start(), *bounds.end())
            }
        }
    }
}

/// A time in whole microseconds, if it was sent.
fn whole_us(time: FineMicros) -> Option<u64> {
    (!time.is_none()).then_some(time.us)
}

/// A key as one number.
#[inline]
fn packed(key: Key) -> u128 {
    key.iter().rev().fold(0, |packed, part| packed << 32 | u128::from(*part))
}

/// Hashes keys that the tally made itself, so nobody chooses them.
#[derive(Default)]
struct NumberHasher(u64);

impl Hasher for NumberHasher {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }
    fn write_u128(&mut self, number: u128) {
        self.write_u64(number as u64);
        self.write_u64((number >> 64) as u64);
    }
    fn write_u64(&mut self, number: u64) {
        let product = u128::from(self.0 ^ number ^ 0xa076_1d64_78bd_642f) * 0xe703_7ed1_a0b4_28db;
        self.0 = product as u64 ^ (product >> 64) as u64;
    }
    fn finish(&self) -> u64 {
        self.0
    }
}
