//! A span while it is open ([`Span`]) and once it is finished ([`FinishedSpan`]).

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::context::TraceContext;
use crate::tracer::Tracer;

/// Most tags of one span; further keys are left out. Far above what people write by hand, it stops loops.
pub const TAGS_MAX: usize = 128;
/// Most annotations of one span; later ones are left out.
pub const ANNOTATIONS_MAX: usize = 128;
/// Longest name, tag or annotation in bytes; the rest is cut off. A stack trace fits, a response body does not.
pub const TEXT_BYTES_MAX: usize = 8 * 1024;

/// The role of a span in an exchange between services; local work has none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Called another service.
    Client,
    /// Answered a call.
    Server,
    /// Sent a message.
    Producer,
    /// Worked on a message.
    Consumer,
}

/// One side of an exchange. Empty parts are left out of what is sent.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Endpoint {
    /// The service's name.
    pub service_name: Option<String>,
    /// Its address.
    pub ip: Option<IpAddr>,
    /// Its port; 0 counts as unknown.
    pub port: Option<u16>,
}

impl Endpoint {
    /// A service known by name only.
    pub fn named(service_name: impl Into<String>) -> Endpoint {
        Endpoint { service_name: Some(service_name.into()), ip: None, port: None }
    }

    /// The same endpoint at `address`.
    pub fn at(self, address: SocketAddr) -> Endpoint {
        Endpoint { ip: Some(address.ip()), port: Some(address.port()), ..self }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.service_name.is_none() && self.ip.is_none() && self.port.is_none()
    }
}

/// Something that happened at one moment of a span.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Annotation {
    /// When, in microseconds since 1970.
    pub timestamp_us: u64,
    /// What.
    pub value: String,
}

/// A span whose duration is known; what a [`SpanSink`] gets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FinishedSpan {
    /// Its place in the trace.
    pub context: TraceContext,
    /// Its role, if any.
    pub kind: Option<Kind>,
    /// The operation, such as `get /users/{id}`. Low in variety: ids belong into tags.
    pub name: String,
    /// Start in microseconds since 1970.
    pub timestamp_us: u64,
    /// Length in microseconds, at least 1: zero means unknown to Zipkin.
    pub duration_us: u64,
    /// The service that did the work.
    pub local: Arc<Endpoint>,
    /// The other side, if any.
    pub remote: Endpoint,
    /// Moments, in the order they were noted.
    pub annotations: Vec<Annotation>,
    /// Tags with distinct keys, in the order they were first set.
    pub tags: Vec<(Cow<'static, str>, String)>,
}

