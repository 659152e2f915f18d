//! `nines slo simulate SCENARIO`: what alerts and budgets would do under the loads of a test file. Needs no server.

use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use super::output::{Table, print};
use super::slo::state_word;
use super::slo_check::unreadable;
use super::slo_export::usable;
use super::slo_test::{definition_paths, trouble};
use crate::config::values;
use crate::definitions::ReadError;
use crate::messages::Say;
use crate::words;
use nines_base::Timestamp;
use nines_base::lang::Message;
use nines_slo::alert::episode::AlertKey;
use nines_slo::alert::watch::Fired;
use nines_slo::simulate::{SIMULATED_MAX, Simulation, simulate};
use nines_slo::slotest::Script;
use nines_slo::status::Status;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

pub fn run(context: &Context, scenario: &Path, definitions: Vec<PathBuf>, length: Option<&str>) -> Outcome {
    let name = scenario.display().to_string();
    if scenario.is_dir() {
        return Err(Trouble::new(context.lang, Say::ScenarioIsFolder { path: name }, Say::ScenarioHint));
    }
    let bytes = std::fs::read(scenario)
        .map_err(|source| unreadable(context, &ReadError { path: scenario.to_owned(), source }))?;
    let script = match Script::parse_scenario(&name, &bytes) {
        Ok(script) => script,
        Err(faults) => {
            faults.iter().for_each(|fault| trouble(context, fault).print());
            return Ok(Exit::Trouble);
        }
    };
    let until = match length {
        Some(text) => values::duration(text).map_err(|(fact, hint)| Trouble::new(context.lang, fact, hint))?,
        None => script.ends(),
    };
    if until > SIMULATED_MAX {
        let longest = SIMULATED_MAX.to_string();
        return Err(Trouble::new(context.lang, Say::SimulatedTooLong { longest }, Say::BadDurationHint));
    }
    let paths = [definition_paths(context, &name, &script)?, definitions].concat();
    let Some(definitions) = usable(context, &paths)? else { return Ok(Exit::Trouble) };
    let simulation = simulate(&definitions, &script.traffic, until);
    if context.format.is_table() {
        print(&tables(context, &simulation, script.traffic.start));
    } else {
        context.write(&document(&simulation, script.traffic.start));
    }
    Ok(Exit::Yes)
}

fn tables(context: &Context, simulation: &Simulation, start: Timestamp) -> String {
    let mut standings = Table::new(&["SLO", "SERVICE", ">TARGET", ">SLI", ">BUDGET", ">GOOD", ">BAD", "STATE"]);
    for status in &simulation.statuses {
        standings.row(vec![
            status.name.clone(),
            status.service.clone(),
            words::percent(Some(status.target.as_f64())),
            words::percent(status.sli()),
            words::percent(status.budget().map(|budget| budget.as_f64())),
            words::count(status.measure.counted().good, context.lang),
            words::count(status.measure.counted().bad, context.lang),
            state_word(context, status.state().word()),
        ]);
    }
    let mut alerts = Table::new(&["FROM", "UNTIL", "FOR", "SEVERITY", "SLO"]);
    for fired in &simulation.fired {
        let length = fired.until.map(|until| (until - fired.from).to_string());
        alerts.row(vec![
            (fired.from - start).to_string(),
            fired.until.map_or("–".to_owned(), |until| (until - start).to_string()),
            length.unwrap_or("–".to_owned()),
            fired.key.severity.clone(),
            name_of(fired, &simulation.statuses),
        ]);
    }
    let alerts = if alerts.is_empty() { Say::NoAlertsSimulated.text(context.lang) + "\n" } else { alerts.render() };
    format!("{}\n{alerts}", standings.render())
}

/// `NAME` or `NAME/OBJECTIVE`.
fn name_of(fired: &Fired, statuses: &[Status]) -> String {
    let is_it = |status: &&Status| status.slo == fired.key.slo && status.objective == fired.key.objective;
    statuses.iter().find(is_it).map_or_else(|| fired.key.slo.clone(), |status| status.name.clone())
}

fn document(simulation: &Simulation, start: Timestamp) -> Value {
    let seconds = |at: Timestamp| (at - start).0 as f64 / 1e6;
    let standing = |status: &Status| {
        json!({
            "name": status.slo, "objective": status.objective, "service": status.service,
            "target": status.target.as_f64(), "sli": status.sli(), "budget": status.budget().map(|budget| budget.as_f64()),
            "good": status.measure.counted().good, "bad": status.measure.counted().bad, "state": status.state().word(),
        })
    };
    let stretch = |key: &AlertKey, from: Timestamp, until: Option<Timestamp>| {
        json!({
            "slo": key.slo, "objective": key.objective, "severity": key.severity,
            "fromSeconds": seconds(from), "untilSeconds": until.map(seconds),
        })
    };
    let fired = simulation.fired.iter().map(|fired| stretch(&fired.key, fired.from, fired.until));
    let frozen = simulation.frozen.iter().map(|frozen| stretch(&frozen.key, frozen.from, frozen.until));
    json!({
        "items": simulation.statuses.iter().map(standing).collect::<Vec<_>>(),
        "alerts": fired.collect::<Vec<_>>(),
        "frozen": frozen.collect::<Vec<_>>(),
    })
}
