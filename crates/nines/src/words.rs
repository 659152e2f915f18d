//! JSON fields and quantities as people read them.

use nines_base::Lang;
use nines_base::figures::significant;
use serde_json::Value;

/// A text field; empty where there is none.
pub fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A whole-number field; zero where there is none.
pub fn number(value: &Value, name: &str) -> u64 {
    value.get(name).and_then(Value::as_u64).unwrap_or(0)
}

/// The items of a list.
pub fn items(value: &Value) -> Vec<Value> {
    value.get("items").and_then(Value::as_array).cloned().unwrap_or_default()
}

/// A duration with three significant digits: `842 ms`, `1.25 s`.
pub fn duration(us: u64) -> String {
    const STEPS: [(f64, &str); 5] = [(86_400e6, "d"), (3_600e6, "h"), (60e6, "min"), (1e6, "s"), (1e3, "ms")];
    let us = us as f64;
    match STEPS.iter().find(|(unit_us, _)| us >= *unit_us) {
        Some((unit_us, name)) => format!("{} {name}", significant(us / unit_us)),
        None => format!("{us} µs"),
    }
}

/// A count with separators; both languages group by thousands.
pub fn count(count: u64, _lang: Lang) -> String {
    let digits = count.to_string();
    let first = digits.len() % 3;
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && position % 3 == first {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Bytes with three significant digits: `842 B`, `1.25 MB`.
pub fn bytes(bytes: u64) -> String {
    const STEPS: [(f64, &str); 4] = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    match STEPS.iter().find(|(unit, _)| bytes as f64 >= *unit) {
        Some((unit, name)) => format!("{} {name}", significant(bytes as f64 / unit)),
        None => format!("{bytes} B"),
    }
}

/// A share as percent with up to three decimals: `99.82%`; `–` where undefined.
pub fn percent(share: Option<f64>) -> String {
    match share {
        None => "–".to_owned(),
        Some(share) => {
            let text = format!("{:.3}", share * 100.0);
            let text = text.trim_end_matches('0').trim_end_matches('.');
            format!("{}%", if text == "-0" { "0" } else { text })
        }
    }
}

/// An RFC 3339 time in the local zone, to the millisecond, without the date's zone.
pub fn local_time(rfc3339: &str) -> String {
    let Ok(timestamp) = rfc3339.parse::<jiff::Timestamp>() else { return rfc3339.to_owned() };
    timestamp.to_zoned_datetime(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S%.3f").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_read_short() {
        assert_eq!(duration(842_000), "842 ms");
        assert_eq!(duration(1_254_000), "1.25 s");
        assert_eq!(duration(12), "12 µs");
        assert_eq!(count(1_234_567, Lang::En), "1,234,567");
        assert_eq!(count(12, Lang::En), "12");
        assert_eq!((bytes(842), bytes(1_250_000)), ("842 B".to_owned(), "1.25 MB".to_owned()));
        assert_eq!(percent(Some(0.9982)), "99.82%");
        assert_eq!(percent(Some(-0.18)), "-18%");
        assert_eq!(percent(None), "–");
    }
}
