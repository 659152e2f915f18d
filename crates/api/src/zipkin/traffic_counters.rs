//! Counters of this host's rules, as netd tells them. They are read, never set back, so that several scrapers agree.

use super::exposition::{Exposition, escape};
use crate::App;
use crate::nines::traffic_counted;
use serde_json::Value;

/// Numbers that stand in netd's answer: name, kind, help, place.
const NUMBERS: [(&str, &str, &str, &str); 8] = [
    ("nines_traffic_generation", "gauge", "The kernel's generation of rules.", "/generation"),
    ("nines_traffic_applied_total", "counter", "Plans applied since netd's start.", "/counted/applied"),
    ("nines_traffic_confirmed_total", "counter", "Plans confirmed.", "/counted/confirmed"),
    ("nines_traffic_reverted_total", "counter", "Plans taken back.", "/counted/reverted"),
    ("nines_traffic_rolled_back_total", "counter", "Plans rolled back.", "/counted/rolledBack"),
    ("nines_traffic_restored_total", "counter", "Times that our table was gone and put back.", "/counted/restored"),
    ("nines_traffic_conntrack_used", "gauge", "Connections that the kernel tracks.", "/conntrack/used"),
    ("nines_traffic_conntrack_max", "gauge", "Connections that it tracks at most.", "/conntrack/max"),
];

/// Writes what netd tells; nothing where nobody does.
pub async fn write(app: &App, text: &mut Exposition) {
    let Some(status) = traffic_counted(app).await else { return };
    for (field, what) in [("packets", "Packets"), ("bytes", "Bytes of packets")] {
        let name = format!("nines_traffic_rule_{field}_total");
        text.family(&name, "counter", &format!("{what} that a rule matched."), &by_rule(&status, field));
    }
    for (name, kind, help, place) in NUMBERS {
        let value = status.pointer(place).and_then(Value::as_u64);
        text.family(name, kind, help, &value.map(|value| (String::new(), value)).into_iter().collect::<Vec<_>>());
    }
    let foreign = status["counted"]["foreign"].as_object().into_iter().flatten();
    let foreign =
        foreign.filter_map(|(process, count)| Some((format!("{{process=\"{}\"}}", escape(process)), count.as_u64()?)));
    let help = "Changes of rules by others, by process.";
    text.family("nines_traffic_foreign_changes_total", "counter", help, &foreign.collect::<Vec<_>>());
    write_apply(&status["counted"]["applySeconds"], text);
    let is = |value: bool| [(String::new(), u64::from(value))];
    let has_drifted = status["drift"].as_array().is_some_and(|drift| !drift.is_empty());
    text.family("nines_traffic_drift", "gauge", "Whether the kernel's rules are not those in force.", &is(has_drifted));
    let waits = !status["pending"].is_null();
    text.family("nines_traffic_pending", "gauge", "Whether a plan waits for its confirmation.", &is(waits));
}

fn by_rule(status: &Value, field: &str) -> Vec<(String, u64)> {
    let sample = |rule: &Value| {
        let id = escape(rule["id"].as_str()?);
        Some((format!("{{rule=\"{id}\"}}"), rule[field].as_u64()?))
    };
    status["rules"].as_array().into_iter().flatten().filter_map(sample).collect()
}

/// How long the kernel and the disk took to take plans.
fn write_apply(took: &Value, text: &mut Exposition) {
    let (Some(count), Some(sum)) = (took["count"].as_u64(), took["sum"].as_f64()) else { return };
    let name = "nines_traffic_apply_seconds";
    text.head(name, "summary", "How long it took to apply plans.");
    text.sample(&format!("{name}_count"), "", count);
    text.sample(&format!("{name}_sum"), "", sum);
}
