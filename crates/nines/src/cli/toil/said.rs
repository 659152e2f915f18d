//! What people say beside entries: hours, and what became of tasks.

use super::words::ToilSay;
use super::{TOIL, finish, person, told};
use crate::cli::args::{CapacityVerb, TaskArgs};
use crate::cli::context::Context;
use crate::cli::error::{Outcome, Trouble};
use crate::words;
use serde_json::{Map, Value, json};

/// Hours of a week.
const HOURS_MAX: f64 = 168.0;

pub fn capacity(context: &Context, verb: CapacityVerb) -> Outcome {
    let CapacityVerb::Set { team, person, hours, from } = verb;
    let figure = hours.trim_end_matches("/week").trim_end_matches(['h', 'H']).trim();
    let Some(figure) = figure.parse::<f64>().ok().filter(|hours| (0.0..=HOURS_MAX).contains(hours)) else {
        return Err(Trouble::new(context.lang, ToilSay::BadHours { text: hours }, ToilSay::BadHoursHint));
    };
    let mut body = json!({ "team": team, "person": person, "hoursPerWeek": figure });
    if let Some(from) = from {
        body["from"] = json!(moment(&from));
    }
    let delivered = context.deliver(&format!("{TOIL}/capacity"), &body)?;
    told(context, delivered, &ToilSay::CapacitySet { team, person, hours: figure.to_string() })
}

pub fn task(context: &Context, args: TaskArgs) -> Outcome {
    let mut body = Map::new();
    let figures = [
        ("buildHours", args.build_hours),
        ("maintHoursPerYear", args.upkeep_hours),
        ("minutesAfter", args.minutes_after),
    ];
    for (name, text) in [("task", &args.task), ("status", &args.status), ("reason", &args.reason)] {
        body.insert(name.into(), json!(text));
    }
    body.insert("by".into(), json!(person(args.by)));
    for (name, figure) in figures {
        if let Some(figure) = figure {
            body.insert(name.into(), json!(figure));
        }
    }
    let delivered = context.deliver(&format!("{TOIL}/tasks"), &Value::Object(body))?;
    told(context, delivered, &ToilSay::TaskIs { task: args.task, status: args.status })
}

/// The toil test: the server says what follows, so one is needed.
pub fn classify(context: &Context, task: &str, signs: &[String], by: Option<String>) -> Outcome {
    let client = context.client()?;
    let body = json!({ "task": task, "signs": signs, "by": person(by) });
    let answer = client.write_json(&format!("{TOIL}/classify"), &body)?;
    if answer.status >= 300 {
        return Err(client.refused(&answer));
    }
    finish(context, &answer.body, &words::text(&answer.body, "text"))
}

/// A moment as the server reads it: a day is its first.
pub fn moment(text: &str) -> String {
    match text.parse::<jiff::civil::Date>() {
        Ok(_) if text.len() == "2026-11-28".len() => format!("{text}T00:00:00Z"),
        _ => text.to_owned(),
    }
}
