//! Who calls whom in a window, and how long the calls took.
//!
//! Calls and failures are the links of whole traces. Times are asked for apart (`histogram=duration`): they
//! are those of the spans that name both ends, the caller's where it names whom it calls, else the
//! callee's where it names its caller. An edge that no span names so has none.

use super::partial;
use super::problem::{Answer, Problem};
use super::request::Asked;
use crate::App;
use axum::Json;
use axum::extract::State;
use nines_base::DurationUs;
use nines_span::Kind;
use nines_storage::aggregate::{Group, KeyPart, Sums};
use nines_storage::{AggregateQuery, Answer as Found, Dimension, Window};
use nines_trace::filter::Filter;
use nines_trace::linker::Link;
use nines_trace::names::lower;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Window of the map unless told otherwise.
const SINCE_DEFAULT: DurationUs = DurationUs::from_secs(3600);

/// Spans that have a side of a call and name the other one.
const NAMES_BOTH_ENDS: &str = "kind=(client,producer,server,consumer) remote=~\".\"";

/// Shares that edges tell.
const QUANTILES: [(&str, f64); 3] = [("p50Us", 0.5), ("p95Us", 0.95), ("p99Us", 0.99)];

/// `GET /map?from=&to=&since=&histogram=`.
pub async fn map(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let window = asked.window(&app, SINCE_DEFAULT)?;
    let store = app.store.clone();
    let Found { value: links, mut gaps } = super::reading(asked.lang, move || store.links(window)).await?;
    let times = if asked.word("histogram", &[("duration", true)], false)? {
        times(&app, &asked, window).await?.into_value(&mut gaps)
    } else {
        Times::default()
    };
    let names: BTreeSet<&str> = links.iter().flat_map(|link| [link.parent.as_str(), &link.child]).collect();
    let nodes: Vec<_> = names.iter().map(|name| json!({ "service": name, "color": app.colors.of(name) })).collect();
    let edges: Vec<_> = links.iter().map(|link| edge(link, &times)).collect();
    let mut document = json!({ "nodes": nodes, "edges": edges });
    partial::mark(&mut document, &gaps);
    Ok(Json(document))
}

fn edge(link: &Link, times: &Times) -> Value {
    let mut edge = json!({ "parent": link.parent, "child": link.child, "calls": link.calls, "errors": link.errors });
    if let Some((told_by, sums)) = times.of(&link.parent, &link.child) {
        edge["timedBy"] = json!(told_by);
        edge["timed"] = json!(sums.timed);
        for (name, q) in QUANTILES {
            // No duration is longer than the longest, though its bucket ends later.
            edge[name] = json!(sums.histogram.quantile(q).map(|bounds| (*bounds.end()).min(sums.duration_us_max)));
        }
    }
    edge
}

/// Times by caller and callee, in lower case, as either side tells them.
#[derive(Default)]
struct Times {
    by_caller: HashMap<(String, String), Sums>,
    by_callee: HashMap<(String, String), Sums>,
}

impl Times {
    fn add(&mut self, group: &Group) {
        let [KeyPart::Text(service), KeyPart::Text(remote), KeyPart::Kind(kind)] = &group.key[..] else { return };
        let (service, remote) = (lower(service).into_owned(), lower(remote).into_owned());
        let sums = match kind {
            Kind::Client | Kind::Producer => self.by_caller.entry((service, remote)),
            _ => self.by_callee.entry((remote, service)),
        };
        sums.or_default().join(&group.sums);
    }

    fn of(&self, parent: &str, child: &str) -> Option<(&'static str, &Sums)> {
        let edge = (parent.to_owned(), child.to_owned());
        let sides = [("caller", &self.by_caller), ("callee", &self.by_callee)];
        sides.into_iter().find_map(|(side, times)| Some((side, times.get(&edge).filter(|sums| sums.timed > 0)?)))
    }
}

/// As many edges have times as groups may have histograms: those of the most spans.
async fn times(app: &Arc<App>, asked: &Asked, window: Window) -> Result<Found<Times>, Problem> {
    let filter = Filter::parse(NAMES_BOTH_ENDS).map_err(|error| Problem::filter(asked.lang, &error))?;
    let by = vec![Dimension::Service, Dimension::Remote, Dimension::Kind];
    let query = AggregateQuery::new(filter, window, by, AggregateQuery::groups_allowed(true), true);
    let query = query.map_err(|fault| Problem::internal(asked.lang, &fault.to_string()))?;
    let store = app.store.clone();
    let found = super::reading(asked.lang, move || store.aggregate(&query)).await?;
    Ok(found.map(|aggregate| {
        let mut times = Times::default();
        aggregate.groups.iter().for_each(|group| times.add(group));
        times
    }))
}
