//! `nines slo list|status|explain`: what the server judges. What needs no server has files of its own.

use super::args::{SloExport, SloVerb};
use super::client::{Client, escape};
use super::context::Context;
use super::definitions::tell_refused;
use super::error::{Exit, Outcome, Trouble};
use super::output::{Format, Table, print};
use super::{slo_backtest, slo_check, slo_convert, slo_export, slo_fmt, slo_report, slo_simulate, slo_test};
use crate::config::low::nearest;
use crate::messages::Say;
use crate::words;
use nines_base::figures::significant;
use nines_base::lang::Message;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

pub fn run(context: &Context, verb: SloVerb) -> Outcome {
    match verb {
        SloVerb::Check { paths, mode, config } => slo_check::run(context, &paths, mode, config.as_deref()),
        SloVerb::Fmt { paths, check, write } => {
            let fate = match (check, write) {
                (true, _) => slo_fmt::Fate::Check,
                (false, true) => slo_fmt::Fate::Write,
                (false, false) => slo_fmt::Fate::Print,
            };
            slo_fmt::run(context, &paths, fate)
        }
        SloVerb::Convert { paths, to, v2alpha } => slo_convert::run(context, &paths, to, v2alpha),
        SloVerb::Export { to: SloExport::Prometheus { paths } } => slo_export::run(context, &paths),
        SloVerb::Simulate { scenario, definitions, for_ } => {
            slo_simulate::run(context, &scenario, definitions, for_.as_deref())
        }
        SloVerb::Test { paths } => slo_test::run(context, &paths),
        SloVerb::Backtest { name, targets, since } => {
            slo_backtest::backtest(context, &context.client()?, &name, &targets, since.as_deref())
        }
        SloVerb::Advise { name, since } => slo_backtest::advise(context, &context.client()?, name.as_deref(), &since),
        SloVerb::Report { month, service } => {
            slo_report::run(context, &context.client()?, month.as_deref(), service.as_deref())
        }
        SloVerb::List => list(context, &context.client()?),
        SloVerb::Status { name } => status(context, &context.client()?, name.as_deref()),
        SloVerb::Explain { name } => explain(context, &context.client()?, &name),
    }
}

fn list(context: &Context, client: &Client) -> Outcome {
    let slos = client.get("/api/nines/v1/slos")?;
    tell_refused(context, client)?;
    let items = words::items(&slos);
    if !context.format.is_table() {
        context.write(&slos);
        return Ok(Exit::Yes);
    }
    if items.is_empty() {
        context.say(&Say::NoSlos);
        return Ok(Exit::Yes);
    }
    let mut table = Table::new(&["SLO", "OBJECTIVE", "SERVICE", "STORY", "WINDOW", ">TARGET"]);
    for item in &items {
        table.row(vec![
            words::text(item, "name"),
            words::text(item, "objective"),
            words::text(item, "service"),
            words::text(item, "story"),
            window(item),
            words::percent(item["target"].as_f64()),
        ]);
    }
    print(&table.render());
    context.page("/");
    Ok(Exit::Yes)
}

