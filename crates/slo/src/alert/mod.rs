//! Alerts: what an SLO is told of, when it fires and when it ends.
//!
//! ```text
//! Slo ──rule──► AlertRule ──cells, instant──► AlertReading ──state──► Transition ──book──► AlertBook
//! ```
//!
//! A reading is a pure function of cells and an instant; a state is a fold of transitions. Nothing here
//! knows where transitions are kept or who is told of them.
//!
//! Start reading at [`rule`]; then [`pair`] (burn rates over two lookbacks), [`reading`], [`state`] and
//! [`book`].

pub mod book;
pub mod episode;
pub mod pair;
pub mod policy;
pub mod reading;
pub mod rule;
pub mod state;
pub mod targets;
pub mod telling;
pub mod watch;

#[cfg(test)]
mod tests;
