//! How much of the time the server counted at all: the difference between "nothing happened" and
//! "nobody looked".
//!
//! Kept in cells like any objective's: the microseconds of a slice that were measured are its good
//! events, those that were not its bad ones.

use super::lane::Lane;
use super::{CellStore, History, MARKS, tier};
use crate::key::ObjectiveKey;
use crate::model::{Counts, Stretch};
use nines_base::{DurationUs, Timestamp};

/// Silence between two heartbeats beyond which nothing ran. Heartbeats come every second; ten allow
/// for a slow disk or a busy machine.
pub const HEARTBEAT_GAP_MAX: DurationUs = DurationUs::from_secs(10);

/// How much of a stretch of time was measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Coverage {
    /// Microseconds in which the server took every span it was sent.
    pub measured_us: u64,
    /// Microseconds in which it did not, or did not run.
    pub unmeasured_us: u64,
}

impl Coverage {
    /// The one of which the smaller part was measured. One of which nothing is known says nothing.
    pub fn worse(self, other: Coverage) -> Coverage {
        let all_us = |coverage: Coverage| u128::from(coverage.measured_us) + u128::from(coverage.unmeasured_us);
        if all_us(self) == 0 || all_us(other) == 0 {
            return if all_us(self) == 0 { other } else { self };
        }
        let (mine, theirs) =
            (u128::from(self.measured_us) * all_us(other), u128::from(other.measured_us) * all_us(self));
        if theirs < mine { other } else { self }
    }

    /// Measured over all; `None` where nothing is known of the stretch. For display only.
    pub fn ratio(self) -> Option<f64> {
        let all_us = self.measured_us as f64 + self.unmeasured_us as f64;
        (all_us > 0.0).then(|| self.measured_us as f64 / all_us)
    }
}

impl CellStore {
    /// Says that the server is alive, about once a second. The time since the last heartbeat counts as
    /// measured unless `took_all` is false (spans were refused since) or it is longer than
    /// [`HEARTBEAT_GAP_MAX`]. The first heartbeat of all only starts the record; a clock that went back
    /// is waited for.
    pub fn heartbeat(&mut self, now: Timestamp, took_all: bool) {
        self.advance(now);
        match self.heartbeat {
            Some(last) if now <= last => return,
            Some(last) => {
                let is_measured = took_all && now - last <= HEARTBEAT_GAP_MAX;
                self.record(Stretch { after: last, upto: now }, is_measured);
            }
            None => {}
        }
        self.heartbeat = Some(now);
        self.changed.push((ObjectiveKey::LIVENESS, MARKS, 0));
    }

    /// When the server last said that it was alive, restarts included.
    pub fn last_heartbeat(&self) -> Option<Timestamp> {
        self.heartbeat
    }

    /// How much of a stretch was measured.
    pub fn coverage(&self, stretch: Stretch) -> Coverage {
        let Counts { good, bad } = self.sum(ObjectiveKey::LIVENESS, stretch).counts;
        Coverage { measured_us: good, unmeasured_us: bad }
    }

    /// Counts a stretch of time as measured or not.
    pub(crate) fn record(&mut self, stretch: Stretch, is_measured: bool) {
        self.histories.entry(ObjectiveKey::LIVENESS).or_insert_with(|| {
            // Windows under an hour ask in seconds; the mark says how long those are kept.
            self.changed.push((ObjectiveKey::LIVENESS, MARKS, i64::from(tier::ONE_SECOND.slice_s)));
            let mut history = History::default();
            history.lanes.insert(0, Lane::new(tier::ONE_SECOND, 0));
            history
        });
        self.spread(ObjectiveKey::LIVENESS, stretch, is_measured);
    }

    /// Adds the microseconds of a stretch to every slice they lie in, as measured or not.
    pub(super) fn spread(&mut self, key: ObjectiveKey, stretch: Stretch, is_measured: bool) {
        let clock_s = self.clock_s;
        let history = self.histories.entry(key).or_default();
        for lane in &mut history.lanes {
            let slice_us = lane.length_s() * 1_000_000;
            let kept_from_us = lane.kept_from_s(clock_s).saturating_mul(1_000_000);
            let mut at_us = stretch.after.0.max(kept_from_us);
            while at_us < stretch.upto.0 {
                let slice = at_us.div_euclid(slice_us);
                let until_us = (slice + 1).saturating_mul(slice_us).min(stretch.upto.0);
                let length_us = (until_us - at_us).unsigned_abs();
                let counts =
                    if is_measured { Counts { good: length_us, bad: 0 } } else { Counts { good: 0, bad: length_us } };
                if lane.count(slice, counts) {
                    self.changed.push((key, lane.tier.slice_s, slice));
                }
                at_us = until_us;
            }
        }
    }
}
