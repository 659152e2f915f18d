//! How fast the past is gone through.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Spans read before the thread rests for as long as that took: some ten milliseconds of work.
const SPANS_PER_STEP: u64 = 20_000;

/// Longest rest: where a step took long because of the disk, resting as long again would make it a crawl.
const REST_MAX: Duration = Duration::from_millis(100);

/// How fast stored spans are read: half of a core, and no longer than the judge goes on. A span that is skipped is
/// read too, so it counts as any other.
pub(in crate::sli) struct Pace<'s> {
    stopping: &'s AtomicBool,
    n_read: u64,
    rested: Instant,
}

impl Pace<'_> {
    pub fn new(stopping: &AtomicBool) -> Pace<'_> {
        Pace { stopping, n_read: 0, rested: Instant::now() }
    }

    /// One more span was read; `at_rest` is done before a rest. Whether to go on.
    pub fn step(&mut self, at_rest: impl FnOnce()) -> ControlFlow<()> {
        self.n_read += 1;
        if self.n_read.is_multiple_of(SPANS_PER_STEP) {
            at_rest();
            return self.rest();
        }
        self.go_on()
    }

    /// Rests for as long as the work since the last rest took. Whether to go on.
    pub fn rest(&mut self) -> ControlFlow<()> {
        std::thread::sleep(rest_after(self.rested.elapsed()));
        self.rested = Instant::now();
        self.go_on()
    }

    fn go_on(&self) -> ControlFlow<()> {
        if self.stopping.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// How long to rest after so much work.
fn rest_after(work: Duration) -> Duration {
    work.min(REST_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_span_that_is_read_counts_for_rests_and_is_where_a_stop_is_heeded() {
        let stopping = AtomicBool::new(false);
        let (mut pace, mut n_rests) = (Pace::new(&stopping), 0);
        for _ in 0..2 * SPANS_PER_STEP {
            assert!(pace.step(|| n_rests += 1).is_continue());
        }
        assert_eq!(n_rests, 2);
        stopping.store(true, Ordering::Relaxed);
        assert!(pace.step(|| ()).is_break());
        assert_eq!(rest_after(Duration::from_millis(30)), Duration::from_millis(30));
        assert_eq!(rest_after(Duration::from_secs(30)), REST_MAX, "a slow disk does not make it a crawl");
    }
}
