//! Labels of tickets: which are operations, which are overhead, and how long somebody says it took.

use super::{ImportFact, shortened};
use crate::entry::{Category, Class, Evidence};
use crate::record::TEXT_CHARS_MAX;
use crate::record::check::RecordFact;
use nines_base::DurationUs;

/// Words of operations, each with where such work comes from.
const OPERATIONS: [(&str, Category); 33] = [
    ("access", Category::BusinessProcess),
    ("permission", Category::BusinessProcess),
    ("permissions", Category::BusinessProcess),
    ("quota", Category::BusinessProcess),
    ("request", Category::BusinessProcess),
    ("service-request", Category::BusinessProcess),
    ("onboarding", Category::BusinessProcess),
    ("offboarding", Category::BusinessProcess),
    ("account", Category::BusinessProcess),
    ("allowlist", Category::BusinessProcess),
    ("dns", Category::BusinessProcess),
    ("interrupt", Category::Interrupt),
    ("support", Category::Interrupt),
    ("question", Category::Interrupt),
    ("oncall", Category::Oncall),
    ("on-call", Category::Oncall),
    ("pager", Category::Oncall),
    ("page", Category::Oncall),
    ("alert", Category::Oncall),
    ("incident", Category::Oncall),
    ("release", Category::Release),
    ("deploy", Category::Release),
    ("deployment", Category::Release),
    ("rollback", Category::Release),
    ("certificate", Category::Release),
    ("cert-renewal", Category::Release),
    ("migration", Category::Migration),
    ("upgrade", Category::Migration),
    ("capacity", Category::CapacityCost),
    ("cost", Category::CapacityCost),
    ("scaling", Category::CapacityCost),
    ("investigation", Category::OpaqueDebug),
    ("flaky", Category::OpaqueDebug),
];
/// Words by which somebody says that it is toil, whatever it is about.
const TOIL: [&str; 4] = ["toil", "manual", "chore", "ops"];
/// Words of overhead, which is never toil.
const OVERHEAD: [&str; 14] = [
    "overhead",
    "meeting",
    "meetings",
    "1:1",
    "one-on-one",
    "hr",
    "expense",
    "expenses",
    "hiring",
    "interview",
    "interviews",
    "training",
    "planning",
    "retro",
];
/// Beginnings of labels that say nothing of the work.
const MARKERS: [&str; 9] = ["priority", "size", "estimate", "effort", "time", "spent", "status", "severity", "team"];

/// What labels say of a ticket.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Sorted {
    /// The key of its task.
    pub task: String,
    /// Where such work comes from.
    pub category: Category,
    /// What sort of work somebody said it is.
    pub class: Option<Class>,
}

/// What labels say; `None` where nothing says that it is operations.
///
/// # Errors
/// It is overhead.
pub(super) fn sort(labels: &[String]) -> Result<Option<Sorted>, ImportFact> {
    let labels: Vec<String> = labels.iter().map(|label| slug(label)).collect();
    if labels.iter().any(|label| words(label).any(|word| OVERHEAD.contains(&word))) {
        return Err(RecordFact::Overhead.into());
    }
    let is_toil = labels.iter().any(|label| words(label).any(|word| TOIL.contains(&word)));
    let class = is_toil.then_some(Class::Toil);
    let of_label =
        |label: &String| words(label).find_map(|word| OPERATIONS.iter().find(|(name, _)| *name == word)).copied();
    if let Some((task, category)) = labels.iter().find_map(of_label) {
        return Ok(Some(Sorted { task: task.to_owned(), category, class }));
    }
    if !is_toil {
        return Ok(None);
    }
    let says_more = |label: &&String| {
        !label.is_empty() && !words(label).any(|word| TOIL.contains(&word) || MARKERS.contains(&word))
    };
    let task = labels.iter().find(says_more).map_or("toil", String::as_str);
    Ok(Some(Sorted { task: shortened(task, TEXT_CHARS_MAX), category: Category::Other, class }))
}

/// How long a label says that it took: `spent:20m` was kept by somebody, `estimate:1h` only thought.
pub(super) fn effort(labels: &[String]) -> Option<(DurationUs, Evidence)> {
    let of_label = |label: &String| {
        let label = slug(label);
        let (name, time) = label.split_once([':', '=', '/'])?;
        let evidence = match name {
            "spent" | "time-spent" | "worklog" => Evidence::Imported,
            "estimate" | "effort" | "time" => Evidence::Declared,
            _ => return None,
        };
        let time = time.trim_matches('-').replace("min", "m").replace('-', "");
        Some((time.parse().ok()?, evidence))
    };
    labels.iter().filter_map(of_label).min_by_key(|(_, evidence)| *evidence)
}

/// A label in lower case, its blanks as hyphens.
pub(super) fn slug(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("-").to_lowercase()
}

/// A label and its parts: `kind/access`, `type: access`, `area::quota`.
fn words(label: &str) -> impl Iterator<Item = &str> {
    std::iter::once(label).chain(label.split(['/', ':', '=']).map(|part| part.trim_matches('-')))
}

#[cfg(test)]
mod tests;
