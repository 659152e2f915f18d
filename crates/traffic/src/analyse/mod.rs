//! What rules say without their author noticing: rules that are never asked, rules that open what a redirect closes,
//! plans that lock out whoever makes them.
//!
//! Everything told here is certain, and not everything that is the case is told: a rule is called shadowed only where
//! each of its packets is decided before.

mod intents;
mod ruleset;

#[cfg(test)]
mod tests;

pub use intents::{intents, lock_out};
pub use ruleset::ruleset;
