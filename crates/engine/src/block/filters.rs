//! Which row groups of a block hold a value: each value's fingerprint with the number of the group, in pages
//! of which one tells of one value.
//!
//! A bloom filter for each group would take as many bits and let five times as many groups through, each
//! of which costs a search as much as thirty pages. A page's fingerprints ascend, so their high bits are
//! written in unary and only the low ones as they are (the code of Elias and Fano).

use super::bits_packed::{BitInput, BitOutput};
use crate::encode::Malformed;
use std::ops::Range;

/// Bits of a fingerprint's low part and its group together. Buckets are as many as fingerprints, so that a group
/// is told wrongly in one of about 2 to this power answers.
const LOW_AND_GROUP_BITS: u32 = 12;

/// Low bits where groups are so many that less would be left.
const LOW_BITS_MIN: u32 = 3;

/// Bytes of a page at about which another begins: a page is under a checksum of its own, and is the least
/// that is read.
const PAGE_BYTES: usize = 4096;

/// Bytes of the section before its first page: pages, bytes of each, checksum of these.
pub const HEAD_BYTES: usize = 12;

/// Bytes of a page beside its bits: the number of fingerprints in front, a checksum at the end.
const PAGE_FRAME_BYTES: usize = COUNT_BYTES + CHECKSUM_BYTES;
const COUNT_BYTES: usize = 4;
const CHECKSUM_BYTES: usize = 4;

/// Where the pages of a block's filters stand in their section.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FilterLayout {
    n_groups: usize,
    n_pages: usize,
    page_bytes: usize,
}

impl FilterLayout {
    /// The layout of a section that begins with `head` and has `n_bytes`, in a block of `n_groups`.
    pub fn read(head: &[u8; HEAD_BYTES], n_bytes: usize, n_groups: usize) -> Result<FilterLayout, Malformed> {
        let (numbers, checksum) = head.split_at(HEAD_BYTES - CHECKSUM_BYTES);
        if crc32c::crc32c(numbers).to_le_bytes() != checksum {
            return Err(Malformed("the filters' head does not match its checksum"));
        }
        let [n_pages, page_bytes] = [0, 4].map(|at| u32_at(numbers, at) as usize);
        if n_pages.checked_mul(page_bytes) != n_bytes.checked_sub(HEAD_BYTES) || page_bytes < PAGE_FRAME_BYTES {
            return Err(Malformed("the filters do not fill their section"));
        }
        Ok(FilterLayout { n_groups, n_pages, page_bytes })
    }

    /// The page that tells of a hash, as bytes of the section; `None` when no group holds anything.
    pub fn page_of(&self, hash: u64) -> Option<Range<usize>> {
        (self.n_pages > 0).then(|| self.page(page_of(hash, self.n_pages)))
    }

    fn page(&self, page_idx: usize) -> Range<usize> {
        let from = HEAD_BYTES + page_idx * self.page_bytes;
        from..from + self.page_bytes
    }

    /// The groups that may hold the hash, told from its page; no other does.
    pub fn groups_of(&self, hash: u64, page: &[u8]) -> Result<Vec<u32>, Malformed> {
        let page = Page::read(page, self.n_groups)?;
        if page.len == 0 {
            return Ok(Vec::new());
        }
        let (bucket, low) = page.widths.fingerprint(hash as u32, page.len);
        let alike = page.bucket(bucket)?.filter(|at| page.low(*at) == low);
        alike.map(|at| page.group(at)).collect()
    }

    /// Checks a whole section: every page, and that each group it tells of is one.
    pub fn check(&self, section: &[u8]) -> Result<(), Malformed> {
        for page_idx in 0..self.n_pages {
            let page = Page::read(&section[self.page(page_idx)], self.n_groups)?;
            let mut told = 0;
            for bucket in 0..page.len {
                told += page.bucket(bucket)?.count();
            }
            if told != page.len {
                return Err(Malformed("a page of the filters has fingerprints in no bucket"));
            }
            (0..page.len).try_for_each(|at| page.group(at).map(|_| ()))?;
        }
        Ok(())
    }
}

/// The fingerprints of one page, in ascending order, each with its group: for each bucket a one for each of
/// its fingerprints and a zero; then the low bits of all; then their groups.
struct Page<'a> {
    bits: BitInput<'a>,
    len: usize,
    n_groups: usize,
    widths: Widths,
}

