//! What a page says of itself in its head: read by tabs, bookmarks, and whoever shows a link to it.

use super::shown::Shown;
use nines_base::lang::Message;
use nines_base::{DurationUs, Lang};
use nines_web::Head;
use serde_json::{Map, Value};

nines_base::catalogue! {
    /// Titles and one-line summaries of pages.
    enum Said {
        Overview => { en: "Overview", ko: "개요" },
        Slos => { en: "SLOs", ko: "SLO" },
        Stories => { en: "User stories", ko: "사용자 스토리" },
        Traces => { en: "Traces", ko: "트레이스" },
        Trace => { en: "Trace", ko: "트레이스" },
        Compare => { en: "Compare traces", ko: "트레이스 비교" },
        ServiceMap => { en: "Service map", ko: "서비스 맵" },
        Alerts => { en: "Alerts", ko: "알림" },
        Traffic => { en: "Traffic", ko: "트래픽" },
        TrafficPlan { id: String } => { en: "Traffic plan {id}", ko: "트래픽 계획 {id}" },
        Explain => { en: "Explain a packet", ko: "패킷 설명" },
        Toil => { en: "Toil", ko: "토일" },
        ToilWhat => {
            en: "What repetitive work by hand costs each team, and what to do about it",
            ko: "손으로 반복하는 일이 팀마다 얼마나 드는지, 무엇을 할지",
        },
        ToilCap { under: usize, all: usize } => {
            en: "{under} of {all} teams are under the cap on toil",
            ko: "팀 {all}개 중 {under}개가 토일 상한 이내입니다",
        },
        Runbooks => { en: "Runbooks", ko: "런북" },
        RunbooksWhat { runbooks: usize } => {
            en: "{runbooks} runbooks: how much of each still needs a person, and what it costs",
            ko: "런북 {runbooks}개: 사람이 얼마나 필요하고 비용이 얼마인지",
        },
        Run { id: String } => { en: "Run {id}", ko: "실행 {id}" },
        Definitions => { en: "Definitions", ko: "정의" },
        Settings => { en: "Settings", ko: "설정" },
        Nothing => { en: "No such page", ko: "없는 페이지" },
        What => {
            en: "What happened and what to do about it: traces, SLOs, error budgets",
            ko: "무슨 일이 있었고 무엇을 할지: 트레이스, SLO, 에러 버짓",
        },
        Meeting { meeting: usize, all: usize } => {
            en: "{meeting} of {all} SLOs have error budget left",
            ko: "SLO {all}개 중 {meeting}개에 에러 버짓이 남아 있습니다",
        },
        RulesHold { plan: String, rules: usize } => {
            en: "plan {plan} is confirmed and in force: {rules} rules",
            ko: "확인된 계획 {plan} 적용 중: 규칙 {rules}개",
        },
        RulesWait { plan: String } => {
            en: "plan {plan} waits to be confirmed, and is taken back if it is not",
            ko: "계획 {plan} 확인 대기 중, 확인하지 않으면 되돌립니다",
        },
        RulesFallback => {
            en: "no confirmed plan can be read: only management gets in",
            ko: "확인된 계획을 읽을 수 없어 관리 접속만 허용합니다",
        },
        RulesDrifted => {
            en: "the kernel's rules are not those in force: somebody changed them",
            ko: "커널의 규칙이 적용된 것과 다릅니다. 누군가 바꿨습니다",
        },
        PlanChanges { rules: usize, changed: u64, tried: u64 } => {
            en: "{rules} rules change, and with them the fate of {changed} of {tried} packets tried",
            ko: "규칙 {rules}개가 바뀌고, 시험한 패킷 {tried}개 중 {changed}개의 처리가 바뀝니다",
        },
        OneTrace { spans: u64, services: usize, errors: u64, length: String } => {
            en: "{spans} spans of {services} services in {length}, {errors} errors",
            ko: "{length} 동안 서비스 {services}개의 스팬 {spans}개, 오류 {errors}건",
        },
    }
}

