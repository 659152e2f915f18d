//! Writing a file's tree in the canonical way.

use super::order;
use super::read::{Comment, Document, Holds, Scalar, Tree, Written};
use saphyr_parser::ScalarStyle;

/// Longest line of a collection in braces: a metric source with its filter fits.
const LINE_CHARS_MAX: usize = 160;

/// The documents as YAML.
pub(super) fn yaml(written: &Written) -> String {
    let mut writer =
        Writer { comments: &written.comments, empty_lines: &written.empty_lines, told: 0, text: String::new() };
    let documents: Vec<&Document> = written.documents.iter().filter(|document| !is_null(&document.root)).collect();
    for (nth, document) in documents.iter().enumerate() {
        if nth > 0 {
            writer.comments_before(document.line, 0);
            writer.text.push_str("---\n");
        }
        writer.comments_before(document.root.line, 0);
        writer.block(&document.root, 0, true);
    }
    writer.comments_before(usize::MAX, 0);
    writer.text
}

fn is_null(tree: &Tree) -> bool {
    matches!(&tree.holds, Holds::Scalar(scalar) if scalar.style == ScalarStyle::Plain && scalar.source.is_empty())
}

struct Writer<'w> {
    comments: &'w [Comment],
    empty_lines: &'w [usize],
    /// How many comments are written.
    told: usize,
    text: String,
}

