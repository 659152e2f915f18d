//! What a tree is read as, and where its nodes stand.

use crate::{Mark, Node, Value, mark_in_scalar, mark_of, read_documents, read_text};

/// A tree as one line: scalars with their places, keys before `:`.
fn shape(node: &Node) -> String {
    let Mark { line, column } = node.at;
    match &node.value {
        Value::Null => "~".to_owned(),
        Value::Scalar(scalar) => format!("{}@{line}:{column}", scalar.text),
        Value::List(items) => format!("[{}]", items.iter().map(shape).collect::<Vec<_>>().join(" ")),
        Value::Mapping(entries) => {
            let entries = entries.iter().map(|entry| format!("{}:{}", entry.key, shape(&entry.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
        }
    }
}

fn check(text: &str, expect: &str) {
    let (documents, faults) = read_documents(&read_text(text.as_bytes()).unwrap());
    let shapes: Vec<String> = documents.iter().map(shape).collect();
    let faults: Vec<String> = faults
        .iter()
        .map(|fault| {
            let fact = format!("{:?}", fault.fact);
            let fact = fact.split([' ', '{']).next().unwrap_or_default().to_owned();
            format!("!{fact}@{}:{}", fault.at.line, fault.at.column)
        })
        .collect();
    assert_eq!([shapes, faults].concat().join(" | "), expect, "{text}");
}

#[test]
fn every_scalar_knows_its_line_and_column() {
    check("a: 1\nb:\n  - x\n  - 'y'\n", "{a:1@1:4 b:[x@3:5 y@4:5]}");
    check("{a: {b: [1, 2]}}", "{a:{b:[1@1:10 2@1:13]}}");
}

#[test]
fn columns_count_characters_not_bytes() {
    check("이름: 값\n", "{이름:값@1:5}");
    check("- '가나다' \n- {가: 나, b: c}\n", "[가나다@1:3 {가:나@2:7 b:c@2:13}]");
}

#[test]
fn lines_end_at_either_kind_of_line_end() {
    check("a: 1\r\nb: 2\r\n", "{a:1@1:4 b:2@2:4}");
    assert_eq!(mark_of("a\r\nb\nc\rd", 7), Mark { line: 4, column: 1 });
    assert_eq!(mark_of("a\r\nb", 3), Mark { line: 2, column: 1 });
    assert_eq!(mark_of("ab", 9), Mark { line: 1, column: 3 });
}

#[test]
fn a_file_may_hold_many_documents_and_empty_ones() {
    check("a: 1\n---\nb: 2\n...\n---\n[c]\n", "{a:1@1:4} | {b:2@3:4} | [c@6:2]");
    check("", "");
    check("# nothing\n", "");
    check("---\n---\n", "~ | ~");
}

#[test]
fn json_is_read_as_it_is_tabs_and_all() {
    check("{\n\t\"a\": [1, true, null],\n\t\"b\": \"x\\ty\\u00e9\\/\"\n}", "{a:[1@2:8 true@2:11 ~] b:x\ty\u{e9}/@3:7}");
    check("[\r\n\t{\"a\":1}\r\n]", "[{a:1@2:7}]");
}

#[test]
fn json_may_spell_a_character_as_two_escapes() {
    check(r#"{"a": "\ud83d\ude00!", "b": "\\ud83d"}"#, r"{a:😀!@1:7 b:\ud83d@1:27}");
    check(r#"["\uD55C\uae00"]"#, "[한글@1:2]");
    check(r#"["\ud83d"]"#, "!BadEscape@1:2");
}

#[test]
fn null_is_what_yaml_calls_so_unless_quoted() {
    check("[~, null, NULL, '', 'null', nil]", "[~ ~ ~ @1:17 null@1:21 nil@1:29]");
    check("a:\nb: !!str\nc: !!str null\n", "{a:~ b:@2:4 c:null@3:4}");
}

#[test]
fn aliases_stand_for_their_anchors() {
    check("a: &x {k: 1}\nb: *x\n", "{a:{k:1@1:11} b:{k:1@1:11}}");
    check("a: &x 1\n---\nb: *x\n", "{a:1@1:4} | !UnknownAnchor@3:4");
    check("a: *x\n", "!UnknownAnchor@1:4");
    check("&x [1, *x]\n", "!AliasInsideItself@1:8");
}

#[test]
fn merge_keys_bring_what_is_not_given() {
    check("- &a {x: 1, y: 2}\n- {<<: *a, y: 3}\n", "[{x:1@1:10 y:2@1:16} {y:3@2:15 x:1@1:10}]");
    check("- &a {x: 1}\n- &b {x: 2, y: 2}\n- <<: [*a, *b]\n", "[{x:1@1:10} {x:2@2:10 y:2@2:16} {x:1@1:10 y:2@2:16}]");
    check("- {<<: 1}\n", "[{}] | !MergeOfNoMapping@1:4");
    check("- {'<<': 1}\n", "[{<<:1@1:10}]");
}

#[test]
fn duplicate_and_composed_keys_are_faults_that_do_not_stop_the_reading() {
    check("a: 1\nb: 2\na: 3\n", "{a:1@1:4 b:2@2:4} | !DuplicateKey@3:1");
    check("a: 1\n\"a\": 3\n", "{a:1@1:4} | !DuplicateKey@2:1");
    check("? [x]\n: 1\nb: 2\n", "{b:2@3:4} | !KeyNotText@1:3");
}

#[test]
fn tags_beyond_the_core_are_faults() {
    check("a: !error\nb: 1\n", "{a:~ b:1@2:4} | !UnknownTag@1:4");
    check("a: !!int 3\nb: ! x\n", "{a:3@1:4 b:x@2:4}");
    check("a: !!python/object 3\n", "{a:3@1:4} | !UnknownTag@1:4");
}

#[test]
fn text_that_is_no_yaml_is_told_where_it_breaks() {
    check("a:\n\tb: 1\n", "!TabIndent@2:1");
    check("a: 'x\n", "!OpenQuote@1:4");
    check("a: \"x\\q\"\n", "!BadEscape@1:4");
    check("a: [1, 2\nb: 3\n", "!OpenBracket@2:2");
    check("a: {x: 1\n", "!OpenBracket@2:1");
    check("a: - b\n", "!BadIndent@1:4");
    check("a: b: c\n", "!ColonMisplaced@1:5");
    check("a:\n    b: 1\n  c: 2\n", "!BadIndent@3:3");
    check("a: 1\n---\nb: `x`\n", "{a:1@1:4} | !ReservedCharacter@3:4");
    check("a: 1\n- b\n", "!BadIndent@2:3");
}

#[test]
fn nesting_and_expansion_have_limits() {
    let deep = format!("{}1{}", "[".repeat(64), "]".repeat(64));
    assert!(read_documents(&deep).1.is_empty());
    check(&format!("{}1{}", "[".repeat(65), "]".repeat(65)), "!TooDeep@1:65");
    check(&"- ".repeat(65), "!TooDeep@1:129");
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, of) in ('b'..='j').zip('a'..) {
        let aliases = vec![format!("*{of}"); 10].join(", ");
        bomb += &format!("{name}: &{name} [{aliases}]\n");
    }
    let (_, faults) = read_documents(&bomb);
    assert_eq!(faults.len(), 1);
    assert!(format!("{:?}", faults[0].fact).starts_with("ExpansionTooLarge"));
    let mut ladder = "- &a0 [[[[[[[[x]]]]]]]]\n".to_owned();
    for n in 1..12 {
        ladder += &format!("- &a{n} [[[[[[[[*a{}]]]]]]]]\n", n - 1);
    }
    let (documents, faults) = read_documents(&ladder);
    assert!(documents.is_empty());
    assert!(format!("{:?}", faults[0].fact).starts_with("TooDeep"), "{faults:?}");
    let many = "a\n---\n".repeat(10_001);
    let (documents, faults) = read_documents(&many);
    assert_eq!((documents.len(), faults.len()), (10_000, 1));
}

/// The place of the first `^` in the value of `a`.
fn check_inside(text: &str, line: usize, column: usize) {
    let (documents, faults) = read_documents(text);
    assert!(faults.is_empty(), "{text}");
    let Value::Mapping(entries) = &documents[0].value else { panic!("{text}") };
    let Value::Scalar(scalar) = &entries[0].value.value else { panic!("{text}") };
    let nth = scalar.text.chars().position(|c| c == '^').unwrap();
    let at = entries[0].value.at;
    let place = mark_in_scalar(text, at, scalar, nth);
    assert_eq!(place, Mark { line, column }, "{text}");
    let end = mark_in_scalar(text, at, scalar, scalar.text.chars().count() + 9);
    assert!(end.line <= text.lines().count() + 1);
}

#[test]
fn a_character_of_a_value_is_found_in_the_file_however_it_is_spelt() {
    check_inside("a: x=1 ^\n", 1, 8);
    check_inside("a: '한글 ^'\n", 1, 8);
    check_inside("a: 'it''s ^'\n", 1, 11);
    check_inside("a: \"op=\\\"get\\\" ^\"\n", 1, 16);
    check_inside("a: \"\\u00e9\\x41\\t\\n  ^\"\n", 1, 21);
    check_inside("a: \"x \\\n   y ^\"\n", 2, 6);
    check_inside("a: 'x\n  y\n\n  ^'\n", 4, 3);
    check_inside("a: x\n  y ^\n", 2, 5);
    check_inside("a: |\n  x\n  y ^\n", 3, 5);
    check_inside("a: >-\n  x\n  y\n  z^\n", 4, 4);
    check_inside("a: |\n  !error ^\n", 2, 10);
    check_inside("a: !!str |\n  x ^\n", 2, 5);
    check_inside("a: |2-\r\n  x\r\n  ^\r\n", 3, 3);
    check_inside("a: !!str x ^\n", 1, 12);
    check_inside("a: &n !!str\n  'x ^'\n", 2, 6);
    check_inside("---\n# é\na: &n x ^\n", 3, 9);
}

/// What is wrong with bytes before any YAML is read.
fn fault(bytes: &[u8]) -> String {
    let fault = read_text(bytes).unwrap_err();
    let fact = format!("{:?}", fault.fact);
    format!("{}:{} {}", fault.at.line, fault.at.column, fact.split([' ', '{']).next().unwrap())
}

#[test]
fn bytes_that_are_no_text_are_told_with_their_place() {
    assert_eq!(fault(b"a: 1\nb: \xff\n"), "2:4 NotUtf8");
    assert_eq!(fault(b"a: 1\nb: \x07\n"), "2:4 ControlCharacter");
    assert_eq!(fault(b"\xff\xfea"), "1:1 NotUtf8");
    assert_eq!(fault(&vec![b'a'; (4 << 20) + 1]), "1:1 FileTooLarge");
    assert_eq!(read_text("\u{feff}a: 1".as_bytes()).unwrap(), "a: 1");
}

#[test]
fn the_nearest_word_is_near() {
    let fields = ["indicator", "indicatorRef", "timeWindow", "objectives"];
    assert_eq!(crate::nearest("indicatr", fields), Some("indicator"));
    assert_eq!(crate::nearest("timewindow", fields), Some("timeWindow"));
    assert_eq!(crate::nearest("markdown", fields), None);
    assert_eq!(crate::nearest(&"o".repeat(1000), fields), None);
}
