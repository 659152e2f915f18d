//! Named sets and maps. Sets without a name are never made: packets can miss one while it is swapped.

use super::data::Data;
use super::datatype::Datatype;
use super::expr::{Expr, Verdict};
use super::keys::ObjectKind;
use super::name::Name;

/// A set or map with its elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// What it can hold.
    pub head: SetHead,
    /// What it holds, sorted by key.
    pub elements: Vec<Element>,
}

/// What a set is, without its elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetHead {
    /// Its name.
    pub name: Name,
    /// Types of the parts of a key; several for a concatenation.
    pub key: Vec<Datatype>,
    /// What an element answers.
    pub answers: Answers,
    /// Elements are ranges, which do not overlap.
    pub interval: bool,
    /// Rules may add elements.
    pub dynamic: bool,
    /// Elements may go by themselves; with this lifetime where they say no other, 0 for none.
    pub timeout_ms: Option<u64>,
    /// Elements at most; a dynamic set needs it.
    pub size: Option<u32>,
    /// What each element carries: a counter, a limit.
    pub beside: Vec<Expr>,
}

impl SetHead {
    /// A set of single values of one type.
    #[must_use]
    pub fn of(name: Name, key: Datatype) -> SetHead {
        SetHead::of_parts(name, vec![key])
    }

    /// A set of concatenations.
    #[must_use]
    pub fn of_parts(name: Name, key: Vec<Datatype>) -> SetHead {
        SetHead {
            name,
            key,
            answers: Answers::Presence,
            interval: false,
            dynamic: false,
            timeout_ms: None,
            size: None,
            beside: Vec::new(),
        }
    }

    /// The same with ranges as elements.
    #[must_use]
    pub fn with_intervals(self) -> SetHead {
        SetHead { interval: true, ..self }
    }

    /// A map rather than a set.
    #[must_use]
    pub fn answering(self, answers: Answers) -> SetHead {
        SetHead { answers, ..self }
    }

    /// Elements that go after so long; 0 for as long as each says.
    #[must_use]
    pub fn with_timeout_ms(self, timeout_ms: u64) -> SetHead {
        SetHead { timeout_ms: Some(timeout_ms), ..self }
    }

    /// Elements that rules add, at most so many.
    #[must_use]
    pub fn filled_by_rules(self, size: u32) -> SetHead {
        SetHead { dynamic: true, size: Some(size), ..self }
    }

    /// Bytes of a key, each part of a concatenation rounded up to a register.
    #[must_use]
    pub fn key_bytes(&self) -> usize {
        match self.key.as_slice() {
            [one] => one.n_bytes(),
            parts => parts.iter().map(|part| part.n_bytes().next_multiple_of(4)).sum(),
        }
    }
}

/// What an element of a set answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answers {
    /// That it is there.
    Presence,
    /// A value.
    Value(Datatype),
    /// A verdict.
    Verdict,
    /// An object.
    Object(ObjectKind),
}

/// An element: a key or a range of keys, and what it answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Element {
    /// The key, or the first of the range.
    pub key: Data,
    /// The last of the range, itself included; none for one key.
    pub last: Option<Data>,
    /// What it answers.
    pub answer: Option<Answer>,
    /// Its own lifetime.
    pub timeout_ms: Option<u64>,
}

impl Element {
    /// One key.
    #[must_use]
    pub fn one(key: Data) -> Element {
        Element { key, last: None, answer: None, timeout_ms: None }
    }

    /// A range with both ends.
    #[must_use]
    pub fn range(first: Data, last: Data) -> Element {
        let last = (last != first).then_some(last);
        Element { key: first, last, answer: None, timeout_ms: None }
    }

    /// The same with an answer.
    #[must_use]
    pub fn answering(self, answer: Answer) -> Element {
        Element { answer: Some(answer), ..self }
    }

    /// The same for so long.
    #[must_use]
    pub fn for_ms(self, timeout_ms: u64) -> Element {
        Element { timeout_ms: Some(timeout_ms), ..self }
    }
}

/// What an element answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// A value.
    Value(Data),
    /// A verdict.
    Verdict(Verdict),
    /// An object.
    Object(Name),
}
