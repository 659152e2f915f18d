//! One trace for drawing: columns of rows in display order; on demand the parts of single rows, and which rows
//! a filter or a text finds.

use super::partial;
use super::problem::{Answer, Fault, Problem};
use super::request::{Asked, rfc3339};
use crate::App;
use axum::Json;
use axum::extract::{Path, State};
use nines_base::{Lang, Timestamp, TraceId};
use nines_span::{Endpoint, Event, Span, SpanFields, otlp};
use nines_trace::tree::{self, Interval, Row, Skew, Trace};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Rows whose parts are given at once.
const ROWS_MAX: usize = 200;

/// Tags whose value says how a call went, in the order they are looked for.
const STATUS_TAGS: [&str; 4] =
    ["http.status_code", "http.response.status_code", "rpc.grpc.status_code", "rpc.response.status_code"];

/// Ids of missing parents that are named.
const MISSING_NAMED_MAX: usize = 20;

/// `GET /traces/{id}`: the trace's columns, or what else is asked of it.
pub async fn detail(State(app): State<Arc<App>>, Path(text): Path<String>, asked: Asked) -> Answer {
    let color_of = |name: &str| app.colors.of(name);
    answer(&app, &text, asked.lang, |drawn, id| drawn.answer(id, &asked, color_of)).await.map(Json)
}

/// All rows of a trace.
pub(crate) async fn whole(app: &Arc<App>, text: &str, lang: Lang) -> Result<Value, Problem> {
    answer(app, text, lang, |drawn, id| Ok(drawn.columns(id, |name| app.colors.of(name)))).await
}

async fn answer(
    app: &Arc<App>,
    text: &str,
    lang: Lang,
    said: impl FnOnce(&Drawn, TraceId) -> Result<Value, Problem>,
) -> Result<Value, Problem> {
    let id = TraceId::parse(text.trim())
        .map_err(|_| Problem::bad(lang, Fault::BadTraceId { text: text.to_owned() }, Fault::BadTraceIdHint))?;
    let (store, strict) = (app.store.clone(), app.settings.strict_trace_id);
    let answer = super::reading(lang, move || store.trace(id, strict)).await?;
    if answer.value.is_empty() {
        let missing = || Problem::missing(lang, Fault::NoTrace { id: id.to_string() }, Fault::NoTraceHint);
        return Err(partial::nothing(lang, &answer.gaps, missing));
    }
    let mut document = said(&Drawn::of(Trace::assemble(answer.value)), id)?;
    partial::mark(&mut document, &answer.gaps);
    Ok(document)
}

/// A trace with everything that its rows are drawn from.
pub(super) struct Drawn {
    trace: Trace,
    rows: Vec<Row>,
    /// By node, corrected for skew, in microseconds since the epoch.
    intervals: Vec<Option<Interval>>,
    is_critical: Vec<bool>,
    skew: Skew,
}

impl Drawn {
    pub(super) fn of(trace: Trace) -> Drawn {
        let rows = tree::rows(&trace);
        let skew = tree::find_skew(&trace.tree, &trace.spans);
        let intervals = tree::intervals(&trace, &skew);
        let mut is_critical = vec![false; trace.tree.nodes().len()];
        for segment in tree::critical_path(&trace, &intervals) {
            is_critical[segment.node] = true;
        }
        Drawn { rows, intervals, is_critical, skew, trace }
    }

    /// What `asked` wants of the trace: `rows` their parts, `q` and `text` the rows they find, else the columns.
    /// `color_of` numbers services.
    pub(super) fn answer(&self, id: TraceId, asked: &Asked, color_of: impl Fn(&str) -> u32) -> Result<Value, Problem> {
        if let Some(range) = asked.text("rows") {
            return self.parts(range, asked.lang);
        }
        if let Some(text) = asked.text("text") {
            let text = text.to_lowercase();
            return Ok(self.found(|span| says(span, &text)));
        }
        if asked.text("q").is_some() {
            let filter = asked.filter()?;
            return Ok(self.found(|span| filter.matches(span)));
        }
        Ok(self.columns(id, color_of))
    }

    /// The rows of which a span satisfies `test`.
    fn found(&self, test: impl Fn(&Span) -> bool) -> Value {
        let is_found = |row: &Row| {
            let (span, server) = self.halves(row);
            test(span) || server.is_some_and(&test)
        };
        let rows: Vec<usize> = (0..self.rows.len()).filter(|at| is_found(&self.rows[*at])).collect();
        json!({ "rows": rows })
    }

