//! A report: which invariants the documents declare, and whether code checks them and a test claims them.

use super::Tree;
use std::collections::BTreeMap;

/// What is known of one invariant.
#[derive(Default, Debug, PartialEq, Eq)]
struct Known {
    /// A document or a module's documentation that declares it.
    named: Option<String>,
    /// Whether the product's code names it: in a text, as `invariant!` and error messages do; in a comment
    /// beside the lines that keep it; or in a type's documentation (`Invariant BUD-1`), where the type makes
    /// it impossible to break.
    checked: bool,
    /// Whether a test's name begins with it.
    tested: bool,
}

/// Prints invariants that lack a check or a test.
pub fn report(tree: &Tree) {
    let known = collect(tree);
    for (id, known) in &known {
        let Some(named) = &known.named else { continue };
        let lack = match (known.checked, known.tested) {
            (true, true) => continue,
            (false, true) => "no check in code",
            (true, false) => "no test that claims it",
            (false, false) => "neither a check nor a test",
        };
        println!("note: invariant {id} ({named}): {lack}");
    }
    println!("note: {} invariants are declared", known.values().filter(|known| known.named.is_some()).count());
}

fn collect(tree: &Tree) -> BTreeMap<String, Known> {
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    let documents = |path: &str| path.starts_with("docs/format/") || path == "ARCHITECTURE.md";
    for file in tree.files.iter().filter(|file| documents(&file.path)) {
        for id in file.text.lines().flat_map(declared) {
            known.entry(id).or_default().named.get_or_insert_with(|| file.path.clone());
        }
    }
    for source in &tree.sources {
        for line in &source.lines {
            if line.comment.starts_with('!') {
                for id in declared(&line.comment) {
                    known.entry(id).or_default().named.get_or_insert_with(|| source.path.clone());
                }
            }
            if !line.test {
                let documents = line.comment.starts_with(['/', '!']) && !line.comment.starts_with("/ Invariant ");
                let beside = if documents { "" } else { line.comment.as_str() };
                for id in ids(&line.text).into_iter().chain(ids(beside)) {
                    known.entry(id).or_default().checked = true;
                }
            }
        }
    }
    let tests: Vec<&str> = tree.sources.iter().flat_map(|source| &source.lines).flat_map(test_names).collect();
    for (id, known) in &mut known {
        let prefix = format!("{}_", id.to_ascii_lowercase().replace('-', "_"));
        known.tested = tests.iter().any(|name| name.starts_with(&prefix));
    }
    known
}

/// Names of functions that a line declares, and of claims it lists in a contract suite.
fn test_names(line: &super::source::Line) -> Vec<&str> {
    let declared = line.code.split("fn ").skip(1).map(|rest| rest.split('(').next().unwrap_or_default());
    let listed = line.text.split(' ').filter(|_| line.test);
    declared.chain(listed).collect()
}

/// Ids that a line declares: first on it, as a list of invariants has them, or after the word invariant.
/// Others it merely mentions, or are no invariants at all (`UTF-8`).
fn declared(line: &str) -> Vec<String> {
    let start = line.trim_start_matches(|char: char| "!-*` ".contains(char));
    let announced = |id: &String| start.starts_with(id.as_str()) || line.contains(&format!("nvariant {id}"));
    ids(line).into_iter().filter(announced).collect()
}

/// Ids of the form `WAL-1` in a text.
fn ids(text: &str) -> Vec<String> {
    const LETTERS: usize = 3;
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for (at, _) in text.match_indices('-') {
        let Some(start) = at.checked_sub(LETTERS) else { continue };
        let n_digits = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = at + 1 + n_digits;
        let boundary = |byte: Option<&u8>| !byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
        let alone = boundary(start.checked_sub(1).and_then(|before| bytes.get(before))) && boundary(bytes.get(end));
        // More than two digits are a standard's number: SHA-256, ISO-8601.
        if bytes[start..at].iter().all(u8::is_ascii_uppercase) && (1..=2).contains(&n_digits) && alone {
            found.push(text[start..end].to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::source::Source;
    use super::*;

    #[test]
    fn ids_are_read_and_look_alikes_are_not() {
        assert_eq!(ids("**WAL-1** and SEG-12; (LED-3)"), ["WAL-1", "SEG-12", "LED-3"]);
        assert_eq!(ids("UTF-8 SHA-256 XWAL-1 WAL-1a B3-1 é-1"), ["UTF-8"]);
    }

    #[test]
    fn an_invariant_needs_a_check_and_a_test() {
        let text = "//! - **ABC-1** holds. Invariant ABC-2 too, in UTF-8.\nfn a() { invariant!(\"ABC-1\", x); }\n#[cfg(test)]\nmod tests {\n    fn abc_1_holds() {}\n}";
        let known = collect(&Tree { files: Vec::new(), sources: vec![Source::parse("crates/x/src/lib.rs", text)] });
        assert_eq!((known["ABC-1"].checked, known["ABC-1"].tested), (true, true));
        assert_eq!((known["ABC-2"].checked, known["ABC-2"].tested), (false, false));
        assert!(!known.contains_key("UTF-8"));
    }
}
