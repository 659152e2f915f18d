//! Rules of every kind that the kernel takes, in the chains that it takes them in.

use std::net::{IpAddr, Ipv4Addr};

use nines_traffic::nft::build::{ct_state, ct_status};
use nines_traffic::nft::expr::{Ends, FibOf, Limit, LogTo, NatFlags, Order, Per, Register, Reject, Verdict};
use nines_traffic::nft::keys::{
    Base, Checksum, CmpOp, CtKey, Direction, DynsetOp, ExthdrOp, FibResult, Icmpx, LogLevel, MetaKey, NatKind,
    NumgenKind, ObjectKind, RtKey, SocketKey,
};
use nines_traffic::nft::table::priority;
use nines_traffic::nft::{
    Action, Answer, Answers, BaseChain, Chain, ChainKind, Data, Datatype, Element, Expr, Field, Hook, Match, Name,
    Object, ObjectState, Policy, Rule, RuleId, Set, SetHead, Table, TableFlags, TableId,
};

pub const A: Register = Register::A;
pub const B: Register = Register::B;

pub fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

pub fn id(text: &str) -> RuleId {
    RuleId::new(text).unwrap()
}

/// A chain of ours, five before or after the others of its hook.
pub fn base_chain(text: &str, kind: ChainKind, hook: Hook, priority: i32) -> Chain {
    let base = BaseChain { kind, hook, priority, policy: Policy::Accept };
    Chain { name: name(text), base: Some(base), rules: Vec::new() }
}

/// An empty table of ours.
pub fn empty() -> Table {
    Table {
        id: TableId::nines(),
        flags: TableFlags::default(),
        objects: Vec::new(),
        sets: Vec::new(),
        chains: Vec::new(),
    }
}

/// A rule of expressions as they are.
pub fn raw(id_text: &str, exprs: Vec<Expr>) -> Rule {
    Rule { id: Some(id(id_text)), exprs }
}

/// Every expression that is modelled, each in a rule of a chain that the kernel takes it in.
pub fn table_of_everything() -> Table {
    let mut input = base_chain("in", ChainKind::Filter, Hook::Input, priority::FILTER - 5);
    input.rules = filter_rules();
    let mut early = base_chain("early", ChainKind::Filter, Hook::Prerouting, priority::RAW);
    early.rules = early_rules();
    let mut output = base_chain("out", ChainKind::Route, Hook::Output, priority::MANGLE);
    output.rules = output_rules();
    let mut dstnat = base_chain("dstnat", ChainKind::Nat, Hook::Prerouting, priority::DSTNAT - 5);
    dstnat.rules = dstnat_rules();
    let mut srcnat = base_chain("srcnat", ChainKind::Nat, Hook::Postrouting, priority::SRCNAT + 5);
    srcnat.rules = srcnat_rules();
    let called = Chain { name: name("called"), base: None, rules: vec![Rule::new(id("back")).then(Action::back())] };
    Table {
        objects: objects(),
        sets: vec![set_of_ports(), rated(), verdicts(), counters_by_port()],
        chains: vec![input, early, output, dstnat, srcnat, called],
        ..empty()
    }
}

fn objects() -> Vec<Object> {
    vec![
        Object { name: name("n_web"), state: ObjectState::Counter },
        Object { name: name("slow"), state: ObjectState::Limit(ten_a_minute()) },
        Object { name: name("few"), state: ObjectState::Connlimit { count: 20, over: true } },
    ]
}

fn ten_a_minute() -> Limit {
    Limit { rate: 10, per: Per::Minute, burst: 7, bytes: false, over: false }
}

pub fn set_of_ports() -> Set {
    let elements = [22, 80, 443].map(|port| Element::one(Data::port(port))).to_vec();
    Set { head: SetHead::of(name("ports"), Datatype::Port), elements }
}

fn rated() -> Set {
    let head = SetHead::of(name("rated"), Datatype::Ipv4).filled_by_rules(65_535).with_timeout_ms(60_000);
    Set { head, elements: Vec::new() }
}

fn verdicts() -> Set {
    let head = SetHead::of(name("verdicts"), Datatype::Port).answering(Answers::Verdict);
    let answers = [(22, Verdict::Accept), (23, Verdict::Drop), (25, Verdict::Jump(name("called")))];
    let element = |(port, verdict)| Element::one(Data::port(port)).answering(Answer::Verdict(verdict));
    Set { head, elements: answers.map(element).to_vec() }
}

