//! Where a row's entries of the sparse lists are, without a search: for whoever asks for every row in
//! another order than the lists'.

use crate::columns::{EventRow, Rows};

/// For each list, and row by row, where the row's entries begin; empty where the list is.
pub struct SparseColumns {
    fine: Vec<u32>,
    events: Vec<u32>,
    rest: Vec<u32>,
}

impl SparseColumns {
    /// Of these columns.
    pub fn of(rows: &Rows) -> SparseColumns {
        SparseColumns {
            fine: starts(rows.fine.iter().map(|fine| fine.row), rows.len()),
            events: starts(rows.events.iter().map(|event| event.row), rows.len()),
            rest: starts(rows.rest.iter().map(|rest| rest.row), rows.len()),
        }
    }

    /// The nanoseconds beyond whole microseconds of a row's start and duration.
    pub fn fine(&self, rows: &Rows, row: u32) -> (u16, u16) {
        let fine = entries(&self.fine, &rows.fine, row).first();
        fine.map_or((0, 0), |fine| (fine.start_ns, fine.duration_ns))
    }

    /// A row's events.
    pub fn events<'r>(&self, rows: &'r Rows, row: u32) -> &'r [EventRow] {
        entries(&self.events, &rows.events, row)
    }

    /// A row's further OTLP fields.
    pub fn rest<'r>(&self, rows: &'r Rows, row: u32) -> &'r [u8] {
        entries(&self.rest, &rows.rest, row).first().map_or(&[], |rest| rows.strings.get(rest.fields))
    }
}

/// Where the entries of each row begin, and at the end their number.
fn starts(entries: impl ExactSizeIterator<Item = u32>, n_rows: usize) -> Vec<u32> {
    if entries.len() == 0 {
        return Vec::new();
    }
    let n_entries = entries.len() as u32;
    let mut starts = Vec::with_capacity(n_rows + 1);
    for (at, row) in entries.enumerate() {
        // Rows without entries begin where the next one's do.
        while starts.len() <= row as usize {
            starts.push(at as u32);
        }
    }
    starts.resize(n_rows + 1, n_entries);
    starts
}

fn entries<'l, T>(starts: &[u32], list: &'l [T], row: u32) -> &'l [T] {
    let row = row as usize;
    match starts {
        [] => &[],
        starts => &list[starts[row] as usize..starts[row + 1] as usize],
    }
}
