//! What the reader of YAML says: facts and next steps, in English and Korean.
//!
//! A fact never names its place; the finding around it does.

nines_base::catalogue! {
    /// What is the case at a place of a text.
    pub enum Fact {
        FileTooLarge { bytes: usize, limit: usize } => {
            en: "the file has {bytes} bytes; at most {limit} are read",
            ko: "파일이 {bytes}바이트입니다. 최대 {limit}바이트까지 읽습니다",
        },
        NotUtf8 { byte: u8 } => {
            en: "byte 0x{byte:02x} is not UTF-8 text",
            ko: "0x{byte:02x} 바이트는 UTF-8 텍스트가 아닙니다",
        },
        ControlCharacter { code: u32 } => {
            en: "control character U+{code:04X} cannot stand in YAML",
            ko: "제어 문자 U+{code:04X}은(는) YAML에 쓸 수 없습니다",
        },
        TabIndent => {
            en: "a tab indents this line; YAML is indented by spaces only",
            ko: "이 줄은 탭으로 들여썼습니다. YAML은 공백으로만 들여씁니다",
        },
        UnknownAnchor => {
            en: "this alias names an anchor that the document does not define before it",
            ko: "이 별칭이 가리키는 앵커가 문서의 앞부분에 없습니다",
        },
        AliasInsideItself => {
            en: "this alias stands inside the very node that it names",
            ko: "이 별칭은 자신이 가리키는 노드 안에 있습니다",
        },
        OpenQuote => {
            en: "the quoted text is not closed, or not closed where it must be",
            ko: "따옴표로 시작한 텍스트가 제자리에서 닫히지 않았습니다",
        },
        BadEscape => {
            en: "this escape does not exist in a double-quoted text",
            ko: "큰따옴표 텍스트에 없는 이스케이프입니다",
        },
        OpenBracket => {
            en: "a list '[…]' or mapping '{{…}}' on one line is not closed, or lacks a ','",
            ko: "한 줄로 쓴 목록 '[…]'이나 매핑 '{{…}}'이 닫히지 않았거나 ','가 빠졌습니다",
        },
        ColonMisplaced => {
            en: "a ':' stands where no key can be, or a key has none",
            ko: "키가 올 수 없는 곳에 ':'이 있거나 키 뒤에 ':'이 없습니다",
        },
        BadIndent => {
            en: "the indentation fits neither the line above nor a block around it",
            ko: "들여쓰기가 윗줄이나 바깥 블록과 맞지 않습니다",
        },
        ReservedCharacter => {
            en: "a bare text cannot begin with this character",
            ko: "따옴표 없는 텍스트는 이 문자로 시작할 수 없습니다",
        },
        BadYaml { detail: String } => {
            en: "this is not YAML: {detail}",
            ko: "YAML이 아닙니다: {detail}",
        },
        TooDeep { limit: usize } => {
            en: "nested deeper than {limit}",
            ko: "중첩이 {limit}단계를 넘습니다",
        },
        TooManyDocuments { limit: usize } => {
            en: "more than {limit} documents in one file",
            ko: "한 파일의 문서가 {limit}개를 넘습니다",
        },
        ExpansionTooLarge { limit: usize } => {
            en: "anchors and aliases expand to more than {limit} bytes",
            ko: "앵커와 별칭을 펼치면 {limit}바이트를 넘습니다",
        },
        UnknownTag { tag: String } => {
            en: "the YAML tag '{tag}' means nothing here",
            ko: "YAML 태그 '{tag}'은(는) 여기에서 의미가 없습니다",
        },
        MergeOfNoMapping => {
            en: "'<<' merges something that is no mapping",
            ko: "'<<'로 매핑이 아닌 것을 병합했습니다",
        },
        KeyNotText => {
            en: "a key must be a word, not a list or a mapping",
            ko: "키는 단어여야 합니다. 목록이나 매핑은 키가 될 수 없습니다",
        },
        DuplicateKey { key: String, line: usize } => {
            en: "'{key}' stands twice in one mapping; the first is on line {line}",
            ko: "한 매핑에 '{key}' 키가 두 번 있습니다. 첫 번째는 {line}번째 줄에 있습니다",
        },
    }
}

nines_base::catalogue! {
    /// What to do next.
    pub enum Hint {
        SplitFile => { en: "split it into several files", ko: "여러 파일로 나누십시오" },
        SaveAsUtf8 => { en: "save the file as UTF-8", ko: "파일을 UTF-8로 저장하십시오" },
        RemoveCharacter => { en: "remove the character", ko: "그 문자를 지우십시오" },
        IndentBySpaces => { en: "replace the tab by two spaces", ko: "탭을 공백 두 칸으로 바꾸십시오" },
        DefineAnchor => {
            en: "define it with '&name' above, or quote the text if no alias is meant",
            ko: "앞에서 '&이름'으로 정의하십시오. 별칭이 아니라면 텍스트를 따옴표로 감싸십시오",
        },
        WriteItOut => { en: "write the value out instead of the alias", ko: "별칭 대신 값을 직접 쓰십시오" },
        CloseQuote => {
            en: "close it with the quote it was opened with; inside '…' a quote is written twice",
            ko: "시작한 것과 같은 따옴표로 닫으십시오. '…' 안의 따옴표는 두 번 씁니다",
        },
        FixEscape => {
            en: "write '\\\\' for a backslash, or use single quotes",
            ko: "백슬래시는 '\\\\'로 쓰거나 작은따옴표를 쓰십시오",
        },
        CloseBracket => {
            en: "look above for the bracket that was opened last; quote texts that hold , [ ] {{ }}",
            ko: "위에서 마지막으로 연 괄호를 찾으십시오. , [ ] {{ }}가 든 텍스트는 따옴표로 감싸십시오",
        },
        QuoteColon => {
            en: "write 'key: value', one a line; quote texts that hold ': '",
            ko: "한 줄에 하나씩 '키: 값'으로 쓰십시오. ': '이 든 텍스트는 따옴표로 감싸십시오",
        },
        AlignKeys => {
            en: "begin all keys of one mapping, and all '-' of one list, in the same column",
            ko: "한 매핑의 키와 한 목록의 '-'를 모두 같은 열에서 시작하십시오",
        },
        QuoteText => { en: "put the text in quotes", ko: "텍스트를 따옴표로 감싸십시오" },
        FixYaml => { en: "correct the YAML at this place", ko: "이 위치의 YAML을 고치십시오" },
        NestLess => { en: "nest less", ko: "중첩을 줄이십시오" },
        FewerAliases => { en: "use fewer or smaller aliases", ko: "별칭을 줄이거나 작게 하십시오" },
        RemoveTag => {
            en: "put the text in quotes; after a ':' a bare '!' begins a tag",
            ko: "텍스트를 따옴표로 감싸십시오. ':' 뒤의 '!'는 태그의 시작입니다",
        },
        MergeMapping => { en: "give '<<' an alias to a mapping", ko: "'<<'에는 매핑을 가리키는 별칭을 쓰십시오" },
        PlainKey => { en: "write the key as one word", ko: "키를 한 단어로 쓰십시오" },
        KeepOneKey => { en: "keep one of the two", ko: "둘 중 하나만 남기십시오" },
    }
}
