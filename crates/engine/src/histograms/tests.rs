use super::names::FileName;
use super::payload::{decode, encode, pack};
use super::record::{FILE_HEADER_BYTES, RECORD_HEADER_BYTES};
use super::*;
use crate::directory::Layout;
use crate::recover::{CheckReport, set_version};
use crate::{Config, Engine, OpenFact};
use nines_base::vfs::{Fault, Op, SimVfs, Vfs};
use nines_base::{DurationUs, ManualClock, Timestamp};
use nines_span::Kind;
use nines_storage::StoreError;
use nines_storage::aggregate::Histogram;
use nines_storage::histograms::{EntryKey, Histograms, SliceId, SliceSums, SpanSums, Tier};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// 2026-11-25 00:00 UTC.
const MIDNIGHT: Timestamp = Timestamp::from_secs(1_795_564_800);

fn dir() -> &'static Path {
    Path::new("/data")
}

fn open(vfs: &SimVfs) -> HistogramFiles {
    HistogramFiles::open(Arc::new(vfs.clone()), dir()).unwrap()
}

/// A disk with an empty data directory.
fn disk() -> SimVfs {
    let vfs = SimVfs::new();
    vfs.create_dir(dir()).unwrap();
    vfs.sync_dir(Path::new("/")).unwrap();
    vfs
}

fn slice(tier: Tier, n: i64) -> SliceId {
    SliceId { tier, begin: MIDNIGHT + DurationUs(n * tier.length().0) }
}

fn five(n: i64) -> SliceId {
    slice(Tier::FiveMinutes, n)
}

/// What is in the slice of a number; each has another size.
fn sums(n: u64) -> SliceSums {
    let mut sums = SliceSums { has_gaps: n == 3, ..SliceSums::default() };
    for op in 0..(n % 7) * 5 {
        let mut durations = Histogram::default();
        (0..=n % 13)
            .for_each(|at| durations.add((at * 37 + op) as u16, (n + at * op).wrapping_mul(0x9e37_79b9_7f4a) >> 8));
        let key = EntryKey { service: "shop".into(), op: format!("op-{op}"), kind: Kind::Server, is_error: op == 2 };
        sums.entries.insert(key, SpanSums { n_untimed: op, durations });
    }
    sums
}

fn path(id: SliceId) -> PathBuf {
    FileName::of(id).path(&Layout::new(dir()))
}

#[test]
fn slices_are_there_after_opening_again_each_in_the_file_of_its_period() {
    let vfs = disk();
    let files = open(&vfs);
    let ids = [five(0), five(287), five(288), slice(Tier::Hour, 0), slice(Tier::Hour, 24 * 6), slice(Tier::Day, 0)];
    for (n, id) in (0..).zip(ids) {
        files.append(id, &SliceSums { n_parts: n as u16, ..sums(n) }).unwrap();
    }
    for files in [files, open(&vfs)] {
        let kept: Vec<_> = files.slices().iter().map(|slice| (slice.id, slice.n_parts)).collect();
        let mut expected: Vec<_> = (0..).zip(ids).map(|(n, id)| (id, n)).collect();
        expected.sort();
        assert_eq!(kept, expected);
        for (n, id) in (0..).zip(ids) {
            assert_eq!(files.read(id).unwrap(), Some(SliceSums { n_parts: n as u16, ..sums(n) }));
        }
        assert_eq!(files.read(five(1)).unwrap(), None);
        let measure = files.measure();
        assert_eq!((measure.n_files, measure.n_slices, measure.n_bytes), (5, 6, vfs.used_bytes()));
        assert_eq!(measure.times, Some((MIDNIGHT, MIDNIGHT + DurationUs::from_secs(145 * 3600))));
    }
    let names = ["5m/2026-11-25.hist", "5m/2026-11-26.hist", "1h/2026-11.hist", "1h/2026-12.hist", "1d/2026.hist"];
    for name in names {
        assert!(vfs.open(&dir().join("histograms").join(name)).is_ok(), "{name}");
    }
}

#[test]
fn hist_2_a_slice_that_is_there_stays_as_it_is() {
    let vfs = disk();
    let files = open(&vfs);
    files.append(five(0), &sums(5)).unwrap();
    let n_bytes = vfs.used_bytes();
    files.append(five(0), &sums(6)).unwrap();
    assert_eq!((vfs.used_bytes(), files.read(five(0)).unwrap()), (n_bytes, Some(sums(5))));
}

