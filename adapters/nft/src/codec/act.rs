//! Expressions that decide, count, say, refuse or translate.

use nines_traffic::nft::expr::{LogTo, Per, Reject};
use nines_traffic::nft::keys::{Icmpx, LogLevel, NatKind, ObjectKind};
use nines_traffic::nft::{Expr, Family, Limit};

use super::value::{VERDICT_REGISTER, name, nat_bits, nat_flags};
use crate::wire::{Attributes, Malformed, Writer};

mod immediate {
    pub const INTO: u16 = 1;
    pub const VALUE: u16 = 2;
}

mod counter {
    pub const BYTES: u16 = 1;
    pub const PACKETS: u16 = 2;
}

mod limit {
    pub const RATE: u16 = 1;
    pub const UNIT: u16 = 2;
    pub const BURST: u16 = 3;
    pub const KIND: u16 = 4;
    pub const FLAGS: u16 = 5;
    pub const BYTES: u32 = 1;
    pub const OVER: u32 = 1;
}

mod connlimit {
    pub const COUNT: u16 = 1;
    pub const FLAGS: u16 = 2;
    pub const OVER: u32 = 1;
}

mod objref {
    pub const KIND: u16 = 1;
    pub const NAME: u16 = 2;
    pub const FROM: u16 = 3;
    pub const SET: u16 = 4;
}

mod log {
    pub const GROUP: u16 = 1;
    pub const PREFIX: u16 = 2;
    pub const SNAPLEN: u16 = 3;
    pub const THRESHOLD: u16 = 4;
    pub const LEVEL: u16 = 5;
    pub const FLAGS: u16 = 6;
}

mod reject {
    pub const KIND: u16 = 1;
    pub const CODE: u16 = 2;
    pub const ICMP: u32 = 0;
    pub const TCP_RESET: u32 = 1;
    pub const ICMPX: u32 = 2;
}

mod nat {
    pub const KIND: u16 = 1;
    pub const FAMILY: u16 = 2;
    pub const ADDR_LOW: u16 = 3;
    pub const ADDR_HIGH: u16 = 4;
    pub const PORT_LOW: u16 = 5;
    pub const PORT_HIGH: u16 = 6;
    pub const FLAGS: u16 = 7;
}

mod masquerade {
    pub const FLAGS: u16 = 1;
    pub const PORT_LOW: u16 = 2;
    pub const PORT_HIGH: u16 = 3;
}

mod redirect {
    pub const PORT_LOW: u16 = 1;
    pub const PORT_HIGH: u16 = 2;
    pub const FLAGS: u16 = 3;
}

mod tproxy {
    pub const FAMILY: u16 = 1;
    pub const ADDR: u16 = 2;
    pub const PORT: u16 = 3;
    /// Both families (`NFPROTO_UNSPEC`).
    pub const BOTH: u32 = 0;
}

mod xtables {
    pub const NAME: u16 = 1;
    pub const REVISION: u16 = 2;
    pub const SETTINGS: u16 = 3;
}

/// Writes the body of an expression of this file; false where it is of another.
pub fn write(expr: &Expr, out: &mut Writer) -> bool {
    match expr {
        Expr::Immediate { into, value } => {
            out.register(immediate::INTO, *into);
            out.data(immediate::VALUE, value);
        }
        Expr::Verdict(verdict) => {
            out.be32(immediate::INTO, VERDICT_REGISTER);
            out.verdict(immediate::VALUE, verdict);
        }
        Expr::Counter => {}
        Expr::Limit(limit) => write_limit(limit, out),
        Expr::Connlimit { count, over } => write_connlimit(*count, *over, out),
        Expr::Object { kind, name } => {
            out.be32(objref::KIND, kind.number());
            out.text(objref::NAME, name.as_str());
        }
        Expr::ObjectMap { from, set } => {
            out.register(objref::FROM, *from);
            out.text(objref::SET, set.as_str());
        }
        Expr::Log { prefix, to } => write_log(prefix, to, out),
        Expr::Reject(reject) => write_reject(*reject, out),
        Expr::Nat { kind, v6, addr, port, flags } => {
            out.be32(nat::KIND, kind.number());
            out.be32(nat::FAMILY, family_number(*v6));
            out.ends(nat::ADDR_LOW, nat::ADDR_HIGH, *addr);
            out.ends(nat::PORT_LOW, nat::PORT_HIGH, *port);
            write_flags(nat::FLAGS, nat_bits(*flags), out);
        }
        Expr::Masquerade { port, flags } => {
            out.ends(masquerade::PORT_LOW, masquerade::PORT_HIGH, *port);
            write_flags(masquerade::FLAGS, nat_bits(*flags), out);
        }
        Expr::Redirect { port, flags } => {
            out.ends(redirect::PORT_LOW, redirect::PORT_HIGH, *port);
            write_flags(redirect::FLAGS, nat_bits(*flags), out);
        }
        Expr::Tproxy { v6, addr, port } => {
            out.be32(tproxy::FAMILY, v6.map_or(tproxy::BOTH, family_number));
            if let Some(addr) = addr {
                out.register(tproxy::ADDR, *addr);
            }
            if let Some(port) = port {
                out.register(tproxy::PORT, *port);
            }
        }
        Expr::Xtables { name, revision, settings, .. } => {
            out.text(xtables::NAME, name);
            out.be32(xtables::REVISION, *revision);
            out.bytes(xtables::SETTINGS, settings);
        }
        Expr::Unknown { attributes, .. } => out.verbatim(attributes),
        _ => return false,
    }
    true
}

