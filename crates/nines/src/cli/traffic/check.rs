//! `nines traffic check FILE`: every fault of a file of rules, and what its author may not have noticed.

use super::rules::{Loaded, Rules, load};
use super::{item, tell};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome};
use crate::messages::Say;
use nines_traffic::analyse;
use serde_json::{Value, json};
use std::path::Path;

pub(super) fn run(context: &Context, path: &Path, strict: bool) -> Outcome {
    let Loaded { rules, mut findings } = load(context, path)?;
    let n_errors = findings.iter().filter(|finding| finding.severity == nines_traffic::Severity::Error).count();
    // Of rules that could not be read, nothing further is certain.
    if n_errors == 0 {
        findings.extend(match &rules {
            Rules::Intents { intents, .. } => analyse::intents(intents),
            Rules::Saved(rules) => analyse::ruleset(&path.display().to_string(), rules),
        });
    }
    if context.format.is_table() {
        tell(context, &findings);
    } else {
        context
            .write(&json!({ "items": findings.iter().map(|finding| item(context, finding)).collect::<Vec<Value>>() }));
    }
    let n_warnings = findings.len() - n_errors;
    match findings.is_empty() {
        true => context.say(&Say::TrafficClean { file: path.display().to_string() }),
        false => context.say(&Say::CheckFound { errors: n_errors, warnings: n_warnings }),
    }
    Ok(if n_errors == 0 && (n_warnings == 0 || !strict) { Exit::Yes } else { Exit::No })
}
