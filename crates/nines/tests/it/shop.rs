//! The definition that many tests judge by.

/// `SERVICE-availability`: of the service's server spans over 28 days, those without an error. One document of OpenSLO,
/// which more fields of the spec may follow.
pub fn availability(service: &str, target: &str) -> String {
    format!(
        r#"apiVersion: openslo/v1
kind: SLO
metadata: {{ name: {service}-availability }}
spec:
  service: {service}
  indicator:
    metadata: {{ name: {service}-availability }}
    spec:
      ratioMetric:
        counter: true
        good:  {{ metricSource: {{ type: spans, spec: {{ where: 'service={service} kind=server !error' }} }} }}
        total: {{ metricSource: {{ type: spans, spec: {{ where: 'service={service} kind=server' }} }} }}
  timeWindow: [ {{ duration: 28d, isRolling: true }} ]
  budgetingMethod: Occurrences
  objectives: [ {{ target: {target} }} ]
"#
    )
}