/// Exit 0 whatever the state: the table is the answer, the gate is the question with a yes or no.
fn status(context: &Context, client: &Client, name: Option<&str>) -> Outcome {
    let all = client.get("/api/nines/v1/slos")?;
    tell_refused(context, client)?;
    let items = select(context, &words::items(&all), name)?;
    if !context.format.is_table() {
        context.write(&json!({ "items": items.iter().map(script_item).collect::<Vec<_>>() }));
        return Ok(Exit::Yes);
    }
    if items.is_empty() {
        context.say(&Say::NoSlos);
        return Ok(Exit::Yes);
    }
    let wide = context.format == Format::Wide;
    let mut columns = vec!["SLO", "SERVICE", "WINDOW", ">TARGET", ">SLI", ">BUDGET", ">BURN 5m", ">BURN 1h", "STATE"];
    if wide {
        columns.extend([">GOOD", ">BAD", ">BURN 6h", ">BURN 3d", ">COVERAGE"]);
    }
    // What is left out of a figure is shown beside it, to everybody.
    let has_raw = items.iter().any(|item| item["raw"].is_object());
    if has_raw {
        columns.extend([">RAW SLI", ">RAW BUDGET"]);
    }
    let mut table = Table::new(&columns).in_color(context.color);
    for item in &items {
        let mut row = vec![
            full_name(item),
            words::text(item, "service"),
            window(item),
            words::percent(item["target"].as_f64()),
            estimated(item, words::percent(item["sli"].as_f64())),
            estimated(item, words::percent(item["budget"].as_f64())),
            estimated(item, burn(item, "5m")),
            estimated(item, burn(item, "1h")),
            state_word(context, &words::text(item, "state")),
        ];
        if wide {
            let count = |name: &str| estimated(item, words::count(words::number(item, name), context.lang));
            row.extend([count("good"), count("bad")]);
            let burns = ["6h", "3d"].map(|lookback| estimated(item, burn(item, lookback)));
            row.extend(burns.into_iter().chain([words::percent(item["coverage"].as_f64())]));
        }
        if has_raw {
            let raw = &item["raw"];
            row.extend([words::percent(raw["sli"].as_f64()), words::percent(raw["budget"].as_f64())]);
        }
        table.row(row);
    }
    print(&table.render());
    items.iter().for_each(|item| tell_exclusions(context, item));
    tell_sources(context, &items);
    context.page("/");
    Ok(Exit::Yes)
}

/// An estimate is marked where it stands among figures that are exact.
fn estimated(item: &Value, figure: String) -> String {
    let is_marked = item["isEstimate"] == true && figure != "–";
    if is_marked { format!("~{figure}") } else { figure }
}

/// Why the figures of an objective are estimates, if they are.
fn why_estimated(item: &Value) -> Option<Say> {
    let (slo, source) = (full_name(item), &item["source"]);
    let told_until = item["history"]["estimatedUntil"].as_str().map(words::local_time);
    let said = match (source.is_object(), told_until) {
        (true, _) => Say::EstimateOfSource { slo, name: words::text(source, "name") },
        (false, Some(until)) => Say::EstimatedPast { slo, until },
        (false, None) => Say::Estimate { slo },
    };
    (item["isEstimate"] == true).then_some(said)
}

/// Which systems that measure SLOs do not answer, or give no figure, on stderr.
fn tell_sources(context: &Context, items: &[Value]) {
    let mut told = BTreeSet::new();
    for item in items {
        let source = &item["source"];
        let (name, failing) = (words::text(source, "name"), &source["failing"]);
        if failing.is_object() && told.insert(name.clone()) {
            let (since, reason) = (words::local_time(&words::text(failing, "since")), words::text(failing, "reason"));
            context.say(&Say::SourceFails { name: name.clone(), since, reason });
        }
        let full_name = full_name(item);
        let refused = source["refused"].as_array().into_iter().flatten();
        for refused in refused.filter(|refused| words::text(refused, "slo") == full_name) {
            let (since, reason) = (words::local_time(&words::text(refused, "since")), words::text(refused, "reason"));
            context.say(&Say::SourceRefuses { slo: full_name.clone(), name: name.clone(), since, reason });
        }
        let gaps = source["gaps"].as_array().into_iter().flatten();
        for gap in gaps.filter(|gap| words::text(gap, "slo") == full_name) {
            context.say(&Say::SourceGap {
                slo: full_name.clone(),
                name: name.clone(),
                reason: words::text(gap, "reason"),
            });
        }
    }
}

/// What is excluded from an SLO's figures, on stderr.
fn tell_exclusions(context: &Context, item: &Value) {
    for excluded in item["exclusions"].as_array().into_iter().flatten() {
        let (name, mode) = (words::text(excluded, "name"), words::text(excluded, "mode"));
        let (good, bad) = (words::number(excluded, "good"), words::number(excluded, "bad"));
        context.say(&Say::Excluded { slo: full_name(item), name, mode, good, bad });
    }
}

