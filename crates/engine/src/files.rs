//! Blocks as files, for whoever copies them: listed, read in pieces, and made of what is in memory.

use crate::catalog::Catalog;
use crate::config::SEALED_GENERATIONS_MAX;
use crate::directory::{block_name, parse_block_name};
use crate::engine::Inner;
use nines_storage::{BlockFile, StoreError};
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

/// How long to wait for blocks of what was sealed: the segments of two shards are written in a second.
const SEAL_PATIENCE: Duration = Duration::from_secs(20);

/// How often to look meanwhile.
const SEAL_LOOK: Duration = Duration::from_millis(20);

impl Inner {
    /// See [`nines_storage::SpanFiles::blocks`].
    pub(crate) fn block_files(&self) -> Vec<BlockFile> {
        let file = |block: &Arc<crate::block::Block>| BlockFile {
            name: block_name(block.id()),
            n_spans: block.footer().n_rows,
            n_bytes: block.len_bytes,
            start_us: block.footer().start_us,
            arrived: block.footer().arrived,
        };
        self.catalogs.now().blocks.iter().map(file).collect()
    }

    /// See [`nines_storage::SpanFiles::read_block`].
    pub(crate) fn read_block_file(
        &self,
        name: &str,
        offset: u64,
        n_bytes_max: usize,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(id) = parse_block_name(&format!("{name}.blk")) else { return Ok(None) };
        let catalog = self.catalogs.now();
        let Some(block) = catalog.block(id) else { return Ok(None) };
        let n_bytes = block.len_bytes.saturating_sub(offset).min(n_bytes_max as u64);
        let mut bytes = vec![0; n_bytes as usize];
        let read = self.vfs.open(block.path()).and_then(|file| file.read_exact_at(offset, &mut bytes));
        match read {
            Ok(()) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => {
                let step = format!("read block {}", block.path().display());
                Err(StoreError::Io { step, source: Arc::new(source) })
            }
        }
    }

    /// Seals what is open, so that its blocks will be written.
    pub(crate) fn seal(&self) {
        self.rotate(&mut self.open.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// See [`nines_storage::SpanFiles::seal`].
    pub(crate) fn seal_and_wait(&self) -> Result<bool, StoreError> {
        self.health.check()?;
        // As for senders: what is sealed waits in memory, and more than so much must not.
        if self.catalogs.now().n_generations() > SEALED_GENERATIONS_MAX {
            return Ok(false);
        }
        let sealed_before = {
            let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
            self.rotate(&mut open);
            open.generation
        };
        let is_written = |catalog: &Catalog| catalog.lives.iter().all(|live| live.generation >= sealed_before);
        let deadline = Instant::now() + SEAL_PATIENCE;
        while !is_written(&self.catalogs.now()) {
            self.health.check()?;
            if Instant::now() > deadline {
                return Ok(false);
            }
            if self.config.threads {
                std::thread::sleep(SEAL_LOOK);
            } else {
                self.commit_turn(false);
                while self.block_turn(false) {}
            }
        }
        Ok(true)
    }
}
