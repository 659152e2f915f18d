//! Words that have no place in the tree: paths of somebody's machine, hosts of a private registry.

use super::{Finding, Tree};

/// Top folders of a machine under which people keep their own things.
const PRIVATE_FOLDERS: [&str; 6] = ["home", "root", "Users", "work", "workspace", "farm"];
/// Hosts that a lock file may fetch from.
const PUBLIC_HOSTS: [&str; 2] = ["https://registry.npmjs.org/", "https://github.com/rust-lang/crates.io-index"];
/// Files that fetch.
const LOCK_FILES: [&str; 2] = ["Cargo.lock", "package-lock.json"];

/// Looks through every text file.
pub fn check(tree: &Tree) -> Result<Vec<Finding>, String> {
    let mut findings = Vec::new();
    for file in &tree.files {
        let lock = LOCK_FILES.iter().any(|name| file.path.ends_with(name));
        for (number, line) in (1..).zip(file.text.lines()) {
            if let Some(folder) = PRIVATE_FOLDERS.iter().find(|folder| has_path(line, folder)) {
                findings.push(Finding {
                    file: file.path.clone(),
                    line: number,
                    fact: format!("a path under `/{folder}` of some machine"),
                    hint: "name it relative to the repository, or not at all".to_owned(),
                });
            }
            if lock && fetches_privately(line) {
                findings.push(Finding {
                    file: file.path.clone(),
                    line: number,
                    fact: "a package from a host that not everyone reaches".to_owned(),
                    hint: format!("lock it again against {}", PUBLIC_HOSTS.join(" or ")),
                });
            }
        }
    }
    Ok(findings)
}

/// Whether the line has `/folder/` as the start of an absolute path.
fn has_path(line: &str, folder: &str) -> bool {
    line.match_indices(&format!("/{folder}/")).any(|(at, _)| {
        let before = line[..at].chars().last();
        // Part of a longer path, a URL or a pattern: not a machine's root.
        !before.is_some_and(|char| char.is_alphanumeric() || "._-~/*}$>)".contains(char))
    })
}

fn fetches_privately(line: &str) -> bool {
    let line = line.trim_start();
    let url = line.strip_prefix("\"resolved\": \"").or_else(|| line.strip_prefix("source = \"registry+"));
    url.is_some_and(|url| !PUBLIC_HOSTS.iter().any(|host| url.starts_with(host)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_paths_of_a_machine_are_found_and_others_are_not() {
        let has = |line: &str| PRIVATE_FOLDERS.iter().any(|folder| has_path(line, folder));
        let home = PRIVATE_FOLDERS[0];
        assert!(has(&format!("see /{home}/kim/nines")));
        assert!(has(&format!("\"/{home}/kim\"")));
        assert!(!has(&format!("src/{home}/kim and https://x.example/{home}/")));
        assert!(!has("/homes/ and /var/lib/nines"));
    }

    #[test]
    fn a_private_registry_is_found() {
        assert!(fetches_privately("      \"resolved\": \"https://npm.corp.example/x.tgz\","));
        assert!(!fetches_privately("      \"resolved\": \"https://registry.npmjs.org/x.tgz\","));
        assert!(!fetches_privately("source = \"registry+https://github.com/rust-lang/crates.io-index\""));
    }
}
