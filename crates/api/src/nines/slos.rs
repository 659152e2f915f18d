//! How SLOs stand.

use super::problem::{Answer, Fault, Problem};
use super::request::{Asked, rfc3339};
use super::source_value;
use crate::App;
use axum::Json;
use axum::extract::{Path, State};
use nines_base::lang::Message;
use nines_base::{DurationUs, Lang, Timestamp};
use nines_collect::sli::amendments::AMENDED;
use nines_collect::sli::asking::SourceState;
use nines_collect::sli::{GroupStanding, Standing};
use nines_ledger::{EventQuery, Order};
use nines_slo::alert::book::AlertBook;
use nines_slo::budget::Share;
use nines_slo::model::{BudgetingMethod, Definitions, Objective, Sli, Slo, Stretch, TimeWindow, UserStory};
use nines_slo::policy::exclusion::Excluded;
use nines_slo::status::{State as SloState, Status};
use nines_trace::filter::Filter;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Points of a series unless told otherwise: a chart's width.
const SERIES_POINTS: i64 = 240;

/// Amendments of an SLO that are shown, and those of its service that are looked through for them.
const AMENDMENTS_SHOWN: usize = 20;
const AMENDMENTS_READ_MAX: usize = 500;

/// Times of one adjustment listed of a window.
const EXCLUDED_TIMES_SHOWN: usize = 50;

/// Labels that name who answers for an SLO or a service, the first that is there.
const TEAM_LABELS: [&str; 2] = ["team", "owner"];

/// Names of the burn windows that scripts read, in the order of `Status::burns`.
const BURN_NAMES: [&str; 4] = ["5m", "1h", "6h", "3d"];

/// `GET /slos`.
pub async fn list(State(app): State<Arc<App>>, asked: Asked) -> Json<Value> {
    Json(list_value(&app, asked.lang))
}

/// All objectives as one list.
pub(crate) fn list_value(app: &App, lang: Lang) -> Value {
    let standings = app.judge.standings();
    let shown = Shown::new(app, lang);
    let items: Vec<Value> = standings.iter().map(|standing| shown.item(standing)).collect();
    json!({ "items": items, "next": null, "watermark": rfc3339(app.judge.watermark()) })
}

/// `GET /slos/{name}`.
pub async fn one(State(app): State<Arc<App>>, Path(name): Path<String>, asked: Asked) -> Answer {
    one_value(&app, &name, asked.lang).await.map(Json)
}

