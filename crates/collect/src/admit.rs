//! Admission by bytes in flight: overload is refused while a body comes in, never after it was taken.

use crate::body::BODY_BYTES_MAX;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes of request bodies that may be held at once, decoded or waiting for their sync, at most and at least: nine
/// bodies of the largest size, or two thousand of the usual 43 kB, are far more than the disk can be behind; two of
/// the largest must fit.
const IN_FLIGHT_BYTES_MOST: usize = 96 << 20;
const IN_FLIGHT_BYTES_LEAST: usize = 2 * BODY_BYTES_MAX;

/// The share of a server's memory that bodies may take: their buffers take up to twice of it.
const IN_FLIGHT_SHARE: u64 = 10;

/// Bytes of bodies that a server which may take `memory_bytes` in all holds at once.
pub fn in_flight_bytes_max(memory_bytes: u64) -> usize {
    let share = usize::try_from(memory_bytes / IN_FLIGHT_SHARE).unwrap_or(usize::MAX);
    share.clamp(IN_FLIGHT_BYTES_LEAST, IN_FLIGHT_BYTES_MOST)
}

/// How long a refused sender is asked to wait.
pub const RETRY_AFTER_SECONDS: u32 = 1;

/// Counts the bytes of bodies between arrival and acknowledgement.
#[derive(Clone, Debug)]
pub struct Admission {
    held: Arc<AtomicUsize>,
    max: usize,
}

/// A share of the bytes in flight, given back on drop.
#[derive(Debug)]
pub struct InFlight {
    held: Arc<AtomicUsize>,
    bytes: usize,
    max: usize,
}

impl Admission {
    /// Admits up to `bytes_max` at once.
    pub fn new(bytes_max: usize) -> Admission {
        Admission { held: Arc::new(AtomicUsize::new(0)), max: bytes_max }
    }

    /// An empty share; [`InFlight::grow`] takes bytes for it.
    pub fn enter(&self) -> InFlight {
        InFlight { held: self.held.clone(), bytes: 0, max: self.max }
    }

    /// Bytes held now.
    pub fn bytes_held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }
}

impl InFlight {
    /// Takes `bytes` more; `false` where that would pass the limit, and then nothing was taken.
    pub fn grow(&mut self, bytes: usize) -> bool {
        let before = self.held.fetch_add(bytes, Ordering::AcqRel);
        if before + bytes > self.max {
            self.held.fetch_sub(bytes, Ordering::AcqRel);
            return false;
        }
        self.bytes += bytes;
        true
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.held.fetch_sub(self.bytes, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_beyond_the_limit_are_refused_and_given_back_on_drop() {
        let admission = Admission::new(100);
        let mut first = admission.enter();
        assert!(first.grow(60));
        assert!(!admission.enter().grow(50));
        assert!(first.grow(40));
        assert_eq!(admission.bytes_held(), 100);
        drop(first);
        assert_eq!(admission.bytes_held(), 0);
        assert!(admission.enter().grow(100));
    }
}
