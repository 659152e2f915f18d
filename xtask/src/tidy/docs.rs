//! Documentation that must be there: a head on every module, a target behind every link.

use super::source::Line;
use super::{Finding, Tree};
use crate::tree;
use std::path::Path;

/// Every Rust file of the product says at its head what it is. A `tests.rs` is what its neighbour's tests are.
pub fn check_modules(tree: &Tree) -> Result<Vec<Finding>, String> {
    let headless = tree.sources.iter().filter(|source| {
        let first = source.lines.iter().find(|line| !line.code.trim().is_empty() || !line.comment.trim().is_empty());
        // `//!` leaves its `!` at the start of the comment.
        let headed = |line: &Line| {
            let code = line.code.trim();
            code.is_empty() && line.comment.starts_with('!') || code.starts_with("#![doc")
        };
        !source.lines.iter().all(|line| line.test) && !first.is_some_and(headed)
    });
    Ok(headless
        .map(|source| Finding {
            file: source.path.clone(),
            line: 1,
            fact: "no module documentation".to_owned(),
            hint: "begin with `//!`: what it is, and what it does not know".to_owned(),
        })
        .collect())
}

/// Every relative link of a Markdown file leads to a file of the tree.
pub fn check_links(tree: &Tree) -> Result<Vec<Finding>, String> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| file.path.ends_with(".md")) {
        let folder = Path::new(&file.path).parent().unwrap_or(Path::new(""));
        for (number, line) in (1..).zip(file.text.lines()) {
            for target in links(line) {
                let path = target.split(['#', '?']).next().unwrap_or_default();
                if !path.is_empty() && !tree::root().join(folder).join(path).exists() {
                    findings.push(Finding {
                        file: file.path.clone(),
                        line: number,
                        fact: format!("the link to `{target}` leads nowhere"),
                        hint: "correct it, or write what it promises".to_owned(),
                    });
                }
            }
        }
    }
    Ok(findings)
}

/// Relative targets of `[text](target)` in a line, code spans left out.
fn links(line: &str) -> Vec<&str> {
    let outside_code = line.split('`').step_by(2);
    outside_code
        .flat_map(|part| part.match_indices("](").map(move |(at, _)| &part[at + 2..]))
        .filter_map(|rest| rest.split([')', ' ']).next())
        .filter(|target| !target.contains("://") && !target.starts_with("mailto:") && !target.starts_with('/'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::source::Source;
    use super::*;

    #[test]
    fn a_file_without_a_head_is_found() {
        let files = [
            ("a.rs", "//! A.\nfn a() {}"),
            ("b.rs", "// b\nfn b() {}"),
            ("c.rs", ""),
            ("d.rs", "\n//! D."),
            ("e/tests.rs", "fn e() {}"),
        ];
        let sources = files.iter().map(|(path, text)| Source::parse(path, text)).collect();
        let findings = check_modules(&Tree { files: Vec::new(), sources }).unwrap();
        let found: Vec<&str> = findings.iter().map(|finding| finding.file.as_str()).collect();
        assert_eq!(found, ["b.rs", "c.rs"]);
    }

    #[test]
    fn relative_links_are_read() {
        let line = "see [a](a.md#x), ![b](img/b.png \"title\"), [c](https://c.example/x), `[d](d.md)` and [e](#here)";
        assert_eq!(links(line), ["a.md#x", "img/b.png", "#here"]);
    }
}
