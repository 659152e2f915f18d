//! Trace trees, the dependency linker and the filter language. Pure: does not know where spans come
//! from, where answers go, or what time it is.
//!
//! Start reading at [`filter`], then [`tree`], then [`linker`].
//!
//! # Invariants
//! - TRE-1: a tree holds every span of its trace exactly once, each behind its parent, whatever the
//!   parents' ids say; a cycle is cut.

pub mod filter;
pub mod layout;
pub mod linker;
pub mod names;
#[cfg(test)]
mod sketch;
pub mod tree;
