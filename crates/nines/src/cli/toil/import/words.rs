//! What imports say.

nines_base::catalogue! {
    /// Words, facts and hints.
    pub enum Tell {
        Summary { imported: u64, duplicate: u64, refused: usize } => {
            en: "{imported} imported, {duplicate} duplicate, {refused} refused",
            ko: "가져옴 {imported}, 중복 {duplicate}, 거부 {refused}",
        },
        DryRun { source: String, entries: usize, pages: usize, refused: usize } => {
            en: "{source}: entries {entries}, pages {pages}, refused {refused}; nothing was sent",
            ko: "{source}: 항목 {entries}개, 호출 {pages}개, 거부 {refused}개. 아무것도 보내지 않았습니다",
        },
        LeftOut { count: usize, why: String } => { en: "left out: {count} {why}", ko: "제외: {count}개, {why}" },
        NoEffortHint => {
            en: "a column or label of the time that was spent, or an estimate with --minutes, makes them entries",
            ko: "들인 시간이 있는 열이나 라벨, 또는 --minutes로 어림값을 주면 항목이 됩니다",
        },
        TooLarge { path: String, bytes_max: u64 } => {
            en: "{path} is larger than {bytes_max} bytes",
            ko: "{path}이(가) {bytes_max}바이트보다 큽니다",
        },
        TooLargeHint => { en: "export a shorter time, and import one file after the other", ko: "더 짧은 기간으로 나누어 내보내고 차례로 가져오십시오" },
        NoGit { reason: String } => { en: "cannot run git: {reason}", ko: "git을 실행할 수 없습니다: {reason}" },
        NoGitHint => { en: "install git, or put it on the PATH", ko: "git을 설치하거나 PATH에 넣으십시오" },
        NoContents => {
            en: "contents of files are not all here: small edits of configuration are not looked for",
            ko: "파일 내용이 모두 있지 않아 설정의 작은 수정은 찾지 않았습니다",
        },
        NotARepository { path: String, reason: String } => {
            en: "{path} cannot be read as a repository: {reason}",
            ko: "{path}을(를) 저장소로 읽을 수 없습니다: {reason}",
        },
        NotARepositoryHint => { en: "name a folder within a git repository", ko: "git 저장소 안의 폴더를 지정하십시오" },
        NoMap { name: String, folder: String } => {
            en: "`{name}` is no file, and no map of this name is in {folder}",
            ko: "`{name}` 파일이 없고, {folder}에 그런 이름의 맵도 없습니다",
        },
        NoMapHint => { en: "keep one with --map FILE --save-map NAME", ko: "--map FILE --save-map NAME으로 저장하십시오" },
        BadMapName { name: String } => { en: "`{name}` is no name of a map", ko: "`{name}`은(는) 맵 이름이 될 수 없습니다" },
        BadMapNameHint => { en: "use letters, digits, - and _", ko: "영문자, 숫자, -, _를 쓰십시오" },
        NoConfigFolder => { en: "there is no folder for maps", ko: "맵을 둘 폴더가 없습니다" },
        NoConfigFolderHint => { en: "set XDG_CONFIG_HOME or HOME", ko: "XDG_CONFIG_HOME 또는 HOME을 설정하십시오" },
        MapSaved { path: String } => { en: "kept as {path}", ko: "{path}에 저장했습니다" },
        MapFaulty { path: String, faults: usize } => {
            en: "{path} has {faults} faults",
            ko: "{path}에 잘못이 {faults}개 있습니다",
        },
        MapFaultyHint => {
            en: "a map has [columns], [set] and [values.FIELD]; see the guide to toil",
            ko: "맵에는 [columns], [set], [values.FIELD]가 있습니다. 토일 안내서를 보십시오",
        },
        FileHint => {
            en: "a map says which column is which field: --map F.toml with [columns] task = \"…\"",
            ko: "어느 열이 어느 필드인지는 맵으로 정합니다: --map F.toml에 [columns] task = \"…\"",
        },
    }
}
