//! Building test binaries once, running the chosen ones, and reading their counts.

use crate::process::{Ended, capture, cargo, json_text, stream};
use crate::tally::Tally;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// A test binary of the quick form may take so long: several times what the longest takes.
pub const BINARY_LIMIT: Duration = Duration::from_secs(8 * 60);

/// A compiled test binary.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TestBinary {
    /// The package's folder, in which its tests run.
    pub package: PathBuf,
    /// The target's name.
    pub name: String,
    /// Whether it is an integration test (a file under `tests/`) and not a unit test.
    pub integration: bool,
    /// The file to run.
    pub executable: PathBuf,
}

impl TestBinary {
    /// Whether it drives the real binary of the product.
    pub fn is_wire(&self) -> bool {
        self.integration && self.package.ends_with("crates/nines")
    }

    fn label(&self) -> String {
        let package = self.package.file_name().unwrap_or_default().to_string_lossy();
        if self.integration { format!("{package}/tests/{}", self.name) } else { format!("{package} ({})", self.name) }
    }
}

/// Compiles all tests of the workspace and lists them. Compiler messages go to standard error.
pub fn build_tests() -> Result<Vec<TestBinary>, String> {
    let messages = capture_stdout(cargo().args([
        "test",
        "--locked",
        "--workspace",
        "--no-run",
        "--message-format=json-render-diagnostics",
    ]))?;
    let mut binaries: Vec<TestBinary> = messages.lines().filter_map(parse_artifact).collect();
    binaries.sort_by(|a, b| (&a.package, a.integration, &a.name).cmp(&(&b.package, b.integration, &b.name)));
    Ok(binaries)
}

/// Runs a test binary and counts its tests.
pub fn run(binary: &TestBinary, environment: &[(&str, &str)], limit: Duration, tally: &mut Tally) {
    let label = binary.label();
    println!("-- {label}");
    let mut command = Command::new(&binary.executable);
    command.current_dir(&binary.package).env("CARGO_MANIFEST_DIR", &binary.package).envs(environment.iter().copied());
    count(&label, &mut command, limit, tally);
}

/// Runs the examples in documentation comments and counts them.
pub fn run_doc_tests(tally: &mut Tally) {
    println!("-- documentation examples");
    let mut command = cargo();
    command.args(["test", "--locked", "--workspace", "--doc", "--quiet"]);
    count("documentation examples", &mut command, BINARY_LIMIT, tally);
}

fn count(label: &str, command: &mut Command, limit: Duration, tally: &mut Tally) {
    let mut counts = Counts::default();
    let ended = match stream(command, limit, &mut |line| counts.take(line)) {
        Ok(ended) => ended,
        Err(why) => return tally.fail(format!("{label}: {why}")),
    };
    tally.passed += counts.passed;
    for name in &counts.failed_names {
        tally.fail(format!("{label}: {name}"));
    }
    for name in counts.ignored_names {
        tally.skip(format!("{label}: {name}"));
    }
    let explained = counts.failed_names.len() as u64 == counts.failed && counts.failed > 0;
    match ended {
        // A binary without the standard harness prints no counts; its exit code is its one verdict.
        Ended::Well if !counts.summarised => tally.passed += 1,
        Ended::Well => {}
        Ended::Badly(_) if explained => {}
        other => tally.record(label, other.outcome()),
    }
}

/// What the standard test harness prints, summed.
#[derive(Default, Debug, PartialEq, Eq)]
struct Counts {
    passed: u64,
    failed: u64,
    failed_names: Vec<String>,
    ignored_names: Vec<String>,
    summarised: bool,
}

impl Counts {
    fn take(&mut self, line: &str) {
        if let Some(result) = line.strip_prefix("test result: ") {
            self.summarised = true;
            let after_verdict = result.split_once(". ").map_or("", |(_, counts)| counts);
            for part in after_verdict.split("; ") {
                match part.split_once(' ').and_then(|(count, word)| Some((count.parse::<u64>().ok()?, word))) {
                    Some((count, "passed")) => self.passed += count,
                    Some((count, "failed")) => self.failed += count,
                    _ => {}
                }
            }
        } else if let Some(test) = line.strip_prefix("test ") {
            if let Some(name) = test.strip_suffix(" ... FAILED") {
                self.failed_names.push(name.to_owned());
            } else if let Some((name, reason)) = test.split_once(" ... ignored") {
                let reason = reason.trim_start_matches(", ");
                self.ignored_names.push(if reason.is_empty() { name.to_owned() } else { format!("{name}: {reason}") });
            }
        }
    }
}

