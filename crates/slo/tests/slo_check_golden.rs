//! Walks `tests/golden/slo-check`: each folder is a case, whose files are loaded together and whose
//! findings must read as its `expected.txt` says. `NINES_BLESS=1` rewrites the expectations.

use nines_base::Lang;
use nines_slo::openslo::{Finding, Mode, Severity, SourceFile, format, load};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Files of definitions below a folder, named relative to it, in order of their names.
fn files_below(folder: &Path) -> Vec<SourceFile> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(&current).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "yaml" || kind == "json") {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                files.push(SourceFile { name, bytes: fs::read(&path).unwrap() });
            }
        }
    }
    files.retain(|file| !file.is_dashboard());
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn printed(findings: &[Finding]) -> String {
    findings.iter().map(|finding| finding.render(Lang::En) + "\n").collect()
}

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir(repository().join("tests/golden/slo-check"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    cases
}

#[test]
fn every_golden_case_prints_what_it_expects() {
    let write = std::env::var_os("NINES_BLESS").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let got = printed(&load(&files_below(&case), Mode::Spec).findings);
        let expected_path = case.join("expected.txt");
        if write {
            fs::write(&expected_path, &got).unwrap();
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        if got != expected {
            wrong.push(format!("== {}\n-- expected\n{expected}-- got\n{got}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn at_least_twenty_kinds_of_fault_have_a_case_with_one_finding_each() {
    let mut kinds = BTreeSet::new();
    for case in cases() {
        let findings = load(&files_below(&case), Mode::Spec).findings;
        assert_eq!(findings.len(), 1, "{}:\n{}", case.display(), printed(&findings));
        let kind = format!("{:?}", findings[0].fact);
        kinds.insert(kind.split([' ', '(']).next().unwrap().to_owned());
    }
    assert!(kinds.len() >= 20, "only {} kinds of fact: {kinds:?}", kinds.len());
}

#[test]
fn all_cases_loaded_together_keep_their_findings() {
    let all = files_below(&repository().join("tests/golden/slo-check"));
    let together = load(&all, Mode::Spec).findings;
    let apart: usize = cases().iter().map(|case| load(&files_below(case), Mode::Spec).findings.len()).sum();
    assert_eq!(together.len(), apart, "{}", printed(&together));
}

#[test]
fn a_dashboard_is_told_from_definitions_and_anything_else_is_not() {
    let is_dashboard = |name: &str, text: &str| SourceFile { name: name.into(), bytes: text.into() }.is_dashboard();
    assert!(is_dashboard("X.JSON", "{ \"panels\": [], \"schemaVersion\": 39 }"));
    for text in ["", "{", "{}", "{ \"panels\": [] }", "{ \"kind\": 1, \"panels\": [], \"schemaVersion\": 39 }"] {
        assert!(!is_dashboard("x.json", text), "{text}");
    }
    assert!(!is_dashboard("x.yaml", "{ \"panels\": [], \"schemaVersion\": 39 }"));
}

#[test]
fn the_examples_have_nothing_to_tell() {
    let loaded = load(&files_below(&repository().join("examples")), Mode::Spec);
    assert_eq!(printed(&loaded.findings), "");
    assert!(loaded.definitions.slos.len() >= 30);
    assert!(loaded.definitions.stories.iter().all(|story| (3..=5).contains(&story.slos.len())));
}

#[test]
fn the_examples_are_in_the_canonical_form() {
    for file in files_below(&repository().join("examples")) {
        let text = format(&file).unwrap_or_else(|findings| panic!("{}", printed(&findings)));
        assert_eq!(String::from_utf8_lossy(&file.bytes), text, "{}: `nines slo fmt --write` mends it", file.name);
    }
}

#[test]
fn the_demo_stands_with_the_services_alone() {
    let game = repository().join("examples/game");
    let files = ["services.yaml", "demo/demo.yaml"]
        .map(|name| SourceFile { name: name.to_owned(), bytes: fs::read(game.join(name)).unwrap() });
    let loaded = load(&files, Mode::Spec);
    assert_eq!(printed(&loaded.findings), "");
    assert!(loaded.findings.iter().all(|finding| finding.severity != Severity::Error));
    assert!(loaded.definitions.slos.len() >= 10);
}
