//! The indicators whose events are not one span each: read from files, counted from spans in any order, and judged.

mod counting;
mod throughput;

use super::*;
use crate::key::ObjectiveKey;
use crate::model::{Counts, Stretch};
use crate::openslo::{Mode, SourceFile, load};

/// An SLO of `shop` with one indicator, whose spec is given, and further fields of its only objective.
fn read(indicator: &str, method: &str, objective: &str) -> Slo {
    read_all(&format!(
        "apiVersion: openslo/v1\nkind: SLO\nmetadata: {{ name: shop, annotations: {{ nines.dev/expectTraffic: 10m }} }}\n\
         spec:\n  service: shop\n  indicator: {{ metadata: {{ name: sli }}, spec: {{ {indicator} }} }}\n  \
         timeWindow: [ {{ duration: 1d, isRolling: true }} ]\n  budgetingMethod: {method}\n  \
         objectives: [ {{ target: 0.9, {objective} }} ]\n"
    ))
    .slos
    .remove(0)
}

fn read_all(text: &str) -> Definitions {
    let loaded = load(&[SourceFile { name: "slo.yaml".into(), bytes: text.as_bytes().to_vec() }], Mode::Spec);
    assert!(loaded.usable(), "{:#?}\n{text}", loaded.findings);
    loaded.definitions
}

/// A ratio of spans: the further fields of its total and of its good or bad half.
fn ratio_of(total: &str, half: &str, part: &str) -> String {
    format!(
        "ratioMetric: {{ total: {{ metricSource: {{ type: spans, spec: {{ {total} }} }} }}, \
         {half}: {{ metricSource: {{ type: spans, spec: {{ {part} }} }} }} }}"
    )
}

fn key_of(slo: &Slo) -> ObjectiveKey {
    ObjectiveKey::of(&slo.objectives[0].sli).unwrap()
}

/// Everything counted under a key until second 5000.
fn counted(cells: &CellStore, key: ObjectiveKey) -> (u64, u64) {
    let Counts { good, bad } = cells.sum(key, Stretch { after: Timestamp(0), upto: Timestamp::from_secs(5000) }).counts;
    (good, bad)
}
