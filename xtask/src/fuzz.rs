//! `cargo xtask fuzz`: builds libFuzzer around the targets of `fuzz/` and runs them one after the other.
//!
//! Needs the pinned Rust and a C++ compiler, nothing else: coverage marks come from the compiler's own
//! pass, and the code under test is safe, so no sanitizer is needed to see what it does wrong. What was
//! found grows in the build folder; `--keep` takes what covers something new from there to `fuzz/corpus`.

use crate::load::usage::cpu_seconds;
use crate::process::{capture, cargo, run};
use crate::tree;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Coverage marks as libFuzzer reads them: counters at every edge, their places, and both sides of
/// comparisons. `fuzzing` is the name under which crates know that they are being fuzzed.
const COVERAGE_FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Cllvm-args=-simplifycfg-branch-fold-threshold=0";

/// A first build on two slow cores.
const BUILD_LIMIT: Duration = Duration::from_secs(60 * 60);
/// CPU time of a target unless `--for` says otherwise.
const CPU_USUAL: Duration = Duration::from_secs(60);
/// A run on a busy machine may take so many times its CPU time before it is ended.
const WALL_FACTOR: u32 = 30;
/// Inputs are at most this long: room for a few spans or a small file.
const INPUT_BYTES_MAX: usize = 16 << 10;
/// One input may take so long before it counts as a finding: thousands of times what it should.
const INPUT_SECONDS_MAX: u32 = 10;
/// One allocation beyond this is a finding: no input is a thousandth of it.
const ALLOCATION_MIB_MAX: u32 = 256;
/// Kept inputs of one target take at most so much: a tenth of what all together may (`fuzz/tests/corpus.rs`).
const KEPT_BYTES_MAX: u64 = 100 << 10;
/// Inputs that one `--keep` takes: of all sizes, a few of each, for a test run replays them every time.
const KEPT_INPUTS_MAX: usize = 100;
/// How often a run's CPU time is looked at.
const POLL: Duration = Duration::from_millis(500);

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    /// Targets by name; all when empty.
    targets: Vec<String>,
    /// CPU time of each.
    cpu: Duration,
    /// Whether what was found is taken to `fuzz/corpus` afterwards.
    keep: bool,
}

/// Runs the targets; `Ok(false)` when one found something.
pub fn run_targets(arguments: &[&str]) -> Result<bool, String> {
    let wanted = parse(arguments)?;
    let known = known_targets()?;
    if let Some(unknown) = wanted.targets.iter().find(|name| !known.contains(name)) {
        return Err(format!("there is no target `{unknown}`\nhint: the targets are {}", known.join(", ")));
    }
    let binary = build()?;
    let chosen = if wanted.targets.is_empty() { known } else { wanted.targets };
    let mut sound = true;
    for name in &chosen {
        sound &= fuzz(&binary, name, wanted.cpu)?;
        if wanted.keep {
            keep(&binary, name)?;
        }
    }
    Ok(sound)
}

fn parse(arguments: &[&str]) -> Result<Wanted, String> {
    let mut wanted = Wanted { targets: Vec::new(), cpu: CPU_USUAL, keep: false };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match *argument {
            "--keep" => wanted.keep = true,
            "--for" => wanted.cpu = parse_time(arguments.next().copied().unwrap_or_default())?,
            option if option.starts_with('-') => {
                return Err(format!("unknown option `{option}`\nhint: there are --for TIME and --keep"));
            }
            name => wanted.targets.push(name.to_owned()),
        }
    }
    Ok(wanted)
}

fn parse_time(text: &str) -> Result<Duration, String> {
    let units = [('s', 1), ('m', 60), ('h', 3600)];
    let seconds = units.iter().find_map(|(unit, seconds)| {
        let number = text.strip_suffix(*unit)?.parse::<u64>().ok()?;
        number.checked_mul(*seconds).filter(|seconds| *seconds > 0)
    });
    let seconds = seconds.ok_or(format!("`{text}` is no time\nhint: --for 30s, --for 10m, --for 2h"))?;
    Ok(Duration::from_secs(seconds))
}

/// Targets have a folder of kept inputs each; a test of `fuzz/` sees to it.
fn known_targets() -> Result<Vec<String>, String> {
    let folder = tree::root().join("fuzz/corpus");
    let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into()).collect();
    names.sort();
    Ok(names)
}

