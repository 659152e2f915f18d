//! A Rust file taken apart by line: code, comments, texts, and which lines are tests.
//!
//! Knows just enough of Rust's grammar not to mistake one for another: nested comments, raw strings,
//! characters against lifetimes, the braces of a `#[cfg(test)]` item.

/// A Rust file.
pub struct Source {
    /// Path from the root.
    pub path: String,
    /// Its lines, from line 1.
    pub lines: Vec<Line>,
}

/// A line taken apart.
#[derive(Default, Debug, PartialEq, Eq)]
pub struct Line {
    /// Code, with comments gone and the contents of texts blanked.
    pub code: String,
    /// Comments on it, without their marks.
    pub comment: String,
    /// Contents of text literals on it, joined by spaces.
    pub text: String,
    /// Whether it belongs to tests.
    pub test: bool,
}

/// What the reader is inside of.
enum Within {
    Code,
    LineComment,
    /// Depth of nesting.
    BlockComment(usize),
    Text,
    /// Number of `#`.
    RawText(usize),
}

impl Source {
    /// Takes a file apart.
    pub fn parse(path: &str, text: &str) -> Source {
        let mut lines = split(text);
        let all_tests = is_test_path(path);
        if all_tests {
            lines.iter_mut().for_each(|line| line.test = true);
        } else {
            mark_test_items(&mut lines);
        }
        Source { path: path.to_owned(), lines }
    }

    /// Lines of the product's own code: number from 1 and line.
    pub fn product_lines(&self) -> impl Iterator<Item = (usize, &Line)> {
        (1..).zip(&self.lines).filter(|(_, line)| !line.test)
    }
}

/// Whether a file is tests by its place: a `tests` folder, a `tests.rs`, a contract suite,
/// an example or a benchmark.
fn is_test_path(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let file = parts.last().copied().unwrap_or_default();
    parts.iter().any(|part| ["tests", "contract", "benches", "examples"].contains(part))
        || file == "tests.rs"
        || file.ends_with("_tests.rs")
        || file == "contract.rs"
}

/// Marks the files of modules that their parent declares for tests only: `#[cfg(test)] mod oracle;`.
pub fn mark_test_modules(sources: &mut [Source]) {
    let mut modules = Vec::new();
    for source in sources.iter() {
        let (folder, file) = source.path.rsplit_once('/').unwrap_or(("", &source.path));
        let stem = file.trim_end_matches(".rs");
        let folder =
            if ["lib", "main", "mod"].contains(&stem) { folder.to_owned() } else { format!("{folder}/{stem}") };
        for line in source.lines.iter().filter(|line| line.test) {
            let name = line.code.split("mod ").nth(1).and_then(|rest| rest.strip_suffix(';'));
            modules.extend(name.map(|name| format!("{folder}/{name}")));
        }
    }
    let is_one = |path: &str| {
        modules
            .iter()
            .any(|module| path.strip_prefix(module.as_str()).is_some_and(|rest| rest == ".rs" || rest.starts_with('/')))
    };
    for source in sources.iter_mut().filter(|source| is_one(&source.path)) {
        source.lines.iter_mut().for_each(|line| line.test = true);
    }
}

fn split(text: &str) -> Vec<Line> {
    let mut lines = vec![Line::default()];
    let mut within = Within::Code;
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let (char, next) = (chars[at], chars.get(at + 1).copied().unwrap_or('\0'));
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if char == '\n' {
            if matches!(within, Within::LineComment) {
                within = Within::Code;
            }
            lines.push(Line::default());
            at += 1;
            continue;
        }
        match within {
            Within::Code => {
                let raw = raw_text_marks(&chars[at..]).filter(|_| !is_name(line.code.chars().last()));
                if char == '/' && next == '/' {
                    within = Within::LineComment;
                    at += 1;
                } else if char == '/' && next == '*' {
                    within = Within::BlockComment(1);
                    at += 1;
                } else if let Some((length, marks)) = raw {
                    within = Within::RawText(marks);
                    line.code.push('"');
                    at += length - 1;
                } else if char == '"' {
                    within = Within::Text;
                    line.code.push('"');
                } else if char == '\'' {
                    let length = character_length(&chars[at..]);
                    line.code.push('\'');
                    at += length.saturating_sub(1);
                } else {
                    line.code.push(char);
                }
            }
            Within::LineComment => line.comment.push(char),
            Within::BlockComment(depth) => match (char, next) {
                ('*', '/') => {
                    within = if depth == 1 { Within::Code } else { Within::BlockComment(depth - 1) };
                    at += 1;
                }
                ('/', '*') => {
                    within = Within::BlockComment(depth + 1);
                    at += 1;
                }
                _ => line.comment.push(char),
            },
            Within::Text => match char {
                '"' => {
                    within = Within::Code;
                    line.code.push('"');
                    line.text.push(' ');
                }
                '\\' => {
                    line.text.push(char);
                    if next != '\n' {
                        line.text.push(next);
                        at += 1;
                    }
                }
                _ => line.text.push(char),
            },
            Within::RawText(marks) => {
                let closes = char == '"' && chars[at + 1..].iter().take_while(|mark| **mark == '#').count() >= marks;
                if closes {
                    within = Within::Code;
                    line.code.push('"');
                    line.text.push(' ');
                    at += marks;
                } else {
                    line.text.push(char);
                }
            }
        }
        at += 1;
    }
    lines
}

