//! The disk as a parameter: real in the binary, simulated where crashes and faults are rehearsed.
//!
//! Only what a store that is careful about durability needs: whole-file reads and positioned writes,
//! `fdatasync`, rename inside one directory, directory sync, and a lock. Does not know what the files
//! mean.
//!
//! What a caller may rely on, and the simulation breaks everything else:
//! - Written bytes are durable once [`VfsFile::sync_data`] returned without error; before that, any
//!   sector of them ([`SECTOR_BYTES`]) may be lost on its own: it is then what it was, or zeros where the
//!   file ended before.
//! - A created, renamed or removed name is durable once [`Vfs::sync_dir`] of its directory returned; before
//!   that, changes of different names may survive in any order.
//! - A rename is atomic: after a crash the target is the old file or the new one, whole.
//! - After a failed sync nothing is known about the bytes it covered, and a later sync proves nothing.

mod real;
mod sim;
#[cfg(test)]
mod tests;

pub use real::{FreeSpace, RealVfs};
pub use sim::{Fault, Losses, Op, SimVfs};

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Unit in which unsynced bytes are lost: the smallest write a disk promises not to tear.
pub const SECTOR_BYTES: usize = 512;

/// An entry of a directory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DirEntry {
    /// Its name, without the directory.
    pub name: String,
    /// Whether it is a directory itself.
    pub is_dir: bool,
    /// Length in bytes; 0 for a directory.
    pub len_bytes: u64,
}

/// A file system. Paths are taken as they are; directories must exist before files in them.
pub trait Vfs: Send + Sync {
    /// Opens an existing file for reading.
    fn open(&self, path: &Path) -> io::Result<Arc<dyn VfsFile>>;

    /// Opens an existing file for reading and writing.
    fn open_write(&self, path: &Path) -> io::Result<Arc<dyn VfsFile>>;

    /// Creates a file that does not exist yet, for reading and writing.
    fn create(&self, path: &Path) -> io::Result<Arc<dyn VfsFile>>;

    /// Renames a file inside its directory, replacing the target if there is one.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Creates a directory; one that is already there is fine.
    fn create_dir(&self, path: &Path) -> io::Result<()>;

    /// Removes an empty directory.
    fn remove_dir(&self, path: &Path) -> io::Result<()>;

    /// The entries of a directory, sorted by name.
    fn list(&self, dir: &Path) -> io::Result<Vec<DirEntry>>;

    /// Makes the names in a directory durable.
    fn sync_dir(&self, dir: &Path) -> io::Result<()>;

    /// Bytes that can still be written under `dir`.
    fn free_space(&self, dir: &Path) -> io::Result<u64>;

    /// Takes the lock file at `path`, creating it if need be, and leaves `note` in it for whoever comes
    /// second. The lock ends with the returned value or the process, whichever is first.
    fn lock(&self, path: &Path, note: &str) -> Result<Box<dyn VfsLock>, LockError>;
}

/// An open file. All methods take `&self`; concurrent use is the caller's to order.
pub trait VfsFile: Send + Sync {
    /// Reads up to `into.len()` bytes at `offset`; 0 at the end.
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize>;

    /// Writes all of `bytes` at `offset`, growing the file if need be.
    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<()>;

    /// Cuts the file to `len_bytes`.
    fn set_len(&self, len_bytes: u64) -> io::Result<()>;

    /// Makes all written bytes and the length durable.
    fn sync_data(&self) -> io::Result<()>;

    /// Length in bytes.
    fn len_bytes(&self) -> io::Result<u64>;

    /// Writes `bytes` at the end.
    fn append(&self, bytes: &[u8]) -> io::Result<()> {
        self.write_at(self.len_bytes()?, bytes)
    }

    /// Fills `into` from `offset`, or fails with `UnexpectedEof`.
    fn read_exact_at(&self, mut offset: u64, mut into: &mut [u8]) -> io::Result<()> {
        while !into.is_empty() {
            let n_read = self.read_at(offset, into)?;
            if n_read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            offset += n_read as u64;
            into = &mut into[n_read..];
        }
        Ok(())
    }
}

/// Reads a whole file.
pub fn read_file(vfs: &dyn Vfs, path: &Path) -> io::Result<Vec<u8>> {
    let file = vfs.open(path)?;
    let len = usize::try_from(file.len_bytes()?).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
    let mut bytes = vec![0; len];
    file.read_exact_at(0, &mut bytes)?;
    Ok(bytes)
}

/// Holds a lock for as long as it lives.
pub trait VfsLock: Send + Sync {}

/// Why a lock was not taken.
#[derive(Debug)]
pub enum LockError {
    /// Another holder has it; `note` is what it left.
    Held {
        /// The holder's note; empty if it could not be read.
        note: String,
    },
    /// The lock file could not be opened or written.
    Io(io::Error),
}

impl fmt::Display for LockError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LockError::Held { note } if note.is_empty() => out.write_str("held by another process"),
            LockError::Held { note } => write!(out, "held by {note}"),
            LockError::Io(_) => out.write_str("take the lock"),
        }
    }
}

impl std::error::Error for LockError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            LockError::Held { .. } => None,
            LockError::Io(source) => Some(source),
        }
    }
}
