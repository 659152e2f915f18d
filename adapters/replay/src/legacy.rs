//! Rules of iptables-legacy as the kernel holds them: their names, how they end, what they counted.

use crate::messages::Error;
use crate::outcome::Watched;
use nines_nft::legacy::{Blob, Entry, Reader};
use nines_traffic::iptables::{Hook, TableName};
use nines_traffic::net::Family;
use nines_traffic::simulate::Verdict;

/// Verdicts as a target of no name has them: `-NF_DROP - 1`, `-NF_ACCEPT - 1`.
const DROP: i32 = -1;
const ACCEPT: i32 = -2;
/// The target that is the head of a user chain, and the end of a table.
const HEAD: &str = "ERROR";

/// Tables of one family.
#[derive(Debug)]
pub struct LegacyTables {
    /// Their rules, in the order of the counts.
    pub rules: Vec<Watched>,
    reader: Reader,
    tables: Vec<Held>,
}

/// A table, and where its rules stand in it.
#[derive(Debug)]
struct Held {
    name: &'static str,
    blob: Blob,
    places: Vec<usize>,
}

impl LegacyTables {
    /// Reads those of these names.
    pub fn read(family: Family, names: &[TableName]) -> Result<LegacyTables, Error> {
        let failed = |error| Error::no_part("iptables-legacy")(&error);
        let mut read =
            LegacyTables { rules: Vec::new(), reader: Reader::open(family).map_err(failed)?, tables: Vec::new() };
        for name in names {
            let blob = read.reader.table(name.name()).map_err(failed)?;
            let found = rules_of(*name, &blob);
            let (places, rules): (Vec<usize>, Vec<Watched>) = found.into_iter().unzip();
            read.rules.extend(rules);
            read.tables.push(Held { name: name.name(), blob, places });
        }
        Ok(read)
    }

    /// Packets that each rule counted.
    pub fn counts(&mut self) -> Result<Vec<u64>, Error> {
        let mut counts = Vec::with_capacity(self.rules.len());
        for table in self.tables.iter_mut().filter(|table| !table.places.is_empty()) {
            let failed = |error| Error::interrupted("reading counts", &error);
            self.reader.refresh(table.name, &mut table.blob).map_err(failed)?;
            counts.extend(table.places.iter().map(|at| table.blob.n_packets_at(*at)));
        }
        Ok(counts)
    }
}

/// The rules of a table, and where each stands.
fn rules_of(table: TableName, blob: &Blob) -> Vec<(usize, Watched)> {
    let entries: Vec<Entry<'_>> = blob.entries().collect();
    let mut rules = Vec::new();
    let (mut chain, mut number) = (String::new(), 0);
    for (nth, entry) in entries.iter().enumerate() {
        if let Some(hook) = blob.hook_at(entry.at).and_then(|hook| Hook::ALL.get(hook)) {
            (chain, number) = (hook.name().to_owned(), 0);
        }
        if entry.target == HEAD {
            (chain, number) = (text(entry.settings), 0);
            continue;
        }
        let next = entries.get(nth + 1);
        let is_last = next.is_none_or(|next| next.target == HEAD || blob.hook_at(next.at).is_some());
        if is_last {
            continue; // the policy
        }
        number += 1;
        let name = format!("{}/{chain}/{number}", table.name());
        rules.push((entry.at, Watched { name, end: end_of(entry), is_filter: table == TableName::Filter }));
    }
    rules
}

fn end_of(entry: &Entry<'_>) -> Option<Verdict> {
    match (entry.target, entry.settings.first_chunk().map(|bytes| i32::from_ne_bytes(*bytes))) {
        ("", Some(DROP)) => Some(Verdict::Drop),
        ("", Some(ACCEPT)) => Some(Verdict::Accept),
        ("REJECT", _) => Some(Verdict::Reject),
        _ => None,
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.split(|byte| *byte == 0).next().unwrap_or_default()).into_owned()
}
