//! The inbox file's frame: a header, then records one after the other, each with its checksum.
//!
//! `docs/format/inbox.md` describes every byte. What a payload means is `delta`'s to know.
//!
//! Records are written in groups, each written and synced as a whole; a group begins with a record of
//! its own that says where it stands. A good one proves that everything before it was durable.
//!
//! # Invariants
//! - WAL-2: the records of a shard follow without a gap: each says how many rows came before it.

use crate::encode::{Input, Malformed};
use nines_base::Timestamp;

/// First bytes of an inbox file.
pub const MAGIC: [u8; 8] = *b"NINESWAL";

/// Version of the inbox format this program writes and reads.
pub const VERSION: u16 = 1;

/// Bytes of the file header: magic, version, shard count, checksum of both.
pub const FILE_HEADER_BYTES: usize = 16;

/// Bytes of a record before its payload.
pub const RECORD_HEADER_BYTES: usize = 28;

/// A payload is at most this long: a batch is bounded far below it, so a longer length is damage.
pub const PAYLOAD_BYTES_MAX: usize = 1 << 30;

/// What a record is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum RecordKind {
    /// A segment's growth.
    Delta = 1,
    /// The beginning of a group: no payload, and in place of the row count its own offset, in place of
    /// the arrival the generation.
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

/// The file header of a generation with `n_shards` shards.
pub fn file_header(n_shards: usize) -> [u8; FILE_HEADER_BYTES] {
    let mut header = [0; FILE_HEADER_BYTES];
    header[..8].copy_from_slice(&MAGIC);
    header[8..10].copy_from_slice(&VERSION.to_le_bytes());
    header[10..12].copy_from_slice(&(n_shards as u16).to_le_bytes());
    let crc = crc32c::crc32c(&header[..12]);
    header[12..].copy_from_slice(&crc.to_le_bytes());
    header
}

/// Reads a file header: its shard count.
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

/// The record that begins a group at `offset` of a generation's file.
pub fn group_record(offset: u64, generation: u64) -> Vec<u8> {
    let mut record = Vec::with_capacity(RECORD_HEADER_BYTES);
    put_header(&mut record, RecordKind::Group, 0, offset, generation as i64);
    end_record(&mut record, 0);
    record
}

/// Fills in the length and checksum of the record that began at `at`.
pub fn end_record(out: &mut [u8], at: usize) {
    let payload_bytes = (out.len() - at - RECORD_HEADER_BYTES) as u32;
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
        2 if payload_bytes == 0 => RecordKind::Group,
        _ => return Err(Malformed("no record begins here")),
    };
    if payload_bytes > PAYLOAD_BYTES_MAX || shard >= n_shards || reserved != 0 {
        return Err(Malformed("no record begins here"));
    }
    Ok(RecordHeader { payload_bytes, crc, kind, shard, first_row, arrived })
}

impl RecordHeader {
    /// Whether a whole record, header included, is as it was written.
    pub fn matches(&self, record: &[u8]) -> bool {
        record.len() == RECORD_HEADER_BYTES + self.payload_bytes && checksum(&record[..4], &record[8..]) == self.crc
    }
}
