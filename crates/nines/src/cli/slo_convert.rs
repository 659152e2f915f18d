//! `nines slo convert PATH…`: other versions of OpenSLO as `openslo/v1`, on stdout. Needs no server.

use super::args::ConvertTo;
use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use super::output::print;
use super::slo_check::unreadable;
use crate::definitions;
use crate::messages::Say;
use nines_slo::openslo::{self, Form};
use std::path::PathBuf;

pub fn run(context: &Context, paths: &[PathBuf], to: ConvertTo, with_v2alpha: bool) -> Outcome {
    let files = definitions::read_all(paths).map_err(|error| unreadable(context, &error))?;
    if files.is_empty() {
        let path = paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
        return Err(Trouble::new(context.lang, Say::NoDefinitionFiles { path }, Say::NoSuchPathHint));
    }
    let form = match to {
        ConvertTo::Yaml => Form::Yaml,
        ConvertTo::Json => Form::Json,
    };
    let converted = openslo::convert(&files, form, with_v2alpha);
    converted.findings.iter().for_each(|finding| eprintln!("{}", finding.render(context.lang)));
    if !converted.is_whole() {
        // Half a set on stdout would be taken for all of it.
        return Ok(Exit::No);
    }
    print(&converted.text);
    context.say(&Say::Converted { objects: converted.n_objects, converted: converted.n_converted });
    Ok(Exit::Yes)
}
