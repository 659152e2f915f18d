//! What a server is made of, put together in one place, top to bottom.

use crate::cli::Trouble;
use crate::config::{DiskMax, ServeConfig, StorageKind};
use crate::definitions;
use crate::messages::Say;
use crate::{COMMIT, VERSION};
use anyhow::Context as _;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use nines_api::{App, Colors, Settings};
use nines_base::vfs::RealVfs;
use nines_base::lang::Message;
use nines_base::{Clock, DurationUs, Lang, SystemClock};
use nines_collect::admit::IN_FLIGHT_BYTES_MAX;
use nines_collect::sli::{Follower, Judge};
use nines_collect::timeline::News;
use nines_collect::{Collector, Timeline};
use nines_engine::Engine;
use nines_ledger::{Ledger, NewEvent, SqliteLedger};
use nines_slo::model::Definitions;
use nines_slo::openslo::{self, Mode, Severity, SourceFile};
use nines_storage::{MemStore, SpanFeed, SpanStore};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tower::ServiceExt;

/// Name of the ledger's file in the data directory.
const LEDGER_FILE: &str = "ledger.sqlite";

/// Spans a server without a disk keeps (Zipkin's own default).
const MEM_SPANS_MAX: usize = 500_000;

/// Largest answer taken from the router in this process.
const LOCAL_ANSWER_BYTES_MAX: usize = 256 << 20;

/// A server, assembled but not yet listening.
pub struct Server {
    /// Every path, ready to serve.
    pub router: Router,
    /// What the handlers share.
    pub app: Arc<App>,
    engine: Option<Arc<Engine>>,
    follower: Option<Follower>,
    folders: Vec<PathBuf>,
    /// What became of the definitions at the start; written once the server really starts.
    first_events: Vec<NewEvent>,
}

/// Where definitions come from: files on disk, or texts in the program (the demo's).
pub enum DefinitionSource {
    /// Folders, watched.
    Folders(Vec<PathBuf>),
    /// Files by name and text.
    Texts(&'static [(&'static str, &'static str)]),
}

impl Server {
    /// Puts a server together: store, ledger, definitions, counting, collector, API.
    pub fn open(config: &ServeConfig, source: DefinitionSource, lang: Lang) -> Result<Server, Trouble> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let parts = Stores::open(config, clock.clone(), lang)?;
        let timeline = Timeline::default();
        timeline.follow(&*parts.ledger);
        let internal = |error: anyhow::Error| Trouble::internal(lang, &error);

        // Counting starts with what was in force; the files are read after, so that a bad set is an event.
        let judge = Judge::open(parts.feed, parts.ledger.clone(), clock.clone(), timeline.clone(), Definitions::default())
            .context("taking up counting")
            .map_err(internal)?;
        let judge = Arc::new(judge);
        let collector = Arc::new(Collector::new(parts.store.clone(), clock.clone(), IN_FLIGHT_BYTES_MAX));
        let colors = Colors::load(parts.ledger.clone()).context("reading colours").map_err(internal)?;
        let app = Arc::new(App {
            store: parts.store,
            collector,
            judge,
            ledger: parts.ledger,
            timeline,
            colors,
            settings: settings(config, &source, &*clock),
            clock,
            many_services: AtomicBool::new(false),
        });
        let folders = match &source {
            DefinitionSource::Folders(folders) => folders.clone(),
            DefinitionSource::Texts(_) => Vec::new(),
        };
        let mut server = Server {
            router: nines_api::router(app.clone()),
            app,
            engine: parts.engine,
            follower: None,
            folders,
            first_events: Vec::new(),
        };
        let event = match source {
            DefinitionSource::Folders(_) => server.read_definitions(lang)?,
            DefinitionSource::Texts(texts) => server.put_in_force(&as_files(texts), lang),
        };
        server.first_events.push(event);
        Ok(server)
    }

