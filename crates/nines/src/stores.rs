//! The stores of one installation: spans and events, opened together from the configuration.

use crate::cli::{Exit, Trouble};
use crate::config::{DiskMax, ServeConfig, StorageKind};
use crate::disk;
use crate::evidence::Evidence;
use crate::messages::Say;
use crate::open_files;
use anyhow::Context as _;
use nines_api::Keep;
use nines_base::lang::Message;
use nines_base::{Clock, Lang, Timestamp};
use nines_collect::sli::CONSUMER;
use nines_engine::damage::damage_text;
use nines_engine::{Config, Engine, HistogramFiles, OpenError, real_vfs};
use nines_ledger::{Ledger, SqliteLedger};
use nines_storage::{Histograms, MemStore, SpanFeed, SpanFiles, SpanStore};
use std::path::Path;
use std::sync::Arc;

/// Name of the ledger's file in the data directory.
pub const LEDGER_FILE: &str = "ledger.sqlite";

/// One in so many of the files that may be open is a block's; connections need the others.
const BLOCK_FILES_SHARE: u64 = 4;

/// Spans and events.
pub struct Stores {
    /// Spans, as they are written and read.
    pub spans: Arc<dyn SpanStore>,
    /// Spans, as consumers follow them.
    pub feed: Arc<dyn SpanFeed>,
    /// Events and cells.
    pub ledger: Arc<dyn Ledger>,
    /// The store on disk, where there is one.
    engine: Option<Arc<Engine>>,
    /// What is left of spans when they are gone, where that can be kept.
    pub histograms: Option<Arc<dyn Histograms>>,
    /// Traces that outlive retention.
    evidence: Evidence,
}

impl Stores {
    /// Opens what the configuration names.
    pub fn open(config: &ServeConfig, clock: Arc<dyn Clock>, lang: Lang) -> Result<Stores, Trouble> {
        match config.storage {
            StorageKind::Mem => Stores::in_memory(config, &*clock, lang),
            StorageKind::Embedded => Stores::on_disk(config, clock, lang),
        }
    }

    fn in_memory(config: &ServeConfig, clock: &dyn Clock, lang: Lang) -> Result<Stores, Trouble> {
        let generation = u64::try_from(clock.now().0 / 1_000_000).unwrap_or(1).max(1);
        let store = Arc::new(MemStore::new(config.mem_max_spans, generation, &[CONSUMER]).sampled(config.sampler));
        let ledger = SqliteLedger::in_memory().context("opening the ledger");
        let ledger = Arc::new(ledger.map_err(|error| Trouble::internal(lang, &error))?);
        Ok(Stores {
            spans: store.clone(),
            feed: store,
            ledger,
            engine: None,
            histograms: None,
            evidence: Evidence::default(),
        })
    }

    fn on_disk(config: &ServeConfig, clock: Arc<dyn Clock>, lang: Lang) -> Result<Stores, Trouble> {
        let engine_config = Config {
            sampler: config.sampler,
            recall: nines_slo::count::HORIZON,
            consumers: vec![CONSUMER.to_owned()],
            holder: format!("process {}, http://{}", std::process::id(), config.listen),
            block_files_max: usize::try_from(open_files::raise_limit() / BLOCK_FILES_SHARE).unwrap_or(usize::MAX),
            ..Config::for_memory(config.memory_bytes)
        };
        let engine = Engine::open(real_vfs(), &config.data, engine_config, clock);
        let engine = engine.map_err(|error| trouble(&error, lang))?;
        let engine = Arc::new(engine);
        for error in engine.damage() {
            tracing::warn!("{}", damage_text(&error, lang));
        }
        if let Some(place) = engine.torn_end() {
            tracing::info!("{}", Say::TornEnd { place }.text(lang));
        }
        let ledger = SqliteLedger::open(&config.data.join(LEDGER_FILE)).context("opening the ledger");
        let ledger = Arc::new(ledger.map_err(|error| Trouble::internal(lang, &error))?);
        let histograms = open_histograms(&config.data, lang);
        Ok(Stores {
            spans: engine.clone(),
            feed: engine.clone(),
            ledger,
            engine: Some(engine),
            histograms,
            evidence: Evidence::default(),
        })
    }

    /// The files of the store on disk, where there is one.
    pub fn files(&self) -> Option<Arc<dyn SpanFiles>> {
        self.engine.clone().map(|engine| engine as Arc<dyn SpanFiles>)
    }

    /// Drops spans that have outlived their keep, but for those that decisions cite.
    pub fn retain(&self, keep: Keep, now: Timestamp) {
        let Some(engine) = &self.engine else { return };
        let pins = match self.evidence.pins(&*self.ledger, now) {
            Ok(pins) => pins,
            // What is not known to be cited must not go for that.
            Err(error) => return tracing::warn!(%error, "retention waits: what decisions cite cannot be read"),
        };
        if let Err(error) = engine.retain(now, Some(keep.max_age), keep.max_bytes, &pins) {
            tracing::warn!(%error, "retention failed");
        }
    }
}

/// The histograms of a data directory that is taken. Spans are served without, too.
fn open_histograms(data: &Path, lang: Lang) -> Option<Arc<dyn Histograms>> {
    let files = match HistogramFiles::open(real_vfs(), data) {
        Ok(files) => files,
        Err(error) => {
            tracing::warn!("no history is kept: {}", damage_text(&error, lang));
            return None;
        }
    };
    for error in files.damage() {
        tracing::warn!("{}", damage_text(&error, lang));
    }
    for place in files.torn_ends() {
        tracing::info!("{}", Say::TornEnd { place }.text(lang));
    }
    Some(Arc::new(files))
}

/// How much a configuration keeps; its share of the disk is that of the disk's present size.
pub fn keep(config: &ServeConfig) -> Keep {
    let max_bytes = match config.disk_max {
        DiskMax::Bytes(bytes) => Some(bytes),
        DiskMax::Percent(percent) => match disk::total_bytes(&config.data) {
            Ok(total_bytes) => Some(total_bytes / 100 * u64::from(percent)),
            Err(error) => {
                tracing::warn!(%error, "the size of the disk is not known; only age limits what is kept");
                None
            }
        },
    };
    Keep { max_age: config.retention, max_bytes }
}

/// A data directory that was not opened, as the command line ends with it.
pub fn trouble(error: &OpenError, lang: Lang) -> Trouble {
    Trouble { exit: Exit::Trouble, place: None, fact: error.fact.text(lang), hint: Some(error.hint.text(lang)) }
}
