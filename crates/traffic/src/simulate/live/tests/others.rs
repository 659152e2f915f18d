//! Tables of others before, beside and after ours.

use super::ask;
use crate::Services;
use crate::compile::compile;
use crate::intent::{effective, read};
use crate::net::Net;
use crate::nft::Snapshot;
use crate::nft::keys::{CmpOp, MetaKey};
use crate::nft::table::priority;
use crate::nft::{
    Action, Answer, Answers, BaseChain, Chain, ChainKind, Data, Datatype, Element, Expr, Family, Field, Hook,
    LiveTable, Match, Name, Policy, Register, Rule, RuleId, Set, SetHead, Table, TableFlags, TableId, Verdict,
};
use crate::simulate::{HostFacts, Tables, answer_line, read_packet};

const WEB: &str = r#"{"in":"eth0","proto":"tcp","src":"198.51.100.7:50000","dst":"192.0.2.1:8080"}"#;

fn ours(text: &str) -> LiveTable {
    let loaded = read("f", text.as_bytes(), &Services::default());
    LiveTable::from(compile(&loaded.intents, &effective(&loaded.intents, None)).unwrap())
}

fn closed() -> LiveTable {
    ours("traffic:\n  inbound:\n    - allow: 22\n  otherwise: deny\n")
}

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn rule(conditions: Vec<Match>, action: Action) -> Rule {
    conditions.into_iter().fold(Rule { id: None, exprs: Vec::new() }, Rule::when).then(action)
}

fn base(chain: &str, (kind, hook, priority): (ChainKind, Hook, i32), rules: Vec<Rule>) -> Chain {
    let base = Some(BaseChain { kind, hook, priority, policy: Policy::Accept });
    Chain { name: name(chain), base, rules }
}

fn called(chain: &str, rules: Vec<Rule>) -> Chain {
    Chain { name: name(chain), base: None, rules }
}

fn table(family: Family, id: &str, chains: Vec<Chain>) -> Table {
    let id = TableId { family, name: name(id) };
    Table { id, flags: TableFlags::default(), objects: Vec::new(), sets: Vec::new(), chains }
}

const DNAT: (ChainKind, Hook, i32) = (ChainKind::Nat, Hook::Prerouting, priority::DSTNAT);
const FORWARD: (ChainKind, Hook, i32) = (ChainKind::Filter, Hook::Forward, priority::FILTER);
const INPUT: (ChainKind, Hook, i32) = (ChainKind::Filter, Hook::Input, priority::FILTER);

/// As Docker publishes a port.
fn published() -> LiveTable {
    let local = Field::FIB_DADDR_TYPE.is(Data::host32(2));
    let to = Action::dnat([172, 17, 0, 2].into(), Some(80));
    LiveTable::from(table(
        Family::Ip,
        "nat",
        vec![
            base("PREROUTING", DNAT, vec![rule(vec![local], Action::jump(&name("DOCKER")))]),
            called("DOCKER", vec![rule(vec![Match::tcp_dport(8080)], to)]),
        ],
    ))
}