fn counters_by_port() -> Set {
    let head = SetHead::of(name("counters"), Datatype::Port).answering(Answers::Object(ObjectKind::Counter));
    let element = Element::one(Data::port(80)).answering(Answer::Object(name("n_web")));
    Set { head, elements: vec![element] }
}

fn filter_rules() -> Vec<Rule> {
    let v4: IpAddr = Ipv4Addr::new(10, 1, 2, 3).into();
    let v6: IpAddr = "2001:db8:7::".parse().unwrap();
    let rule = |text: &str| Rule::new(id(text));
    let ports = name("ports");
    let mut rules = vec![
        rule("built-in/loopback").when(Match::iifname("lo").unwrap()).then(Action::accept()),
        rule("built-in/established")
            .when(Match::ct_state(ct_state::ESTABLISHED | ct_state::RELATED))
            .then(Action::accept()),
        rule("in/1").when(Match::from_net(v4, 32)).when(Match::tcp_dport(22)).then(Action::accept()),
        rule("in/2")
            .when(Match::from_net(v4, 8))
            .when(Match::udp_dport(53))
            .then(Action::counter())
            .then(Action::accept()),
        rule("in/3").when(Match::to_net(v6, 48)).when(Field::TCP_DPORT.in_set(&ports)).then(Action::drop()),
        rule("in/4")
            .when(Field::TCP_SPORT.within(Data::port(1024), Data::port(65_535)))
            .then(Action::jump(&name("called"))),
        rule("in/5").when(Field::TCP_DPORT.outside(Data::port(1), Data::port(1023))).then(Action::reject()),
        rule("in/6")
            .when(Match::ipv4())
            .when(Field::UDP_DPORT.not_in_set(&ports))
            .then(Action::reject_with(Reject::Icmp(3))),
        rule("in/7").when(Match::tcp_dport(113)).then(Action::reject_with(Reject::TcpReset)),
        rule("in/8")
            .when(Match::tcp_dport(8080))
            .when(Match::ct_status(ct_status::DNAT))
            .when(Match::ct_original_dport(80))
            .then(Action::count(&name("n_web")))
            .then(Action::accept()),
        rule("in/9").when(Match::tcp_dport(80)).when(Match::limit(ten_a_minute())).then(Action::accept()),
        rule("in/10").when(Match::limit_per(&[Field::IP_SADDR], &name("rated"), ten_a_minute())).then(Action::accept()),
        rule("in/11")
            .when(Field::TCP_FLAGS.masked(Data::byte(0x17), CmpOp::Eq, Data::byte(0x02)))
            .then(Action::accept()),
        rule("in/12").when(Field::META_SKUID.is(Data::host32(1000))).then(Action::mark(7)),
        rule("in/13")
            .when(Field::META_MARK.masked(Data::host32(0xff), CmpOp::Neq, Data::host32(3)))
            .then(Action::ct_mark(9)),
        rule("in/14").when(Match::share(150)).then(Action::accept()),
        rule("in/15").when(Match::share_by(Field::IP_SADDR, 77, 2500)).then(Action::trace()),
        rule("in/16").when(Field::ICMPV6_TYPE.within(Data::byte(133), Data::byte(137))).then(Action::accept()),
        rule("in/17").when(Field::FIB_DADDR_TYPE.is(Data::host32(2))).then(Action::accept()),
        rule("in/19").when(Field::META_LENGTH.within(Data::host32(40), Data::host32(1500))).then(Action::accept()),
        rule("in/20").when(Field::META_SKUID.outside(Data::host32(0), Data::host32(999))).then(Action::drop()),
        rule("in/21").when(Field::META_MARK.compared(CmpOp::Gt, Data::host32(7))).then(Action::accept()),
        rule("in/18").when(Field::ETHER_SADDR.is(Data::new(&[2, 0, 0, 0, 0, 1]).unwrap())).then(Action::accept()),
    ];
    rules.extend(raw_filter_rules());
    rules
}

