//! What server and client have in common: the tags of an HTTP exchange and the future that waits for its
//! response. Names and tags are Brave's, so searches written for Java services find Rust ones.

use std::fmt::Display;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::{Method, Response, StatusCode, Uri};
use hyper::body::Body;
use pin_project_lite::pin_project;

use crate::body::{EarlyDrop, TracedBody};
use crate::current::{InSpan, SpanFuture};
use crate::span::{Kind, Span};

/// The lower-case method: the name of a span whose route is not known.
pub(crate) fn method_name(method: &Method) -> String {
    method.as_str().to_ascii_lowercase()
}

/// Tags a span with what is known before the response.
pub(crate) fn tag_request(span: &Span, kind: Kind, method: &Method, uri: &Uri) {
    span.set_kind(kind).tag("http.method", method).tag("http.path", uri.path());
}

/// An exchange whose response is not there yet.
pub(crate) struct Exchange {
    span: Span,
    kind: Kind,
    /// A HEAD response announces a length but has no body.
    is_head: bool,
    /// The name to refine by status, where no route was matched.
    name_without_route: Option<String>,
    /// True once a response or an error came.
    is_answered: bool,
}

impl Exchange {
    pub(crate) fn new(span: Span, kind: Kind, method: &Method, name_without_route: Option<String>) -> Exchange {
        Exchange { span, kind, is_head: method == Method::HEAD, name_without_route, is_answered: false }
    }

    fn complete<B: Body>(&mut self, response: Response<B>) -> Response<TracedBody<B>> {
        self.is_answered = true;
        let status = response.status();
        if !status.is_success() {
            self.span.tag("http.status_code", status.as_u16());
        }
        // `http` knows no status below 100, the other half of Brave's rule.
        if status.as_u16() > 399 {
            self.span.error(status.as_u16());
        }
        if let Some(name) = &self.name_without_route {
            rename_by_status(&self.span, name, status);
        }
        if self.is_head {
            self.span.finish();
        }
        let on_early_drop = if self.kind == Kind::Server { EarlyDrop::Note } else { EarlyDrop::Fine };
        response.map(|body| TracedBody::new(body, self.span.clone(), on_early_drop))
    }

    fn fail(&mut self, error: &dyn Display) {
        self.is_answered = true;
        self.span.error(error).finish();
    }
}

/// `get` becomes `get not_found` or `get redirected`, unless the handler chose a name of its own.
fn rename_by_status(span: &Span, name: &str, status: StatusCode) {
    let suffix = match status.as_u16() {
        404 => "not_found",
        300..=399 => "redirected",
        _ => return,
    };
    span.edit(|record| {
        if record.name == name {
            record.name = format!("{name} {suffix}");
        }
    });
}

impl Drop for Exchange {
    /// The future was dropped before the response: a timeout above it, a client that went away, a panic.
    fn drop(&mut self) {
        if !self.is_answered {
            let reason = if std::thread::panicking() { "panicked" } else { "cancelled before the response" };
            self.fail(&reason);
        }
    }
}

pin_project! {
    /// Waits for a traced exchange's response.
    pub struct ExchangeFuture<F> {
        // Before `exchange`: what the handler still holds goes first, then the span ends.
        #[pin]
        response: SpanFuture<F>,
        exchange: Exchange,
    }
}

impl<F: Future> ExchangeFuture<F> {
    pub(crate) fn new(response: F, exchange: Exchange) -> ExchangeFuture<F> {
        ExchangeFuture { response: response.in_span(exchange.span.clone()), exchange }
    }
}

impl<F, B, E> Future for ExchangeFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: Body,
    E: Display,
{
    type Output = Result<Response<TracedBody<B>>, E>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let result = ready!(this.response.poll(cx));
        Poll::Ready(match result {
            Ok(response) => Ok(this.exchange.complete(response)),
            Err(error) => {
                this.exchange.fail(&error);
                Err(error)
            }
        })
    }
}
