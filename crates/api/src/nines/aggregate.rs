//! Spans counted by what they have in common: facets, time series, heat-maps.

use super::partial;
use super::problem::{Answer, Fault, Problem};
use super::request::{Asked, rfc3339};
use crate::App;
use axum::Json;
use axum::extract::State;
use nines_base::{DurationUs, Timestamp};
use nines_span::{Kind, Status};
use nines_storage::aggregate::{AggregateFault, BUCKETS_LOG2_MAX, DIMENSIONS_MAX, Group, KeyPart, SLICES_MAX, Sums};
use nines_storage::{Aggregate, AggregateQuery, Answer as Found, Dimension, Window};
use nines_trace::filter::complete::{written_name, written_value};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Instant;

/// Window unless told otherwise.
const SINCE_DEFAULT: DurationUs = DurationUs::from_secs(3600);

/// Groups of a facet unless told otherwise: more than a list shows. A heat-map or a series gives what there may be.
const GROUPS_DEFAULT: usize = 100;

/// Slices of the window unless a step is given, at most.
const SLICES_DEFAULT: u64 = 60;

/// Steps that people read without reckoning, in seconds; beyond the last, whole days.
const STEPS_S: [u64; 18] =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];

/// What says that a tag is meant, whatever its name: as in the filter language.
const TAG_PREFIX: &str = "tag.";

/// `GET /aggregate?q=&from=&to=&since=&by=&step=&buckets=&histogram=&limit=`.
pub async fn aggregate(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let started = Instant::now();
    let query = Arc::new(question(&app, &asked)?);
    let (store, of_store) = (app.store.clone(), query.clone());
    let Found { value, gaps } = super::reading(asked.lang, move || store.aggregate(&of_store)).await?;
    let mut document = document(&query, &value);
    document["cut"] = json!(partial::words(&gaps, asked.lang));
    document["tookUs"] = json!(started.elapsed().as_micros() as u64);
    partial::mark(&mut document, &gaps);
    Ok(Json(document))
}

fn question(app: &Arc<App>, asked: &Asked) -> Result<AggregateQuery, Problem> {
    let filter = asked.filter()?;
    let window = asked.window(app, SINCE_DEFAULT)?;
    let step_us = match asked.duration("step")? {
        Some(DurationUs(us)) => us.max(0) as u64,
        None => default_step_us(window),
    };
    let per_doubling = [("1", 0), ("2", 1), ("4", 2), ("8", 3), ("16", BUCKETS_LOG2_MAX)];
    let buckets_log2 = asked.word("buckets", &per_doubling, 1)?;
    let names = asked.text("by").unwrap_or_default().split(',').map(str::trim).filter(|name| !name.is_empty());
    let by: Vec<Dimension> = names.map(|name| dimension(name, step_us, buckets_log2)).collect();
    let with_histograms = asked.word("histogram", &[("duration", true)], false)?;
    let max = AggregateQuery::groups_allowed(with_histograms);
    let is_fine = by.iter().any(|by| matches!(by, Dimension::Time { .. } | Dimension::Duration { .. }));
    let default = if is_fine { max } else { GROUPS_DEFAULT };
    let groups_max = asked.number("limit", default as u64, 1, max as u64)? as usize;
    AggregateQuery::new(filter, window, by, groups_max, with_histograms).map_err(|fault| refused(asked, fault, max))
}

/// A dimension by its name; any that is none is a tag.
pub(super) fn dimension(name: &str, step_us: u64, buckets_log2: u8) -> Dimension {
    match name {
        "service" => Dimension::Service,
        "op" => Dimension::Op,
        "kind" => Dimension::Kind,
        "remote" => Dimension::Remote,
        "status" => Dimension::Status,
        "error" => Dimension::Error,
        "time" => Dimension::Time { step_us },
        "duration" => Dimension::Duration { buckets_log2 },
        tag => Dimension::Tag(tag.strip_prefix(TAG_PREFIX).unwrap_or(tag).to_owned()),
    }
}

