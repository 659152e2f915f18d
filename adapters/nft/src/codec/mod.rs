//! Tables, chains, rules, sets and their expressions as attributes of netlink, both ways.
//!
//! Each expression is written and read side by side, so that what is read back equals what was written. What the
//! kernel has and the model has not becomes `Unknown` with its name, never an error of the whole.

mod act;
mod chain;
mod compare;
mod event;
mod expr;
mod load;
mod request;
mod set;
mod value;

pub use chain::{read_chain, read_count, read_object, read_rule, read_table};
pub use event::{read_generation, read_trace};
pub use request::{Requests, TooLong, encode};
pub use set::{Elements, read_elements, read_set};
pub use value::{family_number, family_of, name};

/// Types of attributes that say what a message is about.
pub(crate) mod attributes {
    pub use super::chain::of_chain::{NAME as CHAIN_NAME, TABLE as CHAIN_TABLE};
    pub use super::chain::of_object::{NAME as OBJECT_NAME, TABLE as OBJECT_TABLE};
    pub use super::chain::of_rule::{CHAIN as RULE_CHAIN, HANDLE as RULE_HANDLE, TABLE as RULE_TABLE};
    pub use super::chain::of_table::NAME as TABLE_NAME;
    pub use super::set::of_elements::{SET as ELEMENTS_SET, TABLE as ELEMENTS_TABLE};
    pub use super::set::of_set::{NAME as SET_NAME, TABLE as SET_TABLE};
}

/// Types of nf_tables messages, without the subsystem.
pub mod kind {
    /// A table.
    pub const NEW_TABLE: u8 = 0;
    /// Asks for tables.
    pub const GET_TABLE: u8 = 1;
    /// A table goes.
    pub const DEL_TABLE: u8 = 2;
    /// A chain.
    pub const NEW_CHAIN: u8 = 3;
    /// Asks for chains.
    pub const GET_CHAIN: u8 = 4;
    /// A chain goes.
    pub const DEL_CHAIN: u8 = 5;
    /// A rule.
    pub const NEW_RULE: u8 = 6;
    /// Asks for rules.
    pub const GET_RULE: u8 = 7;
    /// A rule goes.
    pub const DEL_RULE: u8 = 8;
    /// A set.
    pub const NEW_SET: u8 = 9;
    /// Asks for sets.
    pub const GET_SET: u8 = 10;
    /// A set goes.
    pub const DEL_SET: u8 = 11;
    /// Elements.
    pub const NEW_ELEMENTS: u8 = 12;
    /// Asks for elements.
    pub const GET_ELEMENTS: u8 = 13;
    /// Elements go.
    pub const DEL_ELEMENTS: u8 = 14;
    /// A generation.
    pub const NEW_GENERATION: u8 = 15;
    /// Asks for the generation.
    pub const GET_GENERATION: u8 = 16;
    /// A step of a traced packet.
    pub const TRACE: u8 = 17;
    /// An object.
    pub const NEW_OBJECT: u8 = 18;
    /// Asks for objects.
    pub const GET_OBJECT: u8 = 19;
    /// An object goes.
    pub const DEL_OBJECT: u8 = 20;
}

/// The subsystem of nf_tables within netfilter (`NFNL_SUBSYS_NFTABLES`).
const SUBSYSTEM: u16 = 10;

/// A type with the subsystem, as heads of messages have it.
#[must_use]
pub const fn of_nftables(kind: u8) -> u16 {
    (SUBSYSTEM << 8) | kind as u16
}

/// The type without the subsystem; nothing where the message is of another.
#[must_use]
pub const fn nftables_kind(kind: u16) -> Option<u8> {
    if kind >> 8 == SUBSYSTEM { Some(kind.to_le_bytes()[0]) } else { None }
}
