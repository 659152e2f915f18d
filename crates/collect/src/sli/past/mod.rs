//! What an indicator is told of the time before it was defined: stored spans, read once beside the counting.
//!
//! An indicator that is new, or means something else than before, counts what comes from then on. What is stored
//! of earlier is read through by a thread of its own, which takes half of a core, and added in one commit with the
//! fact that it was: a crash before it begins anew, one after it does not repeat it. Past and present meet at an
//! instant of arrival. Spans that came within the horizon before it are remembered by the counter, so that a repeat
//! is told (SLI-1), and traces, requests and messages that were under way then are put together.
//!
//! An indicator that goes and comes again counts what arrived in between the same way ([`gap`]).
//!
//! What is older than the oldest stored span is told by histograms where these can answer the indicator
//! ([`super::history`]). They and the stored spans meet at an instant of starting: no span is counted by both.
//!
//! Only where every span is stored does the store know the past: with a share of traces it is not asked.

mod gap;
mod pace;
mod part;
#[cfg(test)]
pub(super) mod tests;

pub(super) use pace::Pace;

use super::history::{Recall, Told};
use super::{Counting, Judge, JudgeError, View};
use gap::{Countable, Gaps};
use nines_base::{DurationUs, Timestamp};
use nines_ledger::{Ledger, LedgerError};
use nines_slo::count::Counter;
use nines_slo::key::ObjectiveKey;
use nines_slo::model::Definitions;
use part::{Adopted, Part};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Begins the name of the fact that says of an indicator, by its key, from when it counts while its past is still to
/// be counted, and then that it is.
const FACT: &str = "slo/past/";

/// What the fact begins with once the past is counted; what is told of it follows.
const DONE: &str = "done";

/// How long after a failed attempt it is tried again. A disk that cannot be read is not read at once.
const RETRY_AFTER: Duration = Duration::from_secs(60);

/// A span that came before an instant is durable this much later at the latest.
const DURABLE_AFTER: DurationUs = DurationUs::from_secs(2);

/// How often the thread looks whether there is anything to do.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// How often it looks whether a slice of history is to be summed.
const SUM_EVERY: Duration = Duration::from_secs(10);

/// Which indicators count from when, and of which the past is wanted.
#[derive(Default)]
pub(super) struct Past {
    /// Whether the store knows the past.
    is_known: bool,
    /// Indicators that count from an instant on.
    from: BTreeMap<ObjectiveKey, Timestamp>,
    /// Those whose past is still to be counted.
    wanted: BTreeMap<ObjectiveKey, Timestamp>,
    /// What the facts of indicators say from the next commit on.
    unsaid: BTreeMap<ObjectiveKey, String>,
    /// What indicators did not count while they were not defined.
    gaps: Gaps,
}

impl Past {
    /// Has a counter count each indicator from its instant on.
    pub fn cut(&self, counter: &mut Counter) {
        self.from.iter().for_each(|(key, at)| counter.count_from(*key, *at));
    }

    /// Facts to commit with the cells: no crash comes between what is counted and what is said of it.
    pub fn unsaid(&self) -> Vec<(String, String)> {
        let of_pasts = self.unsaid.iter().map(|(key, said)| (format!("{FACT}{key}"), said.clone()));
        of_pasts.chain(self.gaps.unsaid()).collect()
    }

    /// The cells are durable now, with the facts.
    pub fn committed(&mut self) {
        self.unsaid.clear();
        self.gaps.committed();
    }

    /// Other definitions come: notes which indicators count nothing from now on.
    pub fn replace(&mut self, before: &Definitions, after: &Definitions, now: Timestamp) {
        if !self.is_known {
            return;
        }
        let (before, after) = (keys_of_spans(before), keys_of_spans(after));
        before.difference(&after).for_each(|key| self.gaps.begin(*key, next_second(now)));
    }

