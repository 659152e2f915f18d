//! Rules that the kernel holds, and what they counted.

use crate::legacy::LegacyTables;
use crate::messages::Error;
use crate::outcome::Watched;
use crate::tables::Tables;

/// What is loaded.
#[derive(Debug)]
pub enum Held {
    /// No rules.
    Nothing,
    /// Tables of iptables-legacy.
    Legacy(LegacyTables),
    /// Tables of nf_tables.
    Tables(Tables),
}

impl Held {
    /// The rules, in the order of their counts.
    pub fn rules(&self) -> &[Watched] {
        match self {
            Held::Nothing => &[],
            Held::Legacy(tables) => &tables.rules,
            Held::Tables(tables) => &tables.rules,
        }
    }

    /// Packets that each rule counted by now.
    pub fn counts(&mut self) -> Result<Vec<u64>, Error> {
        match self {
            Held::Nothing => Ok(Vec::new()),
            Held::Legacy(tables) => tables.counts(),
            Held::Tables(tables) => tables.counts(),
        }
    }
}
