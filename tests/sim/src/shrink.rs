//! Makes a failing story as short as it will go: leaves steps out while it still fails.

use crate::story::{Step, Story};
use crate::world;

/// Runs of the story that shrinking may cost.
const RUNS_MAX: usize = 3000;

/// The shortest story found that still fails, and how it fails.
pub fn shrink(story: &Story) -> (Story, String) {
    let mut best = story.clone();
    let mut fault = match world::run(&best) {
        Ok(_) => return (best, "it does not fail again: something in it depends on more than its seed".into()),
        Err(fault) => fault,
    };
    let mut n_runs = 0;
    let mut stretch = best.steps.len().div_ceil(2);
    while stretch > 0 && n_runs < RUNS_MAX {
        let mut at = 0;
        let mut shorter = false;
        while at < best.steps.len() && n_runs < RUNS_MAX {
            let mut candidate = best.clone();
            candidate.steps.drain(at..(at + stretch).min(candidate.steps.len()));
            n_runs += 1;
            match world::run(&candidate) {
                Err(found) => (best, fault, shorter) = (candidate, found, true),
                Ok(_) => at += stretch,
            }
        }
        if !shorter || stretch > 1 {
            stretch /= 2;
        }
    }
    shrink_batches(&mut best, &mut fault, &mut n_runs);
    (best, fault)
}

/// Leaves spans out of batches.
fn shrink_batches(best: &mut Story, fault: &mut String, n_runs: &mut usize) {
    for step_idx in 0..best.steps.len() {
        let mut at = 0;
        while *n_runs < RUNS_MAX {
            let mut candidate = best.clone();
            match &mut candidate.steps[step_idx] {
                Step::Append(numbers) if numbers.len() > 1 && at < numbers.len() => drop(numbers.remove(at)),
                _ => break,
            }
            *n_runs += 1;
            match world::run(&candidate) {
                Err(found) => (*best, *fault) = (candidate, found),
                Ok(_) => at += 1,
            }
        }
    }
}
