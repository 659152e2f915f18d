//! The host that packets are to find: its interfaces, its own addresses, and what lies behind it.

use core::net::IpAddr;
use nines_traffic::net::{Family, Net};
use nines_traffic::simulate::Packet;

/// The loopback's name.
pub const LOOPBACK: &str = "lo";

/// The end of a wire that is the host's interface.
pub(crate) const NEAR_END: u8 = 0;
/// The end that packets are put on.
pub(crate) const FAR_END: u8 = 1;

/// The hardware address of an end of a wire.
pub(crate) fn hardware(end: u8, nth: usize) -> [u8; 6] {
    let [high, low] = u16::try_from(nth).unwrap_or(u16::MAX).to_be_bytes();
    [2, 0, 0, end, high, low]
}

/// A host of one IP family.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ground {
    /// IPv4 or IPv6.
    pub family: Family,
    /// Its interfaces beside the loopback.
    pub interfaces: Vec<Interface>,
    /// Networks and the interface that they are behind; the longest that holds an address counts.
    pub routes: Vec<(Net, String)>,
}

/// An interface.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Interface {
    /// Its name, at most 15 bytes.
    pub name: String,
    /// This host's addresses there. A redirect of what comes in here goes to the first.
    pub own: Vec<IpAddr>,
}

/// Where an address leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way<'g> {
    /// To this host.
    Here,
    /// Out by an interface.
    Out(&'g str),
    /// Nowhere.
    Nowhere,
}

impl Ground {
    /// A host through which these packets go as they say. Where two ask for different ways to one address, the first has
    /// it.
    #[must_use]
    pub fn of_packets(family: Family, packets: &[Packet]) -> Ground {
        let mut ground = Ground { family, ..Ground::default() };
        for packet in packets {
            for name in [&packet.input, &packet.output].into_iter().flatten() {
                ground.has(name);
            }
            let Some(to) = packet.destination.map(|end| end.address).filter(|to| Family::of(*to) == family) else {
                continue;
            };
            if ground.way(to) != Way::Nowhere {
                continue;
            }
            match (&packet.input, &packet.output) {
                (Some(name), None) => ground.own(name, to),
                (None, Some(name)) if name == LOOPBACK => ground.own(LOOPBACK, to),
                (_, Some(name)) => ground.routes.push((Net::host(to), name.clone())),
                (None, None) => {}
            }
        }
        ground
    }

    fn has(&mut self, name: &str) {
        if name != LOOPBACK && self.place(name).is_none() {
            self.interfaces.push(Interface { name: name.to_owned(), own: Vec::new() });
        }
    }

    /// Gives the host an address at an interface; one for the loopback stands at any.
    fn own(&mut self, name: &str, address: IpAddr) {
        if address == self.family.loopback() {
            return;
        }
        let place = self.place(name).unwrap_or_default();
        if let Some(interface) = self.interfaces.get_mut(place) {
            interface.own.push(address);
        }
    }

    /// The number of an interface, from 0.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        self.interfaces.iter().position(|known| known.name == name)
    }

    /// Where an address leads from here.
    #[must_use]
    pub fn way(&self, to: IpAddr) -> Way<'_> {
        if to == self.family.loopback() || self.interfaces.iter().any(|interface| interface.own.contains(&to)) {
            return Way::Here;
        }
        let behind = self.routes.iter().filter(|(net, _)| net.contains(to));
        let longest = behind.max_by_key(|(net, _)| net.length());
        longest.map_or(Way::Nowhere, |(_, name)| Way::Out(name))
    }
}