    /// Wants nothing of indicators that are no longer defined. What was said of them stays: one that is defined again
    /// still has no past.
    fn keep_defined(&mut self, definitions: &Definitions, counter: &mut Counter) {
        if self.wanted.is_empty() {
            return;
        }
        let defined: BTreeSet<ObjectiveKey> =
            definitions.indicators().filter_map(|(_, objective)| ObjectiveKey::of(&objective.sli)).collect();
        let gone: Vec<ObjectiveKey> = self.wanted.keys().filter(|key| !defined.contains(key)).copied().collect();
        for key in &gone {
            self.wanted.remove(key);
            self.from.remove(key);
        }
        counter.await_no_past(&gone);
    }

    /// Indicators that share an instant whose past can be counted, since everything before it was looked at.
    fn next(&self, watermark: Timestamp) -> Option<(Timestamp, Vec<ObjectiveKey>)> {
        let cut = *self.wanted.values().find(|cut| **cut + DURABLE_AFTER < watermark)?;
        let keys = self.wanted.iter().filter(|(_, at)| **at == cut).map(|(key, _)| *key);
        Some((cut, keys.collect()))
    }
}

impl Judge {
    /// Counts the past of indicators that are new, now and whenever definitions change. Needs a store that keeps
    /// every span.
    pub fn know_past(&self) -> Result<(), JudgeError> {
        let said = self.said_of_past()?;
        let mut counting = self.counting();
        counting.past.is_known = true;
        counting.past.gaps = Gaps::read(&*self.ledger)?;
        let view = self.view();
        // What went while nobody ran counted up to the last heartbeat.
        view.cells.undefined().for_each(|key| counting.past.gaps.begin(key, next_second(view.watermark)));
        self.ask_for_past(&mut counting, &view, &said);
        Ok(())
    }

    /// What was said of each indicator's past, where it is known.
    pub(super) fn said_of_past(&self) -> Result<BTreeMap<ObjectiveKey, String>, JudgeError> {
        Ok(read_said(&*self.ledger)?)
    }

    /// Notes of which indicators the past is wanted: those that nothing was ever counted or said of, and those whose
    /// past was wanted when the process ended.
    pub(super) fn ask_for_past(&self, counting: &mut Counting, view: &View, said: &BTreeMap<ObjectiveKey, String>) {
        if !counting.past.is_known {
            return;
        }
        let cut = next_second(self.clock.now());
        let Counting { past, counter, .. } = counting;
        for key in keys_of_spans(&view.definitions) {
            let was_counted = view.cells.first_counted(key).is_some();
            let back_at = past.gaps.end(key, cut);
            let said = past.unsaid.get(&key).or_else(|| said.get(&key));
            let wanted = match said.map(|said| said.parse()) {
                _ if past.from.contains_key(&key) && back_at.is_none() => None,
                // An end of the process, or of its definition, kept its past from being counted.
                Some(Ok(at)) if was_counted => Some(Timestamp(at)),
                Some(Err(_)) => None,
                None if was_counted => None,
                // Of what came since an older instant, nothing is counted either.
                Some(Ok(_)) | None => {
                    past.gaps.forget(key);
                    past.unsaid.insert(key, cut.0.to_string());
                    Some(cut)
                }
            };
            past.wanted.extend(wanted.map(|at| (key, at)));
            if let Some(from) = back_at.max(wanted) {
                past.from.insert(key, from);
                counter.count_from(key, from);
            }
        }
    }

    /// Counts wanted pasts, and sums what becomes past, until the judge is stopped.
    pub(super) fn follow_past(&self) {
        let (mut count_at, mut sum_at) = (Instant::now(), Instant::now());
        while !self.is_stopping() {
            if count_at <= Instant::now() {
                count_at = Instant::now() + self.count_once();
            }
            if sum_at <= Instant::now() {
                sum_at = Instant::now() + self.sum_once();
            }
            self.wait(count_at.min(sum_at).saturating_duration_since(Instant::now()));
        }
    }

