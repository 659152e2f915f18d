//! `nines slo export prometheus PATH…`: alerts as rules of Prometheus, on stdout. Needs no server.

use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use super::output::print;
use super::slo_check::unreadable;
use crate::definitions;
use crate::messages::Say;
use nines_slo::export::prometheus_rules;
use nines_slo::model::Definitions;
use nines_slo::openslo::{self, Mode, Severity};
use std::path::PathBuf;

pub fn run(context: &Context, paths: &[PathBuf]) -> Outcome {
    let Some(definitions) = usable(context, paths)? else { return Ok(Exit::No) };
    let rules = prometheus_rules(&definitions);
    print(&rules.text);
    if !rules.left_out.is_empty() {
        context.say(&Say::ExportLeftOut { objectives: rules.left_out.join(", ") });
    }
    Ok(Exit::Yes)
}

/// The definitions of these paths; `None` where they have errors, which are told.
pub(super) fn usable(context: &Context, paths: &[PathBuf]) -> Result<Option<Definitions>, Trouble> {
    let files = definitions::read_all(paths).map_err(|error| unreadable(context, &error))?;
    if files.is_empty() {
        let path = paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
        return Err(Trouble::new(context.lang, Say::NoDefinitionFiles { path }, Say::NoSuchPathHint));
    }
    let loaded = openslo::load(&files, Mode::Spec);
    let errors = loaded.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.for_each(|finding| eprintln!("{}", finding.render(context.lang)));
    Ok(loaded.usable().then_some(loaded.definitions))
}
