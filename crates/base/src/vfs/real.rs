//! The machine's own file system.

use super::{DirEntry, LockError, Vfs, VfsFile, VfsLock};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use std::sync::Arc;

/// Tells how many bytes an ordinary user can still write under a directory. `std` cannot ask the
/// system that, so whoever may call it hands the answer in.
pub type FreeSpace = fn(&Path) -> io::Result<u64>;

/// [`Vfs`] on the real disk.
#[derive(Clone, Copy, Debug)]
pub struct RealVfs {
    free_space: FreeSpace,
}

impl RealVfs {
    /// The real disk, with a way to measure its free space.
    pub fn new(free_space: FreeSpace) -> RealVfs {
        RealVfs { free_space }
    }
}

impl Vfs for RealVfs {
    fn open(&self, path: &Path) -> io::Result<Arc<dyn VfsFile>> {
        Ok(Arc::new(RealFile(File::open(path)?)))
    }

    fn open_write(&self, path: &Path) -> io::Result<Arc<dyn VfsFile>> {
        Ok(Arc::new(RealFile(OpenOptions::new().read(true).write(true).open(path)?)))
    }

    fn create(&self, path: &Path) -> io::Result<Arc<dyn VfsFile>> {
        Ok(Arc::new(RealFile(OpenOptions::new().read(true).write(true).create_new(true).open(path)?)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        match std::fs::create_dir(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
            outcome => outcome,
        }
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_dir(path)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<DirEntry>> {
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(dir)? {
            let entry = entry?;
            // A file may go between the listing and the look at it; then it is not there.
            let meta = match entry.metadata() {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                meta => meta?,
            };
            let name = entry.file_name().to_string_lossy().into_owned();
            let len_bytes = if meta.is_dir() { 0 } else { meta.len() };
            entries.push(DirEntry { name, is_dir: meta.is_dir(), len_bytes });
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        File::open(dir)?.sync_all()
    }

    fn free_space(&self, dir: &Path) -> io::Result<u64> {
        (self.free_space)(dir)
    }

    fn lock(&self, path: &Path, note: &str) -> Result<Box<dyn VfsLock>, LockError> {
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(LockError::Io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut note = String::new();
                // The note is a courtesy: without it the lock is held all the same.
                let _ = file.read_to_string(&mut note);
                return Err(LockError::Held { note: note.trim_end().to_owned() });
            }
            Err(TryLockError::Error(error)) => return Err(LockError::Io(error)),
        }
        file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{note}")).map_err(LockError::Io)?;
        Ok(Box::new(RealLock { _file: file }))
    }
}

struct RealFile(File);

#[cfg(unix)]
impl VfsFile for RealFile {
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.0, into, offset)
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::write_all_at(&self.0, bytes, offset)
    }

    fn set_len(&self, len_bytes: u64) -> io::Result<()> {
        self.0.set_len(len_bytes)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.0.sync_data()
    }

    fn len_bytes(&self) -> io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }
}

/// The lock of the operating system on the open file; closing the file gives it back.
struct RealLock {
    _file: File,
}

impl VfsLock for RealLock {}
