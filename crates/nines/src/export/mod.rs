//! Copies stored spans into files of a common format, and goes on where it was cut off.
//!
//! Each block becomes files of its own, named after it; a file is written under another name, synced and
//! renamed, and once all of a block's are there a line of the manifest says so. A run that finds a
//! manifest skips the blocks it names and begins the one it was cut off in anew, so that however often it
//! is cut off the files are in the end the same. Memory stays that of one row group and one file's body.
//!
//! Does not know where blocks come from ([`source`]) nor how a command line looks.
//!
//! # Invariants
//! - EXP-1: a file under its final name is whole, and a block that the manifest names has all its files.

mod body;
mod error;
mod manifest;
#[cfg(feature = "parquet")]
mod parquet;
pub mod source;
#[cfg(test)]
mod tests;

pub use error::ExportError;
pub use manifest::MANIFEST;

use body::BodyFiles;
use manifest::{Finished, Manifest};
use nines_base::vfs::Vfs;
use nines_engine::walk::Wanted;
use nines_span::Span;
use nines_storage::StoreError;
use source::{Entry, Source};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// What files are written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// An `ExportTraceServiceRequest` a file.
    Otlp,
    /// A Zipkin v2 JSON list a file.
    Zipkin,
    /// A table a file.
    Parquet,
}

/// What to copy, and into what.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What files are written in.
    pub format: Format,
    /// Whether bodies are packed with gzip; Parquet packs its own pages.
    pub gzip: bool,
    /// Which spans.
    pub wanted: Wanted,
}

/// How far a run has come.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// Blocks that are done, with those an earlier run did.
    pub n_blocks: u64,
    /// Blocks there are.
    pub n_blocks_all: u64,
    /// Blocks that an earlier run did.
    pub n_blocks_before: u64,
    /// Bytes of the blocks that this run is done with.
    pub read_bytes: u64,
    /// Bytes of the blocks that this run has to do.
    pub read_bytes_all: u64,
    /// Spans written by this run.
    pub n_spans: u64,
    /// Files written by this run.
    pub n_files: u64,
    /// Their bytes.
    pub written_bytes: u64,
    /// Blocks that went while the run lasted: retention took them.
    pub n_gone: u64,
    /// What could not be read.
    pub damage: Vec<StoreError>,
}

/// Writes the files of one block.
pub(crate) trait BlockFiles {
    /// Takes spans, up to a row group of them.
    fn take(&mut self, spans: Vec<Span>) -> io::Result<()>;

    /// Ends the last file; names and bytes of all that were written.
    fn finish(self: Box<Self>) -> io::Result<Vec<(String, u64)>>;
}

/// Copies every block of `source` that was not copied before into `out`; `tell` hears of each step.
pub fn run(
    plan: &Plan,
    source: &mut dyn Source,
    vfs: &Arc<dyn Vfs>,
    out: &Path,
    tell: &mut dyn FnMut(&Progress),
) -> Result<Progress, ExportError> {
    let mut manifest = Manifest::open(vfs, out, plan)?;
    let entries = source.entries()?;
    let (before, todo): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|entry| manifest.has(entry));
    let mut progress = Progress {
        n_blocks: before.len() as u64,
        n_blocks_before: before.len() as u64,
        n_blocks_all: (before.len() + todo.len()) as u64,
        read_bytes_all: todo.iter().map(|entry| entry.n_bytes).sum(),
        damage: source.damage(),
        ..Progress::default()
    };
    tell(&progress);
    for entry in &todo {
        let damage_before = progress.damage.len();
        let finished = copy_block(plan, source, vfs, out, entry, &mut progress, tell)?;
        progress.n_blocks += 1;
        progress.read_bytes += entry.n_bytes;
        // EXP-1: its files have their final names by now. A block that could not be read whole is tried again
        // by the next run.
        if let Some(finished) = finished
            && progress.damage.len() == damage_before
        {
            manifest.note(entry, &finished)?;
        }
        tell(&progress);
    }
    Ok(progress)
}

/// Writes the files of one block; `None` where it cannot be opened.
fn copy_block(
    plan: &Plan,
    source: &mut dyn Source,
    vfs: &Arc<dyn Vfs>,
    out: &Path,
    entry: &Entry,
    progress: &mut Progress,
    tell: &mut dyn FnMut(&Progress),
) -> Result<Option<Finished>, ExportError> {
    if entry.starts.is_some_and(|starts| !plan.wanted.may_start_in(starts)) {
        return Ok(Some(Finished::default()));
    }
    let part = match source.part(entry) {
        Ok(Some(part)) => part,
        Ok(None) => {
            progress.n_gone += 1;
            return Ok(None);
        }
        Err(ExportError::Read(error)) => {
            progress.damage.push(error);
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let failed = |source: io::Error| ExportError::write(out, &entry.name, source);
    let mut files = block_files(plan, vfs, out, &entry.name).map_err(failed)?;
    let mut n_spans = 0;
    let damage = part.visit(&plan.wanted, |spans| {
        n_spans += spans.len() as u64;
        progress.n_spans += spans.len() as u64;
        tell(progress);
        files.take(spans)
    });
    progress.damage.extend(damage.map_err(failed)?);
    let written = files.finish().map_err(failed)?;
    progress.n_files += written.len() as u64;
    progress.written_bytes += written.iter().map(|(_, n_bytes)| n_bytes).sum::<u64>();
    source.done(entry);
    Ok(Some(Finished { n_spans, files: written }))
}

fn block_files(plan: &Plan, vfs: &Arc<dyn Vfs>, out: &Path, block: &str) -> io::Result<Box<dyn BlockFiles>> {
    match plan.format {
        Format::Otlp | Format::Zipkin => Ok(Box::new(BodyFiles::new(plan, vfs.clone(), out, block))),
        #[cfg(feature = "parquet")]
        Format::Parquet => Ok(Box::new(parquet::ParquetFile::new(vfs.clone(), out, block))),
        #[cfg(not(feature = "parquet"))]
        Format::Parquet => Err(io::ErrorKind::Unsupported.into()),
    }
}
