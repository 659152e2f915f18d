//! Rules as `iptables-save` writes them.

use super::matches::{
    AddrType, Conntrack, HopCount, IcmpKind, Masked, Match, Multiport, Owner, OwnerId, PacketType, PortSide, Ports,
    RateUnit, States, Statistic, Tcp, TcpFlags, WhyOpaque,
};
use super::model::{Address, Chain, Go, Header, Not, Policy, Rule, Ruleset};
use super::targets::{Choice, Connmark, HopChange, Log, Nat, Nflog, NotrackSpelling, Target, TcpMss};
use crate::net::{Family, Net, PortRange};
use core::net::IpAddr;
use std::fmt::Write;

/// A whole rule set; what `iptables-restore` takes.
pub fn print(rules: &Ruleset) -> String {
    let mut out = String::new();
    for table in &rules.tables {
        let _ = writeln!(out, "*{}", table.name.name());
        for Chain { name, policy, counters, .. } in &table.chains {
            let policy = policy.map_or("-", Policy::name);
            let _ = writeln!(out, ":{name} {policy} [{}:{}]", counters.packets, counters.bytes);
        }
        for chain in &table.chains {
            for rule in &chain.rules {
                if let Some(counters) = rule.counters {
                    let _ = write!(out, "[{}:{}] ", counters.packets, counters.bytes);
                }
                let _ = writeln!(out, "{}", print_rule(&chain.name, rule));
            }
        }
        out.push_str("COMMIT\n");
    }
    out
}

/// One rule, without its counters.
pub fn print_rule(chain: &str, rule: &Rule) -> String {
    let mut out = format!("-A {chain}");
    if let Some(Match::Opaque(opaque)) = rule.matches.first().filter(|first| is_unread(first)) {
        opaque.words.iter().for_each(|word| push_word(&mut out, word));
        return out;
    }
    push_header(&mut out, &rule.header);
    for of in &rule.matches {
        push_match(&mut out, of);
    }
    match &rule.go {
        Some(Go::Jump(target)) => push_target(&mut out, target),
        Some(Go::Goto(chain)) => push(&mut out, &["-g", chain]),
        None => {}
    }
    out
}

fn is_unread(of: &Match) -> bool {
    matches!(of, Match::Opaque(opaque) if opaque.why == WhyOpaque::NotRead)
}

fn push(out: &mut String, words: &[&str]) {
    for word in words {
        out.push(' ');
        out.push_str(word);
    }
}

/// An option with its value, after `!` where it is negated.
fn push_not<T>(out: &mut String, option: &str, not: &Not<T>, text: impl FnOnce(&T) -> String) {
    if not.negated {
        out.push_str(" !");
    }
    push(out, &[option]);
    let text = text(&not.value);
    if !text.is_empty() {
        push(out, &[&text]);
    }
}

/// A word that may hold anything, quoted as `iptables-save` quotes.
fn push_text(out: &mut String, text: &str) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !text.is_empty() && text.bytes().all(plain) {
        return push(out, &[text]);
    }
    push_quoted(out, text);
}

/// A word of what is kept as it was: quoted only where it must be.
fn push_word(out: &mut String, text: &str) {
    let needs = |letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '\\');
    if !text.is_empty() && !text.contains(needs) { push(out, &[text]) } else { push_quoted(out, text) }
}

fn push_quoted(out: &mut String, text: &str) {
    out.push_str(" \"");
    for letter in text.chars() {
        if matches!(letter, '"' | '\\' | '\'') {
            out.push('\\');
        }
        out.push(letter);
    }
    out.push('"');
}

fn push_header(out: &mut String, header: &Header) {
    let address = |address: &Address| match address {
        Address::Net(net) => net.to_string(),
        Address::Host(name) => name.clone(),
    };
    // No bits of an address are every address, which iptables does not write.
    let asks = |not: &&Not<Address>| not.negated || !matches!(&not.value, Address::Net(net) if net.mask() == 0);
    if let Some(source) = header.source.as_ref().filter(asks) {
        push_not(out, "-s", source, address);
    }
    if let Some(destination) = header.destination.as_ref().filter(asks) {
        push_not(out, "-d", destination, address);
    }
    if let Some(input) = &header.input {
        push_not(out, "-i", input, |interface| interface.0.clone());
    }
    if let Some(output) = &header.output {
        push_not(out, "-o", output, |interface| interface.0.clone());
    }
    if let Some(protocol) = &header.protocol {
        push_not(out, "-p", protocol, ToString::to_string);
    }
    match header.fragment {
        Some(true) => push(out, &["-f"]),
        Some(false) => push(out, &["!", "-f"]),
        None => {}
    }
}

