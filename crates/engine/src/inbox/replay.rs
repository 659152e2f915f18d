//! Reads an inbox file back into segments, and tells a torn end from damage.
//!
//! The group that was being written when the power went is there in part, in any part. So the first bad
//! record with no beginning of a group behind it is the torn end, and nothing from there on was
//! acknowledged. With one behind it, the bad record's bytes had been durable: that is damage. It is
//! reported, and each shard goes on as long as its own records follow without a gap (WAL-2).

use super::delta::apply_delta;
use super::record::{
    FILE_HEADER_BYTES, RECORD_HEADER_BYTES, RecordHeader, RecordKind, read_file_header, read_record_header,
};
use crate::encode::Malformed;
use crate::hot::Segment;
use nines_base::vfs::VfsFile;
use std::io;

/// Bytes read at once.
const WINDOW_BYTES: usize = 4 << 20;

/// Shards assumed where the file header is damaged: a record of a shard beyond is taken for none.
const SHARDS_ASSUMED: usize = 64;

/// What an inbox file held.
#[derive(Default)]
pub struct Replay {
    /// Segments by shard.
    pub segments: Vec<Segment>,
    /// Good records.
    pub n_records: u64,
    /// Where the good records end: the file may be cut here if it is torn.
    pub end: u64,
    /// Whether something that is no record follows the last good one.
    pub torn: bool,
    /// Where bytes that were durable are not what they were, and what is wrong.
    pub damage: Vec<(u64, &'static str)>,
}

/// Replays a file.
pub fn replay(file: &dyn VfsFile) -> io::Result<Replay> {
    let mut window = Window { file, len_bytes: file.len_bytes()?, first: 0, bytes: Vec::new() };
    let mut replay = Replay::default();
    let mut n_shards = SHARDS_ASSUMED;
    let header = window.get(0, FILE_HEADER_BYTES)?.map(read_file_header);
    match header {
        Some(Ok(known)) => {
            n_shards = known;
            replay.segments.resize_with(n_shards, Segment::default);
        }
        // Whether that is a torn beginning or damage depends on what follows.
        Some(Err(Malformed(fact))) => replay.damage.push((0, fact)),
        None => replay.damage.push((0, "the file is shorter than its header")),
    }
    let mut broken = vec![false; n_shards];
    let mut offset = FILE_HEADER_BYTES as u64;
    replay.end = offset.min(window.len_bytes);
    while offset < window.len_bytes {
        let Some((header, record)) = window.record(offset, n_shards)? else {
            match find_group(&mut window, offset + 1, n_shards)? {
                None => {
                    replay.torn = true;
                    break;
                }
                Some(group) => {
                    replay.damage.push((offset, "a record does not match its checksum"));
                    // Good records between here and the group were durable too.
                    offset = find_record(&mut window, offset + 1, n_shards)?.unwrap_or(group);
                    continue;
                }
            }
        };
        if header.kind == RecordKind::Delta {
            replay.take(header, &record[RECORD_HEADER_BYTES..], offset, &mut broken);
        }
        offset += record.len() as u64;
        replay.end = offset;
    }
    if replay.n_records == 0 && header.is_none_or(|header| header.is_err()) {
        // Nothing was ever acknowledged from here: the file was being created.
        replay.damage.clear();
        replay.torn = true;
        replay.end = 0;
    }
    Ok(replay)
}

impl Replay {
    fn take(&mut self, header: RecordHeader, payload: &[u8], offset: u64, broken: &mut [bool]) {
        self.n_records += 1;
        if self.segments.len() <= header.shard {
            self.segments.resize_with(header.shard + 1, Segment::default);
        }
        let segment = &mut self.segments[header.shard];
        if broken[header.shard] {
            return;
        }
        if header.first_row != segment.len() as u64 {
            broken[header.shard] = true;
            self.damage.push((offset, "records before this one are missing; the shard's later spans are lost"));
            return;
        }
        if let Err(Malformed(fact)) = apply_delta(segment, header.arrived, payload) {
            broken[header.shard] = true;
            self.damage.push((offset, fact));
            // The record may have grown some columns and not others.
            segment.cut_to_linked();
        }
    }
}

/// The first place from `from` on where a whole good record stands.
fn find_record(window: &mut Window<'_>, from: u64, n_shards: usize) -> io::Result<Option<u64>> {
    let last = window.len_bytes.saturating_sub(RECORD_HEADER_BYTES as u64);
    for offset in from..=last {
        if window.record(offset, n_shards)?.is_some() {
            return Ok(Some(offset));
        }
    }
    Ok(None)
}

/// The first place from `from` on where a group begins.
fn find_group(window: &mut Window<'_>, mut from: u64, n_shards: usize) -> io::Result<Option<u64>> {
    while let Some(offset) = find_record(window, from, n_shards)? {
        let record = window.record(offset, n_shards)?;
        if record.is_some_and(|(header, _)| header.kind == RecordKind::Group && header.first_row == offset) {
            return Ok(Some(offset));
        }
        from = offset + 1;
    }
    Ok(None)
}

/// A stretch of the file in memory.
struct Window<'a> {
    file: &'a dyn VfsFile,
    len_bytes: u64,
    first: u64,
    bytes: Vec<u8>,
}

impl Window<'_> {
    /// `n_bytes` from `offset` on; `None` where the file ends before.
    fn get(&mut self, offset: u64, n_bytes: usize) -> io::Result<Option<&[u8]>> {
        if offset + n_bytes as u64 > self.len_bytes {
            return Ok(None);
        }
        let inside = |window: &Self| {
            let from = offset.checked_sub(window.first)? as usize;
            (from + n_bytes <= window.bytes.len()).then_some(from)
        };
        let from = match inside(self) {
            Some(from) => from,
            None => {
                let rest = usize::try_from(self.len_bytes - offset).unwrap_or(usize::MAX);
                self.bytes.resize(n_bytes.max(WINDOW_BYTES).min(rest), 0);
                self.file.read_exact_at(offset, &mut self.bytes)?;
                self.first = offset;
                0
            }
        };
        Ok(Some(&self.bytes[from..from + n_bytes]))
    }

    /// The record at `offset`, if a whole good one stands there.
    fn record(&mut self, offset: u64, n_shards: usize) -> io::Result<Option<(RecordHeader, &[u8])>> {
        let Some(header) = self.get(offset, RECORD_HEADER_BYTES)? else { return Ok(None) };
        let Ok(header) = read_record_header(header, n_shards) else { return Ok(None) };
        let record = self.get(offset, RECORD_HEADER_BYTES + header.payload_bytes)?;
        Ok(record.filter(|record| header.matches(record)).map(|record| (header, record)))
    }
}
