//! Stored spans as Parquet tables, for analysis with whatever reads Parquet.
//!
//! A row is a span; the columns stand in the module `table`. Everything that makes files is behind the feature
//! `arrow`, so that a build of the workspace does not build arrow and parquet. Does not know where spans
//! come from nor where bytes go.

#[cfg(feature = "arrow")]
mod lists;
#[cfg(feature = "arrow")]
pub mod table;
#[cfg(all(test, feature = "arrow"))]
mod tests;

#[cfg(feature = "arrow")]
pub use table::{SpanTable, TableError};
