//! A save file as an intent file: every line classed, intents where intents say the same of every packet asked, raw
//! rules elsewhere, nothing dropped.
//!
//! # Invariants
//! - IMP-1: every rule of the file is in the result: in an intent that was found to say the same, else word for word.

mod beside;
mod boundary;
mod edges;
mod inbound;
mod join;
mod leaf;
mod mixed;
mod parts;
mod proof;
mod replayable;
mod report;
mod translation;
mod yaml;

#[cfg(test)]
mod tests;

pub use boundary::{PACKETS_MAX, boundary_packets};
pub use proof::Differs;
pub use replayable::{Replayable, routed, without_limits};
pub use report::{Told, report, told_line};

use crate::finding::Finding;
use crate::iptables::{Read, Ruleset, read};
use crate::net::Family;
use crate::services::Services;

/// A save file of one family, as given.
#[derive(Clone, Copy, Debug)]
pub struct Source<'s> {
    /// Its name.
    pub file: &'s str,
    /// Its text.
    pub text: &'s str,
    /// Of which family it is.
    pub family: Family,
}

/// What an import came to.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// The intent file.
    pub yaml: String,
    /// Of every line that is a rule, and of those that are none.
    pub told: Vec<Told>,
    /// What could not be read, by place.
    pub findings: Vec<Finding>,
    /// The rules that were read, of each file.
    pub rules: Vec<Ruleset>,
    /// Whether intents say all of it.
    pub is_all_intents: bool,
    /// Whether intents say any of it.
    pub says_intents: bool,
}

impl Imported {
    /// Whether nothing is unsupported.
    pub fn is_whole(&self) -> bool {
        self.told.iter().all(|told| told.class.as_ref().is_none_or(|class| class.name() != "not supported"))
    }
}

/// Everything as raw rules, whatever intents could say: for whoever finds that they do not say the same.
pub fn import_raw(sources: &[Source<'_>], services: &Services) -> Imported {
    imported(sources, services, mixed::all_raw)
}

/// Imports a save file, or one for each family.
pub fn import(sources: &[Source<'_>], services: &Services) -> Imported {
    imported(sources, services, |reads| mixed::mixed(reads, services))
}

fn imported(
    sources: &[Source<'_>],
    services: &Services,
    part: impl Fn(&[Read]) -> (String, Vec<parts::Parts>),
) -> Imported {
    let reads: Vec<Read> =
        sources.iter().map(|source| read::read_as(source.file, source.text, source.family, services)).collect();
    let told: Vec<Told> = sources.iter().zip(&reads).flat_map(|(source, read)| report(source.file, read)).collect();
    let (yaml, parts) = part(&reads);
    let is_all_intents = parts.iter().all(|parts| parts.raw.tables.is_empty());
    let says_intents = parts.iter().any(parts::Parts::says_anything);
    let (mut rules, mut findings) = (Vec::new(), Vec::new());
    for read in reads {
        rules.push(read.rules);
        findings.extend(read.findings);
    }
    Imported { yaml, told, findings, rules, is_all_intents, says_intents }
}
