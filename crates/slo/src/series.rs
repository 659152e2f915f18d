//! An objective over time, for charts: one point a step, each with what was counted in the step and the
//! budget of the whole window at the step's end.

use crate::budget::{Measure, Share};
use crate::calendar::Period;
use crate::cells::CellStore;
use crate::gauge::Gauge;
use crate::model::{Counts, Objective, Slo, Stretch};
use crate::window::NotEvaluated;
use nines_base::{DurationUs, Timestamp};

/// Points of one series: more than a screen has columns.
pub const POINTS_MAX: usize = 2000;

/// One step.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Point {
    /// Where the step ends.
    pub upto: Timestamp,
    /// Events of the step.
    pub events: Counts,
    /// SLI of the step; `None` where nothing was valid.
    pub sli: Option<f64>,
    /// Budget left over the window as it stands here, signed; `None` also before a calendar begins.
    pub budget: Option<f64>,
    /// Of a calendar window, what its period has left of the budget that the traffic forecast for all of it permits:
    /// nothing leaves a period, so this never rises. `None` where the window rolls, and of a composite.
    pub forecast: Option<f64>,
}

/// The points of `stretch`, one a `step`, oldest first; the last ends at or before `stretch.upto`. At
/// most [`POINTS_MAX`], the oldest ones.
pub fn series(
    slo: &Slo,
    objective: &Objective,
    cells: &CellStore,
    stretch: Stretch,
    step: DurationUs,
) -> Result<Vec<Point>, NotEvaluated> {
    let gauge = Gauge::of(slo, objective)?;
    // Events that may still turn are no points yet.
    let upto = cells.settled_until(slo.settles_in(objective)).map_or(stretch.upto, |settled| settled.min(stretch.upto));
    let stretch = Stretch { upto, ..stretch };
    let mut points: Vec<Point> = Vec::new();
    let mut seen: Vec<Option<Seen>> = Vec::new();
    let mut upto = stretch.after + step;
    while step.0 > 0 && upto <= stretch.upto && points.len() < POINTS_MAX {
        // The step holds the instants before its end: a slice that starts there belongs to the next one.
        let last = upto - DurationUs(1);
        let within = gauge.measure(cells, Stretch::last(step, last))?;
        let window = slo.window.at(last);
        let measure = window.as_ref().map(|window| gauge.measure(cells, window.seen)).transpose()?;
        let share = measure.and_then(|measure| measure.share);
        seen.push(window.and_then(|window| Seen::of(window.period?, measure?, last)));
        points.push(Point {
            upto,
            events: within.events,
            sli: within.share.map(Share::sli),
            budget: share.map(|share| share.budget(objective.target).as_f64()),
            forecast: None,
        });
        upto = upto + step;
    }
    // From the last point of each period back: what it knows of the traffic is what the period is forecast by.
    let mut latest: Option<&Seen> = None;
    for (point, now) in points.iter_mut().zip(&seen).rev() {
        let Some(now) = now else { continue };
        let last = latest.filter(|last| last.period == now.period).unwrap_or(now);
        point.forecast = Some(1.0 - now.share.bad() as f64 / (objective.target.rest().as_f64() * last.expected()));
        latest = Some(last);
    }
    Ok(points)
}

/// A calendar period as it was known at a point.
struct Seen {
    period: Period,
    share: Share,
    at: Timestamp,
}

impl Seen {
    fn of(period: Period, measure: Measure, at: Timestamp) -> Option<Seen> {
        let share = measure.share.filter(|_| !measure.is_composed)?;
        Some(Seen { period, share, at })
    }

    /// What will be valid in all of the period if traffic goes on as it was.
    fn expected(&self) -> f64 {
        let elapsed = (self.at - self.period.from).0.max(1) as f64;
        self.share.valid() as f64 * (self.period.length().0 as f64 / elapsed)
    }
}