fn push_match(out: &mut String, of: &Match) {
    push(out, &["-m", of.name()]);
    match of {
        Match::Tcp(tcp) => push_tcp(out, tcp),
        Match::Udp(ports) | Match::Dccp(ports) => push_ports(out, ports),
        Match::Sctp(sctp) => {
            push_ports(out, &sctp.ports);
            if let Some(chunks) = &sctp.chunks {
                push_not(out, "--chunk-types", chunks, |(which, types)| format!("{which} {types}"));
            }
        }
        Match::Icmp(Some(kind)) => push_not(out, "--icmp-type", kind, icmp),
        Match::Icmp6(Some(kind)) => push_not(out, "--icmpv6-type", kind, icmp),
        Match::Multiport(multiport) => push_multiport(out, multiport),
        Match::State(states) => push_not(out, "--state", states, state_names),
        Match::Conntrack(conntrack) => push_conntrack(out, conntrack),
        Match::Mac(mac) => push_not(out, "--mac-source", mac, mac_text),
        Match::Limit(limit) => {
            let unit =
                RateUnit::ALL.iter().find(|(unit, ..)| *unit == limit.rate.per).map_or("sec", |(_, name, _)| name);
            push(out, &["--limit", &format!("{}/{unit}", limit.rate.count)]);
            if limit.burst != 5 {
                push(out, &["--limit-burst", &limit.burst.to_string()]);
            }
        }
        Match::Comment(comment) => {
            push(out, &["--comment"]);
            push_text(out, comment);
        }
        Match::AddrType(types) => push_addrtype(out, types),
        Match::IpRange(range) => {
            let text = |range: &crate::net::AddressRange| format!("{}-{}", range.first, range.last);
            let _ = range.source.as_ref().map(|source| push_not(out, "--src-range", source, text));
            let _ = range.destination.as_ref().map(|destination| push_not(out, "--dst-range", destination, text));
        }
        Match::Owner(owner) => push_owner(out, owner),
        Match::Mark(mark) | Match::Connmark(mark) => push_not(out, "--mark", mark, masked_or_whole),
        Match::PktType(kind) => push_not(out, "--pkt-type", kind, |kind| {
            PacketType::ALL
                .iter()
                .find(|(known, _)| known == kind)
                .map(|(_, name)| (*name).to_owned())
                .unwrap_or_default()
        }),
        Match::Ttl(count) => push_hops(out, "ttl", *count),
        Match::HopLimit(count) => push_hops(out, "hl", *count),
        Match::Length(range) => push_not(out, "--length", range, |range| match range.least == range.most {
            true => range.least.to_string(),
            false => format!("{}:{}", range.least, range.most),
        }),
        Match::Dscp(dscp) => push_not(out, "--dscp", dscp, |dscp| format!("0x{dscp:02x}")),
        Match::Tos(tos) => push_not(out, "--tos", tos, |tos| format!("0x{:02x}/0x{:02x}", tos.value, tos.mask)),
        Match::Statistic(statistic) => push_statistic(out, *statistic),
        Match::Opaque(opaque) => opaque.words.iter().for_each(|word| push_word(out, word)),
        Match::Icmp(None) | Match::Icmp6(None) => {}
    }
}

fn push_ports(out: &mut String, ports: &Ports) {
    let range = |range: &PortRange| range.text(':');
    // All ports are no question, which iptables does not write.
    let asks = |not: &&Not<PortRange>| not.negated || not.value != PortRange::ALL;
    if let Some(source) = ports.source.as_ref().filter(asks) {
        push_not(out, "--sport", source, range);
    }
    if let Some(destination) = ports.destination.as_ref().filter(asks) {
        push_not(out, "--dport", destination, range);
    }
}

fn push_tcp(out: &mut String, tcp: &Tcp) {
    push_ports(out, &tcp.ports);
    if let Some(option) = &tcp.option {
        push_not(out, "--tcp-option", option, ToString::to_string);
    }
    // No flags looked at is no question either.
    let nothing = Not { negated: false, value: TcpFlags { mask: 0, set: 0 } };
    if let Some(flags) = tcp.flags.as_ref().filter(|flags| **flags != nothing) {
        push_not(out, "--tcp-flags", flags, |flags| format!("{} {}", flag_names(flags.mask), flag_names(flags.set)));
    }
}

