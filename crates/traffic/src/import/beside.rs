//! What of INPUT stays with the raw rules, beside the intents that say the rest of it.
//!
//! A packet meets the raw rules first, and what they let in the intents may still keep out. So a raw rule can keep out
//! or log what no intent names, but never let in more: a rule that does keeps all of INPUT as it is. What stands before
//! a raw rule and may decide for its packets is kept before it, though an intent says it too.

use super::inbound::{Kind, states};
use super::leaf::Leaf;
use crate::iptables::matches::{Conntrack, IcmpKind, Match, Multiport, PortSide, Ports, States, Tcp};
use crate::iptables::model::{Address, Go, Header, Not, Rule};
use crate::iptables::targets::Target;
use crate::net::{Family, Net, PortRange, Protocol};
use std::collections::{BTreeSet, VecDeque};

/// What built-in rules or intents would let in and the file does not; a raw rule keeps it out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Closing {
    /// Packets of no connection, where the file lets in new ones alone.
    Stateless,
    /// First packets of TCP that open nothing.
    NoSyn,
    /// Kinds of ICMP.
    Icmp,
    /// Answers to a client of DHCP.
    Dhcp,
}

impl Closing {
    /// The rules that keep it out, by the file's own last word. Of what only first packets may do, each rule that asks
    /// for them is closed by itself: others may let the rest in.
    fn rules(self, leaves: &[(Leaf, Kind)], family: Family, word: &Target) -> Vec<Rule> {
        let protocol = |protocol| Header { protocol: Some(positive(protocol)), ..Header::default() };
        let icmp = if family == Family::V4 { Protocol::ICMP } else { Protocol::ICMP6 };
        let rule = |header: Header, matches: Vec<Match>| Rule {
            header,
            matches,
            go: Some(Go::Jump(word.clone())),
            ..Rule::default()
        };
        let said = leaves.iter().filter(|(_, kind)| matches!(kind, Kind::Said(_))).map(|(leaf, _)| &leaf.rule);
        match self {
            Closing::Stateless => {
                let asks = |rule: &&Rule| rule.matches.iter().any(|of| states(of).is_some());
                said.filter(asks).map(|said| rule(said.header.clone(), stateless(&said.matches))).collect()
            }
            Closing::NoSyn => {
                let asks =
                    |rule: &&Rule| rule.matches.iter().any(|of| matches!(of, Match::Tcp(tcp) if tcp.flags.is_some()));
                said.filter(asks).map(|said| rule(said.header.clone(), no_syn(&said.matches))).collect()
            }
            Closing::Icmp => vec![rule(protocol(icmp), Vec::new())],
            Closing::Dhcp => {
                let port = |port| Some(positive(PortRange::one(port)));
                let ports = match family {
                    Family::V4 => Ports { source: port(67), destination: port(68) },
                    Family::V6 => Ports { source: None, destination: port(546) },
                };
                vec![rule(protocol(Protocol::UDP), vec![Match::Udp(ports)])]
            }
        }
    }
}

fn plain(matches: &[Match]) -> impl Iterator<Item = &Match> {
    matches.iter().filter(|of| !matches!(of, Match::Comment(_)) && states(of).is_none())
}

/// The same of packets that belong to no connection.
fn stateless(matches: &[Match]) -> Vec<Match> {
    let states = Some(positive(States(States::INVALID | States::UNTRACKED)));
    let conntrack = Match::Conntrack(Box::new(Conntrack { states, ..Conntrack::default() }));
    plain(matches).cloned().chain([conntrack]).collect()
}

/// The same of first packets that are no openings.
fn no_syn(matches: &[Match]) -> Vec<Match> {
    let turned = |of: &Match| match of {
        Match::Tcp(tcp) => Match::Tcp(Tcp { flags: tcp.flags.map(|not| Not { negated: !not.negated, ..not }), ..*tcp }),
        other => other.clone(),
    };
    let known = Some(Not { negated: true, value: States(States::ESTABLISHED | States::RELATED) });
    let conntrack = Match::Conntrack(Box::new(Conntrack { states: known, ..Conntrack::default() }));
    plain(matches).map(turned).chain([conntrack]).collect()
}

fn positive<T>(value: T) -> Not<T> {
    Not { negated: false, value }
}

/// What happens to what no rule fits.
pub(super) struct Last<'r> {
    pub(super) word: &'r Target,
    /// A rule that logs it before.
    pub(super) log: Option<&'r Rule>,
}

impl Last<'_> {
    /// A closing rule's packets, logged as they were.
    fn logged(&self, closing: &Rule) -> Option<Rule> {
        let log = self.log?;
        let matches = closing.matches.iter().chain(&log.matches).cloned().collect();
        Some(Rule { matches, go: log.go.clone(), ..closing.clone() })
    }
}

