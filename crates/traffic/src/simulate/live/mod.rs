//! What a packet meets in all that the kernel holds: every table, ours and others', chain by chain in the kernel's order.
//!
//! The expressions of nf_tables are stepped through over registers of which perhaps only some bits are known. Rules of ours
//! go by the ids of their intents, others as `FAMILY TABLE/CHAIN/N`.
//!
//! Knows neither routes nor sockets: what hangs on them is `unknown`, unless the packet tells.
//!
//! # Invariants
//! - SIM-1: a walk ends: chains that lead back to themselves are left after [`ENTERED_MAX`] calls.
//! - SIM-2: an answer other than `unknown` is the same whatever the unknown rules on the way would say.

mod cells;
mod headers;
mod load;
mod lookup;
mod rule;
mod translate;
mod xtables;

pub(crate) use xtables::match_of;

#[cfg(test)]
mod tests;

use super::answer::{Answer, Verdict};
use super::flow::Flow;
use super::packet::{Packet, State};
use super::walk::ENTERED_MAX;
use super::ways::{Run, over_all_ways};
use crate::iptables;
use crate::iptables::matches::AddrType;
use crate::net::{Family, Net};
use crate::nft::table::priority;
use crate::nft::{self, BaseChain, ChainKind, Expr, Hook, LiveChain, LiveTable, Name, Policy, Snapshot, TableId};
use core::net::IpAddr;
use rule::{End, meet};
use std::collections::BTreeSet;

/// Where conntrack looks at a packet that comes, or is sent (`NF_IP_PRI_CONNTRACK`): rules before it know no connection.
const CONNTRACK: i32 = -200;

/// What is told of the host beside its rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostFacts {
    /// Numbers of interfaces by name, of all or of none; rules may ask for numbers.
    pub interfaces: Vec<(String, u32)>,
    /// Its own addresses, by which a translated packet stays or leaves; none where they are not told.
    pub addresses: Option<Vec<Net>>,
}

/// The tables of a moment, made ready for packets.
#[derive(Debug)]
pub struct Tables<'s> {
    /// Base chains in the kernel's order.
    bases: Vec<Base<'s>>,
    host: &'s HostFacts,
}

/// A chain that the kernel calls.
#[derive(Debug)]
struct Base<'s> {
    table: &'s LiveTable,
    chain: &'s LiveChain,
    base: BaseChain,
}

/// Where a packet is.
pub(super) struct Here<'s> {
    family: Family,
    hook: Hook,
    /// Whether it is known by which interface it leaves.
    is_output_told: bool,
    host: &'s HostFacts,
    /// The rule that it meets.
    rule: String,
}

/// A packet on its way, on one walk.
pub(super) struct Walk<'r, 'w, 'p> {
    flow: Flow<'p>,
    run: &'r mut Run<'w>,
    here: Here<'p>,
}

/// What a base chain came to.
enum Came {
    /// A rule or the policy did, by this name.
    Decided(String, Verdict),
    /// The packet is another now, and goes on.
    Translated,
    /// It goes on as it is.
    Passed,
    /// What becomes of it is not modelled.
    Beyond,
}

impl<'s> Tables<'s> {
    /// Of a snapshot, on a host.
    #[must_use]
    pub fn new(snapshot: &'s Snapshot, host: &'s HostFacts) -> Tables<'s> {
        let of_table = |table: &'s LiveTable| {
            let base = move |chain: &'s LiveChain| Some(Base { table, chain, base: chain.base? });
            table.chains.iter().filter_map(base)
        };
        let awake = snapshot.tables.iter().filter(|table| !table.flags.dormant);
        let mut bases: Vec<Base<'s>> = awake.flat_map(of_table).collect();
        bases.sort_by_key(|base| place(base.base));
        Tables { bases, host }
    }

    /// What becomes of a packet.
    #[must_use]
    pub fn answer(&self, packet: &Packet) -> Answer {
        let Some(family) = packet.family() else {
            return Answer::unknown(BTreeSet::from(["src".to_owned()]), Vec::new());
        };
        over_all_ways(|run| self.one_way(packet, family, run))
    }

    /// Whether of every rule on the way it is known whether it matches, so that the path of an answer is all of it.
    #[must_use]
    pub fn knows_path(&self, packet: &Packet) -> bool {
        let mut run = Run::default();
        packet.family().is_some_and(|family| {
            self.one_way(packet, family, &mut run);
            run.knows_path()
        })
    }

    fn one_way(&self, packet: &Packet, family: Family, run: &mut Run<'_>) -> Answer {
        let here = Here { family, hook: Hook::Prerouting, is_output_told: true, host: self.host, rule: String::new() };
        self.walk(packet, &mut Walk { flow: Flow::of(packet), run, here })
    }

    fn walk<'p>(&self, packet: &'p Packet, walk: &mut Walk<'_, '_, 'p>) -> Answer {
        let mut rule = "policy".to_owned();
        let mut way = hooks(packet);
        way.reverse();
        while let Some(hook) = way.pop() {
            walk.enter(packet, hook);
            let mut is_translated = false;
            for base in self.at(hook, walk.here.family) {
                // Translation is chosen once at a hook, by the first packet of a connection.
                if base.base.kind == ChainKind::Nat && (is_translated || walk.flow.state != State::New) {
                    continue;
                }
                walk.flow.is_before_conntrack = is_before_conntrack(base.base);
                match base.meet(walk) {
                    Came::Decided(decider, Verdict::Accept) if decides(base.base) => rule = decider,
                    Came::Decided(decider, verdict @ (Verdict::Drop | Verdict::Reject)) => {
                        return walk.flow.answer(verdict, Some(decider));
                    }
                    Came::Beyond => return walk.flow.answer(Verdict::Unknown, None),
                    Came::Translated => is_translated = true,
                    Came::Decided(..) | Came::Passed => {}
                }
            }
            if let Some(other) = walk.routed_anew(packet, hook) {
                way = other;
            }
        }
        walk.flow.answer(Verdict::Accept, Some(rule))
    }

    /// Chains at a hook that see packets of a family.
    fn at(&self, hook: Hook, family: Family) -> impl Iterator<Item = &Base<'s>> {
        let sees = move |table: &TableId| match table.family {
            nft::Family::Inet | nft::Family::Netdev => true,
            nft::Family::Ip => family == Family::V4,
            nft::Family::Ip6 => family == Family::V6,
            nft::Family::Arp | nft::Family::Bridge => false,
        };
        self.bases.iter().filter(move |base| base.base.hook == hook && sees(&base.table.id))
    }
}

