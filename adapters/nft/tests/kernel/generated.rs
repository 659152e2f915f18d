//! Tables by chance, of what the kernel takes.

use nines_traffic::nft::expr::{FibOf, Limit, LogTo, Order, Per, Register, Verdict};
use nines_traffic::nft::keys::{Base, CmpOp, CtKey, Direction, FibResult, LogLevel, MetaKey, NumgenKind};
use nines_traffic::nft::table::priority;
use nines_traffic::nft::{ChainKind, Data, Datatype, Element, Expr, Hook, Rule, RuleId, Set, SetHead, Table};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::rules::{base_chain, empty, name};

/// A table of one chain and a few sets.
pub fn table() -> impl Strategy<Value = Table> {
    (vec(rule(), 0..12), sets(), -400_i32..400).prop_map(|(rules, sets, at)| {
        let mut chain = base_chain("in", ChainKind::Filter, Hook::Input, priority::FILTER + at);
        chain.rules = rules;
        Table { sets, chains: vec![chain], ..empty() }
    })
}

fn rule() -> impl Strategy<Value = Rule> {
    let id = option::of("[ !#-~가-힣]{1,40}").prop_map(|id| id.map(|id| RuleId::new(id).unwrap()));
    let counted = (any::<bool>(), vec(exprs(), 0..8)).prop_map(|(counted, exprs)| {
        let mut exprs = exprs.concat();
        if counted {
            exprs.push(Expr::Counter);
        }
        exprs
    });
    (id, counted).prop_map(|(id, exprs)| Rule { id, exprs })
}

fn register(n_bytes: usize) -> impl Strategy<Value = Register> {
    let places = 16 - n_bytes.div_ceil(4);
    (0..=u8::try_from(places).unwrap()).prop_map(|place| Register::new(place).unwrap())
}

fn data(n_bytes: usize) -> impl Strategy<Value = Data> {
    vec(any::<u8>(), n_bytes).prop_map(|bytes| Data::new(&bytes).unwrap())
}

/// The kernel refuses to read registers that nothing was written to, and newer ones to shape a value into a place that
/// it half covers.
fn after_write(from: Register, n_bytes: usize, expr: Expr) -> Vec<Expr> {
    vec![Expr::Immediate { into: from, value: Data::repeated(7, n_bytes) }, expr]
}

fn compared() -> impl Strategy<Value = Vec<Expr>> {
    let cmp = (1_usize..=16).prop_flat_map(|n| {
        (register(n), select(CmpOp::ALL), data(n))
            .prop_map(move |(from, op, value)| after_write(from, n, Expr::Cmp { from, op, value }))
    });
    let range = (1_usize..=16).prop_flat_map(|n| {
        (register(n), any::<bool>(), data(n), data(n)).prop_map(move |(from, negated, a, b)| {
            let (low, high) = if a <= b { (a, b) } else { (b, a) };
            after_write(from, n, Expr::Range { from, negated, low, high })
        })
    });
    let bitwise = (1_usize..=16).prop_flat_map(|n| {
        (register(n), data(n), data(n))
            .prop_map(move |(from, mask, xor)| after_write(from, n, Expr::Bitwise { from, into: from, mask, xor }))
    });
    let turned = (register(4), any::<bool>()).prop_map(|(from, network)| {
        let to = if network { Order::Network } else { Order::Host };
        after_write(from, 4, Expr::Byteorder { from, into: from, to, len: 4, size: 4 })
    });
    prop_oneof![cmp, range, bitwise, turned]
}

fn loaded() -> impl Strategy<Value = Expr> {
    const META: [MetaKey; 8] = [
        MetaKey::Length,
        MetaKey::Protocol,
        MetaKey::Mark,
        MetaKey::Iif,
        MetaKey::Iifname,
        MetaKey::Skuid,
        MetaKey::L4proto,
        MetaKey::Pkttype,
    ];
    const CT: [CtKey; 4] = [CtKey::SrcIp, CtKey::DstIp, CtKey::ProtoSrc, CtKey::ProtoDst];
    const BASES: [Base; 3] = [Base::Link, Base::Network, Base::Transport];
    let payload = (1_u32..=16, select(&BASES[..]), 0_u32..=200).prop_flat_map(|(len, base, offset)| {
        register(len as usize).prop_map(move |into| Expr::Payload { into, base, offset, len })
    });
    let meta = (register(16), select(&META[..])).prop_map(|(into, key)| Expr::Meta { into, key });
    let ct = (register(16), select(&CT[..]), select(Direction::ALL)).prop_map(|(into, key, direction)| Expr::Ct {
        into,
        key,
        direction: Some(direction),
    });
    let fib = (register(4), any::<bool>(), any::<bool>()).prop_map(|(into, mark, source)| {
        let of = FibOf { saddr: source, daddr: !source, mark, ..FibOf::default() };
        Expr::Fib { into, result: FibResult::Type, of }
    });
    let numgen = (register(4), select(NumgenKind::ALL), 1_u32..1 << 20, 0_u32..1 << 20)
        .prop_map(|(into, kind, modulus, offset)| Expr::Numgen { into, kind, modulus, offset });
    prop_oneof![payload, meta, ct, fib, numgen]
}

fn hashed() -> impl Strategy<Value = Vec<Expr>> {
    (register(16), 1_u32..=16, 2_u32..1 << 20, any::<u32>(), 0_u32..100).prop_map(
        |(from, len, modulus, seed, offset)| {
            after_write(from, 16, Expr::Jhash { from, into: from, len, modulus, seed: Some(seed), offset })
        },
    )
}

fn exprs() -> impl Strategy<Value = Vec<Expr>> {
    let limit = (1_u64..20_000, select(&Per::ALL[..]), 1_u32..1000, any::<bool>(), any::<bool>())
        .prop_map(|(rate, per, burst, bytes, over)| Expr::Limit(Limit { rate, per, burst, bytes, over }));
    let levels = &LogLevel::ALL[..8]; // audit takes no prefix
    let log = ("[a-z가 :]{0,30}", select(levels), 0_u32..16)
        .prop_map(|(prefix, level, flags)| Expr::Log { prefix, to: LogTo::Kernel { level, flags } });
    let immediate = (1_usize..=16)
        .prop_flat_map(|n| (register(n), data(n)).prop_map(|(into, value)| Expr::Immediate { into, value }));
    let verdict = select(vec![Verdict::Accept, Verdict::Drop, Verdict::Return, Verdict::Continue]);
    let one = prop_oneof![4 => loaded(), 1 => limit, 1 => log, 2 => immediate, 1 => verdict.prop_map(Expr::Verdict)];
    prop_oneof![3 => one.prop_map(|expr| vec![expr]), 2 => compared(), 1 => hashed()]
}

fn sets() -> impl Strategy<Value = Vec<Set>> {
    let single = btree_set(any::<[u8; 4]>(), 0..40).prop_map(|keys| {
        let elements = keys.iter().map(|key| Element::one(Data::new(key).unwrap())).collect();
        Set { head: SetHead::of(name("single"), Datatype::Ipv4), elements }
    });
    let ranges = btree_set(any::<u16>(), 0..40).prop_map(|ends| {
        let ends: Vec<u16> = ends.into_iter().collect();
        let range = |pair: &[u16]| Element::range(Data::port(pair[0]), Data::port(pair[1]));
        let elements = ends.chunks_exact(2).map(range).collect();
        Set { head: SetHead::of(name("ranges"), Datatype::Port).with_intervals(), elements }
    });
    (single, ranges).prop_map(|(single, ranges)| vec![single, ranges])
}
