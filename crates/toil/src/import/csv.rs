//! CSV as spreadsheets and ticket systems export it: a header line, then a row for each entry.
//!
//! A row that cannot be taken is refused with the line it begins on, and the others are taken. Rows without an id are known
//! again by their content, so that the same file twice is all duplicates.

use super::columns::{Column, ColumnMap, Field, nearest};
use super::documents::{Lines, is_utf_16};
use super::effort::{self, Untimed};
use super::{Defaults, ImportFact, Imported};
use crate::entry::Evidence;
use crate::record::{Record, check};
use csv::ByteRecord;
use jiff::tz::TimeZone;
use nines_base::{DurationUs, Timestamp};

/// The source of rows that name none.
pub const SOURCE: &str = "csv";

/// Separators that a header is looked through for.
const SEPARATORS: [u8; 4] = *b",;\t|";

/// Rows that may swallow the rest of a file: each costs reading it again.
const UNCLOSED_MAX: usize = 20;

/// Names of columns that are listed to whoever mistypes one.
const NAMES_SHOWN_MAX: usize = 20;

/// Reads rows.
///
/// # Errors
/// What is wrong with the file as a whole: no header, a column that is needed and not there.
pub fn read(bytes: &[u8], map: &ColumnMap, defaults: &Defaults) -> Result<Imported, ImportFact> {
    if is_utf_16(bytes) {
        return Err(ImportFact::Utf16);
    }
    let mut table = Table::open(bytes, map.separator)?;
    let header = Header::of(&table.header, map)?;
    let mut imported = Imported::default();
    let mut untimed = Vec::new();
    while let Some((line, row)) = table.next() {
        if imported.gives_up(line) {
            break;
        }
        match row.and_then(|row| header.record(&row, map, defaults)) {
            Ok(record) if is_untimed(&record) => untimed.push(Untimed { line, record }),
            record => imported.take(line, record),
        }
    }
    effort::resolve(untimed, defaults, &mut imported);
    Ok(imported.in_order())
}

/// Whether nothing tells how long it took. What is linked needs no time of its own: it may be a part of what it is linked to.
fn is_untimed(record: &Record) -> bool {
    record.end.is_none() && record.attended.is_none() && record.link.is_empty()
}

/// Rows of a file after its header, with the lines they begin on.
pub(super) struct Table<'b> {
    /// Names of columns.
    pub header: Vec<String>,
    reader: csv::Reader<&'b [u8]>,
    separator: u8,
    bytes: &'b [u8],
    /// Where the reader began to read.
    base: usize,
    lines: Lines,
    n_unclosed: usize,
}

impl<'b> Table<'b> {
    /// Reads the header.
    ///
    /// # Errors
    /// There is none.
    pub fn open(bytes: &'b [u8], separator: Option<u8>) -> Result<Table<'b>, ImportFact> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let separator = separator.unwrap_or_else(|| separator_of(bytes));
        let mut reader = reader(bytes, separator);
        let mut header = ByteRecord::new();
        if !reader.read_byte_record(&mut header).unwrap_or(false) {
            return Err(ImportFact::NoHeader);
        }
        let header = header.iter().map(|name| std::str::from_utf8(name).map(|name| name.trim().to_owned()));
        let header: Vec<String> = header.collect::<Result<_, _>>().map_err(|_| ImportFact::NotUtf8)?;
        if header.iter().all(String::is_empty) {
            return Err(ImportFact::NoHeader);
        }
        Ok(Table { header, reader, separator, bytes, base: 0, lines: Lines::default(), n_unclosed: 0 })
    }

