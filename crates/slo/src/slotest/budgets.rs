//! In which states of their policies budgets are at the instants of claims: a state has a past, so time is walked
//! through in steps.

use crate::alert::watch::steps_of;
use crate::budget::Budget;
use crate::gauge::Gauge;
use crate::model::{Definitions, Objective, Slo};
use crate::policy::objects::ErrorBudgetPolicy;
use crate::policy::state::{Memory, step};
use crate::synthetic::{Stage, Traffic};
use nines_base::DurationUs;
use std::collections::BTreeSet;

/// The policies of services that claims ask for, with a stage of their own: it goes in steps, and has only their SLOs.
pub(super) struct Budgets<'d> {
    ruled: Vec<Ruled<'d>>,
    slos: Vec<Slo>,
    stage: Stage,
    every: DurationUs,
    /// The next step.
    next: DurationUs,
}

/// A service under a policy.
struct Ruled<'d> {
    service: &'d str,
    policy: &'d ErrorBudgetPolicy,
    memory: Option<Memory>,
}

impl<'d> Budgets<'d> {
    /// Of these services; one without a policy remembers nothing.
    pub(super) fn new(definitions: &'d Definitions, services: BTreeSet<&'d str>, traffic: Traffic) -> Budgets<'d> {
        let ruled = |service: &'d str| {
            let policy = definitions.policies.of_service(service, &definitions.services)?;
            Some(Ruled { service, policy, memory: None })
        };
        let ruled: Vec<Ruled<'d>> = services.into_iter().filter_map(ruled).collect();
        let is_ruled = |slo: &&Slo| ruled.iter().any(|of| of.service == slo.service);
        let slos: Vec<Slo> = definitions.slos.iter().filter(is_ruled).cloned().collect();
        let stage = Stage::new(&Definitions { slos: slos.clone(), ..Definitions::default() }, traffic);
        let every = steps_of(&slos);
        Budgets { ruled, slos, stage, every, next: DurationUs(0) }
    }

    /// Lets time go on, looking at budgets in steps and at the end.
    pub(super) fn advance(&mut self, time: DurationUs) {
        if self.ruled.is_empty() {
            return;
        }
        while self.next < time {
            self.look(self.next);
            self.next = DurationUs(self.next.0 + self.every.0);
        }
        self.look(time);
    }

    /// What is remembered of a service's budget.
    pub(super) fn memory(&self, service: &str) -> Option<Memory> {
        self.ruled.iter().find(|of| of.service == service)?.memory.clone()
    }

    fn look(&mut self, time: DurationUs) {
        self.stage.advance(time);
        for of in &mut self.ruled {
            let least = least_budget(of.service, &self.slos, &self.stage);
            of.memory = step(of.policy, of.memory.as_ref(), least, self.stage.at());
        }
    }
}

/// The least budget left of a service's objectives; a composite speaks for its parts.
fn least_budget(service: &str, slos: &[Slo], stage: &Stage) -> Option<Budget> {
    let budget = |slo: &Slo, objective: &Objective| {
        let seen = slo.window.at(stage.at())?.seen;
        let measured = Gauge::of(slo, objective).ok()?.measure(stage.cells(slo)?, seen).ok()?;
        Some(measured.share?.budget(objective.target))
    };
    let own = slos.iter().filter(|slo| slo.service == service);
    let objectives = own.flat_map(|slo| slo.objectives.iter().map(move |objective| (slo, objective)));
    objectives.filter(|(slo, one)| !slo.is_part(one)).filter_map(|(slo, objective)| budget(slo, objective)).min()
}
