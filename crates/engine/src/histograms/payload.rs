//! A slice's sums as bytes: names, then entries with their durations, packed with zstd.

use super::record::PAYLOAD_BYTES_MAX;
use crate::encode::{Input, Malformed, put_bytes, put_varint};
use nines_span::Kind;
use nines_storage::aggregate::{BUCKETS_LOG2_MAX, Histogram, bucket_of};
use nines_storage::histograms::{EntryKey, SliceSums, SpanSums};
use std::collections::BTreeMap;
use std::io;

/// As blocks are: what is packed once and read a few times in a year.
const ZSTD_LEVEL: i32 = 3;

/// Bytes of a payload unpacked, at most. [`nines_storage::histograms::ENTRIES_MAX`] entries of some 60 bytes are 4 MB.
const RAW_BYTES_MAX: usize = PAYLOAD_BYTES_MAX;

/// Bytes that an entry takes at least: two names, kind and verdict, untimed spans, number of buckets.
const ENTRY_BYTES_MIN: usize = 5;

/// Packs the entries of a slice.
pub(super) fn encode(sums: &SliceSums) -> io::Result<Vec<u8>> {
    let mut names: BTreeMap<&str, u64> = BTreeMap::new();
    for key in sums.entries.keys() {
        names.insert(&key.service, 0);
        names.insert(&key.op, 0);
    }
    let mut raw = Vec::new();
    put_varint(&mut raw, names.len() as u64);
    for (number, (name, place)) in (0..).zip(&mut names) {
        *place = number;
        put_bytes(&mut raw, name.as_bytes());
    }
    put_varint(&mut raw, sums.entries.len() as u64);
    for (key, of_key) in &sums.entries {
        put_varint(&mut raw, names[&*key.service]);
        put_varint(&mut raw, names[&*key.op]);
        raw.push((key.kind as u8) << 1 | u8::from(key.is_error));
        put_sums(&mut raw, of_key);
    }
    pack(&raw)
}

pub(super) fn pack(raw: &[u8]) -> io::Result<Vec<u8>> {
    if raw.len() > RAW_BYTES_MAX {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut packed = (raw.len() as u32).to_le_bytes().to_vec();
    packed.extend(zstd::bulk::compress(raw, ZSTD_LEVEL)?);
    Ok(packed)
}

fn put_sums(raw: &mut Vec<u8>, sums: &SpanSums) {
    put_varint(raw, sums.n_untimed);
    let buckets = sums.durations.buckets();
    put_varint(raw, buckets.len() as u64);
    let mut next = 0;
    for (bucket, count) in buckets {
        put_varint(raw, u64::from(bucket - next));
        put_varint(raw, count);
        next = bucket + 1;
    }
}

/// Reads the entries of a slice.
pub(super) fn decode(packed: &[u8]) -> Result<BTreeMap<EntryKey, SpanSums>, Malformed> {
    let input = &mut Input::new(packed);
    let raw_bytes = input.u32()? as usize;
    if raw_bytes > RAW_BYTES_MAX {
        return Err(Malformed("a section is impossibly long"));
    }
    let raw = zstd::bulk::decompress(&packed[4..], raw_bytes).map_err(|_| Malformed("it does not unpack"))?;
    if raw.len() != raw_bytes {
        return Err(Malformed("it unpacks too short"));
    }
    let input = &mut Input::new(&raw);
    let names: Vec<&str> = (0..input.count(1)?).map(|_| input.text()).collect::<Result<_, _>>()?;
    let mut entries = BTreeMap::new();
    for _ in 0..input.count(ENTRY_BYTES_MIN)? {
        let (service, op) = (input.index(names.len())?, input.index(names.len())?);
        let role = input.u8()?;
        let key = EntryKey {
            service: names[service as usize].to_owned(),
            op: names[op as usize].to_owned(),
            kind: Kind::from_u8(role >> 1),
            is_error: role & 1 == 1,
        };
        if entries.last_key_value().is_some_and(|(last, _)| *last >= key) {
            return Err(Malformed("the entries are out of order"));
        }
        entries.insert(key, read_sums(input)?);
    }
    input.finish()?;
    Ok(entries)
}

fn read_sums(input: &mut Input<'_>) -> Result<SpanSums, Malformed> {
    let n_untimed = input.varint()?;
    let mut durations = Histogram::default();
    let mut next = 0u64;
    for _ in 0..input.count(2)? {
        let bucket = next.saturating_add(input.varint()?);
        let last = bucket_of(u64::MAX, BUCKETS_LOG2_MAX);
        let number = u16::try_from(bucket).ok().filter(|number| *number <= last);
        durations.add(number.ok_or(Malformed("a code is out of range"))?, input.varint()?);
        next = bucket + 1;
    }
    Ok(SpanSums { n_untimed, durations })
}
