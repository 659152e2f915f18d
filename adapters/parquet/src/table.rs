//! A Parquet file with a row for each span.
//!
//! | column | type | |
//! |---|---|---|
//! | `trace_id` | text | 16 or 32 hex digits, as the store shows it |
//! | `span_id`, `parent_id` | text | 16 hex digits; the root's parent is null |
//! | `service`, `name`, `remote_service` | text | null where not sent |
//! | `kind` | text | `client`, `server`, `producer`, `consumer`, `internal`; null where not sent |
//! | `start` | timestamp (µs, UTC) | null where not sent |
//! | `duration_us` | int64 | whole microseconds; null where not sent |
//! | `error` | bool | whether it failed, by the rule of filters and SLOs |
//! | `status`, `status_message` | text | OTLP's: `ok`, `error`; null where unset |
//! | `local_ip`, `remote_ip` | text | IPv4 where both are known |
//! | `local_port`, `remote_port` | uint16 | |
//! | `debug`, `shared` | bool | Zipkin's |
//! | `trace_state` | text | W3C's |
//! | `scope_name`, `scope_version` | text | of the instrumentation |
//! | `tags`, `resource` | map of text by text | values as text; OTLP's lists and maps as JSON |
//! | `events` | list of (`time`, `name`, `attributes` as JSON) | annotations |
//! | `links` | list of (`trace_id`, `span_id`, `attributes` as JSON) | |
//!
//! Not in it: nanoseconds below the microsecond, and fields of OTLP that no column names. The OTLP export
//! has everything.

use crate::lists::{Events, Links, Records, TextMap, ZONE};
use arrow_array::builder::{BooleanBuilder, Int64Builder, StringBuilder, TimestampMicrosecondBuilder, UInt16Builder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef, TimeUnit};
use nines_span::{Endpoint, Kind, Span, SpanFields, Status, otlp};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use std::io::Write;
use std::sync::Arc;

/// Rows of a row group: what one thread of a reader takes at a time. The writer holds one encoded group in
/// memory, some five megabytes.
const GROUP_ROWS: usize = 128 * 1024;

/// Why a table was not written.
pub type TableError = ParquetError;

/// A table that is being written.
pub struct SpanTable<W: Write + Send> {
    schema: SchemaRef,
    writer: ArrowWriter<W>,
}

impl<W: Write + Send> SpanTable<W> {
    /// Begins a table that goes to `out`.
    pub fn new(out: W) -> Result<SpanTable<W>, TableError> {
        let schema = Arc::new(schema());
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .set_created_by("nines".to_owned())
            .build();
        Ok(SpanTable { writer: ArrowWriter::try_new(out, schema.clone(), Some(properties))?, schema })
    }

    /// Adds a row for each span.
    pub fn write(&mut self, spans: &[Span]) -> Result<(), TableError> {
        let mut columns = Columns::new();
        for span in spans {
            columns.push(span)?;
        }
        self.writer.write(&RecordBatch::try_new(self.schema.clone(), columns.finish())?)
    }

    /// Ends the table and gives its output back.
    pub fn finish(self) -> Result<W, TableError> {
        self.writer.into_inner()
    }
}

/// The columns, in order.
pub fn schema() -> Schema {
    let text = |name: &str| Field::new(name, DataType::Utf8, true);
    let sure = |name: &str, data_type: DataType| Field::new(name, data_type, false);
    Schema::new(vec![
        sure("trace_id", DataType::Utf8),
        sure("span_id", DataType::Utf8),
        text("parent_id"),
        text("service"),
        text("name"),
        text("kind"),
        text("remote_service"),
        Field::new("start", DataType::Timestamp(TimeUnit::Microsecond, Some(ZONE.into())), true),
        Field::new("duration_us", DataType::Int64, true),
        sure("error", DataType::Boolean),
        text("status"),
        text("status_message"),
        text("local_ip"),
        Field::new("local_port", DataType::UInt16, true),
        text("remote_ip"),
        Field::new("remote_port", DataType::UInt16, true),
        sure("debug", DataType::Boolean),
        sure("shared", DataType::Boolean),
        text("trace_state"),
        text("scope_name"),
        text("scope_version"),
        sure("tags", TextMap::data_type()),
        sure("resource", TextMap::data_type()),
        sure("events", Events::data_type()),
        sure("links", Links::data_type()),
    ])
}

