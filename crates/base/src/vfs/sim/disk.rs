//! What a simulated disk holds: durable and live state apart, and the fate of the difference.

use super::{Fault, Op};
use crate::vfs::SECTOR_BYTES;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// The whole disk.
#[derive(Default)]
pub struct Disk {
    /// Counts crashes; a handle of an earlier one is dead.
    pub boot: u64,
    pub powered_off: bool,
    pub n_ops: u64,
    pub crash_after: Option<u64>,
    pub faults: Vec<(Op, u64, Fault)>,
    pub fired: BTreeMap<(Op, Fault), u64>,
    pub losses: Losses,
    pub capacity_bytes: Option<u64>,
    pub inodes: Vec<Inode>,
    pub dirs: BTreeMap<PathBuf, Dir>,
    pub locks: BTreeMap<PathBuf, String>,
}

/// What crashes took from a disk, summed.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Losses {
    /// Unsynced sectors that were lost.
    pub sectors: u64,
    /// Files that lost some of their unsynced sectors and kept others: torn writes.
    pub torn_files: u64,
    /// Unsynced names (created, renamed, removed) that were lost.
    pub names: u64,
    /// Directories that lost some of their unsynced names and kept later ones: changes out of order.
    pub reordered_dirs: u64,
}

/// A file's bytes, whatever its names.
#[derive(Default, Clone)]
pub struct Inode {
    pub live: Vec<u8>,
    pub durable: Vec<u8>,
    /// Writes since the last good sync, in order.
    pub unsynced: Vec<Change>,
    /// A sync failed: what it covered stays uncertain even if a later one succeeds.
    pub doubtful: Vec<Change>,
}

/// A change of a file.
#[derive(Clone)]
pub enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    SetLen(usize),
}

impl Change {
    /// What is left of a write outside of a range. The length that a file was set to stays in doubt.
    fn without(&self, from: usize, upto: usize) -> Vec<Change> {
        let Change::Write { offset, bytes } = self else { return vec![self.clone()] };
        let end = offset + bytes.len();
        let part = |from: usize, upto: usize| {
            (from < upto).then(|| Change::Write { offset: from, bytes: bytes[from - offset..upto - offset].to_vec() })
        };
        part(*offset, end.min(from)).into_iter().chain(part(upto.max(*offset), end)).collect()
    }
}

/// A directory's names.
#[derive(Default)]
pub struct Dir {
    pub live: BTreeMap<String, Node>,
    pub durable: BTreeMap<String, Node>,
    pub unsynced: Vec<NameChange>,
}

/// What a name stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Node {
    File(usize),
    Dir,
}

/// A change of a directory.
#[derive(Clone)]
pub enum NameChange {
    Set(String, Node),
    Remove(String),
    Rename(String, String),
}

impl Disk {
    /// Counts an operation and lets its scripted fault happen.
    pub fn begin(&mut self, op: Op) -> io::Result<()> {
        if self.powered_off || self.crash_after.is_some_and(|last| self.n_ops >= last) {
            self.powered_off = true;
            return Err(io::Error::other("the power is off"));
        }
        self.n_ops += 1;
        match self.due(op) {
            None | Some(Fault::Short) => Ok(()),
            Some(Fault::Full) => Err(io::ErrorKind::StorageFull.into()),
            Some(Fault::Io) => Err(io::Error::other("input/output error")),
        }
    }

    /// The scripted fault that this operation meets; the others of its kind come one closer.
    pub fn due(&mut self, op: Op) -> Option<Fault> {
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
        if let Some(fault) = due {
            *self.fired.entry((op, fault)).or_default() += 1;
        }
        due
    }

    /// What ends with the process.
    pub fn end_process(&mut self) {
        self.boot += 1;
        self.powered_off = false;
        self.crash_after = None;
        self.faults.clear();
        self.locks.clear();
    }

    pub fn used_bytes(&self) -> u64 {
        let names = self.dirs.values().flat_map(|dir| dir.live.values());
        let files = names.filter_map(|node| match node {
            Node::File(inode) => Some(self.inodes[*inode].live.len() as u64),
            Node::Dir => None,
        });
        files.sum()
    }

    pub fn room_bytes(&self) -> u64 {
        self.capacity_bytes.map_or(u64::MAX, |capacity| capacity.saturating_sub(self.used_bytes()))
    }

