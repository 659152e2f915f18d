//! Spans as columns: the one form in which the hot segment, a decoded row group and the inbox hold them.
//!
//! A row refers to its *operation* (service, name, kind, remote service), its *shape* (flags and sorted
//! tag keys with value types) and its *origin* (OTLP resource and scope), all in [`Tables`], and to its
//! values in a pool of strings. [`Row`] reads one span of it without allocating.
//!
//! Does not know how columns are filled, indexed or stored.

mod address;
mod codec;
mod names;
mod row;
mod rows;
mod strings;
mod tables;
mod value;

pub use address::{decode_address, encode_address, has_address};
pub use codec::{LEAST_BYTES, TableCounts};
pub use names::Names;
pub use row::Row;
pub use rows::{EventRow, FineRow, RestRow, Rows};
pub use strings::Strings;
pub use tables::{
    FLAG_DEBUG, FLAG_LOCAL_ADDRESS, FLAG_REMOTE_ADDRESS, FLAG_SHARED, Operation, STATUS_SHIFT, Shape, ShapeTag, Tables,
};
pub use value::{ValueType, decode_value, encode_value};
