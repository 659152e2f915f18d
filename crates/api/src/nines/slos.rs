//! How SLOs stand.

use super::problem::{Answer, Fault, Problem};
use super::request::{Asked, rfc3339};
use super::slo_item::{Item, Shown, burns};
use crate::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use nines_base::{DurationUs, Lang, Timestamp};
use nines_collect::sli::amendments::AMENDED;
use nines_collect::sli::{GroupStanding, Standing};
use nines_ledger::{EventQuery, Order};
use nines_slo::model::{Slo, Stretch};
use nines_slo::status::Status;
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Points of a series unless told otherwise: a chart's width.
const SERIES_POINTS: i64 = 240;

/// Amendments of an SLO that are shown, and those of its service that are looked through for them.
const AMENDMENTS_SHOWN: usize = 20;
const AMENDMENTS_READ_MAX: usize = 500;

/// All objectives.
#[derive(Serialize)]
struct List<'s> {
    items: Vec<Item<'s>>,
    next: (),
    watermark: String,
}

/// `GET /slos`.
pub async fn list(State(app): State<Arc<App>>, asked: Asked) -> Response {
    with_list(&app, asked.lang, |list| Json(list).into_response())
}

/// All objectives as one list.
pub(crate) fn list_value(app: &App, lang: Lang) -> Value {
    with_list(app, lang, |list| json!(list))
}

