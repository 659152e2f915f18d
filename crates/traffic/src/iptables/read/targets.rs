//! Options of targets become their values.

use super::super::matches::Masked;
use super::super::model::{Header, Hook, TableName};
use super::super::names;
use super::super::targets::{
    Connmark, HopChange, Log, Masquerade, Nat, Nflog, NotrackSpelling, Redirect, RejectWith, Target, TcpMss, TosChange,
};
use super::Fault;
use super::options::Setting;
use super::rule::{Aim, Context, bad_value, value_of};
use super::values;
use crate::messages::{Fact, Hint};
use crate::net::{Family, Net, Protocol};

/// Longest prefix of `LOG`, as the kernel holds it.
const LOG_PREFIX_BYTES_MAX: usize = 29;

/// Longest prefix of `NFLOG`.
const NFLOG_PREFIX_BYTES_MAX: usize = 63;

/// A target with nothing said yet; nothing where it is no target that has a model.
pub(super) fn begin(name: &str, family: Family) -> Option<Target> {
    Some(match name {
        "ACCEPT" => Target::Accept,
        "DROP" => Target::Drop,
        "RETURN" => Target::Return,
        "REJECT" => Target::Reject(RejectWith::default_of(family)),
        "LOG" => Target::Log(Log { prefix: String::new(), level: Log::DEFAULT_LEVEL, details: 0 }),
        "NFLOG" => Target::Nflog(Nflog::default()),
        "REDIRECT" => Target::Redirect(Redirect::default()),
        "DNAT" => Target::Dnat(Nat::default()),
        "SNAT" => Target::Snat(Nat::default()),
        "MASQUERADE" => Target::Masquerade(Masquerade::default()),
        "NETMAP" => Target::Netmap(Net::everything(family)),
        "MARK" => Target::Mark(Masked { value: 0, mask: 0 }),
        "CONNMARK" => Target::Connmark(Connmark::Set(Masked { value: 0, mask: 0 })),
        "NOTRACK" => Target::Notrack(NotrackSpelling::Notrack),
        "CT" => Target::Notrack(NotrackSpelling::Ct),
        "TTL" => Target::Ttl(HopChange::Set(0)),
        "HL" => Target::HopLimit(HopChange::Set(0)),
        "TCPMSS" => Target::TcpMss(TcpMss::ClampToPath),
        "DSCP" => Target::Dscp(0),
        "TOS" => Target::Tos(TosChange { value: 0, mask: 0 }),
        "CHECKSUM" => Target::Checksum,
        "TRACE" => Target::Trace,
        _ => return None,
    })
}

/// Sets an option.
pub(super) fn set(of: &mut Target, setting: &Setting<'_>) -> Result<(), Fault> {
    let family = setting.context.family;
    match of {
        Target::Reject(with) => {
            let text = setting.words.last().map(|word| word.text.as_str()).unwrap_or_default();
            let near = nines_yaml::nearest(text, RejectWith::names(family));
            let hint = near.map_or(Hint::RejectsAre, |word| Hint::DidYouMean { word: word.to_owned() });
            *with = value_of(setting, |text| RejectWith::parse(family, text), hint)?;
        }
        Target::Log(log) => set_log(log, setting)?,
        Target::Nflog(nflog) => set_nflog(nflog, setting)?,
        Target::Redirect(Redirect { ports, choice }) | Target::Masquerade(Masquerade { ports, choice }) => {
            match setting.option.name {
                "--random" => choice.random = true,
                "--random-fully" => choice.random_fully = true,
                _ => {
                    let read = |text: &str| values::dashed_ports(text, setting.protocol, setting.context.services);
                    *ports = Some(value_of(setting, read, Hint::DashedPortsAre)?);
                    check_ports_of(setting)?;
                }
            }
        }
        Target::Dnat(nat) | Target::Snat(nat) => set_nat(nat, setting)?,
        Target::Netmap(net) => {
            let read = |text: &str| Net::parse(text).map(|(net, _)| net).filter(|net| net.family() == family);
            *net = value_of(setting, read, Hint::AddressesAre)?;
        }
        Target::Mark(mark) => *mark = read_mark(setting)?,
        Target::Connmark(connmark) => set_connmark(connmark, setting)?,
        Target::Ttl(change) | Target::HopLimit(change) => *change = hop_change(setting)?,
        Target::TcpMss(mss) if setting.option.name == "--set-mss" => {
            *mss =
                TcpMss::Set(value_of(setting, |text| text.parse().ok(), Hint::NumbersTo { least: 0, most: 65_535 })?);
        }
        Target::Dscp(dscp) => {
            let read = |text: &str| match setting.option.name {
                "--set-dscp" => values::number(text).filter(|value| *value < 64).map(|value| value as u8),
                _ => names::dscp_class(text),
            };
            *dscp = value_of(setting, read, Hint::DscpIs)?;
        }
        Target::Tos(tos) => *tos = value_of(setting, |text| read_tos(text, setting.option.name), Hint::TosIs)?,
        _ => {}
    }
    Ok(())
}

