//! How long to wait before a message is sent again.

use std::time::Duration;

use crate::random::random_unit;

/// Upper bound of the first wait; each further one doubles it.
pub const BACKOFF_FIRST: Duration = Duration::from_millis(100);
/// Upper bound of any wait: a server that comes back is noticed within it.
pub const BACKOFF_MAX: Duration = Duration::from_secs(10);
/// Longest `Retry-After` that is believed: a wrong clock or a hostile proxy must not silence a service.
pub const RETRY_AFTER_MAX: Duration = Duration::from_secs(30);

/// The wait after the failed attempt number `attempt` (from 0), given what the server asked for.
pub(crate) fn wait_after(attempt: u32, retry_after: Option<Duration>) -> Duration {
    spread(attempt, retry_after, random_unit())
}

/// `unit` in `0.0..1.0` spreads the clients of one server, so that they do not come back in step.
fn spread(attempt: u32, retry_after: Option<Duration>, unit: f64) -> Duration {
    match retry_after {
        // Not before what was asked, and up to a quarter later.
        Some(asked) => asked.min(RETRY_AFTER_MAX).mul_f64(1.0 + unit / 4.0),
        None => {
            // 2^7 of the first wait is above the largest, so a larger exponent changes nothing.
            let bound = BACKOFF_FIRST.saturating_mul(1 << attempt.min(7)).min(BACKOFF_MAX);
            // At least half: a retry at once would be no wait at all.
            bound.mul_f64(0.5 + unit / 2.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_to_a_bound_and_spread() {
        fn check(attempt: u32, retry_after_ms: Option<u64>, low_ms: u64, high_ms: u64) {
            let wait = |unit| spread(attempt, retry_after_ms.map(Duration::from_millis), unit).as_millis() as u64;
            assert_eq!((wait(0.0), wait(1.0)), (low_ms, high_ms), "attempt {attempt}");
        }
        check(0, None, 50, 100);
        check(1, None, 100, 200);
        check(6, None, 3_200, 6_400);
        check(7, None, 5_000, 10_000);
        check(u32::MAX, None, 5_000, 10_000);
        check(0, Some(2_000), 2_000, 2_500);
        check(0, Some(0), 0, 0);
        check(9, Some(86_400_000), 30_000, 37_500);
    }
}
