//! What is told of a run: to who started it, and to the server, to which outputs go only where somebody says so.

use super::record::merge;
use super::words::RunSay;
use super::{Book, End};
use crate::cli::Context;
use nines_base::DurationUs;
use nines_toil::Category;
use nines_toil::runbook::attended::Attended;
use nines_toil::runbook::transcript::Record;
use serde_json::{Value, json};

/// How a step went.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// The step.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// When it began, RFC 3339; empty where it was left out.
    pub started_at: String,
    /// When it ended.
    pub ended_at: String,
    /// Exit code of its commands.
    pub exit: Option<i32>,
    /// A person's time.
    pub attended: Attended,
    /// All of its time.
    pub wall: DurationUs,
    /// Why it was left out.
    pub skipped: Option<String>,
    /// What it printed.
    pub output_bytes: u64,
    /// Beginning and end of that, without secrets.
    pub output: Option<String>,
}

/// A run at its end.
pub struct Summary<'s> {
    /// What was run.
    pub book: &'s Book,
    /// Its name.
    pub run: &'s str,
    /// Who ran it.
    pub actor: &'s str,
    /// Whether nobody was asked.
    pub is_auto: bool,
    /// When it ended.
    pub ended_at: String,
    /// How it ended.
    pub end: End,
    /// How its steps went.
    pub steps: &'s [Done],
    /// What of it no server was told.
    pub untold: &'s Untold,
    /// Hash of the record's last line.
    pub chain_head: &'s str,
}

/// What a server is to be told: a run that was stopped and gone on with is told in parts, since the first was delivered when
/// it stopped. Each part has a name of its own, and each minute is in one.
#[derive(Clone, Debug)]
pub struct Untold {
    /// Which part this is, from 1.
    pub part: usize,
    /// When it began.
    pub started_at: String,
    /// How its steps went.
    pub steps: Vec<Done>,
}

impl Untold {
    /// Of a run that begins.
    pub fn new(started_at: String) -> Untold {
        Untold { part: 1, started_at, steps: Vec::new() }
    }

    /// Of a run that is gone on with: what came after it ended last; all of it where it was killed.
    pub fn of(record: &Record, now: String) -> Untold {
        let ends = record.lines.iter().enumerate().filter(|(_, line)| line["kind"] == "finish");
        let (n_told, after) = ends.fold((0, 0), |(n_told, _), (nth, _)| (n_told + 1, nth + 1));
        let begun = record.lines[after..].first().and_then(|line| line["at"].as_str());
        let started_at = begun.map_or(now, str::to_owned);
        Untold { part: n_told + 1, started_at, steps: from_record(&record.lines[after..]) }
    }
}

/// To the microsecond, as JSON's numbers can say it.
fn seconds(length: DurationUs) -> f64 {
    length.0 as f64 / 1e6
}

fn attended(steps: &[Done]) -> Attended {
    let sum = |of: fn(&Done) -> DurationUs| DurationUs(steps.iter().map(|step| of(step).0).sum());
    Attended { total: sum(|step| step.attended.total), manual: sum(|step| step.attended.manual) }
}

fn wall(steps: &[Done]) -> DurationUs {
    DurationUs(steps.iter().map(|step| step.wall.0).sum())
}

