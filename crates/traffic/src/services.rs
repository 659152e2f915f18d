//! Names of services: what the system's list says, and the few that every system has.

use crate::net::Protocol;
use std::collections::BTreeMap;

/// Ports by name and protocol.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Services {
    ports: BTreeMap<(String, Protocol), u16>,
}

/// Names that are known where the host has no list; from IANA's registry.
const WELL_KNOWN: [(&str, u16, bool, bool); 44] = [
    ("ftp-data", 20, true, false),
    ("ftp", 21, true, false),
    ("ssh", 22, true, false),
    ("telnet", 23, true, false),
    ("smtp", 25, true, false),
    ("time", 37, true, true),
    ("whois", 43, true, false),
    ("domain", 53, true, true),
    ("dns", 53, true, true),
    ("bootps", 67, false, true),
    ("bootpc", 68, false, true),
    ("tftp", 69, false, true),
    ("http", 80, true, false),
    ("www", 80, true, false),
    ("kerberos", 88, true, true),
    ("pop3", 110, true, false),
    ("sunrpc", 111, true, true),
    ("auth", 113, true, false),
    ("ntp", 123, false, true),
    ("netbios-ns", 137, false, true),
    ("netbios-dgm", 138, false, true),
    ("netbios-ssn", 139, true, false),
    ("imap2", 143, true, false),
    ("imap", 143, true, false),
    ("snmp", 161, true, true),
    ("snmp-trap", 162, true, true),
    ("bgp", 179, true, false),
    ("ldap", 389, true, true),
    ("https", 443, true, true),
    ("microsoft-ds", 445, true, true),
    ("isakmp", 500, false, true),
    ("syslog", 514, false, true),
    ("submission", 587, true, false),
    ("ldaps", 636, true, true),
    ("domain-s", 853, true, true),
    ("rsync", 873, true, false),
    ("imaps", 993, true, false),
    ("pop3s", 995, true, false),
    ("openvpn", 1194, true, true),
    ("nfs", 2049, true, true),
    ("mysql", 3306, true, false),
    ("postgresql", 5432, true, false),
    ("redis", 6379, true, false),
    ("http-alt", 8080, true, true),
];

impl Default for Services {
    fn default() -> Services {
        let mut ports = BTreeMap::new();
        for (name, port, is_tcp, is_udp) in WELL_KNOWN {
            let protocols = [is_tcp.then_some(Protocol::TCP), is_udp.then_some(Protocol::UDP)];
            ports.extend(protocols.into_iter().flatten().map(|protocol| ((name.to_owned(), protocol), port)));
        }
        Services { ports }
    }
}

impl Services {
    /// The list of a system (`name port/protocol alias… # comment`, one a line) over the well-known names. Lines that
    /// are none are passed over, as the system's own reader does.
    pub fn read(list: &str) -> Services {
        let mut services = Services::default();
        for line in list.lines() {
            let mut words = line.split('#').next().unwrap_or_default().split_whitespace();
            let (Some(name), Some(number)) = (words.next(), words.next()) else { continue };
            let Some((port, protocol)) = number.split_once('/') else { continue };
            let (Ok(port), Some(protocol)) = (port.parse(), Protocol::parse(protocol)) else { continue };
            for name in std::iter::once(name).chain(words) {
                services.ports.insert((name.to_owned(), protocol), port);
            }
        }
        services
    }

    /// The port of a name for a protocol.
    pub fn port(&self, name: &str, protocol: Protocol) -> Option<u16> {
        self.ports.get(&(name.to_owned(), protocol)).copied()
    }

    /// The protocols that a name is known for, with its port.
    pub fn of_name<'s>(&'s self, name: &'s str) -> impl Iterator<Item = (Protocol, u16)> + 's {
        self.ports.iter().filter(move |((known, _), _)| known == name).map(|((_, protocol), port)| (*protocol, *port))
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.ports.keys().map(|(name, _)| name.as_str())
    }
}
