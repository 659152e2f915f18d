//! The versions that files say they have, looked at before anything is touched.
//!
//! FORMAT speaks for the directory; a file of a later version in a directory of this one was put there by
//! hand or by a version that was taken back. Taken for damage it would be put aside or written anew, so it
//! is refused whole. Inbox files, blocks and histograms begin alike: magic, version, checksum of both.

use super::open::{Listing, list};
use crate::block;
use crate::directory::Layout;
use crate::histograms;
use crate::inbox::record as inbox;
use crate::messages::{OpenError, OpenFact};
use nines_base::vfs::{Vfs, VfsFile};
use std::path::PathBuf;

/// Bytes of either header: magic, version and two bytes more, checksum of these.
const HEADER_BYTES: usize = 16;

/// Refuses a directory that holds a file of a later version than this program knows.
pub(crate) fn refuse_newer_files(vfs: &dyn Vfs, layout: &Layout) -> Result<(), OpenError> {
    let of_histograms = histograms::list(vfs, layout);
    let of_histograms = of_histograms.map_err(|(folder, source)| OpenError::io("list", &folder, source))?;
    let of_histograms = of_histograms.into_iter().map(|name| (name.path(layout), histograms::VERSION));
    for (path, known) in files(layout, list(vfs, layout)?).into_iter().chain(of_histograms) {
        let version = vfs.open(&path).ok().and_then(|file| version_of(&*file));
        if let Some(version) = version.filter(|version| *version > known) {
            let file = path.display().to_string();
            return Err(OpenError::new(OpenFact::NewerFile { file, version, known }));
        }
    }
    Ok(())
}

/// Every inbox file and block, and the highest version that is known.
fn files(layout: &Layout, listing: Listing) -> Vec<(PathBuf, u16)> {
    let blocks = listing.blocks.into_iter().chain(listing.pinned).map(|(_, path)| (path, block::VERSION));
    let inbox = listing.inbox.into_keys().map(|generation| (layout.inbox_file(generation), inbox::VERSION));
    blocks.chain(inbox).collect()
}

/// The version a file's header says, if it is a good header of ours: of a damaged one opening will tell.
fn version_of(file: &dyn VfsFile) -> Option<u16> {
    let mut header = [0; HEADER_BYTES];
    file.read_exact_at(0, &mut header).ok()?;
    let (summed, crc) = header.split_at(HEADER_BYTES - 4);
    let is_ours = [block::MAGIC, inbox::MAGIC, histograms::MAGIC].iter().any(|magic| summed.starts_with(magic));
    let is_good = crc32c::crc32c(summed).to_le_bytes() == crc;
    (is_ours && is_good).then(|| u16::from_le_bytes([summed[8], summed[9]]))
}

/// What a header of `version` would be, by the file it is written into: for tests of refusal.
#[cfg(test)]
pub(crate) fn set_version(vfs: &dyn Vfs, path: &std::path::Path, version: u16) {
    let file = vfs.open_write(path).unwrap();
    let mut header = [0; HEADER_BYTES];
    file.read_exact_at(0, &mut header).unwrap();
    header[8..10].copy_from_slice(&version.to_le_bytes());
    let crc = crc32c::crc32c(&header[..HEADER_BYTES - 4]).to_le_bytes();
    header[HEADER_BYTES - 4..].copy_from_slice(&crc);
    file.write_at(0, &header).unwrap();
}