fn raw_filter_rules() -> Vec<Rule> {
    let seldom = LogTo::Kernel { level: LogLevel::Info, flags: 1 | 2 | 4 };
    let group = LogTo::Group { group: 5, snaplen: 64, threshold: 10 };
    let over = Limit { rate: 1 << 20, per: Per::Second, burst: 4096, bytes: true, over: true };
    vec![
        raw("log/kernel", vec![Expr::Log { prefix: "nines: ".to_owned(), to: seldom }]),
        raw(
            "log/plain",
            vec![Expr::Log { prefix: String::new(), to: LogTo::Kernel { level: LogLevel::Warn, flags: 0 } }],
        ),
        raw("log/group", vec![Expr::Log { prefix: "x".to_owned(), to: group }]),
        raw("limit/over", vec![Expr::Limit(over), Expr::Verdict(Verdict::Drop)]),
        raw("limit/connections", vec![Expr::Connlimit { count: 100, over: true }, Expr::Verdict(Verdict::Drop)]),
        raw("object/limit", vec![Expr::Object { kind: ObjectKind::Limit, name: name("slow") }]),
        raw("object/connections", vec![Expr::Object { kind: ObjectKind::Connlimit, name: name("few") }]),
        raw(
            "map/verdict",
            vec![tcp(), cmp_tcp(), port_into(A), Expr::LookupVerdict { from: A, set: name("verdicts") }],
        ),
        raw("map/object", vec![tcp(), cmp_tcp(), port_into(A), Expr::ObjectMap { from: A, set: name("counters") }]),
        raw("goto", vec![Expr::Verdict(Verdict::Goto(name("called")))]),
        raw("continue", vec![Expr::Verdict(Verdict::Continue)]),
        raw(
            "rt",
            vec![
                Expr::Rt { into: A, key: RtKey::Classid },
                Expr::Cmp { from: A, op: CmpOp::Eq, value: Data::host32(5) },
            ],
        ),
        raw(
            "ct/bytes",
            vec![
                Expr::Ct { into: A, key: CtKey::Bytes, direction: None },
                Expr::Cmp { from: A, op: CmpOp::Gt, value: Data::repeated(1, 8) },
            ],
        ),
        raw("ct/packets", vec![Expr::Ct { into: A, key: CtKey::Packets, direction: Some(Direction::Reply) }]),
        raw(
            "socket",
            vec![
                Expr::Socket { into: A, key: SocketKey::Transparent, level: None },
                Expr::Cmp { from: A, op: CmpOp::Eq, value: Data::byte(1) },
            ],
        ),
        raw(
            "shift",
            vec![
                Expr::Meta { into: A, key: MetaKey::Mark },
                Expr::Shift { from: A, into: A, len: 4, left: true, by: 8 },
                Expr::Shift { from: A, into: B, len: 4, left: false, by: 3 },
            ],
        ),
        raw(
            "turn",
            vec![
                Expr::Payload { into: A, base: Base::Network, offset: 12, len: 4 },
                Expr::Byteorder { from: A, into: B, to: Order::Host, len: 4, size: 4 },
            ],
        ),
        raw(
            "option",
            vec![
                Expr::Exthdr { into: A, op: ExthdrOp::TcpOption, kind: 2, offset: 2, len: 2, present: false },
                Expr::Cmp { from: A, op: CmpOp::Lt, value: Data::port(500) },
            ],
        ),
        raw(
            "option/present",
            vec![
                Expr::Exthdr { into: A, op: ExthdrOp::Ipv6, kind: 43, offset: 0, len: 1, present: true },
                Expr::Cmp { from: A, op: CmpOp::Eq, value: Data::byte(1) },
            ],
        ),
        raw(
            "range",
            vec![
                Expr::Meta { into: A, key: MetaKey::Length },
                Expr::Range { from: A, negated: false, low: Data::network32(1), high: Data::network32(9) },
            ],
        ),
        raw("symhash", vec![Expr::Symhash { into: A, modulus: 100, offset: 7 }]),
        raw(
            "jhash/unseeded",
            vec![
                Expr::Payload { into: A, base: Base::Network, offset: 12, len: 4 },
                Expr::Jhash { from: A, into: B, len: 4, modulus: 10, seed: None, offset: 3 },
            ],
        ),
        raw("numgen", vec![Expr::Numgen { into: A, kind: NumgenKind::Incremental, modulus: 10, offset: 5 }]),
        raw(
            "dynset/add",
            vec![
                Expr::Payload { into: A, base: Base::Network, offset: 12, len: 4 },
                Expr::Dynset {
                    set: name("rated"),
                    op: DynsetOp::Add,
                    key: A,
                    data: None,
                    timeout_ms: Some(8_000),
                    beside: vec![Expr::Counter, Expr::Limit(ten_a_minute())],
                },
            ],
        ),
        raw(
            "dynset/delete",
            vec![
                Expr::Payload { into: A, base: Base::Network, offset: 12, len: 4 },
                Expr::Dynset {
                    set: name("rated"),
                    op: DynsetOp::Delete,
                    key: A,
                    data: None,
                    timeout_ms: None,
                    beside: vec![],
                },
            ],
        ),
        Rule { id: None, exprs: vec![Expr::Reject(Reject::Icmpx(Icmpx::AdminProhibited))] },
    ]
}

