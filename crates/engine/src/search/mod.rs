//! Reading: one trace, the newest traces that match, all traces of a window.
//!
//! A trace may have parts in several segments and blocks: its halves on both sides of a rotation, or
//! spans that came late. Which traces have, is known before a search begins (`splits`); only those are
//! joined, and a row group says how far the times of its traces may reach, joined or not. So a search
//! goes through groups from the newest time downward and stops as soon as no group below could hold a
//! newer trace than those found.
//!
//! Does not know how anything was written.

mod clause;
mod dictionaries;
mod fetch;
mod find;
mod join;
mod live;
mod preview;
mod prospects;
mod prune;
mod reading;
mod seen;
mod splits;
mod value_memo;

pub(crate) use clause::RowShape;
pub(crate) use prune::BlockClause;
pub(crate) use reading::Reading;
pub use seen::Seen;
