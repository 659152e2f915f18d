//! Time that no one sets and that goes on while the host sleeps, and the boot that it is counted from.

use std::io;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Where the kernel names the boot.
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

/// Time since the boot (`CLOCK_BOOTTIME`).
#[must_use]
pub fn since_boot() -> Duration {
    let now = clock_gettime(ClockId::Boottime);
    let seconds = u64::try_from(now.tv_sec).unwrap_or_default();
    Duration::new(seconds, u32::try_from(now.tv_nsec).unwrap_or_default())
}

/// The name of this boot: times and generations of another say nothing here.
///
/// # Errors
/// Where the kernel does not tell it.
pub fn boot_id() -> Result<String, io::Error> {
    std::fs::read_to_string(BOOT_ID).map(|text| text.trim().to_owned())
}
