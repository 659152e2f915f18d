//! Small edits of the same configuration file over and over: quotas, allow-lists, host tables. Toil that grows with what it
//! serves.

use super::{Change, Commit};
use nines_base::DurationUs;
use std::cell::Cell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

/// An edit is small that changes so many lines at most.
const LINES_MAX: u64 = 3;
/// So many edits in a [`WINDOW`] are repetitive.
const EDITS_MIN: usize = 5;
/// In what time.
const WINDOW: DurationUs = DurationUs::from_secs(90 * 86_400);
/// Files that are remembered at once; those without an edit in a window are forgotten.
const PATHS_MAX: usize = 1 << 16;

/// Endings of files that configure something.
const ENDINGS: [&str; 17] = [
    "yaml",
    "yml",
    "json",
    "toml",
    "ini",
    "cfg",
    "conf",
    "config",
    "properties",
    "env",
    "tf",
    "tfvars",
    "hcl",
    "csv",
    "rules",
    "list",
    "zone",
];
/// Names of files that do.
const NAMES: [&str; 6] = ["CODEOWNERS", "OWNERS", "hosts", "crontab", "allowlist", ".env"];
/// Endings of what may be changed beside a configuration.
const BESIDE: [&str; 4] = ["md", "txt", "adoc", "rst"];
/// Files that tools write.
const WRITTEN_BY_TOOLS: [&str; 5] =
    ["package-lock.json", "npm-shrinkwrap.json", "composer.lock", "pnpm-lock.yaml", "packages.lock.json"];

/// Whether a file configures something, by its ending or its name. Source code does not, nor does what tools write.
pub(super) fn is_configuration(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let by_ending = ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
    (by_ending || NAMES.contains(&name)) && !is_written_by_tools(name)
}

/// Whether tools write a file of this name.
pub(super) fn is_written_by_tools(name: &str) -> bool {
    WRITTEN_BY_TOOLS.contains(&name)
}

/// Whether a commit changes configuration and nothing that is built: who adds a dependency beside the code that needs it is
/// developing.
pub(super) fn configures_only(changes: &[Change]) -> bool {
    let is_beside = |path: &str| path.rsplit_once('.').is_some_and(|(_, ending)| BESIDE.contains(&ending));
    changes.iter().all(|change| is_configuration(&change.path) || is_beside(&change.path))
}

struct Edit {
    commit: Commit,
    /// Whether its commit has made an entry; one commit has one flag, however many files it edits.
    is_taken: Rc<Cell<bool>>,
}

/// Edits that may turn out to be repetitive.
#[derive(Default)]
pub(super) struct Edits {
    by_path: HashMap<String, VecDeque<Edit>>,
    of_commit: Option<(String, Rc<Cell<bool>>)>,
}

impl Edits {
    /// Adds what a commit changed. Gives the edits that are now known to be repetitive and whose commits have no entry.
    pub fn add(&mut self, commit: &Commit, change: Change, is_taken: bool) -> Vec<(String, Commit)> {
        if change.n_lines > LINES_MAX || commit.n_parents > 1 || !is_configuration(&change.path) {
            return Vec::new();
        }
        if self.by_path.len() > PATHS_MAX {
            self.by_path.retain(|_, edits| edits.back().is_some_and(|last| commit.at - last.commit.at <= WINDOW));
        }
        let is_taken = self.flag(commit, is_taken);
        let edits = self.by_path.entry(change.path.clone()).or_default();
        edits.push_back(Edit { commit: commit.clone(), is_taken });
        // Whatever is repetitive is one of so many in a row: earlier ones have been told of, or never will be.
        if edits.len() > EDITS_MIN {
            edits.pop_front();
        }
        let is_repetitive = edits.len() == EDITS_MIN && edits.iter().all(|edit| commit.at - edit.commit.at <= WINDOW);
        if !is_repetitive {
            return Vec::new();
        }
        let untaken = edits.iter().filter(|edit| !edit.is_taken.replace(true));
        untaken.map(|edit| (change.path.clone(), edit.commit.clone())).collect()
    }

    fn flag(&mut self, commit: &Commit, is_taken: bool) -> Rc<Cell<bool>> {
        match &self.of_commit {
            Some((hash, flag)) if *hash == commit.hash => Rc::clone(flag),
            _ => {
                let flag = Rc::new(Cell::new(is_taken));
                self.of_commit = Some((commit.hash.clone(), Rc::clone(&flag)));
                flag
            }
        }
    }
}
