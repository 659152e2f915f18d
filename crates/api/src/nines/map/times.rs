//! How long calls took: as the spans that name both ends say, the caller's where it names whom it calls, else the
//! callee's where it names its caller.

use crate::App;
use crate::nines::problem::Problem;
use crate::nines::reading;
use crate::nines::request::Asked;
use nines_span::Kind;
use nines_storage::aggregate::{Aggregate, Group, KeyPart, Sums};
use nines_storage::{AggregateQuery, Answer as Found, Dimension, Window};
use nines_trace::filter::Filter;
use nines_trace::names::lower;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Spans that have a side of a call and name the other one.
const NAMES_BOTH_ENDS: &str = "kind=(client,producer,server,consumer) remote=~\".\"";

/// Spans of who answers.
const ANSWERS: &str = "kind=(server,consumer)";

/// Shares that are told.
const QUANTILES: [(&str, f64); 3] = [("p50Us", 0.5), ("p95Us", 0.95), ("p99Us", 0.99)];

/// Writes how long the timed spans took.
pub(super) fn tell(sums: &Sums, item: &mut Value) {
    item["timed"] = json!(sums.timed);
    for (name, q) in QUANTILES {
        // No duration is longer than the longest, though its bucket ends later.
        item[name] = json!(sums.histogram.quantile(q).map(|bounds| (*bounds.end()).min(sums.duration_us_max)));
    }
}

/// Times by caller and callee, in lower case, as either side tells them.
#[derive(Default)]
pub(super) struct Times {
    by_caller: HashMap<(String, String), Sums>,
    by_callee: HashMap<(String, String), Sums>,
    /// Whom messages are given to or taken from.
    pub(super) brokers: HashSet<String>,
}

impl Times {
    fn add(&mut self, group: &Group) {
        let [KeyPart::Text(service), KeyPart::Text(remote), KeyPart::Kind(kind)] = &group.key[..] else { return };
        let (service, remote) = (lower(service).into_owned(), lower(remote).into_owned());
        if matches!(kind, Kind::Producer | Kind::Consumer) {
            self.brokers.insert(remote.clone());
        }
        let sums = match kind {
            Kind::Client | Kind::Producer => self.by_caller.entry((service, remote)),
            _ => self.by_callee.entry((remote, service)),
        };
        sums.or_default().join(&group.sums);
    }

    /// Who tells of a call, and what.
    pub(super) fn of(&self, parent: &str, child: &str) -> Option<(&'static str, &Sums)> {
        let edge = (parent.to_owned(), child.to_owned());
        let sides = [("caller", &self.by_caller), ("callee", &self.by_callee)];
        sides.into_iter().find_map(|(side, times)| Some((side, times.get(&edge).filter(|sums| sums.timed > 0)?)))
    }
}

/// As many edges have times as groups may have histograms: those of the most spans.
pub(super) async fn of_calls(app: &Arc<App>, asked: &Asked, window: Window) -> Result<Found<Times>, Problem> {
    let by = vec![Dimension::Service, Dimension::Remote, Dimension::Kind];
    let found = grouped(app, asked, window, NAMES_BOTH_ENDS, by).await?;
    Ok(found.map(|aggregate| {
        let mut times = Times::default();
        aggregate.groups.iter().for_each(|group| times.add(group));
        times
    }))
}

/// What each service answered, by its name in lower case.
pub(super) async fn of_services(
    app: &Arc<App>,
    asked: &Asked,
    window: Window,
) -> Result<Found<HashMap<String, Sums>>, Problem> {
    let found = grouped(app, asked, window, ANSWERS, vec![Dimension::Service]).await?;
    Ok(found.map(|aggregate| {
        let mut sums: HashMap<String, Sums> = HashMap::new();
        for group in &aggregate.groups {
            let [KeyPart::Text(service)] = &group.key[..] else { continue };
            sums.entry(lower(service).into_owned()).or_default().join(&group.sums);
        }
        sums
    }))
}

async fn grouped(
    app: &Arc<App>,
    asked: &Asked,
    window: Window,
    filter: &str,
    by: Vec<Dimension>,
) -> Result<Found<Aggregate>, Problem> {
    let filter = Filter::parse(filter).map_err(|error| Problem::filter(asked.lang, &error))?;
    let query = AggregateQuery::new(filter, window, by, AggregateQuery::groups_allowed(true), true);
    let query = query.map_err(|fault| Problem::internal(asked.lang, &fault.to_string()))?;
    let store = app.store.clone();
    reading(asked.lang, move || store.aggregate(&query)).await
}
