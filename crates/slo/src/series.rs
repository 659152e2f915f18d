//! An objective over time, for charts: one point a step, each with what was counted in the step and the
//! budget of the whole window at the step's end.

use crate::budget::Share;
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
    let mut points = Vec::new();
    let mut upto = stretch.after + step;
    while step.0 > 0 && upto <= stretch.upto && points.len() < POINTS_MAX {
        // The step holds the instants before its end: a slice that starts there belongs to the next one.
        let last = upto - DurationUs(1);
        let within = gauge.measure(cells, Stretch::last(step, last))?;
        let share = match slo.window.at(last) {
            Some(window) => gauge.measure(cells, window.seen)?.share,
            None => None,
        };
        points.push(Point {
            upto,
            events: within.events,
            sli: within.share.map(Share::sli),
            budget: share.map(|share| share.budget(objective.target).as_f64()),
        });
        upto = upto + step;
    }
    Ok(points)
}
