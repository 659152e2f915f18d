//! The files as a store of slices.

use super::names::{FileName, list, tier_name};
use super::payload::{decode, encode};
use super::record::{FILE_HEADER_BYTES, RecordHeader, file_header, record};
use super::walk::{Walk, payload_at, walk};
use crate::directory::{Layout, store_file};
use crate::recover::damage_at;
use nines_base::Timestamp;
use nines_base::vfs::{Vfs, VfsFile};
use nines_storage::StoreError;
use nines_storage::histograms::{HistogramMeasure, Histograms, KeptSlice, SliceId, SliceSums, Tier};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Slices in the files of a data directory that is taken already.
pub struct HistogramFiles {
    vfs: Arc<dyn Vfs>,
    layout: Layout,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Where each slice is.
    places: BTreeMap<SliceId, Place>,
    files: BTreeMap<FileName, File>,
    damage: Vec<StoreError>,
    torn_ends: Vec<String>,
}

/// A file that is written to.
#[derive(Clone, Copy, Default)]
struct File {
    /// Bytes that are durable; the next record goes behind them. None where there is no file yet.
    end: u64,
    /// Whether nothing else is in it.
    is_known: bool,
}

#[derive(Clone, Copy)]
struct Place {
    offset: u64,
    header: RecordHeader,
}

impl HistogramFiles {
    /// Looks at what there is. A torn end is cut off; what is damaged stays as it is.
    pub fn open(vfs: Arc<dyn Vfs>, dir: &Path) -> Result<HistogramFiles, StoreError> {
        let layout = Layout::new(dir);
        let names = list(&*vfs, &layout).map_err(|(folder, source)| io_error("list", &folder, source))?;
        remove_temporary(&*vfs, &layout)?;
        let mut state = State::default();
        for (at, name) in names.iter().enumerate() {
            let is_last = names.get(at + 1).is_none_or(|next| next.tier != name.tier);
            let path = name.path(&layout);
            let walked = open_file(&*vfs, &path, name, is_last).map_err(|source| io_error("read", &path, source))?;
            state.take(name, &path, walked, is_last);
        }
        Ok(HistogramFiles { vfs, layout, state: Mutex::new(state) })
    }

    /// Damage met so far.
    pub fn damage(&self) -> Vec<StoreError> {
        self.state().damage.clone()
    }

    /// File and offset of each end that was torn when the files were opened.
    pub fn torn_ends(&self) -> Vec<String> {
        self.state().torn_ends.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each change is one insertion or removal, so a poisoned lock holds a good value.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a record behind the last one of its file.
    fn write(&self, path: &Path, end: u64, record: &[u8]) -> io::Result<()> {
        let file = self.vfs.open_write(path)?;
        file.write_at(end, record)?;
        // HIST-1: known to be there only now.
        file.sync_data()
    }

    /// Writes a file anew with a record behind its first bytes: one that is not there yet, or that a failed write left in
    /// a state that nothing is known of.
    fn write_anew(&self, name: &FileName, path: &Path, end: u64, record: &[u8]) -> io::Result<()> {
        let mut bytes = file_header(name.tier).to_vec();
        if end > 0 {
            bytes.resize(end as usize, 0);
            self.vfs.open(path)?.read_exact_at(0, &mut bytes)?;
        } else {
            self.create_folders(name)?;
        }
        bytes.extend_from_slice(record);
        store_file(&*self.vfs, path, &bytes)
    }

    fn create_folders(&self, name: &FileName) -> io::Result<()> {
        let folder = self.layout.histograms();
        self.vfs.create_dir(&folder)?;
        self.vfs.sync_dir(self.layout.dir())?;
        self.vfs.create_dir(&folder.join(tier_name(name.tier)))?;
        self.vfs.sync_dir(&folder)
    }
}

impl Histograms for HistogramFiles {
    fn slices(&self) -> Vec<KeptSlice> {
        let state = self.state();
        state.places.iter().map(|(id, place)| KeptSlice { id: *id, n_parts: place.header.n_parts }).collect()
    }

    fn read(&self, id: SliceId) -> Result<Option<SliceSums>, StoreError> {
        let Some(place) = self.state().places.get(&id).copied() else { return Ok(None) };
        let path = FileName::of(id).path(&self.layout);
        let payload = self.vfs.open(&path).and_then(|file| payload_at(&*file, place.offset, &place.header));
        let payload = payload.map_err(|source| io_error("read", &path, source))?;
        let decoded = match place.header.matches(&payload) {
            true => decode(&payload).map_err(|fault| fault.0),
            false => Err("a record does not match its checksum"),
        };
        match decoded {
            Ok(entries) => {
                let (n_parts, has_gaps) = (place.header.n_parts, place.header.has_gaps);
                Ok(Some(SliceSums { entries, n_parts, has_gaps }))
            }
            Err(fact) => {
                let damage = damage_at(&path, place.offset, fact);
                let mut state = self.state();
                state.places.remove(&id);
                state.damage.push(damage.clone());
                Err(damage)
            }
        }
    }

