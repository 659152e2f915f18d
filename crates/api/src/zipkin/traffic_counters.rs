//! Counters of this host's rules, as netd tells them. They are read, never set back, so that several scrapers agree.

use super::exposition::{Exposition, escape};
use crate::App;
use crate::nines::traffic_counted;
use serde_json::Value;

/// Writes what netd tells; nothing where nobody does.
pub async fn write(app: &App, text: &mut Exposition) {
    let Some(status) = traffic_counted(app).await else { return };
    let rules = || status["rules"].as_array().into_iter().flatten();
    let by_rule = |field: &str| -> Vec<(String, u64)> {
        let sample = |rule: &Value| {
            let id = escape(rule["id"].as_str()?);
            Some((format!("{{rule=\"{id}\"}}"), rule[field].as_u64()?))
        };
        rules().filter_map(sample).collect()
    };
    let of = |value: &Value| -> Vec<(String, u64)> { value.as_u64().map(|n| (String::new(), n)).into_iter().collect() };
    let is = |value: bool| [(String::new(), u64::from(value))];
    text.family("nines_traffic_rule_packets_total", "counter", "Packets that a rule matched.", &by_rule("packets"));
    text.family(
        "nines_traffic_rule_bytes_total",
        "counter",
        "Bytes of packets that a rule matched.",
        &by_rule("bytes"),
    );
    text.family("nines_traffic_generation", "gauge", "The kernel's generation of rules.", &of(&status["generation"]));
    let has_drifted = status["drift"].as_array().is_some_and(|drift| !drift.is_empty());
    text.family("nines_traffic_drift", "gauge", "Whether the kernel's rules are not those in force.", &is(has_drifted));
    let waits = !status["pending"].is_null();
    text.family("nines_traffic_pending", "gauge", "Whether a plan waits for its confirmation.", &is(waits));
}
