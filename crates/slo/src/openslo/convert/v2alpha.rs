//! `openslo.com/v2alpha`: the same objects with other names, as its text of 2025 has them.

use super::super::field::{Field, Object};
use super::super::finding::Log;
use super::super::messages::{Fact, Hint};
use super::value::{Written, mapping, of, text};
use nines_yaml::{Node, Value};

/// Fields that only have another name.
const RENAMED: [(&str, &str); 3] = [("serviceRef", "service"), ("sli", "indicator"), ("sliRef", "indicatorRef")];

/// Where a metric stands.
const METRICS: [&str; 5] = ["thresholdMetric", "good", "bad", "total", "raw"];

/// The object as `openslo/v1`.
pub(super) fn convert(object: &Object<'_>, log: &mut Log) -> Option<Written> {
    let kind = object.require("kind", "kind: SLO", log)?;
    let metadata = object.require("metadata", "metadata: { name: … }", log)?;
    Some(mapping([
        ("apiVersion", Some(text("openslo/v1"))),
        ("kind", Some(of(kind.node))),
        ("metadata", Some(of(metadata.node))),
        ("spec", object.get("spec").map(|field| renamed(&field, log))),
    ]))
}

fn renamed(field: &Field<'_>, log: &mut Log) -> Written {
    match &field.node.value {
        Value::Mapping(entries) => {
            let object = Object { field: field.clone(), entries };
            let fields = object.fields().map(|(key, field)| {
                let name = RENAMED.iter().find(|(theirs, _)| *theirs == key).map_or(key, |(_, ours)| ours);
                let value = match (METRICS.contains(&key), key) {
                    (true, _) => metric(&field, log),
                    // Free below: the author's own keys.
                    (false, "connectionDetails") => of(field.node),
                    (false, _) => renamed(&field, log),
                };
                (name.to_owned(), value)
            });
            Written::Mapping(fields.collect())
        }
        Value::List(items) => {
            let item = |(nth, node): (usize, &Node)| {
                let path = format!("{}[{nth}]", field.path);
                // Kept apart from the list's own place, as findings name items.
                renamed(&Field { file: field.file, node, key_at: node.at, path }, log)
            };
            Written::List(items.iter().enumerate().map(item).collect())
        }
        _ => of(field.node),
    }
}

/// `dataSourceRef` or `dataSourceSpec`, and `spec`, as a metric source.
fn metric(field: &Field<'_>, log: &mut Log) -> Written {
    let Value::Mapping(entries) = &field.node.value else { return of(field.node) };
    let object = Object { field: field.clone(), entries };
    let inline = object.get("dataSourceSpec");
    let source_type = inline.as_ref().and_then(|field| match &field.node.value {
        Value::Mapping(entries) => {
            let source = Object { field: field.clone(), entries };
            if let Some(details) = source.get("connectionDetails") {
                let fact = Fact::NoPlaceInV1 { field: "connectionDetails".to_owned() };
                log.warning(details.key_spot(), fact, Hint::DefineDataSource);
            }
            source.get("type").map(|field| of(field.node))
        }
        _ => None,
    });
    let source = mapping([
        ("metricSourceRef", object.get("dataSourceRef").map(|field| of(field.node))),
        ("type", source_type),
        ("spec", object.get("spec").map(|field| of(field.node))),
    ]);
    mapping([("metricSource", Some(source))])
}
