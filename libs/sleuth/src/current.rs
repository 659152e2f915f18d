//! The current span: it follows a task through its `await`s, not into tasks that are spawned.

use std::borrow::Cow;
use std::fmt::Display;
use std::future::Future;

use tokio::task::futures::TaskLocalFuture;

use crate::span::Span;

tokio::task_local! {
    static CURRENT: Option<Span>;
}

/// A future that runs with a current span; see [`InSpan`].
pub type SpanFuture<F> = TaskLocalFuture<Option<Span>, F>;

/// The span this code runs in, if any.
pub fn current() -> Option<Span> {
    CURRENT.try_with(Clone::clone).ok().flatten()
}

/// Sets a tag on the current span; nothing where there is none.
pub fn tag(key: impl Into<Cow<'static, str>>, value: impl Display) {
    with_current(|span| {
        span.tag(key, value);
    });
}

/// Notes on the current span that something happened now; nothing where there is none.
pub fn annotate(value: impl Display) {
    with_current(|span| {
        span.annotate(value);
    });
}

/// Calls `visit` with the current span, without counting a reference.
pub(crate) fn with_current<R>(visit: impl FnOnce(&Span) -> R) -> Option<R> {
    CURRENT.try_with(|span| span.as_ref().map(visit)).ok().flatten()
}

/// Runs `f` with `span` as the current one.
pub fn scope<R>(span: &Span, f: impl FnOnce() -> R) -> R {
    CURRENT.sync_scope(Some(span.clone()), f)
}

/// Gives a future a current span.
pub trait InSpan: Future + Sized {
    /// Runs with `span` as the current one. The span ends on its own terms, not with the future.
    fn in_span(self, span: Span) -> SpanFuture<Self> {
        CURRENT.scope(Some(span), self)
    }

    /// Runs with the caller's current span: for futures that go to `tokio::spawn`.
    fn in_current_span(self) -> SpanFuture<Self> {
        CURRENT.scope(current(), self)
    }
}

impl<F: Future> InSpan for F {}
