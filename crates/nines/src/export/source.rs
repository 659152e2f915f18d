//! Where blocks come from: a data directory that no server holds, or a server, which gives its block
//! files as they are. Blocks never change, so a server need not stand still while it is copied.

use super::error::ExportError;
use crate::cli::Client;
use nines_base::vfs::Vfs;
use nines_engine::block::Bounds;
use nines_engine::directory::block_name;
use nines_engine::walk::{Directory, Part, PartPlace};
use nines_storage::StoreError;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A block, or a part of the inbox that is none yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Generation and shard: `00000012-0`.
    pub name: String,
    /// Bytes of the file that holds it. What an earlier run copied under this name counts only if it had
    /// as many.
    pub n_bytes: u64,
    /// When its spans start, where that is known before it is opened.
    pub starts: Option<Bounds>,
}

/// Something that has blocks.
pub trait Source {
    /// All of them, oldest first.
    fn entries(&mut self) -> Result<Vec<Entry>, ExportError>;

    /// Opens one; `None` where it has gone meanwhile. [`ExportError::Read`] where it cannot be read.
    fn part(&mut self, entry: &Entry) -> Result<Option<Part>, ExportError>;

    /// It is not needed any more.
    fn done(&mut self, _entry: &Entry) {}

    /// Damage that belongs to no block.
    fn damage(&self) -> Vec<StoreError> {
        Vec::new()
    }
}

/// A data directory, held while this lives.
pub struct DirectorySource(pub Directory);

impl DirectorySource {
    fn place(&self, name: &str) -> Option<PartPlace> {
        self.0.places().iter().find(|place| block_name(place.id) == name).cloned()
    }
}

impl Source for DirectorySource {
    fn entries(&mut self) -> Result<Vec<Entry>, ExportError> {
        let entry = |place: &PartPlace| Entry { name: block_name(place.id), n_bytes: place.n_bytes, starts: None };
        Ok(self.0.places().iter().map(entry).collect())
    }

    fn part(&mut self, entry: &Entry) -> Result<Option<Part>, ExportError> {
        let Some(place) = self.place(&entry.name) else { return Ok(None) };
        self.0.part(&place).map(Some).map_err(ExportError::Read)
    }

    fn damage(&self) -> Vec<StoreError> {
        self.0.damage().to_vec()
    }
}

/// A running server. A block is fetched into a file beside the output, and removed when it is done.
pub struct ServerSource<'c> {
    client: &'c Client,
    vfs: Arc<dyn Vfs>,
    out: PathBuf,
}

impl<'c> ServerSource<'c> {
    /// The server behind `client`.
    pub fn new(client: &'c Client, vfs: Arc<dyn Vfs>, out: &Path) -> ServerSource<'c> {
        ServerSource { client, vfs, out: out.to_owned() }
    }

    fn scratch(&self, entry: &Entry) -> PathBuf {
        self.out.join(format!("{}.blk.tmp", entry.name))
    }

    /// Fetches a block's file; `false` where it has gone.
    fn fetch(&self, entry: &Entry) -> Result<bool, ExportError> {
        let scratch = self.scratch(entry);
        let write_failed = |source| ExportError::Write { file: scratch.clone(), source };
        let _ = self.vfs.remove(&scratch);
        let file = self.vfs.create(&scratch).map_err(write_failed)?;
        let mut offset = 0;
        while offset < entry.n_bytes {
            let path = format!("/api/nines/v1/store/blocks/{}?offset={offset}", entry.name);
            let Some(piece) = self.client.bytes(&path)? else { return Ok(false) };
            if piece.is_empty() {
                break;
            }
            file.write_at(offset, &piece).map_err(write_failed)?;
            offset += piece.len() as u64;
        }
        Ok(true)
    }
}

impl Source for ServerSource<'_> {
    fn entries(&mut self) -> Result<Vec<Entry>, ExportError> {
        let listed = self.client.get("/api/nines/v1/store/blocks")?;
        let number = |item: &serde_json::Value, name: &str| item[name].as_u64().unwrap_or(0);
        let items = listed["items"].as_array().into_iter().flatten();
        let entry = |item: &serde_json::Value| Entry {
            name: item["name"].as_str().unwrap_or_default().to_owned(),
            n_bytes: number(item, "bytes"),
            starts: Some(Bounds { min_us: number(item, "firstStartUs"), max_us: number(item, "lastStartUs") }),
        };
        Ok(items.map(entry).collect())
    }

    fn part(&mut self, entry: &Entry) -> Result<Option<Part>, ExportError> {
        if !self.fetch(entry)? {
            return Ok(None);
        }
        Part::open_block(self.vfs.clone(), &self.scratch(entry)).map(Some).map_err(ExportError::Read)
    }

    fn done(&mut self, entry: &Entry) {
        let _ = self.vfs.remove(&self.scratch(entry));
    }
}
