//! Random rule sets and packets by seed, for tests that hold the grammar, the simulator and the compiler against each
//! other and against a kernel.
//!
//! Packets are drawn from the rules' own boundaries (an address, the one beside it, a port, the one beside it), since
//! that is where mistakes show; the rest at large.

pub mod corpus;

use crate::iptables::matches::{
    Conntrack, HopCount, IcmpKind, IpRange, LengthRange, Masked, Match, Multiport, PortSide, Ports, States, Tcp,
    TcpFlags,
};
use crate::iptables::model::{
    Address, Chain, Go, Header, Hook, Interface, Not, Policy, Rule, Ruleset, Table, TableName,
};
use crate::iptables::targets::{Choice, Nat, NotrackSpelling, Redirect, RejectWith, Target};
use crate::net::{AddressRange, Endpoint, Family, Net, PortRange, Protocol, address_of, mask_of, number_of};
use crate::simulate::Packet;
use core::net::IpAddr;

/// Numbers by chance that a seed repeats (SplitMix64 by Steele, Lea and Flood).
#[derive(Clone, Debug)]
pub struct Dice {
    state: u64,
}

impl Dice {
    /// From a seed.
    pub fn new(seed: u64) -> Dice {
        Dice { state: seed }
    }

    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `n`, which is not 0.
    pub fn below(&mut self, n: u64) -> u64 {
        self.roll() % n.max(1)
    }

    /// Yes, once in `n`.
    pub fn once_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    /// One of them.
    pub fn one_of<T: Copy>(&mut self, choices: &[T], usual: T) -> T {
        let nth = self.below(choices.len() as u64) as usize;
        choices.get(nth).copied().unwrap_or(usual)
    }
}

/// The host that rules are generated for: which interfaces and addresses its packets have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Host {
    /// IPv4 or IPv6.
    pub family: Family,
    /// Interfaces by which packets come and go.
    pub interfaces: [&'static str; 2],
    /// Its own address.
    pub own: IpAddr,
    /// Where the clients are: 16 bits of host at the end.
    pub clients: IpAddr,
    /// Where the servers behind it are.
    pub servers: IpAddr,
}

/// Most rules of a generated chain.
const RULES_PER_CHAIN_MAX: u64 = 8;

/// User chains of a generated table.
const USER_CHAINS: [&str; 3] = ["a", "b", "c"];

/// A rule set of all five tables: `nat` where `with_nat` is said.
pub fn ruleset(dice: &mut Dice, host: &Host, with_nat: bool) -> Ruleset {
    let names = TableName::ALL.into_iter().filter(|name| *name != TableName::Nat || with_nat);
    Ruleset { family: host.family, tables: names.map(|name| table(dice, host, name)).collect() }
}

fn table(dice: &mut Dice, host: &Host, name: TableName) -> Table {
    let mut table = Table::new(name);
    table.chains.extend(USER_CHAINS.map(Chain::new));
    let n_chains = table.chains.len();
    for (nth, chain) in table.chains.iter_mut().enumerate() {
        // A chain calls only those after it, so that none leads back.
        let callable: &[&str] = match nth.checked_sub(n_chains - USER_CHAINS.len()) {
            None => &USER_CHAINS,
            Some(user) => USER_CHAINS.get(user + 1..).unwrap_or_default(),
        };
        let hook = Hook::parse(&chain.name);
        let n_rules = dice.below(if name == TableName::Filter { RULES_PER_CHAIN_MAX } else { 4 });
        chain.rules = (0..n_rules).map(|_| rule(dice, host, name, hook, callable)).collect();
        if chain.policy.is_some() && name == TableName::Filter && dice.once_in(2) {
            chain.policy = Some(Policy::Drop);
        }
    }
    table
}