/// The fields that scripts read, and no more.
fn script_item(item: &Value) -> Value {
    let keep = [
        "name",
        "objective",
        "service",
        "window",
        "target",
        "good",
        "bad",
        "sli",
        "budget",
        "burn",
        "isEstimate",
        "source",
        "coverage",
        "state",
        "raw",
        "exclusions",
        "history",
    ];
    let mut kept: Map<String, Value> = keep.iter().map(|field| ((*field).to_owned(), item[*field].clone())).collect();
    kept.insert("window".to_owned(), json!(window(item)));
    Value::Object(kept)
}

pub(super) fn select(context: &Context, items: &[Value], name: Option<&str>) -> Result<Vec<Value>, Trouble> {
    let Some(name) = name else { return Ok(items.to_vec()) };
    let (slo, objective) = name.split_once('/').map_or((name, None), |(slo, objective)| (slo, Some(objective)));
    let wanted = |item: &&Value| {
        words::text(item, "name") == slo && objective.is_none_or(|wanted| words::text(item, "objective") == wanted)
    };
    let found: Vec<Value> = items.iter().filter(wanted).cloned().collect();
    if found.is_empty() { Err(unknown(context, items, name)) } else { Ok(found) }
}

fn unknown(context: &Context, items: &[Value], name: &str) -> Trouble {
    let names: Vec<String> = items.iter().map(|item| words::text(item, "name")).collect();
    let hint =
        nearest(name, names.iter().map(String::as_str)).map_or(Say::ListHint, |nearest| Say::DidYouMean { nearest });
    Trouble::new(context.lang, Say::UnknownSlo { name: name.to_owned() }, hint)
}

pub(super) fn full_name(item: &Value) -> String {
    let (name, objective) = (words::text(item, "name"), words::text(item, "objective"));
    let is_one_of_many = item["objectives"].as_u64().unwrap_or(1) > 1 && item["composite"] != true;
    if is_one_of_many { format!("{name}/{objective}") } else { name }
}

/// The length of the window, as definitions write it.
fn window(item: &Value) -> String {
    if item["calendar"].is_object() { words::text(&item["calendar"], "duration") } else { words::text(item, "window") }
}

fn burn(item: &Value, window: &str) -> String {
    item["burn"][window].as_f64().map_or("–".to_owned(), |burn| format!("{}×", significant(burn)))
}

pub(super) fn state_word(context: &Context, state: &str) -> String {
    state_message(state).map_or_else(|| state.to_owned(), |message| message.text(context.lang))
}

nines_base::catalogue! {
    /// The states of an SLO.
    enum State {
        Healthy => { en: "● healthy", ko: "● 정상" },
        Burning => { en: "▲ burning", ko: "▲ 빠르게 소진" },
        Exhausted => { en: "✖ exhausted", ko: "✖ 소진됨" },
        Unmeasured => { en: "◌ unmeasured", ko: "◌ 측정 안 됨" },
    }
}

fn state_message(state: &str) -> Option<State> {
    match state {
        "healthy" => Some(State::Healthy),
        "burning" => Some(State::Burning),
        "exhausted" => Some(State::Exhausted),
        "unmeasured" => Some(State::Unmeasured),
        _ => None,
    }
}

/// How much the count tells, where there is one.
fn tell_interval(context: &Context, item: &Value) {
    let bound = |name: &str| item["interval"][name].as_f64();
    if let (Some(low), Some(high)) = (bound("low"), bound("high")) {
        let (low, high) = (words::percent(Some(low)), words::percent(Some(high)));
        print(&format!("{}\n", Say::Interval { slo: full_name(item), low, high }.text(context.lang)));
    }
}

/// From when its events are counted, where that is not since it was defined.
fn tell_history(context: &Context, item: &Value) {
    if let Some(from) = item["history"]["from"].as_str().map(words::local_time) {
        print(&format!("{}\n", Say::HistoryFrom { slo: full_name(item), from }.text(context.lang)));
    }
}

