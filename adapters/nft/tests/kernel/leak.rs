//! Packets never meet a state that is half applied.

use nines_nft::leak;

/// Swaps of a quick run. The example `leak` makes 20 000, and as many all at once, which lets packets through here.
const SWAPS: u32 = 2000;

pub fn steps() {
    let leak = leak::swap_in_steps(SWAPS).unwrap_or_else(|error| panic!("{error}"));
    eprintln!("  {leak:?}");
    assert!(leak.n_packets > u64::from(SWAPS), "too few packets to tell: {leak:?}");
    assert_eq!(leak.n_missed, 0, "{leak:?}");
}
