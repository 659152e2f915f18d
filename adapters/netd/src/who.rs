//! Who is at the other end of a Unix socket, as the kernel says.

use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;

/// A process and its user, when it connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Who {
    /// The user.
    pub uid: u32,
    /// The process; 0 where it is of another namespace.
    pub pid: i32,
}

impl Who {
    /// The peer of a socket (`SO_PEERCRED`).
    ///
    /// # Errors
    /// Where the kernel does not say.
    #[allow(unsafe_code)]
    pub fn of(stream: &UnixStream) -> Result<Who, io::Error> {
        let mut told = libc::ucred { pid: 0, uid: u32::MAX, gid: u32::MAX };
        let mut n_bytes = size_of::<libc::ucred>() as libc::socklen_t;
        let to = std::ptr::from_mut(&mut told).cast();
        // SAFETY: the descriptor is open as long as the stream is borrowed; the kernel writes at most `n_bytes` at `to`.
        let answer =
            unsafe { libc::getsockopt(stream.as_raw_fd(), libc::SOL_SOCKET, libc::SO_PEERCRED, to, &raw mut n_bytes) };
        if answer == 0 { Ok(Who { uid: told.uid, pid: told.pid }) } else { Err(io::Error::last_os_error()) }
    }
}
