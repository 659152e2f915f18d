//! A report, not a rule: files where one idea may have become two.

use super::Tree;

/// About where one idea stops fitting into one file.
const LINES_LONG: usize = 400;
/// Files named in the report.
const FILES_SHOWN: usize = 10;

/// Prints the longest files of product code, tests at their end not counted.
pub fn report(tree: &Tree) {
    let mut long: Vec<(usize, &str)> = tree
        .sources
        .iter()
        .map(|source| (source.product_lines().count(), source.path.as_str()))
        .filter(|(n_lines, _)| *n_lines > LINES_LONG)
        .collect();
    long.sort_unstable_by(|a, b| b.cmp(a));
    for (n_lines, path) in long.iter().take(FILES_SHOWN) {
        println!("note: {path}: {n_lines} lines; one idea? a table may stay long");
    }
}
