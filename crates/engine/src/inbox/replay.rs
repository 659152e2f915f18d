//! Reads an inbox file back into segments, and tells a torn end from damage.
//!
//! The group that was being written when the power went is there in part, in any part. So a bad record
//! with the beginning of a group behind it had been durable: that is damage. So is one of whose group no
//! sector is missing ([`super::ending`]). What is left is the torn end, and nothing from there on was
//! acknowledged. Damage is reported, and each shard goes on as long as its own records follow without a gap (WAL-2).

use super::delta::apply_delta;
use super::ending::{Ending, judge_beginning, judge_group};
use super::record::{
    FILE_HEADER_BYTES, GROUP_RECORD_BYTES, GroupHeader, RECORD_FRAME_BYTES, RECORD_HEADER_BYTES, RecordHeader,
    RecordKind, read_file_header, read_group, read_record_header,
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
    /// Where the last group begins, as far as it is good; 0 if there is none. All before it is durable.
    pub last_group: u64,
    /// Whether the last group is not all there: it was being written when the power went, or was cut off
    /// later; which of the two, nothing in the file can say.
    pub torn: bool,
    /// Whether the group that closes a file is its end.
    pub closed: bool,
    /// Where bytes that were durable are not what they were, and what is wrong.
    pub damage: Vec<(u64, &'static str)>,
}

/// Replays a file. One that was just being created, with no more than its header, holds nothing and is torn.
pub fn replay(file: &dyn VfsFile) -> io::Result<Replay> {
    let mut window = Window { file, len_bytes: file.len_bytes()?, first: 0, bytes: Vec::new() };
    let mut replay = Replay::default();
    let mut n_shards = SHARDS_ASSUMED;
    // The header is durable before anything follows it.
    let is_header_only = window.len_bytes <= FILE_HEADER_BYTES as u64;
    let header = window.get(0, FILE_HEADER_BYTES)?.unwrap_or_default();
    if is_header_only && header.iter().all(|byte| *byte == 0) {
        return Ok(Replay { torn: true, ..replay });
    }
    match read_file_header(header) {
        Ok(known) => {
            n_shards = known;
            replay.segments.resize_with(n_shards, Segment::default);
        }
        Err(Malformed(fact)) => replay.damage.push((0, fact)),
    }
    let mut broken = vec![false; n_shards];
    let mut group = None;
    let mut offset = FILE_HEADER_BYTES as u64;
    replay.end = offset.min(window.len_bytes);
    while offset < window.len_bytes {
        let Some((header, record)) = window.record(offset, n_shards)? else {
            let was_durable = find_group(&mut window, offset + 1, n_shards)?.is_some();
            if !was_durable && window.judge(offset, group)? == Ending::Torn {
                replay.torn = true;
                break;
            }
            replay.damage.push((offset, "a record does not match its checksum"));
            // Good records between here and the next group may have been durable too.
            match find_record(&mut window, offset + 1, n_shards)? {
                Some(found) => offset = found,
                None => break,
            }
            continue;
        };
        let end = offset + record.len() as u64;
        match header.kind {
            RecordKind::Delta => replay.take(header, header.payload(record), offset, &mut broken),
            RecordKind::Group => {
                group = read_group(header.payload(record), offset).ok();
                replay.last_group = offset;
                replay.closed = group.is_some_and(|group| group.end == end && window.len_bytes == end);
            }
        }
        offset = end;
        replay.end = end;
    }
    replay.torn |= group.is_some_and(|group| window.len_bytes < group.end);
    Ok(replay)
}

impl Replay {
    /// Notes as damage that a file does not end with the group that closes it, though a later one was begun.
    /// Where other damage is known, this says nothing more.
    pub fn must_be_closed(&mut self) {
        // WAL-5: all but the last are closed.
        if !self.closed && self.damage.is_empty() {
            self.damage.push((self.end, "the file was cut short, its closing record is missing"));
        }
    }

    fn take(&mut self, header: RecordHeader, payload: &[u8], offset: u64, broken: &mut [bool]) {
        self.n_records += 1;
        if self.segments.len() <= header.shard {
            self.segments.resize_with(header.shard + 1, Segment::default);
        }
        let segment = &mut self.segments[header.shard];
        if broken[header.shard] {
            return;
        }
        // WAL-2: what follows a gap would refer to rows that are not there.
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
    let last = window.len_bytes.saturating_sub(RECORD_FRAME_BYTES as u64);
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
        if record.is_some_and(|(header, _)| header.kind == RecordKind::Group) {
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

    /// What a bad record at `offset` means, `group` being the last good beginning of a group before it.
    fn judge(&mut self, offset: u64, group: Option<GroupHeader>) -> io::Result<Ending> {
        match group.filter(|group| offset < group.end) {
            Some(group) => {
                let n_bytes = group.end.min(self.len_bytes) - group.begin;
                let present = self.get(group.begin, usize::try_from(n_bytes).map_err(io::Error::other)?)?;
                Ok(judge_group(group, present.unwrap_or_default()))
            }
            None => {
                let n_bytes = (GROUP_RECORD_BYTES as u64).min(self.len_bytes - offset) as usize;
                Ok(judge_beginning(offset, self.get(offset, n_bytes)?.unwrap_or_default()))
            }
        }
    }

    /// The record at `offset`, if a whole good one stands there.
    fn record(&mut self, offset: u64, n_shards: usize) -> io::Result<Option<(RecordHeader, &[u8])>> {
        let Some(header) = self.get(offset, RECORD_HEADER_BYTES)? else { return Ok(None) };
        let Ok(header) = read_record_header(header, n_shards) else { return Ok(None) };
        if header.kind == RecordKind::Group && header.first_row != offset {
            // It belongs elsewhere: values may hold anything.
            return Ok(None);
        }
        let record = self.get(offset, header.record_bytes())?;
        Ok(record.filter(|record| header.matches(record)).map(|record| (header, record)))
    }
}
