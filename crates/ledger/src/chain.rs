//! The hash chain: which bytes are hashed, and how a chain is checked. Pure.
//!
//! Every text is hashed with its length before it, so no two different events have the same bytes. The
//! payload enters through its own digest, salted, so that the text can be erased without breaking the
//! chain and cannot be guessed back from what stays. `docs/format/ledger.md` has the layout.

use crate::event::{Digest, Event};
use crate::fault::{ChainFault, FaultKind};
use std::collections::BTreeMap;

/// Separates event digests from every other use of blake3.
const EVENT_CONTEXT: &str = "nines ledger event v1";
/// Separates payload digests from every other use of blake3.
const PAYLOAD_CONTEXT: &str = "nines ledger payload v1";
/// Length of a payload's salt: 128 random bits are beyond guessing.
pub const SALT_BYTES: usize = 16;
/// Kind of the event that says a payload was erased; its subject is `WRITER/SEQ`.
pub const ERASED_KIND: &str = "event.erased";

/// Digest of a payload with its salt.
pub fn payload_digest(salt: &[u8; SALT_BYTES], payload: &str) -> Digest {
    let mut hasher = blake3::Hasher::new_derive_key(PAYLOAD_CONTEXT);
    hasher.update(salt);
    hasher.update(payload.as_bytes());
    Digest(*hasher.finalize().as_bytes())
}

/// Digest of an event: everything of it but the ledger's own `id` and the payload's text.
pub fn event_digest(event: &Event) -> Digest {
    let mut hasher = blake3::Hasher::new_derive_key(EVENT_CONTEXT);
    hasher.update(&event.prev.0);
    hasher.update(&event.seq.to_le_bytes());
    hasher.update(&event.at.0.to_le_bytes());
    for text in [&event.writer, &event.kind, &event.service, &event.subject] {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.update(&event.payload_digest.0);
    Digest(*hasher.finalize().as_bytes())
}

/// What the `event.erased` about an event has as its subject.
pub fn erased_subject(writer: &str, seq: u64) -> String {
    format!("{writer}/{seq}")
}

/// The last event of a writer. Noted elsewhere, it proves that nothing was cut off or rewritten since.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct ChainHead {
    pub writer: String,
    pub seq: u64,
    pub digest: Digest,
}

/// What a check of all chains found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ChainReport {
    /// Events read.
    pub events: u64,
    /// Payloads erased, rightly.
    pub erased: u64,
    /// The last event of each writer, by writer.
    pub heads: Vec<ChainHead>,
    /// The first fault, in the order of ids; `None` when every chain holds.
    pub first_fault: Option<ChainFault>,
}

/// Checks events as they are read, in the order of their ids.
#[derive(Default)]
pub struct ChainCheck {
    report: ChainReport,
    /// Number, digest and id of each writer's last event so far.
    heads: BTreeMap<String, (u64, Digest, u64)>,
    /// Events without a payload that no erasure has explained so far, by the subject it must have.
    unexplained: BTreeMap<String, (u64, String)>,
}

impl ChainCheck {
    /// Takes the next event and its payload's salt; `None` where the salt is gone with the payload.
    pub fn take(&mut self, event: &Event, salt: Option<&[u8; SALT_BYTES]>) {
        self.report.events += 1;
        if let Err(kind) = self.check_links(event) {
            self.fault(event.id, &event.writer, kind);
        }
        self.heads.insert(event.writer.clone(), (event.seq, event.digest, event.id));
        self.check_payload(event, salt);
        if event.kind == ERASED_KIND {
            self.unexplained.remove(&event.subject);
        }
    }

    /// Ends the check before the last event, because one cannot be read: the one with this id, or the next.
    pub fn stop_at(mut self, id: Option<u64>, detail: String) -> ChainReport {
        let next = self.heads.values().map(|(_, _, id)| id + 1).max().unwrap_or(1);
        self.fault(id.unwrap_or(next), "", FaultKind::Unreadable { detail });
        self.report()
    }

    /// Ends the check. `noted` are the heads as the ledger noted them at the last append of each writer.
    pub fn finish(mut self, noted: &[ChainHead]) -> ChainReport {
        for (id, writer) in std::mem::take(&mut self.unexplained).into_values() {
            self.fault(id, &writer, FaultKind::PayloadMissing);
        }
        for head in noted {
            let (seq, digest, id) = self.heads.get(&head.writer).copied().unwrap_or((0, Digest::NONE, 0));
            if (seq, digest) != (head.seq, head.digest) {
                self.fault(id.saturating_add(1), &head.writer, FaultKind::HeadDiffers { noted: head.digest });
            }
        }
        let unnoted = |(writer, _): &(&String, _)| !noted.iter().any(|head| head.writer == **writer);
        if let Some((writer, id)) = self.heads.iter().find(unnoted).map(|(writer, head)| (writer.clone(), head.2)) {
            self.fault(id, &writer, FaultKind::HeadDiffers { noted: Digest::NONE });
        }
        self.report()
    }

    fn report(mut self) -> ChainReport {
        let heads = std::mem::take(&mut self.heads).into_iter();
        self.report.heads = heads.map(|(writer, (seq, digest, _))| ChainHead { writer, seq, digest }).collect();
        self.report
    }

    fn fault(&mut self, id: u64, writer: &str, kind: FaultKind) {
        let earlier = self.report.first_fault.as_ref().is_some_and(|first| first.id <= id);
        if !earlier {
            self.report.first_fault = Some(ChainFault { id, writer: writer.to_owned(), kind });
        }
    }

    fn check_links(&self, event: &Event) -> Result<(), FaultKind> {
        let (seq, digest, _) = self.heads.get(&event.writer).copied().unwrap_or((0, Digest::NONE, 0));
        if event.seq != seq + 1 {
            return Err(FaultKind::Gap { expected: seq + 1, found: event.seq });
        }
        if event.prev != digest {
            return Err(FaultKind::PrevDiffers);
        }
        if event_digest(event) != event.digest {
            return Err(FaultKind::DigestDiffers);
        }
        Ok(())
    }

    fn check_payload(&mut self, event: &Event, salt: Option<&[u8; SALT_BYTES]>) {
        match (&event.payload, salt) {
            (Some(payload), Some(salt)) if payload_digest(salt, payload) == event.payload_digest => {}
            (None, None) => {
                self.report.erased += 1;
                let subject = erased_subject(&event.writer, event.seq);
                self.unexplained.insert(subject, (event.id, event.writer.clone()));
            }
            _ => self.fault(event.id, &event.writer, FaultKind::PayloadDiffers),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nines_base::Timestamp;

    #[test]
    fn led_1_digests_are_those_of_the_format_document() {
        let salt: [u8; SALT_BYTES] = std::array::from_fn(|byte| byte as u8);
        let payload = r#"{"verdict":"held"}"#;
        let event = Event {
            id: 77,
            writer: "local".to_owned(),
            seq: 1,
            at: Timestamp::from_secs(1),
            kind: "gate.decided".to_owned(),
            service: "user-profile".to_owned(),
            subject: "4f2a9c1".to_owned(),
            payload: Some(payload.to_owned()),
            payload_digest: payload_digest(&salt, payload),
            prev: Digest::NONE,
            digest: Digest::NONE,
        };
        let document = include_str!("../../../docs/format/ledger.md");
        for (name, digest) in [("payload_digest", event.payload_digest), ("digest        ", event_digest(&event))] {
            assert!(document.contains(&format!("\n{name} {digest}\n")), "{name} {digest}");
        }
    }
}
