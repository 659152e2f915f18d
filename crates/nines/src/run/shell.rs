//! Steps that run commands: asked for first, tried again, their output judged.

use super::answers::{Answer, is_yes};
use super::child::{self, Ended, Outcome, Run};
use super::environment::Environment;
use super::output::{CAPTURED_BYTES_MAX, Shown};
use super::runner::{Did, Runner, Verdict};
use super::words::RunSay;
use nines_base::DurationUs;
use nines_base::lang::Message;
use nines_toil::runbook::attended::{Attended, Spent};
use nines_toil::runbook::{Check, Shell, Step, plan};
use std::time::{Duration, Instant};

/// Longest that a step takes which gives no limit: one that nobody bounded must not hold a lock over a weekend.
pub const STEP_MAX: Duration = Duration::from_secs(3600);

/// Longest text of an expectation that is shown.
const SHOWN_CHARS_MAX: usize = 60;

/// How often a wait looks whether the run is told to end.
const LOOK_EVERY: Duration = Duration::from_millis(50);

pub fn since(begun: Instant) -> DurationUs {
    DurationUs(i64::try_from(begun.elapsed().as_micros()).unwrap_or(i64::MAX))
}

impl Runner<'_> {
    /// Runs the commands of a step, once it may.
    pub(super) fn shell(&mut self, step: &Step, shell: &Shell, check: Option<Check>) -> Did {
        let mut attended = Attended::default();
        if let Some(verdict) = self.consent(step, shell, &mut attended) {
            return Did { attended, ..Did::new(verdict) };
        }
        let begun = Instant::now();
        let mut did = match check {
            Some(check) => self.check(step, shell, check),
            None => self.tries(step, shell),
        };
        let passed = since(begun);
        let spent = if shell.interactive { Spent::Typing(passed) } else { Spent::Command(passed) };
        attended.add(spent, self.by_agent());
        did.attended = attended;
        did
    }

    /// Why a step may not run, where somebody must say so first and does not.
    fn consent(&mut self, step: &Step, shell: &Shell, attended: &mut Attended) -> Option<Verdict> {
        let danger = plan::danger(&self.book.runbook, step, &self.wanted.params).map(str::to_owned);
        let question = match &danger {
            Some(env) => RunSay::AskDanger { env: env.clone() },
            None if shell.confirm => RunSay::AskConfirm { id: step.id.clone() },
            None => return None,
        };
        self.show(&shell.script);
        let answer = self.ask(&question, attended);
        match answer {
            Answer::Line(line) => {
                let agrees = danger.map_or_else(|| is_yes(&line, false), |env| line.trim() == env);
                (!agrees).then_some(Verdict::Refused(RunSay::SaidNo))
            }
            Answer::End => Some(Verdict::Refused(RunSay::NobodyAnswered)),
            Answer::Interrupted => Some(Verdict::Interrupted),
        }
    }

    fn tries(&mut self, step: &Step, shell: &Shell) -> Did {
        let limit = match (shell.timeout, shell.interactive) {
            (Some(limit), _) => Some(limit.to_std()),
            (None, true) => None,
            (None, false) => Some(STEP_MAX),
        };
        let mut left = shell.retry;
        loop {
            let did = self.once(step, shell, limit);
            if left == 0 || !matches!(did.verdict, Verdict::Failed(_)) {
                return did;
            }
            left -= 1;
            self.context.say(&RunSay::TriesAgain { id: step.id.clone(), left: left + 1 });
            if !self.pause(shell.pause.to_std()) {
                return Did { verdict: Verdict::Interrupted, ..did };
            }
        }
    }

    /// Looks until the commands succeed, or for as long as the step allows.
    fn check(&mut self, step: &Step, shell: &Shell, check: Check) -> Did {
        let (begun, limit) = (Instant::now(), check.timeout.to_std());
        loop {
            let left = limit.saturating_sub(begun.elapsed());
            let did = self.once(step, shell, Some(left));
            if !matches!(did.verdict, Verdict::Failed(_)) {
                return did;
            }
            if begun.elapsed() + check.interval.to_std() >= limit {
                return Did { verdict: Verdict::Failed(RunSay::TimedOut { limit: check.timeout.to_string() }), ..did };
            }
            if !self.pause(check.interval.to_std()) {
                return Did { verdict: Verdict::Interrupted, ..did };
            }
        }
    }

    fn once(&mut self, step: &Step, shell: &Shell, limit: Option<Duration>) -> Did {
        let shown = match (self.context.quiet, self.context.format.is_table()) {
            (true, _) => [Shown::Nowhere; 2],
            (false, true) => [Shown::Out, Shown::Err],
            (false, false) => [Shown::Err; 2],
        };
        let secrets = self.environment.secrets();
        let run = Run {
            id: &step.id,
            script: &shell.script,
            environment: &self.environment,
            limit,
            interactive: shell.interactive,
            shown,
            secrets: &secrets,
        };
        let outcome = child::run(&run, &self.signals);
        if shell.interactive {
            self.signals.forget_interrupts();
        }
        match outcome {
            Ok(outcome) => self.judge(step, shell, limit, outcome),
            Err(error) => Did::new(Verdict::Failed(RunSay::CannotStart { why: error.to_string() })),
        }
    }

    fn judge(&mut self, step: &Step, shell: &Shell, limit: Option<Duration>, outcome: Outcome) -> Did {
        let Outcome { ended, printed, environment } = outcome;
        let text = String::from_utf8_lossy(&printed.captured);
        let verdict = match ended {
            Ended::Exited(0) => match &shell.expect {
                Some(expect) if !expect.holds(&text) => {
                    let printed: String = text.trim().chars().take(SHOWN_CHARS_MAX).collect();
                    let printed = nines_toil::runbook::redact::redacted(&printed, &self.environment.secrets());
                    Verdict::Failed(RunSay::NotExpected { expected: expect.written(), printed })
                }
                _ if shell.capture.is_some() && printed.is_cut => {
                    Verdict::Failed(RunSay::PrintedTooMuch { limit: CAPTURED_BYTES_MAX })
                }
                _ => Verdict::Done,
            },
            Ended::Exited(code) => Verdict::Failed(RunSay::ExitCode { code }),
            Ended::TimedOut => {
                let limit = limit.map_or(0, |limit| i64::try_from(limit.as_micros()).unwrap_or(i64::MAX));
                Verdict::Failed(RunSay::TimedOut { limit: DurationUs(limit).to_string() })
            }
            Ended::WantedTerminal => Verdict::Failed(RunSay::WantedTerminal),
            Ended::Interrupted => Verdict::Interrupted,
        };
        let exit = match ended {
            Ended::Exited(code) => Some(code),
            _ => None,
        };
        let mut did = Did { exit, output_bytes: printed.n_bytes, ..Did::new(verdict) };
        did.output = (!shell.interactive).then_some(printed.kept);
        if matches!(did.verdict, Verdict::Done) {
            did.changes = self.carry(step, shell, environment, &text);
        }
        did
    }

    /// Takes over what a step leaves to the next ones.
    fn carry(
        &mut self,
        step: &Step,
        shell: &Shell,
        environment: Option<Environment>,
        printed: &str,
    ) -> super::environment::Changes {
        let before = self.environment.clone();
        match environment {
            Some(after) => self.environment = after,
            None => self.context.say(&RunSay::NotCarried { id: step.id.clone() }),
        }
        if let Some(name) = &shell.capture {
            // As `$(…)` does it.
            self.environment.set(name, printed.trim_end_matches('\n'));
        }
        self.environment.changes_since(&before)
    }

    /// Waits; `false` where the run is told to end.
    pub(super) fn pause(&self, length: Duration) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < length {
            if self.signals.came() {
                return false;
            }
            std::thread::sleep(LOOK_EVERY.min(length.saturating_sub(begun.elapsed())));
        }
        !self.signals.came()
    }

    /// Commands as a person reads them before they agree.
    fn show(&self, script: &str) {
        for line in script.lines() {
            eprintln!("    {line}");
        }
    }

    /// Asks a person; their time counts.
    pub(super) fn ask(&mut self, question: &RunSay, attended: &mut Attended) -> Answer {
        let begun = Instant::now();
        let answer = match self.is_auto {
            true => Answer::End,
            false => self.answers.ask(&question.text(self.context.lang), &self.signals),
        };
        attended.add(Spent::Prompt(since(begun)), self.by_agent());
        answer
    }
}
