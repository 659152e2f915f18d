//! A column of places in a short list that the group has for itself.

use super::groups::GroupMeta;
use crate::encode::Malformed;
use std::ops::Range;

/// Each row's place in a short list, one byte each where the list is short, else two.
#[derive(Clone, Copy)]
pub struct Places<'a> {
    /// What places refer to.
    pub list: &'a [u32],
    bytes: &'a [u8],
}

impl<'a> Places<'a> {
    /// The places that stand in `bytes`, unchecked yet.
    pub fn new(list: &'a [u32], bytes: &'a [u8]) -> Places<'a> {
        Places { list, bytes }
    }

    /// The place of each row of the group, checked to be in the list.
    pub fn of_rows(self, meta: &GroupMeta) -> Result<Vec<u16>, Malformed> {
        let width = if self.list.len() <= 256 { 1 } else { 2 };
        if self.bytes.len() != meta.n_rows as usize * width {
            return Err(Malformed("the places do not fill the group"));
        }
        // Each width has a loop of its own, of which a processor takes many rows at once.
        let places: Vec<u16> = match width {
            1 => self.bytes.iter().map(|place| u16::from(*place)).collect(),
            _ => self.bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect(),
        };
        if places.iter().max().is_some_and(|place| usize::from(*place) >= self.list.len()) {
            return Err(Malformed("a place is out of range"));
        }
        Ok(places)
    }

    /// Appends what the places of some rows refer to.
    pub fn read(self, column: &mut Vec<u32>, meta: &GroupMeta, rows: Range<usize>) -> Result<(), Malformed> {
        let places = self.of_rows(meta)?;
        column.extend(places.iter().skip(rows.start).take(rows.len()).map(|place| self.list[usize::from(*place)]));
        Ok(())
    }
}
