//! What the filter language says to people, in every language of the product.

nines_base::catalogue! {
    /// What is wrong in a filter.
    pub enum FilterFact {
        TooLong { chars: usize, chars_max: usize } => {
            en: "the filter has {chars} characters, at most {chars_max} are allowed",
            ko: "필터가 {chars}자입니다. 최대 {chars_max}자까지 쓸 수 있습니다",
        },
        TooManyTerms { terms_max: usize } => {
            en: "more than {terms_max} terms",
            ko: "조건이 {terms_max}개를 넘습니다",
        },
        TooManyPatterns { patterns_max: usize } => {
            en: "more than {patterns_max} regular expressions",
            ko: "정규식이 {patterns_max}개를 넘습니다",
        },
        StrayCharacter { character: char } => {
            en: "`{character}` has no meaning here",
            ko: "여기에는 `{character}` 문자를 쓸 수 없습니다",
        },
        StrayOperator { operator: String } => {
            en: "no name stands before `{operator}`",
            ko: "`{operator}` 앞에 이름이 없습니다",
        },
        NotAnOperator { text: String } => {
            en: "`{text}` is not an operator",
            ko: "`{text}` 연산자는 없습니다",
        },
        NothingNegated => {
            en: "nothing follows the negation",
            ko: "부정 기호 뒤에 조건이 없습니다",
        },
        ValueMissing { name: String, operator: String } => {
            en: "no value follows `{name}{operator}`",
            ko: "`{name}{operator}` 뒤에 값이 없습니다",
        },
        OperatorMissing { name: String } => {
            en: "`{name}` needs an operator and a value",
            ko: "`{name}`에는 연산자와 값이 필요합니다",
        },
        QuoteOpen => {
            en: "the quotation mark is never closed",
            ko: "따옴표가 닫히지 않았습니다",
        },
        QuoteInside => {
            en: "a quotation mark stands inside a word",
            ko: "단어 중간에 따옴표가 있습니다",
        },
        SingleQuote => {
            en: "single quotation marks do not quote",
            ko: "작은따옴표는 인용에 쓰지 않습니다",
        },
        Glued => {
            en: "a word starts right after a closing mark",
            ko: "닫는 기호 바로 뒤에 글자가 붙어 있습니다",
        },
        ListOpen => {
            en: "the list is never closed",
            ko: "목록의 괄호가 닫히지 않았습니다",
        },
        ListEmpty => {
            en: "the list is empty",
            ko: "목록이 비어 있습니다",
        },
        ListValueMissing => {
            en: "a value is missing in the list",
            ko: "목록에 값이 빠져 있습니다",
        },
        ListSeparator => {
            en: "values of a list are separated by `,`",
            ko: "목록의 값은 `,`로 나누어야 합니다",
        },
        ListOrdered { operator: String } => {
            en: "`{operator}` compares with one value, not with a list",
            ko: "`{operator}`는 목록이 아니라 값 하나와 비교합니다",
        },
        Connective { word: String } => {
            en: "`{word}` between terms has no meaning",
            ko: "조건 사이의 `{word}`에는 뜻이 없습니다",
        },
        ColonCompared { name: String } => {
            en: "`{name}:` does not compare",
            ko: "`{name}:` 형태로는 비교할 수 없습니다",
        },
        WordCompared { word: String } => {
            en: "`{word}` stands alone and takes no value",
            ko: "`{word}`는 값 없이 혼자 씁니다",
        },
        TagNameMissing => {
            en: "no name follows `tag.`",
            ko: "`tag.` 뒤에 이름이 없습니다",
        },
        OperatorUnfit { name: String, operator: String } => {
            en: "`{name}` cannot be compared with `{operator}`",
            ko: "`{name}`에는 `{operator}` 연산자를 쓸 수 없습니다",
        },
        KindUnknown { word: String } => {
            en: "`{word}` is not a kind of span",
            ko: "`{word}`는 스팬 종류가 아닙니다",
        },
        DurationUnit { text: String } => {
            en: "`{text}` has no unit of time that is known here",
            ko: "`{text}`에 사용할 수 있는 시간 단위가 없습니다",
        },
        DurationWrong { text: String } => {
            en: "`{text}` is not a duration",
            ko: "`{text}`는 시간 길이가 아닙니다",
        },
        IdWrong { text: String, digits_max: usize } => {
            en: "`{text}` is not an id: 1 to {digits_max} digits of 0-9 and a-f",
            ko: "`{text}`는 ID가 아닙니다. 0-9와 a-f 숫자 1~{digits_max}자리여야 합니다",
        },
        PatternWrong { reason: String } => {
            en: "the regular expression is wrong: {reason}",
            ko: "정규식이 잘못되었습니다: {reason}",
        },
        PatternTooLarge { bytes_max: usize } => {
            en: "the regular expression needs more than {bytes_max} bytes",
            ko: "정규식에 {bytes_max}바이트보다 많은 메모리가 필요합니다",
        },
    }
}

