//! What becomes of a packet.

use std::collections::BTreeSet;

/// An answer for one packet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// What becomes of it.
    pub verdict: Verdict,
    /// The rule that ended its way, as `TABLE/CHAIN/N` or an intent's id; `policy` where none did. None where not known.
    pub rule: Option<String>,
    /// Where it goes after translation, where accepted and changed.
    pub to: Option<String>,
    /// Whom it comes from after translation, where accepted and changed.
    pub from: Option<String>,
    /// Every rule that matched, in kernel order; where not known, up to where that began.
    pub path: Vec<String>,
    /// What an answer would need: fields that are not given, matches that have no model.
    pub missing: BTreeSet<String>,
}

impl Answer {
    /// Of a packet that meets no rule at all.
    #[must_use]
    pub fn passed() -> Answer {
        Answer {
            verdict: Verdict::Accept,
            rule: None,
            to: None,
            from: None,
            path: Vec::new(),
            missing: BTreeSet::new(),
        }
    }
}

/// What becomes of a packet.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum Verdict {
    Accept,
    Drop,
    Reject,
    Unknown,
}

impl Verdict {
    /// All four.
    pub const ALL: [Verdict; 4] = [Verdict::Accept, Verdict::Drop, Verdict::Reject, Verdict::Unknown];

    /// As JSON writes it.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Accept => "accept",
            Verdict::Drop => "drop",
            Verdict::Reject => "reject",
            Verdict::Unknown => "unknown",
        }
    }
}

impl Answer {
    /// What the runs over every way of unknown rules come to: their common end, or `unknown`.
    pub(crate) fn unknown(missing: BTreeSet<String>, path: Vec<String>) -> Answer {
        Answer { verdict: Verdict::Unknown, rule: None, to: None, from: None, path, missing }
    }

    /// Whether both say the same of the packet, by whatever path.
    pub(crate) fn agrees(&self, other: &Answer) -> bool {
        (self.verdict, &self.rule, &self.to, &self.from) == (other.verdict, &other.rule, &other.to, &other.from)
    }
}
