//! The stores of one installation: spans and events, opened together from the configuration.

use crate::cli::{Exit, Trouble};
use crate::config::{DiskMax, ServeConfig, StorageKind};
use crate::disk;
use anyhow::Context as _;
use nines_base::vfs::RealVfs;
use nines_base::lang::Message;
use nines_base::{Clock, Lang, Timestamp};
use nines_collect::sli::CONSUMER;
use nines_ledger::{Ledger, SqliteLedger};
use nines_storage::{MemStore, SpanFeed, SpanStore};
use std::path::Path;
use std::sync::Arc;

/// Name of the ledger's file in the data directory.
const LEDGER_FILE: &str = "ledger.sqlite";

/// Spans a server without a disk keeps (Zipkin's own default).
const MEM_SPANS_MAX: usize = 500_000;

/// Spans and events.
pub struct Stores {
    /// Spans, as they are written and read.
    pub spans: Arc<dyn SpanStore>,
    /// Spans, as consumers follow them.
    pub feed: Arc<dyn SpanFeed>,
    /// Events and cells.
    pub ledger: Arc<dyn Ledger>,
    /// The store on disk, where there is one.
    engine: Option<()>,
}

impl Stores {
    /// Opens what the configuration names.
    pub fn open(config: &ServeConfig, clock: Arc<dyn Clock>, lang: Lang) -> Result<Stores, Trouble> {
        match config.storage {
            StorageKind::Mem => Stores::in_memory(&*clock, lang),
            StorageKind::Embedded => Stores::in_memory(&*clock, lang),
        }
    }

    fn in_memory(clock: &dyn Clock, lang: Lang) -> Result<Stores, Trouble> {
        let generation = u64::try_from(clock.now().0 / 1_000_000).unwrap_or(1).max(1);
        let store = Arc::new(MemStore::new(MEM_SPANS_MAX, generation, &[CONSUMER]));
        let ledger = SqliteLedger::in_memory().context("opening the ledger");
        let ledger = Arc::new(ledger.map_err(|error| Trouble::internal(lang, &error))?);
        Ok(Stores { spans: store.clone(), feed: store, ledger, engine: None })
    }

    /// Drops spans that have outlived their keep.
    pub fn retain(&self, config: &ServeConfig, now: Timestamp) {
    }
}

/// A share of the disk that the data directory is on; everything where it cannot be told.
fn disk_share(data: &Path, percent: u8) -> u64 {
    match disk::total_bytes(data) {
        Ok(total_bytes) => total_bytes / 100 * u64::from(percent),
        Err(error) => {
            tracing::warn!(%error, "the size of the disk is not known; only age limits what is kept");
            u64::MAX
        }
    }
}

/// What `nines store check` found.
pub struct FileReport {
    /// Files read.
    pub files: usize,
    /// Spans in them.
    pub spans: u64,
    /// Events of the ledger.
    pub events: u64,
    /// Each damage with its place.
    pub damage: Vec<String>,
}

/// Reads every file of a data directory that no server holds.
pub fn check_files(data: &Path, lang: Lang) -> Result<FileReport, Trouble> {
    let mut damage: Vec<String> = Vec::new(); let mut checked = FileReport { files: 0, spans: 0, events: 0, damage: Vec::new() };let _ = lang;
    let file = data.join(LEDGER_FILE);
    if file.exists() {
        checked.files += 1;
        let chain = SqliteLedger::open(&file).and_then(|ledger| ledger.verify());
        match chain {
            Ok(chain) => {
                checked.events = chain.events;
                damage.extend(chain.first_fault.map(|fault| format!("{}: {}", file.display(), fault.text(lang))));
            }
            Err(error) => damage.push(error.to_string()),
        }
    }
    checked.damage = damage;
    Ok(checked)
}
