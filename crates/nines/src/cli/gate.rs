//! `nines gate check`: exit 0 allowed, 1 held, 2 trouble; `gate replay`: 0 the same verdict, 1 another.

use super::args::{ChangeKind, GateVerb, OnUnknown};
use super::client::{Client, escape};
use super::context::Context;
use super::definitions::tell_refused;
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
    let (service, env, change, kind, on_unknown, wait) = match verb {
        GateVerb::Check { service, env, change, kind, on_unknown, wait } => {
            (service, env, change, kind, on_unknown, wait)
        }
        GateVerb::Replay { id } => return replay(context, &id),
    };
    let wait = match wait {
        None => Duration::ZERO,
        Some(text) => values::duration(&text).map_err(|(fact, hint)| Trouble::new(context.lang, fact, hint))?.to_std(),
    };
    let mut query = format!("kind={}", kind_word(kind));
    let on_unknown = on_unknown.map(|word| unknown_word(word).to_owned());
    for (name, value) in [("onUnknown", on_unknown), ("env", env), ("change", change)] {
        if let Some(value) = value {
            query.push_str(&format!("&{name}={}", escape(&value)));
        }
    }
    let client = context.client()?;
    let path = format!("/api/nines/v1/gate/{}?{query}", escape(&service));
    let verdict = ask_until_allowed(&client, &path, wait)?;
    let allowed = is_allowed(&verdict);
    tell_refused(context, &client)?;
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
    let (policy, state) = (words::text(verdict, "policy"), words::text(verdict, "state"));
    if !state.is_empty() {
        text.push_str(&format!("{}\n", Say::ByPolicy { policy, state }.text(context.lang)));
    }
    let changes = words::text(verdict, "wouldChange");
    if !changes.is_empty() {
        text.push_str(&format!("{}\n", Say::WouldChange { changes }.text(context.lang)));
    }
    print(&text);
    context.page("/");
}

/// What the record says, and what follows from it.
fn replay(context: &Context, id: &str) -> Outcome {
    let decision = context.client()?.get(&format!("/api/nines/v1/gate/decisions/{}", escape(id)))?;
    let replayed = &decision["replayed"];
    if replayed.is_null() {
        return Err(Trouble::new(context.lang, Say::NotReplayable { id: id.to_owned() }, Say::NotReplayableHint));
    }
    let is_same = replayed["same"] == true;
    if context.format.is_table() {
        let service = words::text(&decision, "service");
        let head = match replayed["verdict"] == "allowed" {
            true => Say::Allowed { service },
            false => Say::Held { service },
        };
        let mut text = format!("{}\n", paint(&head.text(context.lang), context.color));
        for reason in replayed["reasons"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            text.push_str(&format!("  {reason}\n"));
        }
        let at = words::local_time(&words::text(&decision, "at"));
        let recorded = words::text(&decision, "verdict");
        let said = if is_same { Say::ReplaysSame { at } } else { Say::ReplaysOther { at, recorded } };
        text.push_str(&format!("{}\n", said.text(context.lang)));
        print(&text);
    } else {
        context.write(&decision);
    }
    Ok(if is_same { Exit::Yes } else { Exit::No })
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
