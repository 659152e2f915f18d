//! From a test file and definitions to what holds: time goes from claim to claim, and each is judged by the
//! code that judges live counts.

use super::alerts::{Alerts, Standing, severities};
use super::budgets::Budgets;
use super::claim::{AlertClaim, Claim, Expected, Question};
use super::messages::{ScriptFact as Fact, ScriptHint as Hint};
use super::script::{Fault, Script, fault};
use crate::budget::Share;
use crate::gate::{GateInput, PolicyInput, Reading, decide};
use crate::gauge::Gauge;
use crate::model::{Definitions, Objective, Place, Sli, Slo, Stretch};
use crate::openslo::nearest;
use crate::status::evaluate;
use crate::synthetic::Stage;
use std::collections::BTreeSet;

/// What a test file came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// One of each claim, in the order of the file.
    pub outcomes: Vec<Outcome>,
}

/// What a claim came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Where the claim stands.
    pub place: Place,
    /// As written.
    pub claim: String,
    /// What was found, as the claim would have to say it.
    pub got: String,
    /// Whether that is what was claimed.
    pub holds: bool,
}

impl Outcome {
    /// One line: `FILE:LINE:COL: claim: got X`.
    pub fn text(&self) -> String {
        let Place { file, line, column } = &self.place;
        format!("{file}:{line}:{column}: {}: got {}", self.claim, self.got)
    }
}

impl Report {
    /// How many claims hold.
    pub fn n_passed(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.holds).count()
    }

    /// How many do not.
    pub fn n_failed(&self) -> usize {
        self.outcomes.len() - self.n_passed()
    }
}

impl Script {
    /// Judges every claim. Names that nothing defines are faults of the file, and then nothing is judged.
    pub fn run(&self, definitions: &Definitions) -> Result<Report, Vec<Fault>> {
        let subjects: Vec<Result<Subject<'_>, Fault>> =
            self.claims.iter().map(|claim| Subject::of(claim, definitions)).collect();
        let faults: Vec<Fault> = subjects.iter().filter_map(|subject| subject.as_ref().err().cloned()).collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut in_time: Vec<(usize, &Claim, Subject<'_>)> = self
            .claims
            .iter()
            .zip(subjects)
            .enumerate()
            .filter_map(|(n, (claim, of))| Some((n, claim, of.ok()?)))
            .collect();
        in_time.sort_by_key(|(_, claim, _)| claim.time);

        let mut stage = Stage::new(definitions, self.traffic.clone());
        let mut alerts = Alerts::new(slos_asked_for_alerts(&in_time), self.traffic.clone());
        let mut budgets = Budgets::new(definitions, services_asked_for(&in_time), self.traffic.clone());
        let mut outcomes: Vec<(usize, Outcome)> = Vec::with_capacity(in_time.len());
        for (number, claim, subject) in in_time {
            stage.advance(claim.time);
            match subject {
                Subject::Alert(..) => alerts.advance(claim.time),
                Subject::Service(_) => budgets.advance(claim.time),
                Subject::Objective(..) => {}
            }
            let walked = Walked { stage: &stage, alerts: &alerts, budgets: &budgets };
            let (got, holds) = subject.judge(&claim.question, definitions, &walked);
            outcomes.push((number, Outcome { place: claim.place.clone(), claim: claim.text.clone(), got, holds }));
        }
        outcomes.sort_by_key(|(number, _)| *number);
        Ok(Report { outcomes: outcomes.into_iter().map(|(_, outcome)| outcome).collect() })
    }
}

/// The SLOs whose alerts claims name, each once.
fn slos_asked_for_alerts(in_time: &[(usize, &Claim, Subject<'_>)]) -> Vec<Slo> {
    let mut slos: Vec<Slo> = Vec::new();
    for (_, _, subject) in in_time {
        if let Subject::Alert(slo, _) = subject
            && slos.iter().all(|known| known.name != slo.name)
        {
            slos.push((*slo).clone());
        }
    }
    slos
}

/// The services whose gate claims ask.
fn services_asked_for<'d>(in_time: &[(usize, &Claim, Subject<'d>)]) -> BTreeSet<&'d str> {
    let service = |subject: &Subject<'d>| match subject {
        Subject::Service(service) => Some(*service),
        Subject::Objective(..) | Subject::Alert(..) => None,
    };
    in_time.iter().filter_map(|(_, _, subject)| service(subject)).collect()
}

