//! What is wrong with a line of synthetic traffic, in every language.

nines_base::catalogue! {
    /// What is the case.
    pub enum LoadFact {
        /// The filter language's own words.
        NotATerm { english: String, korean: String } => { en: "{english}", ko: "{korean}" },
        NotEquality { term: String } => {
            en: "`{term}` does not say what a span is: a load makes spans, and so takes `name=value`, tags by name, and error, root, shared, debug",
            ko: "`{term}`은(는) 스팬이 무엇인지 정하지 않습니다. load는 스팬을 만들므로 `이름=값`, 태그 이름, error, root, shared, debug만 씁니다",
        },
        SetTwice { name: String } => { en: "`{name}` is set twice", ko: "`{name}`을(를) 두 번 정했습니다" },
        NotSettable { name: String } => {
            en: "`{name}` cannot be chosen: each span gets its own",
            ko: "`{name}`은(는) 정할 수 없습니다. 스팬마다 따로 주어집니다",
        },
        Missing { name: String } => { en: "`{name}=` is missing", ko: "`{name}=`이(가) 없습니다" },
        UnknownOption { name: String } => { en: "a gap has no `{name}`", ko: "gap에는 `{name}`이(가) 없습니다" },
        BadRate { value: String } => { en: "`{value}` is not a rate", ko: "`{value}`은(는) 속도가 아닙니다" },
        RateTooHigh { most: u64 } => { en: "more than {most} events a second", ko: "초당 이벤트가 {most}개를 넘습니다" },
        BadShare { value: String } => {
            en: "`{value}` is not a share from 0% to 100%",
            ko: "`{value}`은(는) 0%에서 100% 사이의 비율이 아닙니다",
        },
        BadLength { value: String } => { en: "`{value}` is not a length of time", ko: "`{value}`은(는) 시간 길이가 아닙니다" },
        TimeTooFar { days: i64 } => { en: "later than day {days}", ko: "{days}일보다 뒤입니다" },
        BadKind { value: String } => { en: "`{value}` is not a kind of span", ko: "`{value}`은(는) 스팬의 종류가 아닙니다" },
    }
}

nines_base::catalogue! {
    /// What to do about it.
    pub enum LoadHint {
        AsFilter => { en: "write terms as in a filter", ko: "필터의 조건처럼 쓰십시오" },
        OneValue => { en: "write one value: op=\"get /profile/{{id}}\"", ko: "값 하나를 쓰십시오: op=\"get /profile/{{id}}\"" },
        KeepOne => { en: "keep one of them", ko: "하나만 남기십시오" },
        LeaveOut => { en: "leave it out", ko: "빼십시오" },
        Add { example: String } => { en: "add {example}", ko: "{example}을(를) 추가하십시오" },
        WriteRate => { en: "write events a second: rate=10/s", ko: "초당 이벤트 수를 쓰십시오: rate=10/s" },
        LowerRate => { en: "lower the rate", ko: "속도를 낮추십시오" },
        WriteShare => { en: "write per cent: bad=0.1%", ko: "퍼센트로 쓰십시오: bad=0.1%" },
        WriteLength => { en: "write numbers with units: 6h10m, 90s, 28d", ko: "숫자와 단위로 쓰십시오: 6h10m, 90s, 28d" },
        Sooner => { en: "name an earlier time", ko: "더 이른 시각을 쓰십시오" },
        Kinds => { en: "write client, server, producer, consumer or local", ko: "client, server, producer, consumer, local 중 하나를 쓰십시오" },
        GapOptions => { en: "write gap service=S from=T for=T", ko: "gap service=S from=T for=T 형식으로 쓰십시오" },
    }
}
