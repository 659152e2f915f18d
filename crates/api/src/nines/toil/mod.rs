//! Toil: what is recorded, what follows from it, runbooks and their runs. Nothing here runs anything, and no answer compares or
//! totals persons: one's own figures are for whoever gives the name, which nobody checks until there is access control.

mod burned;
mod forget;
mod pages;

mod record;
mod report;
mod runbooks;

mod runs;
mod said;
mod shapes;
mod shelf;
mod state;
mod traffic;

pub(crate) use report::report_answer;
pub(crate) use runbooks::{list_answer as runbooks_answer, one_answer as runbook_answer};
pub(crate) use runs::run_answer;
pub use state::ToilBook;

use crate::App;
use axum::Router;
use axum::routing::{get, post};
use std::sync::Arc;

/// Everything under `/toil`, `/runs` and `/runbooks`.
pub(super) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/toil", post(record::record))
        .route("/toil/import/alertmanager", post(pages::alertmanager))
        .route("/toil/report", get(report::report))
        .route("/toil/next", get(report::next))
        .route("/toil/entries", get(record::entries))
        .route("/toil/entries/{key}/remove", post(forget::remove))
        .route("/toil/forget", post(forget::forget))
        .route("/toil/capacity", post(said::capacity))
        .route("/toil/pulse", post(said::pulse))
        .route("/toil/tasks", post(said::task))
        .route("/toil/classify", post(said::classify))
        .route("/runs", post(runs::finished))
        .route("/runs/{id}", get(runs::one))
        .route("/runbooks", get(runbooks::list))
        .route("/runbooks/approvals", post(runbooks::approve))
        .route("/runbooks/{name}", get(runbooks::one))
}
