//! Tables of others: whether they are as they were, and where they decide beside ours.

use super::Digest;
use crate::nft::{Expr, LiveChain, LiveTable, Policy, Snapshot, Table, TableId, Verdict};

/// A chain of another that the kernel calls on the way of our packets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decider {
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

fn decider(table: &LiveTable, chain: &LiveChain) -> Option<Decider> {
    let base = chain.base?;
    // Chains that it calls are of the same table.
    let exprs = || table.chains.iter().flat_map(|chain| &chain.rules).flat_map(|live| &live.rule.exprs);
    let found = Decider {
        table: format!("{} {}", table.id.family.word(), table.id.name),
        chain: chain.name.to_string(),
        hook: base.hook.word().to_owned(),
        priority: base.priority,
        may_drop: base.policy == Policy::Drop || exprs().any(drops),
        translates: exprs().any(translates),
    };
    (found.may_drop || found.translates).then_some(found)
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
