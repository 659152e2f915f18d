//! Interfaces, addresses and routes of a namespace of one's own, over rtnetlink.

use core::net::IpAddr;
use std::io;

use rustix::net::netdevice::name_to_index;
use rustix::net::{AddressFamily, SocketFlags, SocketType, socket_with};

use crate::error::Error;
use crate::socket::{Received, Socket};
use crate::wire::{Writer, control, flag, messages};

/// Types of requests (`linux/rtnetlink.h`).
const NEW_LINK: u16 = 16;
const SET_LINK: u16 = 19;
const NEW_ADDRESS: u16 = 20;
const NEW_ROUTE: u16 = 24;
/// Takes packets; asks nobody for hardware addresses (`IFF_UP`, `IFF_NOARP`).
const UP: u32 = 1;
const NO_ARP: u32 = 0x80;
/// An address that is usable at once (`IFA_F_NODAD`).
const NO_DUPLICATES: u8 = 2;
/// Index of the loopback in every namespace.
const LOOPBACK: u32 = 1;

/// A socket to the kernel's links.
#[derive(Debug)]
pub struct Links(Socket);

impl Links {
    /// Opens one in the network namespace of the calling thread.
    ///
    /// # Errors
    /// Where the kernel has no netlink socket for us.
    pub fn open() -> Result<Links, Error> {
        Socket::open(None, 0).map(Links)
    }

    /// Has the loopback interface take packets.
    ///
    /// # Errors
    /// Where the kernel refuses.
    pub fn loopback_up(&mut self) -> Result<(), Error> {
        self.ask(SET_LINK, 0, |out| link(out, LOOPBACK, UP))
    }

    /// Makes a virtual wire with both ends up: names and hardware addresses of the ends.
    ///
    /// # Errors
    /// Where the kernel has no virtual wires, or refuses the names.
    pub fn add_wire(&mut self, ends: [(&str, [u8; 6]); 2]) -> Result<(), Error> {
        const ADDRESS: u16 = 1;
        const NAME: u16 = 3;
        const INFO: u16 = 18;
        const KIND: u16 = 1;
        const OF_KIND: u16 = 2;
        const PEER: u16 = 1;
        let end = |out: &mut Writer, (name, hardware): (&str, [u8; 6])| {
            out.text(NAME, name);
            out.bytes(ADDRESS, &hardware);
        };
        let [here, there] = ends;
        self.ask(NEW_LINK, flag::CREATE | EXCLUSIVE, |out| {
            link(out, 0, UP | NO_ARP);
            end(out, here);
            out.nest(INFO, |out| {
                out.text(KIND, "veth");
                out.nest(OF_KIND, |out| {
                    out.nest(PEER, |out| {
                        link(out, 0, NO_ARP);
                        end(out, there);
                    });
                });
            });
        })?;
        // An end takes packets only once the other is there.
        let there = self.index(there.0)?;
        self.ask(SET_LINK, 0, |out| link(out, there, UP))
    }

    /// Gives an interface an address of this host.
    ///
    /// # Errors
    /// Where there is no such interface, or the kernel refuses the address.
    pub fn add_address(&mut self, interface: &str, address: IpAddr) -> Result<(), Error> {
        const ADDRESS: u16 = 1;
        const LOCAL: u16 = 2;
        let index = self.index(interface)?;
        let (family, octets) = family_and_octets(address);
        self.ask(NEW_ADDRESS, flag::CREATE | flag::REPLACE, |out| {
            out.verbatim(&[family, bits(&octets), NO_DUPLICATES, 0]); // struct ifaddrmsg
            out.verbatim(&index.to_ne_bytes());
            out.bytes(LOCAL, &octets);
            out.bytes(ADDRESS, &octets);
        })
    }

    /// Sends what goes to a network out by an interface.
    ///
    /// # Errors
    /// Where there is no such interface, or the kernel refuses the route.
    pub fn add_route(&mut self, to: IpAddr, length: u8, interface: &str) -> Result<(), Error> {
        const DESTINATION: u16 = 1;
        const INTERFACE: u16 = 4;
        const TABLE_MAIN: u8 = 254;
        const BY_ADMINISTRATOR: u8 = 4;
        const SCOPE_LINK: u8 = 253;
        const UNICAST: u8 = 1;
        let index = self.index(interface)?;
        let (family, octets) = family_and_octets(to);
        self.ask(NEW_ROUTE, flag::CREATE | flag::REPLACE, |out| {
            out.verbatim(&[family, length, 0, 0]); // struct rtmsg
            out.verbatim(&[TABLE_MAIN, BY_ADMINISTRATOR, SCOPE_LINK, UNICAST]);
            out.verbatim(&[0; 4]);
            out.bytes(DESTINATION, &octets);
            out.bytes(INTERFACE, &index.to_ne_bytes());
        })
    }

    /// The number of an interface.
    ///
    /// # Errors
    /// Where there is none of that name.
    pub fn index(&self, interface: &str) -> Result<u32, Error> {
        let failed = |source: rustix::io::Errno| Error::Query(source.into());
        let socket = socket_with(AddressFamily::INET, SocketType::DGRAM, SocketFlags::CLOEXEC, None).map_err(failed)?;
        name_to_index(&socket, interface).map_err(failed)
    }

    fn ask(&mut self, kind: u16, flags: u16, body: impl FnOnce(&mut Writer)) -> Result<(), Error> {
        let mut request = Writer::default();
        request.request(kind, flags | flag::ACK, 1, body);
        self.0.send(&request.finish().ok_or(crate::codec::TooLong)?)?;
        let Received::Datagram(answer) = self.0.receive_now()? else { return Err(Error::Unanswered) };
        for message in messages(answer) {
            let message = message?;
            let errno = message.body.first_chunk().map_or(0, |bytes| i32::from_ne_bytes(*bytes).saturating_neg());
            if message.kind == control::ERROR && errno != 0 {
                return Err(Error::Query(io::Error::from_raw_os_error(errno)));
            }
        }
        Ok(())
    }
}

/// Refused where it is there already (`NLM_F_EXCL`).
const EXCLUSIVE: u16 = 0x200;

/// `struct ifinfomsg`.
fn link(out: &mut Writer, index: u32, flags: u32) {
    [[0; 4], index.to_ne_bytes(), flags.to_ne_bytes(), flags.to_ne_bytes()].iter().for_each(|word| out.verbatim(word));
}

fn family_and_octets(address: IpAddr) -> (u8, Vec<u8>) {
    let family = if address.is_ipv4() { AddressFamily::INET } else { AddressFamily::INET6 };
    let octets = match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    };
    (u8::try_from(family.as_raw()).unwrap_or_default(), octets)
}

/// The length of a whole address.
fn bits(octets: &[u8]) -> u8 {
    u8::try_from(octets.len() * 8).unwrap_or(u8::MAX)
}
