//! Who calls whom in a window, how long it took, and where each is drawn.
//!
//! Calls and failures are the links of whole traces. Times are asked for apart (`histogram=duration`). Places
//! come where a number of services is given that may be shown (`services=`).

mod choice;
mod peers;
mod remembered;
mod times;

use super::partial;
use super::problem::Answer;
use super::request::{Asked, rfc3339};
use crate::App;
use axum::Json;
use axum::extract::State;
use choice::{Choice, Chosen};
use nines_base::DurationUs;
use nines_slo::alert::state::Level;
use nines_storage::Answer as Found;
use nines_storage::aggregate::Sums;
use nines_trace::layout::{Drawing, Spot};
use nines_trace::linker::Link;
use nines_trace::names::lower;
use peers::Peers;
pub use remembered::Drawings;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use times::Times;

/// Window of the map unless told otherwise.
const SINCE_DEFAULT: DurationUs = DurationUs::from_secs(3600);

/// Services drawn at most: more cannot be told apart on a screen.
const SERVICES_DRAWN_MAX: u64 = 300;

/// Calls followed from a focus unless told, and at most: no known system is deeper.
const HOPS_DEFAULT: u64 = 2;
const HOPS_MAX: u64 = 20;

/// `GET /map?from=&to=&since=&histogram=&services=&focus=&hops=&min=`.
pub async fn map(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let window = asked.window(&app, SINCE_DEFAULT)?;
    let wants_times = asked.word("histogram", &[("duration", true)], false)?;
    let choice = choice(&asked)?;
    let store = app.store.clone();
    let Found { value: links, mut gaps } = super::reading(asked.lang, move || store.links(window)).await?;
    let (mut times, mut answered) = (Times::default(), HashMap::new());
    if wants_times {
        times = times::of_calls(&app, &asked, window).await?.into_value(&mut gaps);
        answered = times::of_services(&app, &asked, window).await?.into_value(&mut gaps);
    }
    let peers = Peers::read(&app, &asked, window, &times).await?;
    let alarming = alarming(&app);
    let chosen = choice.of(&links, |name| alarming.contains(name));
    let drawing = choice.services_max.map(|_| app.drawings.draw(&choice, &chosen));
    let shown = Shown { app: &app, peers, alarming: &alarming, answered, times };
    let mut document = json!({
        "from": rfc3339(window.from), "to": rfc3339(window.to),
        "nodes": shown.nodes(&chosen, drawing.as_ref()), "edges": shown.edges(&chosen, drawing.as_ref()),
        "left": { "services": chosen.n_quiet, "edges": chosen.n_weak },
    });
    partial::mark(&mut document, &gaps);
    Ok(Json(document))
}

fn choice(asked: &Asked) -> Result<Choice, super::problem::Problem> {
    let is_drawn = asked.text("services").is_some();
    let services = asked.number("services", SERVICES_DRAWN_MAX, 1, SERVICES_DRAWN_MAX)?;
    Ok(Choice {
        focus: asked.text("focus").map(|name| lower(name).into_owned()),
        hops: asked.number("hops", HOPS_DEFAULT, 1, HOPS_MAX)?,
        least_percent: asked.number("min", 0, 0, 100)?,
        services_max: is_drawn.then_some(services as usize),
    })
}

/// Services of which an alert fires, in lower case.
fn alarming(app: &App) -> HashSet<String> {
    let book = app.judge.alerts();
    let firing = book.alerts().map(|(_, alert)| alert).filter(|alert| alert.state.level == Level::Firing);
    firing.map(|alert| lower(&alert.service).into_owned()).collect()
}

/// What every item needs.
struct Shown<'a> {
    app: &'a App,
    peers: Peers,
    alarming: &'a HashSet<String>,
    /// What each service answered.
    answered: HashMap<String, Sums>,
    times: Times,
}

impl Shown<'_> {
    fn nodes(&self, chosen: &Chosen<'_>, drawing: Option<&Drawing>) -> Vec<Value> {
        let orders = drawing.map(Drawing::orders).unwrap_or_default();
        let node = |(at, name): (usize, &&str)| {
            let mut node = json!({
                "service": name, "color": self.app.colors.of(name), "kind": self.peers.kind_of(name),
                "alarming": self.alarming.contains(*name),
            });
            if let Some(sums) = self.answered.get(*name) {
                node["calls"] = json!(sums.spans);
                node["errors"] = json!(sums.errors);
                times::tell(sums, &mut node);
            }
            if let Some(drawing) = drawing {
                let Spot { rank, row } = drawing.spots[at];
                node["rank"] = json!(rank);
                node["order"] = json!(orders[at]);
                node["row"] = json!(row);
            }
            node
        };
        chosen.names.iter().enumerate().map(node).collect()
    }

    fn edges(&self, chosen: &Chosen<'_>, drawing: Option<&Drawing>) -> Vec<Value> {
        let via = |at: usize| drawing.map(|drawing| &drawing.routes[at]);
        chosen.links.iter().enumerate().map(|(at, link)| self.edge(link, via(at))).collect()
    }

    fn edge(&self, link: &Link, via: Option<&Vec<Spot>>) -> Value {
        let mut edge =
            json!({ "parent": link.parent, "child": link.child, "calls": link.calls, "errors": link.errors });
        if let Some((told_by, sums)) = self.times.of(&link.parent, &link.child) {
            edge["timedBy"] = json!(told_by);
            times::tell(sums, &mut edge);
        }
        if let Some(via) = via {
            edge["via"] = via.iter().map(|spot| json!([spot.rank, spot.row])).collect();
        }
        edge
    }
}
