//! Everything that intents mean, written out as rules in the order a packet meets them.
//!
//! # Invariants
//! - INT-1: the guard of who manages the host stands before every rule of the file.
//! - INT-2: a port that something is redirected to is closed to whoever did not come by the redirect, unless a rule
//!   opens it or `otherwise` does.

use super::model::{Fate, From, Inbound, Intents, Limit, Ports, Service, Sticky, Want};
use crate::iptables::matches::{Rate, RateUnit, States};
use crate::net::{AddressRange, Family, Net, PortRange, Protocol};
use core::net::{IpAddr, Ipv6Addr};

/// A rule as a packet meets it.
#[derive(Clone, PartialEq, Debug)]
pub struct Effective {
    /// Of what it is part: `built-in/loopback`, `management/ssh`, `inbound/1`, `services/shop`, `otherwise`.
    pub id: String,
    /// Where on a packet's way.
    pub stage: Stage,
    /// All that it asks.
    pub tests: Vec<Test>,
    /// What it does.
    pub act: Act,
    /// How often it lets in; beyond, the packet is dropped, or of a built-in rule goes on.
    pub limit: Option<Limit>,
    /// How often it is logged.
    pub log: Option<Rate>,
    /// The line it comes from; 0 for what is built in.
    pub line: usize,
}

/// Where on a packet's way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stage {
    /// Translation of what comes in.
    Prerouting,
    /// Translation of what a local process sends to this host itself.
    LocalOutput,
    /// What is for this host.
    Input,
    /// What passes through.
    Forward,
    /// What local processes send.
    Output,
    /// Translation of senders.
    Postrouting,
}

/// What a rule asks.
#[derive(Clone, PartialEq, Debug)]
pub enum Test {
    /// It came in by the loopback.
    InLoopback,
    /// It leaves by the loopback.
    OutLoopback,
    /// Conntrack has it in one of these states.
    State(States),
    /// It is of a family.
    Family(Family),
    /// It carries a protocol.
    Protocol(Protocol),
    /// Its port at the receiver.
    DestinationPorts(PortRange),
    /// Its port at the sender.
    SourcePorts(PortRange),
    /// It comes from one of these.
    From(From),
    /// It goes to one of these.
    Destination(AddressRange),
    /// Its destination is this host.
    ToThisHost,
    /// ICMP of a family, of one of these types.
    Icmp(Family, &'static [u8]),
    /// Its destination was translated, and the port that was dialled is one of these.
    DialledPorts(PortRange),
    /// Its destination was not translated.
    NotTranslated,
}

/// What a rule does.
#[derive(Clone, PartialEq, Debug)]
pub enum Act {
    /// Lets it pass.
    Accept,
    /// Drops it.
    Drop,
    /// Answers that it may not.
    Reject,
    /// Takes it to another port of this host.
    Redirect(u16),
    /// Takes it to another host.
    Forward(IpAddr, Option<u16>),
    /// Shows the other host this one as its sender.
    Masquerade,
    /// Takes a share of connections to one port of this host, the rest to another.
    Split {
        /// The port of the stable version.
        stable: u16,
        /// The port of the tried one.
        canary: u16,
        /// Its share in hundredths of a per cent.
        share: u16,
        /// What stays with one of them.
        sticky: Sticky,
    },
}

/// How the person who applies rules came in: what must stay open where the file says nothing of management.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Session {
    /// From where.
    pub client: IpAddr,
    /// The port of this host.
    pub port: u16,
}

/// Types of ICMP that tell of errors.
const ERRORS_4: &[u8] = &[3, 11, 12];
/// The same of IPv6, with "packet too big".
const ERRORS_6: &[u8] = &[1, 2, 3, 4];
/// Neighbour and router discovery, and the listener reports that switches need for it.
const DISCOVERY: &[u8] = &[130, 131, 132, 133, 134, 135, 136, 143];

/// How often an echo is answered: enough for every monitor, too little for a flood.
const ECHO: Limit = Limit { rate: Rate { count: 100, per: RateUnit::Second }, burst: 100, per_source: false };

/// Writes out everything intents mean.
pub fn effective(intents: &Intents, session: Option<Session>) -> Vec<Effective> {
    let mut rules = Vec::new();
    translations(intents, &mut rules);
    if let Some(otherwise) = intents.otherwise {
        built_in_before(&mut rules);
        management(intents, session, &mut rules);
        built_in_after(&mut rules);
        for (number, rule) in (1..).zip(&intents.inbound) {
            inbound(number, rule, intents, &mut rules);
        }
        for service in &intents.services {
            service_input(service, &mut rules);
        }
        closures(intents, otherwise, &mut rules);
        rules.push(rule("otherwise", Stage::Input, Vec::new(), act_of(otherwise)));
    }
    outbound(intents.outbound, &mut rules);
    rules
}

