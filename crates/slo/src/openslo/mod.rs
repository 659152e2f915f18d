//! Definitions from files: OpenSLO v1 and our own `nines.dev/v1alpha1`, read strictly.
//!
//! [`load`] takes all files of a set together, because names are unique and references are resolved
//! over all of them, and gives the model and everything there is to tell, each finding with file,
//! line, column, property path, fact and next step. A set with an error is refused whole.
//!
//! Knows nothing of where files come from. Text that is not YAML, aliases that explode, numbers out of
//! range: every input ends in findings, never in a panic, and every limit has a name.
//!
//! Start reading at [`load`]; then `document` (text → tree), `field` (typed access), `envelope` (kinds,
//! names, references), `slo`.

mod alerting;
mod convert;
mod counting;
mod envelope;
mod field;
mod finding;
mod format;
mod indicator;
pub mod messages;
mod own;
mod policy;
mod quantity;
mod slo;
mod spans;
mod text;
mod window;
mod words;

#[cfg(test)]
mod tests;

pub use convert::{Converted, Form, convert};
pub use finding::{Finding, Severity};
pub use format::format;
pub(crate) use format::quoted;
pub(crate) use nines_yaml::nearest;
pub use quantity::shorthand_length;

use crate::model::{Declared, Definitions, Service, Slo};
use crate::policy::exclusion::assign;
use crate::policy::objects::{BudgetAdjustment, ErrorBudgetPolicy, Exception, Freeze, Policies};
use crate::story;
use alerting::Alerts;
use envelope::{Index, Item, Kind, read_items};
use field::{Field, File};
use finding::{Log, Spot};
use indicator::Sources;
use nines_yaml::Node;
use own::Adjusted;
use slo::References;
use std::borrow::Cow;
use std::collections::BTreeMap;
use text::{TextFault, read_documents, read_text};

/// A file as it was found.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// As the user named it.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl SourceFile {
    /// Whether it is a dashboard of Grafana that lies beside definitions: JSON with `panels` and a `schemaVersion`, and
    /// neither `apiVersion` nor `kind` anywhere. Whoever names such a file means it; whoever names its folder does not.
    pub fn is_dashboard(&self) -> bool {
        let has = |word: &str| self.bytes.windows(word.len()).any(|bytes| bytes == word.as_bytes());
        let is_json = self.name.to_ascii_lowercase().ends_with(".json");
        is_json && has("\"panels\"") && has("\"schemaVersion\"") && !has("\"apiVersion\"") && !has("\"kind\"")
    }
}

/// How strictly points are taken on which OpenSLO's text, its SDK and practice differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// As the specification's text; points that the SDK refuses are warnings.
    #[default]
    Spec,
    /// As the SDK.
    Sdk,
    /// Whatever has one plausible meaning, with a warning.
    Lenient,
}

/// What a set of files says.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// What could be read; to be used only where [`Loaded::usable`].
    pub definitions: Definitions,
    /// In the order of the files, then by line and column.
    pub findings: Vec<Finding>,
}

impl Loaded {
    /// Whether no finding is an error.
    pub fn usable(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }
}

/// Reads a set of files.
pub fn load(files: &[SourceFile], mode: Mode) -> Loaded {
    let mut log = Log::new(mode);
    let parsed: Vec<Parsed<'_>> = files.iter().map(|file| parse(file, &mut log)).collect();
    let mut items = Vec::new();
    for Parsed { name, text, documents } in &parsed {
        for document in documents {
            items.extend(read_items(Field::root(File { name, text }, document), &mut log));
        }
    }
    let definitions = read_definitions(&items, &mut log);
    let findings = files.iter().flat_map(|file| log.take_ordered(&file.name)).collect();
    Loaded { definitions, findings }
}

/// An object of one of our own kinds, alone.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum OwnObject {
    Policy(ErrorBudgetPolicy),
    Freeze(Freeze),
    Exception(Exception),
    Adjustment(BudgetAdjustment),
}

/// Reads one object that no file holds, as a command asks for it or an event recorded it, by the same rules.
/// What it names is taken to exist. The findings say what is wrong with it.
pub fn read_object(text: &str) -> Result<OwnObject, Vec<Finding>> {
    let file = SourceFile { name: String::new(), bytes: text.as_bytes().to_vec() };
    let mut log = Log::new(Mode::Spec);
    let Parsed { name, text, documents } = parse(&file, &mut log);
    let root = documents.first().map(|document| Field::root(File { name, text: &text }, document));
    let items = root.map(|root| read_items(root, &mut log)).unwrap_or_default();
    let index = Index::of_everything();
    let read = items.first().filter(|item| item.readable).and_then(|item| match item.kind {
        Kind::ErrorBudgetPolicy => policy::read_policy(item, &index, &mut log).map(OwnObject::Policy),
        Kind::Freeze => own::read_freeze(item, &index, &mut log).map(OwnObject::Freeze),
        Kind::Exception => own::read_exception(item, &index, &mut log).map(OwnObject::Exception),
        Kind::BudgetAdjustment => {
            own::read_adjustment(item, &index, Adjusted::default(), &mut log).map(OwnObject::Adjustment)
        }
        _ => None,
    });
    let findings = log.take_ordered(&file.name);
    let is_sound = findings.iter().all(|finding| finding.severity != Severity::Error);
    read.filter(|_| is_sound).ok_or(findings)
}

