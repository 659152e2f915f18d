//! Words of an intent file and what they mean: ports, networks, rates, lengths of time.

use super::field::{Field, Log};
use super::model::{From, List, Ports};
use crate::iptables::matches::{Rate, RateUnit};
use crate::messages::{Fact, Hint};
use crate::net::{AddressRange, Net, PortRange, Protocol, port};
use crate::services::Services;
use nines_yaml::{clipped, nearest};

/// Longest time: nothing about traffic is planned for more than 30 days.
pub(super) const SECONDS_MAX: u64 = 30 * 86_400;

/// Protocols that a rule can name alone, by their usual names: they have no ports.
const PORTLESS: [&str; 9] = ["icmp", "ipv6-icmp", "igmp", "gre", "esp", "ah", "ospf", "pim", "vrrp"];

/// Ports as `22`, `ssh`, `53/udp`, `6000-6010/tcp`, a protocol without ports, or `all`. A bare number is TCP; a bare name is TCP where the list
/// of services has it for TCP, else what the list has it for.
pub(super) fn ports(field: &Field<'_>, services: &Services, log: &mut Log<'_>) -> Option<Ports> {
    let text = field.word("22, ssh, 53/udp or 6000-6010/tcp", log)?;
    ports_of(field, text, 0, services, log)
}

/// Ports of a part of a field's text that begins at a character.
pub(super) fn ports_of(
    field: &Field<'_>,
    text: &str,
    begin: usize,
    services: &Services,
    log: &mut Log<'_>,
) -> Option<Ports> {
    if text == "all" {
        return Some(Ports::ALL);
    }
    if PORTLESS.contains(&text) {
        return Protocol::parse(text).map(Ports::of);
    }
    let (number, protocol) = text.split_once('/').map_or((text, None), |(number, protocol)| (number, Some(protocol)));
    if let Some(hint) = meant_ports(text) {
        field.fault_inside(log, begin, Fact::NotPorts { value: clipped(text) }, hint);
        return None;
    }
    let protocol = match protocol {
        None => None,
        Some(name) => Some(transport(field, name, begin + number.chars().count() + 1, log)?),
    };
    let mut fault = |fact, hint| {
        field.fault_inside(log, begin, fact, hint);
        None
    };
    if let Some((first, last)) =
        number.split_once('-').filter(|(first, _)| first.bytes().all(|byte| byte.is_ascii_digit()))
    {
        let (Some(first), Some(last)) = (port_number(first), port_number(last)) else {
            return fault(Fact::NotAPort { value: clipped(number) }, Hint::IntentPortsAre);
        };
        if first > last {
            return fault(Fact::PortsReversed { first, last }, Hint::WriteAs { example: format!("{last}-{first}") });
        }
        return Some(Ports { protocol: Some(protocol.unwrap_or(Protocol::TCP)), range: PortRange { first, last } });
    }
    if number.bytes().all(|byte| byte.is_ascii_digit()) {
        return match port_number(number) {
            Some(port) => {
                Some(Ports { protocol: Some(protocol.unwrap_or(Protocol::TCP)), range: PortRange::one(port) })
            }
            None => fault(Fact::NotAPort { value: clipped(number) }, Hint::IntentPortsAre),
        };
    }
    named_port(number, protocol, services).map_or_else(|(fact, hint)| fault(fact, hint), Some)
}

/// What was meant by a word that is not written as ports are, where that can be told.
fn meant_ports(text: &str) -> Option<Hint> {
    let example = |example: String| Some(Hint::WriteAs { example });
    let number = |text: &str| port_number(text).is_some() && !text.starts_with('0');
    if matches!(text.to_ascii_lowercase().as_str(), "any" | "*") {
        return example("all".to_owned());
    }
    let several: Vec<&str> = text.split([',', ' ']).filter(|word| !word.is_empty()).collect();
    if several.len() > 1 && several.iter().all(|word| number(word)) {
        return example(format!("[{}]", several.join(", ")));
    }
    for between in [":", "..", "\u{2013}", "\u{2014}"] {
        if let Some((first, last)) = text.split_once(between).filter(|(first, last)| number(first) && number(last)) {
            return example(if first == last { first.to_owned() } else { format!("{first}-{last}") });
        }
    }
    if let Some((protocol, port)) = text.split_once('/').filter(|(_, port)| number(port)) {
        return TRANSPORTS
            .iter()
            .any(|(name, _)| *name == protocol)
            .then_some(Hint::WriteAs { example: format!("{port}/{protocol}") });
    }
    if TRANSPORTS.iter().any(|(name, _)| *name == text) {
        return example(format!("1-65535/{text}"));
    }
    let address = Net::parse(text).map(|_| text).or_else(|| text.rsplit_once(':').map(|(address, _)| address));
    let is_address = |text: &&str| text.contains(['.', ':']) && Net::parse(text).is_some();
    if let Some(address) = address.filter(is_address) {
        return Some(Hint::SourcesAreFrom { address: address.to_owned() });
    }
    let bare = text.trim_matches(['\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}', '"', '\'']);
    (bare != text).then(|| Hint::WriteAs { example: bare.to_owned() })
}

