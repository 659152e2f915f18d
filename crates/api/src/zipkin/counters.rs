//! Counters, under Zipkin's names with ours beside them: `/metrics` and `/prometheus`.

use super::exposition::{Exposition, escape};
use super::traffic_counters;
use crate::requests::BOUNDS_MS;
use crate::{App, process};
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use nines_collect::metrics::TransportMetrics;
use nines_collect::sli::Standing;
use nines_collect::{Reason, Transport};
use nines_slo::status::BURN_LOOKBACKS;
use serde_json::{Map, Value};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A number that Zipkin counts for each transport.
struct Counted {
    name: &'static str,
    help: &'static str,
    of: fn(&TransportMetrics) -> u64,
}

/// Those that only rise, in Zipkin's words.
const COUNTERS: [Counted; 5] = [
    Counted { name: "messages", help: "Messages received.", of: |metrics| now(&metrics.messages) },
    Counted { name: "messages_dropped", help: "Messages refused.", of: |metrics| now(&metrics.messages_dropped) },
    Counted { name: "bytes", help: "Bytes received, after inflation.", of: |metrics| now(&metrics.bytes) },
    Counted { name: "spans", help: "Spans received.", of: |metrics| now(&metrics.spans) },
    Counted { name: "spans_dropped", help: "Spans received and not kept: refused, or sampled out.", of: not_kept },
];

/// Those of the last message.
const GAUGES: [Counted; 2] = [
    Counted { name: "message_spans", help: "Spans of the last message.", of: |metrics| now(&metrics.message_spans) },
    Counted { name: "message_bytes", help: "Bytes of the last message.", of: |metrics| now(&metrics.message_bytes) },
];

/// What of it only we tell apart.
const OURS: [Counted; 4] = [
    Counted {
        name: "spans_acknowledged",
        help: "Spans acknowledged as durable.",
        of: |metrics| now(&metrics.spans_acknowledged),
    },
    Counted {
        name: "spans_sampled_out",
        help: "Spans acknowledged and counted by objectives, and not kept.",
        of: |metrics| now(&metrics.spans_sampled_out),
    },
    Counted {
        name: "spans_refused",
        help: "Spans received and refused by the store.",
        of: |metrics| now(&metrics.spans_dropped),
    },
    Counted {
        name: "spans_rejected",
        help: "Spans left out of messages that were taken.",
        of: |metrics| now(&metrics.spans_rejected),
    },
];

fn now(counter: &AtomicU64) -> u64 {
    counter.load(Ordering::Relaxed)
}

/// To Zipkin a span that its sampler does not keep is dropped like one that its store refused.
fn not_kept(metrics: &TransportMetrics) -> u64 {
    now(&metrics.spans_dropped) + now(&metrics.spans_sampled_out)
}

/// `GET /metrics`: one flat object.
pub async fn metrics(State(app): State<Arc<App>>) -> Json<Map<String, Value>> {
    let mut flat = Map::new();
    for transport in transports(&app) {
        let metrics = app.collector.metrics.of(transport);
        for (kind, list) in [("counter", &COUNTERS[..]), ("gauge", &GAUGES[..])] {
            for counted in list {
                let key = format!("{kind}.zipkin_collector.{}.{}", counted.name, transport.label());
                flat.insert(key, (counted.of)(metrics).into());
            }
        }
    }
    Json(flat)
}

/// `GET /prometheus`: the text format, version 0.0.4.
pub async fn prometheus(State(app): State<Arc<App>>) -> Response {
    let mut text = Exposition::default();
    for (kind, suffix, list) in [("counter", "_total", &COUNTERS[..]), ("gauge", "", &GAUGES[..])] {
        for counted in list {
            let name = format!("zipkin_collector_{}{suffix}", counted.name);
            text.family(&name, kind, counted.help, &by_transport(&app, counted.of));
        }
    }
    for counted in OURS {
        let name = format!("nines_collector_{}_total", counted.name);
        text.family(&name, "counter", counted.help, &by_transport(&app, counted.of));
    }
    let name = "nines_collector_messages_refused_total";
    text.family(name, "counter", "Messages refused, by reason.", &refusal_rows(&app));
    write_requests(&app, &mut text);
    write_store(&app, &mut text);
    text.family("nines_slo_events_total", "counter", "Events counted, by objective and verdict.", &slo_rows(&app));
    write_standings(&app, &mut text);
    traffic_counters::write(&app, &mut text).await;
    let violations: Vec<_> = nines_base::invariant::violations()
        .into_iter()
        .map(|(id, count)| (format!("{{id=\"{id}\"}}"), count))
        .collect();
    text.family("nines_invariant_violations_total", "counter", "Broken promises met.", &violations);
    for figure in process::figures(app.settings.started_at) {
        text.family(figure.name, figure.kind, "Of this process.", &[(String::new(), figure.value)]);
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text.into_text()).into_response()
}

