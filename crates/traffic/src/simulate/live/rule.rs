//! A rule's steps, one after another, as far as they are modelled.

use super::super::effects::apply;
use super::super::matching::one;
use super::super::packet::State;
use super::super::truth::Truth;
use super::super::walk::is_translation;
use super::Walk;
use super::cells::{Registers, bits, compare, wants, within};
use super::load::{is_destination_told, load};
use super::lookup::{Found, find};
use super::translate::{Translated, translate};
use super::xtables::{match_of, target_of};
use crate::iptables::{Match, Target, passes_on};
use crate::net::Family;
use crate::nft::expr::Order;
use crate::nft::keys::{Base, CtKey, MetaKey, ObjectKind};
use crate::nft::{Answer, Expr, LiveTable, Name, ObjectState, Register, Rule, Set, Verdict};
use std::collections::BTreeSet;

/// What a rule came to.
pub enum End {
    /// The packet is not one of its.
    NotMet,
    /// It is, and goes on.
    Met,
    /// It goes where the rule says.
    Goes(Verdict),
    /// It is refused.
    Rejected,
    /// It was translated, which ends this chain.
    Translated,
    /// What becomes of it is not modelled.
    Beyond(BTreeSet<String>),
}

/// What a step came to.
enum Step {
    On,
    /// The rule is not this packet's.
    Stop,
    /// That hangs on what is not known.
    Perhaps(BTreeSet<String>),
    End(End),
}

/// Takes the steps of a rule.
pub fn meet(table: &LiveTable, rule: &Rule, walk: &mut Walk<'_, '_, '_>) -> End {
    let mut registers = Registers::default();
    // What the steps so far hang on: asked only once something hangs on them.
    let mut lacking = BTreeSet::new();
    for expr in &rule.exprs {
        if does_something(expr) && !lacking.is_empty() && !walk.run.choose(std::mem::take(&mut lacking)) {
            return End::NotMet;
        }
        match step(table, expr, &mut registers, walk) {
            Step::On => {}
            Step::Stop => return End::NotMet,
            Step::Perhaps(wants) => lacking.extend(wants),
            Step::End(end) => return end,
        }
    }
    if lacking.is_empty() {
        return End::Met;
    }
    // Whatever it would say, the packet goes on unchanged.
    walk.run.doubt();
    End::NotMet
}

/// Whether a step decides, or changes what later rules see.
fn does_something(expr: &Expr) -> bool {
    match expr {
        Expr::Verdict(verdict) => *verdict != Verdict::Continue,
        Expr::MetaSet { key, .. } => *key == MetaKey::Mark,
        Expr::CtSet { key, .. } => *key == CtKey::Mark,
        Expr::Xtables { target, .. } => *target,
        Expr::LookupVerdict { .. }
        | Expr::PayloadSet { .. }
        | Expr::Reject(_)
        | Expr::Nat { .. }
        | Expr::Masquerade { .. }
        | Expr::Redirect { .. }
        | Expr::Tproxy { .. }
        | Expr::Notrack
        | Expr::Unknown { .. } => true,
        Expr::Object { kind, .. } => *kind == ObjectKind::Synproxy,
        _ => false,
    }
}

fn step(table: &LiveTable, expr: &Expr, registers: &mut Registers, walk: &mut Walk<'_, '_, '_>) -> Step {
    match expr {
        Expr::Immediate { into, value } => {
            registers.put_data(*into, value);
            Step::On
        }
        Expr::Cmp { from, op, value } => {
            let cells = registers.get(*from, value.len());
            known(compare(cells, *op, value.bytes()), || wants(cells))
        }
        Expr::Range { from, negated, low, high } => {
            let cells = registers.get(*from, low.len());
            known(within(cells, low.bytes(), high.bytes()).map(|is| is != *negated), || wants(cells))
        }
        Expr::Bitwise { .. } | Expr::Shift { .. } | Expr::Byteorder { .. } => reckon(expr, registers),
        Expr::Lookup { from, set, into, negated } => lookup(table, (*from, set), *into, *negated, registers),
        Expr::LookupVerdict { from, set } => verdict_of(table, *from, set, registers),
        Expr::Dynset { beside, .. } => {
            beside.iter().map(|expr| rate(table, expr)).find(|step| !matches!(step, Step::On)).unwrap_or(Step::On)
        }
        Expr::Limit(_) | Expr::Connlimit { .. } | Expr::Object { .. } => rate(table, expr),
        Expr::ObjectMap { .. } => Step::Perhaps(BTreeSet::from(["object map".to_owned()])),
        Expr::Counter | Expr::Log { .. } | Expr::ExthdrSet { .. } => Step::On,
        Expr::Verdict(_)
        | Expr::Reject(_)
        | Expr::Nat { .. }
        | Expr::Masquerade { .. }
        | Expr::Redirect { .. }
        | Expr::Tproxy { .. }
        | Expr::Unknown { .. } => end(expr, registers, walk),
        Expr::MetaSet { .. } | Expr::CtSet { .. } | Expr::Notrack | Expr::PayloadSet { .. } => {
            change(expr, registers, walk)
        }
        Expr::Xtables { target: false, .. } => asked(expr, walk),
        Expr::Xtables { target: true, .. } => aimed(expr, walk),
        loads => match load(loads, &walk.flow, &walk.here) {
            Some(cells) => into(loads).map_or(Step::Stop, |place| {
                registers.put(place, &cells);
                Step::On
            }),
            None => Step::Stop,
        },
    }
}

