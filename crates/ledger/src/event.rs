//! Events: what happened, when, to what. Written once, never changed; only a payload can be erased.

use nines_base::Timestamp;
use std::fmt;

/// Longest `kind` in bytes. Kinds are names in our own code such as `gate.decided`.
pub const KIND_BYTES_MAX: usize = 64;
/// Longest `service` or `subject` in bytes: Zipkin senders put no bound on a service name, a row of a list does.
pub const NAME_BYTES_MAX: usize = 4096;
/// Longest payload in bytes. A gate decision with its evidence takes a few kB, a long runbook transcript
/// (kept in a file of its own) far more than this.
pub const PAYLOAD_BYTES_MAX: usize = 1 << 20;
/// Events one query returns at most: a year of a busy team's timeline is about this many.
pub const EVENTS_PER_QUERY_MAX: usize = 10_000;

/// A blake3 digest.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// What the first event of a writer has as `prev`.
    pub const NONE: Digest = Digest([0; 32]);
}

impl fmt::Display for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// An event to append. Personal data belongs in the payload, the one part that can be erased.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewEvent {
    /// When it happened, by the author's clock.
    pub at: Timestamp,
    /// Topic and verb, `gate.decided`: lower-case letters, digits and `-` in words joined by dots.
    pub kind: String,
    /// The service concerned; empty when none is.
    pub service: String,
    /// What else it is about (an SLO, a version, a file); empty when nothing is.
    pub subject: String,
    /// JSON text. The ledger does not look into it.
    pub payload: String,
}

/// An event as stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// Place in this ledger's own order, from 1; the id that pages and streams resume by.
    pub id: u64,
    /// Who wrote it.
    pub writer: String,
    /// Place in its writer's chain, from 1.
    pub seq: u64,
    /// When it happened.
    pub at: Timestamp,
    /// Topic and verb.
    pub kind: String,
    /// The service concerned; empty when none is.
    pub service: String,
    /// What else it is about; empty when nothing is.
    pub subject: String,
    /// JSON text; `None` once erased.
    pub payload: Option<String>,
    /// Digest of the payload with its salt; outlives the payload.
    pub payload_digest: Digest,
    /// Digest of the writer's event before this one.
    pub prev: Digest,
    /// This event's digest.
    pub digest: Digest,
}

/// Which end of a query's answer comes first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// By id upward: for folds and for streams that resume.
    #[default]
    Oldest,
    /// By id downward: for timelines.
    Newest,
}

/// Which events to read. The default asks for everything, oldest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EventQuery {
    /// Only events with a greater id.
    pub after: u64,
    /// Only events with a smaller id.
    pub before: Option<u64>,
    /// Kinds wanted, each exact (`gate.decided`) or a topic that stands for all its verbs (`gate`); empty for all.
    pub topics: Vec<String>,
    /// Only this service.
    pub service: Option<String>,
    /// Only this subject.
    pub subject: Option<String>,
    /// Which end first.
    pub order: Order,
    /// At most so many, and never more than [`EVENTS_PER_QUERY_MAX`].
    pub limit: usize,
}

impl Default for EventQuery {
    fn default() -> EventQuery {
        EventQuery {
            after: 0,
            before: None,
            topics: Vec::new(),
            service: None,
            subject: None,
            order: Order::Oldest,
            limit: EVENTS_PER_QUERY_MAX,
        }
    }
}

impl NewEvent {
    /// Whether the event can be stored; the error says which part cannot, and why.
    pub fn check(&self) -> Result<(), String> {
        let word =
            |word: &str| !word.is_empty() && word.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if self.kind.len() > KIND_BYTES_MAX || !self.kind.split('.').all(word) {
            return Err(format!("kind `{:.80}` is not lower-case words joined by dots", self.kind));
        }
        for (part, text, bytes_max) in [
            ("service", &self.service, NAME_BYTES_MAX),
            ("subject", &self.subject, NAME_BYTES_MAX),
            ("payload", &self.payload, PAYLOAD_BYTES_MAX),
        ] {
            if text.len() > bytes_max {
                return Err(format!("{part} has {} bytes, more than {bytes_max}", text.len()));
            }
        }
        Ok(())
    }
}
