//! What the reader of definitions says: facts and next steps, in English and Korean.
//!
//! A fact never names its place; the finding around it does. Words of a file stand in quotes, so
//! that a sentence reads the same whatever they are.

nines_base::catalogue! {
    /// What is the case at a place of a file.
    pub enum Fact {
        // -- text and YAML ----------------------------------------------------
        CannotRead { reason: String } => {
            en: "the file or folder cannot be read: {reason}",
            ko: "파일이나 폴더를 읽을 수 없습니다: {reason}",
        },
        /// What the reader of YAML says, in both languages.
        OfText { said_en: String, said_ko: String } => { en: "{said_en}", ko: "{said_ko}" },
        LivingVersion => {
            en: "openslo.com/v2alpha is a living document that may change any day",
            ko: "openslo.com/v2alpha는 언제든 바뀔 수 있는 문서입니다",
        },
        NoPlaceInV1 { field: String } => {
            en: "'{field}' has no place here in openslo/v1 and is left out",
            ko: "openslo/v1에는 '{field}'을(를) 둘 곳이 없어 뺐습니다",
        },
        NotFormatted => {
            en: "the file cannot be written in the canonical way without changing what it says",
            ko: "뜻을 바꾸지 않고는 표준 형식으로 쓸 수 없는 파일입니다",
        },
        WouldBeWrittenOut { what: String } => {
            en: "'{what}' (an anchor, alias, tag or directive) would have to be written out, so the file is left as it is",
            ko: "'{what}'(앵커, 별칭, 태그, 지시문)을(를) 풀어 써야 하므로 파일을 그대로 둡니다",
        },
        MoreFindings { n: usize } => {
            en: "{n} more findings in this file",
            ko: "이 파일에 결과가 {n}개 더 있습니다",
        },
        // -- fields -----------------------------------------------------------
        NotText { found: String } => {
            en: "must be a text, but is {found}",
            ko: "텍스트여야 하는데 {found}입니다",
        },
        NotNumber { found: String } => {
            en: "must be a number, but is {found}",
            ko: "숫자여야 하는데 {found}입니다",
        },
        NotWhole { found: String, least: u32, most: u32 } => {
            en: "must be a whole number from {least} to {most}, but is {found}",
            ko: "{least} 이상 {most} 이하의 정수여야 하는데 {found}입니다",
        },
        NotBoolean { found: String } => {
            en: "must be true or false, but is {found}",
            ko: "true 또는 false여야 하는데 {found}입니다",
        },
        NotList { found: String } => {
            en: "must be a list, but is {found}",
            ko: "목록이어야 하는데 {found}입니다",
        },
        NotMapping { found: String } => {
            en: "must be a mapping of keys to values, but is {found}",
            ko: "키와 값의 매핑이어야 하는데 {found}입니다",
        },
        Missing { field: String } => {
            en: "'{field}' is missing",
            ko: "'{field}' 필드가 없습니다",
        },
        Empty => { en: "must not be empty", ko: "비어 있으면 안 됩니다" },
        UnknownField { field: String } => {
            en: "unknown field '{field}'",
            ko: "알 수 없는 필드 '{field}'입니다",
        },
        UnknownValue { value: String, known: String } => {
            en: "'{value}' is none of: {known}",
            ko: "'{value}'은(는) 다음 중 하나가 아닙니다: {known}",
        },
        FilterOfNoSpans { slo: String } => {
            en: "the events of SLO '{slo}' are not spans, so no filter can take some of them",
            ko: "SLO '{slo}'의 이벤트는 스팬이 아니어서 필터로 일부만 가려낼 수 없습니다",
        },
        TooManyFilters { slo: String, most: usize } => {
            en: "the adjustments of SLO '{slo}' have more than {most} different filters, and no more are counted apart",
            ko: "SLO '{slo}'의 조정에 서로 다른 필터가 {most}개를 넘으며, 그 이상은 따로 세지 않습니다",
        },
        NotTogether { one: String, other: String } => {
            en: "'{one}' and '{other}' cannot both be given",
            ko: "'{one}'과(와) '{other}'은(는) 함께 쓸 수 없습니다",
        },
        NeitherGiven { one: String, other: String } => {
            en: "one of '{one}' and '{other}' must be given",
            ko: "'{one}'과(와) '{other}' 가운데 하나가 있어야 합니다",
        },
        NoEffect { field: String, because: String } => {
            en: "'{field}' has no effect with {because}",
            ko: "'{field}'은(는) {because}에서 효과가 없습니다",
        },
        ExactlyOne { found: usize } => {
            en: "must have exactly one item, but has {found}",
            ko: "항목이 정확히 하나여야 하는데 {found}개입니다",
        },
        TooLong { chars: usize, limit: usize } => {
            en: "has {chars} characters; at most {limit} are allowed",
            ko: "{chars}자입니다. 최대 {limit}자까지 쓸 수 있습니다",
        },
        Twice { value: String } => {
            en: "'{value}' is listed twice",
            ko: "'{value}'이(가) 두 번 나옵니다",
        },
        // -- objects and names ------------------------------------------------
        NoObject => {
            en: "this document is no object: it has no keys",
            ko: "이 문서는 객체가 아닙니다. 키가 없습니다",
        },
        UnknownVersion { value: String } => {
            en: "apiVersion '{value}' is not read",
            ko: "apiVersion '{value}'은(는) 읽지 않습니다",
        },
        UnknownKind { kind: String, version: String } => {
            en: "{version} has no kind '{kind}'",
            ko: "{version}에는 '{kind}' kind가 없습니다",
        },
        BadName { value: String } => {
            en: "'{value}' is not a name: lower-case letters, digits and '-' inside, at most 63 characters",
            ko: "'{value}'은(는) 이름이 될 수 없습니다. 소문자와 숫자, 그 사이의 '-'만 쓰고 63자를 넘지 않아야 합니다",
        },
        BadLabelKey { key: String } => {
            en: "'{key}' cannot be a label: letters and digits, '-', '_' and '.' inside, at most 63 characters",
            ko: "'{key}'은(는) 레이블 키가 될 수 없습니다. 영문자와 숫자, 그 사이의 '-', '_', '.'만 쓰고 63자를 넘지 않아야 합니다",
        },
        BadAnnotationKey { key: String } => {
            en: "'{key}' cannot be an annotation: a label key of at most 63 characters, before it perhaps a DNS name and '/'",
            ko: "'{key}'은(는) 애너테이션 키가 될 수 없습니다. 63자 이하의 레이블 키이고 앞에 DNS 이름과 '/'를 붙일 수 있습니다",
        },
        UnknownAnnotation { key: String } => {
            en: "'{key}' is none of our annotations and has no effect",
            ko: "'{key}'은(는) nines의 애너테이션이 아니므로 효과가 없습니다",
        },
        Duplicate { kind: String, name: String, place: String } => {
            en: "{kind} '{name}' is already defined at {place}",
            ko: "{kind} '{name}'은(는) 이미 {place}에 정의되어 있습니다",
        },
        UnknownReference { kind: String, name: String } => {
            en: "no {kind} '{name}' is defined in the files given",
            ko: "주어진 파일에 {kind} '{name}'이(가) 정의되어 있지 않습니다",
        },
        // -- objectives and windows -------------------------------------------
        TargetTooHigh { percent: String } => {
            en: "objective is {percent} %, but must be below 100 %",
            ko: "목표가 {percent} %입니다. 100 %보다 작아야 합니다",
        },
        TargetNegative { value: String } => {
            en: "objective is {value}, but must not be below 0",
            ko: "목표가 {value}입니다. 0보다 작을 수 없습니다",
        },
        TargetTooFine { value: String, decimals: u32 } => {
            en: "'{value}' has more than {decimals} decimals; targets are held exactly to a billionth",
            ko: "'{value}'의 소수 자릿수가 {decimals}를 넘습니다. 목표는 10억분의 1까지 정확히 다룹니다",
        },
        PercentBelowOne { value: String } => {
            en: "the objective is {value} %, less than one per cent",
            ko: "목표가 {value} %로 1 %보다 작습니다",
        },
        SliceTargetOutside { value: String } => {
            en: "'{value}' is outside (0, 1]: above 0 and at most 1",
            ko: "'{value}'은(는) (0, 1] 범위를 벗어납니다. 0보다 크고 1 이하여야 합니다",
        },
        WeightNotPositive { value: String } => {
            en: "the weight is {value}, but must be above 0",
            ko: "가중치가 {value}입니다. 0보다 커야 합니다",
        },
        CompositeIncomplete => {
            en: "other objectives have an indicator of their own, this one has none",
            ko: "다른 목표에는 자체 지표가 있지만 이 목표에는 없습니다",
        },
        BadDuration { value: String } => {
            en: "'{value}' is not a duration: digits, then one of m h d w M Q Y",
            ko: "'{value}'은(는) 기간이 아닙니다. 숫자 뒤에 m h d w M Q Y 중 하나를 씁니다",
        },
        DurationTooLong { value: String } => {
            en: "'{value}' is longer than a century",
            ko: "'{value}'은(는) 100년보다 깁니다",
        },
        DurationZero => { en: "must be at least one minute", ko: "1분 이상이어야 합니다" },
        SliceNumberOfMinutes { value: String } => {
            en: "the number {value} means minutes; the specification's text allows it, its SDK does not",
            ko: "숫자 {value}은(는) 분을 뜻합니다. 명세 본문은 허용하지만 SDK는 허용하지 않습니다",
        },
        SliceLongerThanWindow { slice: String, window: String } => {
            en: "a slice of {slice} does not fit into the window of {window}",
            ko: "{slice} 슬라이스는 {window} 윈도에 들어가지 않습니다",
        },
        NoWindow => {
            en: "'timeWindow' is missing; 28 days rolling are assumed",
            ko: "'timeWindow' 필드가 없어 28일 이동 윈도로 간주합니다",
        },
        CalendarOfRolling => {
            en: "a rolling window cannot have a 'calendar'",
            ko: "이동 윈도에는 'calendar'를 쓸 수 없습니다",
        },
        NoCalendar => {
            en: "a window that is not rolling needs a 'calendar'",
            ko: "이동 윈도가 아니면 'calendar'가 필요합니다",
        },
        CalendarShort { length: String } => {
            en: "a calendar window of {length} is shorter than a day",
            ko: "{length} 캘린더 윈도는 하루보다 짧습니다",
        },
        CalendarClamped { day: i8 } => {
            en: "not every month has a day {day}: periods that would start on it start on the month's last day",
            ko: "{day}일이 없는 달이 있습니다. 그런 달에는 기간이 그 달의 마지막 날에 시작합니다",
        },
        WindowBeyondHistory { days: i64, limit: i64 } => {
            en: "the window reaches back {days} days; counts are kept for {limit}",
            ko: "윈도가 {days}일을 거슬러 갑니다. 집계는 {limit}일 동안 보관합니다",
        },
        BadLocalTime { value: String } => {
            en: "'{value}' is not a local time YYYY-MM-DD hh:mm:ss",
            ko: "'{value}'은(는) YYYY-MM-DD hh:mm:ss 형식의 현지 시각이 아닙니다",
        },
        UnknownTimeZone { value: String } => {
            en: "'{value}' is not a time zone of the IANA database",
            ko: "'{value}'은(는) IANA 데이터베이스의 시간대가 아닙니다",
        },
        MixedSlices { lengths: String } => {
            en: "the objectives have time slices of {lengths}, so the composite cannot be judged slice by slice",
            ko: "목표의 시간 구간이 {lengths}(으)로 서로 달라 합친 목표를 구간별로 판정할 수 없습니다",
        },
        PeriodTooLong { value: String, most: String } => {
            en: "'{value}' is longer than {most}, which is as long as exceptions are remembered",
            ko: "'{value}'은(는) 예외를 기억하는 {most}보다 깁니다",
        },
        SameLabel { label: String, number: usize } => {
            en: "'{label}' also names objective {number} of this SLO",
            ko: "'{label}'은(는) 이 SLO의 목표 {number}의 이름이기도 합니다",
        },
        ThresholdOfRatio { field: String } => {
            en: "'{field}' is for thresholds, but the indicator is a ratio",
            ko: "'{field}'은(는) 임곗값용인데 지표는 비율입니다",
        },
        LimitBelowMillisecond { value: String } => {
            en: "durations are measured in microseconds: {value} is less than a millisecond",
            ko: "시간은 마이크로초로 측정합니다. {value}은(는) 1밀리초보다 짧습니다",
        },
        NumberTooLarge { value: String } => {
            en: "'{value}' is too large a number",
            ko: "'{value}'은(는) 너무 큰 수입니다",
        },
        // -- indicators -------------------------------------------------------
        RawOfSpans => {
            en: "'raw' is a ratio made elsewhere; spans give events, not ratios",
            ko: "'raw'는 다른 곳에서 만든 비율입니다. 스팬은 비율이 아니라 이벤트를 제공합니다",
        },
        ValueOfRatio => {
            en: "'value' belongs to a thresholdMetric, not to a ratio",
            ko: "'value'는 비율이 아니라 thresholdMetric에 씁니다",
        },
        MixedSources { one: String, other: String } => {
            en: "one half of the ratio is of type '{one}', the other of '{other}'",
            ko: "비율의 한쪽은 '{one}' 유형이고 다른 쪽은 '{other}' 유형입니다",
        },
        NotMeasured { source_type: String } => {
            en: "sources of type '{source_type}' are listed, never measured; only 'spans' and 'Prometheus' are",
            ko: "'{source_type}' 유형의 소스는 목록에만 나오고 측정하지 않습니다. 'spans'와 'Prometheus'만 측정합니다",
        },
        CounterLeftOut => {
            en: "without 'counter' each figure is taken for the events of its own minute",
            ko: "'counter'가 없으면 각 값을 해당 1분의 이벤트 수로 봅니다",
        },
        SourceWithoutUrl => {
            en: "nothing says where this Prometheus is, so it is listed and not measured",
            ko: "이 Prometheus의 주소가 없어 목록에만 나오고 측정하지 않습니다",
        },
        SourceUrlHasMore => {
            en: "the address of a Prometheus has a user, a query or a fragment",
            ko: "Prometheus의 주소에 사용자, 쿼리 또는 조각이 들어 있습니다",
        },
        /// What the filter language says, in both languages.
        BadFilter { said_en: String, said_ko: String } => {
            en: "{said_en}",
            ko: "{said_ko}",
        },
        BothHalves => {
            en: "without 'kind' both halves of a call are events: what the service answers and what it asks of others",
            ko: "'kind'가 없으면 호출의 양쪽이 모두 이벤트가 됩니다. 서비스가 응답한 것과 다른 서비스에 요청한 것을 함께 셉니다",
        },
        EmptyFilter => {
            en: "an empty filter takes every span of every service for an event",
            ko: "빈 필터는 모든 서비스의 모든 스팬을 이벤트로 셉니다",
        },
        OutsideTotal { part: String, witness: String } => {
            en: "'{part}' counts spans that 'total' does not: nothing in it makes sure of '{witness}'",
            ko: "'{part}'이(가) 'total'에 없는 스팬을 셉니다. '{witness}' 조건을 보장하지 않습니다",
        },
        NeverInTotal { part: String, witness: String } => {
            en: "no span is both in '{part}' and in 'total': '{witness}' contradicts it",
            ko: "'{part}'과(와) 'total'에 함께 드는 스팬이 없습니다. '{witness}' 조건과 모순됩니다",
        },
        SameAsTotal { part: String } => {
            en: "every span of 'total' is in '{part}' too: nothing tells them apart",
            ko: "'total'의 모든 스팬이 '{part}'에도 듭니다. 둘을 구별하는 조건이 없습니다",
        },
        BelongsTo { field: String, to: String } => {
            en: "'{field}' has no meaning here; it belongs to '{to}' of a ratio",
            ko: "'{field}'은(는) 여기에서 뜻이 없습니다. 비율의 '{to}'에 씁니다",
        },
        PartCountedAlone => {
            en: "this half is counted by a tag, but 'total' is not: its spans are one event each",
            ko: "이쪽은 태그로 세는데 'total'은 그렇지 않아 스팬 하나가 이벤트 하나입니다",
        },
        AttemptsNotOfCallers => {
            en: "attempts at a request are told apart by the spans of the caller; nothing here asks for kind=client or kind=producer",
            ko: "요청의 시도는 호출하는 쪽의 스팬으로 구별합니다. 여기에는 kind=client나 kind=producer 조건이 없습니다",
        },
        NotLength { value: String } => {
            en: "'{value}' is not a length of time with its unit",
            ko: "'{value}'은(는) 단위가 붙은 시간이 아닙니다",
        },
        WithinOutside { value: String, most: String } => {
            en: "'{value}' is outside what can be waited for: above 0 and at most {most}",
            ko: "'{value}'은(는) 기다릴 수 있는 시간을 벗어납니다. 0보다 크고 {most} 이하여야 합니다",
        },
        GroupedByField { name: String } => {
            en: "'{name}' is a field of the span; groups are values of a tag",
            ko: "'{name}'은(는) 스팬의 필드입니다. 그룹은 태그의 값으로 나눕니다",
        },
        ThroughputOfEvents => {
            en: "throughput judges slices of time by how many events they have, and this SLO does not budget by slices",
            ko: "처리량은 시간 구간을 이벤트 수로 판단하는데 이 SLO는 시간 구간으로 버짓을 세지 않습니다",
        },
        LeftOutOfTraces { name: String } => {
            en: "events of SLO '{name}' are made of several spans or measured elsewhere, so it has no say in whether a trace of this story is good",
            ko: "SLO '{name}'의 이벤트는 여러 스팬으로 이루어지거나 다른 시스템에서 측정되므로 이 스토리의 트레이스 판단에는 들어가지 않습니다",
        },
        NotProven { part: String, witness: String } => {
            en: "cannot prove that every span of '{part}' is in 'total': '{witness}' may not hold",
            ko: "'{part}'의 모든 스팬이 'total'에 드는지 증명하지 못했습니다. '{witness}' 조건이 성립하지 않을 수 있습니다",
        },
        // -- alerts -----------------------------------------------------------
        BurnUnreachable { threshold: String, slo: String, most: String } => {
            en: "a burn rate of {threshold} can never be reached by SLO '{slo}': its most is {most}, 1/(1 - target)",
            ko: "SLO '{slo}'의 소진율은 {threshold}에 이를 수 없습니다. 최대는 1/(1 - 목표) = {most}입니다",
        },
        BurnNegative { value: String } => {
            en: "a burn rate is never below 0; {value} is read as 0",
            ko: "소진율은 0보다 작을 수 없습니다. {value}은(는) 0으로 읽습니다",
        },
        TargetWithoutEntry { name: String } => {
            en: "target '{name}' has no entry in the server's configuration: nobody is told",
            ko: "대상 '{name}'의 항목이 서버 구성에 없어 아무에게도 알리지 않습니다",
        },
        TargetUntold { name: String } => {
            en: "no alert policy of an SLO tells target '{name}'",
            ko: "대상 '{name}'에 알리는 SLO 알림 정책이 없습니다",
        },
        EntryWithoutSource { name: String } => {
            en: "no DataSource is called '{name}': nothing is asked there",
            ko: "'{name}'(이)라는 DataSource가 없어 아무것도 묻지 않습니다",
        },
        EntryWithoutTarget { name: String } => {
            en: "no AlertNotificationTarget is called '{name}': nothing is sent there",
            ko: "'{name}'(이)라는 AlertNotificationTarget이 없어 아무것도 보내지 않습니다",
        },
        SamePolicy { name: String } => {
            en: "policy '{name}' stands here already",
            ko: "정책 '{name}'이(가) 이미 있습니다",
        },
        // -- own kinds --------------------------------------------------------
        NotShare { value: String } => {
            en: "'{value}' is not a share between 0 and 1",
            ko: "'{value}'은(는) 0과 1 사이의 비율이 아닙니다",
        },
        NotLevel { value: String } => {
            en: "'{value}' is not a share of the budget: 1 is all of it, 0 none, below 0 overspent",
            ko: "'{value}'은(는) 버짓의 비율이 아닙니다. 1은 전부, 0은 없음, 0 미만은 초과 소진입니다",
        },
        RulePartUnknown { part: String } => {
            en: "'{part}' is no part of a recurrence rule, or is given twice",
            ko: "'{part}'은(는) 반복 규칙의 항목이 아니거나 두 번 쓰였습니다",
        },
        RuleNotSupported { part: String } => {
            en: "'{part}' is a recurrence that this version does not read",
            ko: "'{part}'은(는) 이 버전이 지원하지 않는 반복입니다",
        },
        RuleBadValue { part: String } => {
            en: "'{part}' has a value that cannot be read",
            ko: "'{part}'의 값을 읽을 수 없습니다",
        },
        RuleNever { rule: String } => {
            en: "no day from 'from' on is one of '{rule}'",
            ko: "'from' 이후 '{rule}'에 해당하는 날이 없습니다",
        },
        RuleWithoutFrequency => { en: "a recurrence rule needs FREQ", ko: "반복 규칙에는 FREQ가 필요합니다" },
        RuleEndsTwice => { en: "COUNT and UNTIL exclude each other", ko: "COUNT와 UNTIL은 함께 쓸 수 없습니다" },
        StateNotBelow { above: String, previous: String } => {
            en: "states go from the most budget to the least, but {above} is not below {previous}",
            ko: "상태는 버짓이 많은 것부터 적습니다. {above}은(는) {previous}보다 작지 않습니다",
        },
        StateUnreachable => {
            en: "the state before it has no 'above' and takes everything; this one is never reached",
            ko: "앞 상태에 'above'가 없어 모든 경우가 거기에 해당합니다. 이 상태에는 이르지 않습니다",
        },
        BadTime { value: String } => {
            en: "'{value}' is not a time as RFC 3339 writes it",
            ko: "'{value}'은(는) RFC 3339 형식의 시각이 아닙니다",
        },
        EndsBeforeStart => {
            en: "it ends before it begins",
            ko: "시작보다 먼저 끝납니다",
        },
        ApprovedByRequester { person: String } => {
            en: "'{person}' both asks for the exception and approves it",
            ko: "'{person}'이(가) 예외를 요청하고 스스로 승인했습니다",
        },
    }
}

