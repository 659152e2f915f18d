//! How large a disk is.

use std::io;
use std::path::Path;

/// Bytes of the whole disk that `path` is on.
pub fn total_bytes(path: &Path) -> io::Result<u64> {
    let disk = rustix::fs::statvfs(path)?;
    Ok(disk.f_blocks.saturating_mul(disk.f_frsize))
}
