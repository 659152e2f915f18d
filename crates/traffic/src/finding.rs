//! What is told of rules and intents.

use crate::messages::{Fact, Hint};
pub use nines_yaml::{Place, Severity};

/// Something to know about a file of rules.
pub type Finding = nines_yaml::Finding<Fact, Hint>;