    /// A row's own span and, where it shows both halves of a call, the server's.
    fn halves(&self, row: &Row) -> (&Span, Option<&Span>) {
        (self.trace.span(row.node), row.server.map(|node| self.trace.span(node)))
    }

    /// What the row's bar shows: the whole call where it is one.
    fn interval(&self, row: &Row) -> Option<Interval> {
        self.intervals[row.node].or_else(|| self.intervals[row.server?])
    }

    fn columns(&self, id: TraceId, color_of: impl Fn(&str) -> u32) -> Value {
        let (from_us, to_us) = self.hull();
        let (mut services, mut names) = (Numbered::default(), Numbered::default());
        let mut columns = Columns::default();
        for row in &self.rows {
            let (span, server) = self.halves(row);
            let interval = self.interval(row);
            // The server's own names are the better ones: it did the work, and it knows its route.
            let service = server.map_or(&span.local.service, |server| &server.local.service);
            let name = server.map(|server| &server.name).filter(|name| !name.is_empty()).unwrap_or(&span.name);
            let is_error = span.is_error() || server.is_some_and(SpanFields::is_error);
            let is_critical = self.is_critical[row.node] || row.server.is_some_and(|node| self.is_critical[node]);
            columns.id.push(span.id.to_string());
            columns.parent.push(row.parent.map_or(-1, |parent| parent as i64));
            columns.depth.push(row.depth);
            columns.size.push(row.size);
            columns.service.push(services.number(service));
            columns.name.push(names.number(name));
            columns.kind.push(span.kind.zipkin_name().unwrap_or(""));
            columns.start_us.push(interval.map_or(0, |interval| interval.from_us - from_us));
            columns.duration_us.push(interval.map_or(0, |interval| interval.length_us()));
            columns.error.push(u8::from(is_error));
            columns.critical.push(u8::from(is_critical));
            columns.remote.push(if server.is_some() {
                span.local.service.clone()
            } else {
                span.remote.service.clone()
            });
            columns.status.push(status(span).or_else(|| status(server?)).unwrap_or_default());
        }
        let n_errors = self.trace.spans.iter().filter(|span| span.is_error()).count();
        let services: Vec<Value> =
            services.texts.iter().map(|name| json!({ "name": name, "color": color_of(name) })).collect();
        let missing = self.trace.tree.missing_parents();
        let missing_ids: Vec<String> = missing.iter().take(MISSING_NAMED_MAX).map(ToString::to_string).collect();
        json!({
            "traceId": id.to_string(), "start": rfc3339(Timestamp(from_us)), "startUs": from_us,
            "durationUs": to_us - from_us, "spans": self.trace.spans.len(), "errors": n_errors,
            "missingParents": missing.len(), "missingIds": missing_ids,
            "skewCorrected": self.skew.corrections().len(), "skews": self.skews(),
            "services": services, "names": names.texts, "rows": columns.into_json(),
        })
    }

    /// How far the clocks of services were ahead: of each the furthest, in order of names.
    fn skews(&self) -> Vec<Value> {
        let mut furthest: BTreeMap<&str, i64> = BTreeMap::new();
        for correction in self.skew.corrections() {
            let ahead_us = furthest.entry(&self.trace.span(correction.node).local.service).or_default();
            if correction.ahead_us.unsigned_abs() > ahead_us.unsigned_abs() {
                *ahead_us = correction.ahead_us;
            }
        }
        furthest.iter().map(|(service, ahead_us)| json!({ "service": service, "aheadUs": ahead_us })).collect()
    }

    /// First start and last end over all rows.
    fn hull(&self) -> (i64, i64) {
        let known = self.intervals.iter().flatten();
        let hull = known.map(|interval| (interval.from_us, interval.to_us));
        hull.reduce(|(start, end), (from, to)| (start.min(from), end.max(to))).unwrap_or((0, 0))
    }

    fn parts(&self, range: &str, lang: Lang) -> Result<Value, Problem> {
        let last = self.rows.len() - 1;
        let bad = || {
            let hint = Fault::BadRowsHint { last, most: ROWS_MAX };
            Problem::bad(lang, Fault::BadRows { text: range.to_owned() }, hint)
        };
        let (from, to) = range.split_once('-').ok_or_else(bad)?;
        let (from, to): (usize, usize) = (from.parse().map_err(|_| bad())?, to.parse().map_err(|_| bad())?);
        if from > to || to > last || to - from >= ROWS_MAX {
            return Err(bad());
        }
        let items: Vec<Value> = (from..=to).map(|at| self.row_parts(at)).collect();
        Ok(json!({ "from": from, "items": items }))
    }