/// Flags as `iptables` lists them.
pub(crate) fn flag_names(flags: u8) -> String {
    let named = (0..).zip(TcpFlags::NAMES).filter(|(nth, _)| flags & (1 << nth) != 0).map(|(_, name)| name);
    let names = named.collect::<Vec<_>>().join(",");
    if names.is_empty() { "NONE".to_owned() } else { names }
}

fn icmp(kind: &IcmpKind) -> String {
    match (kind.kind, kind.codes) {
        (None, _) => "any".to_owned(),
        (Some(kind), (0, 255)) => kind.to_string(),
        (Some(kind), (code, _)) => format!("{kind}/{code}"),
    }
}

fn push_multiport(out: &mut String, multiport: &Multiport) {
    let option = match multiport.side {
        PortSide::Source => "--sports",
        PortSide::Destination => "--dports",
        PortSide::Either => "--ports",
    };
    let not = Not { negated: multiport.negated, value: () };
    push_not(out, option, &not, |()| multiport.ports.iter().map(|range| range.text(':')).collect::<Vec<_>>().join(","));
}

fn state_names(states: &States) -> String {
    let named = (0..).zip(States::NAMES).filter(|(nth, _)| states.0 & (1 << nth) != 0).map(|(_, name)| name);
    named.collect::<Vec<_>>().join(",")
}

/// A network where a whole address needs no mask.
fn bare_net(net: &Net) -> String {
    if net.length() == Some(net.family().bits()) { net.address().to_string() } else { net.to_string() }
}

fn push_conntrack(out: &mut String, conntrack: &Conntrack) {
    let range = |range: &PortRange| range.text(':');
    if let Some(states) = &conntrack.states {
        push_not(out, "--ctstate", states, state_names);
    }
    if let Some(protocol) = &conntrack.protocol {
        push_not(out, "--ctproto", protocol, ToString::to_string);
    }
    let nets = [
        ("--ctorigsrc", &conntrack.original_source),
        ("--ctorigdst", &conntrack.original_destination),
        ("--ctreplsrc", &conntrack.reply_source),
        ("--ctrepldst", &conntrack.reply_destination),
    ];
    for (option, net) in nets {
        let _ = net.as_ref().map(|net| push_not(out, option, net, bare_net));
    }
    let ports = [
        ("--ctorigsrcport", &conntrack.original_source_port),
        ("--ctorigdstport", &conntrack.original_destination_port),
        ("--ctreplsrcport", &conntrack.reply_source_port),
        ("--ctrepldstport", &conntrack.reply_destination_port),
    ];
    for (option, ports) in ports {
        let _ = ports.as_ref().map(|ports| push_not(out, option, ports, range));
    }
    if let Some(status) = &conntrack.status {
        push_not(out, "--ctstatus", status, |status| {
            let named = (0..).zip(Conntrack::STATUS_NAMES).filter(|(nth, _)| status & (1 << nth) != 0);
            let names = named.map(|(_, name)| name).collect::<Vec<_>>().join(",");
            if names.is_empty() { "NONE".to_owned() } else { names }
        });
    }
    if let Some(expires) = &conntrack.expires {
        push_not(out, "--ctexpire", expires, |(least, most)| match least == most {
            true => least.to_string(),
            false => format!("{least}:{most}"),
        });
    }
    match conntrack.is_reply {
        Some(true) => push(out, &["--ctdir", "REPLY"]),
        Some(false) => push(out, &["--ctdir", "ORIGINAL"]),
        None => {}
    }
}

fn mac_text(mac: &[u8; 6]) -> String {
    mac.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(":")
}

fn push_addrtype(out: &mut String, types: &AddrType) {
    let names = |bits: &u16| {
        let named = (0..).zip(AddrType::NAMES).filter(|(nth, _)| bits & (1 << nth) != 0).map(|(_, name)| name);
        named.collect::<Vec<_>>().join(",")
    };
    let _ = types.source.as_ref().map(|source| push_not(out, "--src-type", source, names));
    let _ = types.destination.as_ref().map(|destination| push_not(out, "--dst-type", destination, names));
    if types.limit_input {
        push(out, &["--limit-iface-in"]);
    }
    if types.limit_output {
        push(out, &["--limit-iface-out"]);
    }
}

