//! Rules said as intents: a candidate is made of what INPUT asks, and taken only where it says the same as the rules
//! of every packet at every boundary of both.

use crate::intent::{Walker, effective, read};
use crate::iptables::matches::{Match, PortSide, States};
use crate::iptables::model::{Address, Chain, Go, Not, Policy, Rule, Ruleset, TableName};
use crate::iptables::targets::Target;
use crate::iptables::{Read, Table};
use crate::net::{Endpoint, Family, Net, PortRange, Protocol, address_of, number_of};
use crate::services::Services;
use crate::simulate::{Packet, Simulator, State, Verdict};
use core::net::IpAddr;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The intent file, where intents say all that the rules say.
pub(super) fn of_rules(reads: &[Read], services: &Services) -> Option<String> {
    // An intent is of both families: rules of one alone leave the other as it is, which no intent says.
    let [one, other] = reads else { return None };
    if !one.is_whole() || !other.is_whole() || one.rules.family == other.rules.family {
        return None;
    }
    let (first, second) = (candidate(&one.rules)?, candidate(&other.rules)?);
    let yaml = joined(&first, &second)?;
    let loaded = read("", yaml.as_bytes(), services);
    let intents = Some(loaded.intents.clone()).filter(|_| loaded.usable())?;
    let rules = effective(&intents, None);
    let walker = Walker::new(&rules, &intents);
    let agrees = |read: &Read| {
        let simulator = Simulator::new(&read.rules);
        boundary_packets(&read.rules).iter().all(|packet| {
            let (of_rules, of_intents) = (simulator.answer(packet), walker.answer(packet));
            of_rules.verdict != Verdict::Unknown
                && (of_rules.verdict, of_rules.to) == (of_intents.verdict, of_intents.to)
        })
    };
    (agrees(one) && agrees(other)).then_some(yaml)
}

/// What INPUT of one family says, as lines of `inbound`, and what happens otherwise.
#[derive(PartialEq, Debug)]
struct Candidate {
    rules: Vec<Said>,
    otherwise: &'static str,
}

#[derive(Clone, PartialEq, Debug)]
struct Said {
    /// `allow` or `deny`.
    want: &'static str,
    ports: String,
    from: Option<Net>,
}

fn candidate(rules: &Ruleset) -> Option<Candidate> {
    let is_idle =
        |table: &Table| table.chains.iter().all(|chain| chain.rules.is_empty() && chain.policy != Some(Policy::Drop));
    let filter = rules.table(TableName::Filter)?;
    let others_idle = rules.tables.iter().filter(|table| table.name != TableName::Filter).all(is_idle);
    let passes = |name: &str| {
        filter.chain(name).is_some_and(|chain| chain.rules.is_empty() && chain.policy == Some(Policy::Accept))
    };
    let no_user_chains = filter.chains.iter().all(|chain| chain.policy.is_some());
    if !others_idle || !passes("FORWARD") || !passes("OUTPUT") || !no_user_chains {
        return None;
    }
    let input: &Chain = filter.chain("INPUT")?;
    let mut candidate =
        Candidate { rules: Vec::new(), otherwise: if input.policy == Some(Policy::Drop) { "deny" } else { "allow" } };
    for rule in input.rules.iter().filter(|rule| !is_built_in(rule)) {
        if let Some(otherwise) = final_word(rule) {
            candidate.otherwise = otherwise;
            break;
        }
        candidate.rules.push(said(rule)?);
    }
    Some(candidate)
}

/// Whether the built-in rules say it anyway; which of them are missing, the packets tell.
fn is_built_in(rule: &Rule) -> bool {
    let accepts = rule.go == Some(Go::Jump(Target::Accept));
    let loopback = rule.header.input.as_ref().is_some_and(|input| !input.negated && input.value.0 == "lo");
    let known = States(States::ESTABLISHED | States::RELATED);
    let established = rule.matches.iter().any(|of| match of {
        Match::State(not) => !not.negated && not.value == known,
        Match::Conntrack(conntrack) => conntrack.states == Some(Not { negated: false, value: known }),
        _ => false,
    });
    let icmp =
        rule.header.protocol.is_some_and(|not| !not.negated && matches!(not.value, Protocol::ICMP | Protocol::ICMP6));
    let dhcp = rule.matches.iter().any(|of| match of {
        Match::Udp(ports) => ports.destination.is_some_and(|not| !not.negated && [68, 546].contains(&not.value.first)),
        _ => false,
    });
    accepts && (loopback || established || icmp || dhcp)
}

/// A last rule for everything.
fn final_word(rule: &Rule) -> Option<&'static str> {
    let asks_nothing =
        rule.header == Default::default() && rule.matches.iter().all(|of| matches!(of, Match::Comment(_)));
    let word = match &rule.go {
        Some(Go::Jump(Target::Accept)) => "allow",
        Some(Go::Jump(Target::Drop)) => "deny",
        Some(Go::Jump(Target::Reject(_))) => "reject",
        _ => return None,
    };
    asks_nothing.then_some(word)
}