impl Writer<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// Comments on lines before this one, each on a line of its own.
    fn comments_before(&mut self, line: usize, depth: usize) {
        while let Some(comment) = self.comments.get(self.told).filter(|comment| comment.line < line) {
            self.empty_line_before(comment.line);
            self.line(depth, &comment.text);
            self.told += 1;
        }
    }

    /// An empty line where the file has one before this line, but not at the beginning.
    fn empty_line_before(&mut self, line: usize) {
        let has_one = line > 1 && self.empty_lines.binary_search(&(line - 1)).is_ok();
        if has_one && !self.text.is_empty() && !self.text.ends_with("\n\n") && !self.text.ends_with("---\n") {
            self.text.push('\n');
        }
    }

    /// The comment behind what ends on this line, put behind what was written last.
    fn trailing(&mut self, line: usize) {
        let Some(comment) = self.comments.get(self.told).filter(|comment| comment.line == line && comment.is_trailing)
        else {
            return;
        };
        if self.text.ends_with('\n') {
            self.text.pop();
        }
        self.text.push_str("  ");
        self.text.push_str(&comment.text);
        self.text.push('\n');
        self.told += 1;
    }

    /// Whether a comment stands inside these lines, but for one behind the last.
    fn has_comment_inside(&self, tree: &Tree) -> bool {
        let inside = |comment: &Comment| (tree.line..tree.last_line).contains(&comment.line);
        self.comments[self.told..].iter().any(inside)
    }

    /// A node on lines of its own; `is_ordered` says whether its keys are fields of ours.
    fn block(&mut self, tree: &Tree, depth: usize, is_ordered: bool) {
        match &tree.holds {
            Holds::Mapping { entries, .. } if !entries.is_empty() => self.mapping(entries, depth, is_ordered, false),
            Holds::List { items, .. } if !items.is_empty() => self.list(items, depth, false),
            _ => {
                let text = flow(tree);
                self.line(depth, &text);
                self.trailing(tree.last_line);
            }
        }
    }

    /// Keys with values. The first one stands behind a `- ` that is written already where `is_item`.
    fn mapping(&mut self, entries: &[(Tree, Tree)], depth: usize, is_ordered: bool, is_item: bool) {
        let mut sorted: Vec<&(Tree, Tree)> = entries.iter().collect();
        // Comments are written in their order: where one stands between the keys, so are they.
        let (first, last) = (entries[0].0.line, entries[entries.len() - 1].1.last_line);
        let has_comment =
            self.comments[self.told..].iter().any(|comment| (first..last.max(first + 1)).contains(&comment.line));
        if is_ordered && !has_comment {
            sorted.sort_by_key(|(key, _)| order::place(key_text(key)));
        }
        let siblings: Vec<&str> = entries.iter().map(|(key, _)| key_text(key)).collect();
        for (nth, (key, value)) in sorted.into_iter().enumerate() {
            let is_behind_dash = is_item && nth == 0;
            if !is_behind_dash {
                self.comments_before(key.line, depth);
                self.empty_line_before(key.line);
                self.text.push_str(&"  ".repeat(depth));
            }
            self.text.push_str(&flow(key));
            self.text.push(':');
            self.value(value, key.line, depth, is_ordered && order::is_ordered(key_text(key), &siblings));
        }
    }

    /// What follows a key's colon.
    fn value(&mut self, value: &Tree, key_line: usize, depth: usize, is_ordered: bool) {
        if let Some(text) = self.one_line(value, depth) {
            let separator = if text.is_empty() { "" } else { " " };
            self.text.push_str(&format!("{separator}{text}\n"));
            self.trailing(value.last_line.max(key_line));
            return;
        }
        if let Holds::Scalar(scalar) = &value.holds {
            self.text.push(' ');
            self.block_scalar(scalar, depth + 1);
            return;
        }
        self.text.push('\n');
        self.trailing(key_line);
        self.block(value, depth + 1, is_ordered);
    }

    /// Where a list is an item of a list, nobody knows the lines of their dashes: no empty line is kept there.
    fn list(&mut self, items: &[Tree], depth: usize, is_item: bool) {
        for (number, item) in items.iter().enumerate() {
            self.comments_before(item.line, depth);
            let is_list = matches!(item.holds, Holds::List { .. });
            let is_first_of_item = is_item && number == 0;
            if !is_list && !is_first_of_item {
                self.empty_line_before(item.line);
            }
            self.text.push_str(&"  ".repeat(depth));
            self.text.push_str("- ");
            if let Some(text) = self.one_line(item, depth + 1) {
                self.text.push_str(&text);
                self.text.push('\n');
                self.trailing(item.last_line);
                continue;
            }
            match &item.holds {
                Holds::Mapping { entries, .. } => self.mapping(entries, depth + 1, true, true),
                Holds::Scalar(scalar) => self.block_scalar(scalar, depth + 1),
                Holds::List { items, .. } => {
                    // A list in a list: on lines of its own, below the dash.
                    self.text.truncate(self.text.trim_end_matches(' ').len());
                    self.text.push('\n');
                    self.list(items, depth + 1, true);
                }
            }
        }
    }

    /// A value that fits the line: a scalar of one line, or what was written in braces and is short.
    fn one_line(&self, tree: &Tree, depth: usize) -> Option<String> {
        match &tree.holds {
            Holds::Scalar(scalar) => (!is_block(scalar)).then(|| spelling(scalar)),
            Holds::List { items, is_flow } => {
                (items.is_empty() || (*is_flow && self.fits(tree, depth))).then(|| flow(tree))
            }
            Holds::Mapping { entries, is_flow } => {
                (entries.is_empty() || (*is_flow && self.fits(tree, depth))).then(|| flow(tree))
            }
        }
    }

    fn fits(&self, tree: &Tree, depth: usize) -> bool {
        // What stands before it on its line.
        let before = self.text.rsplit('\n').next().unwrap_or_default().chars().count().max(2 * depth);
        !self.has_comment_inside(tree) && !has_block(tree) && before + 1 + flow(tree).chars().count() <= LINE_CHARS_MAX
    }

    /// A text of several lines behind `|` or `>`, moved to its depth.
    fn block_scalar(&mut self, scalar: &Scalar, depth: usize) {
        let mut lines = scalar.source.lines();
        let header = lines.next().unwrap_or_default().trim_end();
        let body: Vec<&str> = lines.collect();
        let indent = body.iter().filter(|line| !line.trim().is_empty()).map(|line| indent_of(line)).min().unwrap_or(0);
        self.text.push_str(header);
        self.text.push('\n');
        for line in body {
            let line = line.get(indent..).unwrap_or_default().trim_end_matches('\r');
            if line.is_empty() { self.text.push('\n') } else { self.line(depth, line) }
        }
    }
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn key_text(key: &Tree) -> &str {
    match &key.holds {
        Holds::Scalar(scalar) => &scalar.text,
        _ => "",
    }
}

fn is_block(scalar: &Scalar) -> bool {
    matches!(scalar.style, ScalarStyle::Literal | ScalarStyle::Folded)
}

fn has_block(tree: &Tree) -> bool {
    match &tree.holds {
        Holds::Scalar(scalar) => is_block(scalar),
        Holds::List { items, .. } => items.iter().any(has_block),
        Holds::Mapping { entries, .. } => entries.iter().any(|(key, value)| has_block(key) || has_block(value)),
    }
}

