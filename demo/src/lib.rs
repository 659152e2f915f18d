//! The demo's world: a game and a shop as small real HTTP services on loopback, with traffic and, now and
//! then, a bad release.
//!
//! ```text
//! web ─┐                 ┌─► rank
//!      ├─► api ──────────┤
//! app ─┘                 └─► user-profile  (the bad release)
//!
//! api-client ─► user ─► item
//! ```
//!
//! Every service is instrumented with `nines-sleuth` and reports to one trace server; every server span
//! carries the tag `version`. The visits' order, their paths, the services' latencies and their failures
//! come from one seed; ids of traces do not, because two runs must not share them.
//!
//! Does not know the server it reports to, except for its URL: spans, deploy marks and toil go there over HTTP.
//! Start reading at [`start`]; [`game`] and [`shop`] are the services, [`visits`] the traffic, [`release`]
//! the script, [`toil`] what people do by hand.

mod chance;
pub mod game;
mod host;
mod log;
mod peer;
pub mod release;
pub mod shop;
mod stage;
pub mod toil;
mod told;
pub mod visits;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use nines_sleuth::{Reporter, ReporterError, ReporterStats};
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;

use crate::stage::Stage;
use crate::told::Told;
use crate::visits::{Counters, Edges, VisitCounts};

pub use crate::log::{LOG_TARGET, log_layer};
pub use crate::release::{BadRelease, DemoEvent};

/// Visits a second by default: enough for steady numbers in a one-minute window, light on a laptop.
pub const VISITS_PER_S: f64 = 80.0;
/// Fastest traffic that can be asked for; beyond it two cores measure themselves.
pub const VISITS_PER_S_MAX: f64 = 2_000.0;
/// How long spans wait for company: shorter than usual, since people watch the page.
const MESSAGE_INTERVAL: Duration = Duration::from_millis(500);
/// How long the end waits for the last spans.
const CLOSE_DEADLINE: Duration = Duration::from_secs(5);
/// Events a slow subscriber may lag behind; the script makes two every few minutes.
const EVENTS_QUEUED_MAX: usize = 64;

/// What the demo is started with.
#[derive(Clone, Debug)]
pub struct DemoConfig {
    /// The trace server, such as `http://127.0.0.1:9411`.
    pub report_to: String,
    /// What visits, latencies and failures are drawn from.
    pub seed: u64,
    /// Visits a second over all edges; each makes five to seven spans.
    pub visits_per_s: f64,
    /// The scripted bad release; `None` for a world without.
    pub bad_release: Option<BadRelease>,
    /// Whether people do toil by hand.
    pub has_toil: bool,
}

impl DemoConfig {
    /// The usual demo, reporting to this server.
    pub fn new(report_to: impl Into<String>) -> DemoConfig {
        DemoConfig {
            report_to: report_to.into(),
            seed: 1,
            visits_per_s: VISITS_PER_S,
            bad_release: Some(BadRelease::default()),
            has_toil: true,
        }
    }
}

/// Why the demo could not start.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A service found no port on loopback.
    #[error("bind a loopback port for the demo's service `{service}`")]
    Bind {
        /// The service.
        service: &'static str,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The trace server's URL does not serve.
    #[error("start the demo's reporter")]
    StartReporter(#[source] ReporterError),
    /// The rate is not a number of visits.
    #[error("{visits_per_s} visits a second: must be above 0 and at most {VISITS_PER_S_MAX}")]
    Rate {
        /// What was asked for.
        visits_per_s: f64,
    },
}

/// What a demo did, once it has ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DemoReport {
    /// The traffic.
    pub visits: VisitCounts,
    /// The delivery of spans.
    pub reporter: ReporterStats,
}

/// A running demo.
pub struct Demo {
    reporter: Reporter,
    stage: Stage,
    edges: Edges,
    events: broadcast::Sender<DemoEvent>,
    stop_visits: watch::Sender<bool>,
    visits: JoinHandle<VisitCounts>,
    script: Option<JoinHandle<()>>,
    toil: Option<JoinHandle<()>>,
}

/// Starts all services, the traffic and the script. Returns once every service listens.
///
/// # Errors
///
/// See [`DemoError`]. A trace server that does not answer is none: spans wait for it.
pub async fn start(config: DemoConfig) -> Result<Demo, DemoError> {
    let visits_per_s = config.visits_per_s;
    if !(visits_per_s > 0.0 && visits_per_s <= VISITS_PER_S_MAX) {
        return Err(DemoError::Rate { visits_per_s });
    }
    let reporter = Reporter::builder(&config.report_to)
        .message_interval(MESSAGE_INTERVAL)
        .build()
        .map_err(DemoError::StartReporter)?;
    let mut stage = Stage::new(config.seed, reporter.clone());
    let game = game::open(&mut stage).await?;
    let edges = Edges { web: game.web, app: game.app, api_client: shop::open(&mut stage).await? };

    let (stop_visits, stopped) = watch::channel(false);
    let (told, counters) = (Told::new(&config.report_to), Arc::new(Counters::default()));
    let visits = tokio::spawn(visits::run(edges, config.seed, visits_per_s, stopped, counters.clone()));
    let toil = config.has_toil.then(|| tokio::spawn(toil::run(told.clone(), config.seed, counters)));
    let events = broadcast::Sender::new(EVENTS_QUEUED_MAX);
    let script =
        config.bad_release.map(|script| tokio::spawn(release::run(script, game.user_profile, told, events.clone())));
    tracing::info!("the game is on: {visits_per_s} visits a second, spans to {}", config.report_to);
    Ok(Demo { reporter, stage, edges, events, stop_visits, visits, script, toil })
}

impl Demo {
    /// What happens from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<DemoEvent> {
        self.events.subscribe()
    }

    /// Where the edges listen: `web`, `app` and `api-client`.
    pub fn edges(&self) -> [(&'static str, SocketAddr); 3] {
        [("web", self.edges.web), ("app", self.edges.app), ("api-client", self.edges.api_client)]
    }

    /// The delivery of spans so far.
    pub fn reporter_stats(&self) -> ReporterStats {
        self.reporter.stats()
    }

    /// Ends the traffic, lets visits under way finish, stops the services and delivers the last spans.
    pub async fn shutdown(mut self) -> DemoReport {
        for task in [self.script.take(), self.toil.take()].into_iter().flatten() {
            task.abort();
        }
        self.stop_visits.send_replace(true);
        // An error means the task panicked; the counts are then lost, the rest still ends in order.
        let visits = (&mut self.visits).await.unwrap_or_default();
        self.stage.close().await;
        let reporter = self.reporter.close(CLOSE_DEADLINE).await;
        DemoReport { visits, reporter }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.visits.abort();
        for task in [&self.script, &self.toil].into_iter().flatten() {
            task.abort();
        }
    }
}
