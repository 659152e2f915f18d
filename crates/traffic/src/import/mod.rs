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
mod report;
mod translation;
mod yaml;

#[cfg(test)]
mod tests;

pub use boundary::{PACKETS_MAX, boundary_packets};
pub use proof::Differs;
pub use report::{Told, report, told_line};

use crate::finding::Finding;
use crate::iptables::{Read, read};
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
    /// Whether intents say all of it.
    pub is_all_intents: bool,
}

impl Imported {
    /// Whether nothing is unsupported.
    pub fn is_whole(&self) -> bool {
        self.told.iter().all(|told| told.class.as_ref().is_none_or(|class| class.name() != "not supported"))
    }
}

/// Imports a save file, or one for each family.
pub fn import(sources: &[Source<'_>], services: &Services) -> Imported {
    let reads: Vec<Read> =
        sources.iter().map(|source| read::read_as(source.file, source.text, source.family, services)).collect();
    let told: Vec<Told> = sources.iter().zip(&reads).flat_map(|(source, read)| report(source.file, read)).collect();
    let (yaml, parts) = mixed::mixed(&reads, services);
    let is_all_intents = parts.iter().all(|parts| parts.raw.tables.is_empty());
    let findings = reads.into_iter().flat_map(|read| read.findings).collect();
    Imported { yaml, told, findings, is_all_intents }
}
