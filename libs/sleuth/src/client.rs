//! A tower layer that traces the requests a service sends.

use std::fmt::Display;
use std::task::{Context, Poll};

use http::{Request, Response, Uri};
use hyper::body::Body;
use tower::{Layer, Service};

use crate::body::TracedBody;
use crate::exchange::{Exchange, ExchangeFuture, method_name, tag_request};
use crate::propagation::inject;
use crate::span::{Endpoint, Kind};
use crate::tracer::Tracer;

/// Opens a `CLIENT` span for each request, as a child of the current span, and writes it into the request's
/// headers as B3. It finishes when the response's body has been read, or dropped.
///
/// Wraps any `Service<http::Request<_>>`. Around a retrying client there is one span a call; inside it, one
/// an attempt.
#[derive(Clone)]
pub struct ClientLayer {
    tracer: Tracer,
    remote_service: Option<String>,
}

impl ClientLayer {
    /// A layer whose spans belong to `tracer`'s service.
    pub fn new(tracer: Tracer) -> ClientLayer {
        ClientLayer { tracer, remote_service: None }
    }

    /// Names the service that is called. Without it a service that is not traced itself has no name in the
    /// service map.
    pub fn remote_service(self, name: impl Into<String>) -> ClientLayer {
        ClientLayer { remote_service: Some(name.into()), ..self }
    }
}

impl<S> Layer<S> for ClientLayer {
    type Service = TracedClient<S>;

    fn layer(&self, inner: S) -> TracedClient<S> {
        TracedClient { inner, settings: self.clone() }
    }
}

/// A client whose requests are traced; made by [`ClientLayer`].
#[derive(Clone)]
pub struct TracedClient<S> {
    inner: S,
    settings: ClientLayer,
}

impl<S, ReqBody, ResBody> Service<Request<ReqBody>> for TracedClient<S>
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
        let span = self.settings.tracer.next_span(&method_name(&method));
        if span.is_recording() {
            tag_request(&span, Kind::Client, &method, request.uri());
            span.set_remote(remote(self.settings.remote_service.clone(), request.uri()));
        }
        inject(span.context(), request.headers_mut());
        let exchange = Exchange::new(span, Kind::Client, &method, None);
        ExchangeFuture::new(self.inner.call(request), exchange)
    }
}

/// The called side; its address only where the URI holds one, as nothing is resolved here.
fn remote(service_name: Option<String>, uri: &Uri) -> Endpoint {
    let ip = uri.host().and_then(|host| host.trim_matches(['[', ']']).parse().ok());
    Endpoint { service_name, ip, port: if ip.is_some() { uri.port_u16() } else { None } }
}
