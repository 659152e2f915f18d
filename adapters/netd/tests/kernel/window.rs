//! Between apply and confirm: what waits is taken back whatever happens to whoever asked for it, and to netd.

use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use nines_netd::{Peer, Request};

use crate::harness::nft;
use crate::netd::{FIRST, Folder, Netd, SECOND, held, holds, within};

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

pub fn rolled_back() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    let first = netd.apply(FIRST, None);
    let second = netd.apply(SECOND, None);
    assert!(netd.ask(Request::RollBack(first.clone())).is_err(), "it is not in force");
    netd.ask(Request::RollBack(second)).unwrap();
    assert!(holds(1));
    let third = netd.apply(SECOND, Some(60));
    let in_the_way = netd.plan(FIRST, None);
    let refused = netd.ask(Request::Apply(Box::new(crate::netd::apply_of(in_the_way, None)))).unwrap_err();
    assert!(refused.fact.to_string().contains("waits for its confirmation"));
    netd.ask(Request::RollBack(third)).unwrap();
    assert!(holds(1));
    netd.ask(Request::RollBack(first)).unwrap();
    assert_eq!(held(), None, "before the first there was nothing");
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
    std::fs::write(state.join("state"), "damaged").unwrap();
    std::fs::write(state.join("state.previous"), "damaged").unwrap();
    let mut netd = Netd::spawn(&folder, BOOT);
    within(Duration::from_secs(2), || netd.child.try_wait().unwrap().is_some()).expect("it ends");
    assert!(!netd.child.wait().unwrap().success());
    assert!(holds(1), "and leaves the kernel as it is");
}
