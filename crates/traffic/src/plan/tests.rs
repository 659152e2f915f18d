//! Plans: what they tell, what they are known by, how they are read back.

use super::*;
use crate::Services;
use crate::nft::{Batch, LiveTable};

const ASKED: &str = "traffic:\n  inbound:\n    - allow: ssh\n    - redirect: 80 -> 8080\n  otherwise: deny\n";

fn asked(text: &str) -> Asked {
    Asked {
        file: "traffic.yaml".to_owned(),
        text: text.to_owned(),
        services: Asked::services_of(text, &Services::default()),
        ..Asked::default()
    }
}

/// The kernel with these rules of ours, or without any.
fn kernel(table: Option<&Table>) -> Snapshot {
    Snapshot { generation: 7, tables: table.cloned().map(LiveTable::from).into_iter().collect() }
}

fn seen(snapshot: &Snapshot) -> Seen<'_> {
    static NONE: LegacyTables = LegacyTables { digest: Digest([0; 32]), in_use: Vec::new() };
    Seen { boot: "boot", snapshot, legacy: &NONE }
}

fn first() -> Plan {
    plan(asked(ASKED), seen(&kernel(None)), None).unwrap()
}

#[test]
fn a_plan_tells_rules_by_their_ids_and_packets_whose_fate_changes() {
    let first = first();
    let ids: Vec<&str> = first.changes.rules.iter().map(|change| change.id.as_str()).collect();
    assert!(ids.contains(&"inbound/1") && ids.contains(&"inbound/2") && ids.contains(&"otherwise"), "{ids:?}");
    let of = |packet: &str| first.changes.fates.shown.iter().find(|change| change.packet == packet).cloned();
    let closed = of("tcp 198.51.100.77 -> 192.0.2.1:21").unwrap();
    assert_eq!((closed.before.as_str(), closed.after.as_str()), ("accept", "drop by otherwise"));
    assert_eq!(of("tcp 198.51.100.77 -> 192.0.2.1:22"), None, "it was open and stays so");
    assert!(of("tcp 198.51.100.77 -> 192.0.2.1:80").unwrap().after.contains(":8080"));
}

#[test]
fn a_plan_for_what_holds_already_changes_nothing() {
    let held = asked(ASKED);
    let table = held.wanted().unwrap().table;
    let again = plan(held.clone(), seen(&kernel(Some(&table))), Some(&held)).unwrap();
    assert!(again.changes.is_empty());
    assert_eq!((again.changes.fates.n_changed, again.changes.fates.n_tried > 10), (0, true));
    let wider = ASKED.replace("allow: ssh", "allow: 22-23");
    let changed = plan(asked(&wider), seen(&kernel(Some(&table))), Some(&held)).unwrap();
    let ids: Vec<&str> = changed.changes.rules.iter().map(|change| change.id.as_str()).collect();
    assert_eq!(ids, ["inbound/1"]);
    assert!(changed.changes.fates.shown.iter().all(|change| change.packet.ends_with(":23")));
}

#[test]
fn pln_1_a_plan_reads_back_as_it_was_and_a_touched_one_is_none() {
    let first = first();
    let bytes = write_plan(&first);
    assert_eq!(read_plan(&bytes), Ok(first.clone()));
    for at in (0..bytes.len()).step_by(7) {
        let mut touched = bytes.clone();
        touched[at] ^= 1;
        assert!(read_plan(&touched).is_err(), "byte {at}");
    }
    assert!((0..bytes.len()).step_by(11).all(|n| read_plan(&bytes[..n]).is_err()));
    let later = Plan { ground: Ground { generation: 8, ..first.ground.clone() }, ..first.clone() };
    assert_ne!(later.id(), first.id());
    assert_eq!(PlanId::parse(first.id().as_str()), Some(first.id()));
    assert_eq!(PlanId::parse("../../etc"), None);
}

#[test]
fn tables_of_others_are_told_apart_by_all_they_hold_but_counts() {
    let table = asked(ASKED).wanted().unwrap().table;
    let mut theirs = kernel(Some(&table));
    theirs.tables[0].id.name = crate::nft::Name::fixed("theirs");
    let before = foreign_digest(&theirs);
    assert!(deciders(&theirs).iter().any(|decider| decider.hook == "input" && decider.may_drop));
    theirs.tables[0].chains[0].rules[0].counted = Some(crate::nft::Count { packets: 9, bytes: 9 });
    assert_eq!(foreign_digest(&theirs), before);
    theirs.tables[0].chains[0].rules.pop();
    assert_ne!(foreign_digest(&theirs), before);
    assert_eq!(foreign_digest(&kernel(Some(&table))), foreign_digest(&kernel(None)), "ours is not foreign");
}

