//! IP addresses as Zipkin reads and writes them in text.
//!
//! Reading is by hand because Zipkin takes what the standard library does not (leading zeros in an
//! IPv4 part) and takes IPv4-mapped and IPv4-compatible forms as IPv4. Writing differs from the
//! standard library in that IPv6 never ends in a dotted part and even a single zero group is shortened.

use crate::batch::EndpointRef;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Reads an address; text that is none gives `None`, which Zipkin ignores without a word.
pub fn parse_ip(text: &str) -> Option<IpAddr> {
    if let Some(address) = parse_ipv4(text) {
        return Some(IpAddr::V4(address));
    }
    if !text.as_bytes().contains(&b':') {
        return None;
    }
    if !text.as_bytes().contains(&b'.') {
        return text.parse().ok().map(IpAddr::V6);
    }
    let (prefix, dotted) = text.rsplit_once(':')?;
    let is_embedded = match prefix.as_bytes() {
        b":" => true,
        // `::ffff:`; Zipkin looks at these digits one by one, so `::0000:` and even `::f0f0:` pass too.
        [b':', b':', flag @ ..] => flag.len() == 4 && flag.iter().all(|digit| matches!(digit, b'f' | b'F' | b'0')),
        _ => false,
    };
    if is_embedded { parse_ipv4(dotted).map(IpAddr::V4) } else { None }
}

/// Reads an address of 4 or 16 bytes; of another number of bytes there is none. An IPv4 address that is
/// mapped into IPv6 is an IPv4 address.
pub(crate) fn address_of_bytes(bytes: &[u8]) -> Option<IpAddr> {
    if let Ok(bytes) = <[u8; 4]>::try_from(bytes) {
        return Some(IpAddr::V4(Ipv4Addr::from(bytes)));
    }
    let address = Ipv6Addr::from(<[u8; 16]>::try_from(bytes).ok()?);
    Some(address.to_ipv4_mapped().map_or(IpAddr::V6(address), IpAddr::V4))
}

/// Sets the address of an endpoint, where there is one.
pub(crate) fn set_address(address: Option<IpAddr>, endpoint: &mut EndpointRef<'_>) {
    match address {
        Some(IpAddr::V4(address)) => endpoint.ipv4 = Some(address),
        Some(IpAddr::V6(address)) => endpoint.ipv6 = Some(address),
        None => {}
    }
}

/// Four parts of one to three digits, each at most 255.
fn parse_ipv4(text: &str) -> Option<Ipv4Addr> {
    let (mut octets, mut part, mut n_digits) = ([0u8; 4], 0u16, 0);
    let mut n_parts = 0;
    for byte in text.bytes().chain([b'.']) {
        match byte {
            b'0'..=b'9' if n_digits < 3 => {
                part = part * 10 + u16::from(byte - b'0');
                n_digits += 1;
            }
            b'.' if n_digits > 0 => {
                *octets.get_mut(n_parts)? = u8::try_from(part).ok()?;
                (n_parts, part, n_digits) = (n_parts + 1, 0, 0);
            }
            _ => return None,
        }
    }
    (n_parts == octets.len()).then(|| Ipv4Addr::from(octets))
}

/// Appends an IPv6 address: lower-case groups without leading zeros, and `::` for the longest run of
/// zero groups. Of equal runs the first is shortened; a run at the end only where there is no other.
pub fn write_ipv6(address: Ipv6Addr, out: &mut String) {
    use std::fmt::Write;
    let groups = address.segments();
    let (from, n_zeros) = shortened_run(&groups);
    let mut at = 0;
    while at < groups.len() {
        if n_zeros > 0 && at == from {
            out.push_str(if from + n_zeros == groups.len() { "::" } else { ":" });
            at += n_zeros;
            continue;
        }
        if at != 0 {
            out.push(':');
        }
        // Writing to a `String` cannot fail.
        let _ = write!(out, "{:x}", groups[at]);
        at += 1;
    }
}

/// Start and length of the run of zero groups to shorten; length 0 where there is none.
fn shortened_run(groups: &[u16; 8]) -> (usize, usize) {
    let (mut best, mut run) = ((0, 0), (0, 0));
    for (at, group) in groups.iter().enumerate() {
        if *group == 0 {
            run = if run.1 == 0 { (at, 1) } else { (run.0, run.1 + 1) };
            continue;
        }
        if run.1 > best.1 {
            best = run;
        }
        run = (0, 0);
    }
    if best.1 == 0 { run } else { best }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let shown = parse_ip(text).map_or("none".to_owned(), |address| match address {
            IpAddr::V4(address) => format!("4 {address}"),
            IpAddr::V6(address) => {
                let mut out = "6 ".to_owned();
                write_ipv6(address, &mut out);
                out
            }
        });
        assert_eq!(shown, expect, "of {text:?}");
    }

    #[test]
    fn addresses_read_and_print_as_zipkin_does() {
        check("1.2.3.4", "4 1.2.3.4");
        check("001.02.3.255", "4 1.2.3.255");
        check("::ffff:1.2.3.4", "4 1.2.3.4");
        check("::FFFF:1.2.3.4", "4 1.2.3.4");
        check("::0000:1.2.3.4", "4 1.2.3.4");
        check("::1.2.3.4", "4 1.2.3.4");
        check("::ffff:102:304", "6 ::ffff:102:304");
        check("::1", "6 ::1");
        check("::2", "6 ::2");
        check("::", "6 ::");
        check("2001:DB8::C001", "6 2001:db8::c001");
        check("2001:0:0:4:0000:0:0:8", "6 2001:0:0:4::8");
        check("2001:0:0:4:0:0:0:0", "6 2001::4:0:0:0:0");
        check("1:2:3:4:5:6:7:0", "6 1:2:3:4:5:6:7::");
        check("1:0:3:4:5:6:7:8", "6 1::3:4:5:6:7:8");
    }

    #[test]
    fn text_that_is_no_address_is_none() {
        for text in [
            "",
            "1.2.3",
            "1.2.3.4.5",
            "1.2.3.256",
            "1.2.3.1000",
            "1..3.4",
            "+1.2.3.4",
            "a.b.c.d",
            "localhost",
            "::ffef:1.2.3.4",
            "1::1.2.3.4",
            "::ffff:1.2.3",
            "1.2.3.4::",
            "fe80::1%eth0",
            "1:2",
            "1:2:3:4:5:6:7:8:9",
            ":::",
            "12345::",
        ] {
            check(text, "none");
        }
    }
}
