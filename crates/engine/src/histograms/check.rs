//! Reads every file of histograms and reports what is damaged.

use super::names::{FileName, list};
use super::payload::decode;
use super::record::RecordHeader;
use super::walk::{payload_at, walk};
use crate::directory::Layout;
use crate::messages::OpenError;
use crate::recover::{CheckReport, damage_at};
use nines_base::vfs::Vfs;
use nines_storage::histograms::SliceId;
use std::collections::BTreeMap;
use std::path::Path;

/// Adds what there is to a report. `progress` is told each file before it is read.
pub(crate) fn check(
    vfs: &dyn Vfs,
    layout: &Layout,
    report: &mut CheckReport,
    progress: &mut dyn FnMut(&Path),
) -> Result<(), OpenError> {
    let files = list(vfs, layout).map_err(|(folder, source)| OpenError::io("list", &folder, source))?;
    for (at, name) in files.iter().enumerate() {
        let path = name.path(layout);
        progress(&path);
        let failed = |source| OpenError::io("read", &path, source);
        let file = vfs.open(&path).map_err(failed)?;
        let is_last = files.get(at + 1).is_none_or(|next| next.tier != name.tier);
        let walked = walk(&*file, name.tier, is_last).map_err(failed)?;
        report.n_files += 1;
        report.n_bytes += walked.len;
        report.damage.extend(walked.damage.iter().map(|(offset, fact)| damage_at(&path, *offset, fact)));
        if is_last && walked.has_bad_end() {
            report.torn_ends.push(format!("{} at byte {}", path.display(), walked.end));
        }
        // HIST-2: one that was written again is not read any more.
        let last: BTreeMap<SliceId, u64> = walked.records.iter().map(|(offset, header)| (header.id, *offset)).collect();
        let is_read = |(offset, header): &&(u64, RecordHeader)| last.get(&header.id) == Some(offset);
        for (offset, header) in walked.records.iter().filter(is_read) {
            let payload = payload_at(&*file, *offset, header).map_err(failed)?;
            let fact = match header.matches(&payload).then(|| decode(&payload)) {
                None => Some("a record does not match its checksum"),
                Some(Err(fault)) => Some(fault.0),
                Some(Ok(_)) if FileName::of(header.id) != *name => Some("a slice is in the wrong place"),
                Some(Ok(_)) => None,
            };
            report.damage.extend(fact.map(|fact| damage_at(&path, *offset, fact)));
        }
    }
    Ok(())
}