    /// A server on a data directory that no other holds, to be asked in this process. Nothing is counted.
    pub fn open_for_reading(data: &Path, lang: Lang) -> Result<Server, Trouble> {
        let (low, _) = crate::config::Low::gather(None, &|_| None, &[]);
        let defaults = ServeConfig::read(&low).map_err(|_| Trouble::internal(lang, &anyhow::anyhow!("defaults")))?;
        if !data.is_dir() {
            let fact = Say::NoSuchPath { path: data.display().to_string() };
            return Err(Trouble::new(lang, fact, Say::StoreNeedsDataHint));
        }
        let folders = defaults.definitions.clone();
        let config = ServeConfig { data: data.to_owned(), ..defaults };
        let server = Server::open(&config, DefinitionSource::Folders(folders), lang)?;
        while server.app.judge.count().context("counting").map_err(|error| Trouble::internal(lang, &error))? {}
        Ok(server)
    }

    /// Asks the router in this process.
    pub async fn ask(&self, path: &str, lang: Lang) -> (u16, Vec<u8>) {
        let request = Request::get(path).header("accept-language", lang.tag()).body(Body::empty());
        let Ok(request) = request else { return (400, Vec::new()) };
        // A router answers every request; its error type has no values.
        let Ok(response) = self.router.clone().oneshot(request).await;
        let status = response.status().as_u16();
        let body = axum::body::to_bytes(response.into_body(), LOCAL_ANSWER_BYTES_MAX).await;
        (status, body.map(|bytes| bytes.to_vec()).unwrap_or_default())
    }

    /// Starts counting. `failed` is called where it cannot go on.
    pub fn start_counting(&mut self, failed: impl FnOnce(anyhow::Error) + Send + 'static) -> anyhow::Result<()> {
        let collector = self.app.collector.clone();
        let follower = Follower::start(
            self.app.judge.clone(),
            move || collector.took_all(),
            move |error| failed(anyhow::Error::new(error)),
        );
        self.follower = Some(follower.context("starting the counting thread")?);
        let event = NewEvent {
            at: self.app.clock.now(),
            kind: "server.started".into(),
            payload: json!({ "version": VERSION }).to_string(),
            ..NewEvent::default()
        };
        self.first_events.push(event);
        self.app.ledger.append(&self.first_events).context("writing the first events")?;
        Ok(())
    }

    /// Reads the definition folders again; a bad set leaves the last good one in force.
    pub fn reload_definitions(&self, lang: Lang) -> Result<(), Trouble> {
        let event = self.read_definitions(lang)?;
        let written = self.app.ledger.append(&[event]).context("noting the definitions");
        written.map(|_| ()).map_err(|error| Trouble::internal(lang, &error))
    }

    fn read_definitions(&self, lang: Lang) -> Result<NewEvent, Trouble> {
        let files = definitions::read_all(&self.folders).map_err(|error| {
            let fact = Say::CannotRead { path: error.path.display().to_string(), reason: error.source.to_string() };
            Trouble::new(lang, fact, Say::CannotReadHint)
        })?;
        Ok(self.put_in_force(&files, lang))
    }

    fn put_in_force(&self, files: &[SourceFile], lang: Lang) -> NewEvent {
        let loaded = openslo::load(files, Mode::Spec);
        let errors = loaded.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        if errors > 0 {
            for finding in &loaded.findings {
                tracing::warn!("{}", finding.render(lang).replace('\n', "; "));
            }
            tracing::warn!("{}", Say::DefinitionsRefused { errors }.text(lang));
        }
        self.app.judge.load(loaded.definitions, loaded.findings, errors == 0)
    }

    /// The folders of definitions, to be watched.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Drops what has outlived its keep.
    pub fn retain(&self, config: &ServeConfig) {
        let Some(engine) = &self.engine else { return };
        let disk_max_bytes = match config.disk_max {
            DiskMax::Bytes(bytes) => bytes,
            DiskMax::Percent(percent) => disk_share(&config.data, percent),
        };
        if let Err(error) = engine.retain(self.app.clock.now(), config.retention, disk_max_bytes) {
            tracing::warn!(%error, "retention failed");
        }
    }

