//! What is wrong with a test file, in every language.

nines_base::catalogue! {
    /// What is the case.
    pub enum ScriptFact {
        /// A load's or gap's own words.
        OfLoad { english: String, korean: String } => { en: "{english}", ko: "{korean}" },
        UnknownLine { word: String } => {
            en: "a line cannot begin with `{word}`",
            ko: "줄을 `{word}`(으)로 시작할 수 없습니다",
        },
        UnknownClaim { word: String } => { en: "`{word}` claims nothing", ko: "`{word}`은(는) 주장이 아닙니다" },
        Incomplete { line: String } => { en: "this `{line}` line is not complete", ko: "이 `{line}` 줄은 완전하지 않습니다" },
        TooMuch { word: String } => { en: "`{word}` is too much here", ko: "`{word}`은(는) 여기에 남는 말입니다" },
        QuoteOpen => { en: "the quoted text is not closed", ko: "따옴표로 시작한 텍스트가 닫히지 않았습니다" },
        BadTime { value: String } => { en: "`{value}` is not a time", ko: "`{value}`은(는) 시각이 아닙니다" },
        BadLength { value: String } => { en: "`{value}` is not a length of time", ko: "`{value}`은(는) 시간 길이가 아닙니다" },
        BadNumber { value: String } => { en: "`{value}` is not a number", ko: "`{value}`은(는) 숫자가 아닙니다" },
        BadState { value: String } => { en: "`{value}` is not a state of an alert", ko: "`{value}`은(는) 알림의 상태가 아닙니다" },
        BadVerdict { value: String } => { en: "`{value}` is not a verdict", ko: "`{value}`은(는) 판정이 아닙니다" },
        StartTwice { line: usize } => { en: "time 0 was set on line {line} already", ko: "시각 0을 {line}번째 줄에서 이미 정했습니다" },
        UnknownSlo { name: String } => { en: "no SLO is called `{name}`", ko: "`{name}`(이)라는 SLO가 없습니다" },
        UnknownService { name: String } => { en: "no SLO has the service `{name}`", ko: "서비스 `{name}`의 SLO가 없습니다" },
        ManyObjectives { name: String, n: usize } => {
            en: "`{name}` has {n} objectives, and this is about one",
            ko: "`{name}`에는 목표가 {n}개 있지만 이것은 하나에 대한 것입니다",
        },
        NoSuchAlert { name: String, severity: String } => {
            en: "`{name}` has no alert of severity `{severity}`",
            ko: "`{name}`에는 심각도 `{severity}`인 알림이 없습니다",
        },
        TooLarge { bytes: usize, limit: usize } => {
            en: "the file has {bytes} bytes; at most {limit} are read",
            ko: "파일이 {bytes}바이트입니다. 최대 {limit}바이트까지 읽습니다",
        },
        NotUtf8 => { en: "the file is not UTF-8 text", ko: "파일이 UTF-8 텍스트가 아닙니다" },
        NoClaims => { en: "the file claims nothing", ko: "파일에 주장이 없습니다" },
        NoDefinitions => { en: "the file names no definitions", ko: "파일에 정의 경로가 없습니다" },
    }
}

nines_base::catalogue! {
    /// What to do about it.
    pub enum ScriptHint {
        /// A load's or gap's own words.
        OfLoad { english: String, korean: String } => { en: "{english}", ko: "{korean}" },
        Lines => {
            en: "begin it with start, definitions, load, gap, at or #",
            ko: "start, definitions, load, gap, at, # 가운데 하나로 시작하십시오",
        },
        Claims => {
            en: "claim sli, budget, burn, coverage, alert or gate",
            ko: "sli, budget, burn, coverage, alert, gate 가운데 하나를 쓰십시오",
        },
        WriteAs { example: String } => { en: "write it as: {example}", ko: "다음과 같이 쓰십시오: {example}" },
        LeaveOut => { en: "leave it out", ko: "빼십시오" },
        CloseQuote => { en: "close it with \"", ko: "\"로 닫으십시오" },
        WriteTime => { en: "write RFC 3339: 2026-11-01T00:00:00Z", ko: "RFC 3339로 쓰십시오: 2026-11-01T00:00:00Z" },
        WriteLength => { en: "write numbers with units: 6h10m, 90s, 28d", ko: "숫자와 단위로 쓰십시오: 6h10m, 90s, 28d" },
        WriteNumber => { en: "write 0.999, 99.9% or undefined", ko: "0.999, 99.9%, undefined 가운데 하나를 쓰십시오" },
        States => { en: "write firing, pending, inactive or frozen", ko: "firing, pending, inactive, frozen 가운데 하나를 쓰십시오" },
        Verdicts => { en: "write allowed or held", ko: "allowed 또는 held를 쓰십시오" },
        KeepOne => { en: "keep one of them", ko: "하나만 남기십시오" },
        DidYouMean { word: String } => { en: "did you mean `{word}`?", ko: "`{word}`을(를) 뜻하셨습니까?" },
        NameDefinitions => {
            en: "name the files that define it: definitions PATH",
            ko: "정의하는 파일을 지정하십시오: definitions 경로",
        },
        NameObjective { example: String } => { en: "name it: {example}", ko: "이름을 쓰십시오: {example}" },
        Severities { known: String } => { en: "its severities: {known}", ko: "심각도: {known}" },
        Split => { en: "split it into several files", ko: "여러 파일로 나누십시오" },
        SaveAsUtf8 => { en: "save it as UTF-8", ko: "UTF-8로 저장하십시오" },
        AddClaim => { en: "add a line such as: at 6h sli NAME 0.999", ko: "다음과 같은 줄을 추가하십시오: at 6h sli NAME 0.999" },
    }
}
