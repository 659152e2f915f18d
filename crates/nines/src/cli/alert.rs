//! `nines alert list|ack|history`: what fires, who takes care of it, what there was.

use super::args::AlertVerb;
use super::client::{Client, escape};
use super::context::Context;
use super::error::{Exit, Outcome};
use super::output::{Table, print};
use crate::messages::Say;
use crate::words;
use nines_base::figures::significant;
use nines_base::lang::Message;
use serde_json::{Value, json};

pub fn run(context: &Context, verb: AlertVerb) -> Outcome {
    let client = context.client()?;
    match verb {
        AlertVerb::List { all } => list(context, &client, all),
        AlertVerb::Ack { id, by } => acknowledge(context, &client, &id, by),
        AlertVerb::History { service, slo, limit } => history(context, &client, service, slo, limit),
    }
}

/// Exit 0 whether or not anything fires: the gate is the question with a yes or no.
fn list(context: &Context, client: &Client, all: bool) -> Outcome {
    let alerts = client.get(&format!("/api/nines/v1/alerts?all={all}"))?;
    if !context.format.is_table() {
        context.write(&alerts);
        return Ok(Exit::Yes);
    }
    let items = words::items(&alerts);
    if items.is_empty() {
        context.say(&Say::NoAlerts);
        return Ok(Exit::Yes);
    }
    let mut columns = vec!["ALERT", "SEVERITY", "STATE", "SINCE", ">LONG", ">SHORT", ">LIMIT", "ACKNOWLEDGED", "ID"];
    let has_silenced = items.iter().any(|item| item["silenced"].is_object());
    if has_silenced {
        columns.push("SILENCED");
    }
    let mut table = Table::new(&columns).in_color(context.color);
    for item in &items {
        let leading = leading(item);
        let burn = |name: &str| match leading["pair"][name].as_str() {
            Some(length) => format!("{} {length}", significant(leading[name].as_f64().unwrap_or_default())),
            None => "–".to_owned(),
        };
        let mut row = vec![
            words::text(item, "name"),
            words::text(item, "severity"),
            state(context, item),
            time(item, "since"),
            burn("long"),
            burn("short"),
            leading["limit"].as_f64().map_or("–".to_owned(), significant),
            acknowledged(&item["acknowledged"]),
            words::text(item, "id"),
        ];
        if has_silenced {
            row.push(silenced(context, &item["silenced"]));
        }
        table.row(row);
    }
    print(&table.render());
    context.page("/");
    Ok(Exit::Yes)
}

/// The condition that holds, else the first, as the table shows it.
fn leading(item: &Value) -> Value {
    let conditions = item["conditions"].as_array().map(Vec::as_slice).unwrap_or_default();
    let holding = conditions.iter().find(|condition| condition["holds"] == true);
    let Some(condition) = holding.or(conditions.first()) else { return Value::Null };
    json!({
        "long": condition["longBurn"], "short": condition["shortBurn"], "limit": condition["threshold"],
        "pair": { "long": condition["long"], "short": condition["short"] },
    })
}

fn state(context: &Context, item: &Value) -> String {
    let word = match (words::text(item, "state").as_str(), words::text(item, "level").as_str()) {
        ("frozen", "firing") => Say::AlertFrozenFiring,
        ("frozen", "pending") => Say::AlertFrozenPending,
        ("frozen", _) => Say::AlertFrozen,
        ("firing", _) => Say::AlertFiring,
        ("pending", _) => Say::AlertPending,
        _ => Say::AlertInactive,
    };
    word.text(context.lang)
}

/// Who silenced an alert, until when and why.
fn silenced(context: &Context, silence: &Value) -> String {
    if silence.is_null() {
        return String::new();
    }
    let (by, comment) = (words::text(silence, "by"), words::text(silence, "comment"));
    Say::Silenced { by, until: time(silence, "until"), comment }.text(context.lang)
}

fn acknowledged(by: &Value) -> String {
    match (by.is_null(), words::text(by, "by")) {
        (true, _) => String::new(),
        (false, name) if name.is_empty() => time(by, "at"),
        (false, by) => by,
    }
}

fn time(item: &Value, field: &str) -> String {
    let text = words::text(item, field);
    if text.is_empty() { "–".to_owned() } else { words::local_time(&text) }
}

fn acknowledge(context: &Context, client: &Client, id: &str, by: Option<String>) -> Outcome {
    let body = json!({ "by": by.unwrap_or_default() });
    let answer = client.post_json(&format!("/api/nines/v1/alerts/{}/ack", escape(id)), &body)?;
    if answer.status >= 300 {
        return Err(client.refused(&answer));
    }
    if context.format.is_table() {
        print(&format!("{}\n", words::text(&answer.body, "text")));
    } else {
        context.write(&answer.body);
    }
    Ok(Exit::Yes)
}

fn history(context: &Context, client: &Client, service: Option<String>, slo: Option<String>, limit: usize) -> Outcome {
    let mut path = format!("/api/nines/v1/alerts?history=true&limit={limit}");
    for (name, value) in [("service", service), ("slo", slo)] {
        if let Some(value) = value {
            path.push_str(&format!("&{name}={}", escape(&value)));
        }
    }
    let changes = client.get(&path)?;
    if !context.format.is_table() {
        context.write(&changes);
        return Ok(Exit::Yes);
    }
    let items = words::items(&changes);
    if items.is_empty() {
        context.say(&Say::NoAlertHistory);
        return Ok(Exit::Yes);
    }
    let mut table = Table::new(&["TIME", "ALERT", "SEVERITY", "CHANGE", "EPISODE", "TOLD", "WHAT"]);
    for item in &items {
        let told = item["tells"].as_array().into_iter().flatten().filter_map(Value::as_str);
        table.row(vec![
            time(item, "at"),
            words::text(item, "name"),
            words::text(item, "severity"),
            words::text(item, "change"),
            words::text(item, "episode"),
            told.collect::<Vec<_>>().join(", "),
            words::text(item, "text"),
        ]);
    }
    print(&table.render());
    Ok(Exit::Yes)
}
