//! A data directory that no process holds, for reading only: its lock is taken, nothing else is written.

use super::part::Part;
use crate::block::BlockId;
use crate::directory::{Layout, take_existing};
use crate::inbox::replay;
use crate::messages::OpenError;
use crate::recover::list;
use nines_base::vfs::{Vfs, VfsLock};
use nines_storage::StoreError;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A held directory and what lies in it.
pub struct Directory {
    vfs: Arc<dyn Vfs>,
    layout: Layout,
    places: Vec<PartPlace>,
    /// The generation replayed last: its shards are asked for one after the other.
    replayed: Option<(PathBuf, Vec<Option<Part>>)>,
    /// Damage met in inbox files, once each.
    damage: Vec<StoreError>,
    _lock: Box<dyn VfsLock>,
}

/// Where a part lies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PartPlace {
    /// Which.
    pub id: BlockId,
    /// The file that holds it, alone if it is a block's.
    pub path: PathBuf,
    /// Bytes of the file. Of a part they change only when it becomes a block.
    pub n_bytes: u64,
    is_block: bool,
}

impl Directory {
    /// Takes the directory and lists its parts: blocks, and shards of the inbox that have none.
    pub fn open(vfs: Arc<dyn Vfs>, dir: &Path, holder: &str) -> Result<Directory, OpenError> {
        let layout = Layout::new(dir);
        let lock = take_existing(&*vfs, &layout, holder)?;
        let listing = list(&*vfs, &layout)?;
        let mut places = Vec::new();
        // A pinned block is a copy while its origin is there.
        let is_copy = |id: BlockId| listing.blocks.iter().any(|(origin, _)| origin.pinned() == id);
        let pinned = listing.pinned.iter().filter(|(id, _)| !is_copy(*id));
        for (id, path) in listing.blocks.iter().chain(pinned).cloned() {
            let n_bytes = vfs.open(&path).and_then(|file| file.len_bytes());
            let n_bytes = n_bytes.map_err(|source| OpenError::io("open", &path, source))?;
            places.push(PartPlace { id, path, n_bytes, is_block: true });
        }
        let mut replayed = None;
        let mut damage = Vec::new();
        for (generation, n_bytes) in listing.inbox {
            let path = layout.inbox_file(generation);
            let parts =
                replay_parts(&*vfs, &path, &mut damage).map_err(|source| OpenError::io("read", &path, source))?;
            for (shard, part) in (0..).zip(&parts) {
                let id = BlockId { generation, shard };
                if part.is_some() && !places.iter().any(|known| known.id == id) {
                    places.push(PartPlace { id, path: path.clone(), n_bytes, is_block: false });
                }
            }
            replayed = Some((path, parts));
        }
        places.sort_by_key(|place| place.id);
        Ok(Directory { vfs, layout, places, replayed, damage, _lock: lock })
    }

    /// Its parts, oldest first.
    pub fn places(&self) -> &[PartPlace] {
        &self.places
    }

    /// Damage of inbox files, whose good records are among the parts all the same.
    pub fn damage(&self) -> &[StoreError] {
        &self.damage
    }

    /// Opens a part. One of the inbox is handed out once. A block that cannot be opened is read from the
    /// inbox where that still holds it.
    pub fn part(&mut self, place: &PartPlace) -> Result<Part, StoreError> {
        if !place.is_block {
            let missing = || inbox_error(&place.path, io::ErrorKind::NotFound.into());
            return self.replayed_part(&place.path, place.id)?.ok_or_else(missing);
        }
        Part::open_block(self.vfs.clone(), &place.path).or_else(|error| {
            let inbox_file = self.layout.inbox_file(place.id.generation);
            self.replayed_part(&inbox_file, place.id).ok().flatten().ok_or(error)
        })
    }

    fn replayed_part(&mut self, path: &Path, id: BlockId) -> Result<Option<Part>, StoreError> {
        if self.replayed.as_ref().is_none_or(|(known, _)| known != path) {
            // Its damage was noted on opening.
            let parts = replay_parts(&*self.vfs, path, &mut Vec::new());
            self.replayed = Some((path.to_owned(), parts.map_err(|source| inbox_error(path, source))?));
        }
        Ok(self.replayed.as_mut().and_then(|(_, parts)| parts.get_mut(id.shard as usize)?.take()))
    }
}

fn inbox_error(path: &Path, source: io::Error) -> StoreError {
    StoreError::Io { step: format!("read inbox file {}", path.display()), source: Arc::new(source) }
}

/// The shards of an inbox file that have rows.
fn replay_parts(vfs: &dyn Vfs, path: &Path, damage: &mut Vec<StoreError>) -> io::Result<Vec<Option<Part>>> {
    let replay = vfs.open(path).and_then(|file| replay(&*file))?;
    damage.extend(replay.damage.iter().map(|(offset, fact)| StoreError::Damaged {
        place: format!("{} at byte {offset}", path.display()),
        detail: (*fact).to_owned(),
    }));
    let segments = replay.segments.into_iter();
    Ok(segments.map(|segment| (!segment.is_empty()).then(|| Part::Segment(Box::new(segment)))).collect())
}
