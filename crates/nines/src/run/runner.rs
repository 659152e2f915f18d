//! Through the steps of a runbook, in order; the record hears of each before and after.

use super::answers::{Answer, Answers, is_terminal, is_yes};
use super::environment::{Changes, Environment};
use super::record::{self, Transcript, merge};
use super::shell::since;
use super::signals::Signals;
use super::summary::{self, Done, Summary, Untold};
use super::words::RunSay;
use super::{Book, state};
use crate::cli::{Context, Trouble};
use nines_base::lang::Message;
use nines_toil::runbook::attended::{Attended, is_agent};
use nines_toil::runbook::model::Undo;
use nines_toil::runbook::plan::{Fate, Wanted, plan};
use nines_toil::runbook::redact::redacted;
use nines_toil::runbook::transcript::StepState;
use nines_toil::runbook::{Kind, Step};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::Instant;

/// How a run ended.
#[derive(Clone, PartialEq, Debug)]
pub enum End {
    /// Every step is done.
    Finished,
    /// A step failed.
    Stopped,
    /// A person did not agree.
    Refused,
    /// It was told to end.
    Interrupted,
}

impl End {
    /// As JSON writes it.
    pub fn name(&self) -> &'static str {
        match self {
            End::Finished => "finished",
            End::Stopped => "stopped",
            End::Refused => "refused",
            End::Interrupted => "interrupted",
        }
    }
}

/// What became of a step.
pub(super) enum Verdict {
    Done,
    Failed(RunSay),
    Refused(RunSay),
    Interrupted,
}

/// A step's doing.
pub(super) struct Did {
    pub(super) verdict: Verdict,
    pub(super) exit: Option<i32>,
    pub(super) attended: Attended,
    pub(super) output_bytes: u64,
    pub(super) output: Option<String>,
    pub(super) changes: Changes,
}

impl Did {
    pub(super) fn new(verdict: Verdict) -> Did {
        let attended = Attended::default();
        Did { verdict, exit: None, attended, output_bytes: 0, output: None, changes: Changes::default() }
    }
}

/// A run that goes on.
pub struct Runner<'r> {
    pub(super) context: &'r Context,
    pub(super) book: &'r Book,
    pub(super) wanted: Wanted,
    pub(super) environment: Environment,
    pub(super) signals: Signals,
    pub(super) answers: Answers,
    pub(super) is_auto: bool,
    actor: String,
    /// Why steps are left out.
    reason: String,
    transcript: Transcript,
    /// How steps stood when the run was gone on with.
    before: HashMap<String, StepState>,
    steps: Vec<Done>,
    untold: Untold,
}

/// What a run needs beside its record.
pub struct Setting<'r> {
    /// The circumstances.
    pub context: &'r Context,
    /// What is run.
    pub book: &'r Book,
    /// What somebody wants of it.
    pub wanted: Wanted,
    /// Why steps are left out.
    pub reason: String,
    /// Who runs it.
    pub actor: String,
    /// Whether nobody is asked.
    pub is_auto: bool,
    /// What the first step finds.
    pub environment: Environment,
}

/// What an earlier process did of the same run.
pub struct Earlier {
    /// How its steps stand.
    pub states: HashMap<String, StepState>,
    /// How they went.
    pub steps: Vec<Done>,
    /// What of that no server was told.
    pub untold: Untold,
}

impl Earlier {
    /// Of a run that begins.
    pub fn none() -> Earlier {
        Earlier { states: HashMap::new(), steps: Vec::new(), untold: Untold::new(record::now()) }
    }
}

impl<'r> Runner<'r> {
    /// Ready to go.
    pub fn new(setting: Setting<'r>, transcript: Transcript, earlier: Earlier) -> Result<Runner<'r>, Trouble> {
        let Setting { context, book, wanted, reason, actor, is_auto, mut environment } = setting;
        for (name, value) in &wanted.params {
            environment.set(name, value);
        }
        let reason = redacted(&reason, &environment.secrets());
        let signals = Signals::take().map_err(|error| context.trouble(&error.into()))?;
        let answers = Answers::from_stdin().map_err(|error| context.trouble(&error.into()))?;
        Ok(Runner {
            context,
            book,
            wanted,
            environment,
            signals,
            answers,
            is_auto,
            actor,
            reason,
            transcript,
            before: earlier.states,
            steps: earlier.steps,
            untold: earlier.untold,
        })
    }

    /// Whether no person started the run.
    pub(super) fn by_agent(&self) -> bool {
        is_agent(&self.actor)
    }

    /// Goes through the steps; what is told of the run at its end.
    pub fn go(&mut self) -> Result<(End, Option<RunSay>), Trouble> {
        let gone = self.through();
        let (end, why) = gone.map_err(|error| state::unwritable(self.context, &self.transcript.path, &error))?;
        let finished = self.transcript.note("finish", json!({ "outcome": end.name() }));
        finished.map_err(|error| state::unwritable(self.context, &self.transcript.path, &error))?;
        Ok((end, why))
    }

    /// What is told of the run.
    pub fn summary(&self, end: End) -> Summary<'_> {
        Summary {
            book: self.book,
            run: &self.transcript.run,
            actor: &self.actor,
            is_auto: self.is_auto,
            ended_at: record::now(),
            end,
            steps: &self.steps,
            untold: &self.untold,
            chain_head: self.transcript.head(),
        }
    }