nines_base::catalogue! {
    /// What to do about a fault in a filter.
    pub enum FilterHint {
        Shorten => {
            en: "use a list, `service=(a,b)`, or a regular expression, `op=~\"^get\"`",
            ko: "`service=(a,b)` 같은 목록이나 `op=~\"^get\"` 같은 정규식을 사용하십시오",
        },
        FewerPatterns => {
            en: "join them with `|`: `op=~\"^get|^post\"`",
            ko: "`op=~\"^get|^post\"`처럼 `|`로 합치십시오",
        },
        QuoteIt => {
            en: "put the whole name or value in double quotation marks: \"…\"",
            ko: "이름이나 값 전체를 큰따옴표로 묶으십시오: \"…\"",
        },
        CloseQuote => {
            en: "close it with `\"`; inside, write `\\\"` for the mark itself",
            ko: "`\"`로 닫으십시오. 안에서 따옴표 자체는 `\\\"`로 씁니다",
        },
        NameFirst => {
            en: "write a name, an operator and a value: `service=checkout`",
            ko: "`service=checkout`처럼 이름, 연산자, 값을 차례로 쓰십시오",
        },
        OperatorMeant { operator: String } => {
            en: "did you mean `{operator}`?",
            ko: "`{operator}`를 쓰려던 것입니까?",
        },
        Operators => {
            en: "operators are `= != =~ !~ < <= > >=`",
            ko: "연산자는 `= != =~ !~ < <= > >=`입니다",
        },
        NegateTerm => {
            en: "write the term right after it: `!error`, `-service=health`",
            ko: "`!error`, `-service=health`처럼 조건을 바로 붙여 쓰십시오",
        },
        WriteValue => {
            en: "write the value right after the operator; an empty value is `\"\"`",
            ko: "연산자 바로 뒤에 값을 쓰십시오. 빈 값은 `\"\"`입니다",
        },
        CompareOrTag { name: String } => {
            en: "compare it, `{name}=…`; for a tag of that name write `tag.{name}`",
            ko: "`{name}=…`처럼 비교하십시오. 같은 이름의 태그는 `tag.{name}`으로 씁니다",
        },
        SpaceBetween => {
            en: "leave a space between terms, or quote the whole value: `op=~\"(a|b)c\"`",
            ko: "조건 사이를 띄우거나 `op=~\"(a|b)c\"`처럼 값 전체를 따옴표로 묶으십시오",
        },
        CloseList => {
            en: "close it with `)`: `service=(a,b)`",
            ko: "`service=(a,b)`처럼 `)`로 닫으십시오",
        },
        FillList => {
            en: "write values separated by `,`: `service=(a,b)`; an empty value is `\"\"`",
            ko: "`service=(a,b)`처럼 값을 `,`로 나누어 쓰십시오. 빈 값은 `\"\"`입니다",
        },
        OneValue => {
            en: "write one value, or two terms for a range: `duration>=100ms duration<400ms`",
            ko: "값을 하나만 쓰십시오. 범위는 `duration>=100ms duration<400ms`처럼 조건 두 개로 씁니다",
        },
        TermsAreAnded => {
            en: "terms side by side must all hold already; remove the word",
            ko: "나란히 쓴 조건은 모두 성립해야 합니다. 그 단어를 지우십시오",
        },
        NoOr => {
            en: "write any of several values as a list: `service=(a,b)`",
            ko: "여러 값 중 하나는 `service=(a,b)`처럼 목록으로 쓰십시오",
        },
        NegateWithMark => {
            en: "negate a term with `!`: `!error`",
            ko: "부정은 `!error`처럼 `!`로 씁니다",
        },
        NoGroups => {
            en: "brackets hold the values of one name, `service=(a,b)`, not terms",
            ko: "괄호는 조건이 아니라 `service=(a,b)`처럼 한 이름의 값을 묶습니다",
        },
        EqualsMeant { name: String } => {
            en: "did you mean `{name}=`? A tag with `:` in its name is quoted",
            ko: "`{name}=`를 쓰려던 것입니까? 이름에 `:`가 있는 태그는 따옴표로 묶습니다",
        },
        AloneOrTag { word: String } => {
            en: "write `{word}` or `!{word}`; for a tag of that name write `tag.{word}`",
            ko: "`{word}`나 `!{word}`로 쓰십시오. 같은 이름의 태그는 `tag.{word}`로 씁니다",
        },
        NameTag => {
            en: "write `tag.NAME`, for example `tag.duration`",
            ko: "`tag.duration`처럼 `tag.이름`으로 쓰십시오",
        },
        OperatorsOf { name: String, operators: String } => {
            en: "`{name}` takes {operators}",
            ko: "`{name}`에는 {operators} 연산자를 씁니다",
        },
        KindMeant { word: String } => {
            en: "did you mean `{word}`?",
            ko: "`{word}`를 쓰려던 것입니까?",
        },
        Kinds => {
            en: "kinds are client, server, producer, consumer, local",
            ko: "종류는 client, server, producer, consumer, local입니다",
        },
        DurationUnits => {
            en: "write a number and one of us, ms, s, m, h: `400ms`, `1.5s`",
            ko: "`400ms`, `1.5s`처럼 숫자와 us, ms, s, m, h 중 하나를 쓰십시오",
        },
        CopyId => {
            en: "copy the id as the trace page shows it, in lower case",
            ko: "트레이스 페이지에 보이는 ID를 소문자로 그대로 복사하십시오",
        },
        PatternRules => {
            en: "the syntax is RE2's, without look-around and back-references; `\\.` means a dot itself",
            ko: "문법은 RE2이며 전후방 탐색과 역참조는 없습니다. 점 자체는 `\\.`로 씁니다",
        },
    }
}

nines_base::catalogue! {
    /// What is allowed in a filter, but hardly meant.
    pub enum FilterDoubt {
        NotNumeric { text: String } => {
            en: "`{text}` is not a number, so this comparison is never true",
            ko: "`{text}`는 숫자가 아니므로 이 비교는 성립하지 않습니다",
        },
        TagNamedLike { name: String, meant: String } => {
            en: "`{name}` asks for a tag; did you mean `{meant}`?",
            ko: "`{name}`은 태그를 찾습니다. `{meant}`를 쓰려던 것입니까?",
        },
    }
}
