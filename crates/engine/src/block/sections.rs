//! Sections of a group, unpacked where they are packed, read where they lie otherwise.

use super::format::{Damage, Section, SectionKind};
use crate::encode::Malformed;
use std::ops::Range;

/// Sections that lie side by side in the file, checked.
pub struct RawSections {
    stored: Vec<u8>,
    sections: Vec<(Section, Raw)>,
}

enum Raw {
    /// Stored as it is.
    Stored(Range<usize>),
    Unpacked(Vec<u8>),
}

impl RawSections {
    /// Checks and unpacks `sections` from `stored`, which begins at byte `offset` of the file.
    pub fn unpack<'s>(
        stored: Vec<u8>,
        offset: u64,
        sections: impl Iterator<Item = &'s Section>,
    ) -> Result<RawSections, Damage> {
        let mut unpacked = Vec::with_capacity(SectionKind::OF_GROUP.len());
        for section in sections {
            let at = (section.offset - offset) as usize;
            let range = at..at + section.stored_bytes as usize;
            let raw = match section.unpack(stored.get(range.clone()).unwrap_or_default())? {
                Some(bytes) => Raw::Unpacked(bytes),
                None => Raw::Stored(range),
            };
            unpacked.push((*section, raw));
        }
        Ok(RawSections { stored, sections: unpacked })
    }

    /// Reads one section; what is wrong with its numbers is damage of that section.
    pub fn read<T>(&self, kind: SectionKind, read: impl FnOnce(&[u8]) -> Result<T, Malformed>) -> Result<T, Damage> {
        match self.find(kind) {
            Some((section, raw)) => read(raw).map_err(|Malformed(fact)| section.damage(fact)),
            None => Err(Damage { offset: 0, part: "group", fact: "a section was not read" }),
        }
    }

    /// Whether a section was read.
    pub fn has(&self, kind: SectionKind) -> bool {
        self.find(kind).is_some()
    }

    /// The bytes of a section; none of one that was not read.
    pub fn get(&self, kind: SectionKind) -> &[u8] {
        self.find(kind).map_or(&[], |(_, raw)| raw)
    }

    fn find(&self, kind: SectionKind) -> Option<(&Section, &[u8])> {
        let (section, raw) = self.sections.iter().find(|(section, _)| section.kind == kind)?;
        let raw = match raw {
            Raw::Stored(range) => &self.stored[range.clone()],
            Raw::Unpacked(bytes) => bytes,
        };
        Some((section, raw))
    }
}
