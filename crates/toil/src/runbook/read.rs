//! From the bytes of a file to a runbook, or to everything that is wrong with it.

use super::messages::{Fact, Hint};
use super::model::{Gate, Kind, Lock, Param, Runbook, Step, Undo};
use super::{Finding, front, ids, markdown, uses};
use nines_yaml::{Mark, Place, Severity, listed, mark_of, nearest, read_utf8};
use std::collections::{HashMap, HashSet};

/// Largest file: two hundred pages of prose.
pub const FILE_BYTES_MAX: usize = 1 << 20;

/// Most findings of one file; one with more is not mended one by one.
const FINDINGS_MAX: usize = 1000;

/// What was read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The runbook; absent where an error was found.
    pub runbook: Option<Runbook>,
    /// Errors and warnings, by place.
    pub findings: Vec<Finding>,
}

/// Collects findings while a file is read.
pub(super) struct Log<'f> {
    file: &'f str,
    findings: Vec<Finding>,
}

impl Log<'_> {
    pub(super) fn error(&mut self, at: Mark, path: &str, fact: Fact, hint: Hint) {
        self.tell(Severity::Error, at, path, fact, hint);
    }

    pub(super) fn warning(&mut self, at: Mark, path: &str, fact: Fact, hint: Hint) {
        self.tell(Severity::Warning, at, path, fact, hint);
    }

    fn tell(&mut self, severity: Severity, at: Mark, path: &str, fact: Fact, hint: Hint) {
        if self.findings.len() < FINDINGS_MAX {
            let place = Place { file: self.file.to_owned(), line: at.line, column: at.column };
            self.findings.push(Finding { place, path: path.to_owned(), severity, fact, hint });
        }
    }
}

/// Reads a runbook. `file` is its name as people know it: findings and, where it gives no id, its id come from that.
#[must_use]
pub fn read(file: &str, bytes: &[u8]) -> Loaded {
    let mut log = Log { file, findings: Vec::new() };
    let runbook = text_of(bytes, &mut log).and_then(|text| read_text(&text, &mut log));
    let mut findings = log.findings;
    findings.sort_by_key(|finding| (finding.place.line, finding.place.column));
    let is_sound = findings.iter().all(|finding| finding.severity != Severity::Error);
    Loaded { runbook: runbook.filter(|_| is_sound), findings }
}