impl<'a> Page<'a> {
    fn read(page: &'a [u8], n_groups: usize) -> Result<Page<'a>, Malformed> {
        const WRONG: Malformed = Malformed("a page of the filters does not match its checksum");
        let (held, checksum) = page.split_last_chunk::<CHECKSUM_BYTES>().ok_or(WRONG)?;
        if held.len() < COUNT_BYTES || crc32c::crc32c(held).to_le_bytes() != *checksum {
            return Err(WRONG);
        }
        let (len, bits, widths) = (u32_at(held, 0) as usize, &held[COUNT_BYTES..], Widths::of(n_groups));
        if len > bits.len() * 8 || (len * widths.entry()).div_ceil(8) > bits.len() {
            return Err(Malformed("a page of the filters is too short for its fingerprints"));
        }
        Ok(Page { bits: BitInput::new(bits), len, n_groups, widths })
    }

    /// Places of a bucket's fingerprints.
    fn bucket(&self, bucket: usize) -> Result<Range<usize>, Malformed> {
        const NO_END: Malformed = Malformed("a bucket of the filters does not end");
        let first = match bucket {
            0 => 0,
            _ => self.bits.nth_zero(bucket - 1).ok_or(NO_END)? + 1,
        };
        let end = self.bits.next_zero(first).ok_or(NO_END)?;
        let (first, end) = (first - bucket, end - bucket);
        if end > self.len { Err(NO_END) } else { Ok(first..end) }
    }

    fn low(&self, at: usize) -> u64 {
        self.bits.get(self.len * 2 + at * self.widths.low as usize, self.widths.low)
    }

    fn group(&self, at: usize) -> Result<u32, Malformed> {
        let from = self.len * (2 + self.widths.low as usize) + at * self.widths.group as usize;
        let group = self.bits.get(from, self.widths.group) as u32;
        let is_one = (group as usize) < self.n_groups;
        is_one.then_some(group).ok_or(Malformed("the filters tell of a group that is none"))
    }
}

/// The page of a hash: its high half chooses.
fn page_of(hash: u64, n_pages: usize) -> usize {
    (((hash >> 32) * n_pages as u64) >> 32) as usize
}

/// Bits of the parts of a fingerprint in a block of so many groups.
#[derive(Clone, Copy)]
struct Widths {
    low: u32,
    group: u32,
}

impl Widths {
    fn of(n_groups: usize) -> Widths {
        let group = usize::BITS - n_groups.saturating_sub(1).leading_zeros();
        Widths { low: LOW_AND_GROUP_BITS.saturating_sub(group).max(LOW_BITS_MIN), group }
    }

    /// Bits of a fingerprint with its group and its bucket's zero.
    fn entry(self) -> usize {
        (2 + self.low + self.group) as usize
    }

