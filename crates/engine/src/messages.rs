//! What users are told when a data directory cannot be opened.

use nines_base::lang::{Lang, Message};
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

nines_base::catalogue! {
    /// Why a data directory was not opened.
    pub enum OpenFact {
        /// The path is a file.
        NotADirectory { dir: String } => {
            en: "{dir} is not a directory",
            ko: "{dir}은(는) 디렉터리가 아닙니다",
        },
        /// The directory holds something that is not ours.
        Foreign { dir: String, found: String } => {
            en: "{dir} is not a nines data directory: it holds {found} but no FORMAT file",
            ko: "{dir}은(는) nines 데이터 디렉터리가 아닙니다. FORMAT 파일은 없고 {found}이(가) 있습니다",
        },
        /// A later version wrote it.
        Newer { dir: String, version: u32, known: u32 } => {
            en: "{dir} has format {version}; this version of nines knows formats up to {known}",
            ko: "{dir}의 형식은 {version}입니다. 이 버전의 nines는 형식 {known}까지만 압니다",
        },
        /// A later version wrote one of its files.
        NewerFile { file: String, version: u16, known: u16 } => {
            en: "{file} has version {version}; this version of nines knows it up to {known}",
            ko: "{file}의 버전은 {version}입니다. 이 버전의 nines는 {known}까지만 압니다",
        },
        /// A version wrote it that is too old to be read.
        Older { dir: String, version: u32, oldest: u32 } => {
            en: "{dir} has format {version}; this version of nines reads formats from {oldest} on",
            ko: "{dir}의 형식은 {version}입니다. 이 버전의 nines는 형식 {oldest}부터 읽습니다",
        },
        /// There is nothing to read.
        NoData { dir: String } => {
            en: "{dir} is empty: it is no data directory yet",
            ko: "{dir}이(가) 비어 있습니다. 아직 데이터 디렉터리가 아닙니다",
        },
        /// The FORMAT file says nothing we know.
        BadFormat { dir: String } => {
            en: "{dir}/FORMAT does not say a format version",
            ko: "{dir}/FORMAT에 형식 버전이 없습니다",
        },
        /// Another process has it.
        Held { dir: String, holder: String } => {
            en: "{dir} is in use by {holder}",
            ko: "{dir}을(를) {holder}이(가) 사용하고 있습니다",
        },
        /// Another process has it and left no name.
        HeldByUnknown { dir: String } => {
            en: "{dir} is in use by another process",
            ko: "{dir}을(를) 다른 프로세스가 사용하고 있습니다",
        },
        /// The file system refused.
        Io { step: String, reason: String } => {
            en: "{step}: {reason}",
            ko: "{step}: {reason}",
        },
    }
}

nines_base::catalogue! {
    /// What to do about it.
    pub enum OpenHint {
        ChooseDirectory => {
            en: "name an empty or new directory with --data",
            ko: "--data로 비어 있거나 새로운 디렉터리를 지정하십시오",
        },
        UpdateNines => {
            en: "run the version of nines that wrote it, or a later one; nothing was changed",
            ko: "이 디렉터리를 만든 버전이나 그 이후 버전의 nines를 실행하십시오. 아무것도 바꾸지 않았습니다",
        },
        ExportAndImport => {
            en: "run `nines store export --format otlp` of the version that wrote it and send the files to this one's /v1/traces; nothing was changed",
            ko: "이 디렉터리를 만든 버전의 `nines store export --format otlp`로 내보낸 파일을 이 버전의 /v1/traces로 보내십시오. 아무것도 바꾸지 않았습니다",
        },
        RestoreFormat => {
            en: "if the directory is yours, restore FORMAT from a backup; else choose another with --data",
            ko: "본인의 디렉터리라면 백업에서 FORMAT을 복원하고, 아니라면 --data로 다른 디렉터리를 지정하십시오",
        },
        OneProcess => {
            en: "to read it, ask that process with --server URL in place of --data; else stop it, or name another directory",
            ko: "읽으려면 --data 대신 --server URL로 그 프로세스에 물어보고, 아니면 그 프로세스를 멈추거나 다른 디렉터리를 지정하십시오",
        },
        CheckDisk => {
            en: "check that the directory exists, is writable and its disk is well",
            ko: "디렉터리가 있는지, 쓸 수 있는지, 디스크가 정상인지 확인하십시오",
        },
    }
}

/// Why a data directory was not opened, and what to do.
#[derive(Clone, Debug)]
pub struct OpenError {
    /// The fact.
    pub fact: OpenFact,
    /// The next step.
    pub hint: OpenHint,
    /// The system's reason, where there is one.
    source: Option<Arc<io::Error>>,
}

impl OpenError {
    /// An error with the step that usually helps.
    pub fn new(fact: OpenFact) -> OpenError {
        let hint = match fact {
            OpenFact::NotADirectory { .. } | OpenFact::Foreign { .. } | OpenFact::NoData { .. } => {
                OpenHint::ChooseDirectory
            }
            OpenFact::Newer { .. } | OpenFact::NewerFile { .. } => OpenHint::UpdateNines,
            OpenFact::Older { .. } => OpenHint::ExportAndImport,
            OpenFact::BadFormat { .. } => OpenHint::RestoreFormat,
            OpenFact::Held { .. } | OpenFact::HeldByUnknown { .. } => OpenHint::OneProcess,
            OpenFact::Io { .. } => OpenHint::CheckDisk,
        };
        OpenError { fact, hint, source: None }
    }

    /// The file system refused `step` on `path`.
    pub fn io(step: &str, path: &Path, source: io::Error) -> OpenError {
        let fact = OpenFact::Io { step: format!("{step} {}", path.display()), reason: source.to_string() };
        OpenError { source: Some(Arc::new(source)), ..OpenError::new(fact) }
    }
}

impl Message for OpenError {
    fn text(&self, lang: Lang) -> String {
        self.fact.text(lang)
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fact.fmt(out)
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
