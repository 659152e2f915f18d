//! A tower layer that traces the requests a service answers.

use std::fmt::Display;
use std::net::{IpAddr, SocketAddr};
use std::task::{Context, Poll};

use http::{Extensions, HeaderMap, Request, Response};
use hyper::body::Body;
use tower::{Layer, Service};

use crate::body::TracedBody;
use crate::exchange::{Exchange, ExchangeFuture, method_name, tag_request};
use crate::propagation::extract;
use crate::span::{Endpoint, Kind};
use crate::tracer::Tracer;

/// The peer's address, as a request extension: set it when accepting a connection where axum's `ConnectInfo`
/// is not in use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PeerAddress(pub SocketAddr);

/// Opens a `SERVER` span for each request and finishes it when the response's body has ended.
///
/// The span is the [current](crate::current()) one inside the handler, and an extension of the request. With
/// axum, add the layer to the `Router` it serves (`Router::layer`): there the route is known already.
#[derive(Clone)]
pub struct ServerLayer {
    tracer: Tracer,
}

impl ServerLayer {
    /// A layer whose spans belong to `tracer`'s service.
    pub fn new(tracer: Tracer) -> ServerLayer {
        ServerLayer { tracer }
    }
}

impl<S> Layer<S> for ServerLayer {
    type Service = TracedServer<S>;

    fn layer(&self, inner: S) -> TracedServer<S> {
        TracedServer { inner, tracer: self.tracer.clone() }
    }
}

/// A service whose requests are traced; made by [`ServerLayer`].
#[derive(Clone)]
pub struct TracedServer<S> {
    inner: S,
    tracer: Tracer,
}

impl<S, ReqBody, ResBody> Service<Request<ReqBody>> for TracedServer<S>
where
    S: Service<Request<ReqBody>, Response = Response<ResBody>>,
    S::Error: Display,
    ResBody: Body,
{
    type Response = Response<TracedBody<ResBody>>;
    type Error = S::Error;
    type Future = ExchangeFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<ReqBody>) -> Self::Future {
        let method = request.method().clone();
        let method_name = method_name(&method);
        let (name, name_without_route) = match route(request.extensions()) {
            Some(route) => (format!("{method_name} {route}"), None),
            None => (method_name.clone(), Some(method_name)),
        };
        let span = self.tracer.continue_from(&extract(request.headers()), &name);
        if span.is_recording() {
            tag_request(&span, Kind::Server, &method, request.uri());
            span.set_remote(peer(request.headers(), request.extensions()));
        }
        request.extensions_mut().insert(span.clone());
        let exchange = Exchange::new(span, Kind::Server, &method, name_without_route);
        ExchangeFuture::new(self.inner.call(request), exchange)
    }
}

/// The template that matched, such as `/users/{id}`.
fn route(extensions: &Extensions) -> Option<&str> {
    #[cfg(feature = "axum")]
    if let Some(path) = extensions.get::<axum::extract::MatchedPath>() {
        return Some(path.as_str());
    }
    let _ = extensions;
    None
}

/// The caller: the first address of `X-Forwarded-For` where a proxy named it, else the connection's.
fn peer(headers: &HeaderMap, extensions: &Extensions) -> Endpoint {
    if let Some(ip) = forwarded_for(headers) {
        return Endpoint { ip: Some(ip), ..Endpoint::default() };
    }
    match peer_address(extensions) {
        Some(address) => Endpoint::default().at(address),
        None => Endpoint::default(),
    }
}

fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    headers.get("x-forwarded-for")?.to_str().ok()?.split(',').next()?.trim().parse().ok()
}

fn peer_address(extensions: &Extensions) -> Option<SocketAddr> {
    #[cfg(feature = "axum")]
    if let Some(axum::extract::ConnectInfo(address)) = extensions.get::<axum::extract::ConnectInfo<SocketAddr>>() {
        return Some(*address);
    }
    extensions.get::<PeerAddress>().map(|peer| peer.0)
}
