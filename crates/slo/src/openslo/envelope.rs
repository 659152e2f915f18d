//! What every object has: apiVersion, kind, metadata, spec; and the index of all objects by kind and
//! name, against which references are judged.

use super::field::{Field, Object};
use super::finding::{ByMode, Log, Severity};
use super::messages::{Fact, Hint};
use super::words::{NAME_CHARS_MAX, is_annotation_key, is_label_key, is_name, name_like};
use crate::model::Place;
use nines_yaml::Value;
use nines_yaml::{clipped, listed, nearest};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The kinds of objects, OpenSLO's seven and our five.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Kind {
    Service,
    Sli,
    Slo,
    DataSource,
    AlertPolicy,
    AlertCondition,
    AlertNotificationTarget,
    UserStory,
    ErrorBudgetPolicy,
    Freeze,
    Exception,
    BudgetAdjustment,
}

/// The two versions that are read.
const OPENSLO: &str = "openslo/v1";
const NINES: &str = "nines.dev/v1alpha1";

impl Kind {
    const ALL: [Kind; 12] = [
        Kind::Service,
        Kind::Sli,
        Kind::Slo,
        Kind::DataSource,
        Kind::AlertPolicy,
        Kind::AlertCondition,
        Kind::AlertNotificationTarget,
        Kind::UserStory,
        Kind::ErrorBudgetPolicy,
        Kind::Freeze,
        Kind::Exception,
        Kind::BudgetAdjustment,
    ];

    /// As files write it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Service => "Service",
            Kind::Sli => "SLI",
            Kind::Slo => "SLO",
            Kind::DataSource => "DataSource",
            Kind::AlertPolicy => "AlertPolicy",
            Kind::AlertCondition => "AlertCondition",
            Kind::AlertNotificationTarget => "AlertNotificationTarget",
            Kind::UserStory => "UserStory",
            Kind::ErrorBudgetPolicy => "ErrorBudgetPolicy",
            Kind::Freeze => "Freeze",
            Kind::Exception => "Exception",
            Kind::BudgetAdjustment => "BudgetAdjustment",
        }
    }

    /// The apiVersion it belongs to.
    fn version(self) -> &'static str {
        match self {
            Kind::Service
            | Kind::Sli
            | Kind::Slo
            | Kind::DataSource
            | Kind::AlertPolicy
            | Kind::AlertCondition
            | Kind::AlertNotificationTarget => OPENSLO,
            Kind::UserStory | Kind::ErrorBudgetPolicy | Kind::Freeze | Kind::Exception | Kind::BudgetAdjustment => {
                NINES
            }
        }
    }

    fn names_of(version: &str) -> impl Iterator<Item = &'static str> + use<'_> {
        Kind::ALL.into_iter().filter(move |kind| kind.version() == version).map(Kind::name)
    }
}

/// `metadata` of an object.
#[derive(Clone, Debug)]
pub(super) struct Metadata<'t> {
    pub(super) name: &'t str,
    pub(super) name_field: Field<'t>,
    pub(super) display_name: Option<String>,
    pub(super) labels: BTreeMap<String, Vec<String>>,
    pub(super) annotations: BTreeMap<String, String>,
}

/// An object whose spec is not read yet.
#[derive(Clone, Debug)]
pub(super) struct Item<'t> {
    pub(super) kind: Kind,
    /// Whether its version is read and has this kind; if not, it merely counts as defined.
    pub(super) readable: bool,
    pub(super) metadata: Option<Metadata<'t>>,
    pub(super) object: Object<'t>,
}

impl<'t> Item<'t> {
    /// Its name, where it has a usable one.
    pub(super) fn name(&self) -> Option<&'t str> {
        self.metadata.as_ref().map(|metadata| metadata.name)
    }

    /// Its `spec`, which it must have.
    pub(super) fn spec(&self, known: &[&str], log: &mut Log) -> Option<Object<'t>> {
        self.object.require("spec", "spec: { … }", log)?.object(known, log)
    }
}

/// The objects of one document, which is an object or a list of them.
pub(super) fn read_items<'t>(root: Field<'t>, log: &mut Log) -> Vec<Item<'t>> {
    match &root.node.value {
        Value::Null => Vec::new(),
        Value::List(nodes) => nodes.iter().filter_map(|node| read_item(Field::root(root.file, node), log)).collect(),
        _ => read_item(root, log).into_iter().collect(),
    }
}

