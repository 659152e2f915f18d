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

/// Numbers of values that a kind's table of verdicts has room for: a dictionary has no more.
const CODES_TABLED: u32 = 256;

/// Kinds that are looked up in a table, by operation and shape, where there are no more.
const TABLE_CELLS_MAX: usize = 1 << 16;

/// What was worked out for the rows of one segment or block.
pub struct Counter<'q> {
    question: &'q Question<'q>,
    kinds: Vec<KindFacts>,
    /// Places in `kinds` by operation, shape and origin.
    places: NumberMap<(u32, u32, u32), u32>,
    /// The same of rows of one origin.
    table: Table,
    /// Verdicts of each term by value.
    terms: Vec<Remembered>,
    /// Numbers of texts in the tally, for each dimension by value.
    texts: Vec<Remembered>,
    /// Whether rows failed, by kind and the numbers of up to two values.
    errors: NumberMap<(u32, u32, u32), bool>,
    /// The same by kind and a small number, where one value says so.
    errors_by_code: Remembered,
}

/// Not worked out yet.
const UNKNOWN: u32 = u32::MAX - 1;

/// What was worked out for values, by column and number.
#[derive(Default)]
struct Remembered {
    columns: Vec<Vec<u32>>,
}

impl Remembered {
    #[inline]
    fn of(&mut self, cell: Cell, work_out: impl FnOnce() -> u32) -> u32 {
        let (column, number) = (cell.column as usize, cell.number as usize);
        if column >= self.columns.len() {
            self.columns.resize_with(column + 1, Vec::new);
        }
        let known = &mut self.columns[column];
        if number >= known.len() {
            known.resize(number + 1, UNKNOWN);
        }
        if known[number] == UNKNOWN {
            known[number] = work_out();
        }
        known[number]
    }
}

/// Places of kinds by operation and shape: a table is faster than a map where a block has few of them.
#[derive(Default)]
struct Table {
    n_shapes: usize,
    /// The origin of the rows it is for: the first that was met.
    origin: Option<u32>,
    places: Vec<u32>,
}

impl<'q> Counter<'q> {
    /// Nothing worked out yet.
    pub fn new(question: &'q Question<'q>) -> Counter<'q> {
        let remembered = |n: usize| (0..n).map(|_| Remembered::default()).collect();
        Counter {
            question,
            kinds: Vec::new(),
            places: NumberMap::default(),
            table: Table::default(),
            terms: remembered(question.terms.len()),
            texts: remembered(question.query.by().len()),
            errors: NumberMap::default(),
            errors_by_code: Remembered::default(),
        }
    }

    /// The same for a block, whose tables do not grow.
    pub fn of_block(question: &'q Question<'q>, tables: &Tables) -> Counter<'q> {
        let (n_operations, n_shapes) = (tables.operations.len(), tables.shapes.len());
        let n_cells = n_operations.saturating_mul(n_shapes);
        let n_cells = if n_cells <= TABLE_CELLS_MAX { n_cells } else { 0 };
        let table = Table { n_shapes, origin: None, places: vec![UNKNOWN; n_cells] };
        Counter { table, ..Counter::new(question) }
    }

    /// The kind of a row, for [`Counter::count`].
    #[inline]
    pub fn kind_of(&mut self, tables: &Tables, rows: &Rows, row: u32, tally: &mut Tally) -> u32 {
        let at = row as usize;
        self.kind(tables, (rows.operation[at], rows.shape[at], rows.origin[at]), tally)
    }

    /// The kind of rows of an operation, shape and origin.
    #[inline]
    pub fn kind(&mut self, tables: &Tables, row_kind: (u32, u32, u32), tally: &mut Tally) -> u32 {
        let table = &self.table;
        let cell = row_kind.0 as usize * table.n_shapes + row_kind.1 as usize;
        if table.origin == Some(row_kind.2)
            && let Some(place) = table.places.get(cell)
            && *place != UNKNOWN
        {
            return *place;
        }
        let (question, kinds) = (self.question, &mut self.kinds);
        let place = *self.places.entry(row_kind).or_insert_with(|| {
            kinds.push(KindFacts::of(question, tables, row_kind, tally));
            kinds.len() as u32 - 1
        });
        if *self.table.origin.get_or_insert(row_kind.2) == row_kind.2
            && let Some(known) = self.table.places.get_mut(cell)
        {
            *known = place;
        }
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
        let group = self.group_of(source, row, kind, is_error, duration_us, tally);
        tally.add(group, is_error, duration_us);
    }

    /// The group of a row, as [`Tally::group`] numbers them.
    #[inline]
    fn group_of<S: Source>(
        &mut self,
        source: &S,
        row: u32,
        kind: u32,
        is_error: bool,
        duration_us: Option<u64>,
        tally: &mut Tally,
    ) -> Option<u32> {
        let facts = &mut self.kinds[kind as usize];
        if facts.varying.is_empty() {
            return *facts.group.get_or_insert_with(|| tally.group(facts.key));
        }
        let mut key = facts.key;
        for at in 0..self.kinds[kind as usize].varying.len() {
            match self.kinds[kind as usize].varying[at] {
                Varying::Slice { at, step_us } => key[at] = tally.slice(source.rows().start_us[row as usize], step_us),
                Varying::Bucket { at, buckets_log2 } => key[at] = Tally::bucket(duration_us, buckets_log2),
                Varying::Error { at } => key[at] = Tally::error(is_error),
                Varying::Value { at, slot } => key[at] = self.text(source, row, at, slot, tally),
            }
        }
        tally.group(key)
    }

    /// The tally's number for a value of a row.
    #[inline]
    fn text<S: Source>(&mut self, source: &S, row: u32, dimension: usize, slot: Slot, tally: &mut Tally) -> u32 {
        let cell = source.cell(row, slot.idx, slot.value_type);
        let mut number = || {
            let value = decode_value(slot.value_type, source.bytes(cell)).unwrap_or(ValueRef::Empty);
            tally.text(dimension, &value.text())
        };
        if cell.is_coded { self.texts[dimension].of(cell, number) } else { number() }
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
        if let ([_], [number @ 0..CODES_TABLED, _]) = (&consulted[..], numbers) {
            // One value with few numbers, which HTTP's code mostly is: a table for each kind.
            let of_kind = Cell { column: kind, number, is_coded: true };
            return self.errors_by_code.of(of_kind, || ask().into()) == 1;
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
                cell => terms[*term].of(cell, || holds(*term).into()) == 1,
            },
        })
    }
}
