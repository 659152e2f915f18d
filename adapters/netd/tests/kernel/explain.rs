//! What becomes of packets: by all that the kernel holds, and as the kernel takes them.

use nines_netd::{Answer, Request};
use nines_traffic::simulate::read_packet;
use serde_json::Value;

use crate::harness::{nft, tool};
use crate::netd::{FIRST, Folder, Netd};

const BOOT: &str = "boot-1";
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
