//! The server's settings: TOML file < environment < flags.
//!
//! [`settings`] is the one table of what exists; [`low`] gathers values as written, each with its
//! source; [`high`] reads them into types and reports all faults at once.

pub mod foreign;
pub mod high;
pub mod low;
pub mod settings;
pub mod values;

pub use high::{DiskMax, DoorAddress, ServeConfig, StorageKind};
pub use low::{Fault, Low};
