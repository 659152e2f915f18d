//! One line on a terminal that is written over while something long is done.

use super::context::Context;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often the line changes.
const EVERY: Duration = Duration::from_millis(200);

/// The line on stderr; nothing where that is no terminal or words are not wanted.
pub struct ProgressLine {
    is_shown: bool,
    started: Instant,
    shown_at: Option<Instant>,
}

impl ProgressLine {
    /// Begins to count the time.
    pub fn new(context: &Context) -> ProgressLine {
        let is_shown = !context.quiet && std::io::stderr().is_terminal();
        ProgressLine { is_shown, started: Instant::now(), shown_at: None }
    }

    /// Seconds since the beginning, never zero.
    pub fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64().max(0.001)
    }

    /// How long the rest takes at the rate so far, in microseconds; `None` where nothing is done yet.
    pub fn left_us(&self, done: u64, all: u64) -> Option<u64> {
        let share = done as f64 / all.max(1) as f64;
        (share > 0.0).then(|| (self.seconds() / share * (1.0 - share).max(0.0) * 1e6) as u64)
    }

    /// Shows a text, unless the last one is very young.
    pub fn show(&mut self, text: impl FnOnce(&ProgressLine) -> String) {
        if !self.is_shown || self.shown_at.is_some_and(|at| at.elapsed() < EVERY) {
            return;
        }
        eprint!("\r\x1b[2K{}", text(self));
        let _ = std::io::stderr().flush();
        self.shown_at = Some(Instant::now());
    }

    /// Takes the line away.
    pub fn clear(&self) {
        if self.shown_at.is_some() {
            eprint!("\r\x1b[2K");
        }
    }
}
