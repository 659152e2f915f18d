//! What can go wrong with a ledger, in both languages, and the next step.

use nines_base::catalogue;

catalogue! {
    /// Why the ledger could not do what it was asked.
    pub enum LedgerError {
        /// The file could not be opened or created.
        Open { path: String, reason: String } => {
            en: "{path}: cannot open the ledger: {reason}",
            ko: "{path}: 원장을 열 수 없습니다: {reason}",
        },
        /// The file holds another program's tables.
        NotALedger { path: String } => {
            en: "{path}: this SQLite file is not a nines ledger",
            ko: "{path}: nines 원장이 아닌 SQLite 파일입니다",
        },
        /// The file was written by a later version; it was not touched.
        Newer { path: String, found: i64, known: i64 } => {
            en: "{path}: the ledger has format {found}, but this nines knows formats up to {known}",
            ko: "{path}: 원장의 형식이 {found}입니다. 이 nines는 형식 {known}까지만 읽습니다",
        },
        /// Stored bytes do not hold what they should.
        Damaged { place: String, detail: String } => {
            en: "{place}: the ledger is damaged: {detail}",
            ko: "{place}: 원장이 손상되었습니다: {detail}",
        },
        /// The disk is full; nothing was stored.
        Full { path: String, step: String } => {
            en: "{path}: no room left on the disk ({step})",
            ko: "{path}: 디스크에 남은 공간이 없습니다 ({step})",
        },
        /// Another process kept the file locked for longer than the wait.
        Busy { path: String, step: String } => {
            en: "{path}: another process holds the ledger ({step})",
            ko: "{path}: 다른 프로세스가 원장을 사용하고 있습니다 ({step})",
        },
        /// The event cannot be stored as given.
        Refused { reason: String } => {
            en: "event refused: {reason}",
            ko: "이벤트를 저장할 수 없습니다: {reason}",
        },
        /// No event has that id.
        NoSuchEvent { id: u64 } => {
            en: "there is no event {id}",
            ko: "이벤트 {id}은(는) 없습니다",
        },
        /// The payload is gone already.
        AlreadyErased { id: u64 } => {
            en: "the payload of event {id} is erased already",
            ko: "이벤트 {id}의 내용은 이미 지워졌습니다",
        },
        /// Reading or writing failed.
        Step { path: String, step: String, reason: String } => {
            en: "{path}: {step}: {reason}",
            ko: "{path}: {step}: {reason}",
        },
    }
}

impl std::error::Error for LedgerError {}

catalogue! {
    /// What to do about a [`LedgerError`].
    pub enum LedgerHint {
        /// The file cannot be opened.
        CheckPath => {
            en: "the data directory must exist and this user must be able to write to it",
            ko: "데이터 디렉터리가 있고 이 사용자가 쓸 수 있어야 합니다",
        },
        /// Not ours.
        OtherDirectory => {
            en: "choose another data directory with --data, or move that file away",
            ko: "--data로 다른 데이터 디렉터리를 고르거나 그 파일을 옮기십시오",
        },
        /// Too new.
        Upgrade => {
            en: "start the nines that wrote it, or a later one",
            ko: "이 파일을 쓴 버전이나 그 이후 버전의 nines를 실행하십시오",
        },
        /// Broken bytes.
        MoveAside => {
            en: "keep a copy for inspection, then restore a backup; without one, move the file away and start with an empty ledger",
            ko: "조사용 사본을 남기고 백업을 복원하십시오. 백업이 없으면 파일을 옮기고 빈 원장으로 시작하십시오",
        },
        /// No room.
        FreeSpace => {
            en: "free space on that disk; nines goes on by itself",
            ko: "디스크 공간을 확보하십시오. 그러면 nines가 스스로 다시 동작합니다",
        },
        /// Locked.
        OneProcess => {
            en: "one process at a time works on a data directory: ask the running server with --server",
            ko: "데이터 디렉터리는 한 번에 한 프로세스만 사용합니다. --server로 실행 중인 서버에 요청하십시오",
        },
    }
}

impl LedgerError {
    /// The next step, where there is one to name.
    pub fn hint(&self) -> Option<LedgerHint> {
        match self {
            LedgerError::Open { .. } => Some(LedgerHint::CheckPath),
            LedgerError::NotALedger { .. } => Some(LedgerHint::OtherDirectory),
            LedgerError::Newer { .. } => Some(LedgerHint::Upgrade),
            LedgerError::Damaged { .. } => Some(LedgerHint::MoveAside),
            LedgerError::Full { .. } => Some(LedgerHint::FreeSpace),
            LedgerError::Busy { .. } => Some(LedgerHint::OneProcess),
            LedgerError::Refused { .. }
            | LedgerError::NoSuchEvent { .. }
            | LedgerError::AlreadyErased { .. }
            | LedgerError::Step { .. } => None,
        }
    }
}
