//! How objectives stand as OpenTelemetry metrics, for a collector that they are pushed to: the figures of `/prometheus`
//! under OpenTelemetry's names.

use crate::App;
use nines_base::Timestamp;
use nines_collect::sli::Standing;
use nines_slo::status::BURN_LOOKBACKS;
use nines_span::otlp::{Metric, Point, Points, encode_metrics};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How the export does.
#[derive(Debug, Default)]
pub struct ExportState {
    failing: Mutex<Option<(Timestamp, String)>>,
}

impl ExportState {
    /// Notes what became of an export; whether it is the first of its kind.
    pub fn note(&self, now: Timestamp, outcome: &Result<(), String>) -> bool {
        let mut failing = self.lock();
        let was_failing = failing.is_some();
        match outcome {
            Ok(()) => *failing = None,
            Err(reason) => {
                let since = failing.as_ref().map_or(now, |(since, _)| *since);
                *failing = Some((since, reason.clone()));
            }
        }
        was_failing != outcome.is_err()
    }

    /// Since when it fails, and why.
    pub fn failing(&self) -> Option<(Timestamp, String)> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Option<(Timestamp, String)>> {
        self.failing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A figure of an objective; `None` where it is undefined.
type Figure = fn(&Standing) -> Option<f64>;

/// Of shares and rates. The unit `1` would say the same, but collectors and Prometheus call a gauge of that unit `…_ratio`,
/// and then `/prometheus` and what is pushed have different names.
const NO_UNIT: &str = "";

/// Gauges of every objective: name, description, figure.
const GAUGES: [(&str, &str, Figure); 4] = [
    ("nines.slo.target", "The target.", |standing| Some(standing.status.target.as_f64())),
    ("nines.slo.sli", "Good over valid, of the window.", |standing| standing.status.sli()),
    ("nines.slo.budget", "What is left of the error budget, signed.", |standing| {
        standing.status.budget().map(|budget| budget.as_f64())
    }),
    ("nines.slo.coverage", "How much of the window was measured.", |standing| standing.status.coverage.ratio()),
];

/// An `ExportMetricsServiceRequest` of all objectives as they stand. What is undefined has no point.
pub fn export_metrics(app: &App, service_name: &str) -> Vec<u8> {
    let now = app.clock.now();
    let standings = app.judge.standings();
    let gauge = |(name, description, figure): (&'static str, &'static str, Figure)| Metric {
        name,
        description,
        unit: NO_UNIT,
        points: Points::Gauge(standings.iter().filter_map(|standing| point(standing, figure(standing)?)).collect()),
    };
    let mut metrics = vec![events(app)];
    metrics.extend(GAUGES.map(gauge));
    metrics.push(burns(&standings));
    let version = app.settings.version;
    let resource = [
        ("service.name", service_name),
        ("service.version", version),
        ("service.instance.id", app.settings.instance.as_str()),
    ];
    encode_metrics(&resource, ("nines", version), &metrics, now)
}

fn attributes(standing: &Standing) -> Vec<(&'static str, String)> {
    vec![
        ("slo", standing.slo.name.clone()),
        ("objective", standing.status.objective.clone()),
        ("service", standing.slo.service.clone()),
    ]
}

fn point(standing: &Standing, value: f64) -> Option<Point<f64>> {
    Some(Point { attributes: attributes(standing), value })
}

fn burns(standings: &[Standing]) -> Metric {
    let of = |standing: &Standing| -> Vec<Point<f64>> {
        let lookbacks = BURN_LOOKBACKS.iter().zip(standing.status.burns());
        let point = |(lookback, burn): (&nines_base::DurationUs, Option<f64>)| {
            let mut attributes = attributes(standing);
            attributes.push(("lookback", lookback.to_string()));
            Some(Point { attributes, value: burn? })
        };
        lookbacks.filter_map(point).collect()
    };
    Metric {
        name: "nines.slo.burn",
        description: "How many times faster than permitted the budget goes.",
        unit: NO_UNIT,
        points: Points::Gauge(standings.iter().flat_map(of).collect()),
    }
}

/// Events since the first of each objective.
fn events(app: &App) -> Metric {
    let mut points = Vec::new();
    for total in app.judge.totals() {
        let Some(since) = total.since else { continue };
        for (verdict, value) in [("good", total.counts.good), ("bad", total.counts.bad)] {
            let attributes = vec![
                ("slo", total.slo.clone()),
                ("objective", total.objective.clone()),
                ("verdict", verdict.to_owned()),
            ];
            points.push((since, Point { attributes, value }));
        }
    }
    Metric {
        name: "nines.slo.events",
        description: "Events counted, by objective and verdict.",
        unit: "{event}",
        points: Points::Sum(points),
    }
}
