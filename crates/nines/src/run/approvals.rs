//! Which runbooks were approved as they stand: JSON lines, the last of a file and id being in force.

use super::state;
use crate::cli::{Context, Trouble};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

const FILE: &str = "approvals.jsonl";

/// An approval.
#[derive(Clone, PartialEq, Debug)]
pub struct Approval {
    /// Id of the runbook.
    pub runbook: String,
    /// Where the file was.
    pub path: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Who approved.
    pub by: String,
    /// When.
    pub at: String,
    /// The whole file.
    pub text: String,
}

/// How a file stands with its approvals.
#[derive(Clone, PartialEq, Debug)]
pub enum Standing {
    /// Approved as it is.
    Approved(Approval),
    /// Another text was approved.
    Changed(Approval),
    /// Nobody ever did.
    Never,
}

/// Approvals in force.
pub struct Approvals {
    in_force: Vec<Approval>,
}

impl Approvals {
    /// Reads them. A line cut short by a crash is none.
    pub fn read(context: &Context) -> Result<Approvals, Trouble> {
        let path = file(context)?;
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(state::unreadable(context, &path, &error)),
        };
        let mut latest: HashMap<(String, String), (usize, Approval)> = HashMap::new();
        for (nth, line) in text.lines().enumerate() {
            let Some(approval) = serde_json::from_str(line).ok().and_then(|value: Value| approval(&value)) else {
                continue;
            };
            latest.insert((approval.runbook.clone(), approval.path.clone()), (nth, approval));
        }
        let mut in_force: Vec<(usize, Approval)> = latest.into_values().collect();
        in_force.sort_by_key(|(nth, _)| *nth);
        Ok(Approvals { in_force: in_force.into_iter().map(|(_, approval)| approval).collect() })
    }

    /// How a file stands: approved where a text in force of its id is the very same, wherever that file was.
    pub fn standing(&self, id: &str, path: &Path, sha256: &str) -> Standing {
        let of_id = || self.in_force.iter().rev().filter(|approval| approval.runbook == id);
        let path = absolute(path);
        if let Some(same) = of_id().find(|approval| approval.sha256 == sha256) {
            return Standing::Approved(same.clone());
        }
        match of_id().find(|approval| approval.path == path).or_else(|| of_id().next()) {
            Some(other) => Standing::Changed(other.clone()),
            None => Standing::Never,
        }
    }
}

/// Adds an approval.
pub fn add(context: &Context, approval: &Approval) -> Result<(), Trouble> {
    let folder = state::subfolder(context, "")?;
    let path = folder.join(FILE);
    let written = state::open(&path, OpenOptions::new().append(true).create(true)).and_then(|mut file| {
        file.lock()?;
        // On a line of its own even where a crash left half of one.
        let begins = file.metadata()?.len() == 0 || std::fs::read(&path)?.ends_with(b"\n");
        let line = json!({
            "runbook": approval.runbook, "path": approval.path, "sha256": approval.sha256, "by": approval.by,
            "at": approval.at, "text": approval.text,
        });
        file.write_all(format!("{}{line}\n", if begins { "" } else { "\n" }).as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| state::unwritable(context, &path, &error))
}

/// A path as approvals keep it.
pub fn absolute(path: &Path) -> String {
    path.canonicalize().unwrap_or_else(|_| path.to_owned()).display().to_string()
}

fn file(context: &Context) -> Result<PathBuf, Trouble> {
    Ok(state::folder(context)?.join(FILE))
}

fn approval(value: &Value) -> Option<Approval> {
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    Some(Approval {
        runbook: text("runbook")?,
        path: text("path")?,
        sha256: text("sha256")?,
        by: text("by")?,
        at: text("at")?,
        text: text("text")?,
    })
}
