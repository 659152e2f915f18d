//! `nines toil …`: the ledger of hands-on time.

mod add;
mod import;
mod mine;
mod own;
mod pulse;
mod report;
mod said;
mod words;

use super::args::ToilVerb;
use super::context::{Context, Delivered};
use super::error::{Exit, Outcome};
use super::output::print;
use nines_base::lang::Message;
use serde_json::Value;

/// The paths of toil.
const TOIL: &str = "/api/nines/v1/toil";

pub fn run(context: &Context, verb: ToilVerb) -> Outcome {
    context.make_data()?;
    match verb {
        ToilVerb::Add(args) => add::run(context, args),
        ToilVerb::Report(args) => report::report(context, &args),
        ToilVerb::Next(args) => report::next(context, &args),
        ToilVerb::Pulse { percent, team, top, blocked, person } => {
            pulse::run(context, pulse::Answer { percent, team, top, blocked, person })
        }
        ToilVerb::Import(args) => import::run(context, &args),
        ToilVerb::Mine(args) => mine::run(context, &args),
        ToilVerb::Capacity { verb } => said::capacity(context, verb),
        ToilVerb::Task(args) => said::task(context, args),
        ToilVerb::Classify { task, signs, by } => said::classify(context, &task, &signs, by),
        ToilVerb::Entries { person, limit } => own::entries(context, person, limit),
        ToilVerb::Remove { id, person } => own::remove(context, &id, person),
        ToilVerb::Forget { person, reason } => own::forget(context, &person, &reason),
    }
}

/// Who works here: as said, else as the environment knows them; empty where it does not.
pub fn person(said: Option<String>) -> String {
    said.or_else(crate::user::name).unwrap_or_default()
}

/// The team: as said, else `NINES_TEAM`.
pub fn team(said: Option<String>) -> String {
    said.or_else(|| std::env::var("NINES_TEAM").ok()).unwrap_or_default()
}

/// Tells what became of something written: the answer for programs, a sentence for people.
fn told(context: &Context, delivered: Delivered, sentence: &impl Message) -> Outcome {
    let answer = match delivered {
        Delivered::Now(answer) => answer.body,
        Delivered::Later => serde_json::json!({ "waiting": true }),
    };
    finish(context, &answer, &sentence.text(context.lang))
}

fn finish(context: &Context, answer: &Value, sentence: &str) -> Outcome {
    if context.format.is_table() {
        print(&format!("{sentence}\n"));
    } else {
        context.write(answer);
    }
    Ok(Exit::Yes)
}
