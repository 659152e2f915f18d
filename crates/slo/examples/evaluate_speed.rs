//! What looking at every objective costs: statuses with their alerts, and what changes about alerts.
//!
//! `cargo run --release -p nines-slo --example evaluate_speed -- 1000` for so many SLOs over 28 days, each with all the
//! cells that are ever kept: every ten seconds of the last two hours, every minute of three days, every five of 35,
//! every hour of 400. Times are of CPU. What memory all of it takes is told too.

mod cpu_time;

use nines_base::{DurationUs, Timestamp};
use nines_slo::alert::book::{AlertBook, Look};
use nines_slo::alert::telling::Telling;
use nines_slo::cells::{CellRow, CellStore};
use nines_slo::key::ObjectiveKey;
use nines_slo::openslo::{self, Mode, SourceFile};
use nines_slo::status::evaluate_all;
use std::time::Duration;

const NOW_S: i64 = 1_790_000_000;
const DAY_S: i64 = 86_400;

/// Lengths of slices and how far back they are filled.
const TIERS: [(u32, i64); 4] = [(10, 7200), (60, 3 * DAY_S), (300, 35 * DAY_S), (3600, 400 * DAY_S)];

fn main() {
    let n_slos: usize = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1000);
    let text: String = (0..n_slos).map(slo).collect();
    let loaded = openslo::load(&[SourceFile { name: "slos.yaml".into(), bytes: text.into_bytes() }], Mode::Spec);
    assert!(loaded.usable(), "{:?}", loaded.findings.first());
    let definitions = loaded.definitions;
    let mut cells = CellStore::new();
    for (number, (_, objective)) in definitions.objectives().enumerate() {
        let Some(key) = ObjectiveKey::of(&objective.sli) else { continue };
        // One in fifty fires.
        let bad = u64::from(number % 50 == 0) * 500;
        for (tier, reach_s) in TIERS {
            let length_s = i64::from(tier);
            let slices = (NOW_S - reach_s) / length_s..=NOW_S / length_s;
            slices.for_each(|slice| cells.load(CellRow { key, tier, slice, good: 99 * u64::from(tier), bad }));
        }
        let first_us = (NOW_S - 400 * DAY_S) as u64 * 1_000_000;
        cells.load(CellRow { key, tier: 0, slice: 0, good: first_us, bad: 0 });
    }
    cells.define(&definitions, Timestamp::from_secs(NOW_S));
    for second in (NOW_S - 4 * 3600..=NOW_S).step_by(5) {
        cells.heartbeat(Timestamp::from_secs(second), true);
    }

    let (at, mut book) = (Timestamp::from_secs(NOW_S), AlertBook::default());
    let mut best = Duration::MAX;
    for round in 0..20 {
        let before = cpu_time::used();
        let statuses = evaluate_all(&definitions, &cells, at);
        let evaluated = cpu_time::used() - before;
        let (telling, now) = (Telling::BY_POLICIES, at + DurationUs::from_secs(1));
        let plan = book.plan(&Look { definitions: &definitions, statuses: &statuses, stories: &[], telling, now });
        let all = cpu_time::used() - before;
        best = best.min(all);
        if round == 0 {
            println!("{} objectives, {} changes at first", statuses.len(), plan.len());
        }
        if round == 19 {
            println!("last round: {evaluated:.1?} of {all:.1?} for statuses");
        }
        plan.iter().for_each(|transition| book.apply(transition));
    }
    let share = best.as_secs_f64() / 10.0 * 100.0;
    println!("best of 20: {best:.1?}; every 10 s that is {share:.2} % of a core");
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().filter(|line| line.starts_with("VmRSS")).for_each(|line| println!("{line}"));
}

fn slo(number: usize) -> String {
    format!(
        "---\napiVersion: openslo/v1\nkind: SLO\nmetadata: {{ name: slo-{number} }}\nspec:\n  service: service-{}\n  \
         indicator:\n    metadata: {{ name: sli }}\n    spec:\n      ratioMetric:\n        \
         good: {{ metricSource: {{ type: spans, spec: {{ where: 'service=s{number} kind=server !error' }} }} }}\n        \
         total: {{ metricSource: {{ type: spans, spec: {{ where: 'service=s{number} kind=server' }} }} }}\n  \
         timeWindow: [ {{ duration: 28d, isRolling: true }} ]\n  budgetingMethod: Occurrences\n  \
         objectives: [ {{ target: 0.999 }} ]\n",
        number / 10
    )
}
