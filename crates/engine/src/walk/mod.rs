//! Every stored span once, part by part, for whoever copies the store elsewhere.
//!
//! A *part* is one shard of one generation: a block, or, where no block was written yet, what the inbox
//! holds of it. Parts are walked one after the other, so memory stays that of one row group, and a walk
//! that was cut off goes on with the next part. Nothing in the directory is changed.
//!
//! Knows no index: for a few traces a search is faster.

mod directory;
mod part;

pub use directory::{Directory, PartPlace};
pub use part::{Part, Wanted};
