//! Options of matches become their values.

use super::super::matches::{
    AddrType, Conntrack, HopCount, IcmpKind, IpRange, Limit, Masked, Match, Multiport, Opaque, Owner, OwnerId,
    PacketType, PortSide, Ports, Sctp, States, Statistic, Tcp, TcpFlags, TosMasked, WhyOpaque,
};
use super::super::model::{Header, Hook, Not};
use super::super::names;
use super::Fault;
use super::options::Setting;
use super::rule::{Context, Loaded, bad_value, ports_of, value_of};
use super::values;
use crate::messages::{Fact, Hint};
use crate::net::{AddressRange, Family, Net, PortRange, Protocol, number_of};

/// Most ports of one `multiport`, a range counting two: the kernel's own limit.
const MULTIPORT_MAX: usize = 15;

/// Longest comment, as the kernel holds it.
const COMMENT_BYTES_MAX: usize = 255;

/// Parts that the kernel's random mode counts in.
const RANDOM_PARTS: f64 = 2_147_483_648.0;

/// An extension with nothing said yet; nothing where it has no model.
pub(super) fn begin(name: &str) -> Option<Match> {
    let nothing = Not { negated: false, value: Masked { value: 0, mask: 0 } };
    Some(match name {
        "tcp" => Match::Tcp(Tcp::default()),
        "udp" => Match::Udp(Ports::default()),
        "sctp" => Match::Sctp(Sctp::default()),
        "dccp" => Match::Dccp(Ports::default()),
        "icmp" => Match::Icmp(None),
        "icmp6" => Match::Icmp6(None),
        "multiport" => Match::Multiport(Multiport::default()),
        "state" => Match::State(Not { negated: false, value: States(0) }),
        "conntrack" => Match::Conntrack(Box::default()),
        "mac" => Match::Mac(Not { negated: false, value: [0; 6] }),
        "limit" => Match::Limit(Limit::DEFAULT),
        "comment" => Match::Comment(String::new()),
        "addrtype" => Match::AddrType(AddrType::default()),
        "iprange" => Match::IpRange(IpRange::default()),
        "owner" => Match::Owner(Owner::default()),
        "mark" => Match::Mark(nothing),
        "connmark" => Match::Connmark(nothing),
        "pkttype" => Match::PktType(Not { negated: false, value: PacketType::Unicast }),
        "ttl" => Match::Ttl(HopCount::Equal(0)),
        "hl" => Match::HopLimit(HopCount::Equal(0)),
        "length" => Match::Length(Not { negated: false, value: values::length("0:")? }),
        "dscp" => Match::Dscp(Not { negated: false, value: 0 }),
        "tos" => Match::Tos(Not { negated: false, value: TosMasked { value: 0, mask: 0 } }),
        "statistic" => Match::Statistic(Statistic::Random(Not { negated: false, value: 0 })),
        _ => return None,
    })
}

/// An address of hardware that somebody crossed out before showing the file: what it was nobody knows.
fn anonymised(setting: &Setting<'_>) -> Opaque {
    let not = setting.not(()).negated.then_some("!");
    let words = not.into_iter().chain([setting.option.name, setting.text()]).map(str::to_owned).collect();
    Opaque { name: "mac".to_owned(), words, why: WhyOpaque::Anonymised }
}