fn refused(asked: &Asked, fault: AggregateFault, groups_max: usize) -> Problem {
    let (fact, hint) = match fault {
        AggregateFault::TooManyDimensions { given } => {
            (Fault::TooManyDimensions { given }, Fault::TooManyDimensionsHint { max: DIMENSIONS_MAX })
        }
        AggregateFault::TooManySlices { given } => {
            (Fault::TooManySlices { given }, Fault::TooManySlicesHint { max: SLICES_MAX })
        }
        AggregateFault::NoStep => {
            (Fault::BadDuration { text: asked.text("step").unwrap_or_default().to_owned() }, Fault::BadDurationHint)
        }
        // The number and the word were held within these before; said all the same, should that change.
        AggregateFault::BadGroups { given, .. } => (
            Fault::BadNumber { name: "limit".into(), text: given.to_string() },
            Fault::BadNumberHint { from: 1, to: groups_max as u64 },
        ),
        AggregateFault::TooFine { .. } => (
            Fault::BadWord { name: "buckets".into(), text: asked.text("buckets").unwrap_or_default().to_owned() },
            Fault::BadWordHint { words: "1, 2, 4, 8, 16".into() },
        ),
    };
    Problem::bad(asked.lang, fact, hint)
}

/// The shortest readable step that gives no more slices than are wanted.
pub(super) fn default_step_us(window: Window) -> u64 {
    let over_us = (window.to.0.max(0) as u64).saturating_sub(window.from.0.max(0) as u64);
    let fits = |step_s: &&u64| over_us / (**step_s * 1_000_000) < SLICES_DEFAULT;
    let day_us = 86_400_000_000;
    STEPS_S
        .iter()
        .find(fits)
        .map_or_else(|| (over_us / SLICES_DEFAULT / day_us + 1) * day_us, |step_s| step_s * 1_000_000)
}

fn document(query: &AggregateQuery, found: &Aggregate) -> Value {
    let mut document = json!({
        "from": rfc3339(query.window().from),
        "to": rfc3339(query.window().to),
        "by": query.by().iter().map(name).collect::<Vec<_>>(),
        "total": sums(&found.total),
        "items": found.groups.iter().map(|group| item(query.by(), group)).collect::<Vec<_>>(),
        "next": null,
    });
    document["rest"] = sums(&found.rest);
    document["rest"]["groups"] = json!(found.rest_groups);
    for dimension in query.by() {
        match dimension {
            Dimension::Time { step_us } => document["stepUs"] = json!(step_us),
            Dimension::Duration { buckets_log2 } => document["bucketsPerDoubling"] = json!(1 << buckets_log2),
            _ => {}
        }
    }
    document
}

fn name(dimension: &Dimension) -> String {
    match dimension {
        Dimension::Service => "service".into(),
        Dimension::Op => "op".into(),
        Dimension::Kind => "kind".into(),
        Dimension::Remote => "remote".into(),
        Dimension::Status => "status".into(),
        Dimension::Error => "error".into(),
        Dimension::Time { .. } => "time".into(),
        Dimension::Duration { .. } => "duration".into(),
        Dimension::Tag(name) => format!("{TAG_PREFIX}{name}"),
    }
}

fn item(by: &[Dimension], group: &Group) -> Value {
    let mut item = sums(&group.sums);
    item["key"] = group.key.iter().map(key_part).collect();
    // Cells of a heat-map are many, and nobody follows one by its terms.
    if !by.iter().any(|by| matches!(by, Dimension::Time { .. } | Dimension::Duration { .. })) {
        item["terms"] = by.iter().zip(&group.key).map(|(dimension, part)| term_of(dimension, part)).collect();
    }
    item
}

