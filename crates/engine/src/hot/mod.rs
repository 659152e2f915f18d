//! The hot segment: where spans are from the moment they are taken until their block is written.
//!
//! Append-only columns with the indexes that appending and reading one trace need. One segment per
//! shard and generation; whoever holds it locks it. Does not know the inbox, blocks or searches.

mod cache;
mod dictionary;
mod live;
mod memo;
mod operations;
mod segment;
#[cfg(test)]
mod tests;
mod traces;
mod view;

pub use dictionary::Dictionary;
pub use live::Live;
pub use memo::BatchMemo;
pub use operations::OperationRows;
pub use segment::{Fill, Mark, Segment, batch_bytes};
pub use traces::{TraceHead, TraceIndex};
pub use view::{ROWS_AT_ONCE, View};
