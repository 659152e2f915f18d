//! The report as JSON.

use crate::nines::request::rfc3339;
use nines_base::lang::Message;
use nines_base::{DurationUs, Lang, Timestamp};
use nines_toil::Evidence;
use nines_toil::judge::cap::CAP;
use nines_toil::judge::elasticity::{Lacking, SPREAD_MIN, WEEKS_MIN};
use nines_toil::judge::trend::Way;
use nines_toil::report::{Cost, Growth, Hours, OnCall, Own, Proposal, Realised, Report, Team, WEEK};
use serde_json::{Value, json};

nines_base::catalogue! {
    /// Why it is not known how a task grows.
    enum Lack {
        TooFewWeeks { n: usize, least: usize } => {
            en: "too few weeks with both toil and traffic: {n} of {least}",
            ko: "토일과 트래픽이 모두 있는 주가 부족합니다: {least}주 중 {n}주",
        },
        TooFewSteps { n: usize, least: usize } => {
            en: "too few steps with both toil and traffic: {n} of {least}",
            ko: "토일과 트래픽이 모두 있는 구간이 부족합니다: {least}개 중 {n}개",
        },
        TooSteady { times: String, least: String } => {
            en: "not enough traffic variation: the busiest has {times} times the requests of the quietest, {least} are needed",
            ko: "트래픽 변화가 부족합니다: 가장 바쁠 때가 가장 한가할 때의 {times}배이며, {least}배가 필요합니다",
        },
        Association => {
            en: "association, not cause: head count and time go into it too",
            ko: "인과가 아니라 연관입니다. 인원수와 시간의 영향도 들어 있습니다",
        },
    }
}

/// A report.
pub(super) fn report_value(report: &Report, step: DurationUs, lang: Lang) -> Value {
    let window = report.window;
    let coverage = report.coverage;
    let mut value = json!({
        "window": { "from": rfc3339(window.from), "to": rfc3339(window.to), "weeks": window.weeks() },
        "cap": CAP,
        "teams": report.teams.iter().map(|team| team_value(team, window.from, step)).collect::<Vec<_>>(),
        "top": report.top.iter().map(|cost| cost_value(cost, step, lang)).collect::<Vec<_>>(),
        "proposals": report.proposals.iter().map(|proposal| proposal_value(proposal, lang)).collect::<Vec<_>>(),
        "automations": report.realised.iter().map(realised_value).collect::<Vec<_>>(),
        "oncall": report.oncall.as_ref().map(oncall_value),
        "coverage": coverage.map(|coverage| coverage.part),
        "darkHours": coverage.map(|coverage| coverage.dark_hours),
        "pulse": coverage.map(|coverage| json!({ "answers": coverage.n_answers, "blocked": coverage.n_blocked })),
        "unread": report.n_unread,
        "ranks": coverage.is_none_or(|coverage| coverage.ranks()),
    });
    if let Some(own) = &report.own {
        value["me"] = own_value(own);
    }
    value
}

fn hours_value(hours: Hours) -> Value {
    json!({
        "hard": hours.hard(), "all": hours.all(), "A": hours.of(Evidence::Timed), "B": hours.of(Evidence::Derived),
        "C": hours.of(Evidence::Imported), "D": hours.of(Evidence::Declared),
    })
}

fn team_value(team: &Team, from: Timestamp, step: DurationUs) -> Value {
    let point = |(n, hours): (i64, &f64)| json!({ "from": rfc3339(from + DurationUs(n * step.0)), "hours": hours });
    json!({
        "team": team.team, "capacityHours": team.capacity_hours, "countedHours": hours_value(team.counted),
        "opsHours": team.ops_hours, "switchHours": team.switch_hours, "share": team.share, "opsShare": team.ops_share,
        "state": team.standing.word(), "floor": team.floor, "rotationTooSmall": team.floor.is_some_and(|floor| floor >= CAP),
        "nPersons": team.n_persons, "gini": team.gini, "someoneOver": team.is_someone_over,
        "monthsToCap": team.months_to_cap, "weeks": (0..).zip(&team.series).map(point).collect::<Vec<_>>(),
        "trend": team.way.map(way_word),
    })
}

