//! Protobuf's wire format, as far as the messages need it.

use super::super::corpus::Text;
use super::template::{Slot, Template};

/// A number of variable length.
pub fn varint(out: &mut Template, mut number: u64) {
    while number >= 0x80 {
        out.bytes(&[number as u8 | 0x80]);
        number >>= 7;
    }
    out.bytes(&[number as u8]);
}

/// A field that is a number.
pub fn number(out: &mut Template, field: u64, value: u64) {
    varint(out, field << 3);
    varint(out, value);
}

/// A field that is eight bytes to be filled in.
pub fn fixed64(out: &mut Template, field: u64, slot: Slot) {
    varint(out, field << 3 | 1);
    out.slot(slot);
}

/// A field that is bytes.
pub fn bytes(out: &mut Template, field: u64, bytes: &[u8]) {
    varint(out, field << 3 | 2);
    varint(out, bytes.len() as u64);
    out.bytes(bytes);
}

/// A field that is a text that stays.
pub fn string(out: &mut Template, field: u64, text: &str) {
    bytes(out, field, text.as_bytes());
}

/// A field that is an id to be filled in.
pub fn id(out: &mut Template, field: u64, slot: Slot) {
    let mut inner = Template::default();
    inner.slot(slot);
    message(out, field, inner);
}

/// A field that is a text of a span.
pub fn text(out: &mut Template, field: u64, text: &Text) {
    let mut inner = Template::default();
    inner.parts(text, |fixed, out| out.text(fixed));
    message(out, field, inner);
}

/// A field that is a message.
pub fn message(out: &mut Template, field: u64, inner: Template) {
    varint(out, field << 3 | 2);
    varint(out, inner.len() as u64);
    out.append(inner);
}
