//! The host that rules and packets are made for, and the same as a replay makes it.

use core::net::IpAddr;
use nines_replay::{Ground, Interface};
use nines_traffic::generate::Host;
use nines_traffic::net::{Family, Net, address_of, number_of};
use nines_traffic::simulate::HostFacts;

/// The host that rules are generated for.
pub fn host(family: Family) -> Host {
    let address = |v4: [u8; 4], v6: [u16; 8]| match family {
        Family::V4 => v4.into(),
        Family::V6 => v6.into(),
    };
    Host {
        family,
        interfaces: ["s0", "s1"],
        own: address([10, 50, 255, 1], [0xfd00, 0x50, 0, 0, 0, 0, 0, 0xffff]),
        clients: address([10, 50, 0, 0], [0xfd00, 0x50, 0, 0, 0, 0, 0, 0]),
        servers: address([10, 60, 0, 0], [0xfd00, 0x60, 0, 0, 0, 0, 0, 0]),
    }
}

/// What is told of it.
pub fn facts(host: &Host) -> HostFacts {
    let own = [host.own, second_own(host)].map(Net::host);
    HostFacts { addresses: Some(own.into()), ..HostFacts::default() }
}

/// Its address at the second interface.
fn second_own(host: &Host) -> IpAddr {
    address_of(host.family, number_of(host.servers) | OWN_PART)
}

/// The part of its address at the second interface that is a host's: none of the servers'.
const OWN_PART: u128 = 0xff01;

/// The same in a namespace: its own address at the first interface, the servers behind the second.
pub fn ground(host: &Host) -> Ground {
    let interface = |name: &str, own| Interface { name: name.to_owned(), own };
    let [first, second] = host.interfaces;
    let servers = Net::of_length(host.servers, host.family.bits() - 16);
    Ground {
        family: host.family,
        interfaces: vec![interface(first, vec![host.own]), interface(second, vec![second_own(host)])],
        routes: vec![(servers, second.to_owned())],
    }
}
