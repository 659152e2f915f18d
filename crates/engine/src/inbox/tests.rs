//! Claims about inbox files: what replay takes, what it cuts off, what it calls damage.

use super::record::{
    FILE_HEADER_BYTES, GROUP_RECORD_BYTES, begin_group, begin_record, closing_group, end_record, file_header,
    read_file_header,
};
use super::{Replay, replay, write_delta};
use crate::hot::{BatchMemo, Segment};
use crate::testing::spans_of;
use nines_base::Timestamp;
use nines_base::vfs::{SECTOR_BYTES, SimVfs, Vfs};
use nines_span::Span;
use nines_storage::contract::{batch_of, span};
use std::path::Path;

/// An inbox file being put together, with the places where its parts begin.
struct File {
    bytes: Vec<u8>,
    shards: Vec<Segment>,
    places: Vec<usize>,
}

impl File {
    fn new(n_shards: usize) -> File {
        let shards = (0..n_shards).map(|_| Segment::default()).collect();
        File { bytes: file_header(n_shards).to_vec(), shards, places: Vec::new() }
    }

    /// Appends a group with a record for each shard and its spans.
    fn group(&mut self, records: &[(usize, &[Span])]) {
        let group_at = self.bytes.len();
        self.places.push(group_at);
        self.bytes.extend([0; GROUP_RECORD_BYTES]);
        records.iter().for_each(|(shard, spans)| self.record(*shard, spans));
        begin_group(&mut self.bytes[group_at..], group_at as u64, 1);
    }

    fn record(&mut self, shard: usize, spans: &[Span]) {
        self.places.push(self.bytes.len());
        let segment = &mut self.shards[shard];
        let mark = segment.mark();
        segment.begin_record(Timestamp(5));
        let batch = batch_of(spans);
        let mut memo = BatchMemo::default();
        batch.views().for_each(|view| segment.append(&view, &mut memo));
        let at = begin_record(&mut self.bytes, shard, mark.rows as u64, Timestamp(5));
        write_delta(segment, &mark, &mut self.bytes);
        end_record(&mut self.bytes, at);
    }
}

fn replayed(bytes: &[u8]) -> Replay {
    let vfs = SimVfs::new();
    let file = vfs.create(Path::new("/1.wal")).unwrap();
    file.append(bytes).unwrap();
    replay(&*file).unwrap()
}

fn ids(replay: &Replay) -> Vec<Vec<u64>> {
    let of_segment = |segment| spans_of(segment).iter().map(|span| span.id.0).collect();
    replay.segments.iter().map(of_segment).collect()
}

fn two_groups() -> File {
    let mut file = File::new(2);
    file.group(&[(0, &[span(1, 1, "web")]), (1, &[span(2, 2, "api"), span(2, 3, "api")])]);
    file.group(&[(1, &[span(2, 4, "api")]), (0, &[span(1, 5, "web")])]);
    file
}

fn places(replay: &Replay) -> Vec<usize> {
    replay.damage.iter().map(|(offset, _)| *offset as usize).collect()
}

#[test]
fn a_whole_file_replays_to_the_same_segments() {
    let mut file = two_groups();
    let replay = replayed(&file.bytes);
    assert!(replay.damage.is_empty() && !replay.torn && !replay.closed);
    assert_eq!((replay.n_records, replay.end), (4, file.bytes.len() as u64));
    assert!(replay.segments.iter().zip(&file.shards).all(|(a, b)| a.same(b)));
    file.bytes.extend(closing_group(file.bytes.len() as u64, 1));
    let replay = replayed(&file.bytes);
    assert!(replay.damage.is_empty() && !replay.torn && replay.closed);
}

