//! What a server is made of, put together in one place, top to bottom.

use crate::asked_sources::AskedSources;
use crate::cli::Trouble;
use crate::config::{MetricsConfig, ServeConfig, StorageKind};
use crate::definitions::{Chosen, DefinitionSet, DefinitionSource, warn_of};
#[cfg(target_os = "linux")]
use crate::host_traffic::{HostRules, JournalFollower};
use crate::listen::CONNECTIONS_MAX;
use crate::messages::Say;
use crate::metrics_push::MetricsPush;
use crate::notifications::Notifications;
use crate::stores::{self, Stores};
use crate::{COMMIT, VERSION};
use anyhow::Context as _;
use axum::body::Body;
use axum::http::Request;
use nines_api::{
    App, Colors, DeploymentReviews, Drawings, Evidence, ExportState, Front, HostTraffic, Keep, Recent, Reporter,
    Settings, ToilBook, Tracer,
};
use nines_base::{Clock, DurationUs, Lang, SystemClock};
use nines_collect::admit::in_flight_bytes_max;
use nines_collect::sli::asking::{Asker, AskingThread};
use nines_collect::sli::history::History;
use nines_collect::sli::{Follower, Judge};
use nines_collect::timeline::News;
use nines_collect::{Collector, Timeline};
use nines_ledger::NewEvent;
use nines_notify::github::ProtectionRule;
use nines_notify::otlp::MetricsCollector;
use nines_slo::openslo::Finding;
use serde_json::json;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Largest answer that is asked for in this process.
const LOCAL_ANSWER_BYTES_MAX: usize = 256 << 20;

/// A server, assembled but not yet listening.
pub struct Server {
    /// Everything, ready to serve.
    pub front: Arc<Front>,
    /// What the handlers share.
    pub app: Arc<App>,
    stores: Stores,
    follower: Option<Follower>,
    asking: Option<AskingThread>,
    notifications: Arc<Notifications>,
    /// Where metrics are pushed, and what pushes them.
    metrics: Option<MetricsConfig>,
    pushing: Option<MetricsPush>,
    /// What appends netd's journal to the timeline.
    #[cfg(target_os = "linux")]
    journal: Option<JournalFollower>,
    /// Where netd listens, where it may be asked.
    #[cfg(target_os = "linux")]
    netd: Option<PathBuf>,
    /// Stores spans of our own, where there are any.
    reporter: Option<Reporter>,
    folders: Vec<PathBuf>,
    /// Whether the store knows of every span that came, so that new objectives have a past.
    keeps_every_span: bool,
    /// What became of the definitions at the start; written once the server really starts.
    first_events: Vec<NewEvent>,
}

impl Server {
    /// Puts a server together that may serve.
    pub fn open(config: &ServeConfig, source: DefinitionSource, lang: Lang) -> Result<Server, Trouble> {
        Server::assemble(config, source, |config| Some(stores::keep(config)), lang)
    }

    /// Store, ledger, definitions, counting, collector, API. `keep` is asked once the data directory is there.
    fn assemble(
        config: &ServeConfig,
        source: DefinitionSource,
        keep: fn(&ServeConfig) -> Option<Keep>,
        lang: Lang,
    ) -> Result<Server, Trouble> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let stores = Stores::open(config, clock.clone(), lang)?;
        let timeline = Timeline::default();
        timeline.follow(&*stores.ledger);
        let internal = |error: anyhow::Error| Trouble::internal(lang, &error);

