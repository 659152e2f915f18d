//! Finds each span's parent: by id, shared flag and endpoint, as Zipkin's users expect it.

use crate::names::lower;
use core::net::{Ipv4Addr, Ipv6Addr};
use nines_base::{FineMicros, SpanId};
use nines_span::EndpointRef;
use std::borrow::Cow;
use std::collections::HashMap;

/// Which rules place a span whose exact parent did not arrive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Rules {
    /// Zipkin's own, which its dependency links follow from: the first span without a parent is the
    /// root, and what has no exact place hangs under it.
    Zipkin,
    /// For readers: the earliest span without a parent is the root, and a span whose exact place is
    /// missing goes to the next best one before it goes to the root.
    Readers,
}

/// What placing a span needs to know of it.
#[derive(Clone, Debug)]
pub(crate) struct Placed<'s> {
    pub(crate) id: SpanId,
    pub(crate) parent_id: Option<SpanId>,
    pub(crate) shared: bool,
    pub(crate) local: EndpointRef<'s>,
    pub(crate) start: FineMicros,
}

/// Why a span hangs where it does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Attached {
    /// It is the root.
    Root,
    /// Its parent is here.
    Child,
    /// Its parent never arrived; it hangs under the root, or nowhere where there is none.
    MissingParent,
    /// It has no parent either, but another span is the root; it hangs under that.
    ExtraRoot,
    /// It is its own ancestor; the cycle was cut here, and it hangs under the root.
    CutCycle,
}

/// A span's parent, by place in the input, and why.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Attachment {
    pub(crate) parent: Option<usize>,
    pub(crate) attached: Attached,
}

#[derive(PartialEq, Eq, Hash)]
struct SharedKey<'s> {
    id: SpanId,
    service: Cow<'s, str>,
    ipv4: Option<Ipv4Addr>,
    ipv6: Option<Ipv6Addr>,
    port: u16,
}

impl<'s> SharedKey<'s> {
    fn of(id: SpanId, local: &EndpointRef<'s>) -> SharedKey<'s> {
        SharedKey { id, service: lower(local.service), ipv4: local.ipv4, ipv6: local.ipv6, port: local.port }
    }
}

/// Where spans can be found: those that share their client's id by endpoint, others by id alone.
/// Where several spans claim one place, the first has it.
struct Index<'p, 's> {
    spans: &'p [Placed<'s>],
    plain: HashMap<SpanId, usize>,
    shared: HashMap<SharedKey<'s>, usize>,
    shared_by_service: HashMap<(SpanId, Cow<'s, str>), usize>,
    shared_any: HashMap<SpanId, usize>,
}

/// Places every span.
pub(crate) fn place(spans: &[Placed<'_>], rules: Rules) -> Vec<Attachment> {
    let index = Index::of(spans, rules);
    let root = choose_root(spans, rules);
    let mut attachments: Vec<Attachment> = (0..spans.len())
        .map(|at| match index.parent(at, rules) {
            _ if root == Some(at) => Attachment { parent: None, attached: Attached::Root },
            Some(parent) => Attachment { parent: Some(parent), attached: Attached::Child },
            None if is_parentless(&spans[at]) => Attachment { parent: root, attached: Attached::ExtraRoot },
            None => Attachment { parent: root, attached: Attached::MissingParent },
        })
        .collect();
    cut_cycles(spans, root, &mut attachments);
    attachments
}

/// A joined server without a parent's id still has its client for a parent.
fn is_parentless(span: &Placed<'_>) -> bool {
    span.parent_id.is_none() && !span.shared
}

fn choose_root(spans: &[Placed<'_>], rules: Rules) -> Option<usize> {
    let mut parentless = (0..spans.len()).filter(|at| is_parentless(&spans[*at]));
    match rules {
        Rules::Zipkin => parentless.next(),
        // A span without a start says nothing about when it was; it is the root only where no other can be.
        Rules::Readers => parentless.min_by_key(|at| (spans[*at].start.is_none(), spans[*at].start)),
    }
}

impl<'p, 's> Index<'p, 's> {
    fn of(spans: &'p [Placed<'s>], rules: Rules) -> Index<'p, 's> {
        let mut index = Index {
            spans,
            plain: HashMap::with_capacity(spans.len()),
            shared: HashMap::new(),
            shared_by_service: HashMap::new(),
            shared_any: HashMap::new(),
        };
        for (at, span) in spans.iter().enumerate() {
            if !span.shared {
                index.plain.entry(span.id).or_insert(at);
                continue;
            }
            index.shared.entry(SharedKey::of(span.id, &span.local)).or_insert(at);
            if rules == Rules::Readers {
                index.shared_by_service.entry((span.id, lower(span.local.service))).or_insert(at);
                index.shared_any.entry(span.id).or_insert(at);
            }
        }
        index
    }

    fn parent(&self, at: usize, rules: Rules) -> Option<usize> {
        let span = &self.spans[at];
        if span.shared {
            return match self.plain.get(&span.id).copied() {
                // Its client never arrived: what called the client is the next best.
                None if rules == Rules::Readers => self.other_parent(span),
                client => client,
            };
        }
        self.other_parent(span)
    }

    /// The span that `parent_id` names: the server's side of it where that ran at the same endpoint.
    fn other_parent(&self, span: &Placed<'s>) -> Option<usize> {
        let parent_id = span.parent_id?;
        let plain = self.plain.get(&parent_id).copied();
        let exact = self.shared.get(&SharedKey::of(parent_id, &span.local)).copied();
        let service = lower(span.local.service);
        let elsewhere = plain.is_none_or(|plain| lower(self.spans[plain].local.service) != service);
        let by_service = || self.shared_by_service.get(&(parent_id, service)).copied().filter(|_| elsewhere);
        exact.or_else(by_service).or(plain).or_else(|| self.shared_any.get(&parent_id).copied())
    }
}

/// Walks up from every span; a walk that meets itself has found a cycle, which is cut at its earliest span.
fn cut_cycles(spans: &[Placed<'_>], root: Option<usize>, attachments: &mut [Attachment]) {
    const UNSEEN: usize = usize::MAX;
    let mut seen_by = vec![UNSEEN; spans.len()];
    for walk in 0..spans.len() {
        let mut at = walk;
        while seen_by[at] == UNSEEN {
            seen_by[at] = walk;
            match attachments[at].parent {
                Some(parent) => at = parent,
                None => break,
            }
        }
        if seen_by[at] == walk && attachments[at].parent.is_some() {
            let cut = earliest_on_cycle(spans, attachments, at);
            attachments[cut] = Attachment { parent: root, attached: Attached::CutCycle };
        }
    }
}

fn earliest_on_cycle(spans: &[Placed<'_>], attachments: &[Attachment], on_cycle: usize) -> usize {
    let mut earliest = on_cycle;
    let mut at = on_cycle;
    while let Some(next) = attachments[at].parent {
        if next == on_cycle {
            break;
        }
        at = next;
        if (spans[at].start, at) < (spans[earliest].start, earliest) {
            earliest = at;
        }
    }
    earliest
}
