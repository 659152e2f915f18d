//! What a budget's state does: error-budget policies, freezes, exceptions, and times that are not held
//! against a budget.
//!
//! Pure, as all of this crate: objects come from files and from recorded events, the clock is a parameter.
//! Start reading at [`objects`]; then [`exclusion`].

pub mod exclusion;
pub mod objects;
pub mod recurrence;
pub mod times;
