//! One rule in one line, in the words of the file: what lists of rules show beside what the kernel holds of it.

use super::model::{Fate, From, Inbound, Intents, Limit, Service, Want};
use crate::iptables::matches::RateUnit;
use crate::iptables::print_rule;
use crate::net::{Family, Net};
use core::net::IpAddr;

/// What the rule of an id says: `allow: 443 from office`. Nothing of what is built in, and of ids that the file has not.
#[must_use]
pub fn said(intents: &Intents, id: &str) -> Option<String> {
    if id == "otherwise" {
        return intents.otherwise.map(|fate| format!("otherwise: {}", word(fate)));
    }
    let (section, name) = id.split_once('/')?;
    match section {
        "inbound" => intents.inbound.get(name.parse::<usize>().ok()?.checked_sub(1)?).map(of_inbound),
        "management" => {
            let managed = intents.management.iter().find(|managed| managed.name == name)?;
            Some(format!("{}: {}{}", managed.name, managed.ports.text(), of_from(&managed.from)))
        }
        "ipv4" | "ipv6" => {
            let raw = intents.raw.iter().find(|rules| rules.family.name() == section)?;
            raw.rule(name).map(|(chain, rule)| print_rule(chain, rule))
        }
        "services" => intents.services.iter().find(|service| service.name == name).map(of_service),
        _ => None,
    }
}

fn of_inbound(rule: &Inbound) -> String {
    let want = match &rule.want {
        Want::Allow(ports) => format!("allow: {}", joined(ports.iter().map(|ports| ports.text()))),
        Want::Deny(ports) => format!("deny: {}", joined(ports.iter().map(|ports| ports.text()))),
        Want::Redirect { from, to } => format!("redirect: {} -> {to}", from.text()),
        Want::Forward { from, address, port, .. } => format!("forward: {} -> {}", from.text(), end(*address, *port)),
    };
    let limit = rule.limit.map(of_limit).unwrap_or_default();
    want + &of_from(&rule.from) + &limit
}

fn of_service(service: &Service) -> String {
    let canary = service.canary.map(|port| format!(" | {port}")).unwrap_or_default();
    format!("{}: {} -> {}{canary}{}", service.name, service.listen.text(), service.stable, of_from(&service.from))
}

fn of_from(from: &From) -> String {
    if from.is_anywhere() {
        return String::new();
    }
    format!(" from {}", joined(from.lists.iter().cloned().chain(from.nets.iter().map(of_net))))
}

/// A network, and a host by its address alone.
fn of_net(net: &Net) -> String {
    let text = net.to_string();
    let host = if net.family() == Family::V4 { "/32" } else { "/128" };
    text.strip_suffix(host).map(str::to_owned).unwrap_or(text)
}

fn of_limit(limit: Limit) -> String {
    let per = RateUnit::ALL.iter().find(|(unit, ..)| *unit == limit.rate.per).map_or("", |(_, name, _)| name);
    let each = if limit.per_source { " per source" } else { "" };
    format!(" limit {}/{per}{each}", limit.rate.count)
}

fn end(address: IpAddr, port: Option<u16>) -> String {
    match (address, port) {
        (IpAddr::V6(_), Some(port)) => format!("[{address}]:{port}"),
        (IpAddr::V4(_), Some(port)) => format!("{address}:{port}"),
        (_, None) => address.to_string(),
    }
}

fn word(fate: Fate) -> &'static str {
    Fate::ALL.iter().find(|(_, known)| *known == fate).map_or("", |(word, _)| word)
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Services;
    use crate::intent::read;

    #[test]
    fn a_rule_is_said_as_its_file_writes_it() {
        let text = "traffic:\n  management: { ssh: { from: [203.0.113.0/24] } }\n  lists: { office: [198.51.100.7] }\n  \
            inbound:\n    - redirect: 80 -> 8080\n    - allow: [443, 53/udp]\n      from: office\n      limit: { new_connections: 20/s per source }\n    \
            - forward: 5432 -> 10.0.0.5\n  services:\n    shop: { listen: 81, stable: 8081, canary: 8082 }\n  otherwise: deny\n  \
            raw:\n    ipv6: |\n      *filter\n      -A INPUT -s fd00::/8 -j DROP\n      COMMIT\n";
        let loaded = read("traffic.yaml", text.as_bytes(), &Services::default());
        assert_eq!(loaded.findings, []);
        let said = |id: &str| said(&loaded.intents, id).unwrap_or_default();
        assert_eq!(said("inbound/1"), "redirect: 80 -> 8080");
        assert_eq!(said("inbound/2"), "allow: 443, 53/udp from office limit 20/sec per source");
        assert_eq!(said("inbound/3"), "forward: 5432 -> 10.0.0.5");
        assert_eq!(said("management/ssh"), "ssh: 22 from 203.0.113.0/24");
        assert_eq!(said("services/shop"), "shop: 81 -> 8081 | 8082");
        assert_eq!(said("otherwise"), "otherwise: deny");
        assert_eq!(said("ipv6/filter/INPUT/1"), "-A INPUT -s fd00::/8 -j DROP");
        assert_eq!(said("ipv4/filter/INPUT/1"), "");
        assert_eq!(
            (said("built-in/echo"), said("inbound/0"), said("inbound/9")),
            <(String, String, String)>::default()
        );
    }
}
