//! What rules say happens to packets does: redirect, one source, another host, connections that are there already.

use crate::netd::Netd;
use crate::world::{
    self, BACKEND, CLIENT, CLIENT_6, Listener, Met, OTHER_CLIENT, OWN, OWN_6, OWN_BEHIND, answered_by, ask, connect,
    dial, dial_from,
};

const REDIRECT: &str = "traffic:\n  inbound:\n    - redirect: 80 -> 8080\n  otherwise: deny\n";

pub fn redirect() {
    let client = world::client();
    let netd = Netd::start();
    let _server = Listener::start(8080);
    client.on(|| assert_eq!(dial(OWN, 80), Met::Refused, "nothing listens there"));
    netd.hold(REDIRECT);
    client.on(|| {
        assert_eq!(dial(OWN, 80), answered_by(CLIENT), "from afar");
        assert_eq!(dial(OWN_6, 80), answered_by(CLIENT_6), "from afar, IPv6");
        assert_eq!(dial(OWN, 8080), Met::Silence, "the backend's own port");
        assert_eq!(dial(OWN_6, 8080), Met::Silence, "the same, IPv6");
    });
    for own in ["127.0.0.1", "::1", OWN, OWN_6] {
        assert_eq!(dial(own, 80), answered_by(own), "from this host to {own}");
    }
    let counted = netd.status()["rules"].as_array().and_then(|rules| {
        rules.iter().find(|rule| rule["id"] == "inbound/1").and_then(|rule| rule["packets"].as_u64())
    });
    assert!(counted.is_some_and(|packets| packets > 0), "{counted:?}");
}

pub fn one_source() {
    let client = world::client();
    let netd = Netd::start();
    let _server = Listener::start(22);
    netd.hold(&format!("traffic:\n  inbound:\n    - allow: ssh\n      from: {CLIENT}\n  otherwise: reject\n"));
    client.on(|| {
        assert_eq!(dial_from(CLIENT, OWN, 22), answered_by(CLIENT), "who is let in");
        assert_eq!(dial_from(OTHER_CLIENT, OWN, 22), Met::Refused, "another");
        assert_eq!(dial(OWN_6, 22), Met::Refused, "the same host by a family that nobody let in");
    });
    assert_eq!(dial("127.0.0.1", 22), answered_by("127.0.0.1"), "this host itself");
}

pub fn forward() {
    let (client, backend) = (world::client(), world::backend());
    let netd = Netd::start();
    let _server = backend.on(|| Listener::start(5432));
    let rules = format!("traffic:\n  inbound:\n    - forward: 5432 -> {BACKEND}\n  otherwise: deny\n");
    let planned = netd.plan(&rules);
    assert!(planned.err.contains("net.ipv4.ip_forward"), "the setting to change is named: {}", planned.err);
    std::fs::write("/proc/sys/net/ipv4/ip_forward", "1").expect("a network that forwards");
    netd.hold(&rules);
    client.on(|| assert_eq!(dial(OWN, 5432), answered_by(OWN_BEHIND), "the backend sees this host"));
    netd.hold(&rules.replace("  otherwise", "      masquerade: no\n  otherwise"));
    client.on(|| assert_eq!(dial(OWN, 5432), Met::Silence, "the backend knows no way back"));
    backend.on(|| crate::harness::tool("ip", &["route", "add", "default", "via", OWN_BEHIND]));
    client.on(|| assert_eq!(dial(OWN, 5432), answered_by(CLIENT), "the backend sees the client"));
}

pub fn established() {
    let client = world::client();
    let netd = Netd::start();
    let _server = Listener::start(7000);
    netd.hold("traffic:\n  inbound:\n    - allow: 7000\n  otherwise: deny\n");
    let mut stream = client.on(|| connect(None, OWN, 7000)).expect("it is open");
    assert_eq!(ask(&mut stream).ok().map(|peer| peer.to_string()).as_deref(), Some(CLIENT));
    netd.hold("traffic:\n  inbound:\n    - deny: 7000\n  otherwise: deny\n");
    client.on(|| assert_eq!(dial(OWN, 7000), Met::Silence, "a new one"));
    assert_eq!(ask(&mut stream).ok().map(|peer| peer.to_string()).as_deref(), Some(CLIENT), "the old one");
}
