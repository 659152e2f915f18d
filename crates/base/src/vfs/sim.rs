//! A disk in memory that can lose power, run full and fail, all by script and seed.
//!
//! It keeps what is durable apart from what was merely written. [`SimVfs::crash`] throws a random part
//! of the rest away: sectors of unsynced writes one by one, unsynced names from some point on. Open
//! handles die with the crash, as processes do.

use super::{DirEntry, LockError, Vfs, VfsFile, VfsLock};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Unit in which unsynced bytes are lost: the smallest write a disk promises not to tear.
const SECTOR_BYTES: usize = 512;

/// An operation that changes the disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Op {
    /// Creating a file or a directory.
    Create,
    /// Writing to a file or cutting it.
    Write,
    /// Syncing a file.
    Sync,
    /// Renaming a file.
    Rename,
    /// Syncing a directory.
    SyncDir,
    /// Removing a file or a directory.
    Remove,
}

/// How an operation fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// `ENOSPC`. A write may have written a part of its bytes.
    Full,
    /// `EIO`. After a failed sync the bytes it covered are durable or not, by chance, for good.
    Io,
}

/// [`Vfs`] in memory. Clones are the same disk.
#[derive(Clone, Default)]
pub struct SimVfs {
    disk: Arc<Mutex<Disk>>,
}

#[derive(Default)]
struct Disk {
    /// Counts crashes; a handle of an earlier one is dead.
    boot: u64,
    powered_off: bool,
    n_ops: u64,
    crash_after: Option<u64>,
    faults: Vec<(Op, u64, Fault)>,
    capacity_bytes: Option<u64>,
    inodes: Vec<Inode>,
    dirs: BTreeMap<PathBuf, Dir>,
    locks: BTreeMap<PathBuf, String>,
}

#[derive(Default, Clone)]
struct Inode {
    live: Vec<u8>,
    durable: Vec<u8>,
    /// Writes since the last good sync, in order.
    unsynced: Vec<Change>,
    /// A sync failed: what it covered stays uncertain even if a later one succeeds.
    doubtful: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    SetLen(usize),
}

#[derive(Default)]
struct Dir {
    live: BTreeMap<String, Node>,
    durable: BTreeMap<String, Node>,
    unsynced: Vec<NameChange>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Node {
    File(usize),
    Dir,
}

#[derive(Clone)]
enum NameChange {
    Set(String, Node),
    Remove(String),
    Rename(String, String),
}

impl SimVfs {
    /// An empty disk with a root directory at every path's start.
    pub fn new() -> SimVfs {
        SimVfs::default()
    }

    /// Operations done so far that change the disk, syncs included.
    pub fn n_ops(&self) -> u64 {
        self.disk().n_ops
    }

    /// Cuts the power once `n_ops` operations in all have been done: every later one fails, until [`SimVfs::crash`].
    pub fn crash_after(&self, n_ops: u64) {
        self.disk().crash_after = Some(n_ops);
    }

    /// Lets the `nth` operation of a kind from now on fail (0 is the next). Each call scripts one fault.
    pub fn fail(&self, op: Op, nth: u64, fault: Fault) {
        self.disk().faults.push((op, nth, fault));
    }

    /// Limits what all files together may hold.
    pub fn set_capacity(&self, bytes: Option<u64>) {
        self.disk().capacity_bytes = bytes;
    }

    /// Power loss and reboot: what was not durable survives or not, by `seed`. Scripts, locks and open
    /// handles are gone afterwards.
    pub fn crash(&self, seed: u64) {
        let disk = &mut *self.disk();
        let mut chance = Chance(seed);
        for inode in &mut disk.inodes {
            inode.crash(&mut chance);
        }
        for dir in disk.dirs.values_mut() {
            dir.crash(&mut chance);
        }
        // A directory whose own name was lost is gone with all it held.
        let reachable: Vec<PathBuf> = disk.dirs.keys().filter(|path| disk.is_reachable(path)).cloned().collect();
        disk.dirs.retain(|path, _| reachable.contains(path));
        disk.boot += 1;
        disk.powered_off = false;
        disk.crash_after = None;
        disk.faults.clear();
        disk.locks.clear();
    }

    /// Turns over one bit of a stored file, in what is durable and what is live alike.
    pub fn flip_bit(&self, path: &Path, bit_idx: u64) -> io::Result<()> {
        let mut disk = self.disk();
        let inode = disk.file(path)?;
        let inode = &mut disk.inodes[inode];
        let (byte_idx, mask) = ((bit_idx / 8) as usize, 1 << (bit_idx % 8));
        for bytes in [&mut inode.live, &mut inode.durable] {
            if let Some(byte) = bytes.get_mut(byte_idx) {
                *byte ^= mask;
            }
        }
        Ok(())
    }