    fn row_parts(&self, at: usize) -> Value {
        let (span, server) = self.halves(&self.rows[at]);
        let mut parts = span_parts(span);
        parts["row"] = json!(at);
        if let Some(server) = server {
            parts["halves"] = json!([span_parts(span), span_parts(server)]);
        }
        parts
    }
}

/// Texts by number in order of first use.
#[derive(Default)]
struct Numbered {
    texts: Vec<String>,
    known: HashMap<String, usize>,
}

impl Numbered {
    fn number(&mut self, text: &str) -> usize {
        if let Some(number) = self.known.get(text) {
            return *number;
        }
        self.texts.push(text.to_owned());
        self.known.insert(text.to_owned(), self.texts.len() - 1);
        self.texts.len() - 1
    }
}

/// The rows, column by column: a tenth of the bytes of one object a row.
#[derive(Default)]
struct Columns {
    id: Vec<String>,
    parent: Vec<i64>,
    depth: Vec<u32>,
    size: Vec<usize>,
    service: Vec<usize>,
    name: Vec<usize>,
    kind: Vec<&'static str>,
    start_us: Vec<i64>,
    duration_us: Vec<i64>,
    error: Vec<u8>,
    critical: Vec<u8>,
    remote: Vec<String>,
    status: Vec<String>,
}

impl Columns {
    fn into_json(self) -> Value {
        json!({
            "id": self.id, "parent": self.parent, "depth": self.depth, "size": self.size, "service": self.service,
            "name": self.name, "kind": self.kind, "startUs": self.start_us, "durationUs": self.duration_us,
            "error": self.error, "critical": self.critical, "remote": self.remote, "status": self.status,
        })
    }
}

/// How the call went, as its protocol numbers it.
pub(super) fn status(span: &Span) -> Option<String> {
    STATUS_TAGS.iter().find_map(|key| span.tag(key)).map(|value| value.text().into_owned())
}

fn span_parts(span: &Span) -> Value {
    let rest = span.otlp.as_ref().map(|parts| parts.rest.as_slice()).unwrap_or_default();
    let tags: Vec<Value> = span.tags.iter().map(|(key, value)| json!([key, value.as_ref().text()])).collect();
    let resource: Vec<Value> =
        otlp::resource_attributes(span.resource_bytes()).map(|(key, value)| json!([key, value.text()])).collect();
    let annotations: Vec<Value> = span.events.iter().map(annotation).collect();
    let links: Vec<Value> = otlp::links(rest)
        .map(|link| json!({ "traceId": link.trace_id.to_string(), "spanId": link.span_id.to_string() }))
        .collect();
    json!({
        "id": span.id.to_string(), "parentId": span.parent_id.map(|id| id.to_string()),
        "kind": span.kind.zipkin_name(), "service": span.local.service, "name": span.name,
        "shared": span.shared, "debug": span.debug, "startUs": span.start.us, "durationUs": span.duration.us,
        "error": span.is_error(), "local": side(&span.local), "remote": side(&span.remote),
        "tags": tags, "resource": resource, "annotations": annotations, "links": links,
    })
}

fn annotation(event: &Event) -> Value {
    let tags: Vec<Value> = otlp::event_attributes(&event.otlp).map(|(key, value)| json!([key, value.text()])).collect();
    json!({ "timeUs": event.time.us, "value": event.name, "tags": tags })
}

/// Whether a tag, resource attribute, event or status message of a span holds `lower`, a text in lower case; of
/// tags `name=value` is looked at, so that one text can ask for both.
fn says(span: &Span, lower: &str) -> bool {
    let holds = |text: &str| text.to_lowercase().contains(lower);
    let pair = |key: &str, value: Cow<'_, str>| holds(&format!("{key}={value}"));
    let rest = span.otlp.as_ref().map(|parts| parts.rest.as_slice()).unwrap_or_default();
    span.tags.iter().any(|(key, value)| pair(key, value.as_ref().text()))
        || otlp::resource_attributes(span.resource_bytes()).any(|(key, value)| pair(key, value.text()))
        || span.events.iter().any(|event| {
            holds(&event.name) || otlp::event_attributes(&event.otlp).any(|(key, value)| pair(key, value.text()))
        })
        || otlp::status_message(rest).is_some_and(holds)
}

fn side(endpoint: &Endpoint) -> Value {
    if endpoint.is_empty() {
        return Value::Null;
    }
    json!({
        "service": endpoint.service, "ipv4": endpoint.ipv4.map(|ip| ip.to_string()),
        "ipv6": endpoint.ipv6.map(|ip| ip.to_string()), "port": (endpoint.port != 0).then_some(endpoint.port),
    })
}
