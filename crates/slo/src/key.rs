//! What cells are kept under: the meaning of an indicator, as a digest.
//!
//! Two objectives that ask the same question of spans share their counts, and editing a target, a
//! window or an alert keeps history; changing what counts as valid or good starts a new one.

use crate::model::{Asks, Comparison, CountedBy, Measured, Queried, QueryPart, RatioPart, Sli};
use nines_trace::filter::Filter;
use std::fmt;

/// Names the rules by which spans become events. A change of those rules that changes counts for the
/// same definition must change this text, so that old counts are not continued under new rules.
const MEANING_CONTEXT: &str = "nines slo meaning v1";

/// The digest of an indicator's meaning: which spans are valid events, and which of them good.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectiveKey([u8; 16]);

impl ObjectiveKey {
    /// Kept under this key: not an objective, but how much of each slice of time the server counted in.
    pub(crate) const LIVENESS: ObjectiveKey = ObjectiveKey([0; 16]);

    /// The key of an indicator; `None` for one of which nothing is counted.
    pub fn of(sli: &Sli) -> Option<ObjectiveKey> {
        let mut meaning = Meaning(blake3::Hasher::new_derive_key(MEANING_CONTEXT));
        match sli {
            Sli::Ratio { total, part } => {
                meaning.word("ratio").filter(total);
                match part {
                    RatioPart::Good(good) => meaning.word("good").filter(good),
                    RatioPart::Bad(bad) => meaning.word("bad").filter(bad),
                };
            }
            Sli::Threshold { total, value, op, limit } => {
                meaning.word("threshold").filter(total);
                match value {
                    Measured::Duration => meaning.word("duration"),
                    Measured::Tag(name) => meaning.word("tag").word(name),
                };
                meaning.word(sign(*op)).number(limit.to_bits());
            }
            Sli::Together(members) => {
                meaning.word("together");
                members.iter().for_each(|member| meaning.key(member));
            }
            // What a slice's number is compared with is asked of the counts.
            Sli::Throughput { total, .. } => {
                meaning.word("throughput").filter(total);
            }
            Sli::Followed(followed) => {
                meaning.word("followed").filter(&followed.produced).filter(&followed.consumed);
                meaning.number(followed.within.0.unsigned_abs()).word(followed.join.word());
            }
            Sli::Counted { of, by } => {
                match by {
                    CountedBy::Attempts(kept) => meaning.word("attempts").word(kept.word()),
                    CountedBy::Weight(weight) => {
                        meaning.word("weight").tag(weight.valid.as_deref()).tag(weight.part.as_deref());
                        meaning.number(u64::from(weight.is_sampled))
                    }
                };
                meaning.key(&ObjectiveKey::of(of)?);
            }
            Sli::Grouped { of, by } => {
                meaning.word("grouped").word(&by.tag).number(u64::from(by.cap));
                meaning.key(&ObjectiveKey::of(of)?);
            }
            Sli::OfGroup(group) => return Some(*group),
            Sli::Queried(queried) => meaning.queried(queried),
            Sli::Composite(_) | Sli::External { .. } => return None,
        }
        Some(meaning.finish())
    }

    /// The key of one group of an indicator that is taken apart.
    pub fn of_group(self, value: &str) -> ObjectiveKey {
        let mut meaning = Meaning(blake3::Hasher::new_derive_key(MEANING_CONTEXT));
        meaning.word("group").word(value).key(&self);
        meaning.finish()
    }

    /// The key of one kind of spans that events of an indicator are made of. Nothing is kept under it.
    pub(crate) fn of_role(self, role: &str) -> ObjectiveKey {
        let mut meaning = Meaning(blake3::Hasher::new_derive_key(MEANING_CONTEXT));
        meaning.word("role").word(role).key(&self);
        meaning.finish()
    }

    /// What is kept under it: how much of each slice of time an indicator that is asked elsewhere was answered for.
    pub(crate) fn answered(&self) -> ObjectiveKey {
        let mut meaning = Meaning(blake3::Hasher::new_derive_key(MEANING_CONTEXT));
        meaning.word("answered").key(self);
        meaning.finish()
    }

    /// The bytes, as they are stored.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// From its 32 hexadecimal digits; `None` for anything else.
    pub fn parse(text: &str) -> Option<ObjectiveKey> {
        let is_key = text.len() == 32 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
        let number = is_key.then(|| u128::from_str_radix(text, 16).ok())??;
        Some(ObjectiveKey(number.to_be_bytes()))
    }

    /// From stored bytes; `None` unless there are 16.
    pub fn from_bytes(bytes: &[u8]) -> Option<ObjectiveKey> {
        bytes.try_into().ok().map(ObjectiveKey)
    }
}

/// 32 hexadecimal digits.
impl fmt::Display for ObjectiveKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for ObjectiveKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// Hashes words with their lengths, so that no two lists of words have the same bytes.
struct Meaning(blake3::Hasher);

impl Meaning {
    fn word(&mut self, text: &str) -> &mut Meaning {
        self.number(text.len() as u64);
        self.0.update(text.as_bytes());
        self
    }

    /// As the language writes it, so that spacing and quotes do not matter.
    fn filter(&mut self, filter: &Filter) -> &mut Meaning {
        self.word(&filter.to_string())
    }

    fn key(&mut self, key: &ObjectiveKey) {
        self.0.update(key.as_bytes());
    }

    /// A tag's name, or that there is none.
    fn tag(&mut self, name: Option<&str>) -> &mut Meaning {
        self.number(u64::from(name.is_some())).word(name.unwrap_or_default())
    }

    /// By the name of the source and not its address: a server that moved is the same.
    fn queried(&mut self, queried: &Queried) {
        self.word("queried").word(&queried.source.name);
        match &queried.asks {
            Asks::Ratio { total, part, is_counter } => {
                let (half, part) = match part {
                    QueryPart::Good(part) => ("good", part),
                    QueryPart::Bad(part) => ("bad", part),
                };
                let kind = if *is_counter { "counter" } else { "gauge" };
                self.word("ratio").word(kind).word(total).word(half).word(part);
            }
            Asks::Raw { query, is_failure } => {
                self.word("raw").word(query).word(if *is_failure { "failure" } else { "success" });
            }
            Asks::Threshold { query, op, limit } => {
                self.word("threshold").word(query).word(sign(*op)).number(limit.to_bits());
            }
        }
    }

    fn number(&mut self, number: u64) -> &mut Meaning {
        self.0.update(&number.to_le_bytes());
        self
    }

    fn finish(self) -> ObjectiveKey {
        let mut key = [0; 16];
        key.copy_from_slice(&self.0.finalize().as_bytes()[..16]);
        ObjectiveKey(key)
    }
}

fn sign(op: Comparison) -> &'static str {
    match op {
        Comparison::Lte => "lte",
        Comparison::Gte => "gte",
        Comparison::Lt => "lt",
        Comparison::Gt => "gt",
    }
}