/// The rules of INPUT that stay, with the closings at their end; none where so many would be said twice that INPUT is
/// better left as it is. A call of which only some rules stay is written out.
pub(super) fn stays(
    input: &[Rule],
    leaves: &[(Leaf, Kind)],
    closings: &BTreeSet<Closing>,
    family: Family,
    last: &Last<'_>,
) -> Option<Vec<Rule>> {
    let closing = closings.iter().flat_map(|closing| closing.rules(leaves, family, last.word));
    let closing: Vec<Rule> = closing.flat_map(|rule| [last.logged(&rule), Some(rule)]).flatten().collect();
    let needed =
        leaves.iter().filter(|(_, kind)| matches!(kind, Kind::Denies | Kind::Idle)).map(|(leaf, _)| &leaf.rule);
    let mut later: VecDeque<&Rule> = needed.chain(&closing).collect();
    let mut stays: Vec<bool> = Vec::new();
    let (mut n_said, mut n_repeated) = (0, 0);
    for (leaf, kind) in leaves {
        let is_needed = later.front().is_some_and(|first| std::ptr::eq(*first, &leaf.rule));
        if is_needed {
            later.pop_front();
        }
        let is_guard = ends(&leaf.rule) && later.iter().any(|later| may_meet(&leaf.rule, later));
        stays.push(is_needed || is_guard);
        n_said += usize::from(matches!(kind, Kind::Said(_)));
        n_repeated += usize::from(matches!(kind, Kind::Said(_)) && is_guard);
    }
    if 2 * n_repeated > n_said {
        return None;
    }
    let mut kept = Vec::new();
    let mut rest = stays.as_slice();
    for of_top in leaves.chunk_by(|(one, _), (other, _)| one.top == other.top) {
        let (stay, after) = rest.split_at(of_top.len().min(rest.len()));
        rest = after;
        let top = of_top.first().and_then(|(leaf, _)| input.get(leaf.top));
        match top.filter(|_| stay.iter().all(|stays| *stays)) {
            Some(top) => kept.push(top.clone()),
            None => kept
                .extend(of_top.iter().zip(stay).filter(|(_, stays)| **stays).map(|((leaf, _), _)| leaf.rule.clone())),
        }
    }
    kept.extend(closing.iter().cloned());
    Some(kept)
}

/// Whether no later rule is asked of a packet that matches.
fn ends(rule: &Rule) -> bool {
    matches!(rule.go, Some(Go::Jump(Target::Accept | Target::Drop | Target::Reject(_))))
}

/// Whether a packet may match both; sure is only a no.
fn may_meet(one: &Rule, other: &Rule) -> bool {
    let protocols = (one.header.protocol, other.header.protocol);
    let interfaces = (&one.header.input, &other.header.input);
    let differ = match (protocols, interfaces) {
        ((Some(Not { negated: false, value: one }), Some(Not { negated: false, value: other })), _) if one != other => {
            true
        }
        (_, (Some(one), Some(other))) => {
            !one.negated
                && !other.negated
                && !one.value.0.ends_with('+')
                && !other.value.0.ends_with('+')
                && one.value != other.value
        }
        _ => false,
    };
    !differ
        && !sources_differ(one, other)
        && !states_differ(one, other)
        && !ports_differ(one, other)
        && !flags_differ(one, other)
}

fn sources_differ(one: &Rule, other: &Rule) -> bool {
    let net = |rule: &Rule| -> Option<Net> {
        match &rule.header.source {
            Some(Not { negated: false, value: Address::Net(net) }) => Some(*net),
            _ => None,
        }
    };
    net(one)
        .zip(net(other))
        .is_some_and(|(one, other)| !one.covers(other) && !other.covers(one) && is_plain(one, other))
}

/// Networks whose bits are the first ones lie apart unless one is in the other.
fn is_plain(one: Net, other: Net) -> bool {
    one.length().is_some() && other.length().is_some()
}

fn states_differ(one: &Rule, other: &Rule) -> bool {
    let asked = |rule: &Rule| rule.matches.iter().find_map(states);
    asked(one).zip(asked(other)).is_some_and(|(one, other)| one.0 & other.0 == 0 && (one.0 | other.0) & TRANSLATED == 0)
}

/// Whether one asks for the flags that the other asks against.
fn flags_differ(one: &Rule, other: &Rule) -> bool {
    let flags = |rule: &Rule| {
        rule.matches.iter().find_map(|of| match of {
            Match::Tcp(tcp) => tcp.flags,
            _ => None,
        })
    };
    flags(one).zip(flags(other)).is_some_and(|(one, other)| one.value == other.value && one.negated != other.negated)
}

/// Bits that stand beside a state.
const TRANSLATED: u8 = States::SNAT | States::DNAT;

fn ports_differ(one: &Rule, other: &Rule) -> bool {
    let ports = |rule: &Rule| rule.matches.iter().find_map(destination_ports);
    let meet = |one: &PortRange, other: &PortRange| one.first <= other.last && other.first <= one.last;
    let kinds = |rule: &Rule| rule.matches.iter().find_map(icmp_kind);
    let kinds_differ = kinds(one).zip(kinds(other)).is_some_and(|(one, other)| one != other);
    kinds_differ
        || ports(one)
            .zip(ports(other))
            .is_some_and(|(one, other)| !one.iter().any(|one| other.iter().any(|other| meet(one, other))))
}

fn icmp_kind(of: &Match) -> Option<u8> {
    match of {
        Match::Icmp(Some(Not { negated: false, value: IcmpKind { kind, .. } }))
        | Match::Icmp6(Some(Not { negated: false, value: IcmpKind { kind, .. } })) => *kind,
        _ => None,
    }
}

fn destination_ports(of: &Match) -> Option<Vec<PortRange>> {
    let ports = match of {
        Match::Tcp(tcp) => tcp.ports.destination,
        Match::Udp(ports) => ports.destination,
        Match::Multiport(Multiport { side: PortSide::Destination, negated: false, ports }) => {
            return Some(ports.clone());
        }
        _ => None,
    };
    ports.filter(|not| !not.negated).map(|not| vec![not.value])
}
