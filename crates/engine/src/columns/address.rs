//! Where an endpoint is, in as few bytes as it has parts: a byte that says which, then IPv4, IPv6, port.

use crate::encode::{Input, Malformed};
use core::net::{Ipv4Addr, Ipv6Addr};
use nines_span::EndpointRef;

const HAS_IPV4: u8 = 1;
const HAS_IPV6: u8 = 2;
const HAS_PORT: u8 = 4;

/// Whether an endpoint has an address at all.
#[inline]
pub fn has_address(endpoint: &EndpointRef<'_>) -> bool {
    endpoint.ipv4.is_some() || endpoint.ipv6.is_some() || endpoint.port != 0
}

/// Writes an endpoint's address in place of what is in `out`.
#[inline]
pub fn encode_address<'o>(endpoint: &EndpointRef<'_>, out: &'o mut Vec<u8>) -> &'o [u8] {
    out.clear();
    out.push(0);
    if let Some(ipv4) = endpoint.ipv4 {
        out[0] |= HAS_IPV4;
        out.extend_from_slice(&ipv4.octets());
    }
    if let Some(ipv6) = endpoint.ipv6 {
        out[0] |= HAS_IPV6;
        out.extend_from_slice(&ipv6.octets());
    }
    if endpoint.port != 0 {
        out[0] |= HAS_PORT;
        out.extend_from_slice(&endpoint.port.to_be_bytes());
    }
    out
}

/// Reads an address back: IPv4, IPv6, port.
pub fn decode_address(bytes: &[u8]) -> Result<(Option<Ipv4Addr>, Option<Ipv6Addr>, u16), Malformed> {
    let mut input = Input::new(bytes);
    let parts = input.u8()?;
    let ipv4 = if parts & HAS_IPV4 != 0 { Some(Ipv4Addr::from(input.u32()?.to_le_bytes())) } else { None };
    let ipv6 = if parts & HAS_IPV6 != 0 { Some(Ipv6Addr::from(input.u128()?.to_le_bytes())) } else { None };
    let port = if parts & HAS_PORT != 0 { input.u16()?.swap_bytes() } else { 0 };
    input.finish()?;
    Ok((ipv4, ipv6, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_back_whichever_parts_they_have() {
        let (ipv4, ipv6) = (Ipv4Addr::new(10, 0, 0, 1), Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1));
        for ipv4 in [None, Some(ipv4)] {
            for ipv6 in [None, Some(ipv6)] {
                for port in [0, 443, 65535] {
                    let mut bytes = Vec::new();
                    let endpoint = EndpointRef { service: "", ipv4, ipv6, port };
                    assert_eq!(has_address(&endpoint), ipv4.is_some() || ipv6.is_some() || port != 0);
                    assert_eq!(decode_address(encode_address(&endpoint, &mut bytes)), Ok((ipv4, ipv6, port)));
                }
            }
        }
        assert!(decode_address(&[]).is_err());
        assert!(decode_address(&[1, 10, 0, 0]).is_err());
        assert!(decode_address(&[4, 1, 187, 0]).is_err());
    }
}
