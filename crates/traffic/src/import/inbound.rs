//! What a rule of INPUT says, in the words of intents.

use crate::intent::{Fate, Ports, Want};
use crate::iptables::matches::{Conntrack, Match, PortSide, Rate, RateUnit, States, Tcp, TcpFlags};
use crate::iptables::model::{Address, Go, Header, Not, Rule};
use crate::iptables::passes_on;
use crate::iptables::targets::{RejectWith, Target};
use crate::net::{Net, PortRange, Protocol};

/// A line of `inbound`.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Said {
    pub(super) want: Want,
    /// Everyone where there is none.
    pub(super) from: Vec<Net>,
    /// How often it is logged.
    pub(super) log: Option<Rate>,
    /// What the file's author wrote to it.
    pub(super) comment: Option<String>,
}

impl Said {
    pub(super) fn new(want: Want) -> Said {
        Said { want, from: Vec::new(), log: None, comment: None }
    }
}

/// What a rule is to an importer.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Kind {
    /// Built-in rules say it.
    BuiltIn,
    /// An intent says it.
    Said(Said),
    /// It decides everything that is left.
    Final(Fate, Option<RejectWith>),
    /// It keeps out what no intent can name.
    Denies,
    /// It decides nothing: it counts, or logs.
    Idle,
    /// It lets in what no intent can name, or does what none does.
    Opens,
}

/// What a rule of INPUT is.
pub(super) fn kind(rule: &Rule) -> Kind {
    if let Some(fate) = fate(rule).filter(|_| asks_nothing(rule)) {
        return Kind::Final(fate, rejection(rule));
    }
    match &rule.go {
        Some(Go::Jump(Target::Accept)) if is_built_in(rule) => Kind::BuiltIn,
        Some(Go::Jump(Target::Accept)) => said(rule).map_or(Kind::Opens, Kind::Said),
        Some(Go::Jump(Target::Drop)) => said(rule).map_or(Kind::Denies, Kind::Said),
        Some(Go::Jump(Target::Reject(_))) => Kind::Denies,
        None | Some(Go::Jump(Target::Log(_) | Target::Nflog(_) | Target::Trace)) => Kind::Idle,
        Some(Go::Jump(Target::Opaque(opaque))) if passes_on(&opaque.name) => Kind::Idle,
        _ => Kind::Opens,
    }
}

fn fate(rule: &Rule) -> Option<Fate> {
    match &rule.go {
        Some(Go::Jump(Target::Accept)) => Some(Fate::Allow),
        Some(Go::Jump(Target::Drop)) => Some(Fate::Deny),
        Some(Go::Jump(Target::Reject(_))) => Some(Fate::Reject),
        _ => None,
    }
}

fn rejection(rule: &Rule) -> Option<RejectWith> {
    match &rule.go {
        Some(Go::Jump(Target::Reject(with))) => Some(*with),
        _ => None,
    }
}

fn asks_nothing(rule: &Rule) -> bool {
    rule.header == Header::default() && rule.matches.iter().all(|of| matches!(of, Match::Comment(_)))
}

/// How often a rule is logged that logs every packet: more than a host takes.
const LOG_EVERY: Rate = Rate { count: 1_000_000, per: RateUnit::Second };

/// A last rule that logs what is then denied, as a denial that is logged.
pub(super) fn logged_denial(rule: &Rule) -> Option<Said> {
    let Some(Go::Jump(Target::Log(log))) = &rule.go else { return None };
    let mut rate = LOG_EVERY;
    for of in &rule.matches {
        match of {
            Match::Comment(_) => {}
            Match::Limit(limit) => rate = limit.rate,
            _ => return None,
        }
    }
    let comment = (!log.prefix.is_empty()).then(|| format!("it was logged as '{}'", log.prefix.trim()));
    let said = Said { log: Some(rate), comment, ..Said::new(Want::Deny(vec![Ports::ALL])) };
    (rule.header == Header::default()).then_some(said)
}

/// The states a rule asks for where it asks for nothing else of a connection.
pub(super) fn states(of: &Match) -> Option<States> {
    match of {
        Match::State(Not { negated: false, value }) => Some(*value),
        Match::Conntrack(conntrack) => {
            let Some(Not { negated: false, value }) = conntrack.states else { return None };
            let alone = Conntrack { states: conntrack.states, ..Conntrack::default() };
            (**conntrack == alone).then_some(value)
        }
        _ => None,
    }
}

/// Types of ICMP that built-in rules let in.
const BUILT_IN_4: &[u8] = &[3, 8, 11, 12];
/// The same of IPv6.
const BUILT_IN_6: &[u8] = &[1, 2, 3, 4, 128, 130, 131, 132, 133, 134, 135, 136, 143];

/// Whether the built-in rules say it anyway.
fn is_built_in(rule: &Rule) -> bool {
    let loopback = rule.header.input.as_ref().is_some_and(|input| !input.negated && input.value.0 == "lo");
    let known = States::ESTABLISHED | States::RELATED;
    let established = rule.matches.iter().filter_map(states).any(|states| states.0 & !known == 0);
    let icmp = rule.matches.iter().any(|of| match of {
        Match::Icmp(Some(Not { negated: false, value })) => value.kind.is_some_and(|kind| BUILT_IN_4.contains(&kind)),
        Match::Icmp6(Some(Not { negated: false, value })) => value.kind.is_some_and(|kind| BUILT_IN_6.contains(&kind)),
        _ => false,
    });
    loopback || established || icmp || is_dhcp(rule)
}