/// The text, with line feeds for every sort of line end and without a byte order mark.
fn text_of(bytes: &[u8], log: &mut Log<'_>) -> Option<String> {
    if bytes.len() > FILE_BYTES_MAX {
        log.error(Mark::START, "", Fact::TooLarge { bytes: bytes.len(), limit: FILE_BYTES_MAX }, Hint::Split);
        return None;
    }
    let text = match read_utf8(bytes) {
        Ok(text) => text,
        Err((at, byte)) => {
            log.error(at, "", Fact::NotText { byte }, Hint::SaveAsUtf8);
            return None;
        }
    };
    if let Some(at) = text.find('\0') {
        log.error(mark_of(text, at), "", Fact::Nul, Hint::RemoveIt);
        return None;
    }
    Some(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn read_text(text: &str, log: &mut Log<'_>) -> Option<Runbook> {
    let (front, body_at) = front::read(text, log)?;
    let is_declared = front.is_ours;
    let body = markdown::read(text, body_at, front.service.as_deref(), log);
    let id = front.id.unwrap_or_else(|| ids::id_of_file(log.file));
    let mut steps: Vec<Step> = front.params.iter().filter(|param| param.default.is_none()).map(ask).collect();
    let n_asks = steps.len();
    steps.extend(body.steps);
    ids::derive(&mut steps);
    if steps.len() == n_asks {
        log.error(Mark::START, "", Fact::NoSteps, Hint::AddStep);
    }
    check_ids(&steps, log);
    check_undo(&steps, log);
    check_service(front.service.as_deref(), front.gate, front.lock.as_ref(), log);
    let runbook = Runbook {
        title: front.title.or(body.title).unwrap_or_else(|| id.clone()),
        id,
        service: front.service,
        triggers: front.triggers,
        params: front.params,
        category: front.category,
        class: front.class,
        gate: front.gate.map(|(gate, _)| gate),
        lock: front.lock.map(|(lock, _)| lock),
        steps,
    };
    check_variables(&runbook, is_declared, log);
    Some(runbook)
}

/// The step that asks for a parameter. Its id has a point, which no id of a file has.
fn ask(param: &Param) -> Step {
    let kind = Kind::Ask { param: param.name.clone() };
    Step { id: format!("ask.{}", param.name), at: param.at, heading: String::new(), when: None, kind }
}

fn check_ids(steps: &[Step], log: &mut Log<'_>) {
    let mut lines: HashMap<&str, usize> = HashMap::new();
    for step in steps {
        if let Some(line) = lines.insert(&step.id, step.at.line) {
            log.error(step.at, "", Fact::IdTwice { id: step.id.clone(), line }, Hint::OtherName);
        }
    }
}

fn check_undo(steps: &[Step], log: &mut Log<'_>) {
    for step in steps {
        let Some(Undo::By(id)) = step.shell().and_then(|shell| shell.undo.as_ref()) else { continue };
        let fault = match steps.iter().find(|other| other.id == *id) {
            None => {
                let ids = || steps.iter().filter(|step| step.shell().is_some()).map(|step| step.id.as_str());
                let hint = match nearest(id, ids()) {
                    Some(word) => Hint::DidYouMean { word: word.to_owned() },
                    None => Hint::NameStep { known: listed(ids()) },
                };
                Some((Fact::UndoUnknown { id: id.clone() }, hint))
            }
            Some(other) if other.id == step.id => Some((Fact::UndoOfItself, Hint::NameCommand)),
            Some(other) if !matches!(other.kind, Kind::Sh(_)) => {
                Some((Fact::UndoNotCommand { id: id.clone() }, Hint::NameCommand))
            }
            Some(_) => None,
        };
        if let Some((fact, hint)) = fault {
            log.error(step.at, "undo", fact, hint);
        }
    }
}

fn check_service(service: Option<&str>, gate: Option<(Gate, Mark)>, lock: Option<&(Lock, Mark)>, log: &mut Log<'_>) {
    if service.is_some() {
        return;
    }
    if let Some((_, at)) = gate {
        log.error(at, "require.gate", Fact::GateWithoutService, Hint::NameService);
    }
    if let Some((Lock::Service, at)) = lock {
        log.error(*at, "require.lock", Fact::LockWithoutService, Hint::NameService);
    }
}

/// Variables that steps use and nothing sets are errors of a runbook, and warnings on a page that never said it was one.
fn check_variables(runbook: &Runbook, is_declared: bool, log: &mut Log<'_>) {
    let scripts = || runbook.steps.iter().filter_map(Step::shell).map(|shell| shell.script.as_str());
    let mut known: HashSet<&str> = scripts().flat_map(uses::assigned).collect();
    known.extend(runbook.params.iter().map(|param| param.name.as_str()));
    known.extend(runbook.steps.iter().filter_map(Step::shell).filter_map(|shell| shell.capture.as_deref()));
    let mut used: HashSet<&str> = HashSet::new();
    for step in &runbook.steps {
        let in_script = step.shell().into_iter().flat_map(|shell| uses::used(&shell.script));
        let in_text = match &step.kind {
            Kind::Manual { text } => uses::mentioned(text),
            _ => Vec::new(),
        };
        used.extend(in_text.iter().copied());
        let asked = step.when.iter().map(|when| (when.name.as_str(), 0));
        for (name, line) in in_script.chain(asked) {
            used.insert(name);
            if known.contains(name) || !uses::is_own(name) {
                continue;
            }
            let at = Mark { line: step.at.line + line, column: if line == 0 { step.at.column } else { 1 } };
            let (fact, hint) = (Fact::NotDeclared { name: name.to_owned() }, Hint::Declare { name: name.to_owned() });
            match is_declared {
                true => log.error(at, "", fact, hint),
                false => log.warning(at, "", fact, hint),
            }
        }
    }
    for param in runbook.params.iter().filter(|param| !used.contains(param.name.as_str())) {
        // Steps may pass it on to a program by the environment: no error.
        log.warning(param.at, "", Fact::ParamUnused { name: param.name.clone() }, Hint::UseOrRemove);
    }
}