fn rule(dice: &mut Dice, host: &Host, table: TableName, hook: Option<Hook>, callable: &[&str]) -> Rule {
    let mut rule = Rule { header: header(dice, host, hook), ..Rule::default() };
    let protocol = rule.header.protocol.filter(|not| !not.negated).map(|not| not.value);
    if let Some(protocol) = protocol {
        rule.matches.extend(of_protocol(dice, host.family, protocol));
    }
    if dice.once_in(3) {
        rule.matches.push(anywhere(dice, host));
    }
    rule.go = go(dice, host, table, hook, protocol, callable);
    rule
}

fn header(dice: &mut Dice, host: &Host, hook: Option<Hook>) -> Header {
    let mut header = Header::default();
    if dice.once_in(2) {
        let address = Address::Net(net(dice, host.clients));
        header.source = Some(not(dice, address));
    }
    if dice.once_in(3) {
        let address = dice.one_of(&[host.own, host.servers], host.own);
        let address = Address::Net(net(dice, address));
        header.destination = Some(not(dice, address));
    }
    let has_input = matches!(hook, Some(Hook::Prerouting | Hook::Input | Hook::Forward) | None);
    if has_input && dice.once_in(5) {
        header.input = Some(interface(dice, host));
    }
    let has_output = matches!(hook, Some(Hook::Forward | Hook::Output | Hook::Postrouting) | None);
    if has_output && dice.once_in(5) {
        header.output = Some(interface(dice, host));
    }
    if !dice.once_in(4) {
        let icmp = if host.family == Family::V4 { Protocol::ICMP } else { Protocol::ICMP6 };
        let value = dice.one_of(&[Protocol::TCP, Protocol::TCP, Protocol::UDP, icmp], Protocol::TCP);
        header.protocol = Some(Not { negated: dice.once_in(6), value });
    }
    if host.family == Family::V4 && dice.once_in(20) {
        header.fragment = Some(dice.once_in(2));
    }
    header
}

fn not<T>(dice: &mut Dice, value: T) -> Not<T> {
    Not { negated: dice.once_in(4), value }
}

fn interface(dice: &mut Dice, host: &Host) -> Not<Interface> {
    let name = dice.one_of(&host.interfaces, "lo");
    let name = if dice.once_in(3) { format!("{}+", name.get(..1).unwrap_or_default()) } else { name.to_owned() };
    not(dice, Interface(name))
}

/// A network around an address near this one.
fn net(dice: &mut Dice, base: IpAddr) -> Net {
    let family = Family::of(base);
    let bits = u64::from(family.bits());
    let length = match dice.below(4) {
        0 => bits,
        1 => bits - 8,
        2 => bits - dice.below(9),
        _ => bits - 16,
    };
    let mask = mask_of(family, length as u8);
    // A mask with a hole, once in a while.
    let mask = if dice.once_in(12) { mask & !(1 << dice.below(16)) } else { mask };
    Net::new(near(dice, base), mask)
}

/// An address of the same 16 bits of hosts, few of them, so that packets and rules meet.
fn near(dice: &mut Dice, base: IpAddr) -> IpAddr {
    let family = Family::of(base);
    let host = dice.below(4) << 8 | dice.below(6);
    address_of(family, (number_of(base) & !0xffff) | u128::from(host))
}

/// Ports that rules and packets share.
const PORTS: [u16; 10] = [22, 53, 79, 80, 81, 443, 1023, 1024, 8080, 65_535];

fn ports(dice: &mut Dice) -> PortRange {
    let one = |dice: &mut Dice| dice.one_of(&PORTS, 80);
    let (a, b) = (one(dice), one(dice));
    if dice.once_in(2) { PortRange::one(a) } else { PortRange { first: a.min(b), last: a.max(b) } }
}

