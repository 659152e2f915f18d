//! Where a user's runs and approvals are kept: `--data DIR`, else `$XDG_STATE_HOME/nines`, else `~/.local/state/nines`.
//!
//! Folders are the user's alone, files too: a transcript tells what was done on whose systems.

use super::words::RunSay;
use crate::cli::{Context, Trouble};
use crate::messages::Say;
use crate::user::state_dir;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The folder of everything.
pub fn folder(context: &Context) -> Result<PathBuf, Trouble> {
    if let Some(data) = &context.data {
        return Ok(data.clone());
    }
    state_dir().ok_or_else(|| Trouble::new(context.lang, RunSay::NoStateDir, RunSay::NoStateDirHint))
}

/// A folder inside it, made where it is not there.
pub fn subfolder(context: &Context, name: &str) -> Result<PathBuf, Trouble> {
    if let Some(data) = context.data.as_ref().filter(|data| !data.join("FORMAT").exists()) {
        // One that is empty or new becomes a data directory first: with files of ours alone it would be none. One that is
        // something else is refused.
        DirBuilder::new().recursive(true).create(data).map_err(|error| unwritable(context, data, &error))?;
        drop(context.client()?);
    }
    let path = folder(context)?.join(name);
    DirBuilder::new().recursive(true).mode(0o700).create(&path).map_err(|error| unwritable(context, &path, &error))?;
    Ok(path)
}

/// Opens a file of the user's own.
pub fn open(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    options.mode(0o600).open(path)
}

/// That something cannot be written.
pub fn unwritable(context: &Context, path: &Path, error: &io::Error) -> Trouble {
    let fact = Say::CannotWrite { path: path.display().to_string(), reason: error.to_string() };
    Trouble::new(context.lang, fact, Say::CannotWriteHint)
}

/// That something cannot be read.
pub fn unreadable(context: &Context, path: &Path, error: &io::Error) -> Trouble {
    let fact = Say::CannotRead { path: path.display().to_string(), reason: error.to_string() };
    Trouble::new(context.lang, fact, Say::CannotReadHint)
}
