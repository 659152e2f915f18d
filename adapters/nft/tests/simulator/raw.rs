//! Raw sockets: frames put on a wire, and packets as a local process sends them.
#![expect(unsafe_code, reason = "the standard library has no raw sockets; each call is one of libc's, checked")]

use core::net::IpAddr;
use nines_traffic::net::Family;
use std::ffi::CString;
use std::io::Error;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};

/// Puts IP packets on one end of a virtual wire.
pub struct Wire {
    socket: OwnedFd,
    to: libc::sockaddr_ll,
}

impl Wire {
    /// By the interface of this name, to the hardware address at its other end.
    pub fn open(interface: &str, hardware: [u8; 6], family: Family) -> Wire {
        let ether_type = if family == Family::V4 { libc::ETH_P_IP } else { libc::ETH_P_IPV6 };
        let socket = socket(libc::AF_PACKET, libc::SOCK_DGRAM, 0);
        let name = CString::new(interface).unwrap();
        // SAFETY: a C string that lives through the call.
        let index = unsafe { libc::if_nametoindex(name.as_ptr()) };
        assert!(index > 0, "{interface}: {}", Error::last_os_error());
        // SAFETY: all zeroes is a valid address of no meaning; what has meaning is set below.
        let mut to: libc::sockaddr_ll = unsafe { std::mem::zeroed() };
        to.sll_family = libc::AF_PACKET as u16;
        to.sll_protocol = (ether_type as u16).to_be();
        to.sll_ifindex = index as i32;
        to.sll_halen = 6;
        to.sll_addr[..6].copy_from_slice(&hardware);
        Wire { socket, to }
    }

    /// Sends one.
    pub fn send(&self, packet: &[u8]) {
        send(&self.socket, packet, &self.to);
    }
}

/// Sends packets as a local process does, each with its own header and a mark of ours.
pub struct Local {
    socket: OwnedFd,
}

impl Local {
    /// With this mark on every packet.
    pub fn open(family: Family, mark: u32) -> Local {
        let (domain, level, option) = match family {
            Family::V4 => (libc::AF_INET, libc::IPPROTO_IP, libc::IP_HDRINCL),
            Family::V6 => (libc::AF_INET6, libc::IPPROTO_IPV6, libc::IPV6_HDRINCL),
        };
        let socket = socket(domain, libc::SOCK_RAW, libc::IPPROTO_RAW);
        set_option(&socket, level, option, 1);
        set_option(&socket, libc::SOL_SOCKET, libc::SO_MARK, mark);
        Local { socket }
    }

    /// Sends one; whether rules let it leave is for the counters to say.
    pub fn send(&self, packet: &[u8], to: IpAddr) {
        match to {
            IpAddr::V4(to) => {
                // SAFETY: as above.
                let mut address: libc::sockaddr_in = unsafe { std::mem::zeroed() };
                address.sin_family = libc::AF_INET as u16;
                address.sin_addr.s_addr = u32::from_ne_bytes(to.octets());
                send(&self.socket, packet, &address);
            }
            IpAddr::V6(to) => {
                // SAFETY: as above.
                let mut address: libc::sockaddr_in6 = unsafe { std::mem::zeroed() };
                address.sin6_family = libc::AF_INET6 as u16;
                address.sin6_addr.s6_addr = to.octets();
                send(&self.socket, packet, &address);
            }
        }
    }
}

fn socket(domain: i32, kind: i32, protocol: i32) -> OwnedFd {
    // SAFETY: no pointers; the descriptor is checked and owned by nobody else.
    unsafe {
        let descriptor = libc::socket(domain, kind, protocol);
        assert!(descriptor >= 0, "socket: {}", Error::last_os_error());
        OwnedFd::from_raw_fd(descriptor)
    }
}

fn set_option(socket: &OwnedFd, level: i32, option: i32, value: u32) {
    let length = size_of::<u32>() as u32;
    // SAFETY: the value lives through the call and has the length told.
    let done = unsafe { libc::setsockopt(socket.as_raw_fd(), level, option, (&raw const value).cast(), length) };
    assert!(done == 0, "setsockopt {level} {option}: {}", Error::last_os_error());
}

/// EPERM is how a local sender hears of a rule that drops.
fn send<A>(socket: &OwnedFd, packet: &[u8], to: &A) {
    // SAFETY: buffer and address live through the call and have the lengths told.
    let sent = unsafe {
        let address = std::ptr::from_ref(to).cast();
        libc::sendto(socket.as_raw_fd(), packet.as_ptr().cast(), packet.len(), 0, address, size_of::<A>() as u32)
    };
    let error = Error::last_os_error();
    let is_dropped = matches!(error.raw_os_error(), Some(libc::EPERM | libc::EHOSTUNREACH | libc::EINVAL));
    assert!(sent >= 0 || is_dropped, "sendto: {error}");
}