/// Where the build and everything found goes.
fn work_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| tree::root().join("target"), PathBuf::from).join("fuzz")
}

fn build() -> Result<PathBuf, String> {
    if capture(Command::new("c++").arg("--version")).is_err() {
        return Err("libFuzzer is C++ and no compiler for it is here\nhint: apt-get install g++".to_owned());
    }
    let rustc = capture(Command::new("rustc").arg("-vV"))?;
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc names no host")?.to_owned();
    // Its lock file follows the product's dependencies, so it is not held to (`--locked`).
    // The target is named although it is this machine: so build scripts and macros stay without marks.
    let mut command = cargo();
    command
        .current_dir(tree::root().join("fuzz/libfuzzer"))
        .args(["build", "--release", "--quiet", "--target", &host])
        .env("RUSTFLAGS", COVERAGE_FLAGS)
        .env("CARGO_TARGET_DIR", work_folder());
    println!("-- build");
    run(&mut command, BUILD_LIMIT).map_err(|why| format!("build libFuzzer: {why}"))?;
    Ok(work_folder().join(host).join("release/nines-libfuzzer"))
}

/// Runs one target; `Ok(false)` when it found something.
fn fuzz(binary: &Path, name: &str, cpu: Duration) -> Result<bool, String> {
    let found = folder("found", name)?;
    let findings = folder("findings", name)?;
    let log = work_folder().join(format!("{name}.log"));
    let mut command = libfuzzer(binary, name, &log)?;
    command
        .arg(format!("-max_len={INPUT_BYTES_MAX}"))
        .arg(format!("-timeout={INPUT_SECONDS_MAX}"))
        .arg(format!("-malloc_limit_mb={ALLOCATION_MIB_MAX}"))
        .arg(format!("-artifact_prefix={}/", findings.display()))
        .args(["-print_final_stats=1", "-reload=0"])
        .args([&found, &tree::root().join("fuzz/corpus").join(name)]);
    println!("-- {name}: {} s of CPU time, {}", cpu.as_secs(), log.display());
    let child = command.spawn().map_err(|error| format!("cannot run {}: {error}", binary.display()))?;
    let (status, spent) = run_for(child, cpu)?;
    let said = fs::read_to_string(&log).map_err(|error| format!("{}: {error}", log.display()))?;
    let spent = format!("{:.1} CPU-minutes", spent.as_secs_f64() / 60.0);
    println!("{name}: {} executions in {spent}, {} edges covered", executions(&said), edges(&said));
    let Some(finding) = finding(&said) else {
        return if has_ended_well(status) { Ok(true) } else { Err(format!("{name}: {status}; see {}", log.display())) };
    };
    println!(
        "{name} found something: {}",
        said.lines().find(|line| line.contains("panicked at")).unwrap_or("see the log")
    );
    println!("hint: reproduce it with NINES_FUZZ_TARGET={name} {} {finding}", binary.display());
    println!("hint: once it is mended, keep it as fuzz/corpus/{name}/<what was wrong>");
    Ok(false)
}

/// The program for one target, with what it says in a file.
fn libfuzzer(binary: &Path, name: &str, log: &Path) -> Result<Command, String> {
    let log = fs::File::create(log).map_err(|error| format!("{}: {error}", log.display()))?;
    let mut command = Command::new(binary);
    command.env("NINES_FUZZ_TARGET", name).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
    Ok(command)
}

/// Lets a run have its CPU time, then asks it to end. Returns how it ended and what it used.
fn run_for(mut child: Child, cpu: Duration) -> Result<(ExitStatus, Duration), String> {
    let started = Instant::now();
    let mut spent = Duration::ZERO;
    loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            return Ok((status, spent));
        }
        // Where the system does not tell, time on the wall stands in.
        spent = cpu_seconds(child.id()).map_or(started.elapsed(), Duration::from_secs_f64);
        if spent >= cpu || started.elapsed() >= cpu * WALL_FACTOR {
            // The shell's own `kill`: libFuzzer writes its sums when it is told to end. Not INT, which processes
            // started in the background ignore.
            let _ = Command::new("sh").args(["-c", &format!("kill -TERM {}", child.id())]).status();
        }
        std::thread::sleep(POLL);
    }
}

