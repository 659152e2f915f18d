//! What looking through a shell's history says.

nines_base::catalogue! {
    /// Words, facts and hints.
    pub enum Tell {
        Found { n_sessions: usize, n_days: usize, median: String, steps: String } => {
            en: "{n_sessions}× on {n_days} days, median {median}: {steps}",
            ko: "{n_days}일 동안 {n_sessions}회, 중앙값 {median}: {steps}",
        },
        DevLoop => { en: "dev loop, not toil", ko: "개발 반복, 토일 아님" },
        Nothing { commands: usize } => {
            en: "nothing comes again in {commands} commands: three sessions on two days are needed",
            ko: "명령 {commands}개에서 반복되는 것이 없습니다. 이틀에 걸쳐 세 세션이 필요합니다",
        },
        Agents { count: usize } => { en: "{count} commands of agents are not looked at", ko: "에이전트의 명령 {count}개는 보지 않았습니다" },
        Untimed { count: usize } => { en: "{count} lines without a time are not looked at", ko: "시각이 없는 줄 {count}개는 보지 않았습니다" },
        Wrote { path: String } => { en: "wrote {path}", ko: "{path}을(를) 썼습니다" },
        IsThere { path: String } => { en: "{path} is there already and stays", ko: "{path}이(가) 이미 있어 그대로 둡니다" },
        WriteHint => { en: "make runbooks of them with --write DIR", ko: "--write DIR로 런북을 만들 수 있습니다" },
        NoHistory => { en: "no history of a shell is known", ko: "셸 기록을 찾을 수 없습니다" },
        NoHistoryHint => { en: "name one with --history FILE or --atuin DB", ko: "--history FILE 또는 --atuin DB로 지정하십시오" },
        NoTimesHint => {
            en: "zsh keeps times with `setopt EXTENDED_HISTORY`, bash with `HISTTIMEFORMAT='%F %T '`",
            ko: "zsh는 `setopt EXTENDED_HISTORY`, bash는 `HISTTIMEFORMAT='%F %T '`로 시각을 남깁니다",
        },
        NotAtuin { path: String, reason: String } => {
            en: "{path} cannot be read as a database of Atuin: {reason}",
            ko: "{path}을(를) Atuin 데이터베이스로 읽을 수 없습니다: {reason}",
        },
        NotAtuinHint => {
            en: "it is ~/.local/share/atuin/history.db unless Atuin is configured otherwise",
            ko: "Atuin 설정을 바꾸지 않았다면 ~/.local/share/atuin/history.db입니다",
        },
    }
}