/// What answers to a client of DHCP: of IPv6 its servers speak from link-local addresses.
fn is_dhcp(rule: &Rule) -> bool {
    let link_local = rule.header.source.as_ref().is_some_and(
        |source| matches!(&source.value, Address::Net(net) if !source.negated && net.to_string() == "fe80::/10"),
    );
    let one = |not: Option<Not<PortRange>>, port| not == Some(Not { negated: false, value: PortRange::one(port) });
    rule.matches.iter().any(|of| match of {
        Match::Udp(ports) => {
            one(ports.destination, 68) && one(ports.source, 67) || one(ports.destination, 546) && link_local
        }
        _ => false,
    })
}

/// What an intent says of it. Of connections that are not new the built-in rules decide; where a rule asks for what only
/// first packets have, the rest is kept out beside the intents.
fn said(rule: &Rule) -> Option<Said> {
    let header = &rule.header;
    if header.destination.is_some() || header.input.is_some() || header.output.is_some() || header.fragment.is_some() {
        return None;
    }
    let denies = rule.go == Some(Go::Jump(Target::Drop));
    let mut asked = Asked::default();
    for of in &rule.matches {
        asked.take(of)?;
    }
    if denies && asked.is_first {
        return None;
    }
    let protocol = match header.protocol {
        None => None,
        Some(Not { negated: false, value }) => Some(value),
        Some(_) => return None,
    };
    let ports = match (protocol, asked.ranges) {
        (None, None) => vec![Ports::ALL],
        (Some(protocol), None) if protocol.has_ports() => vec![Ports { protocol: Some(protocol), range: PORTS_ALL }],
        (Some(protocol), None) => vec![Ports::of(protocol)],
        (Some(protocol), Some(ranges)) => distinct(protocol, &ranges),
        (None, Some(_)) => return None,
    };
    let from = match (&header.source, asked.sources) {
        (None, sources) => sources.unwrap_or_default(),
        (Some(Not { negated: false, value: Address::Net(net) }), None) => vec![net.length().map(|_| *net)?],
        _ => return None,
    };
    let from = if from.iter().any(|net| net.mask() == 0) { Vec::new() } else { from };
    let want = if denies { Want::Deny(ports) } else { Want::Allow(ports) };
    Some(Said { from, comment: asked.comment, ..Said::new(want) })
}

/// Every port that a packet can have.
const PORTS_ALL: PortRange = PortRange { first: 1, last: u16::MAX };

fn distinct(protocol: Protocol, ranges: &[PortRange]) -> Vec<Ports> {
    let mut ports: Vec<Ports> = Vec::new();
    for range in ranges {
        // Port 0 is dialled by nobody.
        let range = PortRange { first: range.first.max(1), last: range.last.max(1) };
        let one = Ports { protocol: Some(protocol), range };
        if !ports.contains(&one) {
            ports.push(one);
        }
    }
    ports
}

/// What the matches of a rule ask, as far as intents can say it.
#[derive(Default)]
struct Asked {
    ranges: Option<Vec<PortRange>>,
    sources: Option<Vec<Net>>,
    /// Whether it asks for the first packet of a connection.
    is_first: bool,
    comment: Option<String>,
}

impl Asked {
    fn take(&mut self, of: &Match) -> Option<()> {
        if let Some(states) = states(of) {
            let known = States::NEW | States::ESTABLISHED | States::RELATED;
            self.is_first = true;
            return (states.0 & States::NEW != 0 && states.0 & !known == 0).then_some(());
        }
        match of {
            Match::Comment(text) => self.comment = Some(text.clone()),
            Match::Tcp(Tcp { ports, flags, option: None }) if ports.source.is_none() => {
                match flags {
                    None => {}
                    Some(Not { negated: false, value: TcpFlags::SYN }) => self.is_first = true,
                    Some(_) => return None,
                }
                self.ports(ports.destination)?;
            }
            Match::Udp(ports) | Match::Dccp(ports) if ports.source.is_none() => self.ports(ports.destination)?,
            Match::Sctp(of) if of.ports.source.is_none() && of.chunks.is_none() => {
                self.ports(of.ports.destination)?;
            }
            Match::Multiport(of) if of.side == PortSide::Destination && !of.negated => {
                self.only(&of.ports)?;
            }
            Match::IpRange(of) if of.destination.is_none() && self.sources.is_none() => {
                let source = of.source.filter(|not| !not.negated)?;
                self.sources = Some(source.value.nets());
            }
            Match::Icmp(None) | Match::Icmp6(None) => {}
            Match::Icmp(Some(Not { negated: false, value })) | Match::Icmp6(Some(Not { negated: false, value }))
                if value.kind.is_none() => {}
            _ => return None,
        }
        Some(())
    }

    fn ports(&mut self, asked: Option<Not<PortRange>>) -> Option<()> {
        match asked {
            None => Some(()),
            Some(Not { negated: false, value }) => self.only(&[value]),
            Some(_) => None,
        }
    }

    /// A rule that asks for ports twice asks for what both have, which no intent says.
    fn only(&mut self, ranges: &[PortRange]) -> Option<()> {
        self.ranges.is_none().then(|| self.ranges = Some(ranges.to_vec()))
    }
}
