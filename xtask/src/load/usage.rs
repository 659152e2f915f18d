//! What a process has used, as Linux counts it: CPU time, memory; and what a directory holds.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Ticks of a CPU second in `/proc` (USER_HZ): 100 on every Linux that Rust supports.
const TICKS_PER_SECOND: f64 = 100.0;
/// A process is settled when it uses less than this share of a core…
const SETTLED_SHARE: f64 = 0.05;
/// …over this long.
const SETTLED_OVER: Duration = Duration::from_secs(1);

/// CPU seconds of a process so far, user and system, all threads.
pub fn cpu_seconds(pid: u32) -> Result<f64, String> {
    let path = format!("/proc/{pid}/stat");
    let stat = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    parse_cpu_seconds(&stat).ok_or_else(|| format!("{path} reads unlike Linux"))
}

fn parse_cpu_seconds(stat: &str) -> Option<f64> {
    // The name in parentheses may hold anything, so count from its end: utime and stime are fields 14 and 15.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |field: usize| fields.get(field - 3)?.parse::<u64>().ok();
    Some((ticks(14)? + ticks(15)?) as f64 / TICKS_PER_SECOND)
}

/// Nanoseconds of CPU that the threads of this name have used so far.
pub fn thread_cpu_ns(pid: u32, name: &str) -> Result<u64, String> {
    let path = format!("/proc/{pid}/task");
    let tasks = std::fs::read_dir(&path).map_err(|error| format!("{path}: {error}"))?;
    let of_task = |task: std::fs::DirEntry| {
        let read = |file: &str| std::fs::read_to_string(task.path().join(file)).ok();
        let is_it = read("comm")?.trim_end() == name;
        is_it.then(|| read("schedstat")?.split_whitespace().next()?.parse::<u64>().ok())?
    };
    let used: Vec<u64> = tasks.flatten().filter_map(of_task).collect();
    if used.is_empty() { Err(format!("{path}: no thread {name}")) } else { Ok(used.iter().sum()) }
}

/// Resident memory of a process in bytes: now, and at its highest.
pub fn resident_bytes(pid: u32) -> Result<(u64, u64), String> {
    let path = format!("/proc/{pid}/status");
    let status = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib * 1024)
    };
    field("VmRSS:").zip(field("VmHWM:")).ok_or_else(|| format!("{path} reads unlike Linux"))
}

/// Waits until a process has done its background work, at most `limit`; returns its CPU seconds then.
pub fn settle(pid: u32, limit: Duration) -> Result<f64, String> {
    let deadline = Instant::now() + limit;
    let mut before = cpu_seconds(pid)?;
    loop {
        std::thread::sleep(SETTLED_OVER);
        let now = cpu_seconds(pid)?;
        if now - before < SETTLED_SHARE * SETTLED_OVER.as_secs_f64() || Instant::now() >= deadline {
            return Ok(now);
        }
        before = now;
    }
}

/// Microseconds since the epoch.
pub fn now_us() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_micros() as u64)
}

/// Open files of a process.
pub fn open_files(pid: u32) -> Result<usize, String> {
    let path = format!("/proc/{pid}/fd");
    std::fs::read_dir(&path).map(Iterator::count).map_err(|error| format!("{path}: {error}"))
}

/// Threads of a process.
pub fn threads(pid: u32) -> Result<usize, String> {
    let path = format!("/proc/{pid}/task");
    std::fs::read_dir(&path).map(Iterator::count).map_err(|error| format!("{path}: {error}"))
}

/// Bytes of all files under a directory.
pub fn directory_bytes(path: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(path) else { return 0 };
    let bytes = |entry: std::fs::DirEntry| match entry.metadata() {
        Ok(metadata) if metadata.is_dir() => directory_bytes(&entry.path()),
        Ok(metadata) => metadata.len(),
        Err(_) => 0,
    };
    entries.flatten().map(bytes).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cpu_time_is_read_past_any_name() {
        let stat = "42 (a) b (c) S 1 42 42 0 -1 4194560 1 0 0 0 150 50 0 0 20 0 4 0 1 1 1";
        assert_eq!(parse_cpu_seconds(stat), Some(2.0));
        assert!(cpu_seconds(std::process::id()).is_ok());
        let me = std::fs::read_to_string("/proc/thread-self/comm").expect("Linux has it");
        assert!(thread_cpu_ns(std::process::id(), me.trim_end()).is_ok_and(|used| used > 0));
        assert!(thread_cpu_ns(std::process::id(), "no such").is_err());
        assert!(resident_bytes(std::process::id()).is_ok_and(|(now, highest)| now > 0 && highest >= now));
    }
}