/// Columns of the rows of one [`SpanTable::write`].
struct Columns {
    /// Columns of text up to `links`, in the order of the schema.
    texts: [StringBuilder; 14],
    start: TimestampMicrosecondBuilder,
    duration_us: Int64Builder,
    flags: [BooleanBuilder; 3],
    ports: [UInt16Builder; 2],
    tags: TextMap,
    resource: TextMap,
    events: Records,
    links: Records,
}

impl Columns {
    fn new() -> Columns {
        Columns {
            texts: std::array::from_fn(|_| StringBuilder::new()),
            start: TimestampMicrosecondBuilder::new().with_timezone(ZONE),
            duration_us: Int64Builder::new(),
            flags: std::array::from_fn(|_| BooleanBuilder::new()),
            ports: std::array::from_fn(|_| UInt16Builder::new()),
            tags: TextMap::new(),
            resource: TextMap::new(),
            events: Events::builder(),
            links: Links::builder(),
        }
    }

    fn push(&mut self, span: &Span) -> Result<(), ArrowError> {
        let parts = span.otlp.as_ref();
        let rest = parts.map(|parts| &parts.rest[..]).unwrap_or_default();
        let scope = parts.map(|parts| &parts.scope[..]).unwrap_or_default();
        let (trace_id, id) = (span.trace_id.to_string(), span.id.to_string());
        let parent_id = span.parent_id.map(|id| id.to_string());
        let (local_ip, remote_ip) = (address(&span.local), address(&span.remote));
        let texts: [Option<&str>; 14] = [
            Some(&trace_id),
            Some(&id),
            parent_id.as_deref(),
            some(&span.local.service),
            some(&span.name),
            kind(span.kind),
            some(&span.remote.service),
            status(span.status),
            otlp::status_message(rest),
            local_ip.as_deref(),
            remote_ip.as_deref(),
            some(otlp::trace_state(rest)),
            some(otlp::scope_name(scope)),
            some(otlp::scope_version(scope)),
        ];
        self.texts.iter_mut().zip(texts).for_each(|(column, text)| column.append_option(text));
        let us = |us: u64| i64::try_from(us).ok();
        self.start.append_option(us(span.start.us).filter(|_| !span.start.is_none()));
        self.duration_us.append_option(us(span.duration.us).filter(|_| !span.duration.is_none()));
        let flags = [span.is_error(), span.debug, span.shared];
        self.flags.iter_mut().zip(flags).for_each(|(column, flag)| column.append_value(flag));
        let ports = [span.local.port, span.remote.port].map(|port| (port != 0).then_some(port));
        self.ports.iter_mut().zip(ports).for_each(|(column, port)| column.append_option(port));
        self.tags.push(span.tags.iter().map(|(key, value)| (key.as_str(), value.as_ref())))?;
        self.resource.push(otlp::resource_attributes(span.resource_bytes()))?;
        Events::push(&mut self.events, &span.events);
        Links::push(&mut self.links, span);
        Ok(())
    }

    /// The columns in the order of [`schema`].
    fn finish(mut self) -> Vec<ArrayRef> {
        let mut texts = self.texts.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef);
        let mut columns: Vec<ArrayRef> = texts.by_ref().take(7).collect();
        let [error, debug, shared] = self.flags.map(|mut column| Arc::new(column.finish()) as ArrayRef);
        let [local_port, remote_port] = self.ports.map(|mut column| Arc::new(column.finish()) as ArrayRef);
        columns.extend([Arc::new(self.start.finish()) as ArrayRef, Arc::new(self.duration_us.finish()), error]);
        columns.extend(texts.by_ref().take(3));
        columns.push(local_port);
        columns.extend(texts.by_ref().take(1));
        columns.extend([remote_port, debug, shared]);
        columns.extend(texts);
        columns.extend([self.tags.finish(), self.resource.finish(), self.events.finish(), self.links.finish()]);
        columns
    }
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn address(endpoint: &Endpoint) -> Option<String> {
    endpoint.ipv4.map(|ip| ip.to_string()).or_else(|| endpoint.ipv6.map(|ip| ip.to_string()))
}

fn kind(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Unspecified => None,
        Kind::Client => Some("client"),
        Kind::Server => Some("server"),
        Kind::Producer => Some("producer"),
        Kind::Consumer => Some("consumer"),
        Kind::Internal => Some("internal"),
    }
}

fn status(status: Status) -> Option<&'static str> {
    match status {
        Status::Unset => None,
        Status::Ok => Some("ok"),
        Status::Error => Some("error"),
    }
}
