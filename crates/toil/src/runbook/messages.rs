//! What is said of runbooks: facts and next steps, in English and Korean.

use nines_base::lang::{Lang, Message};

nines_base::catalogue! {
    /// What is the case at a place of a file.
    pub enum Fact {
        /// What the reader of YAML says.
        OfText { said_en: String, said_ko: String } => { en: "{said_en}", ko: "{said_ko}" },
        TooLarge { bytes: usize, limit: usize } => { en: "the file has {bytes} bytes; at most {limit} are read", ko: "파일이 {bytes}바이트입니다. 최대 {limit}바이트까지 읽습니다" },
        NotText { byte: u8 } => { en: "byte 0x{byte:02x} is not UTF-8 text", ko: "0x{byte:02x} 바이트는 UTF-8 텍스트가 아닙니다" },
        Nul => { en: "the file holds a NUL, which no shell takes", ko: "파일에 셸이 받지 못하는 NUL 문자가 있습니다" },
        // -- front matter -------------------------------------------------------
        FrontOpen => { en: "the front matter is not ended by a line '---'", ko: "머리말이 '---' 줄로 끝나지 않았습니다" },
        NotMapping { found: String } => { en: "{found} stands where keys with values belong", ko: "키와 값이 올 자리에 {found}이(가) 있습니다" },
        NotList { found: String } => { en: "{found} stands where a list belongs", ko: "목록이 올 자리에 {found}이(가) 있습니다" },
        NotWord { found: String } => { en: "{found} stands where a text belongs", ko: "텍스트가 올 자리에 {found}이(가) 있습니다" },
        Missing { field: String } => { en: "'{field}' is missing", ko: "'{field}'이(가) 없습니다" },
        UnknownField { field: String } => { en: "a runbook has no '{field}'", ko: "런북에는 '{field}'이(가) 없습니다" },
        UnknownValue { value: String, known: String } => { en: "'{value}' is none of {known}", ko: "'{value}'은(는) {known} 중에 없습니다" },
        OtherVersion { version: String } => { en: "'{version}' is no format this version reads", ko: "'{version}'은(는) 이 버전이 읽는 형식이 아닙니다" },
        BadId { id: String } => { en: "'{id}' cannot be an id", ko: "'{id}'은(는) ID가 될 수 없습니다" },
        BadParamName { name: String } => { en: "'{name}' cannot be the name of a parameter", ko: "'{name}'은(는) 매개변수 이름이 될 수 없습니다" },
        ReservedName { name: String } => { en: "'{name}' changes how the shell itself works", ko: "'{name}'은(는) 셸 자체의 동작을 바꿉니다" },
        BadPattern { detail: String } => { en: "this is no regular expression: {detail}", ko: "정규식이 아닙니다: {detail}" },
        BadDefault { value: String } => { en: "the default '{value}' is not among the values allowed", ko: "기본값 '{value}'은(는) 허용된 값이 아닙니다" },
        EmptyEnum => { en: "the list of values is empty", ko: "값 목록이 비어 있습니다" },
        ParamUnused { name: String } => { en: "no step uses '{name}'", ko: "'{name}'을(를) 쓰는 단계가 없습니다" },
        LockWithoutService => { en: "the lock is that of a service, and the runbook names none", ko: "서비스의 잠금인데 런북에 서비스가 없습니다" },
        GateWithoutService => { en: "the gate is asked about a service, and the runbook names none", ko: "게이트는 서비스에 대해 묻는데 런북에 서비스가 없습니다" },
        // -- steps ----------------------------------------------------------------
        NoSteps => { en: "nothing here is a step", ko: "단계가 하나도 없습니다" },
        TooManySteps { limit: usize } => { en: "more than {limit} steps", ko: "단계가 {limit}개를 넘습니다" },
        EmptyStep => { en: "the step does nothing", ko: "이 단계에는 할 일이 없습니다" },
        StepTooLarge { bytes: usize, limit: usize } => { en: "the step has {bytes} bytes; at most {limit} are passed to a shell", ko: "단계가 {bytes}바이트입니다. 셸에는 최대 {limit}바이트까지 넘깁니다" },
        BraceOpen => { en: "'{{' is not closed on this line", ko: "'{{'가 이 줄에서 닫히지 않았습니다" },
        AfterBrace { text: String } => { en: "'{text}' stands after the attributes", ko: "속성 뒤에 '{text}'이(가) 있습니다" },
        QuoteOpen => { en: "the quoted value is not closed", ko: "따옴표로 시작한 값이 닫히지 않았습니다" },
        UnknownAttribute { name: String } => { en: "there is no attribute '{name}'", ko: "'{name}' 속성은 없습니다" },
        AttributeTwice { name: String } => { en: "'{name}' stands twice", ko: "'{name}'이(가) 두 번 있습니다" },
        AttributeNeedsValue { name: String } => { en: "'{name}' needs a value", ko: "'{name}'에는 값이 필요합니다" },
        AttributeTakesNoValue { name: String } => { en: "'{name}' takes no value", ko: "'{name}'에는 값을 쓸 수 없습니다" },
        AttributeNotHere { name: String, kind: String } => { en: "'{name}' has no meaning for a step of kind '{kind}'", ko: "'{kind}' 단계에서는 '{name}'이(가) 의미가 없습니다" },
        AttributesExclude { one: String, other: String } => { en: "'{one}' and '{other}' exclude each other", ko: "'{one}'과(와) '{other}'은(는) 함께 쓸 수 없습니다" },
        BadDuration { value: String } => { en: "'{value}' is no length of time", ko: "'{value}'은(는) 기간이 아닙니다" },
        ZeroDuration { name: String } => { en: "'{name}' must be longer than nothing", ko: "'{name}'은(는) 0보다 길어야 합니다" },
        BadRetry { value: String, limit: u32 } => { en: "'{value}' is no number from 0 to {limit}", ko: "'{value}'은(는) 0 이상 {limit} 이하의 수가 아닙니다" },
        BadVariable { name: String } => { en: "'{name}' cannot be the name of a variable", ko: "'{name}'은(는) 변수 이름이 될 수 없습니다" },
        BadCondition { value: String } => { en: "'{value}' is no condition", ko: "'{value}'은(는) 조건이 아닙니다" },
        IdTwice { id: String, line: usize } => { en: "the id '{id}' is taken by the step on line {line}", ko: "ID '{id}'은(는) {line}번째 줄의 단계가 쓰고 있습니다" },
        UndoUnknown { id: String } => { en: "there is no step '{id}' to undo this by", ko: "이 단계를 되돌릴 '{id}' 단계가 없습니다" },
        UndoOfItself => { en: "a step cannot undo itself", ko: "단계가 자신을 되돌릴 수는 없습니다" },
        UndoNotCommand { id: String } => { en: "'{id}' is no command, so it cannot undo anything", ko: "'{id}'은(는) 명령이 아니므로 되돌리는 데 쓸 수 없습니다" },
        NotDeclared { name: String } => { en: "the step uses '${name}', which nothing declares or sets", ko: "단계가 쓰는 '${name}'을(를) 선언하거나 설정하는 곳이 없습니다" },
        BadBurn { text: String } => { en: "'{text}' is nothing that can be waited for", ko: "'{text}'은(는) 기다릴 수 있는 것이 아닙니다" },
        BurnWithoutService => { en: "the step waits for a service's burn rate, and the runbook names no service", ko: "단계가 서비스의 소진율을 기다리는데 런북에 서비스가 없습니다" },
        NotRun { lang: String } => { en: "a fence of '{lang}' is documentation; its attributes mean nothing", ko: "'{lang}' 블록은 문서일 뿐이며 속성은 의미가 없습니다" },
    }
}

