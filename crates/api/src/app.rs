//! What every handler needs.

use crate::requests::Requests;
use crate::{
    Colors, DeploymentReviews, Drawings, Evidence, ExportState, HostTraffic, Origins, Recent, ToilBook, Tracer,
};
use nines_base::{Clock, DurationUs, Timestamp};
use nines_collect::sli::Judge;
use nines_collect::sli::asking::Asker;
use nines_collect::{Collector, Timeline};
use nines_ledger::Ledger;
use nines_slo::alert::targets::NotifyPlace;
use nines_storage::{Histograms, SpanFiles, SpanStore};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The parts of a running server, and what was configured.
pub struct App {
    /// Spans.
    pub store: Arc<dyn SpanStore>,
    /// The files it keeps them in, where it does.
    pub files: Option<Arc<dyn SpanFiles>>,
    /// What is left of spans when they are gone, where that is kept.
    pub histograms: Option<Arc<dyn Histograms>>,
    /// Where spans come in; its counters are served.
    pub collector: Arc<Collector>,
    /// SLOs.
    pub judge: Arc<Judge>,
    /// Events.
    pub ledger: Arc<dyn Ledger>,
    /// Numbers by which services are coloured.
    pub colors: Colors,
    /// GitHub, where deployments are reviewed for it.
    pub github: Option<Arc<dyn DeploymentReviews>>,
    /// What the ledger says of toil.
    pub toil: ToilBook,
    /// Traces behind verdicts.
    pub evidence: Evidence,
    /// What the newest spans have.
    pub recent: Recent,
    /// News for live pages.
    pub timeline: Timeline,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Configuration that answers depend on.
    pub settings: Settings,
    /// How long answers took.
    pub requests: Arc<Requests>,
    /// What traces queries, where they are traced.
    pub tracer: Option<Arc<Tracer>>,
    /// How those who are told of alerts do.
    pub notify: Arc<dyn Notifying>,
    /// Systems that are asked for what some objectives measure.
    pub sources: Arc<Asker>,
    /// How the export of metrics does, where there is one.
    pub metrics_export: Option<ExportState>,
    /// This host's rules, where this server may ask for them.
    pub traffic: Option<Arc<dyn HostTraffic>>,
    /// Maps as they were drawn last.
    pub drawings: Drawings,
    /// Whether the last list of services was long (Zipkin's rule for caching names).
    pub many_services: AtomicBool,
}

/// Those who are told of alerts.
pub trait Notifying: Send + Sync {
    /// How each does.
    fn targets(&self) -> Vec<TargetState>;
}

/// How one who is told of alerts does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TargetState {
    /// Its name in the configuration.
    pub name: String,
    /// What it is.
    pub kind: &'static str,
    /// Notices that wait for it.
    pub n_waiting: usize,
    /// Since when it takes nothing, how often it was tried, and why.
    pub failing: Option<(Timestamp, u32, String)>,
    /// Notices that were given up.
    pub n_given_up: usize,
    /// Why the last one was.
    pub last_given_up: Option<String>,
    /// How many silences it keeps, and why that is not known now; `None` where it keeps none.
    pub silences: Option<(usize, Option<String>)>,
}

/// How much of stored spans is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Keep {
    /// How long.
    pub max_age: DurationUs,
    /// How many bytes; `None` without a limit.
    pub max_bytes: Option<u64>,
}

/// Configuration that answers depend on, and facts about the process.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether 128-bit trace ids that share their low half are different traces.
    pub strict_trace_id: bool,
    /// How far Zipkin's searches look back unless told.
    pub query_lookback: DurationUs,
    /// What else Zipkin's configuration says of its answers.
    pub zipkin: ZipkinSettings,
    /// How much is kept; `None` where this process removes nothing, because it only reads.
    pub keep: Option<Keep>,
    /// How much memory the server may take.
    pub memory_bytes: u64,
    /// How many connections may be open at once.
    pub connections_max: usize,
    /// Name of the storage, for `/health` and the about page.
    pub storage: String,
    /// Addresses served.
    pub listen: Vec<String>,
    /// What tells this server from every other: its host's name with the first address served.
    pub instance: String,
    /// Data directory.
    pub data_dir: String,
    /// Folders of definitions.
    pub definitions: Vec<String>,
    /// Where targets of notifications are configured.
    pub notify: Vec<NotifyPlace>,
    /// Version of the program.
    pub version: &'static str,
    /// Commit it was built from; empty when unknown.
    pub commit: &'static str,
    /// When the server started.
    pub started_at: Timestamp,
}

/// What Zipkin's own variables say of its read API and its page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ZipkinSettings {
    /// Whether anything can be read: Zipkin's paths, ours and the page; else spans are only taken.
    pub query_enabled: bool,
    /// Whether the page is served.
    pub ui_enabled: bool,
    /// Whether traces can be searched and names listed; a trace can always be had by its id.
    pub search_enabled: bool,
    /// Traces that a search gives unless told.
    pub query_limit: usize,
    /// Longest wait for the store; `None` for no limit.
    pub query_timeout: Option<DurationUs>,
    /// Tags whose values are offered, sorted.
    pub autocomplete_keys: Vec<String>,
    /// Pages of which origins may read Zipkin's paths.
    pub allowed_origins: Origins,
}
