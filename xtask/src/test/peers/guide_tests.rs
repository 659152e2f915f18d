//! Holds `docs/guide/clients.md` against the programs: its snippets are their lines, its versions theirs.

use crate::tree;
use std::path::{Path, PathBuf};

const GUIDE: &str = "docs/guide/clients.md";

fn guide() -> String {
    tree::read(GUIDE).unwrap()
}

/// The target of the last link in a line.
fn linked(line: &str) -> Option<PathBuf> {
    let target = line.rsplit_once("](")?.1.split(')').next()?;
    Some(tree::root().join(Path::new(GUIDE).parent()?).join(target))
}

#[test]
fn every_line_of_a_snippet_is_a_line_of_the_program_it_names() {
    let guide = guide();
    let (mut program, mut in_snippet, mut n_lines) = (String::new(), false, 0);
    for line in guide.lines() {
        if line.starts_with("```") {
            in_snippet = !in_snippet;
        } else if in_snippet {
            assert!(program.lines().any(|own| own.trim() == line.trim()), "{GUIDE}: not in the program: {line}");
            n_lines += 1;
        } else if let Some(path) = linked(line).filter(|path| path.is_file()) {
            program = std::fs::read_to_string(path).unwrap();
        }
    }
    assert!(n_lines > 20, "{n_lines} lines of snippets");
}

#[test]
fn every_version_in_the_table_is_pinned_in_the_programs_folder() {
    let rows: Vec<_> = guide().lines().filter(|line| line.starts_with("| ")).map(str::to_owned).collect();
    let folders = rows.iter().filter_map(|row| Some((row, linked(row)?)));
    let mut n_versions = 0;
    for (row, folder) in folders {
        let version = row.split('|').nth(2).unwrap().trim();
        let pinned = std::fs::read_dir(&folder).unwrap().flatten().filter(|entry| entry.path().is_file());
        let mut texts = pinned.map(|entry| std::fs::read_to_string(entry.path()).unwrap());
        assert!(texts.any(|text| text.contains(version)), "{GUIDE}: {version} is not in {}", folder.display());
        n_versions += 1;
    }
    assert_eq!(n_versions, 12);
}