/// Protocols with ports.
const TRANSPORTS: [(&str, Protocol); 4] =
    [("tcp", Protocol::TCP), ("udp", Protocol::UDP), ("sctp", Protocol::SCTP), ("dccp", Protocol::DCCP)];

fn named_port(name: &str, protocol: Option<Protocol>, services: &Services) -> Result<Ports, (Fact, Hint)> {
    let known: Vec<(Protocol, u16)> = services.of_name(name).filter(|(protocol, _)| protocol.has_ports()).collect();
    let wanted = protocol.unwrap_or(Protocol::TCP);
    let found = known.iter().find(|(known, _)| *known == wanted);
    match found.or_else(|| known.first().filter(|_| protocol.is_none())) {
        Some((protocol, port)) => Ok(Ports { protocol: Some(*protocol), range: PortRange::one(*port) }),
        None => match known.first() {
            Some((other, _)) => {
                let fact = Fact::ServiceOfOtherProtocol { name: clipped(name), protocol: other.to_string() };
                Err((fact, Hint::WriteAs { example: format!("{name}/{other}") }))
            }
            None => {
                let near = nearest(name, services.names().chain(PORTLESS).chain(["all"]));
                let hint = near.map_or(Hint::IntentPortsAre, |word| Hint::DidYouMean { word: word.to_owned() });
                Err((Fact::UnknownService { name: clipped(name) }, hint))
            }
        },
    }
}

/// A port that a packet can have.
pub(super) fn port_number(text: &str) -> Option<u16> {
    (!text.is_empty()).then(|| port(text))?.filter(|port| *port > 0)
}

fn transport(field: &Field<'_>, name: &str, at: usize, log: &mut Log<'_>) -> Option<Protocol> {
    let known = TRANSPORTS;
    let found = known.iter().find(|(known, _)| *known == name).map(|(_, protocol)| *protocol);
    if found.is_none() {
        let near = nearest(name, known.map(|(name, _)| name));
        let hint = near.map_or(Hint::OneOf { known: "tcp, udp, sctp, dccp".into() }, |word| Hint::DidYouMean {
            word: word.into(),
        });
        field.fault_inside(log, at, Fact::NotATransport { name: clipped(name) }, hint);
    }
    found
}

/// Both sides of `a -> b`, with where the second begins.
pub(super) fn arrow<'t>(field: &Field<'t>, example: &str, log: &mut Log<'_>) -> Option<(&'t str, &'t str, usize)> {
    let text = field.word(example, log)?;
    let Some((left, right)) = text.split_once("->") else {
        let fact = Fact::NoArrow { value: clipped(text) };
        field.fault(log, fact, Hint::WriteAs { example: example.to_owned() });
        return None;
    };
    let begin = left.chars().count() + 2 + (right.chars().count() - right.trim_start().chars().count());
    let (left, right) = (left.trim(), right.trim());
    if left.is_empty() || right.is_empty() || right.contains("->") {
        let fact = Fact::NoArrow { value: clipped(text) };
        field.fault(log, fact, Hint::WriteAs { example: example.to_owned() });
        return None;
    }
    Some((left, right, begin))
}

/// A network without host bits.
pub(super) fn network(field: &Field<'_>, text: &str, log: &mut Log<'_>) -> Option<Net> {
    match Net::parse(text) {
        Some((net, false)) if net.length().is_some() => Some(net),
        Some((net, true)) if net.length().is_some() => {
            let fact = Fact::HostBits { value: clipped(text) };
            field.fault(log, fact, Hint::WriteNetwork { network: net.to_string(), host: host_of(text) });
            None
        }
        Some(_) => {
            field.fault(log, Fact::MaskWithHoles { value: clipped(text) }, Hint::NetworksAre);
            None
        }
        None => {
            field.fault(log, Fact::NotANetwork { value: clipped(text) }, Hint::NetworksAre);
            None
        }
    }
}

fn host_of(text: &str) -> String {
    text.split('/').next().unwrap_or_default().to_owned()
}