    /// Counts a wanted past, if there is one; how long to wait before the next one.
    fn count_once(&self) -> Duration {
        match self.count_past().and_then(|_| self.count_gap()) {
            Ok(_) => LOOK_EVERY,
            Err(error) => {
                tracing::warn!(%error, "the past of new objectives cannot be counted; it is tried again in a minute");
                RETRY_AFTER
            }
        }
    }

    /// Sums a slice of history, if one is due; how long to wait before the next one.
    fn sum_once(&self) -> Duration {
        let began = Instant::now();
        match self.sum_history() {
            // As long as it took: half of a core.
            Ok(true) => began.elapsed().min(SUM_EVERY),
            Ok(false) => SUM_EVERY,
            Err(error) => {
                tracing::warn!(%error, "history is not summed; it is tried again in a minute");
                RETRY_AFTER
            }
        }
    }

    /// Waits, but not for longer than the judge goes on.
    fn wait(&self, length: Duration) {
        let until = Instant::now() + length;
        while !self.is_stopping() && Instant::now() < until {
            std::thread::sleep(LOOK_EVERY.min(until.saturating_duration_since(Instant::now())));
        }
    }

    fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Counts one wanted past, if there is one; whether there was.
    pub fn count_past(&self) -> Result<bool, JudgeError> {
        let (definitions, cut, keys, position, groups) = {
            let mut counting = self.counting();
            let definitions = self.definitions();
            let Counting { past, counter, .. } = &mut *counting;
            past.keep_defined(&definitions, counter);
            let Some((cut, keys)) = counting.past.next(self.watermark()) else { return Ok(false) };
            (definitions, cut, keys, counting.position.clone(), counting.counter.groups().clone())
        };
        let stored_from = self.stored_whole_from();
        let mut recall = Recall::of(self, &definitions, &keys);
        let recalled = recall.as_ref().map(Recall::keys).unwrap_or_default();
        let others: Vec<ObjectiveKey> = keys.iter().filter(|key| !recalled.contains(key)).copied().collect();
        let until = recall.as_ref().map_or(Timestamp(0), |recall| recall.until);
        let mut parts = [
            Part::new(&definitions, others, Timestamp(0), cut, &groups),
            Part::new(&definitions, recalled, until, cut, &groups),
        ];
        let mut pace = Pace::new(&self.stopping);
        if let (Some(recall), Some(history)) = (&mut recall, self.kept_history()) {
            recall.count(history, parts[1].cells_mut(), &mut pace);
        }
        let mut n_spans = 0u64;
        self.feed.read_back(self.whole_from(), &position, &mut |arrived, span| {
            if arrived < cut {
                parts.iter_mut().for_each(|part| part.observe(arrived, span));
                n_spans += 1;
            }
            pace.step(|| parts.iter_mut().for_each(Part::settle))
        })?;
        if self.is_stopping() {
            return Ok(true);
        }
        let told = |key: &ObjectiveKey| {
            let recall = recall.as_ref().filter(|_| parts[1].keys().contains(key));
            let from = recall.map_or(stored_from.unwrap_or(cut), |recall| recall.from).min(cut);
            let is_exact = recall.is_none_or(|recall| recall.is_exact(*key));
            (*key, Told { from, recalled_until: recall.map(|recall| recall.until), is_exact })
        };
        let told: BTreeMap<ObjectiveKey, Told> = keys.iter().map(told).collect();
        self.take_past(parts, told);
        tracing::info!(spans = n_spans, objectives = keys.len(), "what was stored before new objectives is counted");
        Ok(true)
    }

