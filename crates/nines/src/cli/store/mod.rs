//! `nines store check|stats`: verify what is on disk, measure what is held.

mod check;
mod stats;

use crate::cli::args::StoreVerb;
use crate::cli::context::Context;
use crate::cli::error::Outcome;

pub fn run(context: &Context, verb: StoreVerb) -> Outcome {
    match verb {
        StoreVerb::Check => check::run(context),
        StoreVerb::Stats => stats::run(context),
    }
}
