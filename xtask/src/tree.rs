//! The source tree: where it is and which files it has.

use crate::process::capture;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders of version control, builds and packages.
const NOT_OURS: [&str; 5] = [".git", "target", "node_modules", ".cache", "nines-data"];

/// The repository's root: the parent of this crate.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}

/// Files that are or could become part of the repository, by path from the root, sorted.
pub fn files() -> Result<Vec<String>, String> {
    let listed = capture(
        Command::new("git").args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]).current_dir(root()),
    );
    let mut files = match listed {
        Ok(listed) => listed.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect(),
        // Unpacked from an archive, or no git here.
        Err(_) => walk()?,
    };
    files.retain(|path| !path.split('/').any(|part| NOT_OURS.contains(&part)) && root().join(path).is_file());
    files.sort();
    files.dedup();
    Ok(files)
}

/// Every file but those of version control and of builds.
fn walk() -> Result<Vec<String>, String> {
    let root = root();
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                if !NOT_OURS.iter().any(|name| entry.file_name() == *name) {
                    folders.push(path);
                }
            } else if let Ok(relative) = path.strip_prefix(&root) {
                files.push(relative.to_string_lossy().into_owned());
            }
        }
    }
    Ok(files)
}

/// Reads a file of the tree as text; `None` for one that is not text.
pub fn read(path: &str) -> Option<String> {
    String::from_utf8(std::fs::read(root().join(path)).ok()?).ok()
}
