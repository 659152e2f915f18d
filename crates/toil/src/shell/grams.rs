//! Sequences that come again: contiguous runs of templates within a session, in several sessions on several days.

use super::Command;
use super::template::{self, Read, Template};
use crate::import::effort::median;
use nines_base::{DurationUs, Timestamp};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Lengths of sequences.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=8;
/// Sessions that a sequence must be in.
const SESSIONS_MIN: usize = 3;
/// Days that these must be of.
const DAYS_MIN: usize = 2;
/// What comes after a longer pause belongs to something else.
const PAUSE_MAX: DurationUs = DurationUs::from_secs(600);
/// A sequence within a longer one is the longer one, where that is so often all there is of it.
const CONTAINED_SHARE: f64 = 0.8;

/// Commands of who develops: a sequence of nothing else is a loop of development and no toil.
const DEV: [&str; 40] = [
    "git", "cargo", "npm", "npx", "pnpm", "yarn", "make", "cmake", "ninja", "just", "bazel", "vim", "vi", "nvim",
    "nano", "emacs", "hx", "code", "go", "rustc", "rustup", "node", "deno", "bun", "python", "python3", "pytest",
    "pip", "uv", "ruff", "tsc", "eslint", "jest", "gradle", "mvn", "javac", "rg", "grep", "gdb", "tig",
];

/// A sequence that comes again.
#[derive(Clone, PartialEq, Debug)]
pub struct Gram {
    /// Its templates as texts.
    pub steps: Vec<String>,
    /// Sessions that it is in.
    pub n_sessions: usize,
    /// Days that these are of.
    pub n_days: usize,
    /// Median time from its beginning to its end, of the first in each session.
    pub median: DurationUs,
    /// Whether nothing but development is in it.
    pub is_dev_loop: bool,
    /// When it was last typed.
    pub last: Timestamp,
    /// The commands of each occurrence, one of each session.
    pub occurrences: Vec<Vec<Template>>,
}

/// A command with its template.
struct Step {
    /// The number of its template's text.
    id: u32,
    template: Template,
    at: Timestamp,
    end: Timestamp,
}

/// Sequences of a history that come again, the most time first; loops of development last.
#[must_use]
pub fn mine(commands: &[Command]) -> Vec<Gram> {
    let sessions = sessions(commands);
    let frequent = frequent(&sessions);
    let contained = contained(&frequent);
    let mut grams: Vec<Gram> = frequent
        .iter()
        .filter(|(ids, _)| !is_repetition(ids) && !contained.contains(ids.as_slice()))
        .map(|(_, found)| gram(found, &sessions))
        .collect();
    grams.sort_by(|a, b| {
        let cost = |gram: &Gram| gram.median.0.saturating_mul(i64::try_from(gram.n_sessions).unwrap_or(i64::MAX));
        (a.is_dev_loop, cost(b), &a.steps).cmp(&(b.is_dev_loop, cost(a), &b.steps))
    });
    grams
}

/// Stretches of commands without a long pause, of one shell.
fn sessions(commands: &[Command]) -> Vec<Vec<Step>> {
    let mut by_shell: HashMap<&str, Vec<&Command>> = HashMap::new();
    for command in commands {
        by_shell.entry(&command.session).or_default().push(command);
    }
    let mut shells: Vec<_> = by_shell.into_iter().collect();
    shells.sort_by_key(|(session, _)| *session);
    let mut ids: HashMap<String, u32> = HashMap::new();
    let mut sessions = Vec::new();
    for (_, mut commands) in shells {
        commands.sort_by_key(|command| command.at);
        let mut open: Vec<Step> = Vec::new();
        let mut until: Option<Timestamp> = None;
        for command in commands {
            if until.is_some_and(|until| command.at - until > PAUSE_MAX) {
                sessions.push(std::mem::take(&mut open));
            }
            let end = command.at + command.duration.unwrap_or_default();
            until = until.max(Some(end));
            if command.text.starts_with([' ', '\t']) {
                continue;
            }
            match template::read(&command.text) {
                Read::Noise => {}
                Read::Opaque => sessions.push(std::mem::take(&mut open)),
                Read::Command(template) => {
                    let n_ids = u32::try_from(ids.len()).unwrap_or(u32::MAX);
                    let id = *ids.entry(template.text()).or_insert(n_ids);
                    // The same once more is waiting, not a step of its own.
                    match open.last_mut().filter(|last| last.id == id) {
                        Some(last) => last.end = end,
                        None => open.push(Step { id, template, at: command.at, end }),
                    }
                }
            }
        }
        sessions.push(open);
    }
    sessions.retain(|session| session.len() >= *LENGTHS.start());
    sessions
}