#[test]
fn a_list_whose_file_nobody_read_is_not_compiled() {
    let text = "traffic:\n  lists:\n    bad: { file: bad.txt }\n  inbound:\n    - deny: all\n      from: bad\n  otherwise: allow\n";
    assert!(matches!(asked(text).wanted(), Err(Unusable::Findings(_))));
    let filled = Asked { lists: vec![("bad".to_owned(), "10.0.0.0/8\n".to_owned())], ..asked(text) };
    let table = filled.wanted().unwrap().table;
    assert!(Batch::create(&table).changes.len() > 3);
    assert_eq!(set_changes(None, &table)[0].n_added, 1);
}

#[test]
fn a_list_that_keeps_what_it_had_is_as_it_was_where_nobody_could_read_it() {
    let text = "traffic:\n  lists:\n    bad: { file: bad.txt, on_missing: keep-last }\n  inbound:\n    - deny: all\n      from: bad\n  otherwise: allow\n";
    let last = Asked { lists: vec![("bad".to_owned(), "10.0.0.0/8\n".to_owned())], ..asked(text) };
    let kept = asked(text).keeping(&last);
    assert_eq!(kept.wanted().unwrap().table, last.wanted().unwrap().table);
    let given = Asked { lists: vec![("bad".to_owned(), "192.0.2.0/24\n".to_owned())], ..asked(text) };
    assert_eq!(given.clone().keeping(&last), given);
}

const RAW: &str = "traffic:\n  raw:\n    ipv4: |\n      *filter\n      :INPUT ACCEPT [0:0]\n      \
                   -A INPUT -p tcp -m multiport --dports 23,25:26 -j DROP\n      COMMIT\n";

#[test]
fn a_plan_of_raw_rules_tells_them_by_their_names_and_packets_whose_fate_changes() {
    let plan = plan(asked(RAW), seen(&kernel(None)), None).unwrap();
    let ids: Vec<&str> = plan.changes.rules.iter().map(|change| change.id.as_str()).collect();
    assert_eq!(ids, ["built-in/other-family", "ipv4/filter/INPUT/1"]);
    let of = |port: u16| {
        let packet = format!("tcp 198.51.100.77 -> 192.0.2.1:{port}");
        plan.changes.fates.shown.iter().find(|change| change.packet == packet).map(|change| change.after.clone())
    };
    assert_eq!([23, 24, 25, 27].map(of), [Some("drop by filter/INPUT/1".to_owned()), None, of(23), None]);
}

#[test]
fn what_the_kernel_cannot_hold_is_told_at_its_line_with_what_to_do() {
    let text = RAW.replace("-j DROP", "-m recent --set -j DROP");
    let Err(Unusable::Findings(findings)) = asked(&text).wanted() else { panic!("it is refused") };
    let told: Vec<String> = findings.iter().map(|finding| finding.render(nines_base::lang::Lang::En)).collect();
    assert_eq!(
        told,
        [
            "error: traffic.yaml:6:1: traffic.raw: nf_tables has no form of -m recent, and nothing that comes close is put in its \
          place\nhint: leave this rule to iptables itself, or write it another way"
        ]
    );
}

#[test]
fn no_file_asks_for_no_rules_and_an_empty_one_is_refused() {
    let wanted = Asked::default().wanted().unwrap();
    assert!(wanted.table.chains.is_empty() && wanted.table.sets.is_empty());
    assert!(asked("").wanted().is_err());
    let back = plan(Asked::default(), seen(&kernel(None)), Some(&asked(ASKED))).unwrap();
    assert!(back.changes.fates.n_changed > 0);
    assert_eq!(read_plan(&write_plan(&back)), Ok(back));
}

#[test]
fn a_port_that_another_publishes_is_not_told_to_be_denied() {
    use crate::nft::{
        Action, BaseChain, Chain, ChainKind, Family, Hook, Match, Name, Policy, Rule, TableFlags, table::priority,
    };
    let publishes = Rule { id: None, exprs: Vec::new() }
        .when(Match::tcp_dport(8443))
        .then(Action::dnat([172, 17, 0, 2].into(), Some(443)));
    let base =
        BaseChain { kind: ChainKind::Nat, hook: Hook::Prerouting, priority: priority::DSTNAT, policy: Policy::Accept };
    let theirs = Table {
        id: TableId { family: Family::Ip, name: Name::fixed("nat") },
        flags: TableFlags::default(),
        objects: Vec::new(),
        sets: Vec::new(),
        chains: vec![Chain { name: Name::fixed("PREROUTING"), base: Some(base), rules: vec![publishes] }],
    };
    let snapshot = Snapshot { generation: 7, tables: vec![LiveTable::from(theirs)] };
    let planned = plan(asked(ASKED), seen(&snapshot), None).unwrap();
    let shown = &planned.changes.fates.shown;
    let of = |packet: &str| shown.iter().find(|change| change.packet == packet);
    let published = of("tcp 198.51.100.77 -> 192.0.2.1:8443");
    assert!(published.is_none_or(|change| !change.after.starts_with("drop")), "{published:?}");
    assert_eq!(of("tcp 198.51.100.77 -> 192.0.2.1:21").unwrap().after, "drop by otherwise");
}
