use super::intents;
use crate::intent::{Fate, Ports, Session, Sticky, Want, effective};
use crate::net::{PortRange, Protocol};

#[test]
fn the_fuller_vocabulary_is_read() {
    let intents = intents(
        r#"
traffic:
  management: { ssh: { from: [office, 10.0.0.0/8] } }
  lists:
    office: [203.0.113.7, 2001:db8:7::/48]
    bad: { file: bad.txt, max: 100000, on_missing: keep-last }
  inbound:
    - deny: all
      from: bad
    - redirect: 8000 -> 8080
    - allow: 443
      limit: { new_connections: 50/s per source }
      log: sample 1/s
    - allow: [53/udp, domain, 6000-6010/tcp]
    - forward: 5432 -> 10.0.2.5:5432
      from: 10.0.0.0/8
      masquerade: no
  otherwise: reject
  outbound: { otherwise: allow }
  services:
    checkout:
      listen: 80
      stable: 8181
      canary: 8081
      rollout:
        steps: [1, 5, 10, 25, 50, 100]
        bake: 5m
        min_requests: 300
        sticky: connection
        slo: checkout-availability
        rollback: { burn: 14.4 over 1m and 5m, worse_than_stable: { alpha: 0.01, tolerate: 2 }, connections: drain 30s then reset }
"#,
    );
    assert_eq!(intents.inbound.len(), 5);
    assert_eq!(intents.otherwise, Some(Fate::Reject));
    assert!(matches!(intents.inbound[4].want, Want::Forward { masquerade: false, port: Some(5432), .. }));
    let limit = intents.inbound[2].limit.unwrap();
    assert!(limit.per_source && limit.rate.count == 50 && limit.burst == 50);
    assert!(intents.lists[1].file.as_ref().unwrap().keeps_last);
    let rollout = intents.services[0].rollout.as_ref().unwrap();
    assert_eq!((rollout.steps[0], rollout.bake_seconds, rollout.sticky), (100, 300, Sticky::Connection));
    assert_eq!(rollout.rollback.burn.unwrap().factor_thousandths, 14_400);
    assert_eq!((rollout.rollback.drain_seconds, rollout.rollback.reset), (30, true));
}

#[test]
fn a_bare_port_is_tcp_and_a_name_is_what_the_list_says() {
    let intents = intents(
        "traffic: { otherwise: deny, inbound: [ allow: [23, 53/udp, ssh, ntp, domain, 7-9/sctp, icmp, vrrp] ] }",
    );
    let Want::Allow(ports) = &intents.inbound[0].want else { panic!() };
    let texts: Vec<String> = ports.iter().map(Ports::text).collect();
    assert_eq!(texts, ["23", "53/udp", "22", "123/udp", "53", "7-9/sctp", "icmp", "vrrp"]);
}

#[test]
fn an_empty_file_governs_nothing() {
    let intents = intents("traffic: {}");
    assert!(effective(&intents, None).is_empty());
}

#[test]
fn one_redirect_becomes_all_it_needs_in_the_order_a_packet_meets_it() {
    let intents =
        intents("traffic: { otherwise: deny, inbound: [ redirect: 80 -> 8080, { allow: ssh, from: 10.0.0.0/8 } ] }");
    let rules = effective(&intents, Some(Session { client: "192.0.2.9".parse().unwrap(), port: 22 }));
    let lines: Vec<String> = rules.iter().map(|rule| format!("{:?} {}", rule.stage, rule.id)).collect();
    assert_eq!(
        lines,
        [
            "Prerouting inbound/1",
            "LocalOutput inbound/1",
            "Input built-in/loopback",
            "Input built-in/established",
            "Input management/session",
            "Input built-in/icmp-errors",
            "Input built-in/icmp-errors",
            "Input built-in/echo",
            "Input built-in/echo",
            "Input built-in/neighbour-discovery",
            "Input built-in/dhcp",
            "Input built-in/dhcp",
            "Input inbound/1",
            "Input inbound/2",
            "Input otherwise",
        ]
    );
}

#[test]
fn ports_cover_what_they_hold() {
    let tcp = |first, last| Ports { protocol: Some(Protocol::TCP), range: PortRange { first, last } };
    assert!(Ports::ALL.covers(&tcp(1, 2)) && tcp(1, 9).covers(&tcp(2, 3)));
    assert!(!tcp(1, 9).covers(&Ports::ALL) && !tcp(1, 9).covers(&tcp(9, 10)));
}
