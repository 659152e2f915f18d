//! The page: a shell whose language, head and first data the server fills in, and the files it loads.
//!
//! Start reading at [`shell`]: what a path shows decides the first answers, and those decide the head.

mod files;
mod first;
mod head;
mod shown;

use crate::nines::Asked;
use crate::{App, methods, zipkin};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::json;
use shown::Shown;
use std::sync::Arc;

/// Only our own origin may be loaded from, nothing inline, nowhere framed.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; \
     object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/// Files may be kept but must be asked after: their names carry no hash.
const CACHE_CONTROL: &str = "no-cache";

/// The page's paths, and those of Zipkin's page that bookmarks point at.
pub(crate) fn router() -> Router<Arc<App>> {
    let pages = shown::PATHS.iter().fold(Router::new(), |router, path| router.route(path, get(page)));
    pages
        .route("/assets/{*path}", get(files::asset))
        .route("/favicon.ico", get(files::icon))
        .merge(zipkin::lens::router())
        .merge(zipkin::page_config_router())
}

async fn page(State(app): State<Arc<App>>, asked: Asked, uri: Uri) -> Response {
    shell(&app, &asked, uri.path()).await
}

/// What a browser gets first: enough to draw the page, and for whoever shows a link to it, its head.
async fn shell(app: &Arc<App>, asked: &Asked, path: &str) -> Response {
    let shown = Shown::of(path);
    let data = first::answers(app, &shown, asked).await;
    let head = head::of(&shown, &data, asked.lang);
    let lang = asked.lang.tag();
    let boot = json!({ "lang": lang, "version": app.settings.version, "path": path, "data": data });
    let html = nines_web::page(lang, &head, &boot.to_string());
    let mut response = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
    let set = response.headers_mut();
    set.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    set.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHE_CONTROL));
    response
}

/// A path that does not exist: people get the page, which says so; programs get Zipkin's sentence.
pub(crate) async fn not_found(
    State(app): State<Arc<App>>,
    asked: Asked,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let wants_page = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    if wants_page && method == Method::GET {
        let mut response = shell(&app, &asked, uri.path()).await;
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    }
    methods::not_found(&method, uri.path())
}
