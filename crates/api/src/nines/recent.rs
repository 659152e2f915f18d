//! Names and values of the newest spans, for those who type a filter: what is offered should be what is there.

use nines_base::{DurationUs, Timestamp};
use nines_span::{Span, SpanFields, otlp};
use nines_storage::{Gaps, SpanStore, StoreError, TraceQuery, Window};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Traces looked at, and spans of theirs: some thirty milliseconds, because whoever types waits for it.
const TRACES_MAX: usize = 100;
const SPANS_MAX: usize = 5_000;

/// How far back.
const SINCE: DurationUs = DurationUs::from_secs(3600);

/// What was found longer ago is found again.
const FRESH_FOR: Duration = Duration::from_secs(5);

/// Values kept of a name, and names: more than anybody reads; values of ids and addresses have no end.
const VALUES_MAX: usize = 200;
const NAMES_MAX: usize = 500;

/// Longer values are texts of their own.
const VALUE_CHARS_MAX: usize = 120;

/// How many spans have which value of a name; tags by their own names, what is built in by the filter's.
#[derive(Debug, Default)]
pub(super) struct Seen {
    built_in: HashMap<&'static str, BTreeMap<String, u64>>,
    tags: HashMap<String, BTreeMap<String, u64>>,
    of_tag: HashMap<String, u64>,
}

impl Seen {
    /// Spans with a tag, by its name, most first.
    pub fn tags(&self) -> Vec<(&str, u64)> {
        let mut tags: Vec<(&str, u64)> = self.of_tag.iter().map(|(name, spans)| (name.as_str(), *spans)).collect();
        tags.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        tags
    }

    /// Spans with each value of a tag.
    pub fn values_of_tag(&self, name: &str) -> Option<&BTreeMap<String, u64>> {
        self.tags.get(name)
    }

    /// Spans with each value of a built-in name.
    pub fn values(&self, name: &str) -> Option<&BTreeMap<String, u64>> {
        self.built_in.get(name)
    }

    fn add(&mut self, span: &Span) {
        for (name, value) in [("service", span.service()), ("op", span.name()), ("remote", span.remote_service())] {
            count(self.built_in.entry(name).or_default(), value);
        }
        let own = span.tags.iter().map(|(key, value)| (key.as_str(), value.as_ref()));
        for (key, value) in own.chain(otlp::resource_attributes(span.resource_bytes())) {
            if self.of_tag.len() >= NAMES_MAX && !self.of_tag.contains_key(key) {
                continue;
            }
            *self.of_tag.entry(key.to_owned()).or_default() += 1;
            count(self.tags.entry(key.to_owned()).or_default(), &value.text());
        }
    }
}

fn count(values: &mut BTreeMap<String, u64>, value: &str) {
    if value.is_empty() || value.chars().count() > VALUE_CHARS_MAX {
        return;
    }
    if values.len() < VALUES_MAX || values.contains_key(value) {
        *values.entry(value.to_owned()).or_default() += 1;
    }
}

/// What was seen, and when; nothing before the first look.
type Known = Option<(Instant, Arc<Seen>)>;

/// What was seen, looked for again when it is old.
#[derive(Clone, Debug, Default)]
pub struct Recent {
    known: Arc<Mutex<Known>>,
}

impl Recent {
    fn known(&self) -> MutexGuard<'_, Known> {
        // A panic leaves what was found before.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the newest spans have.
    pub(super) fn seen(&self, store: &dyn SpanStore, now: Timestamp) -> Result<Arc<Seen>, StoreError> {
        if let Some((_, seen)) = self.known().as_ref().filter(|(at, _)| at.elapsed() < FRESH_FOR) {
            return Ok(seen.clone());
        }
        let seen = Arc::new(look(store, now)?);
        *self.known() = Some((Instant::now(), seen.clone()));
        Ok(seen)
    }
}

fn look(store: &dyn SpanStore, now: Timestamp) -> Result<Seen, StoreError> {
    let mut gaps = Gaps::default(); // of help there is always more
    let window = Window { from: now - SINCE, to: now };
    let query = TraceQuery { clauses: Vec::new(), window, limit: TRACES_MAX, strict_trace_id: false };
    let mut seen = Seen::default();
    let mut spans_left = SPANS_MAX;
    for hit in store.find(&query)?.into_value(&mut gaps) {
        for span in store.trace(hit.trace_id, false)?.into_value(&mut gaps).into_iter().take(spans_left) {
            seen.add(&span);
            spans_left -= 1;
        }
        if spans_left == 0 {
            break;
        }
    }
    Ok(seen)
}
