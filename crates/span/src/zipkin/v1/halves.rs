//! The spans that one span of version 1 becomes, while they are found: one for each service in it.

use super::Head;
use crate::batch::{EndpointRef, SpanRef};
use crate::model::Kind;
use crate::normalise::micros;
use crate::zipkin::lower_case;
use nines_base::{SpanId, TraceId};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// From so many halves on they are looked up by name instead of one by one: a span with an annotation
/// from each of a hundred thousand services must not take a square of that.
const SEARCHED_ONE_BY_ONE_MAX: usize = 8;

/// One of the spans to be.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Half<'a> {
    pub kind: Kind,
    pub timestamp: i64,
    pub duration: i64,
    pub local: EndpointRef<'a>,
    pub remote: EndpointRef<'a>,
    pub shared: bool,
}

impl<'a> Half<'a> {
    /// The span, without tags and annotations.
    pub fn span(&self, head: &Head<'a>) -> SpanRef<'a> {
        SpanRef {
            trace_id: TraceId(head.trace_id),
            id: SpanId(head.id),
            parent_id: (head.parent_id != 0).then_some(SpanId(head.parent_id)),
            kind: self.kind,
            name: head.name,
            start: micros(self.timestamp),
            duration: micros(self.duration),
            local: self.local,
            remote: self.remote,
            debug: head.debug,
            shared: self.shared,
            ..SpanRef::default()
        }
    }
}

/// All of them; never empty. What names no endpoint belongs to the first.
#[derive(Default)]
pub(super) struct Halves<'a> {
    list: Vec<Half<'a>>,
    /// By service name in lower case, once there are many.
    by_service: BTreeMap<Cow<'a, str>, usize>,
}

impl<'a> Halves<'a> {
    /// Begins a span anew.
    pub fn clear(&mut self) {
        self.list.clear();
        self.by_service.clear();
        self.list.push(Half::default());
    }

    pub fn list(&self) -> &[Half<'a>] {
        &self.list
    }

    pub fn list_mut(&mut self) -> &mut [Half<'a>] {
        &mut self.list
    }

    /// The half that an endpoint belongs to, known by its service: made where there is none yet. The first
    /// half takes the first endpoint that anything names.
    pub fn of(&mut self, endpoint: &EndpointRef<'a>) -> usize {
        if endpoint.is_empty() {
            return 0;
        }
        if self.list[0].local.is_empty() {
            self.list[0].local = *endpoint;
            return 0;
        }
        self.known(endpoint).unwrap_or_else(|| self.add(endpoint, Kind::Unspecified))
    }

    /// Of the half of an endpoint, to change it.
    pub fn half(&mut self, endpoint: &EndpointRef<'a>) -> &mut Half<'a> {
        let at = self.of(endpoint);
        &mut self.list[at]
    }

    fn known(&self, endpoint: &EndpointRef<'a>) -> Option<usize> {
        let (near, is_all) = match self.list.get(..SEARCHED_ONE_BY_ONE_MAX) {
            Some(near) => (near, false),
            None => (&self.list[..], true),
        };
        let found = near.iter().position(|half| has_same_service(&half.local, endpoint));
        if found.is_some() || is_all { found } else { self.by_service.get(&lower_case(endpoint.service)).copied() }
    }

    /// Adds a half, which of two with the same service is the one not found by it.
    pub fn add(&mut self, endpoint: &EndpointRef<'a>, kind: Kind) -> usize {
        let at = self.list.len();
        self.list.push(Half { local: *endpoint, kind, ..Half::default() });
        if at >= SEARCHED_ONE_BY_ONE_MAX {
            self.by_service.entry(lower_case(endpoint.service)).or_insert(at);
        }
        at
    }
}

/// Names of services differ in more than their case; two endpoints without a name have the same.
pub(super) fn has_same_service(a: &EndpointRef<'_>, b: &EndpointRef<'_>) -> bool {
    a.service == b.service || lower_case(a.service) == lower_case(b.service)
}
