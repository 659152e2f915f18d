//! Older and newer forms of OpenSLO as `openslo/v1`, in YAML or JSON.
//!
//! `openslo/v1alpha` is read as its own schema has it: one data source, query type and query a metric, ratio
//! metrics in the objectives, time windows in units. `openslo.com/v2alpha`, which its authors call a living
//! document, is read where the caller asks for it. Every other object is kept as it is. What has no place in
//! `openslo/v1` is told. Comments are not carried over.

mod v1alpha;
mod v2alpha;
mod value;

use super::SourceFile;
use super::field::{Field, File, Object};
use super::finding::{Finding, Log, Spot};
use super::messages::{Fact, Hint};
use super::text::read_documents;
use super::text::{TextFault, read_text};
use super::{Mode, Severity};
use nines_yaml::{Node, Value};
use value::Written;

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Documents one after the other.
    Yaml,
    /// One document, or a list of them.
    Json,
}

/// What files came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Converted {
    /// The text.
    pub text: String,
    /// Objects that were of another version.
    pub n_converted: usize,
    /// All objects.
    pub n_objects: usize,
    /// What could not be read, and what has no place any more.
    pub findings: Vec<Finding>,
}

impl Converted {
    /// Whether everything could be read.
    pub fn is_whole(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }
}

/// Converts all objects of the files, in their order.
pub fn convert(files: &[SourceFile], form: Form, with_v2alpha: bool) -> Converted {
    let mut log = Log::new(Mode::Lenient);
    let mut converted = Converted::default();
    let mut objects: Vec<Written> = Vec::new();
    for file in files {
        let (text, documents, faults) = match read_text(&file.bytes) {
            Ok(text) => {
                let (documents, faults) = read_documents(&text);
                (text, documents, faults)
            }
            Err(fault) => (Default::default(), Vec::new(), vec![*fault]),
        };
        for TextFault { at, fact, hint } in faults {
            log.error(Spot { file: &file.name, at, path: String::new() }, fact, hint);
        }
        let file = File { name: &file.name, text: &text };
        for node in documents.iter().flat_map(objects_of) {
            let (object, is_converted) = convert_object(Field::root(file, node), with_v2alpha, &mut log);
            converted.n_objects += 1;
            converted.n_converted += usize::from(is_converted);
            objects.extend(object);
        }
    }
    converted.findings = files.iter().flat_map(|file| log.take_ordered(&file.name)).collect();
    converted.text = match form {
        Form::Yaml => objects.iter().map(value::yaml).collect::<Vec<_>>().join("---\n"),
        Form::Json => value::json_documents(&objects),
    };
    converted
}

/// The objects of a document, which is one or a list of them.
fn objects_of(document: &Node) -> impl Iterator<Item = &Node> {
    let (one, several) = match &document.value {
        Value::Null => (None, &[][..]),
        Value::List(items) => (None, items.as_slice()),
        _ => (Some(document), &[][..]),
    };
    one.into_iter().chain(several)
}

/// An object as `openslo/v1`, and whether it was of another version.
fn convert_object(root: Field<'_>, with_v2alpha: bool, log: &mut Log) -> (Option<Written>, bool) {
    let Value::Mapping(entries) = &root.node.value else {
        log.error(root.spot(), Fact::NoObject, Hint::OneObject);
        return (None, false);
    };
    let object = Object { field: root.clone(), entries };
    let version = object.get("apiVersion");
    let written = version.as_ref().and_then(|field| match &field.node.value {
        Value::Scalar(scalar) => Some(scalar.text.as_str()),
        _ => None,
    });
    match written {
        Some("openslo/v1alpha") => (v1alpha::convert(&object, log), true),
        Some("openslo.com/v2alpha" | "openslo/v2alpha") if with_v2alpha => (v2alpha::convert(&object, log), true),
        Some("openslo.com/v2alpha" | "openslo/v2alpha") => {
            let spot = version.map_or_else(|| root.spot(), |field| field.spot());
            log.error(spot, Fact::LivingVersion, Hint::AllowV2alpha);
            (None, false)
        }
        _ => (Some(value::of(root.node)), false),
    }
}