impl FinishedSpan {
    /// The value of a tag.
    pub fn tag(&self, key: &str) -> Option<&str> {
        self.tags.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

/// Where finished spans go. Called on the thread that finished the span, so it must not block.
pub trait SpanSink: Send + Sync {
    /// Takes one span.
    fn report(&self, span: FinishedSpan);
}

/// Keeps finished spans in memory: for tests of instrumented code.
///
/// Clones share their spans.
#[derive(Clone, Default, Debug)]
pub struct InMemory(Arc<Mutex<Vec<FinishedSpan>>>);

impl InMemory {
    /// The spans so far, in the order they finished; the memory is empty afterwards.
    pub fn take(&self) -> Vec<FinishedSpan> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl SpanSink for InMemory {
    fn report(&self, span: FinishedSpan) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(span);
    }
}

/// A wall-clock reading with the monotonic reading beside it: all spans below one local root count from the
/// same pair, so a clock that is set meanwhile does not tear them apart.
#[derive(Clone, Copy)]
pub(crate) struct ClockAnchor {
    wall_us: u64,
    instant: Instant,
}

impl ClockAnchor {
    pub(crate) fn now() -> ClockAnchor {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        ClockAnchor { wall_us: saturating_us(wall.as_micros()), instant: Instant::now() }
    }

    fn read_us(&self) -> u64 {
        self.wall_us.saturating_add(saturating_us(self.instant.elapsed().as_micros()))
    }
}

fn saturating_us(micros: u128) -> u64 {
    u64::try_from(micros).unwrap_or(u64::MAX)
}

/// A span in progress. Clones are handles to the same span; it ends with [`Span::finish`], or when the last
/// handle is dropped.
///
/// A span of a trace that is not recorded still has its context and still propagates; everything else on
/// it does nothing and costs next to nothing.
#[derive(Clone)]
pub struct Span(Arc<Inner>);

struct Inner {
    context: TraceContext,
    anchor: ClockAnchor,
    tracer: Tracer,
    /// `None` once finished, and from the start when the trace is not recorded.
    record: Mutex<Option<FinishedSpan>>,
}

impl Span {
    /// Opens a span that starts now.
    pub(crate) fn start(tracer: &Tracer, context: TraceContext, anchor: ClockAnchor, name: &str) -> Span {
        let record = context.sampling.is_kept().then(|| FinishedSpan {
            context,
            kind: None,
            name: cut_text(name).to_owned(),
            timestamp_us: anchor.read_us(),
            duration_us: 0,
            local: tracer.local_endpoint(),
            remote: Endpoint::default(),
            annotations: Vec::new(),
            tags: Vec::new(),
        });
        Span(Arc::new(Inner { context, anchor, tracer: tracer.clone(), record: Mutex::new(record) }))
    }

    /// Its place in the trace.
    pub fn context(&self) -> &TraceContext {
        &self.0.context
    }

    /// The service that opened it.
    pub fn service_name(&self) -> &str {
        self.0.tracer.service_name()
    }

    /// True while what is set here will be reported.
    pub fn is_recording(&self) -> bool {
        self.lock().is_some()
    }

    /// Opens a child in the same service, starting now.
    pub fn child(&self, name: &str) -> Span {
        self.0.tracer.child_of(self, name)
    }

    /// Renames the span.
    pub fn set_name(&self, name: impl Display) -> &Span {
        self.edit(|record| record.name = cut(name.to_string()))
    }

    /// Sets the role.
    pub fn set_kind(&self, kind: Kind) -> &Span {
        self.edit(|record| record.kind = Some(kind))
    }

    /// Sets the other side of the exchange.
    pub fn set_remote(&self, remote: Endpoint) -> &Span {
        self.edit(|record| record.remote = remote)
    }

    /// Sets a tag; a later value replaces an earlier one.
    pub fn tag(&self, key: impl Into<Cow<'static, str>>, value: impl Display) -> &Span {
        self.edit(|record| {
            let key = key.into();
            let value = cut(value.to_string());
            match record.tags.iter().position(|(name, _)| *name == key) {
                Some(index) => record.tags[index].1 = value,
                None if record.tags.len() < TAGS_MAX => record.tags.push((key, value)),
                None => {}
            }
        })
    }

    /// Marks the span as failed with this reason; the first reason stays, as it is nearest to the cause.
    pub fn error(&self, reason: impl Display) -> &Span {
        let has_reason = self.lock().as_ref().is_none_or(|record| record.tag("error").is_some());
        if has_reason { self } else { self.tag("error", reason) }
    }

    /// Notes that something happened now.
    pub fn annotate(&self, value: impl Display) -> &Span {
        let timestamp_us = self.0.anchor.read_us();
        self.edit(|record| {
            if record.annotations.len() < ANNOTATIONS_MAX {
                record.annotations.push(Annotation { timestamp_us, value: cut(value.to_string()) });
            }
        })
    }

    /// Ends the span now and reports it. Only the first call counts.
    pub fn finish(&self) {
        self.0.finish();
    }

    /// Changes the record unless the span is finished or not recorded.
    pub(crate) fn edit(&self, change: impl FnOnce(&mut FinishedSpan)) -> &Span {
        if let Some(record) = self.lock().as_mut() {
            change(record);
        }
        self
    }

    pub(crate) fn anchor(&self) -> ClockAnchor {
        self.0.anchor
    }

    fn lock(&self) -> MutexGuard<'_, Option<FinishedSpan>> {
        self.0.lock()
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Span").field("context", self.context()).field("record", &*self.lock()).finish()
    }
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, Option<FinishedSpan>> {
        // A panic in a `Display` of the user's leaves a span that is merely short of one tag.
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn finish(&self) {
        let Some(mut record) = self.lock().take() else { return };
        record.duration_us = self.anchor.read_us().saturating_sub(record.timestamp_us).max(1);
        self.tracer.report(record);
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.finish();
    }
}

fn cut(mut text: String) -> String {
    let len = cut_text(&text).len();
    text.truncate(len);
    text
}

/// The longest head of `text` within the limit that ends between characters.
fn cut_text(text: &str) -> &str {
    if text.len() <= TEXT_BYTES_MAX { text } else { &text[..text.floor_char_boundary(TEXT_BYTES_MAX)] }
}