/// Those that spans may come by: its own the server has only where it traces itself.
fn transports(app: &App) -> impl Iterator<Item = Transport> {
    let traces_itself = app.tracer.is_some();
    Transport::ALL.into_iter().filter(move |transport| traces_itself || *transport != Transport::Local)
}

fn by_transport(app: &App, of: fn(&TransportMetrics) -> u64) -> Vec<(String, u64)> {
    transports(app)
        .map(|transport| {
            let labels = format!("{{transport=\"{}\"}}", transport.label());
            (labels, of(app.collector.metrics.of(transport)))
        })
        .collect()
}

fn refusal_rows(app: &App) -> Vec<(String, u64)> {
    let each = transports(app).flat_map(|transport| Reason::ALL.map(|reason| (transport, reason)));
    each.map(|(transport, reason)| {
        let labels = format!("{{transport=\"{}\",reason=\"{}\"}}", transport.label(), reason.label());
        (labels, app.collector.metrics.of(transport).refused(reason).load(Ordering::Relaxed))
    })
    .collect()
}

fn write_requests(app: &App, text: &mut Exposition) {
    let name = "http_server_requests_seconds";
    let series = app.requests.series();
    if series.is_empty() {
        return;
    }
    text.head(name, "histogram", "Time until an answer began, without bodies that brought spans.");
    for ((method, status, uri), times) in series {
        let labels = format!("method=\"{method}\",status=\"{status}\",uri=\"{}\"", escape(&uri));
        let mut up_to = 0;
        for (bound_ms, n_answers) in BOUNDS_MS.iter().zip(times.buckets) {
            up_to += n_answers;
            let bound = *bound_ms as f64 / 1000.0;
            text.sample(&format!("{name}_bucket"), &format!("{{{labels},le=\"{bound}\"}}"), up_to);
        }
        text.sample(&format!("{name}_bucket"), &format!("{{{labels},le=\"+Inf\"}}"), times.count);
        text.sample(&format!("{name}_count"), &format!("{{{labels}}}"), times.count);
        text.sample(&format!("{name}_sum"), &format!("{{{labels}}}"), times.total.as_secs_f64());
    }
}

fn write_store(app: &App, text: &mut Exposition) {
    let stats = app.store.stats();
    let in_flight = app.collector.admission.bytes_held() as u64;
    for (name, help, value) in [
        ("nines_store_spans", "Spans held.", stats.spans),
        ("nines_store_disk_bytes", "Bytes on disk.", stats.disk_bytes),
        ("nines_store_pending_bytes", "Bytes waiting to become durable.", stats.pending_bytes),
        ("nines_collector_in_flight_bytes", "Bytes of bodies being taken.", in_flight),
    ] {
        text.family(name, "gauge", help, &[(String::new(), value)]);
    }
}

/// A figure of an objective; `None` where it is undefined.
type Figure = fn(&Standing) -> Option<f64>;

/// How objectives stand; what is undefined has no sample.
fn write_standings(app: &App, text: &mut Exposition) {
    let standings = app.judge.standings();
    let labels = |standing: &Standing, more: &str| {
        let (slo, service) = (escape(&standing.slo.name), escape(&standing.slo.service));
        let objective = escape(&standing.status.objective);
        format!("{{slo=\"{slo}\",objective=\"{objective}\",service=\"{service}\"{more}}}")
    };
    let of = |figure: Figure| -> Vec<(String, f64)> {
        let sample = |standing: &Standing| Some((labels(standing, ""), figure(standing)?));
        standings.iter().filter_map(sample).collect()
    };
    let figures: [(&str, &str, Figure); 4] = [
        ("nines_slo_target", "The target.", |standing| Some(standing.status.target.as_f64())),
        ("nines_slo_sli", "Good over valid, of the window.", |standing| standing.status.sli()),
        ("nines_slo_budget", "What is left of the error budget, signed.", |standing| {
            standing.status.budget().map(|budget| budget.as_f64())
        }),
        ("nines_slo_coverage", "How much of the window was measured.", |standing| standing.status.coverage.ratio()),
    ];
    for (name, help, figure) in figures {
        text.family(name, "gauge", help, &of(figure));
    }
    let burns: Vec<(String, f64)> = standings
        .iter()
        .flat_map(|standing| {
            let lookbacks = BURN_LOOKBACKS.iter().zip(standing.status.burns());
            lookbacks
                .filter_map(|(lookback, burn)| Some((labels(standing, &format!(",lookback=\"{lookback}\"")), burn?)))
        })
        .collect();
    text.family("nines_slo_burn", "gauge", "How many times faster than permitted the budget goes.", &burns);
}

fn slo_rows(app: &App) -> Vec<(String, u64)> {
    let mut rows = Vec::new();
    for total in app.judge.totals() {
        let (slo, objective) = (escape(&total.slo), escape(&total.objective));
        for (verdict, count) in [("good", total.counts.good), ("bad", total.counts.bad)] {
            rows.push((format!("{{slo=\"{slo}\",objective=\"{objective}\",verdict=\"{verdict}\"}}"), count));
        }
    }
    rows
}
