//! Whether the store takes spans, and if not, since which failure.

use nines_storage::StoreError;
use std::sync::{Mutex, PoisonError};

/// Set once, by the first failure or by closing.
#[derive(Default)]
pub struct Health {
    stopped: Mutex<Option<String>>,
}

impl Health {
    /// The failure that stopped the store.
    pub fn check(&self) -> Result<(), StoreError> {
        match &*self.stopped.lock().unwrap_or_else(PoisonError::into_inner) {
            None => Ok(()),
            Some(detail) => Err(StoreError::Stopped { detail: detail.clone() }),
        }
    }

    /// Stops the store for good and returns the error that it answers with from now on: that of the first failure.
    pub fn stop(&self, detail: &str) -> StoreError {
        let mut stopped = self.stopped.lock().unwrap_or_else(PoisonError::into_inner);
        StoreError::Stopped { detail: stopped.get_or_insert_with(|| detail.to_owned()).clone() }
    }
}