/// Sets an option.
pub(super) fn set(of: &mut Match, setting: &Setting<'_>) -> Result<(), Fault> {
    match of {
        Match::Tcp(tcp) => set_tcp(tcp, setting)?,
        Match::Udp(ports) | Match::Dccp(ports) => set_ports(ports, setting)?,
        Match::Sctp(sctp) if setting.option.name == "--chunk-types" => {
            sctp.chunks = Some(setting.not(chunks(setting)?))
        }
        Match::Sctp(sctp) => set_ports(&mut sctp.ports, setting)?,
        Match::Icmp(kind) => *kind = Some(icmp(setting, Family::V4)?),
        Match::Icmp6(kind) => *kind = Some(icmp(setting, Family::V6)?),
        Match::Multiport(multiport) => set_multiport(multiport, setting)?,
        Match::State(states) => {
            *states = setting.not(value_of(setting, |text| values::states(text, 5), Hint::StatesAre)?);
        }
        Match::Conntrack(conntrack) => set_conntrack(conntrack, setting)?,
        Match::Mac(_) if values::is_anonymised(setting.text()) => *of = Match::Opaque(anonymised(setting)),
        Match::Mac(mac) => *mac = setting.not(value_of(setting, values::mac, Hint::MacsAre)?),
        Match::Limit(limit) if setting.option.name == "--limit" => {
            limit.rate = value_of(setting, values::rate, Hint::RatesAre)?
        }
        Match::Limit(limit) => {
            let burst = |text: &str| text.parse().ok().filter(|burst| (1..=10_000).contains(burst));
            limit.burst = value_of(setting, burst, Hint::NumbersTo { least: 1, most: 10_000 })?;
        }
        Match::Comment(comment) => *comment = value_of(setting, read_comment, Hint::ShorterComment)?,
        Match::AddrType(types) => set_addrtype(types, setting)?,
        Match::IpRange(range) => set_iprange(range, setting)?,
        Match::Owner(owner) => set_owner(owner, setting)?,
        Match::Mark(mark) | Match::Connmark(mark) => {
            *mark = setting.not(value_of(setting, values::masked, Hint::MarksAre)?);
        }
        Match::PktType(kind) => *kind = setting.not(value_of(setting, PacketType::parse, Hint::PacketTypesAre)?),
        Match::Ttl(count) | Match::HopLimit(count) => *count = hop_count(setting)?,
        Match::Length(range) => *range = setting.not(value_of(setting, values::length, Hint::LengthsAre)?),
        Match::Dscp(dscp) => {
            let read = |text: &str| match setting.option.name {
                "--dscp" => values::number(text).filter(|value| *value < 64).map(|value| value as u8),
                _ => names::dscp_class(text),
            };
            *dscp = setting.not(value_of(setting, read, Hint::DscpIs)?);
        }
        Match::Tos(tos) => *tos = setting.not(value_of(setting, read_tos, Hint::TosIs)?),
        Match::Statistic(statistic) => set_statistic(statistic, setting)?,
        Match::Opaque(_) => {}
    }
    Ok(())
}

fn set_ports(ports: &mut Ports, setting: &Setting<'_>) -> Result<(), Fault> {
    let range = Some(ports_of(setting)?);
    match setting.option.name {
        "--sport" => ports.source = range,
        _ => ports.destination = range,
    }
    Ok(())
}

fn set_tcp(tcp: &mut Tcp, setting: &Setting<'_>) -> Result<(), Fault> {
    match setting.option.name {
        "--tcp-flags" => {
            let flags = |nth: usize| setting.words.get(nth).and_then(|word| TcpFlags::parse(&word.text));
            let (Some(mask), Some(set)) = (flags(0), flags(1)) else { return Err(bad_value(setting, Hint::FlagsAre)) };
            tcp.flags = Some(setting.not(TcpFlags { mask, set }));
        }
        "--syn" => tcp.flags = Some(setting.not(TcpFlags::SYN)),
        "--tcp-option" => {
            let option = |text: &str| text.parse().ok().filter(|option| *option > 0);
            tcp.option = Some(setting.not(value_of(setting, option, Hint::NumbersTo { least: 1, most: 255 })?));
        }
        _ => set_ports(&mut tcp.ports, setting)?,
    }
    Ok(())
}

fn chunks(setting: &Setting<'_>) -> Result<(String, String), Fault> {
    match setting.words {
        [which, types] if ["all", "any", "only"].contains(&which.text.as_str()) => {
            Ok((which.text.clone(), types.text.clone()))
        }
        _ => Err(bad_value(setting, Hint::ChunksAre)),
    }
}

fn icmp(setting: &Setting<'_>, family: Family) -> Result<Not<IcmpKind>, Fault> {
    let near = |text: &str| nines_yaml::nearest(text, names::icmp_names(family)).map(str::to_owned);
    let text = setting.words.last().map(|word| word.text.as_str()).unwrap_or_default();
    let hint = near(text).map_or(Hint::IcmpTypesAre, |word| Hint::DidYouMean { word });
    Ok(setting.not(value_of(setting, |text| names::icmp_kind(family, text), hint)?))
}

fn set_multiport(multiport: &mut Multiport, setting: &Setting<'_>) -> Result<(), Fault> {
    if !multiport.ports.is_empty() {
        let fact = Fact::OptionTwice { option: setting.word.text.clone() };
        return Err(Fault { column: setting.word.column, fact, hint: Hint::KeepOneOption });
    }
    let read = |text: &str| {
        let range = |text: &str| values::ports(text, setting.protocol, setting.context.services);
        text.split(',').map(range).collect::<Option<Vec<PortRange>>>()
    };
    multiport.ports = value_of(setting, read, Hint::PortsAre)?;
    multiport.negated = setting.negated;
    multiport.side = match setting.option.name {
        "--sports" => PortSide::Source,
        "--dports" => PortSide::Destination,
        _ => PortSide::Either,
    };
    let n_ports: usize = multiport.ports.iter().map(|range| if range.first == range.last { 1 } else { 2 }).sum();
    if n_ports > MULTIPORT_MAX {
        let fact = Fact::TooManyPorts { n_ports, limit: MULTIPORT_MAX };
        return Err(Fault { column: setting.word.column, fact, hint: Hint::SplitRule });
    }
    Ok(())
}

