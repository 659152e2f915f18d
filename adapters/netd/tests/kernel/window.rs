//! Between apply and confirm: what waits is taken back whatever happens to whoever asked for it, and to netd.

use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use nines_netd::{Answer, Peer, Request, RollBack};
use nines_traffic::plan::{Asked, PlanId};

use crate::harness::nft;
use crate::netd::{FIRST, Folder, Netd, SECOND, apply_of, asked, held, holds, within};

const BOOT: &str = "boot-1";
const SOON: Duration = Duration::from_secs(1);

pub fn taken_back() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    let first = netd.apply(FIRST, Some(1));
    assert!(holds(1));
    assert_eq!(netd.status()["pending"]["id"], first.as_str());
    let took = within(Duration::from_secs(2), || held().is_none()).expect("taken back within timer + 1 s");
    assert!(took > Duration::from_millis(500), "{took:?} is before its time");
    assert!(netd.confirm(&first, None).is_err(), "too late");
    netd.apply(FIRST, None);
    let second = netd.apply(SECOND, Some(1));
    assert!(holds(2));
    within(Duration::from_secs(2), || holds(1)).expect("the state before is back");
    assert_eq!(netd.status()["pending"], serde_json::Value::Null);
    let journal = folder.journal();
    let told = journal.lines().rfind(|line| line.contains("\"reverted\"")).unwrap();
    assert!(told.contains(second.as_str()) && told.contains("nobody confirmed it in time"), "{told}");
    let at = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["at_us"].as_i64().unwrap();
    let applied = journal.lines().rfind(|line| line.contains("\"applied\"")).unwrap();
    eprintln!("  taken back {} ms after it was applied for 1 s", (at(told) - at(applied)) / 1000);
}

/// A connection of this network, as sshd would tell it.
fn connect(listener: &TcpListener) -> (TcpStream, TcpStream, Peer) {
    let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (server, _) = listener.accept().unwrap();
    let peer = Peer { client: client.local_addr().unwrap(), own: listener.local_addr().unwrap() };
    (client, server, peer)
}

pub fn confirmed() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (_client, _server, old) = connect(&listener);
    let id = netd.apply(FIRST, Some(30));
    let refused = netd.confirm(&id, Some(old)).unwrap_err();
    assert!(refused.fact.to_string().contains("is older than the plan's rules"), "{}", refused.fact);
    let gone = Peer { client: "127.0.0.1:1".parse().unwrap(), ..old };
    let refused = netd.confirm(&id, Some(gone)).unwrap_err();
    assert!(refused.fact.to_string().contains("has no connection"), "{}", refused.fact);
    assert_eq!(netd.status()["confirmed"], serde_json::Value::Null);
    let (_client, _server, new) = connect(&listener);
    netd.confirm(&id, Some(new)).unwrap();
    assert_eq!(netd.status()["confirmed"], id.as_str());
    assert!(netd.confirm(&id, Some(new)).is_err(), "it waits no more");
}

/// What was there before stays known to a netd that was started anew.
pub fn old_connections_outlive_netd() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (_client, _server, old) = connect(&listener);
    let id = netd.apply(FIRST, Some(30));
    netd.kill();
    let netd = Netd::start(&folder, BOOT);
    assert!(holds(1));
    assert!(netd.confirm(&id, Some(old)).is_err());
    netd.confirm(&id, None).unwrap();
}

pub fn killed() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    netd.apply(FIRST, None);
    netd.apply(SECOND, Some(2));
    netd.kill();
    assert!(holds(2), "nobody is there to take it back");
    let netd = Netd::start(&folder, BOOT);
    assert!(holds(2), "its time is not over");
    within(Duration::from_secs(3), || holds(1)).expect("taken back by the one started anew");
    netd.apply(SECOND, Some(1));
    netd.kill();
    std::thread::sleep(SOON + Duration::from_millis(100));
    let _netd = Netd::start(&folder, BOOT);
    assert!(holds(1), "its time was over before netd was there");
}

pub fn other_boot() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    let first = netd.apply(FIRST, None);
    netd.apply(SECOND, Some(3600));
    netd.kill();
    nft("delete table inet nines\n");
    let netd = Netd::start(&folder, "boot-2");
    assert!(holds(1), "only what was confirmed loads");
    let status = netd.status();
    assert_eq!((&status["confirmed"], &status["pending"]), (&first.as_str().into(), &serde_json::Value::Null));
    assert!(folder.journal().contains("the host was started anew before it was confirmed"));
}