/// Reads one of cargo's messages; `None` unless it tells of a test binary.
fn parse_artifact(message: &str) -> Option<TestBinary> {
    let executable = json_text(message, "executable")?;
    // A target has a member `test` too: whether it can be tested.
    let profile = &message[message.find(r#""profile":{"#)?..];
    let profile = &profile[..profile.find('}')?];
    if !message.contains(r#""reason":"compiler-artifact""#) || !profile.contains(r#""test":true"#) {
        return None;
    }
    let package = Path::new(&json_text(message, "manifest_path")?).parent()?.to_owned();
    let target = &message[message.find(r#""target":{"#)?..];
    Some(TestBinary {
        package,
        name: json_text(target, "name")?,
        integration: target.contains(r#""kind":["test"]"#),
        executable: executable.into(),
    })
}

/// Standard output only; what the command says on standard error is shown as it comes.
fn capture_stdout(command: &mut Command) -> Result<String, String> {
    command.stderr(std::process::Stdio::inherit());
    capture(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(output: &str) -> Counts {
        let mut counts = Counts::default();
        output.lines().for_each(|line| counts.take(line));
        counts
    }

    #[test]
    fn counts_of_several_runs_add_up_and_ignored_tests_keep_their_reason() {
        let seen = counts(
            "running 3 tests\ntest a::b ... ok\ntest a::c ... FAILED\ntest a::d ... ignored, needs a kernel\n\
             test e ... ignored\n\ntest result: FAILED. 1 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; \
             finished in 0.01s\ntest result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
        );
        assert_eq!((seen.passed, seen.failed, seen.summarised), (6, 1, true));
        assert_eq!(seen.failed_names, ["a::c"]);
        assert_eq!(seen.ignored_names, ["a::d: needs a kernel", "e"]);
    }

    #[test]
    fn a_binary_that_dies_before_its_summary_is_a_failure() {
        let mut tally = Tally::default();
        let script = "echo 'test a ... ok'; kill -9 $$";
        count("x", Command::new("sh").args(["-c", script]), BINARY_LIMIT, &mut tally);
        assert_eq!((tally.passed, tally.failed.len()), (0, 1));
    }

    #[test]
    fn a_failed_test_is_counted_once() {
        let script = "echo 'test a ... FAILED'; \
                      echo 'test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out'; exit 101";
        let mut tally = Tally::default();
        count("x", Command::new("sh").args(["-c", script]), BINARY_LIMIT, &mut tally);
        assert_eq!((tally.passed, tally.failed), (2, vec!["x: a".to_owned()]));
    }

    #[test]
    fn artifacts_of_tests_are_found_among_cargos_messages() {
        let message = r#"{"reason":"compiler-artifact","package_id":"path+file:///n/crates/nines#0.1.0","manifest_path":"/n/crates/nines/Cargo.toml","target":{"kind":["test"],"crate_types":["bin"],"name":"crash","src_path":"/n/crates/nines/tests/crash.rs","edition":"2024","test":true},"profile":{"opt_level":"0","test":true},"features":[],"filenames":["/t/crash-1"],"executable":"/t/crash-1","fresh":true}"#;
        let binary = parse_artifact(message).unwrap();
        assert_eq!((binary.name.as_str(), binary.is_wire()), ("crash", true));
        assert_eq!(binary.executable, Path::new("/t/crash-1"));
        assert_eq!(parse_artifact(&message.replace(r#""0","test":true"#, r#""0","test":false"#)), None);
        let unit = message.replace(r#"["test"]"#, r#"["bin"]"#);
        assert!(!parse_artifact(&unit).unwrap().is_wire());
        assert_eq!(parse_artifact(r#"{"reason":"build-finished","success":true}"#), None);
    }
}
