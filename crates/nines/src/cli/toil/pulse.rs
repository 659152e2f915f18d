//! `nines toil pulse`: three questions, every two weeks.

use super::words::ToilSay;
use super::{TOIL, person, team, told};
use crate::cli::context::Context;
use crate::cli::error::{Outcome, Trouble};
use crate::words;
use nines_base::lang::Message;
use serde_json::{Value, json};
use std::io::{self, BufRead, IsTerminal, Write};

/// What was answered by flags.
pub struct Answer {
    pub percent: Option<f64>,
    pub team: Option<String>,
    pub top: Option<String>,
    pub blocked: Option<bool>,
    pub person: Option<String>,
}

pub fn run(context: &Context, answer: Answer) -> Outcome {
    let asks = answer.percent.is_none() && io::stdin().is_terminal();
    let percent = match answer.percent {
        Some(percent) => percent,
        None if asks => asked_percent(context)?,
        None => return Err(Trouble::new(context.lang, ToilSay::NoPercent, ToilSay::NoPercentHint)),
    };
    if !(0.0..=100.0).contains(&percent) {
        return Err(Trouble::new(context.lang, ToilSay::NoPercent, ToilSay::NoPercentHint));
    }
    let top = answer.top.or_else(|| if asks { asked_top(context) } else { None });
    let blocked = answer.blocked.or_else(|| asks.then(|| asked_blocked(context)));
    let body = json!({
        "team": team(answer.team), "person": person(answer.person), "percent": percent, "topTask": top,
        "blocked": blocked.unwrap_or(false),
    });
    let delivered = context.deliver(&format!("{TOIL}/pulse"), &body)?;
    told(context, delivered, &ToilSay::PulseThanks)
}

fn asked_percent(context: &Context) -> Result<f64, Trouble> {
    let said = ask(&ToilSay::PulseShare.text(context.lang));
    let figure = said.trim().trim_end_matches('%').trim().parse();
    figure.map_err(|_| Trouble::new(context.lang, ToilSay::NoPercent, ToilSay::NoPercentHint))
}

/// Of the ledger's own most costly, where a server tells them.
fn asked_top(context: &Context) -> Option<String> {
    let report = context.client().ok()?.get(&format!("{TOIL}/report")).ok()?;
    let tops: Vec<String> =
        report["top"].as_array().into_iter().flatten().map(|top: &Value| words::text(top, "task")).collect();
    for (number, task) in (1..).zip(&tops) {
        eprintln!("  {number} {task}");
    }
    let said = ask(&ToilSay::PulseTop.text(context.lang));
    let said = said.trim();
    let picked = said.parse::<usize>().ok().and_then(|number| tops.get(number.checked_sub(1)?)).cloned();
    picked.or_else(|| (!said.is_empty()).then(|| said.to_owned()))
}

fn asked_blocked(context: &Context) -> bool {
    let said = ask(&ToilSay::PulseBlocked.text(context.lang));
    said.trim().to_lowercase().starts_with(['y', '예', '네'])
}

fn ask(question: &str) -> String {
    eprint!("{question} ");
    let _ = io::stderr().flush();
    let mut line = String::new();
    // The end of the input is an empty answer.
    let _ = io::stdin().lock().read_line(&mut line);
    line
}