fn with_list<T>(app: &App, lang: Lang, show: impl FnOnce(List<'_>) -> T) -> T {
    let standings = app.judge.standings();
    let shown = Shown::new(app, &standings, lang);
    let items = standings.iter().map(|standing| shown.item(standing)).collect();
    show(List { items, next: (), watermark: rfc3339(app.judge.watermark()) })
}

/// `GET /slos/{name}`.
pub async fn one(State(app): State<Arc<App>>, Path(name): Path<String>, asked: Asked) -> Answer {
    one_value(&app, &name, asked.lang).await.map(Json)
}

/// One SLO with all that is known of it.
pub(crate) async fn one_value(app: &Arc<App>, name: &str, lang: Lang) -> Result<Value, Problem> {
    let standings = named(app, name, lang)?;
    let shown = Shown::new(app, &standings, lang);
    let slo = &standings[0].slo;
    let place = &slo.place;
    let item = |standing: &Standing| {
        let mut item = json!(shown.item(standing));
        item["groups"] = groups(app, standing);
        item
    };
    let items: Vec<Value> = standings.iter().map(item).collect();
    let amendments = amendments(app, slo, lang).await?;
    Ok(json!({
        "items": items,
        "amendments": amendments,
        "definition": { "file": place.file, "line": place.line, "column": place.column },
    }))
}

/// How the groups of an objective stand.
fn groups(app: &App, standing: &Standing) -> Value {
    let group = |group: &GroupStanding| {
        let (status, counted) = (&group.status, group.status.measure.counted());
        json!({
            "value": group.value, "good": counted.good, "bad": counted.bad, "sli": status.sli(),
            "budget": status.budget().map(|budget| budget.as_f64()), "burn": burns(status),
        })
    };
    app.judge.groups(&standing.slo, &standing.objective).iter().map(group).collect()
}

/// Changes of figures that had been taken for settled, the newest first.
async fn amendments(app: &Arc<App>, slo: &Slo, lang: Lang) -> Result<Vec<Value>, Problem> {
    let query = EventQuery {
        topics: vec![AMENDED.to_owned()],
        service: Some(slo.service.clone()),
        order: Order::Newest,
        limit: AMENDMENTS_READ_MAX,
        ..EventQuery::default()
    };
    let events = super::events::read(app, lang, query).await?;
    let told = events.iter().filter_map(|event| {
        let payload: Value = serde_json::from_str(event.payload.as_deref()?).ok()?;
        if payload["slo"] != slo.name {
            return None;
        }
        let time = |name: &str| payload[name].as_i64().map(|us| rfc3339(Timestamp(us)));
        Some(json!({
            "at": rfc3339(event.at), "objective": payload["objective"], "from": time("fromUs"), "until": time("untilUs"),
            "before": payload["before"], "after": payload["after"],
        }))
    });
    Ok(told.take(AMENDMENTS_SHOWN).collect())
}

/// The objectives of an SLO; never empty.
pub(super) fn named(app: &App, name: &str, lang: Lang) -> Result<Vec<Standing>, Problem> {
    let of_name: Vec<Standing> = app.judge.standings_of(|slo| slo.name == name);
    if of_name.is_empty() {
        return Err(Problem::missing(lang, Fault::NoSlo { name: name.to_owned() }, Fault::NoSloHint));
    }
    Ok(of_name)
}

/// The objective that `objective=` names; where it names none, what the SLO's name means: its composite, or its first.
pub(super) fn of_objective(app: &App, name: &str, asked: &Asked) -> Result<Standing, Problem> {
    let standings = named(app, name, asked.lang)?;
    let known: Vec<String> = standings.iter().map(|standing| standing.status.objective.clone()).collect();
    let wanted = asked.text("objective");
    let is_wanted = |standing: &Standing| match wanted {
        Some(label) => standing.status.objective == label,
        None => !standing.status.is_part,
    };
    let found = standings.into_iter().find(is_wanted);
    found.ok_or_else(|| {
        let fact = Fault::NoObjective { slo: name.to_owned(), name: wanted.unwrap_or_default().to_owned() };
        Problem::missing(asked.lang, fact, Fault::NoObjectiveHint { known: known.join(", ") })
    })
}

/// `GET /slos/{name}/series?from=&to=&objective=`.
pub async fn series(State(app): State<Arc<App>>, Path(name): Path<String>, asked: Asked) -> Answer {
    let standing = of_objective(&app, &name, &asked)?;
    let length = standing.status.reach().unwrap_or(DurationUs::from_secs(3600));
    let window = asked.window(&app, length)?;
    let stretch = Stretch { after: window.from, upto: window.to };
    // Whole seconds, as cells are.
    let step_s = ((window.to - window.from).0 / 1_000_000 / SERIES_POINTS).max(1);
    let step = DurationUs::from_secs(step_s);
    let points = app.judge.series(&standing.slo, &standing.objective, stretch, step).unwrap_or_default();
    let points: Vec<Value> = points
        .iter()
        .map(|point| {
            json!({ "upto": rfc3339(point.upto), "good": point.events.good, "bad": point.events.bad,
                    "sli": point.sli, "budget": point.budget, "forecast": point.forecast })
        })
        .collect();
    Ok(Json(json!({ "stepUs": step.0, "start": rfc3339(window.from), "points": points })))
}

/// `GET /stories`.
pub async fn stories(State(app): State<Arc<App>>, asked: Asked) -> Json<Value> {
    let standings = app.judge.standings();
    let shown = Shown::new(&app, &standings, asked.lang);
    let items: Vec<Value> = app
        .judge
        .stories()
        .iter()
        .map(|(story, together)| {
            let is_member = |standing: &&Standing| story.slos.contains(&standing.slo.name) && !standing.status.is_part;
            let members = || standings.iter().filter(is_member);
            let mut item = json!({
                "name": story.name, "title": story.display_name.as_ref().unwrap_or(&story.name), "owner": story.owner,
                "slos": story.slos, "join": story.join.word(), "state": shown.worst(members()),
                "budget": nines_slo::story::budget(story.join, members().map(|standing| &standing.status)),
            });
            if let Some(status) = together {
                describe_traces(status, &mut item);
            }
            item
        })
        .collect();
    Json(json!({ "items": items, "next": null }))
}

/// Of a story by trace: how many traces were good.
fn describe_traces(status: &Status, item: &mut Value) {
    item["window"] = json!(status.window_text());
    item["target"] = json!(status.target.as_f64());
    item["good"] = json!(status.measure.events.good);
    item["bad"] = json!(status.measure.events.bad);
    item["sli"] = json!(status.sli());
    item["budget"] = json!(status.budget().map(|budget| budget.as_f64()));
    item["coverage"] = json!(status.coverage.ratio().unwrap_or(0.0));
}