/// The groups of an objective, if it is taken apart.
fn print_groups(item: &Value) {
    let mut table = Table::new(&["GROUP", ">GOOD", ">BAD", ">SLI", ">BUDGET", ">BURN 1h"]);
    for group in item["groups"].as_array().into_iter().flatten() {
        table.row(vec![
            words::text(group, "value"),
            words::number(group, "good").to_string(),
            words::number(group, "bad").to_string(),
            estimated(item, words::percent(group["sli"].as_f64())),
            estimated(item, words::percent(group["budget"].as_f64())),
            burn(group, "1h"),
        ]);
    }
    if !table.is_empty() {
        print(&format!("\n{}", table.render()));
    }
}

/// What changed although it had been taken for settled.
fn print_amendments(amendments: &Value) {
    let mut table = Table::new(&["AMENDED", "FROM", "UNTIL", ">GOOD BEFORE", ">BAD BEFORE", ">GOOD", ">BAD"]);
    for amendment in amendments.as_array().into_iter().flatten() {
        let time = |name: &str| words::local_time(&words::text(amendment, name));
        let count = |when: &str, name: &str| words::number(&amendment[when], name).to_string();
        table.row(vec![
            time("at"),
            time("from"),
            time("until"),
            count("before", "good"),
            count("before", "bad"),
            count("after", "good"),
            count("after", "bad"),
        ]);
    }
    if !table.is_empty() {
        print(&format!("\n{}", table.render()));
    }
}

fn explain(context: &Context, client: &Client, name: &str) -> Outcome {
    let all = client.get("/api/nines/v1/slos")?;
    tell_refused(context, client)?;
    let items = select(context, &words::items(&all), Some(name))?;
    let slo = words::text(&items[0], "name");
    let one = client.get(&format!("/api/nines/v1/slos/{}", escape(&slo)))?;
    let items = select(context, &words::items(&one), Some(name))?;
    let events = client.get(&format!("/api/nines/v1/slos/{}/events?verdict=bad&limit=10", escape(&slo)))?;
    if !context.format.is_table() {
        let (bad, amendments) = (words::items(&events), &one["amendments"]);
        context.write(&json!({ "slo": items, "bad": bad, "shared": events["shared"], "amendments": amendments }));
        return Ok(Exit::Yes);
    }
    for item in &items {
        print(&format!("{}\n", words::text(item, "explanation")));
        if let Some(sli) = item["raw"]["sli"].as_f64() {
            let (sli, budget) = (words::percent(Some(sli)), words::percent(item["raw"]["budget"].as_f64()));
            print(&format!("{}\n", Say::RawValue { slo: full_name(item), sli, budget }.text(context.lang)));
        }
        tell_exclusions(context, item);
        tell_interval(context, item);
        tell_history(context, item);
        if let Some(said) = why_estimated(item) {
            context.say(&said);
        }
        print_groups(item);
    }
    tell_sources(context, &items);
    print_amendments(&one["amendments"]);
    let mut shared = Table::new(&["TAG", "VALUE", ">OF BAD", ">OF ALL"]);
    for row in events["shared"].as_array().into_iter().flatten() {
        shared.row(vec![
            words::text(row, "key"),
            words::text(row, "value"),
            words::percent(row["badShare"].as_f64()),
            words::percent(row["allShare"].as_f64()),
        ]);
    }
    if !shared.is_empty() {
        print(&format!("\n{}", shared.render()));
    }
    let mut bad = Table::new(&["END", "TRACE", "SERVICE", "OPERATION", ">DURATION"]);
    for event in words::items(&events) {
        bad.row(vec![
            words::local_time(&words::text(&event, "at")),
            words::text(&event, "traceId"),
            words::text(&event, "service"),
            words::text(&event, "name"),
            words::duration(words::number(&event, "durationUs")),
        ]);
    }
    if !bad.is_empty() {
        print(&format!("\n{}", bad.render()));
    }
    context.page("/");
    Ok(Exit::Yes)
}