fn said(rule: &Rule) -> Option<Said> {
    let want = match &rule.go {
        Some(Go::Jump(Target::Accept)) => "allow",
        Some(Go::Jump(Target::Drop)) => "deny",
        _ => return None,
    };
    let header = &rule.header;
    if header.destination.is_some() || header.input.is_some() || header.output.is_some() || header.fragment.is_some() {
        return None;
    }
    let from = match &header.source {
        None => None,
        Some(Not { negated: false, value: Address::Net(net) }) => Some(net.length().map(|_| *net)?),
        Some(_) => return None,
    };
    let protocol = match header.protocol {
        None => return rule.matches.is_empty().then(|| Said { want, ports: "all".to_owned(), from }),
        Some(Not { negated: false, value: protocol @ (Protocol::TCP | Protocol::UDP) }) => protocol,
        Some(_) => return None,
    };
    let mut ranges: Option<Vec<PortRange>> = None;
    for of in &rule.matches {
        let asked = match of {
            Match::Comment(_) => continue,
            // A connection that is not new is let in by what is built in.
            Match::State(Not { negated: false, value: States(States::NEW) }) => continue,
            Match::Tcp(tcp) if tcp.flags.is_none() && tcp.option.is_none() && tcp.ports.source.is_none() => {
                tcp.ports.destination
            }
            Match::Udp(ports) if ports.source.is_none() => ports.destination,
            Match::Multiport(multiport) if multiport.side == PortSide::Destination && !multiport.negated => {
                ranges.get_or_insert_default().extend(&multiport.ports);
                continue;
            }
            _ => return None,
        };
        let not = asked.filter(|not| !not.negated)?;
        ranges.get_or_insert_default().push(not.value);
    }
    let text = |range: &PortRange| format!("{}/{protocol}", range.text('-'));
    let ports = ranges?.iter().map(text).collect::<Vec<_>>().join(", ");
    Some(Said { want, ports: format!("[{ports}]"), from })
}

/// One file of both families: rules without a source stand once, in the order both have them.
fn joined(first: &Candidate, second: &Candidate) -> Option<String> {
    let general =
        |candidate: &Candidate| candidate.rules.iter().filter(|said| said.from.is_none()).cloned().collect::<Vec<_>>();
    if first.otherwise != second.otherwise || general(first) != general(second) {
        return None;
    }
    let mut rules: Vec<Said> = Vec::new();
    let mut rest = second.rules.iter().peekable();
    for said in &first.rules {
        if said.from.is_none() {
            // What stands before the same rule in the other family comes before it here too.
            while let Some(other) = rest.next_if(|other| other.from.is_some()) {
                rules.push(other.clone());
            }
            rest.next();
        }
        rules.push(said.clone());
    }
    rules.extend(rest.cloned());
    let mut out = String::from("traffic:\n");
    if !rules.is_empty() {
        out.push_str("  inbound:\n");
    }
    for said in &rules {
        let _ = writeln!(out, "    - {}: {}", said.want, said.ports);
        if let Some(net) = said.from {
            let _ = writeln!(out, "      from: '{net}'");
        }
    }
    let _ = writeln!(out, "  otherwise: {}", first.otherwise);
    Some(out)
}

/// Packets at every boundary of the rules, and of what is built in.
fn boundary_packets(rules: &Ruleset) -> Vec<Packet> {
    let family = rules.family;
    let of_input = rules.table(TableName::Filter).and_then(|table| table.chain("INPUT"));
    let (mut ports, mut sources) = (BTreeSet::from([1u16, 22, 67, 68, 80, 546, 65_535]), BTreeSet::new());
    for rule in of_input.into_iter().flat_map(|chain| &chain.rules) {
        if let Some(Not { value: Address::Net(net), .. }) = &rule.header.source {
            sources.extend(net.bounds().into_iter().flat_map(|(first, last)| beside(first, last)));
        }
        rule.matches.iter().flat_map(ranges_of).for_each(|range| {
            ports.extend([range.first.saturating_sub(1).max(1), range.first, range.last, range.last.saturating_add(1)]);
        });
    }
    let own: IpAddr = if family == Family::V4 {
        IpAddr::from([192, 0, 2, 1])
    } else {
        IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1])
    };
    sources.insert(number_of(own) + 7);
    let sources: Vec<IpAddr> = sources.into_iter().map(|number| address_of(family, number)).collect();
    let mut packets = Vec::new();
    for source in &sources {
        packets.extend(of_source(family, *source, own, &ports));
    }
    packets
}

/// Both ends of a range, and what is beside them.
fn beside(first: u128, last: u128) -> [u128; 4] {
    [first.saturating_sub(1), first, last, last.saturating_add(1)]
}

fn ranges_of(of: &Match) -> Vec<PortRange> {
    match of {
        Match::Tcp(tcp) => tcp.ports.destination.into_iter().map(|not| not.value).collect(),
        Match::Udp(ports) => ports.destination.into_iter().map(|not| not.value).collect(),
        Match::Multiport(multiport) => multiport.ports.clone(),
        _ => Vec::new(),
    }
}

fn of_source(family: Family, source: IpAddr, own: IpAddr, ports: &BTreeSet<u16>) -> Vec<Packet> {
    let end = |address, port| Some(Endpoint { address, port });
    let base = Packet {
        input: Some("eth0".to_owned()),
        source: end(source, None),
        destination: end(own, None),
        ..Packet::default()
    };
    let states = State::ALL.map(|(state, _)| state);
    let mut packets = Vec::new();
    for (port, source_port) in ports.iter().flat_map(|port| [(*port, 40_000), (*port, 67)]) {
        for protocol in [Protocol::TCP, Protocol::UDP] {
            packets.extend(states.map(|state| Packet {
                protocol: Some(protocol),
                source: end(source, Some(source_port)),
                destination: end(own, Some(port)),
                state,
                ..base.clone()
            }));
        }
    }
    let icmp = if family == Family::V4 { Protocol::ICMP } else { Protocol::ICMP6 };
    for kind in 0..=u8::MAX {
        let kind = |code| Packet { protocol: Some(icmp), icmp: Some((kind, Some(code))), ..base.clone() };
        packets.extend([kind(0), kind(1)]);
    }
    packets.push(Packet { protocol: Some(Protocol(47)), ..base.clone() });
    packets.push(Packet { protocol: Some(Protocol(47)), input: Some("lo".to_owned()), ..base });
    packets
}
