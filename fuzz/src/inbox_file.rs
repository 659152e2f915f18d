//! An inbox file taken apart and put together again, by `docs/format/inbox.md` and not by the engine's code.
//!
//! A change to a sealed file ends the replay at that record. So the mutation changes one record, or the
//! order of them, and seals it again with a length and a checksum that fit.

/// Bytes of the file's header.
const FILE_HEADER_BYTES: usize = 16;
/// Bytes of a record before its payload.
const RECORD_HEADER_BYTES: usize = 28;
/// The byte after the payload.
const END_MARK: u8 = 0xa5;

/// Takes a file apart: its header, and its records without length, checksum and last byte. Bytes at the end that
/// are no whole record are left out.
fn read(file: &[u8]) -> Option<(&[u8], Vec<Vec<u8>>)> {
    let (header, mut rest) = file.split_at_checked(FILE_HEADER_BYTES)?;
    let mut records = Vec::new();
    while let Some(length) = rest.first_chunk() {
        let n_bytes = RECORD_HEADER_BYTES.checked_add(u32::from_le_bytes(*length) as usize)?;
        let Some((record, after)) = rest.split_at_checked(n_bytes + 1) else { break };
        records.push(record[8..n_bytes].to_vec());
        rest = after;
    }
    Some((header, records))
}

/// Puts a file together. A record that is shorter than its header is left out.
fn write(header: &[u8], records: &[Vec<u8>]) -> Vec<u8> {
    let mut file = header.to_vec();
    for record in records {
        let Some(payload_bytes) = (record.len() + 8).checked_sub(RECORD_HEADER_BYTES) else { continue };
        let length = (payload_bytes as u32).to_le_bytes();
        file.extend_from_slice(&length);
        let crc = [&length[..], record, &[END_MARK]].into_iter().fold(0, crc32c::crc32c_append);
        file.extend_from_slice(&crc.to_le_bytes());
        file.extend_from_slice(record);
        file.push(END_MARK);
    }
    file
}

/// Changes one record, or leaves it out, or writes it twice.
pub fn mutate(file: &[u8], chance: u32, change: &mut dyn FnMut(&mut Vec<u8>)) -> Option<Vec<u8>> {
    let (header, mut records) = read(file)?;
    let place = (chance as usize / 16).checked_rem(records.len())?;
    match chance % 16 {
        0 => drop(records.remove(place)),
        1 => records.insert(place, records[place].clone()),
        _ => change(&mut records[place]),
    }
    Some(write(header, &records))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds;
    use nines_base::vfs::{SimVfs, Vfs};
    use nines_engine::inbox::replay;
    use std::path::Path;

    /// Good records, and faults with what is wrong.
    fn replayed(file: &[u8]) -> (u64, Vec<&'static str>) {
        let vfs = SimVfs::new();
        let open = vfs.create(Path::new("/a.wal")).unwrap();
        open.append(file).unwrap();
        let replay = replay(&*open).unwrap();
        (replay.n_records, replay.damage.into_iter().map(|(_, fact)| fact).collect())
    }

    #[test]
    fn a_file_taken_apart_is_put_together_the_same() {
        for (name, file) in seeds::inboxes() {
            let (header, records) = read(&file).unwrap();
            assert!(records.len() > 1, "{name}");
            assert_eq!(write(header, &records), file, "{name}");
            assert!(replayed(&file).0 > 0 && replayed(&file).1.is_empty(), "{name}");
        }
    }

    #[test]
    fn a_changed_record_passes_its_checksum() {
        let (_, file) = seeds::inboxes().remove(0);
        let mut facts = std::collections::BTreeSet::new();
        for chance in 0..200 {
            let changed = mutate(&file, chance, &mut |record| record.push(0xff)).unwrap();
            facts.extend(replayed(&changed).1);
        }
        // Of a group record every change is told as a wrong checksum; a delta is read up to what was added.
        assert!(facts.contains("bytes are left over"), "{facts:?}");
    }
}
