//! The page: its files, and a shell whose language, title and first data the server fills in.

use crate::nines::{language_of, slos_value};
use crate::{App, methods, zipkin};
use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use nines_base::Lang;
use serde_json::json;
use std::collections::HashMap;
use std::sync::Arc;

/// Only our own origin may be loaded from, nothing inline, nowhere framed.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; \
     object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/// Files may be kept but must be asked after: their names carry no hash.
const CACHE_CONTROL: &str = "no-cache";

/// The page's paths, and those of Zipkin's page that bookmarks point at.
pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(shell))
        .route("/slos", get(shell))
        .route("/slos/{name}", get(shell))
        .route("/traces", get(shell))
        .route("/trace/{id}", get(shell))
        .route("/assets/{*path}", get(asset))
        .route("/favicon.ico", get(icon))
        .merge(zipkin::lens::router())
        .merge(zipkin::page_config_router())
}

async fn shell(
    State(app): State<Arc<App>>,
    Query(parameters): Query<HashMap<String, String>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let lang = language_of(parameters.get("lang").map(String::as_str), &headers);
    let path = uri.path();
    let mut data = serde_json::Map::new();
    if path == "/" || path.starts_with("/slos") {
        data.insert("/api/nines/v1/slos".into(), slos_value(&app, lang));
    }
    let boot = json!({ "lang": lang.tag(), "version": app.settings.version, "path": path, "data": data });
    let html = nines_web::page(lang.tag(), &title(path, lang), &boot.to_string());
    let mut response = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
    let set = response.headers_mut();
    set.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    set.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHE_CONTROL));
    response
}

fn title(path: &str, lang: Lang) -> String {
    let (en, ko) = match path {
        "/" => ("Overview", "개요"),
        path if path.starts_with("/slos") => ("SLOs", "SLO"),
        path if path.starts_with("/trace/") => return format!("{} · nines", path.trim_start_matches("/trace/")),
        _ => ("Traces", "트레이스"),
    };
    format!("{} · nines", if lang == Lang::Ko { ko } else { en })
}

/// A path that does not exist: people get the page, which says so; programs get Zipkin's sentence.
pub(crate) async fn not_found(
    state: State<Arc<App>>,
    parameters: Query<HashMap<String, String>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let wants_page = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    if wants_page && method == Method::GET {
        let mut response = shell(state, parameters, uri, headers).await;
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    }
    methods::not_found(&method, uri.path())
}

async fn asset(uri: Uri, headers: HeaderMap) -> Response {
    file(uri.path(), &headers)
}

async fn icon(headers: HeaderMap) -> Response {
    file("/assets/icon.svg", &headers)
}

fn file(path: &str, headers: &HeaderMap) -> Response {
    let Some(asset) = nines_web::asset(path.trim_start_matches('/')) else {
        return methods::not_found(&Method::GET, path);
    };
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|etag| etag.as_bytes() == asset.etag.as_bytes());
    if known {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, asset.etag)]).into_response();
    }
    let common = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::ETAG, asset.etag),
        (header::CACHE_CONTROL, CACHE_CONTROL),
        (header::VARY, "accept-encoding"),
    ];
    let takes_gzip = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|encodings| encodings.contains("gzip"));
    if takes_gzip {
        (common, [(header::CONTENT_ENCODING, "gzip")], asset.gzip).into_response()
    } else {
        (common, asset.plain().into_owned()).into_response()
    }
}
