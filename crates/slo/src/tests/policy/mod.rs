//! Policies and what belongs to them: recurrences, exclusions, states, freezes, exceptions, verdicts.

mod recurrence;
