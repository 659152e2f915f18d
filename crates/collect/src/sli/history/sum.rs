//! Sums and joins slices, one at a time.

use super::super::past::Pace;
use super::plan::{Step, next_step};
use super::{History, Judge, JudgeError};
use nines_storage::histograms::{SliceId, SliceSums, sum_slice};
use std::time::Instant;

impl Judge {
    /// Sums or joins one slice, if one is due; whether one was. What outlived its keep goes where none is.
    pub fn sum_history(&self) -> Result<bool, JudgeError> {
        let Some(kept) = self.history.get() else { return Ok(false) };
        let History { spans, histograms } = &kept.history;
        let now = self.clock.now();
        let (began, mut pace) = (Instant::now(), Pace::new(&self.stopping));
        let (id, sums) = match next_step(&histograms.slices(), self.stored_whole_from(), now) {
            None => {
                histograms.retain(now)?;
                return Ok(false);
            }
            Some(Step::Sum(id)) => (id, sum_slice(&**spans, id, &mut || pace.rest().is_continue())?),
            Some(Step::Join(id)) => (id, Some(joined(&kept.history, id))),
        };
        // Told to stop, it has no sum; the slice is summed after the next start.
        let Some(sums) = sums else { return Ok(false) };
        histograms.append(id, &sums)?;
        tracing::debug!(tier = ?id.tier, begin = id.begin.0, spans = sums.n_spans(), took = ?began.elapsed(), "summed");
        Ok(true)
    }
}

/// The sum of the slices there are of an hour or a day, one in memory at a time.
fn joined(history: &History, id: SliceId) -> SliceSums {
    let mut sums = SliceSums::default();
    for part in history.histograms.slices().into_iter().filter(|part| part.id.whole() == Some(id)) {
        match history.histograms.read(part.id) {
            Ok(Some(part)) => sums.take_part(&part),
            Ok(None) => {}
            Err(error) => {
                tracing::warn!(%error, "a slice of history is lost");
                sums.has_gaps = true;
            }
        }
    }
    sums.keep_to_limits();
    sums
}
