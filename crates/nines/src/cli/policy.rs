//! `nines freeze|exception|adjust`: the policy's manual side, each with a reason, a person and an end.

use super::args::{AdjustArgs, AdjustMode, AdjustVerb, AgainArgs, ExceptionVerb, FreezeArgs, FreezeVerb, GrantArgs};
use super::client::{Answer, Client};
use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use super::output::{Table, print};
use crate::config::values;
use crate::messages::Say;
use crate::words;
use nines_base::lang::Message;
use serde_json::{Value, json};

const FREEZES: &str = "/api/nines/v1/freezes";
const EXCEPTIONS: &str = "/api/nines/v1/exceptions";
const ADJUSTMENTS: &str = "/api/nines/v1/adjustments";

/// What a server answers where the rules, or what is there already, say no.
const CONFLICT: u16 = 409;

pub fn freeze(context: &Context, verb: FreezeVerb) -> Outcome {
    let client = context.client()?;
    match verb {
        FreezeVerb::On(args) => write(context, &client, FREEZES, freeze_body(context, args)?),
        FreezeVerb::Off { name, reason, by } => {
            write(context, &client, FREEZES, json!({ "lift": name, "reason": reason, "by": by }))
        }
        FreezeVerb::List => list_freezes(context, &client),
    }
}

pub fn exception(context: &Context, verb: ExceptionVerb) -> Outcome {
    let client = context.client()?;
    match verb {
        ExceptionVerb::Grant(args) => write(context, &client, EXCEPTIONS, grant_body(context, args)?),
        ExceptionVerb::List => list_exceptions(context, &client),
    }
}

pub fn adjust(context: &Context, verb: AdjustVerb) -> Outcome {
    let client = context.client()?;
    match verb {
        AdjustVerb::Add(args) => write(context, &client, ADJUSTMENTS, adjust_body(*args)),
        AdjustVerb::List => list_adjustments(context, &client),
    }
}

fn freeze_body(context: &Context, args: FreezeArgs) -> Result<Value, Trouble> {
    let now = jiff::Timestamp::now();
    let from = args.from.unwrap_or_else(|| now.to_string());
    let until = match args.for_ {
        // From its beginning, where that is a time; if not, the server says so.
        Some(length) => after(context, from.parse().unwrap_or(now), &length)?,
        None => args.until.unwrap_or_default(),
    };
    let body = json!({
        "services": args.services, "reason": args.reason, "by": args.by, "from": from, "until": until, "env": args.env,
    });
    Ok(again(body, args.again))
}

fn grant_body(context: &Context, args: GrantArgs) -> Result<Value, Trouble> {
    let expires = match args.for_ {
        Some(length) => Some(after(context, jiff::Timestamp::now(), &length)?),
        None => args.expires,
    };
    let body = json!({
        "service": args.service, "change": args.change, "reason": args.reason, "requestedBy": args.requested_by,
        "approvedBy": args.approved_by, "expires": expires, "name": args.name,
    });
    Ok(given(body))
}

fn adjust_body(args: AdjustArgs) -> Value {
    let mode = match args.mode {
        AdjustMode::Removed => "removed",
        AdjustMode::AsGood => "as-good",
    };
    let body = json!({
        "slos": args.slos, "mode": mode, "where": args.where_, "from": args.from, "for": args.for_, "reason": args.reason,
        "approvedBy": args.approved_by, "category": args.category,
    });
    again(body, args.again)
}

fn again(mut body: Value, args: AgainArgs) -> Value {
    body["rrule"] = json!(args.rrule);
    body["timeZone"] = json!(args.time_zone);
    body["name"] = json!(args.name);
    given(body)
}

/// Without the fields that nobody gave.
fn given(mut body: Value) -> Value {
    if let Some(members) = body.as_object_mut() {
        members.retain(|_, value| !value.is_null());
    }
    body
}

/// The instant so long after another.
fn after(context: &Context, from: jiff::Timestamp, length: &str) -> Result<String, Trouble> {
    let length = values::duration(length).map_err(|(fact, hint)| Trouble::new(context.lang, fact, hint))?;
    let at = jiff::Timestamp::from_microsecond(from.as_microsecond().saturating_add(length.0));
    at.map(|at| at.to_string()).map_err(|error| context.trouble(&error.into()))
}

fn write(context: &Context, client: &Client, path: &str, body: Value) -> Outcome {
    let answer = client.post_json(path, &body)?;
    if answer.status >= 300 {
        return Err(refused(client, &answer));
    }
    if context.format.is_table() {
        print(&format!("{}\n", words::text(&answer.body, "text")));
        if body["name"].is_null() && body["lift"].is_null() {
            context.say(&Say::Named { name: words::text(&answer.body, "name") });
        }
    } else {
        context.write(&answer.body);
    }
    let unknown = joined(&answer.body["unknownServices"]);
    if !unknown.is_empty() {
        context.say(&Say::UnknownServices { names: unknown });
    }
    Ok(Exit::Yes)
}

