//! Policies and what belongs to them: recurrences, exclusions, states, freezes, exceptions, verdicts.

mod apart;
mod exceptions;
mod exclusions;
mod forecasts;
mod recurrence;
mod states;
mod verdicts;

use crate::model::{Place, Ppb};
use crate::openslo::{Mode, SourceFile, load};
use crate::policy::objects::{AdjustmentMode, BudgetAdjustment, ErrorBudgetPolicy, Origin};
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
        filter: None,
        category: Some("maintenance".into()),
        reason: "the old racks go".into(),
        approved_by: "lee".into(),
        origin: Origin::File(Place::default()),
    }
}

/// The policy of the surface's small print.
fn standard() -> ErrorBudgetPolicy {
    policy(
        "states:
    - { name: healthy,    above: 0.5 }
    - { name: caution,    above: 0.25, actions: { requireApproval: [feature] } }
    - { name: restricted, above: 0.0,  actions: { allow: [fix, security, rollback], canaryMax: 10 } }
    - { name: exhausted,               actions: { freeze: true, allow: [security, rollback] } }
  leave: { above: 0.05, dwell: 1h }
  incident: { share: 0.2, then: postmortem }
  exceptions: { tokens: 3, per: 90d, approverNotRequester: true, expires: 24h }
  onUnknown: held",
    )
}

/// A policy for `api` from its spec.
fn policy(spec: &str) -> ErrorBudgetPolicy {
    let text = format!(
        "apiVersion: nines.dev/v1alpha1\nkind: ErrorBudgetPolicy\nmetadata: {{ name: standard }}\nspec:\n  services: [api]\n  {spec}\n"
    );
    let loaded = load(&[SourceFile { name: "f".into(), bytes: text.into_bytes() }], Mode::Spec);
    assert!(loaded.usable(), "{:?}", loaded.findings);
    loaded.definitions.policies.budgets.into_iter().next().unwrap()
}

fn share(parts: u32) -> Ppb {
    Ppb::new(parts).unwrap()
}
