//! What of blocks was used lately and is kept unpacked or open, shared by all blocks of a store.

use super::cache::GroupCache;
use super::group_read::Group;
use super::split::BlockId;
use super::tables::BlockTables;
use super::unpacked::Unpacked;
use nines_base::vfs::VfsFile;
use std::sync::Arc;

/// Groups and tables unpacked lately and files read lately.
pub struct BlockCaches {
    /// Groups as columns; whether with the values of their rows.
    pub(super) groups: GroupCache<(BlockId, u32, bool), Group>,
    /// Groups that traces were read from: who looks at one trace mostly looks at its neighbours.
    pub(super) unpacked: GroupCache<(BlockId, u32), Unpacked>,
    pub(super) tables: GroupCache<BlockId, BlockTables>,
    pub(super) files: GroupCache<BlockId, Arc<dyn VfsFile>>,
}

impl BlockCaches {
    /// Caches of so many bytes and open files. Two thirds of the groups' are for those that traces were read from: a
    /// hundred and fifty bytes hold three spans of them, or one as columns.
    pub fn new(groups_bytes_max: usize, tables_bytes_max: usize, files_max: usize) -> BlockCaches {
        BlockCaches {
            groups: GroupCache::new(groups_bytes_max / 3),
            unpacked: GroupCache::new(groups_bytes_max / 3 * 2),
            tables: GroupCache::new(tables_bytes_max),
            files: GroupCache::new(files_max),
        }
    }

    /// Lets go of a block's file: it was removed, and its room on the disk comes back when nobody has it open.
    pub fn close_file(&self, id: BlockId) {
        self.files.remove(id);
    }
}
