//! Promises left open in the code: marks of unfinished work, and panics without a proof.

use super::source::Source;
use super::{Finding, Tree};

/// Marks that say "later". Assembled, so that this file does not find itself.
const MARKS: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
/// Macros that stand for code nobody wrote.
const HOLES: [&str; 2] = ["todo!", "unimplemented!"];
/// Calls that panic.
const PANICS: [&str; 2] = [".unwrap()", ".expect("];
/// Lines above a call in which its proof may stand.
const PROOF_LINES: usize = 4;

/// Looks through all Rust code; panics only in the product's own.
pub fn check(tree: &Tree) -> Result<Vec<Finding>, String> {
    let mut findings = Vec::new();
    for source in &tree.sources {
        for (number, line) in (1..).zip(&source.lines) {
            let word =
                |mark: &&&str| line.comment.split(|char: char| !char.is_alphanumeric()).any(|word| word == **mark);
            let mark = MARKS.iter().find(word).or_else(|| HOLES.iter().find(|hole| line.code.contains(**hole)));
            if let Some(mark) = mark {
                let fact = format!("`{mark}` promises work that is not done");
                findings.push(finding(source, number, fact, "do it, or take the words out"));
            }
        }
        if is_product(&source.path) {
            for number in unproven_panics(source) {
                let hint = "return an error; or say on the line above why it cannot happen";
                findings.push(finding(source, number, "a panic without its proof in words".to_owned(), hint));
            }
        }
    }
    Ok(findings)
}

fn finding(source: &Source, line: usize, fact: String, hint: &str) -> Finding {
    Finding { file: source.path.clone(), line, fact, hint: hint.to_owned() }
}

fn is_product(path: &str) -> bool {
    ["crates/", "libs/", "adapters/"].iter().any(|top| path.starts_with(top)) && path.contains("/src/")
}

/// Lines that may panic with no plain comment on them or close above.
fn unproven_panics(source: &Source) -> Vec<usize> {
    let proof = |at: usize| {
        let first = at.saturating_sub(PROOF_LINES);
        source.lines[first..=at].iter().any(|line| {
            let comment = line.comment.trim_start();
            !comment.is_empty() && !line.comment.starts_with(['/', '!'])
        })
    };
    source
        .product_lines()
        .filter(|(_, line)| PANICS.iter().any(|call| line.code.contains(call)))
        .filter(|(number, _)| !proof(number - 1))
        .map(|(number, _)| number)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_file(path: &str, text: &str) -> Vec<usize> {
        let tree = Tree { files: Vec::new(), sources: vec![Source::parse(path, text)] };
        check(&tree).unwrap().into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_panic_needs_its_proof_and_a_mark_is_always_found() {
        let path = "crates/x/src/a.rs";
        assert_eq!(check_file(path, "//! A.\nfn a() { b().unwrap() }"), [2]);
        assert_eq!(check_file(path, "// Never empty: checked above.\nb().expect(\"b\");"), [0usize; 0]);
        assert_eq!(check_file(path, "b().unwrap(); // one digit always parses"), [0usize; 0]);
        assert_eq!(check_file(path, "#[cfg(test)]\nmod tests {\n    fn a() { b().unwrap(); }\n}"), [0usize; 0]);
        assert_eq!(check_file("xtask/src/a.rs", "b().unwrap();"), [0usize; 0]);
        assert_eq!(check_file(path, &format!("// {}: later\nto{}()", MARKS[0], "do!")), [1, 2]);
        assert_eq!(check_file(path, "let todos = \"todo!\"; // the todo list"), [0usize; 0]);
    }
}
