//! Which interface of this host leads to an address, by its routes as the kernel lists them. Rules that choose between
//! tables of routes are not looked at: where they matter, who asks says the interface.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};

/// Whether a setting of the kernel, such as `net.ipv4.ip_forward`, is not 0.
pub fn is_on(setting: &str) -> bool {
    let path = format!("/proc/sys/{}", setting.replace('.', "/"));
    std::fs::read_to_string(path).is_ok_and(|value| value.trim() != "0")
}

const ROUTES_4: &str = "/proc/net/route";
const ROUTES_6: &str = "/proc/net/ipv6_route";

/// Whether an address is this host's own: something can listen there.
pub fn is_own(address: IpAddr) -> bool {
    UdpSocket::bind((address, 0)).is_ok()
}

/// The interface that leads to an address; none where no route does.
pub fn interface_to(address: IpAddr) -> Option<String> {
    match address {
        IpAddr::V4(address) => nearest_4(&std::fs::read_to_string(ROUTES_4).ok()?, address),
        IpAddr::V6(address) => nearest_6(&std::fs::read_to_string(ROUTES_6).ok()?, address),
    }
}

/// Lines are `INTERFACE DESTINATION GATEWAY FLAGS REFCNT USE METRIC MASK …`, numbers hexadecimal in the host's order.
fn nearest_4(list: &str, address: Ipv4Addr) -> Option<String> {
    let route = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let bits = |word: &str| Some(u32::from_be(u32::from_str_radix(word, 16).ok()?));
        let (network, mask) = (bits(words.get(1)?)?, bits(words.get(7)?)?);
        let metric: u32 = words.get(6)?.parse().ok()?;
        (u32::from(address) & mask == network).then(|| (mask.count_ones(), metric, (*words[0]).to_owned()))
    };
    best(list.lines().skip(1).filter_map(route))
}

/// Lines are `DESTINATION LENGTH SOURCE LENGTH GATEWAY METRIC REFCNT USE FLAGS INTERFACE`, all hexadecimal.
fn nearest_6(list: &str, address: Ipv6Addr) -> Option<String> {
    let route = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let network = u128::from_str_radix(words.first()?, 16).ok()?;
        let length = u32::from_str_radix(words.get(1)?, 16).ok()?;
        let metric = u32::from_str_radix(words.get(5)?, 16).ok()?;
        let mask = u128::MAX.checked_shl(128 - length.min(128)).unwrap_or(0);
        // The route that refuses everything stands at the loopback with the greatest metric.
        let is_real = metric != u32::MAX;
        (is_real && u128::from(address) & mask == network)
            .then(|| (length, metric, (*words.get(9)?).to_owned()).into())?
    };
    best(list.lines().filter_map(route))
}

/// The longest, and of several the one of the smallest metric.
fn best(routes: impl Iterator<Item = (u32, u32, String)>) -> Option<String> {
    routes.max_by_key(|(length, metric, _)| (*length, u32::MAX - metric)).map(|(.., interface)| interface)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_route_leads_and_of_equals_the_smaller_metric() {
        let list = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n\
            eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n\
            eth1\t0000000A\t00000000\t0001\t0\t0\t0\t000000FF\t0\t0\t0\n\
            eth2\t0000000A\t00000000\t0001\t0\t0\t9\t000000FF\t0\t0\t0\n";
        let to = |address: &str| nearest_4(list, address.parse().unwrap()).unwrap_or_default();
        assert_eq!((to("10.1.2.3").as_str(), to("203.0.113.9").as_str()), ("eth1", "eth0"));
        let zeros = "0".repeat(32);
        let list = format!(
            "20010db8{:024} 20 {zeros} 00 {zeros} 00000100 1 0 00000001     eth3\n\
             {zeros} 00 {zeros} 00 {zeros} ffffffff 1 0 00200200       lo\n",
            0
        );
        assert_eq!(nearest_6(&list, "2001:db8::7".parse().unwrap()).as_deref(), Some("eth3"));
        assert_eq!(nearest_6(&list, "2001:dead::7".parse().unwrap()), None);
    }
}
