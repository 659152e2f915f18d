//! Looking around among spans: which values they have, what sets some of them apart, single ones as dots.
//!
//! Every question is of two sets: the spans that match a filter in a window, and a selection among them. What
//! would take longer than a person waits is left out and told ([`Budget`]).

mod compare;
mod facets;
mod features;
mod sample;
mod scatter;
mod sets;

pub use compare::compare;
pub use facets::facets;
pub use scatter::scatter;

use nines_storage::{Gap, Gaps};
use std::time::{Duration, Instant};

/// Longest time that one answer may take: longer, and people believe that nothing happens.
const EXPLORE_MS_MAX: u64 = 2_000;

/// The time that is left for an answer.
struct Budget {
    until: Instant,
}

impl Budget {
    fn starting_at(started: Instant) -> Budget {
        Budget { until: started + Duration::from_millis(EXPLORE_MS_MAX) }
    }

    /// Whether nothing more may be begun; then the answer says so.
    fn is_spent(&self, gaps: &mut Gaps) -> bool {
        let is_spent = Instant::now() >= self.until;
        if is_spent {
            gaps.add(Gap::Limit { name: "explore_ms_max", max: EXPLORE_MS_MAX });
        }
        is_spent
    }
}
