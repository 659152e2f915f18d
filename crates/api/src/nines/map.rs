//! Who calls whom in a window.

use super::partial;
use super::problem::Answer;
use super::request::Asked;
use crate::App;
use axum::Json;
use axum::extract::State;
use nines_base::DurationUs;
use nines_storage::Answer as Found;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Window of the map unless told otherwise.
const SINCE_DEFAULT: DurationUs = DurationUs::from_secs(3600);

/// `GET /map`.
pub async fn map(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let window = asked.window(&app, SINCE_DEFAULT)?;
    let store = app.store.clone();
    let Found { value: links, gaps } = super::reading(asked.lang, move || store.links(window)).await?;
    let names: BTreeSet<&str> = links.iter().flat_map(|link| [link.parent.as_str(), &link.child]).collect();
    let nodes: Vec<_> = names.iter().map(|name| json!({ "service": name, "color": app.colors.of(name) })).collect();
    let edges: Vec<_> = links
        .iter()
        .map(|link| json!({ "parent": link.parent, "child": link.child, "calls": link.calls, "errors": link.errors }))
        .collect();
    let mut document = json!({ "nodes": nodes, "edges": edges });
    partial::mark(&mut document, &gaps);
    Ok(Json(document))
}
