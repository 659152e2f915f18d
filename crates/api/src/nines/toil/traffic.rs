//! Requests of a time by step: server spans, of days gone from their histograms, of the rest from the store.

use crate::App;
use nines_base::{DurationUs, Timestamp};
use nines_span::Kind;
use nines_storage::aggregate::{GROUPS_MAX, KeyPart};
use nines_storage::histograms::{KeptSlice, SliceId, SliceSums, Tier};
use nines_storage::{AggregateQuery, Dimension, Histograms, StoreError};
use nines_toil::report::{Requests, STEPS_MAX, Window};
use nines_trace::filter::Filter;
use std::collections::{BTreeSet, HashMap};

/// From this step on the past is read from histograms.
const HISTOGRAMS_FROM: DurationUs = DurationUs::from_secs(86_400);
/// The finest that stored spans are counted by where steps are longer.
const HOUR: DurationUs = DurationUs::from_secs(3600);

/// Requests by step, of each service and of all.
pub(super) struct Traffic {
    all: Vec<f64>,
    of_services: HashMap<String, Vec<f64>>,
}

impl Traffic {
    /// Counts. Reads a slice for each day of the window, of which no more steps are counted than a series has.
    pub(super) fn read(app: &App, window: Window, step: DurationUs) -> Result<Traffic, StoreError> {
        let mut traffic = Traffic::of(window, step);
        let to = window.to.min(window.from + DurationUs(step.0.saturating_mul(traffic.all.len() as i64)));
        let window = Window { to, ..window };
        let mut from = window.from;
        if let Some(histograms) = app.histograms.as_deref().filter(|_| step >= HISTOGRAMS_FROM) {
            from = traffic.add_histograms(histograms, window, step)?;
        }
        traffic.add_spans(app, Window { from, to: window.to }, (window.from, step))?;
        Ok(traffic)
    }

    /// Nothing yet, of each whole step.
    fn of(window: Window, step: DurationUs) -> Traffic {
        let n_steps = (window.to - window.from).0.max(0) / step.0.max(1);
        let n_steps = usize::try_from(n_steps).unwrap_or(STEPS_MAX).min(STEPS_MAX);
        Traffic { all: vec![0.0; n_steps], of_services: HashMap::new() }
    }

    /// Adds what histograms know; gives the moment up to which they do.
    fn add_histograms(
        &mut self,
        histograms: &dyn Histograms,
        window: Window,
        step: DurationUs,
    ) -> Result<Timestamp, StoreError> {
        let mut known_until = window.from;
        for id in coarsest(&histograms.slices(), window) {
            if let Some(sums) = histograms.read(id)? {
                self.add_slice(&sums, (id.begin - window.from).0 / step.0.max(1));
            }
            known_until = known_until.max(id.end());
        }
        Ok(known_until)
    }

    fn add_slice(&mut self, sums: &SliceSums, step_idx: i64) {
        for (key, sums) in sums.entries.iter().filter(|(key, _)| key.kind == Kind::Server) {
            self.add(step_idx, &key.service, sums.n_spans() as f64);
        }
    }

    fn add_spans(
        &mut self,
        app: &App,
        window: Window,
        (first, step): (Timestamp, DurationUs),
    ) -> Result<(), StoreError> {
        if window.from >= window.to {
            return Ok(());
        }
        let Ok(filter) = Filter::parse("kind=server") else { return Ok(()) };
        let slice_us = step.min(HOUR).0.max(1) as u64;
        let window = nines_storage::Window { from: window.from, to: window.to };
        let by = vec![Dimension::Time { step_us: slice_us }, Dimension::Service];
        let Ok(query) = AggregateQuery::new(filter, window, by, GROUPS_MAX, false) else { return Ok(()) };
        for group in app.store.aggregate(&query)?.value.groups {
            if let [KeyPart::SliceUs(slice), KeyPart::Text(service)] = group.key.as_slice() {
                let at = Timestamp(*slice as i64) - first;
                self.add(at.0.div_euclid(step.0.max(1)), service, group.sums.spans as f64);
            }
        }
        Ok(())
    }

