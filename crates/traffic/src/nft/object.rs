//! Objects with a name, whose state outlives the rules that use them.

use super::expr::Limit;
use super::keys::ObjectKind;
use super::name::Name;

/// A named object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its name.
    pub name: Name,
    /// What it is.
    pub state: ObjectState,
}

/// What an object is; what it counted so far is told with the one that is live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObjectState {
    /// Counts packets and bytes.
    Counter,
    /// A rate shared by all rules that use it.
    Limit(Limit),
    /// Holds while there are at most so many connections, or more.
    Connlimit {
        /// How many.
        count: u32,
        /// Holds above rather than up to it.
        over: bool,
    },
    /// One of a kind that is not modelled, of another's table.
    Unknown(ObjectKind),
}

impl ObjectState {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> ObjectKind {
        match self {
            ObjectState::Counter => ObjectKind::Counter,
            ObjectState::Limit(_) => ObjectKind::Limit,
            ObjectState::Connlimit { .. } => ObjectKind::Connlimit,
            ObjectState::Unknown(kind) => *kind,
        }
    }
}
