//! What can be wrong with a chain, and how it is said.

use crate::event::Digest;
use nines_base::catalogue;
use nines_base::lang::{Lang, Message};

/// A fault and its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChainFault {
    /// The event's id; 0 where the fault is not in one event.
    pub id: u64,
    /// The event's writer; empty where the fault is not in one chain.
    pub writer: String,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong with a chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FaultKind {
    /// LED-1: an event is missing or out of place.
    Gap {
        /// The number that should follow.
        expected: u64,
        /// The number that does.
        found: u64,
    },
    /// LED-1: `prev` is not the digest of the event before.
    PrevDiffers,
    /// LED-1: a field was altered, or the digest itself.
    DigestDiffers,
    /// LED-1: the payload was altered.
    PayloadDiffers,
    /// LED-2: the payload is gone and no event says why.
    PayloadMissing,
    /// LED-3: the last event of the chain is not the one that was last appended.
    HeadDiffers {
        /// What was noted when it was appended.
        noted: Digest,
    },
    /// A row that does not read as an event, or a file whose structure is broken.
    Unreadable {
        /// What the storage says.
        detail: String,
    },
}

impl FaultKind {
    /// The invariant that is broken; `None` for damage below the chain.
    pub fn invariant(&self) -> Option<&'static str> {
        match self {
            FaultKind::Gap { .. } | FaultKind::PrevDiffers | FaultKind::DigestDiffers | FaultKind::PayloadDiffers => {
                Some("LED-1")
            }
            FaultKind::PayloadMissing => Some("LED-2"),
            FaultKind::HeadDiffers { .. } => Some("LED-3"),
            FaultKind::Unreadable { .. } => None,
        }
    }
}

catalogue! {
    /// Faults in words.
    enum ChainFaultText {
        Gap { id: u64, writer: String, expected: u64, found: u64 } => {
            en: "event {id}: number {found} of `{writer}` stands where {expected} should",
            ko: "이벤트 {id}: `{writer}`의 {expected}번 자리에 {found}번이 있습니다",
        },
        PrevDiffers { id: u64, writer: String } => {
            en: "event {id}: does not follow the event of `{writer}` before it",
            ko: "이벤트 {id}: `{writer}`의 바로 앞 이벤트와 이어지지 않습니다",
        },
        DigestDiffers { id: u64, writer: String } => {
            en: "event {id} of `{writer}` was altered",
            ko: "`{writer}`의 이벤트 {id}이(가) 변경되었습니다",
        },
        PayloadDiffers { id: u64, writer: String } => {
            en: "event {id} of `{writer}`: the payload was altered",
            ko: "`{writer}`의 이벤트 {id}: 내용이 변경되었습니다",
        },
        PayloadMissing { id: u64, writer: String } => {
            en: "event {id} of `{writer}`: the payload is gone and nothing says why",
            ko: "`{writer}`의 이벤트 {id}: 내용이 사라졌으나 그 이유가 없습니다",
        },
        Unreadable { id: u64, detail: String } => {
            en: "event {id} cannot be read: {detail}",
            ko: "이벤트 {id}을(를) 읽을 수 없습니다: {detail}",
        },
        Broken { detail: String } => {
            en: "the file's structure is broken: {detail}",
            ko: "파일 구조가 손상되었습니다: {detail}",
        },
        HeadDiffers { writer: String } => {
            en: "the last event of `{writer}` is not the one that was appended last",
            ko: "`{writer}`의 마지막 이벤트가 마지막으로 추가된 이벤트와 다릅니다",
        },
    }
}

impl Message for ChainFault {
    fn text(&self, lang: Lang) -> String {
        let (id, writer) = (self.id, self.writer.clone());
        let words = match &self.kind {
            FaultKind::Gap { expected, found } => {
                ChainFaultText::Gap { id, writer, expected: *expected, found: *found }
            }
            // Integrity is the file's: no event of its own is at fault.
            FaultKind::Unreadable { detail } if id == 0 => ChainFaultText::Broken { detail: detail.clone() },
            FaultKind::Unreadable { detail } => ChainFaultText::Unreadable { id, detail: detail.clone() },
            FaultKind::PrevDiffers => ChainFaultText::PrevDiffers { id, writer },
            FaultKind::DigestDiffers => ChainFaultText::DigestDiffers { id, writer },
            FaultKind::PayloadDiffers => ChainFaultText::PayloadDiffers { id, writer },
            FaultKind::PayloadMissing => ChainFaultText::PayloadMissing { id, writer },
            FaultKind::HeadDiffers { .. } => ChainFaultText::HeadDiffers { writer },
        };
        words.text(lang)
    }
}
