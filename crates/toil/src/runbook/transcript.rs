//! A run's record: JSON lines, each chained to the one before by its hash.
//!
//! The last member of a line is `hash`: BLAKE3 of the line without it, in which `prev` is the hash of the line before. A
//! line that a crash cut short is no part of the record; any other that does not fit is damage.

use serde_json::{Map, Value};
use std::collections::HashMap;

/// `prev` of the first line.
const FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What stands between a line's body and its hash.
const HASH: &str = ",\"hash\":\"";

/// The end of a chain, to which lines are added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chain {
    head: String,
    n_lines: u64,
}

impl Default for Chain {
    fn default() -> Chain {
        Chain { head: FIRST.to_owned(), n_lines: 0 }
    }
}

impl Chain {
    /// The hash of the last line.
    #[must_use]
    pub fn head(&self) -> &str {
        &self.head
    }

    /// The line, line feed included, that follows with these members.
    pub fn seal(&mut self, members: Map<String, Value>) -> String {
        let mut body = Map::new();
        body.insert("seq".to_owned(), self.n_lines.into());
        body.extend(members);
        body.insert("prev".to_owned(), self.head.clone().into());
        let body = Value::Object(body).to_string();
        self.head = blake3::hash(body.as_bytes()).to_hex().to_string();
        self.n_lines += 1;
        // The body is an object, so it ends in a brace.
        let open = body.strip_suffix('}').unwrap_or(&body);
        format!("{open}{HASH}{}\"}}\n", self.head)
    }
}

/// A record as it was read back.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its lines.
    pub lines: Vec<Value>,
    /// Where the next line is chained.
    pub chain: Chain,
    /// Bytes of whole lines; what follows was cut short.
    pub sound_bytes: usize,
    /// Whether anything follows.
    pub is_torn: bool,
}

/// The line, from 1, that does not follow from the one before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Broken {
    /// Its number.
    pub line: usize,
}

/// Reads a record and verifies its chain.
pub fn read(text: &str) -> Result<Record, Broken> {
    let mut record = Record { lines: Vec::new(), chain: Chain::default(), sound_bytes: 0, is_torn: false };
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let is_last = record.sound_bytes + line.len() == text.len();
        match verify(line, &record.chain) {
            Some((value, hash)) => {
                record.lines.push(value);
                record.chain = Chain { head: hash, n_lines: record.chain.n_lines + 1 };
                record.sound_bytes += line.len();
            }
            // Cut short, or, after a power failure, not what was written.
            None if is_last && (!line.ends_with('\n') || serde_json::from_str::<Value>(line).is_err()) => {
                record.is_torn = true;
            }
            None => return Err(Broken { line: number }),
        }
    }
    Ok(record)
}

fn verify(line: &str, chain: &Chain) -> Option<(Value, String)> {
    let line = line.strip_suffix('\n')?;
    let (open, hash) = line.rsplit_once(HASH)?;
    let hash = hash.strip_suffix("\"}")?;
    let body = format!("{open}}}");
    let value: Value = serde_json::from_str(&body).ok()?;
    let follows = value["prev"] == chain.head && value["seq"] == chain.n_lines;
    (follows && blake3::hash(body.as_bytes()).to_hex().as_str() == hash).then(|| (value, hash.to_owned()))
}

/// What is known of a step's run.
#[derive(Clone, PartialEq, Debug)]
pub enum StepState {
    /// It began, and nothing says how it ended.
    Broken,
    /// It ended as it should, or was left out.
    Done,
    /// It failed.
    Failed,
}

impl Record {
    /// The plan, which is the first line.
    #[must_use]
    pub fn plan(&self) -> Option<&Value> {
        self.lines.first().filter(|line| line["kind"] == "plan")
    }

    /// How the run ended, where it did after its last resumption.
    #[must_use]
    pub fn outcome(&self) -> Option<&str> {
        let last = self.lines.last().filter(|line| line["kind"] == "finish")?;
        last["outcome"].as_str()
    }

    /// Steps that began, with how they stand.
    #[must_use]
    pub fn steps(&self) -> HashMap<String, StepState> {
        let mut steps = HashMap::new();
        for line in &self.lines {
            let Some(id) = line["step"].as_str() else { continue };
            let state = match line["kind"].as_str() {
                Some("start") => StepState::Broken,
                Some("end") if line["ok"] == true => StepState::Done,
                Some("end") => StepState::Failed,
                _ => continue,
            };
            // What was undone is there to be done again.
            if let Some(undone) = line["undoes"].as_str().filter(|_| state == StepState::Done) {
                steps.insert(undone.to_owned(), StepState::Failed);
            }
            steps.insert(id.to_owned(), state);
        }
        steps
    }

    /// Lines of this kind.
    pub fn of_kind<'r>(&'r self, kind: &'r str) -> impl Iterator<Item = &'r Value> + 'r {
        self.lines.iter().filter(move |line| line["kind"] == kind)
    }
}
