//! The commands that work on this host's rules: each a question to netd.

mod apply;
mod explain;
pub mod others;
mod plan;
mod settle;
mod status;

use super::words::Tell;
use crate::cli::args::TrafficVerb;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome, Trouble};
use nines_netd::{Answer, Refusal, Request, ask};
use nines_traffic::plan::PlanId;
use std::path::Path;

pub(super) fn run(context: &Context, verb: TrafficVerb) -> Outcome {
    match verb {
        TrafficVerb::Plan { file, out, show, netd } => plan::run(context, &file, out.as_deref(), show, &netd.socket),
        TrafficVerb::Apply(args) => apply::run(context, args),
        TrafficVerb::Confirm { id, netd } => settle::confirm(context, &id, &netd.socket),
        TrafficVerb::Rollback(args) => settle::roll_back(context, args),
        TrafficVerb::Explain(args) => explain::run(context, args),
        TrafficVerb::Status { netd } => status::run(context, &netd.socket),
        offline => super::offline(context, offline),
    }
}

/// Why netd does not run.
pub fn netd_failed(context: &Context, error: nines_netd::RunError) -> Trouble {
    let reason = format!("{:#}", anyhow::Error::new(error));
    Trouble::new(context.lang, Tell::NetdFailed { reason }, Tell::NetdFailedHint)
}

/// Asks netd. What it refuses ends the command: 1 where the answer is no, 2 where something does not work.
fn answer(context: &Context, socket: &Path, request: &Request) -> Result<Answer, Trouble> {
    ask(socket, request).map_err(|refusal| refused(context, &refusal))
}

fn refused(context: &Context, refusal: &Refusal) -> Trouble {
    let exit = if refusal.is_trouble { Exit::Trouble } else { Exit::No };
    Trouble { exit, ..Trouble::new(context.lang, &refusal.fact, &refusal.hint) }
}

/// Netd answered something that belongs to another question.
fn unexpected(context: &Context) -> Trouble {
    Trouble::new(context.lang, Tell::UnexpectedAnswer, Tell::SameVersion)
}

fn plan_id(context: &Context, text: &str) -> Result<PlanId, Trouble> {
    let bad = || Trouble::new(context.lang, Tell::BadId { id: text.to_owned() }, Tell::BadIdHint);
    PlanId::parse(text).ok_or_else(bad)
}