        let chosen = Chosen::at_start(&source, &*stores.ledger, lang)?;
        let judge = Judge::open(
            stores.feed.clone(),
            stores.ledger.clone(),
            clock.clone(),
            timeline.clone(),
            chosen.in_force.definitions,
        );
        let judge = judge.context("taking up counting").map_err(internal)?;
        let first_events = vec![judge.note(chosen.in_force.findings, chosen.refused)];
        let judge = Arc::new(judge);
        let in_flight_bytes_max = in_flight_bytes_max(config.memory_bytes);
        let collector = Collector::new(stores.spans.clone(), clock.clone(), in_flight_bytes_max);
        let collector = Arc::new(collector.sampled(config.sampler));
        let tracer = config.self_tracing.map(|tracing| Arc::new(Tracer::new(tracing, clock.clone())));
        let reporter = tracer.clone().map(|tracer| Reporter::start(tracer, collector.clone())).transpose();
        let reporter = reporter.context("starting the thread of the server's own spans").map_err(internal)?;
        let colors = Colors::load(stores.ledger.clone()).context("reading colours").map_err(internal)?;
        let notifications = Arc::new(Notifications::new(
            config.notify.clone(),
            config.notify_defaults.clone(),
            stores.ledger.clone(),
            judge.clone(),
            lang,
            page_address(config.listen),
        ));
        let asked = Arc::new(AskedSources::new(config.sources.clone()));
        let sources = Arc::new(Asker::new(judge.clone(), asked));
        let app = Arc::new(App {
            store: stores.spans.clone(),
            files: stores.files(),
            histograms: stores.histograms.clone(),
            collector,
            judge,
            ledger: stores.ledger.clone(),
            evidence: Evidence::default(),
            toil: ToilBook::default(),
            recent: Recent::default(),
            github: github(config),
            traffic: host_rules(config),
            timeline,
            colors,
            settings: settings(config, &source, keep(config), &*clock),
            clock,
            requests: Arc::default(),
            notify: notifications.clone(),
            sources,
            tracer,
            metrics_export: config.metrics.as_ref().map(|_| ExportState::default()),
            drawings: Drawings::default(),
            many_services: AtomicBool::new(false),
        });
        let folders = match &source {
            DefinitionSource::Folders(folders) => folders.clone(),
            DefinitionSource::Texts(_) | DefinitionSource::LastGood => Vec::new(),
        };
        let front = Arc::new(nines_api::front(app.clone(), config.doors));
        let keeps_every_span = config.sampler.is_none();
        Ok(Server {
            front,
            app,
            stores,
            follower: None,
            asking: None,
            notifications,
            metrics: config.metrics.clone(),
            pushing: None,
            #[cfg(target_os = "linux")]
            journal: None,
            #[cfg(target_os = "linux")]
            netd: config.netd.clone(),
            reporter,
            folders,
            keeps_every_span,
            first_events,
        })
    }

    /// A server on a data directory that no other holds, to be asked in this process. Nothing is counted.
    pub fn open_for_reading(data: &Path, lang: Lang) -> Result<Server, Trouble> {
        let (low, _) = crate::config::Low::gather(None, &|_| None, &[]);
        let defaults = ServeConfig::read(&low).map_err(|_| Trouble::internal(lang, &anyhow::anyhow!("defaults")))?;
        if !data.is_dir() {
            let fact = Say::NoSuchPath { path: data.display().to_string() };
            return Err(Trouble::new(lang, fact, Say::StoreNeedsDataHint));
        }
        let config = ServeConfig { data: data.to_owned(), ..defaults };
        let server = Server::assemble(&config, DefinitionSource::LastGood, |_| None, lang)?;
        while !server.app.judge.count().context("counting").map_err(|error| Trouble::internal(lang, &error))?.is_up {}
        Ok(server)
    }

    /// Asks it in this process.
    pub async fn ask(&self, path: &str, lang: Lang) -> (u16, Vec<u8>) {
        let request = Request::get(path).header("accept-language", lang.tag()).body(Body::empty());
        let Ok(request) = request else { return (400, Vec::new()) };
        let response = self.front.answer(request, None).await;
        let status = response.status().as_u16();
        let body = axum::body::to_bytes(response.into_body(), LOCAL_ANSWER_BYTES_MAX).await;
        (status, body.map(|bytes| bytes.to_vec()).unwrap_or_default())
    }

    /// Writes to it in this process, as from this machine.
    pub async fn send(&self, path: &str, body: &[u8], lang: Lang) -> (u16, Vec<u8>) {
        let request = Request::post(path)
            .header("accept-language", lang.tag())
            .header("content-type", "application/json")
            .header("host", "localhost")
            .body(Body::from(body.to_vec()));
        let Ok(request) = request else { return (400, Vec::new()) };
        let here = SocketAddr::from(([127, 0, 0, 1], 0));
        let response = self.front.answer(request, Some(here)).await;
        let status = response.status().as_u16();
        let body = axum::body::to_bytes(response.into_body(), LOCAL_ANSWER_BYTES_MAX).await;
        (status, body.map(|bytes| bytes.to_vec()).unwrap_or_default())
    }

    /// Starts counting. `failed` is called where it cannot go on.
    pub fn start_counting(&mut self, failed: impl FnOnce(anyhow::Error) + Send + 'static) -> anyhow::Result<()> {
        // Before anything can fire, so that a target that is new hears of the first alert.
        self.notifications.start(self.app.clock.clone()).context("starting notifications")?;
        let collector = self.app.collector.clone();
        self.know_past()?;
        let follower = Follower::start(
            self.app.judge.clone(),
            move || collector.took_all(),
            move |error| failed(anyhow::Error::new(error)),
        );
        self.follower = Some(follower.context("starting the counting thread")?);
        let asking = AskingThread::start(self.app.sources.clone());
        self.asking = Some(asking.context("starting the thread that asks data sources")?);
        if let Some(metrics) = self.metrics.take() {
            let collector =
                MetricsCollector::new(&metrics.url, metrics.key.as_ref()).context("the collector of metrics")?;
            let pushing = MetricsPush::start(self.app.clone(), collector, metrics.every);
            self.pushing = Some(pushing.context("starting the thread that pushes metrics")?);
        }
        #[cfg(target_os = "linux")]
        if let Some(socket) = self.netd.take() {
            let journal = JournalFollower::start(socket, self.app.ledger.clone());
            self.journal = Some(journal.context("starting the thread that reads netd's journal")?);
        }
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

    /// Has new objectives told of the time before them, where the store knows it.
    fn know_past(&self) -> anyhow::Result<()> {
        let judge = &self.app.judge;
        if !self.keeps_every_span {
            return judge.note_share().context("noting that a share of traces is kept");
        }
        if let Some(histograms) = &self.stores.histograms {
            let history = History::new(self.stores.spans.clone(), histograms.clone());
            judge.keep_history(history).context("reading since when every span is kept")?;
        }
        judge.know_past().context("reading which objectives are new")
    }

    /// Reads the definition folders again; a bad set leaves the last good one in force.
    pub fn reload_definitions(&self, lang: Lang) -> Result<(), Trouble> {
        let internal = |error: anyhow::Error| Trouble::internal(lang, &error);
        let event = match DefinitionSet::read(&self.folders) {
            Ok(mut set) if set.is_usable() => {
                set.keep(&*self.app.ledger).context("keeping the definitions").map_err(internal)?;
                self.app.judge.load(set.loaded.definitions, set.loaded.findings)
            }
            Ok(set) => self.refuse(set.loaded.findings, lang),
            Err(error) => self.refuse(vec![error.finding()], lang),
        };
        let written = self.app.ledger.append(&[event]).context("noting the definitions");
        written.map(|_| ()).map_err(internal)
    }

    fn refuse(&self, findings: Vec<Finding>, lang: Lang) -> NewEvent {
        warn_of(&findings, lang);
        self.app.judge.refuse(findings)
    }

    /// The folders of definitions, to be watched.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Drops what has outlived its keep.
    pub fn retain(&self, config: &ServeConfig) {
        self.stores.retain(stores::keep(config), self.app.clock.now());
    }

    /// Ends well: counts what is left, makes everything durable, lets go of the files.
    pub fn close(mut self) -> anyhow::Result<()> {
        self.app.timeline.tell(News::Bye);
        // Before the counting ends: what is left of our own spans is counted too.
        drop(self.reporter.take());
        // Before the counting ends, so that its last commit has what was answered.
        drop(self.asking.take());
        if let Some(follower) = self.follower.take() {
            follower.stop();
        }
        drop(self.pushing.take());
        #[cfg(target_os = "linux")]
        drop(self.journal.take());
        self.notifications.stop();
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

/// GitHub's side of a deployment protection rule, over HTTPS.
struct Reviews(ProtectionRule);

impl DeploymentReviews for Reviews {
    fn is_genuine(&self, signature: &str, body: &[u8]) -> bool {
        self.0.is_genuine(signature, body)
    }

    fn review(&self, callback_url: &str, body: &str) -> Result<(), String> {
        self.0.review(callback_url, body)
    }
}

fn github(config: &ServeConfig) -> Option<Arc<dyn DeploymentReviews>> {
    let github = config.github.as_ref()?;
    let rule = ProtectionRule::new(&github.secret, github.token_file.clone(), github.allow_private);
    Some(Arc::new(Reviews(rule)))
}

#[cfg(target_os = "linux")]
fn host_rules(config: &ServeConfig) -> Option<Arc<dyn HostTraffic>> {
    let socket = config.netd.clone()?;
    Some(Arc::new(HostRules::new(socket)))
}

/// Elsewhere there are no such rules.
#[cfg(not(target_os = "linux"))]
fn host_rules(_: &ServeConfig) -> Option<Arc<dyn HostTraffic>> {
    None
}

fn settings(config: &ServeConfig, source: &DefinitionSource, keep: Option<Keep>, clock: &dyn Clock) -> Settings {
    let folders = match source {
        DefinitionSource::Folders(folders) => folders.iter().map(|folder| folder.display().to_string()).collect(),
        DefinitionSource::Texts(_) | DefinitionSource::LastGood => Vec::new(),
    };
    let storage = match config.storage {
        StorageKind::Embedded => "embedded",
        StorageKind::Mem => "mem",
    };
    Settings {
        strict_trace_id: config.strict_trace_id,
        query_lookback: config.query_lookback,
        zipkin: config.zipkin.clone(),
        keep,
        memory_bytes: config.memory_bytes,
        connections_max: CONNECTIONS_MAX,
        storage: storage.to_owned(),
        listen: [config.otlp_http, config.otlp_grpc]
            .into_iter()
            .flatten()
            .fold(vec![config.listen], |all, door| [all, vec![door.address]].concat())
            .iter()
            .map(|address| address.to_string())
            .collect(),
        instance: instance(config.listen),
        data_dir: config.data.display().to_string(),
        definitions: folders,
        notify: config.notify_places.clone(),
        version: VERSION,
        commit: COMMIT,
        started_at: clock.now(),
    }
}

/// What tells this server from every other. An address of `listen` alone is the same on every host.
fn instance(listen: SocketAddr) -> String {
    format!("{}/{listen}", rustix::system::uname().nodename().to_string_lossy())
}

/// Where the page is, for whoever is told of an alert; empty where the address names no machine or no port: a link that
/// leads nowhere is worse than none.
fn page_address(listen: SocketAddr) -> String {
    let is_reached = !listen.ip().is_unspecified() && listen.port() > 0;
    if is_reached { format!("http://{listen}/") } else { String::new() }
}

/// How often retention looks.
pub const RETAIN_EVERY: DurationUs = DurationUs::from_secs(60);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_an_address_that_can_be_reached_or_there_is_none() {
        let page = |listen: &str| page_address(listen.parse().unwrap());
        assert_eq!(page("10.0.0.7:9411"), "http://10.0.0.7:9411/");
        assert_eq!(page("[fd00::7]:9411"), "http://[fd00::7]:9411/");
        for nowhere in ["0.0.0.0:9411", "[::]:9411", "127.0.0.1:0"] {
            assert_eq!(page(nowhere), "", "{nowhere}");
        }
    }
}