/// A conflict is a "no", anything else trouble.
fn refused(client: &Client, answer: &Answer) -> Trouble {
    let exit = if answer.status == CONFLICT { Exit::No } else { Exit::Trouble };
    Trouble { exit, ..client.refused(answer) }
}

fn list_freezes(context: &Context, client: &Client) -> Outcome {
    let columns = ["FREEZE", "SERVICES", "ENV", "STATE", "RECURS", "REASON", "BY", "PLACE"];
    let row = |item: &Value| {
        let text = |name: &str| words::text(item, name);
        let services = joined(&item["services"]);
        vec![
            text("name"),
            services,
            text("env"),
            when(context, item),
            text("rrule"),
            text("reason"),
            text("by"),
            place(item),
        ]
    };
    list(context, client.get(FREEZES)?, &columns, &Say::NoFreezes, row)
}

fn list_exceptions(context: &Context, client: &Client) -> Outcome {
    let answer = client.get(EXCEPTIONS)?;
    let columns =
        ["EXCEPTION", "SERVICE", "CHANGE", "STATE", "EXPIRES", "REQUESTED BY", "APPROVED BY", "REASON", "PLACE"];
    let row = |item: &Value| {
        let text = |name: &str| words::text(item, name);
        let state = match text("state").as_str() {
            "valid" => Say::ExceptionValid,
            "expired" => Say::ExceptionExpired,
            "noToken" => Say::ExceptionNoToken,
            _ => Say::ExceptionSamePerson,
        };
        let approver = match text("source").as_str() {
            "file" => Say::UnverifiedApprover { person: text("approvedBy") }.text(context.lang),
            _ => text("approvedBy"),
        };
        let expires = local_time(&text("expiresAt"));
        let state = state.text(context.lang);
        vec![
            text("name"),
            text("service"),
            text("change"),
            state,
            expires,
            text("requestedBy"),
            approver,
            text("reason"),
            place(item),
        ]
    };
    let tokens = answer["tokens"].as_array().cloned().unwrap_or_default();
    let outcome = list(context, answer, &columns, &Say::NoExceptions, row);
    if context.format.is_table() {
        for service in tokens {
            let number = |name: &str| words::number(&service, name);
            let (service, per) = (words::text(&service, "service"), words::text(&service, "per"));
            context.say(&Say::TokensLeft { service, left: number("left"), of: number("of"), per });
        }
    }
    outcome
}

fn list_adjustments(context: &Context, client: &Client) -> Outcome {
    let columns = [
        "ADJUSTMENT",
        "SLOS",
        "MODE",
        "WHERE",
        "FROM",
        "UNTIL",
        "RECURS",
        "CATEGORY",
        "REASON",
        "APPROVED BY",
        "PLACE",
    ];
    let row = |item: &Value| {
        let text = |name: &str| words::text(item, name);
        let (slos, time) = (joined(&item["slos"]), |name: &str| local_time(&text(name)));
        let (rrule, category) = (text("rrule"), text("category"));
        vec![
            text("name"),
            slos,
            text("mode"),
            text("where"),
            time("from"),
            time("until"),
            rrule,
            category,
            text("reason"),
            text("approvedBy"),
            place(item),
        ]
    };
    list(context, client.get(ADJUSTMENTS)?, &columns, &Say::NoAdjustments, row)
}

fn list(
    context: &Context,
    answer: Value,
    columns: &[&str],
    none: &Say,
    row: impl Fn(&Value) -> Vec<String>,
) -> Outcome {
    if !context.format.is_table() {
        context.write(&answer);
        return Ok(Exit::Yes);
    }
    let items = words::items(&answer);
    if items.is_empty() {
        context.say(none);
        return Ok(Exit::Yes);
    }
    let mut table = Table::new(columns).in_color(context.color);
    items.iter().for_each(|item| table.row(row(item)));
    print(&table.render());
    context.page("/");
    Ok(Exit::Yes)
}

/// Whether it holds now, when next, or no more.
fn when(context: &Context, item: &Value) -> String {
    let (ends, next) = (words::text(item, "endsAt"), words::text(item, "nextFrom"));
    let said = match (ends.is_empty(), next.is_empty()) {
        (false, _) => Say::InForce { until: local_time(&ends) },
        (true, false) => Say::Begins { from: local_time(&next) },
        (true, true) => Say::IsOver,
    };
    said.text(context.lang)
}

/// To the second: nobody freezes by the millisecond.
fn local_time(rfc3339: &str) -> String {
    let local = words::local_time(rfc3339);
    local.split('.').next().unwrap_or_default().to_owned()
}

/// The file's place, or the event of a command.
fn place(item: &Value) -> String {
    match item["event"].as_u64() {
        Some(event) => format!("#{event}"),
        None => words::text(item, "place"),
    }
}

fn joined(list: &Value) -> String {
    let names: Vec<&str> = list.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    names.join(", ")
}
