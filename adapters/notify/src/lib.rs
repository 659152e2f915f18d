//! Alerts delivered: to Alertmanager, Slack, PagerDuty, signed webhooks and mailboxes; the reviews of deployments that GitHub
//! waits for ([`github`]); what is asked of a Prometheus ([`prometheus`]); and metrics pushed to a collector ([`otlp`]).
//!
//! A crate of its own so that an HTTP client with TLS and an SMTP client stay out of what judges. Knows
//! nothing of ledgers, SLOs or HTTP servers: it takes [`Notice`]s from an [`Outbox`] and says what became of
//! them. Delivery is at least once; what is sent twice carries the same key twice.
//!
//! Start reading at [`notice`]; then [`sink`] (one file for each protocol) and [`dispatch`] (order, retries,
//! what is given up).

pub mod address;
pub mod dispatch;
pub mod github;
mod http;
pub mod notice;
pub mod otlp;
pub mod prometheus;
pub mod silence;
pub mod sink;
pub mod target;

pub use dispatch::{Dispatcher, Ended, Health, Outbox};
pub use notice::{Happened, Notice, PolicyState, Reading};
pub use sink::{SendError, Sink};
pub use target::{Secret, Target, TargetFault, TargetKind, Wanted};
