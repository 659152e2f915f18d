//! Admission by bytes in flight: overload is refused before a body is read, never after it was taken.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes of request bodies that may be held at once, decoded or waiting for their sync.
///
/// 96 MiB is nine bodies of the largest size, or two thousand of the usual 43 kB: far more than the
/// disk can be behind, and a quarter of the default memory ceiling.
pub const IN_FLIGHT_BYTES_MAX: usize = 96 << 20;

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
