//! What follows from the ledger: how a team stands against the cap, what costs most, what grows with traffic, and what to
//! reject, batch or automate next. Formulas and their vectors are those of the SRE book and workbook, and our own where
//! these have none; each module names its source.

pub mod cap;
pub mod elasticity;
pub mod median;
pub mod oncall;
pub mod pulse;
pub mod reject;
pub mod roi;
pub mod score;
pub mod trend;
