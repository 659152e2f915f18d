//! Raw sockets: packets put on a wire, and packets as a local process sends them.
#![expect(unsafe_code, reason = "the standard library has no raw sockets; each call is one of libc's, checked")]

use core::net::IpAddr;
use nines_traffic::net::Family;
use std::io::Error;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};

/// Puts IP packets on one end of a virtual wire.
#[derive(Debug)]
pub struct Wire {
    socket: Marked,
    to: libc::sockaddr_ll,
}

impl Wire {
    /// By the interface of this number, to the hardware address at its other end.
    pub fn open(index: u32, hardware: [u8; 6], family: Family) -> Result<Wire, Error> {
        let ether_type = if family == Family::V4 { libc::ETH_P_IP } else { libc::ETH_P_IPV6 };
        let socket = Marked::open(libc::AF_PACKET, libc::SOCK_DGRAM, 0)?;
        // SAFETY: all zeroes is a valid address of no meaning; what has meaning is set below.
        let mut to: libc::sockaddr_ll = unsafe { std::mem::zeroed() };
        to.sll_family = libc::AF_PACKET as u16;
        to.sll_protocol = (ether_type as u16).to_be();
        to.sll_ifindex = i32::try_from(index).map_err(Error::other)?;
        to.sll_halen = 6;
        to.sll_addr.iter_mut().zip(hardware).for_each(|(place, byte)| *place = byte);
        Ok(Wire { socket, to })
    }

    /// Sends one that carries a mark.
    pub fn send(&mut self, packet: &[u8], mark: u32) -> Result<(), Error> {
        self.socket.send(packet, mark, &self.to)
    }
}

/// Sends packets as a local process does, each with its own header.
#[derive(Debug)]
pub struct Local(Marked);

impl Local {
    /// Of a family.
    pub fn open(family: Family) -> Result<Local, Error> {
        let (domain, level, option) = match family {
            Family::V4 => (libc::AF_INET, libc::IPPROTO_IP, libc::IP_HDRINCL),
            Family::V6 => (libc::AF_INET6, libc::IPPROTO_IPV6, libc::IPV6_HDRINCL),
        };
        let socket = Marked::open(domain, libc::SOCK_RAW, libc::IPPROTO_RAW)?;
        socket.set(level, option, 1)?;
        Ok(Local(socket))
    }

    /// Sends one that carries a mark; whether rules let it leave is for their counters to say.
    pub fn send(&mut self, packet: &[u8], mark: u32, to: IpAddr) -> Result<(), Error> {
        match to {
            IpAddr::V4(to) => {
                // SAFETY: all zeroes is a valid address of no meaning; what has meaning is set below.
                let mut address: libc::sockaddr_in = unsafe { std::mem::zeroed() };
                address.sin_family = libc::AF_INET as u16;
                address.sin_addr.s_addr = u32::from_ne_bytes(to.octets());
                self.0.send(packet, mark, &address)
            }
            IpAddr::V6(to) => {
                // SAFETY: as above.
                let mut address: libc::sockaddr_in6 = unsafe { std::mem::zeroed() };
                address.sin6_family = libc::AF_INET6 as u16;
                address.sin6_addr.s6_addr = to.octets();
                self.0.send(packet, mark, &address)
            }
        }
    }
}

/// A socket that knows which mark its packets get.
#[derive(Debug)]
struct Marked {
    socket: OwnedFd,
    mark: u32,
}

impl Marked {
    fn open(domain: i32, kind: i32, protocol: i32) -> Result<Marked, Error> {
        // SAFETY: no pointers; the descriptor is checked and owned by nobody else.
        unsafe {
            let descriptor = libc::socket(domain, kind | libc::SOCK_CLOEXEC, protocol);
            if descriptor < 0 {
                return Err(Error::last_os_error());
            }
            Ok(Marked { socket: OwnedFd::from_raw_fd(descriptor), mark: 0 })
        }
    }

    fn set(&self, level: i32, option: i32, value: u32) -> Result<(), Error> {
        let length = size_of::<u32>() as u32;
        // SAFETY: the value lives through the call and has the length told.
        let done =
            unsafe { libc::setsockopt(self.socket.as_raw_fd(), level, option, (&raw const value).cast(), length) };
        if done == 0 { Ok(()) } else { Err(Error::last_os_error()) }
    }

    fn send<A>(&mut self, packet: &[u8], mark: u32, to: &A) -> Result<(), Error> {
        if mark != self.mark {
            self.set(libc::SOL_SOCKET, libc::SO_MARK, mark)?;
            self.mark = mark;
        }
        // SAFETY: buffer and address live through the call and have the lengths told.
        let n_sent = unsafe {
            let address = std::ptr::from_ref(to).cast();
            let socket = self.socket.as_raw_fd();
            libc::sendto(socket, packet.as_ptr().cast(), packet.len(), 0, address, size_of::<A>() as u32)
        };
        let error = Error::last_os_error();
        // How a local sender hears of a rule that drops, or of a translation that leads nowhere.
        let is_dropped =
            matches!(error.raw_os_error(), Some(libc::EPERM | libc::EHOSTUNREACH | libc::ENETUNREACH | libc::EINVAL));
        if n_sent >= 0 || is_dropped { Ok(()) } else { Err(error) }
    }
}
