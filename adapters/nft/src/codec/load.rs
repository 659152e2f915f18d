//! Expressions that load something into a register, or write it back.

use nines_traffic::nft::Expr;
use nines_traffic::nft::expr::FibOf;
use nines_traffic::nft::keys::{
    Base, Checksum, CtKey, Direction, ExthdrOp, FibResult, MetaKey, NumgenKind, RtKey, SocketKey,
};

use crate::wire::{Attributes, Malformed, Writer};

mod payload {
    pub const INTO: u16 = 1;
    pub const BASE: u16 = 2;
    pub const OFFSET: u16 = 3;
    pub const LEN: u16 = 4;
    pub const FROM: u16 = 5;
    pub const CHECKSUM: u16 = 6;
    pub const CHECKSUM_AT: u16 = 7;
    pub const CHECKSUM_FLAGS: u16 = 8;
    /// The transport's checksum covers the bytes too (`NFT_PAYLOAD_L4CSUM_PSEUDOHDR`).
    pub const PSEUDO: u32 = 1;
}

mod meta {
    pub const INTO: u16 = 1;
    pub const KEY: u16 = 2;
    pub const FROM: u16 = 3;
}

mod ct {
    pub const INTO: u16 = 1;
    pub const KEY: u16 = 2;
    pub const DIRECTION: u16 = 3;
    pub const FROM: u16 = 4;
}

mod rt {
    pub const INTO: u16 = 1;
    pub const KEY: u16 = 2;
}

mod exthdr {
    pub const INTO: u16 = 1;
    pub const KIND: u16 = 2;
    pub const OFFSET: u16 = 3;
    pub const LEN: u16 = 4;
    pub const FLAGS: u16 = 5;
    pub const OP: u16 = 6;
    pub const FROM: u16 = 7;
    pub const PRESENT: u32 = 1;
}

mod socket {
    pub const KEY: u16 = 1;
    pub const INTO: u16 = 2;
    pub const LEVEL: u16 = 3;
}

mod fib {
    pub const INTO: u16 = 1;
    pub const RESULT: u16 = 2;
    pub const FLAGS: u16 = 3;
}

mod numgen {
    pub const INTO: u16 = 1;
    pub const MODULUS: u16 = 2;
    pub const KIND: u16 = 3;
    pub const OFFSET: u16 = 4;
}

mod hash {
    pub const FROM: u16 = 1;
    pub const INTO: u16 = 2;
    pub const LEN: u16 = 3;
    pub const MODULUS: u16 = 4;
    pub const SEED: u16 = 5;
    pub const OFFSET: u16 = 6;
    pub const KIND: u16 = 7;
    pub const JENKINS: u32 = 0;
    pub const SYMMETRIC: u32 = 1;
}

