//! A packet as somebody asks for it, with what they left to be found: its ports, and by which interfaces it goes.

use super::routes::{interface_to, is_own};
use nines_api::AskedPacket;
use nines_traffic::net::Protocol;
use nines_traffic::simulate::{Packet, PacketFault, read_packet};
use serde_json::json;
use std::net::{IpAddr, SocketAddr};

/// The port of a sender of whom only the address is told: one of those that clients get.
const CLIENT_PORT: u16 = 40_000;

/// The packet of a question.
pub fn packet(asked: &AskedPacket) -> Result<Packet, PacketFault> {
    let has_ports = Protocol::parse(&asked.protocol).is_some_and(Protocol::has_ports);
    let source = if has_ports { with_port(&asked.source, CLIENT_PORT) } else { asked.source.clone() };
    let (input, output) = match (&asked.input, &asked.output) {
        (None, None) => interfaces(address(&source), address(&asked.destination)),
        given => (given.0.clone(), given.1.clone()),
    };
    let line = json!({
        "in": input, "out": output, "proto": asked.protocol, "src": source, "dst": asked.destination,
        "ct": asked.state.as_deref().unwrap_or("new"),
    });
    read_packet(1, &line.to_string())
}

/// The same with a port, where it is an address without one.
fn with_port(text: &str, port: u16) -> String {
    text.parse::<IpAddr>().map_or_else(|_| text.to_owned(), |address| SocketAddr::new(address, port).to_string())
}

fn address(text: &str) -> Option<IpAddr> {
    text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|end| end.ip()))
}

/// By which interfaces it comes and leaves: what is for this host only comes, what is from it only leaves.
fn interfaces(source: Option<IpAddr>, destination: Option<IpAddr>) -> (Option<String>, Option<String>) {
    let (Some(source), Some(destination)) = (source, destination) else { return (None, None) };
    match (is_own(source), is_own(destination)) {
        (true, true) => (Some("lo".to_owned()), None),
        (false, true) => (interface_to(source), None),
        (true, false) => (None, interface_to(destination)),
        (false, false) => (interface_to(source), interface_to(destination)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_found() {
        let asked = |source: &str, destination: &str, protocol: &str| AskedPacket {
            source: source.to_owned(),
            destination: destination.to_owned(),
            protocol: protocol.to_owned(),
            ..AskedPacket::default()
        };
        let own = packet(&asked("127.0.0.1", "127.0.0.1:80", "tcp")).unwrap();
        assert_eq!((own.input.as_deref(), own.output.as_deref()), (Some("lo"), None));
        assert_eq!(own.source.map(|end| end.to_string()).as_deref(), Some("127.0.0.1:40000"));
        let own = packet(&asked("::1", "[::1]:80", "udp")).unwrap();
        assert_eq!(own.source.map(|end| end.to_string()).as_deref(), Some("[::1]:40000"));
        let told = AskedPacket { input: Some("eth7".to_owned()), ..asked("192.0.2.7", "192.0.2.1", "icmp") };
        let told = packet(&told).unwrap();
        assert_eq!((told.input.as_deref(), told.source.unwrap().port), (Some("eth7"), None));
        assert!(packet(&asked("192.0.2.7", "192.0.2.1:http", "tcp")).is_err());
    }
}
