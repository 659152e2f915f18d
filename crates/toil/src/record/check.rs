//! What a record must be. One fact for each thing that can be wrong, whether it comes by HTTP, a file or a command.

use super::{Record, TEXT_CHARS_MAX, TITLE_CHARS_MAX};
use crate::entry::{Category, Class, Evidence};
use nines_base::{DurationUs, Timestamp};

/// Longest hands-on time of one entry: nobody works a day without end.
pub const ENTRY_MAX: DurationUs = DurationUs::from_secs(24 * 3600);

nines_base::catalogue! {
    /// What is wrong with a record.
    pub enum RecordFact {
        NotAnObject => { en: "an entry is a JSON object", ko: "항목은 JSON 객체여야 합니다" },
        UnknownField { name: String } => { en: "unknown field `{name}`", ko: "알 수 없는 필드 `{name}`" },
        Needed { name: &'static str } => { en: "`{name}` is needed", ko: "`{name}`이(가) 필요합니다" },
        NotTruth { name: &'static str } => {
            en: "`{name}` is neither true nor false",
            ko: "`{name}`이(가) true도 false도 아닙니다",
        },
        NotText { name: &'static str } => { en: "`{name}` is not text", ko: "`{name}`이(가) 문자열이 아닙니다" },
        TooLong { name: &'static str, chars: usize, chars_max: usize } => {
            en: "`{name}` has {chars} characters, more than {chars_max}",
            ko: "`{name}`이(가) {chars}자입니다. {chars_max}자까지입니다",
        },
        NotSeconds { name: &'static str } => {
            en: "`{name}` is not a number of seconds from 0 to 86400",
            ko: "`{name}`이(가) 0에서 86400 사이의 초가 아닙니다",
        },
        NotTime { name: &'static str, text: String } => {
            en: "`{name}`: `{text}` is not a time as RFC 3339, such as 2026-11-28T09:30:00Z",
            ko: "`{name}`: `{text}`은(는) RFC 3339 시각이 아닙니다 (예: 2026-11-28T09:30:00Z)",
        },
        NotCategory { text: String } => {
            en: "category `{text}` is none of business_process, interrupt, oncall, release, migration, capacity_cost, opaque_debug, other",
            ko: "분류 `{text}`은(는) business_process, interrupt, oncall, release, migration, capacity_cost, opaque_debug, other 중 하나가 아닙니다",
        },
        NotClass { text: String } => {
            en: "class `{text}` is none of toil, ops_novel, engineering",
            ko: "종류 `{text}`은(는) toil, ops_novel, engineering 중 하나가 아닙니다",
        },
        Overhead => {
            en: "overhead (meetings, expenses, reviews) is never toil and is not kept",
            ko: "관리 업무(회의, 경비, 평가)는 토일이 아니므로 기록하지 않습니다",
        },
        NotEvidence { text: String } => {
            en: "evidence `{text}` is none of A (timed), B (derived), C (imported), D (declared)",
            ko: "근거 `{text}`은(는) A(측정), B(추론), C(가져옴), D(신고) 중 하나가 아닙니다",
        },
        EndsBefore => { en: "it ends before it begins", ko: "끝이 시작보다 앞섭니다" },
        LastsTooLong => {
            en: "it lasts for more than 24 hours, and no hands-on time says less",
            ko: "24시간보다 길고, 더 짧은 실작업 시간이 없습니다",
        },
    }
}

/// Reads evidence; nothing is declared.
///
/// # Errors
/// [`RecordFact::NotEvidence`].
pub fn evidence(text: &str) -> Result<Evidence, RecordFact> {
    if text.is_empty() {
        return Ok(Evidence::Declared);
    }
    Evidence::parse(text).ok_or_else(|| RecordFact::NotEvidence { text: text.to_owned() })
}

/// Reads a category; nothing is other.
///
/// # Errors
/// [`RecordFact::NotCategory`].
pub fn category(text: &str) -> Result<Category, RecordFact> {
    if text.is_empty() {
        return Ok(Category::default());
    }
    Category::parse(text).ok_or_else(|| RecordFact::NotCategory { text: text.to_owned() })
}

/// Reads a class; nothing is none.
///
/// # Errors
/// [`RecordFact::Overhead`] or [`RecordFact::NotClass`].
pub fn class(text: &str) -> Result<Option<Class>, RecordFact> {
    match text {
        "" => Ok(None),
        "overhead" => Err(RecordFact::Overhead),
        text => Class::parse(text).map(Some).ok_or_else(|| RecordFact::NotClass { text: text.to_owned() }),
    }
}

/// Reads a time.
///
/// # Errors
/// [`RecordFact::NotTime`].
pub fn time(name: &'static str, text: &str) -> Result<Timestamp, RecordFact> {
    let time = text.parse::<jiff::Timestamp>();
    time.map(|time| Timestamp(time.as_microsecond())).map_err(|_| RecordFact::NotTime { name, text: text.to_owned() })
}

/// Reads seconds.
///
/// # Errors
/// [`RecordFact::NotSeconds`].
pub fn seconds(name: &'static str, seconds: f64) -> Result<DurationUs, RecordFact> {
    let most = ENTRY_MAX.0 as f64 / 1e6;
    if (0.0..=most).contains(&seconds) {
        Ok(DurationUs((seconds * 1e6).round() as i64))
    } else {
        Err(RecordFact::NotSeconds { name })
    }
}

/// Holds a text against the most characters it may have.
///
/// # Errors
/// [`RecordFact::TooLong`].
pub fn fits(name: &'static str, text: &str, chars_max: usize) -> Result<(), RecordFact> {
    let chars = text.chars().count();
    if chars > chars_max { Err(RecordFact::TooLong { name, chars, chars_max }) } else { Ok(()) }
}

/// Holds a record against what its fields must be together.
///
/// # Errors
/// The first that is not so.
pub fn check(record: &Record) -> Result<(), RecordFact> {
    let texts = [
        ("source", &record.source, TEXT_CHARS_MAX),
        ("extId", &record.ext_id, TEXT_CHARS_MAX),
        ("person", &record.person, TEXT_CHARS_MAX),
        ("team", &record.team, TEXT_CHARS_MAX),
        ("task", &record.task, TEXT_CHARS_MAX),
        ("link", &record.link, TEXT_CHARS_MAX),
        ("title", &record.title, TITLE_CHARS_MAX),
    ];
    for (name, text, chars_max) in texts {
        fits(name, text, chars_max)?;
    }
    for (name, text) in [("source", &record.source), ("extId", &record.ext_id), ("task", &record.task)] {
        if text.is_empty() {
            return Err(RecordFact::Needed { name });
        }
    }
    if record.attended.is_some_and(|attended| !(DurationUs(0)..=ENTRY_MAX).contains(&attended)) {
        return Err(RecordFact::NotSeconds { name: "attendedSeconds" });
    }
    let Some(end) = record.end else { return Ok(()) };
    let passed = end - record.start;
    if passed < DurationUs(0) {
        return Err(RecordFact::EndsBefore);
    }
    if passed > ENTRY_MAX && record.attended.is_none() {
        return Err(RecordFact::LastsTooLong);
    }
    Ok(())
}
