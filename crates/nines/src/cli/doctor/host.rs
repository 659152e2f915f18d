//! What there is to say of this host's rules: what netd tells, what others do to ours, how full conntrack is, and whether
//! this kernel shows packets a state that is half applied.

use super::words::Said;
use super::{Looked, State};
use crate::cli::traffic::others;
use nines_netd::{Answer, Request, ask};
use nines_nft::{Connection, leak, scratch};
use serde_json::Value;
use std::path::Path;

/// Swaps of the self-test: a second or two.
const SWAPS: u32 = 1000;
/// From this share on a burst of connections may fill the table.
const CONNTRACK_FULL_PERCENT: u64 = 80;

pub(super) fn look(socket: &Path) -> Vec<Looked> {
    let mut looked = netd(socket);
    looked.extend(conntrack());
    // Last: for it the process may go into a user namespace of its own.
    looked.extend(kernel());
    looked
}

fn netd(socket: &Path) -> Vec<Looked> {
    let told = match ask(socket, &Request::Status) {
        Ok(Answer::Status(told)) => told,
        Ok(_) => return vec![Looked::new("netd", State::Wrong, &Said::NetdOther, &nines_netd::Hint::SameVersion)],
        Err(_) if !socket.exists() => {
            let socket = socket.display().to_string();
            return vec![Looked::new("netd", State::Unknown, &Said::NetdAbsent { socket }, &Said::NetdAbsentHint)];
        }
        Err(refusal) => return vec![Looked::new("netd", State::Wrong, &refusal.fact, &refusal.hint)],
    };
    let status: Value = serde_json::from_str(&told).unwrap_or_default();
    let mut looked = vec![Looked::well("netd", &Said::NetdRuns)];
    if let Some(id) = status["pending"]["id"].as_str() {
        let (fact, hint) = (Said::Waits { id: id.to_owned() }, Said::WaitsHint { id: id.to_owned() });
        looked.push(Looked::new("pending", State::Noteworthy, &fact, &hint));
    }
    if status["drift"].as_array().is_some_and(|drift| !drift.is_empty()) {
        looked.push(Looked::new("drift", State::Wrong, &Said::Drifted, &Said::DriftedHint));
    }
    looked.extend(of_others(&status));
    looked.extend(forwarding(&status));
    looked
}

/// Rules of others on the way of our packets.
fn of_others(status: &Value) -> Vec<Looked> {
    let foreign = status["foreign"].as_array().into_iter().flatten();
    let mut looked: Vec<Looked> = foreign
        .map(|decider| {
            let [en, ko] = others::line(decider);
            Looked::new("others", State::Noteworthy, &Said::AsTold { en, ko }, &Said::OthersHint)
        })
        .collect();
    let legacy: Vec<&str> = status["legacy"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if !legacy.is_empty() {
        let fact = Said::Legacy { tables: legacy.join(", ") };
        looked.push(Looked::new("iptables-legacy", State::Noteworthy, &fact, &Said::LegacyHint));
    }
    looked
}

/// Rules that take packets to other hosts, on a kernel that forwards none.
fn forwarding(status: &Value) -> Vec<Looked> {
    let rules = status["rules"].as_array().into_iter().flatten();
    let to = rules.filter_map(|rule| rule["text"].as_str()?.strip_prefix("forward: ")?.split(" -> ").nth(1));
    let (v6, v4): (Vec<&str>, Vec<&str>) = to.partition(|to| to.matches(':').count() > 1);
    [(v4, "net.ipv4.ip_forward"), (v6, "net.ipv6.conf.all.forwarding")]
        .into_iter()
        .filter(|(rules, setting)| !rules.is_empty() && !crate::host_traffic::is_on(setting))
        .map(|(_, setting)| {
            let (fact, hint) = (Said::NoForwarding, Said::NoForwardingHint { setting: setting.to_owned() });
            Looked::new("forwarding", State::Wrong, &fact, &hint)
        })
        .collect()
}

fn conntrack() -> Option<Looked> {
    let of = |name: &str| {
        let path = format!("/proc/sys/net/netfilter/nf_conntrack_{name}");
        std::fs::read_to_string(path).ok()?.trim().parse::<u64>().ok()
    };
    let (used, most) = (of("count")?, of("max")?);
    let is_full = used * 100 >= most.max(1) * CONNTRACK_FULL_PERCENT;
    Some(if is_full {
        Looked::new("conntrack", State::Wrong, &Said::ConntrackFull { used, most }, &Said::ConntrackFullHint)
    } else {
        Looked::well("conntrack", &Said::Conntrack { used, most })
    })
}

/// What this kernel can, tried in a network of its own.
fn kernel() -> Vec<Looked> {
    let unknown = |reason: String| {
        vec![Looked::new("nf_tables", State::Unknown, &Said::NotTried { reason }, &Said::NotTriedHint)]
    };
    if let Err(error) = scratch::may_have_namespaces() {
        return unknown(error.to_string());
    }
    let persists = scratch::in_namespace(|| Connection::open().and_then(|mut connection| connection.can_persist()));
    let persists = match persists.and_then(|persists| persists) {
        Ok(persists) => persists,
        Err(error) => return unknown(error.to_string()),
    };
    let owner = match persists {
        true => Looked::well("nf_tables", &Said::Persists),
        false => Looked::new("nf_tables", State::Noteworthy, &Said::NoOwner, &Said::NoOwnerHint),
    };
    vec![owner, leaks()]
}

fn leaks() -> Looked {
    match leak::swap_in_steps(SWAPS) {
        Ok(leak) if leak.n_missed == 0 => {
            Looked::well("leak", &Said::NoLeak { swaps: leak.n_swaps, packets: leak.n_packets })
        }
        Ok(leak) => {
            let fact = Said::Leaks { swaps: leak.n_swaps, packets: leak.n_packets, missed: leak.n_missed };
            Looked::new("leak", State::Wrong, &fact, &Said::LeaksHint)
        }
        Err(error) => {
            Looked::new("leak", State::Unknown, &Said::NotTried { reason: error.to_string() }, &Said::NotTriedHint)
        }
    }
}
