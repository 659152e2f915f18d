//! What becomes of packets: by all that the kernel holds, and as the kernel takes them.

use std::io::Write;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use nines_netd::protocol::frame;
use nines_netd::{Answer, Request, Trace};
use nines_traffic::net::Protocol;
use nines_traffic::simulate::read_packet;
use serde_json::Value;

use crate::harness::{nft, tool};
use crate::netd::{FIRST, Folder, Netd, SECOND, apply_of, holds, within};

const BOOT: &str = "boot-1";
const SOON: Duration = Duration::from_secs(1);
const DENIED: &str = r#"{"in":"lo","proto":"tcp","src":"127.0.0.1:50000","dst":"127.0.0.1:7001"}"#;

fn explain(netd: &Netd, packet: &str) -> Value {
    match netd.ask(Request::Explain(Box::new(read_packet(1, packet).unwrap()))) {
        Ok(Answer::Explained(text)) => serde_json::from_str(&text).unwrap(),
        other => panic!("no answer but {other:?}"),
    }
}

/// A port that another table hands on before our rules see it is never told as denied.
pub fn explained() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    let outside = DENIED.replace("\"lo\"", "\"eth0\"").replace("127.0.0.1", "192.0.2.1");
    assert_eq!(explain(&netd, &outside)["rule"], "policy", "there are no rules");
    netd.apply(FIRST, None);
    let denied = explain(&netd, &outside);
    assert_eq!((&denied["verdict"], &denied["rule"]), (&"drop".into(), &"inbound/1".into()));
    nft("table ip nat { chain PREROUTING { type nat hook prerouting priority dstnat;\n \
         fib daddr type local tcp dport 7001 dnat to 172.17.0.2:80; }\n }\n");
    let past = explain(&netd, &outside);
    assert_eq!((&past["verdict"], &past["to"]), (&"accept".into(), &"172.17.0.2:80".into()));
    assert_eq!(past["path"][0], "ip nat/PREROUTING/1");
}

/// The kernel's tables of iptables-legacy are not looked at, and that is said.
pub fn beside_legacy() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    let lock = format!("XTABLES_LOCKFILE={}", folder.path().join("lock").display());
    tool("env", &[&lock, "iptables-legacy", "-A", "INPUT", "-p", "udp", "--dport", "9", "-j", "ACCEPT"]);
    let answer = explain(&netd, DENIED);
    assert_eq!((&answer["verdict"], &answer["missing"][0]), (&"unknown".into(), &"iptables-legacy".into()));
}

/// To a port that is denied, for so long.
fn trace(seconds: u32) -> Request {
    let host = [127, 0, 0, 1].into();
    Request::Trace(Trace { source: host, destination: host, protocol: Protocol::TCP, port: Some(7001), seconds })
}

/// Chains of our table as the kernel's own tool lists them; none where there is no table.
fn listed() -> Option<String> {
    let listed = std::process::Command::new("nft").args(["list", "table", "inet", "nines"]).output().unwrap();
    listed.status.success().then(|| String::from_utf8(listed.stdout).unwrap())
}

fn is_traced() -> bool {
    listed().is_some_and(|table| table.contains("nftrace set 1"))
}

fn knock() {
    let denied = "127.0.0.1:7001".parse().unwrap();
    assert!(std::net::TcpStream::connect_timeout(&denied, Duration::from_millis(200)).is_err());
}

pub fn traced() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    netd.apply(FIRST, None);
    nft("table ip theirs { chain in { type filter hook input priority 10; tcp dport 7001 drop; }\n }\n");
    let plan = netd.plan(SECOND, None);
    let told = std::thread::scope(|scope| {
        let asked = scope.spawn(|| netd.ask(trace(2)));
        within(SOON, is_traced).expect("the kernel traces");
        let start = Instant::now();
        let status = netd.status();
        assert!(start.elapsed() < Duration::from_millis(500), "{:?} while packets are traced", start.elapsed());
        assert_eq!(status["drift"], serde_json::json!([]), "it is no drift");
        assert!(!status.to_string().contains("trace"), "and no rule of anybody: {status}");
        assert!(netd.ask(trace(1)).is_err(), "one at a time");
        knock();
        asked.join().unwrap()
    });
    let Ok(Answer::Traced(told)) = told else { panic!("no trace but {told:?}") };
    let told: Value = serde_json::from_str(&told).unwrap();
    let denied = told["packets"].as_array().unwrap().iter().find(|packet| packet["in"] == "lo").expect("it came");
    assert_eq!((&denied["verdict"], &denied["rule"]), (&"drop".into(), &"ip theirs/in/1".into()), "{told}");
    let said = explain(&netd, DENIED);
    assert_eq!(
        (&denied["verdict"], &denied["rule"], &denied["path"]),
        (&said["verdict"], &said["rule"], &said["path"])
    );
    assert!(!is_traced());
    assert!(holds(1));
    netd.ask(Request::Apply(Box::new(apply_of(plan, None)))).expect("a trace between is no change");
    assert!(holds(2));
}

