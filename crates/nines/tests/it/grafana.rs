//! The dashboard in `examples/grafana` asks for nothing that `/prometheus` does not have.

use crate::process::{Server, eventually, now_us, repository};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Labels that Prometheus itself gives to what it scrapes.
const OF_SCRAPES: [&str; 2] = ["instance", "job"];

/// Words of PromQL that are no metrics.
const WORDS: [&str; 16] = [
    "sum",
    "count",
    "min",
    "max",
    "avg",
    "rate",
    "sort",
    "by",
    "without",
    "on",
    "or",
    "and",
    "unless",
    "vector",
    "increase",
    "label_values",
];

/// Longest wait: a debug build on a busy machine.
const SOON: Duration = Duration::from_secs(30);

/// The labels of each metric that a server has.
fn served() -> BTreeMap<String, BTreeSet<String>> {
    let folder = tempfile::tempdir().unwrap();
    let game = repository().join("examples/game").display().to_string();
    let server = Server::start(folder.path(), &["--definitions", &game]);
    let spans: Vec<Value> = (1..=20u64)
        .map(|id| {
            json!({ "traceId": format!("{id:016x}"), "id": format!("{id:016x}"), "kind": "SERVER", "name": "get /profile/{id}",
                    "timestamp": now_us() - 5000, "duration": 1000, "localEndpoint": { "serviceName": "user-profile" } })
        })
        .collect();
    let body = Value::from(spans).to_string();
    assert_eq!(server.post("/api/v2/spans", &[("content-type", "application/json")], body.as_bytes()).status, 202);
    let text = eventually(
        SOON,
        || server.get("/prometheus").text,
        |text| text.contains("nines_slo_burn{") && text.contains("nines_slo_coverage{"),
    );
    let mut served: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (series, _) = line.rsplit_once(' ').unwrap();
        let (name, labels) = series.split_once('{').unwrap_or((series, ""));
        let names = labels.split("\",").filter_map(|label| label.split_once('=')).map(|(name, _)| name.to_owned());
        served.entry(name.to_owned()).or_default().extend(names);
    }
    served
}

/// A query in pieces: metrics with the labels they are matched by, and labels that it groups by.
#[derive(Debug, Default)]
struct Query {
    metrics: Vec<(String, Vec<String>)>,
    grouped_by: Vec<String>,
}

fn read(query: &str) -> Query {
    let mut found = Query::default();
    let mut rest = query;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_alphabetic() || letter == '_') {
        let word_end = |text: &str| text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        let tail = &rest[start..];
        let end = word_end(tail).unwrap_or(tail.len());
        let (word, after) = (&tail[..end], tail[end..].trim_start());
        rest = &tail[end..];
        if ["by", "on", "without"].contains(&word) {
            let (list, after) = after.strip_prefix('(').unwrap().split_once(')').unwrap();
            found.grouped_by.extend(list.split(',').map(|label| label.trim().to_owned()));
            rest = after;
        } else if !WORDS.contains(&word) {
            let mut labels = Vec::new();
            if let Some(matchers) = after.strip_prefix('{') {
                let (matchers, after) = matchers.split_once('}').unwrap();
                labels = matchers.split("\",").map(|one| one.split(['=', '!']).next().unwrap().to_owned()).collect();
                rest = after;
            }
            // The range of a rate holds a duration or a variable.
            if let Some(range) = rest.trim_start().strip_prefix('[') {
                rest = range.split_once(']').unwrap().1;
            }
            found.metrics.push((word.to_owned(), labels));
        }
    }
    found
}

fn texts<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(fields) => {
            if fields.contains_key(key) {
                found.push(value);
            }
            fields.values().for_each(|value| texts(value, key, found));
        }
        Value::Array(items) => items.iter().for_each(|value| texts(value, key, found)),
        _ => {}
    }
}

#[test]
fn every_metric_and_label_of_the_dashboard_is_served() {
    let text = std::fs::read_to_string(repository().join("examples/grafana/nines-slos.json")).unwrap();
    let dashboard: Value = serde_json::from_str(&text).unwrap();
    let served = served();
    let labels_of = |metric: &str| served.get(metric).unwrap_or_else(|| panic!("{metric} is not served"));
    let mut targets = Vec::new();
    texts(&dashboard, "expr", &mut targets);
    assert!(targets.len() > 15, "{}", targets.len());
    let mut asked = BTreeSet::new();
    for target in targets {
        let expression = target["expr"].as_str().unwrap();
        let query = read(expression);
        assert!(!query.metrics.is_empty(), "{expression}");
        for (metric, labels) in &query.metrics {
            let known = labels_of(metric);
            let wanted = labels.iter().chain(&query.grouped_by);
            for label in wanted {
                assert!(known.contains(label), "{metric} has no {label}: {expression}");
            }
            asked.insert(metric.clone());
        }
        let legend = target["legendFormat"].as_str().unwrap();
        for label in legend.split("{{").skip(1).map(|part| part.split("}}").next().unwrap()) {
            let is_known = if query.grouped_by.is_empty() {
                query.metrics.iter().all(|(metric, _)| labels_of(metric).contains(label))
            } else {
                query.grouped_by.iter().any(|known| known == label)
            };
            assert!(is_known, "the legend asks for {label}: {expression}");
        }
    }
    // What there is of objectives is drawn.
    let of_slos: BTreeSet<String> = served.keys().filter(|name| name.starts_with("nines_slo_")).cloned().collect();
    assert_eq!(of_slos.difference(&asked).collect::<Vec<_>>(), Vec::<&String>::new());

    let mut variables = Vec::new();
    texts(&dashboard["templating"], "definition", &mut variables);
    assert_eq!(variables.len(), 2);
    for variable in variables {
        let definition = variable["definition"].as_str().unwrap();
        assert_eq!(variable["query"]["query"], definition);
        let (query, label) = definition.trim_end_matches(')').rsplit_once(", ").unwrap();
        for (metric, labels) in read(query).metrics {
            let known = labels_of(&metric);
            assert!(labels.iter().all(|label| known.contains(label)) && known.contains(label), "{definition}");
        }
    }
    let hidden = &dashboard["panels"].as_array().unwrap().iter().find(|panel| panel["type"] == "table").unwrap()["transformations"]
        [1]["options"]["excludeByName"];
    for label in
        hidden.as_object().unwrap().keys().filter(|name| name.chars().all(|letter| letter.is_ascii_lowercase()))
    {
        let is_served = OF_SCRAPES.contains(&&**label) || labels_of("nines_slo_burn").contains(label);
        assert!(is_served, "{label}");
    }
}

#[test]
fn a_query_is_taken_apart() {
    let query = read(
        "sum by (slo, objective) (rate(a_total{slo=~\"$slo\",verdict!=\"bad\"}[$__rate_interval])) > 0 or vector(0)",
    );
    assert_eq!(query.metrics, [("a_total".to_owned(), vec!["slo".to_owned(), "verdict".to_owned()])]);
    assert_eq!(query.grouped_by, ["slo", "objective"]);
}