    /// Bucket and low bits of the fingerprint in a page of `len`, from the low half of the hash.
    fn fingerprint(self, hash: u32, len: usize) -> (usize, u64) {
        let fingerprint = (u64::from(hash) * ((len as u64) << self.low)) >> 32;
        ((fingerprint >> self.low) as usize, fingerprint & ((1 << self.low) - 1))
    }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// Appends the filters of groups that hold the given hashes, each group's once. All pages are as long as the
/// fullest needs.
pub fn write_filters(groups: &[Vec<u64>], out: &mut Vec<u8>) {
    let n_hashes: usize = groups.iter().map(Vec::len).sum();
    let widths = Widths::of(groups.len());
    let in_page = (PAGE_BYTES - PAGE_FRAME_BYTES) * 8 / widths.entry();
    let n_pages = n_hashes.div_ceil(in_page);
    let mut pages: Vec<Vec<(u32, u32)>> = vec![Vec::with_capacity(in_page + in_page / 16); n_pages];
    for (group, hashes) in (0..).zip(groups) {
        hashes.iter().for_each(|hash| pages[page_of(*hash, n_pages)].push((*hash as u32, group)));
    }
    let fullest = pages.iter().map(Vec::len).max().unwrap_or(0);
    let page_bytes = (fullest * widths.entry()).div_ceil(8) + PAGE_FRAME_BYTES;
    let head = [(n_pages as u32).to_le_bytes(), (page_bytes as u32).to_le_bytes()].concat();
    out.extend_from_slice(&head);
    out.extend_from_slice(&crc32c::crc32c(&head).to_le_bytes());
    for page in &pages {
        let from = out.len();
        write_page(page, widths, out);
        out.resize(from + page_bytes - CHECKSUM_BYTES, 0);
        let checksum = crc32c::crc32c(&out[from..]);
        out.extend_from_slice(&checksum.to_le_bytes());
    }
}

/// Appends a page of low halves of hashes with their groups.
fn write_page(page: &[(u32, u32)], widths: Widths, out: &mut Vec<u8>) {
    out.extend_from_slice(&(page.len() as u32).to_le_bytes());
    let mut of_buckets = vec![0u32; page.len() + 1];
    let bucket = |hash: u32| widths.fingerprint(hash, page.len()).0;
    page.iter().for_each(|(hash, _)| of_buckets[bucket(*hash) + 1] += 1);
    let mut bits = BitOutput::new(out);
    for n_in_bucket in &of_buckets[1..] {
        (0..*n_in_bucket).for_each(|_| bits.put(1, 1));
        bits.put(0, 1);
    }
    // From how many each bucket has to where its next one stands.
    (1..of_buckets.len()).for_each(|at| of_buckets[at] += of_buckets[at - 1]);
    let mut sorted = vec![(0, 0); page.len()];
    for (hash, group) in page {
        let (bucket, low) = widths.fingerprint(*hash, page.len());
        sorted[of_buckets[bucket] as usize] = (low, *group);
        of_buckets[bucket] += 1;
    }
    sorted.iter().for_each(|(low, _)| bits.put(*low, widths.low));
    sorted.iter().for_each(|(_, group)| bits.put((*group).into(), widths.group));
    bits.finish();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::hash_u64;

    fn layout_of(section: &[u8], n_groups: usize) -> FilterLayout {
        FilterLayout::read(section.first_chunk().unwrap(), section.len(), n_groups).unwrap()
    }

    #[test]
    fn a_page_tells_which_groups_may_hold_a_value() {
        for (n_groups, n_values) in [(1, 1), (3, 0), (31, 700), (2, 5000), (1500, 3), (104, 1000)] {
            let hash = |group: usize, value: usize| hash_u64((group * 10_000 + value) as u64);
            let groups: Vec<Vec<u64>> =
                (0..n_groups).map(|group| (0..n_values).map(|value| hash(group, value)).collect()).collect();
            let mut section = Vec::new();
            write_filters(&groups, &mut section);
            let layout = layout_of(&section, n_groups);
            layout.check(&section).unwrap();
            let ask = |hash| match layout.page_of(hash) {
                Some(page) => layout.groups_of(hash, &section[page]).unwrap(),
                None => Vec::new(),
            };
            let (mut n_asked, mut n_false) = (0, 0);
            for (group, hashes) in groups.iter().enumerate() {
                for hash in hashes.iter().take(50) {
                    let told = ask(*hash);
                    assert!(told.contains(&(group as u32)));
                    n_false += told.len() - 1;
                    n_asked += 1;
                }
            }
            assert!(n_false * 1000 <= n_asked * (n_groups + 3), "{n_false} of {n_asked}");
            let n_absent = (0..1000).map(|value| ask(hash(n_groups, value)).len()).sum::<usize>();
            assert!(n_absent <= n_groups + 3, "{n_absent} of {n_groups} groups a thousand times");
        }
    }

    #[test]
    fn a_value_that_many_groups_have_makes_pages_longer() {
        let groups = vec![vec![hash_u64(1), hash_u64(2)]; 5_000];
        let mut section = Vec::new();
        write_filters(&groups, &mut section);
        let layout = layout_of(&section, groups.len());
        layout.check(&section).unwrap();
        let page = layout.page_of(hash_u64(2)).unwrap();
        assert_eq!(layout.groups_of(hash_u64(2), &section[page]), Ok((0..5_000).collect()));
    }

    #[test]
    fn a_flipped_bit_of_the_head_or_a_page_is_told() {
        let mut section = Vec::new();
        write_filters(&[vec![1, 2, 3], vec![hash_u64(7)]], &mut section);
        let page = layout_of(&section, 2).page_of(hash_u64(7)).unwrap();
        assert_eq!(layout_of(&section, 2).groups_of(hash_u64(7), &section[page.clone()]), Ok(vec![1]));
        for bit_idx in 0..section.len() * 8 {
            let mut flipped = section.clone();
            flipped[bit_idx / 8] ^= 1 << (bit_idx % 8);
            let layout = FilterLayout::read(flipped.first_chunk().unwrap(), flipped.len(), 2);
            let told = layout.and_then(|layout| layout.groups_of(hash_u64(7), &flipped[page.clone()]));
            assert!(told.is_err());
        }
    }
}