    /// Counts what came while some indicators were not defined, if they are again; whether there was such a time.
    pub fn count_gap(&self) -> Result<bool, JudgeError> {
        let (definitions, gap, position, groups) = {
            let counting = self.counting();
            let definitions = self.definitions();
            let settled = self.watermark() - DURABLE_AFTER;
            let Some(gap) = counting.past.gaps.next(&definitions, settled) else { return Ok(false) };
            (definitions, gap, counting.position.clone(), counting.counter.groups().clone())
        };
        let stored_from = self.stored_whole_from();
        let mut part = Part::new(&definitions, gap.keys.clone(), Timestamp(0), gap.until, &groups);
        let mut pace = Pace::new(&self.stopping);
        let remembered_from = (gap.since - part.recall()).max(self.whole_from());
        self.feed.read_back(remembered_from, &position, &mut |arrived, span| {
            if arrived < gap.since {
                part.remember(arrived, span);
            } else if arrived < gap.until {
                part.observe(arrived, span);
            }
            pace.step(|| part.settle())
        })?;
        if !self.is_stopping() {
            self.take_gap(part, &gap, stored_from);
            tracing::info!(objectives = gap.keys.len(), "what came while objectives were not defined is counted");
        }
        Ok(true)
    }

    /// Adds what was counted of a gap, with the facts for the next commit.
    fn take_gap(&self, part: Part, gap: &Countable, stored_from: Option<Timestamp>) {
        let mut counting = self.counting();
        let adopted = part.adopted(&mut counting);
        counting.past.gaps.filled(gap);
        let mut view = self.view_mut();
        adopted.into_iter().for_each(|adopted| adopted.add_to(&mut view));
        // Where spans of it are gone, all that is known without a gap begins after them.
        let from = stored_from.map_or(gap.until, |from| from.min(gap.until));
        if from <= gap.since {
            return;
        }
        for key in &gap.keys {
            let told = Told { from, recalled_until: None, is_exact: true };
            counting.past.unsaid.insert(*key, format!("{DONE} {}", told.write()));
            view.told.insert(*key, told);
        }
    }

    /// Adds what was counted of the past, with the facts for the next commit.
    fn take_past(&self, parts: [Part; 2], told: BTreeMap<ObjectiveKey, Told>) {
        let mut counting = self.counting();
        let adopted: Vec<Adopted> = parts.into_iter().filter_map(|part| part.adopted(&mut counting)).collect();
        counting.past.wanted.retain(|key, _| !told.contains_key(key));
        counting.past.unsaid.extend(told.iter().map(|(key, told)| (*key, format!("{DONE} {}", told.write()))));
        let mut view = self.view_mut();
        adopted.into_iter().for_each(|adopted| adopted.add_to(&mut view));
        view.told.extend(told);
    }
}

/// What was said of the past of each indicator.
fn read_said(ledger: &dyn Ledger) -> Result<BTreeMap<ObjectiveKey, String>, LedgerError> {
    let facts = ledger.facts(FACT)?.into_iter();
    Ok(facts.filter_map(|(name, said)| Some((ObjectiveKey::parse(name.strip_prefix(FACT)?)?, said))).collect())
}

/// What is known of the past of indicators that were counted back.
pub(super) fn read_told(ledger: &dyn Ledger) -> Result<BTreeMap<ObjectiveKey, Told>, LedgerError> {
    let said = read_said(ledger)?.into_iter();
    Ok(said.filter_map(|(key, said)| Some((key, Told::read(said.strip_prefix(DONE)?)?))).collect())
}

/// The indicators that are counted by spans.
fn keys_of_spans(definitions: &Definitions) -> BTreeSet<ObjectiveKey> {
    let of_spans = definitions.indicators().filter(|(_, objective)| objective.sli.is_of_spans());
    of_spans.filter_map(|(_, objective)| ObjectiveKey::of(&objective.sli)).collect()
}

/// The first whole second after an instant: what came by then came before it. Blocks tell arrivals by the second, rounded
/// down, so only there does a span stand on the same side of the cut whether it is read from a block or from the inbox.
fn next_second(at: Timestamp) -> Timestamp {
    Timestamp::from_secs(at.0.div_euclid(1_000_000) + 1)
}
