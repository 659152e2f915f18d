//! What other targets would have given: the past of an objective judged anew.

use super::problem::{Answer, Fault, Problem};
use super::request::{Asked, rfc3339};
use super::slos::of_objective;
use crate::App;
use axum::Json;
use axum::extract::{Path, State};
use nines_base::DurationUs;
use nines_collect::sli::Standing;
use nines_slo::backtest::{PAST_MAX, TARGETS_MAX, Trial, advise, daily_shares, trial};
use nines_slo::budget::Share;
use nines_slo::key::ObjectiveKey;
use nines_slo::model::{Objective, PPB_ONE, Ppb, Sli, Stretch};
use nines_slo::threshold::{counting_filters, with_limit};
use nines_storage::{AggregateQuery, Window};
use serde_json::{Value, json};
use std::sync::Arc;

/// Parts of past windows that an advised target was met by, in parts per billion.
const MET: [u32; 3] = [900_000_000, 990_000_000, 1_000_000_000];

/// `GET /slos/{name}/whatif?target=99,99.5&threshold=300ms&since=28d&objective=`: targets in per cent, or as shares below
/// one; without any, the one in force and those advised. A threshold is asked of the spans that are stored. A composite
/// consumes what its parts consume of their own targets, so there is nothing to try of it.
pub async fn whatif(State(app): State<Arc<App>>, Path(name): Path<String>, asked: Asked) -> Answer {
    let standing = of_objective(&app, &name, &asked)?;
    if let Sli::Composite(_) = standing.objective.sli {
        let parts = standing.slo.measured_on(&standing.objective).iter().map(Objective::label);
        let parts = parts.collect::<Vec<_>>().join(", ");
        return Err(Problem::bad(asked.lang, Fault::OfParts { slo: name }, Fault::OfPartsHint { parts }));
    }
    let since = asked.duration("since")?.unwrap_or(standing.slo.window.mean_length()).min(PAST_MAX);
    let mut targets = Vec::new();
    for text in asked.text("target").iter().flat_map(|list| list.split(',')) {
        let target = read_target(text.trim()).filter(|_| targets.len() < TARGETS_MAX);
        targets.push(target.ok_or_else(|| {
            Problem::bad(
                asked.lang,
                Fault::BadTarget { text: text.to_owned() },
                Fault::BadTargetHint { most: TARGETS_MAX },
            )
        })?);
    }
    let Some(key) = ObjectiveKey::of(&standing.objective.sli) else {
        return Ok(Json(json!({ "objective": standing.status.objective, "items": [], "advice": [], "next": null })));
    };
    let limited = match asked.duration("threshold")? {
        Some(limit) => by_limit(&app, &asked, &standing, limit, since).await?,
        None => Value::Null,
    };
    let (cells, watermark) = app.judge.past(&standing.slo, key);
    let judged = tokio::task::spawn_blocking(move || {
        let (slo, objective) = (&standing.slo, &standing.objective);
        // Cells begin at a whole hour; before the first event came there was nobody to alert.
        let first = cells.earliest(key).max(cells.first_counted(key)).unwrap_or(watermark);
        let stretch = Stretch::last(since, watermark).since(first);
        let shares = daily_shares(slo, objective, &cells, stretch);
        let advice: Vec<(Ppb, Share, Ppb)> = MET
            .into_iter()
            .filter_map(Ppb::new)
            .filter_map(|met| advise(&shares, met).map(|(share, target)| (met, share, target)))
            .collect();
        if targets.is_empty() {
            targets = advice.iter().map(|(_, _, target)| *target).chain([objective.target]).collect();
            targets.sort_unstable();
            targets.dedup();
        }
        let items: Vec<Value> =
            targets.into_iter().map(|target| item(&trial(slo, objective, &cells, stretch, target))).collect();
        json!({
            "name": slo.name, "objective": standing.status.objective, "window": slo.window.to_string(),
            "target": objective.target.as_f64(), "from": rfc3339(stretch.after), "to": rfc3339(stretch.upto),
            "days": shares.len(),
            "advice": advice.iter().map(|(met, share, target)| json!({
                "met": met.as_f64(), "sli": share.sli(), "target": target.as_f64(),
            })).collect::<Vec<_>>(),
            "items": items, "threshold": limited, "next": null,
        })
    });
    judged.await.map(Json).map_err(|error| Problem::internal(asked.lang, &error.to_string()))
}

/// What another limit on durations would have given, of the spans that are still stored and were sampled.
async fn by_limit(
    app: &Arc<App>,
    asked: &Asked,
    standing: &Standing,
    limit: DurationUs,
    since: DurationUs,
) -> Result<Value, Problem> {
    let sli = with_limit(&standing.objective.sli, limit);
    let Some((valid, good)) = sli.as_ref().and_then(counting_filters) else {
        return Err(Problem::bad(
            asked.lang,
            Fault::NoThreshold { slo: standing.slo.name.clone() },
            Fault::NoThresholdHint,
        ));
    };
    let to = app.judge.watermark();
    let window = Window { from: to - since, to };
    let mut counted = [0; 2];
    for (count, filter) in counted.iter_mut().zip([valid, good]) {
        let query = AggregateQuery::new(filter, window, Vec::new(), 1, false)
            .map_err(|_| Problem::internal(asked.lang, "a count without groups was refused"))?;
        let store = app.store.clone();
        *count = super::reading(asked.lang, move || store.aggregate(&query)).await?.value.total.spans;
    }
    let [n_valid, n_good] = counted;
    let share = Share::new(n_valid.saturating_sub(n_good), n_valid);
    Ok(json!({
        "thresholdUs": limit.0, "from": rfc3339(window.from), "to": rfc3339(window.to),
        "good": n_good, "bad": n_valid.saturating_sub(n_good), "sli": share.map(Share::sli),
        "budget": share.map(|share| share.budget(standing.objective.target).as_f64()),
    }))
}

fn item(trial: &Trial) -> Value {
    let hours = |length: DurationUs| length.0 as f64 / 3.6e9;
    json!({
        "target": trial.target.as_f64(), "budget": trial.budget, "leastBudget": trial.least_budget,
        "days": trial.n_days, "daysMet": trial.n_days_met,
        "pages": trial.n_pages, "otherAlerts": trial.n_others, "pagedHours": hours(trial.paged),
    })
}

/// `99.9` per cent, or `0.999`, below one.
fn read_target(text: &str) -> Option<Ppb> {
    let number: f64 = text.parse().ok()?;
    let share = if number > 1.0 { number / 100.0 } else { number };
    let is_target = (0.0..1.0).contains(&share);
    // Nine decimals are held, and a float has sixteen.
    is_target
        .then(|| Ppb::new((share * f64::from(PPB_ONE)).round() as u32))
        .flatten()
        .filter(|target| target.parts() < PPB_ONE)
}
