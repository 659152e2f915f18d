//! The model of iptables: five tables, built-in and user chains, rules of matches and a target; and its grammar.
//!
//! [`read()`] takes what `iptables-save` and `ip6tables-save` write and what people wrote by hand for `iptables-restore`;
//! [`print()`] writes the same rules as `iptables-save` does. No line is dropped silently: a rule that cannot be read, or
//! whose matches have no model here, stays in its place as [`Match::Opaque`] and is told.

mod classes;
pub mod matches;
pub mod model;
mod names;
mod print;
pub mod read;
pub mod targets;

#[cfg(test)]
mod tests;

pub use classes::{Class, classify, unsupported};
pub use matches::Match;
pub use model::{Chain, Counters, Go, Header, Hook, Not, Policy, Rule, Ruleset, Table, TableName};
pub(crate) use names::passes_on;
pub(crate) use print::flag_names;
pub use print::{header, print, print_rule};
pub use read::{Line, LineKind, Read, read};
pub use targets::Target;