/// Where a sequence is: of each session its first occurrence.
#[derive(Default)]
struct Found {
    /// Session and where in it.
    places: Vec<(usize, usize)>,
    length: usize,
}

/// Sequences in enough sessions on enough days. Of a length, only those are looked for whose beginning and end were found of
/// the length before: what is rare is not in what is frequent.
fn frequent(sessions: &[Vec<Step>]) -> HashMap<Vec<u32>, Found> {
    let mut all: HashMap<Vec<u32>, Found> = HashMap::new();
    let mut before: Option<HashSet<Vec<u32>>> = None;
    for length in LENGTHS {
        let mut found: HashMap<Vec<u32>, Found> = HashMap::new();
        for (at, session) in sessions.iter().enumerate() {
            for (place, window) in session.windows(length).enumerate() {
                let ids: Vec<u32> = window.iter().map(|step| step.id).collect();
                let may_be =
                    |before: &HashSet<Vec<u32>>| before.contains(&ids[1..]) && before.contains(&ids[..length - 1]);
                if before.as_ref().is_none_or(may_be) {
                    let found = found.entry(ids).or_insert_with(|| Found { places: Vec::new(), length });
                    if found.places.last().is_none_or(|(last, _)| *last != at) {
                        found.places.push((at, place));
                    }
                }
            }
        }
        found.retain(|_, found| found.places.len() >= SESSIONS_MIN && days(found, sessions) >= DAYS_MIN);
        if found.is_empty() {
            break;
        }
        before = Some(found.keys().cloned().collect());
        all.extend(found);
    }
    all
}

fn days(found: &Found, sessions: &[Vec<Step>]) -> usize {
    const DAY_US: i64 = 86_400_000_000;
    let day = |(session, place): &(usize, usize)| sessions[*session][*place].at.0.div_euclid(DAY_US);
    found.places.iter().map(day).collect::<BTreeSet<_>>().len()
}

/// Whether a sequence is a shorter one several times.
fn is_repetition(ids: &[u32]) -> bool {
    let repeats = |period: usize| ids.len().is_multiple_of(period) && ids[period..] == ids[..ids.len() - period];
    (1..ids.len()).any(repeats)
}

/// Sequences of which a longer one that is no repetition is almost all there is. Each longer one is asked for its parts: there
/// are few of these, and many sequences.
fn contained(all: &HashMap<Vec<u32>, Found>) -> HashSet<&[u32]> {
    let mut contained = HashSet::new();
    for (longer, of_longer) in all.iter().filter(|(ids, _)| !is_repetition(ids)) {
        for part in (*LENGTHS.start()..longer.len()).flat_map(|length| longer.windows(length)) {
            let Some((part, found)) = all.get_key_value(part) else { continue };
            if of_longer.places.len() as f64 >= CONTAINED_SHARE * found.places.len() as f64 {
                contained.insert(part.as_slice());
            }
        }
    }
    contained
}

fn gram(found: &Found, sessions: &[Vec<Step>]) -> Gram {
    let steps = |(session, place): &(usize, usize)| &sessions[*session][*place..*place + found.length];
    let passed = |steps: &[Step]| match steps {
        [first, .., last] => last.end - first.at,
        _ => DurationUs(0),
    };
    let of_first = found.places.first().map(steps).unwrap_or_default();
    let heads = of_first.iter().flat_map(|step| &step.template.heads);
    Gram {
        steps: of_first.iter().map(|step| step.template.text()).collect(),
        n_sessions: found.places.len(),
        n_days: days(found, sessions),
        median: median(found.places.iter().map(|place| passed(steps(place))).collect()).unwrap_or_default(),
        is_dev_loop: heads.into_iter().all(|head| DEV.contains(&head.as_str())),
        last: found.places.iter().filter_map(|place| steps(place).last()).map(|step| step.at).max().unwrap_or_default(),
        occurrences: found
            .places
            .iter()
            .map(|place| steps(place).iter().map(|step| step.template.clone()).collect())
            .collect(),
    }
}

#[cfg(test)]
mod tests;
