//! Who called whom, from a span's attributes.
//!
//! The **local** address and port are `network.local.address` and `network.local.port`.
//!
//! The **remote** endpoint is known for CLIENT and PRODUCER spans alone, as in the
//! OpenTelemetry-to-Zipkin mapping. Its name is the first of these that is a text:
//!
//! | rank | attribute | since |
//! |---|---|---|
//! | 1 | `peer.service` | says it outright |
//! | 2 | `server.address`, `net.peer.name`, `net.sock.peer.name`, if it is a host's name and no IP address | the mapping's next choice |
//! | 3 | `db.namespace`, `db.name` | the database called |
//! | 4 | `db.system.name`, `db.system` | its kind |
//! | 5 | `messaging.system` | the broker called |
//! | 6 | `rpc.service` | the service called, as its interface names it |
//! | 7 | `network.peer.address`, `net.sock.peer.addr`, `net.peer.ip` | what Zipkin's OTLP module falls back to |
//! | 8 | `server.address` that is an IP address | better than no edge in the map |
//!
//! Its address is that of rank 7, else of rank 8; its port `network.peer.port`, `net.sock.peer.port`,
//! else `server.port`, `net.peer.port`. Where two names of an attribute are sent, an older and a newer
//! one, the newer counts. The attributes stay tags as well.

use crate::batch::EndpointRef;
use crate::memo::Memo;
use crate::model::{Kind, ValueRef};
use crate::zipkin::ip::{parse_ip, set_address};
use core::convert::Infallible;
use core::net::IpAddr;

/// What is local.
pub(super) const LOCAL_ADDRESS: &str = "network.local.address";
/// What is local.
pub(super) const LOCAL_PORT: &str = "network.local.port";
/// The remote service's name.
pub(super) const PEER_SERVICE: &str = "peer.service";
/// The remote address.
pub(super) const PEER_ADDRESS: &str = "network.peer.address";
/// The remote port.
pub(super) const PEER_PORT: &str = "network.peer.port";

/// The attributes of one span that tell of its endpoints, gathered as they are read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Endpoints<'a> {
    local_address: &'a str,
    local_port: u16,
    peer_service: &'a str,
    server_address: Newest<'a>,
    database: Newest<'a>,
    database_system: Newest<'a>,
    messaging_system: &'a str,
    rpc_service: &'a str,
    peer_address: Newest<'a>,
    peer_port: NewestPort,
    server_port: NewestPort,
}

/// A text under its newest name: the smaller the age, the newer.
#[derive(Clone, Copy, Debug, Default)]
struct Newest<'a> {
    text: &'a str,
    age: u8,
}

impl<'a> Newest<'a> {
    fn offer(&mut self, age: u8, value: ValueRef<'a>) {
        let text = text(value);
        if !text.is_empty() && (self.text.is_empty() || age <= self.age) {
            *self = Newest { text, age };
        }
    }
}

/// A port under its newest name.
#[derive(Clone, Copy, Debug, Default)]
struct NewestPort {
    port: u16,
    age: u8,
}

impl NewestPort {
    fn offer(&mut self, age: u8, value: ValueRef<'_>) {
        let port = port(value);
        if port != 0 && (self.port == 0 || age <= self.age) {
            *self = NewestPort { port, age };
        }
    }
}

impl<'a> Endpoints<'a> {
    /// Takes note of an attribute.
    #[inline]
    pub fn note(&mut self, key: &str, value: ValueRef<'a>) {
        // Most attributes begin with another letter and are done with here.
        if let Some(b'n' | b's' | b'p' | b'd' | b'm' | b'r') = key.as_bytes().first() {
            self.note_known(key, value);
        }
    }

    fn note_known(&mut self, key: &str, value: ValueRef<'a>) {
        match key {
            LOCAL_ADDRESS => self.local_address = text(value),
            LOCAL_PORT => self.local_port = port(value),
            PEER_SERVICE => self.peer_service = text(value),
            "server.address" => self.server_address.offer(0, value),
            "net.peer.name" => self.server_address.offer(1, value),
            "net.sock.peer.name" => self.server_address.offer(2, value),
            "db.namespace" => self.database.offer(0, value),
            "db.name" => self.database.offer(1, value),
            "db.system.name" => self.database_system.offer(0, value),
            "db.system" => self.database_system.offer(1, value),
            "messaging.system" => self.messaging_system = text(value),
            "rpc.service" => self.rpc_service = text(value),
            PEER_ADDRESS => self.peer_address.offer(0, value),
            "net.sock.peer.addr" => self.peer_address.offer(1, value),
            "net.peer.ip" => self.peer_address.offer(2, value),
            PEER_PORT => self.peer_port.offer(0, value),
            "net.sock.peer.port" => self.peer_port.offer(1, value),
            "server.port" => self.server_port.offer(0, value),
            "net.peer.port" => self.server_port.offer(1, value),
            _ => {}
        }
    }

    /// Writes the reporting side, whose name the resource tells.
    pub fn write_local(&self, service: &'a str, addresses: &mut Addresses<'a>, to: &mut EndpointRef<'a>) {
        to.service = service;
        to.port = self.local_port;
        set_address(addresses.read(self.local_address), to);
    }

    /// Writes the other side of a span of that kind.
    pub fn write_remote(&self, kind: Kind, addresses: &mut Addresses<'a>, to: &mut EndpointRef<'a>) {
        if !matches!(kind, Kind::Client | Kind::Producer) {
            return;
        }
        let server_ip = addresses.read(self.server_address.text);
        let host = if server_ip.is_none() { self.server_address.text } else { "" };
        let names = [
            self.peer_service,
            host,
            self.database.text,
            self.database_system.text,
            self.messaging_system,
            self.rpc_service,
            self.peer_address.text,
            self.server_address.text,
        ];
        to.service = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
        to.port = if self.peer_port.port != 0 { self.peer_port.port } else { self.server_port.port };
        set_address(addresses.read(self.peer_address.text).or(server_ip), to);
    }
}

/// Addresses that were read in this body already.
#[derive(Default)]
pub(super) struct Addresses<'a>(Memo<'a, Option<IpAddr>>);

impl<'a> Addresses<'a> {
    /// The address that a text says; `None` where it says none.
    fn read(&mut self, text: &'a str) -> Option<IpAddr> {
        if text.is_empty() {
            return None;
        }
        let Ok(address) = self.0.know(text.as_bytes(), || Ok::<_, Infallible>(parse_ip(text)));
        address
    }
}

fn text(value: ValueRef<'_>) -> &str {
    if let ValueRef::Str(text) = value { text } else { "" }
}

/// A port, also where a sender made it a text; 0 for anything else.
fn port(value: ValueRef<'_>) -> u16 {
    match value {
        ValueRef::Int(number) => u16::try_from(number).unwrap_or(0),
        ValueRef::Str(text) => text.parse().unwrap_or(0),
        _ => 0,
    }
}
