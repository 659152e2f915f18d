//! Plans: what was asked, what it stands on, and what it would change, as one value that people read and that is
//! applied as it is or not at all.
//!
//! A plan holds what was asked rather than what the kernel is to hold: whoever applies it reads, compiles and judges it
//! again, and takes it only where the same table comes out.
//!
//! # Invariants
//! - PLN-1: what a plan is known by covers every byte of it: another plan has another id, and a file that was touched is
//!   no plan.

mod asked;
pub mod bytes;
mod difference;
mod fate;
mod foreign;
mod form;

#[cfg(test)]
mod tests;

use std::fmt;

pub use asked::{Asked, Operator, Unusable, Wanted};
pub use difference::{RuleChange, SetChange, rule_changes, set_changes};
pub use fate::{FATES_SHOWN_MAX, FateChange, Fates, fates};
pub use foreign::{Decider, deciders, foreign_digest};
pub use form::{PLAN_BYTES_MAX, read_asked, read_plan, write_asked, write_plan};

use crate::nft::{Snapshot, Table, TableId};

/// What a value is told from every other by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Of bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(blake3::hash(bytes).into())
    }

    /// Of what a value shows of itself, which for the model's types is all of it.
    #[must_use]
    pub fn of_shown(value: &impl fmt::Debug) -> Digest {
        let mut hasher = Hashing(blake3::Hasher::new());
        // Hashing takes any text.
        let _ = fmt::write(&mut hasher, format_args!("{value:?}"));
        Digest(hasher.0.finalize().into())
    }
}

struct Hashing(blake3::Hasher);

impl fmt::Write for Hashing {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// What a plan is known by: twelve hexadecimal digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PlanId(String);

/// Digits of a [`PlanId`]: short enough to type, and 48 bits tell the plans of a host apart.
const ID_DIGITS: usize = 12;

impl PlanId {
    /// Reads one; nothing where the text is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<PlanId> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == ID_DIGITS && text.bytes().all(is_digit)).then(|| PlanId(text.to_owned()))
    }

    /// Its digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PlanId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The state of the kernel that a plan stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The boot whose generations these are.
    pub boot: String,
    /// The generation.
    pub generation: u32,
    /// What the tables of others said.
    pub foreign: Digest,
    /// What those of iptables-legacy said, which have no generation.
    pub legacy: Digest,
}

/// What a plan would change, for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rules by their ids, in the order a packet meets them.
    pub rules: Vec<RuleChange>,
    /// Sets whose elements differ.
    pub sets: Vec<SetChange>,
    /// Packets whose fate changes.
    pub fates: Fates,
    /// Chains of others that decide before or after ours.
    pub deciders: Vec<Decider>,
    /// Tables of iptables-legacy that hold rules, as `ip filter`: they decide too, and what they say is not shown.
    pub legacy: Vec<String>,
}

impl Changes {
    /// Whether rules and sets stay as they are.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.sets.is_empty()
    }
}

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What was asked.
    pub asked: Asked,
    /// What it stands on.
    pub ground: Ground,
    /// Of the table it compiles to.
    pub table: Digest,
    /// What it would change.
    pub changes: Changes,
}

impl Plan {
    /// What it is known by (PLN-1).
    #[must_use]
    pub fn id(&self) -> PlanId {
        let digest = Digest::of(&write_plan(self)).to_string();
        PlanId(digest.chars().take(ID_DIGITS).collect())
    }
}

/// What is seen of iptables-legacy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegacyTables {
    /// Of all its tables.
    pub digest: Digest,
    /// Those that hold rules, as `ip filter`.
    pub in_use: Vec<String>,
}

/// What is seen of the kernel.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'s> {
    /// The boot.
    pub boot: &'s str,
    /// Its tables.
    pub snapshot: &'s Snapshot,
    /// The tables of iptables-legacy.
    pub legacy: &'s LegacyTables,
}

/// Plans what was asked on what is seen of the kernel; `before` is what was asked for the rules in force.
///
/// # Errors
/// [`Unusable`], where what was asked cannot be had.
pub fn plan(asked: Asked, seen: Seen<'_>, before: Option<&Asked>) -> Result<Plan, Unusable> {
    let Seen { boot, snapshot, legacy } = seen;
    let wanted = asked.wanted()?;
    // What is in force was usable once; where it no longer is, fates are told against no rules.
    let before = before.and_then(|before| before.wanted().ok());
    let live = snapshot.table(&TableId::nines()).map(|live| live.table());
    let changes = Changes {
        rules: rule_changes(live.as_ref(), &wanted.table),
        sets: set_changes(live.as_ref(), &wanted.table),
        fates: fates(before.as_ref(), &wanted, snapshot, asked.operator),
        deciders: deciders(snapshot),
        legacy: legacy.in_use.clone(),
    };
    let ground = Ground {
        boot: boot.to_owned(),
        generation: snapshot.generation,
        foreign: foreign_digest(snapshot),
        legacy: legacy.digest,
    };
    Ok(Plan { asked, ground, table: table_digest(&wanted.table), changes })
}

/// Of a compiled table.
#[must_use]
pub fn table_digest(table: &Table) -> Digest {
    Digest::of_shown(table)
}
