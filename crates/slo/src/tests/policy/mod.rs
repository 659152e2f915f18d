//! Policies and what belongs to them: recurrences, exclusions, states, freezes, exceptions, verdicts.

mod exclusions;
mod recurrence;

use crate::model::Place;
use crate::policy::objects::{AdjustmentMode, BudgetAdjustment, Origin};
use crate::policy::times::Times;
use nines_base::{DurationUs, Timestamp};

/// An adjustment of `api-availability` from a second on.
fn adjustment(name: &str, mode: AdjustmentMode, from_s: i64, length: DurationUs) -> BudgetAdjustment {
    let from = Timestamp::from_secs(from_s);
    BudgetAdjustment {
        name: name.into(),
        slos: vec!["api-availability".into()],
        mode,
        times: Times::once(from, from + length).unwrap(),
        category: Some("maintenance".into()),
        reason: "the old racks go".into(),
        approved_by: "lee".into(),
        origin: Origin::File(Place::default()),
    }
}
