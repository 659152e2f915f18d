//! What must come back: the trace as its client made it, the link between its services, and for OTLP what
//! only our own API has.

use super::clients::{Client, Edge, Failure};
use super::report::Report;
use crate::json::Read;
use crate::server;
use serde_json::Value;
use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};

/// Links are asked for over this long: all that a tier can take.
const LOOKBACK_MS: u64 = 24 * 3_600_000;
/// Requests a program makes.
const N_REQUESTS: f64 = 3.0;
/// The resource attribute that every OTLP client sets.
const ENVIRONMENT: [&str; 2] = ["deployment.environment.name", "peers"];
/// What it notes on the back's server span.
const ORDER: &str = "order.id";
const EVENT: &str = "stock.read";
/// No request failed.
const NONE_FAILED: Failure = Failure { tags: [false; 3], n_calls: 0 };

/// The two services of a client's run.
pub struct Names {
    /// Who calls.
    pub front: String,
    /// Who is called.
    pub back: String,
}

/// Asks nines for everything that a client says it sent.
pub fn check(nines: SocketAddr, client: &Client, names: &Names, report: &Report) -> Result<(), String> {
    for (id, order, failure) in report.requests(client.failure, NONE_FAILED) {
        let trace = ask(nines, &format!("/api/v2/trace/{id}"))?;
        check_trace(&trace, names, client.edge, failure.tags).map_err(|why| format!("trace {id}: {why}"))?;
        if client.is_otlp {
            let path = format!("/api/nines/v1/traces/{id}");
            let drawn = ask(nines, &path)?;
            let n_rows = drawn["rows"]["id"].items().len();
            let parts = ask(nines, &format!("{path}?rows=0-{}", n_rows.saturating_sub(1)))?;
            check_own(&drawn, &parts, names, order, failure.tags).map_err(|why| format!("{path}: {why}"))?;
        }
    }
    check_links(&ask(nines, &links_path())?, names, client.failure.n_calls)?;
    let services = ask(nines, "/api/v2/services")?;
    for name in [&names.front, &names.back] {
        if !services.items().iter().any(|service| service.text() == name) {
            return Err(format!("/api/v2/services has no `{name}`"));
        }
    }
    Ok(())
}

fn ask(nines: SocketAddr, path: &str) -> Result<Value, String> {
    match server::get(nines, path) {
        Ok((200, body)) => serde_json::from_str(&body).map_err(|why| format!("{path}: {why}")),
        Ok((status, body)) => Err(format!("{path} answers {status}: {body:.300}")),
        Err(error) => Err(format!("{path}: {error}")),
    }
}

fn links_path() -> String {
    let now_ms = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    format!("/api/v2/dependencies?endTs={now_ms}&lookback={LOOKBACK_MS}")
}

/// The three spans of a request: nothing lost, nothing doubled, each where it belongs.
fn check_trace(trace: &Value, names: &Names, edge: Edge, tags: [bool; 3]) -> Result<(), String> {
    let spans = trace.items();
    if spans.len() != 3 {
        return Err(format!("{} spans came back, 3 were sent", spans.len()));
    }
    let find = |kind: &str, service: &str| {
        let matches =
            |span: &&Value| span["kind"].text() == kind && span["localEndpoint"]["serviceName"].text() == service;
        spans.iter().find(matches).ok_or_else(|| format!("no {kind} span of `{service}`"))
    };
    let front = find("SERVER", &names.front)?;
    let client = find("CLIENT", &names.front)?;
    let back = find("SERVER", &names.back)?;
    let (id, parent) = (|span: &Value| span["id"].clone(), |span: &Value| span["parentId"].clone());
    if parent(front).is_there() {
        return Err("the root has a parent".to_owned());
    }
    if parent(client) != id(front) {
        return Err("the client span does not hang on the root".to_owned());
    }
    let is_shared = back["shared"] == Value::Bool(true);
    let hangs = match edge {
        Edge::Joined => is_shared && id(back) == id(client) && parent(back) == id(front),
        Edge::Child => !is_shared && id(back) != id(client) && parent(back) == id(client),
    };
    if !hangs {
        return Err(format!("the back's span does not hang on the client's as {edge:?}"));
    }
    for (span, has_error) in [front, client, back].into_iter().zip(tags) {
        let name = span["name"].text();
        if span["timestamp"].number().is_none() || span["duration"].number().is_none() {
            return Err(format!("`{name}` has no time"));
        }
        if span["tags"]["error"].is_there() != has_error {
            let service = span["localEndpoint"]["serviceName"].text();
            let fact = if has_error { "has no error tag" } else { "has an error tag" };
            return Err(format!("{} `{name}` of `{service}` {fact}", span["kind"].text()));
        }
    }
    Ok(())
}

/// One link, from the front to the back; none to the name that the front gave the back.
fn check_links(links: &Value, names: &Names, n_failed: u64) -> Result<(), String> {
    let ours = [names.front.as_str(), names.back.as_str()];
    let is_ours = |link: &&Value| ["parent", "child"].iter().any(|end| ours.contains(&link[end].text()));
    let links: Vec<&Value> = links.items().iter().filter(is_ours).collect();
    let &[link] = links.as_slice() else { return Err(format!("{} links, 1 belongs: {links:?}", links.len())) };
    let n_errors = link["errorCount"].number().unwrap_or(0.0);
    let is_right = link["parent"].text() == names.front
        && link["child"].text() == names.back
        && link["callCount"].number() == Some(N_REQUESTS)
        && n_errors == n_failed as f64;
    if is_right { Ok(()) } else { Err(format!("3 calls, {n_failed} failed, front to back; the link is {link:?}")) }
}

/// What the page draws from: the resource apart from the span's own attributes, events by name.
fn check_own(drawn: &Value, parts: &Value, names: &Names, order: &str, tags: [bool; 3]) -> Result<(), String> {
    let n_errors = tags.into_iter().filter(|error| *error).count() as f64;
    if drawn["spans"].number() != Some(3.0) || drawn["errors"].number() != Some(n_errors) {
        return Err(format!(
            "3 spans, {n_errors} of them failed; it says {:?} and {:?}",
            drawn["spans"], drawn["errors"]
        ));
    }
    // A row that shows both halves of a call has them apart in `halves`.
    let halves_of = |row: &Value| -> Vec<Value> {
        let halves = row["halves"].items();
        if halves.is_empty() { vec![row.clone()] } else { halves.to_vec() }
    };
    let spans: Vec<Value> = parts["items"].items().iter().flat_map(halves_of).collect();
    for span in &spans {
        let service = span["service"].text();
        for [name, value] in [["service.name", service], ENVIRONMENT] {
            if !has_pair(&span["resource"], name, value) {
                return Err(format!("the resource of a span of `{service}` has no {name}={value}"));
            }
        }
    }
    let is_back = |span: &&Value| span["service"].text() == names.back;
    let back = spans.iter().find(is_back).ok_or_else(|| format!("no span of `{}`", names.back))?;
    if !has_pair(&back["tags"], ORDER, order) {
        return Err(format!("no attribute {ORDER}={order} on the back's span"));
    }
    if !back["annotations"].items().iter().any(|event| event["value"].text() == EVENT) {
        return Err(format!("no event {EVENT} on the back's span"));
    }
    Ok(())
}

fn has_pair(pairs: &Value, name: &str, value: &str) -> bool {
    pairs.items().iter().any(|pair| pair.items().iter().map(Read::text).eq([name, value]))
}

#[cfg(test)]
#[path = "claims_tests.rs"]
mod tests;
