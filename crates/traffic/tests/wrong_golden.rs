//! Wrong intent files: each file of `golden/wrong` holds documents that people write, `=== ` and what they did before
//! each, and after `--` what is said of it. `NINES_BLESS=1` writes that.

use nines_base::lang::{Lang, Message};
use nines_traffic::intent::read;
use nines_traffic::{Finding, Services, Severity};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Wrong files that there must be.
const CASES_LEAST: usize = 300;

struct Case {
    did: String,
    document: String,
    expected: String,
}

fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/wrong");
    let mut found: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

/// What stands before the first case, and the cases.
fn cases(text: &str) -> (String, Vec<Case>) {
    let mut parts = text.split("\n=== ");
    let head = parts.next().unwrap_or_default().to_owned();
    let case = |part: &str| {
        let (did, rest) = part.split_once('\n').unwrap();
        let (document, expected) = match rest.strip_prefix("--\n") {
            Some(expected) => (String::new(), expected),
            None => rest.split_once("\n--\n").map(|(document, expected)| (format!("{document}\n"), expected)).unwrap(),
        };
        Case { did: did.to_owned(), document, expected: expected.trim_end().to_owned() }
    };
    (head, parts.map(case).collect())
}

fn findings(document: &str) -> Vec<Finding> {
    read("traffic.yaml", document.as_bytes(), &Services::default()).findings
}

fn said(document: &str) -> String {
    findings(document).iter().map(|finding| finding.render(Lang::En)).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_wrong_file_is_told_as_it_is_expected() {
    let mut wrong = Vec::new();
    for file in files() {
        let (head, cases) = cases(&fs::read_to_string(&file).unwrap());
        if std::env::var_os("NINES_BLESS").is_some() {
            let written = cases
                .iter()
                .map(|Case { did, document, .. }| format!("\n=== {did}\n{document}--\n{}\n", said(document)));
            fs::write(&file, head + &written.collect::<String>()).unwrap();
            continue;
        }
        for Case { did, document, expected } in cases {
            let said = said(&document);
            if said != expected {
                wrong.push(format!("{}: {did}\n{said}\ninstead of\n{expected}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "NINES_BLESS=1 writes what is said\n{}", wrong.join("\n"));
}

#[test]
fn each_has_its_place_its_fact_and_its_next_step_in_both_languages() {
    let mut documents = BTreeSet::new();
    let mut wrong = Vec::new();
    for file in files() {
        for Case { did, document, .. } in cases(&fs::read_to_string(&file).unwrap()).1 {
            let findings = findings(&document);
            if !findings.iter().any(|finding| finding.severity == Severity::Error) {
                wrong.push(format!("{did}: nothing is said of it"));
            }
            wrong
                .extend(findings.iter().filter_map(|finding| Some(format!("{did}: {}", lacking(finding, &document)?))));
            documents.insert(document);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(documents.len() >= CASES_LEAST, "{}", documents.len());
}

/// What a finding lacks.
fn lacking(finding: &Finding, document: &str) -> Option<&'static str> {
    let lines: Vec<&str> = document.lines().collect();
    let line = lines.get(finding.place.line - 1).copied().unwrap_or_default();
    let is_korean = |text: &str| text.chars().any(|letter| ('가'..='힣').contains(&letter));
    let (fact, hint) = (&finding.fact, &finding.hint);
    let is_place =
        finding.place.line <= lines.len() + 1 && (1..=line.chars().count() + 1).contains(&finding.place.column);
    [
        (is_place && finding.place.file == "traffic.yaml", "its place"),
        (!fact.text(Lang::En).is_empty(), "its fact"),
        (!hint.text(Lang::En).is_empty(), "its next step"),
        (is_korean(&fact.text(Lang::Ko)), "its fact in Korean"),
        (is_korean(&hint.text(Lang::Ko)), "its next step in Korean"),
        (!is_korean(&fact.text(Lang::En)) || is_korean(document), "its fact in English"),
    ]
    .into_iter()
    .find(|(has, _)| !has)
    .map(|(_, what)| what)
}