/// A match of iptables.
fn asked(expr: &Expr, walk: &Walk<'_, '_, '_>) -> Step {
    let Expr::Xtables { name, revision, settings, .. } = expr else { return Step::On };
    let modelled = match match_of(name, *revision, settings, walk.here.family) {
        None => return Step::Perhaps(BTreeSet::from([walk.here.name_of(expr)])),
        Some(modelled) => modelled,
    };
    if matches!(&modelled, Match::AddrType(of) if of.destination.is_some()) && !is_destination_told(&walk.flow) {
        return Step::Perhaps(BTreeSet::from(["dsttype".to_owned()]));
    }
    match one(&walk.flow, &modelled, walk.here.iptables_hook()) {
        Truth::Yes => Step::On,
        Truth::No => Step::Stop,
        Truth::Unknown(lacking) => Step::Perhaps(lacking),
    }
}

/// A target of iptables.
fn aimed(expr: &Expr, walk: &mut Walk<'_, '_, '_>) -> Step {
    let Expr::Xtables { name, revision, settings, .. } = expr else { return Step::On };
    match target_of(name, *revision, settings, walk.here.family) {
        Some(Target::Reject(_)) => Step::End(End::Rejected),
        Some(target) => {
            apply(&mut walk.flow, &target, walk.here.iptables_hook());
            if is_translation(&target) { Step::End(End::Translated) } else { Step::On }
        }
        None if passes_on(name) || matches!(name.as_str(), "LOG" | "NFLOG" | "TRACE") => Step::On,
        None => Step::End(End::Beyond(BTreeSet::from([walk.here.name_of(expr)]))),
    }
}

fn known(is: Option<bool>, wants: impl FnOnce() -> BTreeSet<String>) -> Step {
    match is {
        Some(true) => Step::On,
        Some(false) => Step::Stop,
        None => Step::Perhaps(wants()),
    }
}

fn into(expr: &Expr) -> Option<Register> {
    match expr {
        Expr::Payload { into, .. }
        | Expr::Meta { into, .. }
        | Expr::Ct { into, .. }
        | Expr::Rt { into, .. }
        | Expr::Exthdr { into, .. }
        | Expr::Socket { into, .. }
        | Expr::Fib { into, .. }
        | Expr::Numgen { into, .. }
        | Expr::Jhash { into, .. }
        | Expr::Symhash { into, .. } => Some(*into),
        _ => None,
    }
}

/// Steps that make registers of registers.
fn reckon(expr: &Expr, registers: &mut Registers) -> Step {
    match expr {
        Expr::Bitwise { from, into, mask, xor } => {
            let cells = registers.get(*from, mask.len()).iter().zip(mask.bytes().iter().zip(xor.bytes()));
            let cells: Vec<_> = cells.map(|(cell, (mask, xor))| cell.masked(*mask, *xor)).collect();
            registers.put(*into, &cells);
        }
        Expr::Shift { from, into, len, .. } => {
            let n_bytes = usize::try_from(*len).unwrap_or_default();
            let cells = vec![super::cells::Cell::lacking("shift"); registers.get(*from, n_bytes).len()];
            registers.put(*into, &cells);
        }
        Expr::Byteorder { from, into, to: Order::Host | Order::Network, len, size } => {
            let (len, size) = (usize::try_from(*len).unwrap_or_default(), usize::try_from(*size).unwrap_or_default());
            let mut cells = registers.get(*from, len).to_vec();
            if cfg!(target_endian = "little") {
                cells.chunks_mut(size.max(1)).for_each(<[_]>::reverse);
            }
            registers.put(*into, &cells);
        }
        _ => {}
    }
    Step::On
}

fn set_of<'t>(table: &'t LiveTable, name: &Name) -> Option<&'t Set> {
    table.sets.iter().find(|set| set.head.name == *name)
}

