//! One file as text: from bytes to characters, and from a character back to its line
//! and column.
//!
//! Knows nothing of YAML but how its scalars are quoted, which is needed to find the place of a
//! character inside one.

use crate::document::{Scalar, Style};
use crate::messages::{Fact, Hint};
use std::borrow::Cow;

/// A place in a file: line and column from 1, columns in characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Mark {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl Default for Mark {
    fn default() -> Mark {
        Mark::START
    }
}

impl Mark {
    /// The first character of a file.
    pub const START: Mark = Mark { line: 1, column: 1 };
}

/// A fault that has no property path: the text itself cannot be read at this place.
#[derive(Clone, PartialEq, Debug)]
pub struct TextFault {
    /// The place.
    pub at: Mark,
    /// What is the case.
    pub fact: Fact,
    /// What to do next.
    pub hint: Hint,
}

/// Largest file. People write these: a thousand SLOs take about 1 MiB.
pub const FILE_BYTES_MAX: usize = 4 << 20;

/// The bytes as text without a byte order mark.
///
/// # Errors
/// Where the first byte stands that is none of UTF-8, and which it is.
pub fn read_utf8(bytes: &[u8]) -> Result<&str, (Mark, u8)> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let (good, rest) = bytes.split_at(error.valid_up_to());
            let good = std::str::from_utf8(good).unwrap_or_default();
            Err((mark_of(good, good.len()), rest.first().copied().unwrap_or_default()))
        }
    }
}

/// Checks that the bytes are text a YAML reader may see, and gives it as the reader takes it: without
/// a byte order mark, and where it is JSON, in the words that YAML has for the same.
pub fn read_text(bytes: &[u8]) -> Result<Cow<'_, str>, Box<TextFault>> {
    let fault = |at, fact, hint| Err(Box::new(TextFault { at, fact, hint }));
    if bytes.len() > FILE_BYTES_MAX {
        let fact = Fact::FileTooLarge { bytes: bytes.len(), limit: FILE_BYTES_MAX };
        return fault(Mark::START, fact, Hint::SplitFile);
    }
    let text = match read_utf8(bytes) {
        Ok(text) => text,
        Err((at, byte)) => return fault(at, Fact::NotUtf8 { byte }, Hint::SaveAsUtf8),
    };
    // Tab, line feed and carriage return are the control characters YAML has; the parser takes NUL for the end.
    if let Some((at, found)) = text.char_indices().find(|(_, c)| *c < ' ' && !matches!(c, '\t' | '\n' | '\r')) {
        let fact = Fact::ControlCharacter { code: u32::from(found) };
        return fault(mark_of(text, at), fact, Hint::RemoveCharacter);
    }
    Ok(if text.trim_start().starts_with(['{', '[']) { yaml_of_json(text) } else { Cow::Borrowed(text) })
}

/// JSON as YAML. Two things differ: JSON may be indented by tabs, which become spaces, one for one; and
/// it spells characters beyond U+FFFF as two escapes, which become the one that YAML has for them.
fn yaml_of_json(text: &str) -> Cow<'_, str> {
    if !text.contains('\t') && !text.contains("\\u") {
        return Cow::Borrowed(text);
    }
    let mut yaml = String::with_capacity(text.len());
    let mut leading = true;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if letter == '\\' {
            leading = false;
            let (escape, width) = match surrogate_pair(rest) {
                Some(code) => (format!("\\U{code:08x}"), 2 * SURROGATE_BYTES),
                // The escape and what it escapes, so that a second backslash begins none.
                None => {
                    let width = rest.char_indices().nth(2).map_or(rest.len(), |(width, _)| width);
                    (rest[..width].to_owned(), width)
                }
            };
            yaml.push_str(&escape);
            rest = &rest[width..];
            continue;
        }
        leading = matches!(letter, '\n' | '\r') || leading && matches!(letter, ' ' | '\t');
        yaml.push(if leading && letter == '\t' { ' ' } else { letter });
        rest = &rest[letter.len_utf8()..];
    }
    Cow::Owned(yaml)
}

/// Bytes of `\uXXXX`.
const SURROGATE_BYTES: usize = 6;

/// The character that two escapes at the beginning of the text spell together.
fn surrogate_pair(text: &str) -> Option<u32> {
    let unit = |at: usize| {
        let hex = text.get(at..at + SURROGATE_BYTES)?.strip_prefix("\\u")?;
        hex.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(hex, 16).ok())?
    };
    let pair = [unit(0)?, unit(SURROGATE_BYTES)?];
    let letter = char::decode_utf16(pair).next()?.ok()?;
    (u32::from(letter) > 0xffff).then_some(u32::from(letter))
}

