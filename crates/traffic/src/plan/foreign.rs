//! Tables of others: whether they are as they were, and where they decide beside ours.

use std::collections::BTreeSet;

use super::Digest;
use crate::iptables::Match;
use crate::net::Family;
use crate::nft::keys::Base;
use crate::nft::{Expr, LiveChain, LiveTable, Policy, Snapshot, Table, TableId, Verdict};
use crate::simulate::match_of;

/// Ports of others that are tried.
const PORTS_OF_OTHERS_MAX: usize = 64;

/// A chain of another that the kernel calls on the way of our packets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decider {
    /// Who keeps such a table, as far as its names tell: `docker`.
    pub tool: Option<String>,
    /// Family and name of its table: `ip filter`.
    pub table: String,
    /// Its name.
    pub chain: String,
    /// Where on a packet's way: `input`.
    pub hook: String,
    /// When there, lowest first.
    pub priority: i32,
    /// Whether something of its table drops, rejects, or does what is not modelled. What passes ours may then still end.
    pub may_drop: bool,
    /// Whether something of it translates; before ours, our rules meet the translated packet.
    pub translates: bool,
}

/// Of everything that tables of others hold, without what packets change: counts, and sets that rules fill or whose
/// elements go by themselves.
#[must_use]
pub fn foreign_digest(snapshot: &Snapshot) -> Digest {
    let mut tables: Vec<Table> = foreign(snapshot).map(LiveTable::table).collect();
    tables.sort_by(|one, other| one.id.cmp(&other.id));
    for set in tables.iter_mut().flat_map(|table| &mut table.sets) {
        if set.head.dynamic || set.head.timeout_ms.is_some() {
            set.elements.clear();
        }
    }
    Digest::of_shown(&tables)
}

/// Chains of others that decide, in the order of hooks and priorities.
#[must_use]
pub fn deciders(snapshot: &Snapshot) -> Vec<Decider> {
    let mut found: Vec<Decider> =
        foreign(snapshot).flat_map(|table| table.chains.iter().filter_map(|chain| decider(table, chain))).collect();
    found.sort_by(|one, other| (&one.hook, one.priority).cmp(&(&other.hook, other.priority)));
    found
}

fn foreign(snapshot: &Snapshot) -> impl Iterator<Item = &LiveTable> {
    snapshot.tables.iter().filter(|table| table.id != TableId::nines())
}

/// Ports of receivers that rules of others compare with, one at a time; so many at most that other edges find room.
#[must_use]
pub fn ports_asked(snapshot: &Snapshot) -> BTreeSet<u16> {
    let rules = foreign(snapshot).flat_map(|table| &table.chains).flat_map(|chain| &chain.rules);
    let asked = rules.flat_map(|live| {
        let exprs = &live.rule.exprs;
        let compared = exprs.iter().zip(exprs.iter().skip(1)).filter_map(|pair| match pair {
            (Expr::Payload { base: Base::Transport, offset: 2, len: 2, .. }, Expr::Cmp { value, .. }) => {
                value.bytes().first_chunk().map(|bytes| u16::from_be_bytes(*bytes))
            }
            _ => None,
        });
        compared.chain(exprs.iter().filter_map(port_of_xtables))
    });
    asked.take(PORTS_OF_OTHERS_MAX).collect()
}

/// The port that a match of the iptables over nf_tables asks for.
fn port_of_xtables(expr: &Expr) -> Option<u16> {
    let Expr::Xtables { target: false, name, revision, settings } = expr else { return None };
    // Ports mean the same in both families.
    let ports = match match_of(name, *revision, settings, Family::V4)? {
        Match::Tcp(tcp) => tcp.ports,
        Match::Udp(ports) => ports,
        _ => return None,
    };
    ports.destination.map(|ports| ports.value.first)
}

fn decider(table: &LiveTable, chain: &LiveChain) -> Option<Decider> {
    let base = chain.base?;
    // Chains that it calls are of the same table.
    let exprs = || table.chains.iter().flat_map(|chain| &chain.rules).flat_map(|live| &live.rule.exprs);
    let found = Decider {
        tool: tool(table).map(str::to_owned),
        table: format!("{} {}", table.id.family.word(), table.id.name),
        chain: chain.name.to_string(),
        hook: base.hook.word().to_owned(),
        priority: base.priority,
        may_drop: base.policy == Policy::Drop || exprs().any(drops),
        translates: exprs().any(translates),
    };
    (found.may_drop || found.translates).then_some(found)
}

/// Beginnings of the names that tools give to their chains.
const CHAINS_OF_TOOLS: [(&str, &str); 8] = [
    ("DOCKER", "docker"),
    ("ufw-", "ufw"),
    ("ufw6-", "ufw"),
    ("NETAVARK", "podman"),
    ("CNI-", "cni"),
    ("KUBE-", "kube-proxy"),
    ("LIBVIRT_", "libvirt"),
    ("f2b-", "fail2ban"),
];

/// Names of the tables that tools keep.
const TABLES_OF_TOOLS: [(&str, &str); 4] =
    [("firewalld", "firewalld"), ("netavark", "podman"), ("libvirt_network", "libvirt"), ("f2b-table", "fail2ban")];

fn tool(table: &LiveTable) -> Option<&'static str> {
    let by_table = TABLES_OF_TOOLS.iter().find(|(name, _)| table.id.name.as_str() == *name);
    let by_chain = || {
        let begins = |start: &str| table.chains.iter().any(|chain| chain.name.as_str().starts_with(start));
        CHAINS_OF_TOOLS.iter().find(|(start, _)| begins(start))
    };
    by_table.or_else(by_chain).map(|(_, tool)| *tool)
}

fn drops(expr: &Expr) -> bool {
    match expr {
        Expr::Verdict(Verdict::Drop) | Expr::Reject(_) | Expr::LookupVerdict { .. } | Expr::Unknown { .. } => true,
        Expr::Xtables { target, name, .. } => *target && matches!(name.as_str(), "DROP" | "REJECT"),
        _ => false,
    }
}

fn translates(expr: &Expr) -> bool {
    match expr {
        Expr::Nat { .. } | Expr::Redirect { .. } | Expr::Masquerade { .. } => true,
        Expr::Xtables { target, name, .. } => {
            *target && matches!(name.as_str(), "DNAT" | "SNAT" | "REDIRECT" | "MASQUERADE" | "NETMAP")
        }
        _ => false,
    }
}
