//! Notes of damage beside an inbox file, so that every later opening tells of it too.
//!
//! Once the blocks of a damaged generation are written, its file is not read again; what it lost would be
//! forgotten with the next start. The notes stay as long as the file does: `docs/format/directory.md`.

use super::open::damage_at;
use crate::directory::store_file;
use crate::inbox::Replay;
use nines_base::vfs::{Vfs, read_file};
use nines_storage::StoreError;
use std::io;
use std::path::{Path, PathBuf};

fn notes_path(inbox_file: &Path) -> PathBuf {
    inbox_file.with_extension("damaged")
}

/// Writes what replay found wrong with a file: for each damage a line with its offset and the fact.
pub(super) fn write_notes(vfs: &dyn Vfs, inbox_file: &Path, replay: &Replay) -> io::Result<()> {
    let lines: String = replay.damage.iter().map(|(offset, fact)| format!("{offset} {fact}\n")).collect();
    let path = notes_path(inbox_file);
    match read_file(vfs, &path) {
        Ok(known) if known == lines.as_bytes() => Ok(()),
        _ => store_file(vfs, &path, lines.as_bytes()),
    }
}

/// What was noted beside a file; nothing where there are no notes. A line that says no offset counts as
/// damage of the whole file: somebody wrote it.
pub(super) fn read_notes(vfs: &dyn Vfs, inbox_file: &Path) -> io::Result<Vec<StoreError>> {
    let bytes = match read_file(vfs, &notes_path(inbox_file)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        read => read?,
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let note = |line: &str| {
        let (offset, fact) = line.split_once(' ').unwrap_or(("", line));
        match offset.parse() {
            Ok(offset) => damage_at(inbox_file, offset, fact),
            Err(_) => damage_at(inbox_file, 0, line),
        }
    };
    Ok(text.lines().map(note).collect())
}
