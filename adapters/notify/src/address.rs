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
        IpAddr::V4(address) => {
            let [first, ..] = address.octets();
            !(address.is_link_local() || first == 0 || first >= 224)
        }
        IpAddr::V6(address) => {
            let [first, second, ..] = address.segments();
            let is_metadata = (first, second) == (0xfd00, 0x0ec2);
            !(address.is_unicast_link_local() || address.is_multicast() || address.is_unspecified() || is_metadata)
        }
    }
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
        || first == 0
        // Multicast, reserved, broadcast.
        || first >= 224)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    // 2000::/3 is what has been given out, 2001:db8::/32 of it for documents. 64:ff9b::/96 and 2002::/16 carry
    // an IPv4 address inside.
    let inside = match (first, second) {
        (0x2002, _) => {
            let octets = address.octets();
            Some(Ipv4Addr::new(octets[2], octets[3], octets[4], octets[5]))
        }
        (0x0064, 0xff9b) => {
            let octets = address.octets();
            Some(Ipv4Addr::new(octets[12], octets[13], octets[14], octets[15]))
        }
        _ => None,
    };
    match inside {
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
            "127.0.0.1 10.1.2.3 192.168.1.1 172.16.0.1 100.64.0.1 1.1.1.1 ::1 fd00::1 2606:4700::1111".split(' ')
        {
            assert!(is_of_a_network(address.parse().unwrap()), "{address}");
        }
        for address in
            "169.254.169.254 ::ffff:169.254.169.254 fe80::1 fd00:ec2::254 0.0.0.0 :: 224.0.0.1 ff02::1 255.255.255.255"
                .split(' ')
        {
            assert!(!is_of_a_network(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn what_only_this_machine_or_network_reaches_is_not_public() {
        let private = "127.0.0.1 127.9.9.9 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 \
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