fn of_protocol(dice: &mut Dice, family: Family, protocol: Protocol) -> Option<Match> {
    let side = |dice: &mut Dice| {
        let range = ports(dice);
        let asked = dice.once_in(2).then(|| not(dice, range));
        // Every port is no question, which no printer writes.
        asked.filter(|not| not.value != PortRange::ALL)
    };
    match protocol {
        Protocol::TCP | Protocol::UDP if dice.once_in(3) => {
            let n_ports = 1 + dice.below(5);
            let side = dice.one_of(&[PortSide::Source, PortSide::Destination, PortSide::Either], PortSide::Either);
            let ports = (0..n_ports).map(|_| ports(dice)).collect();
            Some(Match::Multiport(Multiport { side, negated: dice.once_in(3), ports }))
        }
        Protocol::TCP => {
            let ports = Ports { source: side(dice), destination: side(dice) };
            let mask = (dice.below(64) as u8) & TcpFlags::ALL;
            let flags = TcpFlags { mask, set: mask & dice.below(64) as u8 };
            let flags = (mask != 0 && dice.once_in(3)).then(|| not(dice, flags));
            (ports != Ports::default() || flags.is_some()).then_some(Match::Tcp(Tcp { ports, flags, option: None }))
        }
        Protocol::UDP => {
            let ports = Ports { source: side(dice), destination: side(dice) };
            (ports != Ports::default()).then_some(Match::Udp(ports))
        }
        _ => {
            let (kinds, codes): (&[u8], _) = match family {
                Family::V4 => (&[0, 3, 8, 11], (1, 1)),
                Family::V6 => (&[1, 3, 128, 129], (1, 1)),
            };
            let codes = if dice.once_in(2) { (0, 255) } else { codes };
            let kind = Some(dice.one_of(kinds, 8));
            let kind = Some(not(dice, IcmpKind { kind, codes }));
            Some(if family == Family::V4 { Match::Icmp(kind) } else { Match::Icmp6(kind) })
        }
    }
}

fn anywhere(dice: &mut Dice, host: &Host) -> Match {
    match dice.below(6) {
        0 => {
            let (a, b) = (near(dice, host.clients), near(dice, host.clients));
            let (first, last) = if number_of(a) <= number_of(b) { (a, b) } else { (b, a) };
            let source = Some(not(dice, AddressRange { first, last }));
            Match::IpRange(IpRange { source, destination: None })
        }
        1 => {
            let range = LengthRange { least: dice.below(60) as u16, most: 60 + dice.below(60) as u16 };
            Match::Length(not(dice, range))
        }
        2 => {
            let hops = dice.below(3) as u8 + 63;
            let count = match dice.below(4) {
                0 => HopCount::Equal(hops),
                1 => HopCount::NotEqual(hops),
                2 => HopCount::Less(hops),
                _ => HopCount::Greater(hops),
            };
            if host.family == Family::V4 { Match::Ttl(count) } else { Match::HopLimit(count) }
        }
        3 => Match::Mark(not(dice, Masked { value: dice_bits(3), mask: 3 })),
        4 => {
            let states = States(1 << dice.below(7) | 1 << dice.below(7));
            Match::Conntrack(Box::new(Conntrack { states: Some(not(dice, states)), ..Conntrack::default() }))
        }
        _ => {
            let range = ports(dice);
            let original_destination_port = Some(not(dice, range));
            Match::Conntrack(Box::new(Conntrack { original_destination_port, ..Conntrack::default() }))
        }
    }
}

/// A mark that rules set and ask for.
fn dice_bits(bits: u32) -> u32 {
    bits & 1
}

fn go(
    dice: &mut Dice,
    host: &Host,
    table: TableName,
    hook: Option<Hook>,
    protocol: Option<Protocol>,
    callable: &[&str],
) -> Option<Go> {
    let chain =
        |dice: &mut Dice| callable.get(dice.below(callable.len() as u64) as usize).map(|name| (*name).to_owned());
    match dice.below(10) {
        0 => return None,
        1 | 2 if !callable.is_empty() => return chain(dice).map(|name| Go::Jump(Target::Chain(name))),
        3 if !callable.is_empty() => return chain(dice).map(Go::Goto),
        4 => return Some(Go::Jump(Target::Return)),
        _ => {}
    }
    let target = match table {
        TableName::Raw => match dice.below(6) {
            0 => Target::Notrack(NotrackSpelling::Ct),
            1 => Target::Drop,
            _ => Target::Accept,
        },
        TableName::Mangle => match dice.below(4) {
            0 => Target::Drop,
            1 => Target::Accept,
            _ => Target::Mark(Masked { value: dice_bits(dice.below(4) as u32), mask: 3 }),
        },
        TableName::Nat => translation(dice, host, hook, protocol).unwrap_or(Target::Accept),
        TableName::Filter if dice.once_in(6) => Target::Reject(RejectWith::default_of(host.family)),
        TableName::Filter | TableName::Security => {
            if dice.once_in(2) {
                Target::Drop
            } else {
                Target::Accept
            }
        }
    };
    Some(Go::Jump(target))
}