/// Flags that are all unset are left out, as the kernel leaves them out.
fn write_flags(kind: u16, bits: u32, out: &mut Writer) {
    if bits != 0 {
        out.be32(kind, bits);
    }
}

/// The body of a rate, of an expression or of an object.
pub fn write_limit(limit: &Limit, out: &mut Writer) {
    out.be64(limit::RATE, limit.rate);
    out.be64(limit::UNIT, limit.per.seconds());
    out.be32(limit::BURST, limit.burst);
    out.be32(limit::KIND, if limit.bytes { limit::BYTES } else { 0 });
    out.be32(limit::FLAGS, if limit.over { limit::OVER } else { 0 });
}

/// The body of a bound of connections, of an expression or of an object.
pub fn write_connlimit(count: u32, over: bool, out: &mut Writer) {
    out.be32(connlimit::COUNT, count);
    out.be32(connlimit::FLAGS, if over { connlimit::OVER } else { 0 });
}

fn write_log(prefix: &str, to: &LogTo, out: &mut Writer) {
    if !prefix.is_empty() {
        out.text(log::PREFIX, prefix);
    }
    match *to {
        LogTo::Kernel { level, flags } => {
            out.be32(log::LEVEL, level.number());
            write_flags(log::FLAGS, flags, out);
        }
        LogTo::Group { group, snaplen, threshold } => {
            out.be16(log::GROUP, group);
            write_flags(log::SNAPLEN, snaplen, out);
            if threshold != 0 {
                out.be16(log::THRESHOLD, threshold);
            }
        }
    }
}

fn write_reject(reject: Reject, out: &mut Writer) {
    match reject {
        Reject::Icmp(code) => {
            out.be32(reject::KIND, reject::ICMP);
            out.u8(reject::CODE, code);
        }
        Reject::Icmpx(code) => {
            out.be32(reject::KIND, reject::ICMPX);
            out.u8(reject::CODE, u8::try_from(code.number()).unwrap_or_default());
        }
        Reject::TcpReset => out.be32(reject::KIND, reject::TCP_RESET),
    }
}

fn family_number(v6: bool) -> u32 {
    if v6 { Family::Ip6.number() } else { Family::Ip.number() }
}

/// Reads the body of an expression of this file.
pub fn read(name: &str, body: &Attributes<'_>) -> Result<Expr, Malformed> {
    match name {
        "immediate" => read_immediate(body),
        "counter" => Ok(Expr::Counter),
        "limit" => Ok(Expr::Limit(read_limit(body)?)),
        "connlimit" => {
            let (count, over) = read_connlimit(body)?;
            Ok(Expr::Connlimit { count, over })
        }
        "objref" => read_objref(body),
        "log" => read_log(body),
        "reject" => read_reject(body),
        "nat" => Ok(Expr::Nat {
            kind: body.known(nat::KIND, NatKind::from_number)?,
            v6: body.be32(nat::FAMILY)? == Family::Ip6.number(),
            addr: body.ends(nat::ADDR_LOW, nat::ADDR_HIGH)?,
            port: body.ends(nat::PORT_LOW, nat::PORT_HIGH)?,
            flags: nat_flags(body.be32_or_0(nat::FLAGS)?),
        }),
        "masq" => Ok(Expr::Masquerade {
            port: body.ends(masquerade::PORT_LOW, masquerade::PORT_HIGH)?,
            flags: nat_flags(body.be32_or_0(masquerade::FLAGS)?),
        }),
        "redir" => Ok(Expr::Redirect {
            port: body.ends(redirect::PORT_LOW, redirect::PORT_HIGH)?,
            flags: nat_flags(body.be32_or_0(redirect::FLAGS)?),
        }),
        "tproxy" => read_tproxy(body),
        "notrack" => Ok(Expr::Notrack),
        "match" | "target" => Ok(Expr::Xtables {
            target: name == "target",
            name: body.text(xtables::NAME)?,
            revision: body.be32_or_0(xtables::REVISION)?,
            settings: body.need(xtables::SETTINGS)?.to_vec(),
        }),
        _ => Err(Malformed("no such expression")),
    }
}

