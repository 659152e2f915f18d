//! Blocks: one shard's spans of one generation, sorted, packed and sealed for good.
//!
//! A block is written once, whole, and never changed. `docs/format/block.md` describes every byte.
//! Rows are ordered by trace start, trace and start, in groups of [`GROUP_ROWS_MAX`] that decode
//! alone; what a search must know to skip a group stands outside of it.
//!
//! # Invariants
//! - SEG-1: a block is complete or absent. Whoever stores it writes a temporary file, syncs it, renames
//!   it and syncs the directory.
//! - SEG-2: every byte is under a checksum; a section that does not match is reported with its file and
//!   offset, never guessed at.

mod bits_packed;
mod bloom;
mod by_service;
mod cache;
mod caches;
mod column_table;
mod filter_values;
mod filters;
mod fingerprints;
mod format;
mod group_read;
mod group_values;
mod group_write;
mod groups;
mod measure;
mod needle;
mod open;
mod order;
mod picked;
mod places;
mod reading;
mod row_kinds;
mod sections;
mod sparse;
mod split;
mod tables;
#[cfg(test)]
mod tests;
mod traces;
mod unpacked;
mod value_columns;
mod value_hash;
mod write;

pub use bloom::Bloom;
pub use caches::BlockCaches;
pub use column_table::{ColumnTable, Form};
pub use fingerprints::{Fingerprints, fingerprint};
pub use format::{Damage, Footer, MAGIC, Section, SectionKind, VERSION, read_footer};
pub use group_read::Group;
pub use groups::{Bits, Bounds, GroupMeta};
pub use measure::ValueBytes;
pub use needle::Needle;
pub use open::Block;
pub use order::GROUP_ROWS_MAX;
pub use picked::{Cell, PickedValues};
pub use row_kinds::RowKind;
pub use split::{BlockId, PartPlace, Split};
pub use tables::BlockTables;
pub use traces::fetch_trace;
pub use value_columns::ValueKey;
pub use value_hash::{has_filter_text, hash_of_event, hash_of_having, hash_of_tag, hash_under};
pub use write::encode_block;
