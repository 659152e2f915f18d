//! The services' log: `[app,traceId,spanId]` in each line, so that a line leads to its trace.

use nines_sleuth::log::{Correlation, SleuthFormat};
use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::registry::LookupSpan;

/// The `tracing` target all lines of the demo's services start with, for filters of other layers.
pub const LOG_TARGET: &str = "nines_demo";

/// A layer that writes the demo's lines, and only those, to standard error. At `INFO` there is a line an
/// event of interest; at `DEBUG` one a failed request.
pub fn log_layer<S>(level: LevelFilter) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let format = SleuthFormat::new(Correlation::new("demo"));
    fmt::layer()
        .event_format(format)
        .with_writer(std::io::stderr)
        .with_filter(Targets::new().with_target(LOG_TARGET, level))
        .boxed()
}
