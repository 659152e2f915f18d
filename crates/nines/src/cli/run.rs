//! `nines run FILE`: exit 0 finished, 1 refused or stopped, 2 trouble.

use super::args::RunArgs;
use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use super::output::{Table, print};
use crate::run::approvals::{Approvals, Standing, absolute};
use crate::run::environment::{Environment, is_recorded};
use crate::run::record::{self, Transcript};
use crate::run::require;
use crate::run::summary::Untold;
use crate::run::waits::allowed;
use crate::run::words::RunSay;
use crate::run::{self, Book, Earlier, End, Runner, Setting, planned, summary};
use crate::words;
use nines_base::lang::Message;
use nines_toil::runbook::plan::{Fate, Wanted, plan};
use nines_toil::runbook::transcript::Record;
use nines_toil::runbook::{diff, listed, nearest, redact};
use serde_json::{Value, json};
use std::collections::HashMap;

pub fn run(context: &Context, args: RunArgs) -> Outcome {
    let book = run::load(context, &args.file)?;
    let given = given(context, &book, &args.params)?;
    check_steps(context, &book, &args)?;
    let mut wanted = Wanted { params: defaults(&book), start_at: args.start_at.clone(), skipped: args.skip.clone() };
    if args.plan {
        wanted.params.extend(given);
        return show_plan(context, &book, &wanted);
    }
    if let Some(refused) = refused_by_approval(context, &book)? {
        return Ok(refused);
    }
    let actor = args.actor.clone().unwrap_or_else(run::actor);
    match args.resume.clone() {
        Some(run) => resume(context, &book, &args, &run, given, actor),
        None => {
            wanted.params.extend(given);
            begin(context, &book, &args, wanted, actor)
        }
    }
}

fn begin(context: &Context, book: &Book, args: &RunArgs, wanted: Wanted, actor: String) -> Outcome {
    if let Some(refused) = refused_for_person(context, book, args, &wanted) {
        return Ok(refused);
    }
    let _held = require::lock(context, book, &actor)?;
    ask_gate(context, book, args)?;
    let mut environment = Environment::own();
    wanted.params.iter().for_each(|(name, value)| environment.set(name, value));
    let transcript = Transcript::begin(context, first_line(book, args, &wanted, &actor, &environment))?;
    let setting = Setting {
        context,
        book,
        wanted,
        reason: args.reason.clone().unwrap_or_default(),
        actor,
        is_auto: args.auto,
        environment,
    };
    go(Runner::new(setting, transcript, Earlier::none())?, context, book, args, |run, title| RunSay::Begins {
        run,
        title,
    })
}

fn resume(
    context: &Context,
    book: &Book,
    args: &RunArgs,
    run: &str,
    given: HashMap<String, String>,
    actor: String,
) -> Outcome {
    let (mut transcript, record) = Transcript::resume(context, run)?;
    let no = |fact: RunSay, hint: RunSay| Trouble { exit: Exit::No, ..Trouble::new(context.lang, fact, hint) };
    if record.outcome() == Some(End::Finished.name()) {
        return Err(no(RunSay::RunFinished { run: run.to_owned() }, RunSay::RunFinishedHint));
    }
    let plan = record.plan().cloned().unwrap_or_default();
    if plan["sha256"] != book.sha256.as_str() {
        let fact = RunSay::FileChanged { file: book.file.clone(), run: run.to_owned() };
        return Err(no(fact, RunSay::FileChangedHint));
    }
    let mut wanted = recorded_wishes(book, &plan, args);
    let (environment, withheld) = recorded_environment(&record, &mut wanted);
    for (name, value) in given {
        if wanted.params.get(&name).is_some_and(|known| *known != value) {
            return Err(no(RunSay::ParamRecorded { name }, RunSay::RunFinishedHint));
        }
        wanted.params.insert(name, value);
    }
    if let Some(refused) = refused_for_person(context, book, args, &wanted) {
        return Ok(refused);
    }
    let _held = require::lock(context, book, &actor)?;
    ask_gate(context, book, args)?;
    let withheld: Vec<String> = withheld.into_iter().filter(|name| !wanted.params.contains_key(name)).collect();
    if !withheld.is_empty() {
        context.say(&RunSay::WithheldThen { names: withheld.join(", ") });
    }
    let noted = transcript.note("resume", json!({ "actor": actor, "torn": record.is_torn }));
    noted.map_err(|error| context.trouble(&error.into()))?;
    let mut states = record.steps();
    // A value that was not kept is asked for again.
    states.retain(|id, _| id.strip_prefix("ask.").is_none_or(|name| wanted.params.contains_key(name)));
    let earlier =
        Earlier { states, steps: summary::from_record(&record.lines), untold: Untold::of(&record, record::now()) };
    let is_auto = args.auto;
    let reason = args.reason.clone().unwrap_or_else(|| words::text(&plan, "reason"));
    let setting = Setting { context, book, wanted, reason, actor, is_auto, environment };
    go(Runner::new(setting, transcript, earlier)?, context, book, args, |run, title| RunSay::GoesOn { run, title })
}

