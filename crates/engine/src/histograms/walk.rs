//! Walks a file from record to record and finds what is damaged, without reading payloads.

use super::record::{FILE_HEADER_BYTES, RECORD_HEADER_BYTES, RecordHeader, read_file_header, read_record_header};
use nines_base::vfs::VfsFile;
use nines_storage::histograms::Tier;
use std::io;

/// What is in a file.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// The good headers of records that are all there, with their offsets.
    pub records: Vec<(u64, RecordHeader)>,
    /// Where the good records end. Behind it there is nothing, or an end that is torn or damaged.
    pub end: u64,
    /// Bytes of the file.
    pub len: u64,
    /// What is wrong, by offset.
    pub damage: Vec<(u64, &'static str)>,
}

impl Walk {
    /// Whether something that is no record follows the last good one.
    pub fn has_bad_end(&self) -> bool {
        self.end < self.len
    }
}

/// Walks a file. `is_last`: nothing younger of its tier is there, so its end may be torn by a crash; then the payload of
/// its last record is looked at too, and what is behind the last good record is no damage.
pub(super) fn walk(file: &dyn VfsFile, tier: Tier, is_last: bool) -> io::Result<Walk> {
    let len = file.len_bytes()?;
    let mut walk = Walk { len, ..Walk::default() };
    let mut header = vec![0; FILE_HEADER_BYTES.min(len as usize)];
    file.read_exact_at(0, &mut header)?;
    if let Err(fault) = read_file_header(&header, tier) {
        walk.damage.push((0, fault.0));
    }
    walk.end = (FILE_HEADER_BYTES as u64).min(len);
    let mut at = walk.end;
    while at < len {
        if let Some(header) = record_at(file, tier, at, len)? {
            walk.records.push((at, header));
            at += header.record_bytes();
            walk.end = at;
            continue;
        }
        // A record that was cut short looks whole once others stand behind it: then they begin within it.
        at = walk.take_back_bad_record(file)?.unwrap_or(at);
        // Whatever stands before a good record was durable before that one was written.
        let Some(next) = next_record(file, tier, at + 1, len)? else { break };
        walk.damage.push((at, "no record begins here"));
        at = next;
    }
    if is_last && !walk.has_bad_end() {
        // A crash may have left the header of the last record and lost sectors of its payload.
        walk.take_back_bad_record(file)?;
    } else if !is_last && walk.has_bad_end() {
        walk.damage.push((walk.end, "no record begins here"));
    }
    Ok(walk)
}

impl Walk {
    /// Forgets the record read last if its payload is not as it was written; returns where it begins.
    fn take_back_bad_record(&mut self, file: &dyn VfsFile) -> io::Result<Option<u64>> {
        let Some((at, header)) = self.records.last().copied() else { return Ok(None) };
        if header.matches(&payload_at(file, at, &header)?) {
            return Ok(None);
        }
        self.records.pop();
        self.end = at;
        Ok(Some(at))
    }
}

/// The payload of a record at an offset.
pub(super) fn payload_at(file: &dyn VfsFile, at: u64, header: &RecordHeader) -> io::Result<Vec<u8>> {
    let mut payload = vec![0; header.payload_bytes];
    file.read_exact_at(at + RECORD_HEADER_BYTES as u64, &mut payload)?;
    Ok(payload)
}

/// The header of a record at an offset, if a good one stands there whose payload is in the file.
fn record_at(file: &dyn VfsFile, tier: Tier, at: u64, len: u64) -> io::Result<Option<RecordHeader>> {
    if len - at < RECORD_HEADER_BYTES as u64 {
        return Ok(None);
    }
    let mut header = [0; RECORD_HEADER_BYTES];
    file.read_exact_at(at, &mut header)?;
    Ok(read_record_header(&header, tier).ok().filter(|header| header.record_bytes() <= len - at))
}

/// The first good record at an offset or behind it.
fn next_record(file: &dyn VfsFile, tier: Tier, at: u64, len: u64) -> io::Result<Option<u64>> {
    if at >= len {
        return Ok(None);
    }
    let mut rest = vec![0; (len - at) as usize];
    file.read_exact_at(at, &mut rest)?;
    let is_record = |window: &[u8], behind: u64| {
        read_record_header(window, tier).is_ok_and(|header| header.record_bytes() <= behind)
    };
    let found = rest
        .windows(RECORD_HEADER_BYTES)
        .enumerate()
        .position(|(skipped, window)| is_record(window, rest.len() as u64 - skipped as u64));
    Ok(found.map(|skipped| at + skipped as u64))
}
