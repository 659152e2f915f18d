//! What alerts and budgets would do under traffic that was never sent.

use crate::alert::watch::{Fired, Unknown, Watch};
use crate::count::Question;
use crate::model::{Definitions, Slo};
use crate::status::{Status, evaluate};
use crate::synthetic::{Stage, Traffic};
use nines_base::DurationUs;

/// Longest time that is simulated: alerts are evaluated each minute of it.
pub const SIMULATED_MAX: DurationUs = DurationUs::from_secs(100 * 86_400);

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    /// Every objective that the traffic concerns, as it stands at the end.
    pub statuses: Vec<Status>,
    /// When alerts fired, by their beginning.
    pub fired: Vec<Fired>,
    /// When nobody could say whether they do, by its beginning.
    pub frozen: Vec<Unknown>,
}

/// Simulates until a time since the traffic's beginning, at most [`SIMULATED_MAX`].
pub fn simulate(definitions: &Definitions, traffic: &Traffic, until: DurationUs) -> Simulation {
    let until = until.min(SIMULATED_MAX);
    let slos: Vec<Slo> = definitions.slos.iter().filter(|slo| concerns(traffic, slo)).cloned().collect();
    let own = Definitions { slos: slos.clone(), ..Definitions::default() };
    let mut stage = Stage::new(&own, traffic.clone());
    let mut watch = Watch::new(slos);
    let mut time = DurationUs(0);
    while time < until {
        stage.advance(time);
        watch.evaluate(stage.at(), |slo| stage.cells(slo));
        time = DurationUs(time.0 + watch.every().0);
    }
    stage.advance(until);
    watch.evaluate(stage.at(), |slo| stage.cells(slo));
    let statuses = own.objectives().filter_map(|(slo, objective)| {
        let cells = stage.cells(slo)?;
        Some(evaluate(slo, objective, cells, stage.at()))
    });
    Simulation { statuses: statuses.collect(), fired: watch.fired().to_vec(), frozen: watch.frozen().to_vec() }
}

/// Whether any span of the traffic is an event of the SLO.
fn concerns(traffic: &Traffic, slo: &Slo) -> bool {
    let questions = slo.objectives.iter().filter_map(|objective| Question::of(&objective.sli));
    let mut asked = questions.flat_map(|question| traffic.loads.iter().map(move |load| (question.clone(), load)));
    asked.any(|(question, load)| load.is_asked_by(&question))
}
