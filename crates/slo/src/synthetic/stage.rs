//! Cells that fill as a clock goes on, from traffic that was never sent.
//!
//! Each service has cells of its own, because a gap is one service's: what the server measured of the others
//! is not touched by it.

use super::load::{Answers, Load, Traffic};
use crate::cells::CellStore;
use crate::count::Question;
use crate::key::ObjectiveKey;
use crate::model::{Counts, Definitions, Slo, Stretch};
use nines_base::{DurationUs, Timestamp};
use std::collections::BTreeMap;
use std::ops::Range;

/// Definitions, traffic, and the cells as they are at one instant.
pub struct Stage {
    start: Timestamp,
    loads: Vec<Load>,
    /// Of each load, when nothing of it is measured: apart from one another, in order.
    unmeasured: Vec<Vec<Range<DurationUs>>>,
    services: BTreeMap<String, Service>,
    /// How far time has come since its beginning; nothing at first.
    reached: Option<DurationUs>,
}

/// A service's SLOs: their cells, what each indicator makes of each load, and the gaps.
struct Service {
    cells: CellStore,
    indicators: Vec<(ObjectiveKey, Vec<(usize, Answers)>)>,
    gaps: Vec<Range<DurationUs>>,
}

impl Stage {
    /// Nothing has happened yet.
    pub fn new(definitions: &Definitions, traffic: Traffic) -> Stage {
        let Traffic { start, loads, gaps } = traffic;
        let gaps_of = |service: &str| {
            let own = gaps.iter().filter(|gap| gap.service.eq_ignore_ascii_case(service));
            merged(own.map(|gap| gap.from..DurationUs(gap.from.0.saturating_add(gap.length.0))).collect())
        };
        let mut services = BTreeMap::new();
        for slo in &definitions.slos {
            if services.contains_key(&slo.service) {
                continue;
            }
            let slos = definitions.slos.iter().filter(|other| other.service == slo.service).cloned().collect();
            let own = Definitions { slos, ..Definitions::default() };
            let mut cells = CellStore::new();
            cells.define(&own, start);
            let service = Service { cells, indicators: indicators(&own, &loads), gaps: gaps_of(&slo.service) };
            services.insert(slo.service.clone(), service);
        }
        let unmeasured = loads.iter().map(|load| gaps_of(load.service())).collect();
        Stage { start, loads, unmeasured, services, reached: None }
    }

    /// Lets time go on to `time` since its beginning: everything that ended by then is counted. Time does not go back.
    pub fn advance(&mut self, time: DurationUs) {
        // Times are whole microseconds, so "by" is "before the next".
        let from = self.reached.map_or(DurationUs(0), |reached| DurationUs(reached.0 + 1));
        if time < from {
            return;
        }
        let times = from..DurationUs(time.0 + 1);
        for service in self.services.values_mut() {
            service.cells.expire(self.start + time);
            service.count(&self.loads, &self.unmeasured, &times, self.start);
            service.cover(&times, self.start);
        }
        self.reached = Some(time);
    }

    /// The instant that time has come to.
    pub fn at(&self) -> Timestamp {
        self.start + self.reached.unwrap_or_default()
    }

    /// The cells of an SLO; `None` for one that the definitions do not have.
    pub fn cells(&self, slo: &Slo) -> Option<&CellStore> {
        self.services.get(&slo.service).map(|service| &service.cells)
    }
}

impl Service {
    fn count(
        &mut self,
        loads: &[Load],
        unmeasured: &[Vec<Range<DurationUs>>],
        times: &Range<DurationUs>,
        start: Timestamp,
    ) {
        for (key, answers) in &self.indicators {
            for &(number, answers) in answers {
                let (load, gaps) = (&loads[number], &unmeasured[number]);
                let own = overlap(times, &load.times());
                if own.is_empty() {
                    continue;
                }
                let events = |part: Range<Timestamp>| {
                    let part = overlap(&own, &(part.start - start..part.end - start));
                    answers.events(measured(load, gaps, &part))
                };
                self.cells.fill(*key, start + own.start..start + own.end, events);
            }
        }
    }

    /// Says what was measured, and what was not.
    fn cover(&mut self, times: &Range<DurationUs>, start: Timestamp) {
        let mut told = times.start;
        let mut tell = |upto: DurationUs, is_measured: bool| {
            if upto > told {
                let stretch = Stretch { after: start + DurationUs(told.0 - 1), upto: start + DurationUs(upto.0 - 1) };
                self.cells.record(stretch, is_measured);
                told = upto;
            }
        };
        for gap in &self.gaps {
            let gap = overlap(times, gap);
            if !gap.is_empty() {
                tell(gap.start, true);
                tell(gap.end, false);
            }
        }
        tell(times.end, true);
        // These cells are never written.
        self.cells.take_changed();
    }
}

/// Each indicator once, with the loads whose spans are events of it.
fn indicators(definitions: &Definitions, loads: &[Load]) -> Vec<(ObjectiveKey, Vec<(usize, Answers)>)> {
    let mut indicators: Vec<(ObjectiveKey, Vec<(usize, Answers)>)> = Vec::new();
    for (_, objective) in definitions.objectives() {
        let (Some(key), Some(question)) = (ObjectiveKey::of(&objective.sli), Question::of(&objective.sli)) else {
            continue;
        };
        if indicators.iter().all(|(known, _)| *known != key) {
            let asked = loads.iter().enumerate();
            let answers = asked.filter_map(|(number, load)| Some((number, Answers::of(&question, load)?))).collect();
            indicators.push((key, answers));
        }
    }
    indicators
}

/// The spans of a load that end in `times` and in no gap.
fn measured(load: &Load, gaps: &[Range<DurationUs>], times: &Range<DurationUs>) -> Counts {
    let mut counts = load.ending_in(times);
    for gap in gaps {
        let missed = load.ending_in(&overlap(times, gap));
        counts = Counts { good: counts.good - missed.good, bad: counts.bad - missed.bad };
    }
    counts
}

fn overlap(one: &Range<DurationUs>, other: &Range<DurationUs>) -> Range<DurationUs> {
    let start = one.start.max(other.start);
    start..one.end.min(other.end).max(start)
}

/// In order, and none touching another.
fn merged(mut ranges: Vec<Range<DurationUs>>) -> Vec<Range<DurationUs>> {
    ranges.sort_by_key(|range| range.start);
    let mut apart: Vec<Range<DurationUs>> = Vec::new();
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}