fn set_log(log: &mut Log, setting: &Setting<'_>) -> Result<(), Fault> {
    match setting.option.name {
        "--log-prefix" => {
            let read = |text: &str| (text.len() <= LOG_PREFIX_BYTES_MAX && !text.is_empty()).then(|| text.to_owned());
            log.prefix = value_of(setting, read, Hint::PrefixUpTo { limit: LOG_PREFIX_BYTES_MAX })?;
        }
        "--log-level" => log.level = value_of(setting, names::log_level, Hint::LogLevelsAre)?,
        other => {
            let nth = Log::DETAILS.iter().position(|detail| *detail == other);
            log.details |= nth.map_or(0, |nth| 1 << nth);
        }
    }
    Ok(())
}

fn set_nflog(nflog: &mut Nflog, setting: &Setting<'_>) -> Result<(), Fault> {
    match setting.option.name {
        "--nflog-group" => {
            nflog.group = value_of(setting, |text| text.parse().ok(), Hint::NumbersTo { least: 0, most: 65_535 })?;
        }
        "--nflog-prefix" => {
            let read = |text: &str| (text.len() <= NFLOG_PREFIX_BYTES_MAX).then(|| text.to_owned());
            nflog.prefix = value_of(setting, read, Hint::PrefixUpTo { limit: NFLOG_PREFIX_BYTES_MAX })?;
        }
        "--nflog-threshold" => {
            let read = |text: &str| text.parse().ok().filter(|threshold| *threshold > 0);
            nflog.threshold = Some(value_of(setting, read, Hint::NumbersTo { least: 1, most: 65_535 })?);
        }
        name => {
            let size = value_of(setting, |text| text.parse().ok(), Hint::NumbersTo { least: 0, most: u32::MAX })?;
            nflog.size = Some((name == "--nflog-size", size));
        }
    }
    Ok(())
}

/// Ports are of a protocol that has them.
fn check_ports_of(setting: &Setting<'_>) -> Result<(), Fault> {
    if setting.protocol.is_some_and(Protocol::has_ports) {
        return Ok(());
    }
    let fact = Fact::PortsNeedProtocol { option: setting.word.text.clone() };
    Err(Fault { column: setting.word.column, fact, hint: Hint::GiveProtocol { protocol: "tcp".to_owned() } })
}

fn set_nat(nat: &mut Nat, setting: &Setting<'_>) -> Result<(), Fault> {
    match setting.option.name {
        "--random" => nat.choice.random = true,
        "--random-fully" => nat.choice.random_fully = true,
        "--persistent" => nat.choice.persistent = true,
        _ => {
            let family = setting.context.family;
            let read = |text: &str| values::nat(text, family, setting.protocol, setting.context.services);
            let read = value_of(setting, read, Hint::NatIs)?;
            if read.ports.is_some() {
                check_ports_of(setting)?;
            }
            *nat = Nat { choice: nat.choice, ..read };
        }
    }
    Ok(())
}