/// Whether a word that is no network is rather a host's name.
pub(super) fn is_host_name(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    text.contains('.') && text.bytes().all(letter) && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Whether a word can be the name of a list or service.
pub(super) fn is_name(text: &str) -> bool {
    let mut letters = text.bytes();
    let first = letters.next().is_some_and(|byte| byte.is_ascii_lowercase());
    first
        && text.len() <= NAME_BYTES_MAX
        && letters.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
}

/// Longest name: with what the compiler adds to it, it fits into a kernel set's 31 bytes.
pub(super) const NAME_BYTES_MAX: usize = 24;

/// `from:`: a list's name, a network, or several of either.
pub(super) fn from(field: &Field<'_>, lists: &[List], log: &mut Log<'_>) -> From {
    let mut from = From::default();
    let items = field.one_or_many();
    if items.is_empty() {
        field.fault(log, Fact::Empty, Hint::FromIs);
    }
    for item in items {
        let Some(text) = item.word("office, or 10.0.0.0/8", log) else { continue };
        if lists.iter().any(|list| list.name == text) {
            from.lists.push(text.to_owned());
        } else if let Some(hint) = meant_sources(text, lists) {
            item.fault(log, Fact::NotASource { value: clipped(text) }, hint);
        } else if is_name(text) && text.parse::<core::net::IpAddr>().is_err() {
            let near = nearest(text, lists.iter().map(|list| list.name.as_str()));
            let hint =
                near.map_or(Hint::DefineList { name: text.to_owned() }, |word| Hint::DidYouMean { word: word.into() });
            item.fault(log, Fact::UnknownList { name: clipped(text) }, hint);
        } else if is_host_name(text)
            && Net::parse(text).is_none()
            && text.bytes().any(|byte| byte.is_ascii_alphabetic())
        {
            item.fault(log, Fact::HostName { name: clipped(text) }, Hint::WriteAddress);
        } else if let Some(net) = network(&item, text, log) {
            from.nets.push(net);
        }
    }
    from
}

/// What was meant by a word that is not written as sources are, where that can be told.
fn meant_sources(text: &str, lists: &[List]) -> Option<Hint> {
    if matches!(text.to_ascii_lowercase().as_str(), "any" | "all" | "everyone" | "everywhere" | "anywhere" | "*") {
        return Some(Hint::LeaveFromOut);
    }
    let bare = text.trim_start_matches(['@', '$']).to_ascii_lowercase();
    if bare != text && lists.iter().any(|list| list.name == bare) {
        return Some(Hint::DidYouMean { word: bare });
    }
    let example = |example: String| Some(Hint::WriteAs { example });
    let several: Vec<&str> = text.split([',', ' ']).filter(|word| !word.is_empty()).collect();
    if several.len() > 1 {
        return several
            .iter()
            .all(|word| Net::parse(word).is_some())
            .then(|| Hint::WriteAs { example: format!("[{}]", several.join(", ")) });
    }
    if let Some(range) = AddressRange::parse(text).filter(|_| text.contains('-')) {
        let nets: Vec<String> = range.nets().iter().map(ToString::to_string).collect();
        return example(format!("[{}]", nets.join(", ")));
    }
    if let Some(rest) = text.strip_prefix('!').filter(|rest| Net::parse(rest).is_some()) {
        return Some(Hint::DenyTheRest { network: rest.to_owned() });
    }
    let inside = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if let Some(address) = inside.filter(|inside| Net::parse(inside).is_some()) {
        return example(format!("'{address}'"));
    }
    let (address, port) = text.rsplit_once(':')?;
    (address.contains('.') && Net::parse(address).is_some() && port_number(port).is_some())
        .then(|| Hint::WriteAs { example: address.to_owned() })
}

/// `50/s`, `10/min`, `3/hour`.
pub(super) fn rate(text: &str) -> Option<Rate> {
    let (count, unit) = text.split_once('/')?;
    let count = count.trim().parse().ok().filter(|count| (1..=RATE_MAX).contains(count))?;
    let per = match unit.trim() {
        "s" | "sec" | "second" => RateUnit::Second,
        "m" | "min" | "minute" => RateUnit::Minute,
        "h" | "hour" => RateUnit::Hour,
        "d" | "day" => RateUnit::Day,
        _ => return None,
    };
    Some(Rate { count, per })
}

/// Most of a rate's count: a million a second is more than a host takes.
pub(super) const RATE_MAX: u32 = 1_000_000;

/// `90s`, `5m`, `2h`, `1d`, in seconds.
pub(super) fn seconds(text: &str) -> Option<u64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (count, unit) = text.split_at_checked(digits)?;
    let unit = match unit.trim() {
        "s" => 1,
        "m" | "min" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return None,
    };
    count.parse::<u64>().ok()?.checked_mul(unit).filter(|seconds| *seconds <= SECONDS_MAX)
}

/// A length of time from a field.
pub(super) fn duration(field: &Field<'_>, example: &str, log: &mut Log<'_>) -> Option<u64> {
    let text = field.word(example, log)?;
    let read = seconds(text).filter(|seconds| *seconds > 0);
    if read.is_none() {
        field.fault(log, Fact::NotADuration { value: clipped(text) }, Hint::WriteAs { example: example.to_owned() });
    }
    read
}
