//! What cannot be compiled, where it stands and what to do.

use crate::messages::{Fact, Hint};

/// Something that the kernel cannot hold as it is written.
#[derive(Clone, PartialEq, Debug)]
pub struct Refused {
    /// The line of the intent file; 0 where it belongs to none.
    pub line: usize,
    /// What is the case.
    pub fact: Fact,
    /// What to do next.
    pub hint: Hint,
}

impl Refused {
    /// Of a rule that nf_tables has no form for.
    pub(super) fn no_form(what: impl Into<String>) -> Refused {
        Refused::with(what, Hint::LeaveToIptables)
    }

    /// The same where there is another way to write it.
    pub(super) fn with(what: impl Into<String>, hint: Hint) -> Refused {
        Refused { line: 0, fact: Fact::NoKernelForm { what: what.into() }, hint }
    }

    /// At the line of its rule.
    pub(super) fn at(self, line: usize) -> Refused {
        Refused { line, ..self }
    }
}
