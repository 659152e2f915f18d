//! Definition files from disk: which ones a path means, read in a stable order.

use nines_slo::openslo::SourceFile;
use std::io;
use std::path::{Path, PathBuf};

/// Endings of definition files.
const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

/// How deep folders are followed: more is a loop of links.
const DEPTH_MAX: usize = 16;

/// A path that cannot be read.
#[derive(Debug)]
pub struct ReadError {
    /// The path.
    pub path: PathBuf,
    /// The system's reason.
    pub source: io::Error,
}

/// The files that `path` means: itself, or all definition files below it, by name.
pub fn files_of(path: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let mut files = Vec::new();
    let metadata = std::fs::metadata(path).map_err(|source| ReadError { path: path.to_owned(), source })?;
    if metadata.is_dir() {
        walk(path, 0, &mut files)?;
        files.sort();
    } else {
        files.push(path.to_owned());
    }
    Ok(files)
}

fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), ReadError> {
    let fault = |source| ReadError { path: folder.to_owned(), source };
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            if depth < DEPTH_MAX {
                walk(&path, depth + 1, files)?;
            }
        } else if path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))) {
            files.push(path);
        }
    }
    Ok(())
}

/// Reads every file that the paths mean, each once.
pub fn read_all(paths: &[PathBuf]) -> Result<Vec<SourceFile>, ReadError> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in paths {
        for file in files_of(path)? {
            if !files.contains(&file) {
                files.push(file);
            }
        }
    }
    files
        .into_iter()
        .map(|path| match std::fs::read(&path) {
            Ok(bytes) => Ok(SourceFile { name: path.display().to_string(), bytes }),
            Err(source) => Err(ReadError { path, source }),
        })
        .collect()
}
