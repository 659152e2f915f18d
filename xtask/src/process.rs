//! Running programs: lines shown and handed on as they come, and an end to what hangs.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How a program ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Ended {
    /// By itself, with exit code 0.
    Well,
    /// By itself, otherwise; the text says how.
    Badly(String),
    /// We ended it after this time.
    TimedOut(Duration),
}

impl Ended {
    /// As an outcome to count.
    pub fn outcome(self) -> Result<(), String> {
        match self {
            Ended::Well => Ok(()),
            Ended::Badly(how) => Err(how),
            Ended::TimedOut(limit) => Err(format!("still running after {} s, killed", limit.as_secs())),
        }
    }
}

/// Runs a command, echoing its standard output and handing each line to `on_line`; its errors go where ours go.
pub fn stream(command: &mut Command, limit: Duration, on_line: &mut dyn FnMut(&str)) -> Result<Ended, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot run {name}: {error}"))?;
    let output = child.stdout.take().ok_or_else(|| format!("{name}: no output to read"))?;
    let (send, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            // The receiver is gone once the program was given up.
            if send.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                break;
            }
        }
    });
    let deadline = Instant::now() + limit;
    loop {
        match lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) => {
                println!("{line}");
                on_line(&line);
            }
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                end_with_descendants(&mut child);
                return Ok(Ended::TimedOut(limit));
            }
        }
    }
    let status = child.wait().map_err(|error| format!("{name}: {error}"))?;
    Ok(if status.success() { Ended::Well } else { Ended::Badly(status.to_string()) })
}

/// Kills a child and what it started: a test's servers must not outlive it.
fn end_with_descendants(child: &mut Child) {
    let started = descendants(child.id());
    let _ = child.kill();
    let _ = child.wait();
    for pid in started {
        // The shell's own `kill`: a bare Debian has no other.
        let _ = Command::new("sh").args(["-c", &format!("kill -KILL {pid}")]).stderr(Stdio::null()).status();
    }
}

/// Processes below one, as Linux lists them; none elsewhere.
fn descendants(root: u32) -> Vec<u32> {
    let parent_of = |pid: u32| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name in parentheses may hold anything; state and parent follow it.
        stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse::<u32>().ok()
    };
    let numbers = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = numbers.filter_map(|entry| entry.file_name().to_string_lossy().parse::<u32>().ok());
    let parents: Vec<(u32, u32)> = pids.filter_map(|pid| Some((pid, parent_of(pid)?))).collect();
    let mut below = vec![root];
    let mut at = 0;
    while at < below.len() {
        let parent = below[at];
        below.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(pid, _)| *pid));
        at += 1;
    }
    below.split_off(1)
}

/// Runs a command to its end, echoing its output.
pub fn run(command: &mut Command, limit: Duration) -> Result<(), String> {
    stream(command, limit, &mut |_| {})?.outcome()
}

/// Runs a quick command silently and returns its standard output.
pub fn capture(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("cannot run {name}: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        // Empty where its standard error went to ours.
        let words = String::from_utf8_lossy(&output.stderr);
        Err(format!("{name}: {} {}", output.status, words.trim()).trim_end().to_owned())
    }
}

/// The cargo that runs us, else the one in the path.
pub fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(crate::tree::root());
    cargo
}

/// The text value of the first member with that name. Cargo's messages hold paths and names; a path with
/// a quote or a backslash in it is not one of ours.
pub fn json_text(json: &str, name: &str) -> Option<String> {
    let from = json.find(&format!("\"{name}\":\""))? + name.len() + 4;
    let length = json[from..].find('"')?;
    Some(json[from..from + length].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn lines_come_through_and_the_exit_code_counts() {
        let mut lines = Vec::new();
        let ended = stream(&mut sh("echo one; echo two; exit 3"), Duration::from_secs(60), &mut |line| {
            lines.push(line.to_owned());
        });
        assert_eq!(lines, ["one", "two"]);
        assert_eq!(ended, Ok(Ended::Badly("exit status: 3".to_owned())));
    }

    #[test]
    fn what_hangs_is_ended() {
        let limit = Duration::from_millis(50);
        let ended = stream(Command::new("sleep").arg("30"), limit, &mut |_| {});
        assert_eq!(ended, Ok(Ended::TimedOut(limit)));
    }

    #[test]
    fn what_it_started_is_ended_too() {
        let mut seen = String::new();
        let limit = Duration::from_millis(500);
        let ended = stream(&mut sh("sleep 300 & echo $!; wait"), limit, &mut |line| seen = line.to_owned());
        assert_eq!(ended, Ok(Ended::TimedOut(limit)));
        let gone = || std::fs::read_to_string(format!("/proc/{seen}/stat")).map_or(true, |stat| stat.contains(") Z "));
        assert!(
            (0..100).any(|_| gone() || {
                std::thread::sleep(Duration::from_millis(20));
                false
            }),
            "{seen} still runs"
        );
    }

    #[test]
    fn a_missing_program_is_named() {
        let refused = capture(&mut Command::new("no-such-program-here")).unwrap_err();
        assert!(refused.starts_with("cannot run no-such-program-here"), "{refused}");
    }
}
