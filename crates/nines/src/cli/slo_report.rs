//! `nines slo report`: how objectives did in a month that is over.

use super::client::{Client, escape};
use super::context::Context;
use super::error::{Exit, Outcome};
use super::output::{Table, print};
use crate::messages::Say;
use crate::words;
use serde_json::Value;

/// Exit 0 whatever the figures: the report is the answer.
pub fn run(context: &Context, client: &Client, month: Option<&str>, service: Option<&str>) -> Outcome {
    let given = [("month", month), ("service", service)];
    let asked: Vec<String> =
        given.iter().filter_map(|(name, value)| Some(format!("{name}={}", escape((*value)?)))).collect();
    let report = client.get(&format!("/api/nines/v1/reports?{}", asked.join("&")))?;
    if !context.format.is_table() {
        context.write(&report);
        return Ok(Exit::Yes);
    }
    let items = words::items(&report);
    if items.is_empty() {
        let months: Vec<&str> = report["months"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        match months.is_empty() {
            true => context.say(&Say::NoReports),
            false => context.say(&Say::NoReportOf { months: months.join(", ") }),
        }
        return Ok(Exit::Yes);
    }
    print(&table(context, &items).render());
    for item in items.iter().filter(|item| item["measuredFrom"].is_string()) {
        let from = words::local_time(&words::text(item, "measuredFrom"));
        context.say(&Say::MeasuredFrom { slo: words::text(item, "name"), from });
    }
    for item in items.iter().filter(|item| words::number(item, "amendments") > 0) {
        context.say(&Say::AmendedSince { slo: words::text(item, "name"), count: words::number(item, "amendments") });
    }
    context.page("/");
    Ok(Exit::Yes)
}

fn table(context: &Context, items: &[Value]) -> Table {
    let columns = ["MONTH", "SLO", "SERVICE", ">TARGET", ">SLI", ">BUDGET", ">GOOD", ">BAD", ">COVERAGE", ">RAW SLI"];
    let has_raw = items.iter().any(|item| item["raw"].is_object());
    let mut table = Table::new(if has_raw { &columns } else { &columns[..columns.len() - 1] }).in_color(context.color);
    for item in items {
        let estimated = |text: String| if item["isEstimate"] == true { format!("~{text}") } else { text };
        let mut row = vec![
            format!("{} {}", words::text(item, "month"), words::text(item, "zone")),
            words::text(item, "name"),
            words::text(item, "service"),
            words::percent(item["target"].as_f64()),
            estimated(words::percent(item["sli"].as_f64())),
            estimated(words::percent(item["budget"].as_f64())),
            estimated(words::count(words::number(item, "good"), context.lang)),
            estimated(words::count(words::number(item, "bad"), context.lang)),
            words::percent(item["coverage"].as_f64()),
        ];
        if has_raw {
            row.push(words::percent(item["raw"]["sli"].as_f64()));
        }
        table.row(row);
    }
    table
}