/// The head of what is shown, from its first answers.
pub(super) fn of(shown: &Shown<'_>, answers: &Map<String, Value>, lang: Lang) -> Head {
    let said = |title: Said| Head { title: titled(&title.text(lang)), description: Said::What.text(lang) };
    match shown {
        Shown::Overview => summed(said(Said::Overview), answers, lang),
        Shown::Slos => summed(said(Said::Slos), answers, lang),
        Shown::Slo(name) => own(answers, "/slos/").and_then(slo).unwrap_or_else(|| named(name, lang)),
        Shown::Trace(id) => {
            own(answers, "/traces/").and_then(|answer| trace(answer, lang)).unwrap_or_else(|| named(id, lang))
        }
        Shown::Stories => said(Said::Stories),
        Shown::Traces => said(Said::Traces),
        Shown::Compare => said(Said::Compare),
        Shown::Map => said(Said::ServiceMap),
        Shown::Alerts => said(Said::Alerts),
        Shown::Traffic => own(answers, "/traffic").map_or_else(|| said(Said::Traffic), |told| traffic(told, lang)),
        Shown::TrafficPlan(id) => plan(id, own(answers, "/traffic/plans/"), lang),
        Shown::TrafficExplain => said(Said::Explain),
        Shown::Toil => toil(own(answers, "/toil/report"), lang),
        Shown::Runbooks => runbooks(own(answers, "/runbooks"), lang),
        Shown::Runbook(id) => {
            named(own(answers, "/runbooks/").and_then(|one| one["title"].as_str()).unwrap_or(id), lang)
        }
        Shown::Run(id) => run(id, own(answers, "/runs/"), lang),
        Shown::Definitions => said(Said::Definitions),
        Shown::Settings => said(Said::Settings),
        Shown::Nothing => said(Said::Nothing),
    }
}

/// The answer about the one thing that the page shows.
fn own<'a>(answers: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    answers.iter().find_map(|(url, answer)| url.contains(path).then_some(answer))
}

fn titled(page: &str) -> String {
    format!("{page} · nines")
}

fn named(name: &str, lang: Lang) -> Head {
    Head { title: titled(name), description: Said::What.text(lang) }
}

fn summed(head: Head, answers: &Map<String, Value>, lang: Lang) -> Head {
    let Some(slos) = answers.get("/api/nines/v1/slos").and_then(|list| list["items"].as_array()) else { return head };
    let budgets: Vec<f64> = slos.iter().filter_map(|slo| slo["budget"].as_f64()).collect();
    if budgets.is_empty() {
        return head;
    }
    let meeting = budgets.iter().filter(|budget| **budget >= 0.0).count();
    Head { description: Said::Meeting { meeting, all: slos.len() }.text(lang), ..head }
}

fn slo(answer: &Value) -> Option<Head> {
    let slo = answer["items"].get(0)?;
    Some(Head { title: titled(slo["displayName"].as_str()?), description: slo["explanation"].as_str()?.to_owned() })
}

fn trace(answer: &Value, lang: Lang) -> Option<Head> {
    let rows = &answer["rows"];
    let text = |list: &Value, column: &str, field: Option<&str>| {
        let entry = list.get(rows[column].get(0)?.as_u64()? as usize)?;
        field.map_or(entry, |field| &entry[field]).as_str().map(str::to_owned)
    };
    let service = text(&answer["services"], "service", Some("name"))?;
    let name = text(&answer["names"], "name", None)?;
    let length = rounded(answer["durationUs"].as_i64()?).to_string();
    let title = [Said::Trace.text(lang), service, name].join(" ").trim_end().to_owned();
    let summary = Said::OneTrace {
        spans: answer["spans"].as_u64()?,
        services: answer["services"].as_array()?.len(),
        errors: answer["errors"].as_u64()?,
        length,
    };
    Some(Head { title: titled(&title), description: summary.text(lang) })
}

/// What holds, in one line; the most urgent first.
fn traffic(told: &Value, lang: Lang) -> Head {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let rules = told["rules"].as_array().map_or(0, Vec::len);
    let summary = if told["drift"].as_array().is_some_and(|drift| !drift.is_empty()) {
        Said::RulesDrifted
    } else if told["fallback"] == true {
        Said::RulesFallback
    } else if let Some(plan) = text(&told["pending"]["id"]) {
        Said::RulesWait { plan }
    } else if let Some(plan) = text(&told["confirmed"]) {
        Said::RulesHold { plan, rules }
    } else {
        Said::What
    };
    Head { title: titled(&Said::Traffic.text(lang)), description: summary.text(lang) }
}

fn plan(id: &str, answer: Option<&Value>, lang: Lang) -> Head {
    let summary = |plan: &Value| {
        let rules = plan["rules"].as_array()?.len();
        let (changed, tried) = (plan["fates"]["changed"].as_u64()?, plan["fates"]["tried"].as_u64()?);
        Some(Said::PlanChanges { rules, changed, tried })
    };
    let description = answer.and_then(summary).unwrap_or(Said::What).text(lang);
    Head { title: titled(&Said::TrafficPlan { id: id.to_owned() }.text(lang)), description }
}

