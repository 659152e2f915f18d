//! Reads every file of a data directory that no server holds, and says of each damage what to do next.

use crate::cli::Trouble;
use crate::stores::{LEDGER_FILE, trouble};
use nines_base::Lang;
use nines_base::lang::Message;
use nines_engine::damage::{DamagedPlace, damage_text};
use nines_engine::directory::{Layout, parse_block_name, parse_inbox_name};
use nines_engine::histograms::parse_file_name;
use nines_engine::{Engine, real_vfs};
use nines_ledger::{Ledger, SqliteLedger};
use nines_storage::StoreError;
use serde_json::{Value, json};
use std::path::Path;

/// What `nines store check` found.
pub struct FileReport {
    /// Files read.
    pub files: u64,
    /// Spans in them.
    pub spans: u64,
    /// Events of the ledger.
    pub events: u64,
    /// Each damage.
    pub damage: Vec<Finding>,
    /// Where the inbox ends in a write that is not all there: torn by a crash, or cut short.
    pub torn_ends: Vec<String>,
}

/// A damage: its place, the fact, the next step.
pub struct Finding {
    /// The file.
    pub file: String,
    /// Byte at which the damaged part begins, where one is known.
    pub offset: Option<u64>,
    /// Place and fact in one line.
    pub text: String,
    /// What to do.
    pub hint: String,
}

impl Finding {
    /// As programs read it.
    pub fn to_json(&self) -> Value {
        json!({ "file": self.file, "offset": self.offset, "text": self.text, "hint": self.hint })
    }
}

nines_base::catalogue! {
    /// What to do about damage.
    enum NextStep {
        Rewritten => {
            en: "the inbox still holds these spans: the next `nines serve` puts this file aside and writes it anew",
            ko: "이 스팬은 수신함에 남아 있습니다. 다음 `nines serve`가 이 파일을 치우고 다시 씁니다",
        },
        RestoreBlock => {
            en: "the rest of it is served; restore the file from a backup, or save what can be read with `nines store export`",
            ko: "나머지는 계속 제공됩니다. 백업에서 파일을 복원하거나 읽을 수 있는 부분을 `nines store export`로 저장하십시오",
        },
        KeepInbox => {
            en: "its good records are served and the file is kept; restore it from a backup while no server runs, or remove it to give the rest up",
            ko: "온전한 레코드는 계속 제공되고 파일은 보존됩니다. 서버가 멈춘 동안 백업에서 복원하거나, 나머지를 포기하려면 삭제하십시오",
        },
        RestoreHistory => {
            en: "spans are not affected, and the file's other slices are read; restore it from a backup while no server runs, or leave it: only an objective that is new misses what is damaged",
            ko: "스팬에는 영향이 없고 파일의 다른 구간은 읽을 수 있습니다. 서버가 멈춘 동안 백업에서 복원하십시오. 그대로 두면 새로 정의한 목표만 손상된 구간을 알 수 없습니다",
        },
        RestoreLedger => {
            en: "spans are not affected; restore ledger.sqlite from a backup, or keep the damaged one as evidence and start with a new one",
            ko: "스팬에는 영향이 없습니다. ledger.sqlite를 백업에서 복원하거나, 손상된 파일을 증거로 보관하고 새로 시작하십시오",
        },
        CheckDisk => {
            en: "check that this user may read it and that the disk is well, then check again",
            ko: "읽기 권한과 디스크 상태를 확인한 뒤 다시 검사하십시오",
        },
    }
}

/// Reads every file. `tell` hears of each before it is read.
pub fn check_files(data: &Path, lang: Lang, tell: &mut dyn FnMut(&Path)) -> Result<FileReport, Trouble> {
    let report = Engine::check(real_vfs(), data, tell).map_err(|error| trouble(&error, lang))?;
    let damage = report.damage.iter().map(|error| finding(error, data, lang)).collect();
    let (files, spans) = (report.n_files, report.n_spans);
    let mut checked = FileReport { files, spans, events: 0, damage, torn_ends: report.torn_ends };
    let file = data.join(LEDGER_FILE);
    if file.exists() {
        tell(&file);
        checked.files += 1;
        let of_ledger = |text: String| Finding {
            file: file.display().to_string(),
            offset: None,
            text: format!("{}: {text}", file.display()),
            hint: NextStep::RestoreLedger.text(lang),
        };
        match SqliteLedger::open(&file).and_then(|ledger| ledger.verify()) {
            Ok(chain) => {
                checked.events = chain.events;
                checked.damage.extend(chain.first_fault.map(|fault| of_ledger(fault.text(lang))));
            }
            Err(error) => checked.damage.push(of_ledger(error.to_string())),
        }
    }
    Ok(checked)
}

fn finding(error: &StoreError, data: &Path, lang: Lang) -> Finding {
    let place = DamagedPlace::of(error);
    let file = place.as_ref().map(|place| place.file.clone()).unwrap_or_default();
    Finding {
        hint: next_step(&file, data).text(lang),
        file,
        offset: place.and_then(|place| place.offset),
        text: damage_text(error, lang),
    }
}

fn next_step(file: &str, data: &Path) -> NextStep {
    let name = Path::new(file).file_name().unwrap_or_default().to_string_lossy();
    match (parse_block_name(&name), parse_inbox_name(&name)) {
        (Some(id), _) if Layout::new(data).inbox_file(id.generation).exists() => NextStep::Rewritten,
        (Some(_), _) => NextStep::RestoreBlock,
        (None, Some(_)) => NextStep::KeepInbox,
        (None, None) if parse_file_name(&name).is_some() => NextStep::RestoreHistory,
        (None, None) => NextStep::CheckDisk,
    }
}
