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

/// Whole milliseconds where there are any: a headline needs no more.
fn rounded(length_us: i64) -> DurationUs {
    const MILLISECOND_US: i64 = 1000;
    if length_us < MILLISECOND_US {
        DurationUs(length_us)
    } else {
        DurationUs(length_us / MILLISECOND_US * MILLISECOND_US)
    }
}