/// How many teams are under the cap; never whose hours they are.
fn toil(report: Option<&Value>, lang: Lang) -> Head {
    let teams = report.and_then(|report| report["teams"].as_array()).filter(|teams| !teams.is_empty());
    let summary = teams.map_or(Said::ToilWhat, |teams| {
        let under = teams.iter().filter(|team| team["state"] != "over").count();
        Said::ToilCap { under, all: teams.len() }
    });
    Head { title: titled(&Said::Toil.text(lang)), description: summary.text(lang) }
}

fn runbooks(list: Option<&Value>, lang: Lang) -> Head {
    let items = list.and_then(|list| list["items"].as_array()).filter(|items| !items.is_empty());
    let summary = items.map_or(Said::What, |items| Said::RunbooksWhat { runbooks: items.len() });
    Head { title: titled(&Said::Runbooks.text(lang)), description: summary.text(lang) }
}

fn run(id: &str, answer: Option<&Value>, lang: Lang) -> Head {
    let description = answer.and_then(|run| run["title"].as_str()).filter(|title| !title.is_empty());
    let description = description.map_or_else(|| Said::What.text(lang), str::to_owned);
    Head { title: titled(&Said::Run { id: id.to_owned() }.text(lang)), description }
}

/// Whole milliseconds where there are any: a headline needs no more.
fn rounded(length_us: i64) -> DurationUs {
    const MILLISECOND_US: i64 = 1000;
    if length_us < MILLISECOND_US {
        DurationUs(length_us)
    } else {
        DurationUs(length_us / MILLISECOND_US * MILLISECOND_US)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_link_to_rules_tells_what_is_most_urgent_of_them() {
        let told = |drift: Value, pending: Value| {
            let status = json!({ "confirmed": "3fb0a1c29d4e", "pending": pending, "drift": drift, "rules": [1, 2] });
            traffic(&status, Lang::En).description
        };
        let (nothing, waits) = (json!([]), json!({ "id": "12c4c9137523" }));
        assert_eq!(told(nothing.clone(), Value::Null), "plan 3fb0a1c29d4e is confirmed and in force: 2 rules");
        assert!(told(nothing, waits.clone()).starts_with("plan 12c4c9137523 waits to be confirmed"));
        assert!(told(json!([{}]), waits).starts_with("the kernel's rules are not those in force"));
        let fallback = json!({ "confirmed": "3fb0a1c29d4e", "fallback": true, "drift": [], "rules": [] });
        assert_eq!(traffic(&fallback, Lang::En).description, "no confirmed plan can be read: only management gets in");
        assert_eq!(traffic(&json!({ "netd": "absent" }), Lang::En).description, Said::What.text(Lang::En));
    }

    #[test]
    fn a_link_to_toil_counts_teams_and_names_nobody() {
        let report = json!({ "teams": [{ "team": "pay", "state": "over" }, { "team": "web", "state": "watch" }] });
        let head = toil(Some(&report), Lang::En);
        assert_eq!(head.title, "Toil · nines");
        assert_eq!(head.description, "1 of 2 teams are under the cap on toil");
        assert_eq!(toil(Some(&json!({ "teams": [] })), Lang::En).description, Said::ToilWhat.text(Lang::En));
    }

    #[test]
    fn a_link_to_a_run_tells_of_what() {
        let head = run("r-1", Some(&json!({ "title": "Restart pay" })), Lang::Ko);
        assert_eq!((head.title.as_str(), head.description.as_str()), ("실행 r-1 · nines", "Restart pay"));
        assert_eq!(run("r-1", None, Lang::En).description, Said::What.text(Lang::En));
    }

    #[test]
    fn a_link_to_a_plan_tells_what_it_changes() {
        let answer = json!({ "rules": [1], "fates": { "changed": 7, "tried": 9 } });
        let head = plan("12c4c9137523", Some(&answer), Lang::En);
        assert_eq!(head.title, "Traffic plan 12c4c9137523 · nines");
        assert_eq!(head.description, "1 rules change, and with them the fate of 7 of 9 packets tried");
        assert_eq!(plan("nobody", None, Lang::En).description, Said::What.text(Lang::En));
    }
}
