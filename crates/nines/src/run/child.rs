//! A step's shell as a process: started in a group of its own, watched, ended with all that belongs to it.
//!
//! Beside it stands a guard, a shell that waits for the end of a pipe which only this process holds: should we be killed,
//! it ends the group, so that a step is never carried out twice at once when its run goes on later.

use super::environment::{Environment, Handover, existing};
use super::output::{Printed, Shown, Streams};
use super::signals::Signals;
use nines_toil::runbook::redact::Secrets;
use rustix::process::{
    Pid, Signal, WaitOptions, kill_process, kill_process_group, test_kill_process_group, waitpgid, waitpid,
};
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a group has for its own end before it is killed.
const GRACE: Duration = Duration::from_secs(10);

/// Shortest and longest time between two looks at a process.
const LOOK_FIRST: Duration = Duration::from_millis(1);
const LOOK_LONGEST: Duration = Duration::from_millis(40);

/// Waits for the end of its input, then ends its group: politely, then not.
const GUARD: &str = "trap '' TERM INT HUP; while read -r _; do :; done; kill -TERM 0; sleep 10; kill -KILL 0";

/// How a shell ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// By itself, with this exit code; 128 and the number of the signal that ended it.
    Exited(i32),
    /// It took too long.
    TimedOut,
    /// The run was told to end.
    Interrupted,
    /// It asked for a terminal that it does not have.
    WantedTerminal,
}

/// What came of it.
pub struct Outcome {
    /// How it ended.
    pub ended: Ended,
    /// What it printed.
    pub printed: Printed,
    /// What it leaves to the next.
    pub environment: Option<Environment>,
}

/// How a shell is run.
pub struct Run<'r> {
    /// Its name in messages of the shell.
    pub id: &'r str,
    /// The commands.
    pub script: &'r str,
    /// What it finds.
    pub environment: &'r Environment,
    /// Longest that it may take.
    pub limit: Option<Duration>,
    /// Whether it has the terminal.
    pub interactive: bool,
    /// Where its output is shown.
    pub shown: [Shown; 2],
    /// What of it is not kept.
    pub secrets: &'r Secrets,
}

/// Runs a shell to its end.
pub fn run(run: &Run<'_>, signals: &Signals) -> io::Result<Outcome> {
    let mut handover = Handover::new()?;
    let mut command = Command::new("bash");
    // The script is an argument of its own, never put together with a value.
    command.args(["-euo", "pipefail", "-c", &format!("{}{}", handover.prelude(), run.script), run.id]);
    command.env_clear().envs(&run.environment.variables).current_dir(existing(&run.environment.folder));
    if run.interactive {
        let child = command.spawn()?;
        let ended = watch(Process { leader: pid_of(&child)?, group: None }, run, signals);
        let printed = Printed { kept: String::new(), n_bytes: 0, captured: Vec::new(), is_cut: false };
        return Ok(Outcome { ended, printed, environment: handover.received() });
    }
    // RUN-2: the guard is there first and the step joins its group, so that there is no moment without one.
    let mut guard = guard()?;
    let group = pid_of(&guard)?;
    command.process_group(group.as_raw_nonzero().get());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let begun = command.spawn().and_then(|mut child| {
        let leader = pid_of(&child)?;
        let (Some(out), Some(err)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(io::Error::other("a child without its pipes"));
        };
        Ok((leader, Streams::follow(out, err, run.shown, run.secrets)?))
    });
    let watched = begun.map(|(leader, streams)| (watch(Process { leader, group: Some(group) }, run, signals), streams));
    let _ = guard.kill();
    let _ = guard.wait();
    if !matches!(watched, Ok((Ended::Exited(0), _))) {
        end_group(group, signals);
    }
    let (ended, streams) = watched?;
    let printed = streams.seal();
    Ok(Outcome { ended, printed, environment: handover.received() })
}

fn pid_of(child: &Child) -> io::Result<Pid> {
    let raw = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    raw.ok_or_else(|| io::Error::other("a child without a number"))
}

/// A guard, in a group of its own that the step is to join.
fn guard() -> io::Result<Child> {
    let mut command = Command::new("bash");
    command.args(["-c", GUARD, "nines-guard"]).process_group(0);
    command.env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
}

/// A step's shell.
#[derive(Clone, Copy)]
struct Process {
    leader: Pid,
    /// Its group, where it has one that is not ours.
    group: Option<Pid>,
}

impl Process {
    fn send(self, signal: Signal) {
        // One that has ended takes no signal, and needs none.
        let _ = match self.group {
            Some(group) => kill_process_group(group, signal),
            None => kill_process(self.leader, signal),
        };
    }
}

/// Waits until the shell has ended, or must.
fn watch(process: Process, run: &Run<'_>, signals: &Signals) -> Ended {
    let begun = Instant::now();
    let mut look = LOOK_FIRST;
    loop {
        match waitpid(Some(process.leader), WaitOptions::NOHANG | WaitOptions::UNTRACED) {
            Ok(Some((_, status))) if status.stopped() && !run.interactive => {
                end(process, signals);
                return Ended::WantedTerminal;
            }
            Ok(Some((_, status))) if !status.stopped() => {
                let code = status.exit_status().or_else(|| status.terminating_signal().map(|signal| 128 + signal));
                return Ended::Exited(code.unwrap_or(-1));
            }
            Err(rustix::io::Errno::INTR) | Ok(_) => {}
            // Nobody else waits for it.
            Err(_) => return Ended::Exited(-1),
        }
        let is_told = if run.interactive { signals.came_from_outside() } else { signals.came() };
        let is_late = run.limit.is_some_and(|limit| begun.elapsed() >= limit);
        if is_told || is_late {
            end(process, signals);
            return if is_told { Ended::Interrupted } else { Ended::TimedOut };
        }
        std::thread::sleep(look);
        look = (look * 2).min(LOOK_LONGEST);
    }
}

/// Ends a shell, with its group where it has one of its own, and takes its exit code from the system.
fn end(process: Process, signals: &Signals) {
    process.send(Signal::TERM);
    // A stopped process takes no signal before it goes on.
    process.send(Signal::CONT);
    let (begun, told) = (Instant::now(), signals.count());
    let mut is_killed = false;
    while !matches!(waitpid(Some(process.leader), WaitOptions::NOHANG), Ok(Some(_)) | Err(rustix::io::Errno::CHILD)) {
        if !is_killed && (begun.elapsed() > GRACE || signals.count() > told) {
            process.send(Signal::KILL);
            is_killed = true;
        }
        std::thread::sleep(LOOK_LONGEST / 4);
    }
}

/// Ends what is left of a group whose shell and guard have ended.
fn end_group(group: Pid, signals: &Signals) {
    let is_there = || test_kill_process_group(group).is_ok();
    if !is_there() {
        return;
    }
    let _ = kill_process_group(group, Signal::TERM);
    let (begun, told) = (Instant::now(), signals.count());
    while is_there() {
        // Orphans are ours to wait for where nothing else reaps them, as in a container without an init.
        let _ = waitpgid(group, WaitOptions::NOHANG);
        if begun.elapsed() > GRACE || signals.count() > told {
            let _ = kill_process_group(group, Signal::KILL);
            // Nothing survives this; what nobody waits for stays a number.
            return;
        }
        std::thread::sleep(LOOK_LONGEST / 4);
    }
}
