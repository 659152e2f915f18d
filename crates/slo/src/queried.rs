//! Indicators that another system measures: where it is asked, and what its figures mean.

use crate::model::{Definitions, Place};
use crate::openslo::messages::{Fact, Hint};
use crate::openslo::{Finding, Severity};
use crate::sli::Comparison;

/// A `[source.NAME]` of the configuration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourcePlace {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: Place,
}

/// Entries that no DataSource names.
pub fn check_sources(definitions: &Definitions, entries: &[SourcePlace]) -> Vec<Finding> {
    let unnamed = entries.iter().filter(|entry| !definitions.data_sources.contains(&entry.name));
    let finding = |entry: &SourcePlace| Finding {
        place: entry.place.clone(),
        path: "metadata.name".to_owned(),
        severity: Severity::Warning,
        fact: Fact::EntryWithoutSource { name: entry.name.clone() },
        hint: Hint::NameSourceOfEntry { name: entry.name.clone() },
    };
    unnamed.map(finding).collect()
}

/// An indicator that another system measures: where it is asked, and what.
#[derive(Clone, PartialEq, Debug)]
pub struct Queried {
    /// Where.
    pub source: DataSource,
    /// What.
    pub asks: Asks,
}

/// A DataSource of `type: Prometheus`: a server that answers range queries.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct DataSource {
    /// `metadata.name`.
    pub name: String,
    /// `url` of its connectionDetails, without a slash at the end.
    pub url: String,
}

/// The queries of an indicator, and what their figures mean.
#[derive(Clone, PartialEq, Debug)]
pub enum Asks {
    /// Events.
    Ratio {
        /// All valid ones.
        total: String,
        /// Which of them count.
        part: QueryPart,
        /// Whether figures only grow; else each is the number of its slice alone.
        is_counter: bool,
    },
    /// A share between 0 and 1 that was computed elsewhere.
    Raw {
        /// Of what.
        query: String,
        /// Whether of the bad events; else of the good ones.
        is_failure: bool,
    },
    /// A value that is good where it compares so.
    Threshold {
        /// Of what.
        query: String,
        /// How it is compared.
        op: Comparison,
        /// With what.
        limit: f64,
    },
}

/// Which half of a queried ratio the definition gives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum QueryPart {
    /// The good events.
    Good(String),
    /// The bad events.
    Bad(String),
}

impl Asks {
    /// Its queries: that of all valid events first, where there are two.
    pub fn queries(&self) -> Vec<&str> {
        match self {
            Asks::Ratio { total, part: QueryPart::Good(part) | QueryPart::Bad(part), .. } => vec![total, part],
            Asks::Raw { query, .. } | Asks::Threshold { query, .. } => vec![query],
        }
    }
}
