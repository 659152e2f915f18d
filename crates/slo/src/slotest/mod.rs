//! `*.slotest`: unit tests of objectives. Loads say what is sent, claims what then must hold.
//!
//! ```text
//! definitions examples/game
//! load service=user-profile kind=server op="get /profile/{id}" rate=10/s from=0 for=6h bad=0.1%
//! at 6h sli profile-availability 0.999 ± 0.0001
//! ```
//!
//! [`Script::parse`] reads a file, [`Script::run`] judges its claims against definitions by the same code that
//! judges live counts. The small print stands in `docs/guide/slo.md`.
//!
//! Does not read files: `definitions` lines are given as they are written.

mod alerts;
mod budgets;
mod claim;
mod messages;
mod run;
mod script;

#[cfg(test)]
mod tests;

pub use claim::{AlertClaim, Claim, Expected, Question};
pub use messages::{ScriptFact, ScriptHint};
pub use run::{Outcome, Report};
pub use script::{Fault, Named, Script};
