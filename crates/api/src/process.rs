//! What this process uses, under the names that Prometheus's own clients give: read from `/proc`.
//!
//! Elsewhere than on Linux, and where `/proc` is hidden, there is nothing to read and nothing is told.

use nines_base::Timestamp;
use std::fs;

/// Ticks of a second in `/proc/self/stat`: what Linux shows to programs, whatever its own clock does.
const TICKS_PER_SECOND: f64 = 100.0;

/// One figure of the process.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Figure {
    /// Its metric.
    pub name: &'static str,
    /// `gauge` or `counter`.
    pub kind: &'static str,
    /// How much.
    pub value: f64,
}

/// Every figure that can be read.
pub fn figures(started_at: Timestamp) -> Vec<Figure> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    // The folder that is read is one of the files it lists.
    let open_files = fs::read_dir("/proc/self/fd").map(|files| files.count().saturating_sub(1) as f64).ok();
    let gauge = |name, value: Option<f64>| value.map(|value| Figure { name, kind: "gauge", value });
    [
        cpu_seconds(&stat).map(|value| Figure { name: "process_cpu_seconds_total", kind: "counter", value }),
        gauge("process_resident_memory_bytes", kib(&status, "VmRSS:")),
        gauge("process_virtual_memory_bytes", kib(&status, "VmSize:")),
        gauge("process_threads", field(&status, "Threads:")),
        gauge("process_open_fds", open_files),
        gauge("process_max_fds", field(&limits, "Max open files")),
        gauge("process_start_time_seconds", Some(started_at.0 as f64 / 1e6)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// User and system time: the 14th and 15th field, counted from behind the name, which may hold anything.
fn cpu_seconds(stat: &str) -> Option<f64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / TICKS_PER_SECOND)
}

fn kib(text: &str, name: &str) -> Option<f64> {
    field(text, name).map(|kib| kib * 1024.0)
}

/// The number after a name at the start of a line.
fn field(text: &str, name: &str) -> Option<f64> {
    text.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_where_linux_writes_them() {
        let stat = "7 (a) b) c) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0";
        assert_eq!(cpu_seconds(stat), Some(2.0));
        assert_eq!(kib("Name:\tx\nVmRSS:\t    2048 kB\n", "VmRSS:"), Some(2_097_152.0));
        assert_eq!(
            field("Max open files            1024                 4096   files", "Max open files"),
            Some(1024.0)
        );
        assert_eq!(field("Max open files   unlimited", "Max open files"), None);
        assert_eq!(cpu_seconds(""), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_running_process_has_every_figure() {
        let figures = figures(Timestamp::from_secs(5));
        assert_eq!(figures.len(), 7, "{figures:?}");
        assert!(figures.iter().all(|figure| figure.value > 0.0 || figure.name == "process_cpu_seconds_total"));
    }
}
