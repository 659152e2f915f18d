//! A response body that ends its span: an exchange is over when the last byte is, not when the head is.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use hyper::body::{Body, Buf, Frame, SizeHint};
use pin_project_lite::pin_project;

use crate::current::scope;
use crate::span::Span;

pin_project! {
    /// The body of a traced response. Its span finishes when the body ends, fails or is dropped.
    #[derive(Debug)]
    pub struct TracedBody<B> {
        #[pin]
        inner: B,
        ending: Ending,
    }
}

/// The part that must run exactly once.
#[derive(Debug)]
struct Ending {
    /// `None` once finished.
    span: Option<Span>,
    /// Bytes still to come, where the length is known: a reader that has them all need not ask again.
    n_bytes_left: Option<u64>,
    /// What a drop before the end says about the exchange.
    on_early_drop: EarlyDrop,
}

/// How to read a body that is dropped before its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum EarlyDrop {
    /// The receiver had enough: nothing to note.
    Fine,
    /// The receiver went away: noted as an annotation. Not an error, or every event stream would end in one.
    Note,
}

impl<B: Body> TracedBody<B> {
    pub(crate) fn new(inner: B, span: Span, on_early_drop: EarlyDrop) -> TracedBody<B> {
        let n_bytes_left = inner.size_hint().exact();
        let mut ending = Ending { span: Some(span), n_bytes_left, on_early_drop };
        // Nobody polls an empty body.
        if inner.is_end_stream() || n_bytes_left == Some(0) {
            ending.finish();
        }
        TracedBody { inner, ending }
    }
}

impl<B: Body> Body for TracedBody<B>
where
    B::Error: std::fmt::Display,
{
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        let mut this = self.project();
        // Streaming bodies run user code; it may tag the span, too.
        let polled = match &this.ending.span {
            Some(span) => scope(span, || this.inner.as_mut().poll_frame(cx)),
            None => this.inner.as_mut().poll_frame(cx),
        };
        let item = ready!(polled);
        match &item {
            None => this.ending.finish(),
            Some(Err(error)) => this.ending.fail(error),
            Some(Ok(frame)) => {
                this.ending.count(frame.data_ref().map_or(0, Buf::remaining));
                if this.inner.is_end_stream() {
                    this.ending.finish();
                }
            }
        }
        Poll::Ready(item)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

impl Ending {
    fn count(&mut self, n_bytes: usize) {
        if let Some(left) = &mut self.n_bytes_left {
            *left = left.saturating_sub(n_bytes as u64);
            if *left == 0 {
                self.finish();
            }
        }
    }

    fn fail(&mut self, error: &dyn std::fmt::Display) {
        if let Some(span) = &self.span {
            span.error(error);
        }
        self.finish();
    }

    fn finish(&mut self) {
        if let Some(span) = self.span.take() {
            span.finish();
        }
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        if let (Some(span), EarlyDrop::Note) = (&self.span, self.on_early_drop) {
            span.annotate("response body dropped before its end");
        }
        self.finish();
    }
}