/// Whatever ends it, nothing of it stays.
pub fn trace_cut_short() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    let ask = |netd: &Netd| {
        let mut stream = UnixStream::connect(netd.socket()).unwrap();
        stream.write_all(&frame(&trace(60).write())).unwrap();
        within(SOON, is_traced).expect("the kernel traces");
        stream
    };
    drop(ask(&netd));
    within(SOON, || listed().is_none()).expect("nobody waits for it, and there was no table before");
    let stream = ask(&netd);
    netd.kill();
    assert!(is_traced(), "nobody is there to take it away");
    drop(stream);
    let netd = Netd::start(&folder, BOOT);
    assert_eq!(listed(), None);
    netd.apply(FIRST, None);
    let stream = ask(&netd);
    netd.kill();
    drop(stream);
    let netd = Netd::start(&folder, BOOT);
    assert!(!is_traced() && holds(1));
    let _stream = ask(&netd);
    let pid = netd.child.id().to_string();
    tool("kill", &["-TERM", &pid]);
    within(SOON, || !is_traced()).expect("taken away as it ends");
    assert!(holds(1));
}

/// As people write it: sets without a name, maps of verdicts, ranges, concatenations, marks, called chains.
const BY_HAND: &str = "\
table inet filter {
  set office { type ipv4_addr; flags interval; elements = { 10.0.0.0/8, 192.0.2.16-192.0.2.31 }; }
  set doors { type ipv4_addr . inet_service; elements = { 192.0.2.9 . 8443 }; }
  chain web { meta mark set 0x10; ip saddr 10.66.0.0/16 reject; accept; }
  chain input {
    type filter hook input priority filter; policy drop;
    ct state vmap { established : accept, related : accept, invalid : drop }
    iif lo accept
    meta l4proto { icmp, ipv6-icmp } limit rate 10/second accept
    tcp dport { 80, 443, 8000-8010 } jump web
    tcp dport 22 ip saddr @office accept
    ip saddr . tcp dport @doors accept
    tcp flags & (fin | syn | rst | ack) == fin counter drop
    udp dport vmap { 53 : accept, 5353 : drop }
    ip6 saddr fd00::/8 tcp dport != 1-1023 accept
  }
}
table ip nat {
  chain pre { type nat hook prerouting priority dstnat; tcp dport 8001 redirect to :80; }
  chain post { type nat hook postrouting priority srcnat; oifname != \"lo\" masquerade; }
}
";

/// Source, destination, protocol and what is said of it.
const SAID_BY_HAND: &[(&str, &str, &str, &str, &str)] = &[
    ("192.0.2.9:5", "192.0.2.1:443", "tcp", "accept", "inet filter/web/3"),
    ("10.66.1.1:5", "192.0.2.1:8010", "tcp", "reject", "inet filter/web/2"),
    ("192.0.2.9:5", "192.0.2.1:8001", "tcp", "accept", "inet filter/web/3"),
    ("192.0.2.9:5", "192.0.2.1:8011", "tcp", "drop", "inet filter/input/policy"),
    ("192.0.2.20:5", "192.0.2.1:22", "tcp", "accept", "inet filter/input/5"),
    ("192.0.2.9:5", "192.0.2.1:22", "tcp", "drop", "inet filter/input/policy"),
    ("192.0.2.9:5", "192.0.2.1:8443", "tcp", "accept", "inet filter/input/6"),
    ("192.0.2.9:5", "192.0.2.1:53", "udp", "accept", "inet filter/input/8"),
    ("192.0.2.9:5", "192.0.2.1:5353", "udp", "drop", "inet filter/input/8"),
    ("[fd00::9]:5", "[2001:db8::1]:5000", "tcp", "accept", "inet filter/input/9"),
    ("[fd00::9]:5", "[2001:db8::1]:500", "tcp", "drop", "inet filter/input/policy"),
];

pub fn written_by_hand() {
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    nft(BY_HAND);
    for (source, destination, protocol, verdict, rule) in SAID_BY_HAND {
        let packet = format!(r#"{{"in":"eth0","proto":"{protocol}","src":"{source}","dst":"{destination}"}}"#);
        let said = explain(&netd, &packet);
        assert_eq!(
            (said["verdict"].as_str(), said["rule"].as_str()),
            (Some(*verdict), Some(*rule)),
            "{packet}: {said}"
        );
    }
    let ping = r#"{"in":"eth0","proto":"icmp","src":"192.0.2.9","dst":"192.0.2.1","icmp":"echo-request"}"#;
    assert_eq!(explain(&netd, ping)["rule"], "inet filter/input/3");
    let known = r#"{"in":"eth0","proto":"tcp","src":"192.0.2.9:5","dst":"192.0.2.1:9","ct":"established"}"#;
    assert_eq!(explain(&netd, known)["rule"], "inet filter/input/1");
}
