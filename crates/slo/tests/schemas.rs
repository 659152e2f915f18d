//! The JSON Schemas of `schemas` against the reader: what editors are told is what is read.
//!
//! The schemas use a small part of JSON Schema, which is judged here by a validator of that part; a keyword
//! outside it fails the test.

use nines_slo::openslo::{Form, Mode, SourceFile, convert, load};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const KINDS: [&str; 12] = [
    "Service",
    "DataSource",
    "SLI",
    "SLO",
    "AlertPolicy",
    "AlertCondition",
    "AlertNotificationTarget",
    "UserStory",
    "ErrorBudgetPolicy",
    "Freeze",
    "Exception",
    "BudgetAdjustment",
];

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All schemas, by file name.
struct Schemas(BTreeMap<String, Value>);

/// A schema with the file that its references are relative to.
#[derive(Clone, Copy)]
struct Schema<'s> {
    file: &'s str,
    value: &'s Value,
}

impl Schemas {
    fn read() -> Schemas {
        let files = fs::read_dir(repository().join("schemas")).unwrap().map(|entry| entry.unwrap().path());
        let named = files.map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let value =
                serde_json::from_slice(&fs::read(&path).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, value)
        });
        Schemas(named.collect())
    }

    fn of_kind(&self, kind: &str) -> Schema<'_> {
        let (file, value) = self.0.get_key_value(&format!("{kind}.json")).unwrap_or_else(|| panic!("no {kind}.json"));
        Schema { file, value }
    }

    /// The schema itself, or what it refers to.
    fn resolve<'s>(&'s self, schema: Schema<'s>) -> Schema<'s> {
        let Some(reference) = schema.value.get("$ref").and_then(Value::as_str) else { return schema };
        let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if file.is_empty() { schema.file } else { file };
        let (file, root) = self.0.get_key_value(file).unwrap_or_else(|| panic!("{reference}: no such file"));
        let value = root.pointer(pointer).unwrap_or_else(|| panic!("{reference}: no such schema"));
        self.resolve(Schema { file, value })
    }

    /// What a value breaks, as `path: keyword`.
    fn faults(&self, schema: Schema<'_>, value: &Value, path: &str, faults: &mut Vec<String>) {
        let Schema { file, value: rules } = self.resolve(schema);
        let rules = rules.as_object().unwrap_or_else(|| panic!("{path}: no schema"));
        let within = |value| Schema { file, value };
        let mut breaks = |keyword: &str| faults.push(format!("{path}: {keyword}"));
        for (keyword, rule) in rules {
            match keyword.as_str() {
                "$schema"
                | "title"
                | "description"
                | "format"
                | "$defs"
                | "properties"
                | "items"
                | "additionalProperties" => {}
                "type" => {
                    let types: Vec<&str> = rule
                        .as_str()
                        .into_iter()
                        .chain(rule.as_array().into_iter().flatten().filter_map(Value::as_str))
                        .collect();
                    if !types.iter().any(|name| is_of_type(value, name)) {
                        breaks(keyword);
                    }
                }
                "enum" if !rule.as_array().unwrap().contains(value) => breaks(keyword),
                "const" if rule != value => breaks(keyword),
                "pattern" if value.as_str().is_some_and(|text| !matches(rule.as_str().unwrap(), text)) => {
                    breaks(keyword)
                }
                "minLength" if value.as_str().is_some_and(|text| text.chars().count() < as_usize(rule)) => {
                    breaks(keyword)
                }
                "maxLength" if value.as_str().is_some_and(|text| text.chars().count() > as_usize(rule)) => {
                    breaks(keyword)
                }
                "minItems" if value.as_array().is_some_and(|items| items.len() < as_usize(rule)) => breaks(keyword),
                "maxItems" if value.as_array().is_some_and(|items| items.len() > as_usize(rule)) => breaks(keyword),
                "minProperties" if value.as_object().is_some_and(|fields| fields.len() < as_usize(rule)) => {
                    breaks(keyword)
                }
                "minimum" if value.as_f64().is_some_and(|number| number < rule.as_f64().unwrap()) => breaks(keyword),
                "maximum" if value.as_f64().is_some_and(|number| number > rule.as_f64().unwrap()) => breaks(keyword),
                "exclusiveMinimum" if value.as_f64().is_some_and(|number| number <= rule.as_f64().unwrap()) => {
                    breaks(keyword)
                }
                "exclusiveMaximum" if value.as_f64().is_some_and(|number| number >= rule.as_f64().unwrap()) => {
                    breaks(keyword)
                }
                "uniqueItems" => {
                    let items = value.as_array().map(|items| items.iter().map(Value::to_string).collect::<Vec<_>>());
                    let is_unique =
                        items.is_none_or(|items| items.iter().collect::<BTreeSet<_>>().len() == items.len());
                    if !is_unique {
                        breaks(keyword);
                    }
                }
                "required" => {
                    for name in rule.as_array().unwrap().iter().filter_map(Value::as_str) {
                        if value.as_object().is_some_and(|fields| !fields.contains_key(name)) {
                            breaks(&format!("required {name}"));
                        }
                    }
                }
                "propertyNames" => {
                    let pattern = rule["pattern"].as_str().unwrap();
                    if value.as_object().is_some_and(|fields| fields.keys().any(|key| !matches(pattern, key))) {
                        breaks(keyword);
                    }
                }
                "oneOf" | "anyOf" => {
                    let hold = rule.as_array().unwrap().iter().filter(|one| self.allows(within(one), value)).count();
                    if hold == 0 || keyword == "oneOf" && hold > 1 {
                        breaks(keyword);
                    }
                }
                "allOf" => {}
                "enum" | "const" | "pattern" | "minLength" | "maxLength" | "minItems" | "maxItems"
                | "minProperties" | "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {}
                other => panic!("{path}: this validator does not know `{other}`"),
            }
        }
        let empty = Map::new();
        let properties = rules.get("properties").and_then(Value::as_object).unwrap_or(&empty);
        for (key, field) in value.as_object().into_iter().flatten() {
            let path = format!("{path}.{key}");
            match (properties.get(key), rules.get("additionalProperties")) {
                (Some(known), _) => self.faults(within(known), field, &path, faults),
                (None, Some(Value::Bool(false))) => faults.push(format!("{path}: unknown")),
                (None, Some(other @ Value::Object(_))) => self.faults(within(other), field, &path, faults),
                (None, _) => {}
            }
        }
        if let Some(items) = rules.get("items") {
            for (nth, item) in value.as_array().into_iter().flatten().enumerate() {
                self.faults(within(items), item, &format!("{path}[{nth}]"), faults);
            }
        }
    }

    fn allows(&self, schema: Schema<'_>, value: &Value) -> bool {
        let mut faults = Vec::new();
        self.faults(schema, value, "", &mut faults);
        faults.is_empty()
    }

    /// The mappings that a schema closes, by path (`[]` for items), with the fields each has.
    fn closed(&self, schema: Schema<'_>, path: &str, found: &mut BTreeMap<String, BTreeSet<String>>) {
        let Schema { file, value } = self.resolve(schema);
        if let Some(items) = value.get("items") {
            self.closed(Schema { file, value: items }, &format!("{path}[]"), found);
        }
        let Some(properties) = value.get("properties").and_then(Value::as_object) else { return };
        if value.get("additionalProperties") == Some(&json!(false)) {
            found.insert(path.to_owned(), properties.keys().cloned().collect());
        }
        for (key, property) in properties {
            let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            self.closed(Schema { file, value: property }, &below, found);
        }
    }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("no such type: {other}"),
    }
}

