//! Column maps: which column of an export is which field, in TOML.
//!
//! ```toml
//! separator = ";"                                  # else told from the header line
//! [columns]
//! task = "Issue type"
//! attended = { column = "Time Spent", unit = "min" }
//! start = { column = "Opened", format = "%d/%b/%y %H:%M", zone = "Asia/Seoul" }
//! [set]
//! team = "pay"                                     # where the column is empty or lacking
//! [values.category]
//! "Access request" = "business_process"
//! "*" = "other"                                    # everything else
//! ```
//!
//! What is not mapped has the column of its own name, if there is one.

use super::Imported;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A field of an entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum Field {
    Source,
    ExtId,
    Person,
    Team,
    Task,
    Title,
    Category,
    Class,
    Start,
    End,
    Attended,
    Evidence,
    Interrupt,
    Link,
}

impl Field {
    /// All with the names of their columns.
    pub const ALL: [(Field, &str); 14] = [
        (Field::Source, "source"),
        (Field::ExtId, "ext_id"),
        (Field::Person, "person"),
        (Field::Team, "team"),
        (Field::Task, "task"),
        (Field::Title, "title"),
        (Field::Category, "category"),
        (Field::Class, "class"),
        (Field::Start, "start"),
        (Field::End, "end"),
        (Field::Attended, "attended_s"),
        (Field::Evidence, "evidence"),
        (Field::Interrupt, "interrupt"),
        (Field::Link, "link"),
    ];

    /// Fields without which there is no entry.
    pub const NEEDED: [Field; 2] = [Field::Task, Field::Start];

    /// The name of its column.
    #[must_use]
    pub fn name(self) -> &'static str {
        Field::ALL.iter().find(|(field, _)| *field == self).map_or("", |(_, name)| name)
    }

    fn parse(text: &str) -> Option<Field> {
        let text = if text == "attended" { "attended_s" } else { text };
        Field::ALL.iter().find(|(_, name)| *name == text).map(|(field, _)| *field)
    }
}

/// What one of a column's numbers stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub enum Unit {
    #[default]
    Seconds,
    Minutes,
    Hours,
}

impl Unit {
    const ALL: [(Unit, &str); 3] = [(Unit::Seconds, "s"), (Unit::Minutes, "min"), (Unit::Hours, "h")];

    /// In seconds.
    #[must_use]
    pub fn seconds(self) -> f64 {
        match self {
            Unit::Seconds => 1.0,
            Unit::Minutes => 60.0,
            Unit::Hours => 3600.0,
        }
    }
}

/// A column as a field.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Column {
    /// Its name in the header.
    pub name: String,
    /// Of hands-on time: what its numbers are.
    pub unit: Unit,
    /// Of times: how they are written, as `strptime` says; RFC 3339 otherwise.
    pub format: Option<String>,
    /// Of times: where they are, if they do not say; UTC otherwise.
    pub zone: Option<TimeZone>,
}

/// Which column is which field.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ColumnMap {
    /// What separates fields; else told from the header.
    pub separator: Option<u8>,
    /// Columns that do not have the name of their field.
    pub columns: BTreeMap<Field, Column>,
    /// What a field is where nothing is said.
    pub set: BTreeMap<Field, String>,
    /// What a column's words are in ours; `*` is every other.
    pub values: BTreeMap<Field, BTreeMap<String, String>>,
}

