//! An objective as our API shows it.
//!
//! A page asks for all of them each second: they are written as they stand, without a tree of values between.

use super::alerts::Brief;
use super::request::rfc3339;
use super::source_value;
use crate::App;
use nines_base::Lang;
use nines_base::lang::Message;
use nines_collect::sli::Standing;
use nines_collect::sli::asking::SourceState;
use nines_slo::alert::book::AlertBook;
use nines_slo::budget::Share;
use nines_slo::fraction::Fraction;
use nines_slo::model::{BudgetingMethod, Definitions, Objective, Sli, Slo, TimeWindow, UserStory};
use nines_slo::policy::exclusion::Excluded;
use nines_slo::status::{State as SloState, Status};
use nines_trace::filter::Filter;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Times of one adjustment listed of a window.
const EXCLUDED_TIMES_SHOWN: usize = 50;

/// Labels that name who answers for an SLO or a service, the first that is there.
pub(super) const TEAM_LABELS: [&str; 2] = ["team", "owner"];

/// One objective.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Item<'s> {
    name: &'s str,
    display_name: &'s str,
    objective: &'s str,
    composite: bool,
    objectives: usize,
    description: Option<&'s str>,
    service: &'s str,
    team: Option<String>,
    method: &'static str,
    story: Option<&'s str>,
    story_title: Option<&'s str>,
    window: Option<String>,
    calendar: Value,
    target: f64,
    good: u64,
    bad: u64,
    is_estimate: bool,
    history: Value,
    group_by: Option<&'s str>,
    sli: Option<f64>,
    /// Between which bounds what was counted puts the SLI, at 95 %; null where it is an estimate or no ratio of counts.
    interval: Option<Bounds>,
    budget: Option<f64>,
    burn: Burns,
    raw: Value,
    exclusions: Vec<Value>,
    source: Option<Value>,
    coverage: f64,
    state: &'static str,
    page: Option<Page>,
    alerts: Vec<Brief<'s>>,
    exhausts_in_us: Option<i64>,
    gate: &'static str,
    explanation: String,
}

/// An interval.
#[derive(Serialize)]
struct Bounds {
    low: f64,
    high: f64,
}

/// Burn rates by lookback.
#[derive(Serialize)]
pub(super) struct Burns {
    #[serde(rename = "5m")]
    five_minutes: Option<f64>,
    #[serde(rename = "1h")]
    hour: Option<f64>,
    #[serde(rename = "6h")]
    six_hours: Option<f64>,
    #[serde(rename = "3d")]
    three_days: Option<f64>,
}

/// A page's condition.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    long: String,
    short: String,
    threshold: f64,
    long_burn: Option<f64>,
    short_burn: Option<f64>,
    reachable: bool,
    firing: bool,
}

/// From when on an objective's events are counted, where they were counted back, and up to when those of its window are
/// known by histograms alone.
fn history(standing: &Standing) -> Value {
    let Some(told) = standing.told else { return Value::Null };
    json!({ "from": rfc3339(told.from), "estimatedUntil": standing.estimated_until().map(rfc3339) })
}

/// What every item needs: the stories' titles and each service's verdict.
pub(super) struct Shown {
    lang: Lang,
    definitions: Arc<Definitions>,
    held: BTreeMap<String, bool>,
    alerts: AlertBook,
    sources: Vec<SourceState>,
}

impl Shown {
    /// Of objectives as they stand.
    pub fn new(app: &App, standings: &[Standing], lang: Lang) -> Shown {
        let (definitions, held) = (app.judge.definitions(), app.judge.held(standings));
        Shown { lang, definitions, held, alerts: app.judge.alerts(), sources: app.sources.states() }
    }

    fn is_held(&self, service: &str) -> bool {
        self.held.get(service).copied().unwrap_or(false)
    }

    /// The worst word of a story's SLOs.
    pub fn worst<'s>(&self, members: impl Iterator<Item = &'s Standing>) -> &'static str {
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

    /// An objective as it stands.
    pub fn item<'s>(&'s self, standing: &'s Standing) -> Item<'s> {
        let (slo, status) = (&standing.slo, &standing.status);
        let story = self.definitions.stories.iter().find(|story| story.slos.contains(&slo.name));
        let counted = status.measure.counted();
        Item {
            name: &slo.name,
            display_name: slo.display_name.as_ref().unwrap_or(&slo.name),
            objective: &status.objective,
            composite: matches!(standing.objective.sli, Sli::Composite(_)),
            objectives: slo.objectives.len(),
            description: slo.description.as_deref(),
            service: &slo.service,
            team: self.team(slo, story),
            method: method_word(slo.method),
            story: story.map(|story| &*story.name),
            story_title: story.map(|story| &**story.display_name.as_ref().unwrap_or(&story.name)),
            window: status.window.map(|window| window.to_string()),
            calendar: calendar(standing),
            target: status.target.as_f64(),
            good: counted.good,
            bad: counted.bad,
            is_estimate: status.is_estimate,
            history: history(standing),
            group_by: standing.objective.sli.group_by().map(|by| &*by.tag),
            sli: status.sli(),
            interval: status.interval().map(|interval| Bounds { low: interval.low, high: interval.high }),
            budget: status.budget().map(|budget| budget.as_f64()),
            burn: burns(status),
            raw: raw(status),
            exclusions: exclusions(status),
            source: self.source(standing),
            coverage: status.coverage.ratio().unwrap_or(0.0),
            state: standing.state_word(),
            page: page(status),
            alerts: super::alerts::brief_of(standing, &self.alerts),
            exhausts_in_us: standing.exhausts_in.map(|length| length.0),
            gate: if self.is_held(&slo.service) { "held" } else { "allowed" },
            explanation: self.explain(standing),
        }
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

/// The page's condition to show; nothing where none is evaluated.
fn page(status: &Status) -> Option<Page> {
    let reading = status.leading_page()?;
    let burn = |burn: Option<Fraction>| burn.map(|burn| burn.as_f64());
    Some(Page {
        long: reading.pair.long.to_string(),
        short: reading.pair.short.to_string(),
        threshold: reading.pair.threshold.as_f64(),
        long_burn: burn(reading.long_burn(status.target)),
        short_burn: burn(reading.short_burn(status.target)),
        reachable: reading.pair.is_reachable(status.target),
        firing: status.is_paging(),
    })
}

/// Burn rates over the windows that scripts read.
pub(super) fn burns(status: &Status) -> Burns {
    let [five_minutes, hour, six_hours, three_days] = status.burns();
    Burns { five_minutes, hour, six_hours, three_days }
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
