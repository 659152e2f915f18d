//! `cargo xtask tidy`: the rules of the house that a machine can check, in the source as text.
//!
//! Findings fail the run; reports (long files, invariants without a check or a test) are shown only.

mod docs;
mod edges;
mod invariants;
mod length;
mod names;
mod promises;
mod source;
mod vectors;
mod words;

use crate::tally::Tally;
use crate::tree;
use source::Source;

/// Something that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// File, from the root.
    pub file: String,
    /// Line from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is there.
    pub fact: String,
    /// What to do.
    pub hint: String,
}

impl Finding {
    fn print(&self) {
        let place = if self.line == 0 { self.file.clone() } else { format!("{}:{}", self.file, self.line) };
        println!("error: {place}: {}\nhint: {}", self.fact, self.hint);
    }
}

/// A file of the tree that is text.
pub struct TextFile {
    /// Path from the root.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Everything the rules look at.
pub struct Tree {
    /// Text files, by path.
    pub files: Vec<TextFile>,
    /// The Rust ones among them, taken apart.
    pub sources: Vec<Source>,
}

impl Tree {
    fn read() -> Result<Tree, String> {
        let files: Vec<TextFile> = tree::files()?
            .into_iter()
            .filter_map(|path| tree::read(&path).map(|text| TextFile { path, text }))
            .collect();
        let rust = files.iter().filter(|file| file.path.ends_with(".rs"));
        let mut sources: Vec<Source> = rust.map(|file| Source::parse(&file.path, &file.text)).collect();
        source::mark_test_modules(&mut sources);
        Ok(Tree { files, sources })
    }
}

/// A rule: its name and what looks for breaches.
type Rule = (&'static str, fn(&Tree) -> Result<Vec<Finding>, String>);

/// Rules whose breach fails the run.
const RULES: [Rule; 7] = [
    ("edges between crates", edges::check),
    ("names that pure crates never name", names::check),
    ("words of a machine or of a private registry", words::check),
    ("module documentation", docs::check_modules),
    ("links between documents", docs::check_links),
    ("promises left open", promises::check),
    ("vectors and their tests", vectors::check),
];

/// Runs as a command; `Ok(false)` with findings.
pub fn run() -> Result<bool, String> {
    let mut tally = Tally::default();
    count(&mut tally);
    println!("{}", tally.line());
    Ok(tally.failed.is_empty())
}

/// Runs as a part of the tests: each rule is one check.
pub fn count(tally: &mut Tally) {
    let tree = match Tree::read() {
        Ok(tree) => tree,
        Err(why) => return tally.fail(format!("tidy: {why}")),
    };
    for (name, check) in RULES {
        let outcome = check(&tree).and_then(|mut findings| {
            findings.sort();
            findings.iter().for_each(Finding::print);
            if findings.is_empty() { Ok(()) } else { Err(format!("{} findings", findings.len())) }
        });
        tally.record(&format!("tidy: {name}"), outcome);
    }
    length::report(&tree);
    invariants::report(&tree);
}
