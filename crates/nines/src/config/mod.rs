//! The server's settings: TOML file < environment < flags.
//!
//! [`settings`] is the one table of what exists; [`low`] gathers values as written, each with its
//! source; [`high`] reads them into types and reports all faults at once. What Zipkin would do by its
//! variables and this server does not is told by [`unread`](unread()).

mod foreign;
pub mod high;
pub mod low;
pub mod notify;
pub mod settings;
pub mod source;
mod table;
mod unread;
pub mod values;

pub use high::{DiskMax, DoorAddress, MetricsConfig, ServeConfig, StorageKind};
pub use low::{Fault, Low};
pub use unread::unread;
