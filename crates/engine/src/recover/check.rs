//! Walks every file of a data directory and reports what is damaged.

use super::open::{damage_of, list};
use crate::block::{Block, BlockCaches, fingerprint};
use crate::config::is_kept;
use crate::directory::{Layout, take_existing};
use crate::histograms;
use crate::inbox::replay;
use crate::messages::OpenError;
use nines_base::vfs::Vfs;
use nines_storage::StoreError;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Bytes of unpacked groups kept while checking: one at a time is enough.
const CHECK_CACHE_BYTES: usize = 8 << 20;

/// What a check found.
#[derive(Debug, Default)]
pub struct CheckReport {
    /// Files read from first to last byte.
    pub n_files: u64,
    /// Their bytes.
    pub n_bytes: u64,
    /// Spans in blocks, and in the inbox beyond them; repeats counted, those that are not kept left out.
    pub n_spans: u64,
    /// Where an inbox file ends in an unfinished group, or the youngest file of histograms in an unfinished record: a
    /// crash leaves that, with nothing in it that was acknowledged; or the file was cut short. Nothing tells the two
    /// apart.
    pub torn_ends: Vec<String>,
    /// What is damaged, each with its file and offset.
    pub damage: Vec<StoreError>,
}

/// Checks a directory that no process holds. `progress` is told each file before it is read.
pub fn check(
    vfs: Arc<dyn Vfs>,
    dir: &Path,
    holder: &str,
    progress: &mut dyn FnMut(&Path),
) -> Result<CheckReport, OpenError> {
    let layout = Layout::new(dir);
    let _lock = take_existing(&*vfs, &layout, holder)?;
    let listing = list(&*vfs, &layout)?;
    let mut report = CheckReport::default();
    let mut in_blocks = BTreeSet::new();
    for (id, path) in listing.blocks.iter().chain(&listing.pinned) {
        progress(path);
        report.n_files += 1;
        match check_block(&vfs, path, &mut report) {
            Ok(()) => {
                in_blocks.insert(*id);
            }
            Err(error) => report.damage.push(error),
        }
    }
    let last = listing.inbox.keys().next_back().copied();
    for (generation, len_bytes) in &listing.inbox {
        let path = layout.inbox_file(*generation);
        progress(&path);
        report.n_files += 1;
        report.n_bytes += len_bytes;
        let found = vfs.open(&path).and_then(|file| replay(&*file));
        let mut found = found.map_err(|source| OpenError::io("read", &path, source))?;
        if Some(*generation) != last {
            found.must_be_closed();
        } else if found.torn {
            report.torn_ends.push(format!("{} at byte {}", path.display(), found.end));
        }
        report.damage.extend(damage_of(&found, &path));
        for (shard, segment) in (0u32..).zip(&found.segments) {
            let id = crate::block::BlockId { generation: *generation, shard };
            if is_kept(shard as usize) && !in_blocks.contains(&id) {
                report.n_spans += segment.len() as u64;
            }
        }
    }
    histograms::check(&*vfs, &layout, &mut report, progress)?;
    Ok(report)
}

fn check_block(vfs: &Arc<dyn Vfs>, path: &Path, report: &mut CheckReport) -> Result<(), StoreError> {
    let block = Block::open(vfs.clone(), path)?;
    report.n_bytes += block.len_bytes;
    let caches = BlockCaches::new(CHECK_CACHE_BYTES, CHECK_CACHE_BYTES, 1);
    let mut n_rows = 0;
    let mut fingerprints = Vec::new();
    for group_idx in 0..block.groups().len() {
        let group = block.group(group_idx, &caches)?;
        n_rows += group.rows().len() as u64;
        fingerprints.extend(group.rows().trace_ids.iter().map(|trace_id| fingerprint(*trace_id)));
    }
    block.splits(&caches)?;
    block.check_filters(&caches)?;
    // The index must find every trace, and nothing else.
    let ordinals = block.ordinals(&caches)?;
    let listed = ordinals.iter().map(|ordinal| fingerprints.get(*ordinal as usize).copied());
    let indexed = block.fingerprints().as_slice().iter().map(|fingerprint| Some(*fingerprint));
    let distinct: BTreeSet<u32> = ordinals.iter().copied().collect();
    let sound = listed.eq(indexed) && distinct.len() == fingerprints.len() && n_rows == block.footer().n_rows;
    if sound {
        report.n_spans += n_rows;
        Ok(())
    } else {
        let source = io::Error::other("the trace index does not fit the traces");
        Err(StoreError::Damaged { place: path.display().to_string(), detail: source.to_string() })
    }
}