nines_base::catalogue! {
    /// What to do next.
    pub enum Hint {
        OfText { said_en: String, said_ko: String } => { en: "{said_en}", ko: "{said_ko}" },
        Split => { en: "split it into several runbooks", ko: "여러 런북으로 나누십시오" },
        SaveAsUtf8 => { en: "save the file as UTF-8", ko: "파일을 UTF-8로 저장하십시오" },
        RemoveIt => { en: "remove it", ko: "지우십시오" },
        CloseFront => { en: "add a line '---' below the last key", ko: "마지막 키 아래에 '---' 줄을 추가하십시오" },
        WriteAs { example: String } => { en: "write it as {example}", ko: "{example} 형식으로 쓰십시오" },
        Add { example: String } => { en: "add {example}", ko: "{example}을(를) 추가하십시오" },
        DidYouMean { word: String } => { en: "did you mean '{word}'?", ko: "'{word}'을(를) 쓰려고 하셨습니까?" },
        OneOf { known: String } => { en: "known are: {known}", ko: "쓸 수 있는 것: {known}" },
        WriteId => { en: "use letters, digits, '-' and '_', at most 64", ko: "글자, 숫자, '-', '_'를 64자까지 쓰십시오" },
        WriteVariable => { en: "use letters, digits and '_', not beginning with a digit", ko: "글자, 숫자, '_'를 쓰고 숫자로 시작하지 마십시오" },
        OtherName => { en: "give it another name", ko: "다른 이름을 쓰십시오" },
        FixPattern => { en: "correct the expression; it must match the whole value", ko: "정규식을 고치십시오. 값 전체와 맞아야 합니다" },
        FixDefault => { en: "take one of the values, or remove the default", ko: "허용된 값 중 하나를 쓰거나 기본값을 지우십시오" },
        ListValues => { en: "list the values, or use match", ko: "값을 나열하거나 match를 쓰십시오" },
        NameService => { en: "add service: NAME", ko: "service: 이름을 추가하십시오" },
        AddStep => { en: "write commands in a fence of 'sh', or '- [ ] …' for what a person does", ko: "명령은 'sh' 블록에, 사람이 할 일은 '- [ ] …'로 쓰십시오" },
        FillOrRemove => { en: "fill it, or remove it", ko: "채우거나 지우십시오" },
        MoveToScript => { en: "put it into a script, and call that", ko: "스크립트 파일에 넣고 그것을 호출하십시오" },
        CloseBrace => { en: "close it: ```sh {{id=look timeout=20s}}", ko: "닫으십시오: ```sh {{id=look timeout=20s}}" },
        MoveIntoBrace => { en: "move it between the braces, or remove it", ko: "중괄호 안으로 옮기거나 지우십시오" },
        CloseQuote => { en: "close it with the quote it was opened with", ko: "시작한 것과 같은 따옴표로 닫으십시오" },
        KeepOne => { en: "keep one of the two", ko: "둘 중 하나만 남기십시오" },
        GiveValue { example: String } => { en: "write {example}", ko: "{example}처럼 쓰십시오" },
        RemoveValue { name: String } => { en: "write just '{name}'", ko: "'{name}'만 쓰십시오" },
        WriteDuration => { en: "write a number with a unit: 20s, 3m, 1h30m", ko: "단위가 있는 수로 쓰십시오: 20s, 3m, 1h30m" },
        WriteCondition => { en: "write when=NAME=VALUE, when=NAME!=VALUE or when=NAME", ko: "when=이름=값, when=이름!=값, when=이름 중 하나로 쓰십시오" },
        NameStep { known: String } => { en: "name one of {known}, or 'none'", ko: "{known} 중 하나나 'none'을 쓰십시오" },
        NameCommand => { en: "name a step of 'sh', or write undo=none", ko: "'sh' 단계를 쓰거나 undo=none으로 쓰십시오" },
        Declare { name: String } => { en: "declare it: params: {{ {name}: {{ prompt: … }} }}, or set it in a step", ko: "선언하십시오: params: {{ {name}: {{ prompt: … }} }}. 또는 단계에서 설정하십시오" },
        UseOrRemove => { en: "use it in a step, or remove it", ko: "단계에서 쓰거나 지우십시오" },
        WriteBurn => { en: "write burn(SERVICE) < 1, or leave the fence empty", ko: "burn(서비스) < 1로 쓰거나 블록을 비우십시오" },
        WriteSh => { en: "write 'sh' to have it run", ko: "실행하려면 'sh'로 쓰십시오" },
    }
}

impl Fact {
    /// What the reader of YAML says.
    pub(super) fn of_text(fact: &nines_yaml::messages::Fact) -> Fact {
        Fact::OfText { said_en: fact.text(Lang::En), said_ko: fact.text(Lang::Ko) }
    }
}

impl Hint {
    /// What the reader of YAML advises.
    pub(super) fn of_text(hint: &nines_yaml::messages::Hint) -> Hint {
        Hint::OfText { said_en: hint.text(Lang::En), said_ko: hint.text(Lang::Ko) }
    }
}
