//! Traces that recorded decisions cite, which retention therefore leaves: a decision's evidence must open
//! for as long as somebody may ask why it was made.

use nines_base::{DurationUs, Timestamp, TraceId};
use nines_engine::Pins;
use nines_ledger::{Event, EventQuery, Ledger, LedgerError, Order};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// How long after a decision its traces are kept: a quarter, after which reviews have been written.
pub const EVIDENCE_KEPT: DurationUs = DurationUs::from_secs(90 * 86_400);

/// Events whose payload cites traces.
const CITING: &str = "gate.decided";

/// What was cited, as far as the ledger was read.
#[derive(Default)]
pub struct Evidence {
    cited: Mutex<Cited>,
}

#[derive(Default)]
struct Cited {
    /// Greatest event read.
    last_event: u64,
    /// When each trace was cited last.
    traces: BTreeMap<TraceId, Timestamp>,
}

impl Evidence {
    /// What is cited now, the latest first where it is more than can be pinned. Reads what is new in the ledger.
    pub fn pins(&self, ledger: &dyn Ledger, now: Timestamp) -> Result<Pins, LedgerError> {
        let mut cited = self.cited.lock().unwrap_or_else(PoisonError::into_inner);
        cited.read(ledger, now - EVIDENCE_KEPT)?;
        let mut traces: Vec<(Timestamp, TraceId)> = cited.traces.iter().map(|(id, at)| (*at, *id)).collect();
        traces.sort_unstable_by(|a, b| b.cmp(a));
        Ok(Pins::new(traces.into_iter().map(|(_, id)| id)))
    }
}

impl Cited {
    /// Takes up what was cited since the last time, newest first, and no further back than `since`.
    fn read(&mut self, ledger: &dyn Ledger, since: Timestamp) -> Result<(), LedgerError> {
        let mut found = BTreeMap::new();
        let (mut before, mut newest) = (None, self.last_event);
        loop {
            let query = EventQuery {
                after: self.last_event,
                before,
                topics: vec![CITING.to_owned()],
                order: Order::Newest,
                ..EventQuery::default()
            };
            let events = ledger.events(&query)?;
            newest = newest.max(events.first().map_or(0, |event| event.id));
            for event in events.iter().filter(|event| event.at >= since) {
                for id in traces_of(event) {
                    found.entry(id).or_insert(event.at);
                }
            }
            match events.last() {
                Some(last) if last.at >= since => before = Some(last.id),
                _ => break,
            }
        }
        self.last_event = newest;
        for (id, at) in found {
            let known = self.traces.entry(id).or_insert(at);
            *known = at.max(*known);
        }
        self.traces.retain(|_, at| *at >= since);
        Ok(())
    }
}

/// Traces that a decision's reasons cite; none where its payload was erased.
fn traces_of(event: &Event) -> Vec<TraceId> {
    let payload: Option<Value> = event.payload.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let reasons = payload.as_ref().and_then(|payload| payload["reasons"].as_array());
    let ids = reasons.into_iter().flatten().filter_map(|reason| reason["traceIds"].as_array()).flatten();
    ids.filter_map(|id| TraceId::parse(id.as_str()?).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use nines_ledger::{NewEvent, SqliteLedger};
    use serde_json::json;

    const DAY: DurationUs = DurationUs::from_secs(86_400);

    fn decide(ledger: &SqliteLedger, at: Timestamp, traces: &[&str]) {
        let payload = json!({ "reasons": [{ "rule": "page" }, { "rule": "page", "traceIds": traces }] }).to_string();
        let event = NewEvent { at, kind: CITING.into(), service: "api".into(), payload, ..NewEvent::default() };
        ledger.append(&[event]).unwrap();
    }

    fn pinned(evidence: &Evidence, ledger: &SqliteLedger, day: i64, ids: &[u128]) -> bool {
        evidence.pins(ledger, Timestamp(day * DAY.0)).unwrap() == Pins::new(ids.iter().copied().map(TraceId))
    }

    #[test]
    fn cited_traces_are_pinned_for_a_quarter_after_the_last_decision_that_cites_them() {
        let ledger = SqliteLedger::in_memory().unwrap();
        let evidence = Evidence::default();
        assert!(pinned(&evidence, &ledger, 1000, &[]));
        decide(&ledger, Timestamp(1000 * DAY.0), &["0000000000000001", "0af7651916cd43dd8448eb211c80319c", "no id"]);
        decide(&ledger, Timestamp(1010 * DAY.0), &["0000000000000001"]);
        let whole = 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c;
        assert!(pinned(&evidence, &ledger, 1010, &[1, whole]));
        assert!(pinned(&evidence, &ledger, 1090, &[1, whole]));
        assert!(pinned(&evidence, &ledger, 1091, &[1]));
        decide(&ledger, Timestamp(1095 * DAY.0), &["0000000000000007"]);
        assert!(pinned(&evidence, &ledger, 1095, &[1, 7]));
        assert!(pinned(&evidence, &ledger, 1101, &[7]));
        // A process that starts later comes to the same.
        assert!(pinned(&Evidence::default(), &ledger, 1095, &[1, 7]));
    }

    #[test]
    fn a_ledger_of_many_decisions_is_read_page_by_page() {
        let ledger = SqliteLedger::in_memory().unwrap();
        let decisions: Vec<NewEvent> = (1..=2500)
            .map(|trace| NewEvent {
                at: Timestamp(1000 * DAY.0 + trace),
                kind: CITING.into(),
                payload: json!({ "reasons": [{ "traceIds": [format!("{trace:016x}")] }] }).to_string(),
                ..NewEvent::default()
            })
            .collect();
        ledger.append(&decisions).unwrap();
        let ids: Vec<u128> = (1..=2500).collect();
        assert!(pinned(&Evidence::default(), &ledger, 1001, &ids));
    }
}