fn push_owner(out: &mut String, owner: &Owner) {
    let id = |id: &OwnerId| match id {
        OwnerId::Numbers(first, last) if first == last => first.to_string(),
        OwnerId::Numbers(first, last) => format!("{first}-{last}"),
        OwnerId::Name(name) => name.clone(),
    };
    let _ = owner.socket_exists.as_ref().map(|exists| push_not(out, "--socket-exists", exists, |()| String::new()));
    let _ = owner.user.as_ref().map(|user| push_not(out, "--uid-owner", user, id));
    let _ = owner.group.as_ref().map(|group| push_not(out, "--gid-owner", group, id));
    if owner.supplementary {
        push(out, &["--suppl-groups"]);
    }
}

fn masked_or_whole(masked: &Masked) -> String {
    match masked.mask {
        u32::MAX => format!("{:#x}", masked.value),
        mask => format!("{:#x}/{mask:#x}", masked.value),
    }
}

fn masked_always(masked: &Masked) -> String {
    format!("{:#x}/{:#x}", masked.value, masked.mask)
}

fn push_hops(out: &mut String, name: &str, count: HopCount) {
    match count {
        HopCount::Equal(hops) => push(out, &[&format!("--{name}-eq"), &hops.to_string()]),
        HopCount::NotEqual(hops) => push(out, &["!", &format!("--{name}-eq"), &hops.to_string()]),
        HopCount::Less(hops) => push(out, &[&format!("--{name}-lt"), &hops.to_string()]),
        HopCount::Greater(hops) => push(out, &[&format!("--{name}-gt"), &hops.to_string()]),
    }
}

fn push_statistic(out: &mut String, statistic: Statistic) {
    match statistic {
        Statistic::Random(parts) => {
            push(out, &["--mode", "random"]);
            push_not(out, "--probability", &parts, |parts| format!("{:.11}", f64::from(*parts) / 2_147_483_648.0));
        }
        Statistic::Nth { every, packet } => {
            push(out, &["--mode", "nth"]);
            push_not(out, "--every", &every, ToString::to_string);
            push(out, &["--packet", &packet.to_string()]);
        }
    }
}

impl Target {
    /// The name after `-j`.
    pub fn name(&self) -> &str {
        match self {
            Target::Accept => "ACCEPT",
            Target::Drop => "DROP",
            Target::Return => "RETURN",
            Target::Chain(name) => name,
            Target::Reject(_) => "REJECT",
            Target::Log(_) => "LOG",
            Target::Nflog(_) => "NFLOG",
            Target::Redirect(_) => "REDIRECT",
            Target::Dnat(_) => "DNAT",
            Target::Snat(_) => "SNAT",
            Target::Masquerade(_) => "MASQUERADE",
            Target::Netmap(_) => "NETMAP",
            Target::Mark(_) => "MARK",
            Target::Connmark(_) => "CONNMARK",
            Target::Notrack(NotrackSpelling::Notrack) => "NOTRACK",
            Target::Notrack(NotrackSpelling::Ct) => "CT",
            Target::Ttl(_) => "TTL",
            Target::HopLimit(_) => "HL",
            Target::TcpMss(_) => "TCPMSS",
            Target::Dscp(_) => "DSCP",
            Target::Tos(_) => "TOS",
            Target::Checksum => "CHECKSUM",
            Target::Trace => "TRACE",
            Target::Opaque(opaque) => &opaque.name,
        }
    }
}