/// Runs, and tells how it ended.
fn go(
    mut runner: Runner<'_>,
    context: &Context,
    book: &Book,
    args: &RunArgs,
    begins: impl Fn(String, String) -> RunSay,
) -> Outcome {
    let (run, path) = runner.named();
    let run = run.to_owned();
    context.say(&begins(run.clone(), book.runbook.title.clone()));
    let (end, why) = runner.go()?;
    if let Some(why) = why {
        eprintln!("error: {}", why.text(context.lang));
    }
    let summary = runner.summary(end.clone());
    if context.format.is_table() {
        if end == End::Finished {
            context.say(&summary.ends());
        }
    } else {
        context.write(&summary.short());
    }
    if end != End::Finished {
        eprintln!("hint: {}", RunSay::ResumeHint { file: book.file.clone(), run }.text(context.lang));
    }
    context.say(&RunSay::Kept { path });
    summary::deliver(context, "/runs", &summary.full(args.share_output));
    Ok(if end == End::Finished { Exit::Yes } else { Exit::No })
}

/// Parameters as they were typed, each of them one that the runbook takes.
fn given(context: &Context, book: &Book, typed: &[String]) -> Result<HashMap<String, String>, Trouble> {
    let mut given = HashMap::new();
    for text in typed {
        let Some((name, value)) = text.split_once('=') else {
            let text = redact::redacted(text, &redact::Secrets::default());
            return Err(Trouble::new(context.lang, RunSay::BadParam { text }, RunSay::BadParamHint));
        };
        let Some(param) = book.runbook.param(name) else {
            let names = || book.runbook.params.iter().map(|param| param.name.as_str());
            let hint = match names().next() {
                None => RunSay::NoParams,
                Some(_) => RunSay::KnownParams { names: listed(names()) },
            };
            return Err(Trouble::new(context.lang, RunSay::UnknownParam { name: name.to_owned() }, hint));
        };
        if !param.takes(value) {
            let shown = if is_recorded(name, value, &redact::Secrets::default()) { value } else { "…" };
            let fact = RunSay::BadValue { name: name.to_owned(), value: shown.to_owned() };
            return Err(Trouble { exit: Exit::No, ..Trouble::new(context.lang, fact, allowed(param)) });
        }
        given.insert(name.to_owned(), value.to_owned());
    }
    Ok(given)
}

fn defaults(book: &Book) -> HashMap<String, String> {
    let params = book.runbook.params.iter();
    params.filter_map(|param| Some((param.name.clone(), param.default.clone()?))).collect()
}

