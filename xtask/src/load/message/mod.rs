//! Messages as templates: encoded once, then given fresh ids, times and drawn values in place, so that the
//! sender costs little beside the server it measures.

mod json;
mod otlp;
mod proto3;
mod protobuf;
mod template;

pub use template::{Fill, Template, trace_id};

use super::corpus::{self, Corpus, Recipe, Shape};

/// How a message is encoded, and where it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Zipkin JSON v2.
    Json,
    /// Zipkin protobuf.
    Proto3,
    /// OTLP protobuf.
    Otlp,
}

/// All of them.
pub const ALL: [Format; 3] = [Format::Json, Format::Proto3, Format::Otlp];

impl Format {
    /// Path and content type of its endpoint.
    pub fn endpoint(self) -> (&'static str, &'static str) {
        match self {
            Format::Json => ("/api/v2/spans", "application/json"),
            Format::Proto3 => ("/api/v2/spans", "application/x-protobuf"),
            Format::Otlp => ("/v1/traces", "application/x-protobuf"),
        }
    }

    /// Its name in options and figures.
    pub fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Proto3 => "proto3",
            Format::Otlp => "otlp",
        }
    }

    /// By name, or an error that lists them.
    pub fn parse(name: &str) -> Result<Format, String> {
        ALL.into_iter()
            .find(|format| format.name() == name)
            .ok_or_else(|| format!("there is no format `{name}`\nhint: json, proto3 or otlp"))
    }

    fn encode(self, corpus: Corpus, spans: &[corpus::Span]) -> Template {
        match self {
            Format::Json => json::encode(spans),
            Format::Proto3 => proto3::encode(spans),
            // The peers' load was measured without what an SDK adds.
            Format::Otlp if corpus == Corpus::Peer => otlp::encode(spans, otlp::Sender::Plain),
            Format::Otlp => otlp::encode(spans, otlp::Sender::Sdk),
        }
    }
}

/// A round, encoded.
#[derive(Debug)]
pub struct Round {
    /// How.
    pub format: Format,
    /// The messages in the order they are sent.
    pub messages: Vec<Template>,
    /// How many spans each trace has, and how long the round is.
    pub shape: Shape,
    /// Spans in all messages.
    pub n_spans: u64,
}

impl Round {
    /// Makes a round of `n_traces` traces.
    pub fn make(corpus: Corpus, format: Format, seed: u64, n_traces: u32, spans_per_message: usize) -> Round {
        let recipe = Recipe { corpus, seed, n_traces, spans_per_message, shares_ids: format != Format::Otlp };
        let mut messages = Vec::new();
        let shape = corpus::make(recipe, |spans| messages.push(format.encode(corpus, spans)));
        let n_spans = messages.iter().map(|message: &Template| message.n_spans as u64).sum();
        Round { format, messages, shape, n_spans }
    }
}

#[cfg(test)]
mod tests;
