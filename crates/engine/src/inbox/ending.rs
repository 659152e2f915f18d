//! Tells a group that was torn from one that was damaged, where no good group stands behind it.
//!
//! A group is written at the end of its file in one go. If the power goes before its sync, any of its
//! sectors may be missing: beyond the file's end, or zeros. So a group that does not match its checksums
//! although the file reaches to its end and no more of its sectors are zeros than it says were, lost none
//! of them: something else changed it, and it may have been acknowledged. That is damage.
//!
//! The other way round nothing can be said: a file that was cut short later, or sectors that turned to
//! zeros later, look like a group that was being written.

use super::record::{GROUP_RECORD_BYTES, GroupHeader, zero_sectors};

/// What a bad record at the end of a file means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// Sectors of its group are missing: it was being written when the power went, or was cut off later.
    Torn,
    /// All sectors of its group are there and not as they were written.
    Damaged,
}

/// Judges a group with a bad record in it, of which `present` is what the file holds.
pub fn judge_group(group: GroupHeader, present: &[u8]) -> Ending {
    let is_short = group.begin + (present.len() as u64) < group.end;
    let lost_sectors = zero_sectors(group.begin, present) > group.n_zero_sectors;
    if is_short || lost_sectors { Ending::Torn } else { Ending::Damaged }
}

/// Judges a bad record where a group should begin, of which `present` is what the file holds from `offset`
/// on. The record that begins a group makes no sector of zeros, however sectors divide it.
pub fn judge_beginning(offset: u64, present: &[u8]) -> Ending {
    let record = &present[..GROUP_RECORD_BYTES.min(present.len())];
    if record.len() < GROUP_RECORD_BYTES || zero_sectors(offset, record) > 0 { Ending::Torn } else { Ending::Damaged }
}

#[cfg(test)]
mod tests {
    use super::super::record::{begin_group, read_group};
    use super::*;
    use crate::inbox::record::{END_MARK, RECORD_HEADER_BYTES};
    use nines_base::vfs::SECTOR_BYTES;

    /// A group at an odd place, with two sectors of zeros in it.
    fn group(offset: u64) -> (GroupHeader, Vec<u8>) {
        let mut bytes = vec![0; GROUP_RECORD_BYTES + 300];
        bytes[GROUP_RECORD_BYTES..].fill(7);
        bytes.extend([0; 3 * SECTOR_BYTES]);
        bytes.extend([7; 900]);
        bytes.push(END_MARK);
        begin_group(&mut bytes, offset, 1);
        let header = read_group(&bytes[RECORD_HEADER_BYTES..GROUP_RECORD_BYTES - 1], offset).unwrap();
        (header, bytes)
    }

    #[test]
    fn a_group_that_lost_any_sector_is_torn() {
        for offset in [24, 700, 1024, 511, 3 * 512 - 20] {
            let (header, bytes) = group(offset);
            for lost in offset / SECTOR_BYTES as u64..=(header.end - 1) / SECTOR_BYTES as u64 {
                let from = (lost * SECTOR_BYTES as u64).max(offset) - offset;
                let upto = ((lost + 1) * SECTOR_BYTES as u64).min(header.end) - offset;
                let mut torn = bytes.clone();
                torn[from as usize..upto as usize].fill(0);
                if torn != bytes {
                    assert_eq!(judge_group(header, &torn), Ending::Torn, "at {offset}, sector {lost}");
                }
                let in_record = (from as usize) < GROUP_RECORD_BYTES;
                let beginning = if in_record { Ending::Torn } else { Ending::Damaged };
                assert_eq!(judge_beginning(offset, &torn), beginning, "at {offset}, sector {lost}");
            }
            for len in 0..bytes.len() {
                assert_eq!(judge_group(header, &bytes[..len]), Ending::Torn, "cut to {len}");
            }
        }
    }

    #[test]
    fn a_group_with_a_flipped_bit_is_damaged() {
        let (header, bytes) = group(700);
        for bit_idx in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit_idx / 8] ^= 1 << (bit_idx % 8);
            assert_eq!(judge_group(header, &flipped), Ending::Damaged, "bit {bit_idx}");
            assert_eq!(judge_beginning(700, &flipped), Ending::Damaged, "bit {bit_idx}");
        }
    }
}