/// The place of the byte offset `at`; lines end at line feed, carriage return, or both together.
pub fn mark_of(text: &str, at: usize) -> Mark {
    let mut mark = Mark::START;
    let mut previous = ' ';
    for (offset, letter) in text.char_indices() {
        // Between carriage return and line feed the line has already ended.
        if offset >= at && !(letter == '\n' && previous == '\r') {
            break;
        }
        match letter {
            '\n' if previous == '\r' => {}
            '\n' | '\r' => mark = Mark { line: mark.line + 1, column: 1 },
            _ => mark.column += 1,
        }
        previous = letter;
    }
    mark
}

/// The text of a line (from 1), by the same line ends.
pub fn line_of(text: &str, line: usize) -> &str {
    let mut rest = text;
    for _ in 1..line {
        let Some(end) = rest.find(['\n', '\r']) else { return "" };
        let width = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        rest = &rest[end + width..];
    }
    &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())]
}

/// The place of character number `nth` (from 0) of the value of a scalar at `at`, as the file spells it: quotes,
/// escapes and folded lines are stepped over.
///
/// White space may be folded away, so it is skipped on both sides; every other character of the
/// value stands in the file in the same order, by itself or as an escape.
pub fn mark_in_scalar(text: &str, at: Mark, scalar: &Scalar, nth: usize) -> Mark {
    let mut raw = RawScalar { text, at: scalar.begin, style: scalar.style };
    raw.enter();
    let mut value = scalar.text.chars();
    for letter in value.by_ref().take(nth) {
        if !letter.is_whitespace() {
            raw.skip_white();
            raw.step();
        }
    }
    match value.next() {
        Some(letter) if !letter.is_whitespace() => raw.skip_white(),
        _ => {}
    }
    // Counted from the scalar on: a file of many faults is not walked from its beginning for each.
    let walked = text.get(scalar.begin..raw.at).unwrap_or_default();
    let inside = mark_of(walked, walked.len());
    match inside.line {
        1 => Mark { line: at.line, column: at.column + inside.column - 1 },
        lines => Mark { line: at.line + lines - 1, column: inside.column },
    }
}

/// A walk over a scalar as the file spells it.
struct RawScalar<'t> {
    text: &'t str,
    at: usize,
    style: Style,
}

impl RawScalar<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Steps over tag and anchor, where the scalar has them, and over the opening quote. A block
    /// begins after its header line, except where a tag or anchor stands before that.
    fn enter(&mut self) {
        let begin = self.at;
        while self.rest().starts_with(['!', '&']) {
            self.at += self.rest().find(char::is_whitespace).unwrap_or(self.rest().len());
            self.at += self.rest().len() - self.rest().trim_start().len();
        }
        match self.style {
            Style::Plain => {}
            Style::Single | Style::Double => self.at += usize::from(self.rest().starts_with(['"', '\''])),
            Style::Block if self.at > begin && self.rest().starts_with(['|', '>']) => {
                self.at += self.rest().find(['\n', '\r']).unwrap_or(0);
            }
            Style::Block => self.at = begin,
        }
    }

    /// Steps over white space, escaped line ends and escapes that mean white space.
    fn skip_white(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start().len();
            let mut letters = rest.chars();
            let escape =
                if self.style == Style::Double && letters.next() == Some('\\') { letters.next() } else { None };
            match escape {
                _ if blank > 0 => self.at += blank,
                Some(letter)
                    if matches!(letter, 'n' | 'r' | 't' | 'v' | 'f' | 'N' | '_' | 'L' | 'P')
                        || letter.is_whitespace() =>
                {
                    self.at += 1 + letter.len_utf8();
                }
                _ => return,
            }
        }
    }

    /// Steps over one character of the value.
    fn step(&mut self) {
        let rest = self.rest();
        let mut letters = rest.chars();
        let width = match (self.style, letters.next(), letters.next()) {
            (_, None, _) => 0,
            (Style::Single, Some('\''), Some('\'')) => 2,
            (Style::Double, Some('\\'), Some(kind)) => {
                let n_hex = match kind {
                    'x' => 2,
                    'u' => 4,
                    'U' => 8,
                    _ => 0,
                };
                1 + kind.len_utf8() + n_hex
            }
            (_, Some(letter), _) => letter.len_utf8(),
        };
        self.at = (self.at + width).min(self.text.len());
    }
}
