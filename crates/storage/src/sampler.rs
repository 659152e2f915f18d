//! Which spans are kept after they were counted: Zipkin's rule, by trace id.
//!
//! The decision depends on nothing but the span itself, so every server of an installation, and the same one
//! after a restart, decides alike. It is Zipkin's to the last bit, so that both may stand behind one balancer.

use nines_base::TraceId;
use nines_span::{Batch, SpanView};
use thiserror::Error;

/// Keeps a share of all traces. Where all are kept there is none: see [`Sampler::of_rate`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sampler {
    /// Largest distance from zero of the low half of a trace id that is kept.
    boundary: i64,
}

/// A rate that is no share.
#[derive(Clone, Copy, PartialEq, Debug, Error)]
#[error("a rate lies between 0 and 1, {0} does not")]
pub struct NoRate(pub f32);

impl Sampler {
    /// The rule that keeps `rate` of all traces; none where it is 1, as there is nothing to decide.
    pub fn of_rate(rate: f32) -> Result<Option<Sampler>, NoRate> {
        if !(0.0..=1.0).contains(&rate) {
            return Err(NoRate(rate));
        }
        // In single precision and cut towards zero, as Zipkin computes it: another boundary would decide
        // otherwise for some traces.
        let sampler = Sampler { boundary: (i64::MAX as f32 * rate) as i64 };
        Ok((rate < 1.0).then_some(sampler))
    }

    /// Whether a span of this trace is kept; one that asks for debugging always is.
    #[inline]
    pub fn keeps(self, trace_id: TraceId, debug: bool) -> bool {
        // Saturating, the most negative number counts as the largest.
        debug || (trace_id.low() as i64).saturating_abs() <= self.boundary
    }

    /// The same of a span in a batch.
    #[inline]
    pub fn keeps_span(self, view: &SpanView<'_, '_>) -> bool {
        self.keeps(view.span.trace_id, view.span.debug)
    }

    /// Spans of a batch that are counted and not kept.
    pub fn n_left_out(self, batch: &Batch<'_>) -> u64 {
        batch.spans.iter().filter(|span| !self.keeps(span.trace_id, span.debug)).count() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST_NEGATIVE: u128 = 1 << 63;
    const LARGEST: u128 = (1 << 63) - 1;

    #[test]
    fn a_span_is_kept_by_the_distance_of_its_low_half_from_zero() {
        // A tenth in single precision is 0x3dcc_cccd: the boundary ends in as many zeros as it has no bits for.
        let tenth = 0x0ccc_ccd0_0000_0000;
        for (rate, id, debug, is_kept) in [
            (0.1, 0, false, true),
            (0.1, 1, false, true),
            (0.1, tenth, false, true),
            (0.1, tenth + 1, false, false),
            (0.1, u128::from(u64::MAX), false, true),
            (0.1, u128::from((-(tenth as i64)) as u64), false, true),
            (0.1, u128::from((-(tenth as i64) - 1) as u64), false, false),
            (0.1, LARGEST, false, false),
            (0.1, MOST_NEGATIVE, false, false),
            (0.1, MOST_NEGATIVE, true, true),
            (0.1, u128::from(u64::MAX) << 64 | 1, false, true),
            (0.1, 1 << 64 | LARGEST, false, false),
            (0.0, 1, false, false),
            (0.0, u128::from(u64::MAX), false, false),
            (0.0, LARGEST, false, false),
            (0.0, 1, true, true),
            // All low bits are zero: the boundary of 0 keeps exactly this one, as Zipkin's does.
            (0.0, 1 << 64, false, true),
            (0.5, 1 << 62, false, true),
            (0.5, (1 << 62) + 1, false, false),
        ] {
            let sampler = Sampler::of_rate(rate).unwrap().unwrap();
            assert_eq!(sampler.keeps(TraceId(id), debug), is_kept, "{id:032x} at {rate}, debug {debug}");
        }
    }

    #[test]
    fn a_rate_of_one_decides_nothing_and_one_outside_is_refused() {
        assert_eq!(Sampler::of_rate(1.0), Ok(None));
        for wrong in [-0.1, 1.1, -1.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            assert!(Sampler::of_rate(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn about_the_share_asked_for_is_kept_of_random_ids() {
        let mut state = 9u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state ^ state >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9)
        };
        let sampler = Sampler::of_rate(0.1).unwrap().unwrap();
        let n_kept = (0..100_000).filter(|_| sampler.keeps(TraceId(random().into()), false)).count();
        assert!((9_700..10_300).contains(&n_kept), "{n_kept}");
    }
}
