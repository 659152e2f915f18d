//! The frame of the files: a header, then records one after the other, each with a checksum for its own header and one
//! for its payload, so that a walk from header to header can be trusted without reading what lies between.

use crate::encode::{Input, Malformed};
use nines_base::Timestamp;
use nines_storage::histograms::{SliceId, Tier};

/// First bytes of a file.
pub const MAGIC: [u8; 8] = *b"NINESHIS";

/// Version of the format this program writes and reads.
pub const VERSION: u16 = 1;

/// Bytes of the file header: magic, version, tier, checksum of these.
pub(super) const FILE_HEADER_BYTES: usize = 16;

/// Bytes of a record before its payload.
pub(super) const RECORD_HEADER_BYTES: usize = 28;

/// A payload is at most this long: a slice has a limited number of entries, so a longer length is damage.
pub(super) const PAYLOAD_BYTES_MAX: usize = 1 << 28;

/// The flag of a slice that the store could not sum whole.
const HAS_GAPS: u16 = 1;

/// The header of a tier's file.
pub(super) fn file_header(tier: Tier) -> [u8; FILE_HEADER_BYTES] {
    let mut header = [0; FILE_HEADER_BYTES];
    header[..8].copy_from_slice(&MAGIC);
    header[8..10].copy_from_slice(&VERSION.to_le_bytes());
    header[10..12].copy_from_slice(&number_of(tier).to_le_bytes());
    let crc = crc32c::crc32c(&header[..12]);
    header[12..].copy_from_slice(&crc.to_le_bytes());
    header
}

/// Whether this is the header of a tier's file.
pub(super) fn read_file_header(bytes: &[u8], tier: Tier) -> Result<(), Malformed> {
    let input = &mut Input::new(bytes);
    let magic = input.take(8)?;
    let (version, number) = (input.u16()?, input.u16()?);
    let crc = input.u32()?;
    if magic != MAGIC {
        return Err(Malformed("this is no file of histograms"));
    }
    if crc != crc32c::crc32c(&bytes[..12]) {
        return Err(Malformed("the file header does not match its checksum"));
    }
    if version != VERSION {
        return Err(Malformed("the version of the histograms is unknown"));
    }
    if number == number_of(tier) { Ok(()) } else { Err(Malformed("the file is in another tier's folder")) }
}

fn number_of(tier: Tier) -> u16 {
    tier as u16
}

/// A record's header.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct RecordHeader {
    /// Bytes of its payload.
    pub payload_bytes: usize,
    /// Its slice.
    pub id: SliceId,
    /// From how many finer slices it was joined.
    pub n_parts: u16,
    pub has_gaps: bool,
    /// Checksum of the payload.
    crc: u32,
}

impl RecordHeader {
    /// Bytes of the whole record.
    pub fn record_bytes(&self) -> u64 {
        (RECORD_HEADER_BYTES + self.payload_bytes) as u64
    }

    /// Whether a payload is as it was written.
    pub fn matches(&self, payload: &[u8]) -> bool {
        payload.len() == self.payload_bytes && crc32c::crc32c(payload) == self.crc
    }
}

/// A whole record.
pub(super) fn record(id: SliceId, n_parts: u16, has_gaps: bool, payload: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(RECORD_HEADER_BYTES + payload.len());
    out.extend_from_slice(&(payload.len() as u32).to_le_bytes());
    out.extend_from_slice(&n_parts.to_le_bytes());
    out.extend_from_slice(&(if has_gaps { HAS_GAPS } else { 0 }).to_le_bytes());
    out.extend_from_slice(&id.begin.0.to_le_bytes());
    out.extend_from_slice(&crc32c::crc32c(payload).to_le_bytes());
    // Which tier a slice is of stands in the file's header; here it keeps a record from being taken for another tier's.
    out.extend_from_slice(&u32::from(number_of(id.tier)).to_le_bytes());
    let crc = crc32c::crc32c(&out);
    out.extend_from_slice(&crc.to_le_bytes());
    out.extend_from_slice(payload);
    out
}

/// Reads the header of a record of a tier.
pub(super) fn read_record_header(bytes: &[u8], tier: Tier) -> Result<RecordHeader, Malformed> {
    let input = &mut Input::new(bytes);
    let payload_bytes = input.u32()? as usize;
    let (n_parts, flags) = (input.u16()?, input.u16()?);
    let begin = Timestamp(input.u64()? as i64);
    let (crc, number) = (input.u32()?, input.u32()?);
    let own_crc = input.u32()?;
    let is_good = own_crc == crc32c::crc32c(&bytes[..RECORD_HEADER_BYTES - 4])
        && number == u32::from(number_of(tier))
        && tier.begin_of(begin) == begin
        && flags <= HAS_GAPS
        && payload_bytes <= PAYLOAD_BYTES_MAX;
    if !is_good {
        return Err(Malformed("no record begins here"));
    }
    Ok(RecordHeader { payload_bytes, id: SliceId { tier, begin }, n_parts, has_gaps: flags == HAS_GAPS, crc })
}