/// One SLO with all that is known of it.
pub(crate) async fn one_value(app: &Arc<App>, name: &str, lang: Lang) -> Result<Value, Problem> {
    let standings = named(app, name, lang)?;
    let shown = Shown::new(app, lang);
    let slo = &standings[0].slo;
    let place = &slo.place;
    let item = |standing: &Standing| {
        let mut item = shown.item(standing);
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
        let burns: Map<String, Value> =
            BURN_NAMES.iter().zip(status.burns()).map(|(name, burn)| ((*name).to_owned(), json!(burn))).collect();
        json!({
            "value": group.value, "good": counted.good, "bad": counted.bad, "sli": status.sli(),
            "budget": status.budget().map(|budget| budget.as_f64()), "burn": burns,
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
    let shown = Shown::new(&app, asked.lang);
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

/// From when on an objective's events are counted, where they were counted back, and up to when those of its window are
/// known by histograms alone.
fn history(standing: &Standing) -> Value {
    let Some(told) = standing.told else { return Value::Null };
    json!({ "from": rfc3339(told.from), "estimatedUntil": standing.estimated_until().map(rfc3339) })
}

/// What every item needs: the stories' titles and each service's verdict.
struct Shown {
    lang: Lang,
    definitions: Arc<Definitions>,
    held: BTreeMap<String, bool>,
    alerts: AlertBook,
    sources: Vec<SourceState>,
}

impl Shown {
    fn new(app: &App, lang: Lang) -> Shown {
        let definitions = app.judge.definitions();
        let services: std::collections::BTreeSet<&str> =
            definitions.slos.iter().map(|slo| slo.service.as_str()).collect();
        let held = services.into_iter().map(|service| (service.to_owned(), app.judge.is_held(service))).collect();
        Shown { lang, definitions, held, alerts: app.judge.alerts(), sources: app.sources.states() }
    }

    fn is_held(&self, service: &str) -> bool {
        self.held.get(service).copied().unwrap_or(false)
    }

    /// The worst word of a story's SLOs.
    fn worst<'s>(&self, members: impl Iterator<Item = &'s Standing>) -> &'static str {
        let rank = |standing: &Standing| match standing.status.state() {
            SloState::Exhausted => 0,
            SloState::Burning => 1,
            SloState::Unmeasured => 3,
            SloState::Healthy => 2,
        };
        match members.map(rank).min() {
            Some(0) => "held",
            Some(1) => "burning",
            Some(2) => "healthy",
            _ => "unmeasured",
        }
    }

    fn item(&self, standing: &Standing) -> Value {
        let (slo, status) = (&standing.slo, &standing.status);
        let story = self.definitions.stories.iter().find(|story| story.slos.contains(&slo.name));
        let burns: Map<String, Value> =
            BURN_NAMES.iter().zip(status.burns()).map(|(name, burn)| ((*name).to_owned(), json!(burn))).collect();
        let counted = status.measure.counted();
        json!({
            "name": slo.name,
            "displayName": slo.display_name.as_ref().unwrap_or(&slo.name),
            "objective": status.objective,
            "composite": matches!(standing.objective.sli, Sli::Composite(_)),
            "objectives": slo.objectives.len(),
            "description": slo.description,
            "service": slo.service,
            "team": self.team(slo, story),
            "method": method_word(slo.method),
            "story": story.map(|story| &story.name),
            "storyTitle": story.map(|story| story.display_name.as_ref().unwrap_or(&story.name)),
            "window": status.window.map(|window| window.to_string()),
            "calendar": calendar(standing),
            "target": status.target.as_f64(),
            "good": counted.good,
            "bad": counted.bad,
            "isEstimate": status.is_estimate,
            "history": history(standing),
            "groupBy": standing.objective.sli.group_by().map(|by| &by.tag),
            "sli": status.sli(),
            "interval": interval(status),
            "budget": status.budget().map(|budget| budget.as_f64()),
            "burn": burns,
            "raw": raw(status),
            "exclusions": exclusions(status),
            "source": self.source(standing),
            "coverage": status.coverage.ratio().unwrap_or(0.0),
            "state": standing.state_word(),
            "page": self.page(standing),
            "alerts": super::alerts::brief_of(standing, &self.alerts),
            "exhaustsInUs": standing.exhausts_in.map(|length| length.0),
            "gate": if self.is_held(&slo.service) { "held" } else { "allowed" },
            "explanation": self.explain(standing),
        })
    }

    /// Who answers for an SLO: its own label, that of its service, or the owner of its story.
    fn team(&self, slo: &Slo, story: Option<&UserStory>) -> Option<String> {
        let labelled = |labels: &BTreeMap<String, Vec<String>>| {
            TEAM_LABELS.iter().find_map(|label| labels.get(*label)?.first().cloned())
        };
        let service = self.definitions.services.iter().find(|service| service.name == slo.service);
        let of_service = || service.and_then(|service| labelled(&service.labels));
        labelled(&slo.labels).or_else(of_service).or_else(|| story?.owner.clone())
    }

    /// The system that measures the objective, or a part of it, where one does: that which gives least first.
    fn source(&self, standing: &Standing) -> Option<Value> {
        let named = |objective: &Objective| match &objective.sli {
            Sli::Queried(queried) => Some(queried.source.name.clone()),
            _ => None,
        };
        let names: Vec<String> = standing.slo.measured_on(&standing.objective).iter().filter_map(named).collect();
        let states = self.sources.iter().filter(|state| names.contains(&state.name));
        Some(source_value(states.min_by_key(|state| (state.failing.is_none(), state.refused.is_empty()))?, self.lang))
    }

    fn page(&self, standing: &Standing) -> Value {
        let status = &standing.status;
        let Some(reading) = status.leading_page() else { return Value::Null };
        let burn = |burn: Option<nines_slo::fraction::Fraction>| burn.map(|burn| burn.as_f64());
        json!({
            "long": reading.pair.long.to_string(), "short": reading.pair.short.to_string(),
            "threshold": reading.pair.threshold.as_f64(),
            "longBurn": burn(reading.long_burn(status.target)), "shortBurn": burn(reading.short_burn(status.target)),
            "reachable": reading.pair.is_reachable(status.target), "firing": status.is_paging(),
        })
    }

    fn explain(&self, standing: &Standing) -> String {
        let status = &standing.status;
        let (name, window) = (status.name.clone(), status.window_text());
        if window.is_empty() {
            return Explained::NotBegun { name }.text(self.lang);
        }
        let (Some(sli), Some(budget)) = (status.sli(), status.budget()) else {
            return Explained::Unmeasured { name, window }.text(self.lang);
        };
        let (sli, left) = (percent(sli), percent(budget.as_f64()));
        let target = percent(status.target.as_f64());
        let counted = status.measure.counted();
        let (good, valid) = (counted.good, counted.valid());
        let said = match (status.measure.slices, status.measure.averaged) {
            _ if status.measure.is_composed => Explained::Together { name, window, sli, target, left },
            (Some(_), _) => Explained::BySlices { name, good, valid, window, sli, target, left },
            (None, Some(slices)) => Explained::ByMean { name, slices, window, sli, target, left },
            (None, None) => Explained::ByEvents { name, good, valid, window, sli, target, left },
        };
        said.text(self.lang)
    }
}

nines_base::catalogue! {
    /// An objective in a sentence.
    enum Explained {
        ByEvents { name: String, good: u64, valid: u64, window: String, sli: String, target: String, left: String } => {
            en: "{name}: {good} of {valid} events of its window ({window}) were good, {sli}; the target is {target}, so {left} of the error budget is left",
            ko: "{name}: 기간({window})의 이벤트 {valid}건 중 {good}건이 좋았습니다({sli}). 목표는 {target}이며 에러 버짓이 {left} 남았습니다",
        },
        BySlices { name: String, good: u64, valid: u64, window: String, sli: String, target: String, left: String } => {
            en: "{name}: {good} of {valid} time slices of its window ({window}) were good, {sli}; the target is {target}, so {left} of the error budget is left",
            ko: "{name}: 기간({window})의 시간 구간 {valid}개 중 {good}개가 좋았습니다({sli}). 목표는 {target}이며 에러 버짓이 {left} 남았습니다",
        },
        ByMean { name: String, slices: u64, window: String, sli: String, target: String, left: String } => {
            en: "{name}: the {slices} time slices of its window ({window}) were {sli} good on average; the target is {target}, so {left} of the error budget is left",
            ko: "{name}: 기간({window})의 시간 구간 {slices}개가 평균 {sli} 좋았습니다. 목표는 {target}이며 에러 버짓이 {left} 남았습니다",
        },
        Together { name: String, window: String, sli: String, target: String, left: String } => {
            en: "{name}: its objectives together were {sli} good in their window ({window}); the target is {target}, so {left} of the error budget is left",
            ko: "{name}: 기간({window})에 목표를 합쳐 {sli} 좋았습니다. 목표는 {target}이며 에러 버짓이 {left} 남았습니다",
        },
        Unmeasured { name: String, window: String } => {
            en: "{name}: nothing valid to judge in its window ({window}), so there is no SLI and no budget",
            ko: "{name}: 기간({window})에 판단할 유효한 이벤트가 없어 SLI와 에러 버짓이 없습니다",
        },
        NotBegun { name: String } => {
            en: "{name}: the first period of its calendar has not begun, so there is no SLI and no budget",
            ko: "{name}: 달력의 첫 기간이 아직 시작되지 않아 SLI와 에러 버짓이 없습니다",
        },
    }
}

/// Between which bounds what was counted puts the SLI, at 95 %; null where it is an estimate or no ratio of counts.
fn interval(status: &Status) -> Value {
    status.interval().map_or(Value::Null, |interval| json!({ "low": interval.low, "high": interval.high }))
}

/// What the figures would be without what is excluded; null where nothing is.
fn raw(status: &Status) -> Value {
    let Some(raw) = status.raw else { return Value::Null };
    let counted = raw.counted();
    json!({
        "good": counted.good, "bad": counted.bad, "sli": raw.share.map(Share::sli),
        "budget": raw.share.map(|share| share.budget(status.target).as_f64()),
    })
}

/// What is excluded from the window, and how many events that is.
fn exclusions(status: &Status) -> Vec<Value> {
    let exclusion = |excluded: &Excluded| {
        let times = excluded.spans.iter().take(EXCLUDED_TIMES_SHOWN);
        let times: Vec<Value> =
            times.map(|span| json!({ "from": rfc3339(span.from), "until": rfc3339(span.until) })).collect();
        let adjustment = &excluded.adjustment;
        json!({
            "name": adjustment.name, "mode": adjustment.mode.word(), "category": adjustment.category,
            "where": adjustment.filter.as_ref().map(Filter::to_string),
            "reason": adjustment.reason, "approvedBy": adjustment.approved_by, "times": times,
            "timesTotal": excluded.spans.len(), "good": excluded.counts.good, "bad": excluded.counts.bad,
        })
    };
    status.excluded.iter().map(exclusion).collect()
}

/// The calendar of a window that follows one, with the period it is in; null where the window rolls.
fn calendar(standing: &Standing) -> Value {
    let TimeWindow::Calendar(calendar) = &standing.slo.window else { return Value::Null };
    let period = standing.status.period.as_ref();
    json!({
        "duration": calendar.to_string(), "timeZone": calendar.zone_name(),
        "from": period.map(|period| rfc3339(period.from)), "until": period.map(|period| rfc3339(period.until)),
    })
}

/// The budgeting method as OpenSLO writes it.
fn method_word(method: BudgetingMethod) -> &'static str {
    match method {
        BudgetingMethod::Occurrences => "Occurrences",
        BudgetingMethod::Timeslices => "Timeslices",
        BudgetingMethod::RatioTimeslices => "RatioTimeslices",
    }
}

/// A share as percent with up to three decimals.
fn percent(share: f64) -> String {
    let text = format!("{:.3}", share * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}
