//! Around each query: decides whether it is traced, and afterwards says what became of it.

use super::tracer::{Query, Tracer};
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

/// Where Zipkin's page finds its queries a second time.
const PAGE: &str = "/zipkin";

/// Traces a query. One whose caller has gone before its answer leaves no span.
pub async fn trace(State(tracer): State<Arc<Tracer>>, request: Request, next: Next) -> Response {
    let begun = if request.method() == Method::GET { tracer.begin(request.headers()) } else { None };
    let Some(begun) = begun else { return next.run(request).await };
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let template = matched.as_ref().map_or("", MatchedPath::as_str);
    // Below where Zipkin's page asks, the request's own path has lost that part.
    let (mount, template) = match template.strip_prefix(PAGE) {
        Some(below) => (PAGE, below),
        None => ("", template),
    };
    let path = format!("{mount}{}", request.uri().path());
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| *peer);
    let (started_at, started) = (tracer.now(), Instant::now());
    let response = next.run(request).await;
    let status = response.status();
    tracer.finish(Query { begun, started_at, took: started.elapsed(), template, path: &path, peer, status });
    response
}
