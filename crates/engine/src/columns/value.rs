//! A tag's value as a type, which is part of the row's shape, and bytes, which are in the string pool.

use crate::encode::{Input, Malformed, put_signed};
use nines_span::ValueRef;

/// The type of a value; the number is what files hold.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum ValueType {
    /// UTF-8 text.
    Str = 0,
    /// One byte, 0 or 1.
    Bool = 1,
    /// A signed varint.
    Int = 2,
    /// Eight bytes, the double's bits, little-endian.
    Double = 3,
    /// Bytes as they are.
    Bytes = 4,
    /// An OTLP `ArrayValue` message.
    Array = 5,
    /// An OTLP `KeyValueList` message.
    Map = 6,
    /// No value: no bytes.
    Empty = 7,
}

impl ValueType {
    const ALL: [ValueType; 8] = [
        ValueType::Str,
        ValueType::Bool,
        ValueType::Int,
        ValueType::Double,
        ValueType::Bytes,
        ValueType::Array,
        ValueType::Map,
        ValueType::Empty,
    ];

    /// From the number in a file.
    pub fn from_u8(number: u8) -> Result<ValueType, Malformed> {
        ValueType::ALL.get(usize::from(number)).copied().ok_or(Malformed("a value type is unknown"))
    }

    /// Its name, as measurements write it.
    pub fn name(self) -> &'static str {
        match self {
            ValueType::Str => "text",
            ValueType::Bool => "bool",
            ValueType::Int => "int",
            ValueType::Double => "double",
            ValueType::Bytes => "bytes",
            ValueType::Array => "array",
            ValueType::Map => "map",
            ValueType::Empty => "empty",
        }
    }

    /// The type of a value.
    pub fn of(value: ValueRef<'_>) -> ValueType {
        match value {
            ValueRef::Str(_) => ValueType::Str,
            ValueRef::Bool(_) => ValueType::Bool,
            ValueRef::Int(_) => ValueType::Int,
            ValueRef::Double(_) => ValueType::Double,
            ValueRef::Bytes(_) => ValueType::Bytes,
            ValueRef::Array(_) => ValueType::Array,
            ValueRef::Map(_) => ValueType::Map,
            ValueRef::Empty => ValueType::Empty,
        }
    }
}

/// The value's bytes: its own where it has any, else written to `scratch`.
#[inline]
pub fn encode_value<'a>(value: ValueRef<'a>, scratch: &'a mut Vec<u8>) -> &'a [u8] {
    match value {
        ValueRef::Str(text) => text.as_bytes(),
        ValueRef::Bytes(bytes) | ValueRef::Array(bytes) | ValueRef::Map(bytes) => bytes,
        ValueRef::Bool(truth) => {
            scratch.clear();
            scratch.push(u8::from(truth));
            scratch
        }
        ValueRef::Int(number) => {
            scratch.clear();
            put_signed(scratch, number);
            scratch
        }
        ValueRef::Double(number) => {
            scratch.clear();
            scratch.extend_from_slice(&number.to_bits().to_le_bytes());
            scratch
        }
        ValueRef::Empty => &[],
    }
}

/// The value of a type and bytes.
#[inline]
pub fn decode_value(value_type: ValueType, bytes: &[u8]) -> Result<ValueRef<'_>, Malformed> {
    Ok(match value_type {
        ValueType::Str => ValueRef::Str(std::str::from_utf8(bytes).map_err(|_| Malformed("a text is not UTF-8"))?),
        ValueType::Bool => ValueRef::Bool(bytes == [1]),
        ValueType::Int => ValueRef::Int(Input::new(bytes).signed()?),
        ValueType::Double => ValueRef::Double(f64::from_bits(Input::new(bytes).u64()?)),
        ValueType::Bytes => ValueRef::Bytes(bytes),
        ValueType::Array => ValueRef::Array(bytes),
        ValueType::Map => ValueRef::Map(bytes),
        ValueType::Empty => ValueRef::Empty,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_value_comes_back() {
        let values = [
            ValueRef::Str("텍스트"),
            ValueRef::Bool(false),
            ValueRef::Bool(true),
            ValueRef::Int(i64::MIN),
            ValueRef::Int(-1),
            ValueRef::Double(f64::NAN),
            ValueRef::Double(-0.0),
            ValueRef::Bytes(&[0, 255]),
            ValueRef::Array(&[10, 0]),
            ValueRef::Map(&[]),
            ValueRef::Empty,
        ];
        for value in values {
            let mut scratch = Vec::new();
            let value_type = ValueType::from_u8(ValueType::of(value) as u8).unwrap();
            assert_eq!(decode_value(value_type, encode_value(value, &mut scratch)), Ok(value));
        }
        assert!(ValueType::from_u8(8).is_err());
        assert!(decode_value(ValueType::Str, &[0xff]).is_err());
        assert!(decode_value(ValueType::Double, &[1]).is_err());
    }
}
