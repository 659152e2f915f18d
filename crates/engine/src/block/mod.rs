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

mod bloom;
mod cache;
mod column_table;
mod filters;
mod fingerprints;
mod format;
mod group_read;
mod group_values;
mod group_write;
mod groups;
mod measure;
mod open;
mod order;
mod picked;
mod row_kinds;
mod sections;
mod sparse;
mod split;
#[cfg(test)]
mod tests;
mod value_columns;
mod write;

pub use bloom::{Bloom, EVENT_KEY};
pub use column_table::{ColumnTable, Form};
pub use fingerprints::{Fingerprints, fingerprint};
pub use format::{Damage, Footer, MAGIC, Section, SectionKind, VERSION, read_footer};
pub use group_read::Group;
pub use groups::{Bits, Bounds, GroupMeta};
pub use measure::ValueBytes;
pub use open::{Block, BlockCaches, BlockTables};
pub use order::GROUP_ROWS_MAX;
pub use picked::{Cell, PickedValues};
pub use split::{BlockId, PartPlace, Split};
pub use value_columns::ValueKey;
pub use write::encode_block;