#[test]
fn a_port_that_another_publishes_goes_past_our_denial() {
    assert_eq!(ask(&[closed()], WEB), r#"{"verdict":"drop","rule":"otherwise","path":["otherwise"]}"#);
    assert_eq!(
        ask(&[closed(), published()], WEB),
        r#"{"verdict":"accept","rule":"policy","to":"172.17.0.2:80","path":["ip nat/PREROUTING/1","ip nat/DOCKER/1"]}"#
    );
}

#[test]
fn a_translated_packet_stays_or_leaves_by_the_addresses_of_the_host() {
    let snapshot = Snapshot { generation: 1, tables: vec![closed(), published()] };
    let packet = read_packet(1, WEB).unwrap();
    let answer = |addresses: Option<Vec<Net>>| {
        let host = HostFacts { addresses, ..HostFacts::default() };
        answer_line(&Tables::new(&snapshot, &host).answer(&packet))
    };
    let dropped =
        r#"{"verdict":"drop","rule":"otherwise","path":["ip nat/PREROUTING/1","ip nat/DOCKER/1","otherwise"]}"#;
    assert_eq!(answer(Some(vec![Net::host([172, 17, 0, 2].into())])), dropped);
    let missing = r#""missing":["whether 172.17.0.2 is this host's"]"#;
    assert!(answer(None).contains(missing), "{}", answer(None));
}

#[test]
fn what_ours_lets_in_others_may_still_drop() {
    let accepted = WEB.replace("8080", "22");
    let allows =
        LiveTable::from(table(Family::Ip, "filter", vec![base("INPUT", INPUT, vec![rule(vec![], Action::accept())])]));
    assert_eq!(
        ask(&[closed(), allows], &accepted),
        r#"{"verdict":"accept","rule":"ip filter/INPUT/1","path":["inbound/1","ip filter/INPUT/1"]}"#
    );
    let mut drops = table(Family::Inet, "firewall", vec![base("in", INPUT, Vec::new())]);
    drops.chains[0].base.as_mut().unwrap().policy = Policy::Drop;
    assert_eq!(
        ask(&[closed(), LiveTable::from(drops.clone())], &accepted),
        r#"{"verdict":"drop","rule":"inet firewall/in/policy","path":["inbound/1"]}"#
    );
    drops.flags.dormant = true;
    assert_eq!(
        ask(&[closed(), LiveTable::from(drops)], &accepted),
        r#"{"verdict":"accept","rule":"inbound/1","path":["inbound/1"]}"#
    );
}

#[test]
fn a_connection_is_translated_once_at_a_hook_by_the_first_that_does() {
    let ours = ours("traffic:\n  inbound:\n    - redirect: 8080 -> 9090\n  otherwise: deny\n");
    assert_eq!(
        ask(&[published(), ours], WEB),
        r#"{"verdict":"accept","rule":"inbound/1","to":"192.0.2.1:9090","path":["inbound/1"]}"#
    );
}

#[test]
fn what_is_not_modelled_is_unknown_with_its_place() {
    let unknown = Expr::Xtables { target: false, name: "recent".to_owned(), revision: 1, settings: vec![0; 8] };
    let of_it = |action: Action| rule(vec![Match::raw(Vec::new(), vec![unknown.clone()])], action);
    let chain = |rules| LiveTable::from(table(Family::Ip, "filter", vec![base("INPUT", INPUT, rules)]));
    let accepted = WEB.replace("8080", "22");
    assert_eq!(
        ask(&[closed(), chain(vec![of_it(Action::drop())])], &accepted),
        r#"{"verdict":"unknown","missing":["recent in ip filter/INPUT/1"],"path":["inbound/1"]}"#
    );
    assert_eq!(
        ask(&[closed(), chain(vec![of_it(Action::counter())])], &accepted),
        r#"{"verdict":"accept","rule":"inbound/1","path":["inbound/1"]}"#
    );
    assert_eq!(
        ask(&[closed(), chain(vec![of_it(Action::drop())])], WEB),
        r#"{"verdict":"drop","rule":"otherwise","path":["otherwise"]}"#
    );
    let queue = Action::raw(vec![Expr::Unknown { name: "queue".to_owned(), attributes: Vec::new() }]);
    assert_eq!(
        ask(&[closed(), chain(vec![rule(vec![], queue)])], &accepted),
        r#"{"verdict":"unknown","missing":["queue in ip filter/INPUT/1"],"path":["inbound/1","ip filter/INPUT/1"]}"#
    );
}

#[test]
fn verdicts_of_maps_and_ranges_of_sets_are_found() {
    let head = SetHead::of(name("ports"), Datatype::Port).answering(Answers::Verdict);
    let jump = Element::one(Data::port(8080)).answering(Answer::Verdict(Verdict::Goto(name("web"))));
    let nets = SetHead::of_parts(name("nets"), vec![Datatype::Ipv4, Datatype::Port]).with_intervals();
    let key = |address: [u8; 4], port: u16| Data::concat(&[Data::new(&address).unwrap(), Data::port(port)]).unwrap();
    let range = Element::range(key([198, 51, 100, 0], 8000), key([198, 51, 100, 255], 9000));
    let by_port = Action::raw(vec![
        Field::TH_DPORT.into_register(Register::A),
        Expr::LookupVerdict { from: Register::A, set: name("ports") },
    ]);
    let of_nets = Match::in_set(&[Field::IP_SADDR, Field::TH_DPORT], &name("nets"));
    let mut asked = table(
        Family::Inet,
        "t",
        vec![
            base("in", INPUT, vec![rule(vec![], by_port), rule(vec![], Action::drop())]),
            called("web", vec![rule(vec![of_nets], Action::reject())]),
        ],
    );
    asked.sets = vec![Set { head, elements: vec![jump] }, Set { head: nets, elements: vec![range] }];
    let asked = LiveTable::from(asked);
    assert_eq!(
        ask(std::slice::from_ref(&asked), WEB),
        r#"{"verdict":"reject","rule":"inet t/web/1","path":["inet t/in/1","inet t/web/1"]}"#
    );
    assert_eq!(
        ask(std::slice::from_ref(&asked), &WEB.replace("198.51.100.7", "198.51.101.7")),
        r#"{"verdict":"accept","rule":"policy","path":["inet t/in/1"]}"#
    );
    assert_eq!(
        ask(std::slice::from_ref(&asked), &WEB.replace("8080", "81")),
        r#"{"verdict":"drop","rule":"inet t/in/2","path":["inet t/in/2"]}"#
    );
    assert_eq!(
        ask(std::slice::from_ref(&asked), &WEB.replace(":8080", "")),
        r#"{"verdict":"unknown","missing":["dst"],"path":["inet t/in/1"]}"#
    );
}

#[test]
fn a_mark_of_which_some_bits_are_known_answers_for_those() {
    let marked = |mask: u32, value: u32| {
        let cmp = Field::META_MARK.masked(Data::host32(mask), CmpOp::Eq, Data::host32(value));
        LiveTable::from(table(
            Family::Inet,
            "t",
            vec![base(
                "in",
                INPUT,
                vec![
                    rule(
                        vec![],
                        Action::raw(vec![
                            Expr::Meta { into: Register::A, key: MetaKey::Mark },
                            Expr::Bitwise {
                                from: Register::A,
                                into: Register::A,
                                mask: Data::host32(!0xff),
                                xor: Data::host32(5),
                            },
                            Expr::MetaSet { from: Register::A, key: MetaKey::Mark },
                        ]),
                    ),
                    rule(vec![cmp], Action::drop()),
                ],
            )],
        ))
    };
    assert_eq!(
        ask(&[marked(0xff, 5)], WEB),
        r#"{"verdict":"drop","rule":"inet t/in/2","path":["inet t/in/1","inet t/in/2"]}"#
    );
    assert_eq!(ask(&[marked(0xff, 4)], WEB), r#"{"verdict":"accept","rule":"policy","path":["inet t/in/1"]}"#);
    assert_eq!(ask(&[marked(0x100, 0x100)], WEB), r#"{"verdict":"unknown","missing":["mark"],"path":["inet t/in/1"]}"#);
}

#[test]
fn a_chain_of_devices_may_be_of_any() {
    let ingress = (ChainKind::Filter, Hook::Ingress, 0);
    let drops =
        LiveTable::from(table(Family::Netdev, "guard", vec![base("in", ingress, vec![rule(vec![], Action::drop())])]));
    assert_eq!(
        ask(&[closed(), drops], WEB),
        r#"{"verdict":"unknown","missing":["devices of netdev guard/in"],"path":[]}"#
    );
}

#[test]
fn sim_1_chains_that_lead_back_to_themselves_end() {
    let back = |to: &str| vec![rule(vec![], Action::verdict(Verdict::Goto(name(to))))];
    let ring = LiveTable::from(table(
        Family::Inet,
        "t",
        vec![base("in", FORWARD, back("a")), called("a", back("b")), called("b", back("a"))],
    ));
    let passing = WEB.replace("\"proto\"", "\"out\":\"eth1\",\"dsttype\":\"unicast\",\"proto\"");
    let answer = ask(&[ring], &passing);
    assert!(answer.contains("\"missing\":[\"chains without an end\"]"), "{answer}");
}

#[test]
fn rules_of_ours_go_by_the_intents_that_they_are_part_of() {
    let id = RuleId::new("inbound/1#2").unwrap();
    let mut table = table(Family::Inet, "nines", vec![base("input", INPUT, Vec::new())]);
    table.chains[0].rules = vec![Rule::new(id).then(Action::drop())];
    assert_eq!(ask(&[LiveTable::from(table)], WEB), r#"{"verdict":"drop","rule":"inbound/1","path":["inbound/1"]}"#);
}
