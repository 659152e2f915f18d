//! Expressions that compare, reshape or look up what a register holds.

use nines_traffic::nft::expr::Order;
use nines_traffic::nft::keys::{CmpOp, DynsetOp};
use nines_traffic::nft::{Data, Expr};

use super::expr as exprs;
use super::value::{LIST_ENTRY, VERDICT_REGISTER, name};
use crate::wire::{Attributes, Malformed, Writer};

mod cmp {
    pub const FROM: u16 = 1;
    pub const OP: u16 = 2;
    pub const VALUE: u16 = 3;
}

mod range {
    pub const FROM: u16 = 1;
    pub const OP: u16 = 2;
    pub const LOW: u16 = 3;
    pub const HIGH: u16 = 4;
}

mod bitwise {
    pub const FROM: u16 = 1;
    pub const INTO: u16 = 2;
    pub const LEN: u16 = 3;
    pub const MASK: u16 = 4;
    pub const XOR: u16 = 5;
    pub const OP: u16 = 6;
    pub const BY: u16 = 7;
    pub const MASK_XOR: u32 = 0;
    pub const LEFT: u32 = 1;
    pub const RIGHT: u32 = 2;
}

mod byteorder {
    pub const FROM: u16 = 1;
    pub const INTO: u16 = 2;
    pub const OP: u16 = 3;
    pub const LEN: u16 = 4;
    pub const SIZE: u16 = 5;
}

mod lookup {
    pub const SET: u16 = 1;
    pub const FROM: u16 = 2;
    pub const INTO: u16 = 3;
    pub const FLAGS: u16 = 5;
    pub const NEGATED: u32 = 1;
}

mod dynset {
    pub const SET: u16 = 1;
    pub const OP: u16 = 3;
    pub const KEY: u16 = 4;
    pub const DATA: u16 = 5;
    pub const TIMEOUT: u16 = 6;
    pub const EXPR: u16 = 7;
    pub const FLAGS: u16 = 9;
    pub const EXPRS: u16 = 10;
    /// Several expressions stand beside the key (`NFT_DYNSET_F_EXPR`).
    pub const SEVERAL: u32 = 2;
}

/// Writes the body of an expression of this file; false where it is of another.
pub fn write(expr: &Expr, out: &mut Writer) -> bool {
    match expr {
        Expr::Cmp { from, op, value } => {
            out.register(cmp::FROM, *from);
            out.be32(cmp::OP, op.number());
            out.data(cmp::VALUE, value);
        }
        Expr::Range { from, negated, low, high } => {
            out.register(range::FROM, *from);
            out.be32(range::OP, u32::from(*negated));
            out.data(range::LOW, low);
            out.data(range::HIGH, high);
        }
        Expr::Bitwise { from, into, mask, xor } => {
            out.register(bitwise::FROM, *from);
            out.register(bitwise::INTO, *into);
            out.be32(bitwise::LEN, u32::try_from(mask.len()).unwrap_or_default());
            out.be32(bitwise::OP, bitwise::MASK_XOR);
            out.data(bitwise::MASK, mask);
            out.data(bitwise::XOR, xor);
        }
        Expr::Shift { from, into, len, left, by } => {
            out.register(bitwise::FROM, *from);
            out.register(bitwise::INTO, *into);
            out.be32(bitwise::LEN, *len);
            out.be32(bitwise::OP, if *left { bitwise::LEFT } else { bitwise::RIGHT });
            out.data(bitwise::BY, &Data::host32(*by));
        }
        Expr::Byteorder { from, into, to, len, size } => {
            out.register(byteorder::FROM, *from);
            out.register(byteorder::INTO, *into);
            out.be32(byteorder::OP, u32::from(*to == Order::Network));
            out.be32(byteorder::LEN, *len);
            out.be32(byteorder::SIZE, *size);
        }
        Expr::Lookup { from, set, into, negated } => {
            out.text(lookup::SET, set.as_str());
            out.register(lookup::FROM, *from);
            if let Some(into) = into {
                out.register(lookup::INTO, *into);
            }
            out.be32(lookup::FLAGS, if *negated { lookup::NEGATED } else { 0 });
        }
        Expr::LookupVerdict { from, set } => {
            out.text(lookup::SET, set.as_str());
            out.register(lookup::FROM, *from);
            out.be32(lookup::INTO, VERDICT_REGISTER);
        }
        Expr::Dynset { set, op, key, data, timeout_ms, beside } => {
            out.text(dynset::SET, set.as_str());
            out.be32(dynset::OP, op.number());
            out.register(dynset::KEY, *key);
            if let Some(data) = data {
                out.register(dynset::DATA, *data);
            }
            if let Some(timeout_ms) = timeout_ms {
                out.be64(dynset::TIMEOUT, *timeout_ms);
            }
            write_beside(beside, out);
        }
        _ => return false,
    }
    true
}

