//! Objectives over the corpora's services, so that what is sent is also counted.

use super::corpus::SERVICES;

/// Two objectives for each service, availability and latency: every server span is counted twice.
pub fn definitions() -> String {
    let mut yaml = String::new();
    for service in SERVICES {
        for (what, good) in [("availability", "!error"), ("latency", "duration<50ms")] {
            let total = format!("service={service} kind=server");
            yaml += &format!(
                "---\napiVersion: openslo/v1\nkind: SLO\nmetadata: {{ name: {service}-{what} }}\nspec:\n  \
                 service: {service}\n  indicator:\n    metadata: {{ name: {service}-{what} }}\n    spec:\n      \
                 ratioMetric:\n        counter: true\n        \
                 good:  {{ metricSource: {{ type: spans, spec: {{ where: '{total} {good}' }} }} }}\n        \
                 total: {{ metricSource: {{ type: spans, spec: {{ where: '{total}' }} }} }}\n  \
                 timeWindow: [ {{ duration: 28d, isRolling: true }} ]\n  budgetingMethod: Occurrences\n  \
                 objectives: [ {{ target: 0.99 }} ]\n"
            );
        }
    }
    yaml
}