fn read_item<'t>(root: Field<'t>, log: &mut Log) -> Option<Item<'t>> {
    if !matches!(root.node.value, Value::Mapping(_)) {
        log.error(root.spot(), Fact::NoObject, Hint::OneObject);
        return None;
    }
    let object = root.object(&["apiVersion", "kind", "metadata", "spec"], log)?;
    let version =
        object.require("apiVersion", "apiVersion: openslo/v1", log).and_then(|field| read_version(&field, log));
    let kind = object.require("kind", "kind: SLO", log).and_then(|field| read_kind(&field, version, log));
    let metadata =
        object.require("metadata", "metadata: { name: … }", log).and_then(|field| read_metadata(&field, log));
    let kind = kind?;
    Some(Item { kind, readable: version == Some(kind.version()), metadata, object })
}

fn read_version(field: &Field<'_>, log: &mut Log) -> Option<&'static str> {
    let value = field.filled_text(log)?;
    if let Some(version) = [OPENSLO, NINES].into_iter().find(|known| *known == value) {
        return Some(version);
    }
    let hint = if value.starts_with("openslo") {
        Hint::ConvertVersion
    } else {
        match nearest(value, [OPENSLO, NINES]) {
            Some(word) => Hint::DidYouMean { word: word.to_owned() },
            None => Hint::Versions,
        }
    };
    log.error(field.spot(), Fact::UnknownVersion { value: clipped(value) }, hint);
    None
}

/// The kind that the word names, whether or not this version has it; where the version is no good,
/// that has been told.
fn read_kind(field: &Field<'_>, version: Option<&str>, log: &mut Log) -> Option<Kind> {
    let word = field.filled_text(log)?;
    let named = Kind::ALL.into_iter().find(|kind| kind.name() == word);
    let Some(version) = version.filter(|version| named.is_none_or(|kind| kind.version() != *version)) else {
        return named;
    };
    let hint = match (named, nearest(word, Kind::names_of(version))) {
        (Some(kind), _) => Hint::KindOfVersion { version: kind.version().to_owned() },
        (None, Some(near)) => Hint::DidYouMean { word: near.to_owned() },
        (None, None) => Hint::OneOf { known: listed(Kind::names_of(version)) },
    };
    log.error(field.spot(), Fact::UnknownKind { kind: clipped(word), version: version.to_owned() }, hint);
    named
}

/// Reads `metadata`, of a whole object or of one written inside another.
pub(super) fn read_metadata<'t>(field: &Field<'t>, log: &mut Log) -> Option<Metadata<'t>> {
    let object = field.object(&["name", "displayName", "labels", "annotations"], log)?;
    let display_name = object.get("displayName").and_then(|field| read_display_name(&field, log));
    let labels = object.get("labels").map(|field| read_labels(&field, log)).unwrap_or_default();
    let annotations = object.get("annotations").map(|field| read_annotations(&field, log)).unwrap_or_default();
    let name_field = object.require("name", "name: profile-availability", log)?;
    let name = read_name(&name_field, ByMode::BOTH_REFUSE, log)?;
    Some(Metadata { name, name_field, display_name, labels, annotations })
}

fn read_display_name(field: &Field<'_>, log: &mut Log) -> Option<String> {
    let text = field.text(log)?;
    let chars = text.chars().count();
    if chars > NAME_CHARS_MAX {
        let fact = Fact::TooLong { chars, limit: NAME_CHARS_MAX };
        log.by_mode(ByMode::SDK_REFUSES_QUIETLY, field.spot(), fact, Hint::Shorten);
    }
    Some(text.to_owned())
}

/// Reads a name: an RFC 1123 label. Where the mode bears it, another text is taken as it is.
fn read_name<'t>(field: &Field<'t>, severity: ByMode, log: &mut Log) -> Option<&'t str> {
    let name = field.filled_text(log)?;
    if !is_name(name) {
        let hint = match name_like(name) {
            Some(word) => Hint::DidYouMean { word },
            None => Hint::WriteAs { example: "profile-availability".to_owned() },
        };
        log.by_mode(severity, field.spot(), Fact::BadName { value: clipped(name) }, hint);
    }
    Some(name)
}

/// Reads the name of another object.
pub(super) fn read_reference<'t>(field: &Field<'t>, log: &mut Log) -> Option<&'t str> {
    read_name(field, ByMode::BOTH_REFUSE, log)
}

fn read_labels(field: &Field<'_>, log: &mut Log) -> BTreeMap<String, Vec<String>> {
    let Some(object) = field.mapping(log) else { return BTreeMap::new() };
    let mut labels = BTreeMap::new();
    for (key, field) in object.fields() {
        if !is_label_key(key) {
            let hint = Hint::WriteAs { example: "team: game".to_owned() };
            log.error(field.key_spot(), Fact::BadLabelKey { key: clipped(key) }, hint);
        }
        let values = match &field.node.value {
            Value::List(_) => field.list(log).unwrap_or_default(),
            _ => vec![field],
        };
        let values = values.iter().filter_map(|field| field.text(log).map(str::to_owned)).collect();
        labels.insert(key.to_owned(), values);
    }
    labels
}

