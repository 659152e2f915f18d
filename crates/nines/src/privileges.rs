//! The server needs no privilege: what it was started with it gives up.

use std::net::SocketAddr;

/// Gives up every capability of the process, but that of listening on a port below 1024 where one is asked for. To be
/// called before there is a second thread. Files are then read and written as the user's alone.
///
/// # Errors
/// Where the kernel refuses.
#[cfg(target_os = "linux")]
pub fn give_up(listen: &[SocketAddr]) -> Result<(), std::io::Error> {
    use rustix::thread::{CapabilitySet, CapabilitySets, capabilities, set_capabilities};
    /// Ports below this one are the system's.
    const FIRST_FREE_PORT: u16 = 1024;
    let has_low_port = listen.iter().any(|address| (1..FIRST_FREE_PORT).contains(&address.port()));
    let needed = if has_low_port { CapabilitySet::NET_BIND_SERVICE } else { CapabilitySet::empty() };
    let CapabilitySets { permitted, .. } = capabilities(None)?;
    if permitted.is_empty() {
        return Ok(());
    }
    let kept = permitted & needed;
    let sets = CapabilitySets { effective: kept, permitted: kept, inheritable: CapabilitySet::empty() };
    set_capabilities(None, sets).map_err(std::io::Error::from)
}

/// Elsewhere there are no capabilities.
#[cfg(not(target_os = "linux"))]
pub fn give_up(_: &[SocketAddr]) -> Result<(), std::io::Error> {
    Ok(())
}
