//! Objectives over the corpora's services, so that what is sent is also counted.

use super::corpus::{OPERATIONS_EACH, SERVICES, System};

/// What is good, by what objectives are called.
const GOOD: [(&str, &str); 2] = [("availability", "!error"), ("latency", "duration<50ms")];

/// Operations of each service that have objectives in [`many`].
const OPERATIONS_JUDGED: usize = 25;

/// Two objectives for each service, availability and latency: every server span is counted twice.
pub fn definitions() -> String {
    let of_service = |service| slos(service, service, &format!("service={service} kind=server"));
    SERVICES.into_iter().map(of_service).collect()
}

/// A thousand objectives, two for each of 25 operations of every service of the corpus with 3 000 operations.
pub fn many() -> String {
    let system = System::new();
    let mut yaml = String::new();
    for (service, of_service) in SERVICES.into_iter().zip(&system.services) {
        let endings = |name: String| OPERATIONS_EACH.map(move |ending| format!("{name}/{ending}"));
        let operations = of_service.operations.iter().flat_map(|operation| endings(operation.name.clone()));
        for (nth, operation) in operations.step_by(6).take(OPERATIONS_JUDGED).enumerate() {
            let name = format!("{service}-{nth}");
            yaml += &slos(service, &name, &format!("service={service} kind=server op=\"{operation}\""));
        }
    }
    yaml
}

fn slos(service: &str, name: &str, total: &str) -> String {
    let slo = |(what, good): (&str, &str)| {
        format!(
            "---\napiVersion: openslo/v1\nkind: SLO\nmetadata: {{ name: {name}-{what} }}\nspec:\n  \
             service: {service}\n  indicator:\n    metadata: {{ name: {name}-{what} }}\n    spec:\n      \
             ratioMetric:\n        counter: true\n        \
             good:  {{ metricSource: {{ type: spans, spec: {{ where: '{total} {good}' }} }} }}\n        \
             total: {{ metricSource: {{ type: spans, spec: {{ where: '{total}' }} }} }}\n  \
             timeWindow: [ {{ duration: 28d, isRolling: true }} ]\n  budgetingMethod: Occurrences\n  \
             objectives: [ {{ target: 0.99 }} ]\n"
        )
    };
    GOOD.into_iter().map(slo).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_a_thousand_of_many() {
        assert_eq!(many().matches("kind: SLO").count(), 1000);
        assert_eq!(definitions().matches("kind: SLO").count(), 40);
    }
}
