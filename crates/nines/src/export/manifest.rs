//! The manifest of an export: what was asked for, then a line for each block that is done.
//!
//! Lines are JSON and only ever added. A last line that is not whole was being written when the run was
//! cut off: it is dropped, and its block done again. The later of two lines of one block counts.

use super::error::ExportError;
use super::source::Entry;
use super::{Format, Plan};
use nines_base::vfs::{Vfs, VfsFile, read_file};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Its name in the output directory.
pub const MANIFEST: &str = "export.ndjson";

/// A block's files, once all are there.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Finished {
    /// Spans in them.
    pub n_spans: u64,
    /// Name and bytes of each.
    pub files: Vec<(String, u64)>,
}

/// The manifest, open for more lines.
pub struct Manifest {
    path: PathBuf,
    file: Arc<dyn VfsFile>,
    /// Bytes of the file each finished block was copied from.
    done: BTreeMap<String, u64>,
}

impl Manifest {
    /// Takes `out`, which is empty, new, or an export of the same that goes on; clears away what a run that
    /// was cut off left unfinished.
    pub fn open(vfs: &Arc<dyn Vfs>, out: &Path, plan: &Plan) -> Result<Manifest, ExportError> {
        let failed = |file: &Path| {
            let file = file.to_owned();
            move |source| ExportError::Write { file, source }
        };
        vfs.create_dir(out).map_err(failed(out))?;
        let names: Vec<String> = vfs.list(out).map_err(failed(out))?.into_iter().map(|entry| entry.name).collect();
        let path = out.join(MANIFEST);
        let asked = describe(plan);
        if !names.iter().any(|name| name == MANIFEST) {
            if let Some(found) = names.into_iter().find(|name| !is_ours(name)) {
                return Err(ExportError::Foreign { out: out.to_owned(), found });
            }
            let file = begin(&**vfs, &path, &asked).map_err(failed(&path))?;
            return Ok(Manifest { path, file, done: BTreeMap::new() });
        }
        let text = read_file(&**vfs, &path).map_err(failed(&path))?;
        let lines = Lines::read(&text);
        match &lines.header {
            Some(was) if *was == asked => {}
            Some(was) => {
                let (was, is) = (was.to_string(), asked.to_string());
                return Err(ExportError::OtherExport { out: out.to_owned(), was, is });
            }
            None => return Err(ExportError::Foreign { out: out.to_owned(), found: MANIFEST.to_owned() }),
        }
        let file = vfs.open_write(&path).map_err(failed(&path))?;
        file.set_len(lines.whole_bytes as u64).map_err(failed(&path))?;
        for name in names.iter().filter(|name| is_ours(name) && !lines.files.contains(*name)) {
            vfs.remove(&out.join(name)).map_err(failed(&out.join(name)))?;
        }
        Ok(Manifest { path, file, done: lines.done })
    }

    /// Whether a block is done.
    pub fn has(&self, entry: &Entry) -> bool {
        self.done.get(&entry.name) == Some(&entry.n_bytes)
    }

    /// Notes that all files of a block are there.
    pub fn note(&mut self, entry: &Entry, finished: &Finished) -> Result<(), ExportError> {
        let files: Vec<Value> =
            finished.files.iter().map(|(name, n_bytes)| json!({ "name": name, "bytes": n_bytes })).collect();
        let line =
            json!({ "block": entry.name, "blockBytes": entry.n_bytes, "spans": finished.n_spans, "files": files });
        let written = self.file.append(format!("{line}\n").as_bytes()).and_then(|()| self.file.sync_data());
        written.map_err(|source| ExportError::Write { file: self.path.clone(), source })?;
        self.done.insert(entry.name.clone(), entry.n_bytes);
        Ok(())
    }
}

/// What is asked for, as the manifest's first line says it.
fn describe(plan: &Plan) -> Value {
    let format = match plan.format {
        Format::Otlp => "otlp",
        Format::Zipkin => "zipkin",
        Format::Parquet => "parquet",
    };
    let window = plan.wanted.window;
    json!({
        "export": "nines", "version": 1, "format": format, "gzip": plan.gzip,
        "fromUs": window.map(|window| window.from.0), "toUs": window.map(|window| window.to.0),
        "filter": plan.wanted.filter.text(),
    })
}

/// Stores the manifest's first line, whole or not at all.
fn begin(vfs: &dyn Vfs, path: &Path, asked: &Value) -> io::Result<Arc<dyn VfsFile>> {
    nines_engine::directory::store_file(vfs, path, format!("{asked}\n").as_bytes())?;
    vfs.open_write(path)
}

/// Whether a name is one this program gives: `00000012-0-0001.pb`, `00000012-0.parquet`, or a file being
/// written.
fn is_ours(name: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = name.split('.').next().unwrap_or_default().split('-').collect();
    let is_of_block = (2..=3).contains(&parts.len()) && parts.into_iter().all(is_number);
    is_of_block || name.strip_suffix(".tmp") == Some(MANIFEST)
}

#[derive(Default)]
struct Lines {
    header: Option<Value>,
    done: BTreeMap<String, u64>,
    files: BTreeSet<String>,
    /// Bytes up to the end of the last whole line.
    whole_bytes: usize,
}

impl Lines {
    fn read(text: &[u8]) -> Lines {
        let mut lines = Lines::default();
        let mut files_of: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            let value = serde_json::from_slice::<Value>(line).ok().filter(|_| line.ends_with(b"\n"));
            let Some(value) = value else { break };
            lines.whole_bytes += line.len();
            if lines.header.is_none() {
                lines.header = Some(value).filter(|value| value["export"] == "nines");
                continue;
            }
            let block = value["block"].as_str().unwrap_or_default().to_owned();
            let names = value["files"].as_array().into_iter().flatten();
            let names = names.filter_map(|file| Some(file["name"].as_str()?.to_owned()));
            files_of.insert(block.clone(), names.collect());
            lines.done.insert(block, value["blockBytes"].as_u64().unwrap_or(0));
        }
        lines.files = files_of.into_values().flatten().collect();
        lines
    }
}
