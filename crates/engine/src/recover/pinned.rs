//! Opens pinned blocks, and ends hand-overs that a crash cut off.

use super::open::Listing;
use crate::block::Block;
use crate::messages::OpenError;
use nines_base::vfs::Vfs;
use nines_storage::StoreError;
use std::sync::Arc;

/// Pinned blocks, and what is damaged of them. One whose origin is there still is a copy of part of it: its
/// hand-over was cut off before the origin went, and it is removed.
pub(super) fn open_pinned(
    vfs: &Arc<dyn Vfs>,
    listing: &Listing,
    blocks: &[Arc<Block>],
) -> Result<(Vec<Arc<Block>>, Vec<StoreError>), OpenError> {
    let (mut pinned, mut damage) = (Vec::new(), Vec::new());
    for (id, path) in &listing.pinned {
        if blocks.iter().any(|block| block.id().pinned() == *id) {
            vfs.remove(path).map_err(|source| OpenError::io("remove", path, source))?;
            continue;
        }
        match Block::open(vfs.clone(), path) {
            Ok(block) if block.id() == *id => pinned.push(Arc::new(block)),
            Ok(_) => damage.push(StoreError::Damaged {
                place: path.display().to_string(),
                detail: "the block is there under another name".into(),
            }),
            Err(error) => damage.push(error),
        }
    }
    Ok((pinned, damage))
}
