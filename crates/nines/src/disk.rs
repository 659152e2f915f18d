//! How large a disk is, and how much of it an ordinary user can still write.

use std::io;
use std::path::Path;

/// Bytes an ordinary user can still write under `path`.
pub fn free_bytes(path: &Path) -> io::Result<u64> {
    let disk = rustix::fs::statvfs(path)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Bytes of the whole disk that `path` is on.
pub fn total_bytes(path: &Path) -> io::Result<u64> {
    let disk = rustix::fs::statvfs(path)?;
    Ok(disk.f_blocks.saturating_mul(disk.f_frsize))
}