    /// The next row that says anything, with the line it begins on.
    pub fn next(&mut self) -> Option<(usize, Result<Vec<String>, ImportFact>)> {
        loop {
            let before = self.position();
            let mut row = ByteRecord::new();
            let read = self.reader.read_byte_record(&mut row);
            // The reader counts from before empty lines.
            let empty = self.bytes[before..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let from = before + empty;
            let line = self.lines.at(self.bytes, from);
            match read {
                Ok(false) => return None,
                Err(error) => return Some((line, Err(ImportFact::NotCsv { reason: error.to_string() }))),
                Ok(true) if self.is_unclosed(from, &row) => {
                    self.go_on_after_the_line_of(from);
                    return Some((line, Err(ImportFact::Unclosed)));
                }
                Ok(true) if row.iter().all(|field| field.trim_ascii().is_empty()) => {}
                Ok(true) => return Some((line, self.texts(&row))),
            }
        }
    }

    fn position(&self) -> usize {
        let read = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        self.base.saturating_add(read).min(self.bytes.len())
    }

    /// Whether a row took everything up to the end of the file for a part of a quoted field.
    fn is_unclosed(&self, from: usize, row: &ByteRecord) -> bool {
        self.n_unclosed < UNCLOSED_MAX
            && self.position() == self.bytes.len()
            && row.iter().any(|field| field.contains(&b'\n'))
            && self.bytes[from..].iter().filter(|byte| **byte == b'"').count() % 2 == 1
    }

    fn go_on_after_the_line_of(&mut self, from: usize) {
        let end = self.bytes[from..].iter().position(|byte| *byte == b'\n');
        self.base = end.map_or(self.bytes.len(), |end| from + end + 1);
        self.reader = reader(&self.bytes[self.base..], self.separator);
        self.n_unclosed += 1;
    }

    fn texts(&self, row: &ByteRecord) -> Result<Vec<String>, ImportFact> {
        let (n_fields, n_columns) = (row.len(), self.header.len());
        // Spreadsheets end rows early, or with separators that stand for nothing.
        let beyond = row.iter().skip(n_columns).any(|field| !field.is_empty());
        if beyond || n_fields < n_columns.min(2) {
            return Err(ImportFact::Fields { n_fields, n_columns });
        }
        let text = |field: &[u8]| std::str::from_utf8(field).map(|text| text.trim().to_owned());
        row.iter().map(text).collect::<Result<_, _>>().map_err(|_| ImportFact::NotUtf8)
    }
}

fn reader(bytes: &[u8], separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(bytes)
}

/// What separates the names of the header: whichever there are most of outside of quotes.
fn separator_of(bytes: &[u8]) -> u8 {
    let mut counts = [0usize; SEPARATORS.len()];
    let mut is_quoted = false;
    for byte in bytes {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\r' | b'\n' if !is_quoted => break,
            byte if !is_quoted => {
                if let Some(at) = SEPARATORS.iter().position(|separator| separator == byte) {
                    counts[at] += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let first = counts.iter().position(|count| *count == most).unwrap_or(0);
    SEPARATORS[first]
}

/// Where each field stands.
struct Header {
    fields: [Option<(usize, Column)>; Field::ALL.len()],
}

impl Header {
    fn of(names: &[String], map: &ColumnMap) -> Result<Header, ImportFact> {
        let mut fields = [const { None }; Field::ALL.len()];
        for (at, (field, _)) in Field::ALL.into_iter().enumerate() {
            let column = map.column(field);
            let mut places = names.iter().enumerate().filter(|(_, name)| name.eq_ignore_ascii_case(&column.name));
            let place = places.next().map(|(place, _)| place);
            if places.next().is_some() {
                return Err(ImportFact::TwoColumns { name: column.name });
            }
            let is_wanted = map.columns.contains_key(&field);
            let is_needed = Field::NEEDED.contains(&field) && !map.set.contains_key(&field);
            match place {
                Some(place) => fields[at] = Some((place, column)),
                None if is_wanted || is_needed => return Err(no_column(column.name, names)),
                None => {}
            }
        }
        Ok(Header { fields })
    }

    /// What a row says of a field.
    fn said<'v>(&self, field: Field, row: &'v [String], map: &'v ColumnMap) -> &'v str {
        let place = self.fields[field as usize].as_ref().map(|(place, _)| *place);
        map.value(field, place.and_then(|place| row.get(place)).map_or("", String::as_str))
    }

    fn record(&self, row: &[String], map: &ColumnMap, defaults: &Defaults) -> Result<Record, ImportFact> {
        let said = |field: Field| self.said(field, row, map);
        let or = |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
        let class = check::class(said(Field::Class))?;
        let category = check::category(said(Field::Category))?;
        let start = self.time(Field::Start, row, map)?.ok_or(check::RecordFact::Needed { name: "start" })?;
        let end = self.time(Field::End, row, map)?;
        let attended = self.attended(row, map)?;
        // A record of work somebody kept, unless it says how it is known.
        let evidence = match said(Field::Evidence) {
            "" => Evidence::Imported,
            text => check::evidence(text)?,
        };
        Ok(Record {
            source: or(said(Field::Source), SOURCE),
            ext_id: or(said(Field::ExtId), &digest(row)),
            person: said(Field::Person).to_owned(),
            team: or(said(Field::Team), &defaults.team),
            task: said(Field::Task).to_owned(),
            title: super::title(said(Field::Title)),
            category,
            class,
            start,
            end,
            attended,
            is_floating: false,
            evidence,
            interrupt: truth(said(Field::Interrupt))?,
            link: said(Field::Link).to_owned(),
        })
    }

    fn time(&self, field: Field, row: &[String], map: &ColumnMap) -> Result<Option<Timestamp>, ImportFact> {
        let text = self.said(field, row, map);
        if text.is_empty() {
            return Ok(None);
        }
        let column = self.fields[field as usize].as_ref().map(|(_, column)| column);
        let (format, zone) = column.map_or((None, None), |column| (column.format.as_deref(), column.zone.as_ref()));
        time_as(field.name(), text, format, zone).map(Some)
    }

    fn attended(&self, row: &[String], map: &ColumnMap) -> Result<Option<DurationUs>, ImportFact> {
        const NAME: &str = Field::ALL[Field::Attended as usize].1;
        let text = self.said(Field::Attended, row, map);
        if text.is_empty() {
            return Ok(None);
        }
        let unit = self.fields[Field::Attended as usize].as_ref().map_or(1.0, |(_, column)| column.unit.seconds());
        let number: f64 = text.parse().map_err(|_| ImportFact::NotNumber { name: NAME, text: text.to_owned() })?;
        Ok(Some(check::seconds(NAME, number * unit)?))
    }
}

/// Reads a time: RFC 3339, or as a format says; where it does not say where, in a zone, or UTC.
pub(super) fn time_as(
    name: &'static str,
    text: &str,
    format: Option<&str>,
    zone: Option<&TimeZone>,
) -> Result<Timestamp, ImportFact> {
    let micros = |time: jiff::Timestamp| Timestamp(time.as_microsecond());
    let local = |time: jiff::civil::DateTime| {
        let zoned = time.to_zoned_datetime(zone.cloned().unwrap_or(TimeZone::UTC));
        zoned.map(|zoned| micros(zoned.timestamp()))
    };
    let Some(format) = format else {
        // A zone says that times may come without an offset.
        return check::time(name, text).or_else(|fact| match zone {
            Some(_) => text.parse().and_then(local).map_err(|_| fact.into()),
            None => Err(fact.into()),
        });
    };
    let broken = jiff::fmt::strtime::parse(format, text);
    let time = broken.and_then(|broken| match broken.to_timestamp() {
        Ok(time) => Ok(micros(time)),
        Err(_) => broken.to_datetime().or_else(|_| broken.to_date().map(|date| date.at(0, 0, 0, 0))).and_then(local),
    });
    time.map_err(|_| ImportFact::NotFormat { name, text: text.to_owned(), format: format.to_owned() })
}

fn truth(text: &str) -> Result<bool, ImportFact> {
    match text.to_ascii_lowercase().as_str() {
        "" | "false" | "no" | "n" | "0" => Ok(false),
        "true" | "yes" | "y" | "1" => Ok(true),
        _ => Err(ImportFact::NotTruth { name: "interrupt", text: text.to_owned() }),
    }
}

/// By what a row without an id is known again.
pub(super) fn digest(row: &[String]) -> String {
    let mut hasher = blake3::Hasher::new();
    for field in row {
        hasher.update(&(field.len() as u64).to_le_bytes()).update(field.as_bytes());
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

pub(super) fn no_column(name: String, names: &[String]) -> ImportFact {
    match nearest(&name, names.iter().map(String::as_str)) {
        Some(nearest) => ImportFact::NoColumnBut { nearest: nearest.to_owned(), name },
        None => {
            let has = names.iter().take(NAMES_SHOWN_MAX).cloned().collect::<Vec<_>>().join(", ");
            ImportFact::NoColumn { name, has }
        }
    }
}

#[cfg(test)]
mod tests;
