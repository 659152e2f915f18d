//! Rules for names and keys.
//!
//! Knows nothing of YAML; the rules are OpenSLO's (names as RFC 1123 labels, keys as in the
//! specification's general schema).

/// Longest name, label key and the name part of an annotation key, in characters (RFC 1123).
pub(super) const NAME_CHARS_MAX: usize = 63;

/// Longest DNS prefix of an annotation key, in characters (RFC 1035).
pub(super) const PREFIX_CHARS_MAX: usize = 253;

/// Whether the text is an RFC 1123 label: lower-case letters, digits and `-` inside, at most 63.
pub(super) fn is_name(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    is_framed(text, inner, |byte| inner(byte) || byte == b'-')
}

/// Whether the text can be the key of a label: letters, digits, and `-`, `_`, `.` inside, at most 63.
pub(super) fn is_label_key(text: &str) -> bool {
    let outer = |byte: u8| byte.is_ascii_alphanumeric();
    is_framed(text, outer, |byte| outer(byte) || matches!(byte, b'-' | b'_' | b'.'))
}

/// Whether the text can be the key of an annotation: a label key, with a DNS prefix and `/` before it or not.
pub(super) fn is_annotation_key(text: &str) -> bool {
    match text.split_once('/') {
        None => is_label_key(text),
        Some((prefix, name)) => {
            prefix.len() <= PREFIX_CHARS_MAX && prefix.split('.').all(is_name) && is_label_key(name)
        }
    }
}

fn is_framed(text: &str, outer: impl Fn(u8) -> bool, inner: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
    bytes.len() <= NAME_CHARS_MAX && outer(*first) && outer(*last) && bytes.iter().all(|byte| inner(*byte))
}

/// A valid name close to a text that is none, where one can be made of it.
pub(super) fn name_like(text: &str) -> Option<String> {
    let mut name = String::new();
    let mut seen_lower = false;
    for letter in text.chars() {
        if letter.is_ascii_uppercase() && seen_lower {
            name.push('-');
        }
        seen_lower = letter.is_ascii_lowercase() || letter.is_ascii_digit();
        let usable = letter.is_ascii_alphanumeric();
        let next = if usable { letter.to_ascii_lowercase() } else { '-' };
        if next != '-' || !name.ends_with('-') {
            name.push(next);
        }
    }
    name.truncate(NAME_CHARS_MAX + 1);
    let mut name = name.trim_matches('-').to_owned();
    name.truncate(NAME_CHARS_MAX);
    let name = name.trim_end_matches('-').to_owned();
    is_name(&name).then_some(name)
}
