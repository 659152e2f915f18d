//! Why something of an export is not taken, and what is not meant to be.

use crate::record::check::RecordFact;
use nines_base::lang::{Lang, Message};

nines_base::catalogue! {
    /// What is wrong with a row, an object or a whole export.
    pub enum ImportFact {
        Record { fact: Both } => { en: "{fact}", ko: "{fact:#}" },
        NoHeader => { en: "there is no header line", ko: "머리글 줄이 없습니다" },
        Utf16 => { en: "it is UTF-16; save it as UTF-8", ko: "UTF-16입니다. UTF-8로 저장하십시오" },
        NotUtf8 => { en: "it is not UTF-8", ko: "UTF-8이 아닙니다" },
        TwoColumns { name: String } => { en: "two columns are named `{name}`", ko: "`{name}` 열이 둘입니다" },
        NoColumn { name: String, has: String } => {
            en: "there is no column `{name}`; there are {has}",
            ko: "`{name}` 열이 없습니다. 있는 열: {has}",
        },
        NoColumnBut { name: String, nearest: String } => {
            en: "there is no column `{name}`; did you mean `{nearest}`?",
            ko: "`{name}` 열이 없습니다. `{nearest}`을(를) 뜻하셨습니까?",
        },
        Fields { n_fields: usize, n_columns: usize } => {
            en: "it has {n_fields} fields, but the header {n_columns}",
            ko: "필드가 {n_fields}개인데 머리글은 {n_columns}개입니다",
        },
        Unclosed => { en: "a quote is opened and not closed", ko: "따옴표가 닫히지 않았습니다" },
        NotCsv { reason: String } => { en: "cannot be read as CSV: {reason}", ko: "CSV로 읽을 수 없습니다: {reason}" },
        NotJson { reason: String } => { en: "cannot be read as JSON: {reason}", ko: "JSON으로 읽을 수 없습니다: {reason}" },
        NotTruth { name: &'static str, text: String } => {
            en: "`{name}`: `{text}` is neither true nor false",
            ko: "`{name}`: `{text}`은(는) true도 false도 아닙니다",
        },
        NotNumber { name: &'static str, text: String } => {
            en: "`{name}`: `{text}` is not a number",
            ko: "`{name}`: `{text}`은(는) 숫자가 아닙니다",
        },
        NotFormat { name: &'static str, text: String, format: String } => {
            en: "`{name}`: `{text}` is not a time as {format}",
            ko: "`{name}`: `{text}`은(는) {format} 형식의 시각이 아닙니다",
        },
        NoEffort => {
            en: "no effort is known; elapsed time is not effort",
            ko: "들인 시간을 알 수 없습니다. 흐른 시간은 들인 시간이 아닙니다",
        },
        NotThis { expected: &'static str } => {
            en: "it is not {expected}",
            ko: "{expected} 형식이 아닙니다",
        },
        Lacking { name: &'static str } => { en: "`{name}` is missing", ko: "`{name}`이(가) 없습니다" },
        WorklogsLacking { n_lacking: u64, key: String } => {
            en: "{n_lacking} worklogs of {key} are not in the export",
            ko: "{key}의 작업 로그 {n_lacking}개가 내보낸 파일에 없습니다",
        },
        NoIncident { id: String } => {
            en: "a log entry of incident `{id}`, which is not in the file",
            ko: "파일에 없는 장애 `{id}`의 로그 항목입니다",
        },
        OutOfTime => { en: "it is outside of the times that can be written", ko: "쓸 수 있는 시각의 범위를 벗어납니다" },
        TooManyRefused { refused_max: usize } => {
            en: "more than {refused_max} are refused; what follows is not read",
            ko: "{refused_max}개 넘게 거부되어 이후는 읽지 않았습니다",
        },
    }
}

/// A text in both languages, as a part of another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Both {
    /// English.
    pub en: String,
    /// Korean.
    pub ko: String,
}

/// English, and with `#` Korean.
impl std::fmt::Display for Both {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(if out.alternate() { &self.ko } else { &self.en })
    }
}

impl From<RecordFact> for ImportFact {
    fn from(fact: RecordFact) -> ImportFact {
        ImportFact::Record { fact: Both { en: fact.text(Lang::En), ko: fact.text(Lang::Ko) } }
    }
}

/// What is not meant to be taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum LeftOut {
    /// Alerts that nines sent: it knows them by itself.
    Own,
    /// Alerts that nobody was told of, since they are silenced or inhibited.
    Silenced,
    /// What a bot did.
    Bot,
    /// Issues and tickets of which nothing says that they are operations.
    NotOperations,
    /// Issues and tickets that are not closed.
    Open,
}

impl Message for LeftOut {
    fn text(&self, lang: Lang) -> String {
        let (en, ko) = match self {
            LeftOut::Own => ("sent by nines, which knows them", "nines가 보낸 것(이미 알고 있음)"),
            LeftOut::Silenced => ("silenced or inhibited: nobody was told", "침묵 또는 억제됨(아무에게도 알리지 않음)"),
            LeftOut::Bot => ("by bots", "봇이 한 일"),
            LeftOut::NotOperations => ("without a label of operations", "운영 라벨이 없음"),
            LeftOut::Open => ("still open", "아직 열려 있음"),
        };
        match lang {
            Lang::En => en,
            Lang::Ko => ko,
        }
        .to_owned()
    }
}