/// Where annotations of ours begin.
const OWN_PREFIX: &str = "nines.dev/";

fn read_annotations(field: &Field<'_>, log: &mut Log) -> BTreeMap<String, String> {
    let Some(object) = field.mapping(log) else { return BTreeMap::new() };
    let mut annotations = BTreeMap::new();
    for (key, field) in object.fields() {
        if !is_annotation_key(key) {
            let hint = Hint::WriteAs { example: "example.com/dashboard: …".to_owned() };
            log.error(field.key_spot(), Fact::BadAnnotationKey { key: clipped(key) }, hint);
        }
        let Some(value) = field.text(log) else { continue };
        if let Some(own) = key.strip_prefix(OWN_PREFIX) {
            check_own_annotation(own, &field, log);
        }
        annotations.insert(key.to_owned(), value.to_owned());
    }
    annotations
}

/// Checks the value of an annotation that this product reads.
fn check_own_annotation(key: &str, field: &Field<'_>, log: &mut Log) {
    const KEYS: [&str; 5] = ["composite", "shortWindow", "lowTraffic", "expectTraffic", "burn"];
    match key {
        "composite" => {
            field.choice(&[("normalised", ()), ("worst", ())], log);
        }
        "lowTraffic" => {
            field.choice(&[("off", ())], log);
        }
        "burn" => {
            field.choice(&[("weighted", ()), ("static", ())], log);
        }
        "shortWindow" | "expectTraffic" => {
            field.length(log);
        }
        _ => {
            let hint = match nearest(key, KEYS) {
                Some(word) => Hint::DidYouMean { word: format!("{OWN_PREFIX}{word}") },
                None => Hint::OneOf {
                    known: listed(KEYS.map(|key| format!("{OWN_PREFIX}{key}")).iter().map(String::as_str)),
                },
            };
            log.warning(
                field.key_spot(),
                Fact::UnknownAnnotation { key: format!("{OWN_PREFIX}{}", clipped(key)) },
                hint,
            );
        }
    }
}

/// Every named object of the set.
#[derive(Default)]
pub(super) struct Index<'t> {
    places: BTreeMap<(Kind, &'t str), Place>,
    /// Whether every name is taken to be defined somewhere.
    has_everything: bool,
}

impl<'t> Index<'t> {
    /// Indexes the objects; the second of a kind and name is told, with the place of the first. One
    /// that cannot be read has been told already: it only keeps references to it quiet.
    pub(super) fn of(items: &[Item<'t>], log: &mut Log) -> Index<'t> {
        let mut index = Index::default();
        for item in items.iter().filter(|item| item.readable) {
            let Some(metadata) = &item.metadata else { continue };
            match index.places.entry((item.kind, metadata.name)) {
                Entry::Vacant(vacant) => {
                    vacant.insert(metadata.name_field.place());
                }
                Entry::Occupied(occupied) => {
                    let Place { file, line, column } = occupied.get();
                    let place = format!("{file}:{line}:{column}");
                    let kind = || item.kind.name().to_owned();
                    let fact = Fact::Duplicate { kind: kind(), name: clipped(metadata.name), place };
                    log.error(metadata.name_field.spot(), fact, Hint::Rename { kind: kind() });
                }
            }
        }
        for item in items.iter().filter(|item| !item.readable) {
            let Some(metadata) = &item.metadata else { continue };
            index.places.entry((item.kind, metadata.name)).or_insert_with(|| metadata.name_field.place());
        }
        index
    }

    /// For an object that stands alone: whatever it names is taken to be defined.
    pub(super) fn of_everything() -> Index<'t> {
        Index { has_everything: true, ..Index::default() }
    }

    /// Whether an object of this kind and name is defined.
    pub(super) fn has(&self, kind: Kind, name: &str) -> bool {
        self.has_everything || self.places.contains_key(&(kind, name))
    }

    /// Tells of a reference to an object that no file defines.
    pub(super) fn check(&self, kind: Kind, name: &str, field: &Field<'_>, severity: ByMode, log: &mut Log) -> bool {
        if self.has(kind, name) {
            return true;
        }
        let names = self.places.keys().filter(|(of, _)| *of == kind).map(|(_, name)| *name);
        let hint = match nearest(name, names) {
            Some(word) => Hint::DidYouMean { word: word.to_owned() },
            None => Hint::Define { kind: kind.name().to_owned(), name: clipped(name) },
        };
        let fact = Fact::UnknownReference { kind: kind.name().to_owned(), name: clipped(name) };
        log.by_mode(severity, field.spot(), fact, hint);
        false
    }
}

/// References that only name something, as `service:` does: worth a warning, in every mode.
pub(super) const MERELY_NAMED: ByMode =
    ByMode { spec: Some(Severity::Warning), sdk: Some(Severity::Warning), lenient: Some(Severity::Warning) };
