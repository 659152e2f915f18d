//! Which traces are recorded, where the caller left that open.

use crate::id::TraceId;

/// Decides for a trace that has no decision yet. A caller's decision is always kept.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
#[non_exhaustive]
pub enum Sampler {
    /// Records every trace: right wherever objectives are counted from spans.
    #[default]
    Always,
    /// Records none.
    Never,
    /// Records this share of traces, `0.0..=1.0`, by the trace id alone: every service that asks with the
    /// same share gives the same answer.
    Share(f64),
}

impl Sampler {
    /// True when the trace is to be recorded.
    pub fn keeps(&self, trace_id: TraceId) -> bool {
        match *self {
            Sampler::Always => true,
            Sampler::Never => false,
            Sampler::Share(share) if share >= 1.0 => true,
            // Random ids spread evenly, so the lowest `share` of them is a fair sample.
            // A share that is not a number keeps nothing: the cast makes it 0.
            Sampler::Share(share) => trace_id.low() < (share * u64::MAX as f64) as u64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_kept_and_stable_by_id() {
        fn check(share: f64, expect: std::ops::RangeInclusive<usize>) {
            let kept = (0..10_000).filter(|_| Sampler::Share(share).keeps(TraceId::random(true))).count();
            assert!(expect.contains(&kept), "{share}: {kept}");
        }
        check(0.0, 0..=0);
        check(f64::NAN, 0..=0);
        check(0.1, 850..=1150);
        check(1.0, 10_000..=10_000);
        let id = TraceId::random(false);
        assert_eq!(Sampler::Share(0.5).keeps(id), Sampler::Share(0.5).keeps(id));
    }
}
