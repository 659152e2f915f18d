//! The workloads: spans of simulated services, in the messages their reporters would send.
//!
//! Five corpora, each made by seed. *std*: twenty services with well-behaved names and tags. *hard*: the
//! same with at least 22 bytes a span that nothing can compress. *wild*: optional keys, keys in any order,
//! ids in names. *peer*: the load that other trace backends were measured with. *many*: std with
//! 3 000 operations.
//!
//! A corpus is made once as a *round*: some thousand traces, as the messages that carry them. Sending a
//! round again with other ids, times and drawn values (see `message`) is the next thousand traces.

mod extras;
mod peer;
mod reporters;
mod system;
mod trace;

pub use extras::OPERATIONS_EACH;
pub use system::{SERVICES, System};

use super::chance::Chance;
use reporters::Reporters;
use std::borrow::Cow;

/// Which workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corpus {
    /// Well-behaved.
    Std,
    /// High entropy.
    Hard,
    /// Optional keys in any order, ids in names, 50 000 operations.
    Wild,
    /// What peers were measured with: short traces scattered over large messages.
    Peer,
    /// Std with 3 000 operations, for as many objectives as nobody should have.
    Many,
}

/// All of them.
pub const ALL: [Corpus; 5] = [Corpus::Std, Corpus::Hard, Corpus::Wild, Corpus::Peer, Corpus::Many];

impl Corpus {
    /// Its name in options and figures.
    pub fn name(self) -> &'static str {
        match self {
            Corpus::Std => "std",
            Corpus::Hard => "hard",
            Corpus::Wild => "wild",
            Corpus::Peer => "peer",
            Corpus::Many => "many",
        }
    }

    /// By name, or an error that lists them.
    pub fn parse(name: &str) -> Result<Corpus, String> {
        ALL.into_iter()
            .find(|corpus| corpus.name() == name)
            .ok_or_else(|| format!("there is no corpus `{name}`\nhint: std, hard, wild, peer or many"))
    }
}

/// Role of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The calling side.
    Client,
    /// The answering side.
    Server,
    /// Sends to a topic.
    Producer,
    /// Takes from a topic.
    Consumer,
}

/// A part of a text that is drawn again each time the round is sent. Its width never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draw {
    /// A number of six digits by Zipf's law: a user, an order.
    Zipf,
    /// That many hex digits, 16 at most.
    Hex(u8),
    /// Eighteen characters of base64: a cursor, 108 bits.
    Cursor,
    /// An evenly drawn number; all of them have this many digits.
    Number {
        /// The smallest.
        first: u32,
        /// How many there are.
        count: u32,
        /// Digits of each.
        digits: u8,
    },
}

/// A part of a text.
#[derive(Clone, Debug)]
pub enum Part {
    /// The same each round.
    Fixed(Cow<'static, str>),
    /// Drawn again each round.
    Drawn(Draw),
}

/// A text of a span.
pub type Text = Vec<Part>;

/// A text that never changes.
pub fn fixed(text: impl Into<Cow<'static, str>>) -> Text {
    vec![Part::Fixed(text.into())]
}

/// One side of a span.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoint {
    /// The service, if it has a name.
    pub service: Option<&'static str>,
    /// IPv4 address; 0 is none.
    pub ip: u32,
    /// Port; 0 is none.
    pub port: u16,
}

/// A span of the round. Ids are numbers within the round.
#[derive(Clone, Debug)]
pub struct Span {
    /// Trace, from 0.
    pub trace: u32,
    /// Id: halves of a shared span have the same.
    pub id: u32,
    /// Parent's id.
    pub parent: Option<u32>,
    /// Role.
    pub kind: Kind,
    /// Whether it joins the caller's id.
    pub shared: bool,
    /// Operation.
    pub name: Text,
    /// Start within the round, microseconds.
    pub start_us: u64,
    /// Duration, microseconds.
    pub duration_us: u64,
    /// Which instance reports it: services times instances.
    pub reporter: usize,
    /// The reporting side.
    pub local: Endpoint,
    /// The other side, as far as it is known.
    pub remote: Option<Endpoint>,
    /// Tags.
    pub tags: Vec<(&'static str, Text)>,
    /// Events within the round, microseconds.
    pub events: Vec<(u64, &'static str)>,
}

/// What is made of a corpus.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// Which workload.
    pub corpus: Corpus,
    /// Seed of the spans.
    pub seed: u64,
    /// Traces of the round.
    pub n_traces: u32,
    /// Spans of a message at most.
    pub spans_per_message: usize,
    /// Whether the server's half of a call may have the client's id, as Zipkin's B3 does and OTLP cannot.
    pub shares_ids: bool,
}

/// What a round came to.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// Spans of each trace.
    pub spans_of_trace: Vec<u16>,
    /// Time from the round's start to the next round's, microseconds.
    pub duration_us: u64,
    /// Time from the round's start to the end of its last span, microseconds.
    pub last_end_us: u64,
}

impl Shape {
    fn count(&mut self, message: &[Span]) {
        for span in message {
            let trace = span.trace as usize;
            if self.spans_of_trace.len() <= trace {
                self.spans_of_trace.resize(trace + 1, 0);
            }
            self.spans_of_trace[trace] += 1;
            self.last_end_us = self.last_end_us.max(span.start_us + span.duration_us);
        }
    }
}

/// Makes a round: `take` gets each message in the order they are sent.
pub fn make(recipe: Recipe, mut take: impl FnMut(&[Span])) -> Shape {
    let mut chance = Chance::new(recipe.seed);
    let system = System::new();
    let mut shape = Shape::default();
    let mut counted = |message: &[Span]| {
        shape.count(message);
        take(message);
    };
    let duration_us = if recipe.corpus == Corpus::Peer {
        peer::make(recipe, &system, &mut chance, &mut counted)
    } else {
        let mut reporters = Reporters::new(recipe.spans_per_message);
        let mut maker = trace::Maker::new(&system, recipe.shares_ids);
        let mut now_us = 0;
        for trace in 0..recipe.n_traces {
            now_us += chance.until_next(trace::TRACE_EVERY_US) as u64;
            let mut spans = maker.trace(trace, now_us, &mut chance);
            extras::add(recipe.corpus, &mut spans, &mut chance);
            reporters.report(spans, now_us, &mut counted);
        }
        reporters.finish(&mut counted);
        now_us
    };
    shape.duration_us = duration_us.max(1);
    shape
}

#[cfg(test)]
mod tests;