fn rule(id: &str, stage: Stage, tests: Vec<Test>, act: Act) -> Effective {
    Effective { id: id.to_owned(), stage, tests, act, limit: None, log: None, line: 0 }
}

fn act_of(fate: Fate) -> Act {
    match fate {
        Fate::Allow => Act::Accept,
        Fate::Deny => Act::Drop,
        Fate::Reject => Act::Reject,
    }
}

/// What would cut the host from itself or from what it talks to already.
fn built_in_before(rules: &mut Vec<Effective>) {
    let known = States(States::ESTABLISHED | States::RELATED);
    rules.push(rule("built-in/loopback", Stage::Input, vec![Test::InLoopback], Act::Accept));
    rules.push(rule("built-in/established", Stage::Input, vec![Test::State(known)], Act::Accept));
}

/// INT-1: before every rule of the file.
fn management(intents: &Intents, session: Option<Session>, rules: &mut Vec<Effective>) {
    for guard in &intents.management {
        let tests = [ports_tests(&guard.ports), from_tests(&guard.from)].concat();
        let line = guard.place.line;
        let id = format!("management/{}", guard.name);
        rules.push(Effective { line, ..rule(&id, Stage::Input, tests, Act::Accept) });
    }
    if let (true, Some(session)) = (intents.management.is_empty(), session) {
        let from = From { lists: Vec::new(), nets: vec![Net::host(session.client)] };
        let ports = Ports { protocol: Some(Protocol::TCP), range: PortRange::one(session.port) };
        let tests = [ports_tests(&ports), from_tests(&from)].concat();
        rules.push(rule("management/session", Stage::Input, tests, Act::Accept));
    }
}

fn built_in_after(rules: &mut Vec<Effective>) {
    let input = |id: &str, tests: Vec<Test>| rule(id, Stage::Input, tests, Act::Accept);
    rules.push(input("built-in/icmp-errors", vec![Test::Icmp(Family::V4, ERRORS_4)]));
    rules.push(input("built-in/icmp-errors", vec![Test::Icmp(Family::V6, ERRORS_6)]));
    for (family, echo) in [(Family::V4, &[8u8]), (Family::V6, &[128u8])] {
        rules.push(Effective { limit: Some(ECHO), ..input("built-in/echo", vec![Test::Icmp(family, echo)]) });
    }
    rules.push(input("built-in/neighbour-discovery", vec![Test::Icmp(Family::V6, DISCOVERY)]));
    let udp =
        |family, tests: [Test; 2]| [vec![Test::Family(family), Test::Protocol(Protocol::UDP)], tests.to_vec()].concat();
    let ports_4 = [Test::SourcePorts(PortRange::one(67)), Test::DestinationPorts(PortRange::one(68))];
    rules.push(input("built-in/dhcp", udp(Family::V4, ports_4)));
    // Servers of DHCPv6 answer from a link-local address.
    let link_local =
        From { lists: Vec::new(), nets: vec![Net::of_length(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0).into(), 10)] };
    let ports_6 = [Test::From(link_local), Test::DestinationPorts(PortRange::one(546))];
    rules.push(input("built-in/dhcp", udp(Family::V6, ports_6)));
}

fn ports_tests(ports: &Ports) -> Vec<Test> {
    let protocol = ports.protocol.map(Test::Protocol);
    let range = ports.has_ports().then_some(Test::DestinationPorts(ports.range));
    protocol.into_iter().chain(range).collect()
}

fn from_tests(from: &From) -> Vec<Test> {
    if from.is_anywhere() { Vec::new() } else { vec![Test::From(from.clone())] }
}

/// Translations in the order of the file, then the services'.
fn translations(intents: &Intents, rules: &mut Vec<Effective>) {
    for (number, inbound) in (1..).zip(&intents.inbound) {
        let id = format!("inbound/{number}");
        let from = from_tests(&inbound.from);
        match &inbound.want {
            Want::Redirect { from: dialled, to } => {
                push_translation(&id, inbound.place.line, dialled, &from, Act::Redirect(*to), rules);
            }
            Want::Forward { from: dialled, address, port, .. } => {
                let from = [vec![Test::Family(Family::of(*address))], from].concat();
                push_translation(&id, inbound.place.line, dialled, &from, Act::Forward(*address, *port), rules);
            }
            Want::Allow(_) | Want::Deny(_) => {}
        }
    }
    for service in &intents.services {
        let act = match service.canary {
            Some(canary) => {
                let sticky = service.rollout.as_ref().map(|rollout| rollout.sticky).unwrap_or_default();
                Act::Split { stable: service.stable, canary, share: 0, sticky }
            }
            None => Act::Redirect(service.stable),
        };
        let id = format!("services/{}", service.name);
        push_translation(&id, service.place.line, &service.listen, &from_tests(&service.from), act, rules);
    }
    if forwards(intents) {
        let known = States(States::ESTABLISHED | States::RELATED);
        rules.push(rule("built-in/established", Stage::Forward, vec![Test::State(known)], Act::Accept));
    }
    for (number, inbound) in (1..).zip(&intents.inbound) {
        let id = format!("inbound/{number}");
        push_forwarding(&id, inbound, rules);
        push_denial(&id, inbound, intents, rules);
    }
}