/// How far time has been walked through.
struct Walked<'w> {
    stage: &'w Stage,
    alerts: &'w Alerts,
    budgets: &'w Budgets<'w>,
}

/// What a claim is about.
enum Subject<'d> {
    Objective(&'d Slo, &'d Objective),
    /// An alert of any objective of an SLO that is asked for.
    Alert(&'d Slo, Vec<&'d Objective>),
    Service(&'d str),
}

impl<'d> Subject<'d> {
    fn of(claim: &Claim, definitions: &'d Definitions) -> Result<Subject<'d>, Fault> {
        match &claim.question {
            Question::Sli(name, _)
            | Question::Budget(name, _)
            | Question::Burn(name, _, _)
            | Question::Coverage(name, _) => {
                let (slo, objectives) = find(name, claim, definitions)?;
                match objectives.as_slice() {
                    [objective] | [.., objective @ Objective { sli: Sli::Composite(_), .. }] => {
                        Ok(Subject::Objective(slo, objective))
                    }
                    several => {
                        let example = format!("{}/{}", slo.name, several[0].label());
                        let fact = Fact::ManyObjectives { name: name.clone(), n: several.len() };
                        fault(claim.place.clone(), fact, Hint::NameObjective { example })
                    }
                }
            }
            Question::Alert(name, severity, _) => {
                let (slo, objectives) = find(name, claim, definitions)?;
                let known = severities(slo);
                if known.contains(severity) {
                    return Ok(Subject::Alert(slo, objectives));
                }
                let fact = Fact::NoSuchAlert { name: name.clone(), severity: severity.clone() };
                fault(claim.place.clone(), fact, Hint::Severities { known: known.join(", ") })
            }
            Question::Gate(service, _) => {
                let mut services = definitions.slos.iter().map(|slo| slo.service.as_str());
                match services.find(|known| known == service) {
                    Some(known) => Ok(Subject::Service(known)),
                    None => {
                        let names = definitions.slos.iter().map(|slo| slo.service.as_str());
                        let hint = did_you_mean(service, names);
                        fault(claim.place.clone(), Fact::UnknownService { name: service.clone() }, hint)
                    }
                }
            }
        }
    }

    /// What is found, in the claim's words, and whether that is what was claimed.
    fn judge(&self, question: &Question, definitions: &Definitions, walked: &Walked<'_>) -> (String, bool) {
        match (self, question) {
            (Subject::Objective(slo, objective), question) => {
                let (got, expected) = figure(slo, objective, question, walked.stage);
                (got.map_or("undefined".to_owned(), shown), expected.allows(got))
            }
            (Subject::Alert(slo, objectives), Question::Alert(_, severity, claimed)) => {
                let standing = walked.alerts.standing(slo, objectives, severity);
                (standing.word().to_owned(), standing.agrees(*claimed))
            }
            (Subject::Service(service), Question::Gate(_, is_allowed)) => {
                let verdict = decide(&gate_input(service, definitions, walked));
                (verdict.word().to_owned(), verdict.is_allowed == *is_allowed)
            }
            // Subjects are made from their questions.
            _ => (String::new(), false),
        }
    }
}

/// The figure that is asked for; `None` where it is undefined.
fn figure(slo: &Slo, objective: &Objective, question: &Question, stage: &Stage) -> (Option<f64>, Expected) {
    let Some(cells) = stage.cells(slo) else { return (None, Expected::Undefined) };
    let status = || evaluate(slo, objective, cells, stage.at());
    match question {
        Question::Sli(_, expected) => (status().sli(), *expected),
        Question::Budget(_, expected) => (status().budget().map(|budget| budget.as_f64()), *expected),
        Question::Coverage(_, expected) => (status().coverage.ratio(), *expected),
        Question::Burn(_, lookback, expected) => {
            let stretch = Stretch::last(*lookback, stage.at());
            let measured = Gauge::of(slo, objective).and_then(|gauge| gauge.measure(cells, stretch));
            let share = measured.ok().and_then(|measured| measured.share);
            (share.map(|share: Share| share.burn(objective.target).as_f64()), *expected)
        }
        Question::Alert(..) | Question::Gate(..) => (None, Expected::Undefined),
    }
}

/// A feature of the service is asked about, by the service's policy and by what its files freeze.
fn gate_input(service: &str, definitions: &Definitions, walked: &Walked<'_>) -> GateInput {
    let (policies, stage, at) = (&definitions.policies, walked.stage, walked.stage.at());
    let own = definitions.objectives().filter(|(slo, one)| slo.service == service && !slo.is_part(one));
    let statuses = own.filter_map(|(slo, objective)| Some(evaluate(slo, objective, stage.cells(slo)?, at)));
    let policy = policies.of_service(service, &definitions.services);
    GateInput {
        service: service.to_owned(),
        at,
        readings: statuses.map(|status| Reading::of(&status, at)).collect(),
        policy: policy.map(|policy| PolicyInput { policy: policy.clone(), memory: walked.budgets.memory(service) }),
        freezes: policies
            .freezes
            .iter()
            .filter_map(|freeze| freeze.covers(service, None).then(|| freeze.active(at))?)
            .collect(),
        ..GateInput::default()
    }
}

/// The SLO that `NAME` or `NAME/OBJECTIVE` means, and those of its objectives.
fn find<'d>(name: &str, claim: &Claim, definitions: &'d Definitions) -> Result<(&'d Slo, Vec<&'d Objective>), Fault> {
    let (slo_name, label) = name.split_once('/').map_or((name, None), |(slo, label)| (slo, Some(label)));
    let slo = definitions.slos.iter().find(|slo| slo.name == slo_name);
    let found = slo.map(|slo| {
        let is_meant = |objective: &&Objective| {
            label.is_none_or(|label| objective.label() == label || objective.number.to_string() == label)
        };
        (slo, slo.objectives.iter().filter(is_meant).collect::<Vec<_>>())
    });
    match found {
        Some((slo, objectives)) if !objectives.is_empty() => Ok((slo, objectives)),
        _ => {
            let mut names: Vec<String> = definitions.slos.iter().map(|slo| slo.name.clone()).collect();
            let labels =
                slo.into_iter().flat_map(|slo| &slo.objectives).map(|one| format!("{slo_name}/{}", one.label()));
            names.extend(labels);
            let hint = did_you_mean(name, names.iter().map(String::as_str));
            fault(claim.place.clone(), Fact::UnknownSlo { name: name.to_owned() }, hint)
        }
    }
}

fn did_you_mean<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Hint {
    match nearest(name, names) {
        Some(word) => Hint::DidYouMean { word: word.to_owned() },
        None => Hint::NameDefinitions,
    }
}

/// Up to six decimals.
fn shown(figure: f64) -> String {
    let text = format!("{figure:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

impl Standing {
    /// Whether this is what was claimed: a frozen alert that fires is both.
    fn agrees(self, claimed: AlertClaim) -> bool {
        match claimed {
            AlertClaim::Frozen => self.is_frozen,
            state => self.state == state,
        }
    }

    fn word(self) -> &'static str {
        match (self.is_frozen, self.state) {
            (true, AlertClaim::Firing) => "firing and frozen",
            (true, _) => AlertClaim::Frozen.word(),
            (false, state) => state.word(),
        }
    }
}
