//! Attribute values: read, checked, and written.

use super::schema::{any_value, key_value, list};
use crate::model::ValueRef;
use crate::protobuf::{Field, Fields, WireFault, put_bytes, put_fixed64, put_message, put_varint};

/// Lists and maps inside one another in an attribute's value. OTLP names no limit and real senders
/// stay below five; readers and writers of values recurse, so this also bounds their stack.
pub const VALUE_DEPTH_MAX: usize = 32;

/// The key and the value's message of a `KeyValue`.
#[inline]
pub(super) fn key_value(message: &[u8]) -> Result<(&[u8], &[u8]), WireFault> {
    let (mut key, mut value): (&[u8], &[u8]) = (&[], &[]);
    let mut fields = Fields::of(message);
    while let Some(field) = fields.next()? {
        match field.number {
            key_value::KEY => key = field.bytes()?,
            key_value::VALUE => value = field.bytes()?,
            _ => {}
        }
    }
    Ok((key, value))
}

/// A `KeyValue`, checked through and through.
#[inline(always)]
pub(super) fn checked_key_value(message: &[u8], depth: usize) -> Result<(&str, ValueRef<'_>), WireFault> {
    let (mut key, mut value) = ("", ValueRef::Empty);
    let mut fields = Fields::of(message);
    while let Some(field) = fields.next()? {
        match field.number {
            key_value::KEY => key = field.text()?,
            key_value::VALUE => value = any_value(field.bytes()?, depth)?,
            _ => {}
        }
    }
    Ok((key, value))
}

/// An `AnyValue` inside `depth` lists and maps, checked through and through. Of several values the
/// last counts; one of a type not known here is empty.
#[inline(always)]
pub(super) fn any_value(message: &[u8], depth: usize) -> Result<ValueRef<'_>, WireFault> {
    let mut value = ValueRef::Empty;
    let mut fields = Fields::of(message);
    while let Some(field) = fields.next()? {
        value = match field.number {
            any_value::STRING => ValueRef::Str(field.text()?),
            any_value::BOOL => ValueRef::Bool(field.varint()? != 0),
            any_value::INT => ValueRef::Int(field.varint()? as i64),
            any_value::DOUBLE => ValueRef::Double(f64::from_bits(field.fixed64()?)),
            any_value::BYTES => ValueRef::Bytes(field.bytes()?),
            any_value::ARRAY | any_value::KVLIST => checked_nested(&field, depth)?,
            _ => value,
        };
    }
    Ok(value)
}

/// A list or a map. Apart from the scalars, which are nearly all values there are.
#[cold]
fn checked_nested<'a>(field: &Field<'a>, depth: usize) -> Result<ValueRef<'a>, WireFault> {
    // DEC-2: what recurses here, and when it is read again, goes no deeper than this.
    if depth >= VALUE_DEPTH_MAX {
        return Err(field.fault("its lists and maps are nested too deeply"));
    }
    let is_map = field.number == any_value::KVLIST;
    let message = field.bytes()?;
    let mut fields = Fields::of(message);
    while let Some(field) = fields.next()? {
        if field.number == list::VALUES && is_map {
            checked_key_value(field.bytes()?, depth + 1)?;
        } else if field.number == list::VALUES {
            any_value(field.bytes()?, depth + 1)?;
        }
    }
    Ok(if is_map { ValueRef::Map(message) } else { ValueRef::Array(message) })
}

/// The elements of a [`ValueRef::Array`]. Bytes that are no `ArrayValue` end early.
pub fn array_values(message: &[u8]) -> impl Iterator<Item = ValueRef<'_>> {
    let mut fields = Fields::of(message);
    std::iter::from_fn(move || fields.next_bytes(list::VALUES)).map(value_or_empty)
}

/// The entries of a [`ValueRef::Map`], in the order sent. Bytes that are no `KeyValueList` end early.
pub fn map_entries(message: &[u8]) -> impl Iterator<Item = (&str, ValueRef<'_>)> {
    let mut fields = Fields::of(message);
    std::iter::from_fn(move || fields.next_bytes(list::VALUES)).filter_map(entry)
}

/// A `KeyValue` of bytes already checked; `None` where they are not what they should be.
pub(super) fn entry(message: &[u8]) -> Option<(&str, ValueRef<'_>)> {
    let (key, value) = key_value(message).ok()?;
    Some((std::str::from_utf8(key).ok()?, value_or_empty(value)))
}

/// An `AnyValue` of bytes already checked.
pub(super) fn value_or_empty(message: &[u8]) -> ValueRef<'_> {
    any_value(message, 0).unwrap_or(ValueRef::Empty)
}

/// Appends an attribute as field `number`.
pub(super) fn put_key_value(number: u32, key: &str, value: ValueRef<'_>, out: &mut Vec<u8>) {
    put_message(number, out, |out| {
        put_bytes(key_value::KEY, key.as_bytes(), out);
        put_message(key_value::VALUE, out, |out| match value {
            ValueRef::Str(text) => put_bytes(any_value::STRING, text.as_bytes(), out),
            ValueRef::Bool(truth) => put_varint(any_value::BOOL, u64::from(truth), out),
            ValueRef::Int(number) => put_varint(any_value::INT, number as u64, out),
            ValueRef::Double(number) => put_fixed64(any_value::DOUBLE, number.to_bits(), out),
            ValueRef::Bytes(bytes) => put_bytes(any_value::BYTES, bytes, out),
            ValueRef::Array(message) => put_bytes(any_value::ARRAY, message, out),
            ValueRef::Map(message) => put_bytes(any_value::KVLIST, message, out),
            ValueRef::Empty => {}
        });
    });
}
