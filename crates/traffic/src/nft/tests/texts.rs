//! Rules as they are thought of, and as they are shown.

use core::net::IpAddr;

use super::*;
use crate::nft::build::{ct_state, ct_status};
use crate::nft::expr::{NatFlags, Reject};
use crate::nft::keys::{CmpOp, MetaKey};
use crate::nft::text::{render_rule, render_table};

fn check(rule: Rule, text: &str) {
    assert_eq!(render_rule(Family::Inet, &[], &rule), text);
}

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[test]
fn conditions_and_actions_read_as_nft_writes_them() {
    let office = Match::from_net(address("203.0.113.7"), 32);
    check(
        rule("in/1").when(office).when(Match::tcp_dport(22)).then(Action::accept()),
        "ip saddr 203.0.113.7 tcp dport 22 accept comment \"in/1\"",
    );
    check(
        rule("n").when(Match::to_net(address("2001:db8:7::1"), 48)).then(Action::drop()),
        "ip6 daddr 2001:db8:7::/48 drop comment \"n\"",
    );
    check(
        rule("s").when(Match::ct_state(ct_state::ESTABLISHED | ct_state::RELATED)).then(Action::accept()),
        "ct state established,related accept comment \"s\"",
    );
    check(
        rule("r").when(Field::TCP_DPORT.outside(Data::port(1), Data::port(1023))).then(Action::reject()),
        "tcp dport != 1-1023 reject comment \"r\"",
    );
    check(
        rule("f").when(Field::TCP_FLAGS.masked(Data::byte(0x17), CmpOp::Neq, Data::byte(2))).then(Action::drop()),
        "tcp flags != syn / fin,syn,rst,ack drop comment \"f\"",
    );
    check(
        rule("i").when(Field::META_IIFNAME.is_not(Data::interface_prefix("eth").unwrap())).then(Action::drop()),
        "iifname != \"eth*\" drop comment \"i\"",
    );
    check(
        rule("v6").when(Match::ipv6()).then(Action::reject_with(Reject::Icmp(1))),
        "meta nfproto ipv6 reject with icmpv6 admin-prohibited comment \"v6\"",
    );
}

#[test]
fn what_gives_a_field_its_meaning_is_left_out_only_right_before_it() {
    let original = rule("web").when(Match::protocol(6)).when(Match::ct_original_dport(80));
    check(
        original.when(Match::tcp_dport(8080)).then(Action::accept()),
        "meta l4proto tcp ct original proto-dst 80 tcp dport 8080 accept comment \"web\"",
    );
    check(
        rule("web").when(Match::tcp_dport(8080)).when(Match::ct_status(ct_status::DNAT)).then(Action::accept()),
        "tcp dport 8080 ct status dnat accept comment \"web\"",
    );
}

#[test]
fn family_and_protocol_are_asked_once_and_before_anything_counts() {
    let both = rule("b").when(Field::TCP_SPORT.is(Data::port(1))).when(Match::tcp_dport(2));
    let asked = both.exprs.iter().filter(|expr| matches!(expr, Expr::Meta { key: MetaKey::L4proto, .. })).count();
    assert_eq!(asked, 1);
    let hashed = rule("h").when(Match::share_by(Field::IP_SADDR, 7, 100)).then(Action::counter());
    assert!(matches!(hashed.exprs.first(), Some(Expr::Meta { key: MetaKey::Nfproto, .. })));
}

#[test]
fn weights_are_comparisons_and_all_of_them_ask_nothing() {
    check(rule("w").when(Match::share(150)), "numgen random mod 10000 < 150 comment \"w\"");
    check(
        rule("w").when(Match::share_by(Field::IP_SADDR, 77, 2500)).then(Action::redirect(8081)),
        "jhash ip saddr mod 10000 seed 0x4d < 2500 redirect to :8081 comment \"w\"",
    );
    check(rule("w").when(Match::share(10_000)).then(Action::redirect(8081)), "redirect to :8081 comment \"w\"");
}

#[test]
fn numbers_in_the_hosts_order_are_compared_as_numbers() {
    let field = Field::META_SKUID;
    check(
        rule("u").when(field.within(Data::host32(100), Data::host32(999))).then(Action::drop()),
        "meta skuid 100-999 drop comment \"u\"",
    );
    let compared = field.compared(CmpOp::Gt, Data::host32(0x0102));
    let turned = rule("u").when(compared).exprs;
    assert!(
        matches!(&turned[..], [_, Expr::Byteorder { .. }, Expr::Cmp { value, .. }] if *value == Data::network32(0x0102))
    );
}

#[test]
fn translations_say_where_to() {
    check(
        rule("d").when(Match::ipv6()).then(Action::dnat(address("2001:db8::5"), Some(443))),
        "meta nfproto ipv6 dnat ip6 to [2001:db8::5]:443 comment \"d\"",
    );
    let random = NatFlags { random: true, ..NatFlags::default() };
    let masquerade = Action::raw(vec![Expr::Masquerade { port: None, flags: random }]);
    check(rule("m").then(masquerade), "masquerade random comment \"m\"");
}

#[test]
fn a_table_shows_its_sets_before_its_chains() {
    let head = SetHead::of(name("office"), Datatype::Ipv4).with_intervals();
    let net = |first: [u8; 4], last: [u8; 4]| Element::range(Data::new(&first).unwrap(), Data::new(&last).unwrap());
    let elements = vec![net([10, 0, 0, 0], [10, 255, 255, 255]), net([192, 0, 2, 1], [192, 0, 2, 5])];
    let asked = rule("in/1").when(Field::IP_SADDR.in_set(&head.name)).then(Action::accept());
    let text = render_table(&table(vec![asked], vec![Set { head, elements }]));
    let expected = "table inet nines {
\tset office {
\t\ttype ipv4_addr
\t\tflags interval
\t\telements = { 10.0.0.0/8,
\t\t\t     192.0.2.1-192.0.2.5 }
\t}

\tchain in {
\t\ttype filter hook input priority filter - 5; policy accept;
\t\tip saddr @office accept comment \"in/1\"
\t}
}
";
    assert_eq!(text, expected);
}
