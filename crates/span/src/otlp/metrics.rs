//! Writing numbers as an `ExportMetricsServiceRequest`: sums that only grow, and gauges.

use super::schema::{
    gauge, metric, metrics_request, number_data_point as data_point, resource, resource_metrics, scope, scope_metrics,
    sum,
};
use super::value::put_key_value;
use crate::model::ValueRef;
use crate::protobuf::{put_bytes, put_fixed64, put_message, put_varint};
use nines_base::Timestamp;

/// `AGGREGATION_TEMPORALITY_CUMULATIVE`.
const CUMULATIVE: u64 = 2;

/// A metric with its points.
#[derive(Clone, PartialEq, Debug)]
pub struct Metric {
    /// Its name, as OpenTelemetry names metrics: `nines.slo.budget`.
    pub name: &'static str,
    /// In a sentence.
    pub description: &'static str,
    /// In UCUM: `1`, `{event}`.
    pub unit: &'static str,
    /// Its values.
    pub points: Points,
}

/// What a metric's values are.
#[derive(Clone, PartialEq, Debug)]
pub enum Points {
    /// How something stands.
    Gauge(Vec<Point<f64>>),
    /// How many there were since a beginning, each its own.
    Sum(Vec<(Timestamp, Point<u64>)>),
}

/// A value with what it is of.
#[derive(Clone, PartialEq, Debug)]
pub struct Point<T> {
    /// Names and values.
    pub attributes: Vec<(&'static str, String)>,
    /// The value.
    pub value: T,
}

/// Writes metrics of one resource and scope, as they are at an instant. One without points is left out.
pub fn encode_metrics(
    resource_attributes: &[(&str, &str)],
    (scope_name, scope_version): (&str, &str),
    metrics: &[Metric],
    at: Timestamp,
) -> Vec<u8> {
    let mut out = Vec::new();
    put_message(metrics_request::RESOURCE_METRICS, &mut out, |out| {
        put_message(resource_metrics::RESOURCE, out, |out| {
            for (key, value) in resource_attributes {
                put_key_value(resource::ATTRIBUTES, key, ValueRef::Str(value), out);
            }
        });
        put_message(resource_metrics::SCOPE_METRICS, out, |out| {
            put_message(scope_metrics::SCOPE, out, |out| {
                put_bytes(scope::NAME, scope_name.as_bytes(), out);
                put_bytes(scope::VERSION, scope_version.as_bytes(), out);
            });
            for metric in metrics.iter().filter(|metric| !metric.points.is_empty()) {
                put_message(scope_metrics::METRICS, out, |out| put_metric(metric, at, out));
            }
        });
    });
    out
}

impl Points {
    fn is_empty(&self) -> bool {
        match self {
            Points::Gauge(points) => points.is_empty(),
            Points::Sum(points) => points.is_empty(),
        }
    }
}

fn put_metric(metric: &Metric, at: Timestamp, out: &mut Vec<u8>) {
    for (field, text) in
        [(metric::NAME, metric.name), (metric::DESCRIPTION, metric.description), (metric::UNIT, metric.unit)]
    {
        put_bytes(field, text.as_bytes(), out);
    }
    match &metric.points {
        Points::Gauge(points) => put_message(metric::GAUGE, out, |out| {
            for Point { attributes, value } in points {
                put_message(gauge::DATA_POINTS, out, |out| {
                    put_fixed64(data_point::TIME_UNIX_NANO, nanoseconds(at), out);
                    put_fixed64(data_point::AS_DOUBLE, value.to_bits(), out);
                    put_attributes(attributes, out);
                });
            }
        }),
        Points::Sum(points) => put_message(metric::SUM, out, |out| {
            for (since, Point { attributes, value }) in points {
                put_message(sum::DATA_POINTS, out, |out| {
                    put_fixed64(data_point::START_TIME_UNIX_NANO, nanoseconds(*since), out);
                    put_fixed64(data_point::TIME_UNIX_NANO, nanoseconds(at), out);
                    // An `sfixed64`: of a count beyond it the greatest is told.
                    put_fixed64(data_point::AS_INT, (*value).min(i64::MAX as u64), out);
                    put_attributes(attributes, out);
                });
            }
            put_varint(sum::AGGREGATION_TEMPORALITY, CUMULATIVE, out);
            put_varint(sum::IS_MONOTONIC, 1, out);
        }),
    }
}

fn put_attributes(attributes: &[(&str, String)], out: &mut Vec<u8>) {
    for (key, value) in attributes {
        put_key_value(data_point::ATTRIBUTES, key, ValueRef::Str(value), out);
    }
}

fn nanoseconds(at: Timestamp) -> u64 {
    u64::try_from(at.0).unwrap_or(0).saturating_mul(1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
    use opentelemetry_proto::tonic::common::v1::any_value::Value;
    use opentelemetry_proto::tonic::metrics::v1::number_data_point::Value as Number;
    use opentelemetry_proto::tonic::metrics::v1::{AggregationTemporality, NumberDataPoint, metric::Data};
    use prost::Message;

    const AT: Timestamp = Timestamp::from_secs(1_790_000_000);

    fn attribute(point: &NumberDataPoint, key: &str) -> String {
        let found = point.attributes.iter().find(|attribute| attribute.key == key).unwrap();
        match found.value.as_ref().unwrap().value.as_ref().unwrap() {
            Value::StringValue(text) => text.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn another_decoder_reads_what_is_written() {
        let since = AT + nines_base::DurationUs::from_secs(-60);
        let point = |verdict: &str, value| Point { attributes: vec![("verdict", verdict.to_owned())], value };
        let events = vec![(since, point("good", 9_999)), (AT, point("bad", u64::MAX))];
        let of = vec![Point { attributes: vec![("slo", "\"한글\"\n".to_owned())], value: -0.25 }];
        let metrics = [
            Metric { name: "a.events", description: "All.", unit: "{event}", points: Points::Sum(events) },
            Metric { name: "a.none", description: "None.", unit: "1", points: Points::Gauge(Vec::new()) },
            Metric { name: "a.budget", description: "Left.", unit: "1", points: Points::Gauge(of) },
        ];
        let bytes = encode_metrics(&[("service.name", "nines"), ("host.name", "h")], ("nines", "1.0"), &metrics, AT);
        let read = ExportMetricsServiceRequest::decode(&bytes[..]).unwrap();
        assert_eq!(read.encode_to_vec().len(), bytes.len(), "nothing that it does not know");
        let [resource_metrics] = &read.resource_metrics[..] else { panic!("{read:?}") };
        let resource = resource_metrics.resource.as_ref().unwrap();
        assert_eq!(resource.attributes.iter().map(|one| &*one.key).collect::<Vec<_>>(), ["service.name", "host.name"]);
        let [scope_metrics] = &resource_metrics.scope_metrics[..] else { panic!("{read:?}") };
        let scope = scope_metrics.scope.as_ref().unwrap();
        assert_eq!((&*scope.name, &*scope.version), ("nines", "1.0"));
        let names: Vec<&str> = scope_metrics.metrics.iter().map(|metric| &*metric.name).collect();
        assert_eq!(names, ["a.events", "a.budget"]);
        let Some(Data::Sum(sum)) = &scope_metrics.metrics[0].data else { panic!("{read:?}") };
        assert!(sum.is_monotonic && sum.aggregation_temporality == AggregationTemporality::Cumulative as i32);
        let at_ns = AT.0 as u64 * 1000;
        let first = &sum.data_points[0];
        assert_eq!((first.start_time_unix_nano, first.time_unix_nano), (at_ns - 60_000_000_000, at_ns));
        assert_eq!((first.value, attribute(first, "verdict")), (Some(Number::AsInt(9_999)), "good".to_owned()));
        assert_eq!(sum.data_points[1].value, Some(Number::AsInt(i64::MAX)));
        let Some(Data::Gauge(gauge)) = &scope_metrics.metrics[1].data else { panic!("{read:?}") };
        assert_eq!(
            (gauge.data_points[0].value, scope_metrics.metrics[1].unit.as_str()),
            (Some(Number::AsDouble(-0.25)), "1")
        );
        assert_eq!(attribute(&gauge.data_points[0], "slo"), "\"한글\"\n");
    }
}