    /// A second disk with the same durable and live state, without scripts: to try many fates of one moment.
    pub fn fork(&self) -> SimVfs {
        let disk = self.disk();
        let dirs = disk.dirs.iter().map(|(path, dir)| {
            let copy = Dir { live: dir.live.clone(), durable: dir.durable.clone(), unsynced: dir.unsynced.clone() };
            (path.clone(), copy)
        });
        let copy = Disk { inodes: disk.inodes.clone(), dirs: dirs.collect(), n_ops: disk.n_ops, ..Disk::default() };
        SimVfs { disk: Arc::new(Mutex::new(copy)) }
    }

    fn disk(&self) -> MutexGuard<'_, Disk> {
        // A test that panicked elsewhere must not hide its message behind a poisoned lock.
        self.disk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn handle(&self, disk: &Disk, inode: usize, writes: bool) -> Arc<dyn VfsFile> {
        Arc::new(SimFile { vfs: self.clone(), inode, boot: disk.boot, writes })
    }
}

impl Disk {
    /// Counts an operation and lets its scripted fault happen.
    fn begin(&mut self, op: Op) -> io::Result<()> {
        if self.powered_off || self.crash_after.is_some_and(|last| self.n_ops >= last) {
            self.powered_off = true;
            return Err(io::Error::other("the power is off"));
        }
        self.n_ops += 1;
        let mut due = None;
        self.faults.retain_mut(|(kind, left, fault)| {
            if *kind != op {
                return true;
            }
            if *left == 0 && due.is_none() {
                due = Some(*fault);
                return false;
            }
            *left = left.saturating_sub(1);
            true
        });
        match due {
            None => Ok(()),
            Some(Fault::Full) => Err(io::ErrorKind::StorageFull.into()),
            Some(Fault::Io) => Err(io::Error::other("input/output error")),
        }
    }

    fn used_bytes(&self) -> u64 {
        let names = self.dirs.values().flat_map(|dir| dir.live.values());
        let files = names.filter_map(|node| match node {
            Node::File(inode) => Some(self.inodes[*inode].live.len() as u64),
            Node::Dir => None,
        });
        files.sum()
    }

    fn room_bytes(&self) -> u64 {
        self.capacity_bytes.map_or(u64::MAX, |capacity| capacity.saturating_sub(self.used_bytes()))
    }

