//! What all services of the demo have in common: a name, a release, work that takes time, and failures.

use std::fmt::Display;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use nines_sleuth::Tracer;

use crate::chance::{Chance, Tempo, tempo};
use crate::peer::HttpClient;

/// Failures of one service are logged at most this often; the traces have them all.
const FAILURE_LOG_INTERVAL: Duration = Duration::from_secs(10);
/// A request that hits the fault of a bad release fails about this fast.
const FAULT: Tempo = tempo(6.0, 0.4);

/// The code a service runs.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Release {
    /// Its version, the tag of each server span.
    pub(crate) version: String,
    /// The share of requests it fails.
    pub(crate) error_share: f64,
}

/// One service.
pub(crate) struct Host {
    pub(crate) name: &'static str,
    pub(crate) tracer: Tracer,
    pub(crate) client: HttpClient,
    release: RwLock<Arc<Release>>,
    chance: Mutex<Chance>,
    failures: Mutex<FailureLog>,
    n_failures: AtomicU64,
}

/// When failures were last logged.
#[derive(Default)]
struct FailureLog {
    last: Option<Instant>,
    n_at_last: u64,
}

impl Host {
    pub(crate) fn new(name: &'static str, version: &str, tracer: Tracer, client: HttpClient, chance: Chance) -> Host {
        Host {
            name,
            tracer,
            client,
            release: RwLock::new(Arc::new(Release { version: version.to_owned(), error_share: 0.0 })),
            chance: Mutex::new(chance),
            failures: Mutex::default(),
            n_failures: AtomicU64::new(0),
        }
    }

    /// The release that runs.
    pub(crate) fn release(&self) -> Arc<Release> {
        self.release.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces the release; requests under way keep theirs. Returns the one before.
    pub(crate) fn deploy(&self, release: Release) -> Arc<Release> {
        let mut running = self.release.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut running, Arc::new(release))
    }

    /// Spends the time a piece of work takes.
    pub(crate) async fn work(&self, tempo: Tempo) {
        let latency = self.draw(|chance| chance.latency(tempo));
        tokio::time::sleep(latency).await;
    }

    /// True in this share of cases.
    pub(crate) fn happens(&self, share: f64) -> bool {
        share > 0.0 && self.draw(|chance| chance.happens(share))
    }

    /// Answers with a failure and says why: in the span, and now and then in the log.
    pub(crate) fn fail(&self, status: StatusCode, reason: impl Display) -> Response {
        if let Some(span) = nines_sleuth::current() {
            span.error(&reason);
        }
        let n_failures = self.n_failures.fetch_add(1, Ordering::Relaxed) + 1;
        let mut log = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if log.last.is_none_or(|last| last.elapsed() >= FAILURE_LOG_INTERVAL) {
            let n_since = n_failures - log.n_at_last;
            *log = FailureLog { last: Some(Instant::now()), n_at_last: n_failures };
            tracing::warn!("{reason} ({n_since} since the last such line)");
        } else {
            tracing::debug!("{reason}");
        }
        (status, format!("{reason}\n")).into_response()
    }

    fn draw<R>(&self, draw: impl FnOnce(&mut Chance) -> R) -> R {
        draw(&mut self.chance.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Runs a request on the release of the moment: tags the span with its version, and fails where it is bad.
pub(crate) async fn run_on_release(State(host): State<Arc<Host>>, request: Request, next: Next) -> Response {
    let release = host.release();
    nines_sleuth::tag("version", &release.version);
    if host.happens(release.error_share) {
        host.work(FAULT).await;
        let reason = format!("{} {}: column `avatar_url` does not exist", host.name, release.version);
        return host.fail(StatusCode::INTERNAL_SERVER_ERROR, reason);
    }
    next.run(request).await
}
