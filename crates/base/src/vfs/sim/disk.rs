//! What a simulated disk holds: durable and live state apart, and the fate of the difference.

use super::{Fault, Op};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Unit in which unsynced bytes are lost: the smallest write a disk promises not to tear.
const SECTOR_BYTES: usize = 512;

/// The whole disk.
#[derive(Default)]
pub struct Disk {
    /// Counts crashes; a handle of an earlier one is dead.
    pub boot: u64,
    pub powered_off: bool,
    pub n_ops: u64,
    pub crash_after: Option<u64>,
    pub faults: Vec<(Op, u64, Fault)>,
    pub capacity_bytes: Option<u64>,
    pub inodes: Vec<Inode>,
    pub dirs: BTreeMap<PathBuf, Dir>,
    pub locks: BTreeMap<PathBuf, String>,
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
        }
    }

    /// Keeps what is durable and, of the rest, each sector by chance.
    pub fn crash(&mut self, chance: &mut Chance) {
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

    /// Keeps the unsynced changes up to some point: a journal loses its end.
    pub fn crash(&mut self, chance: &mut Chance) {
        let unsynced = std::mem::take(&mut self.unsynced);
        let n_kept = chance.below(unsynced.len() as u64 + 1) as usize;
        for change in &unsynced[..n_kept] {
            Dir::apply(&mut self.durable, change);
        }
        self.live = self.durable.clone();
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
