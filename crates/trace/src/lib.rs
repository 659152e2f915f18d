//! Trace trees, the dependency linker and the filter language. Pure: does not know where spans come from.

pub mod filter;
