//! Changes of a table as values: what one transaction writes, in order, all or nothing.

use super::keys::ObjectKind;
use super::name::Name;
use super::object::Object;
use super::set::{Element, SetHead};
use super::table::{BaseChain, Policy, Rule, TableFlags, TableId};

/// What the kernel gave a rule when it took it; unique in its table.
pub type Handle = u64;

/// One transaction on one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The table that all changes are of.
    pub table: TableId,
    /// The changes, in order.
    pub changes: Vec<Change>,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Makes the table, or takes it over where it persisted without an owner.
    AddTable(TableFlags),
    /// Removes it with all that is in it.
    DeleteTable,
    /// Makes a chain without rules.
    AddChain(Name, Option<BaseChain>),
    /// Sets the policy of a base chain.
    SetPolicy(Name, Policy),
    /// Removes a chain without rules.
    DeleteChain(Name),
    /// Removes the rules of a chain.
    FlushChain(Name),
    /// Puts a rule into a chain.
    AddRule(Name, Place, Rule),
    /// Puts a rule where another was.
    ReplaceRule(Name, Handle, Rule),
    /// Removes a rule.
    DeleteRule(Name, Handle),
    /// Makes a set without elements.
    AddSet(SetHead),
    /// Removes a set that no rule uses.
    DeleteSet(Name),
    /// Puts elements into a set.
    AddElements(SetHead, Vec<Element>),
    /// Takes elements out of a set.
    DeleteElements(SetHead, Vec<Element>),
    /// Empties a set.
    FlushSet(Name),
    /// Makes an object.
    AddObject(Object),
    /// Removes an object that no rule uses.
    DeleteObject(ObjectKind, Name),
}

/// Where in a chain a rule goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// After all others.
    End,
    /// Before all others.
    Start,
    /// Before the rule of this handle.
    Before(Handle),
    /// After the rule of this handle.
    After(Handle),
}

impl Batch {
    /// Makes a table that is not there yet: objects and sets first, then chains, then their rules.
    #[must_use]
    pub fn create(table: &super::table::Table) -> Batch {
        let mut changes = vec![Change::AddTable(table.flags)];
        changes.extend(table.objects.iter().cloned().map(Change::AddObject));
        for set in &table.sets {
            changes.push(Change::AddSet(set.head.clone()));
        }
        changes.extend(table.chains.iter().map(|chain| Change::AddChain(chain.name.clone(), chain.base)));
        for set in table.sets.iter().filter(|set| !set.elements.is_empty()) {
            changes.push(Change::AddElements(set.head.clone(), set.elements.clone()));
        }
        for chain in &table.chains {
            let rules = chain.rules.iter().cloned();
            changes.extend(rules.map(|rule| Change::AddRule(chain.name.clone(), Place::End, rule)));
        }
        Batch { table: table.id.clone(), changes }
    }
}