#[test]
fn hist_2_a_slice_that_was_found_damaged_and_written_again_is_there_after_opening() {
    let vfs = disk();
    let files = open(&vfs);
    (0..3).for_each(|n| files.append(five(n), &sums(12)).unwrap());
    // In the payload of the first: nothing tells before it is read.
    let file = vfs.open_write(&path(five(0))).unwrap();
    let at = (FILE_HEADER_BYTES + RECORD_HEADER_BYTES + 9) as u64;
    let mut byte = [0];
    file.read_exact_at(at, &mut byte).unwrap();
    file.write_at(at, &[byte[0] ^ 1]).unwrap();
    let files = open(&vfs);
    assert!(files.read(five(0)).is_err());
    files.append(five(0), &sums(9)).unwrap();
    assert_eq!(files.read(five(0)).unwrap(), Some(sums(9)));
    assert!(check_all(&vfs).damage.is_empty(), "nobody reads it any more");
    let files = open(&vfs);
    assert_eq!(files.read(five(0)).unwrap(), Some(sums(9)));
    assert!(files.damage().is_empty() && files.slices().len() == 3);
}

#[test]
fn a_file_that_is_too_short_to_say_what_it_is_begins_anew() {
    for younger in [None, Some(five(288))] {
        let vfs = disk();
        let files = open(&vfs);
        files.append(five(0), &sums(5)).unwrap();
        younger.into_iter().for_each(|id| files.append(id, &sums(6)).unwrap());
        vfs.open_write(&path(five(0))).unwrap().set_len(7).unwrap();
        open(&vfs).append(five(1), &sums(9)).unwrap();
        let files = open(&vfs);
        assert!(files.damage().is_empty(), "{:?}", files.damage());
        assert_eq!(files.read(five(1)).unwrap(), Some(sums(9)));
    }
}

/// Appends slices over midnight until the power goes; how many were durable, and how many were begun.
fn load(vfs: &SimVfs) -> (u64, u64) {
    let Ok(files) = HistogramFiles::open(Arc::new(vfs.clone()), dir()) else { return (0, 0) };
    for n in 0..8 {
        if files.append(five(284 + n as i64), &sums(n + 4)).is_err() {
            return (n, n + 1);
        }
    }
    (8, 8)
}

fn check_all(vfs: &SimVfs) -> CheckReport {
    let mut report = CheckReport::default();
    super::check(vfs, &Layout::new(dir()), &mut report, &mut |_| {}).unwrap();
    report
}

#[test]
fn hist_1_a_crash_at_any_operation_loses_at_most_the_slice_being_written_and_repeats_none() {
    let vfs = disk();
    load(&vfs);
    let (n_first, n_ops) = (disk().n_ops(), vfs.n_ops());
    assert!(n_ops - n_first > 20, "{n_ops}");
    let mut n_torn = 0;
    for crash_after in n_first..=n_ops {
        for seed in 0..12 {
            let vfs = disk();
            vfs.crash_after(crash_after);
            let (n_durable, n_begun) = load(&vfs);
            vfs.crash(seed);
            n_torn += check_all(&vfs).torn_ends.len();
            let case = format!("crash after {crash_after}, seed {seed}");
            let files = open(&vfs);
            assert!(files.damage().is_empty(), "{case}: {:?}", files.damage());
            let n_kept = files.slices().len() as u64;
            assert!((n_durable..=n_begun).contains(&n_kept), "{case}: {n_kept} of {n_durable}");
            // It goes on where it was, and nothing is there twice.
            load(&vfs);
            let report = check_all(&vfs);
            assert!(report.damage.is_empty() && report.torn_ends.is_empty(), "{case}: {:?}", report.damage);
            let files = open(&vfs);
            for n in 0..8 {
                assert_eq!(files.read(five(284 + n as i64)).unwrap(), Some(sums(n + 4)), "{case}");
            }
        }
    }
    assert!(n_torn > 20, "{n_torn}");
}

