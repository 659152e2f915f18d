//! What happened since netd was started, counted for metrics. Counts begin anew with each start; the journal keeps all.

use std::collections::BTreeMap;
use std::time::Duration;

use nines_base::{Clock, SystemClock, Timestamp};
use serde_json::{Value, json};

use super::status::rfc3339;

/// Processes that are counted by name; all further ones together: names are whatever others call themselves.
const PROCESSES_MAX: usize = 32;
/// What those are called.
const OTHERS: &str = "other";
/// How full conntrack is, and how full it may be.
const CONNTRACK: [&str; 2] = ["/proc/sys/net/netfilter/nf_conntrack_count", "/proc/sys/net/netfilter/nf_conntrack_max"];

/// Counts.
#[derive(Debug)]
pub(super) struct Tally {
    since: Timestamp,
    /// Entries of the journal, by what they tell.
    noted: BTreeMap<&'static str, (u64, Timestamp)>,
    /// Changes of others, by their processes.
    foreign: BTreeMap<String, u64>,
    n_applies: u64,
    applying: Duration,
    last_apply: Option<Duration>,
}

impl Tally {
    pub fn new() -> Tally {
        Tally {
            since: SystemClock.now(),
            noted: BTreeMap::new(),
            foreign: BTreeMap::new(),
            n_applies: 0,
            applying: Duration::ZERO,
            last_apply: None,
        }
    }

    /// An entry of the journal.
    pub fn note(&mut self, what: &'static str) {
        let (count, at) = self.noted.entry(what).or_insert((0, self.since));
        (*count, *at) = (*count + 1, SystemClock.now());
    }

    /// A change of another.
    pub fn note_foreign(&mut self, process: Option<&str>) {
        let name = process.unwrap_or(OTHERS);
        let has_place = self.foreign.contains_key(name) || self.foreign.len() < PROCESSES_MAX;
        *self.foreign.entry(if has_place { name } else { OTHERS }.to_owned()).or_default() += 1;
    }

    /// How long it took the kernel and the disk to take a plan.
    pub fn note_apply(&mut self, took: Duration) {
        self.n_applies += 1;
        self.applying += took;
        self.last_apply = Some(took);
    }

    /// As status tells it.
    pub fn told(&self) -> Value {
        let count = |what: &str| self.noted.get(what).map_or(0, |(count, _)| *count);
        let last = |what: &str| self.noted.get(what).and_then(|(_, at)| rfc3339(*at));
        json!({
            "since": rfc3339(self.since),
            "applied": count("applied"), "confirmed": count("confirmed"), "reverted": count("reverted"),
            "rolledBack": count("rolled-back"), "restored": count("restored"), "trouble": count("trouble"),
            "lastApplied": last("applied"), "lastReverted": last("reverted"), "lastRolledBack": last("rolled-back"),
            "foreign": self.foreign,
            "applySeconds": {
                "count": self.n_applies, "sum": self.applying.as_secs_f64(),
                "last": self.last_apply.map(|took| took.as_secs_f64()),
            },
        })
    }
}

/// How full conntrack is; none where the kernel tracks nothing.
pub(super) fn conntrack() -> Option<Value> {
    let [used, max] = CONNTRACK.map(|path| std::fs::read_to_string(path).ok()?.trim().parse::<u64>().ok());
    Some(json!({ "used": used?, "max": max? }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_others_call_themselves_only_so_many_are_counted_by_name() {
        let mut tally = Tally::new();
        for nth in 0..1000 {
            tally.note_foreign(Some(&format!("process-{nth}")));
        }
        tally.note_foreign(Some("process-1"));
        assert_eq!(tally.foreign.len(), PROCESSES_MAX + 1);
        assert_eq!((tally.foreign["process-1"], tally.foreign[OTHERS]), (2, 1000 - PROCESSES_MAX as u64));
    }
}
