//! How much of a run was a person's time: the study's rule (reference T2).
//!
//! A prompt counts what passed until it was answered, at most five minutes: whoever takes longer does something else. A
//! command counts a minute at most, since nobody watches one longer; one that was typed into counts whole. The rest is
//! the machine's. An agent's own time is nobody's: its runs count what people approved.

use nines_base::DurationUs;

/// Most that one prompt counts.
pub const IDLE_CAP: DurationUs = DurationUs(300_000_000);

/// Most that one command counts.
pub const ATTEND_CAP: DurationUs = DurationUs(60_000_000);

/// A stretch of a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spent {
    /// A person was asked, until they answered.
    Prompt(DurationUs),
    /// Commands ran, or something was waited for.
    Command(DurationUs),
    /// A person typed into a command.
    Typing(DurationUs),
}

/// A person's time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Attended {
    /// All of it.
    pub total: DurationUs,
    /// What of it was spent answering and doing by hand, rather than watching.
    pub manual: DurationUs,
}

impl Attended {
    /// Adds a stretch. `by_agent` where no person started the run.
    pub fn add(&mut self, spent: Spent, by_agent: bool) {
        let (counted, is_manual) = match spent {
            Spent::Prompt(passed) => (passed.min(IDLE_CAP), true),
            Spent::Typing(passed) => (passed, true),
            Spent::Command(_) if by_agent => (DurationUs(0), false),
            Spent::Command(passed) => (passed.min(ATTEND_CAP), false),
        };
        let counted = counted.0.max(0);
        self.total.0 += counted;
        self.manual.0 += if is_manual { counted } else { 0 };
    }
}

/// Whether an actor is an agent: `agent:NAME`.
#[must_use]
pub fn is_agent(actor: &str) -> bool {
    actor.starts_with("agent:")
}
