//! Others on the same kernel: their changes stop a plan, and do not take ours away.

use std::time::Duration;

use nines_netd::keeper::Keeper;
use nines_netd::kernel::Kernel;
use nines_netd::protocol::{Answer, Request};
use nines_netd::who::Who;
use nines_traffic::plan::Operator;

use crate::harness::{nft, tool};
use crate::netd::{FIRST, Folder, Netd, apply_of, asked, held, holds};

const BOOT: &str = "boot-1";

pub fn between() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    let plan = netd.plan(FIRST, None);
    nft("table ip theirs { }\n");
    let refused = netd.ask(Request::Apply(Box::new(apply_of(plan.clone(), Some(60))))).unwrap_err();
    let said = refused.fact.to_string();
    assert!(said.contains("nft (pid ") && said.contains("ip theirs"), "{said}");
    assert_eq!(held(), None);
    assert_eq!(netd.status()["pending"], serde_json::Value::Null);
    let mut anyway = apply_of(plan, Some(60));
    anyway.if_unaffected = true;
    netd.ask(Request::Apply(Box::new(anyway))).unwrap();
    assert!(holds(1), "an empty table makes no difference");
    let counted = netd.status()["counted"].clone();
    assert_eq!((&counted["applied"], &counted["foreign"]["nft"]), (&1.into(), &1.into()), "{counted}");
    assert!(counted["applySeconds"]["last"].as_f64().is_some_and(|seconds| seconds > 0.0), "{counted}");
    assert!(counted["lastApplied"].is_string() && counted["lastReverted"].is_null(), "{counted}");
}

pub fn affected() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    let mut apply = apply_of(netd.plan(FIRST, None), Some(60));
    apply.if_unaffected = true;
    nft("table inet theirs { chain in { type filter hook input priority 10; policy drop; }\n }\n");
    assert!(netd.ask(Request::Apply(Box::new(apply))).is_err(), "what passes ours would end there");
    assert_eq!(held(), None);
    let foreign = netd.status()["foreign"][0].clone();
    assert_eq!((&foreign["table"], &foreign["mayDrop"]), (&"inet theirs".into(), &true.into()));
}

/// The kernel has no generation for these.
pub fn legacy() {
    let folder = Folder::new();
    // Its lock is root's elsewhere.
    let lock = format!("XTABLES_LOCKFILE={}", folder.path().join("lock").display());
    let legacy = |rule: &str| {
        let words = [&lock, "iptables-legacy"].into_iter().chain(rule.split(' ')).collect::<Vec<_>>();
        tool("env", &words);
    };
    legacy("-A INPUT -p udp --dport 9 -j ACCEPT");
    let netd = Netd::start(&folder, BOOT);
    let plan = netd.plan(FIRST, None);
    assert_eq!(plan.changes.legacy, ["ip filter"]);
    assert_eq!(netd.status()["legacy"][0], "ip filter");
    legacy("-A INPUT -p tcp --dport 7009 -j DROP");
    let refused = netd.ask(Request::Apply(Box::new(apply_of(plan, Some(60))))).unwrap_err();
    assert!(refused.fact.to_string().contains("iptables-legacy"), "{}", refused.fact);
    assert_eq!(held(), None);
    let plan = netd.plan(FIRST, None);
    let socket = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.send_to(b"?", "127.0.0.1:9").unwrap();
    netd.ask(Request::Apply(Box::new(apply_of(plan, Some(60))))).expect("counts are no change");
}

pub fn flushed() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    netd.apply(FIRST, None);
    nft("flush ruleset\n");
    assert!(holds(1), "its owner is alive");
    assert_eq!(netd.status()["drift"], serde_json::json!([]));
    netd.kill();
    nft("flush ruleset\n");
    assert_eq!(held(), None, "nobody owns it");
    let _netd = Netd::start(&folder, BOOT);
    assert!(holds(1));
}

/// As kernels without the persist flag have it.
pub fn restored() {
    let folder = Folder::new();
    let root = folder.path().join("state");
    let mut keeper = Keeper::start(Kernel::open_without_owner().unwrap(), &root, BOOT).unwrap();
    let who = Who { uid: 0, pid: 1 };
    let Some(Answer::Planned(plan)) = keeper.answer(Request::Plan(asked(FIRST)), who) else { panic!("no plan") };
    keeper.answer(Request::Apply(Box::new(apply_of(*plan, None))), who);
    assert!(holds(1));
    nft("flush ruleset\n");
    assert_eq!(held(), None);
    let start = std::time::Instant::now();
    keeper.watch();
    assert!(holds(1) && start.elapsed() < Duration::from_secs(1));
    let journal = folder.journal();
    let told = journal.lines().rfind(|line| line.contains("\"restored\"")).unwrap();
    assert!(told.contains("nft (pid "), "{told}");
    nft("flush chain inet nines input\n");
    let Some(Answer::Status(status)) = keeper.answer(Request::Status, who) else { panic!("no status") };
    assert!(status.contains("\"drift\":[{\"process\":\"nft\""), "{status}");
}

pub fn guarded() {
    const NARROW: &str =
        "traffic:\n  management:\n    ssh: { from: [10.0.0.0/8] }\n  inbound:\n    - allow: 80\n  otherwise: deny\n";
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    let address = |text: &str| text.parse().unwrap();
    let operator = Operator { client: address("192.0.2.9"), own: address("192.0.2.1"), port: 22 };
    let plan = netd.plan(NARROW, Some(operator));
    let refused = netd.ask(Request::Apply(Box::new(apply_of(plan.clone(), Some(60))))).unwrap_err();
    assert!(refused.fact.to_string().contains("192.0.2.9 could no longer open port 22"), "{}", refused.fact);
    assert_eq!(held(), None);
    let mut apply = apply_of(plan, Some(60));
    apply.override_guard = Some("the console is at hand".to_owned());
    netd.ask(Request::Apply(Box::new(apply))).unwrap();
    assert!(held().is_some());
    assert!(folder.journal().contains("guard overridden: the console is at hand"));
}
