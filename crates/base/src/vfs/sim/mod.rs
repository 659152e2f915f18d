//! A disk in memory that can lose power, run full and fail, all by script and seed.
//!
//! It keeps what is durable apart from what was merely written. [`SimVfs::crash`] (the power) throws a
//! random part of the rest away: sectors of unsynced writes one by one, unsynced names from some point on
//! or one by one. [`SimVfs::kill`] (the process) throws nothing away: what was written stays in the
//! system's cache, no more durable than before. Open handles die with either, as processes do.
//! What befell the disk is counted, so that a simulation can show that it met what it meant to meet.

mod disk;

use super::{DirEntry, LockError, Vfs, VfsFile, VfsLock};
pub use disk::Losses;
use disk::{Chance, Change, Dir, Disk, Inode, NameChange, Node};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// An operation on the disk. All but reading change it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Op {
    /// Reading from a file. Counts for faults, not as a point at which the power may go.
    Read,
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
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fault {
    /// `ENOSPC`. A write may have written a part of its bytes.
    Full,
    /// `EIO`. After a failed sync the bytes it covered are durable or not, by chance, for good.
    Io,
    /// A read gives fewer bytes than were asked for, and at least one. Other operations go on unharmed.
    Short,
}

/// [`Vfs`] in memory. Clones are the same disk.
#[derive(Clone, Default)]
pub struct SimVfs {
    disk: Arc<Mutex<Disk>>,
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

    /// Takes back all scripted faults that have not happened yet.
    pub fn clear_faults(&self) {
        self.disk().faults.clear();
    }

    /// How often each scripted fault has happened so far.
    pub fn fired(&self) -> Vec<(Op, Fault, u64)> {
        self.disk().fired.iter().map(|((op, fault), count)| (*op, *fault, *count)).collect()
    }

    /// Whether the power is off: the point set by [`SimVfs::crash_after`] has come.
    pub fn is_off(&self) -> bool {
        self.disk().powered_off
    }

    /// What crashes have taken so far.
    pub fn losses(&self) -> Losses {
        self.disk().losses
    }

    /// Bytes of all files.
    pub fn used_bytes(&self) -> u64 {
        self.disk().used_bytes()
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
            inode.crash(&mut chance, &mut disk.losses);
        }
        for dir in disk.dirs.values_mut() {
            dir.crash(&mut chance, &mut disk.losses);
        }
        // A directory that was removed, and is back because the removal was lost, is empty.
        let back: Vec<PathBuf> = disk.dirs.iter().flat_map(|(path, dir)| dir.folders(path)).collect();
        for path in back {
            disk.dirs.entry(path).or_default();
        }
        // A directory whose own name was lost is gone with all it held.
        let reachable: Vec<PathBuf> = disk.dirs.keys().filter(|path| disk.is_reachable(path)).cloned().collect();
        disk.dirs.retain(|path, _| reachable.contains(path));
        disk.end_process();
    }

    /// The process dies and the system lives on: nothing is lost, nothing is more durable than it was.
    /// Scripts, locks and open handles are gone afterwards.
    pub fn kill(&self) {
        self.disk().end_process();
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
        let mut disk = self.disk()?;
        let due = disk.due(Op::Read);
        if due == Some(Fault::Io) {
            return Err(io::Error::other("input/output error"));
        }
        let live = &disk.inodes[self.inode].live;
        let from = live.len().min(usize::try_from(offset).unwrap_or(usize::MAX));
        let mut n_read = into.len().min(live.len() - from);
        if due == Some(Fault::Short) {
            n_read = n_read.div_ceil(2);
        }
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
