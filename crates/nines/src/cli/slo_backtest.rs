//! `nines slo backtest` and `nines slo advise`: what other targets would have given, from the server's history or
//! from a data directory.

use super::client::{Client, escape};
use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use super::output::{Table, print};
use super::slo::{full_name, select};
use crate::messages::Say;
use crate::words;
use serde_json::{Value, json};

/// Judges the past by each target.
pub fn backtest(context: &Context, client: &Client, name: &str, targets: &str, since: Option<&str>) -> Outcome {
    let all = client.get("/api/nines/v1/slos")?;
    let items = judged_apart(select(context, &words::items(&all), Some(name))?);
    let mut more = format!("target={}", escape(targets));
    if let Some(since) = since {
        more.push_str(&format!("&since={}", escape(since)));
    }
    let mut judged = Vec::new();
    for item in &items {
        judged.push((full_name(item), ask(client, item, &more)?));
    }
    tell(context, &judged);
    Ok(Exit::Yes)
}

/// Asks for targets that past windows met.
pub fn advise(context: &Context, client: &Client, name: Option<&str>, since: &str) -> Outcome {
    let all = client.get("/api/nines/v1/slos")?;
    let items = judged_apart(select(context, &words::items(&all), name)?);
    let mut judged = Vec::new();
    for item in &items {
        judged.push((full_name(item), ask(client, item, &format!("since={}", escape(since)))?));
    }
    tell(context, &judged);
    Ok(Exit::Yes)
}

/// The parts of a composite in its stead, unless nothing but it is named: it has no target of its own to try.
fn judged_apart(items: Vec<Value>) -> Vec<Value> {
    let is_alone = items.len() == 1;
    items.into_iter().filter(|item| is_alone || item["composite"] != true).collect()
}

fn ask(client: &Client, item: &Value, more: &str) -> Result<Value, Trouble> {
    let (name, objective) = (words::text(item, "name"), words::text(item, "objective"));
    client.get(&format!("/api/nines/v1/slos/{}/whatif?objective={}&{more}", escape(&name), escape(&objective)))
}

fn tell(context: &Context, judged: &[(String, Value)]) {
    if !context.format.is_table() {
        let items: Vec<&Value> = judged.iter().map(|(_, answer)| answer).collect();
        context.write(&json!({ "items": items }));
        return;
    }
    let mut table = Table::new(&[
        "SLO",
        ">TARGET",
        ">BUDGET",
        ">LEAST",
        ">WINDOWS MET",
        ">PAGES",
        ">PAGED",
        ">OTHER ALERTS",
        "ADVICE",
    ]);
    for (name, answer) in judged {
        for item in words::items(answer) {
            table.row(vec![
                name.clone(),
                words::percent(item["target"].as_f64()),
                words::percent(item["budget"].as_f64()),
                words::percent(item["leastBudget"].as_f64()),
                format!("{}/{}", words::number(&item, "daysMet"), words::number(&item, "days")),
                words::number(&item, "pages").to_string(),
                words::duration((item["pagedHours"].as_f64().unwrap_or(0.0) * 3.6e9) as u64),
                words::number(&item, "otherAlerts").to_string(),
                advice(answer, &item),
            ]);
        }
    }
    if !table.is_empty() {
        print(&table.render());
    }
    for (name, answer) in judged {
        let (name, from, to) = (
            name.clone(),
            words::local_time(&words::text(answer, "from")),
            words::local_time(&words::text(answer, "to")),
        );
        match words::number(answer, "days") {
            0 => context.say(&Say::NoPast { name }),
            days => context.say(&Say::PastJudged { name, from, to, days }),
        }
    }
    context.page("/");
}

/// How many windows met a target at least, where it is advised for that; a mark at the one in force.
fn advice(answer: &Value, item: &Value) -> String {
    let target = item["target"].as_f64();
    let advised =
        answer["advice"].as_array().into_iter().flatten().filter(|advice| advice["target"].as_f64() == target);
    let mut parts: Vec<String> = advised.map(|advice| format!("≥{}", words::percent(advice["met"].as_f64()))).collect();
    if answer["target"].as_f64() == target {
        parts.push("●".to_owned());
    }
    parts.join(" ")
}