    fn through(&mut self) -> std::io::Result<(End, Option<RunSay>)> {
        let book = self.book;
        for nth in 0..book.runbook.steps.len() {
            // Answers may change what becomes of later steps.
            let Some((step, fate)) = plan(&book.runbook, &self.wanted).into_iter().nth(nth) else { continue };
            if self.before.get(&step.id) == Some(&StepState::Done) {
                continue;
            }
            if self.signals.came() {
                return Ok((End::Interrupted, Some(RunSay::WasInterrupted)));
            }
            match self.left_out(step, &fate) {
                Some(_) if matches!(fate, Fate::Given | Fate::Undoes) => continue,
                Some(why) => {
                    self.leave_out(step, why)?;
                    continue;
                }
                None => {}
            }
            match self.carry_out(step, None)? {
                Verdict::Done => {}
                Verdict::Interrupted => return Ok((End::Interrupted, Some(RunSay::WasInterrupted))),
                Verdict::Refused(why) => return Ok((End::Refused, Some(self.failed(step, &why)))),
                Verdict::Failed(why) => {
                    let failed = self.failed(step, &why);
                    eprintln!("error: {}", failed.text(self.context.lang));
                    self.undo(step)?;
                    return Ok((End::Stopped, None));
                }
            }
        }
        Ok((End::Finished, None))
    }

    fn failed(&self, step: &Step, why: &RunSay) -> RunSay {
        RunSay::StepFailed { id: step.id.clone(), why: why.text(self.context.lang) }
    }

    /// Why a step does not run, where it does not.
    fn left_out(&self, step: &Step, fate: &Fate) -> Option<String> {
        let lang = self.context.lang;
        match fate {
            Fate::Given => Some(String::new()),
            Fate::Undoes => Some(RunSay::Undoes.text(lang)),
            Fate::Before => Some(RunSay::BeforeStart.text(lang)),
            Fate::Skipped => Some(self.reason.clone()),
            Fate::Runs | Fate::NeedsPerson | Fate::NotNow => {
                let when = step.when.as_ref().filter(|when| !when.holds(self.environment.get(&when.name)))?;
                Some(RunSay::ConditionFails { condition: when.written() }.text(lang))
            }
        }
    }

    fn leave_out(&mut self, step: &Step, why: String) -> std::io::Result<()> {
        self.context.say(&RunSay::StepSkipped { id: step.id.clone(), why: why.clone() });
        let ended_at = record::now();
        let done = Done {
            id: step.id.clone(),
            kind: step.kind.name().to_owned(),
            started_at: ended_at.clone(),
            ended_at,
            skipped: Some(why),
            ..Done::default()
        };
        self.transcript.end(&step.id, summary::members(&done, true))?;
        self.put(done);
        Ok(())
    }

    fn put(&mut self, done: Done) {
        summary::put(&mut self.steps, done.clone());
        summary::put(&mut self.untold.steps, done);
    }

    /// One step: recorded, done, recorded. `undoes` where it undoes another.
    fn carry_out(&mut self, step: &Step, undoes: Option<&str>) -> std::io::Result<Verdict> {
        self.context.say(&RunSay::Step { id: step.id.clone(), kind: step.kind.name().to_owned() });
        let (begun, started_at) = (Instant::now(), record::now());
        let is_again = undoes.is_none() && self.before.remove(&step.id).is_some();
        self.transcript.start(&step.id, json!({ "stepKind": step.kind.name(), "again": is_again }))?;
        let mut first = Attended::default();
        let mut did = match self.again(step, is_again, &mut first) {
            Some(verdict) => Did::new(verdict),
            None => self.do_it(step),
        };
        did.attended.total.0 += first.total.0;
        did.attended.manual.0 += first.manual.0;
        let done = Done {
            id: step.id.clone(),
            kind: step.kind.name().to_owned(),
            started_at,
            ended_at: record::now(),
            exit: did.exit,
            attended: did.attended,
            wall: since(begun),
            skipped: None,
            output_bytes: did.output_bytes,
            output: did.output,
        };
        let is_ok = matches!(did.verdict, Verdict::Done);
        let mut members = summary::members(&done, is_ok);
        merge(&mut members, record::changes(&did.changes));
        let why = match &did.verdict {
            Verdict::Done => None,
            Verdict::Interrupted => Some(&RunSay::WasInterrupted),
            Verdict::Failed(why) | Verdict::Refused(why) => Some(why),
        };
        // The record is English, as all that is kept.
        let why = why.map(|why| why.to_string());
        let interactive = step.shell().is_some_and(|shell| shell.interactive);
        merge(&mut members, json!({ "why": why, "undoes": undoes, "interactive": interactive }));
        self.transcript.end(&step.id, members)?;
        if interactive {
            self.context.say(&RunSay::NotKept { id: step.id.clone() });
        }
        if is_ok {
            let seconds = format!("{:.1}", done.wall.0 as f64 / 1e6);
            self.context.say(&RunSay::StepDone { id: step.id.clone(), seconds });
        }
        self.put(done);
        Ok(did.verdict)
    }

