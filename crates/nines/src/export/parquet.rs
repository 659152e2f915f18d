//! One table a block, written as it grows.

use super::BlockFiles;
use nines_base::vfs::{Vfs, VfsFile};
use nines_parquet::{SpanTable, TableError};
use nines_span::Span;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes gathered before they are written.
const BUFFER_BYTES: usize = 1 << 20;

/// The table of one block, under its temporary name until it is whole.
pub struct ParquetFile {
    vfs: Arc<dyn Vfs>,
    out: PathBuf,
    name: String,
    /// Begun with the first span: a block without any has no file.
    table: Option<SpanTable<BufWriter<Tail>>>,
}

/// The growing end of a file.
struct Tail {
    file: Arc<dyn VfsFile>,
    len_bytes: u64,
}

impl Write for Tail {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_at(self.len_bytes, bytes)?;
        self.len_bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl ParquetFile {
    /// No row yet.
    pub fn new(vfs: Arc<dyn Vfs>, out: &Path, block: &str) -> ParquetFile {
        ParquetFile { vfs, out: out.to_owned(), name: format!("{block}.parquet"), table: None }
    }

    fn temporary(&self) -> PathBuf {
        self.out.join(format!("{}.tmp", self.name))
    }

    fn begin(&self) -> io::Result<SpanTable<BufWriter<Tail>>> {
        // An attempt that failed may have left one.
        match self.vfs.remove(&self.temporary()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let tail = Tail { file: self.vfs.create(&self.temporary())?, len_bytes: 0 };
        SpanTable::new(BufWriter::with_capacity(BUFFER_BYTES, tail)).map_err(unwrap_io)
    }
}

impl BlockFiles for ParquetFile {
    fn take(&mut self, spans: Vec<Span>) -> io::Result<()> {
        let mut table = match self.table.take() {
            Some(table) => table,
            None => self.begin()?,
        };
        let written = table.write(&spans).map_err(unwrap_io);
        self.table = Some(table);
        written
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<(String, u64)>> {
        let Some(table) = self.table.take() else { return Ok(Vec::new()) };
        let tail = table.finish().map_err(unwrap_io)?.into_inner().map_err(|error| error.into_error())?;
        // EXP-1: the name comes after the bytes are durable.
        tail.file.sync_data()?;
        self.vfs.rename(&self.temporary(), &self.out.join(&self.name))?;
        self.vfs.sync_dir(&self.out)?;
        Ok(vec![(self.name.clone(), tail.len_bytes)])
    }
}

/// The disk's own error where there is one: a full disk must be told as such.
fn unwrap_io(error: TableError) -> io::Error {
    match error {
        TableError::External(source) => match source.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}
