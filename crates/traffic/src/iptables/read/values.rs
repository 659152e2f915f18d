//! Values that options take, from their texts.

use super::super::matches::{LengthRange, Masked, Rate, RateUnit, States};
use super::super::model::Counters;
use super::super::targets::Nat;
use crate::net::{AddressRange, Family, PortRange, Protocol, port};
use crate::services::Services;

/// `[packets:bytes]`.
pub(super) fn counters(text: &str) -> Option<Counters> {
    let (packets, bytes) = text.strip_prefix('[')?.strip_suffix(']')?.split_once(':')?;
    Some(Counters { packets: packets.parse().ok()?, bytes: bytes.parse().ok()? })
}

/// A whole number as C reads it: decimal, `0x…` or `0…`.
pub(super) fn number(text: &str) -> Option<u32> {
    let (digits, radix) = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => (digits, 16),
        None if text.len() > 1 && text.starts_with('0') => (text.get(1..)?, 8),
        None => (text, 10),
    };
    digits.bytes().all(|byte| byte.is_ascii_alphanumeric()).then(|| u32::from_str_radix(digits, radix).ok())?
}

/// `value` or `value/mask`.
pub(super) fn masked(text: &str) -> Option<Masked> {
    match text.split_once('/') {
        None => Some(Masked { value: number(text)?, mask: u32::MAX }),
        Some((value, mask)) => Some(Masked { value: number(value)?, mask: number(mask)? }),
    }
}

/// A port by number or name.
pub(super) fn one_port(text: &str, protocol: Option<Protocol>, services: &Services) -> Option<u16> {
    port(text).filter(|_| !text.is_empty()).or_else(|| services.port(text, protocol?))
}

/// `a`, `a:b`, `a:` or `:b`.
pub(super) fn ports(text: &str, protocol: Option<Protocol>, services: &Services) -> Option<PortRange> {
    let one = |text: &str| one_port(text, protocol, services);
    let range = match text.split_once(':') {
        None => PortRange::one(one(text)?),
        Some((first, last)) => PortRange {
            first: if first.is_empty() { 0 } else { one(first)? },
            last: if last.is_empty() { u16::MAX } else { one(last)? },
        },
    };
    (range.first <= range.last).then_some(range)
}

/// `a` or `a-b`, as translations take them.
pub(super) fn dashed_ports(text: &str, protocol: Option<Protocol>, services: &Services) -> Option<PortRange> {
    let one = |text: &str| one_port(text, protocol, services);
    // A name may hold a dash; a number does not.
    let range = match (one(text), text.split_once('-')) {
        (Some(port), _) => PortRange::one(port),
        (None, Some((first, last))) => PortRange { first: one(first)?, last: one(last)? },
        (None, None) => return None,
    };
    (range.first <= range.last).then_some(range)
}

/// `ip[-ip][:port[-port[/base]]]`, where an IPv6 address with a port stands in brackets.
pub(super) fn nat(text: &str, family: Family, protocol: Option<Protocol>, services: &Services) -> Option<Nat> {
    let (addresses, rest) = match (family, text.strip_prefix('[')) {
        (Family::V6, Some(inner)) => {
            let (addresses, rest) = inner.split_once(']')?;
            let rest = if rest.is_empty() { None } else { Some(rest.strip_prefix(':')?) };
            (addresses.replace("]-[", "-"), rest)
        }
        (Family::V6, None) if text.starts_with(':') && !text.starts_with("::") => (String::new(), text.get(1..)),
        (Family::V6, None) => (text.to_owned(), None),
        (Family::V4, _) => {
            text.split_once(':').map_or((text.to_owned(), None), |(address, rest)| (address.to_owned(), Some(rest)))
        }
    };
    let addresses = if addresses.is_empty() { None } else { Some(AddressRange::parse(&addresses)?) };
    if addresses.is_some_and(|range| Family::of(range.first) != family) || addresses.is_none() && rest.is_none() {
        return None;
    }
    let (ports, base) = match rest.map(|rest| rest.split_once('/').unwrap_or((rest, ""))) {
        None => (None, None),
        Some((range, "")) => (Some(dashed_ports(range, protocol, services)?), None),
        Some((range, base)) => (Some(dashed_ports(range, protocol, services)?), Some(port(base)?)),
    };
    // Port 0 is none that a packet can have.
    let fine = ports.is_none_or(|ports| ports.first > 0);
    fine.then_some(Nat { addresses, ports, port_base: base, ..Nat::default() })
}