fn is_name(char: Option<char>) -> bool {
    char.is_some_and(|char| char.is_alphanumeric() || char == '_')
}

/// Length of `r#"`, `br"` and the like at the start, and how many `#` it has.
fn raw_text_marks(chars: &[char]) -> Option<(usize, usize)> {
    let prefix = match chars {
        ['r', ..] => 1,
        ['b' | 'c', 'r', ..] => 2,
        _ => return None,
    };
    let marks = chars[prefix..].iter().take_while(|char| **char == '#').count();
    (chars.get(prefix + marks) == Some(&'"')).then_some((prefix + marks + 1, marks))
}

/// Length of a character literal at the start; 1 where the quote begins a lifetime.
fn character_length(chars: &[char]) -> usize {
    match chars {
        ['\'', '\\', rest @ ..] => {
            3 + rest.iter().skip(1).take_while(|char| **char != '\'').count() + usize::from(!rest.is_empty())
        }
        ['\'', _, '\'', ..] => 3,
        _ => 1,
    }
}

/// Marks the items under `#[cfg(test)]`, attribute and braces included.
fn mark_test_items(lines: &mut [Line]) {
    let mut at = 0;
    while at < lines.len() {
        let code = lines[at].code.trim_start();
        if !(code.starts_with("#[cfg(test)]") || code.starts_with("#[cfg(all(test") || code.starts_with("#[test]")) {
            at += 1;
            continue;
        }
        let mut depth = 0usize;
        let mut opened = false;
        while at < lines.len() {
            lines[at].test = true;
            for char in lines[at].code.chars() {
                match char {
                    '{' => (depth, opened) = (depth + 1, true),
                    '}' => depth = depth.saturating_sub(1),
                    // `mod tests;`: the item ends without braces.
                    ';' if !opened => opened = true,
                    _ => {}
                }
            }
            at += 1;
            if opened && depth == 0 {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Line> {
        Source::parse("crates/x/src/lib.rs", text).lines
    }

    #[test]
    fn code_comments_and_texts_are_told_apart() {
        let line = &lines(r#"let url = "http://x"; // why: "quoted" /* here */"#)[0];
        assert_eq!(line.code, r#"let url = ""; "#);
        assert_eq!(line.comment, r#" why: "quoted" /* here */"#);
        assert_eq!(line.text, "http://x ");
        let nested = lines("a /* b /* c */ d */ e\nr#\"raw \" // text\"# f");
        assert_eq!((nested[0].code.as_str(), nested[1].code.as_str()), ("a  e", "\"\" f"));
        assert_eq!(nested[1].text, "raw \" // text ");
    }

    #[test]
    fn a_quote_is_a_character_or_a_lifetime() {
        assert_eq!(lines("f::<'a>('\"', b'\\'', '\\u{1f}', 'é') // c")[0].code, "f::<'a>(', b', ', ') ");
        assert_eq!(lines("let bar\"x\"")[0].code, "let bar\"\"");
    }

    #[test]
    fn an_escaped_quote_does_not_end_a_text() {
        let line = &lines(r#"say("a \" b \\"); next()"#)[0];
        assert_eq!(line.code, r#"say(""); next()"#);
    }

    #[test]
    fn items_under_cfg_test_are_tests_and_what_follows_is_not() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { \"}\"; }\n}\nfn c() {}\n#[cfg(test)]\nmod more;\nfn d() {}";
        let tests: Vec<bool> = lines(text).iter().map(|line| line.test).collect();
        assert_eq!(tests, [false, true, true, true, true, false, true, true, false]);
        assert!(Source::parse("crates/x/tests/y.rs", "fn a() {}").lines[0].test);
        let mut sources = [
            Source::parse("crates/x/src/lib.rs", "#[cfg(test)]\nmod oracle;\nmod product;"),
            Source::parse("crates/x/src/oracle.rs", "fn a() {}"),
            Source::parse("crates/x/src/product.rs", "#[cfg(test)]\nmod deep;\nfn b() {}"),
            Source::parse("crates/x/src/product/deep.rs", "fn c() {}"),
        ];
        mark_test_modules(&mut sources);
        let last: Vec<bool> = sources.iter().map(|source| source.lines.last().is_some_and(|line| line.test)).collect();
        assert_eq!(last, [false, true, false, true]);
        assert!(Source::parse("crates/x/src/y/tests.rs", "fn a() {}").lines[0].test);
    }
}
