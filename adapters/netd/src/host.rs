//! What rules may ask of this host beside packets: numbers of its interfaces, its own addresses. The kernel lists them among
//! other things; a socket to ask it by is not to be had any more.

use std::net::{IpAddr, Ipv6Addr};

use nines_traffic::net::{Family, Net};
use nines_traffic::simulate::HostFacts;

/// Lists of the network of the calling thread whose lines begin with a number and a name.
const INTERFACES: [&str; 2] = ["/proc/thread-self/net/dev_mcast", "/proc/thread-self/net/igmp"];
/// Routes of IPv4 as a tree: what is this host's is `host LOCAL`.
const ROUTES_V4: &str = "/proc/thread-self/net/fib_trie";
/// Addresses of IPv6, as digits without colons.
const ADDRESSES_V6: &str = "/proc/thread-self/net/if_inet6";

/// What the kernel lists of it now.
#[must_use]
pub fn host_facts() -> HostFacts {
    let text = |list: &str| std::fs::read_to_string(list).unwrap_or_default();
    let mut interfaces: Vec<(String, u32)> = Vec::new();
    for list in INTERFACES {
        interfaces.extend(text(list).lines().filter_map(interface));
    }
    interfaces.extend(text(ADDRESSES_V6).lines().filter_map(interface_v6));
    interfaces.sort();
    interfaces.dedup();
    let addresses = std::fs::read_to_string(ROUTES_V4).ok().map(|routes| {
        // A kernel without IPv6 has no list of it.
        own_v4(&routes).into_iter().chain(text(ADDRESSES_V6).lines().filter_map(own_v6)).collect()
    });
    HostFacts { interfaces, addresses }
}

/// Lines of groups, which stand between those of interfaces, begin with a space.
fn interface(line: &str) -> Option<(String, u32)> {
    let mut words = line.split_whitespace();
    let (number, name) = (words.next()?.parse().ok()?, words.next()?);
    (!line.starts_with(char::is_whitespace)).then(|| (name.to_owned(), number))
}

/// `ADDRESS NUMBER … NAME`, the number as digits of sixteen.
fn interface_v6(line: &str) -> Option<(String, u32)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    Some(((*words.last()?).to_owned(), u32::from_str_radix(words.get(1)?, 16).ok()?))
}

/// `|-- 192.0.2.1`, and below it `/32 host LOCAL`.
fn own_v4(routes: &str) -> Vec<Net> {
    let mut leaf: Option<IpAddr> = None;
    let mut own = Vec::new();
    for line in routes.lines().map(str::trim) {
        if let Some(address) = line.strip_prefix("|-- ") {
            leaf = address.parse().ok();
        } else if let Some(length) = line.strip_suffix(" host LOCAL").and_then(|line| line.strip_prefix('/')) {
            own.extend(leaf.zip(length.parse().ok()).map(|(address, length)| Net::of_length(address, length)));
        }
    }
    own
}

fn own_v6(line: &str) -> Option<Net> {
    let address = Ipv6Addr::from(u128::from_str_radix(line.split_whitespace().next()?, 16).ok()?);
    Some(Net::of_length(address.into(), Family::V6.bits()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_interfaces_are_read_and_those_of_groups_are_not() {
        assert_eq!(interface("4    eth0            1     0     333300000001"), Some(("eth0".to_owned(), 4)));
        assert_eq!(interface("4\teth0      :     1      V3"), Some(("eth0".to_owned(), 4)));
        assert_eq!(interface("\t\t\t\t010000E0     1 0:00000000\t\t0"), None);
        assert_eq!(interface("Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter"), None);
    }

    #[test]
    fn own_addresses_are_those_that_the_kernel_takes_for_itself() {
        let routes = "Local:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 192.0.2.0\n        /24 link UNICAST\n     |-- 192.0.2.2\n        /32 host LOCAL\n     |-- 192.0.2.255\n        /32 link BROADCAST\n";
        assert_eq!(own_v4(routes), [Net::host([192, 0, 2, 2].into())]);
        let line = "fd000000000000000000000000000002 04 40 00 82     eth0";
        assert_eq!(interface_v6(line), Some(("eth0".to_owned(), 4)));
        assert_eq!(own_v6(line), Some(Net::host("fd00::2".parse().unwrap())));
    }
}
