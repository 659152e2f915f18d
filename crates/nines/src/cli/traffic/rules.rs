//! A file of rules, whichever sort it is: intents, or what `iptables-save` wrote.

use super::{read, services, unreadable};
use crate::cli::context::Context;
use crate::cli::error::Trouble;
use nines_traffic::finding::{Finding, Place, Severity};
use nines_traffic::intent::{self, Effective, Intents, Walker, effective};
use nines_traffic::iptables;
use nines_traffic::messages::{Fact, Hint};
use nines_traffic::simulate::{Answer, Packet, Simulator};
use std::path::Path;

/// Rules that packets can be held against.
pub(super) enum Rules {
    Intents { intents: Box<Intents>, rules: Vec<Effective> },
    Saved(iptables::Ruleset),
}

/// What a file says, and what there is to tell of it.
pub(super) struct Loaded {
    pub rules: Rules,
    pub findings: Vec<Finding>,
}

impl Loaded {
    /// Whether no finding is an error.
    pub fn is_usable(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }
}

impl Rules {
    /// What becomes of packets.
    pub fn answers<'p>(&self, packets: impl Iterator<Item = &'p Packet>) -> Vec<Answer> {
        match self {
            Rules::Intents { intents, rules } => {
                let walker = Walker::new(rules, intents);
                packets.map(|packet| walker.answer(packet)).collect()
            }
            Rules::Saved(rules) => {
                let simulator = Simulator::new(rules);
                packets.map(|packet| simulator.answer(packet)).collect()
            }
        }
    }
}

/// Reads a file of either sort: a save file has a table's line, `*filter`.
pub(super) fn load(context: &Context, path: &Path) -> Result<Loaded, Trouble> {
    let bytes = read(context, path)?;
    let name = path.display().to_string();
    match std::str::from_utf8(&bytes).ok().filter(|text| is_saved(text)) {
        Some(text) => {
            let read = iptables::read::read(&name, text, &services());
            Ok(Loaded { rules: Rules::Saved(read.rules), findings: read.findings })
        }
        None => Ok(load_intents(path, &bytes)),
    }
}

fn is_saved(text: &str) -> bool {
    let says = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    says.is_some_and(|line| {
        line.starts_with(['*', ':', '-', '[']) && !line.starts_with("---") && !line.starts_with("- ")
    })
}

/// An intent file with the lists that stand in files of their own.
pub(super) struct Intended {
    pub intents: Intents,
    pub findings: Vec<Finding>,
    /// The lists' texts by their names.
    pub lists: Vec<(String, String)>,
}

/// Reads an intent file, and its lists' files beside it.
pub(super) fn read_intents(path: &Path, bytes: &[u8]) -> Intended {
    let loaded = intent::read(&path.display().to_string(), bytes, &services());
    let (mut intents, mut findings) = (loaded.intents, loaded.findings);
    let mut lists = Vec::new();
    let folder = path.parent().unwrap_or(Path::new(""));
    for (name, file, place) in listed_files(&intents) {
        match std::fs::read_to_string(folder.join(&file.path)) {
            Ok(text) => {
                findings.extend(intents.fill(&name, &text));
                lists.push((name, text));
            }
            Err(error) => findings.push(missing_list(&file, place, &error.to_string())),
        }
    }
    Intended { intents, findings, lists }
}

/// Reads an intent file and what it means.
pub(super) fn load_intents(path: &Path, bytes: &[u8]) -> Loaded {
    let Intended { intents, findings, .. } = read_intents(path, bytes);
    let rules = effective(&intents, None);
    Loaded { rules: Rules::Intents { intents: Box::new(intents), rules }, findings }
}

fn listed_files(intents: &Intents) -> Vec<(String, intent::ListFile, Place)> {
    let listed = intents.lists.iter();
    listed.filter_map(|list| Some((list.name.clone(), list.file.clone()?, list.place.clone()))).collect()
}

/// A list whose file is not there: where it keeps what it had, nothing is wrong with the rules.
fn missing_list(file: &intent::ListFile, place: Place, reason: &str) -> Finding {
    Finding {
        place,
        path: "traffic.lists".to_owned(),
        severity: if file.keeps_last { Severity::Warning } else { Severity::Error },
        fact: Fact::ListFileUnread { path: file.path.clone(), reason: reason.to_owned() },
        hint: Hint::MakeListFile,
    }
}

/// A file that may be `-` for what comes in.
pub(super) fn read_input(context: &Context, path: &Path) -> Result<String, Trouble> {
    if path != Path::new("-") {
        return super::read_text(context, path);
    }
    std::io::read_to_string(std::io::stdin()).map_err(|error| unreadable(context, path, &error))
}
