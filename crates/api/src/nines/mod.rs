//! Our own API: JSON in camelCase, times in RFC 3339, errors as RFC 9457 problems.

mod about;
mod aggregate;
mod alerts;
mod definitions;
mod events;
mod evidence;
mod explore;
mod gate;
mod latency;
mod map;
mod markers;
mod names;
mod notify;
mod partial;
mod policies;
mod problem;
mod recent;
mod reports;
mod request;
mod slo_item;
mod slos;
mod sources;
mod store;
mod toil;
mod trace_detail;
mod trace_draw;
mod trace_list;
mod traffic;
mod whatif;
mod write;

use crate::App;
use axum::Router;
use axum::routing::{get, post};
use std::sync::Arc;

pub use evidence::Evidence;
pub use gate::github::DeploymentReviews;
pub use map::Drawings;
pub(crate) use notify::notify_value;
pub use recent::Recent;
pub(crate) use request::{Asked, rfc3339};
pub(crate) use sources::source_value;
pub use toil::ToilBook;
pub(crate) use traffic::counted as traffic_counted;
pub(crate) use traffic::plan_answer as traffic_plan_answer;
pub(crate) use traffic::status_value as traffic_value;

/// Everything under `/api/nines/v1`.
pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/about", get(about::about))
        .route("/definitions", get(definitions::definitions))
        .route("/services", get(names::services))
        .route("/operations", get(names::operations))
        .route("/complete", get(names::complete))
        .route("/traces", get(trace_list::list))
        .route("/traces/draw", post(trace_draw::draw))
        .route("/traces/{id}", get(trace_detail::detail))
        .route("/map", get(map::map))
        .route("/aggregate", get(aggregate::aggregate))
        .route("/facets", get(explore::facets))
        .route("/compare", get(explore::compare))
        .route("/scatter", get(explore::scatter))
        .route("/slos", get(slos::list))
        .route("/slos/{name}", get(slos::one))
        .route("/reports", get(reports::reports))
        .route("/slos/{name}/series", get(slos::series))
        .route("/slos/{name}/events", get(evidence::events))
        .route("/slos/{name}/latency", get(latency::latency))
        .route("/slos/{name}/markers", get(markers::markers))
        .route("/slos/{name}/whatif", get(whatif::whatif))
        .route("/alerts", get(alerts::alerts))
        .route("/alerts/{id}/ack", post(alerts::acknowledge))
        .route("/notify", get(notify::notify))
        .route("/stories", get(slos::stories))
        .route("/gate/{service}", get(gate::check))
        .route("/policies/{service}", get(gate::policy::policy))
        .route("/gate/decisions/{id}", get(gate::decision))
        .route("/gate/{service}/flagger", post(gate::flagger::hook))
        .route("/github/deployment-protection", post(gate::github::hook))
        .route("/freezes", get(policies::freezes).post(policies::freeze))
        .route("/exceptions", get(policies::exceptions).post(policies::exception))
        .route("/adjustments", get(policies::adjustments).post(policies::adjustment))
        .route("/store", get(store::measure))
        .route("/store/blocks", get(store::blocks))
        .route("/store/blocks/{name}", get(store::block))
        .route("/store/seal", post(store::seal))
        .route("/traffic", get(traffic::status))
        .route("/traffic/plans/{id}", get(traffic::plan))
        .route("/traffic/explain", get(traffic::explain))
        .route("/deploys", post(events::mark_deploy))
        .route("/events", get(events::events))
        .merge(toil::router())
        .fallback(problem::no_such_path)
}

/// First data of a page, answered by the very handlers that the page would ask.
pub(crate) use slos::list_value as slos_value;
pub(crate) use slos::one_value as slo_answer;
pub(crate) use toil::{report_answer as toil_answer, run_answer, runbook_answer, runbooks_answer};
pub(crate) use trace_detail::whole as trace_answer;

/// Runs a read of the store away from the threads that serve sockets.
async fn reading<T: Send + 'static>(
    lang: nines_base::Lang,
    read: impl FnOnce() -> Result<T, nines_storage::StoreError> + Send + 'static,
) -> Result<T, problem::Problem> {
    let outcome = tokio::task::spawn_blocking(read).await;
    let outcome = outcome.unwrap_or_else(|error| {
        tracing::error!(%error, "a query ended abnormally");
        Err(nines_storage::StoreError::Stopped { detail: "the query ended abnormally".into() })
    });
    outcome.map_err(|error| problem::Problem::store(lang, &error))
}
