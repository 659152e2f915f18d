//! What can keep a copy from being made, and what to do about it.

use crate::cli::Trouble;
use nines_base::Lang;
use nines_base::lang::Message;
use nines_storage::StoreError;
use std::io;
use std::path::{Path, PathBuf};

/// Why a copy was not made.
#[derive(Debug)]
pub enum ExportError {
    /// The output directory holds something that is no export of ours.
    Foreign {
        /// The directory.
        out: PathBuf,
        /// What it holds.
        found: String,
    },
    /// The output directory holds an export of something else.
    OtherExport {
        /// The directory.
        out: PathBuf,
        /// What that one was asked for.
        was: String,
        /// What this one is.
        is: String,
    },
    /// Writing failed.
    Write {
        /// The file.
        file: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// One block could not be read.
    Read(StoreError),
    /// The server could not be asked.
    Server(Trouble),
}

nines_base::catalogue! {
    /// The fact of an [`ExportError`].
    pub enum ExportFact {
        Foreign { out: String, found: String } => {
            en: "{out} holds {found} and no export",
            ko: "{out}에 내보내기 결과가 아닌 {found}이(가) 있습니다",
        },
        OtherExport { out: String, was: String, is: String } => {
            en: "{out} holds an export of {was}; this one is of {is}",
            ko: "{out}에는 {was} 내보내기가 있습니다. 지금 요청은 {is}입니다",
        },
        Write { file: String, reason: String } => {
            en: "writing {file} failed: {reason}",
            ko: "{file}을(를) 쓰지 못했습니다: {reason}",
        },
        Read { detail: String } => {
            en: "reading stored spans failed: {detail}",
            ko: "저장된 스팬을 읽지 못했습니다: {detail}",
        },
    }
}

nines_base::catalogue! {
    /// The next step.
    pub enum ExportHint {
        NewDirectory => {
            en: "name an empty or new directory with --out",
            ko: "--out으로 비어 있거나 새로운 디렉터리를 지정하십시오",
        },
        SameAgain => {
            en: "name another directory with --out, or ask for the same again to go on with that one",
            ko: "--out으로 다른 디렉터리를 지정하거나, 같은 조건으로 다시 실행해 이어 가십시오",
        },
        GoesOn => {
            en: "mend that and run the same command again: it goes on where it stopped",
            ko: "원인을 해결한 뒤 같은 명령을 다시 실행하면 멈춘 곳부터 이어 갑니다",
        },
        Check => {
            en: "`nines store check` names what is damaged",
            ko: "`nines store check`로 손상된 곳을 확인하십시오",
        },
    }
}

impl ExportError {
    /// Writing the files of `block` failed.
    pub fn write(out: &Path, block: &str, source: io::Error) -> ExportError {
        ExportError::Write { file: out.join(block), source }
    }

    /// As the command line ends with it.
    pub fn into_trouble(self, lang: Lang) -> Trouble {
        let shown = |path: &Path| path.display().to_string();
        let (fact, hint) = match self {
            ExportError::Server(trouble) => return trouble,
            ExportError::Foreign { out, found } => {
                (ExportFact::Foreign { out: shown(&out), found }, ExportHint::NewDirectory)
            }
            ExportError::OtherExport { out, was, is } => {
                (ExportFact::OtherExport { out: shown(&out), was, is }, ExportHint::SameAgain)
            }
            ExportError::Write { file, source } => {
                (ExportFact::Write { file: shown(&file), reason: source.to_string() }, ExportHint::GoesOn)
            }
            ExportError::Read(error) => (ExportFact::Read { detail: error.to_string() }, ExportHint::Check),
        };
        Trouble { exit: crate::cli::Exit::Trouble, place: None, fact: fact.text(lang), hint: Some(hint.text(lang)) }
    }
}

impl From<Trouble> for ExportError {
    fn from(trouble: Trouble) -> ExportError {
        ExportError::Server(trouble)
    }
}
