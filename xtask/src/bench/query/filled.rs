//! A store that was filled with whole rounds, and can be used again.

use super::super::ingest::make_round;
use super::super::rig::{Rig, json_number, scratch_folder};
use super::questions::Window;
use crate::load::corpus::Corpus;
use crate::load::message::{Format, Round};
use crate::load::sender::{Job, send};
use crate::load::usage;
use crate::process::capture;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Connections that fill.
const N_CONNECTIONS: usize = 16;
/// Spans of a message.
const SPANS_PER_MESSAGE: usize = 100;
/// Filling may take so long: a hundred million spans on a slow machine.
const FILL_LIMIT: Duration = Duration::from_secs(3_600);
/// The data directory's name in the folder of a store.
const DATA: &str = "data";
/// The file beside it that says what was filled.
const NOTE: &str = "filled.json";

/// A filled store.
pub struct Store {
    folder: PathBuf,
    kept: bool,
    round: Round,
    n_rounds: u64,
    start_us: u64,
}

/// A copy that a server may write to.
pub struct WorkingCopy {
    /// Its data directory.
    pub data: PathBuf,
    scratch: PathBuf,
}

impl Store {
    /// The store in `keep` if it was filled alike, else a new one, there or in a temporary folder.
    pub fn fill_or_reuse(
        binary: &Path,
        keep: Option<&Path>,
        corpus: Corpus,
        format: Format,
        n_spans: u64,
    ) -> Result<Store, String> {
        let round = make_round(corpus, format, SPANS_PER_MESSAGE);
        let n_rounds = n_spans.div_ceil(round.n_spans).max(1);
        let folder = keep.map_or_else(scratch_folder, |folder| Ok(folder.to_owned()))?;
        let mut store = Store { folder, kept: keep.is_some(), round, n_rounds, start_us: 0 };
        let recipe = format!("\"corpus\":\"{}\",\"format\":\"{}\",\"rounds\":{n_rounds}", corpus.name(), format.name());
        let note_path = store.folder.join(NOTE);
        match std::fs::read_to_string(&note_path) {
            Ok(note) if note.contains(&recipe) => {
                store.start_us = json_number(&note, "startUs").ok_or_else(|| format!("no startUs in {note}"))?;
                println!("-- using the store in {}", store.folder.display());
            }
            Ok(note) => {
                return Err(format!(
                    "{} holds another store: {}\nhint: name another folder, or remove this one",
                    store.folder.display(),
                    note.trim()
                ));
            }
            Err(_) => {
                store.fill(binary)?;
                let note = format!("{{{recipe},\"startUs\":{}}}\n", store.start_us);
                std::fs::write(&note_path, note).map_err(|error| format!("{}: {error}", note_path.display()))?;
            }
        }
        Ok(store)
    }

    fn fill(&mut self, binary: &Path) -> Result<(), String> {
        println!("-- filling {} with {} spans", self.folder.display(), self.n_spans());
        std::fs::create_dir_all(&self.folder).map_err(|error| format!("{}: {error}", self.folder.display()))?;
        // The last round has just ended.
        self.start_us =
            usage::now_us() - (self.n_rounds - 1) * self.round.shape.duration_us - self.round.shape.last_end_us;
        let data = self.folder.join(DATA);
        let rig = Rig::start(binary, Some(&data), &[])?;
        let started = Instant::now();
        let job = Job::new(rig.server.address, &self.round, N_CONNECTIONS, started + FILL_LIMIT);
        let messages = (0, self.n_rounds * self.round.messages.len() as u64);
        let seen = send(Job { messages, start_us: self.start_us, ..job })?;
        if seen.spans != self.n_spans() {
            return Err(format!("only {} of {} spans were acknowledged", seen.spans, self.n_spans()));
        }
        let cpu_seconds = usage::settle(rig.server.pid(), Duration::from_secs(60))?;
        println!(
            "-- filled in {:.0} s, {cpu_seconds:.0} CPU-seconds of the server, {:.0} MB resident at most",
            started.elapsed().as_secs_f64(),
            usage::resident_bytes(rig.server.pid())?.1 as f64 / 1e6
        );
        let stopped = rig.stop()?;
        println!("-- {:.1} B a span on disk", stopped.disk_bytes() as f64 / self.n_spans() as f64);
        Ok(())
    }

    /// A copy whose blocks are links: the store writes blocks once and never into them.
    pub fn working_copy(&self) -> Result<WorkingCopy, String> {
        // Beside the store: links do not cross file systems.
        let scratch = self.folder.join(format!("copy-{}", std::process::id()));
        let data = scratch.join(DATA);
        std::fs::create_dir_all(&data).map_err(|error| format!("{}: {error}", data.display()))?;
        let script = "cd \"$1\" && for part in *; do case $part in \
                      blocks) cp -Rl blocks \"$2\"/ ;; LOCK) ;; *) cp -R \"$part\" \"$2\"/ ;; esac; done";
        let from = self.folder.join(DATA);
        let from = std::path::absolute(&from).map_err(|error| format!("{}: {error}", from.display()))?;
        let to = std::path::absolute(&data).map_err(|error| format!("{}: {error}", data.display()))?;
        let copy = WorkingCopy { data: to.clone(), scratch };
        capture(Command::new("sh").args(["-c", script, "sh"]).arg(from).arg(to))?;
        Ok(copy)
    }

    /// The round it was filled with.
    pub fn round(&self) -> &Round {
        &self.round
    }

    /// How many rounds.
    pub fn rounds(&self) -> u64 {
        self.n_rounds
    }

    /// Stored spans.
    pub fn n_spans(&self) -> u64 {
        self.n_rounds * self.round.n_spans
    }

    /// Stored traces.
    pub fn n_traces(&self) -> u64 {
        self.n_rounds * self.round.shape.spans_of_trace.len() as u64
    }

    /// When its first span starts and its last ends, microseconds.
    pub fn window(&self) -> Window {
        let shape = &self.round.shape;
        Window {
            from_us: self.start_us,
            to_us: self.start_us + (self.n_rounds - 1) * shape.duration_us + shape.last_end_us,
        }
    }

    /// When the round after the last would start.
    pub fn next_start_us(&self) -> u64 {
        self.start_us + self.n_rounds * self.round.shape.duration_us
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if !self.kept {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

impl Drop for WorkingCopy {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.scratch);
    }
}