/// A file as trees, and as the text their places belong to.
struct Parsed<'f> {
    name: &'f str,
    text: Cow<'f, str>,
    documents: Vec<Node>,
}

fn parse<'f>(file: &'f SourceFile, log: &mut Log) -> Parsed<'f> {
    let (text, documents, faults) = match read_text(&file.bytes) {
        Ok(text) => {
            let (documents, faults) = read_documents(&text);
            (text, documents, faults)
        }
        Err(fault) => (Cow::Borrowed(""), Vec::new(), vec![*fault]),
    };
    for TextFault { at, fact, hint } in faults {
        log.error(Spot { file: &file.name, at, path: String::new() }, fact, hint);
    }
    Parsed { name: &file.name, text, documents }
}

/// Reads the objects, what is referred to before what refers.
fn read_definitions<'t>(items: &[Item<'t>], log: &mut Log) -> Definitions {
    let index = Index::of(items, log);
    let of = |kind: Kind| items.iter().filter(move |item| item.readable && item.kind == kind);

    let mut objects = BTreeMap::new();
    for item in of(Kind::DataSource) {
        let object = alerting::read_data_source(item, log);
        objects.extend(item.name().zip(object));
    }
    let sources = Sources { index: &index, objects };
    let mut indicators = BTreeMap::new();
    for item in of(Kind::Sli) {
        let spec = item.object.require("spec", "spec: { ratioMetric: … }", log);
        let indicator = spec.and_then(|spec| indicator::read_spec(&spec, &sources, log));
        indicators.extend(item.name().zip(indicator));
    }
    let mut alerts = Alerts::default();
    for item in of(Kind::AlertNotificationTarget) {
        alerts.read_target(item, log);
    }
    for item in of(Kind::AlertCondition) {
        alerts.read_condition(item, log);
    }
    for item in of(Kind::AlertPolicy) {
        alerts.read_policy(item, &index, log);
    }
    let mut references = References { sources, indicators, alerts };

    let mut services: Vec<Service> = of(Kind::Service).filter_map(|item| read_service(item, log)).collect();
    let mut slos: Vec<Slo> = of(Kind::Slo).filter_map(|item| slo::read_slo(item, &mut references, log)).collect();
    let read_story = |item| own::read_story(item, &index, &slos, log).map(|story| story::joined(story, &slos));
    let stories = of(Kind::UserStory).filter_map(read_story).collect();
    let policies = Policies {
        budgets: of(Kind::ErrorBudgetPolicy).filter_map(|item| policy::read_policy(item, &index, log)).collect(),
        freezes: of(Kind::Freeze).filter_map(|item| own::read_freeze(item, &index, log)).collect(),
        exceptions: of(Kind::Exception).filter_map(|item| own::read_exception(item, &index, log)).collect(),
        adjustments: of(Kind::BudgetAdjustment).fold(Vec::new(), |mut before, item| {
            let adjusted = Adjusted { slos: &slos, before: &before };
            let read = own::read_adjustment(item, &index, adjusted, log);
            before.extend(read);
            before
        }),
    };
    add_named_services(&mut services, &slos);
    assign(&mut slos, &policies.adjustments);
    let data_sources = of(Kind::DataSource).filter_map(|item| item.name().map(str::to_owned)).collect();
    let notification_targets = references.alerts.into_targets();
    let objects = items.iter().filter_map(declared).collect();
    Definitions { services, slos, stories, notification_targets, data_sources, policies, objects, generation: 0 }
}

fn declared(item: &Item<'_>) -> Option<Declared> {
    let metadata = item.metadata.as_ref().filter(|_| item.readable)?;
    Some(Declared { kind: item.kind.name(), name: metadata.name.to_owned(), place: metadata.name_field.place() })
}

/// A Service; its spec is optional, since it holds nothing but a description.
fn read_service(item: &Item<'_>, log: &mut Log) -> Option<Service> {
    let spec = item.object.get("spec").and_then(|field| field.object(&["description"], log));
    let description = spec.and_then(|spec| spec.description(log));
    let metadata = item.metadata.as_ref()?;
    Some(Service {
        name: metadata.name.to_owned(),
        display_name: metadata.display_name.clone(),
        description,
        labels: metadata.labels.clone(),
        place: metadata.name_field.place(),
    })
}

/// Adds the services that SLOs name and no file declares.
fn add_named_services(services: &mut Vec<Service>, slos: &[Slo]) {
    for slo in slos {
        if services.iter().all(|service| service.name != slo.service) {
            services.push(Service {
                name: slo.service.clone(),
                display_name: None,
                description: None,
                labels: BTreeMap::new(),
                place: slo.place.clone(),
            });
        }
    }
}
