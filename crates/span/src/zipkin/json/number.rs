//! Words and numbers outside quotes, by the grammar of Zipkin's parser.

/// What stands outside quotes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Literal {
    /// `null`, in any case.
    Null,
    /// `true` or `false`, in any case.
    Bool(bool),
    /// A number without fraction and exponent that fits in 64 bits.
    Whole(i64),
    /// Any other number, `-0` included.
    Number,
}

/// The literal at `at` and its end; `None` for anything else.
pub(crate) fn literal(bytes: &[u8], at: usize) -> Option<(Literal, usize)> {
    let rest = bytes.get(at..)?;
    let length = rest.iter().position(|byte| ends_literal(*byte)).unwrap_or(rest.len());
    let (text, after) = rest.split_at(length);
    // These four would start a comment, an escape or another dialect: refused even after a number.
    if matches!(after.first(), Some(b'/' | b'\\' | b';' | b'#' | b'=')) {
        return None;
    }
    let kind = if text.eq_ignore_ascii_case(b"null") {
        Literal::Null
    } else if text.eq_ignore_ascii_case(b"true") {
        Literal::Bool(true)
    } else if text.eq_ignore_ascii_case(b"false") {
        Literal::Bool(false)
    } else {
        number(text)?
    };
    Some((kind, at + length))
}

fn ends_literal(byte: u8) -> bool {
    matches!(
        byte,
        b'{' | b'}'
            | b'['
            | b']'
            | b':'
            | b','
            | b' '
            | b'\t'
            | 0x0c
            | b'\r'
            | b'\n'
            | b'/'
            | b'\\'
            | b';'
            | b'#'
            | b'='
    )
}

/// `-`? digits (`.` digits)? (`e` sign? digits)?, without zeros in front.
fn number(text: &[u8]) -> Option<Literal> {
    let unsigned = text.strip_prefix(b"-").unwrap_or(text);
    let (whole, rest) = digits(unsigned)?;
    if whole.len() > 1 && whole[0] == b'0' {
        return None;
    }
    if rest.is_empty() {
        let exact = std::str::from_utf8(text).ok().and_then(|text| text.parse().ok());
        return Some(exact.filter(|_| text != b"-0").map_or(Literal::Number, Literal::Whole));
    }
    let rest = match rest.strip_prefix(b".") {
        Some(fraction) => digits(fraction)?.1,
        None => rest,
    };
    let rest = match rest.strip_prefix(b"e").or_else(|| rest.strip_prefix(b"E")) {
        Some(exponent) => {
            let unsigned = exponent.strip_prefix(b"-").or_else(|| exponent.strip_prefix(b"+")).unwrap_or(exponent);
            digits(unsigned)?.1
        }
        None => rest,
    };
    rest.is_empty().then_some(Literal::Number)
}

/// At least one digit, and what follows.
fn digits(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    if length == 0 { None } else { Some(text.split_at(length)) }
}

/// A quoted number as Java reads doubles: white space around it and a type letter after it are fine.
pub(crate) fn parse_double(text: &str) -> Option<f64> {
    let trimmed = trimmed(text);
    let bare = trimmed.strip_suffix(['d', 'D', 'f', 'F']).unwrap_or(trimmed);
    let is_decimal = bare.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'));
    if is_decimal { bare.parse().ok() } else { None }
}

/// Without what Java takes for white space at the ends.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches(|character| character <= ' ')
}