/// A network of a connection: iptables reads a mask whose bits are not the first ones, and asks for the one address.
fn connection_net(text: &str) -> Option<Net> {
    let (net, _) = Net::parse(text)?;
    let address = text.split('/').next()?.parse().ok()?;
    Some(if net.length().is_some() { net } else { Net::host(address) })
}

fn set_conntrack(conntrack: &mut Conntrack, setting: &Setting<'_>) -> Result<(), Fault> {
    let net = || {
        let family = setting.context.family;
        let read = |text: &str| connection_net(text).filter(|net| net.family() == family);
        Ok(Some(setting.not(value_of(setting, read, Hint::AddressesAre)?)))
    };
    let ports = || ports_of(setting).map(Some);
    match setting.option.name {
        "--ctstate" => {
            let states = value_of(setting, |text| values::states(text, States::NAMES.len()), Hint::StatesAre)?;
            conntrack.states = Some(setting.not(states));
        }
        "--ctproto" => {
            let protocol = value_of(setting, Protocol::parse, Hint::ProtocolsAre)?;
            conntrack.protocol = Some(setting.not(protocol.0));
        }
        "--ctorigsrc" => conntrack.original_source = net()?,
        "--ctorigdst" => conntrack.original_destination = net()?,
        "--ctreplsrc" => conntrack.reply_source = net()?,
        "--ctrepldst" => conntrack.reply_destination = net()?,
        "--ctorigsrcport" => conntrack.original_source_port = ports()?,
        "--ctorigdstport" => conntrack.original_destination_port = ports()?,
        "--ctreplsrcport" => conntrack.reply_source_port = ports()?,
        "--ctrepldstport" => conntrack.reply_destination_port = ports()?,
        "--ctstatus" => {
            let read = |text: &str| {
                text.split(',').try_fold(0, |bits, name| {
                    let nth = Conntrack::STATUS_NAMES.iter().position(|known| known.eq_ignore_ascii_case(name));
                    let none = name.eq_ignore_ascii_case("NONE").then_some(0);
                    nth.map(|nth| 1 << nth).or(none).map(|bit: u8| bits | bit)
                })
            };
            conntrack.status = Some(setting.not(value_of(setting, read, Hint::StatesAre)?));
        }
        "--ctexpire" => {
            let read = |text: &str| {
                let (least, most) = text.split_once(':').unwrap_or((text, text));
                Some((least.parse().ok()?, most.parse().ok()?)).filter(|(least, most)| least <= most)
            };
            conntrack.expires = Some(setting.not(value_of(setting, read, Hint::LengthsAre)?));
        }
        _ => {
            let read = |text: &str| match text {
                "ORIGINAL" => Some(false),
                "REPLY" => Some(true),
                _ => None,
            };
            conntrack.is_reply = Some(value_of(setting, read, Hint::DirectionsAre)?);
        }
    }
    Ok(())
}

fn read_comment(text: &str) -> Option<String> {
    (text.len() <= COMMENT_BYTES_MAX).then(|| text.to_owned())
}

fn set_addrtype(types: &mut AddrType, setting: &Setting<'_>) -> Result<(), Fault> {
    let read = |text: &str| text.split(',').try_fold(0, |bits, name| AddrType::bit(name).map(|bit| bits | bit));
    match setting.option.name {
        "--src-type" => types.source = Some(setting.not(value_of(setting, read, Hint::AddressTypesAre)?)),
        "--dst-type" => types.destination = Some(setting.not(value_of(setting, read, Hint::AddressTypesAre)?)),
        "--limit-iface-in" => types.limit_input = true,
        _ => types.limit_output = true,
    }
    Ok(())
}

fn set_iprange(range: &mut IpRange, setting: &Setting<'_>) -> Result<(), Fault> {
    let family = setting.context.family;
    let read = |text: &str| AddressRange::parse(text).filter(|range| Family::of(range.first) == family);
    let value = Some(setting.not(value_of(setting, read, Hint::AddressRangesAre)?));
    match setting.option.name {
        "--src-range" => range.source = value,
        _ => range.destination = value,
    }
    Ok(())
}

