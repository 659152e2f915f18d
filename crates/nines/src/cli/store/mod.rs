//! `nines store check|stats|export`: verify what is on disk, measure it, copy it into files.

mod check;
mod export;
mod stats;

use crate::cli::args::StoreVerb;
use crate::cli::context::Context;
use crate::cli::error::Outcome;

pub fn run(context: &Context, verb: StoreVerb) -> Outcome {
    match verb {
        StoreVerb::Check => check::run(context),
        StoreVerb::Stats => stats::run(context),
        StoreVerb::Export(args) => export::run(context, args),
    }
}