pub fn tcp() -> Expr {
    Expr::Meta { into: A, key: MetaKey::L4proto }
}

pub fn cmp_tcp() -> Expr {
    Expr::Cmp { from: A, op: CmpOp::Eq, value: Data::byte(6) }
}

pub fn port_into(into: Register) -> Expr {
    Expr::Payload { into, base: Base::Transport, offset: 2, len: 2 }
}

fn early_rules() -> Vec<Rule> {
    let of = FibOf { saddr: true, iif: true, mark: true, ..FibOf::default() };
    let port = Expr::Immediate { into: A, value: Data::port(50_080) };
    vec![
        raw(
            "fib",
            vec![
                Expr::Fib { into: A, result: FibResult::Oif, of },
                Expr::Cmp { from: A, op: CmpOp::Eq, value: Data::host32(0) },
            ],
        ),
        raw("notrack", vec![Expr::Notrack]),
        raw(
            "tproxy",
            vec![
                tcp(),
                cmp_tcp(),
                port,
                Expr::Tproxy { v6: None, addr: None, port: Some(A) },
                Expr::Verdict(Verdict::Accept),
            ],
        ),
        raw(
            "zone",
            vec![
                Expr::Immediate { into: A, value: Data::new(&7_u16.to_ne_bytes()).unwrap() },
                Expr::CtSet { from: A, key: CtKey::Zone, direction: Some(Direction::Original) },
            ],
        ),
    ]
}

fn output_rules() -> Vec<Rule> {
    let ttl = Expr::PayloadSet {
        from: A,
        base: Base::Network,
        offset: 8,
        len: 1,
        checksum: Checksum::Inet,
        checksum_at: 10,
        pseudo: false,
    };
    let mss = Expr::ExthdrSet { from: A, op: ExthdrOp::TcpOption, kind: 2, offset: 2, len: 2 };
    vec![
        Rule::new(id("ttl"))
            .when(Match::ipv4())
            .then(Action::raw(vec![Expr::Immediate { into: A, value: Data::byte(64) }, ttl])),
        raw("mss", vec![tcp(), cmp_tcp(), Expr::Immediate { into: A, value: Data::port(1400) }, mss]),
        raw("mss/route", vec![Expr::Rt { into: A, key: RtKey::TcpMss }]),
        Rule::new(id("mark")).when(Match::oifname("lo").unwrap()).then(Action::mark(1)),
    ]
}

fn dstnat_rules() -> Vec<Rule> {
    let ends = Some(Ends { low: A, high: B });
    let low = Expr::Immediate { into: A, value: Data::port(8000) };
    let high = Expr::Immediate { into: B, value: Data::port(8009) };
    let random = NatFlags { random: true, ..NatFlags::default() };
    let backend: IpAddr = "2001:db8::5".parse().unwrap();
    vec![
        Rule::new(id("redirect/80")).when(Match::tcp_dport(80)).then(Action::redirect(8080)),
        Rule::new(id("forward/v4"))
            .when(Match::ipv4())
            .when(Match::tcp_dport(81))
            .then(Action::dnat(Ipv4Addr::new(10, 0, 2, 5).into(), Some(5432))),
        Rule::new(id("forward/v6")).when(Match::ipv6()).when(Match::tcp_dport(81)).then(Action::dnat(backend, None)),
        raw("redirect/any", vec![Expr::Redirect { port: None, flags: NatFlags::default() }]),
        raw("redirect/range", vec![tcp(), cmp_tcp(), low, high, Expr::Redirect { port: ends, flags: random }]),
    ]
}

fn srcnat_rules() -> Vec<Rule> {
    let fully = NatFlags { fully_random: true, persistent: true, ..NatFlags::default() };
    let first = Expr::Immediate { into: A, value: Ipv4Addr::new(192, 0, 2, 1).into() };
    let last = Expr::Immediate { into: B, value: Ipv4Addr::new(192, 0, 2, 9).into() };
    vec![
        Rule::new(id("masquerade")).when(Match::ct_status(ct_status::DNAT)).then(Action::masquerade()),
        Rule::new(id("snat")).when(Match::ipv4()).then(Action::snat(Ipv4Addr::new(192, 0, 2, 1).into(), None)),
        raw(
            "snat/range",
            vec![
                first,
                last,
                Expr::Nat {
                    kind: NatKind::Snat,
                    v6: false,
                    addr: Some(Ends { low: A, high: B }),
                    port: None,
                    flags: fully,
                },
            ],
        ),
        raw("masquerade/random", vec![Expr::Masquerade { port: None, flags: fully }]),
    ]
}
