//! How an alert stands at the instant of a claim.

use super::claim::AlertClaim;
use crate::model::{Objective, Slo};
use crate::status::evaluate;
use crate::synthetic::Stage;

/// How an alert stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Readings {
    pub(super) state: AlertClaim,
    pub(super) is_frozen: bool,
}

/// The severities that an SLO has alerts of.
pub(super) fn severities(_slo: &Slo) -> Vec<String> {
    vec!["page".to_owned()]
}

impl Readings {
    /// The alert of a severity; of several objectives, it fires where one of theirs does.
    pub(super) fn of(slo: &Slo, objectives: &[&Objective], _severity: &str, stage: &Stage) -> Readings {
        let is_firing = |objective: &&Objective| {
            stage.cells(slo).is_some_and(|cells| evaluate(slo, objective, cells, stage.at()).is_paging())
        };
        let state = if objectives.iter().any(is_firing) { AlertClaim::Firing } else { AlertClaim::Inactive };
        Readings { state, is_frozen: false }
    }
}
