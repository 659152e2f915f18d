//! The bloom filters of all row groups of a block, woven: one cell of every group's filter stands beside
//! the same cell of the others, so that one small read tells which groups may hold a value.
//!
//! A search for a rare value would otherwise read ten kilobytes for each of thousands of groups.

use crate::encode::Malformed;
use crate::hash::hash_u64;
use std::ops::Range;

/// Bits for each value: one answer in about five hundred is a false "maybe", and costs as much as a hundred
/// answers.
const BITS_PER_VALUE: usize = 14;

/// 64-bit words of a cell: all bits of a value are in one.
const CELL_WORDS: usize = 4;

/// Bytes of a cell.
const CELL_BYTES: usize = CELL_WORDS * 8;

/// Bits set for each value.
const N_BITS: u32 = 8;

/// Bytes of a page at about which it ends: each page is under a checksum of its own, and is the least
/// that is read.
const PAGE_BYTES: usize = 4096;

/// Bytes of a page's checksum, behind its words.
const CHECKSUM_BYTES: usize = 4;

/// Where the cells of a block's filters stand in their section.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FilterLayout {
    n_groups: usize,
    /// Cells of each group's filter.
    n_cells: usize,
}

impl FilterLayout {
    /// The layout of a section of `n_bytes` in a block of `n_groups`.
    pub fn of_section(n_bytes: usize, n_groups: usize) -> Result<FilterLayout, Malformed> {
        let row_bytes = n_groups.max(1) * CELL_BYTES;
        let page_bytes = page_cells(n_groups) * row_bytes + CHECKSUM_BYTES;
        let in_last_page = (n_bytes % page_bytes).saturating_sub(CHECKSUM_BYTES);
        let n_cells = n_bytes / page_bytes * page_cells(n_groups) + in_last_page / row_bytes;
        let layout = FilterLayout { n_groups, n_cells };
        if layout.n_bytes() == n_bytes { Ok(layout) } else { Err(Malformed("the filters do not fill their section")) }
    }

    fn n_bytes(&self) -> usize {
        self.n_cells * self.n_groups.max(1) * CELL_BYTES
            + self.n_cells.div_ceil(page_cells(self.n_groups)) * CHECKSUM_BYTES
    }

    /// The page that tells of a hash, as bytes of the section; `None` when no group holds anything.
    pub fn page_of(&self, hash: u64) -> Option<Range<usize>> {
        let page_cells = page_cells(self.n_groups);
        let page = cell_of(hash, self.n_cells)? / page_cells;
        let n_cells = page_cells.min(self.n_cells - page * page_cells);
        let from = page * (page_cells * self.n_groups * CELL_BYTES + CHECKSUM_BYTES);
        Some(from..from + n_cells * self.n_groups * CELL_BYTES + CHECKSUM_BYTES)
    }

    /// For each group whether it may hold the hash, told from its page; `false` is certain.
    pub fn read_page(&self, hash: u64, page: &[u8]) -> Result<Vec<bool>, Malformed> {
        const WRONG: Malformed = Malformed("a page does not match its checksum");
        let (words, checksum) = page.split_last_chunk::<CHECKSUM_BYTES>().ok_or(WRONG)?;
        if crc32c::crc32c(words).to_le_bytes() != *checksum {
            return Err(WRONG);
        }
        let row = cell_of(hash, self.n_cells).unwrap_or(0) % page_cells(self.n_groups);
        let row = words.get(row * self.n_groups * CELL_BYTES..(row + 1) * self.n_groups * CELL_BYTES).ok_or(WRONG)?;
        let wanted = bits_of(hash);
        let holds = |cell: &[u8]| {
            let words = cell.as_chunks::<8>().0.iter().map(|word| u64::from_le_bytes(*word));
            words.zip(wanted).all(|(word, wanted)| word & wanted == wanted)
        };
        Ok(row.chunks_exact(CELL_BYTES).map(holds).collect())
    }
}

/// Cells of each filter that stand in one page.
fn page_cells(n_groups: usize) -> usize {
    (PAGE_BYTES / (CELL_BYTES * n_groups.max(1))).max(1)
}