    fn append(&self, id: SliceId, sums: &SliceSums) -> Result<(), StoreError> {
        let name = FileName::of(id);
        let path = name.path(&self.layout);
        let failed = |step: &str, source: io::Error| io_error(step, &path, source);
        let payload = encode(sums).map_err(|source| failed("pack a slice for", source))?;
        let record = record(id, sums.n_parts, sums.has_gaps, &payload);
        let mut state = self.state();
        // HIST-2.
        if state.places.contains_key(&id) {
            return Ok(());
        }
        let file = state.files.get(&name).copied().unwrap_or_default();
        let written = match file.is_known {
            true => self.write(&path, file.end, &record),
            false => self.write_anew(&name, &path, file.end, &record),
        };
        if let Err(source) = written {
            if file.end > 0 {
                state.files.insert(name, File { is_known: false, ..file });
            }
            return Err(failed("write", source));
        }
        let begin = file.end.max(FILE_HEADER_BYTES as u64);
        state.files.insert(name, File { end: begin + record.len() as u64, is_known: true });
        if let Ok(header) = super::record::read_record_header(&record, id.tier) {
            state.places.insert(id, Place { offset: begin, header });
        }
        Ok(())
    }

    fn retain(&self, now: Timestamp) -> Result<(), StoreError> {
        let mut state = self.state();
        let is_gone = |name: &&FileName| name.is_before(now - name.tier.keep());
        let gone: Vec<FileName> = state.files.keys().filter(is_gone).cloned().collect();
        for name in gone {
            let path = name.path(&self.layout);
            match self.vfs.remove(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(io_error("remove", &path, error)),
                _ => {}
            }
            state.places.retain(|id, _| FileName::of(*id) != name);
            state.files.remove(&name);
        }
        Ok(())
    }

    fn measure(&self) -> HistogramMeasure {
        let state = self.state();
        let first = state.places.keys().map(|id| id.begin).min();
        let last = state.places.keys().map(|id| id.end()).max();
        HistogramMeasure {
            n_files: state.files.len() as u64,
            n_bytes: state.files.values().map(|file| file.end).sum(),
            n_slices: state.places.len() as u64,
            times: first.zip(last),
        }
    }
}

impl State {
    fn take(&mut self, name: &FileName, path: &Path, walked: Walk, is_last: bool) {
        self.damage.extend(walked.damage.iter().map(|(offset, fact)| damage_at(path, *offset, fact)));
        if is_last && walked.has_bad_end() {
            self.torn_ends.push(format!("{} at byte {}", path.display(), walked.end));
        }
        // A bad end of an older file stays, and is never written over.
        let end = if is_last { walked.end } else { walked.len };
        // One that is too short to say what it is has nothing to lose: it gets its first bytes with the next record.
        let is_begun = end >= FILE_HEADER_BYTES as u64;
        self.files.insert(name.clone(), if is_begun { File { end, is_known: true } } else { File::default() });
        for (offset, header) in walked.records {
            if FileName::of(header.id) != *name {
                self.damage.push(damage_at(path, offset, "a slice is in the wrong place"));
                continue;
            }
            // HIST-2: the last one stands. The one before was found damaged, and written again.
            self.places.insert(header.id, Place { offset, header });
        }
    }
}

/// Removes what a write that was cut off left under another name.
fn remove_temporary(vfs: &dyn Vfs, layout: &Layout) -> Result<(), StoreError> {
    for folder in Tier::ALL.map(|tier| layout.histograms().join(tier_name(tier))) {
        let entries = vfs.list(&folder).unwrap_or_default();
        for entry in entries.iter().filter(|entry| entry.name.ends_with(".tmp")) {
            let path = folder.join(&entry.name);
            vfs.remove(&path).map_err(|source| io_error("remove", &path, source))?;
        }
    }
    Ok(())
}

/// Walks a file, and cuts off an end that is torn.
fn open_file(vfs: &dyn Vfs, path: &Path, name: &FileName, is_last: bool) -> io::Result<Walk> {
    let file = vfs.open(path)?;
    let walked = walk(&*file, name.tier, is_last)?;
    if is_last && walked.has_bad_end() {
        let file: Arc<dyn VfsFile> = vfs.open_write(path)?;
        file.set_len(walked.end)?;
        file.sync_data()?;
    }
    Ok(walked)
}

fn io_error(step: &str, path: &Path, source: io::Error) -> StoreError {
    StoreError::Io { step: format!("{step} {}", path.display()), source: Arc::new(source) }
}