fn way_word(way: Way) -> &'static str {
    match way {
        Way::Rising => "rising",
        Way::Falling => "falling",
        Way::Steady => "steady",
    }
}

fn cost_value(cost: &Cost, step: DurationUs, lang: Lang) -> Value {
    let (growth, lacking) = match &cost.growth {
        Some(Ok(growth)) => (growth_value(growth, lang), Value::Null),
        Some(Err(lacking)) => (Value::Null, json!(lacking_text(*lacking, step, lang))),
        None => (Value::Null, Value::Null),
    };
    json!({
        "task": cost.task, "title": cost.title, "category": cost.category.name(), "team": cost.team,
        "hoursPerYear": cost.hours_a_year, "runs": cost.n_runs, "minutesPerRun": cost.minutes,
        "interruptShare": cost.interrupts, "class": cost.class.name(), "status": cost.status.name(),
        "elasticity": growth, "elasticityLacking": lacking,
    })
}

fn growth_value(Growth { elasticity, intensity, hours_at_double }: &Growth, lang: Lang) -> Value {
    json!({
        "beta": elasticity.beta, "low": elasticity.low, "high": elasticity.high, "label": elasticity.label.word(),
        "rSquared": elasticity.r2, "weeks": elasticity.n_weeks, "intensityFirst": intensity[0],
        "intensityLast": intensity[1], "hoursAtDouble": hours_at_double, "note": Lack::Association.text(lang),
    })
}

fn lacking_text(lacking: Lacking, step: DurationUs, lang: Lang) -> String {
    let lack = match lacking {
        Lacking::Weeks(n) if step == WEEK => Lack::TooFewWeeks { n, least: WEEKS_MIN },
        Lacking::Weeks(n) => Lack::TooFewSteps { n, least: WEEKS_MIN },
        Lacking::Spread(times) => Lack::TooSteady { times: format!("{times:.2}"), least: format!("{SPREAD_MIN}") },
    };
    lack.text(lang)
}

/// A proposal.
pub(super) fn proposal_value(proposal: &Proposal, lang: Lang) -> Value {
    json!({
        "kind": proposal.kind.word(), "task": proposal.task, "hoursPerYear": proposal.hours_a_year,
        "why": proposal.why.text(lang), "paybackWeeks": proposal.payback_weeks,
        "naivePaybackWeeks": proposal.naive_payback_weeks, "threeYearsHours": proposal.three_years_hours,
        "runbook": proposal.has_runbook.then_some(&proposal.task),
    })
}

fn realised_value(realised: &Realised) -> Value {
    json!({
        "task": realised.task, "shippedAt": rfc3339(realised.shipped), "promisedHoursPerYear": realised.promised_hours,
        "realisedHours": realised.hours, "runs": realised.n_runs, "minutesBefore": realised.minutes[0],
        "minutesNow": realised.minutes[1], "buildHours": realised.build_hours, "paidBack": realised.paid_back,
    })
}

fn oncall_value(oncall: &OnCall) -> Value {
    json!({
        "alerts": oncall.n_alerts, "sessions": oncall.n_incidents, "shifts": oncall.n_shifts,
        "alertsPerIncident": oncall.health.alerts_per_incident, "incidentsPerShift": oncall.health.incidents_per_shift,
        "untaken": oncall.n_untaken, "offHoursShare": oncall.off_hours,
    })
}

fn own_value(own: &Own) -> Value {
    json!({
        "hours": hours_value(own.counted), "switchHours": own.switch_hours, "capacityHours": own.capacity_hours,
        "share": own.share, "state": own.standing.word(),
    })
}
