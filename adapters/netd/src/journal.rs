//! The journal: a numbered line of JSON for everything that was planned, applied, confirmed, taken back, and done by
//! others. Each line names the digest of the one before, so that none is taken out unseen; it is synced before what it
//! tells of is answered.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use nines_base::{Clock, SystemClock};
use nines_traffic::plan::{Digest, PlanId};
use serde_json::{Value, json};

use crate::who::Who;

/// The journal's file under the folder of the state.
pub const JOURNAL_FILE: &str = "journal.ndjson";

/// The one before, once the journal was full.
pub const JOURNAL_FILE_PREVIOUS: &str = "journal.previous.ndjson";
/// Entries that are told at once.
pub const ENTRIES_TOLD_MAX: usize = 512;
/// Of so many lines one's place in the file is remembered, so that none of them is looked for from the beginning.
const LINES_A_PLACE: u64 = 256;

/// Bytes of a journal at most: a quarter of a million entries. A host whose containers come and go by the second has as
/// many in three days.
const JOURNAL_BYTES_MAX: u64 = 64 << 20;

/// Something that happened.
#[derive(Clone, Debug, Default)]
pub struct Entry<'a> {
    /// What: `planned`, `applied`, `confirmed`, `reverted`, `rolled-back`, `foreign`, `lost`, `restored`,
    /// `started`, `loaded`, `fallback`, `traced`, `trouble`.
    pub what: &'static str,
    /// Of which plan.
    pub plan: Option<&'a PlanId>,
    /// Who asked.
    pub who: Option<Who>,
    /// Why, or what was seen.
    pub why: String,
    /// The generation afterwards.
    pub generation: Option<u32>,
}

/// The journal, open at its end.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    n_bytes: u64,
    /// The number of the file's first entry, and the places of every 256th from there.
    first: u64,
    places: Vec<u64>,
    next: u64,
    last: Digest,
    boot: String,
}

impl Journal {
    /// Opens the journal of a folder. A last line without its end was never answered for, and is cut off.
    ///
    /// # Errors
    /// Where it cannot be read or written.
    pub fn open(root: &Path, boot: &str) -> Result<Journal, io::Error> {
        let path = root.join(JOURNAL_FILE);
        let mut file = open(&path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        bytes.truncate(whole);
        file.set_len(whole as u64)?;
        file.seek(SeekFrom::End(0))?;
        let places = places(&bytes);
        let first = bytes.split(|byte| *byte == b'\n').next().and_then(number);
        if bytes.is_empty() {
            // Just begun anew, or never begun.
            bytes = std::fs::read(root.join(JOURNAL_FILE_PREVIOUS)).unwrap_or_default();
        }
        let last = bytes.split(|byte| *byte == b'\n').rfind(|line| !line.is_empty()).unwrap_or_default();
        let next = number(last).unwrap_or(0) + 1;
        let (first, last) = (first.unwrap_or(next), Digest::of(last));
        Ok(Journal { path, file, n_bytes: whole as u64, first, places, next, last, boot: boot.to_owned() })
    }

    /// Lines of the entries after that of a number, at most [`ENTRIES_TOLD_MAX`]; of those that are gone from the disk
    /// none, and the oldest that is there comes first.
    ///
    /// # Errors
    /// Where the files cannot be read.
    pub fn after(&self, number: u64) -> Result<String, io::Error> {
        let wanted = number.saturating_add(1);
        if wanted >= self.next {
            return Ok(String::new());
        }
        if wanted < self.first {
            let previous = std::fs::read_to_string(self.path.with_file_name(JOURNAL_FILE_PREVIOUS)).unwrap_or_default();
            let told = take(&previous, wanted);
            if !told.is_empty() {
                return Ok(told);
            }
        }
        let place = wanted.saturating_sub(self.first) / LINES_A_PLACE;
        let place = usize::try_from(place).ok().and_then(|place| self.places.get(place)).copied().unwrap_or_default();
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(place))?;
        // So many lines that those before the wanted one are among them.
        let mut lines = io::BufReader::new(file).lines();
        let mut text = String::new();
        for line in lines.by_ref().take(ENTRIES_TOLD_MAX + LINES_A_PLACE as usize) {
            text.push_str(&line?);
            text.push('\n');
        }
        Ok(take(&text, wanted))
    }

    /// Writes a line.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub fn write(&mut self, entry: &Entry<'_>) -> Result<(), io::Error> {
        if self.n_bytes >= JOURNAL_BYTES_MAX {
            std::fs::rename(&self.path, self.path.with_file_name(JOURNAL_FILE_PREVIOUS))?;
            self.file = open(&self.path)?;
            self.n_bytes = 0;
            self.first = self.next;
            self.places.clear();
        }
        if (self.next - self.first).is_multiple_of(LINES_A_PLACE) {
            self.places.push(self.n_bytes);
        }
        let line = json!({
            "n": self.next,
            "at_us": SystemClock.now().0,
            "boot": self.boot,
            "what": entry.what,
            "plan": entry.plan.map(PlanId::as_str),
            "uid": entry.who.map(|who| who.uid),
            "pid": entry.who.map(|who| who.pid),
            "why": entry.why,
            "generation": entry.generation,
            "after": self.last.to_string(),
        })
        .to_string();
        self.file.write_all(format!("{line}\n").as_bytes())?;
        self.file.sync_data()?;
        self.n_bytes += line.len() as u64 + 1;
        self.last = Digest::of(line.as_bytes());
        self.next += 1;
        Ok(())
    }
}

/// Where every 256th line begins.
fn places(bytes: &[u8]) -> Vec<u64> {
    let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    let begins = std::iter::once(0).chain(ends).take_while(|at| *at < bytes.len());
    begins.step_by(LINES_A_PLACE as usize).map(|at| at as u64).collect()
}

/// The number of an entry by its line.
fn number(line: &[u8]) -> Option<u64> {
    serde_json::from_slice::<Value>(line).ok()?.get("n")?.as_u64()
}

/// The first lines of entries from a number on.
fn take(text: &str, wanted: u64) -> String {
    let lines = text.lines().filter(|line| number(line.as_bytes()).is_some_and(|number| number >= wanted));
    lines.take(ENTRIES_TOLD_MAX).map(|line| format!("{line}\n")).collect()
}

fn open(path: &Path) -> Result<File, io::Error> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}