/// The term of the filter language that finds spans with this in a dimension; `None` where it has no word for it.
pub(super) fn term_of(dimension: &Dimension, part: &KeyPart) -> Option<String> {
    let is = |name: &str, part: &KeyPart| match part {
        KeyPart::Text(text) => Some(format!("{name}={}", written_value(text))),
        _ => None,
    };
    match (dimension, part) {
        (Dimension::Service, part) => is("service", part),
        (Dimension::Op, part) => is("op", part),
        (Dimension::Remote, part) => is("remote", part),
        (Dimension::Tag(tag), KeyPart::Absent) => Some(format!("-{}", written_name(tag))),
        (Dimension::Tag(tag), part) => is(&written_name(tag), part),
        (Dimension::Error, KeyPart::Error(is_error)) => Some(if *is_error { "error" } else { "-error" }.into()),
        (Dimension::Kind, KeyPart::Kind(kind)) => Some(
            match kind {
                Kind::Client => "kind=client",
                Kind::Server => "kind=server",
                Kind::Producer => "kind=producer",
                Kind::Consumer => "kind=consumer",
                Kind::Unspecified | Kind::Internal => "kind=local",
            }
            .into(),
        ),
        _ => None,
    }
}

fn key_part(part: &KeyPart) -> Value {
    match part {
        KeyPart::Absent => Value::Null,
        KeyPart::Text(text) => json!(text),
        KeyPart::Error(is_error) => json!(is_error),
        KeyPart::SliceUs(us) => json!(rfc3339(Timestamp(i64::try_from(*us).unwrap_or(i64::MAX)))),
        KeyPart::DurationUs(from_us, to_us) => json!({ "fromUs": from_us, "toUs": to_us }),
        KeyPart::Kind(kind) => json!(match kind {
            Kind::Unspecified => "unspecified",
            Kind::Client => "client",
            Kind::Server => "server",
            Kind::Producer => "producer",
            Kind::Consumer => "consumer",
            Kind::Internal => "internal",
        }),
        KeyPart::Status(status) => json!(match status {
            Status::Unset => "unset",
            Status::Ok => "ok",
            Status::Error => "error",
        }),
    }
}

fn sums(sums: &Sums) -> Value {
    let mut document = json!({
        "spans": sums.spans,
        "errors": sums.errors,
        "timed": sums.timed,
        "durationSumUs": sums.duration_us_sum,
        "durationMaxUs": sums.duration_us_max,
    });
    if !sums.histogram.is_empty() {
        let bucket = |(bounds, spans): (std::ops::RangeInclusive<u64>, u64)| json!({ "fromUs": bounds.start(), "toUs": bounds.end(), "spans": spans });
        document["histogram"] = sums.histogram.iter().map(bucket).collect();
        for (name, q) in [("p50Us", 0.5), ("p90Us", 0.9), ("p99Us", 0.99)] {
            // No duration is longer than the longest, though its bucket ends later.
            document[name] = json!(sums.histogram.quantile(q).map(|bounds| (*bounds.end()).min(sums.duration_us_max)));
        }
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_cut_into_readable_steps() {
        let check = |over_s: i64, step_s: u64| {
            let from = Timestamp::from_secs(1_000_000);
            let window = Window { from, to: from + DurationUs::from_secs(over_s) };
            assert_eq!(default_step_us(window), step_s * 1_000_000, "{over_s} s");
        };
        check(0, 1);
        check(59, 1);
        check(60, 2);
        check(3600, 120);
        check(86_400, 1800);
        check(29 * 86_400, 43_200);
        check(30 * 86_400, 86_400);
        check(365 * 86_400, 7 * 86_400);
        let all = Window { from: Timestamp(i64::MIN), to: Timestamp(i64::MAX) };
        assert!(i64::MAX as u64 / default_step_us(all) <= SLICES_DEFAULT);
    }

    #[test]
    fn a_name_that_is_no_dimension_is_a_tag() {
        assert_eq!(dimension("op", 1, 0), Dimension::Op);
        for (named, tag) in [("http.route", "http.route"), ("tag.op", "op"), ("tag.tag.x", "tag.x")] {
            let dimension = dimension(named, 1, 0);
            assert_eq!(dimension, Dimension::Tag(tag.into()));
            assert_eq!(name(&dimension), format!("tag.{tag}"));
        }
    }
}