    fn add(&mut self, step_idx: i64, service: &str, n: f64) {
        let Some(at) = usize::try_from(step_idx).ok().filter(|at| *at < self.all.len()) else { return };
        self.all[at] += n;
        if !self.of_services.contains_key(service) {
            self.of_services.insert(service.to_owned(), vec![0.0; self.all.len()]);
        }
        if let Some(series) = self.of_services.get_mut(service) {
            series[at] += n;
        }
    }
}

impl Requests for Traffic {
    fn by_step(&self, service: Option<&str>, _: Window, _: DurationUs) -> Vec<Option<f64>> {
        let series = match service {
            Some(service) => self.of_services.get(service),
            None => Some(&self.all),
        };
        let Some(series) = series else { return vec![None; self.all.len()] };
        // The step in which the first spans came may not be whole.
        let first = self.all.iter().position(|n| *n > 0.0).map_or(self.all.len(), |first| first + 1);
        series.iter().enumerate().map(|(at, n)| (at >= first).then_some(*n)).collect()
    }
}

/// Slices that begin in a time and do not overlap: each instant by the coarsest that has it, because steps are days at least.
fn coarsest(kept: &[KeptSlice], window: Window) -> BTreeSet<SliceId> {
    let mut taken: BTreeSet<SliceId> = BTreeSet::new();
    for tier in Tier::ALL.into_iter().rev() {
        let of_tier = kept.iter().map(|slice| slice.id).filter(|id| id.tier == tier);
        for id in of_tier.filter(|id| window.from <= id.begin && id.begin < window.to) {
            let whole = id.whole();
            let is_told = [whole, whole.and_then(SliceId::whole)].into_iter().flatten().any(|id| taken.contains(&id));
            if !is_told {
                taken.insert(id);
            }
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slice(tier: Tier, hour: i64) -> KeptSlice {
        KeptSlice { id: SliceId { tier, begin: Timestamp::from_secs(hour * 3600) }, n_parts: 0 }
    }

    #[test]
    fn an_instant_is_counted_once_by_the_coarsest_slice_that_has_it() {
        let kept = [
            slice(Tier::FiveMinutes, 1),
            slice(Tier::Hour, 1),
            slice(Tier::Hour, 25),
            slice(Tier::FiveMinutes, 25),
            slice(Tier::FiveMinutes, 30),
            slice(Tier::Day, 0),
            slice(Tier::Day, 48),
        ];
        let window = Window { from: Timestamp::from_secs(0), to: Timestamp::from_secs(48 * 3600) };
        let wanted: BTreeSet<SliceId> =
            [slice(Tier::Day, 0), slice(Tier::Hour, 25), slice(Tier::FiveMinutes, 30)].map(|slice| slice.id).into();
        assert_eq!(coarsest(&kept, window), wanted);
    }

    #[test]
    fn a_step_of_a_microsecond_takes_no_more_room_than_a_series() {
        let quarter = Window { from: Timestamp(0), to: Timestamp::from_secs(91 * 86_400) };
        assert_eq!(Traffic::of(quarter, DurationUs(1)).all.len(), STEPS_MAX);
        assert_eq!(Traffic::of(quarter, DurationUs::from_secs(7 * 86_400)).all.len(), 13);
        assert_eq!(Traffic::of(Window { from: quarter.to, to: quarter.from }, HOUR).all.len(), 0);
    }

    #[test]
    fn the_first_step_with_spans_may_not_be_whole_and_says_nothing() {
        let mut traffic = Traffic { all: vec![0.0; 4], of_services: HashMap::new() };
        for (at, service, n) in [(1, "shop", 5.0), (2, "shop", 7.0), (2, "pay", 1.0), (3, "pay", 2.0), (9, "pay", 2.0)]
        {
            traffic.add(at, service, n);
        }
        let window = Window { from: Timestamp(0), to: Timestamp(0) };
        assert_eq!(traffic.by_step(None, window, HOUR), [None, None, Some(8.0), Some(2.0)]);
        assert_eq!(traffic.by_step(Some("pay"), window, HOUR), [None, None, Some(1.0), Some(2.0)]);
        assert_eq!(traffic.by_step(Some("other"), window, HOUR), [None; 4]);
    }
}
