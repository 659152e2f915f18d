//! What both servers are asked.

use super::answers::only_in;
use super::corpus::{Corpus, OPERATIONS, SERVICES, TAGS};
use crate::load::chance::Chance;
use serde_json::Value;

/// Searches asked.
const N_SEARCHES: usize = 100;
/// Spans of dependencies' windows, milliseconds: all of the corpus and less.
const LINKS_OVER_MS: [u64; 4] = [86_400_000, 3_600_000, 900_000, 60_000];
/// Longest text of an answer that is shown.
const SHOWN_CHARS: usize = 600;

/// A path to ask.
pub struct Question {
    /// With its parameters.
    pub path: String,
}

/// An answer: status and body in one order.
#[derive(PartialEq)]
pub struct Asked {
    /// HTTP's.
    pub status: u16,
    /// Its body.
    pub value: Value,
}

impl Asked {
    /// Whether there is more in it than an empty list.
    pub fn has_something(&self) -> bool {
        self.value.as_array().is_none_or(|items| !items.is_empty())
    }

    /// How it differs from ours, in words.
    pub fn difference(&self, ours: &Asked, path: &str) -> String {
        let list = |items: Vec<String>| {
            items.iter().map(|item| item.chars().take(SHOWN_CHARS).collect()).collect::<Vec<String>>()
        };
        format!(
            "{path}\n    statuses {} and {}\n    only Zipkin: {:#?}\n    only nines: {:#?}",
            self.status,
            ours.status,
            list(only_in(&self.value, &ours.value)),
            list(only_in(&ours.value, &self.value)),
        )
    }
}

/// All questions about a corpus.
pub fn all(corpus: &Corpus, chance: &mut Chance) -> Vec<Question> {
    let mut paths = vec!["/api/v2/services".to_owned()];
    for service in SERVICES {
        let service = percent(service);
        paths.push(format!("/api/v2/spans?serviceName={service}"));
        paths.push(format!("/api/v2/remoteServices?serviceName={service}"));
    }
    paths.extend((0..N_SEARCHES).map(|_| search(corpus, chance)));
    paths.extend(corpus.trace_ids.iter().map(|id| format!("/api/v2/trace/{id}")));
    paths
        .extend(corpus.trace_ids.chunks(7).take(20).map(|ids| format!("/api/v2/traceMany?traceIds={}", ids.join(","))));
    for lookback_ms in LINKS_OVER_MS {
        for end_ms in [corpus.end_us / 1000, (corpus.start_us + corpus.end_us) / 2000] {
            paths.push(format!("/api/v2/dependencies?endTs={end_ms}&lookback={lookback_ms}"));
        }
    }
    paths.into_iter().map(|path| Question { path }).collect()
}

fn search(corpus: &Corpus, chance: &mut Chance) -> String {
    let mut parameters = Vec::new();
    if chance.happens(0.7) {
        parameters.push(format!("serviceName={}", percent(pick(&SERVICES, chance))));
    }
    if chance.happens(0.2) {
        parameters.push(format!("remoteServiceName={}", percent(pick(&SERVICES, chance))));
    }
    if chance.happens(0.3) {
        parameters.push(format!("spanName={}", percent(pick(&OPERATIONS, chance))));
    }
    if chance.happens(0.4) {
        parameters.push(format!("annotationQuery={}", percent(&annotation_query(chance))));
    }
    if chance.happens(0.3) {
        let min_us = 1 + chance.below(200_000);
        parameters.push(format!("minDuration={min_us}"));
        if chance.happens(0.5) {
            parameters.push(format!("maxDuration={}", min_us + chance.below(300_000)));
        }
    }
    let span_ms = (corpus.end_us - corpus.start_us) / 1000;
    let end_ms = corpus.end_us / 1000 - if chance.happens(0.5) { chance.below(span_ms as usize) as u64 } else { 0 };
    let lookback_ms = if chance.happens(0.5) { span_ms * 2 } else { 1 + chance.below(span_ms as usize) as u64 };
    parameters.push(format!("endTs={end_ms}&lookback={lookback_ms}"));
    parameters.push(format!("limit={}", pick(&["1", "10", "37", "5000"], chance)));
    format!("/api/v2/traces?{}", parameters.join("&"))
}

fn annotation_query(chance: &mut Chance) -> String {
    let term = |chance: &mut Chance| match chance.below(4) {
        0 => "error".to_owned(),
        1 => "cache.miss".to_owned(),
        2 => pick(&TAGS, chance).0.to_owned(),
        _ => {
            // Zipkin's framework refuses a path with a control character in it.
            let (key, values) = pick(&TAGS, chance);
            let value = pick(values, chance);
            if value.contains(char::is_control) { key.to_owned() } else { format!("{key}={value}") }
        }
    };
    let mut terms = vec![term(chance)];
    if chance.happens(0.3) {
        terms.push(term(chance));
    }
    terms.join(" and ")
}

/// One of a list.
pub fn pick<T: Copy>(list: &[T], chance: &mut Chance) -> T {
    list[chance.below(list.len())]
}

/// Percent-encodes what a query cannot hold as it is.
fn percent(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