nines_base::catalogue! {
    /// What is wrong with a column map.
    pub enum MapFact {
        NotToml { reason: String } => { en: "{reason}", ko: "TOML이 아닙니다: {reason}" },
        UnknownKey { key: String, of: &'static str } => {
            en: "`{key}` is none of {of}",
            ko: "`{key}`은(는) {of} 중 하나가 아닙니다",
        },
        UnknownKeyBut { key: String, nearest: String } => {
            en: "`{key}` is not known; did you mean `{nearest}`?",
            ko: "`{key}`을(를) 알 수 없습니다. `{nearest}`을(를) 뜻하셨습니까?",
        },
        NotText { key: String } => { en: "`{key}` is not a text", ko: "`{key}`이(가) 텍스트가 아닙니다" },
        NotTable { key: String } => { en: "`{key}` is not a table", ko: "`{key}`이(가) 테이블이 아닙니다" },
        NotSeparator { text: String } => {
            en: "`{text}` is not one character of ASCII",
            ko: "`{text}`은(는) ASCII 문자 하나가 아닙니다",
        },
        NotUnit { text: String } => { en: "`{text}` is none of s, min, h", ko: "`{text}`은(는) s, min, h 중 하나가 아닙니다" },
        NotZone { text: String } => {
            en: "`{text}` is no time zone, such as Asia/Seoul or UTC",
            ko: "`{text}`은(는) Asia/Seoul이나 UTC 같은 시간대가 아닙니다",
        },
        NoColumnName { key: String } => { en: "`{key}` does not name a `column`", ko: "`{key}`에 `column`이 없습니다" },
    }
}

/// A fault of a map, with its place.
#[derive(Clone, PartialEq, Debug)]
pub struct MapFault {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub fact: MapFact,
}

/// Fields as they are listed to whoever mistypes one.
const FIELDS: &str =
    "source, ext_id, person, team, task, title, category, class, start, end, attended, evidence, interrupt, link";

impl ColumnMap {
    /// Reads a map.
    ///
    /// # Errors
    /// Every fault of it.
    pub fn parse(text: &str) -> Result<ColumnMap, Vec<MapFault>> {
        let mut reader = Reader { text, faults: Vec::new() };
        let map = match DeTable::parse(text) {
            Ok(table) => reader.map(table.get_ref()),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                reader.fault(at, MapFact::NotToml { reason: error.message().to_owned() });
                ColumnMap::default()
            }
        };
        if reader.faults.is_empty() { Ok(map) } else { Err(reader.faults) }
    }

    /// The column of a field.
    #[must_use]
    pub fn column(&self, field: Field) -> Column {
        let named = || Column { name: field.name().to_owned(), ..Column::default() };
        self.columns.get(&field).cloned().unwrap_or_else(named)
    }

    /// What was imported without columns, in our words: persons, teams and tasks are called otherwise elsewhere.
    #[must_use]
    pub fn applied(&self, mut imported: Imported) -> Imported {
        let put = |field: Field, text: &mut String| *text = self.value(field, text).to_owned();
        for record in &mut imported.records {
            put(Field::Person, &mut record.person);
            put(Field::Team, &mut record.team);
            put(Field::Task, &mut record.task);
        }
        for page in &mut imported.pages {
            put(Field::Team, &mut page.team);
            if let Some((_, by)) = &mut page.acknowledged {
                put(Field::Person, by);
            }
        }
        imported
    }

    /// What a field is, given what its column says.
    #[must_use]
    pub fn value<'v>(&'v self, field: Field, said: &'v str) -> &'v str {
        let set = || self.set.get(&field).map_or("", String::as_str);
        let said = if said.is_empty() { set() } else { said };
        let Some(values) = self.values.get(&field) else { return said };
        values.get(said).or_else(|| values.get("*")).map_or(said, String::as_str)
    }
}

struct Reader<'t> {
    text: &'t str,
    faults: Vec<MapFault>,
}

type Node<'d> = Spanned<DeValue<'d>>;