/// `3/hour`, `10/s`, `5`: the way `iptables-save` would write it, since rates that mean the same are the same.
pub(super) fn rate(text: &str) -> Option<Rate> {
    let (count, unit) = text.split_once('/').map_or((text, "second"), |(count, unit)| (count, unit));
    let count: u32 = count.parse().ok().filter(|count| *count > 0)?;
    let units = [(1, "second"), (60, "minute"), (3600, "hour"), (86_400, "day")];
    let lower = unit.to_ascii_lowercase();
    let seconds = units.into_iter().find(|(_, name)| !lower.is_empty() && name.starts_with(&lower))?.0;
    // The kernel holds the time between two packets in ten-thousandths of a second.
    let period = SCALE.checked_mul(seconds)? / count;
    (period > 0).then(|| rate_of_period(period))
}

/// The kernel's units of a second.
const SCALE: u32 = 10_000;

fn rate_of_period(period: u32) -> Rate {
    let mut best = (RateUnit::Day, SCALE * 86_400);
    for (unit, _, seconds) in RateUnit::ALL.into_iter().skip(1) {
        let length = SCALE * seconds;
        if period > length || length / period < length % period {
            break;
        }
        best = (unit, length);
    }
    Rate { count: (best.1 / period).max(1), per: best.0 }
}

/// `NEW,ESTABLISHED`; of `state` only the first five.
pub(super) fn states(text: &str, n_known: usize) -> Option<States> {
    let known = States::NAMES.get(..n_known)?;
    let bits = text.split(',').try_fold(0, |bits, name| {
        known.iter().position(|known| known.eq_ignore_ascii_case(name)).map(|nth| bits | 1 << nth)
    })?;
    Some(States(bits))
}

/// Six bytes of which at least one is crossed out: `XX:XX:XX:XX:XX:XX`, `00:16:3e:xx:xx:xx`.
pub(super) fn is_anonymised(text: &str) -> bool {
    let is_crossed = |byte: &str| byte.eq_ignore_ascii_case("xx");
    let is_byte = |byte: &str| byte.len() == 2 && byte.bytes().all(|digit| digit.is_ascii_hexdigit());
    let bytes: Vec<&str> = text.split(':').collect();
    bytes.len() == 6
        && bytes.iter().any(|byte| is_crossed(byte))
        && bytes.iter().all(|byte| is_crossed(byte) || is_byte(byte))
}

/// Six bytes in hexadecimal with colons.
pub(crate) fn mac(text: &str) -> Option<[u8; 6]> {
    let mut bytes = [0; 6];
    let mut parts = text.split(':');
    for byte in &mut bytes {
        let part = parts.next().filter(|part| (1..=2).contains(&part.len()))?;
        *byte = u8::from_str_radix(part, 16).ok()?;
    }
    parts.next().is_none().then_some(bytes)
}

/// `a` or `a:b`.
pub(super) fn length(text: &str) -> Option<LengthRange> {
    let range = match text.split_once(':') {
        None => LengthRange { least: text.parse().ok()?, most: text.parse().ok()? },
        Some((least, most)) => LengthRange {
            least: if least.is_empty() { 0 } else { least.parse().ok()? },
            most: if most.is_empty() { u16::MAX } else { most.parse().ok()? },
        },
    };
    (range.least <= range.most).then_some(range)
}
