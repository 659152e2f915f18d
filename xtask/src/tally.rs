//! Counting what passed, failed and was skipped, and saying it so that nothing is skipped silently.

use std::time::Duration;

/// What one tier came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Checks that held.
    pub passed: u64,
    /// Checks that did not, each by name.
    pub failed: Vec<String>,
    /// Checks that did not run, each with its reason.
    pub skipped: Vec<String>,
}

impl Tally {
    /// Counts one check.
    pub fn record(&mut self, name: &str, outcome: Result<(), String>) {
        match outcome {
            Ok(()) => self.passed += 1,
            Err(why) => self.fail(format!("{name}: {why}")),
        }
    }

    /// Counts a failure and says it at once.
    pub fn fail(&mut self, what: String) {
        println!("FAILED {what}");
        self.failed.push(what);
    }

    /// Counts what did not run.
    pub fn skip(&mut self, what: String) {
        println!("SKIPPED {what}");
        self.skipped.push(what);
    }

    /// Adds another tally.
    pub fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed.extend(other.failed);
        self.skipped.extend(other.skipped);
    }

    /// The counts as every tool of ours ends its output: plain, alone on their line.
    pub fn line(&self) -> String {
        format!("{} passed, {} failed, {} skipped", self.passed, self.failed.len(), self.skipped.len())
    }
}

/// Reads a line of the form that [`Tally::line`] writes: passed, failed, skipped. The last may be missing.
pub fn parse_line(line: &str) -> Option<(u64, u64, u64)> {
    let mut counts = [None; 3];
    for part in line.trim().split(", ") {
        let (count, word) = part.split_once(' ')?;
        let slot = ["passed", "failed", "skipped"].iter().position(|known| *known == word)?;
        counts[slot] = Some(count.parse().ok()?);
    }
    Some((counts[0]?, counts[1]?, counts[2].unwrap_or(0)))
}

/// Prints the end of a run: failures, skips, each tier's counts and time, and the sum as the last line.
pub fn print_summary(tiers: Vec<(&str, Tally, Duration)>) -> bool {
    println!();
    let mut sum = Tally::default();
    for (tier, tally, took) in tiers {
        for what in &tally.failed {
            println!("failed: {tier}: {what}");
        }
        for what in &tally.skipped {
            println!("skipped: {tier}: {what}");
        }
        println!("{tier}: {} ({} s)", tally.line(), took.as_secs());
        sum.add(tally);
    }
    println!("{}", sum.line());
    sum.failed.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_reads_back_as_written() {
        let tally = Tally { passed: 12, failed: vec!["a: b".to_owned()], skipped: Vec::new() };
        assert_eq!(tally.line(), "12 passed, 1 failed, 0 skipped");
        assert_eq!(parse_line(&tally.line()), Some((12, 1, 0)));
        assert_eq!(parse_line("3 passed, 0 failed"), Some((3, 0, 0)));
        assert_eq!(parse_line("3 passed"), None);
        assert_eq!(parse_line("all passed, 0 failed"), None);
        assert_eq!(parse_line(""), None);
    }
}
