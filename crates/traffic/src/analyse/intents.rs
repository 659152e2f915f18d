//! Analyses of intents.

use crate::finding::{Finding, Place, Severity};
use crate::intent::{Effective, From, Inbound, Intents, Ports, Session, Walker, Want, translated};
use crate::messages::{Fact, Hint};
use crate::net::{Endpoint, Family, Net, PortRange, Protocol};
use crate::simulate::{Packet, Verdict};
use core::net::IpAddr;

/// Warnings about intents, in the order of their rules.
pub fn intents(intents: &Intents) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (nth, rule) in intents.inbound.iter().enumerate() {
        let path = format!("traffic.inbound[{nth}]");
        let told = never_asked(nth, rule, intents).into_iter().chain(opened(rule, intents));
        findings.extend(told.map(|(fact, hint)| warning(&rule.place, &path, fact, hint)));
    }
    findings
}

fn warning(place: &Place, path: &str, fact: Fact, hint: Hint) -> Finding {
    Finding { place: place.clone(), path: path.to_owned(), severity: Severity::Warning, fact, hint }
}

/// The packets that a rule decides: ports as they are dialled, whatever becomes of them.
fn ports_of(want: &Want) -> Vec<Ports> {
    match want {
        Want::Allow(ports) | Want::Deny(ports) => ports.clone(),
        Want::Redirect { from, .. } | Want::Forward { from, .. } => vec![*from],
    }
}

/// The family that a rule is for alone.
fn family_of(want: &Want) -> Option<Family> {
    match want {
        Want::Forward { address, .. } => Some(Family::of(*address)),
        _ => None,
    }
}

fn never_asked(nth: usize, rule: &Inbound, intents: &Intents) -> Option<(Fact, Hint)> {
    let empty = rule
        .from
        .lists
        .iter()
        .find(|name| intents.list(name).is_some_and(|list| list.nets.is_empty() && list.file.is_none()));
    if let Some(list) = empty.filter(|_| rule.from.networks(intents).next().is_none()) {
        return Some((Fact::NeverMatches { list: list.clone() }, Hint::FillList));
    }
    let before = || (1..).zip(&intents.inbound).take(nth);
    let ports = ports_of(&rule.want);
    let covering = before().find(|(_, other)| {
        covers_sources(other, &rule.from, intents)
            && family_of(&other.want).is_none_or(|family| family_of(&rule.want) == Some(family))
            && ports.iter().all(|ports| ports_of(&other.want).iter().any(|known| known.covers(ports)))
    });
    if let Some((number, other)) = covering {
        let by = format!("inbound/{number}");
        let same = other.want == rule.want
            || matches!((&other.want, &rule.want), (Want::Allow(_), Want::Allow(_)) | (Want::Deny(_), Want::Deny(_)));
        let fact = if same { Fact::Shadowed { by: by.clone() } } else { Fact::Contradicted { by: by.clone() } };
        return Some((fact, Hint::RemoveOrMove { by }));
    }
    let together: Vec<Ports> = before()
        .filter(|(_, other)| covers_sources(other, &rule.from, intents) && family_of(&other.want).is_none())
        .flat_map(|(_, other)| ports_of(&other.want))
        .collect();
    let all_taken = !ports.is_empty() && ports.iter().all(|ports| is_taken(ports, &together));
    all_taken.then_some((Fact::Unreachable, Hint::RemoveOrMoveUp))
}

/// Whether a rule decides for every source of another; one with a limit still decides, over the limit by dropping.
fn covers_sources(rule: &Inbound, from: &From, intents: &Intents) -> bool {
    if rule.from.is_anywhere() {
        return true;
    }
    // Lists of files may change tomorrow: only the same list covers itself.
    let is_fixed = |name: &String| intents.list(name).is_some_and(|list| list.file.is_none());
    let lists_covered = from.lists.iter().all(|name| is_fixed(name) || rule.from.lists.contains(name));
    let known: Vec<Net> = rule.from.networks(intents).collect();
    let wanted: Vec<Net> = from.networks(intents).collect();
    let covered = |net: &Net| known.iter().any(|known| known.covers(*net));
    !from.is_anywhere() && lists_covered && wanted.iter().all(covered) && !(wanted.is_empty() && from.lists.is_empty())
}

/// Whether every port is among ports that are taken together.
fn is_taken(ports: &Ports, taken: &[Ports]) -> bool {
    let Some(protocol) = ports.protocol else { return taken.iter().any(|taken| taken.protocol.is_none()) };
    let mut ranges: Vec<PortRange> = taken
        .iter()
        .filter(|taken| taken.protocol.is_none_or(|known| known == protocol))
        .map(|taken| taken.range)
        .collect();
    ranges.sort_unstable();
    // The first port that is still free.
    let mut free = u32::from(ports.range.first);
    for range in ranges.iter().filter(|range| u32::from(range.last) >= u32::from(ports.range.first)) {
        if u32::from(range.first) > free {
            return false;
        }
        free = free.max(u32::from(range.last) + 1);
    }
    free > u32::from(ports.range.last)
}

/// A rule that lets in to a port that something is redirected to.
fn opened(rule: &Inbound, intents: &Intents) -> Option<(Fact, Hint)> {
    let Want::Allow(allowed) = &rule.want else { return None };
    let opens = |protocol: Option<Protocol>, port: u16| {
        let backend = Ports { protocol, range: PortRange::one(port) };
        allowed.iter().any(|ports| ports.covers(&backend))
    };
    translated(intents).into_iter().find_map(|translation| {
        let port = translation.to.into_iter().find(|port| opens(translation.dialled.protocol, *port))?;
        Some((Fact::OpensBackend { port, rule: translation.id }, Hint::CloseBackend { port }))
    })
}

/// Whether rules would keep out whoever applies them; an error, and the reason a plan is refused.
pub fn lock_out(intents: &Intents, rules: &[Effective], session: Session, own: IpAddr) -> Option<Finding> {
    let packet = Packet {
        input: Some("eth0".to_owned()),
        protocol: Some(Protocol::TCP),
        // A client's port is never what rules ask for; any will do.
        source: Some(Endpoint { address: session.client, port: Some(50_000) }),
        destination: Some(Endpoint { address: own, port: Some(session.port) }),
        ..Packet::default()
    };
    let answer = Walker::new(rules, intents).answer(&packet);
    // It must be let in, and reach the very port.
    if answer.verdict == Verdict::Accept && answer.to.is_none() {
        return None;
    }
    let (client, port) = (session.client.to_string(), session.port);
    let rule = answer.rule.unwrap_or_else(|| "policy".to_owned());
    let hint = Hint::AllowManagement { client: client.clone(), port };
    let place = intents.inbound.first().map(|rule| rule.place.clone()).unwrap_or_default();
    let fact = Fact::LocksOut { client, port, rule };
    Some(Finding { place, path: "traffic".to_owned(), severity: Severity::Error, fact, hint })
}