impl Base<'_> {
    /// Walks the chain and those that it calls.
    fn meet(&self, walk: &mut Walk<'_, '_, '_>) -> Came {
        let is_of_device = matches!(self.base.hook, Hook::Ingress | Hook::Egress);
        // Such a chain is of some devices alone, and which they are is not told.
        if is_of_device && !walk.run.choose(BTreeSet::from([format!("devices of {}", self.name())])) {
            return Came::Passed;
        }
        let mut n_entered = 0;
        let mut stack: Vec<(&LiveChain, usize)> = vec![(self.chain, 0)];
        while let Some((chain, at)) = stack.pop() {
            let Some(live) = chain.rules.get(at) else { continue };
            walk.here.rule = rule_name(self.table, chain, at, &live.rule);
            let end = meet(self.table, &live.rule, walk);
            if !matches!(end, End::NotMet) {
                walk.note();
            }
            let decided = |verdict| Came::Decided(walk.here.rule.clone(), verdict);
            let verdict = match end {
                End::NotMet | End::Met => nft::Verdict::Continue,
                End::Goes(verdict) => verdict,
                End::Rejected => return decided(Verdict::Reject),
                End::Translated => return Came::Translated,
                End::Beyond(wants) => {
                    walk.run.lack(wants);
                    return Came::Beyond;
                }
            };
            let called = match verdict {
                nft::Verdict::Accept => return decided(Verdict::Accept),
                nft::Verdict::Drop => return decided(Verdict::Drop),
                nft::Verdict::Return => continue,
                nft::Verdict::Goto(name) => Some(name),
                nft::Verdict::Continue => {
                    stack.push((chain, at + 1));
                    None
                }
                nft::Verdict::Jump(name) => {
                    stack.push((chain, at + 1));
                    Some(name)
                }
            };
            let Some(name) = called else { continue };
            n_entered += 1;
            // SIM-1.
            if n_entered >= ENTERED_MAX {
                walk.run.lack(BTreeSet::from(["chains without an end".to_owned()]));
                return Came::Beyond;
            }
            stack.extend(self.chain_of(&name).map(|chain| (chain, 0)));
        }
        match self.base.policy {
            Policy::Accept => Came::Passed,
            Policy::Drop => Came::Decided(format!("{}/policy", self.name()), Verdict::Drop),
        }
    }

    fn chain_of(&self, name: &Name) -> Option<&LiveChain> {
        self.table.chains.iter().find(|chain| chain.name == *name)
    }

    fn name(&self) -> String {
        chain_name(self.table, self.chain)
    }
}

impl<'p> Walk<'_, '_, 'p> {
    /// Interfaces as rules at a hook see them.
    fn enter(&mut self, packet: &'p Packet, hook: Hook) {
        if hook == Hook::Forward {
            // A host that passes a packet on takes a hop before it asks.
            self.flow.ttl = self.flow.ttl.map(|ttl| ttl.saturating_sub(1));
        }
        let name = |interface: &'p Option<String>| interface.as_deref().unwrap_or_default();
        self.flow.input = name(&packet.input);
        self.flow.output = match hook {
            Hook::Prerouting | Hook::Input | Hook::Ingress => "",
            // Sent to another host, and redirected to this one.
            Hook::Postrouting if packet.input.is_none() && self.flow.is_redirected => "lo",
            _ => name(&packet.output),
        };
        self.here.hook = hook;
        let leaves = matches!(hook, Hook::Forward | Hook::Postrouting | Hook::Egress);
        self.here.is_output_told = !leaves || !self.flow.output.is_empty();
    }

