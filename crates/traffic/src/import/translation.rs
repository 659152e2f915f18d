//! Translations that an intent says: what leads a port of this host to another one, or to another host, for remote and
//! local clients alike.

use super::inbound::Said;
use crate::intent::{Ports, Want};
use crate::iptables::matches::{AddrType, Conntrack, Match, States};
use crate::iptables::model::{Address, Go, Header, Not, Rule, Ruleset, TableName};
use crate::iptables::targets::{Choice, Nat, Redirect, Target};
use crate::net::{Net, PortRange, Protocol};

/// What the table `nat` says as intents, and the rules of POSTROUTING that are left; none where anything before routing
/// is more, or less, than an intent says.
pub(super) fn translations(rules: &Ruleset) -> Option<(Vec<Said>, Vec<Rule>)> {
    let nat = rules.table(TableName::Nat)?;
    let of = |chain: &str| nat.chain(chain).map(|chain| chain.rules.as_slice()).unwrap_or_default();
    let (remote, local) = (of("PREROUTING"), of("OUTPUT"));
    if remote.is_empty() || remote.len() != local.len() || !of("INPUT").is_empty() {
        return None;
    }
    let mut said = Vec::new();
    for (remote, local) in remote.iter().zip(local) {
        let (one, other) = (translation(remote, Way::Remote)?, translation(local, Way::Local)?);
        if (&one.want, &one.from) != (&other.want, &other.from) {
            return None;
        }
        said.push(one);
    }
    let mut left = of("POSTROUTING").to_vec();
    for said in &mut said {
        masquerade(said, &mut left);
    }
    Some((said, left))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Remote,
    Local,
}

/// What a rule leads where, where it takes nothing but what is for this host itself.
fn translation(rule: &Rule, way: Way) -> Option<Said> {
    let header = &rule.header;
    let Some(Not { negated: false, value: protocol }) = header.protocol else { return None };
    let to_loopback = header.output.as_ref().is_some_and(|output| !output.negated && output.value.0 == "lo");
    let other = header.destination.is_some() || header.input.is_some() || header.fragment.is_some();
    if other || to_loopback != (way == Way::Local) {
        return None;
    }
    let from = match &header.source {
        None => Vec::new(),
        Some(Not { negated: false, value: Address::Net(net) }) if net.length().is_some() => vec![*net],
        Some(_) => return None,
    };
    let (mut dialled, mut is_local, mut comment) = (None, way == Way::Local, None);
    for of in &rule.matches {
        match of {
            Match::Comment(text) => comment = Some(text.clone()),
            Match::AddrType(of) if *of == to_this_host() => is_local = true,
            Match::Tcp(tcp) if tcp.ports.source.is_none() && tcp.flags.is_none() && tcp.option.is_none() => {
                dialled = tcp.ports.destination.filter(|not| !not.negated);
            }
            Match::Udp(ports) if ports.source.is_none() => dialled = ports.destination.filter(|not| !not.negated),
            _ => return None,
        }
    }
    let dialled = Ports { protocol: Some(protocol), range: dialled.filter(|_| is_local)?.value };
    let want = match &rule.go {
        Some(Go::Jump(Target::Redirect(Redirect { ports: Some(ports), choice })))
            if ports.first == ports.last && *choice == Choice::default() =>
        {
            Want::Redirect { from: dialled, to: ports.first }
        }
        Some(Go::Jump(Target::Dnat(nat))) => forward(dialled, nat)?,
        _ => return None,
    };
    Some(Said { from, comment, ..Said::new(want) })
}

fn to_this_host() -> AddrType {
    let local = AddrType::bit("LOCAL").unwrap_or_default();
    AddrType { destination: Some(Not { negated: false, value: local }), ..AddrType::default() }
}

fn forward(dialled: Ports, nat: &Nat) -> Option<Want> {
    let port = match nat.ports {
        None => None,
        Some(ports) => Some((ports.first == ports.last).then_some(ports.first)?),
    };
    let plain = nat.choice == Choice::default() && nat.port_base.is_none();
    let address = nat.address().filter(|_| plain)?;
    Some(Want::Forward { from: dialled, address, port, masquerade: false })
}

/// Takes the rule that has the other host see this one as its client, where there is one.
fn masquerade(said: &mut Said, left: &mut Vec<Rule>) {
    let Want::Forward { from, address, port, masquerade } = &mut said.want else { return };
    let to = Ports { protocol: from.protocol, range: port.map_or(from.range, PortRange::one) };
    let is_it = |rule: &Rule| {
        let header = Header {
            destination: Some(Not { negated: false, value: Address::Net(Net::host(*address)) }),
            protocol: from.protocol.map(|value| Not { negated: false, value }),
            ..Header::default()
        };
        rule.go == Some(Go::Jump(Target::Masquerade(Default::default())))
            && rule.header == header
            && asks_to(rule, &to)
            && rule.matches.iter().any(|of| dialled(of, from.range))
    };
    if let Some(nth) = left.iter().position(is_it) {
        left.remove(nth);
        *masquerade = true;
    }
}

/// Whether a rule asks for these ports of the receiver.
fn asks_to(rule: &Rule, to: &Ports) -> bool {
    let asked = Some(Not { negated: false, value: to.range });
    rule.matches.iter().any(|of| match of {
        Match::Tcp(tcp) => to.protocol == Some(Protocol::TCP) && tcp.ports.destination == asked,
        Match::Udp(ports) => to.protocol == Some(Protocol::UDP) && ports.destination == asked,
        _ => false,
    })
}

/// Whether a match asks for translated connections that dialled these ports.
fn dialled(of: &Match, range: PortRange) -> bool {
    let Match::Conntrack(conntrack) = of else { return false };
    let states = Some(Not { negated: false, value: States(States::DNAT) });
    let original_destination_port = Some(Not { negated: false, value: range });
    let asked = Conntrack { states: conntrack.states, original_destination_port, ..Conntrack::default() };
    **conntrack == asked && (conntrack.states.is_none() || conntrack.states == states)
}

/// Whether a rule of INPUT lets in what a redirect leads here, which the redirect says itself.
pub(super) fn is_arrival(rule: &Rule, said: &[Said]) -> bool {
    let accepts = rule.go == Some(Go::Jump(Target::Accept));
    accepts
        && said.iter().any(|said| match &said.want {
            Want::Redirect { from, to } => {
                let to = Ports { protocol: from.protocol, range: PortRange::one(*to) };
                asks_to(rule, &to) && rule.matches.iter().any(|of| dialled(of, from.range))
            }
            _ => false,
        })
}
