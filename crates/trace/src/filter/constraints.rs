//! What an index may rely on: fields that every matching span must have.

use super::term::*;
use nines_base::{SpanId, TraceId};
use std::ops::RangeInclusive;

/// Requirements on every span that a filter matches: necessary, not sufficient.
///
/// Names are in lower case by Unicode's rules; a span that matches has a name whose lower-case form
/// is among them. `None` means no requirement.
#[derive(Clone, PartialEq, Debug)]
pub struct Constraints {
    /// Services it may be of.
    pub services: Option<Vec<String>>,
    /// Operations it may be of.
    pub ops: Option<Vec<String>>,
    /// Services that may be on the other side.
    pub remotes: Option<Vec<String>>,
    /// Kinds it may have.
    pub kinds: KindSet,
    /// Tags it must have, its own or its resource's.
    pub tag_keys: Vec<String>,
    /// Tags whose text, where the tag is text, must be one of these.
    pub tag_texts: Vec<(String, Vec<String>)>,
    /// Names of which it must have a tag or an event.
    pub tag_or_event_names: Vec<String>,
    /// Traces it may be of.
    pub traces: Option<Vec<TraceId>>,
    /// Ids it may have.
    pub ids: Option<Vec<SpanId>>,
    /// Whole microseconds its duration may have; from 0 upward also means that it may have none.
    pub duration_us: RangeInclusive<u64>,
}

impl Constraints {
    /// No requirement at all.
    fn none() -> Constraints {
        Constraints {
            services: None,
            ops: None,
            remotes: None,
            kinds: KindSet::ALL,
            tag_keys: Vec::new(),
            tag_texts: Vec::new(),
            tag_or_event_names: Vec::new(),
            traces: None,
            ids: None,
            duration_us: 0..=u64::MAX,
        }
    }

    fn names(&mut self, field: NameField) -> &mut Option<Vec<String>> {
        match field {
            NameField::Service => &mut self.services,
            NameField::Op => &mut self.ops,
            NameField::Remote => &mut self.remotes,
        }
    }

    fn need_tag(&mut self, key: &str) {
        if !self.tag_keys.iter().any(|known| known == key) {
            self.tag_keys.push(key.to_owned());
        }
    }

    fn need_duration(&mut self, from_us: u64, to_us: u64) {
        let (start, end) = (*self.duration_us.start(), *self.duration_us.end());
        self.duration_us = start.max(from_us)..=end.min(to_us);
    }
}

pub(super) fn of(terms: &[Term]) -> Constraints {
    let mut constraints = Constraints::none();
    for term in terms {
        match (&term.test, term.negated) {
            (Test::Kind(kinds), true) => constraints.kinds = constraints.kinds.intersection(kinds.complement()),
            (test, false) => add(&mut constraints, test),
            (_, true) => {}
        }
    }
    constraints
}

fn add(constraints: &mut Constraints, test: &Test) {
    match test {
        Test::Name { field, compare: NameCompare::In(Membership { any_of, inverted: false }) } => {
            let lower = any_of.iter().map(|name| name.to_lowercase()).collect();
            narrow(constraints.names(*field), lower);
        }
        Test::Zipkin(ZipkinTest::Name { field, lower }) => {
            narrow(constraints.names(*field), vec![lower.clone()]);
        }
        Test::Kind(kinds) => constraints.kinds = constraints.kinds.intersection(*kinds),
        Test::Trace(Membership { any_of, inverted: false }) => narrow(&mut constraints.traces, any_of.clone()),
        Test::Id(Membership { any_of, inverted: false }) => narrow(&mut constraints.ids, any_of.clone()),
        Test::Tag { key, compare } => {
            constraints.need_tag(key);
            if let TagCompare::In(Membership { any_of, inverted: false }) = compare {
                let texts = any_of.iter().map(|value| value.text.clone()).collect();
                constraints.tag_texts.push((key.clone(), texts));
            }
        }
        Test::Zipkin(ZipkinTest::Tag { key, value }) => {
            constraints.need_tag(key);
            constraints.tag_texts.push((key.clone(), vec![value.clone()]));
        }
        Test::Zipkin(ZipkinTest::AnnotationOrKey(name)) => constraints.tag_or_event_names.push(name.clone()),
        Test::Duration(DurationCompare::In(Membership { any_of, inverted: false })) => {
            let us = || any_of.iter().map(|length| length.us);
            constraints.need_duration(us().min().unwrap_or(0), us().max().unwrap_or(u64::MAX));
        }
        Test::Duration(DurationCompare::Ordered(Order::Lt | Order::Le, limit)) => {
            constraints.need_duration(0, limit.us);
        }
        Test::Duration(DurationCompare::Ordered(Order::Gt | Order::Ge, limit)) => {
            constraints.need_duration(limit.us, u64::MAX);
        }
        // Zipkin's readers see at least one microsecond where less was sent.
        Test::Zipkin(ZipkinTest::Duration { min_us, max_us }) => {
            constraints.need_duration(if *min_us <= 1 { 0 } else { *min_us }, max_us.unwrap_or(u64::MAX));
        }
        _ => {}
    }
}

/// Keeps what both the old and the new requirement allow.
fn narrow<V: PartialEq>(known: &mut Option<Vec<V>>, allowed: Vec<V>) {
    match known {
        None => *known = Some(allowed),
        Some(known) => known.retain(|value| allowed.contains(value)),
    }
}