fn write_beside(beside: &[Expr], out: &mut Writer) {
    match beside {
        [] => {}
        [one] => out.expr(dynset::EXPR, one),
        several => {
            out.be32(dynset::FLAGS, dynset::SEVERAL);
            out.nest(dynset::EXPRS, |out| several.iter().for_each(|expr| out.expr(LIST_ENTRY, expr)));
        }
    }
}

/// Reads the body of an expression of this file.
pub fn read(name: &str, body: &Attributes<'_>) -> Result<Expr, Malformed> {
    match name {
        "cmp" => Ok(Expr::Cmp {
            from: body.register(cmp::FROM)?,
            op: body.known(cmp::OP, CmpOp::from_number)?,
            value: body.data(cmp::VALUE)?,
        }),
        "range" => Ok(Expr::Range {
            from: body.register(range::FROM)?,
            negated: body.known(range::OP, truth)?,
            low: body.data(range::LOW)?,
            high: body.data(range::HIGH)?,
        }),
        "bitwise" => read_bitwise(body),
        "byteorder" => Ok(Expr::Byteorder {
            from: body.register(byteorder::FROM)?,
            into: body.register(byteorder::INTO)?,
            to: if body.known(byteorder::OP, truth)? { Order::Network } else { Order::Host },
            len: body.be32(byteorder::LEN)?,
            size: body.be32(byteorder::SIZE)?,
        }),
        "lookup" => read_lookup(body),
        _ => read_dynset(body),
    }
}

fn read_bitwise(body: &Attributes<'_>) -> Result<Expr, Malformed> {
    let from = body.register(bitwise::FROM)?;
    let into = body.register(bitwise::INTO)?;
    let op = body.be32_or_0(bitwise::OP)?;
    if op == bitwise::MASK_XOR {
        return Ok(Expr::Bitwise { from, into, mask: body.data(bitwise::MASK)?, xor: body.data(bitwise::XOR)? });
    }
    let left = match op {
        bitwise::LEFT => true,
        bitwise::RIGHT => false,
        _ => return Err(Malformed("no such operation on bits")),
    };
    let by = body.data(bitwise::BY)?;
    let by =
        by.bytes().first_chunk().map(|bytes| u32::from_ne_bytes(*bytes)).ok_or(Malformed("no width of a shift"))?;
    Ok(Expr::Shift { from, into, len: body.be32(bitwise::LEN)?, left, by })
}

fn read_lookup(body: &Attributes<'_>) -> Result<Expr, Malformed> {
    let set = name(body, lookup::SET)?;
    let from = body.register(lookup::FROM)?;
    if body.get(lookup::INTO).is_some() && body.be32(lookup::INTO)? == VERDICT_REGISTER {
        return Ok(Expr::LookupVerdict { from, set });
    }
    let into = body.register_if(lookup::INTO)?;
    let negated = body.be32_or_0(lookup::FLAGS)? & lookup::NEGATED != 0;
    Ok(Expr::Lookup { from, set, into, negated })
}

fn read_dynset(body: &Attributes<'_>) -> Result<Expr, Malformed> {
    let beside = match (body.get(dynset::EXPR), body.get(dynset::EXPRS)) {
        (Some(one), _) => vec![exprs::read(one)?],
        (None, Some(several)) => exprs::read_list(several)?,
        (None, None) => Vec::new(),
    };
    let timeout_ms = body.get(dynset::TIMEOUT).map(|_| body.be64(dynset::TIMEOUT)).transpose()?;
    Ok(Expr::Dynset {
        set: name(body, dynset::SET)?,
        op: body.known(dynset::OP, DynsetOp::from_number)?,
        key: body.register(dynset::KEY)?,
        data: body.register_if(dynset::DATA)?,
        timeout_ms: timeout_ms.filter(|timeout_ms| *timeout_ms > 0),
        beside,
    })
}

fn truth(number: u32) -> Option<bool> {
    match number {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}
