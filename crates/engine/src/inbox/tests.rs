//! Claims about inbox files: what replay takes, what it cuts off, what it calls damage.

use super::record::{FILE_HEADER_BYTES, begin_record, end_record, file_header, group_record, read_file_header};
use super::{Replay, replay, write_delta};
use crate::hot::{BatchMemo, Segment};
use crate::testing::spans_of;
use nines_base::Timestamp;
use nines_base::vfs::{SimVfs, Vfs};
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

    fn group(&mut self) {
        self.places.push(self.bytes.len());
        self.bytes.extend(group_record(self.bytes.len() as u64, 1));
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
    file.group();
    file.record(0, &[span(1, 1, "web")]);
    file.record(1, &[span(2, 2, "api"), span(2, 3, "api")]);
    file.group();
    file.record(1, &[span(2, 4, "api")]);
    file.record(0, &[span(1, 5, "web")]);
    file
}

#[test]
fn a_whole_file_replays_to_the_same_segments() {
    let file = two_groups();
    let replay = replayed(&file.bytes);
    assert!(replay.damage.is_empty() && !replay.torn);
    assert_eq!((replay.n_records, replay.end), (4, file.bytes.len() as u64));
    assert!(replay.segments.iter().zip(&file.shards).all(|(a, b)| a.same(b)));
}

#[test]
fn a_bad_record_of_the_last_group_is_a_torn_end() {
    let file = two_groups();
    for place in &file.places[3..] {
        let mut bytes = file.bytes.clone();
        bytes[place + 9] ^= 1;
        let replay = replayed(&bytes);
        assert!(replay.torn && replay.damage.is_empty(), "at {place}");
        assert_eq!(replay.end, *place as u64);
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
    let places: Vec<u64> = replay.damage.iter().map(|(offset, _)| *offset).collect();
    assert_eq!(places, [file.places[1] as u64, file.places[5] as u64]);
}

#[test]
fn wal_2_records_after_a_missing_one_are_not_taken() {
    let file = two_groups();
    // Shard 1's first record is gone without a trace; shard 0 is whole.
    let (from, upto) = (file.places[2], file.places[3]);
    let mut bytes = file.bytes[..from].to_vec();
    bytes.extend(group_record(bytes.len() as u64, 1));
    bytes.extend(&file.bytes[upto + group_record(0, 1).len()..]);
    let replay = replayed(&bytes);
    assert_eq!(ids(&replay), [vec![1, 5], vec![]]);
    assert!(matches!(&replay.damage[..], [(_, fact)] if fact.contains("missing")), "{:?}", replay.damage);
}

#[test]
fn bytes_that_look_like_a_group_elsewhere_are_none() {
    let mut file = File::new(1);
    file.group();
    file.record(0, &[span(1, 1, "web")]);
    let end = file.bytes.len();
    // A torn group whose values happen to hold a group record, of another place.
    file.bytes.extend([7; 40]);
    file.bytes.extend(group_record(3, 1));
    let replay = replayed(&file.bytes);
    assert!(replay.torn && replay.damage.is_empty());
    assert_eq!((replay.end, ids(&replay)), (end as u64, vec![vec![1]]));
}

#[test]
fn a_file_that_was_being_created_is_empty_and_no_damage() {
    let header = file_header(2);
    for len in 0..FILE_HEADER_BYTES {
        let replay = replayed(&header[..len]);
        assert!(replay.torn && replay.damage.is_empty() && replay.n_records == 0, "length {len}");
    }
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
}
