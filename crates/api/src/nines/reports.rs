//! Months that are over: how each objective did, as it was written down when the month was settled.

use super::events::{read, read_all};
use super::problem::{Answer, Fault, Problem};
use super::request::{Asked, rfc3339};
use crate::App;
use axum::Json;
use axum::extract::State;
use nines_base::Timestamp;
use nines_collect::sli::amendments::AMENDED;
use nines_collect::sli::reports::{CLOSED, MONTH};
use nines_ledger::event::EVENTS_PER_QUERY_MAX;
use nines_ledger::{Event, EventQuery, Order};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Months listed: a decade.
const MONTHS_SHOWN: usize = 120;

/// `GET /reports?month=&service=&slo=`; without `month` the newest there is.
pub async fn reports(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let months = months(&app, &asked).await?;
    let month = match asked.text("month") {
        Some(month) if is_month(month) => Some(month.to_owned()),
        Some(text) => {
            let fact = Fault::BadMonth { text: text.to_owned() };
            return Err(Problem::bad(asked.lang, fact, Fault::BadMonthHint));
        }
        None => months.first().cloned(),
    };
    let items = match &month {
        Some(month) => of_month(&app, &asked, month).await?,
        None => Vec::new(),
    };
    Ok(Json(json!({ "month": month, "months": months, "items": items, "next": null })))
}

fn is_month(text: &str) -> bool {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u16>().ok();
    let is_in_year = number(5, 7).is_some_and(|month| (1..=12).contains(&month));
    text.len() == 7 && text.as_bytes()[4] == b'-' && number(0, 4).is_some() && is_in_year
}

/// Months that were reported, the newest first.
async fn months(app: &Arc<App>, asked: &Asked) -> Result<Vec<String>, Problem> {
    let query = EventQuery { topics: vec![CLOSED.to_owned()], order: Order::Newest, ..EventQuery::default() };
    let closed = read(app, asked.lang, query).await?;
    let mut months: Vec<String> = closed.into_iter().map(|event| event.subject).collect();
    months.sort_unstable_by(|a, b| b.cmp(a));
    months.dedup();
    months.truncate(MONTHS_SHOWN);
    Ok(months)
}

async fn of_month(app: &Arc<App>, asked: &Asked, month: &str) -> Result<Vec<Value>, Problem> {
    let reported = reported(app, asked, month).await?;
    let Some(first) = reported.iter().map(|(event, _)| event.id).min() else { return Ok(Vec::new()) };
    let query = EventQuery { after: first, topics: vec![AMENDED.to_owned()], ..EventQuery::default() };
    let amended: Vec<(u64, Map<String, Value>)> =
        read_all(app, asked.lang, query).await?.iter().filter_map(|event| Some((event.id, payload(event)?))).collect();
    Ok(reported.into_iter().map(|(event, figures)| item(&event, figures, &amended)).collect())
}

/// The events of a month's report, in the order of their writing; months are closed one after the other.
async fn reported(app: &Arc<App>, asked: &Asked, month: &str) -> Result<Vec<(Event, Map<String, Value>)>, Problem> {
    let mut query = EventQuery {
        topics: vec![MONTH.to_owned()],
        service: asked.text("service").map(str::to_owned),
        order: Order::Newest,
        ..EventQuery::default()
    };
    let is_wanted = |figures: &Map<String, Value>| {
        figures["month"] == month && asked.text("slo").is_none_or(|slo| figures["slo"] == slo)
    };
    let mut found = Vec::new();
    loop {
        let events = read(app, asked.lang, query.clone()).await?;
        let (n_events, last) = (events.len(), events.last().map(|event| event.id));
        let told: Vec<_> = events.into_iter().filter_map(|event| Some((payload(&event)?, event))).collect();
        let is_past = told.last().is_some_and(|(figures, _)| figures["month"].as_str() < Some(month));
        found.extend(
            told.into_iter().filter(|(figures, _)| is_wanted(figures)).map(|(figures, event)| (event, figures)),
        );
        if is_past || n_events < EVENTS_PER_QUERY_MAX {
            found.reverse();
            return Ok(found);
        }
        query.before = last;
    }
}

fn payload(event: &Event) -> Option<Map<String, Value>> {
    serde_json::from_str(event.payload.as_deref()?).ok()
}

/// A report as it is sent: its figures, and how often they were amended since.
fn item(event: &Event, mut figures: Map<String, Value>, amended: &[(u64, Map<String, Value>)]) -> Value {
    let (from_us, until_us) = (figures["fromUs"].as_i64(), figures["untilUs"].as_i64());
    let is_of_it = |(id, amendment): &&(u64, Map<String, Value>)| {
        let at_us = amendment.get("fromUs").and_then(Value::as_i64);
        let is_same = |name: &str| amendment.get(name) == figures.get(name);
        *id > event.id && is_same("slo") && is_same("objective") && from_us <= at_us && at_us < until_us
    };
    let n_amended = amended.iter().filter(is_of_it).count();
    for (name, us) in [("from", from_us), ("until", until_us)] {
        figures.remove(&format!("{name}Us"));
        figures.insert(name.to_owned(), json!(us.map(|us| rfc3339(Timestamp(us)))));
    }
    figures.insert("name".to_owned(), json!(event.subject));
    figures.insert("service".to_owned(), json!(event.service));
    figures.insert("reportedAt".to_owned(), json!(rfc3339(event.at)));
    figures.insert("event".to_owned(), json!(event.id));
    figures.insert("amendments".to_owned(), json!(n_amended));
    Value::Object(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_four_digits_and_two() {
        assert!(["2026-10", "1999-01", "2026-12"].into_iter().all(is_month));
        assert!(!["2026-13", "2026-00", "2026-1", "26-10", "2026/10", "2026-1x", "октябрь"].into_iter().any(is_month));
    }
}
