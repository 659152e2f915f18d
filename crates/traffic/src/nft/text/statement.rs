//! What a rule does, in words: counting, saying, refusing, translating, writing.

use super::super::datatype::Datatype;
use super::super::expr::{Ends, Expr, FibOf, Limit, LogTo, NatFlags, Register, Reject};
use super::super::field::{Field, Load, NFPROTO_IPV4, NFPROTO_IPV6};
use super::super::keys::{CtKey, ExthdrOp, Icmpx, LogLevel, MetaKey};
use super::held::Held;
use super::rule::render_verdict;
use super::value::Words;

/// An expression that stands for itself; `held` tells what registers hold.
pub fn render(expr: &Expr, held: impl Fn(Register) -> Held) -> String {
    match expr {
        Expr::Verdict(verdict) => render_verdict(verdict),
        Expr::Counter => "counter".to_owned(),
        Expr::Notrack => "notrack".to_owned(),
        Expr::Limit(limit) => format!("limit {}", render_rate(limit)),
        Expr::Connlimit { count, over } => format!("ct count {}", render_count(*count, *over)),
        Expr::Object { kind, name } => format!("{} name \"{name}\"", kind.word()),
        Expr::Log { prefix, to } => render_log(prefix, to),
        Expr::Nat { kind, v6, addr, port, flags } => {
            let datatype = if *v6 { Datatype::Ipv6 } else { Datatype::Ipv4 };
            let family = if *v6 { "ip6" } else { "ip" };
            let addr = addr.map(|ends| render_ends(ends, datatype, &held));
            let port = port.map(|ends| render_ends(ends, Datatype::Port, &held));
            let to = match (addr, port) {
                (Some(addr), Some(port)) if *v6 => format!(" to [{addr}]:{port}"),
                (Some(addr), Some(port)) => format!(" to {addr}:{port}"),
                (Some(addr), None) => format!(" to {addr}"),
                (None, Some(port)) => format!(" to :{port}"),
                (None, None) => String::new(),
            };
            format!("{} {family}{to}{}", kind.word(), render_nat_flags(*flags))
        }
        Expr::Masquerade { port, flags } => format!("masquerade{}", render_ports(*port, *flags, &held)),
        Expr::Redirect { port, flags } => format!("redirect{}", render_ports(*port, *flags, &held)),
        Expr::Tproxy { v6, addr, port } => render_tproxy(*v6, *addr, *port, &held),
        Expr::MetaSet { from, key } => render_meta_set(*key, &held(*from)),
        Expr::CtSet { from, key, direction } => {
            let of = direction.map(|direction| format!("{} ", direction.word())).unwrap_or_default();
            let datatype = if *key == CtKey::Mark { Datatype::Mark } else { Datatype::Realm };
            format!("ct {of}{} set {}", key.word(), held(*from).as_value(datatype))
        }
        Expr::ExthdrSet { from, op, kind, offset, len } => {
            let option = render_option(*op, *kind, *offset, *len, false);
            format!("{option} set {}", held(*from).as_value(Datatype::Port))
        }
        Expr::Xtables { target, name, .. } => format!("xt {} \"{name}\"", if *target { "target" } else { "match" }),
        Expr::Unknown { name, .. } => format!("unknown {name}"),
        _ => "unknown".to_owned(),
    }
}

fn render_meta_set(key: MetaKey, held: &Held) -> String {
    let known = Field::ALL.iter().find(|field| field.load == Load::Meta(key));
    let datatype = known.map_or(Datatype::Integer(1), |field| field.datatype);
    format!("meta {} set {}", key.word(), held.as_value(datatype))
}

/// A rate without the word before it.
pub fn render_rate(limit: &Limit) -> String {
    let over = if limit.over { "over " } else { "" };
    let per = limit.per.word();
    if !limit.bytes {
        return format!("rate {over}{}/{per} burst {} packets", limit.rate, limit.burst);
    }
    let (rate, unit) = bytes(limit.rate);
    if limit.burst == 0 {
        return format!("rate {over}{rate} {unit}/{per}");
    }
    let (burst, burst_unit) = bytes(u64::from(limit.burst));
    format!("rate {over}{rate} {unit}/{per} burst {burst} {burst_unit}")
}

/// Bytes in the largest unit that divides them.
fn bytes(n_bytes: u64) -> (u64, &'static str) {
    match n_bytes {
        n_bytes if n_bytes > 0 && n_bytes.is_multiple_of(1 << 20) => (n_bytes >> 20, "mbytes"),
        n_bytes if n_bytes > 0 && n_bytes.is_multiple_of(1 << 10) => (n_bytes >> 10, "kbytes"),
        n_bytes => (n_bytes, "bytes"),
    }
}

/// A bound of connections without the word before it.
pub fn render_count(count: u32, over: bool) -> String {
    format!("{}{count}", if over { "over " } else { "" })
}

fn render_log(prefix: &str, to: &LogTo) -> String {
    let mut words = vec!["log".to_owned()];
    if !prefix.is_empty() {
        words.push(format!("prefix \"{prefix}\""));
    }
    match *to {
        LogTo::Group { group, snaplen, threshold } => {
            words.push(format!("group {group}"));
            words.extend((snaplen > 0).then(|| format!("snaplen {snaplen}")));
            words.extend((threshold > 0).then(|| format!("queue-threshold {threshold}")));
        }
        LogTo::Kernel { level, flags } => {
            words.extend((level != LogLevel::Warn).then(|| format!("level {}", level.word())));
            words.extend(log_flags(flags));
        }
    }
    words.join(" ")
}