/// The same for what comes in and for what local processes send to this host.
fn push_translation(id: &str, line: usize, dialled: &Ports, from: &[Test], act: Act, rules: &mut Vec<Effective>) {
    let tests = [ports_tests(dialled), from.to_vec()].concat();
    let remote = [tests.clone(), vec![Test::ToThisHost]].concat();
    let local = [tests, vec![Test::OutLoopback]].concat();
    rules.push(Effective { line, ..rule(id, Stage::Prerouting, remote, act.clone()) });
    rules.push(Effective { line, ..rule(id, Stage::LocalOutput, local, act) });
}

/// What a forwarded packet needs beside its translation.
fn push_forwarding(id: &str, inbound: &Inbound, rules: &mut Vec<Effective>) {
    let Want::Forward { from, address, port, masquerade } = &inbound.want else { return };
    let line = inbound.place.line;
    let to = Ports { protocol: from.protocol, range: port.map_or(from.range, PortRange::one) };
    let there = Test::Destination(AddressRange { first: *address, last: *address });
    let tests = [ports_tests(&to), vec![there, Test::DialledPorts(from.range)]].concat();
    let forward = rule(id, Stage::Forward, tests.clone(), Act::Accept);
    rules.push(Effective { line, limit: inbound.limit, log: inbound.log, ..forward });
    if *masquerade {
        rules.push(Effective { line, ..rule(id, Stage::Postrouting, tests, Act::Masquerade) });
    }
}

/// Whether anything is led to another host.
fn forwards(intents: &Intents) -> bool {
    intents.inbound.iter().any(|rule| matches!(rule.want, Want::Forward { .. }))
}

/// What is denied is denied too where it would be led to another host: such a packet never meets the rules for this one.
fn push_denial(id: &str, inbound: &Inbound, intents: &Intents, rules: &mut Vec<Effective>) {
    let Want::Deny(ports) = &inbound.want else { return };
    if !forwards(intents) {
        return;
    }
    for ports in ports {
        let protocol = ports.protocol.map(Test::Protocol);
        let tests =
            protocol.into_iter().chain([Test::DialledPorts(ports.range)]).chain(from_tests(&inbound.from)).collect();
        rules.push(Effective {
            line: inbound.place.line,
            log: inbound.log,
            ..rule(id, Stage::Forward, tests, Act::Drop)
        });
    }
}

fn inbound(number: usize, inbound: &Inbound, intents: &Intents, rules: &mut Vec<Effective>) {
    let id = format!("inbound/{number}");
    let from = from_tests(&inbound.from);
    let mut push = |stage: Stage, tests: Vec<Test>, act: Act| {
        let tests = [tests, from.clone()].concat();
        let rule = rule(&id, stage, tests, act);
        rules.push(Effective { line: inbound.place.line, limit: inbound.limit, log: inbound.log, ..rule });
    };
    match &inbound.want {
        Want::Allow(ports) => {
            ports
                .iter()
                .flat_map(|ports| dialled(ports, intents))
                .for_each(|tests| push(Stage::Input, tests, Act::Accept));
        }
        Want::Deny(ports) => {
            ports
                .iter()
                .flat_map(|ports| dialled(ports, intents))
                .for_each(|tests| push(Stage::Input, tests, Act::Drop));
        }
        Want::Redirect { from, to } => push(Stage::Input, arrived(from, *to), Act::Accept),
        Want::Forward { .. } => {}
    }
}