#[test]
fn a_last_group_without_some_of_its_sectors_is_a_torn_end() {
    let mut file = two_groups();
    let long = Span { name: "n".repeat(3000), ..span(1, 6, "web") };
    let (begin, n_records) = (file.bytes.len(), 4);
    file.group(&[(0, &[long])]);
    let len = file.bytes.len();
    let mut fates: Vec<Vec<u8>> = (begin + 1..len).map(|cut| file.bytes[..cut].to_vec()).collect();
    for sector in begin / SECTOR_BYTES..=(len - 1) / SECTOR_BYTES {
        let mut bytes = file.bytes.clone();
        bytes[begin.max(sector * SECTOR_BYTES)..len.min((sector + 1) * SECTOR_BYTES)].fill(0);
        fates.push(bytes);
    }
    for (fate, bytes) in fates.iter().enumerate() {
        let replay = replayed(bytes);
        assert!(replay.torn && replay.damage.is_empty(), "fate {fate}: {:?}", replay.damage);
        assert_eq!(replay.n_records, n_records, "fate {fate}");
    }
}

#[test]
fn a_flipped_bit_in_the_last_group_is_damage() {
    let file = two_groups();
    for bit_idx in file.places[3] * 8..file.bytes.len() * 8 {
        let mut bytes = file.bytes.clone();
        bytes[bit_idx / 8] ^= 1 << (bit_idx % 8);
        let replay = replayed(&bytes);
        assert!(!replay.torn, "bit {bit_idx}");
        let at = file.places.iter().rposition(|place| *place <= bit_idx / 8).unwrap();
        assert_eq!(places(&replay), [file.places[at]], "bit {bit_idx}");
    }
}

#[test]
fn a_bad_record_before_a_group_is_damage_and_other_shards_go_on() {
    let file = two_groups();
    let mut bytes = file.bytes.clone();
    bytes[file.places[1] + 40] ^= 1;
    let replay = replayed(&bytes);
    assert!(!replay.torn);
    // Shard 0 lost its first record and with it the ground of the second; shard 1 is whole.
    assert_eq!(ids(&replay), [vec![], vec![2, 3, 4]]);
    assert_eq!(places(&replay), [file.places[1], file.places[5]]);
}

#[test]
fn wal_2_records_after_a_missing_one_are_not_taken() {
    // Shard 1's first record is gone without a trace; shard 0 is whole.
    let mut file = File::new(2);
    file.group(&[(0, &[span(1, 1, "web")])]);
    let mut segment = std::mem::take(&mut file.shards[1]);
    segment.begin_record(Timestamp(5));
    segment.append(&batch_of(&[span(2, 2, "api")]).views().next().unwrap(), &mut BatchMemo::default());
    file.shards[1] = segment;
    file.group(&[(1, &[span(2, 4, "api")]), (0, &[span(1, 5, "web")])]);
    let replay = replayed(&file.bytes);
    assert_eq!(ids(&replay), [vec![1, 5], vec![]]);
    assert!(matches!(&replay.damage[..], [(_, fact)] if fact.contains("missing")), "{:?}", replay.damage);
}

#[test]
fn bytes_that_look_like_a_group_elsewhere_are_none() {
    let mut file = File::new(1);
    file.group(&[(0, &[span(1, 1, "web")])]);
    let end = file.bytes.len();
    // Something whose values happen to hold a group record, of another place.
    file.bytes.extend([7; 20]);
    file.bytes.extend(closing_group(3, 1));
    let replay = replayed(&file.bytes);
    assert_eq!((replay.end, ids(&replay)), (end as u64, vec![vec![1]]));
    assert!(!replay.closed);
}

#[test]
fn a_file_that_was_being_created_is_empty_and_no_damage() {
    let header = file_header(2);
    for len in 0..FILE_HEADER_BYTES {
        let replay = replayed(&header[..len]);
        assert!(replay.torn && replay.damage.is_empty() && replay.n_records == 0, "length {len}");
    }
    assert!(replayed(&[0; FILE_HEADER_BYTES]).torn);
    assert!(!replayed(&header).torn);
    assert_eq!(read_file_header(&header), Ok(2));
}

#[test]
fn a_damaged_file_header_is_told_and_the_records_are_read() {
    let mut file = two_groups();
    file.bytes[10] ^= 4;
    let replay = replayed(&file.bytes);
    assert_eq!(ids(&replay), [vec![1, 5], vec![2, 3, 4]]);
    assert_eq!(replay.damage.len(), 1);
    // Without a record that is good there is damage still: this was not a file being created.
    let mut header = file_header(2).to_vec();
    header[3] ^= 1;
    assert_eq!(places(&replayed(&header)), [0]);
}
