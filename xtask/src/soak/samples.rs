//! What the process holds, looked at every second.

use crate::load::usage;
use std::time::{Duration, Instant};

/// Time between two looks.
const EVERY: Duration = Duration::from_secs(1);
/// A run of at least this has a second quarter in which caches are full and retention has begun.
const LONG: Duration = Duration::from_secs(20 * 60);
/// Memory may differ so much between the quarters compared: in a long run, and in a short one, in which
/// segments and caches still fill.
const GROWTH_LONG: f64 = 0.10;
const GROWTH_SHORT: f64 = 0.6;
/// Open files may differ by so many: blocks come and go with retention, connections with the load.
const FILES_MORE: f64 = 8.0;

/// Looks at a process.
pub struct Sampler {
    /// Which.
    pub pid: u32,
    /// How long.
    pub until: Instant,
}

/// What it held.
pub struct Samples {
    resident_mb: Vec<f64>,
    files: Vec<f64>,
    threads: Vec<f64>,
}

/// A claim and whether it holds.
pub struct Verdict {
    /// Whether it holds.
    pub holds: bool,
    /// The claim with its figures.
    pub words: String,
}

impl Sampler {
    /// Looks until the end.
    pub fn run(&self) -> Result<Samples, String> {
        let mut samples = Samples { resident_mb: Vec::new(), files: Vec::new(), threads: Vec::new() };
        let mut next = Instant::now();
        while Instant::now() < self.until {
            samples.resident_mb.push(usage::resident_bytes(self.pid)?.0 as f64 / 1e6);
            samples.files.push(usage::open_files(self.pid)? as f64);
            samples.threads.push(usage::threads(self.pid)? as f64);
            next += EVERY;
            std::thread::sleep(next.saturating_duration_since(Instant::now()));
        }
        Ok(samples)
    }
}

impl Samples {
    /// The claims of a run of this length.
    pub fn verdicts(&self, lasts: Duration) -> Vec<Verdict> {
        let (before, share) = if lasts >= LONG { (1, GROWTH_LONG) } else { (2, GROWTH_SHORT) };
        let which = if before == 1 { "second" } else { "third (the run is short)" };
        let memory = (quarter(&self.resident_mb, before), quarter(&self.resident_mb, 3));
        let files = (quarter(&self.files, before), quarter(&self.files, 3));
        let threads = (quarter(&self.threads, before), quarter(&self.threads, 3));
        vec![
            Verdict {
                holds: memory.1 <= memory.0 * (1.0 + share),
                words: format!(
                    "memory {:.0} MB in the last quarter, {:.0} MB in the {which}: at most {:.0} % more",
                    memory.1,
                    memory.0,
                    share * 100.0
                ),
            },
            Verdict {
                holds: files.1 <= files.0 + FILES_MORE,
                words: format!("open files {:.0}, before {:.0}: at most {FILES_MORE} more", files.1, files.0),
            },
            Verdict {
                holds: threads.1 <= threads.0 + 1.0,
                words: format!("threads {:.0}, before {:.0}", threads.1, threads.0),
            },
        ]
    }
}

/// The mean of a quarter, from 0.
fn quarter(samples: &[f64], number: usize) -> f64 {
    let part = &samples[samples.len() * number / 4..samples.len() * (number + 1) / 4];
    part.iter().sum::<f64>() / part.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grows_is_seen_and_what_saws_is_not() {
        let samples = |of: fn(u32) -> f64| {
            let all: Vec<f64> = (0..4_000).map(of).collect();
            Samples { resident_mb: all.clone(), files: vec![20.0; 4_000], threads: vec![9.0; 4_000] }
        };
        let holds = |samples: &Samples, lasts| samples.verdicts(lasts).iter().all(|verdict| verdict.holds);
        let hour = Duration::from_secs(3_600);
        assert!(holds(&samples(|n| 100.0 + f64::from(n % 60)), hour));
        assert!(!holds(&samples(|n| 100.0 + f64::from(n) / 50.0), hour));
        let mut leaking = samples(|_| 100.0);
        leaking.files = (0..4_000).map(|n| 20.0 + f64::from(n) / 100.0).collect();
        assert!(!holds(&leaking, hour));
    }
}
