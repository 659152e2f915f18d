//! A write: JSON from a sender that may write, read before its handler runs.
//!
//! Until there is access control, writes are taken from this machine only, with our own origin or none.

use super::problem::{Fault, Problem};
use super::request::Asked;
use crate::App;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use nines_base::Lang;
use serde::de::DeserializeOwned;
use std::net::SocketAddr;
use std::sync::Arc;

/// What a sender that may write sent, and the language it is answered in.
pub(super) struct Write<T> {
    /// Language of texts in the answer.
    pub lang: Lang,
    /// The body; an empty one is an object without members.
    pub body: T,
}

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Write<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &Arc<App>) -> Result<Write<T>, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(Asked { lang, .. }) = Asked::from_request_parts(&mut parts, state).await;
        let peer = ConnectInfo::<SocketAddr>::from_request_parts(&mut parts, state).await;
        let peer = peer.ok().map(|ConnectInfo(peer)| peer);
        let headers = parts.headers.clone();
        // Read before it is refused: a body left on the wire would end a connection that the sender means to use again.
        let body = Bytes::from_request(Request::from_parts(parts, body), state).await;
        check_write(&headers, peer, lang).map_err(IntoResponse::into_response)?;
        let body = body.map_err(IntoResponse::into_response)?;
        let body: &[u8] = if body.is_empty() { b"{}" } else { &body };
        let body = read_body(body, lang).map_err(IntoResponse::into_response)?;
        Ok(Write { lang, body })
    }
}

/// The JSON of a body.
pub(super) fn read_body<T: DeserializeOwned>(body: &[u8], lang: Lang) -> Result<T, Problem> {
    serde_json::from_slice(body)
        .map_err(|error| Problem::bad(lang, Fault::NotJson { detail: error.to_string() }, Fault::NotJsonHint))
}

/// Whether a sender may write. One whose address is not known may not.
fn check_write(headers: &HeaderMap, peer: Option<SocketAddr>, lang: Lang) -> Result<(), Problem> {
    let header = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if !peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback()) {
        return Err(Problem::forbidden(lang, Fault::OffLoopback, Fault::WriteHint));
    }
    let host = header(header::HOST).unwrap_or_default();
    let own_origin = header(header::ORIGIN).is_none_or(|origin| origin == format!("http://{host}"));
    if !own_origin || !is_known_host(host) {
        return Err(Problem::forbidden(lang, Fault::OtherOrigin, Fault::WriteHint));
    }
    let is_json = header(header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("application/json"));
    if is_json {
        Ok(())
    } else {
        Err(Problem::bad(lang, Fault::NotJson { detail: "content-type".into() }, Fault::NotJsonHint))
    }
}

/// A name that only this machine answers to: a page elsewhere cannot point its own name here.
fn is_known_host(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