#[test]
fn a_write_that_fails_is_done_again_by_the_next() {
    for (op, fault) in
        [(Op::Write, Fault::Full), (Op::Sync, Fault::Io), (Op::Create, Fault::Io), (Op::SyncDir, Fault::Io)]
    {
        for nth in 0..3 {
            let vfs = disk();
            let files = open(&vfs);
            vfs.fail(op, nth, fault);
            let failed = (0..3).filter(|n| files.append(five(*n), &sums(5 + *n as u64)).is_err()).count();
            assert_eq!(failed, 1, "{op:?} {nth}");
            (0..3).for_each(|n| files.append(five(n), &sums(5 + n as u64)).unwrap());
            vfs.crash(nth);
            let files = open(&vfs);
            assert!(files.damage().is_empty() && files.torn_ends().is_empty());
            (0..3).for_each(|n| assert_eq!(files.read(five(n)).unwrap(), Some(sums(5 + n as u64)), "{op:?} {nth}"));
        }
    }
}

#[test]
fn hist_1_a_flipped_bit_is_reported_with_its_place_and_costs_its_slice_alone() {
    let vfs = disk();
    let files = open(&vfs);
    (0..4).for_each(|n| files.append(five(n), &sums(12)).unwrap());
    let path = path(five(0));
    let len = vfs.open(&path).unwrap().len_bytes().unwrap();
    let record_bytes = (len - FILE_HEADER_BYTES as u64) / 4;
    let flip = |at: u64| {
        let file = vfs.open_write(&path).unwrap();
        let mut byte = [0];
        file.read_exact_at(at, &mut byte).unwrap();
        file.write_at(at, &[byte[0] ^ 0x10]).unwrap();
    };
    for at in (FILE_HEADER_BYTES as u64..len).step_by(3) {
        flip(at);
        let (report, files) = (check_all(&vfs), open(&vfs));
        let hit = (at - FILE_HEADER_BYTES as u64) / record_bytes;
        let begin = FILE_HEADER_BYTES as u64 + hit * record_bytes;
        if hit == 3 {
            // Nothing says that the last record was synced: it looks torn, and is cut off.
            assert_eq!(report.torn_ends, [format!("{} at byte {begin}", path.display())]);
            assert_eq!(files.slices().len(), 3);
            files.append(five(3), &sums(12)).unwrap();
            continue;
        }
        let place = |error: &StoreError| match error {
            StoreError::Damaged { place, .. } => place.clone(),
            other => panic!("{other}"),
        };
        assert_eq!(
            report.damage.iter().map(place).collect::<Vec<_>>(),
            [format!("{} at byte {begin}", path.display())]
        );
        for n in (0..4).filter(|n| *n != hit as i64) {
            assert_eq!(files.read(five(n)).unwrap(), Some(sums(12)), "byte {at}");
        }
        assert_ne!(files.read(five(hit as i64)).ok().flatten(), Some(sums(12)));
        assert_eq!(files.slices().len(), 3, "it is not listed again");
        assert_eq!(files.damage().iter().map(place).collect::<Vec<_>>().len(), 1);
        flip(at);
    }
}

#[test]
fn an_older_file_that_ends_badly_is_damaged_and_stays_as_it_is() {
    let vfs = disk();
    let files = open(&vfs);
    [five(0), five(1), five(288)].into_iter().for_each(|id| files.append(id, &sums(12)).unwrap());
    let file = vfs.open_write(&path(five(0))).unwrap();
    let cut = file.len_bytes().unwrap() - 3;
    file.set_len(cut).unwrap();
    assert_eq!(check_all(&vfs).damage.len(), 1);
    let files = open(&vfs);
    assert_eq!((files.slices().len(), files.damage().len()), (2, 1));
    assert_eq!(vfs.open(&path(five(0))).unwrap().len_bytes().unwrap(), cut);
    // What comes to it later stands behind.
    files.append(five(2), &sums(9)).unwrap();
    let files = open(&vfs);
    assert_eq!(files.read(five(2)).unwrap(), Some(sums(9)));
    assert_eq!((files.slices().len(), files.damage().len()), (3, 1));
}