fn read_immediate(body: &Attributes<'_>) -> Result<Expr, Malformed> {
    if body.is_verdict(immediate::VALUE) {
        return Ok(Expr::Verdict(body.verdict(immediate::VALUE)?));
    }
    Ok(Expr::Immediate { into: body.register(immediate::INTO)?, value: body.data(immediate::VALUE)? })
}

/// What a counter counted: bytes and packets.
pub fn read_counter(body: &Attributes<'_>) -> Result<(u64, u64), Malformed> {
    Ok((body.be64(counter::BYTES)?, body.be64(counter::PACKETS)?))
}

/// Reads the body of a rate.
pub fn read_limit(body: &Attributes<'_>) -> Result<Limit, Malformed> {
    let unit = body.be64(limit::UNIT)?;
    let per = Per::ALL.into_iter().find(|per| per.seconds() == unit).ok_or(Malformed("no such unit of time"))?;
    Ok(Limit {
        rate: body.be64(limit::RATE)?,
        per,
        burst: body.be32_or_0(limit::BURST)?,
        bytes: body.be32_or_0(limit::KIND)? == limit::BYTES,
        over: body.be32_or_0(limit::FLAGS)? & limit::OVER != 0,
    })
}

/// Reads the body of a bound of connections: how many, and whether it holds above.
pub fn read_connlimit(body: &Attributes<'_>) -> Result<(u32, bool), Malformed> {
    Ok((body.be32(connlimit::COUNT)?, body.be32_or_0(connlimit::FLAGS)? & connlimit::OVER != 0))
}

fn read_objref(body: &Attributes<'_>) -> Result<Expr, Malformed> {
    if let Some(from) = body.register_if(objref::FROM)? {
        return Ok(Expr::ObjectMap { from, set: name(body, objref::SET)? });
    }
    Ok(Expr::Object { kind: body.known(objref::KIND, ObjectKind::from_number)?, name: name(body, objref::NAME)? })
}

fn read_log(body: &Attributes<'_>) -> Result<Expr, Malformed> {
    let prefix = if body.get(log::PREFIX).is_some() { body.text(log::PREFIX)? } else { String::new() };
    let to = if body.get(log::GROUP).is_some() {
        let threshold = body.get(log::THRESHOLD).map_or(Ok(0), |_| body.be16(log::THRESHOLD))?;
        LogTo::Group { group: body.be16(log::GROUP)?, snaplen: body.be32_or_0(log::SNAPLEN)?, threshold }
    } else {
        let level = body.known(log::LEVEL, LogLevel::from_number)?;
        LogTo::Kernel { level, flags: body.be32_or_0(log::FLAGS)? }
    };
    Ok(Expr::Log { prefix, to })
}

fn read_reject(body: &Attributes<'_>) -> Result<Expr, Malformed> {
    let reject = match body.be32(reject::KIND)? {
        reject::ICMP => Reject::Icmp(body.u8(reject::CODE)?),
        reject::TCP_RESET => Reject::TcpReset,
        reject::ICMPX => {
            let code = u32::from(body.u8(reject::CODE)?);
            Reject::Icmpx(Icmpx::from_number(code).ok_or(Malformed("no such answer"))?)
        }
        _ => return Err(Malformed("no such refusal")),
    };
    Ok(Expr::Reject(reject))
}

fn read_tproxy(body: &Attributes<'_>) -> Result<Expr, Malformed> {
    let v6 = match body.be32(tproxy::FAMILY)? {
        tproxy::BOTH => None,
        family => Some(family == Family::Ip6.number()),
    };
    Ok(Expr::Tproxy { v6, addr: body.register_if(tproxy::ADDR)?, port: body.register_if(tproxy::PORT)? })
}