/// Steps that were named must be there.
fn check_steps(context: &Context, book: &Book, args: &RunArgs) -> Result<(), Trouble> {
    let ids = || book.runbook.steps.iter().map(|step| step.id.as_str());
    let mut named = args.start_at.iter().chain(args.skip.iter().filter(|id| *id != require::GATE));
    let Some(id) = named.find(|id| !ids().any(|known| known == id.as_str())) else { return Ok(()) };
    let known = nearest(id, ids()).map_or_else(|| listed(ids()), str::to_owned);
    Err(Trouble::new(context.lang, RunSay::UnknownStep { id: id.clone() }, RunSay::KnownSteps { ids: known }))
}

/// A runbook runs as it was approved, or not at all.
fn refused_by_approval(context: &Context, book: &Book) -> Result<Option<Exit>, Trouble> {
    let standing = Approvals::read(context)?.standing(&book.runbook.id, &book.path, &book.sha256);
    let file = book.file.clone();
    let fact = match standing {
        Standing::Approved(_) => return Ok(None),
        Standing::Never => RunSay::NeverApproved { file: file.clone() },
        Standing::Changed(approval) => {
            let names = (format!("{file} ({})", RunSay::ApprovedThen.text(context.lang)), file.clone());
            eprint!("{}", diff::unified(&approval.text, &book.text, &names.0, &names.1));
            RunSay::Changed { file: file.clone(), by: approval.by, at: words::local_time(&approval.at) }
        }
    };
    refuse(context, &fact, &RunSay::ApproveIt { file }, json!({ "approved": false }));
    Ok(Some(Exit::No))
}

/// Under `--auto` nothing begins where a person would be asked.
fn refused_for_person(context: &Context, book: &Book, args: &RunArgs, wanted: &Wanted) -> Option<Exit> {
    if !args.auto {
        return None;
    }
    let steps = plan(&book.runbook, wanted);
    let asked = steps.iter().filter(|(_, fate)| *fate == Fate::NeedsPerson);
    let ids: Vec<&str> = asked.map(|(step, _)| step.id.as_str()).collect();
    if ids.is_empty() {
        return None;
    }
    let fact = RunSay::NeedsPerson { ids: ids.join(", ") };
    refuse(context, &fact, &RunSay::NeedsPersonHint, json!({ "needsHuman": ids }));
    Some(Exit::No)
}

/// Tells of a run that never began.
fn refuse(context: &Context, fact: &RunSay, hint: &RunSay, members: Value) {
    if !context.format.is_table() {
        let mut document = json!({
            "run": null, "outcome": End::Refused.name(), "attendedSeconds": 0.0, "wallSeconds": 0.0, "steps": [],
        });
        record::merge(&mut document, members);
        context.write(&document);
    }
    eprintln!("error: {}\nhint: {}", fact.text(context.lang), hint.text(context.lang));
}

fn ask_gate(context: &Context, book: &Book, args: &RunArgs) -> Result<(), Trouble> {
    if args.skip.iter().any(|id| id == require::GATE) { Ok(()) } else { require::gate(context, book) }
}

/// The plan as the record's first line: parameters whose values are no secrets, and the names of the others.
fn first_line(book: &Book, args: &RunArgs, wanted: &Wanted, actor: &str, environment: &Environment) -> Value {
    let runbook = &book.runbook;
    let secrets = environment.secrets();
    let (kept, withheld): (Vec<_>, Vec<_>) =
        wanted.params.iter().partition(|(name, value)| is_recorded(name, value, &secrets));
    let params: serde_json::Map<String, Value> =
        kept.into_iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    let withheld: Vec<&String> = withheld.into_iter().map(|(name, _)| name).collect();
    let reason = args.reason.as_ref().map(|reason| redact::redacted(reason, &secrets));
    json!({
        "at": record::now(), "runbook": runbook.id, "title": runbook.title, "path": absolute(&book.path),
        "sha256": book.sha256, "service": runbook.service, "actor": actor,
        "mode": if args.auto { "auto" } else { "run" }, "category": runbook.category.name(),
        "folder": environment.folder.to_str(), "params": params, "withheld": withheld, "startAt": wanted.start_at,
        "skip": wanted.skipped, "reason": reason, "steps": planned(book, wanted),
    })
}

