//! A netlink socket: whole datagrams of the kernel in, requests out.

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::time::Duration;

use rustix::io::Errno;
use rustix::net::netlink::SocketAddrNetlink;
use rustix::net::{
    AddressFamily, Protocol, RecvFlags, SendFlags, SocketFlags, SocketType, bind, getsockname, recvfrom, sendto,
    socket_with, sockopt,
};

use crate::error::Error;

/// Bytes of a transaction at most: a hundred thousand rules of 500 bytes and some.
pub const REQUEST_BYTES_MAX: usize = 64 << 20;
/// Bytes that the kernel may queue for us: errors of ten thousand messages, or a burst of notifications.
const QUEUED_BYTES: usize = 16 << 20;
/// Bytes of a datagram of the kernel at most: dumps come in 32 KiB, an error may repeat one message.
const DATAGRAM_BYTES_MAX: usize = 256 << 10;

/// A netlink socket, bound.
#[derive(Debug)]
pub struct Socket {
    fd: OwnedFd,
    port: u32,
    buffer: Vec<u8>,
}

impl Socket {
    /// Opens one of a protocol, none for routing, and joins groups of notifications: bits from group 1 on.
    pub fn open(protocol: Option<Protocol>, groups: u32) -> Result<Socket, Error> {
        let failed = |step: &'static str| move |errno: Errno| Error::Open { step, source: errno.into() };
        let flags = SocketFlags::CLOEXEC;
        let fd = socket_with(AddressFamily::NETLINK, SocketType::RAW, flags, protocol).map_err(failed("making"))?;
        bind(&fd, &SocketAddrNetlink::new(0, groups)).map_err(failed("binding"))?;
        let own = getsockname(&fd).and_then(SocketAddrNetlink::try_from).map_err(failed("naming"))?;
        // The limits of the system hold for those who may not lift them; a transaction then has to fit.
        let _ = sockopt::set_socket_send_buffer_size_force(&fd, REQUEST_BYTES_MAX)
            .or_else(|_| sockopt::set_socket_send_buffer_size(&fd, REQUEST_BYTES_MAX));
        let _ = sockopt::set_socket_recv_buffer_size_force(&fd, QUEUED_BYTES)
            .or_else(|_| sockopt::set_socket_recv_buffer_size(&fd, QUEUED_BYTES));
        let open = Error::open;
        enable(&fd, libc::NETLINK_EXT_ACK).map_err(open("asking for words with errors"))?;
        enable(&fd, libc::NETLINK_CAP_ACK).map_err(open("asking for short errors"))?;
        Ok(Socket { fd, port: own.pid(), buffer: vec![0; DATAGRAM_BYTES_MAX] })
    }

    /// Joins these groups of notifications and leaves all others.
    pub fn join(&self, groups: u32) -> Result<(), Error> {
        let failed = |errno: Errno| Error::Open { step: "joining groups", source: errno.into() };
        bind(&self.fd, &SocketAddrNetlink::new(self.port, groups)).map_err(failed)
    }

    /// The descriptor, to wait for.
    pub fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }

    /// What the kernel knows it by.
    pub fn port(&self) -> u32 {
        self.port
    }

    /// Sends requests to the kernel, which has worked on them when this returns.
    pub fn send(&self, bytes: &[u8]) -> Result<(), Error> {
        let failed = |source: io::Error| Error::Send { n_bytes: bytes.len(), source };
        let kernel = SocketAddrNetlink::new(0, 0);
        let n_sent = sendto(&self.fd, bytes, SendFlags::empty(), &kernel).map_err(|errno| failed(errno.into()))?;
        if n_sent == bytes.len() { Ok(()) } else { Err(failed(io::ErrorKind::WriteZero.into())) }
    }

    /// The next datagram of the kernel that is already there.
    pub fn receive_now(&mut self) -> Result<Received<'_>, Error> {
        self.receive_with(RecvFlags::DONTWAIT)
    }

    /// The next datagram of the kernel, waited for as long as [`Socket::wait_at_most`] said.
    pub fn receive(&mut self) -> Result<Received<'_>, Error> {
        self.receive_with(RecvFlags::empty())
    }

    /// How long [`Socket::receive`] waits.
    pub fn wait_at_most(&self, wait: Duration) -> Result<(), Error> {
        // The kernel takes 0 for ever.
        let wait = wait.max(Duration::from_micros(1));
        sockopt::set_socket_timeout(&self.fd, sockopt::Timeout::Recv, Some(wait))
            .map_err(|errno| Error::Receive(errno.into()))
    }

    fn receive_with(&mut self, flags: RecvFlags) -> Result<Received<'_>, Error> {
        loop {
            let received = recvfrom(&self.fd, self.buffer.as_mut_slice(), flags | RecvFlags::TRUNC);
            let (_, n_bytes, from) = match received {
                Ok((read, n_bytes, from)) => (read, n_bytes, from),
                Err(Errno::INTR) => continue,
                Err(Errno::AGAIN) => return Ok(Received::Nothing),
                Err(Errno::NOBUFS) => return Ok(Received::Lost),
                Err(errno) => return Err(Error::Receive(errno.into())),
            };
            let from = from.and_then(|from| SocketAddrNetlink::try_from(from).ok());
            if from.is_none_or(|from| from.pid() != 0) {
                continue; // not the kernel
            }
            let too_long = || Error::Receive(io::Error::other("a datagram longer than any of the kernel's"));
            return Ok(Received::Datagram(self.buffer.get(..n_bytes).ok_or_else(too_long)?));
        }
    }
}

/// What there was to receive.
#[derive(Debug)]
pub enum Received<'a> {
    /// Messages.
    Datagram(&'a [u8]),
    /// Nothing, in the time given.
    Nothing,
    /// The kernel had more than fits; what it dropped is gone.
    Lost,
}

impl Error {
    fn open(step: &'static str) -> impl FnOnce(io::Error) -> Error {
        move |source| Error::Open { step, source }
    }
}

/// Turns an option of netlink on.
#[allow(unsafe_code)]
fn enable(fd: &OwnedFd, option: libc::c_int) -> Result<(), io::Error> {
    const ON: libc::c_int = 1;
    const LEN: libc::socklen_t = size_of::<libc::c_int>() as libc::socklen_t;
    // SAFETY: the descriptor is open as long as it is borrowed; the kernel reads LEN bytes at ON and keeps no pointer.
    let answer =
        unsafe { libc::setsockopt(fd.as_raw_fd(), libc::SOL_NETLINK, option, std::ptr::from_ref(&ON).cast(), LEN) };
    if answer == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}
