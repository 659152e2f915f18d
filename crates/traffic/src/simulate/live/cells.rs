//! Bytes of which perhaps only some bits are known, and registers of them.

use crate::nft::keys::CmpOp;
use crate::nft::{Data, Register};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Bytes of a register.
const REGISTER_BYTES: usize = 4;
/// Bytes of all registers.
const BYTES: usize = crate::nft::expr::REGISTERS as usize * REGISTER_BYTES;

/// A byte, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    value: u8,
    /// Bits that are known.
    known: u8,
    /// What the others would need.
    lacks: &'static str,
}

impl Cell {
    /// A byte that is known.
    pub const fn of(value: u8) -> Cell {
        Cell { value, known: u8::MAX, lacks: "" }
    }

    /// A byte of which nothing is known for want of this.
    pub const fn lacking(lacks: &'static str) -> Cell {
        Cell { value: 0, known: 0, lacks }
    }

    /// A byte of which some bits are known.
    pub const fn of_bits(value: u8, known: u8, lacks: &'static str) -> Cell {
        Cell { value: value & known, known, lacks }
    }

    /// Its bits under a mask flipped: what is masked out is known to be nothing.
    pub const fn masked(self, mask: u8, xor: u8) -> Cell {
        Cell { value: (self.value & mask) ^ xor, known: self.known | !mask, lacks: self.lacks }
    }
}

/// Bytes that are known.
pub fn cells_of(bytes: &[u8]) -> Vec<Cell> {
    bytes.iter().copied().map(Cell::of).collect()
}

/// So many bytes that want this.
pub fn cells_lacking(n_bytes: usize, lacks: &'static str) -> Vec<Cell> {
    vec![Cell::lacking(lacks); n_bytes]
}

/// A number of the kernel of which some bits are known.
pub fn cells_of_bits(value: u32, known: u32, lacks: &'static str) -> Vec<Cell> {
    let pairs = value.to_ne_bytes().into_iter().zip(known.to_ne_bytes());
    pairs.map(|(value, known)| Cell::of_bits(value, known, lacks)).collect()
}

/// The bytes, where all of them are known.
pub fn known(cells: &[Cell]) -> Option<Vec<u8>> {
    cells.iter().map(|cell| (cell.known == u8::MAX).then_some(cell.value)).collect()
}

/// The number of the kernel with the bits of it that are known.
pub fn bits(cells: &[Cell]) -> Option<(u32, u32)> {
    let cells: &[Cell; 4] = cells.first_chunk()?;
    Some((u32::from_ne_bytes(cells.map(|cell| cell.value)), u32::from_ne_bytes(cells.map(|cell| cell.known))))
}

/// What the bytes want.
pub fn wants(cells: &[Cell]) -> BTreeSet<String> {
    cells.iter().filter(|cell| cell.known != u8::MAX).map(|cell| cell.lacks.to_owned()).collect()
}

/// Whether a comparison of bytes holds; none where it depends on what is not known.
pub fn compare(cells: &[Cell], op: CmpOp, value: &[u8]) -> Option<bool> {
    let cells = cells.get(..value.len())?;
    match op {
        CmpOp::Eq => equals(cells, value),
        CmpOp::Neq => equals(cells, value).map(|is| !is),
        CmpOp::Lt => orders(cells, value, Ordering::is_lt),
        CmpOp::Lte => orders(cells, value, Ordering::is_le),
        CmpOp::Gt => orders(cells, value, Ordering::is_gt),
        CmpOp::Gte => orders(cells, value, Ordering::is_ge),
    }
}

/// Whether bytes lie within both ends.
pub fn within(cells: &[Cell], low: &[u8], high: &[u8]) -> Option<bool> {
    match (compare(cells, CmpOp::Gte, low), compare(cells, CmpOp::Lte, high)) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (above, below) => Some(above? && below?),
    }
}

fn equals(cells: &[Cell], value: &[u8]) -> Option<bool> {
    let mut is_known = true;
    for (cell, byte) in cells.iter().zip(value) {
        if (cell.value ^ byte) & cell.known != 0 {
            return Some(false);
        }
        is_known &= cell.known == u8::MAX;
    }
    is_known.then_some(true)
}

/// The order is one of bytes, so what holds of the least and of the greatest that they may be holds.
fn orders(cells: &[Cell], value: &[u8], holds: fn(Ordering) -> bool) -> Option<bool> {
    let least = cells.iter().map(|cell| cell.value & cell.known).cmp(value.iter().copied());
    let most = cells.iter().map(|cell| cell.value | !cell.known).cmp(value.iter().copied());
    (holds(least) == holds(most)).then(|| holds(least))
}

/// The registers of a rule.
#[derive(Clone, Debug)]
pub struct Registers([Cell; BYTES]);

impl Default for Registers {
    fn default() -> Registers {
        Registers([Cell::lacking("register"); BYTES])
    }
}

impl Registers {
    /// Puts bytes from a register on; the kernel fills its last one up with zeros.
    pub fn put(&mut self, into: Register, cells: &[Cell]) {
        let start = usize::from(into.place()) * REGISTER_BYTES;
        let filled = cells.len().next_multiple_of(REGISTER_BYTES);
        let padded = cells.iter().copied().chain(std::iter::repeat(Cell::of(0))).take(filled);
        self.0.iter_mut().skip(start).zip(padded).for_each(|(place, cell)| *place = cell);
    }

    /// Puts a value.
    pub fn put_data(&mut self, into: Register, value: &Data) {
        self.put(into, &cells_of(value.bytes()));
    }

    /// Bytes from a register on; fewer where the registers end before.
    pub fn get(&self, from: Register, n_bytes: usize) -> &[Cell] {
        let start = usize::from(from.place()) * REGISTER_BYTES;
        self.0.get(start..(start + n_bytes).min(BYTES)).unwrap_or_default()
    }
}
