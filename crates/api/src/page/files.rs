//! The files that the page loads: packed into the program, asked after by their tag.

use super::CACHE_CONTROL;
use crate::methods;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

pub(super) async fn asset(uri: Uri, headers: HeaderMap) -> Response {
    file(uri.path(), &headers)
}

pub(super) async fn icon(headers: HeaderMap) -> Response {
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