fn as_usize(rule: &Value) -> usize {
    rule.as_u64().unwrap() as usize
}

/// By the filter language's own regular expressions, unanchored as JSON Schema's are.
fn matches(pattern: &str, text: &str) -> bool {
    use nines_trace::filter::{Filter, syntax};
    let quote = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let filter = format!("service=~{}", quote(pattern));
    assert!(syntax::written_terms(&filter).is_ok());
    // Names are compared without regard to case; these patterns say case themselves, so a tag is asked instead.
    let filter = Filter::parse(&format!("tag.x=~{}", quote(pattern))).unwrap();
    let span = nines_span::Span { tags: vec![("x".into(), nines_span::Value::from(text))], ..Default::default() };
    filter.matches(&span)
}

/// Definition files below a folder.
fn files_below(folder: &Path) -> Vec<SourceFile> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else if path.extension().is_some_and(|kind| kind == "yaml" || kind == "json") {
            files.push(SourceFile { name: path.display().to_string(), bytes: fs::read(&path).unwrap() });
        }
    }
    files.retain(|file| !file.is_dashboard());
    files
}

fn objects(files: &[SourceFile]) -> Vec<Value> {
    let text = convert(files, Form::Json, false).text;
    match serde_json::from_str(&text).unwrap() {
        Value::Array(objects) => objects,
        one => vec![one],
    }
}

