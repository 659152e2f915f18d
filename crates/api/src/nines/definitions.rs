//! Which definitions are in force, and what is wrong with a set that was refused.

use super::problem::Answer;
use super::request::{Asked, rfc3339};
use crate::App;
use axum::Json;
use axum::extract::State;
use nines_base::Lang;
use nines_base::lang::Message;
use nines_slo::model::Declared;
use nines_slo::openslo::Finding;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// `GET /definitions?objects=true`.
pub async fn definitions(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let with_objects = asked.word("objects", &[("true", true), ("false", false)], false)?;
    let state = app.judge.definitions_state();
    let in_force = &state.in_force;
    let finding = |set: &'static str| move |finding: &Finding| finding_value(finding, set, asked.lang);
    let refused = state.refused.iter().map(finding("refused"));
    let findings: Vec<Value> = refused.chain(state.warnings.iter().map(finding("inForce"))).collect();
    let mut document = json!({
        "directories": app.settings.definitions, "slos": in_force.slos.len(), "generation": in_force.generation,
        "loadedAt": rfc3339(state.loaded_at), "refused": !state.refused.is_empty(),
        "refusedAt": state.refused_at.map(rfc3339), "findings": findings,
        "files": files(&in_force.objects), "kinds": kinds(&in_force.objects),
    });
    if with_objects {
        document["objects"] = in_force.objects.iter().map(object).collect();
    }
    Ok(Json(document))
}

fn finding_value(finding: &Finding, set: &str, lang: Lang) -> Value {
    let place = &finding.place;
    json!({
        "set": set, "severity": finding.severity.name(), "file": place.file, "line": place.line, "column": place.column,
        "path": finding.path, "fact": finding.fact.text(lang), "hint": finding.hint.text(lang),
    })
}

fn object(object: &Declared) -> Value {
    let place = &object.place;
    json!({ "kind": object.kind, "name": object.name, "file": place.file, "line": place.line, "column": place.column })
}

/// How many objects each file declares.
fn files(objects: &[Declared]) -> Vec<Value> {
    let counts = counted(objects, |object| object.place.file.as_str());
    counts.into_iter().map(|(file, n)| json!({ "file": file, "objects": n })).collect()
}

/// How many objects of each kind there are.
fn kinds(objects: &[Declared]) -> Vec<Value> {
    let counts = counted(objects, |object| object.kind);
    counts.into_iter().map(|(kind, n)| json!({ "kind": kind, "objects": n })).collect()
}

fn counted<'o>(objects: &'o [Declared], of: impl Fn(&'o Declared) -> &'o str) -> BTreeMap<&'o str, usize> {
    let mut counts = BTreeMap::new();
    for object in objects {
        *counts.entry(of(object)).or_default() += 1;
    }
    counts
}
