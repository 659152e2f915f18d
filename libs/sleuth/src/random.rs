//! Random ids and jitter: xorshift64*, one generator a thread, seeded from the standard library's random
//! hash keys. Ids must not collide; they need not be unguessable.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroU64;

thread_local! {
    // `RandomState` draws its keys from the operating system; `| 1` because zero is xorshift's fixed point.
    static STATE: Cell<u64> = Cell::new(RandomState::new().hash_one(0x9e37_79b9_7f4a_7c15_u64) | 1);
}

/// The next random number, never zero.
pub(crate) fn random_u64() -> NonZeroU64 {
    STATE.with(|state| {
        let mut x = state.get();
        x ^= x >> 12;
        x ^= x << 25;
        x ^= x >> 27;
        state.set(x);
        // The multiplier is odd, so a non-zero state gives a non-zero product; the other branch is never taken.
        NonZeroU64::new(x.wrapping_mul(0x2545_f491_4f6c_dd1d)).unwrap_or(NonZeroU64::MIN)
    })
}

/// A random number in `0.0..1.0`.
pub(crate) fn random_unit() -> f64 {
    // The upper 53 bits fill a double's mantissa exactly.
    (random_u64().get() >> 11) as f64 / (1_u64 << 53) as f64
}
