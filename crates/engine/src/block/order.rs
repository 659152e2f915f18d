//! In which order a block holds its rows, and where its row groups end.

use super::groups::Bits;
use crate::hot::Segment;
use std::ops::Range;

/// Rows of a group: a trace is read by unpacking its group, and a smaller one compresses worse. 2048 rows
/// cost 1.5 bytes a span against 8192 and are unpacked in a quarter of the time.
pub const GROUP_ROWS_MAX: usize = 2048;

/// Rows of one trace that stand together. A trace is one fragment unless it is larger than a group.
#[derive(Clone, Debug)]
pub struct Fragment {
    /// Place of the trace in the segment.
    pub trace: u32,
    /// Its rows in [`Order::rows`].
    pub rows: Range<usize>,
}

/// The order of a block.
#[derive(Debug, Default)]
pub struct Order {
    /// Rows of the segment, by trace start, trace and start.
    pub rows: Vec<u32>,
    /// Which rows belong to which trace.
    pub fragments: Vec<Fragment>,
    /// The row groups.
    pub groups: Vec<GroupOrder>,
    /// For each of [`Order::rows`]: the place of its operation in its group's list.
    pub operation_places: Vec<u16>,
    /// Likewise of its shape.
    pub shape_places: Vec<u16>,
    /// The rows again, those of a group by operation, shape and place: the order of their values. Rows
    /// that do the same carry alike values, so these compress better side by side.
    pub value_rows: Vec<u32>,
    /// Stretches of [`Order::value_rows`] that are of one kind.
    pub alike: Vec<Alike>,
}

/// Rows of one group that have operation and shape in common.
#[derive(Debug)]
pub struct Alike {
    /// Their place in [`Order::value_rows`].
    pub rows: Range<usize>,
    /// Their operation.
    pub operation: u32,
    /// Their shape.
    pub shape: u32,
}

/// What a row group consists of.
#[derive(Debug)]
pub struct GroupOrder {
    /// Its fragments in [`Order::fragments`].
    pub fragments: Range<usize>,
    /// Its rows in [`Order::rows`] and all lists beside it.
    pub rows: Range<usize>,
    /// Operations that occur.
    pub operations: Bits,
    /// Shapes that occur.
    pub shapes: Bits,
    /// Its kinds in [`Order::alike`].
    pub alike: Range<usize>,
}

/// Orders a segment.
pub fn order(segment: &Segment) -> Order {
    let mut order = order_rows(segment);
    let tables = segment.tables();
    let mut operations = Placer::new(tables.operations.len());
    let mut shapes = Placer::new(tables.shapes.len());
    let mut sorter = Sorter::default();
    let mut first = 0;
    while first < order.fragments.len() {
        let start = order.fragments[first].rows.start;
        let fits = |fragment: &Fragment| fragment.rows.end - start <= GROUP_ROWS_MAX;
        let n_fragments = order.fragments[first..].iter().take_while(|fragment| fits(fragment)).count();
        let rows = start..order.fragments[first + n_fragments - 1].rows.end;
        let of_group = &order.rows[rows.clone()];
        let operations = operations.place(of_group, &segment.rows().operation, &mut order.operation_places);
        let shapes = shapes.place(of_group, &segment.rows().shape, &mut order.shape_places);
        let first_alike = order.alike.len();
        order.sort_values(segment, rows.clone(), &mut sorter);
        let alike = first_alike..order.alike.len();
        order.groups.push(GroupOrder { fragments: first..first + n_fragments, rows, operations, shapes, alike });
        first += n_fragments;
    }
    order
}