/// What was wanted of the run when it began, and what is now.
fn recorded_wishes(book: &Book, plan: &Value, args: &RunArgs) -> Wanted {
    let mut params = HashMap::new();
    for (name, value) in plan["params"].as_object().into_iter().flatten() {
        if let Some(value) = value.as_str().filter(|value| book.runbook.param(name).is_some_and(|it| it.takes(value))) {
            params.insert(name.clone(), value.to_owned());
        }
    }
    let skipped = plan["skip"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
    Wanted {
        params,
        start_at: plan["startAt"].as_str().map(str::to_owned),
        skipped: skipped.chain(args.skip.iter().cloned()).collect(),
    }
}

/// What steps left to those after them, as far as the record may say it; with the names of what it may not.
fn recorded_environment(record: &Record, wanted: &mut Wanted) -> (Environment, Vec<String>) {
    let mut environment = Environment::own();
    let mut withheld: Vec<String> = Vec::new();
    if let Some(folder) = record.plan().and_then(|plan| plan["folder"].as_str()) {
        environment.folder = folder.into();
    }
    for line in record.plan().into_iter().chain(record.of_kind("end").filter(|line| line["ok"] == true)) {
        let asked = line["step"].as_str().and_then(|id| id.strip_prefix("ask."));
        for (name, value) in line["set"].as_object().into_iter().flatten() {
            let Some(value) = value.as_str() else { continue };
            environment.set(name, value);
            withheld.retain(|known| known != name);
            if asked == Some(name.as_str()) {
                wanted.params.insert(name.clone(), value.to_owned());
            }
        }
        for name in line["unset"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            environment.variables.remove(std::ffi::OsStr::new(name));
        }
        withheld.extend(line["withheld"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        if let Some(folder) = line["folder"].as_str() {
            environment.folder = folder.into();
        }
    }
    (environment, withheld)
}

fn show_plan(context: &Context, book: &Book, wanted: &Wanted) -> Outcome {
    let approvals = Approvals::read(context)?;
    let standing = approvals.standing(&book.runbook.id, &book.path, &book.sha256);
    let is_approved = matches!(standing, Standing::Approved(_));
    let steps = planned(book, wanted);
    let needs: Vec<&Value> = steps.iter().filter(|step| step["needsHuman"] == true).map(|step| &step["id"]).collect();
    if !context.format.is_table() {
        let runbook = &book.runbook;
        context.write(&json!({
            "runbook": runbook.id, "title": runbook.title, "service": runbook.service, "sha256": book.sha256,
            "approved": is_approved, "needsHuman": needs, "steps": steps,
        }));
        return Ok(Exit::Yes);
    }
    let mut table = Table::new(&["STEP", "KIND", ">LINE", "WHAT HAPPENS"]);
    for ((step, fate), item) in plan(&book.runbook, wanted).iter().zip(&steps) {
        let what = match fate {
            Fate::Runs => RunSay::PlanRuns,
            Fate::NeedsPerson => RunSay::PlanNeedsPerson,
            Fate::Given => RunSay::PlanGiven,
            Fate::NotNow => RunSay::ConditionFails { condition: words::text(item, "when") },
            Fate::Before => RunSay::BeforeStart,
            Fate::Skipped => RunSay::PlanSkipped,
            Fate::Undoes => RunSay::Undoes,
        };
        let kind = step.kind.name().to_owned();
        table.row(vec![step.id.clone(), kind, step.at.line.to_string(), what.text(context.lang)]);
    }
    print(&format!("{}\n{}", book.runbook.title, table.render()));
    if !is_approved {
        context.say(&RunSay::NeverApproved { file: book.file.clone() });
        context.say(&RunSay::ApproveIt { file: book.file.clone() });
    }
    Ok(Exit::Yes)
}
