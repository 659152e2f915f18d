//! Traces that are not all in one place: where their other parts are.

use crate::encode::{Input, Malformed, put_varint};

/// Which block it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BlockId {
    /// Generation of the inbox.
    pub generation: u64,
    /// Shard.
    pub shard: u32,
}

/// Shards of pinned blocks: the number of the shard they were taken from, and this. Real ones are below
/// [`crate::SHARDS_MAX`].
const PINNED_SHARD_FIRST: u32 = 1 << 16;

impl BlockId {
    /// The pinned block that is taken from this one.
    pub fn pinned(self) -> BlockId {
        BlockId { shard: self.shard + PINNED_SHARD_FIRST, ..self }
    }

    /// Whether it is a pinned block.
    pub fn is_pinned(self) -> bool {
        self.shard >= PINNED_SHARD_FIRST
    }
}

/// Where a part of a trace is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PartPlace {
    /// In a block, by ordinal.
    Block(BlockId, u32),
    /// In the segment of a generation and shard, by place.
    Live(BlockId, u32),
}

/// A trace of a block that an earlier block has a part of too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Split {
    /// The trace's ordinal here.
    pub ordinal: u32,
    /// The other block; this one itself where two fragments of one trace stand in it.
    pub other: BlockId,
    /// The trace's ordinal there.
    pub other_ordinal: u32,
}

impl Split {
    /// Appends the list of a block.
    pub fn write_all(splits: &[Split], out: &mut Vec<u8>) {
        put_varint(out, splits.len() as u64);
        for split in splits {
            put_varint(out, split.ordinal.into());
            put_varint(out, split.other.generation);
            put_varint(out, split.other.shard.into());
            put_varint(out, split.other_ordinal.into());
        }
    }

    /// Reads the list of a block.
    pub fn read_all(bytes: &[u8]) -> Result<Vec<Split>, Malformed> {
        let input = &mut Input::new(bytes);
        let mut splits = Vec::new();
        for _ in 0..input.count(4)? {
            splits.push(Split {
                ordinal: input.varint_u32()?,
                other: BlockId { generation: input.varint()?, shard: input.varint_u32()? },
                other_ordinal: input.varint_u32()?,
            });
        }
        input.finish()?;
        Ok(splits)
    }
}
