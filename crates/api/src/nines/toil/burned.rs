//! What burned of error budgets around a run, from what the judge counted.

use crate::App;
use nines_base::DurationUs;
use nines_collect::sli::Standing;
use nines_slo::model::Stretch;
use nines_toil::report::{Burned, Window};
use std::collections::HashMap;

/// The SLOs of services.
pub(super) struct Budgets<'a> {
    app: &'a App,
    of_services: HashMap<String, Vec<Standing>>,
}

impl<'a> Budgets<'a> {
    pub(super) fn new(app: &'a App) -> Budgets<'a> {
        let mut of_services: HashMap<String, Vec<Standing>> = HashMap::new();
        for standing in app.judge.standings() {
            of_services.entry(standing.slo.service.clone()).or_default().push(standing);
        }
        Budgets { app, of_services }
    }

    /// Bad events of a time over what the window of an objective permits, in per cent.
    fn of_objective(&self, standing: &Standing, window: Window) -> Option<f64> {
        let stretch = Stretch { after: window.from, upto: window.to };
        let whole = DurationUs((window.to - window.from).0);
        let points = self.app.judge.series(&standing.slo, &standing.objective, stretch, whole).ok()?;
        let events = points.last()?.events;
        let all = standing.status.measure.events;
        let permitted = (1.0 - standing.status.target.as_f64()) * (all.good + all.bad) as f64;
        (events.good + events.bad > 0 && permitted > 0.0).then(|| events.bad as f64 / permitted * 100.0)
    }
}

impl Burned for Budgets<'_> {
    fn percent(&self, service: &str, window: Window) -> Option<f64> {
        let standings = self.of_services.get(service)?;
        standings.iter().filter_map(|standing| self.of_objective(standing, window)).reduce(f64::max)
    }
}
