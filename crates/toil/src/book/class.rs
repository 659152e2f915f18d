//! What sort of work an entry is, where nobody says: what comes again and again is toil.

use crate::entry::{Class, Entry};
use nines_base::DurationUs;

/// How often a task comes in ninety days before it is toil (SRE book, chapter 5: the first and second time are not).
pub const OCCURRENCES_MIN: usize = 3;
/// In which time.
pub const OCCURRENCES_WITHIN: DurationUs = DurationUs::from_secs(90 * 86_400);

/// Gives each entry the class that somebody says, or that of how often its task comes. What is absorbed is no time of its own:
/// a page, its run and its ticket are one.
pub(super) fn classify(entries: &mut [Entry], said: &[Option<Class>]) {
    let mut order: Vec<usize> = (0..entries.len()).filter(|at| !entries[*at].is_absorbed).collect();
    order.sort_unstable_by_key(|at| (entries[*at].task, entries[*at].start));
    let mut classes = vec![Class::OpsNovel; entries.len()];
    for of_task in order.chunk_by(|a, b| entries[*a].task == entries[*b].task) {
        // Every entry of a stretch that is dense enough is one of three or more.
        for near in of_task.windows(OCCURRENCES_MIN) {
            let (first, last) = (near[0], near[OCCURRENCES_MIN - 1]);
            if entries[last].start - entries[first].start <= OCCURRENCES_WITHIN {
                near.iter().for_each(|at| classes[*at] = Class::Toil);
            }
        }
    }
    for ((entry, class), said) in entries.iter_mut().zip(classes).zip(said) {
        entry.class = said.unwrap_or(class);
    }
}
