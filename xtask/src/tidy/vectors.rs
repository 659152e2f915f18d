//! Arithmetic that is known from elsewhere: each test of it stands in the table of vectors, and the table names tests only.

use super::{Finding, Tree};
use std::collections::BTreeSet;

/// Where the table is.
const TABLE: &str = "docs/vectors.md";

/// Compares the table with the tests.
pub fn check(tree: &Tree) -> Result<Vec<Finding>, String> {
    let table = tree.files.iter().find(|file| file.path == TABLE).ok_or_else(|| format!("{TABLE} is not there"))?;
    let lines =
        tree.sources.iter().flat_map(|source| (1..).zip(&source.lines).map(|(n, line)| (&source.path, n, line)));
    let tests: Vec<(&String, usize, &str)> = lines
        .filter(|(_, _, line)| line.test)
        .filter_map(|(path, n, line)| Some((path, n, name_of(&line.code)?)))
        .collect();
    let named: Vec<(usize, &str)> = (1..).zip(table.text.lines()).flat_map(|(n, line)| names(n, line)).collect();

    let known: BTreeSet<&str> = tests.iter().map(|(_, _, name)| *name).collect();
    let listed: BTreeSet<&str> = named.iter().map(|(_, name)| *name).collect();
    let absent = named.iter().filter(|(_, name)| !known.contains(name)).map(|(line, name)| Finding {
        file: TABLE.to_owned(),
        line: *line,
        fact: format!("`{name}` is no test"),
        hint: "name the test that holds the vector".to_owned(),
    });
    let unlisted = tests.iter().filter(|(_, _, name)| is_of_vector(name) && !listed.contains(name));
    let unlisted = unlisted.map(|(path, line, name)| Finding {
        file: (*path).clone(),
        line: *line,
        fact: format!("the vector of `{name}` is not in the table"),
        hint: format!("add it to {TABLE}"),
    });
    Ok(absent.chain(unlisted).collect())
}

/// Names of tests in the last column of a row of the table.
fn names(number: usize, line: &str) -> impl Iterator<Item = (usize, &str)> {
    let cell = line.strip_prefix('|').and_then(|row| row.strip_suffix('|')).and_then(|row| row.rsplit('|').next());
    cell.into_iter().flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(move |name| (number, name))
}

/// The function that a line declares.
fn name_of(code: &str) -> Option<&str> {
    code.trim_start().strip_prefix("fn ")?.split('(').next()
}

/// Whether a name is that of a vector: `av01_…`, `cel_2_av41_…`, `reference_3_1_…`.
fn is_of_vector(name: &str) -> bool {
    let is_number = |part: &str| {
        part.strip_prefix("av").is_some_and(|number| number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit()))
    };
    let of_section = |rest: &str| rest.starts_with(|first: char| first.is_ascii_digit());
    name.split('_').any(is_number) || name.strip_prefix("reference_").is_some_and(of_section)
}

#[cfg(test)]
mod tests {
    use super::super::TextFile;
    use super::super::source::Source;
    use super::*;

    #[test]
    fn tests_without_a_row_and_rows_without_a_test_are_found() {
        let table = "| vector | what | test |\n|---|---|---|\n| AV01 | `x` | `av01_a` |\n| AV02 | y | `av02_gone` |\n";
        let files = vec![TextFile { path: TABLE.to_owned(), text: table.to_owned() }];
        let code = "#[cfg(test)]\nmod tests {\n    fn av01_a() {}\n    fn cel_2_av41_b() {}\n    fn avoided_c() {}\n}";
        let sources = vec![Source::parse("crates/x/src/lib.rs", code)];
        let findings = check(&Tree { files, sources }).unwrap();
        let found: Vec<(&str, usize)> = findings.iter().map(|finding| (finding.file.as_str(), finding.line)).collect();
        assert_eq!(found, [(TABLE, 4), ("crates/x/src/lib.rs", 4)]);
    }
}
