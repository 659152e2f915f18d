//! Trace ids in log lines, in Spring Cloud Sleuth's form: `[app,traceId,spanId]`, or with the fourth field
//! of its versions before 3, whether the span is exported. Log searches written for it keep working.

use std::fmt::{self, Display};

use crate::current::with_current;

/// The `[app,traceId,spanId]` of the code that formats it.
///
/// The application is the current span's service, so several services in one process tell themselves apart;
/// outside any span it is the fallback, and the ids are empty.
#[derive(Clone, Debug)]
pub struct Correlation {
    fallback_app: String,
    has_export_field: bool,
}

impl Correlation {
    /// Three fields, and this application's name where there is no span.
    pub fn new(fallback_app: impl Into<String>) -> Correlation {
        Correlation { fallback_app: fallback_app.into(), has_export_field: false }
    }

    /// Adds the fourth field, `true` or `false`: whether the span is exported.
    pub fn with_export_field(self) -> Correlation {
        Correlation { has_export_field: true, ..self }
    }
}

impl Display for Correlation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let in_span = with_current(|span| {
            let context = span.context();
            write!(out, "[{},{},{}", span.service_name(), context.trace_id, context.span_id)?;
            if self.has_export_field { write!(out, ",{}]", context.sampling.is_kept()) } else { write!(out, "]") }
        });
        in_span.unwrap_or_else(|| {
            let empty = if self.has_export_field { ",,,]" } else { ",,]" };
            write!(out, "[{}{empty}", self.fallback_app)
        })
    }
}

#[cfg(feature = "log")]
pub use format::SleuthFormat;

#[cfg(feature = "log")]
mod format {
    use std::fmt;

    use tracing::{Event, Subscriber};
    use tracing_subscriber::fmt::format::Writer;
    use tracing_subscriber::fmt::time::{FormatTime, SystemTime};
    use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
    use tracing_subscriber::registry::LookupSpan;

    use super::Correlation;

    /// A `tracing-subscriber` event format: time, level, correlation, target, message and fields.
    ///
    /// ```
    /// use nines_sleuth::log::{Correlation, SleuthFormat};
    /// let subscriber = tracing_subscriber::fmt().event_format(SleuthFormat::new(Correlation::new("shop"))).finish();
    /// # let _ = subscriber;
    /// ```
    #[derive(Clone, Debug)]
    pub struct SleuthFormat {
        correlation: Correlation,
        has_time: bool,
    }

    impl SleuthFormat {
        /// Lines with this correlation.
        pub fn new(correlation: Correlation) -> SleuthFormat {
            SleuthFormat { correlation, has_time: true }
        }

        /// Lines without a time, for logs that get one elsewhere.
        pub fn without_time(self) -> SleuthFormat {
            SleuthFormat { has_time: false, ..self }
        }
    }

    impl<S, N> FormatEvent<S, N> for SleuthFormat
    where
        S: Subscriber + for<'a> LookupSpan<'a>,
        N: for<'a> FormatFields<'a> + 'static,
    {
        fn format_event(&self, ctx: &FmtContext<'_, S, N>, mut out: Writer<'_>, event: &Event<'_>) -> fmt::Result {
            if self.has_time {
                SystemTime.format_time(&mut out)?;
                out.write_char(' ')?;
            }
            let metadata = event.metadata();
            write!(out, "{:>5} {} {}: ", metadata.level().as_str(), self.correlation, metadata.target())?;
            ctx.field_format().format_fields(out.by_ref(), event)?;
            writeln!(out)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::current::scope;
    use crate::{InMemory, Sampler, Tracer};

    #[test]
    fn a_line_names_app_trace_and_span() {
        let tracer = Tracer::builder("api").report_to(InMemory::default());
        let span = tracer.new_trace("work");
        let ids = format!("{},{}", span.context().trace_id, span.context().span_id);
        let three = Correlation::new("shop");
        let four = three.clone().with_export_field();
        assert_eq!((three.to_string(), four.to_string()), ("[shop,,]".into(), "[shop,,,]".into()));
        scope(&span, || {
            assert_eq!(three.to_string(), format!("[api,{ids}]"));
            assert_eq!(four.to_string(), format!("[api,{ids},true]"));
        });
        let unsampled = Tracer::builder("api").sampler(Sampler::Never).report_to(InMemory::default()).new_trace("");
        assert!(scope(&unsampled, || four.to_string()).ends_with(",false]"));
    }

    #[cfg(feature = "log")]
    #[test]
    fn tracing_lines_carry_the_correlation() {
        use std::io::Write;
        use std::sync::{Arc, Mutex};

        #[derive(Clone, Default)]
        struct Lines(Arc<Mutex<Vec<u8>>>);
        impl Write for Lines {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0.lock().unwrap().extend_from_slice(bytes);
                Ok(bytes.len())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }

        let lines = Lines::default();
        let writer = lines.clone();
        let format = SleuthFormat::new(Correlation::new("shop")).without_time();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .event_format(format)
            .with_writer(move || writer.clone())
            .finish();
        let span = Tracer::builder("api").report_to(InMemory::default()).new_trace("work");
        tracing::subscriber::with_default(subscriber, || {
            scope(&span, || tracing::warn!(target: "orders", count = 2, "late"));
        });
        let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        let context = span.context();
        assert_eq!(text, format!(" WARN [api,{},{}] orders: late count=2\n", context.trace_id, context.span_id));
    }
}
