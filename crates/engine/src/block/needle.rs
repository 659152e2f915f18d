//! The bytes that a value leaves in a row group: where they do not stand, no row has the value.
//!
//! A filter tells of a wrong group in one of some thirty blocks, which over hundreds of them makes more groups than a
//! rare value has hits. One section tells them apart, for a tenth of what reading the group's rows takes.

use super::caches::BlockCaches;
use super::column_table::Form;
use super::format::SectionKind;
use super::open::Block;
use super::value_columns::{is_hex, packed_hex};
use memchr::memmem;
use nines_storage::StoreError;

/// What a value is in the section that has the values of its column one after the other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Needle {
    section: SectionKind,
    bytes: Vec<u8>,
}

/// Sections that needles are looked for in.
const SEARCHED: [SectionKind; 2] = [SectionKind::Text, SectionKind::Hex];

impl Needle {
    /// What a text is in a column of texts that has this form; `None` where its bytes would tell nothing: a code is
    /// one byte, and stands for others in other columns.
    pub fn of(text: &str, form: Form<'_>) -> Option<Needle> {
        let after = |prefix: &[u8]| text.as_bytes().strip_prefix(prefix).filter(|rest| !rest.is_empty());
        match form {
            Form::Text(prefix) => Some(Needle { section: SectionKind::Text, bytes: after(prefix)?.to_vec() }),
            Form::Hex(prefix) => {
                let digits = after(prefix).filter(|rest| is_hex(rest))?;
                Some(Needle { section: SectionKind::Hex, bytes: packed_hex(digits).collect() })
            }
            Form::Constant(_) | Form::Coded(_) => None,
        }
    }
}

impl Block {
    /// Whether one of the needles stands in a row group; `false` is certain.
    pub fn has_one_of(&self, group_idx: usize, needles: &[Needle], caches: &BlockCaches) -> Result<bool, StoreError> {
        for kind in SEARCHED {
            let of_section = || needles.iter().filter(|needle| needle.section == kind);
            let stands = |raw: &[u8]| of_section().any(|needle| memmem::find(raw, &needle.bytes).is_some());
            if of_section().next().is_some() && self.look_at_section(group_idx, kind, caches, stands)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Bytes that are unpacked to look for needles in a group.
    pub fn needle_bytes(&self, group_idx: usize, needles: &[Needle]) -> usize {
        let searched = SEARCHED.into_iter().filter(|kind| needles.iter().any(|needle| needle.section == *kind));
        searched.map(|kind| self.footer().of_group(group_idx, kind).raw_bytes as usize).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_looked_for_without_what_its_column_shares() {
        let needle = |section, bytes: &[u8]| Some(Needle { section, bytes: bytes.to_vec() });
        assert_eq!(Needle::of("u-1234", Form::Text(b"u-1")), needle(SectionKind::Text, b"234"));
        assert_eq!(Needle::of("id-0aff", Form::Hex(b"id-")), needle(SectionKind::Hex, &[0x0a, 0xff]));
    }

    #[test]
    fn nothing_is_looked_for_where_it_would_tell_nothing() {
        assert_eq!(Needle::of("u-1", Form::Text(b"u-1")), None, "nothing of it is left");
        assert_eq!(Needle::of("v-1", Form::Text(b"u-")), None, "the column does not have it");
        assert_eq!(Needle::of("0af", Form::Hex(b"")), None, "the column does not have it");
        assert_eq!(Needle::of("GET", Form::Constant(b"GET")), None);
    }
}
