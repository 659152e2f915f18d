//! Whoever applies rules is not kept out by them, and where they are, not for long.

use crate::netd::{Netd, pending_id};
use crate::world::{self, Listener, Met, OWN, ask, connect, dial, within};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Rules that leave nothing open.
const CLOSED: &str =
    "traffic:\n  management: { 2222: { from: [192.0.2.9] } }\n  inbound:\n    - deny: 22\n  otherwise: deny\n";
/// Rules that say nothing of SSH.
const OPEN: &str = "traffic:\n  inbound:\n    - deny: 7001\n  otherwise: allow\n";

/// As sshd tells a connection.
fn told(stream: &TcpStream) -> String {
    let (client, own) = (stream.local_addr().expect("an end"), stream.peer_addr().expect("an end"));
    format!("{} {} {} {}", client.ip(), client.port(), own.ip(), own.port())
}

pub fn guard() {
    let client = world::client();
    let netd = Netd::start();
    let _server = Listener::start(22);
    let stream = client.on(|| connect(None, OWN, 22)).expect("it is open");
    let operator = told(&stream);
    assert_eq!(netd.plan(CLOSED).code, 1);
    let refused = netd.traffic_over(Some(&operator), &["apply", "plan"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains("--override-guard") && refused.err.contains("management"), "{}", refused.err);
    client.on(|| assert!(matches!(dial(OWN, 22), Met::Answer { .. }), "nothing was applied"));
    let start = Instant::now();
    let applied =
        netd.traffic_over(Some(&operator), &["apply", "plan", "--confirm", "2s", "--override-guard", "a trial"]);
    pending_id(&applied);
    client.on(|| assert_eq!(dial(OWN, 22), Met::Silence, "locked out"));
    within(Duration::from_secs(3).saturating_sub(start.elapsed()), "the way is open again", || {
        client.on(|| matches!(dial(OWN, 22), Met::Answer { .. }))
    });
    assert!(netd.status()["pending"].is_null());
}

pub fn confirm() {
    let client = world::client();
    let netd = Netd::start();
    let _server = Listener::start(22);
    let mut old = client.on(|| connect(None, OWN, 22)).expect("it is open");
    assert!(ask(&mut old).is_ok());
    assert_eq!(netd.plan(OPEN).code, 1);
    let id = pending_id(&netd.traffic_over(Some(&told(&old)), &["apply", "plan", "--confirm", "30s"]));
    let refused = netd.traffic_over(Some(&told(&old)), &["confirm", &id]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains("older"), "{}", refused.err);
    let invented = netd.traffic_over(Some("10.99.1.2 1 10.99.1.1 22"), &["confirm", &id]);
    assert_eq!(invented.code, 1, "a connection that is not there: {invented:?}");
    let mut new = client.on(|| connect(None, OWN, 22)).expect("it is open");
    assert!(ask(&mut new).is_ok());
    let confirmed = netd.traffic_over(Some(&told(&new)), &["confirm", &id]);
    assert_eq!(confirmed.code, 0, "{confirmed:?}");
    assert_eq!(netd.status()["confirmed"], id.as_str());
    let again = netd.traffic(&["confirm", &id]);
    assert_eq!(again.code, 1, "nothing waits any more: {again:?}");
}

pub fn killed() {
    let client = world::client();
    let mut netd = Netd::start();
    let _server = Listener::start(7001);
    assert_eq!(netd.plan(OPEN).code, 1);
    pending_id(&netd.traffic(&["apply", "plan", "--confirm", "2s"]));
    netd.kill();
    client.on(|| assert_eq!(dial(OWN, 7001), Met::Silence, "rules stay without netd"));
    std::thread::sleep(Duration::from_secs(2));
    netd.start_again();
    client.on(|| assert!(matches!(dial(OWN, 7001), Met::Answer { .. }), "taken back at the start"));
    let status = netd.traffic(&["status"]);
    assert_eq!(status.code, 0, "{status:?}");
}
