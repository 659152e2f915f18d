//! Golden sessions of the command line: what is typed, what is printed, how it ends.
//!
//! Each case is a folder of `tests/golden/cli`: `command` (arguments, one a line, run from the repository's
//! root) and `expected` (stdout, then `--- stderr`, then `--- exit N`). `NINES_BLESS=1` writes what is printed.

use crate::process::{nines, repository};

#[test]
fn every_golden_session_prints_what_it_is_expected_to() {
    let root = repository();
    let cases = root.join("tests/golden/cli");
    let mut failed = Vec::new();
    let mut folders: Vec<_> = std::fs::read_dir(&cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() >= 10, "{} cases", folders.len());
    for folder in folders {
        let command = std::fs::read_to_string(folder.join("command")).unwrap();
        let arguments: Vec<&str> = command.lines().filter(|line| !line.is_empty()).collect();
        let output = nines(&arguments).current_dir(&root).output().unwrap();
        let printed = format!(
            "{}--- stderr\n{}--- exit {}\n",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
            output.status.code().unwrap_or(-1),
        );
        let expected = folder.join("expected");
        if std::env::var_os("NINES_BLESS").is_some() {
            std::fs::write(&expected, &printed).unwrap();
        }
        if std::fs::read_to_string(&expected).unwrap_or_default() != printed {
            failed.push(format!("{}:\n{printed}", folder.display()));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