    /// A path's directory and name. Directories nobody created but the root of a path exist by themselves.
    pub fn place(&mut self, path: &Path) -> io::Result<(&mut Dir, String)> {
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

    pub fn file(&mut self, path: &Path) -> io::Result<usize> {
        let (dir, name) = self.place(path)?;
        match dir.live.get(&name) {
            Some(Node::File(inode)) => Ok(*inode),
            Some(Node::Dir) => Err(io::ErrorKind::IsADirectory.into()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    pub fn is_reachable(&self, path: &Path) -> bool {
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
    pub fn apply(bytes: &mut Vec<u8>, change: &Change) {
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

    pub fn change(&mut self, change: Change) {
        Inode::apply(&mut self.live, &change);
        self.unsynced.push(change);
    }

    pub fn sync(&mut self) {
        for change in std::mem::take(&mut self.unsynced) {
            Inode::apply(&mut self.durable, &change);
            // What was written anew, or cut off, is in doubt no more.
            let (from, upto) = match &change {
                Change::Write { offset, bytes } => (*offset, offset + bytes.len()),
                Change::SetLen(len) => (*len, usize::MAX),
            };
            self.doubtful = self.doubtful.iter().flat_map(|doubtful| doubtful.without(from, upto)).collect();
        }
    }

    /// Keeps what is durable and, of the rest, each sector by chance.
    pub fn crash(&mut self, chance: &mut Chance, losses: &mut Losses) {
        let doubtful = std::mem::take(&mut self.doubtful);
        let unsynced = std::mem::take(&mut self.unsynced);
        // Whole-file fates are as likely as torn ones: all kept, none kept, half, most.
        let keep_percent = [0, 100, 50, 90][chance.below(4) as usize];
        let (mut n_kept, mut n_lost) = (0, 0);
        let mut keeps = || {
            let keeps = chance.below(100) < keep_percent;
            *if keeps { &mut n_kept } else { &mut n_lost } += 1;
            keeps
        };
        for change in doubtful.into_iter().chain(unsynced) {
            match change {
                Change::SetLen(len) => {
                    if keeps() {
                        self.durable.resize(len, 0);
                    }
                }
                Change::Write { offset, bytes } => {
                    let mut from = 0;
                    while from < bytes.len() {
                        let to = bytes.len().min(from + SECTOR_BYTES - (offset + from) % SECTOR_BYTES);
                        if keeps() {
                            let kept = Change::Write { offset: offset + from, bytes: bytes[from..to].to_vec() };
                            Inode::apply(&mut self.durable, &kept);
                        }
                        from = to;
                    }
                }
            }
        }
        losses.sectors += n_lost;
        losses.torn_files += u64::from(n_lost > 0 && n_kept > 0);
        self.live = self.durable.clone();
    }
}

impl Dir {
    pub fn change(&mut self, change: NameChange) {
        Dir::apply(&mut self.live, &change);
        self.unsynced.push(change);
    }

    pub fn apply(names: &mut BTreeMap<String, Node>, change: &NameChange) {
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

    pub fn sync(&mut self) {
        for change in std::mem::take(&mut self.unsynced) {
            Dir::apply(&mut self.durable, &change);
        }
    }

    /// Paths of the directories in it.
    pub fn folders(&self, own: &Path) -> Vec<PathBuf> {
        let folders = self.live.iter().filter(|(_, node)| **node == Node::Dir);
        folders.map(|(name, _)| own.join(name)).collect()
    }

    /// Keeps the unsynced changes up to some point, as a journal that loses its end; or those of each
    /// file by chance, as a file system that promises no order between names.
    pub fn crash(&mut self, chance: &mut Chance, losses: &mut Losses) {
        let unsynced = std::mem::take(&mut self.unsynced);
        let n_first = chance.below(unsynced.len() as u64 + 1) as usize;
        let in_order = chance.below(2) == 0;
        // A file's own changes keep their order, through its renames too: `a.tmp` and `a` are one chain.
        let mut fates: BTreeMap<String, bool> = BTreeMap::new();
        let (mut n_lost, mut reordered) = (0, false);
        for (at, change) in unsynced.iter().enumerate() {
            let keep = if in_order {
                at < n_first
            } else {
                let (from, to) = change.names();
                let before = fates.get(from).copied().unwrap_or(true) && fates.get(to).copied().unwrap_or(true);
                let keep = before && chance.below(2) == 0;
                fates.insert(from.to_owned(), keep);
                fates.insert(to.to_owned(), keep);
                keep
            };
            if keep {
                Dir::apply(&mut self.durable, change);
                reordered |= n_lost > 0;
            } else {
                n_lost += 1;
            }
        }
        losses.names += n_lost;
        losses.reordered_dirs += u64::from(reordered);
        self.live = self.durable.clone();
    }
}

impl NameChange {
    /// The names it touches; the same twice where it touches one.
    fn names(&self) -> (&str, &str) {
        match self {
            NameChange::Set(name, _) | NameChange::Remove(name) => (name, name),
            NameChange::Rename(from, to) => (from, to),
        }
    }
}

/// SplitMix64: enough chance for a simulation, and the same on every machine.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}
