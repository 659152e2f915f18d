//! Jira's export as CSV: a row for each issue; fields of several values are several columns of one name. A worklog is
//! `COMMENT;WHEN;WHO;SECONDS`.

use super::{Issue, Worklog};
use crate::import::csv::{Table, digest, time_as};
use crate::import::effort::Untimed;
use crate::import::{Defaults, ImportFact, Imported, shortened};
use crate::record::TEXT_CHARS_MAX;
use crate::record::check;
use jiff::tz::TimeZone;
use nines_base::{DurationUs, Timestamp};

/// How Jira writes times, by its settings.
const FORMATS: [&str; 5] =
    ["%d/%b/%y %I:%M %p", "%d/%b/%y %H:%M", "%d/%b/%Y %I:%M %p", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"];

pub(super) fn read(
    bytes: &[u8],
    zone: Option<&TimeZone>,
    defaults: &Defaults,
    untimed: &mut Vec<Untimed>,
    imported: &mut Imported,
) -> Result<(), ImportFact> {
    let mut table = Table::open(bytes, None)?;
    let columns = Columns::of(&table.header)?;
    while let Some((line, row)) = table.next() {
        if imported.gives_up(line) {
            break;
        }
        match row.and_then(|row| columns.issue(&row, zone)) {
            Ok(issue) => issue.take(line, defaults, untimed, imported),
            Err(fact) => imported.refuse(line, fact),
        }
    }
    Ok(())
}

/// Where fields stand; several places where a field has several values.
struct Columns {
    key: usize,
    summary: Option<usize>,
    kind: Option<usize>,
    assignee: Option<usize>,
    resolved: Option<usize>,
    spent: Option<usize>,
    labels: Vec<usize>,
    worklogs: Vec<usize>,
}

impl Columns {
    fn of(header: &[String]) -> Result<Columns, ImportFact> {
        let places = |name: &'static str| {
            let named = header.iter().enumerate().filter(move |(_, column)| column.eq_ignore_ascii_case(name));
            named.map(|(place, _)| place)
        };
        let place = |name: &'static str| places(name).next();
        let Some(key) = place("Issue key").or(place("Key")) else {
            return Err(crate::import::csv::no_column("Issue key".to_owned(), header));
        };
        Ok(Columns {
            key,
            summary: place("Summary"),
            kind: place("Issue Type"),
            assignee: place("Assignee"),
            resolved: place("Resolved"),
            spent: place("Time Spent"),
            labels: places("Labels").chain(places("Component/s")).chain(places("Components")).collect(),
            worklogs: places("Log Work").collect(),
        })
    }

    fn issue(&self, row: &[String], zone: Option<&TimeZone>) -> Result<Issue, ImportFact> {
        let at = |place: usize| row.get(place).map_or("", String::as_str);
        let of = |place: Option<usize>| place.map_or("", at);
        let filled = |places: &[usize]| {
            let texts = places.iter().map(|place| at(*place)).filter(|text| !text.is_empty());
            texts.map(str::to_owned).collect::<Vec<String>>()
        };
        if at(self.key).is_empty() {
            return Err(ImportFact::Lacking { name: "Issue key" });
        }
        let resolved = of(self.resolved);
        Ok(Issue {
            key: shortened(at(self.key), TEXT_CHARS_MAX / 2),
            summary: of(self.summary).to_owned(),
            kind: of(self.kind).to_owned(),
            labels: filled(&self.labels),
            assignee: of(self.assignee).to_owned(),
            resolved: if resolved.is_empty() { None } else { Some(time("Resolved", resolved, zone)?) },
            worklogs: filled(&self.worklogs).iter().map(|text| worklog(text, zone)).collect(),
            spent: match of(self.spent) {
                "" => None,
                text => Some(seconds("Time Spent", text)?),
            },
            n_lacking: 0,
        })
    }
}

fn worklog(text: &str, zone: Option<&TimeZone>) -> Result<Worklog, ImportFact> {
    // A comment may have separators of its own: what matters is at the end.
    let mut parts = text.rsplitn(4, ';');
    let (Some(spent), Some(author), Some(when)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(ImportFact::NotThis { expected: "Log Work: COMMENT;WHEN;WHO;SECONDS" });
    };
    Ok(Worklog {
        id: digest(&[text.to_owned()]),
        author: author.trim().to_owned(),
        started: time("Log Work", when.trim(), zone)?,
        spent: seconds("Log Work", spent.trim())?,
    })
}

fn seconds(name: &'static str, text: &str) -> Result<DurationUs, ImportFact> {
    let seconds: f64 = text.parse().map_err(|_| ImportFact::NotNumber { name, text: text.to_owned() })?;
    Ok(check::seconds(name, seconds)?)
}

fn time(name: &'static str, text: &str, zone: Option<&TimeZone>) -> Result<Timestamp, ImportFact> {
    let formats = FORMATS.iter().find_map(|format| time_as(name, text, Some(format), zone).ok());
    match formats.or_else(|| check::time(name, text).ok()) {
        Some(time) => Ok(time),
        None => Err(ImportFact::NotFormat { name, text: text.to_owned(), format: FORMATS[0].to_owned() }),
    }
}
