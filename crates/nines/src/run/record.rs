//! A run's record on disk: a line and a sync before each step, a line after it; held by one process at a time.

use super::environment::Changes;
use super::words::RunSay;
use super::{runs_folder, state};
use crate::cli::{Context, Exit, Trouble};
use nines_toil::runbook::transcript::{self, Broken, Chain, Record};
use serde_json::{Map, Value, json};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A record that lines are added to.
pub struct Transcript {
    file: File,
    chain: Chain,
    /// Where it is.
    pub path: PathBuf,
    /// The run's name.
    pub run: String,
}

impl Transcript {
    /// A new one, with the plan as its first line.
    pub fn begin(context: &Context, plan: Value) -> Result<Transcript, Trouble> {
        let folder = runs_folder(context)?;
        let run = name();
        let path = folder.join(format!("{run}.jsonl"));
        let opened = state::open(&path, OpenOptions::new().read(true).append(true).create_new(true));
        let file = opened.map_err(|error| state::unwritable(context, &path, &error))?;
        let mut transcript = Transcript { file, chain: Chain::default(), path, run: run.clone() };
        let begun = transcript.file.lock().and_then(|()| {
            let mut line = json!({ "kind": "plan", "v": 1, "run": run });
            merge(&mut line, plan);
            transcript.add(line)?;
            // The name itself must survive, too.
            File::open(&folder)?.sync_all()
        });
        begun.map_err(|error| state::unwritable(context, &transcript.path, &error))?;
        Ok(transcript)
    }

    /// One that is gone on with, and what it says so far.
    pub fn resume(context: &Context, run: &str) -> Result<(Transcript, Record), Trouble> {
        let folder = runs_folder(context)?;
        let is_name = !run.is_empty() && run.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let path = folder.join(format!("{run}.jsonl"));
        let no_run = || {
            let hint = RunSay::NoRunHint { dir: folder.display().to_string() };
            Trouble::new(context.lang, RunSay::NoRun { run: run.to_owned() }, hint)
        };
        if !is_name {
            return Err(no_run());
        }
        let mut file = match state::open(&path, OpenOptions::new().read(true).append(true)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(no_run()),
            Err(error) => return Err(state::unreadable(context, &path, &error)),
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let fact = RunSay::RunHeld { run: run.to_owned() };
                return Err(Trouble { exit: Exit::No, ..Trouble::new(context.lang, fact, RunSay::LockedHint) });
            }
            Err(TryLockError::Error(error)) => return Err(state::unreadable(context, &path, &error)),
        }
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(|error| state::unreadable(context, &path, &error))?;
        let record = transcript::read(&text).map_err(|Broken { line }| {
            let fact = RunSay::RunBroken { path: path.display().to_string(), line };
            Trouble::new(context.lang, fact, RunSay::RunBrokenHint)
        })?;
        if record.is_torn {
            context.say(&RunSay::Torn { bytes: text.len() - record.sound_bytes });
            let cut = file.set_len(record.sound_bytes as u64).and_then(|()| file.seek(SeekFrom::End(0)));
            cut.map_err(|error| state::unwritable(context, &path, &error))?;
        }
        let chain = record.chain.clone();
        Ok((Transcript { file, chain, path, run: run.to_owned() }, record))
    }

    /// A step begins: on the disk before anything happens.
    pub fn start(&mut self, step: &str, attempt: Value) -> io::Result<()> {
        // RUN-1: `add` comes back from the disk; only then does the caller go on.
        let mut line = json!({ "kind": "start", "step": step, "at": now() });
        merge(&mut line, attempt);
        self.add(line)
    }

    /// A step has ended.
    pub fn end(&mut self, step: &str, members: Value) -> io::Result<()> {
        let mut line = json!({ "kind": "end", "step": step });
        merge(&mut line, members);
        self.add(line)
    }

    /// Anything else that happened.
    pub fn note(&mut self, kind: &str, members: Value) -> io::Result<()> {
        let mut line = json!({ "kind": kind, "at": now() });
        merge(&mut line, members);
        self.add(line)
    }

    /// The hash of the last line.
    pub fn head(&self) -> &str {
        self.chain.head()
    }

    /// Adds a line, and waits until it is on the disk.
    fn add(&mut self, line: Value) -> io::Result<()> {
        let Value::Object(members) = line else { return Ok(()) };
        let text = self.chain.seal(members);
        self.file.write_all(text.as_bytes())?;
        self.file.sync_data()
    }
}

/// All records of a folder that can be read, by name; one that is broken is left out.
pub fn all(folder: &Path) -> Vec<Record> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    paths.sort();
    let texts = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok());
    texts.filter_map(|text| transcript::read(&text).ok()).collect()
}

/// Changes of the environment as members of a line.
pub fn changes(changes: &Changes) -> Value {
    let mut members = Map::new();
    if !changes.set.is_empty() {
        members.insert("set".to_owned(), changes.set.clone().into());
    }
    if !changes.withheld.is_empty() {
        let names: Vec<&String> = changes.withheld.keys().collect();
        members.insert("withheld".to_owned(), json!(names));
    }
    if !changes.unset.is_empty() {
        members.insert("unset".to_owned(), json!(changes.unset));
    }
    if let Some(folder) = changes.folder.as_ref().and_then(|folder| folder.to_str()) {
        members.insert("folder".to_owned(), folder.into());
    }
    Value::Object(members)
}

pub fn merge(into: &mut Value, members: Value) {
    if let (Value::Object(into), Value::Object(members)) = (into, members) {
        into.extend(members);
    }
}

/// RFC 3339, to the microsecond.
pub fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now).to_string()
}

/// A name nobody has: the second, and what tells two of one second apart.
fn name() -> String {
    let now = jiff::Timestamp::now();
    let second = now.strftime("%Y%m%d-%H%M%S");
    let salt = format!("{}-{}", now.as_nanosecond(), std::process::id());
    let digest = digest(salt.as_bytes());
    format!("r-{second}-{}", &digest[..6])
}

/// SHA-256 in hex.
pub fn digest(bytes: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
