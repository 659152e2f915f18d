//! Data to stdout: a table for people, or JSON, YAML, one JSON a line for programs.

use serde_json::Value;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// `-o`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Table,
    /// A table with every column.
    Wide,
    /// One JSON document.
    Json,
    /// One YAML document.
    Yaml,
    /// One JSON item a line.
    Ndjson,
}

impl Format {
    /// Whether people read it.
    pub fn is_table(self) -> bool {
        matches!(self, Format::Table | Format::Wide)
    }
}

/// Writes to stdout. `false` once nobody reads it any more, which is no failure: the command goes on, and its
/// exit code stays its own.
pub fn print(text: &str) -> bool {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_ok()
}

/// Writes a document in a form for programs. `ndjson` writes the `items` where there are any.
pub fn write_document(format: Format, document: &Value) {
    print(&match format {
        Format::Yaml => yaml(document),
        Format::Ndjson => match document.get("items").and_then(Value::as_array) {
            Some(items) => items.iter().map(|item| format!("{item}\n")).collect(),
            None => format!("{document}\n"),
        },
        Format::Json | Format::Table | Format::Wide => format!("{document:#}\n"),
    });
}

/// A table without borders: columns padded to their widest cell, numbers to the right.
#[derive(Default, Debug)]
pub struct Table {
    header: Vec<String>,
    right: Vec<bool>,
    rows: Vec<Vec<String>>,
    painted: bool,
}

/// A text in the colour of the mark it begins with; the mark says the same without colour.
pub fn paint(text: &str, painted: bool) -> String {
    let code = match text.chars().next() {
        Some('●') => "32",
        Some('▲') => "33",
        Some('✖') => "31",
        Some('◌') => "2",
        _ => return text.to_owned(),
    };
    if painted { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

/// Blanks between columns.
const GAP: usize = 2;

impl Table {
    /// A table with these columns; a name that starts with `>` is right-aligned.
    pub fn new(columns: &[&str]) -> Table {
        Table {
            header: columns.iter().map(|name| name.trim_start_matches('>').to_owned()).collect(),
            right: columns.iter().map(|name| name.starts_with('>')).collect(),
            rows: Vec::new(),
            painted: false,
        }
    }

    /// The same table with marked cells in colour.
    pub fn in_color(self, painted: bool) -> Table {
        Table { painted, ..self }
    }

    /// Adds a row; cells beyond the columns are dropped. Names come from anywhere: one that would command the terminal, or
    /// break the line, shows where it would as `�`.
    pub fn row(&mut self, cells: Vec<String>) {
        let shown =
            |cell: String| if cell.contains(char::is_control) { cell.replace(char::is_control, "�") } else { cell };
        self.rows.push(cells.into_iter().map(shown).collect());
    }

    /// Whether no row was added.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table as text.
    pub fn render(&self) -> String {
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.chain(self.header.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.header.len()).map(width).collect();
        let mut text = self.line(&self.header, &widths);
        for row in &self.rows {
            text.push_str(&self.line(row, &widths));
        }
        text
    }

    fn line(&self, cells: &[String], widths: &[usize]) -> String {
        let mut line = String::new();
        for (column, width) in widths.iter().enumerate() {
            let cell = cells.get(column).map(String::as_str).unwrap_or_default();
            let padding = " ".repeat(width - cell.width().min(*width));
            let (before, after) = if self.right[column] { (padding.as_str(), "") } else { ("", padding.as_str()) };
            line.push_str(before);
            line.push_str(&paint(cell, self.painted));
            line.push_str(after);
            line.push_str(&" ".repeat(GAP));
        }
        line.truncate(line.trim_end().len());
        line.push('\n');
        line
    }
}

/// A JSON value as block YAML. Texts are written as JSON strings, which YAML reads as the same texts.
fn yaml(value: &Value) -> String {
    let mut text = String::new();
    write_yaml(value, 0, &mut text);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn write_yaml(value: &Value, depth: usize, text: &mut String) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (position, (key, member)) in members.iter().enumerate() {
                if position > 0 {
                    text.push_str(&"  ".repeat(depth));
                }
                text.push_str(&format!("{}:", Value::String(key.clone())));
                write_yaml_child(member, depth + 1, text);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (position, item) in items.iter().enumerate() {
                if position > 0 {
                    text.push_str(&"  ".repeat(depth));
                }
                text.push_str("- ");
                write_yaml(item, depth + 1, text);
                end_line(text);
            }
        }
        scalar => text.push_str(&scalar.to_string()),
    }
}

fn write_yaml_child(child: &Value, depth: usize, text: &mut String) {
    let is_block = match child {
        Value::Object(members) => !members.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    };
    if is_block {
        text.push('\n');
        text.push_str(&"  ".repeat(depth));
    } else {
        text.push(' ');
    }
    write_yaml(child, depth, text);
    end_line(text);
}

fn end_line(text: &mut String) {
    if !text.ends_with('\n') {
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_name_in_a_table_commands_no_terminal_and_breaks_no_line() {
        let mut table = Table::new(&["NAME"]);
        table.row(vec!["a\x1b[31mb\nc".into()]);
        assert_eq!(table.render(), "NAME\na�[31mb�c\n");
    }

    #[test]
    fn columns_align_by_display_width() {
        let mut table = Table::new(&["NAME", ">BUDGET"]);
        table.row(vec!["프로필".into(), "12%".into()]);
        table.row(vec!["api".into(), "-118%".into()]);
        assert_eq!(table.render(), "NAME    BUDGET\n프로필     12%\napi      -118%\n");
    }

    #[test]
    fn yaml_nests_by_indentation() {
        let document =
            json!({"items": [{"name": "a", "burn": {"1h": 2.5, "6h": null}}, {"name": "b", "burn": {}}], "next": null});
        let expected = "\"items\":\n  - \"name\": \"a\"\n    \"burn\":\n      \"1h\": 2.5\n      \"6h\": null\n  - \"name\": \"b\"\n    \"burn\": {}\n\"next\": null\n";
        assert_eq!(yaml(&document), expected);
    }
}
