//! The table of row groups: what a search may know of a group before it unpacks one byte of it.

use crate::encode::{Input, Malformed, put_varint};

/// A range of microseconds, both ends included; empty when its first end is the larger one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bounds {
    /// Smallest.
    pub min_us: u64,
    /// Largest.
    pub max_us: u64,
}

impl Bounds {
    /// Holds nothing yet.
    pub const EMPTY: Bounds = Bounds { min_us: u64::MAX, max_us: 0 };

    /// Takes a value in.
    pub fn see(&mut self, us: u64) {
        self.min_us = self.min_us.min(us);
        self.max_us = self.max_us.max(us);
    }

    /// One value, or none.
    pub fn of(us: Option<u64>) -> Bounds {
        us.map_or(Bounds::EMPTY, |us| Bounds { min_us: us, max_us: us })
    }

    /// Takes all of `other` in.
    pub fn widen(&mut self, other: Bounds) {
        self.min_us = self.min_us.min(other.min_us);
        self.max_us = self.max_us.max(other.max_us);
    }

    /// Whether both have a value in common.
    pub fn meets(&self, other: Bounds) -> bool {
        self.min_us.max(other.min_us) <= self.max_us.min(other.max_us)
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.min_us > self.max_us
    }
}

/// Rows a group of a file may have; what is written now has fewer, see [`super::GROUP_ROWS_MAX`].
const GROUP_ROWS_LIMIT: u32 = 8192;

/// What stands of a group in the block's table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupMeta {
    /// Ordinal of its first trace.
    pub first_trace: u32,
    /// Traces.
    pub n_traces: u32,
    /// Rows.
    pub n_rows: u32,
    /// Starts of its rows.
    pub starts: Bounds,
    /// Times of its traces, as far as their rows in this group tell.
    pub times: Bounds,
    /// Longest duration in whole microseconds.
    pub duration_us_max: u64,
    /// Seconds of its first and last arrival, after the block's first.
    pub arrived_s: (u64, u64),
    /// Which operations of the block's table occur, a bit each.
    pub operations: Bits,
    /// Which shapes occur.
    pub shapes: Bits,
}

/// A set of small numbers as the file holds it: bit `n` is bit `n % 8` of byte `n / 8`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bits {
    bytes: Box<[u8]>,
}

impl Bits {
    /// No number below `n` yet.
    pub fn none(n: usize) -> Bits {
        Bits { bytes: vec![0; n.div_ceil(8)].into() }
    }

    /// Adds a number.
    pub fn insert(&mut self, number: u32) {
        self.bytes[number as usize / 8] |= 1 << (number % 8);
    }

    /// Whether both have a number in common.
    pub fn meets(&self, other: &Bits) -> bool {
        self.bytes.iter().zip(&other.bytes).any(|(a, b)| a & b != 0)
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.bytes.iter().all(|byte| *byte == 0)
    }

    /// The numbers below `n` for which `is_in` holds.
    pub fn of(n: usize, mut is_in: impl FnMut(u32) -> bool) -> Bits {
        let mut bits = Bits::none(n);
        (0..n as u32).filter(|number| is_in(*number)).for_each(|number| bits.insert(number));
        bits
    }

    /// Whether the number is in it.
    pub fn contains(&self, number: u32) -> bool {
        self.bytes[number as usize / 8] & 1 << (number % 8) != 0
    }

    /// The numbers, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let of_byte = |(at, byte): (usize, &u8)| {
            let byte = *byte;
            (0..8).filter(move |bit| byte & 1 << bit != 0).map(move |bit| at as u32 * 8 + bit)
        };
        self.bytes.iter().enumerate().filter(|(_, byte)| **byte != 0).flat_map(of_byte)
    }

    fn read(input: &mut Input<'_>, n: usize) -> Result<Bits, Malformed> {
        let bytes = input.take(n.div_ceil(8))?;
        let beyond = bytes.last().is_some_and(|last| !n.is_multiple_of(8) && last >> (n % 8) != 0);
        if beyond { Err(Malformed("a set holds numbers out of range")) } else { Ok(Bits { bytes: bytes.into() }) }
    }
}

/// Appends the table.
pub fn write_groups(groups: &[GroupMeta], out: &mut Vec<u8>) {
    for group in groups {
        for number in [group.first_trace, group.n_traces, group.n_rows] {
            put_varint(out, number.into());
        }
        let (starts, times) = (group.starts, group.times);
        for number in [starts.min_us, starts.max_us, times.min_us, times.max_us, group.duration_us_max] {
            put_varint(out, number);
        }
        put_varint(out, group.arrived_s.0);
        put_varint(out, group.arrived_s.1);
        out.extend_from_slice(&group.operations.bytes);
        out.extend_from_slice(&group.shapes.bytes);
    }
}

/// Reads the table of `n_groups` groups.
pub fn read_groups(
    bytes: &[u8],
    n_groups: usize,
    n_operations: usize,
    n_shapes: usize,
) -> Result<Vec<GroupMeta>, Malformed> {
    let input = &mut Input::new(bytes);
    let mut groups = Vec::new();
    let mut next_trace = 0u32;
    for _ in 0..n_groups {
        let group = GroupMeta {
            first_trace: input.varint_u32()?,
            n_traces: input.varint_u32()?,
            n_rows: input.varint_u32()?,
            starts: Bounds { min_us: input.varint()?, max_us: input.varint()? },
            times: Bounds { min_us: input.varint()?, max_us: input.varint()? },
            duration_us_max: input.varint()?,
            arrived_s: (input.varint()?, input.varint()?),
            operations: Bits::read(input, n_operations)?,
            shapes: Bits::read(input, n_shapes)?,
        };
        if group.first_trace != next_trace || group.n_traces == 0 {
            return Err(Malformed("the groups do not follow each other"));
        }
        if group.n_rows > GROUP_ROWS_LIMIT {
            return Err(Malformed("a group has too many rows"));
        }
        next_trace = next_trace.checked_add(group.n_traces).ok_or(Malformed("too many traces"))?;
        groups.push(group);
    }
    input.finish()?;
    Ok(groups)
}
