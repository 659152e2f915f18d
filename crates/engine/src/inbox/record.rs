//! The inbox file's frame: a header, then records one after the other, each with its checksum.
//!
//! `docs/format/inbox.md` describes every byte. What a payload means is `delta`'s to know.
//!
//! Records are written in groups, each written and synced as a whole; a group begins with a record of
//! its own that says where it stands, how long it is, and how many of its sectors were all zeros. A good
//! one proves that everything before it was durable; and a group that does not match although all its
//! sectors were written was not torn but damaged ([`super::ending`]). A group without records closes the
//! file, so that one that was cut short later is known by what it lacks.
//!
//! # Invariants
//! - WAL-2: the records of a shard follow without a gap: each says how many rows came before it.

use crate::encode::{Input, Malformed};
use nines_base::Timestamp;
use nines_base::vfs::SECTOR_BYTES;

/// First bytes of an inbox file.
pub const MAGIC: [u8; 8] = *b"NINESWAL";

/// Version of the inbox format this program writes and reads.
pub const VERSION: u16 = 1;

/// Bytes of the file header: magic, version, shard count, checksum of both.
pub const FILE_HEADER_BYTES: usize = 16;

/// Bytes of a record before its payload.
pub const RECORD_HEADER_BYTES: usize = 28;

/// Last byte of every record. A group thus ends with a byte that is not zero, nor becomes so by one bit: its
/// last sector, however little of it the group has, never looks like one that was not written.
pub const END_MARK: u8 = 0xa5;

/// Bytes of a record besides its payload.
pub const RECORD_FRAME_BYTES: usize = RECORD_HEADER_BYTES + 1;

/// Payload of the record that begins a group: length and sectors of zeros. Its low byte comes first in the
/// group, and holds more than one bit for the same reason as the last one does.
const GROUP_PAYLOAD_BYTES: usize = 12;

/// Bytes of the record that begins a group.
pub const GROUP_RECORD_BYTES: usize = RECORD_FRAME_BYTES + GROUP_PAYLOAD_BYTES;

/// A payload is at most this long: a batch is bounded far below it, so a longer length is damage.
pub const PAYLOAD_BYTES_MAX: usize = 1 << 30;

/// What a record is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum RecordKind {
    /// A segment's growth.
    Delta = 1,
    /// The beginning of a group: in place of the row count its own offset, in place of the arrival the
    /// generation.
    Group = 2,
}

/// A record's header.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RecordHeader {
    /// Bytes of its payload.
    pub payload_bytes: usize,
    /// Checksum of the header's rest and the payload.
    crc: u32,
    /// What it is.
    pub kind: RecordKind,
    /// The shard it belongs to.
    pub shard: usize,
    /// Rows the shard's segment had before it.
    pub first_row: u64,
    /// When its batch arrived.
    pub arrived: Timestamp,
}

/// The file header of a generation whose shards have numbers below `n_shards`.
pub fn file_header(n_shards: usize) -> [u8; FILE_HEADER_BYTES] {
    let mut header = [0; FILE_HEADER_BYTES];
    header[..8].copy_from_slice(&MAGIC);
    header[8..10].copy_from_slice(&VERSION.to_le_bytes());
    header[10..12].copy_from_slice(&(n_shards as u16).to_le_bytes());
    let crc = crc32c::crc32c(&header[..12]);
    header[12..].copy_from_slice(&crc.to_le_bytes());
    header
}

/// Reads a file header: what the numbers of its shards are below.
pub fn read_file_header(bytes: &[u8]) -> Result<usize, Malformed> {
    let input = &mut Input::new(bytes);
    let magic = input.take(8)?;
    let (version, n_shards) = (input.u16()?, input.u16()?);
    let crc = input.u32()?;
    if magic != MAGIC {
        return Err(Malformed("this is no inbox file"));
    }
    if crc != crc32c::crc32c(&bytes[..12]) {
        return Err(Malformed("the file header does not match its checksum"));
    }
    if version != VERSION {
        return Err(Malformed("the inbox version is unknown"));
    }
    if n_shards == 0 { Err(Malformed("the file has no shards")) } else { Ok(usize::from(n_shards)) }
}

/// Begins a record at the end of `out`; the payload follows, then [`end_record`]. Returns where it began.
pub fn begin_record(out: &mut Vec<u8>, shard: usize, first_row: u64, arrived: Timestamp) -> usize {
    let at = out.len();
    put_header(out, RecordKind::Delta, shard, first_row, arrived.0);
    at
}

fn put_header(out: &mut Vec<u8>, kind: RecordKind, shard: usize, first_row: u64, arrived: i64) {
    // Length and checksum are filled in at the end.
    out.extend_from_slice(&[0; 8]);
    out.extend_from_slice(&(shard as u16).to_le_bytes());
    out.extend_from_slice(&[kind as u8, 0]);
    out.extend_from_slice(&first_row.to_le_bytes());
    out.extend_from_slice(&arrived.to_le_bytes());
}

