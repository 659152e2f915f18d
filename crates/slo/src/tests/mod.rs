//! Tests of the judging core across its modules, and what they are built from.

mod burn_rates;
mod calendar;
mod composite;
mod dependencies;
mod gate;
mod history;
mod menu;
mod methods;
mod policy;
mod sections;
mod status;
mod vectors;

use crate::calendar::Calendar;
use crate::cells::CellStore;
use crate::count::Counter;
use crate::fraction::Fraction;
use crate::model::{
    BudgetingMethod, CalendarUnit, Definitions, Objective, Place, Ppb, RatioPart, Sli, Slo, TimeWindow,
};
use crate::policy::apart::SetApart;
use jiff::tz::TimeZoneDatabase;
use nines_base::{DurationUs, FineMicros, SpanId, Timestamp, TraceId};
use nines_span::{Endpoint, Kind, Span, Value};
use nines_trace::filter::Filter;
use std::collections::BTreeMap;

pub(crate) const DAY: DurationUs = DurationUs::from_secs(86_400);
pub(crate) const HOUR: DurationUs = DurationUs::from_secs(3600);
pub(crate) const MINUTE: DurationUs = DurationUs::from_secs(60);

pub(crate) fn filter(text: &str) -> Filter {
    Filter::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A target from percent, such as `99.9`.
pub(crate) fn target(percent: f64) -> Ppb {
    Ppb::new((percent * 1e7).round() as u32).unwrap()
}

pub(crate) fn ratio(total: &str, good: &str) -> Sli {
    Sli::Ratio { total: filter(total), part: RatioPart::Good(filter(good)) }
}

pub(crate) fn objective(sli: Sli, target: Ppb) -> Objective {
    Objective {
        number: 1,
        display_name: None,
        target,
        time_slice_target: None,
        time_slice: None,
        sli,
        weight: Fraction::whole(1),
    }
}

/// An SLO of `service` by occurrences over a rolling window, with one objective.
pub(crate) fn slo(name: &str, service: &str, window: DurationUs, objective: Objective) -> Slo {
    Slo {
        name: name.into(),
        display_name: None,
        service: service.into(),
        description: None,
        labels: BTreeMap::new(),
        annotations: BTreeMap::new(),
        window: TimeWindow::Rolling { length: window },
        method: BudgetingMethod::Occurrences,
        objectives: vec![objective],
        apart: SetApart::default(),
        adjustments: Vec::new(),
        alert_policies: Vec::new(),
        place: Place::default(),
    }
}

/// Calendar months.
pub(crate) fn monthly(start: &str, zone: &str) -> TimeWindow {
    TimeWindow::Calendar(calendar(1, CalendarUnit::Month, start, zone))
}

/// Calendar periods from a local time such as `2026-01-01T00:00:00` on.
pub(crate) fn calendar(count: u32, unit: CalendarUnit, start: &str, zone: &str) -> Calendar {
    let zone = TimeZoneDatabase::bundled().get(zone).unwrap_or_else(|error| panic!("{zone}: {error}"));
    Calendar::new(count, unit, start.parse().unwrap(), zone).unwrap()
}

/// Availability of `api`'s server spans.
pub(crate) fn availability(window: DurationUs, percent: f64) -> Slo {
    let sli = ratio("service=api kind=server", "!error");
    slo("api-availability", "api", window, objective(sli, target(percent)))
}

pub(crate) fn definitions(slos: impl IntoIterator<Item = Slo>) -> Definitions {
    Definitions { slos: slos.into_iter().collect(), ..Definitions::default() }
}

/// A server span of `api` that took 100 ms and ended at `end_us`; `number` is its identity.
pub(crate) fn span(number: u64, end_us: u64, is_error: bool) -> Span {
    let mut span = Span {
        trace_id: TraceId(u128::from(number) + 1),
        id: SpanId(number + 1),
        kind: Kind::Server,
        name: "get /".into(),
        start: FineMicros::from_us(end_us - 100_000),
        duration: FineMicros::from_us(100_000),
        local: Endpoint { service: "api".into(), ..Endpoint::default() },
        ..Span::default()
    };
    if is_error {
        span.tags.push(("error".into(), Value::from("boom")));
    }
    span
}

/// Cells with events put in directly: `(second, good, bad)` for the only objective of each SLO.
pub(crate) fn cells_with(slos: &[Slo], events: impl IntoIterator<Item = (i64, u64, u64)>) -> CellStore {
    use crate::count::Delta;
    use crate::key::ObjectiveKey;
    use crate::model::Counts;
    let events: Vec<(i64, u64, u64)> = events.into_iter().collect();
    let mut cells = CellStore::new();
    cells.define(&definitions(slos.iter().cloned()), Timestamp(0));
    for slo in slos {
        let key = ObjectiveKey::of(&slo.objectives[0].sli).unwrap();
        let mut delta = Delta::default();
        delta.cells.extend(events.iter().map(|&(second, good, bad)| (key, second, Counts { good, bad })));
        if let Some((first, _, _)) = events.first() {
            delta.first_counted.push((key, Timestamp::from_secs(*first)));
        }
        cells.apply(delta);
    }
    cells
}

/// Counts spans as they come and adds them to new cells.
pub(crate) fn count(definitions: &Definitions, spans: &[(Timestamp, Span)]) -> (Counter, CellStore) {
    let mut cells = CellStore::new();
    cells.define(definitions, Timestamp(0));
    let mut counter = Counter::new(definitions);
    for (arrived, span) in spans {
        counter.observe(*arrived, span);
    }
    cells.apply(counter.take_delta());
    (counter, cells)
}