    /// A path's directory and name. Directories nobody created but the root of a path exist by themselves.
    fn place(&mut self, path: &Path) -> io::Result<(&mut Dir, String)> {
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        let name = name.to_string_lossy().into_owned();
        if is_root(parent) {
            self.dirs.entry(parent.to_owned()).or_default();
        }
        match self.dirs.get_mut(parent) {
            Some(dir) => Ok((dir, name)),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn file(&mut self, path: &Path) -> io::Result<usize> {
        let (dir, name) = self.place(path)?;
        match dir.live.get(&name) {
            Some(Node::File(inode)) => Ok(*inode),
            Some(Node::Dir) => Err(io::ErrorKind::IsADirectory.into()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn is_reachable(&self, path: &Path) -> bool {
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else { return true };
        if is_root(path) {
            return true;
        }
        let entry = self.dirs.get(parent).and_then(|dir| dir.live.get(&*name.to_string_lossy()));
        entry == Some(&Node::Dir) && self.is_reachable(parent)
    }
}

fn is_root(path: &Path) -> bool {
    path.as_os_str().is_empty() || path.parent().is_none()
}

impl Inode {
    fn apply(bytes: &mut Vec<u8>, change: &Change) {
        match change {
            Change::Write { offset, bytes: new } => {
                if bytes.len() < offset + new.len() {
                    bytes.resize(offset + new.len(), 0);
                }
                bytes[*offset..offset + new.len()].copy_from_slice(new);
            }
            Change::SetLen(len) => bytes.resize(*len, 0),
        }
    }

    fn change(&mut self, change: Change) {
        Inode::apply(&mut self.live, &change);
        self.unsynced.push(change);
    }

    fn sync(&mut self) {
        for change in std::mem::take(&mut self.unsynced) {
            Inode::apply(&mut self.durable, &change);
        }
    }

    /// Keeps what is durable and, of the rest, each sector by chance.
    fn crash(&mut self, chance: &mut Chance) {
        let doubtful = std::mem::take(&mut self.doubtful);
        let unsynced = std::mem::take(&mut self.unsynced);
        // Whole-file fates are as likely as torn ones: all kept, none kept, half, most.
        let keep_percent = [0, 100, 50, 90][chance.below(4) as usize];
        for change in doubtful.into_iter().chain(unsynced) {
            match change {
                Change::SetLen(_) if chance.below(100) >= keep_percent => {}
                Change::SetLen(len) => self.durable.resize(len, 0),
                Change::Write { offset, bytes } => {
                    let mut from = 0;
                    while from < bytes.len() {
                        let to = bytes.len().min(from + SECTOR_BYTES - (offset + from) % SECTOR_BYTES);
                        if chance.below(100) < keep_percent {
                            let kept = Change::Write { offset: offset + from, bytes: bytes[from..to].to_vec() };
                            Inode::apply(&mut self.durable, &kept);
                        }
                        from = to;
                    }
                }
            }
        }
        self.live = self.durable.clone();
    }
}

impl Dir {
    fn change(&mut self, change: NameChange) {
        Dir::apply(&mut self.live, &change);
        self.unsynced.push(change);
    }

    fn apply(names: &mut BTreeMap<String, Node>, change: &NameChange) {
        match change {
            NameChange::Set(name, node) => {
                names.insert(name.clone(), *node);
            }
            NameChange::Remove(name) => {
                names.remove(name);
            }
            NameChange::Rename(from, to) => {
                if let Some(node) = names.remove(from) {
                    names.insert(to.clone(), node);
                }
            }
        }
    }

    fn sync(&mut self) {
        for change in std::mem::take(&mut self.unsynced) {
            Dir::apply(&mut self.durable, &change);
        }
    }

    /// Keeps the unsynced changes up to some point: a journal loses its end.
    fn crash(&mut self, chance: &mut Chance) {
        let unsynced = std::mem::take(&mut self.unsynced);
        let n_kept = chance.below(unsynced.len() as u64 + 1) as usize;
        for change in &unsynced[..n_kept] {
            Dir::apply(&mut self.durable, change);
        }
        self.live = self.durable.clone();
    }
}

impl Vfs for SimVfs {
    fn open(&self, path: &Path) -> io::Result<Arc<dyn VfsFile>> {
        let mut disk = self.disk();
        let inode = disk.file(path)?;
        Ok(self.handle(&disk, inode, false))
    }

    fn open_write(&self, path: &Path) -> io::Result<Arc<dyn VfsFile>> {
        let mut disk = self.disk();
        let inode = disk.file(path)?;
        Ok(self.handle(&disk, inode, true))
    }

    fn create(&self, path: &Path) -> io::Result<Arc<dyn VfsFile>> {
        let mut disk = self.disk();
        disk.begin(Op::Create)?;
        let inode = disk.inodes.len();
        let (dir, name) = disk.place(path)?;
        if dir.live.contains_key(&name) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        dir.change(NameChange::Set(name, Node::File(inode)));
        disk.inodes.push(Inode::default());
        Ok(self.handle(&disk, inode, true))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut disk = self.disk();
        disk.begin(Op::Rename)?;
        if from.parent() != to.parent() {
            return Err(io::ErrorKind::CrossesDevices.into());
        }
        disk.file(from)?;
        let (_, to) = disk.place(to)?;
        let (dir, from) = disk.place(from)?;
        dir.change(NameChange::Rename(from, to));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut disk = self.disk();
        disk.begin(Op::Remove)?;
        disk.file(path)?;
        let (dir, name) = disk.place(path)?;
        dir.change(NameChange::Remove(name));
        Ok(())
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        let mut disk = self.disk();
        disk.begin(Op::Create)?;
        let (dir, name) = disk.place(path)?;
        match dir.live.get(&name) {
            Some(Node::Dir) => return Ok(()),
            Some(Node::File(_)) => return Err(io::ErrorKind::AlreadyExists.into()),
            None => dir.change(NameChange::Set(name, Node::Dir)),
        }
        disk.dirs.insert(path.to_owned(), Dir::default());
        Ok(())
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        let mut disk = self.disk();
        disk.begin(Op::Remove)?;
        match disk.dirs.get(path) {
            None => return Err(io::ErrorKind::NotFound.into()),
            Some(dir) if !dir.live.is_empty() => return Err(io::ErrorKind::DirectoryNotEmpty.into()),
            Some(_) => {}
        }
        let (dir, name) = disk.place(path)?;
        dir.change(NameChange::Remove(name));
        disk.dirs.remove(path);
        Ok(())
    }

    fn list(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        let disk = self.disk();
        let Some(dir) = disk.dirs.get(path) else { return Err(io::ErrorKind::NotFound.into()) };
        let entries = dir.live.iter().map(|(name, node)| match node {
            Node::Dir => DirEntry { name: name.clone(), is_dir: true, len_bytes: 0 },
            Node::File(inode) => {
                DirEntry { name: name.clone(), is_dir: false, len_bytes: disk.inodes[*inode].live.len() as u64 }
            }
        });
        Ok(entries.collect())
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        let mut disk = self.disk();
        disk.begin(Op::SyncDir)?;
        match disk.dirs.get_mut(path) {
            None => Err(io::ErrorKind::NotFound.into()),
            Some(dir) => {
                dir.sync();
                Ok(())
            }
        }
    }

    fn free_space(&self, _dir: &Path) -> io::Result<u64> {
        Ok(self.disk().room_bytes())
    }

    fn lock(&self, path: &Path, note: &str) -> Result<Box<dyn VfsLock>, LockError> {
        let mut disk = self.disk();
        if let Some(note) = disk.locks.get(path) {
            return Err(LockError::Held { note: note.clone() });
        }
        let inode = disk.inodes.len();
        let (dir, name) = disk.place(path).map_err(LockError::Io)?;
        if !dir.live.contains_key(&name) {
            dir.change(NameChange::Set(name, Node::File(inode)));
            disk.inodes.push(Inode::default());
        }
        disk.locks.insert(path.to_owned(), note.to_owned());
        Ok(Box::new(SimLock { vfs: self.clone(), path: path.to_owned(), boot: disk.boot }))
    }
}

struct SimFile {
    vfs: SimVfs,
    inode: usize,
    boot: u64,
    writes: bool,
}

impl SimFile {
    fn disk(&self) -> io::Result<MutexGuard<'_, Disk>> {
        let disk = self.vfs.disk();
        if disk.boot == self.boot { Ok(disk) } else { Err(io::Error::other("this handle died in a crash")) }
    }

    fn disk_to_change(&self, op: Op) -> io::Result<(MutexGuard<'_, Disk>, io::Result<()>)> {
        if !self.writes {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let mut disk = self.disk()?;
        let outcome = disk.begin(op);
        Ok((disk, outcome))
    }
}

impl VfsFile for SimFile {
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let disk = self.disk()?;
        let live = &disk.inodes[self.inode].live;
        let from = live.len().min(usize::try_from(offset).unwrap_or(usize::MAX));
        let n_read = into.len().min(live.len() - from);
        into[..n_read].copy_from_slice(&live[from..from + n_read]);
        Ok(n_read)
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let (mut disk, outcome) = self.disk_to_change(Op::Write)?;
        let offset = usize::try_from(offset).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
        let growth = (offset + bytes.len()).saturating_sub(disk.inodes[self.inode].live.len()) as u64;
        let outcome = if outcome.is_ok() && growth > disk.room_bytes() {
            Err(io::ErrorKind::StorageFull.into())
        } else {
            outcome
        };
        // A failing write gets half of its bytes down, if there is room: the caller must not care.
        let n_written = match &outcome {
            Ok(()) => bytes.len(),
            Err(_) if disk.powered_off => 0,
            Err(_) => bytes.len() / 2,
        };
        let growth = (offset + n_written).saturating_sub(disk.inodes[self.inode].live.len()) as u64;
        if n_written > 0 && growth <= disk.room_bytes() {
            disk.inodes[self.inode].change(Change::Write { offset, bytes: bytes[..n_written].to_vec() });
        }
        outcome
    }

    fn set_len(&self, len_bytes: u64) -> io::Result<()> {
        let (mut disk, outcome) = self.disk_to_change(Op::Write)?;
        outcome?;
        let len = usize::try_from(len_bytes).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
        disk.inodes[self.inode].change(Change::SetLen(len));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        let (mut disk, outcome) = self.disk_to_change(Op::Sync)?;
        let powered_off = disk.powered_off;
        let inode = &mut disk.inodes[self.inode];
        match outcome {
            Ok(()) => inode.sync(),
            // The system forgets which pages a failed sync left dirty; with the power off nothing changes.
            Err(_) if !powered_off => {
                let lost = std::mem::take(&mut inode.unsynced);
                inode.doubtful.extend(lost);
            }
            Err(_) => {}
        }
        outcome
    }

    fn len_bytes(&self) -> io::Result<u64> {
        Ok(self.disk()?.inodes[self.inode].live.len() as u64)
    }
}

struct SimLock {
    vfs: SimVfs,
    path: PathBuf,
    boot: u64,
}

impl VfsLock for SimLock {}

impl Drop for SimLock {
    fn drop(&mut self) {
        let mut disk = self.vfs.disk();
        if disk.boot == self.boot {
            disk.locks.remove(&self.path);
        }
    }
}

/// SplitMix64: enough chance for a simulation, and the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}
