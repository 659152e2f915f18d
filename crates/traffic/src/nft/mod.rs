//! nf_tables as typed values: what a table of ours holds, before anything is encoded for the kernel.
//!
//! Expressions are those of the kernel, one after another over registers, so that what is read back equals what was
//! written, and so that a packet's way can be followed step by step. [`build`] says rules as they are thought of;
//! [`text`] shows them as `nft` would. There are no sets without a name, and weights are comparisons: packets miss
//! either while it is swapped.
//!
//! Start reading at [`table`], then [`expr`] and [`build`].

pub mod build;
pub mod change;
pub mod data;
pub mod datatype;
pub mod diff;
pub mod expr;
pub mod field;
pub mod keys;
pub mod live;
pub mod name;
mod numbered;
pub mod object;
pub mod set;
pub mod table;
pub mod text;

pub use build::{Action, Match};
pub use change::{Batch, Change, Handle, Place};
pub use data::Data;
pub use datatype::Datatype;
pub use diff::{Conflict, Steps, diff};
pub use expr::{Expr, Limit, Register, Verdict};
pub use field::Field;
pub use keys::Family;
pub use live::{Count, LiveChain, LiveObject, LiveRule, LiveTable, Snapshot};
pub use name::{Name, NameError, RuleId};
pub use object::{Object, ObjectState};
pub use set::{Answer, Answers, Element, Set, SetHead};
pub use table::{BaseChain, Chain, ChainKind, Hook, Policy, Rule, Table, TableFlags, TableId};

#[cfg(test)]
mod tests;
