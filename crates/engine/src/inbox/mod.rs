//! The inbox: the one durable front door.
mod delta;
pub mod record;
pub use delta::{apply_delta, write_delta};