    /// A step that began earlier is offered again: to a person who sits there; else who resumed the run has said so.
    fn again(&mut self, step: &Step, is_again: bool, attended: &mut Attended) -> Option<Verdict> {
        if !is_again {
            return None;
        }
        if self.is_auto || !is_terminal() {
            self.context.say(&RunSay::RunsAgain { id: step.id.clone() });
            return None;
        }
        match self.ask(&RunSay::AskAgain { id: step.id.clone() }, attended) {
            Answer::Line(line) if is_yes(&line, false) => None,
            Answer::Line(_) => Some(Verdict::Refused(RunSay::SaidNo)),
            Answer::End => Some(Verdict::Refused(RunSay::NobodyAnswered)),
            Answer::Interrupted => Some(Verdict::Interrupted),
        }
    }

    fn do_it(&mut self, step: &Step) -> Did {
        match &step.kind {
            Kind::Ask { param } => self.ask_param(param),
            Kind::Manual { text } => self.manual(text),
            Kind::Sh(shell) => self.shell(step, shell, None),
            Kind::Check(shell, check) => self.shell(step, shell, Some(*check)),
            Kind::Slo { service, below, wait } => self.slo(service, *below, *wait),
        }
    }

    /// Offers to undo what failed, then what was done before it, the last first.
    fn undo(&mut self, failed: &Step) -> std::io::Result<()> {
        let book = self.book;
        let is_begun = |step: &&Step| self.steps.iter().any(|done| done.id == step.id && done.skipped.is_none());
        let until = book.runbook.steps.iter().position(|step| step.id == failed.id).unwrap_or(0);
        let begun: Vec<&Step> = book.runbook.steps[..=until].iter().rev().filter(is_begun).collect();
        for step in begun {
            let Some(Undo::By(id)) = step.shell().and_then(|shell| shell.undo.as_ref()) else { continue };
            let Some(undo) = book.runbook.steps.iter().find(|step| step.id == *id) else { continue };
            if self.is_auto {
                let file = book.file.clone();
                self.context.say(&RunSay::UndoLater { file, id: step.id.clone(), undo: id.clone() });
                continue;
            }
            let question = RunSay::AskUndo { id: step.id.clone(), undo: id.clone() };
            let answer = self.answers.ask(&question.text(self.context.lang), &self.signals);
            match answer {
                Answer::Line(line) if is_yes(&line, false) => {
                    if let Verdict::Failed(why) | Verdict::Refused(why) = self.carry_out(undo, Some(&step.id))? {
                        eprintln!("error: {}", self.failed(undo, &why).text(self.context.lang));
                        return Ok(());
                    }
                }
                Answer::Line(_) => {}
                Answer::End | Answer::Interrupted => return Ok(()),
            }
        }
        Ok(())
    }

    /// The run's name, and where its record is.
    pub fn named(&self) -> (&str, String) {
        (&self.transcript.run, self.transcript.path.display().to_string())
    }
}

/// The plan as the first line of a record and as `--plan` shows it.
pub fn planned(book: &Book, wanted: &Wanted) -> Vec<Value> {
    let item = |(step, fate): (&Step, Fate)| {
        let shell = step.shell();
        json!({
            "id": step.id, "kind": step.kind.name(), "line": step.at.line, "needsHuman": fate == Fate::NeedsPerson,
            "fate": fate_name(&fate), "readonly": shell.is_some_and(|shell| shell.readonly),
            "danger": shell.and_then(|shell| shell.danger.as_deref()),
            "when": step.when.as_ref().map(|when| when.written()),
            "undo": shell.and_then(|shell| shell.undo.as_ref()).map(|undo| match undo {
                Undo::Nothing => "none",
                Undo::By(id) => id,
            }),
        })
    };
    plan(&book.runbook, wanted).into_iter().map(item).collect()
}

fn fate_name(fate: &Fate) -> &'static str {
    match fate {
        Fate::Runs => "runs",
        Fate::NeedsPerson => "needsHuman",
        Fate::Given => "given",
        Fate::NotNow => "conditionFails",
        Fate::Before => "beforeStart",
        Fate::Skipped => "skipped",
        Fate::Undoes => "undoes",
    }
}
