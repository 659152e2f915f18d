//! Names that a pure crate never says: a runtime, the network, the disk, the clock, chance.
//!
//! `core::net` (address types) is fine, and so is everything in tests and in comments.

use super::edges::PURE;
use super::source::Line;
use super::{Finding, Tree};

/// What pure code does not name, and what it does instead.
const FORBIDDEN: [(&str, &str); 10] = [
    ("tokio", "pure code is synchronous; async starts in collect"),
    ("axum", "HTTP lives in collect and api"),
    ("std::net", "use core::net for addresses; sockets live in collect and above"),
    ("std::fs", "take the disk as a parameter (base::vfs)"),
    ("std::env", "take settings as parameters; the binary reads the environment"),
    ("std::process", "take effects as parameters"),
    ("SystemTime::now", "take the clock as a parameter (base::Clock)"),
    ("Instant::now", "take the clock as a parameter (base::Clock)"),
    ("thread_rng", "take randomness as a parameter"),
    ("rand::", "take randomness as a parameter"),
];

/// Files where the real thing lives, chosen once by the binary.
const EXCEPTIONS: [(&str, &str, &str); 2] = [
    ("crates/base/src/clock.rs", "SystemTime::now", "the real clock"),
    ("crates/base/src/vfs/real.rs", "std::fs", "the real disk"),
];

/// Looks through the sources of the pure crates.
pub fn check(tree: &Tree) -> Result<Vec<Finding>, String> {
    let mut findings = Vec::new();
    for source in &tree.sources {
        let in_src = source.path.strip_prefix("crates/").and_then(|path| path.split_once("/src/"));
        let Some((name, _)) = in_src else { continue };
        if !PURE.contains(&format!("nines-{name}").as_str()) {
            continue;
        }
        for (number, line) in source.product_lines() {
            for (name, instead) in FORBIDDEN {
                let excepted = EXCEPTIONS.iter().any(|(file, known, _)| *file == source.path && *known == name);
                if names(line, name) && !excepted {
                    findings.push(Finding {
                        file: source.path.clone(),
                        line: number,
                        fact: format!("a pure crate names `{}`", name.trim_end_matches("::")),
                        hint: instead.to_owned(),
                    });
                }
            }
        }
    }
    Ok(findings)
}

/// Whether the code of a line says the name, and not a longer one that ends with it.
fn names(line: &Line, name: &str) -> bool {
    line.code.match_indices(name).any(|(at, _)| {
        let before = line.code[..at].chars().last();
        let after = line.code[at + name.len()..].chars().next();
        let part = |char: char| char.is_alphanumeric() || char == '_';
        !before.is_some_and(part) && (name.ends_with(':') || !after.is_some_and(part))
    })
}

#[cfg(test)]
mod tests {
    use super::super::source::Source;
    use super::*;

    fn check_file(path: &str, text: &str) -> usize {
        let tree = Tree { files: Vec::new(), sources: vec![Source::parse(path, text)] };
        check(&tree).unwrap().len()
    }

    #[test]
    fn pure_code_may_not_say_them_but_tests_comments_and_texts_may() {
        assert_eq!(check_file("crates/slo/src/a.rs", "use std::fs::File;\nlet t = SystemTime::now();"), 2);
        assert_eq!(check_file("crates/slo/src/a.rs", "// std::fs\nlet s = \"std::fs\"; use core::net::IpAddr;"), 0);
        assert_eq!(check_file("crates/slo/src/a.rs", "#[cfg(test)]\nmod tests {\n    use std::fs;\n}"), 0);
        assert_eq!(check_file("crates/slo/src/a.rs", "let operand::x = my_tokio; tokio_like();"), 0);
        assert_eq!(check_file("crates/engine/src/a.rs", "use std::fs;"), 0);
        assert_eq!(check_file("crates/base/src/vfs/real.rs", "use std::fs;"), 0);
        assert_eq!(check_file("crates/base/src/vfs/mod.rs", "use std::fs;"), 1);
    }
}