/// Writes the body of an expression of this file; false where it is of another.
pub fn write(expr: &Expr, out: &mut Writer) -> bool {
    match *expr {
        Expr::Payload { into, base, offset, len } => {
            out.register(payload::INTO, into);
            out.be32(payload::BASE, base.number());
            out.be32(payload::OFFSET, offset);
            out.be32(payload::LEN, len);
        }
        Expr::PayloadSet { from, base, offset, len, checksum, checksum_at, pseudo } => {
            out.register(payload::FROM, from);
            out.be32(payload::BASE, base.number());
            out.be32(payload::OFFSET, offset);
            out.be32(payload::LEN, len);
            out.be32(payload::CHECKSUM, checksum.number());
            out.be32(payload::CHECKSUM_AT, checksum_at);
            out.be32(payload::CHECKSUM_FLAGS, if pseudo { payload::PSEUDO } else { 0 });
        }
        Expr::Meta { into, key } => {
            out.register(meta::INTO, into);
            out.be32(meta::KEY, key.number());
        }
        Expr::MetaSet { from, key } => {
            out.register(meta::FROM, from);
            out.be32(meta::KEY, key.number());
        }
        Expr::Ct { into, key, direction } => {
            out.register(ct::INTO, into);
            write_ct(key, direction, out);
        }
        Expr::CtSet { from, key, direction } => {
            out.register(ct::FROM, from);
            write_ct(key, direction, out);
        }
        Expr::Rt { into, key } => {
            out.register(rt::INTO, into);
            out.be32(rt::KEY, key.number());
        }
        Expr::Exthdr { into, op, kind, offset, len, present } => {
            out.register(exthdr::INTO, into);
            write_option(op, kind, offset, len, out);
            out.be32(exthdr::FLAGS, if present { exthdr::PRESENT } else { 0 });
        }
        Expr::ExthdrSet { from, op, kind, offset, len } => {
            out.register(exthdr::FROM, from);
            write_option(op, kind, offset, len, out);
        }
        Expr::Socket { into, key, level } => {
            out.be32(socket::KEY, key.number());
            out.register(socket::INTO, into);
            if let Some(level) = level {
                out.be32(socket::LEVEL, level);
            }
        }
        Expr::Fib { into, result, of } => {
            out.register(fib::INTO, into);
            out.be32(fib::RESULT, result.number());
            out.be32(fib::FLAGS, fib_bits(of));
        }
        Expr::Numgen { into, kind, modulus, offset } => {
            out.register(numgen::INTO, into);
            out.be32(numgen::MODULUS, modulus);
            out.be32(numgen::KIND, kind.number());
            out.be32(numgen::OFFSET, offset);
        }
        Expr::Jhash { from, into, len, modulus, seed, offset } => {
            out.register(hash::FROM, from);
            out.register(hash::INTO, into);
            out.be32(hash::LEN, len);
            if let Some(seed) = seed {
                out.be32(hash::SEED, seed);
            }
            write_hash(hash::JENKINS, modulus, offset, out);
        }
        Expr::Symhash { into, modulus, offset } => {
            out.register(hash::INTO, into);
            write_hash(hash::SYMMETRIC, modulus, offset, out);
        }
        _ => return false,
    }
    true
}

fn write_ct(key: CtKey, direction: Option<Direction>, out: &mut Writer) {
    out.be32(ct::KEY, key.number());
    if let Some(direction) = direction {
        out.u8(ct::DIRECTION, if direction == Direction::Reply { 1 } else { 0 });
    }
}

fn write_option(op: ExthdrOp, kind: u8, offset: u32, len: u32, out: &mut Writer) {
    out.u8(exthdr::KIND, kind);
    out.be32(exthdr::OFFSET, offset);
    out.be32(exthdr::LEN, len);
    out.be32(exthdr::OP, op.number());
}

fn write_hash(kind: u32, modulus: u32, offset: u32, out: &mut Writer) {
    out.be32(hash::MODULUS, modulus);
    if offset != 0 {
        out.be32(hash::OFFSET, offset);
    }
    out.be32(hash::KIND, kind);
}

/// Reads the body of an expression of this file.
pub fn read(name: &str, body: &Attributes<'_>) -> Result<Expr, Malformed> {
    match name {
        "payload" => read_payload(body),
        "meta" => read_meta(body),
        "ct" => read_ct(body),
        "rt" => Ok(Expr::Rt { into: body.register(rt::INTO)?, key: body.known(rt::KEY, RtKey::from_number)? }),
        "exthdr" => read_exthdr(body),
        "socket" => Ok(Expr::Socket {
            into: body.register(socket::INTO)?,
            key: body.known(socket::KEY, SocketKey::from_number)?,
            level: body.get(socket::LEVEL).map(|_| body.be32(socket::LEVEL)).transpose()?,
        }),
        "fib" => Ok(Expr::Fib {
            into: body.register(fib::INTO)?,
            result: body.known(fib::RESULT, FibResult::from_number)?,
            of: fib_of(body.be32_or_0(fib::FLAGS)?)?,
        }),
        "numgen" => Ok(Expr::Numgen {
            into: body.register(numgen::INTO)?,
            kind: body.known(numgen::KIND, NumgenKind::from_number)?,
            modulus: body.be32(numgen::MODULUS)?,
            offset: body.be32_or_0(numgen::OFFSET)?,
        }),
        _ => read_hash(body),
    }
}