fn lookup(
    table: &LiveTable,
    (from, name): (Register, &Name),
    into: Option<Register>,
    negated: bool,
    registers: &mut Registers,
) -> Step {
    let Some(set) = set_of(table, name) else { return Step::Perhaps(BTreeSet::from([name.to_string()])) };
    let key = registers.get(from, set.head.key_bytes()).to_vec();
    match (find(set, &key), into) {
        (Found::Yes(element), Some(into)) => {
            if let Some(Answer::Value(value)) = &element.answer {
                registers.put_data(into, value);
            }
            Step::On
        }
        (Found::Yes(_), None) if negated => Step::Stop,
        (Found::Yes(_), None) => Step::On,
        (Found::No, _) if negated => Step::On,
        (Found::No, _) => Step::Stop,
        (Found::Perhaps, _) => Step::Perhaps(wants(&key)),
    }
}

fn verdict_of(table: &LiveTable, from: Register, name: &Name, registers: &Registers) -> Step {
    let Some(set) = set_of(table, name) else { return Step::End(End::Beyond(BTreeSet::from([name.to_string()]))) };
    let key = registers.get(from, set.head.key_bytes());
    match find(set, key) {
        Found::Yes(element) => match &element.answer {
            Some(Answer::Verdict(verdict)) => Step::End(End::Goes(verdict.clone())),
            _ => Step::Stop,
        },
        Found::No => Step::Stop,
        Found::Perhaps => Step::End(End::Beyond(wants(key))),
    }
}

/// A packet alone finds every bucket full and every count at nothing.
fn rate(table: &LiveTable, expr: &Expr) -> Step {
    let below = |over: bool| if over { Step::Stop } else { Step::On };
    let of_state = |state: &ObjectState| match state {
        ObjectState::Limit(limit) => below(limit.over),
        ObjectState::Connlimit { over, .. } => below(*over),
        ObjectState::Counter => Step::On,
        ObjectState::Unknown(ObjectKind::Synproxy) => Step::End(End::Beyond(BTreeSet::from(["synproxy".to_owned()]))),
        ObjectState::Unknown(ObjectKind::Quota) => Step::Perhaps(BTreeSet::from(["quota".to_owned()])),
        ObjectState::Unknown(_) => Step::On,
    };
    match expr {
        Expr::Limit(limit) => below(limit.over),
        Expr::Connlimit { over, .. } => below(*over),
        Expr::Object { kind, name } => {
            let object = table.objects.iter().map(|live| &live.object).find(|object| object.name == *name);
            object.map_or_else(|| of_state(&ObjectState::Unknown(*kind)), |object| of_state(&object.state))
        }
        _ => Step::On,
    }
}

fn end(expr: &Expr, registers: &Registers, walk: &mut Walk<'_, '_, '_>) -> Step {
    match expr {
        Expr::Verdict(Verdict::Continue) => Step::On,
        Expr::Verdict(verdict) => Step::End(End::Goes(verdict.clone())),
        Expr::Reject(_) => Step::End(End::Rejected),
        Expr::Nat { .. } | Expr::Masquerade { .. } | Expr::Redirect { .. } => {
            match translate(expr, registers, &mut walk.flow, &walk.here) {
                Translated::Yes => Step::End(End::Translated),
                Translated::OtherFamily => Step::On,
                Translated::Unknown(wants) => Step::End(End::Beyond(wants)),
            }
        }
        other => Step::End(End::Beyond(BTreeSet::from([walk.here.name_of(other)]))),
    }
}

/// Changes what later rules see.
fn change(expr: &Expr, registers: &Registers, walk: &mut Walk<'_, '_, '_>) -> Step {
    match expr {
        Expr::MetaSet { from, key: MetaKey::Mark } => {
            walk.flow.mark = bits(registers.get(*from, 4)).unwrap_or_default();
        }
        Expr::CtSet { from, key: CtKey::Mark, .. } => {
            walk.flow.connmark = bits(registers.get(*from, 4)).unwrap_or_default();
        }
        Expr::Notrack => walk.flow.state = State::Untracked,
        Expr::PayloadSet { from, base, offset, len, .. } => {
            return write(*from, (*base, *offset, *len), registers, walk);
        }
        _ => {}
    }
    Step::On
}

/// Hops are modelled; addresses and ports that are written past conntrack are not; the rest nobody asks for, or as of what
/// is not told.
fn write(
    from: Register,
    (base, offset, len): (Base, u32, u32),
    registers: &Registers,
    walk: &mut Walk<'_, '_, '_>,
) -> Step {
    let hops_at = if walk.here.family == Family::V4 { 8 } else { 7 };
    let addresses_at = if walk.here.family == Family::V4 { 12 } else { 8 };
    let beyond = || Step::End(End::Beyond(BTreeSet::from(["a header that is written".to_owned()])));
    match base {
        Base::Network if (offset, len) == (hops_at, 1) => {
            let hops = super::cells::known(registers.get(from, 1));
            walk.flow.ttl = hops.and_then(|hops| hops.first().copied());
            Step::On
        }
        Base::Network if offset + len > addresses_at || offset <= hops_at && offset + len > hops_at => beyond(),
        Base::Transport => beyond(),
        _ => Step::On,
    }
}
