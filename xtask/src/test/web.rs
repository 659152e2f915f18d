//! The tier of the page: types, unit tests, the committed build against a fresh one, and a browser on
//! the real binary.

use super::Form;
use super::prepare::{WebTools, web_tools};
use crate::process::{Ended, stream};
use crate::server::{self, Server};
use crate::tally::{Tally, parse_line};
use crate::tree;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// `npm ci` or one script of the page may take so long.
const SCRIPT_LIMIT: Duration = Duration::from_secs(10 * 60);
/// The browser tests may take so long.
const BROWSER_LIMIT: Duration = Duration::from_secs(25 * 60);
/// Scripts of `web/package.json` that pass or fail: types, rebuild and compare with `dist`, unit tests.
const SCRIPTS: [&str; 3] = ["check", "verify", "test"];
/// Where the browser tests start, and the folder that may have npm packages of its own.
const BROWSER_TESTS: &str = "tests/browser";
/// Where their screenshots go, to be looked at.
const SCREENSHOTS: &str = ".cache/screenshots";

/// Runs the tier; it has one form.
pub fn run(_form: Form) -> Tally {
    let mut tally = Tally::default();
    let tools = match web_tools() {
        Ok(tools) => tools,
        Err(why) => {
            tally.fail(format!("prepare: {why}"));
            return tally;
        }
    };
    for folder in ["web", BROWSER_TESTS] {
        let folder = tree::root().join(folder);
        if folder.join("package-lock.json").is_file() {
            let mut command = tools.command(&tools.npm, &folder);
            command.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
            count(&format!("npm ci in {}", folder.display()), &mut command, SCRIPT_LIMIT, &mut tally);
        }
    }
    for script in SCRIPTS {
        println!("-- web: {script}");
        let mut command = tools.command(&tools.npm, &tree::root().join("web"));
        command.args(["run", "--silent", script]);
        count(&format!("npm run {script}"), &mut command, SCRIPT_LIMIT, &mut tally);
    }
    println!("-- browser");
    if let Err(why) = browser(&tools, &mut tally) {
        tally.fail(format!("browser: {why}"));
    }
    tally
}

/// Starts the demo on a free port and points the browser tests at it.
fn browser(tools: &WebTools, tally: &mut Tally) -> Result<(), String> {
    let binary = server::build("dev")?;
    let scratch = std::env::temp_dir().join(format!("nines-browser-{}", std::process::id()));
    std::fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    let demo = Server::start(&binary, "demo", &scratch.join("data"), &[])?;
    let url = format!("http://{}", demo.address);
    let screenshots = tree::root().join(SCREENSHOTS);
    let mut command = tools.command(&tools.node, &tree::root());
    command.arg(Path::new(BROWSER_TESTS).join("run.mjs")).args(["--base", &url, "--out"]).arg(screenshots);
    command.arg("--binary").arg(&binary);
    command.env("CHROMIUM", &tools.chromium);
    count("browser", &mut command, BROWSER_LIMIT, tally);
    let stopped = demo.stop(Duration::from_secs(20));
    let _ = std::fs::remove_dir_all(&scratch);
    stopped
}

/// Runs a command whose last counts (`N passed, N failed, N skipped`, or Node's own `# pass N`) are added;
/// without any it counts as one check.
fn count(label: &str, command: &mut Command, limit: Duration, tally: &mut Tally) {
    let mut counts = Counts::default();
    let ended = match stream(command, limit, &mut |line| counts.take(line)) {
        Ok(ended) => ended,
        Err(why) => return tally.fail(format!("{label}: {why}")),
    };
    tally.passed += counts.passed;
    for number in 1..=counts.failed {
        let name = counts.failed_names.get(number as usize - 1).map_or("see above", String::as_str);
        tally.fail(format!("{label}: {name}"));
    }
    for number in 1..=counts.skipped {
        let name = counts.skipped_names.get(number as usize - 1).map_or("see above", String::as_str);
        tally.skip(format!("{label}: {name}"));
    }
    match ended {
        Ended::Well if counts.passed + counts.failed + counts.skipped == 0 => tally.passed += 1,
        Ended::Well => {}
        Ended::Badly(_) if counts.failed > 0 => {}
        other => tally.record(label, other.outcome()),
    }
}

/// Counts as our own runners or Node's print them.
#[derive(Default)]
struct Counts {
    passed: u64,
    failed: u64,
    skipped: u64,
    failed_names: Vec<String>,
    skipped_names: Vec<String>,
}

impl Counts {
    fn take(&mut self, line: &str) {
        if let Some((passed, failed, skipped)) = parse_line(line) {
            (self.passed, self.failed, self.skipped) = (passed, failed, skipped);
            return;
        }
        // `# pass 3` of the TAP reporter, `ℹ pass 3` of the readable one.
        let node = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ "));
        if let Some((word, count)) = node.and_then(|rest| rest.split_once(' ')) {
            match (word, count.trim().parse::<u64>()) {
                ("pass", Ok(count)) => self.passed += count,
                ("fail", Ok(count)) => self.failed += count,
                ("skipped" | "todo", Ok(count)) => self.skipped += count,
                _ => {}
            }
        } else if let Some(name) = line.strip_prefix("FAILED ") {
            self.failed_names.push(name.trim().to_owned());
        } else if let Some(name) = line.strip_prefix("skipped ") {
            self.skipped_names.push(name.trim().to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(script: &str) -> Tally {
        let mut tally = Tally::default();
        count("x", Command::new("sh").args(["-c", script]), Duration::from_secs(60), &mut tally);
        tally
    }

    #[test]
    fn counts_of_both_forms_are_read() {
        let ours = counted(
            "echo 'FAILED  overview, dark'; echo 'skipped slos: there are none'; echo 'FAILED  overview, dark'; \
             echo '7 passed, 1 failed, 1 skipped'; exit 1",
        );
        assert_eq!((ours.passed, ours.failed), (7, vec!["x: overview, dark".to_owned()]));
        assert_eq!(ours.skipped, ["x: slos: there are none"]);
        let nodes = counted("printf '# tests 3\\n# pass 3\\n# fail 0\\n# skipped 0\\n'");
        assert_eq!((nodes.passed, nodes.failed.len()), (3, 0));
    }

    #[test]
    fn a_silent_command_is_one_check_by_its_exit_code() {
        assert_eq!(counted("true").passed, 1);
        assert_eq!(counted("exit 2").failed, ["x: exit status: 2"]);
        assert_eq!(counted("echo '5 passed, 0 failed, 0 skipped'; exit 1").failed, ["x: exit status: 1"]);
    }
}
