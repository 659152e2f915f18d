//! A block file taken apart and put together again, by `docs/format/block.md` and not by the engine's code.
//!
//! A change to a sealed file is stopped by its first checksum. So the mutation changes one section, or
//! the numbers of the footer, and seals the file again with lengths and checksums that fit.

/// First and last bytes of a block.
const MAGIC: &[u8; 8] = b"NINESBLK";
/// Bytes of the header.
const HEADER_BYTES: usize = 16;
/// Bytes of the trailer.
const TRAILER_BYTES: usize = 20;
/// Numbers at the head of the footer, before the table of sections.
const FOOTER_NUMBERS: usize = 10;
/// A section of a fuzzed block is at most this long when unpacked.
const SECTION_BYTES_MAX: usize = 1 << 20;

/// A block's contents.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BlockFile {
    /// The footer's numbers, as they stand.
    pub numbers: Vec<u8>,
    /// The sections, unpacked, in the order of the file.
    pub sections: Vec<Vec<u8>>,
}

impl BlockFile {
    /// Takes a file apart; `None` where it is not whole.
    pub fn read(file: &[u8]) -> Option<BlockFile> {
        let (body, trailer) = file.split_at_checked(file.len().checked_sub(TRAILER_BYTES)?)?;
        let footer_bytes = u32::from_le_bytes(*trailer.first_chunk()?) as usize;
        let (mut stored, mut footer) = body.split_at_checked(body.len().checked_sub(footer_bytes)?)?;
        let numbers_from = footer;
        for _ in 0..FOOTER_NUMBERS {
            varint(&mut footer)?;
        }
        let numbers = numbers_from[..numbers_from.len() - footer.len()].to_vec();
        stored = stored.get(HEADER_BYTES..)?;
        let mut sections = Vec::new();
        while !footer.is_empty() {
            let (stored_bytes, raw_bytes) = (varint(&mut footer)? as usize, varint(&mut footer)? as usize);
            footer = footer.get(4..)?;
            let (section, rest) = stored.split_at_checked(stored_bytes)?;
            stored = rest;
            sections.push(if stored_bytes == raw_bytes { section.to_vec() } else { unpack(section, raw_bytes)? });
        }
        stored.is_empty().then_some(BlockFile { numbers, sections })
    }

    /// Puts a file together. Sections are stored as they are, so that a fuzzer sees through them.
    pub fn write(&self) -> Vec<u8> {
        let mut file = [&MAGIC[..], &1u16.to_le_bytes(), &[0; 2]].concat();
        seal(&mut file, 0);
        let mut footer = self.numbers.clone();
        for section in &self.sections {
            file.extend_from_slice(section);
            put_varint(section.len(), &mut footer);
            put_varint(section.len(), &mut footer);
            footer.extend_from_slice(&crc32c::crc32c(section).to_le_bytes());
        }
        file.extend_from_slice(&footer);
        let trailer_at = file.len();
        file.extend_from_slice(&(footer.len() as u32).to_le_bytes());
        file.extend_from_slice(&crc32c::crc32c(&footer).to_le_bytes());
        seal(&mut file, trailer_at);
        file.extend_from_slice(MAGIC);
        file
    }
}

/// Changes one section or the footer's numbers.
pub fn mutate(file: &[u8], chance: u32, change: &mut dyn FnMut(&mut Vec<u8>)) -> Option<Vec<u8>> {
    let mut block = BlockFile::read(file)?;
    let place = chance as usize % (block.sections.len() + 1);
    change(block.sections.get_mut(place).unwrap_or(&mut block.numbers));
    Some(block.write())
}

fn unpack(section: &[u8], raw_bytes: usize) -> Option<Vec<u8>> {
    if raw_bytes > SECTION_BYTES_MAX {
        return None;
    }
    zstd::bulk::decompress(section, raw_bytes).ok()
}

/// Appends the checksum of everything from `from` on.
fn seal(file: &mut Vec<u8>, from: usize) {
    let crc = crc32c::crc32c(&file[from..]);
    file.extend_from_slice(&crc.to_le_bytes());
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if *byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn put_varint(mut number: usize, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds;
    use nines_base::vfs::{SimVfs, Vfs};
    use nines_engine::block::{Block, BlockCaches};
    use std::path::Path;
    use std::sync::Arc;

    fn n_rows(file: &[u8]) -> Result<usize, String> {
        let vfs = SimVfs::new();
        vfs.create(Path::new("/a.blk")).unwrap().append(file).unwrap();
        let block = Block::open(Arc::new(vfs), Path::new("/a.blk")).map_err(|error| error.to_string())?;
        let caches = BlockCaches::new(1 << 20, 1 << 20, 1);
        let groups = 0..block.groups().len();
        groups
            .map(|group_idx| Ok(block.group(group_idx, &caches).map_err(|error| error.to_string())?.rows().len()))
            .sum()
    }

    #[test]
    fn the_engine_reads_a_block_that_was_taken_apart_and_put_together() {
        for (name, file) in seeds::blocks() {
            let block =
                BlockFile::read(&file).unwrap_or_else(|| panic!("{name} is not read by the format's description"));
            assert_eq!(n_rows(&block.write()), n_rows(&file), "{name}");
            assert!(n_rows(&file).unwrap() > 0, "{name}");
            assert_eq!(BlockFile::read(&block.write()), Some(block), "{name}");
        }
    }

    #[test]
    fn a_changed_section_passes_its_checksum() {
        let (_, file) = seeds::blocks().remove(0);
        let mut errors = std::collections::BTreeSet::new();
        for place in 0..40 {
            let changed = mutate(&file, place, &mut |part| part.push(0xff)).unwrap();
            errors.extend(n_rows(&changed).err());
        }
        assert!(errors.len() > 5, "{errors:?}");
        assert!(!errors.iter().any(|error| error.contains("checksum")), "{errors:?}");
    }
}