nines_base::catalogue! {
    /// What to do next about a fact.
    pub enum Hint {
        AllowV2alpha => { en: "convert it as of today with --v2alpha", ko: "지금의 내용대로 변환하려면 --v2alpha를 지정하십시오" },
        DefineDataSource => {
            en: "define a DataSource and name it by metricSourceRef",
            ko: "DataSource를 정의하고 metricSourceRef로 가리키십시오",
        },
        FormatByHand => { en: "write it out by hand, or leave the file out", ko: "직접 풀어 쓰거나 이 파일을 빼십시오" },
        MakeReadable => { en: "check that it exists and that the server may read it", ko: "파일이나 폴더가 있는지, 서버가 읽을 수 있는지 확인하십시오" },
        QuoteText => { en: "put the text in quotes", ko: "텍스트를 따옴표로 감싸십시오" },
        FixThese => { en: "correct the ones above first", ko: "먼저 위의 것을 고치십시오" },
        QuoteNumber { text: String } => { en: "in quotes it is a text: \"{text}\"", ko: "따옴표로 감싸면 텍스트입니다: \"{text}\"" },
        Unquote => { en: "write it without quotes", ko: "따옴표 없이 쓰십시오" },
        WriteAs { example: String } => { en: "for example {example}", ko: "예: {example}" },
        Add { example: String } => { en: "add it, for example {example}", ko: "추가하십시오. 예: {example}" },
        Remove { field: String } => { en: "remove '{field}'", ko: "'{field}'을(를) 지우십시오" },
        KeepOne { one: String, other: String } => {
            en: "keep '{one}' or '{other}'",
            ko: "'{one}'과(와) '{other}' 중 하나만 남기십시오",
        },
        DidYouMean { word: String } => { en: "did you mean '{word}'?", ko: "'{word}'을(를) 뜻하셨습니까?" },
        OneOf { known: String } => { en: "possible here: {known}", ko: "쓸 수 있는 값: {known}" },
        Shorten => { en: "shorten it", ko: "줄이십시오" },
        AdjustTimes => {
            en: "leave 'where' out and give 'from' and 'for', or name another SLO",
            ko: "'where'를 빼고 'from'과 'for'를 쓰거나 다른 SLO를 지정하십시오",
        },
        JoinFilters => {
            en: "use a filter of another adjustment, or mark such requests with one tag for all",
            ko: "다른 조정의 필터를 쓰거나 그런 요청에 공통 태그 하나를 붙이십시오",
        },
        DropOne => { en: "drop one of them", ko: "하나를 지우십시오" },
        OneObject => {
            en: "an object begins with apiVersion, kind, metadata and spec",
            ko: "객체는 apiVersion, kind, metadata, spec으로 시작합니다",
        },
        Versions => {
            en: "openslo/v1 and nines.dev/v1alpha1 are read",
            ko: "openslo/v1과 nines.dev/v1alpha1을 읽습니다",
        },
        ConvertVersion => {
            en: "write it as openslo/v1: `nines slo convert` does so for other versions",
            ko: "openslo/v1로 쓰십시오. 다른 버전은 `nines slo convert`로 변환할 수 있습니다",
        },
        KindOfVersion { version: String } => {
            en: "with this kind, write apiVersion: {version}",
            ko: "이 kind에는 apiVersion: {version}을(를) 쓰십시오",
        },
        Rename { kind: String } => {
            en: "rename one of them: two objects of kind {kind} never share a name, whatever their files",
            ko: "하나의 이름을 바꾸십시오. 파일이 달라도 {kind} kind의 이름은 겹칠 수 없습니다",
        },
        Define { kind: String, name: String } => {
            en: "define {kind} '{name}', or give the path of its file too",
            ko: "{kind} '{name}'을(를) 정의하거나 그 파일의 경로도 주십시오",
        },
        LowerTarget { example: String, budget: String, window: String } => {
            en: "{example} leaves {budget} of budget in {window}",
            ko: "{example}이면 {window} 동안 {budget}의 버짓이 남습니다",
        },
        PercentNotShare { percent: String } => {
            en: "'target' is a share; in per cent write targetPercent: {percent}",
            ko: "'target'은 비율입니다. 백분율은 targetPercent: {percent}(으)로 쓰십시오",
        },
        ShareNotPercent { share: String } => {
            en: "for a share write target: {share}",
            ko: "비율은 target: {share}(으)로 쓰십시오",
        },
        RaiseTarget => { en: "0 is the least, and means that nothing need be good", ko: "0이 최소이며 좋은 이벤트가 없어도 된다는 뜻입니다" },
        FewerDecimals => { en: "round it", ko: "반올림하십시오" },
        IndicatorPlaces => {
            en: "give one to the SLO, or one to each of its objectives",
            ko: "SLO에 하나를 두거나 목표마다 하나씩 두십시오",
        },
        StartInEveryMonth => {
            en: "start on a day from 1 to 28 if that is not meant",
            ko: "의도한 것이 아니라면 1일부터 28일 사이에 시작하십시오",
        },
        MonthNotMinute => {
            en: "'m' is a minute and 'M' a month; calendar windows are days or longer",
            ko: "'m'은 분, 'M'은 월입니다. 캘린더 윈도는 하루 이상으로 쓰십시오",
        },
        ShorterWindow => { en: "shorten the window; 28d is usual", ko: "윈도를 줄이십시오. 보통 28d를 씁니다" },
        DropCalendar => { en: "drop 'calendar', or set isRolling: false", ko: "'calendar'를 지우거나 isRolling: false로 쓰십시오" },
        SetRolling => {
            en: "set isRolling: true, or add calendar: {{startTime, timeZone}}",
            ko: "isRolling: true로 쓰거나 calendar: {{startTime, timeZone}}을 추가하십시오",
        },
        OneSliceLength => {
            en: "give all of them the same timeSliceWindow; until then only the objectives have figures",
            ko: "timeSliceWindow를 모두 같게 하십시오. 그때까지는 각 목표에만 수치가 있습니다",
        },
        DistinctLabels => { en: "give the objectives different names", ko: "목표의 이름을 서로 다르게 하십시오" },
        LimitInMicroseconds { example: String } => {
            en: "milliseconds times 1000: write {example}",
            ko: "밀리초에 1000을 곱해 {example}(으)로 쓰십시오",
        },
        UseGoodAndTotal => {
            en: "use good (or bad) and total, each with a 'where'",
            ko: "good(또는 bad)과 total을 쓰고 각각 'where'를 두십시오",
        },
        OneSource => { en: "take both halves from the same source", ko: "양쪽을 같은 소스에서 가져오십시오" },
        SayCounter => {
            en: "add counter: true where the queries give counters that only grow, else counter: false",
            ko: "쿼리 결과가 계속 늘기만 하는 카운터이면 counter: true, 아니면 counter: false를 넣으십시오",
        },
        NameSource => {
            en: "name a DataSource by 'metricSourceRef', with 'connectionDetails: {{ url: http://… }}'",
            ko: "'connectionDetails: {{ url: http://… }}'가 있는 DataSource를 'metricSourceRef'로 지정하십시오",
        },
        SourceUrlAlone => {
            en: "write http://HOST… alone; a key stands in a file that [source.NAME] of nines.toml names",
            ko: "http://호스트…만 쓰십시오. 키는 nines.toml의 [source.이름]이 가리키는 파일에 둡니다",
        },
        UseSpans => {
            en: "to have it measured, use type: spans with a 'where'",
            ko: "측정하려면 type: spans와 'where'를 쓰십시오",
        },
        /// What the reader of YAML advises, in both languages.
        OfText { said_en: String, said_ko: String } => { en: "{said_en}", ko: "{said_ko}" },
        /// What the filter language advises, in both languages.
        OfFilter { said_en: String, said_ko: String } => { en: "{said_en}", ko: "{said_ko}" },
        CorrectFilter => { en: "correct the term", ko: "조건을 고치십시오" },
        NameKind => {
            en: "add kind=server for what it answers, kind=client for what it asks",
            ko: "응답은 kind=server, 요청은 kind=client를 추가하십시오",
        },
        NameService => { en: "name at least the service: service=NAME kind=server", ko: "적어도 서비스를 쓰십시오: service=이름 kind=server" },
        RepeatTotal { part: String } => {
            en: "begin '{part}' with the terms of 'total', then add what narrows it",
            ko: "'{part}'을(를) 'total'의 조건으로 시작하고 좁히는 조건을 더하십시오",
        },
        NarrowPart { part: String } => {
            en: "add to '{part}' what makes the difference, for example error or !error",
            ko: "'{part}'에 차이를 만드는 조건을 더하십시오. 예: error 또는 !error",
        },
        MoveTo { field: String, to: String } => {
            en: "move '{field}' beside the 'where' of '{to}', or remove it",
            ko: "'{field}'을(를) '{to}'의 'where' 옆으로 옮기거나 지우십시오",
        },
        CountTotal => {
            en: "give 'total' a 'count' too: the tag that says how many events a span is",
            ko: "'total'에도 'count'를 쓰십시오. 스팬이 이벤트 몇 건인지 말하는 태그입니다",
        },
        NameCallers => {
            en: "add kind=client, or leave 'retries' out where each attempt is a request of its own",
            ko: "kind=client를 추가하십시오. 시도마다 별개의 요청이라면 'retries'를 지우십시오",
        },
        UseTimeslices => {
            en: "write budgetingMethod: Timeslices, with a timeSliceWindow",
            ko: "budgetingMethod: Timeslices와 timeSliceWindow를 쓰십시오",
        },
        JoinOtherwise => {
            en: "leave it as it is, or join the story by weight: join: weighted",
            ko: "그대로 두거나 스토리를 가중치로 묶으십시오: join: weighted",
        },
        LowerThreshold { most: String } => {
            en: "lower the threshold below {most}, or raise the target",
            ko: "임곗값을 {most}보다 낮추거나 목표를 높이십시오",
        },
        WriteEntry { name: String } => {
            en: "write [notify.{name}] with its type into nines.toml",
            ko: "nines.toml에 [notify.{name}]과 type을 쓰십시오",
        },
        TellTarget => {
            en: "name it in the notificationTargets of a policy, and the policy in an SLO, or remove it",
            ko: "정책의 notificationTargets와 SLO의 alertPolicies에 쓰거나 지우십시오",
        },
        NameSourceOfEntry { name: String } => {
            en: "define a DataSource '{name}', or remove the entry",
            ko: "DataSource '{name}'을(를) 정의하거나 항목을 지우십시오",
        },
        SelectEntry { name: String } => {
            en: "define an AlertNotificationTarget '{name}', or remove the entry",
            ko: "AlertNotificationTarget '{name}'을(를) 정의하거나 항목을 지우십시오",
        },
        OrderStates => { en: "sort the states by 'above', the largest first", ko: "상태를 'above'가 큰 순서로 정렬하십시오" },
        LastState => { en: "leave out 'above' in the last state only", ko: "'above'는 마지막 상태에서만 생략하십시오" },
        RuleParts => {
            en: "write FREQ=DAILY, WEEKLY, MONTHLY or YEARLY with INTERVAL, COUNT or UNTIL, BYDAY, BYMONTHDAY, BYMONTH: FREQ=WEEKLY;BYDAY=SU; by day or month of the year, name BYMONTH too",
            ko: "FREQ=DAILY, WEEKLY, MONTHLY, YEARLY와 INTERVAL, COUNT 또는 UNTIL, BYDAY, BYMONTHDAY, BYMONTH를 쓰십시오. 예: FREQ=WEEKLY;BYDAY=SU. YEARLY에서 날을 정하려면 BYMONTH도 쓰십시오",
        },
        SwapTimes => { en: "give an end after the beginning", ko: "시작 뒤의 시각을 끝으로 쓰십시오" },
        OtherApprover => { en: "have another person approve it", ko: "다른 사람의 승인을 받으십시오" },
    }
}
