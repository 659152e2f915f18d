//! How alerts stand at the instants of claims: a state has a past, so time is walked through in steps.

use super::claim::AlertClaim;
use crate::alert::episode::AlertKey;
use crate::alert::rule::{AlertRule, UNMEASURED};
use crate::alert::state::Level;
use crate::alert::watch::Watch;
use crate::model::{Definitions, Objective, Slo};
use crate::synthetic::{Stage, Traffic};
use nines_base::DurationUs;

/// How an alert stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) state: AlertClaim,
    pub(super) is_frozen: bool,
}

/// The severities that an SLO has alerts of.
pub(super) fn severities(slo: &Slo) -> Vec<String> {
    let mut severities: Vec<String> =
        AlertRule::of(slo, slo.window.length_at_most()).into_iter().map(|rule| rule.severity).collect();
    if !severities.iter().any(|severity| severity == UNMEASURED) {
        severities.push(UNMEASURED.to_owned());
    }
    severities
}

/// The alerts that claims ask for, with a stage of their own: it goes in steps, and has only their SLOs.
pub(super) struct Alerts {
    watch: Watch,
    stage: Stage,
    /// The next step.
    next: DurationUs,
}

impl Alerts {
    /// Of these SLOs.
    pub(super) fn new(slos: Vec<Slo>, traffic: Traffic) -> Alerts {
        let definitions = Definitions { slos: slos.clone(), ..Definitions::default() };
        Alerts { watch: Watch::new(slos), stage: Stage::new(&definitions, traffic), next: DurationUs(0) }
    }

    /// Lets time go on, evaluating in steps and at the end.
    pub(super) fn advance(&mut self, time: DurationUs) {
        while self.next < time {
            self.evaluate(self.next);
            self.next = DurationUs(self.next.0 + self.watch.every().0);
        }
        self.evaluate(time);
    }

    fn evaluate(&mut self, time: DurationUs) {
        self.stage.advance(time);
        let stage = &self.stage;
        self.watch.evaluate(stage.at(), |slo| stage.cells(slo));
    }

    /// The alert of a severity; of several objectives, the one that is furthest.
    pub(super) fn standing(&self, slo: &Slo, objectives: &[&Objective], severity: &str) -> Standing {
        let states: Vec<_> = objectives
            .iter()
            .filter_map(|objective| {
                let (slo, objective) = (slo.name.clone(), objective.label());
                self.watch.state(&AlertKey { slo, objective, severity: severity.to_owned() })
            })
            .collect();
        let is_at = |level: Level| states.iter().any(|state| state.level == level);
        let state = match (is_at(Level::Firing), is_at(Level::Pending)) {
            (true, _) => AlertClaim::Firing,
            (false, true) => AlertClaim::Pending,
            (false, false) => AlertClaim::Inactive,
        };
        Standing { state, is_frozen: states.iter().any(|state| state.frozen.is_some()) }
    }
}