impl Reader<'_> {
    fn fault(&mut self, at: usize, fact: MapFact) {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        self.faults.push(MapFault { line, column, fact });
    }

    fn unknown(&mut self, at: usize, key: &str, known: &[&str], of: &'static str) {
        let key = key.to_owned();
        let fact = match nearest(&key, known.iter().copied()) {
            Some(nearest) => MapFact::UnknownKeyBut { key, nearest: nearest.to_owned() },
            None => MapFact::UnknownKey { key, of },
        };
        self.fault(at, fact);
    }

    fn map(&mut self, table: &DeTable<'_>) -> ColumnMap {
        let mut map = ColumnMap::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "separator" => map.separator = self.separator(value),
                "columns" => {
                    let columns = self.fields("columns", value, Reader::column);
                    map.columns = columns;
                }
                "set" => map.set = self.fields("set", value, Reader::text),
                "values" => map.values = self.fields("values", value, Reader::words),
                unknown => self.unknown(
                    key.span().start,
                    unknown,
                    &["separator", "columns", "set", "values"],
                    "separator, columns, set, values",
                ),
            }
        }
        map
    }

    /// A table whose keys are fields.
    fn fields<V>(
        &mut self,
        name: &str,
        node: &Node<'_>,
        read: impl Fn(&mut Self, &str, &Node<'_>) -> Option<V>,
    ) -> BTreeMap<Field, V> {
        let DeValue::Table(table) = node.get_ref() else {
            self.fault(node.span().start, MapFact::NotTable { key: name.to_owned() });
            return BTreeMap::new();
        };
        let mut fields = BTreeMap::new();
        for (key, value) in table {
            let Some(field) = Field::parse(key.get_ref()) else {
                let names: Vec<&str> = Field::ALL.iter().map(|(_, name)| *name).collect();
                self.unknown(key.span().start, key.get_ref(), &names, FIELDS);
                continue;
            };
            if let Some(value) = read(self, key.get_ref(), value) {
                fields.insert(field, value);
            }
        }
        fields
    }

    fn text(&mut self, key: &str, node: &Node<'_>) -> Option<String> {
        match node.get_ref() {
            DeValue::String(text) => Some(text.clone().into_owned()),
            _ => {
                self.fault(node.span().start, MapFact::NotText { key: key.to_owned() });
                None
            }
        }
    }

    fn words(&mut self, key: &str, node: &Node<'_>) -> Option<BTreeMap<String, String>> {
        let DeValue::Table(table) = node.get_ref() else {
            self.fault(node.span().start, MapFact::NotTable { key: key.to_owned() });
            return None;
        };
        let word = |(word, ours): (&Spanned<_>, &Node<'_>), reader: &mut Self| {
            let word: &std::borrow::Cow<'_, str> = word.get_ref();
            Some((word.clone().into_owned(), reader.text(word, ours)?))
        };
        Some(table.iter().filter_map(|entry| word(entry, self)).collect())
    }

    fn separator(&mut self, node: &Node<'_>) -> Option<u8> {
        let text = self.text("separator", node)?;
        match text.as_bytes() {
            [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Some(*byte),
            _ => {
                self.fault(node.span().start, MapFact::NotSeparator { text });
                None
            }
        }
    }

    fn column(&mut self, key: &str, node: &Node<'_>) -> Option<Column> {
        let DeValue::Table(table) = node.get_ref() else {
            return self.text(key, node).map(|name| Column { name, ..Column::default() });
        };
        let mut column = Column::default();
        for (name, value) in table {
            let name_text = name.get_ref().as_ref();
            if !matches!(name_text, "column" | "unit" | "format" | "zone") {
                self.unknown(
                    name.span().start,
                    name_text,
                    &["column", "unit", "format", "zone"],
                    "column, unit, format, zone",
                );
                continue;
            }
            let Some(text) = self.text(name_text, value) else { continue };
            match name_text {
                "column" => column.name = text,
                "format" => column.format = Some(text),
                "unit" => match Unit::ALL.iter().find(|(_, name)| *name == text) {
                    Some((unit, _)) => column.unit = *unit,
                    None => self.fault(value.span().start, MapFact::NotUnit { text }),
                },
                _ => match TimeZone::get(&text) {
                    Ok(zone) => column.zone = Some(zone),
                    Err(_) => self.fault(value.span().start, MapFact::NotZone { text }),
                },
            }
        }
        if column.name.is_empty() {
            self.fault(node.span().start, MapFact::NoColumnName { key: key.to_owned() });
            return None;
        }
        Some(column)
    }
}

/// The name that somebody may have meant.
pub(super) fn nearest<'n>(text: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    const LIKENESS_MIN: f64 = 0.8; // below that a guess misleads more than it helps
    let like = |name: &str| strsim::jaro_winkler(&text.to_lowercase(), &name.to_lowercase());
    let best = names.map(|name| (like(name), name)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 >= LIKENESS_MIN).then_some(best.1)
}

#[cfg(test)]
mod tests;
