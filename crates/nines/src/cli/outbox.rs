//! What waits for a server: entries, runs and approvals that were made while none could be reached. The next command that
//! reaches one delivers them before it asks anything itself, so that they come in their order and its answer knows them; of
//! several commands at once, one delivers. Each has an id of its own that the server knows again, so that it counts once however often it is
//! sent.

use super::client::Client;
use super::context::Context;
use super::error::Trouble;
use crate::messages::Say;
use crate::user::state_dir;
use serde_json::{Value, json};
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Files delivered by one command, at most: a laptop that was away for a month has fewer.
const DELIVERED_MAX: usize = 1000;

/// Keeps a body for later.
pub fn keep(context: &Context, path: &str, body: &Value) -> Result<(), Trouble> {
    let kept = folder().and_then(|folder| write(&folder, path, body));
    match kept {
        Ok(_) => {
            context.say(&Say::KeptForLater { server: context.server().to_owned() });
            Ok(())
        }
        Err(error) => {
            let path = state_dir().map_or_else(|| "outbox".to_owned(), |dir| dir.join("outbox").display().to_string());
            Err(Trouble::new(context.lang, Say::CannotWrite { path, reason: error.to_string() }, Say::CannotWriteHint))
        }
    }
}

/// Delivers what waits. What a server refuses is kept apart and said; what does not come through waits on.
pub fn deliver_waiting(context: &Context, client: &Client) {
    let Some(folder) = state_dir().map(|dir| dir.join("outbox")).filter(|folder| folder.is_dir()) else { return };
    // Held until the end: another command that delivers now would send the same once more, and in another order.
    let Ok(held) = fs::File::open(&folder) else { return };
    if held.try_lock().is_err() {
        return;
    }
    let Ok(waiting) = waiting(&folder) else { return };
    let mut n_delivered = 0;
    for file in waiting {
        let Some((path, body)) = read(&file) else { continue };
        match client.post_json(&path, &body) {
            Ok(answer) if answer.status < 300 => {
                // Where it cannot be removed it is sent again, and known.
                let _ = fs::remove_file(&file);
                n_delivered += 1;
            }
            Ok(answer) if answer.status < 500 => {
                let kept = file.with_extension("refused");
                let _ = fs::rename(&file, &kept);
                let reason = client.refused(&answer).fact;
                context.say(&Say::OutboxRefused { file: kept.display().to_string(), reason });
            }
            Ok(_) | Err(_) => break,
        }
    }
    if n_delivered > 0 {
        context.say(&Say::OutboxDelivered { n: n_delivered });
    }
}

fn folder() -> io::Result<PathBuf> {
    let dir = state_dir().ok_or_else(|| io::Error::other("neither XDG_STATE_HOME nor HOME is set"))?.join("outbox");
    fs::DirBuilder::new().recursive(true).mode(0o700).create(&dir)?;
    Ok(dir)
}

/// Whole or not at all: written beside and renamed.
fn write(folder: &Path, path: &str, body: &Value) -> io::Result<PathBuf> {
    let now = jiff::Timestamp::now().as_nanosecond();
    let name = format!("{now:020}-{}", std::process::id());
    let (half, whole) = (folder.join(format!("{name}.part")), folder.join(format!("{name}.json")));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&half)?;
    file.write_all(json!({ "path": path, "body": body }).to_string().as_bytes())?;
    file.sync_all()?;
    fs::rename(&half, &whole)?;
    fs::File::open(folder)?.sync_all()?;
    Ok(whole)
}

/// The oldest first.
fn waiting(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let files = fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(|kind| kind == "json")).collect();
    files.sort();
    files.truncate(DELIVERED_MAX);
    Ok(files)
}

fn read(file: &Path) -> Option<(String, Value)> {
    let mut kept: Value = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
    let path = kept["path"].as_str()?.to_owned();
    Some((path, kept["body"].take()))
}
