//! An expression: its name, and what follows under it.

use nines_traffic::nft::Expr;

use super::value::LIST_ENTRY;
use super::{act, compare, load};
use crate::wire::{Attributes, Malformed, Writer};

const NAME: u16 = 1;
const BODY: u16 = 2;

/// Writes an expression into the list entry that is open.
pub fn write(expr: &Expr, out: &mut Writer) {
    out.text(NAME, name_of(expr));
    if matches!(expr, Expr::Notrack) {
        return;
    }
    out.nest(BODY, |out| {
        let _ = load::write(expr, out) || compare::write(expr, out) || act::write(expr, out);
    });
}

/// Writes a list of expressions.
pub fn write_list(kind: u16, exprs: &[Expr], out: &mut Writer) {
    out.nest(kind, |out| exprs.iter().for_each(|expr| out.expr(LIST_ENTRY, expr)));
}

/// Reads an expression; one that is not modelled, or says more than is, becomes `Unknown`.
pub fn read(bytes: &[u8]) -> Result<Expr, Malformed> {
    let attributes = Attributes::parse(bytes)?;
    let name = attributes.text(NAME)?;
    let body = attributes.get(BODY).unwrap_or(&[]);
    Ok(read_known(&name, body).unwrap_or_else(|_| Expr::Unknown { name, attributes: body.to_vec() }))
}

/// Reads a list of expressions.
pub fn read_list(bytes: &[u8]) -> Result<Vec<Expr>, Malformed> {
    Attributes::list(bytes).map(|entry| read(entry?.1)).collect()
}

/// What the counter among these expressions counted: bytes and packets.
pub fn counted(bytes: &[u8]) -> Option<(u64, u64)> {
    let mut entries = Attributes::list(bytes).filter_map(|entry| Attributes::parse(entry.ok()?.1).ok());
    let counter = entries.find(|entry| entry.text(NAME).is_ok_and(|name| name == "counter"))?;
    act::read_counter(&counter.nested(BODY).ok()?).ok()
}

fn read_known(name: &str, body: &[u8]) -> Result<Expr, Malformed> {
    let body = Attributes::parse(body)?;
    match name {
        "payload" | "meta" | "ct" | "rt" | "exthdr" | "socket" | "fib" | "numgen" | "hash" => load::read(name, &body),
        "cmp" | "range" | "bitwise" | "byteorder" | "lookup" | "dynset" => compare::read(name, &body),
        _ => act::read(name, &body),
    }
}

fn name_of(expr: &Expr) -> &str {
    match expr {
        Expr::Immediate { .. } | Expr::Verdict(_) => "immediate",
        Expr::Payload { .. } | Expr::PayloadSet { .. } => "payload",
        Expr::Meta { .. } | Expr::MetaSet { .. } => "meta",
        Expr::Ct { .. } | Expr::CtSet { .. } => "ct",
        Expr::Rt { .. } => "rt",
        Expr::Exthdr { .. } | Expr::ExthdrSet { .. } => "exthdr",
        Expr::Socket { .. } => "socket",
        Expr::Fib { .. } => "fib",
        Expr::Numgen { .. } => "numgen",
        Expr::Jhash { .. } | Expr::Symhash { .. } => "hash",
        Expr::Cmp { .. } => "cmp",
        Expr::Range { .. } => "range",
        Expr::Bitwise { .. } | Expr::Shift { .. } => "bitwise",
        Expr::Byteorder { .. } => "byteorder",
        Expr::Lookup { .. } | Expr::LookupVerdict { .. } => "lookup",
        Expr::Dynset { .. } => "dynset",
        Expr::Counter => "counter",
        Expr::Limit(_) => "limit",
        Expr::Connlimit { .. } => "connlimit",
        Expr::Object { .. } | Expr::ObjectMap { .. } => "objref",
        Expr::Log { .. } => "log",
        Expr::Reject(_) => "reject",
        Expr::Nat { .. } => "nat",
        Expr::Masquerade { .. } => "masq",
        Expr::Redirect { .. } => "redir",
        Expr::Tproxy { .. } => "tproxy",
        Expr::Notrack => "notrack",
        Expr::Xtables { target: true, .. } => "target",
        Expr::Xtables { target: false, .. } => "match",
        Expr::Unknown { name, .. } => name,
    }
}