/// The cell of a filter of `n_cells` that tells of a hash; `None` of a filter without cells.
fn cell_of(hash: u64, n_cells: usize) -> Option<usize> {
    (n_cells > 0).then(|| (((hash >> 32) * n_cells as u64) >> 32) as usize)
}

/// The bits of that cell which the hash sets: one for each of the low bytes of the hash, mixed once more, for
/// its high half chose the cell.
fn bits_of(hash: u64) -> [u64; CELL_WORDS] {
    let mixed = hash_u64(hash);
    let mut words = [0; CELL_WORDS];
    for bit_idx in 0..N_BITS {
        let bit = mixed >> (bit_idx * 8) & 255;
        words[bit as usize / 64] |= 1 << (bit % 64);
    }
    words
}

/// Appends the filters of groups that hold the given hashes. All are as long as the fullest one needs.
pub fn write_filters(groups: &[Vec<u64>], out: &mut Vec<u8>) {
    let fullest = groups.iter().map(Vec::len).max().unwrap_or(0);
    let n_cells = (fullest * BITS_PER_VALUE).div_ceil(CELL_BYTES * 8);
    let mut words = vec![0u64; n_cells * groups.len() * CELL_WORDS];
    for (group_idx, hashes) in groups.iter().enumerate() {
        for hash in hashes {
            if let Some(cell) = cell_of(*hash, n_cells) {
                let at = (cell * groups.len() + group_idx) * CELL_WORDS;
                words[at..at + CELL_WORDS].iter_mut().zip(bits_of(*hash)).for_each(|(word, bits)| *word |= bits);
            }
        }
    }
    for page in words.chunks((page_cells(groups.len()) * groups.len() * CELL_WORDS).max(1)) {
        let from = out.len();
        page.iter().for_each(|word| out.extend_from_slice(&word.to_le_bytes()));
        let checksum = crc32c::crc32c(&out[from..]);
        out.extend_from_slice(&checksum.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_tells_which_groups_may_hold_a_value() {
        for (n_groups, n_values) in [(1, 1), (3, 0), (31, 700), (2, 5000), (1500, 3)] {
            let hash = |group: usize, value: usize| hash_u64((group * 10_000 + value) as u64);
            let groups: Vec<Vec<u64>> =
                (0..n_groups).map(|group| (0..n_values).map(|value| hash(group, value)).collect()).collect();
            let mut section = Vec::new();
            write_filters(&groups, &mut section);
            let layout = FilterLayout::of_section(section.len(), n_groups).unwrap();
            let ask = |hash| match layout.page_of(hash) {
                Some(page) => layout.read_page(hash, &section[page]).unwrap(),
                None => vec![false; n_groups],
            };
            let mut n_false = 0;
            for (group, hashes) in groups.iter().enumerate() {
                for hash in hashes.iter().take(50) {
                    let told = ask(*hash);
                    assert!(told.len() == n_groups && told[group]);
                    n_false += told.iter().filter(|may| **may).count() - 1;
                }
            }
            let n_asked = n_groups * n_groups * n_values.min(50);
            assert!(n_false * 150 <= n_asked, "{n_false} of {n_asked}");
            assert!(FilterLayout::of_section(section.len() + 1, n_groups).is_err());
        }
    }

    #[test]
    fn a_flipped_bit_of_a_page_is_told() {
        let mut section = Vec::new();
        write_filters(&[vec![1, 2, 3], vec![hash_u64(7)]], &mut section);
        let layout = FilterLayout::of_section(section.len(), 2).unwrap();
        let page = layout.page_of(hash_u64(7)).unwrap();
        assert_eq!(layout.read_page(hash_u64(7), &section[page.clone()]), Ok(vec![false, true]));
        for bit_idx in 0..section.len() * 8 {
            let mut flipped = section.clone();
            flipped[bit_idx / 8] ^= 1 << (bit_idx % 8);
            assert!(layout.read_page(hash_u64(7), &flipped[page.clone()]).is_err());
        }
    }
}
