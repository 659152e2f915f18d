//! `nines gate check`: exit 0 allowed, 1 held, 2 trouble.

use super::args::{ChangeKind, GateVerb, OnUnknown};
use super::client::{Client, escape};
use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use super::output::{paint, print};
use crate::config::values;
use crate::messages::Say;
use crate::words;
use nines_base::lang::Message;
use serde_json::Value;
use std::time::{Duration, Instant};

/// Traces shown of each reason.
const TRACES_SHOWN: usize = 3;

/// How often `--wait` asks again.
const WAIT_EVERY: Duration = Duration::from_secs(2);

pub fn run(context: &Context, verb: GateVerb) -> Outcome {
    let GateVerb::Check { service, env, change, kind, on_unknown, wait } = verb;
    let wait = match wait {
        None => Duration::ZERO,
        Some(text) => values::duration(&text).map_err(|(fact, hint)| Trouble::new(context.lang, fact, hint))?.to_std(),
    };
    let mut query = format!("kind={}&onUnknown={}", kind_word(kind), unknown_word(on_unknown));
    for (name, value) in [("env", env), ("change", change)] {
        if let Some(value) = value {
            query.push_str(&format!("&{name}={}", escape(&value)));
        }
    }
    let client = context.client()?;
    let path = format!("/api/nines/v1/gate/{}?{query}", escape(&service));
    let verdict = ask_until_allowed(&client, &path, wait)?;
    let allowed = is_allowed(&verdict);
    if context.format.is_table() {
        print_verdict(context, &service, &verdict, allowed);
    } else {
        context.write(&verdict);
    }
    Ok(if allowed { Exit::Yes } else { Exit::No })
}

fn ask_until_allowed(client: &Client, path: &str, wait: Duration) -> Result<Value, Trouble> {
    let deadline = Instant::now() + wait;
    loop {
        let verdict = client.get(path)?;
        if is_allowed(&verdict) || Instant::now() >= deadline {
            return Ok(verdict);
        }
        std::thread::sleep(WAIT_EVERY.min(deadline.saturating_duration_since(Instant::now())));
    }
}

fn is_allowed(verdict: &Value) -> bool {
    verdict["verdict"] == "allowed"
}

fn print_verdict(context: &Context, service: &str, verdict: &Value, allowed: bool) {
    let service = service.to_owned();
    let head = if allowed { Say::Allowed { service } } else { Say::Held { service } };
    let mut text = format!("{}\n", paint(&head.text(context.lang), context.color));
    for reason in verdict["reasons"].as_array().into_iter().flatten() {
        text.push_str(&format!("  {}\n", words::text(reason, "text")));
        for id in reason["traceIds"].as_array().into_iter().flatten().filter_map(Value::as_str).take(TRACES_SHOWN) {
            text.push_str(&format!("    nines trace get {id}\n"));
        }
    }
    let changes = words::text(verdict, "wouldChange");
    if !changes.is_empty() {
        text.push_str(&format!("{}\n", Say::WouldChange { changes }.text(context.lang)));
    }
    print(&text);
    context.page("/");
}

fn kind_word(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Feature => "feature",
        ChangeKind::Fix => "fix",
        ChangeKind::Security => "security",
        ChangeKind::Rollback => "rollback",
    }
}

fn unknown_word(on_unknown: OnUnknown) -> &'static str {
    match on_unknown {
        OnUnknown::Held => "held",
        OnUnknown::Allow => "allow",
    }
}