#[test]
fn a_file_of_a_later_version_is_refused_with_its_directory_and_not_touched() {
    let vfs = SimVfs::new();
    let clock = || Arc::new(ManualClock::new(MIDNIGHT));
    let config = Config { threads: false, reserve_bytes: 0, ..Config::default() };
    drop(Engine::open(Arc::new(vfs.clone()), dir(), config.clone(), clock()).unwrap());
    open(&vfs).append(slice(Tier::Hour, 0), &sums(5)).unwrap();
    assert!(Engine::open(Arc::new(vfs.clone()), dir(), config.clone(), clock()).is_ok());
    set_version(&vfs, &path(slice(Tier::Hour, 0)), VERSION + 1);
    let n_ops = vfs.n_ops();
    let refused = Engine::open(Arc::new(vfs.clone()), dir(), config, clock()).err().map(|error| error.fact);
    let named = |file: &str| file.ends_with("1h/2026-11.hist");
    assert!(matches!(refused, Some(OpenFact::NewerFile { file, version: 2, known: 1 }) if named(&file)));
    assert_eq!(vfs.n_ops(), n_ops);
}

#[test]
fn whole_files_go_when_all_of_their_period_is_past_its_keep() {
    let vfs = disk();
    let files = open(&vfs);
    let days = |n: i64| DurationUs::from_secs(n * 86_400);
    for id in [five(0), five(288), slice(Tier::Hour, 0), slice(Tier::Hour, 24 * 6), slice(Tier::Day, 0)] {
        files.append(id, &sums(5)).unwrap();
    }
    let left = |now: Timestamp| {
        files.retain(now).unwrap();
        files.slices().iter().map(|slice| slice.id).collect::<Vec<_>>()
    };
    assert_eq!(left(MIDNIGHT + days(3)).len(), 5);
    assert_eq!(left(MIDNIGHT + days(4))[0], five(288));
    // November is gone 35 days after its end; a year 400 days after its.
    let after_november = MIDNIGHT + days(6 + 35);
    assert_eq!(left(after_november), [slice(Tier::Hour, 24 * 6), slice(Tier::Day, 0)]);
    assert_eq!(left(MIDNIGHT + days(37 + 400 - 1)), [slice(Tier::Day, 0)]);
    assert_eq!(left(MIDNIGHT + days(37 + 400)), []);
    assert!(open(&vfs).slices().is_empty());
    assert_eq!(vfs.used_bytes(), 0);
}

#[test]
fn no_bytes_make_a_reader_panic_or_ask_for_more_memory_than_they_are() {
    let good = encode(&sums(12)).unwrap();
    for at in 0..good.len() {
        for bit in 0..8 {
            let mut bytes = good.clone();
            bytes[at] ^= 1 << bit;
            let _ = decode(&bytes);
            let _ = decode(&good[..at]);
        }
    }
    let header = [0xff; RECORD_HEADER_BYTES];
    assert!(super::record::read_record_header(&header, Tier::Day).is_err());
}

#[test]
fn no_unpacked_bytes_make_a_reader_panic_either() {
    let packed = encode(&sums(12)).unwrap();
    let raw = zstd::bulk::decompress(&packed[4..], 1 << 20).unwrap();
    let mut n_refused = 0;
    for at in 0..raw.len() {
        for byte in [0, 1, 0x7f, 0x80, 0xff] {
            let changed: Vec<u8> = raw.iter().enumerate().map(|(i, old)| if i == at { byte } else { *old }).collect();
            n_refused += usize::from(decode(&pack(&changed).unwrap()).is_err());
            n_refused += usize::from(decode(&pack(&raw[..at]).unwrap()).is_err());
        }
    }
    assert!(n_refused > 5 * raw.len(), "{n_refused}");
}

fn any_sums() -> impl Strategy<Value = SliceSums> {
    let histogram = prop::collection::btree_map(0u16..976, 1u64..u64::MAX / 2, 0..20);
    let entry = (0u64..1 << 40, histogram).prop_map(|(n_untimed, counts)| {
        let mut durations = Histogram::default();
        counts.into_iter().for_each(|(bucket, count)| durations.add(bucket, count));
        SpanSums { n_untimed, durations }
    });
    let key = (".{0,9}", ".{0,9}", 0u8..6, any::<bool>()).prop_map(|(service, op, kind, is_error)| EntryKey {
        service,
        op,
        kind: Kind::from_u8(kind),
        is_error,
    });
    prop::collection::btree_map(key, entry, 0..30).prop_map(|entries| SliceSums { entries, ..SliceSums::default() })
}

proptest! {
    #[test]
    fn entries_read_back_as_they_were_written(sums in any_sums()) {
        prop_assert_eq!(decode(&encode(&sums).unwrap()), Ok(sums.entries));
    }
}
