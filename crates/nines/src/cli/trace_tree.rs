//! A trace as a tree in the terminal: who, what, how long, when, and a bar for it.

use crate::words;
use nines_base::Lang;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

/// Columns of the bar.
const BAR_WIDTH: usize = 40;
/// Depth beyond which rows are no longer indented.
const DEPTH_SHOWN_MAX: usize = 20;

/// Renders the columnar answer of `GET /api/nines/v1/traces/{id}`.
pub fn render(trace: &Value, lang: Lang) -> String {
    let total_us = words::number(trace, "durationUs");
    let rows: Vec<Row> = read_rows(trace);
    let label_width = rows.iter().map(|row| row.label.width()).max().unwrap_or(0);
    let spans = words::count(words::number(trace, "spans"), lang);
    let errors = words::count(words::number(trace, "errors"), lang);
    let head = match lang {
        Lang::En => format!("{spans} spans, {errors} errors"),
        Lang::Ko => format!("스팬 {spans}개, 오류 {errors}개"),
    };
    let mut text = format!(
        "{}  {}  {}  {head}\n",
        words::text(trace, "traceId"),
        words::local_time(&words::text(trace, "start")),
        words::duration(total_us),
    );
    for row in &rows {
        let padding = " ".repeat(label_width - row.label.width());
        let bar = bar(row.start_us, row.duration_us, total_us);
        let mark = if row.error { "✖" } else { " " };
        text.push_str(&format!("{}{padding} {mark} {bar} {}\n", row.label, words::duration(row.duration_us)));
    }
    text
}

struct Row {
    label: String,
    start_us: u64,
    duration_us: u64,
    error: bool,
}

fn read_rows(trace: &Value) -> Vec<Row> {
    let column = |name: &str| trace["rows"][name].as_array().cloned().unwrap_or_default();
    let (depth, service, name) = (column("depth"), column("service"), column("name"));
    let (start, duration, error) = (column("startUs"), column("durationUs"), column("error"));
    let whole = |column: &[Value], row: usize| column.get(row).and_then(Value::as_u64).unwrap_or(0);
    let label = |row: usize| {
        let indent = "  ".repeat((whole(&depth, row) as usize).min(DEPTH_SHOWN_MAX));
        let service = words::text(&trace["services"][whole(&service, row) as usize], "name");
        let operation = trace["names"][whole(&name, row) as usize].as_str().unwrap_or_default();
        format!("{indent}{service} {operation}").trim_end().to_owned()
    };
    (0..depth.len())
        .map(|row| Row {
            label: label(row),
            start_us: whole(&start, row),
            duration_us: whole(&duration, row),
            error: whole(&error, row) != 0,
        })
        .collect()
}

fn bar(start_us: u64, duration_us: u64, total_us: u64) -> String {
    let total_us = total_us.max(1);
    let column = |us: u64| (u128::from(us) * BAR_WIDTH as u128 / u128::from(total_us)) as usize;
    let from = column(start_us).min(BAR_WIDTH - 1);
    let to = column(start_us.saturating_add(duration_us)).clamp(from + 1, BAR_WIDTH);
    format!("{}{}{}", "·".repeat(from), "━".repeat(to - from), "·".repeat(BAR_WIDTH - to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_tree_shows_depth_time_and_errors() {
        let trace = json!({
            "traceId": "000000000000000a", "start": "1970-01-01T00:00:00Z", "durationUs": 1000, "spans": 2, "errors": 1,
            "services": [{"name": "web"}, {"name": "api"}], "names": ["get /a", "get /b"],
            "rows": {"depth": [0, 1], "service": [0, 1], "name": [0, 1], "startUs": [0, 500], "durationUs": [1000, 250], "error": [0, 1]},
        });
        let text = render(&trace, Lang::En);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].ends_with("1 ms  2 spans, 1 errors"), "{}", lines[0]);
        assert!(lines[1].starts_with("web get /a     ") && lines[1].ends_with(" 1 ms"));
        assert!(lines[2].starts_with("  api get /b ✖ ····················━━━━━━━━━━··········"));
    }
}
