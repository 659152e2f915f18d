//! Health, build and counters, under Zipkin's names with ours beside them.

use crate::App;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use nines_collect::metrics::TransportMetrics;
use nines_collect::{Reason, Transport};
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// `GET /health`: 200 while spans are taken, 503 with the reason otherwise.
pub async fn health(State(app): State<Arc<App>>) -> Response {
    let storage = app.store.health();
    let status = if storage.is_ok() { "UP" } else { "DOWN" };
    let mut details = Map::new();
    details.insert("status".into(), status.into());
    if let Err(error) = &storage {
        details.insert("details".into(), json!({ "error": error.to_string() }));
    }
    let definitions = app.judge.definitions_state();
    let body = json!({
        "status": status,
        "zipkin": { "status": status, "details": { app.settings.storage.clone(): details } },
        "nines": { "definitions": {
            "status": if definitions.refused.is_empty() { "loaded" } else { "refused" },
            "slos": definitions.slos,
            "errors": definitions.refused.len(),
            "first": definitions.refused.first().map(|finding| finding.render(nines_base::Lang::En)),
        } },
    });
    let code = if storage.is_ok() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let text = serde_json::to_string_pretty(&body).unwrap_or_default();
    (code, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response()
}

/// `GET /info`.
pub async fn info(State(app): State<Arc<App>>) -> Response {
    let body = json!({ "zipkin": { "version": app.settings.version, "commit": app.settings.commit },
                       "nines": { "version": app.settings.version, "commit": app.settings.commit } });
    let text = serde_json::to_string_pretty(&body).unwrap_or_default();
    ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response()
}

/// `GET /zipkin/config.json`: what Zipkin's own page asks for.
pub async fn config(State(app): State<Arc<App>>) -> Json<Value> {
    Json(json!({
        "environment": "", "queryLimit": 10, "defaultLookback": 900_000,
        "searchEnabled": true, "logsUrl": null, "supportUrl": null, "archivePostUrl": null, "archiveUrl": null,
        "dependency": { "enabled": true, "lowErrorRate": 0.5, "highErrorRate": 0.75 },
        "queryLookback": app.settings.query_lookback.0 / 1000,
    }))
}

/// The counters of a transport that Zipkin names, in its order.
fn counters(metrics: &TransportMetrics) -> [(&'static str, &AtomicU64); 5] {
    [
        ("messages", &metrics.messages),
        ("messages_dropped", &metrics.messages_dropped),
        ("bytes", &metrics.bytes),
        ("spans", &metrics.spans),
        ("spans_dropped", &metrics.spans_dropped),
    ]
}

fn gauges(metrics: &TransportMetrics) -> [(&'static str, &AtomicU64); 2] {
    [("message_spans", &metrics.message_spans), ("message_bytes", &metrics.message_bytes)]
}

/// `GET /metrics`: one flat object.
pub async fn metrics(State(app): State<Arc<App>>) -> Json<Map<String, Value>> {
    let mut flat = Map::new();
    for transport in Transport::ALL {
        let metrics = app.collector.metrics.of(transport);
        for (name, counter) in counters(metrics) {
            let key = format!("counter.zipkin_collector.{name}.{}", transport.label());
            flat.insert(key, counter.load(Ordering::Relaxed).into());
        }
        for (name, gauge) in gauges(metrics) {
            let key = format!("gauge.zipkin_collector.{name}.{}", transport.label());
            flat.insert(key, gauge.load(Ordering::Relaxed).into());
        }
    }
    Json(flat)
}

/// `GET /prometheus`: the text format, version 0.0.4.
pub async fn prometheus(State(app): State<Arc<App>>) -> Response {
    let mut text = String::new();
    for index in 0..5 {
        let name = counters(app.collector.metrics.of(Transport::Http))[index].0;
        family(
            &mut text,
            &format!("zipkin_collector_{name}_total"),
            "counter",
            &transport_rows(&app, |metrics| counters(metrics)[index].1.load(Ordering::Relaxed)),
        );
    }
    for index in 0..2 {
        let name = gauges(app.collector.metrics.of(Transport::Http))[index].0;
        family(
            &mut text,
            &format!("zipkin_collector_{name}"),
            "gauge",
            &transport_rows(&app, |metrics| gauges(metrics)[index].1.load(Ordering::Relaxed)),
        );
    }
    let acknowledged = transport_rows(&app, |metrics| metrics.spans_acknowledged.load(Ordering::Relaxed));
    family(&mut text, "nines_collector_spans_acknowledged_total", "counter", &acknowledged);
    let rejected = transport_rows(&app, |metrics| metrics.spans_rejected.load(Ordering::Relaxed));
    family(&mut text, "nines_collector_spans_rejected_total", "counter", &rejected);
    family(&mut text, "nines_collector_messages_refused_total", "counter", &refusal_rows(&app));
    let stats = app.store.stats();
    family(&mut text, "nines_store_spans", "gauge", &[(String::new(), stats.spans)]);
    family(&mut text, "nines_store_disk_bytes", "gauge", &[(String::new(), stats.disk_bytes)]);
    family(&mut text, "nines_store_pending_bytes", "gauge", &[(String::new(), stats.pending_bytes)]);
    let in_flight = app.collector.admission.bytes_held() as u64;
    family(&mut text, "nines_collector_in_flight_bytes", "gauge", &[(String::new(), in_flight)]);
    family(&mut text, "nines_slo_events_total", "counter", &slo_rows(&app));
    let violations: Vec<_> = nines_base::invariant::violations()
        .into_iter()
        .map(|(id, count)| (format!("{{id=\"{id}\"}}"), count))
        .collect();
    family(&mut text, "nines_invariant_violations_total", "counter", &violations);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

fn transport_rows(app: &App, value: impl Fn(&TransportMetrics) -> u64) -> Vec<(String, u64)> {
    Transport::ALL
        .iter()
        .map(|transport| {
            let labels = format!("{{transport=\"{}\"}}", transport.label());
            (labels, value(app.collector.metrics.of(*transport)))
        })
        .collect()
}

fn refusal_rows(app: &App) -> Vec<(String, u64)> {
    let each = Transport::ALL.into_iter().flat_map(|transport| Reason::ALL.map(|reason| (transport, reason)));
    each.map(|(transport, reason)| {
        let labels = format!("{{transport=\"{}\",reason=\"{}\"}}", transport.label(), reason.label());
        (labels, app.collector.metrics.of(transport).refused(reason).load(Ordering::Relaxed))
    })
    .collect()
}

fn slo_rows(app: &App) -> Vec<(String, u64)> {
    let mut rows = Vec::new();
    for total in app.judge.totals() {
        let labels = |verdict| {
            format!(
                "{{slo=\"{}\",objective=\"{}\",verdict=\"{verdict}\"}}",
                escape(&total.slo),
                escape(&total.objective)
            )
        };
        rows.push((labels("good"), total.counts.good));
        rows.push((labels("bad"), total.counts.bad));
    }
    rows
}

/// A label value in the text format.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

fn family(text: &mut String, name: &str, kind: &str, rows: &[(String, u64)]) {
    if rows.is_empty() {
        return;
    }
    // Writing to a String cannot fail.
    let _ = writeln!(text, "# TYPE {name} {kind}");
    for (labels, value) in rows {
        let _ = writeln!(text, "{name}{labels} {value}");
    }
}