fn set_owner(owner: &mut Owner, setting: &Setting<'_>) -> Result<(), Fault> {
    let read = |text: &str| {
        let numbers = |text: &str| {
            let (first, last) = text.split_once('-').unwrap_or((text, text));
            Some((first.parse().ok()?, last.parse().ok()?)).filter(|(first, last): &(u32, u32)| first <= last)
        };
        let is_name = |text: &str| text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
        match numbers(text) {
            Some((first, last)) => Some(OwnerId::Numbers(first, last)),
            None => is_name(text).then(|| OwnerId::Name(text.to_owned())),
        }
    };
    match setting.option.name {
        "--uid-owner" => owner.user = Some(setting.not(value_of(setting, read, Hint::OwnersAre)?)),
        "--gid-owner" => owner.group = Some(setting.not(value_of(setting, read, Hint::OwnersAre)?)),
        "--suppl-groups" => owner.supplementary = true,
        _ => owner.socket_exists = Some(setting.not(())),
    }
    Ok(())
}

fn hop_count(setting: &Setting<'_>) -> Result<HopCount, Fault> {
    let hops: u8 = value_of(setting, |text| text.parse().ok(), Hint::NumbersTo { least: 0, most: 255 })?;
    Ok(match (setting.option.name, setting.negated) {
        ("--ttl-lt" | "--hl-lt", _) => HopCount::Less(hops),
        ("--ttl-gt" | "--hl-gt", _) => HopCount::Greater(hops),
        (_, true) => HopCount::NotEqual(hops),
        (_, false) => HopCount::Equal(hops),
    })
}

fn read_tos(text: &str) -> Option<TosMasked> {
    if let Some(value) = names::tos_name(text) {
        // The name is of the old bits; the two above them are not asked.
        return Some(TosMasked { value, mask: 0x3f });
    }
    let (value, mask) = text.split_once('/').unwrap_or((text, "0xff"));
    let byte = |text: &str| values::number(text).and_then(|number| u8::try_from(number).ok());
    Some(TosMasked { value: byte(value)?, mask: byte(mask)? })
}

fn set_statistic(statistic: &mut Statistic, setting: &Setting<'_>) -> Result<(), Fault> {
    match (setting.option.name, &mut *statistic) {
        ("--mode", _) => {
            let read = |text: &str| match text {
                "random" => Some(Statistic::Random(Not { negated: false, value: 0 })),
                "nth" => Some(Statistic::Nth { every: Not { negated: false, value: 1 }, packet: 0 }),
                _ => None,
            };
            *statistic = value_of(setting, read, Hint::ModesAre)?;
        }
        ("--probability", Statistic::Random(parts)) => {
            let read = |text: &str| text.parse::<f64>().ok().filter(|part| (0.0..=1.0).contains(part));
            let probability = value_of(setting, read, Hint::ProbabilitiesAre)?;
            *parts = setting.not((probability * RANDOM_PARTS).round() as u32);
        }
        ("--every", Statistic::Nth { every, .. }) => {
            let read = |text: &str| text.parse().ok().filter(|every| *every > 0);
            *every = setting.not(value_of(setting, read, Hint::NumbersTo { least: 1, most: u32::MAX })?);
        }
        ("--packet", Statistic::Nth { packet, .. }) => {
            *packet = value_of(setting, |text| text.parse().ok(), Hint::NumbersTo { least: 0, most: u32::MAX })?;
        }
        _ => return Err(bad_value(setting, Hint::ModesAre)),
    }
    Ok(())
}