/// What the record at the beginning of a group says of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GroupHeader {
    /// Where the group begins in the file.
    pub begin: u64,
    /// Where the group ends in the file.
    pub end: u64,
    /// Its sectors, cut where it begins and ends, that held nothing but zeros when it was written.
    pub n_zero_sectors: u64,
}

/// Fills in the record that begins a group: the first [`GROUP_RECORD_BYTES`] of `group`, which will stand at
/// `offset` of a generation's file.
pub fn begin_group(group: &mut [u8], offset: u64, generation: u64) {
    let mut record = Vec::with_capacity(GROUP_RECORD_BYTES);
    put_header(&mut record, RecordKind::Group, 0, offset, generation as i64);
    record.extend_from_slice(&(group.len() as u64).to_le_bytes());
    // Whatever is in this record, it makes no sector of zeros.
    group[0] = GROUP_PAYLOAD_BYTES as u8;
    group[GROUP_RECORD_BYTES - 1] = END_MARK;
    let n_zero_sectors = zero_sectors(offset, group) as u32;
    record.extend_from_slice(&n_zero_sectors.to_le_bytes());
    end_record(&mut record, 0);
    group[..GROUP_RECORD_BYTES].copy_from_slice(&record);
}

/// A group without records, to stand at `offset` of a generation's file and to close it: it is written once
/// everything before it is durable, and nothing comes after it.
pub fn closing_group(offset: u64, generation: u64) -> Vec<u8> {
    let mut group = vec![0; GROUP_RECORD_BYTES];
    begin_group(&mut group, offset, generation);
    group
}

/// Reads the payload of the record that begins a group at `offset`.
pub fn read_group(payload: &[u8], offset: u64) -> Result<GroupHeader, Malformed> {
    let input = &mut Input::new(payload);
    let (n_bytes, n_zero_sectors) = (input.u64()?, u64::from(input.u32()?));
    let end = offset.checked_add(n_bytes).ok_or(Malformed("a group is impossibly long"))?;
    Ok(GroupHeader { begin: offset, end, n_zero_sectors })
}

/// Sectors that hold nothing but zeros, of `bytes` that stand at `offset`; the first and the last are cut.
pub fn zero_sectors(offset: u64, bytes: &[u8]) -> u64 {
    let first_bytes = SECTOR_BYTES - (offset % SECTOR_BYTES as u64) as usize;
    let (first, rest) = bytes.split_at(first_bytes.min(bytes.len()));
    let sectors = std::iter::once(first).chain(rest.chunks(SECTOR_BYTES));
    let is_zero = |sector: &&[u8]| !sector.is_empty() && sector.iter().all(|byte| *byte == 0);
    sectors.filter(is_zero).count() as u64
}

/// Ends the record that began at `at`: its mark, its length, its checksum.
pub fn end_record(out: &mut Vec<u8>, at: usize) {
    let payload_bytes = (out.len() - at - RECORD_HEADER_BYTES) as u32;
    out.push(END_MARK);
    out[at..at + 4].copy_from_slice(&payload_bytes.to_le_bytes());
    let crc = checksum(&out[at..at + 4], &out[at + 8..]);
    out[at + 4..at + 8].copy_from_slice(&crc.to_le_bytes());
}

fn checksum(length: &[u8], rest: &[u8]) -> u32 {
    crc32c::crc32c_append(crc32c::crc32c(length), rest)
}

/// Reads a record's header. A good one says nothing yet about its payload.
pub fn read_record_header(bytes: &[u8], n_shards: usize) -> Result<RecordHeader, Malformed> {
    let input = &mut Input::new(bytes);
    let (payload_bytes, crc) = (input.u32()? as usize, input.u32()?);
    let (shard, kind, reserved) = (usize::from(input.u16()?), input.u8()?, input.u8()?);
    let (first_row, arrived) = (input.u64()?, Timestamp(input.u64()? as i64));
    let kind = match kind {
        1 => RecordKind::Delta,
        2 if payload_bytes == GROUP_PAYLOAD_BYTES => RecordKind::Group,
        _ => return Err(Malformed("no record begins here")),
    };
    if payload_bytes > PAYLOAD_BYTES_MAX || shard >= n_shards || reserved != 0 {
        return Err(Malformed("no record begins here"));
    }
    Ok(RecordHeader { payload_bytes, crc, kind, shard, first_row, arrived })
}

impl RecordHeader {
    /// Bytes of the whole record.
    pub fn record_bytes(&self) -> usize {
        RECORD_FRAME_BYTES + self.payload_bytes
    }

    /// Whether a whole record, header and mark included, is as it was written.
    pub fn matches(&self, record: &[u8]) -> bool {
        record.len() == self.record_bytes()
            && record.last() == Some(&END_MARK)
            && checksum(&record[..4], &record[8..]) == self.crc
    }

    /// The payload of a whole record.
    pub fn payload<'r>(&self, record: &'r [u8]) -> &'r [u8] {
        &record[RECORD_HEADER_BYTES..RECORD_HEADER_BYTES + self.payload_bytes]
    }
}
