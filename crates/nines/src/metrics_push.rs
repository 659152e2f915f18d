//! Metrics of objectives pushed to a collector, every so often.
//!
//! What could not be sent is not kept: sums are since their beginning and gauges of now, so the next push says it all.

use nines_api::{App, export_metrics};
use nines_base::DurationUs;
use nines_notify::otlp::MetricsCollector;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What the resource is called.
const SERVICE_NAME: &str = "nines";

/// Longest wait for a push under way when the server ends.
const STOP_MAX: Duration = Duration::from_secs(3);

/// The thread that pushes; ends when dropped, after a last push.
pub struct MetricsPush {
    stop: Option<Sender<()>>,
    ended: Mutex<Receiver<()>>,
}

impl MetricsPush {
    /// Pushes how the objectives of a server stand.
    pub fn start(app: Arc<App>, collector: MetricsCollector, every: DurationUs) -> std::io::Result<MetricsPush> {
        let ((stop, stopped), (ends, ended)) = (channel(), channel());
        std::thread::Builder::new().name("otlp-metrics".into()).spawn(move || {
            let every = every.to_std();
            while matches!(stopped.recv_timeout(every), Err(RecvTimeoutError::Timeout)) {
                push(&app, &collector);
            }
            push(&app, &collector);
            let _ = ends.send(());
        })?;
        Ok(MetricsPush { stop: Some(stop), ended: Mutex::new(ended) })
    }
}

impl Drop for MetricsPush {
    fn drop(&mut self) {
        drop(self.stop.take());
        let _ = self.ended.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(STOP_MAX);
    }
}

fn push(app: &App, collector: &MetricsCollector) {
    let outcome = collector.send(&export_metrics(app, SERVICE_NAME));
    let Some(state) = &app.metrics_export else { return };
    let is_news = state.note(app.clock.now(), &outcome);
    match outcome {
        Err(reason) if is_news => tracing::warn!("metrics are not taken: {reason}"),
        Ok(()) if is_news => tracing::info!("metrics are taken again"),
        _ => {}
    }
}
