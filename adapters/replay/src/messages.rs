//! Why packets could not be replayed, in English and Korean.

use nines_base::lang::{Lang, Message};

nines_base::catalogue! {
    /// What was the case.
    pub enum Fact {
        NoTool { tool: String, package: String } => { en: "there is no {tool} here; on Debian it is in the package {package}", ko: "{tool}이(가) 없습니다. 데비안에서는 {package} 패키지에 있습니다" },
        NoNamespace { reason: String } => { en: "this process gets no network namespace of its own: {reason}", ko: "이 프로세스는 자기만의 네트워크 네임스페이스를 얻을 수 없습니다: {reason}" },
        NoPart { part: String, reason: String } => { en: "the kernel has no {part} for us: {reason}", ko: "커널에서 {part}을(를) 쓸 수 없습니다: {reason}" },
        Refused { tool: String, said: String } => { en: "{tool} does not take the rules: {said}", ko: "{tool}이(가) 규칙을 받지 않습니다: {said}" },
        KernelRefused { said: String } => { en: "the kernel does not take the table: {said}", ko: "커널이 테이블을 받지 않습니다: {said}" },
        NotTold { tool: String, said: String } => { en: "{tool} does not tell the rules: {said}", ko: "{tool}에서 규칙을 읽을 수 없습니다: {said}" },
        TooManyBoundaries => { en: "the rules have more boundaries than packets are sent for", ko: "규칙의 경계가 보낼 수 있는 패킷보다 많습니다" },
        Interrupted { step: String, reason: String } => { en: "{step} failed: {reason}", ko: "{step} 단계가 실패했습니다: {reason}" },
    }
}

/// Why there is no outcome.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// The system lacks what a replay needs; nothing is said of the rules.
    Unavailable(Fact),
    /// The rules were not taken.
    Refused(Fact),
}

impl Error {
    /// The reason, without judgement.
    #[must_use]
    pub fn fact(&self) -> &Fact {
        match self {
            Error::Unavailable(fact) | Error::Refused(fact) => fact,
        }
    }

    /// The kernel lacks a part, or does not let us have it.
    pub(crate) fn no_part(part: &str) -> impl FnOnce(&dyn std::error::Error) -> Error {
        let part = part.to_owned();
        move |error| Error::Unavailable(Fact::NoPart { part, reason: chain(error) })
    }

    /// A step on the way failed that works where the parts are there.
    pub(crate) fn interrupted(step: &str, error: &dyn std::error::Error) -> Error {
        Error::Unavailable(Fact::Interrupted { step: step.to_owned(), reason: chain(error) })
    }
}

impl Message for Error {
    fn text(&self, lang: Lang) -> String {
        self.fact().text(lang)
    }
}

/// An error with its causes.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(known) = cause {
        text = format!("{text}: {known}");
        cause = known.source();
    }
    text
}