impl Order {
    /// Puts the rows of a group in the order of their values.
    fn sort_values(&mut self, segment: &Segment, rows: Range<usize>, sorter: &mut Sorter) {
        let of_group = &self.rows[rows.clone()];
        let (by_operation, by_shape) = (&self.operation_places[rows.clone()], &self.shape_places[rows.clone()]);
        // Each sort keeps the order of equal rows, so the last one decides first.
        let sorted = sorter.by(by_shape).by(by_operation).take();
        let kind = |place: &u16| (by_operation[usize::from(*place)], by_shape[usize::from(*place)]);
        for places in sorted.chunk_by(|a, b| kind(a) == kind(b)) {
            let first = self.value_rows.len();
            self.value_rows.extend(places.iter().map(|place| of_group[usize::from(*place)]));
            let row = self.value_rows[first] as usize;
            let (operation, shape) = (segment.rows().operation[row], segment.rows().shape[row]);
            self.alike.push(Alike { rows: first..self.value_rows.len(), operation, shape });
        }
    }
}

fn order_rows(segment: &Segment) -> Order {
    let (rows, heads) = (segment.rows(), segment.traces().heads());
    let starts = heads.iter().map(|head| head.first_start_us().unwrap_or(0));
    let mut traces: Vec<(u64, u32)> = starts.zip(0..).collect();
    traces.sort_unstable_by(|a, b| {
        let id = |trace: u32| rows.trace_ids[trace as usize];
        a.0.cmp(&b.0).then_with(|| id(a.1).cmp(&id(b.1)))
    });
    let mut order = Order { rows: Vec::with_capacity(rows.len()), ..Order::default() };
    let mut by_start: Vec<(u64, u32)> = Vec::new();
    for (_, trace) in traces {
        by_start.clear();
        by_start.extend(segment.traces().rows_of(trace).map(|row| (rows.start_us[row as usize], row)));
        by_start.sort_unstable();
        let first = order.rows.len();
        order.rows.extend(by_start.iter().map(|(_, row)| *row));
        let last = order.rows.len();
        for first in (first..last).step_by(GROUP_ROWS_MAX) {
            order.fragments.push(Fragment { trace, rows: first..last.min(first + GROUP_ROWS_MAX) });
        }
    }
    order
}

/// Numbers what occurs in a group: a group has at most [`GROUP_ROWS_MAX`] of anything, so places fit two bytes.
struct Placer {
    n: usize,
    /// By number; what stands there for numbers that do not occur in the group at hand is an older group's.
    places: Vec<u16>,
}

impl Placer {
    /// For numbers below `n`.
    fn new(n: usize) -> Placer {
        Placer { n, places: vec![0; n] }
    }

    /// The set of the rows' numbers, and onto `out` each row's place in it.
    fn place(&mut self, rows: &[u32], column: &[u32], out: &mut Vec<u16>) -> Bits {
        let mut set = Bits::none(self.n);
        rows.iter().for_each(|row| set.insert(column[*row as usize]));
        for (place, number) in set.iter().enumerate() {
            self.places[number as usize] = place as u16;
        }
        out.extend(rows.iter().map(|row| self.places[column[*row as usize] as usize]));
        set
    }
}

/// Sorts the places of a group by counting: two passes over small numbers, no comparisons.
#[derive(Default)]
struct Sorter {
    sorted: Vec<u16>,
    before: Vec<u16>,
    ends: Vec<u16>,
}

impl Sorter {
    /// Sorts by `keys`, one for each place, and keeps the order of places with equal ones.
    fn by(&mut self, keys: &[u16]) -> &mut Sorter {
        if self.sorted.is_empty() {
            self.sorted.extend(0..keys.len() as u16);
        }
        std::mem::swap(&mut self.sorted, &mut self.before);
        self.sorted.resize(keys.len(), 0);
        self.ends.clear();
        self.ends.resize(keys.iter().copied().max().map_or(0, |top| usize::from(top) + 1), 0);
        keys.iter().for_each(|key| self.ends[usize::from(*key)] += 1);
        let mut end = 0;
        for count in &mut self.ends {
            end += std::mem::replace(count, end);
        }
        for place in &self.before {
            let next = &mut self.ends[usize::from(keys[usize::from(*place)])];
            self.sorted[usize::from(*next)] = *place;
            *next += 1;
        }
        self
    }

    /// The places; the sorter is empty again.
    fn take(&mut self) -> &[u16] {
        std::mem::swap(&mut self.sorted, &mut self.before);
        self.sorted.clear();
        &self.before
    }
}