fn read_payload(body: &Attributes<'_>) -> Result<Expr, Malformed> {
    let base = body.known(payload::BASE, Base::from_number)?;
    let offset = body.be32(payload::OFFSET)?;
    let len = body.be32(payload::LEN)?;
    let Some(from) = body.register_if(payload::FROM)? else {
        return Ok(Expr::Payload { into: body.register(payload::INTO)?, base, offset, len });
    };
    let flags = body.be32_or_0(payload::CHECKSUM_FLAGS)?;
    Ok(Expr::PayloadSet {
        from,
        base,
        offset,
        len,
        checksum: Checksum::from_number(body.be32_or_0(payload::CHECKSUM)?).ok_or(Malformed("no such checksum"))?,
        checksum_at: body.be32_or_0(payload::CHECKSUM_AT)?,
        pseudo: flags & payload::PSEUDO != 0,
    })
}

fn read_meta(body: &Attributes<'_>) -> Result<Expr, Malformed> {
    let key = body.known(meta::KEY, MetaKey::from_number)?;
    Ok(match body.register_if(meta::FROM)? {
        Some(from) => Expr::MetaSet { from, key },
        None => Expr::Meta { into: body.register(meta::INTO)?, key },
    })
}

fn read_ct(body: &Attributes<'_>) -> Result<Expr, Malformed> {
    let key = body.known(ct::KEY, CtKey::from_number)?;
    // The kernel says 2, past both halves, where none was asked for.
    let direction = body.get(ct::DIRECTION).and_then(|value| Direction::from_number(u32::from(*value.first()?)));
    Ok(match body.register_if(ct::FROM)? {
        Some(from) => Expr::CtSet { from, key, direction },
        None => Expr::Ct { into: body.register(ct::INTO)?, key, direction },
    })
}

fn read_exthdr(body: &Attributes<'_>) -> Result<Expr, Malformed> {
    let kind = body.u8(exthdr::KIND)?;
    let offset = body.be32(exthdr::OFFSET)?;
    let len = body.be32(exthdr::LEN)?;
    let op = ExthdrOp::from_number(body.be32_or_0(exthdr::OP)?).ok_or(Malformed("no such option"))?;
    let flags = body.be32_or_0(exthdr::FLAGS)?;
    Ok(match body.register_if(exthdr::FROM)? {
        Some(from) => Expr::ExthdrSet { from, op, kind, offset, len },
        None => Expr::Exthdr {
            into: body.register(exthdr::INTO)?,
            op,
            kind,
            offset,
            len,
            present: flags & exthdr::PRESENT != 0,
        },
    })
}

fn read_hash(body: &Attributes<'_>) -> Result<Expr, Malformed> {
    let into = body.register(hash::INTO)?;
    let modulus = body.be32(hash::MODULUS)?;
    let offset = body.be32_or_0(hash::OFFSET)?;
    match body.be32_or_0(hash::KIND)? {
        hash::JENKINS => Ok(Expr::Jhash {
            from: body.register(hash::FROM)?,
            into,
            len: body.be32(hash::LEN)?,
            modulus,
            seed: body.get(hash::SEED).map(|_| body.be32(hash::SEED)).transpose()?,
            offset,
        }),
        hash::SYMMETRIC => Ok(Expr::Symhash { into, modulus, offset }),
        _ => Err(Malformed("no such hash")),
    }
}

fn fib_bits(of: FibOf) -> u32 {
    let flags = [of.saddr, of.daddr, of.mark, of.iif, of.oif, of.present];
    flags.iter().enumerate().map(|(bit, set)| u32::from(*set) << bit).sum()
}

fn fib_of(bits: u32) -> Result<FibOf, Malformed> {
    const KNOWN: u32 = 0x3f;
    if bits & !KNOWN != 0 {
        return Err(Malformed("a flag of fib that is not known"));
    }
    let bit = |bit: u32| bits & (1 << bit) != 0;
    Ok(FibOf { saddr: bit(0), daddr: bit(1), mark: bit(2), iif: bit(3), oif: bit(4), present: bit(5) })
}
