//! Opens a data directory: takes it, reads what is there, finishes what a crash cut off.
//!
//! The order matters. The last inbox file loses its torn end before the next file is created, because
//! only the last one may have a torn end. Blocks are opened before the inbox is replayed, because a
//! shard whose block is there needs no replay. Every step may be repeated.

use super::notes::{read_notes, write_notes};
use super::pinned::open_pinned;
use crate::block::{Block, BlockId};
use crate::config::{COUNTED_SHARD, Config, is_kept};
use crate::directory::{Layout, parse_block_name, parse_inbox_name, take};
use crate::engine::{Inner, Start};
use crate::hot::{Live, Segment};
use crate::inbox::record::{FILE_HEADER_BYTES, closing_group, file_header, read_file_header};
use crate::inbox::{Committer, GenerationState, Generations, Replay, Sealed, replay};
use crate::messages::OpenError;
use nines_base::vfs::Vfs;
use nines_base::{Clock, Timestamp};
use nines_storage::{Gap, Gaps, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

/// What lies in a directory, by name only.
pub(crate) struct Listing {
    /// Inbox generations and the bytes of their files.
    pub inbox: BTreeMap<u64, u64>,
    /// Block files. One block should have one file.
    pub blocks: Vec<(BlockId, PathBuf)>,
    /// Likewise pinned blocks.
    pub pinned: Vec<(BlockId, PathBuf)>,
    /// Temporary files of writes that were cut off.
    pub temporary: Vec<PathBuf>,
}

/// Lists inbox and blocks.
pub(crate) fn list(vfs: &dyn Vfs, layout: &Layout) -> Result<Listing, OpenError> {
    let entries = |dir: &Path| match vfs.list(dir) {
        // A start that was cut off before it made them.
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        listed => listed.map_err(|source| OpenError::io("list", dir, source)),
    };
    let mut listing = Listing { inbox: BTreeMap::new(), blocks: Vec::new(), pinned: Vec::new(), temporary: Vec::new() };
    for entry in entries(&layout.inbox())? {
        match parse_inbox_name(&entry.name) {
            Some(generation) => drop(listing.inbox.insert(generation, entry.len_bytes)),
            None if entry.name.ends_with(".tmp") => listing.temporary.push(layout.inbox().join(entry.name)),
            None => {}
        }
    }
    for day in entries(&layout.blocks())?.into_iter().filter(|entry| entry.is_dir) {
        let day = layout.blocks().join(day.name);
        for entry in entries(&day)? {
            let path = day.join(&entry.name);
            match parse_block_name(&entry.name) {
                Some(id) if id.is_pinned() => listing.pinned.push((id, path)),
                Some(id) => listing.blocks.push((id, path)),
                None if entry.name.ends_with(".tmp") => listing.temporary.push(path),
                None => {}
            }
        }
    }
    listing.blocks.sort();
    listing.pinned.sort();
    Ok(listing)
}

/// Opens a directory up to the point where threads may start.
pub(crate) fn open(vfs: Arc<dyn Vfs>, dir: &Path, config: Config, clock: Arc<dyn Clock>) -> Result<Inner, OpenError> {
    let layout = Layout::new(dir);
    let lock = take(&*vfs, &layout, &config.holder)?;
    let listing = list(&*vfs, &layout)?;
    for path in &listing.temporary {
        vfs.remove(path).map_err(|source| OpenError::io("remove", path, source))?;
    }
    sync_days(&*vfs, &layout, &listing)?;
    let mut opened = open_blocks(&vfs, &layout, &listing);
    let found: Vec<Arc<Block>> = opened.blocks.iter().chain(&opened.incomplete).cloned().collect();
    let (pinned, pinned_damage) = open_pinned(&vfs, &listing, &found)?;
    opened.damage.extend(pinned_damage);
    let last = listing.inbox.keys().next_back().copied();
    let now = clock.now();
    let mut last_found = match last {
        Some(generation) => Some(find_generation(&*vfs, &layout, generation, &mut opened, true, now)?),
        None => None,
    };
    let newest = |blocks: &[(BlockId, PathBuf)]| blocks.last().map_or(0, |(id, _)| id.generation);
    let newest_block = newest(&listing.blocks).max(newest(&listing.pinned));
    let generation = last.unwrap_or(0).max(newest_block) + 1;
    let committer = Committer::new(vfs.clone(), layout.clone(), generation, config.n_numbers())
        .map_err(|source| OpenError::io("create", &layout.inbox_file(generation), source))?;
    let generations = Generations::new(&config.consumers);
    generations.begin(generation, config.n_numbers());
    let start = Start { generations, committer, generation, lock };
    let inner = Inner::new(vfs.clone(), layout.clone(), config, clock, start);
    let mut registered = opened.blocks.clone();
    registered.extend(pinned);
    inner.register(&registered);
    for generation in listing.inbox.keys() {
        let found = match last_found.take_if(|_| Some(*generation) == last) {
            Some(found) => found,
            None => find_generation(&*vfs, &layout, *generation, &mut opened, false, now)?,
        };
        let pending = found.sealed.is_some();
        inner.generations.add(*generation, found.state);
        inner.register(&found.complete);
        registered.extend(found.complete);
        found.sealed.into_iter().for_each(|sealed| inner.resume(sealed));
        if pending && Some(*generation) != last {
            // At most one generation waits in memory; if there is no room for its blocks, all do.
            inner.block_turn(false);
        }
    }
    let mut missing = Gaps::default();
    for error in opened.damage.into_iter().chain(opened.broken.into_iter().map(|broken| broken.error)) {
        missing.add(Gap::of(&error));
        inner.note_damage(error);
    }
    for error in opened.mended {
        inner.note_damage(error);
    }
    inner.catalogs.change(|catalog| catalog.missing = missing);
    inner.note_all_splits(&registered);
    *inner.torn_end.lock().unwrap_or_else(PoisonError::into_inner) = opened.torn_end;
    inner.dispose();
    Ok(inner)
}

impl Inner {
    /// Takes blocks up that opening found.
    fn register(&self, blocks: &[Arc<Block>]) {
        if blocks.is_empty() {
            return;
        }
        for block in blocks {
            self.note_seen(block);
            self.count_names(block.operations(), 0);
        }
        self.catalogs.change(|catalog| catalog.blocks.extend(blocks.iter().cloned()));
    }

    /// Tells blocks of their splits, once all are there: a block may name one that was taken up after it.
    fn note_all_splits(&self, blocks: &[Arc<Block>]) {
        let catalog = self.catalogs.now();
        for block in blocks {
            self.note_splits(block, &catalog);
        }
    }
}

#[derive(Default)]
struct Opened {
    /// Blocks of generations whose blocks are all there, or that the inbox does not have any more.
    blocks: Vec<Arc<Block>>,
    /// Blocks of generations that may lack one: what these hold is shown from the inbox until all are there.
    incomplete: Vec<Arc<Block>>,
    /// Files that should be blocks and are not.
    broken: Vec<Broken>,
    /// Where the last inbox file ended in a group that was not all there.
    torn_end: Option<String>,
    /// Other damage: what it held is missing.
    damage: Vec<StoreError>,
    /// Damage of blocks whose spans the inbox still had.
    mended: Vec<StoreError>,
}

/// A file that should be a block and is not.
struct Broken {
    id: BlockId,
    path: PathBuf,
    error: StoreError,
}

/// Makes the names of blocks durable whose generation the inbox still holds: the process that renamed them
/// may have died before it synced their directories, and their inbox files will be removed now.
fn sync_days(vfs: &dyn Vfs, layout: &Layout, listing: &Listing) -> Result<(), OpenError> {
    let held = listing.blocks.iter().filter(|(id, _)| listing.inbox.contains_key(&id.generation));
    let days: BTreeSet<&Path> = held.filter_map(|(_, path)| path.parent()).collect();
    if days.is_empty() {
        return Ok(());
    }
    let blocks = layout.blocks();
    for folder in days.into_iter().chain([blocks.as_path()]) {
        vfs.sync_dir(folder).map_err(|source| OpenError::io("sync", folder, source))?;
    }
    Ok(())
}

fn open_blocks(vfs: &Arc<dyn Vfs>, layout: &Layout, listing: &Listing) -> Opened {
    let mut opened = Opened::default();
    let mut blocks: Vec<Arc<Block>> = Vec::new();
    for (id, path) in &listing.blocks {
        match Block::open(vfs.clone(), path) {
            Ok(block) if block.id() == *id && blocks.last().is_none_or(|last| last.id() != *id) => {
                blocks.push(Arc::new(block));
            }
            Ok(_) => opened.damage.push(StoreError::Damaged {
                place: path.display().to_string(),
                detail: "the block is there under another name".into(),
            }),
            Err(error) => {
                opened.broken.push(Broken { id: *id, path: path.clone(), error });
            }
        }
    }
    for of_generation in blocks.chunk_by(|a, b| a.id().generation == b.id().generation) {
        let generation = of_generation[0].id().generation;
        let in_inbox = listing.inbox.contains_key(&generation);
        let n_kept = |n_numbers: usize| if is_kept(n_numbers - 1) { n_numbers } else { n_numbers - COUNTED_SHARD };
        let complete = !in_inbox || read_n_numbers(&**vfs, layout, generation).map(n_kept) == Some(of_generation.len());
        let list = if complete { &mut opened.blocks } else { &mut opened.incomplete };
        list.extend(of_generation.iter().cloned());
    }
    opened
}

/// Numbers of a generation's shards, of which there is at least one, by its file's header.
fn read_n_numbers(vfs: &dyn Vfs, layout: &Layout, generation: u64) -> Option<usize> {
    let mut header = [0; FILE_HEADER_BYTES];
    vfs.open(&layout.inbox_file(generation)).ok()?.read_exact_at(0, &mut header).ok()?;
    read_file_header(&header).ok()
}

/// Damage of an inbox file, with its place.
pub(crate) fn damage_at(path: &Path, offset: u64, fact: &str) -> StoreError {
    StoreError::Damaged { place: format!("{} at byte {offset}", path.display()), detail: fact.to_owned() }
}

/// What replay found wrong with a file.
pub(crate) fn damage_of(replay: &Replay, path: &Path) -> Vec<StoreError> {
    replay.damage.iter().map(|(offset, fact)| damage_at(path, *offset, fact)).collect()
}

struct FoundGeneration {
    state: GenerationState,
    /// Its segments, if blocks of it are missing.
    sealed: Option<Sealed>,
    /// Its blocks, if they turn out to be all it needs.
    complete: Vec<Arc<Block>>,
}

/// Reads a generation of the inbox, unless its blocks hold all of it.
fn find_generation(
    vfs: &dyn Vfs,
    layout: &Layout,
    generation: u64,
    opened: &mut Opened,
    is_last: bool,
    now: Timestamp,
) -> Result<FoundGeneration, OpenError> {
    let path = layout.inbox_file(generation);
    let failed = |step: &'static str| {
        let path = path.clone();
        move |source| OpenError::io(step, &path, source)
    };
    let file = vfs.open(&path).map_err(failed("open"))?;
    let mut file_bytes = file.len_bytes().map_err(failed("read"))?;
    let of_generation = |blocks: &[Arc<Block>]| -> Vec<Arc<Block>> {
        blocks.iter().filter(|block| block.id().generation == generation).cloned().collect()
    };
    let known = of_generation(&opened.blocks);
    if !known.is_empty() {
        let mut rows: Vec<u64> = known.iter().map(|block| block.footer().n_rows).collect();
        let n_numbers = read_n_numbers(vfs, layout, generation).unwrap_or(rows.len());
        // How many are not kept, and when they came, only the file knows. A consumer is past them when it is past
        // the generation; and as if they had come now, they can be read back for a while yet.
        let counted_last = (n_numbers > rows.len()).then_some(now);
        if counted_last.is_some() {
            rows.resize(COUNTED_SHARD, 0);
            rows.resize(n_numbers, u64::MAX);
        }
        // Its blocks hold what could be read; the file is not read again to find what could not.
        let noted = read_notes(vfs, &path).map_err(failed("read notes beside"))?;
        let damaged = !noted.is_empty();
        opened.damage.extend(noted);
        let state = GenerationState {
            n_shards: rows.len(),
            file_bytes,
            rows: Some(rows),
            in_blocks: true,
            counted_last,
            damaged,
        };
        return Ok(FoundGeneration { state, sealed: None, complete: Vec::new() });
    }
    let mut replay = replay(&*file).map_err(failed("read"))?;
    if !is_last {
        replay.must_be_closed();
    } else if replay.damage.is_empty() {
        if replay.torn {
            opened.torn_end = Some(format!("{} at byte {}", path.display(), replay.end));
        }
        file_bytes = close_file(vfs, &path, generation, &replay).map_err(failed("close"))?;
    }
    if !replay.damage.is_empty() {
        write_notes(vfs, &path, &replay).map_err(failed("write notes beside"))?;
    }
    opened.damage.extend(damage_of(&replay, &path));
    let incomplete = of_generation(&opened.incomplete);
    let rows: Vec<u64> = replay.segments.iter().map(|segment| segment.len() as u64).collect();
    let has_block = |shard: usize| incomplete.iter().any(|block| block.id().shard as usize == shard);
    let needs_block = |shard: usize, n_rows: u64| n_rows > 0 && is_kept(shard);
    let in_blocks = rows.iter().enumerate().all(|(shard, n_rows)| !needs_block(shard, *n_rows) || has_block(shard));
    let counted = replay.segments.iter().skip(COUNTED_SHARD);
    let counted_last = counted.filter_map(Segment::last_arrival).max();
    let damaged = !replay.damage.is_empty();
    let state =
        GenerationState { n_shards: rows.len(), file_bytes, rows: Some(rows), in_blocks, counted_last, damaged };
    if in_blocks {
        return Ok(FoundGeneration { state, sealed: None, complete: incomplete });
    }
    let is_held = |id: BlockId| {
        id.generation == generation && replay.segments.get(id.shard as usize).is_some_and(|held| !held.is_empty())
    };
    for Broken { path, error, .. } in opened.broken.extract_if(.., |broken| is_held(broken.id)) {
        // The inbox still has what the block should hold: it is put aside and written anew.
        let mut aside = path.clone().into_os_string();
        aside.push(".damaged");
        vfs.rename(&path, Path::new(&aside)).map_err(|source| OpenError::io("put aside", &path, source))?;
        opened.mended.push(error);
    }
    let complete = take_longer(&incomplete, &mut replay.segments);
    let segments = replay.segments.into_iter().enumerate();
    let lives = segments.map(|(shard, segment)| Arc::new(Live::new(generation, shard, segment)));
    let sealed = Sealed { generation, lives: lives.collect() };
    Ok(FoundGeneration { state, sealed: Some(sealed), complete })
}

