//! Names that were seen, and completion of a filter from them.

use super::problem::Answer;
use super::recent::Seen;
use super::request::Asked;
use crate::App;
use axum::Json;
use axum::extract::State;
use nines_storage::{SpanStore, StoreError};
use nines_trace::filter::Filter;
use nines_trace::filter::complete::{self, BUILT_INS, Wants, bare_words};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Suggestions given at once: more than a person reads.
const SUGGESTIONS_MAX: usize = 50;

/// Tags that instrumentations set everywhere; offered while no other is known.
const USUAL_TAGS: [&str; 6] = ["http.method", "http.path", "http.status_code", "error", "version", "otel.status_code"];

/// `GET /services`.
pub async fn services(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let store = app.store.clone();
    let names = super::reading(asked.lang, move || store.services()).await?;
    let items: Vec<_> = names.iter().map(|name| json!({ "name": name, "color": app.colors.of(name) })).collect();
    Ok(Json(json!({ "items": items, "next": null })))
}

/// `GET /operations?service=`.
pub async fn operations(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let service = asked.text("service").unwrap_or_default().to_owned();
    let store = app.store.clone();
    let names = super::reading(asked.lang, move || store.operations(&service)).await?;
    let items: Vec<_> = names.iter().map(|name| json!({ "name": name })).collect();
    Ok(Json(json!({ "items": items, "next": null })))
}

/// `GET /complete?q=&pos=`: what may stand at the caret, how many of the newest spans have it, and what is wrong with
/// the text so far.
pub async fn complete(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let text = asked.text("q").unwrap_or_default().to_owned();
    let length = text.chars().count() as u64;
    let pos = asked.number("pos", length, 0, u64::from(u32::MAX))?.min(length) as usize;
    let error = Filter::parse(&text)
        .err()
        .map(|error| json!({ "message": error.text(asked.lang), "from": error.at.start, "to": error.at.end }));
    let context = complete::complete(&text, pos);
    let (store, recent, now) = (app.store.clone(), app.recent.clone(), app.clock.now());
    let wants = context.wants.clone();
    let words = super::reading(asked.lang, move || {
        let seen = recent.seen(&*store, now)?;
        suggestions(&*store, &seen, &text, &wants)
    })
    .await?;
    let items: Vec<Value> = words
        .into_iter()
        .take(SUGGESTIONS_MAX)
        .map(|word| {
            let mut item =
                json!({ "text": word.text, "kind": word.kind, "from": context.at.start, "to": context.at.end });
            if let Some(spans) = word.spans {
                item["spans"] = json!(spans);
            }
            item
        })
        .collect();
    Ok(Json(json!({ "items": items, "error": error })))
}

/// Something that may stand at the caret.
struct Suggestion {
    text: String,
    kind: &'static str,
    /// How many of the newest spans have it.
    spans: Option<u64>,
}

impl Suggestion {
    fn new(text: impl Into<String>, kind: &'static str) -> Suggestion {
        Suggestion { text: text.into(), kind, spans: None }
    }
}

fn suggestions(store: &dyn SpanStore, seen: &Seen, text: &str, wants: &Wants) -> Result<Vec<Suggestion>, StoreError> {
    match wants {
        Wants::Name { typed } => Ok(names(seen, typed)),
        Wants::Operator { operators, .. } => {
            Ok(operators.iter().map(|operator| Suggestion::new(operator.sign(), "operator")).collect())
        }
        Wants::Value { name, typed, .. } => values(store, seen, text, name, typed),
        Wants::ListSeparator | Wants::Space | Wants::Nothing => Ok(Vec::new()),
    }
}

fn names(seen: &Seen, typed: &str) -> Vec<Suggestion> {
    let built_in = BUILT_INS.iter().map(|name| Suggestion::new(*name, "name"));
    let words = bare_words().into_iter().map(|word| Suggestion::new(word, "word"));
    let tags = seen
        .tags()
        .into_iter()
        .map(|(tag, spans)| Suggestion { spans: Some(spans), ..Suggestion::new(complete::written_name(tag), "tag") });
    let usual = USUAL_TAGS.iter().filter(|_| seen.tags().is_empty()).map(|tag| Suggestion::new(*tag, "tag"));
    let mut known = BTreeSet::new();
    built_in
        .chain(words)
        .chain(tags)
        .chain(usual)
        .filter(|name| contains(&name.text, typed) && known.insert(name.text.clone()))
        .collect()
}

fn values(
    store: &dyn SpanStore,
    seen: &Seen,
    text: &str,
    name: &str,
    typed: &str,
) -> Result<Vec<Suggestion>, StoreError> {
    let (values, kind) = match name {
        "service" => (store.services()?, "service"),
        "kind" => (["client", "server", "producer", "consumer", "local"].map(str::to_owned).to_vec(), "kind"),
        "op" => (of_services(store, text, |service| store.operations(service))?, "op"),
        "remote" => (of_services(store, text, |service| store.remote_services(service))?, "remote"),
        tag => {
            let tag = tag.strip_prefix("tag.").unwrap_or(tag);
            (seen.values_of_tag(tag).into_iter().flat_map(|values| values.keys().cloned()).collect(), "value")
        }
    };
    let counted =
        if kind == "value" { seen.values_of_tag(name.strip_prefix("tag.").unwrap_or(name)) } else { seen.values(name) };
    let mut fitting: Vec<(Option<u64>, String)> = values
        .into_iter()
        .filter(|value| contains(value, typed))
        .map(|value| (counted.and_then(|counted| counted.get(&value).copied()), value))
        .collect();
    // Those that are there now first; the sort is stable, so that the rest stays in the order of names.
    fitting.sort_by_key(|(spans, _)| std::cmp::Reverse(*spans));
    let suggestion = |(spans, value): (Option<u64>, String)| Suggestion {
        spans,
        ..Suggestion::new(complete::written_value(&value), kind)
    };
    Ok(fitting.into_iter().map(suggestion).collect())
}

/// Names of the services that the text already asks for, or of all.
fn of_services(
    store: &dyn SpanStore,
    text: &str,
    names: impl Fn(&str) -> Result<Vec<String>, StoreError>,
) -> Result<Vec<String>, StoreError> {
    let asked = text.split_whitespace().filter_map(|term| term.strip_prefix("service=")).map(str::to_owned);
    let mut services: Vec<String> = asked.collect();
    if services.is_empty() {
        services = store.services()?;
    }
    let mut all = BTreeSet::new();
    for service in &services {
        all.extend(names(service)?);
    }
    Ok(all.into_iter().collect())
}

/// Whether what was typed occurs in the name, whatever the case.
fn contains(name: &str, typed: &str) -> bool {
    name.to_lowercase().contains(&typed.to_lowercase())
}