/// Rolling back for good, from a console.
fn roll_back(id: &PlanId) -> Request {
    Request::RollBack(Box::new(RollBack { id: id.clone(), confirm_seconds: None, peer: None, override_guard: None }))
}

pub fn rolled_back() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    let first = netd.apply(FIRST, None);
    let second = netd.apply(SECOND, None);
    let Ok(Answer::Settled(Some(back))) = netd.ask(roll_back(&second)) else { panic!("not settled") };
    assert!(holds(1));
    assert!(![&first, &second].contains(&&back), "it is a plan of its own");
    let journal = folder.journal();
    let told = |what: &str| journal.lines().any(|line| line.contains(what) && line.contains(back.as_str()));
    assert!(told("\"planned\"") && told("\"rolled-back\"") && journal.contains(&format!("undoes {second}")));
    netd.ask(roll_back(&back)).unwrap();
    assert!(holds(2), "it can be undone");
    netd.kill();
    let netd = Netd::start(&folder, BOOT);
    assert!(holds(2), "and outlives netd");
    netd.ask(roll_back(&first)).unwrap();
    assert_eq!(held(), None, "before the first there was nothing");
    let status = netd.status();
    assert_eq!((&status["confirmed"], &status["drift"]), (&serde_json::Value::Null, &serde_json::json!([])));
    let unknown = nines_traffic::plan::PlanId::parse("0123456789ab").unwrap();
    assert!(netd.ask(roll_back(&unknown)).unwrap_err().fact.to_string().contains("was not confirmed here"));
    netd.kill();
    let netd = Netd::start(&folder, BOOT);
    assert_eq!((held(), netd.status()["rules"].as_array().map(Vec::len)), (None, Some(0)));
}

pub fn rolled_back_waiting() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    let first = netd.apply(FIRST, None);
    let second = netd.apply(SECOND, Some(60));
    let in_the_way = netd.plan(FIRST, None);
    let refused = netd.ask(Request::Apply(Box::new(apply_of(in_the_way, None)))).unwrap_err();
    assert!(refused.fact.to_string().contains("waits for its confirmation"));
    let Ok(Answer::Settled(Some(settled))) = netd.ask(roll_back(&second)) else { panic!("not settled") };
    assert!(holds(1) && settled == first, "at once, to what was confirmed");
    // A confirmed one may wait too: nobody confirms it, and it is as it was.
    let Request::RollBack(waiting) = roll_back(&first) else { panic!() };
    let waiting = Request::RollBack(Box::new(RollBack { confirm_seconds: Some(1), ..*waiting }));
    assert!(matches!(netd.ask(waiting), Ok(Answer::Pending { .. })));
    assert_eq!(held(), None);
    within(Duration::from_secs(2), || holds(1)).expect("taken back");
    assert_eq!(netd.status()["confirmed"], first.as_str());
}

/// Going back is guarded as going on is.
pub fn rolled_back_guarded() {
    const NARROW: &str =
        "traffic:\n  management:\n    ssh: { from: [10.0.0.0/8] }\n  inbound:\n    - allow: 80\n  otherwise: deny\n";
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    netd.apply(NARROW, None);
    let open = netd.apply(FIRST, None);
    let Request::RollBack(mut back) = roll_back(&open) else { panic!() };
    back.peer = Peer::parse("192.0.2.9 50000 192.0.2.1 22");
    let refused = netd.ask(Request::RollBack(back.clone())).unwrap_err();
    assert!(refused.fact.to_string().contains("192.0.2.9 could no longer open port 22"), "{}", refused.fact);
    assert!(holds(1), "nothing was done");
    back.override_guard = Some("the console is at hand".to_owned());
    netd.ask(Request::RollBack(back)).unwrap();
    assert!(folder.journal().contains("guard overridden: the console is at hand"));
}

/// A rule of iptables that no intent says, by its address.
fn raw(last: u8) -> String {
    format!(
        "traffic:\n  raw:\n    ipv4: |\n      *filter\n      :INPUT DROP [0:0]\n      :mine - [0:0]\n      \
         -A INPUT -m ttl --ttl-gt 1 -j mine\n      -A mine -s 127.0.0.{last}/32 -j ACCEPT\n      COMMIT\n"
    )
}

pub fn raw_rules() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let dials = || TcpStream::connect_timeout(&listener.local_addr().unwrap(), Duration::from_millis(200)).is_ok();
    netd.apply(&raw(1), None);
    assert!(dials());
    netd.apply(&raw(2), Some(1));
    let texts = netd.status()["rules"].to_string();
    assert!(texts.contains("-A mine -s 127.0.0.2/32 -j ACCEPT") && !dials(), "{texts}");
    within(Duration::from_secs(2), dials).expect("the state before is back");
}

