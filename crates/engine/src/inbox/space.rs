//! How much room the disk has, asked often enough and not too often.

use nines_base::vfs::Vfs;
use nines_storage::StoreError;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Time between two looks. At a gigabyte a second, the reserve of 256 MB is filled in as long.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// Refuses new spans while the disk is nearly full.
pub struct Space {
    vfs: Arc<dyn Vfs>,
    dir: PathBuf,
    reserve_bytes: u64,
    /// Whether every call looks, so that a simulation does not depend on how long it takes.
    always: bool,
    /// A write found no room, whatever the numbers say.
    refused: AtomicBool,
    last: Mutex<Option<(Instant, u64)>>,
}

impl Space {
    /// Keeps `reserve_bytes` of the disk under `dir` free.
    pub fn new(vfs: Arc<dyn Vfs>, dir: PathBuf, reserve_bytes: u64, always: bool) -> Space {
        Space { vfs, dir, reserve_bytes, always, refused: AtomicBool::new(false), last: Mutex::new(None) }
    }

    /// Whether there is room for more spans.
    pub fn check(&self) -> Result<(), StoreError> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let free_bytes = match *last {
            Some((at, free_bytes)) if !self.always && at.elapsed() < LOOK_EVERY => free_bytes,
            _ => {
                // A file system that cannot say is taken to have room; a full one will refuse the write.
                let free_bytes = self.vfs.free_space(&self.dir).unwrap_or(u64::MAX);
                *last = Some((Instant::now(), free_bytes));
                free_bytes
            }
        };
        if free_bytes < self.reserve_bytes {
            let detail = format!("{free_bytes} bytes are free, {} are kept in reserve", self.reserve_bytes);
            return Err(StoreError::Full { detail });
        }
        if self.refused.load(Ordering::Relaxed) {
            return Err(StoreError::Full { detail: "the last write found no room".into() });
        }
        Ok(())
    }

    /// A write found no room, or found room again.
    pub fn set_refused(&self, refused: bool) {
        self.refused.store(refused, Ordering::Relaxed);
    }
}