fn push_target(out: &mut String, target: &Target) {
    push(out, &["-j", target.name()]);
    match target {
        Target::Reject(with) => push(out, &["--reject-with", with.name()]),
        Target::Log(log) => push_log(out, log),
        Target::Nflog(nflog) => push_nflog(out, nflog),
        Target::Redirect(redirect) => push_translation(out, redirect.ports, redirect.choice),
        Target::Masquerade(masquerade) => push_translation(out, masquerade.ports, masquerade.choice),
        Target::Dnat(nat) => push_nat(out, "--to-destination", nat),
        Target::Snat(nat) => push_nat(out, "--to-source", nat),
        Target::Netmap(net) => push(out, &["--to", &bare_net(net)]),
        Target::Mark(mark) | Target::Connmark(Connmark::Set(mark)) => push(out, &["--set-xmark", &masked_always(mark)]),
        Target::Connmark(Connmark::Save { packet, connection }) => {
            push(out, &["--save-mark", "--nfmask", &format!("{packet:#x}"), "--ctmask", &format!("{connection:#x}")]);
        }
        Target::Connmark(Connmark::Restore { packet, connection }) => {
            push(
                out,
                &["--restore-mark", "--nfmask", &format!("{packet:#x}"), "--ctmask", &format!("{connection:#x}")],
            );
        }
        Target::Notrack(NotrackSpelling::Ct) => push(out, &["--notrack"]),
        Target::Ttl(change) => push_hop_change(out, "ttl", *change),
        Target::HopLimit(change) => push_hop_change(out, "hl", *change),
        Target::TcpMss(TcpMss::Set(size)) => push(out, &["--set-mss", &size.to_string()]),
        Target::TcpMss(TcpMss::ClampToPath) => push(out, &["--clamp-mss-to-pmtu"]),
        Target::Dscp(dscp) => push(out, &["--set-dscp", &format!("0x{dscp:02x}")]),
        Target::Tos(tos) => push(out, &["--set-tos", &format!("0x{:02x}/0x{:02x}", tos.value, tos.mask)]),
        Target::Checksum => push(out, &["--checksum-fill"]),
        Target::Opaque(opaque) => opaque.words.iter().for_each(|word| push_word(out, word)),
        _ => {}
    }
}

fn push_log(out: &mut String, log: &Log) {
    if !log.prefix.is_empty() {
        push(out, &["--log-prefix"]);
        push_text(out, &log.prefix);
    }
    if log.level != Log::DEFAULT_LEVEL {
        push(out, &["--log-level", &log.level.to_string()]);
    }
    for (_, detail) in (0..).zip(Log::DETAILS).filter(|(nth, _)| log.details & (1 << nth) != 0) {
        push(out, &[detail]);
    }
}

fn push_nflog(out: &mut String, nflog: &Nflog) {
    if !nflog.prefix.is_empty() {
        push(out, &["--nflog-prefix"]);
        push_text(out, &nflog.prefix);
    }
    if nflog.group != 0 {
        push(out, &["--nflog-group", &nflog.group.to_string()]);
    }
    match nflog.size {
        Some((true, size)) => push(out, &["--nflog-size", &size.to_string()]),
        Some((false, size)) => push(out, &["--nflog-range", &size.to_string()]),
        None => {}
    }
    if let Some(threshold) = nflog.threshold {
        push(out, &["--nflog-threshold", &threshold.to_string()]);
    }
}

fn push_choice(out: &mut String, choice: Choice) {
    let said =
        [(choice.random, "--random"), (choice.random_fully, "--random-fully"), (choice.persistent, "--persistent")];
    said.iter().filter(|(is_said, _)| *is_said).for_each(|(_, option)| push(out, &[option]));
}

fn push_translation(out: &mut String, ports: Option<PortRange>, choice: Choice) {
    if let Some(ports) = ports {
        push(out, &["--to-ports", &ports.text('-')]);
    }
    push_choice(out, choice);
}

fn push_nat(out: &mut String, option: &str, nat: &Nat) {
    let mut to = String::new();
    if let Some(range) = nat.addresses {
        // An IPv6 address with a port stands in brackets.
        let in_brackets = matches!(range.first, IpAddr::V6(_)) && nat.ports.is_some();
        let range = range.to_string();
        to = if in_brackets { format!("[{}]", range.replace('-', "]-[")) } else { range };
    }
    if let Some(ports) = nat.ports {
        let _ = write!(to, ":{}", ports.text('-'));
        let _ = nat.port_base.map(|base| write!(to, "/{base}"));
    }
    push(out, &[option, &to]);
    push_choice(out, nat.choice);
}

fn push_hop_change(out: &mut String, name: &str, change: HopChange) {
    match change {
        HopChange::Set(hops) => push(out, &[&format!("--{name}-set"), &hops.to_string()]),
        HopChange::Decrease(hops) => push(out, &[&format!("--{name}-dec"), &hops.to_string()]),
        HopChange::Increase(hops) => push(out, &[&format!("--{name}-inc"), &hops.to_string()]),
    }
}

/// The first line that `iptables-save` of a family writes, which is how a file says whose it is.
pub fn header(family: Family) -> &'static str {
    match family {
        Family::V4 => "# Generated by iptables-save",
        Family::V6 => "# Generated by ip6tables-save",
    }
}
