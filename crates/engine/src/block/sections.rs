//! Sections of a group, unpacked, one after the other in one run of bytes.

use super::format::{Damage, Section, SectionKind};
use crate::encode::Malformed;
use std::ops::Range;

/// Some sections of a group, checked.
pub struct RawSections {
    bytes: Vec<u8>,
    sections: Vec<(Section, Range<usize>)>,
}

impl RawSections {
    /// Checks and unpacks `sections` from `stored`, which begins at byte `offset` of the file.
    pub fn unpack<'s>(
        stored: &[u8],
        offset: u64,
        sections: impl Iterator<Item = &'s Section> + Clone,
    ) -> Result<RawSections, Damage> {
        let n_bytes = sections.clone().map(|section| section.raw_bytes as usize).sum();
        let mut raw = RawSections { bytes: Vec::with_capacity(n_bytes), sections: Vec::new() };
        for section in sections {
            let at = (section.offset - offset) as usize;
            let stored = stored.get(at..at + section.stored_bytes as usize).unwrap_or_default();
            let from = raw.bytes.len();
            section.unpack_to(stored, &mut raw.bytes)?;
            raw.sections.push((*section, from..raw.bytes.len()));
        }
        Ok(raw)
    }

    /// Reads one section; what is wrong with its numbers is damage of that section.
    pub fn read<T>(&self, kind: SectionKind, read: impl FnOnce(&[u8]) -> Result<T, Malformed>) -> Result<T, Damage> {
        match self.find(kind) {
            Some((section, raw)) => read(raw).map_err(|Malformed(fact)| section.damage(fact)),
            None => Err(Damage { offset: 0, part: "group", fact: "a section was not read" }),
        }
    }

    /// The bytes of a section; none of one that was not read.
    pub fn get(&self, kind: SectionKind) -> &[u8] {
        self.find(kind).map_or(&[], |(_, raw)| raw)
    }

    /// Bytes in memory, about.
    pub fn n_bytes(&self) -> usize {
        self.bytes.len() + self.sections.len() * size_of::<(Section, Range<usize>)>()
    }

    fn find(&self, kind: SectionKind) -> Option<(&Section, &[u8])> {
        let (section, range) = self.sections.iter().find(|(section, _)| section.kind == kind)?;
        Some((section, &self.bytes[range.clone()]))
    }
}