/// By itself, or interrupted by us, which libFuzzer tells by a code of its own.
fn has_ended_well(status: ExitStatus) -> bool {
    matches!(status.code(), Some(0 | 72))
}

/// Takes some of what covers something new to `fuzz/corpus`.
fn keep(binary: &Path, name: &str) -> Result<(), String> {
    let kept = tree::root().join("fuzz/corpus").join(name);
    let chosen = folder("chosen", name)?;
    let log = work_folder().join(format!("{name}-keep.log"));
    let mut command = libfuzzer(binary, name, &log)?;
    command.args(["-set_cover_merge=1"]).args([&chosen, &kept, &folder("found", name)?]);
    run(&mut command, BUILD_LIMIT).map_err(|why| format!("choose inputs of {name}: {why}; see {}", log.display()))?;
    let mut inputs: Vec<(u64, PathBuf)> = list(&chosen)?;
    inputs.sort();
    let mut n_bytes: u64 = list(&kept)?.iter().map(|(len, _)| len).sum();
    let mut n_taken = 0;
    let step = inputs.len().div_ceil(KEPT_INPUTS_MAX).max(1);
    for (len, path) in inputs.into_iter().step_by(step) {
        let target = kept.join(path.file_name().unwrap_or_default());
        n_bytes += len;
        if n_bytes > KEPT_BYTES_MAX {
            break;
        }
        fs::copy(&path, &target).map_err(|error| format!("{}: {error}", target.display()))?;
        n_taken += 1;
    }
    println!("{name}: {n_taken} inputs kept in {}", kept.display());
    Ok(())
}

fn list(folder: &Path) -> Result<Vec<(u64, PathBuf)>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(entries.flatten().filter_map(|entry| Some((entry.metadata().ok()?.len(), entry.path()))).collect())
}

fn folder(purpose: &str, name: &str) -> Result<PathBuf, String> {
    let folder = work_folder().join(purpose).join(name);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

// -- what libFuzzer says ---------------------------------------------------------------------------

/// The file of the input that broke a claim.
fn finding(log: &str) -> Option<&str> {
    log.lines().find_map(|line| Some(line.split_once("Test unit written to ")?.1.trim()))
}

fn executions(log: &str) -> &str {
    let sum = log.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    sum.map_or("no", str::trim)
}

/// The last count of edges: `#512 NEW cov: 77 ft: …`.
fn edges(log: &str) -> &str {
    let last = log.lines().rev().find_map(|line| Some(line.split_once(" cov: ")?.1));
    last.and_then(|rest| rest.split_whitespace().next()).unwrap_or("no")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_unit_and_options_are_known() {
        let wanted = parse(&["otlp", "--for", "10m", "filter", "--keep"]).unwrap();
        let targets = vec!["otlp".to_owned(), "filter".to_owned()];
        assert_eq!(wanted, Wanted { targets, cpu: Duration::from_secs(600), keep: true });
        assert_eq!(parse(&[]).unwrap().cpu, CPU_USUAL);
        for wrong in [&["--for"][..], &["--for", "10"], &["--for", "0s"], &["--for", "-1m"], &["--fast"]] {
            assert!(parse(wrong).unwrap_err().contains("\nhint: "), "{wrong:?}");
        }
    }

    #[test]
    fn sums_and_findings_are_read_from_the_log() {
        let log = "#2\tINITED cov: 12 ft: 13\n#512\tNEW    cov: 77 ft: 91 corp: 8/26b\n\
                   thread '<unnamed>' panicked at x.rs:1:2:\n\
                   artifact_prefix='/f/'; Test unit written to /f/crash-1\nstat::number_of_executed_units: 513\n";
        assert_eq!((executions(log), edges(log), finding(log)), ("513", "77", Some("/f/crash-1")));
        assert_eq!((executions(""), edges(""), finding("")), ("no", "no", None));
    }

    #[test]
    fn a_run_is_ended_when_its_time_is_over() {
        let child = Command::new("sh").args(["-c", "trap 'exit 72' TERM; while :; do :; done"]).spawn().unwrap();
        let (status, spent) = run_for(child, Duration::from_millis(300)).unwrap();
        assert!(has_ended_well(status) && spent >= Duration::from_millis(300), "{status} {spent:?}");
    }
}