    /// The hooks that are left where a translation changed the way: what is to this host stays, all else leaves.
    fn routed_anew(&mut self, packet: &Packet, hook: Hook) -> Option<Vec<Hook>> {
        let now = self.flow.destination.address.map(|range| range.first);
        let is_changed =
            self.flow.is_redirected || self.flow.is_dnat && now != packet.destination.map(|end| end.address);
        if hook != Hook::Prerouting || !is_changed {
            return None;
        }
        let is_here = self.flow.is_redirected || self.is_own(now);
        let kind = if is_here { "LOCAL" } else { "UNICAST" };
        self.flow.destination_type = AddrType::bit(kind);
        Some(if is_here { vec![Hook::Input] } else { vec![Hook::Egress, Hook::Postrouting, Hook::Forward] })
    }

    /// Whether an address is one of this host's.
    fn is_own(&mut self, address: Option<IpAddr>) -> bool {
        let Some(address) = address else { return false };
        match &self.here.host.addresses {
            _ if address.is_loopback() => true,
            Some(own) => own.iter().any(|net| net.contains(address)),
            None => self.run.choose(BTreeSet::from([format!("whether {address} is this host's")])),
        }
    }

    /// The rule at hand matched. A rule of several parts is one to whoever reads the path.
    fn note(&mut self) {
        if self.run.path.last() != Some(&self.here.rule) {
            self.run.path.push(self.here.rule.clone());
        }
    }
}

impl Here<'_> {
    /// The hook by the name that iptables has for it.
    fn iptables_hook(&self) -> iptables::Hook {
        match self.hook {
            Hook::Prerouting | Hook::Ingress => iptables::Hook::Prerouting,
            Hook::Input => iptables::Hook::Input,
            Hook::Forward => iptables::Hook::Forward,
            Hook::Output => iptables::Hook::Output,
            Hook::Postrouting | Hook::Egress => iptables::Hook::Postrouting,
        }
    }

    /// An expression that has no model, with its place.
    fn name_of(&self, expr: &Expr) -> String {
        let name = match expr {
            Expr::Xtables { name, .. } | Expr::Unknown { name, .. } => name.as_str(),
            Expr::Tproxy { .. } => "tproxy",
            _ => "a rule",
        };
        format!("{name} in {}", self.rule)
    }
}

fn chain_name(table: &LiveTable, chain: &LiveChain) -> String {
    format!("{} {}/{}", table.id.family.word(), table.id.name, chain.name)
}

/// `inbound/1` of ours, whichever part of it; `ip nat/DOCKER/2` of others.
#[must_use]
pub fn rule_name(table: &LiveTable, chain: &LiveChain, at: usize, rule: &nft::Rule) -> String {
    match &rule.id {
        Some(id) if table.id == TableId::nines() => id.as_str().split('#').next().unwrap_or_default().to_owned(),
        _ => format!("{}/{}", chain_name(table, chain), at + 1),
    }
}

/// When a chain is asked at its hook. All of NAT are asked where the kernel translates, in their own order.
fn place(base: BaseChain) -> (i32, i32) {
    let at = match (base.kind, base.hook) {
        (ChainKind::Nat, Hook::Prerouting | Hook::Output) => priority::DSTNAT,
        (ChainKind::Nat, _) => priority::SRCNAT,
        _ => base.priority,
    };
    (at, base.priority)
}

fn is_before_conntrack(base: BaseChain) -> bool {
    match base.hook {
        Hook::Ingress => true,
        Hook::Prerouting | Hook::Output => place(base).0 < CONNTRACK,
        _ => false,
    }
}

/// Whether an acceptance in a chain is what a packet was let on by: chains before translation mark and
/// exempt, those of SELinux label.
fn decides(base: BaseChain) -> bool {
    let is_filter = base.kind == ChainKind::Filter;
    let is_filter = is_filter && (priority::DSTNAT + 1..priority::SECURITY).contains(&base.priority);
    is_filter && matches!(base.hook, Hook::Input | Hook::Forward | Hook::Output)
}

/// Hooks in the kernel's order, by where the packet comes from and goes.
fn hooks(packet: &Packet) -> Vec<Hook> {
    match (packet.input.is_some(), packet.output.is_some()) {
        (true, false) => vec![Hook::Ingress, Hook::Prerouting, Hook::Input],
        (true, true) => vec![Hook::Ingress, Hook::Prerouting, Hook::Forward, Hook::Postrouting, Hook::Egress],
        _ => vec![Hook::Output, Hook::Postrouting, Hook::Egress],
    }
}
