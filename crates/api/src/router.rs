//! Every path of the server in one place, and what lies around them.

use crate::front::Front;
use crate::{App, methods, nines, page, requests, self_tracing, zipkin};
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::Response;
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
    let origins = app.settings.zipkin.allowed_origins.clone();
    Front::new(app.collector.clone(), doors, origins, all_paths(app))
}

/// Only the doors, for addresses of their own.
pub fn front_of_doors(app: &App, doors: Doors) -> Front {
    let paths = beside_doors().layer(zipkin_cors()).fallback(methods::unknown_path);
    let paths = around_all(paths.layer(middleware::from_fn(methods::refuse)));
    Front::new(app.collector.clone(), doors, app.settings.zipkin.allowed_origins.clone(), paths)
}

/// The paths of doors as any other method finds them: nothing is there, but a page of another origin is
/// told that it may post (CORS asks with OPTIONS).
fn beside_doors() -> Router {
    let nothing = any(methods::unknown_path);
    Router::new().route(otlp::PATH, nothing.clone()).route(zipkin_spans::PATH_V1, nothing)
}

fn all_paths(app: Arc<App>) -> Router {
    let settings = &app.settings.zipkin;
    let mut zipkin_paths = Router::new().merge(zipkin::operations_router());
    let (mut ours, mut pages) = (Router::new(), Router::new().fallback(methods::unknown_path));
    let queries = || match &app.tracer {
        Some(tracer) => {
            let trace = middleware::from_fn_with_state(tracer.clone(), self_tracing::trace);
            zipkin::query_router().layer(trace)
        }
        None => zipkin::query_router(),
    };
    if settings.query_enabled {
        zipkin_paths = zipkin_paths.merge(queries()).nest("/zipkin", queries());
        ours = ours.nest("/api/nines/v1", nines::router());
        if settings.ui_enabled {
            pages = page::router().fallback(page::not_found);
        }
    } else {
        // A query has the path that spans come to; without it, it must still be there for CORS.
        zipkin_paths = zipkin_paths.route(zipkin_spans::PATH_V2, any(methods::unknown_path));
    }
    let zipkin_paths = zipkin_paths
        .with_state(app.clone())
        .merge(beside_doors())
        .method_not_allowed_fallback(methods::unknown_method)
        // Outside of it: a browser's question before a request is of a method that no path has.
        .layer(zipkin_cors());
    let pages = pages.with_state(app.clone()).method_not_allowed_fallback(methods::unknown_method);
    let requests = app.requests.clone();
    let paths = ours.with_state(app).merge(zipkin_paths).merge(pages).layer(middleware::from_fn(methods::refuse));
    around_all(paths).layer(middleware::from_fn_with_state(requests, requests::time))
}

/// What lies around every path. Outermost first: what sniffs types is told not to; answers are compressed.
pub(crate) fn around_all(paths: Router) -> Router {
    paths
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(SizeAbove::new(COMPRESSED_BYTES_MIN))))
        .layer(middleware::from_fn(nosniff))
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

async fn nosniff(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
