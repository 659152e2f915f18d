//! Packets traced by the kernel: two chains of ours that stand only meanwhile, asked before all others.
//!
//! # Invariants
//! - NTD-2: what stands only while packets are traced is no rule of anybody, no drift, and no change since a plan.

use std::os::fd::BorrowedFd;
use std::time::Duration;

use nines_nft::connection::following;
use nines_nft::{Error, Event, Topics, Trace};
use nines_traffic::nft::build::whole;
use nines_traffic::nft::expr::Per;
use nines_traffic::nft::{
    Action, BaseChain, Batch, ChainKind, Change, Data, Field, Hook, Limit, LiveTable, Match, Name, Place, Policy, Rule,
    RuleId, Snapshot, TableId,
};

use super::{Kernel, TRIES_MAX};
use crate::protocol;

/// Chains that mark packets for tracing: those that come, and those that are sent from here.
const CHAINS: [(Name, Hook); 2] =
    [(Name::fixed("trace-prerouting"), Hook::Prerouting), (Name::fixed("trace-output"), Hook::Output)];
/// Behind the joining of fragments, whose ports can be read only then, and before all others.
const PRIORITY: i32 = -399;
/// Packets of a second that are traced, so that a flood is not told step by step.
const PACKETS: Limit = Limit { rate: 20, per: Per::Second, burst: 20, bytes: false, over: false };
/// Generations of ours that are remembered: each trace begins two.
pub(super) const GENERATIONS_MAX: usize = 64;

/// Whether a chain is one of those.
#[must_use]
pub fn is_of_trace(table: &TableId, chain: &Name) -> bool {
    *table == TableId::nines() && CHAINS.iter().any(|(name, _)| name == chain)
}

/// Our table without them (NTD-2); none where it held nothing else.
pub(super) fn without_trace(mut table: LiveTable) -> Option<LiveTable> {
    let n_chains = table.chains.len();
    table.chains.retain(|chain| !is_of_trace(&table.id, &chain.name));
    let holds_nothing = table.chains.is_empty() && table.sets.is_empty() && table.objects.is_empty();
    (table.chains.len() == n_chains || !holds_nothing).then_some(table)
}

/// All tables without them.
pub(super) fn all_without_trace(snapshot: Snapshot) -> Snapshot {
    Snapshot { tables: snapshot.tables.into_iter().filter_map(without_trace).collect(), ..snapshot }
}

impl Kernel {
    /// What to wait for while packets are traced.
    #[must_use]
    pub fn traces(&self) -> BorrowedFd<'_> {
        use std::os::fd::AsFd;
        self.traces.as_fd()
    }

    /// Has the kernel tell the steps of such packets from now on.
    ///
    /// # Errors
    /// What the kernel refused.
    pub fn begin_trace(&mut self, trace: &protocol::Trace) -> Result<(), Error> {
        self.traces.listen(Topics { commits: false, traces: true })?;
        let mut changes = vec![Change::AddTable(self.flags())];
        for (name, hook) in CHAINS {
            let base = BaseChain { kind: ChainKind::Filter, hook, priority: PRIORITY, policy: Policy::Accept };
            changes.push(Change::AddChain(name.clone(), Some(base)));
            changes.push(Change::AddRule(name, Place::End, rule(trace)));
        }
        self.change_traces(|_| changes.clone())
    }

    /// Takes the chains away, where there are any.
    ///
    /// # Errors
    /// What the kernel refused.
    pub fn end_trace(&mut self) -> Result<(), Error> {
        self.traces.listen(Topics { commits: false, traces: false })?;
        self.change_traces(|live| match live {
            None => Vec::new(),
            Some(live) if without_trace(live.clone()).is_none() => vec![Change::DeleteTable],
            Some(live) => {
                let chains = live.chains.iter().map(|chain| &chain.name).filter(|name| is_of_trace(&live.id, name));
                chains.flat_map(|name| [Change::FlushChain(name.clone()), Change::DeleteChain(name.clone())]).collect()
            }
        })
    }

    /// Steps that were told since this was asked last.
    ///
    /// # Errors
    /// Where the kernel's messages cannot be read.
    pub fn steps_traced(&mut self) -> Result<Vec<Trace>, Error> {
        let mut steps = Vec::new();
        while let Some(event) = self.traces.next(Duration::ZERO)? {
            if let Event::Trace(step) = event {
                steps.push(step);
            }
        }
        Ok(steps)
    }

    /// Whether nothing but traces of ours lies (NTD-2) between two generations.
    #[must_use]
    pub fn is_same_ground(&self, since: u32, now: u32) -> bool {
        let mut at = now;
        while at != since {
            match self.traced.iter().rev().find(|(_, after)| *after == at) {
                Some((before, _)) => at = *before,
                None => return false,
            }
        }
        true
    }

    fn change_traces(&mut self, changes: impl Fn(Option<&LiveTable>) -> Vec<Change>) -> Result<(), Error> {
        let mut tries = 0;
        loop {
            let (now, live) = self.connection.table_outline(&TableId::nines())?;
            let batch = Batch { table: TableId::nines(), changes: changes(live.as_ref()) };
            if batch.changes.is_empty() {
                return Ok(());
            }
            tries += 1;
            match self.connection.apply(&batch, Some(now)) {
                Err(Error::Stale(_)) if tries < TRIES_MAX => {}
                Err(error) => return Err(error),
                Ok(()) => {
                    self.traced.push_back((now, following(now)));
                    self.stays_held(now, following(now));
                    if self.traced.len() > GENERATIONS_MAX {
                        self.traced.pop_front();
                    }
                    return Ok(());
                }
            }
        }
    }
}

/// The rule that marks such packets; the rate is asked last, of them alone.
fn rule(trace: &protocol::Trace) -> Rule {
    let ends = Rule::new(RuleId::fixed("trace"))
        .when(Match::from_net(trace.source, whole(trace.source)))
        .when(Match::to_net(trace.destination, whole(trace.destination)))
        .when(Match::protocol(trace.protocol.0));
    let port = trace.port.map(|port| Field::TH_DPORT.is(Data::port(port)));
    port.into_iter().fold(ends, Rule::when).when(Match::limit(PACKETS)).then(Action::trace())
}
