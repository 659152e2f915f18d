//! What a budget's state does: error-budget policies, freezes, exceptions, and events that are not held
//! against a budget.
//!
//! ```text
//! files ──openslo──► Policies ─┐
//! events ──────────► Book ─────┼─► gate::GateInput ──► Verdict
//! cells ──status, history──────┘
//! ```
//!
//! Pure, as all of this crate: objects come from files and from recorded events, the clock is a parameter.
//! Start reading at [`objects`]; then [`exclusion`] with [`apart`], [`state`], [`exception`], [`forecast`], [`book`].

pub mod apart;
pub mod book;
pub mod exception;
pub mod exclusion;
pub mod forecast;
pub mod freeze;
pub mod history;
pub mod incident;
pub mod objects;
pub mod recurrence;
pub mod state;
pub mod times;
