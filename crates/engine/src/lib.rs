//! The embedded columnar span store: inbox, hot segments, blocks. Does not know HTTP or SLOs.

pub mod block;
pub mod columns;
pub mod encode;
pub mod hash;
pub mod hot;
pub mod inbox;
#[cfg(test)]
mod testing;
