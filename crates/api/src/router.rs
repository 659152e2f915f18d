//! Every path of the server in one place, and what lies around them.

use crate::front::Front;
use crate::page::plain_not_found;
use crate::{App, nines, page, zipkin};
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use nines_collect::Doors;
use nines_collect::http::{otlp, zipkin as zipkin_spans};
use std::sync::Arc;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// Answers below this size are not worth compressing (Zipkin's own threshold).
const COMPRESSED_BYTES_MIN: u64 = 2048;

/// The whole server: Zipkin's paths with their open CORS, ours without it, the page for the rest.
pub fn front(app: Arc<App>, doors: Doors) -> Front {
    Front::new(app.collector.clone(), doors, all_paths(app))
}

/// Only the doors, for addresses of their own.
pub fn front_of_doors(app: &App, doors: Doors) -> Front {
    let paths =
        around_all(Router::new().merge(beside_doors().layer(zipkin_cors())).fallback(async || plain_not_found()));
    Front::new(app.collector.clone(), doors, paths)
}

/// The paths of doors as any other method finds them: nothing is there, but a page of another origin is
/// told that it may post (CORS asks with OPTIONS).
fn beside_doors() -> Router {
    let nothing = any(async || plain_not_found());
    Router::new().route(otlp::PATH, nothing.clone()).route(zipkin_spans::PATH_V1, nothing)
}

fn all_paths(app: Arc<App>) -> Router {
    let zipkin_paths = Router::new()
        .merge(zipkin::query_router())
        .nest("/zipkin", zipkin::query_router())
        .merge(zipkin::operations_router())
        .with_state(app.clone())
        .merge(beside_doors())
        .layer(zipkin_cors());
    let paths = Router::new()
        .nest("/api/nines/v1", nines::router())
        .merge(page::router())
        .fallback(page::not_found)
        .with_state(app)
        .merge(zipkin_paths);
    around_all(paths)
}

/// What lies around every path. Outermost first: TRACE is refused on every path, known or not; answers
/// are compressed last.
pub(crate) fn around_all(paths: Router) -> Router {
    paths
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(SizeAbove::new(COMPRESSED_BYTES_MIN))))
        .layer(middleware::from_fn(refuse_trace))
}

/// Any origin may read Zipkin's API, with the headers Zipkin allows and shows.
pub(crate) fn zipkin_cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::any())
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::CONTENT_TYPE, HeaderName::from_static("x-grpc-web")])
        .expose_headers([HeaderName::from_static("grpc-status"), HeaderName::from_static("grpc-message")])
        .vary([])
}

async fn refuse_trace(request: Request, next: Next) -> Response {
    if request.method() == Method::TRACE {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
