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

    /// The same, checked: a place in the list for each row of the group.
    pub fn whole(self, meta: &GroupMeta) -> Result<Places<'a>, Malformed> {
        let width = if self.list.len() <= 256 { 1 } else { 2 };
        if self.bytes.len() != meta.n_rows as usize * width {
            return Err(Malformed("the places do not fill the group"));
        }
        if self.iter().max().is_some_and(|place| place as usize >= self.list.len()) {
            return Err(Malformed("a place is out of range"));
        }
        Ok(self)
    }

    /// The places, row by row.
    pub fn iter(self) -> impl Iterator<Item = u32> + Clone + 'a {
        let is_short = self.list.len() <= 256;
        let (short, long) = if is_short { (self.bytes, &[][..]) } else { (&[][..], self.bytes) };
        let long = long.chunks_exact(2).map(|pair| u32::from(u16::from_le_bytes([pair[0], pair[1]])));
        short.iter().map(|place| u32::from(*place)).chain(long)
    }

    /// Appends what the places of some rows refer to.
    pub fn read(self, column: &mut Vec<u32>, meta: &GroupMeta, rows: Range<usize>) -> Result<(), Malformed> {
        let places = self.whole(meta)?;
        column.extend(places.iter().skip(rows.start).take(rows.len()).map(|place| self.list[place as usize]));
        Ok(())
    }
}
