//! What a client's program says it sent: one line of JSON on standard output.

use super::clients::Failure;
use crate::json::Read;
use serde_json::Value;

/// The orders that go well, as the programs ask for them; then the one that does not.
const ORDERS: [&str; 2] = ["1", "2"];
const BROKEN: &str = "broken";

/// A program's report.
#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    /// The library and its version.
    pub client: String,
    traces: [String; 2],
    broken: String,
}

impl Report {
    /// Reads a line; `None` for one that is no report.
    pub fn parse(line: &str) -> Option<Report> {
        let line = serde_json::from_str::<Value>(line).ok()?;
        let id = |id: &Value| Some(id.text().to_owned()).filter(|id| matches!(id.len(), 16 | 32));
        let [first, second] = line["traces"].items() else { return None };
        let client = line["client"].text().to_owned();
        Some(Report { client, traces: [id(first)?, id(second)?], broken: id(&line["broken"])? })
    }

    /// Its requests: trace, order, and how it failed.
    pub fn requests(&self, broken: Failure, good: Failure) -> impl Iterator<Item = (&str, &'static str, Failure)> {
        let good = self.traces.iter().zip(ORDERS).map(move |(id, order)| (id.as_str(), order, good));
        good.chain([(self.broken.as_str(), BROKEN, broken)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_told_from_other_lines() {
        let line = r#"{"client":"x 1.2","traces":["00000000000000aa","00000000000000bb"],"broken":"00000000000000cc"}"#;
        let report = Report::parse(line).unwrap();
        assert_eq!(report.client, "x 1.2");
        assert_eq!(Report::parse("Started Main in 2 seconds"), None);
        assert_eq!(Report::parse(&line.replace("00000000000000cc", "cc")), None);
        assert_eq!(Report::parse(&line.replace(r#","00000000000000bb""#, "")), None);
    }
}
