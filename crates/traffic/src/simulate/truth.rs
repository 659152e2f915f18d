//! Yes, no, or not known for want of something.

use std::collections::BTreeSet;

/// Whether a packet matches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Truth {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// It depends on these: fields of a packet that are not given, matches that have no model.
    Unknown(BTreeSet<String>),
}

impl Truth {
    /// Known.
    pub fn of(is: bool) -> Truth {
        if is { Truth::Yes } else { Truth::No }
    }

    /// Not known for want of this.
    pub fn lacking(what: &str) -> Truth {
        Truth::Unknown(BTreeSet::from([what.to_owned()]))
    }

    /// Known where the value is given, else lacking a field.
    pub fn given<T>(value: Option<T>, field: &str, is: impl FnOnce(T) -> bool) -> Truth {
        value.map_or_else(|| Truth::lacking(field), |value| Truth::of(is(value)))
    }

    /// The other way round where `negated`; what is not known stays so.
    pub fn negated(self, negated: bool) -> Truth {
        match (self, negated) {
            (Truth::Yes, true) => Truth::No,
            (Truth::No, true) => Truth::Yes,
            (truth, _) => truth,
        }
    }

    /// Both: no where either is no, however little is known of the other.
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::No, _) | (_, Truth::No) => Truth::No,
            (Truth::Yes, truth) | (truth, Truth::Yes) => truth,
            (Truth::Unknown(mut one), Truth::Unknown(other)) => {
                one.extend(other);
                Truth::Unknown(one)
            }
        }
    }

    /// Either: yes where one is.
    pub fn or(self, other: Truth) -> Truth {
        self.negated(true).and(other.negated(true)).negated(true)
    }
}