fn full_objects() -> Vec<Value> {
    objects(&[SourceFile { name: "full.yaml".into(), bytes: FULL.as_bytes().to_vec() }])
}

#[test]
fn every_example_is_valid_by_its_schema() {
    let schemas = Schemas::read();
    let mut n_objects = 0;
    for object in objects(&files_below(&repository().join("examples"))).into_iter().chain(full_objects()) {
        let mut faults = Vec::new();
        let kind = object["kind"].as_str().unwrap();
        schemas.faults(schemas.of_kind(kind), &object, kind, &mut faults);
        assert_eq!(faults, [""; 0], "{object:#}");
        n_objects += 1;
    }
    assert!(n_objects > 50, "{n_objects}");
}

#[test]
fn one_schema_chooses_by_kind() {
    let schemas = Schemas::read();
    let all = &schemas.0["definitions.json"];
    assert_eq!(all["properties"]["kind"]["enum"], json!(KINDS));
    let chosen: Vec<&Value> = all["allOf"].as_array().unwrap().iter().map(|rule| &rule["then"]["$ref"]).collect();
    assert_eq!(chosen, KINDS.map(|kind| json!(format!("{kind}.json"))).iter().collect::<Vec<_>>());
}

/// Puts a field that nobody knows into every mapping of the full objects, and compares what the reader says it
/// would have known there with what the schema has.
#[test]
fn schema_and_reader_know_the_same_fields_everywhere() {
    let schemas = Schemas::read();
    let full = full_objects();
    let mut n_mappings = 0;
    for kind in KINDS {
        let mut closed = BTreeMap::new();
        schemas.closed(schemas.of_kind(kind), "", &mut closed);
        let of_kind: Vec<&Value> = full.iter().filter(|object| object["kind"] == kind).collect();
        for (path, fields) in closed {
            let known = of_kind.iter().find_map(|object| reader_knows(object, &path, &full));
            let known = known.unwrap_or_else(|| panic!("{kind}: no full object has `{path}`"));
            assert_eq!(known, fields, "{kind}: {path}");
            n_mappings += 1;
        }
    }
    assert!(n_mappings > 60, "{n_mappings}");
}

/// What the reader says it knows at a path of an object; `None` where the object has nothing there.
fn reader_knows(object: &Value, path: &str, all: &[Value]) -> Option<BTreeSet<String>> {
    const NOBODYS: &str = "qqqqqqqqqqqqqqqqqqqqqqqqqqqq";
    let mut changed = object.clone();
    let mut at = &mut changed;
    for step in path.split('.').filter(|step| !step.is_empty()) {
        let (key, items) = step.strip_suffix("[]").map_or((step, false), |key| (key, true));
        at = at.get_mut(key)?;
        if items {
            at = at.get_mut(0)?;
        }
    }
    at.as_object_mut()?.insert(NOBODYS.to_owned(), json!(1));
    let mut set: Vec<Value> = all.iter().filter(|other| *other != object).cloned().collect();
    set.push(changed);
    let text = serde_json::to_string(&set).unwrap();
    let loaded = load(&[SourceFile { name: "f.json".into(), bytes: text.into_bytes() }], Mode::Spec);
    let told = loaded.findings.iter().find(|finding| finding.path.ends_with(&NOBODYS[..20]))?;
    let hint = format!("{:?}", told.hint);
    let known = hint.strip_prefix("OneOf { known: \"")?.strip_suffix("\" }")?;
    Some(known.split(", ").map(str::to_owned).collect())
}

/// Objects that together have every field.
const FULL: &str = include_str!("full.yaml");

/// The `spec` of a source is open, because other sources have fields of their own; what editors are told of spans is
/// what the reader knows of them.
#[test]
fn the_schema_tells_every_field_of_a_spans_source() {
    let schemas = Schemas::read();
    let spec =
        schemas.0["common.json"].pointer("/$defs/metricSource/properties/metricSource/properties/spec/properties");
    let told: BTreeSet<String> = spec.unwrap().as_object().unwrap().keys().cloned().collect();
    let full = full_objects();
    let path = "spec.ratioMetric.total.metricSource.spec";
    let of_spans = full.iter().filter(|object| object["kind"] == "SLI");
    let known = of_spans.filter_map(|object| reader_knows(object, path, &full)).next();
    assert_eq!(known, Some(told));
}