/// Every spelling is "clear these bits, flip those".
fn read_mark(setting: &Setting<'_>) -> Result<Masked, Fault> {
    let Masked { value, mask } = value_of(setting, values::masked, Hint::MarksAre)?;
    Ok(match setting.option.name {
        "--set-mark" => Masked { value, mask: value | mask },
        "--and-mark" => Masked { value: 0, mask: !value },
        "--or-mark" => Masked { value, mask: value },
        "--xor-mark" => Masked { value, mask: 0 },
        _ => Masked { value, mask },
    })
}

fn set_connmark(connmark: &mut Connmark, setting: &Setting<'_>) -> Result<(), Fault> {
    let mask = || value_of(setting, values::number, Hint::MarksAre);
    match (setting.option.name, &mut *connmark) {
        ("--save-mark", _) => *connmark = Connmark::Save { packet: u32::MAX, connection: u32::MAX },
        ("--restore-mark", _) => *connmark = Connmark::Restore { packet: u32::MAX, connection: u32::MAX },
        ("--nfmask", Connmark::Save { packet, .. } | Connmark::Restore { packet, .. }) => *packet = mask()?,
        ("--ctmask", Connmark::Save { connection, .. } | Connmark::Restore { connection, .. }) => *connection = mask()?,
        ("--mask", Connmark::Save { packet, connection } | Connmark::Restore { packet, connection }) => {
            (*packet, *connection) = (mask()?, mask()?);
        }
        ("--nfmask" | "--ctmask" | "--mask", _) => return Err(bad_value(setting, Hint::MasksAfterSave)),
        _ => *connmark = Connmark::Set(read_mark(setting)?),
    }
    Ok(())
}

fn hop_change(setting: &Setting<'_>) -> Result<HopChange, Fault> {
    let hops: u8 = value_of(setting, |text| text.parse().ok(), Hint::NumbersTo { least: 0, most: 255 })?;
    let change = match setting.option.name {
        "--ttl-set" | "--hl-set" => return Ok(HopChange::Set(hops)),
        "--ttl-dec" | "--hl-dec" => HopChange::Decrease(hops),
        _ => HopChange::Increase(hops),
    };
    if hops == 0 { Err(bad_value(setting, Hint::NumbersTo { least: 1, most: 255 })) } else { Ok(change) }
}

fn read_tos(text: &str, option: &str) -> Option<TosChange> {
    let byte = |text: &str| values::number(text).and_then(|number| u8::try_from(number).ok());
    if let (Some(value), "--set-tos") = (names::tos_name(text), option) {
        return Some(TosChange { value, mask: 0x3f });
    }
    let (value, mask) = text.split_once('/').map_or((text, None), |(value, mask)| (value, Some(mask)));
    let value = byte(value)?;
    Some(match option {
        "--set-tos" => TosChange { value, mask: mask.map_or(Some(0xff), byte)? },
        "--and-tos" => TosChange { value: 0, mask: !value },
        "--or-tos" => TosChange { value, mask: value },
        _ => TosChange { value, mask: 0 },
    })
}

