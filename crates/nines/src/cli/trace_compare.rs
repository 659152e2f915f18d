//! Two traces compared by operation: how often each was called, and how long the calls took together.

use super::output::Table;
use crate::words;
use nines_base::Lang;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Calls of one operation in both traces.
#[derive(Default)]
struct Calls {
    /// Of the first and of the second.
    n: [u64; 2],
    total_us: [u64; 2],
}

/// Service, operation and kind.
type Operation = [String; 3];

/// What differs between two traces.
pub struct Comparison {
    /// By how much the time differs, most first.
    operations: Vec<(Operation, Calls)>,
}

impl Comparison {
    /// Compares two columnar answers of `GET /api/nines/v1/traces/{id}`.
    pub fn of(traces: [&Value; 2]) -> Comparison {
        let mut calls: BTreeMap<Operation, Calls> = BTreeMap::new();
        for (side, trace) in traces.into_iter().enumerate() {
            for (operation, duration_us) in spans(trace) {
                let of = calls.entry(operation).or_default();
                of.n[side] += 1;
                of.total_us[side] += duration_us;
            }
        }
        let mut operations: Vec<_> = calls.into_iter().collect();
        operations.sort_by_key(|(_, of)| std::cmp::Reverse(of.total_us[0].abs_diff(of.total_us[1])));
        Comparison { operations }
    }

    /// Whether both call the same operations as often.
    pub fn is_same(&self) -> bool {
        self.operations.iter().all(|(_, of)| of.n[0] == of.n[1])
    }

    /// As a table.
    pub fn render(&self, lang: Lang) -> String {
        let mut table = Table::new(&["OPERATION", ">CALLS A", ">CALLS B", ">TIME A", ">TIME B", ">DIFFERENCE"]);
        for ([service, name, kind], of) in &self.operations {
            let operation = format!("{service} {name} {}", kind.to_lowercase());
            table.row(vec![
                operation.trim_end().to_owned(),
                words::count(of.n[0], lang),
                words::count(of.n[1], lang),
                words::duration(of.total_us[0]),
                words::duration(of.total_us[1]),
                difference(of.total_us),
            ]);
        }
        table.render()
    }

    /// As a document.
    pub fn document(&self, ids: [&str; 2]) -> Value {
        let items = self.operations.iter().map(|([service, name, kind], of)| {
            json!({
                "service": service, "name": name, "kind": kind,
                "callsA": of.n[0], "callsB": of.n[1], "totalUsA": of.total_us[0], "totalUsB": of.total_us[1],
            })
        });
        json!({ "a": ids[0], "b": ids[1], "same": self.is_same(), "items": items.collect::<Vec<_>>() })
    }
}

/// Signed: the second less the first.
fn difference([a, b]: [u64; 2]) -> String {
    let sign = match b.cmp(&a) {
        std::cmp::Ordering::Less => "−",
        std::cmp::Ordering::Equal => return "±0".to_owned(),
        std::cmp::Ordering::Greater => "+",
    };
    format!("{sign}{}", words::duration(a.abs_diff(b)))
}

/// Each row's operation and duration.
fn spans(trace: &Value) -> impl Iterator<Item = (Operation, u64)> {
    let whole = |column: &str, row: usize| trace["rows"][column][row].as_u64().unwrap_or(0);
    let n_rows = trace["rows"]["id"].as_array().map_or(0, Vec::len);
    (0..n_rows).map(move |row| {
        let service = words::text(&trace["services"][whole("service", row) as usize], "name");
        let name = trace["names"][whole("name", row) as usize].as_str().unwrap_or_default().to_owned();
        let kind = trace["rows"]["kind"][row].as_str().unwrap_or_default().to_owned();
        ([service, name, kind], whole("durationUs", row))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(rows: &[(u64, u64)]) -> Value {
        json!({
            "services": [{ "name": "cart" }, { "name": "db" }], "names": ["load"],
            "rows": {
                "id": rows.iter().map(|_| "a").collect::<Vec<_>>(), "kind": rows.iter().map(|_| "CLIENT").collect::<Vec<_>>(),
                "service": rows.iter().map(|(service, _)| service).collect::<Vec<_>>(),
                "name": rows.iter().map(|_| 0).collect::<Vec<_>>(),
                "durationUs": rows.iter().map(|(_, us)| us).collect::<Vec<_>>(),
            }
        })
    }

    #[test]
    fn operations_that_differ_most_come_first() {
        let (a, b) = (trace(&[(0, 900), (1, 10)]), trace(&[(0, 800), (1, 500), (1, 500)]));
        let comparison = Comparison::of([&a, &b]);
        assert!(!comparison.is_same());
        let document = comparison.document(["a", "b"]);
        assert_eq!(document["items"][0]["service"], "db");
        assert_eq!((&document["items"][0]["callsA"], &document["items"][0]["callsB"]), (&json!(1), &json!(2)));
        assert_eq!(difference([900, 800]), "−100 µs");
    }

    #[test]
    fn a_trace_is_the_same_as_itself() {
        let a = trace(&[(0, 900), (1, 10)]);
        assert!(Comparison::of([&a, &a]).is_same());
    }
}
