//! The script: now and then `user-profile` gets a release that fails a part of its requests, and is rolled
//! back after a while. Both are told to the trace server as deploy marks, and to subscribers as events.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast;
use tokio::time::{Instant, sleep_until};

use crate::host::{Host, Release};
use crate::told::Told;

/// When a bad release comes, and how bad it is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct BadRelease {
    /// From the start to the first one.
    pub first_after: Duration,
    /// From the start of one to the start of the next; longer than `lasts`.
    pub every: Duration,
    /// From its start to its rollback.
    pub lasts: Duration,
    /// The share of requests it fails, `0.0..=1.0`.
    pub error_share: f64,
}

impl Default for BadRelease {
    /// After 30 s and every three minutes, for 25 s, with 20 % errors.
    fn default() -> BadRelease {
        BadRelease {
            first_after: Duration::from_secs(30),
            every: Duration::from_secs(180),
            lasts: Duration::from_secs(25),
            error_share: 0.2,
        }
    }
}

/// What happened in the demo.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum DemoEvent {
    /// A bad release runs now.
    BadReleaseStarted {
        /// The service.
        service: &'static str,
        /// The bad version: 2.0.0, then 2.0.1 and so on.
        version: String,
        /// The share of requests it fails.
        error_share: f64,
        /// How long until it is rolled back.
        lasts: Duration,
    },
    /// The good release runs again.
    RolledBack {
        /// The service.
        service: &'static str,
        /// The good version.
        version: String,
        /// The bad version it replaces.
        from: String,
    },
}

/// Plays the script until it is aborted.
pub(crate) async fn run(script: BadRelease, host: Arc<Host>, told: Told, events: broadcast::Sender<DemoEvent>) {
    let service = host.name;
    let mut starts_at = Instant::now() + script.first_after;
    for n in 0_u32.. {
        sleep_until(starts_at).await;
        let version = format!("2.0.{n}");
        let good = host.deploy(Release { version: version.clone(), error_share: script.error_share });
        tracing::info!("{service} {version} is out; it fails {:.0} % of its requests", script.error_share * 100.0);
        // Nobody may listen; the script goes on all the same.
        let _ = events.send(DemoEvent::BadReleaseStarted {
            service,
            version: version.clone(),
            error_share: script.error_share,
            lasts: script.lasts,
        });
        told.deployed(service, &version).await;

        sleep_until(starts_at + script.lasts).await;
        host.deploy(Release::clone(&good));
        tracing::info!("{service} is rolled back from {version} to {}", good.version);
        let _ = events.send(DemoEvent::RolledBack { service, version: good.version.clone(), from: version });
        told.deployed(service, &good.version).await;
        starts_at += script.every.max(script.lasts);
    }
}