/// What can be seen only when the whole rule is read: needed options, tables and hooks, and protocols.
pub(super) fn check(aim: &Aim, header: &Header, context: &Context<'_>, end: usize) -> Result<(), Fault> {
    let fault = |fact, hint| Err(Fault { column: aim.column, fact, hint });
    let name = aim.value.name().to_owned();
    if let Some(needed) =
        needed_option(&aim.value).filter(|needed| !aim.given.iter().any(|given| needed.contains(given)))
    {
        let option = needed.first().copied().unwrap_or_default().to_owned();
        let fact = Fact::OptionMissing { of: name, option: option.clone() };
        return Err(Fault { column: end, fact, hint: Hint::GiveValue { option } });
    }
    let (tables, hooks) = places(&aim.value);
    if !tables.is_empty() && !tables.contains(&context.table) {
        let table = tables.first().map(|table| table.name()).unwrap_or_default().to_owned();
        return fault(
            Fact::TargetNotInTable { name, table: context.table.name().to_owned() },
            Hint::UseTable { table },
        );
    }
    if let Some(hook) = context.hook.filter(|hook| !hooks.is_empty() && !hooks.contains(hook)) {
        let chains = nines_yaml::listed(hooks.iter().map(|hook| hook.name()));
        return fault(Fact::TargetNotThere { name, chain: hook.name().to_owned() }, Hint::UseChains { chains });
    }
    let protocol = header.protocol.filter(|protocol| !protocol.negated).map(|protocol| protocol.value);
    let needs_tcp = matches!(aim.value, Target::Reject(RejectWith::TcpReset) | Target::TcpMss(_));
    if needs_tcp && protocol != Some(Protocol::TCP) {
        let protocol = "tcp".to_owned();
        return fault(Fact::TargetNeedsProtocol { name, protocol: protocol.clone() }, Hint::GiveProtocol { protocol });
    }
    let of_family = match aim.value {
        Target::Ttl(_) => Some(Family::V4),
        Target::HopLimit(_) => Some(Family::V6),
        _ => None,
    };
    if of_family.is_some_and(|family| family != context.family) {
        return fault(Fact::TargetOfOtherFamily { name }, Hint::OtherFamilysFile);
    }
    Ok(())
}

fn needed_option(of: &Target) -> Option<&'static [&'static str]> {
    Some(match of {
        Target::Dnat(_) => &["--to-destination"],
        Target::Snat(_) => &["--to-source"],
        Target::Netmap(_) => &["--to"],
        Target::Mark(_) => &["--set-xmark", "--set-mark", "--and-mark", "--or-mark", "--xor-mark"],
        Target::Connmark(_) => {
            &["--set-xmark", "--set-mark", "--and-mark", "--or-mark", "--xor-mark", "--save-mark", "--restore-mark"]
        }
        Target::Ttl(_) => &["--ttl-set", "--ttl-dec", "--ttl-inc"],
        Target::HopLimit(_) => &["--hl-set", "--hl-dec", "--hl-inc"],
        Target::TcpMss(_) => &["--set-mss", "--clamp-mss-to-pmtu"],
        Target::Dscp(_) => &["--set-dscp", "--set-dscp-class"],
        Target::Tos(_) => &["--set-tos", "--and-tos", "--or-tos", "--xor-tos"],
        Target::Checksum => &["--checksum-fill"],
        Target::Notrack(NotrackSpelling::Ct) => &["--notrack"],
        _ => return None,
    })
}

/// The tables and built-in chains a target may stand in; empty where it may stand anywhere.
fn places(of: &Target) -> (&'static [TableName], &'static [Hook]) {
    const NAT: &[TableName] = &[TableName::Nat];
    const MANGLE: &[TableName] = &[TableName::Mangle];
    match of {
        Target::Reject(_) => (&[TableName::Filter], &[Hook::Input, Hook::Forward, Hook::Output]),
        Target::Redirect(_) | Target::Dnat(_) => (NAT, &[Hook::Prerouting, Hook::Output]),
        Target::Snat(_) => (NAT, &[Hook::Postrouting, Hook::Input]),
        Target::Masquerade(_) => (NAT, &[Hook::Postrouting]),
        Target::Netmap(_) => (NAT, &[Hook::Prerouting, Hook::Output, Hook::Postrouting, Hook::Input]),
        Target::Notrack(_) | Target::Trace => (&[TableName::Raw], &[]),
        Target::Ttl(_) | Target::HopLimit(_) | Target::Dscp(_) | Target::Tos(_) | Target::Checksum => (MANGLE, &[]),
        _ => (&[], &[]),
    }
}
