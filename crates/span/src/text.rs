//! Values of OTLP attributes as text and as JSON, the way Zipkin's users read them.
//!
//! Text: a list is joined by commas, a map is JSON, bytes are Base64, an empty value is empty text, a
//! double always shows that it is one (`3.0`, `1.0E10`; Java's form, as from Zipkin's OTLP module).

use crate::model::ValueRef;
use crate::otlp::{VALUE_DEPTH_MAX, array_values, map_entries};
use crate::zipkin::write_text;
use std::borrow::Cow;

impl<'a> ValueRef<'a> {
    /// The value as a text tag.
    pub fn text(self) -> Cow<'a, str> {
        match self {
            ValueRef::Str(text) => Cow::Borrowed(text),
            ValueRef::Bool(true) => Cow::Borrowed("true"),
            ValueRef::Bool(false) => Cow::Borrowed("false"),
            ValueRef::Empty => Cow::Borrowed(""),
            ValueRef::Int(number) => Cow::Owned(number.to_string()),
            ValueRef::Double(number) => Cow::Owned(double(number)),
            ValueRef::Bytes(bytes) => Cow::Owned(base64(bytes)),
            ValueRef::Array(message) => Cow::Owned(joined(message, 0)),
            ValueRef::Map(_) => Cow::Owned(self.json()),
        }
    }

    /// The value as JSON. Numbers JSON has no word for, bytes and empty values become strings.
    pub fn json(self) -> String {
        let mut out = Vec::new();
        write_json(self, 0, &mut out);
        // Everything written is ASCII or was a `str`.
        String::from_utf8(out).unwrap_or_default()
    }
}

/// Appends attributes as a JSON object, in the order given.
pub(crate) fn write_json_object<'v>(
    entries: impl Iterator<Item = (&'v str, ValueRef<'v>)>,
    depth: usize,
    out: &mut Vec<u8>,
) {
    out.push(b'{');
    for (nth, (key, value)) in entries.enumerate() {
        if nth > 0 {
            out.push(b',');
        }
        write_text(key, out);
        out.push(b':');
        write_json(value, depth, out);
    }
    out.push(b'}');
}

/// Decoders refuse deeper values; bytes from elsewhere are cut there, so that nothing recurses without bound.
fn write_json(value: ValueRef<'_>, depth: usize, out: &mut Vec<u8>) {
    match value {
        ValueRef::Array(_) | ValueRef::Map(_) if depth >= VALUE_DEPTH_MAX => out.extend_from_slice(b"null"),
        ValueRef::Map(message) => write_json_object(map_entries(message), depth + 1, out),
        ValueRef::Array(message) => {
            out.push(b'[');
            for (nth, element) in array_values(message).enumerate() {
                if nth > 0 {
                    out.push(b',');
                }
                write_json(element, depth + 1, out);
            }
            out.push(b']');
        }
        ValueRef::Int(_) | ValueRef::Bool(_) => out.extend_from_slice(value.text().as_bytes()),
        ValueRef::Double(number) if number.is_finite() => out.extend_from_slice(double(number).as_bytes()),
        ValueRef::Str(_) | ValueRef::Double(_) | ValueRef::Bytes(_) | ValueRef::Empty => write_text(&value.text(), out),
    }
}

fn joined(message: &[u8], depth: usize) -> String {
    let mut out = String::new();
    for (nth, element) in array_values(message).enumerate() {
        if nth > 0 {
            out.push(',');
        }
        match element {
            ValueRef::Array(inner) if depth + 1 < VALUE_DEPTH_MAX => out.push_str(&joined(inner, depth + 1)),
            ValueRef::Array(_) => {}
            _ => out.push_str(&element.text()),
        }
    }
    out
}

/// The shortest digits that read back as the same double, laid out as Java does: plainly from 0.001
/// to 10 million, otherwise with an exponent; always with a fraction.
fn double(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let size = number.abs();
    if number == 0.0 || (1e-3..1e7).contains(&size) {
        return format!("{number:?}");
    }
    let text = format!("{number:E}");
    match text.split_once('E') {
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
        _ => text,
    }
}

/// Base64 with padding (RFC 4648 §4).
pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for nth in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * nth) & 63) as usize];
            out.push(if nth <= group.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: ValueRef<'_>, text: &str, json: &str) {
        assert_eq!(value.text(), text);
        assert_eq!(value.json(), json);
    }

    #[test]
    fn every_type_has_its_text_and_its_json() {
        check(ValueRef::Str("a \"b\"\n"), "a \"b\"\n", r#""a \"b\"\n""#);
        check(ValueRef::Bool(true), "true", "true");
        check(ValueRef::Int(i64::MIN), "-9223372036854775808", "-9223372036854775808");
        check(ValueRef::Empty, "", "\"\"");
        check(ValueRef::Bytes(&[0xca, 0xfe, 0xba, 0xbe]), "yv66vg==", "\"yv66vg==\"");
        check(ValueRef::Bytes(b"abc"), "YWJj", "\"YWJj\"");
        check(ValueRef::Bytes(b""), "", "\"\"");
        check(ValueRef::Double(f64::NAN), "NaN", "\"NaN\"");
        check(ValueRef::Double(f64::NEG_INFINITY), "-Infinity", "\"-Infinity\"");
    }

    #[test]
    fn doubles_look_like_doubles() {
        for (number, text) in [
            (12.5, "12.5"),
            (3.0, "3.0"),
            (-0.0, "-0.0"),
            (0.001, "0.001"),
            (0.0001, "1.0E-4"),
            (9_999_999.0, "9999999.0"),
            (1e7, "1.0E7"),
            (1.25e10, "1.25E10"),
            (5e-324, "5.0E-324"),
        ] {
            check(ValueRef::Double(number), text, text);
        }
    }
}
