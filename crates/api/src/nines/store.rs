//! The store's files: what they take and for what, and the blocks themselves for whoever copies them.

use super::problem::{Answer, Fault, Problem};
use super::request::{Asked, rfc3339};
use super::write::Write;
use crate::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use nines_base::Lang;
use nines_storage::{BlockFile, ColumnMeasure, DayMeasure, HistogramMeasure, Measure, SectionMeasure, SpanFiles};
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use std::sync::Arc;

/// Bytes of a block given at once: what a request may take of the server's memory.
const BLOCK_PIECE_BYTES: usize = 4 << 20;

/// `GET /store?columns=true`: bytes by day and by section; with `columns` also by column of values, for
/// which every row group is looked at.
pub async fn measure(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let by_column = asked.word("columns", &[("true", true), ("false", false)], false)?;
    let measure = match app.files.clone() {
        Some(files) => super::reading(asked.lang, move || files.measure(by_column)).await?,
        None => Measure { n_spans_in_memory: app.store.stats().spans, ..Measure::default() },
    };
    let settings = &app.settings;
    let arrived = measure.arrived();
    let n_spans = measure.n_spans_in_blocks();
    let list = |items: Vec<Value>| Value::from(items);
    Ok(Json(json!({
        "storage": settings.storage, "dataDir": settings.data_dir,
        "spans": n_spans + measure.n_spans_in_memory, "spansInMemory": measure.n_spans_in_memory,
        "blocks": measure.n_blocks(), "blockSpans": n_spans, "blockBytes": measure.block_bytes(),
        "bytesPerSpan": per_span(measure.block_bytes(), n_spans),
        "inboxFiles": measure.n_inbox_files, "inboxBytes": measure.inbox_bytes, "pendingBytes": measure.pending_bytes,
        "traceIndexBytes": measure.section_bytes("fingerprints") + measure.section_bytes("ordinals"),
        "traceIndexMemoryBytes": measure.index_memory_bytes,
        "oldestArrival": arrived.map(|arrived| rfc3339(arrived.0)),
        "newestArrival": arrived.map(|arrived| rfc3339(arrived.1)),
        "retention": retention(&app, &measure),
        "history": app.histograms.as_ref().map(|histograms| history(&histograms.measure())),
        "days": list(measure.days.iter().map(day).collect()),
        "sections": list(measure.sections.iter().map(|section| self::section(section, n_spans)).collect()),
        "columns": list(measure.columns.iter().map(|column| self::column(column, n_spans)).collect()),
        "columnsLeftOut": measure.n_columns_left_out, "columnsLeftOutBytes": measure.left_out_bytes,
        "unreadableGroups": measure.n_unreadable,
    })))
}

fn history(measure: &HistogramMeasure) -> Value {
    json!({
        "files": measure.n_files, "bytes": measure.n_bytes, "slices": measure.n_slices,
        "from": measure.times.map(|times| rfc3339(times.0)), "until": measure.times.map(|times| rfc3339(times.1)),
    })
}

/// Limits, and an estimate of when they take the oldest block; null where this process applies none.
fn retention(app: &App, measure: &Measure) -> Value {
    let Some(keep) = app.settings.keep.filter(|_| app.files.is_some()) else { return Value::Null };
    let next = measure.next_taken(app.clock.now(), keep.max_age, keep.max_bytes);
    json!({
        "maxAgeUs": keep.max_age.0, "maxBytes": keep.max_bytes,
        "nextAt": next.map(|next| rfc3339(next.at)), "nextAgeUs": next.map(|next| next.age.0),
        "nextFor": next.map(|next| if next.for_bytes { "bytes" } else { "age" }),
    })
}

fn day(day: &DayMeasure) -> Value {
    json!({
        "day": day.day, "blocks": day.n_blocks, "spans": day.n_spans, "bytes": day.n_bytes,
        "bytesPerSpan": per_span(day.n_bytes, day.n_spans),
        "oldestArrival": rfc3339(day.arrived.0), "newestArrival": rfc3339(day.arrived.1),
    })
}

fn section(section: &SectionMeasure, n_spans: u64) -> Value {
    json!({
        "section": section.name, "of": if section.of_group { "group" } else { "block" },
        "storedBytes": section.stored_bytes, "unpackedBytes": section.raw_bytes,
        "bytesPerSpan": per_span(section.stored_bytes, n_spans),
    })
}

fn column(column: &ColumnMeasure, n_spans: u64) -> Value {
    json!({
        "service": column.service, "key": column.key, "type": column.value_type, "rows": column.n_values,
        "storedBytes": column.stored_bytes, "unpackedBytes": column.raw_bytes,
        "bytesPerSpan": per_span(column.stored_bytes, n_spans),
    })
}

/// Bytes a span to three decimals; null without spans.
fn per_span(bytes: u64, n_spans: u64) -> Value {
    if n_spans == 0 { Value::Null } else { ((bytes as f64 / n_spans as f64 * 1000.0).round() / 1000.0).into() }
}

fn files(app: &App, lang: Lang) -> Result<Arc<dyn SpanFiles>, Problem> {
    app.files.clone().ok_or_else(|| Problem::missing(lang, Fault::NoFiles, Fault::NoFilesHint))
}

/// `GET /store/blocks`: the files that hold what is stored, but for what is still in memory.
pub async fn blocks(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let item = |block: &BlockFile| {
        let (first, last) = block.start_us;
        json!({
            "name": block.name, "spans": block.n_spans, "bytes": block.n_bytes, "firstStartUs": first,
            "lastStartUs": last, "oldestArrival": rfc3339(block.arrived.0), "newestArrival": rfc3339(block.arrived.1),
        })
    };
    let items: Vec<Value> = files(&app, asked.lang)?.blocks().iter().map(item).collect();
    Ok(Json(json!({ "items": items, "next": null })))
}

/// `GET /store/blocks/{name}?offset=`: up to four megabytes of a block's file. A block never changes, so
/// pieces read at any time fit together.
pub async fn block(State(app): State<Arc<App>>, Path(name): Path<String>, asked: Asked) -> Result<Response, Problem> {
    let offset = asked.number("offset", 0, 0, u64::MAX)?;
    let files = files(&app, asked.lang)?;
    let asked_name = name.clone();
    let bytes = super::reading(asked.lang, move || files.read_block(&asked_name, offset, BLOCK_PIECE_BYTES)).await?;
    let bytes = bytes.ok_or_else(|| Problem::missing(asked.lang, Fault::NoBlock { name }, Fault::NoBlockHint))?;
    Ok(([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response())
}

/// `POST /store/seal`: makes blocks of what is in memory, so that a copy of the blocks lacks nothing that
/// arrived before.
pub async fn seal(State(app): State<Arc<App>>, Write { lang, .. }: Write<IgnoredAny>) -> Answer {
    let files = files(&app, lang)?;
    let is_written = super::reading(lang, move || files.seal()).await?;
    Ok(Json(json!({ "sealed": is_written })))
}