/// A scalar on one line: as it is spelt, unless that takes several.
fn spelling(scalar: &Scalar) -> String {
    if scalar.source.lines().count() <= 1 { scalar.source.clone() } else { quoted(&scalar.text) }
}

/// A text in double quotes, as JSON has it and YAML reads it.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            letter if (letter as u32) < 0x20 || (0x7f..0xa0).contains(&(letter as u32)) => {
                quoted.push_str(&format!("\\u{:04x}", letter as u32));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// A node on one line.
fn flow(tree: &Tree) -> String {
    let joined = |parts: Vec<String>| parts.join(", ");
    match &tree.holds {
        Holds::Scalar(scalar) if is_block(scalar) => quoted(&scalar.text),
        Holds::Scalar(scalar) => spelling(scalar),
        Holds::List { items, .. } if items.is_empty() => "[]".to_owned(),
        Holds::Mapping { entries, .. } if entries.is_empty() => "{}".to_owned(),
        Holds::List { items, .. } => {
            let is_nested = items.iter().any(|item| !matches!(item.holds, Holds::Scalar(_)));
            let text = joined(items.iter().map(flow).collect());
            if is_nested { format!("[ {text} ]") } else { format!("[{text}]") }
        }
        Holds::Mapping { entries, .. } => {
            let entry = |(key, value): &(Tree, Tree)| {
                let value = flow(value);
                let separator = if value.is_empty() { "" } else { " " };
                format!("{}:{separator}{value}", flow(key))
            };
            format!("{{ {} }}", joined(entries.iter().map(entry).collect()))
        }
    }
}

/// The documents as JSON: one, or a list of them.
pub(super) fn json(written: &Written) -> String {
    let mut text = String::new();
    match written.documents.as_slice() {
        [document] => json_value(&document.root, 0, &mut text),
        several => json_list(several.iter().map(|document| &document.root), 0, &mut text),
    }
    text + "\n"
}

fn json_value(tree: &Tree, depth: usize, text: &mut String) {
    match &tree.holds {
        Holds::Scalar(scalar) => text.push_str(&json_scalar(scalar)),
        Holds::List { items, .. } => json_list(items.iter(), depth, text),
        Holds::Mapping { entries, .. } if entries.is_empty() => text.push_str("{}"),
        Holds::Mapping { entries, .. } => {
            text.push_str("{\n");
            for (nth, (key, value)) in entries.iter().enumerate() {
                text.push_str(&format!("{}{}: ", "  ".repeat(depth + 1), quoted(key_text(key))));
                json_value(value, depth + 1, text);
                text.push_str(if nth + 1 < entries.len() { ",\n" } else { "\n" });
            }
            text.push_str(&format!("{}}}", "  ".repeat(depth)));
        }
    }
}

fn json_list<'t>(items: impl ExactSizeIterator<Item = &'t Tree>, depth: usize, text: &mut String) {
    if items.len() == 0 {
        text.push_str("[]");
        return;
    }
    let last = items.len() - 1;
    text.push_str("[\n");
    for (nth, item) in items.enumerate() {
        text.push_str(&"  ".repeat(depth + 1));
        json_value(item, depth + 1, text);
        text.push_str(if nth < last { ",\n" } else { "\n" });
    }
    text.push_str(&format!("{}]", "  ".repeat(depth)));
}

/// Numbers, booleans and null as written, texts in quotes.
fn json_scalar(scalar: &Scalar) -> String {
    match (scalar.style, scalar.source.as_str()) {
        (ScalarStyle::Plain, "") => "null".to_owned(),
        (ScalarStyle::Plain, bare) if is_json_number(bare) || ["true", "false", "null"].contains(&bare) => {
            bare.to_owned()
        }
        _ => quoted(&scalar.text),
    }
}

/// Whether JSON takes the text for a number.
fn is_json_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let is_shaped = unsigned.starts_with(|letter: char| letter.is_ascii_digit()) && !unsigned.ends_with('.');
    let has_leading_zero =
        unsigned.len() > 1 && unsigned.starts_with('0') && !unsigned[1..].starts_with(['.', 'e', 'E']);
    is_shaped && !has_leading_zero && super::super::quantity::Decimal::parse(text).is_some()
}
