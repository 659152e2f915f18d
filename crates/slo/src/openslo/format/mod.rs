//! The canonical text of definition files: same objects, same comments, one way to write them.
//!
//! Two blanks a level, known fields in the specification's order, at most one empty line in a row. What was
//! written in braces stays so where it fits a line; scalars keep their spelling. A file that ends in `.json` is
//! written as JSON.
//!
//! Nothing is lost silently: the new text is read again, and only given where it has the same tree and the same
//! comments. A file that uses anchors, tags or directives, which would have to be written out, is refused.

mod order;
mod read;
mod write;

pub(super) use order::{is_ordered, place as order_of};
pub(crate) use write::quoted;

use super::SourceFile;
use super::field::is_text;
use super::finding::{Finding, Severity};
use super::messages::{Fact, Hint};
use super::text::read_documents;
use super::text::{TextFault, read_text};
use crate::model::Place;
use nines_yaml::Mark;
use nines_yaml::{Node, Value};
use read::Written;

/// The canonical text of a file; where it has none, what stands in the way.
pub fn format(file: &SourceFile) -> Result<String, Vec<Finding>> {
    let finding = |TextFault { at: Mark { line, column }, fact, hint }: TextFault| Finding {
        place: Place { file: file.name.clone(), line, column },
        path: String::new(),
        severity: Severity::Error,
        fact,
        hint,
    };
    let text = read_text(&file.bytes).map_err(|fault| vec![finding(*fault)])?;
    let (documents, faults) = read_documents(&text);
    if !faults.is_empty() {
        return Err(faults.into_iter().map(finding).collect());
    }
    let written = read::read(&text).map_err(|fault| vec![finding(fault)])?;
    let canonical =
        if file.name.to_ascii_lowercase().ends_with(".json") { write::json(&written) } else { write::yaml(&written) };
    match is_same(&documents, &written, &canonical) {
        true => Ok(canonical),
        false => {
            let fault = TextFault { at: Mark::START, fact: Fact::NotFormatted, hint: Hint::FormatByHand };
            Err(vec![finding(fault)])
        }
    }
}

/// Whether the canonical text says what the file says: the same trees, and every comment.
fn is_same(documents: &[Node], written: &Written, canonical: &str) -> bool {
    let (again, faults) = read_documents(canonical);
    let Ok(written_again) = read::read(canonical) else { return false };
    let mut comments = [written.comment_texts(), written_again.comment_texts()];
    comments.iter_mut().for_each(|texts| texts.sort_unstable());
    let has_content = |node: &&Node| node.value != Value::Null;
    let trees = |nodes: &[Node]| nodes.iter().filter(has_content).map(essence).collect::<Vec<_>>();
    faults.is_empty() && comments[0] == comments[1] && trees(documents) == trees(&again)
}

/// A node without its places, keys in order: what two texts of one meaning share.
#[derive(PartialEq, Debug)]
enum Essence {
    Null,
    /// Its text, and whether it is one rather than a number or a boolean.
    Scalar(String, bool),
    List(Vec<Essence>),
    Mapping(Vec<(String, Essence)>),
}

fn essence(node: &Node) -> Essence {
    match &node.value {
        Value::Null => Essence::Null,
        Value::Scalar(scalar) => Essence::Scalar(scalar.text.clone(), is_text(scalar)),
        Value::List(items) => Essence::List(items.iter().map(essence).collect()),
        Value::Mapping(entries) => {
            let mut entries: Vec<(String, Essence)> =
                entries.iter().map(|entry| (entry.key.clone(), essence(&entry.value))).collect();
            entries.sort_by(|one, other| one.0.cmp(&other.0));
            Essence::Mapping(entries)
        }
    }
}