/// What can be seen only when the whole rule is read: options that must be there, the protocol a match is of, the hooks
/// it can be asked at.
pub(super) fn check(loaded: &Loaded, header: &Header, context: &Context<'_>, end: usize) -> Result<(), Fault> {
    let fault = |fact, hint| Err(Fault { column: loaded.column, fact, hint });
    let name = loaded.value.name().to_owned();
    if let Some(needed) =
        needed_option(&loaded.value).filter(|needed| !loaded.given.iter().any(|given| needed.contains(given)))
    {
        let option = needed.first().copied().unwrap_or_default().to_owned();
        return Err(Fault {
            column: end,
            fact: Fact::OptionMissing { of: name, option: option.clone() },
            hint: Hint::GiveValue { option },
        });
    }
    let protocol = header.protocol.filter(|protocol| !protocol.negated).map(|protocol| protocol.value);
    let wanted: &[Protocol] = match &loaded.value {
        Match::Tcp(_) => &[Protocol::TCP],
        Match::Udp(_) => &[Protocol::UDP],
        Match::Sctp(_) => &[Protocol::SCTP],
        Match::Dccp(_) => &[Protocol::DCCP],
        Match::Icmp(_) => &[Protocol::ICMP],
        Match::Icmp6(_) => &[Protocol::ICMP6],
        Match::Multiport(_) => &[Protocol::TCP, Protocol::UDP, Protocol::UDPLITE, Protocol::SCTP, Protocol::DCCP],
        _ => &[],
    };
    if !wanted.is_empty() && !protocol.is_some_and(|protocol| wanted.contains(&protocol)) {
        let protocol = wanted.first().map(Protocol::to_string).unwrap_or_default();
        return fault(Fact::MatchNeedsProtocol { name, protocol: protocol.clone() }, Hint::GiveProtocol { protocol });
    }
    let of_family = match &loaded.value {
        Match::Icmp(_) | Match::Ttl(_) => Some(Family::V4),
        Match::Icmp6(_) | Match::HopLimit(_) => Some(Family::V6),
        _ => None,
    };
    if of_family.is_some_and(|family| family != context.family) {
        return fault(Fact::MatchOfOtherFamily { name }, Hint::OtherFamilysFile);
    }
    let wrong_hook = match (&loaded.value, context.hook) {
        (Match::Owner(_), Some(hook @ (Hook::Prerouting | Hook::Input | Hook::Forward))) => Some(hook),
        (Match::Mac(_), Some(hook @ (Hook::Output | Hook::Postrouting))) => Some(hook),
        _ => None,
    };
    if let Some(hook) = wrong_hook {
        return fault(Fact::MatchNotThere { name, chain: hook.name().to_owned() }, Hint::NameAnotherChain);
    }
    check_values(loaded, fault)
}

fn check_values(loaded: &Loaded, fault: impl Fn(Fact, Hint) -> Result<(), Fault>) -> Result<(), Fault> {
    match &loaded.value {
        Match::AddrType(AddrType { limit_input: true, limit_output: true, .. }) => {
            let fact = Fact::OptionsExclude { one: "--limit-iface-in".into(), other: "--limit-iface-out".into() };
            fault(fact, Hint::KeepOneOption)
        }
        Match::Statistic(Statistic::Nth { every, packet }) if *packet >= every.value => {
            fault(Fact::PacketBeyondEvery { every: every.value }, Hint::NumbersTo { least: 0, most: every.value - 1 })
        }
        Match::IpRange(range) => {
            let reversed = [range.source, range.destination].into_iter().flatten();
            match reversed.into_iter().find(|range| number_of(range.value.first) > number_of(range.value.last)) {
                Some(_) => fault(Fact::RangeReversed, Hint::AddressRangesAre),
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// Options of which one must be given.
fn needed_option(of: &Match) -> Option<&'static [&'static str]> {
    Some(match of {
        Match::Icmp(_) => &["--icmp-type"],
        Match::Icmp6(_) => &["--icmpv6-type"],
        Match::Multiport(_) => &["--dports", "--sports", "--ports"],
        Match::State(_) => &["--state"],
        Match::Mac(_) => &["--mac-source"],
        Match::Comment(_) => &["--comment"],
        Match::AddrType(_) => &["--dst-type", "--src-type"],
        Match::IpRange(_) => &["--src-range", "--dst-range"],
        Match::Owner(_) => &["--uid-owner", "--gid-owner", "--socket-exists"],
        Match::Mark(_) | Match::Connmark(_) => &["--mark"],
        Match::PktType(_) => &["--pkt-type"],
        Match::Ttl(_) => &["--ttl-eq", "--ttl-lt", "--ttl-gt"],
        Match::HopLimit(_) => &["--hl-eq", "--hl-lt", "--hl-gt"],
        Match::Length(_) => &["--length"],
        Match::Dscp(_) => &["--dscp", "--dscp-class"],
        Match::Tos(_) => &["--tos"],
        Match::Statistic(Statistic::Random(_)) => &["--probability"],
        Match::Statistic(Statistic::Nth { .. }) => &["--every"],
        Match::Conntrack(_) => &[
            "--ctstate",
            "--ctproto",
            "--ctorigsrc",
            "--ctorigdst",
            "--ctreplsrc",
            "--ctrepldst",
            "--ctorigsrcport",
            "--ctorigdstport",
            "--ctreplsrcport",
            "--ctrepldstport",
            "--ctstatus",
            "--ctexpire",
            "--ctdir",
        ],
        _ => return None,
    })
}