/// What asks for ports as they were dialled. A translated packet arrives at another port than that, so where something
/// leads away from these ports it is asked for what it dialled, and where something leads to them it is left out.
fn dialled(ports: &Ports, intents: &Intents) -> Vec<Vec<Test>> {
    let Some(protocol) = ports.protocol else { return vec![Vec::new()] };
    let overlaps = |other: PortRange| other.first <= ports.range.last && ports.range.first <= other.last;
    let of_protocol = |other: &&Translation| other.dialled.protocol == Some(protocol);
    let translations = translated(intents);
    let leads_here =
        translations.iter().filter(of_protocol).any(|other| other.to.iter().any(|to| ports.range.contains(*to)));
    let leads_away = translations.iter().filter(of_protocol).any(|other| overlaps(other.dialled.range));
    let arriving = leads_here.then_some(Test::NotTranslated);
    let direct = [ports_tests(ports), arriving.into_iter().collect()].concat();
    let away = leads_away.then(|| vec![Test::Protocol(protocol), Test::DialledPorts(ports.range)]);
    std::iter::once(direct).chain(away).collect()
}

/// Ports that lead to other ports of this host.
pub(crate) struct Translation {
    /// Dialled.
    pub(crate) dialled: Ports,
    /// Answered by.
    pub(crate) to: Vec<u16>,
    /// Of what it is part.
    pub(crate) id: String,
}

/// All ports that lead to others.
pub(crate) fn translated(intents: &Intents) -> Vec<Translation> {
    let of_rules = (1..).zip(&intents.inbound).filter_map(|(number, rule)| match &rule.want {
        Want::Redirect { from, to } => {
            Some(Translation { dialled: *from, to: vec![*to], id: format!("inbound/{number}") })
        }
        _ => None,
    });
    let of_services = intents.services.iter().map(|service| Translation {
        dialled: service.listen,
        to: std::iter::once(service.stable).chain(service.canary).collect(),
        id: format!("services/{}", service.name),
    });
    of_rules.chain(of_services).collect()
}

/// What came by a translation to a port of this host.
fn arrived(dialled: &Ports, port: u16) -> Vec<Test> {
    let to = Ports { protocol: dialled.protocol, range: PortRange::one(port) };
    [ports_tests(&to), vec![Test::DialledPorts(dialled.range)]].concat()
}

fn service_input(service: &Service, rules: &mut Vec<Effective>) {
    let id = format!("services/{}", service.name);
    for port in std::iter::once(service.stable).chain(service.canary) {
        let tests = [arrived(&service.listen, port), from_tests(&service.from)].concat();
        rules.push(Effective { line: service.place.line, ..rule(&id, Stage::Input, tests, Act::Accept) });
    }
}

/// INT-2: where `otherwise` would open a backend, it is closed before that.
fn closures(intents: &Intents, otherwise: Fate, rules: &mut Vec<Effective>) {
    if otherwise != Fate::Allow {
        return;
    }
    let mut close = |id: &str, line: usize, protocol: Option<Protocol>, port: u16| {
        let ports = Ports { protocol, range: PortRange::one(port) };
        let tests = [ports_tests(&ports), vec![Test::NotTranslated]].concat();
        rules.push(Effective { line, ..rule(id, Stage::Input, tests, Act::Drop) });
    };
    for (number, rule) in (1..).zip(&intents.inbound) {
        if let Want::Redirect { from, to } = &rule.want {
            close(&format!("inbound/{number}"), rule.place.line, from.protocol, *to);
        }
    }
    for service in &intents.services {
        for port in std::iter::once(service.stable).chain(service.canary) {
            close(&format!("services/{}", service.name), service.place.line, service.listen.protocol, port);
        }
    }
}

/// What local processes open; what they answer, and what stays on the host, always passes.
fn outbound(fate: Fate, rules: &mut Vec<Effective>) {
    if fate == Fate::Allow {
        return;
    }
    let known = States(States::ESTABLISHED | States::RELATED);
    let output = |id: &str, tests: Vec<Test>, act: Act| rule(id, Stage::Output, tests, act);
    rules.push(output("built-in/loopback", vec![Test::OutLoopback], Act::Accept));
    rules.push(output("built-in/established", vec![Test::State(known)], Act::Accept));
    rules.push(output("built-in/icmp-errors", vec![Test::Icmp(Family::V4, ERRORS_4)], Act::Accept));
    rules.push(output("built-in/icmp-errors", vec![Test::Icmp(Family::V6, ERRORS_6)], Act::Accept));
    rules.push(output("built-in/neighbour-discovery", vec![Test::Icmp(Family::V6, DISCOVERY)], Act::Accept));
    for (family, ports) in [(Family::V4, [68, 67]), (Family::V6, [546, 547])] {
        let [client, server] = ports.map(PortRange::one);
        let tests = vec![
            Test::Family(family),
            Test::Protocol(Protocol::UDP),
            Test::SourcePorts(client),
            Test::DestinationPorts(server),
        ];
        rules.push(output("built-in/dhcp", tests, Act::Accept));
    }
    rules.push(output("outbound/otherwise", Vec::new(), act_of(fate)));
}