/// Bits of `NF_LOG_*`.
fn log_flags(flags: u32) -> Vec<String> {
    const ALL: u32 = 0x2f;
    if flags & ALL == ALL {
        return vec!["flags all".to_owned()];
    }
    let tcp = match flags & 3 {
        0 => None,
        1 => Some("flags tcp sequence"),
        2 => Some("flags tcp options"),
        _ => Some("flags tcp sequence,options"),
    };
    let bit = |bit: u32, text: &'static str| (flags & bit != 0).then_some(text);
    let all = [tcp, bit(4, "flags ip options"), bit(8, "flags skuid"), bit(32, "flags ether")];
    all.into_iter().flatten().map(str::to_owned).collect()
}

/// A refusal; its code has a word only where the family is known.
pub fn render_reject(reject: Reject, family: Option<u8>) -> String {
    const ICMP: Words = &[
        (0, "net-unreachable"),
        (1, "host-unreachable"),
        (2, "prot-unreachable"),
        (3, "port-unreachable"),
        (9, "net-prohibited"),
        (10, "host-prohibited"),
        (13, "admin-prohibited"),
    ];
    const ICMPV6: Words = &[
        (0, "no-route"),
        (1, "admin-prohibited"),
        (3, "addr-unreachable"),
        (4, "port-unreachable"),
        (5, "policy-fail"),
        (6, "reject-route"),
    ];
    let code = match reject {
        Reject::TcpReset => return "reject with tcp reset".to_owned(),
        Reject::Icmpx(Icmpx::PortUnreachable) if family.is_none() => return "reject".to_owned(),
        Reject::Icmpx(code) => return format!("reject with icmpx {}", code.word()),
        Reject::Icmp(code) => u32::from(code),
    };
    let (protocol, words) = match family {
        Some(NFPROTO_IPV6) => ("icmpv6", ICMPV6),
        Some(NFPROTO_IPV4) => ("icmp", ICMP),
        _ => ("icmp", [].as_slice()),
    };
    let word = words.iter().find(|(known, _)| *known == code).map(|(_, word)| *word);
    match word {
        Some(word) => format!("reject with {protocol} {word}"),
        None => format!("reject with {protocol} {code}"),
    }
}

fn render_ends(ends: Ends, datatype: Datatype, held: &impl Fn(Register) -> Held) -> String {
    let low = held(ends.low).as_value(datatype);
    if ends.low == ends.high { low } else { format!("{low}-{}", held(ends.high).as_value(datatype)) }
}

fn render_ports(port: Option<Ends>, flags: NatFlags, held: &impl Fn(Register) -> Held) -> String {
    let port = port.map(|ends| format!(" to :{}", render_ends(ends, Datatype::Port, held))).unwrap_or_default();
    format!("{port}{}", render_nat_flags(flags))
}

fn render_nat_flags(flags: NatFlags) -> String {
    let words = [
        (flags.random, "random"),
        (flags.fully_random, "fully-random"),
        (flags.persistent, "persistent"),
        (flags.netmap, "netmap"),
    ];
    let set: Vec<&str> = words.iter().filter(|(set, _)| *set).map(|(_, word)| *word).collect();
    if set.is_empty() { String::new() } else { format!(" {}", set.join(",")) }
}

fn render_tproxy(
    v6: Option<bool>,
    addr: Option<Register>,
    port: Option<Register>,
    held: &impl Fn(Register) -> Held,
) -> String {
    let family = match v6 {
        None => "",
        Some(true) => " ip6",
        Some(false) => " ip",
    };
    let datatype = if v6 == Some(true) { Datatype::Ipv6 } else { Datatype::Ipv4 };
    let addr = addr.map(|addr| held(addr).as_value(datatype)).unwrap_or_default();
    let port = port.map(|port| format!(":{}", held(port).as_value(Datatype::Port))).unwrap_or_default();
    format!("tproxy{family} to {addr}{port}")
}

/// An option of a header.
pub fn render_option(op: ExthdrOp, kind: u8, offset: u32, len: u32, present: bool) -> String {
    const MAXSEG: (u8, u32, u32) = (2, 2, 2);
    const EXTENSIONS: [(u8, &str); 6] = [(0, "hbh"), (43, "rt"), (44, "frag"), (51, "auth"), (60, "dst"), (135, "mh")];
    if op == ExthdrOp::TcpOption && (kind, offset, len) == MAXSEG && !present {
        return "tcp option maxseg size".to_owned();
    }
    let name = EXTENSIONS.iter().find(|(number, _)| *number == kind && op == ExthdrOp::Ipv6);
    match (name, present) {
        (Some((_, name)), true) => format!("exthdr {name}"),
        (_, true) => format!("{} {kind}", op.word()),
        (_, false) => format!("{} @{kind},{},{}", op.word(), offset * 8, len * 8),
    }
}

/// What the routing table is asked about.
pub fn render_fib(of: FibOf) -> String {
    let words = [(of.saddr, "saddr"), (of.daddr, "daddr"), (of.mark, "mark"), (of.iif, "iif"), (of.oif, "oif")];
    words.iter().filter(|(set, _)| *set).map(|(_, word)| *word).collect::<Vec<_>>().join(" . ")
}