fn translation(dice: &mut Dice, host: &Host, hook: Option<Hook>, protocol: Option<Protocol>) -> Option<Target> {
    let port = dice.one_of(&PORTS, 80);
    let ports =
        protocol.filter(|protocol| protocol.has_ports() && *protocol != Protocol::SCTP).map(|_| PortRange::one(port));
    let address = |dice: &mut Dice, base| {
        let one = near(dice, base);
        Some(AddressRange { first: one, last: one })
    };
    Some(match hook? {
        Hook::Prerouting | Hook::Output if dice.once_in(2) => {
            Target::Redirect(Redirect { ports, choice: Choice::default() })
        }
        Hook::Prerouting => {
            let to = dice.one_of(&[host.own, host.servers], host.own);
            let addresses = if to == host.own { Some(AddressRange { first: to, last: to }) } else { address(dice, to) };
            Target::Dnat(Nat { addresses, ports, ..Nat::default() })
        }
        Hook::Postrouting => Target::Snat(Nat { addresses: address(dice, host.own), ..Nat::default() }),
        _ => return None,
    })
}

/// Packets for rules: on every way through the host, from the rules' own boundaries.
pub fn packets(dice: &mut Dice, host: &Host, n_packets: usize) -> Vec<Packet> {
    (0..n_packets).map(|nth| packet(dice, host, nth)).collect()
}

fn packet(dice: &mut Dice, host: &Host, nth: usize) -> Packet {
    let icmp = if host.family == Family::V4 { Protocol::ICMP } else { Protocol::ICMP6 };
    let protocol = dice.one_of(&[Protocol::TCP, Protocol::TCP, Protocol::UDP, icmp], Protocol::TCP);
    let has_ports = protocol.has_ports();
    let port = |dice: &mut Dice| {
        let port = dice.one_of(&PORTS, 80);
        dice.one_of(&[port, port.saturating_add(1), port.saturating_sub(1)], port)
    };
    // Ports at large, each once, keep connections apart.
    let source_port = if dice.once_in(3) { port(dice) } else { 20_000 + nth as u16 };
    let [first, second] = host.interfaces;
    let (input, output) = match dice.below(7) {
        0..=1 => (Some(first), None),
        2..=3 => (Some(first), Some(second)),
        4..=5 => (None, Some(second)),
        _ => (None, Some("lo")),
    };
    let source = if input.is_none() { host.own } else { near(dice, host.clients) };
    let destination = if matches!(output, None | Some("lo")) { host.own } else { near(dice, host.servers) };
    let flags = [0x02, 0x02, 0x12, 0x10, 0x18, 0x01, 0x29, 0x00];
    let kinds: &[(u8, u8)] = match host.family {
        Family::V4 => &[(8, 0), (8, 1), (13, 0)],
        Family::V6 => &[(128, 0), (128, 1)],
    };
    Packet {
        input: input.map(str::to_owned),
        output: output.map(str::to_owned),
        protocol: Some(protocol),
        source: Some(Endpoint { address: source, port: has_ports.then_some(source_port) }),
        destination: Some(Endpoint { address: destination, port: has_ports.then(|| port(dice)) }),
        flags: (protocol == Protocol::TCP).then(|| dice.one_of(&flags, 2)),
        icmp: (protocol == icmp).then(|| dice.one_of(kinds, (8, 0))).map(|(kind, code)| (kind, Some(code))),
        mark: Some(0),
        ttl: Some(62 + dice.below(5) as u8),
        ..Packet::default()
    }
}