/// Where a damaged inbox file gives less of a shard than its block has, the block is taken and the segment
/// left empty.
fn take_longer(blocks: &[Arc<Block>], segments: &mut [Segment]) -> Vec<Arc<Block>> {
    let mut taken = Vec::new();
    for block in blocks {
        if let Some(segment) = segments.get_mut(block.id().shard as usize)
            && block.footer().n_rows > segment.len() as u64
        {
            segment.clear();
            taken.push(block.clone());
        }
    }
    taken
}

/// Makes what replay found of the last file all there is of it, durable and closed. Returns its length.
///
/// What a process wrote and left unsynced is taken for good from here on, so it must not be lost later. To
/// sync it is not enough: if the last sync failed, the system may show bytes that it will never write. So
/// the last group is written once more; everything before it is durable.
fn close_file(vfs: &dyn Vfs, path: &Path, generation: u64, replay: &Replay) -> std::io::Result<u64> {
    let file = vfs.open_write(path)?;
    let mut end = replay.end;
    if end == 0 {
        // It was being created: nothing was ever in it.
        file.write_at(0, &file_header(1))?;
        end = FILE_HEADER_BYTES as u64;
    } else {
        let mut last_group = vec![0; usize::try_from(end - replay.last_group).map_err(std::io::Error::other)?];
        file.read_exact_at(replay.last_group, &mut last_group)?;
        file.write_at(replay.last_group, &last_group)?;
    }
    if file.len_bytes()? > end {
        file.set_len(end)?;
    }
    file.sync_data()?;
    if replay.closed {
        return Ok(end);
    }
    let closing = closing_group(end, generation);
    file.write_at(end, &closing)?;
    file.sync_data()?;
    Ok(end + closing.len() as u64)
}
