//! Which addresses may be told: those of the public internet, and others only where it is said so.
//!
//! A definition file names targets and the server's configuration says where they are; still, a name can be
//! made to point at the machine itself. What is refused is decided by the address that is connected to, after
//! the name was looked up.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is of the public internet.
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// Whether an address is of the public internet or of a network of one's own, the machine included. What is left out is
/// the host's alone and answers anybody who can make it ask: link-local addresses, where clouds have their metadata,
/// and those that name no host.
pub fn is_of_a_network(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_of_a_network_v4(address),
        IpAddr::V6(address) => {
            let is_metadata = METADATA_V6.contains(&address);
            let is_own = address.is_unicast_link_local() || address.is_multicast() || address.is_unspecified();
            !is_own && !is_metadata && inside(address).is_none_or(is_of_a_network_v4)
        }
    }
}

/// Where clouds tell a host about itself, keys included, beyond link-local addresses: Alibaba's, Azure's, Oracle's.
const METADATA_V4: [Ipv4Addr; 3] =
    [Ipv4Addr::new(100, 100, 100, 200), Ipv4Addr::new(168, 63, 129, 16), Ipv4Addr::new(192, 0, 0, 192)];

/// The same: Amazon's and Google's.
const METADATA_V6: [Ipv6Addr; 2] =
    [Ipv6Addr::new(0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254), Ipv6Addr::new(0xfd20, 0x00ce, 0, 0, 0, 0, 0, 0x0254)];

fn is_of_a_network_v4(address: Ipv4Addr) -> bool {
    let [first, ..] = address.octets();
    !(address.is_link_local() || first == 0 || first >= 224 || METADATA_V4.contains(&address))
}

/// The IPv4 address that an address of 64:ff9b::/32 (NAT64) or 2002::/16 (6to4) carries inside.
fn inside(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let octets = address.octets();
    let at = match address.segments() {
        [0x2002, ..] => 2,
        [0x0064, 0xff9b, ..] => 12,
        _ => return None,
    };
    Some(Ipv4Addr::new(octets[at], octets[at + 1], octets[at + 2], octets[at + 3]))
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let is_shared = first == 100 && (64..128).contains(&second);
    let is_protocol = (first, second, third) == (192, 0, 0);
    let is_benchmark = first == 198 && (18..20).contains(&second);
    !(address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_documentation()
        || is_shared
        || is_protocol
        || is_benchmark
        || METADATA_V4.contains(&address)
        || first == 0
        // Multicast, reserved, broadcast.
        || first >= 224)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    // 2000::/3 is what has been given out, 2001:db8::/32 of it for documents.
    match inside(address) {
        Some(inside) => is_public_v4(inside),
        None => first & 0xe000 == 0x2000 && (first, second) != (0x2001, 0x0db8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_ones_own_may_be_asked_and_what_only_the_host_has_may_not() {
        for address in
            "127.0.0.1 10.1.2.3 192.168.1.1 172.16.0.1 100.64.0.1 1.1.1.1 ::1 fd00::1 2606:4700::1111 64:ff9b::a01:203"
                .split(' ')
        {
            assert!(is_of_a_network(address.parse().unwrap()), "{address}");
        }
        for address in
            "169.254.169.254 ::ffff:169.254.169.254 fe80::1 fd00:ec2::254 0.0.0.0 :: 224.0.0.1 ff02::1 255.255.255.255 \
             64:ff9b::a9fe:a9fe 2002:a9fe:a9fe::1 fd20:ce::254 100.100.100.200 168.63.129.16 192.0.0.192 \
             64:ff9b::a83f:8110"
                .split_whitespace()
        {
            assert!(!is_of_a_network(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn what_only_this_machine_or_network_reaches_is_not_public() {
        let private = "127.0.0.1 127.9.9.9 168.63.129.16 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 \
                       0.0.0.0 255.255.255.255 224.0.0.1 198.18.0.1 192.0.0.8 ::1 :: fe80::1 fd00::1 ff02::1 \
                       ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2001:db8::1";
        for address in private.split_whitespace() {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in "1.1.1.1 172.32.0.1 100.128.0.1 193.0.0.1 2606:4700::1111 64:ff9b::101:101".split_whitespace() {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }
}