pub fn damaged() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    netd.apply(FIRST, None);
    let second = netd.apply(SECOND, None);
    netd.kill();
    let state = folder.path().join("state");
    std::fs::write(state.join("plans").join(second.as_str()), "damaged").unwrap();
    nft("flush ruleset\n");
    let netd = Netd::start(&folder, BOOT);
    assert!(holds(1), "the one confirmed before it");
    netd.kill();
    let damage = |name: &str| std::fs::write(state.join(name), "damaged").unwrap();
    ["state", "state.previous"].into_iter().for_each(damage);
    let netd = Netd::start(&folder, BOOT);
    assert!(holds(1), "what the kernel holds stays");
    assert_eq!(netd.status()["fallback"], false);
    nft("flush ruleset\n");
    assert!(holds(1), "and is netd's again");
    netd.kill();
    nft("flush ruleset\n");
    let netd = Netd::start(&folder, "boot-2");
    assert!(held().is_some_and(|ids| ids.contains(&"otherwise".to_owned()) && ids.contains(&"inbound/1".to_owned())));
    let status = netd.status();
    assert_eq!((&status["fallback"], &status["drift"]), (&true.into(), &serde_json::json!([])));
    assert!(folder.journal().contains("\"what\":\"fallback\""));
    assert!(state.join("state.damaged").exists());
    // It goes on from there.
    netd.apply(FIRST, None);
    assert_eq!(netd.status()["fallback"], false);
    netd.kill();
    let _netd = Netd::start(&folder, "boot-3");
    assert!(holds(1));
}

/// Management stays open where what was damaged said it is.
pub fn damaged_plans() {
    const MANAGED: &str = "traffic:\n  management:\n    2222/tcp: { from: [10.0.0.0/8] }\n  inbound:\n    - allow: 80\n  otherwise: deny\n";
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    let first = netd.apply(FIRST, None);
    netd.apply(MANAGED, Some(60));
    netd.kill();
    std::fs::write(folder.path().join("state/plans").join(first.as_str()), "damaged").unwrap();
    let netd = Netd::start(&folder, "boot-2");
    let status = netd.status();
    assert_eq!((&status["fallback"], &status["pending"]), (&true.into(), &serde_json::Value::Null));
    let opened = status["rules"].as_array().unwrap().iter().find(|rule| rule["id"] == "inbound/1").unwrap().clone();
    assert!(opened["text"].as_str().unwrap().contains("2222"), "as the newest plan that can be read manages: {opened}");
}

/// As large as lists may be, through the socket, the disk and the kernel.
pub fn large() {
    const NETWORKS: u32 = 100_000;
    let text = "traffic:\n  lists:\n    bad: { file: bad.txt, max: 100000 }\n  inbound:\n    - deny: all\n      from: bad\n  otherwise: allow\n";
    // Every other address: no two join.
    let list = |n_networks: u32| -> String {
        (0..n_networks).map(|nth| format!("{}\n", std::net::Ipv4Addr::from(0x0a00_0000 + 2 * nth))).collect()
    };
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    let asked = |n_networks: u32| Asked { lists: vec![("bad".to_owned(), list(n_networks))], ..asked(text) };
    let timed = |what: &str, request: Request| {
        let start = std::time::Instant::now();
        let answer = netd.ask(request).unwrap();
        eprintln!("  {what} in {:.2} s", start.elapsed().as_secs_f64());
        answer
    };
    let Answer::Planned(plan) = timed("planned", Request::Plan(asked(NETWORKS - 1))) else { panic!("no plan") };
    assert_eq!(plan.changes.sets[0].n_added, NETWORKS - 1);
    timed("applied", Request::Apply(Box::new(apply_of(*plan, None))));
    assert!(holds(2), "one for each family");
    timed("status", Request::Status);
    let Answer::Planned(plan) = timed("one more planned", Request::Plan(asked(NETWORKS))) else { panic!("no plan") };
    assert_eq!((plan.changes.sets[0].n_added, plan.changes.sets[0].n_removed), (1, 0));
    let id = plan.id();
    timed("one more applied", Request::Apply(Box::new(apply_of(*plan, Some(60)))));
    netd.kill();
    let start = std::time::Instant::now();
    let netd = Netd::start(&folder, BOOT);
    eprintln!("  taken up again in {:.2} s", start.elapsed().as_secs_f64());
    assert_eq!(netd.status()["drift"], serde_json::json!([]));
    netd.confirm(&id, None).unwrap();
    assert!(!folder.journal().contains("\"lost\""), "its own changes are its own");
}
