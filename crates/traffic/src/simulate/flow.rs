//! A packet on its way: what rules before have made of it.

use super::answer::{Answer, Verdict};
use super::packet::{Packet, State};
use crate::iptables::matches::AddrType;
use crate::net::{AddressRange, Endpoint, Family, PortRange};
use core::net::IpAddr;
use std::collections::BTreeSet;

/// One end of a packet. After a translation that chooses, all that it may have become.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Spot {
    /// The address.
    pub address: Option<AddressRange>,
    /// The port.
    pub port: Option<PortRange>,
    /// Whether the address is one that only the host knows: its own, on the interface by which a packet leaves.
    pub is_own: bool,
}

impl Spot {
    /// As a packet tells it.
    pub fn of(endpoint: Option<Endpoint>) -> Spot {
        let address = endpoint.map(|endpoint| AddressRange { first: endpoint.address, last: endpoint.address });
        Spot { address, port: endpoint.and_then(|endpoint| endpoint.port).map(PortRange::one), is_own: false }
    }

    /// With this address.
    pub fn with_address(self, address: IpAddr) -> Spot {
        Spot { address: Some(AddressRange { first: address, last: address }), ..self }
    }

    /// With this port.
    pub fn with_port(self, port: PortRange) -> Spot {
        Spot { port: Some(port), ..self }
    }

    /// As an answer writes it; nothing where the address is not known.
    pub fn text(&self) -> Option<String> {
        let address = self.address.filter(|_| !self.is_own)?;
        Some(match self.port {
            None => address.to_string(),
            Some(port) if Family::of(address.first) == Family::V6 => format!("[{address}]:{}", port.text('-')),
            Some(port) => format!("{address}:{}", port.text('-')),
        })
    }
}

/// A packet on its way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flow<'p> {
    /// As it came.
    pub packet: &'p Packet,
    /// Where it comes from now.
    pub source: Spot,
    /// Where it goes now.
    pub destination: Spot,
    /// Bits of its mark, and which of them are known.
    pub mark: (u32, u32),
    /// Bits of its connection's mark, and which of them are known.
    pub connmark: (u32, u32),
    /// What conntrack makes of it.
    pub state: State,
    /// Hops left.
    pub ttl: Option<u8>,
    /// Whether its destination was translated here.
    pub is_dnat: bool,
    /// Whether its source was translated here.
    pub is_snat: bool,
    /// Whether it was redirected to this host.
    pub is_redirected: bool,
    /// Whether an intent sent it on to another host.
    pub is_sent_on: bool,
    /// Whether conntrack has not seen it yet.
    pub is_before_conntrack: bool,
    /// What its destination is to this host now, where that is known.
    pub destination_type: Option<u16>,
    /// What its source is.
    pub source_type: Option<u16>,
    /// The interface it came in by, as the hook at hand sees it; empty where it has none.
    pub input: &'p str,
    /// The interface it leaves by.
    pub output: &'p str,
}

impl<'p> Flow<'p> {
    /// A packet as it comes.
    pub fn of(packet: &'p Packet) -> Flow<'p> {
        // A connection that is just made has no mark yet.
        let connmark = if packet.state == State::New { (0, u32::MAX) } else { (0, 0) };
        Flow {
            packet,
            source: Spot::of(packet.source),
            destination: Spot::of(packet.destination),
            mark: packet.mark.map_or((0, 0), |mark| (mark, u32::MAX)),
            connmark,
            state: packet.state,
            ttl: packet.ttl,
            is_dnat: false,
            is_snat: false,
            is_redirected: false,
            is_sent_on: false,
            is_before_conntrack: false,
            destination_type: Some(packet.destination_type()),
            source_type: packet.source_type,
            input: "",
            output: "",
        }
    }

    /// What became of it: where it goes and comes from is told where it is accepted and changed. The path is the walk's.
    pub(crate) fn answer(&self, verdict: Verdict, rule: Option<String>) -> Answer {
        let changed = |before: Option<Endpoint>, now: Spot| {
            (verdict == Verdict::Accept && now != Spot::of(before)).then(|| now.text()).flatten()
        };
        let to = changed(self.packet.destination, self.destination);
        let from = changed(self.packet.source, self.source);
        Answer { verdict, rule, to, from, path: Vec::new(), missing: BTreeSet::new() }
    }

    /// What a rule that asks for the state is told: before conntrack has seen a packet, that it makes no sense.
    pub fn state_told(&self) -> State {
        match self.state {
            State::Untracked => State::Untracked,
            _ if self.is_before_conntrack => State::Invalid,
            state => state,
        }
    }

    /// Whether conntrack has a connection for it by now.
    pub fn has_connection(&self) -> bool {
        !matches!(self.state_told(), State::Invalid | State::Untracked)
    }

    /// Sends it elsewhere.
    pub fn set_destination(&mut self, to: Spot) {
        let before = self.destination;
        self.destination = to;
        // Where nothing changes, conntrack does not call it translated.
        self.is_dnat = to != Spot::of(self.packet.destination);
        if to.address != before.address || to.is_own {
            self.destination_type = None;
        }
    }

    /// To this host itself.
    pub fn set_local(&mut self) {
        self.is_redirected = true;
        self.destination_type = AddrType::bit("LOCAL");
    }

    /// Has it come from elsewhere.
    pub fn set_source(&mut self, from: Spot) {
        if from.address != self.source.address || from.is_own {
            self.source_type = None;
        }
        self.source = from;
        self.is_snat = from != Spot::of(self.packet.source);
    }
}
