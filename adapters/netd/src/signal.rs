//! The word to stop, as something to wait for: no code runs in a signal's handler.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, FromRawFd, OwnedFd};

/// Readable once the process was told to stop (`SIGTERM`, `SIGINT`).
#[derive(Debug)]
pub struct Stop(OwnedFd);

impl Stop {
    /// Takes both signals from the calling thread, and from those it starts.
    ///
    /// # Errors
    /// Where the kernel has no descriptor for it.
    #[allow(unsafe_code)]
    pub fn listen() -> Result<Stop, io::Error> {
        // SAFETY: a set of signals is plain numbers that `sigemptyset` fills; the kernel keeps no pointer to it, and the
        // descriptor that it gives is ours alone.
        unsafe {
            let mut signals: libc::sigset_t = std::mem::zeroed();
            libc::sigemptyset(&raw mut signals);
            libc::sigaddset(&raw mut signals, libc::SIGTERM);
            libc::sigaddset(&raw mut signals, libc::SIGINT);
            if libc::pthread_sigmask(libc::SIG_BLOCK, &raw const signals, std::ptr::null_mut()) != 0 {
                return Err(io::Error::last_os_error());
            }
            let fd = libc::signalfd(-1, &raw const signals, libc::SFD_CLOEXEC | libc::SFD_NONBLOCK);
            if fd < 0 { Err(io::Error::last_os_error()) } else { Ok(Stop(OwnedFd::from_raw_fd(fd))) }
        }
    }
}

impl AsFd for Stop {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}
