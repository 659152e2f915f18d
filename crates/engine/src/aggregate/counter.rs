//! Counts the rows of one segment or block, which share tables and numbers of values.

use super::kinds::{KindFacts, OpenTerm, Slot, Varying};
use super::question::Question;
use super::source::Source;
use crate::block::Cell;
use crate::columns::{Rows, Tables, decode_value};
use crate::hash::NumberMap;
use nines_span::{SpanFields, ValueRef};
use nines_storage::aggregate::Tally;
use nines_trace::filter::Verdict;

/// Values that together say whether a row failed, of which verdicts are kept: HTTP's code and gRPC's.
const CONSULTED_KEPT_MAX: usize = 2;

/// What was worked out for the rows of one segment or block.
pub struct Counter<'q> {
    question: &'q Question<'q>,
    kinds: Vec<KindFacts>,
    /// Places in `kinds` by operation, shape and origin.
    places: NumberMap<(u32, u32, u32), u32>,
    /// The kind asked for last: rows that do the same follow each other.
    last: ((u32, u32, u32), u32),
    /// Verdicts of terms by term, column and number.
    terms: NumberMap<(u32, u32, u32), bool>,
    /// Numbers of texts in the tally by dimension, column and number.
    texts: NumberMap<(u32, u32, u32), u32>,
    /// Whether rows failed, by kind and the numbers of up to two values.
    errors: NumberMap<(u32, u32, u32), bool>,
}

impl<'q> Counter<'q> {
    /// Nothing worked out yet.
    pub fn new(question: &'q Question<'q>) -> Counter<'q> {
        Counter {
            question,
            kinds: Vec::new(),
            places: NumberMap::default(),
            last: ((u32::MAX, 0, 0), 0),
            terms: NumberMap::default(),
            texts: NumberMap::default(),
            errors: NumberMap::default(),
        }
    }

    /// The kind of a row, for [`Counter::count`].
    #[inline]
    pub fn kind_of(&mut self, tables: &Tables, rows: &Rows, row: u32, tally: &mut Tally) -> u32 {
        let at = row as usize;
        let row_kind = (rows.operation[at], rows.shape[at], rows.origin[at]);
        if self.last.0 == row_kind {
            return self.last.1;
        }
        let (question, kinds) = (self.question, &mut self.kinds);
        let place = *self.places.entry(row_kind).or_insert_with(|| {
            kinds.push(KindFacts::of(question, tables, row_kind, tally));
            kinds.len() as u32 - 1
        });
        self.last = (row_kind, place);
        place
    }

    /// What is known of a kind.
    #[inline]
    pub fn facts(&self, kind: u32) -> &KindFacts {
        &self.kinds[kind as usize]
    }

    /// Counts a row if it counts.
    #[inline]
    pub fn count<S: Source>(&mut self, source: &S, row: u32, kind: u32, tally: &mut Tally) {
        let facts = &self.kinds[kind as usize];
        let rows = source.rows();
        let start_us = rows.start_us[row as usize];
        if facts.verdict == Verdict::Never || !self.question.starts_inside(start_us, || rows.fine_of(row).0) {
            return;
        }
        let is_error = match facts.error {
            Some(is_error) => is_error,
            None => self.is_error(source, row, kind),
        };
        if !self.kinds[kind as usize].open.is_empty() && !self.open_hold(source, row, kind, is_error) {
            return;
        }
        let duration_us = match rows.duration_us[row as usize] {
            0 => (rows.fine_of(row).1 != 0).then_some(0),
            us => Some(us),
        };
        let mut key = self.kinds[kind as usize].key;
        for at in 0..self.kinds[kind as usize].varying.len() {
            match self.kinds[kind as usize].varying[at] {
                Varying::Slice { at, step_us } => key[at] = tally.slice(start_us, step_us),
                Varying::Bucket { at, buckets_log2 } => key[at] = Tally::bucket(duration_us, buckets_log2),
                Varying::Error { at } => key[at] = Tally::error(is_error),
                Varying::Value { at, slot } => key[at] = self.text(source, row, at, slot, tally),
            }
        }
        tally.add(key, is_error, duration_us);
    }

    /// The tally's number for a value of a row.
    #[inline]
    fn text<S: Source>(&mut self, source: &S, row: u32, dimension: usize, slot: Slot, tally: &mut Tally) -> u32 {
        let cell = source.cell(row, slot.idx, slot.value_type);
        let mut number = || {
            let value = decode_value(slot.value_type, source.bytes(cell)).unwrap_or(ValueRef::Empty);
            tally.text(dimension, &value.text())
        };
        if !cell.is_coded {
            return number();
        }
        *self.texts.entry((dimension as u32, cell.column, cell.number)).or_insert_with(number)
    }

    /// Whether a row failed, where its values say so.
    fn is_error<S: Source>(&mut self, source: &S, row: u32, kind: u32) -> bool {
        let consulted = &self.kinds[kind as usize].consulted;
        let ask = || source.fields(row).is_error();
        if consulted.len() > CONSULTED_KEPT_MAX {
            return ask();
        }
        let mut numbers = [0; CONSULTED_KEPT_MAX];
        for (number, slot) in numbers.iter_mut().zip(consulted) {
            // A kind's values of one tag are all of one type and column, so their number tells them apart.
            let cell = source.cell(row, slot.idx, slot.value_type);
            if !cell.is_coded {
                return ask();
            }
            *number = cell.number;
        }
        *self.errors.entry((kind, numbers[0], numbers[1])).or_insert_with(ask)
    }

    /// Whether the terms that the kind leaves open hold on a row.
    fn open_hold<S: Source>(&mut self, source: &S, row: u32, kind: u32, is_error: bool) -> bool {
        let (question, terms) = (self.question, &mut self.terms);
        let holds = |term: usize| question.terms[term].matches(&source.fields(row));
        self.kinds[kind as usize].open.iter_mut().all(|open| match open {
            OpenTerm::Error { negated } => is_error != *negated,
            OpenTerm::Kind { term, known } => *known.get_or_insert_with(|| holds(*term)),
            OpenTerm::Row { term } => holds(*term),
            OpenTerm::Value { term, slot } => match source.cell(row, slot.idx, slot.value_type) {
                Cell { is_coded: false, .. } => holds(*term),
                Cell { column, number, .. } => {
                    *terms.entry((*term as u32, column, number)).or_insert_with(|| holds(*term))
                }
            },
        })
    }
}