    /// Ends well: counts what is left, makes everything durable, lets go of the files.
    pub fn close(mut self) -> anyhow::Result<()> {
        self.app.timeline.tell(News::Bye);
        if let Some(follower) = self.follower.take() {
            follower.stop();
        }
        self.app.store.close().context("closing the store")?;
        self.app.ledger.checkpoint().context("closing the ledger")
    }

    /// Ends a server opened for reading.
    pub fn close_reading(&self) {
        if let Err(error) = self.app.store.close() {
            tracing::warn!(%error, "closing the store");
        }
    }
}

fn as_files(texts: &[(&str, &str)]) -> Vec<SourceFile> {
    texts.iter().map(|(name, text)| SourceFile { name: (*name).to_owned(), bytes: text.as_bytes().to_vec() }).collect()
}

/// The stores of one installation.
struct Stores {
    store: Arc<dyn SpanStore>,
    feed: Arc<dyn SpanFeed>,
    engine: Option<Arc<Engine>>,
    ledger: Arc<dyn Ledger>,
}

impl Stores {
    fn open(config: &ServeConfig, clock: Arc<dyn Clock>, lang: Lang) -> Result<Stores, Trouble> {
        let internal = |error: anyhow::Error| Trouble::internal(lang, &error);
        match config.storage {
            StorageKind::Mem => {
                let store = Arc::new(MemStore::new(MEM_SPANS_MAX));
                let ledger = SqliteLedger::in_memory().context("opening the ledger").map_err(internal)?;
                Ok(Stores { store: store.clone(), feed: store, engine: None, ledger: Arc::new(ledger) })
            }
            StorageKind::Embedded => {
                let engine_config = nines_engine::Config::for_memory(config.memory_bytes);
                let engine = Engine::open(Arc::new(RealVfs), &config.data, engine_config, clock)
                    .map_err(|error| open_trouble(&error, lang))?;
                let engine = Arc::new(engine);
                engine.register(nines_collect::sli::CONSUMER);
                let ledger = SqliteLedger::open(&config.data.join(LEDGER_FILE));
                let ledger = ledger.context("opening the ledger").map_err(internal)?;
                Ok(Stores { store: engine.clone(), feed: engine.clone(), engine: Some(engine), ledger: Arc::new(ledger) })
            }
        }
    }
}

fn open_trouble(error: &nines_engine::OpenError, lang: Lang) -> Trouble {
    Trouble {
        exit: crate::cli::Exit::Trouble,
        place: None,
        fact: error.fact(lang),
        hint: Some(error.hint(lang)),
    }
}

fn settings(config: &ServeConfig, source: &DefinitionSource, clock: &dyn Clock) -> Settings {
    let folders = match source {
        DefinitionSource::Folders(folders) => folders.iter().map(|folder| folder.display().to_string()).collect(),
        DefinitionSource::Texts(_) => Vec::new(),
    };
    let storage = match config.storage {
        StorageKind::Embedded => "embedded",
        StorageKind::Mem => "mem",
    };
    Settings {
        strict_trace_id: config.strict_trace_id,
        query_lookback: config.query_lookback,
        retention: config.retention,
        storage: storage.to_owned(),
        listen: [Some(config.listen), config.otlp_http].into_iter().flatten().map(|address| address.to_string()).collect(),
        data_dir: config.data.display().to_string(),
        definitions: folders,
        version: VERSION,
        commit: COMMIT,
        started_at: clock.now(),
    }
}

/// A share of the disk that the data directory is on; everything where it cannot be told.
fn disk_share(data: &Path, percent: u8) -> u64 {
    match nines_base::vfs::disk_size(data) {
        Ok(total_bytes) => total_bytes / 100 * u64::from(percent),
        Err(error) => {
            tracing::warn!(%error, "the size of the disk is not known; only age limits what is kept");
            u64::MAX
        }
    }
}

/// How often retention looks.
pub const RETAIN_EVERY: DurationUs = DurationUs::from_secs(60);
