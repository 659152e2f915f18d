//! Steps that people do, values that they give, and the wait for budgets.

use super::answers::{Answer, is_yes};
use super::environment::{Changes, is_recorded};
use super::runner::{Did, Runner, Verdict};
use super::shell::since;
use super::words::RunSay;
use crate::words;
use nines_base::lang::Message;
use nines_toil::runbook::attended::{Attended, Spent};
use nines_toil::runbook::{Check, Param};
use serde_json::Value;
use std::time::Instant;

impl Runner<'_> {
    /// Asks for a parameter until its value may be taken.
    pub(super) fn ask_param(&mut self, name: &str) -> Did {
        let Some(param) = self.book.runbook.param(name).cloned() else { return Did::new(Verdict::Done) };
        let mut attended = Attended::default();
        let prompt = param.prompt.clone().unwrap_or_else(|| param.name.clone());
        let question = RunSay::AskParam { name: param.name.clone(), prompt };
        let value = loop {
            match self.ask(&question, &mut attended) {
                Answer::Line(line) if param.takes(&line) && !line.is_empty() => break line,
                Answer::Line(line) => {
                    let fact = RunSay::BadValue { name: param.name.clone(), value: line };
                    eprintln!("error: {}", fact.text(self.context.lang));
                    eprintln!("hint: {}", allowed(&param).text(self.context.lang));
                }
                Answer::End => return Did { attended, ..Did::new(Verdict::Refused(RunSay::NobodyAnswered)) },
                Answer::Interrupted => return Did { attended, ..Did::new(Verdict::Interrupted) },
            }
        };
        self.wanted.params.insert(param.name.clone(), value.clone());
        self.environment.set(&param.name, &value);
        let mut changes = Changes::default();
        match is_recorded(&param.name, &value, &self.environment.secrets()) {
            true => changes.set.insert(param.name, value.into()),
            false => changes.withheld.insert(param.name, Value::Null),
        };
        Did { attended, changes, ..Did::new(Verdict::Done) }
    }

    /// A person does something, and says so.
    pub(super) fn manual(&mut self, text: &str) -> Did {
        let mut attended = Attended::default();
        let answer = self.ask(&RunSay::AskManual { text: self.filled(text) }, &mut attended);
        let verdict = match answer {
            Answer::Line(line) if is_yes(&line, true) => Verdict::Done,
            Answer::Line(_) => Verdict::Refused(RunSay::SaidNo),
            Answer::End => Verdict::Refused(RunSay::NobodyAnswered),
            Answer::Interrupted => Verdict::Interrupted,
        };
        Did { attended, ..Did::new(verdict) }
    }

    /// Waits until every objective of a service burns more slowly than that.
    pub(super) fn slo(&mut self, service: &str, below: f64, wait: Check) -> Did {
        let (begun, limit) = (Instant::now(), wait.timeout.to_std());
        self.context.say(&RunSay::WaitsFor { what: format!("burn({service}) < {below}") });
        let verdict = loop {
            let why = match self.burn(service) {
                Ok(burn) if burn < below => break Verdict::Done,
                Ok(burn) => RunSay::BurnsStill { burn: format!("{burn:.2}") },
                Err(why) => why,
            };
            if begun.elapsed() + wait.interval.to_std() >= limit {
                break Verdict::Failed(why);
            }
            if !self.pause(wait.interval.to_std()) {
                break Verdict::Interrupted;
            }
        };
        let mut attended = Attended::default();
        attended.add(Spent::Command(since(begun)), self.by_agent());
        Did { attended, ..Did::new(verdict) }
    }

    /// The fastest burn of the service's objectives, each over its shortest window that has figures.
    fn burn(&self, service: &str) -> Result<f64, RunSay> {
        let answer = self.context.client().and_then(|client| client.get("/api/nines/v1/slos"));
        let answer = answer.map_err(|trouble| RunSay::GateSilent { why: trouble.fact })?;
        let items = words::items(&answer);
        let of_service = items.iter().filter(|item| item["service"] == service);
        let burns = of_service
            .filter_map(|item| ["5m", "1h", "6h", "3d"].iter().find_map(|window| item["burn"][*window].as_f64()));
        burns.max_by(f64::total_cmp).ok_or_else(|| RunSay::NoSlo { service: service.to_owned() })
    }

    /// A text for people with the values of parameters that it mentions.
    fn filled(&self, text: &str) -> String {
        let mut filled = text.to_owned();
        let mut params: Vec<(&String, &String)> = self.wanted.params.iter().collect();
        // Longer names first: `$pod_name` is not `$pod` and `_name`.
        params.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        for (name, value) in params {
            filled = filled.replace(&format!("${{{name}}}"), value).replace(&format!("${name}"), value);
        }
        filled
    }
}

/// What a parameter takes.
pub fn allowed(param: &Param) -> RunSay {
    match (&param.pattern, param.choices.is_empty()) {
        (_, false) => RunSay::OneOfValues { values: param.choices.join(", ") },
        (Some(pattern), _) => {
            let written = pattern.as_str();
            // As its author wrote it, without what makes it match the whole.
            let written = written.strip_prefix(r"\A(?:").and_then(|rest| rest.strip_suffix(r")\z")).unwrap_or(written);
            RunSay::MatchesPattern { pattern: written.to_owned() }
        }
        (None, true) => RunSay::BadParamHint,
    }
}
