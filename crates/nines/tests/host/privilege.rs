//! What netd and the server may do.

use crate::netd::{Netd, Server};

/// `CAP_NET_ADMIN` as a bit of a set of capabilities.
const NET_ADMIN: u64 = 1 << 12;

/// A line of a process's status, its first word.
fn told(pid: u32, line: &str) -> String {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("it runs");
    let found = status.lines().find_map(|text| text.strip_prefix(line)).unwrap_or_default();
    found.split_whitespace().next().unwrap_or_default().to_owned()
}

fn capabilities(pid: u32, set: &str) -> u64 {
    u64::from_str_radix(&told(pid, set), 16).expect("a set")
}

pub fn held() {
    let netd = Netd::start();
    let pid = netd.child.id();
    assert_eq!((capabilities(pid, "CapEff:"), capabilities(pid, "CapPrm:")), (NET_ADMIN, NET_ADMIN));
    assert_eq!((capabilities(pid, "CapInh:"), capabilities(pid, "CapAmb:")), (0, 0));
    assert_eq!((told(pid, "NoNewPrivs:").as_str(), told(pid, "Seccomp:").as_str()), ("1", "2"));
    // In a user namespace of one user there is nobody else to be.
    if std::fs::read_to_string("/proc/self/uid_map").is_ok_and(|map| map.contains("4294967295")) {
        assert_ne!(told(pid, "Uid:"), "0", "started as root, it is somebody else");
    }
    let data = tempfile::tempdir().expect("a folder");
    let server = Server::start(data.path(), &netd.socket());
    let sets = ["CapEff:", "CapPrm:", "CapInh:", "CapAmb:"].map(|set| capabilities(server.child.id(), set));
    assert_eq!(sets, [0; 4], "the server");
}