impl Summary<'_> {
    /// For who started it.
    pub fn short(&self) -> Value {
        let step = |step: &Done| {
            json!({ "id": step.id, "kind": step.kind, "exit": step.exit,
                    "attendedSeconds": seconds(step.attended.total), "wallSeconds": seconds(step.wall),
                    "skipped": step.skipped })
        };
        json!({
            "run": self.run, "outcome": self.end.name(), "attendedSeconds": seconds(attended(self.steps).total),
            "wallSeconds": seconds(wall(self.steps)), "steps": self.steps.iter().map(step).collect::<Vec<Value>>(),
        })
    }

    /// For the server.
    pub fn full(&self, shares_output: bool) -> Value {
        let runbook = &self.book.runbook;
        let Untold { part, started_at, steps } = self.untold;
        let (attended, wall) = (attended(steps), wall(steps));
        let run = if *part == 1 { self.run.to_owned() } else { format!("{}.{part}", self.run) };
        let step = |step: &Done| {
            let at = |at: &str| if at.is_empty() { self.ended_at.clone() } else { at.to_owned() };
            let mut item = json!({
                "id": step.id, "kind": step.kind, "startedAt": at(&step.started_at), "endedAt": at(&step.ended_at),
                "exit": step.exit, "attendedSeconds": seconds(step.attended.total), "wallSeconds": seconds(step.wall),
                "skipped": step.skipped, "outputBytes": step.output_bytes,
            });
            if let Some(output) = step.output.as_ref().filter(|_| shares_output) {
                merge(&mut item, json!({ "output": output }));
            }
            item
        };
        json!({
            "run": run, "runbook": runbook.id, "title": runbook.title, "sha256": self.book.sha256,
            "service": runbook.service.as_deref().unwrap_or_default(), "actor": self.actor,
            "mode": if self.is_auto { "auto" } else { "run" }, "startedAt": started_at, "endedAt": self.ended_at,
            "outcome": self.end.name(), "attendedSeconds": seconds(attended.total),
            "manualSeconds": seconds(attended.manual), "wallSeconds": seconds(wall),
            "category": runbook.category.name(), "class": runbook.class.map_or("", |class| class.name()),
            "interrupt": runbook.category == Category::Interrupt, "team": std::env::var("NINES_TEAM").unwrap_or_default(),
            "chainHead": self.chain_head, "steps": steps.iter().map(step).collect::<Vec<Value>>(),
        })
    }

    /// For a person.
    pub fn ends(&self) -> RunSay {
        let short = |length: DurationUs| format!("{:.1}", seconds(length));
        RunSay::Finished { attended: short(attended(self.steps).total), wall: short(wall(self.steps)) }
    }
}

/// A run of earlier, as its record has it: steps with their last state, times of all tries added up.
pub fn from_record(lines: &[Value]) -> Vec<Done> {
    let mut steps: Vec<Done> = Vec::new();
    for line in lines.iter().filter(|line| line["kind"] == "end") {
        let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        let length = |name: &str| DurationUs((line[name].as_f64().unwrap_or(0.0) * 1e6).round() as i64);
        let done = Done {
            id: text("step"),
            kind: text("stepKind"),
            started_at: text("startedAt"),
            ended_at: text("at"),
            exit: line["exit"].as_i64().and_then(|code| i32::try_from(code).ok()),
            attended: Attended { total: length("attendedSeconds"), manual: length("manualSeconds") },
            wall: length("wallSeconds"),
            skipped: line["skipped"].as_str().map(str::to_owned),
            output_bytes: line["outputBytes"].as_u64().unwrap_or(0),
            output: line["output"].as_str().map(str::to_owned),
        };
        put(&mut steps, done);
    }
    steps
}

/// Adds how a step went; a step that went before has the time of both.
pub fn put(steps: &mut Vec<Done>, mut done: Done) {
    match steps.iter_mut().find(|step| step.id == done.id) {
        None => steps.push(done),
        Some(before) => {
            done.attended.total.0 += before.attended.total.0;
            done.attended.manual.0 += before.attended.manual.0;
            done.wall.0 += before.wall.0;
            *before = done;
        }
    }
}

/// The record's members of how a step went.
pub fn members(done: &Done, is_ok: bool) -> Value {
    json!({
        "at": done.ended_at, "startedAt": done.started_at, "stepKind": done.kind, "ok": is_ok, "exit": done.exit,
        "attendedSeconds": seconds(done.attended.total), "manualSeconds": seconds(done.attended.manual),
        "wallSeconds": seconds(done.wall), "skipped": done.skipped, "outputBytes": done.output_bytes,
        "output": done.output,
    })
}

/// Delivers to the server or the data directory, or keeps it for the next command that reaches one. What a run did is on this
/// machine in any case: that it cannot be told is no failure of the run.
pub fn deliver(context: &Context, path: &str, body: &Value) {
    if let Err(trouble) = context.deliver(&format!("/api/nines/v1{path}"), body) {
        context.say(&RunSay::NotDelivered { why: trouble.fact });
    }
}
