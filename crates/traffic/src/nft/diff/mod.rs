//! From what the kernel holds to what is wanted, in three transactions: sets first, rules second, garbage last.
//!
//! Packets can miss a set that comes into being in the transaction that also lets a rule ask it; so what is new is
//! filled while no rule knows of it. Sets that stay are changed element by element together with the rules, which
//! packets do not notice, and rules that stay keep their handles and what they counted.
//!
//! # Invariants
//! - NFT-1: the first transaction changes no packet's fate: it only makes what nothing refers to.

mod rules;
mod sets;

pub(crate) use sets::differences;

use std::collections::BTreeSet;

use super::change::{Batch, Change};
use super::live::{LiveChain, LiveTable};
use super::name::Name;
use super::table::{Chain, Table};

/// Three transactions; each may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps {
    /// Makes and fills what is new.
    pub fill: Batch,
    /// Switches rules, all at once.
    pub switch: Batch,
    /// Removes what no rule uses any more.
    pub clear: Batch,
}

impl Steps {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        [&self.fill, &self.switch, &self.clear].iter().all(|batch| batch.changes.is_empty())
    }
}

/// What cannot be changed in place: it needs another name, so that both can be there while rules are switched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// A set of this name holds other things.
    #[error("set {0} is there with another type: what is wanted needs another name")]
    Set(Name),
    /// An object of this name is another.
    #[error("object {0} is there with other settings: what is wanted needs another name")]
    Object(Name),
}

/// What leads from the table in the kernel, none where there is none, to the one that is wanted.
///
/// # Errors
/// [`Conflict`] where something would have to be two things at once.
pub fn diff(live: Option<&LiveTable>, wanted: &Table) -> Result<Steps, Conflict> {
    let nothing = LiveTable {
        id: wanted.id.clone(),
        flags: wanted.flags,
        owner: None,
        objects: Vec::new(),
        sets: Vec::new(),
        chains: Vec::new(),
    };
    let held = live.unwrap_or(&nothing);
    // NFT-1: nothing but `Add…` goes in here, and of chains only those that nothing calls yet.
    let mut fill = Vec::new();
    if live.is_none_or(|live| live.flags != wanted.flags) {
        fill.push(Change::AddTable(wanted.flags));
    }
    fill.extend(new_objects(held, wanted)?);
    let sets = sets::diff(held, wanted)?;
    fill.extend(sets.made);
    fill.extend(new_called_chains(held, wanted));
    fill.extend(sets.filled);
    let mut clear = sets.gone;
    clear.extend(gone_objects(held, wanted));
    let batch = |changes| Batch { table: wanted.id.clone(), changes };
    Ok(Steps { fill: batch(fill), switch: batch(switch(held, wanted, sets.changed)), clear: batch(clear) })
}

fn new_objects(held: &LiveTable, wanted: &Table) -> Result<Vec<Change>, Conflict> {
    let mut made = Vec::new();
    for object in &wanted.objects {
        match held.objects.iter().find(|live| live.object.name == object.name) {
            None => made.push(Change::AddObject(object.clone())),
            Some(live) if live.object == *object => {}
            Some(_) => return Err(Conflict::Object(object.name.clone())),
        }
    }
    Ok(made)
}

fn gone_objects(held: &LiveTable, wanted: &Table) -> Vec<Change> {
    let names: BTreeSet<&Name> = wanted.objects.iter().map(|object| &object.name).collect();
    let gone = held.objects.iter().map(|live| &live.object).filter(|object| !names.contains(&object.name));
    gone.map(|object| Change::DeleteObject(object.state.kind(), object.name.clone())).collect()
}

fn held_chain<'a>(held: &'a LiveTable, chain: &Chain) -> Option<&'a LiveChain> {
    held.chains.iter().find(|live| live.name == chain.name)
}

/// Chains that others call: maps may name them before any rule does.
fn new_called_chains(held: &LiveTable, wanted: &Table) -> Vec<Change> {
    let new = wanted.chains.iter().filter(|chain| chain.base.is_none() && held_chain(held, chain).is_none());
    new.map(|chain| Change::AddChain(chain.name.clone(), None)).collect()
}

/// Whether a chain can stay where it is: its policy may change, its place may not.
fn stays(live: &LiveChain, wanted: &Chain) -> bool {
    match (&live.base, &wanted.base) {
        (None, None) => true,
        (Some(live), Some(wanted)) => {
            (live.kind, live.hook, live.priority) == (wanted.kind, wanted.hook, wanted.priority)
        }
        _ => false,
    }
}

fn switch(held: &LiveTable, wanted: &Table, elements: Vec<Change>) -> Vec<Change> {
    let mut chains = Vec::new();
    let mut changes = Vec::new();
    for chain in &wanted.chains {
        let live = held_chain(held, chain);
        if let Some(moved) = live.filter(|live| !stays(live, chain)) {
            chains.extend(removal(&moved.name));
        }
        let kept = live.filter(|live| stays(live, chain));
        match kept {
            None if chain.base.is_some() || live.is_some() => {
                chains.push(Change::AddChain(chain.name.clone(), chain.base));
            }
            None => {} // made before
            Some(live) => chains.extend(new_policy(live, chain)),
        }
        let rules = kept.map_or(&[][..], |live| live.rules.as_slice());
        changes.extend(rules::diff(&chain.name, rules, &chain.rules));
    }
    let names: BTreeSet<&Name> = wanted.chains.iter().map(|chain| &chain.name).collect();
    let gone: Vec<&Name> = held.chains.iter().map(|live| &live.name).filter(|name| !names.contains(name)).collect();
    chains.extend(elements);
    chains.extend(changes);
    // Rules of all of them go before any of them: they may call each other.
    chains.extend(gone.iter().map(|name| Change::FlushChain((*name).clone())));
    chains.extend(gone.iter().map(|name| Change::DeleteChain((*name).clone())));
    chains
}

fn removal(chain: &Name) -> [Change; 2] {
    [Change::FlushChain(chain.clone()), Change::DeleteChain(chain.clone())]
}

fn new_policy(live: &LiveChain, wanted: &Chain) -> Option<Change> {
    let (live, base) = (live.base?, wanted.base?);
    (live.policy != base.policy).then(|| Change::SetPolicy(wanted.name.clone(), base.policy))
}
