//! Types of thrift's binary protocol, and the fields of Zipkin's structs: each the type it must have and its
//! number. A field of that number and another type is one that is not known.

/// Ends a struct.
pub const STOP: u8 = 0;
pub const BOOL: u8 = 2;
pub const BYTE: u8 = 3;
pub const DOUBLE: u8 = 4;
pub const I16: u8 = 6;
pub const I32: u8 = 8;
pub const I64: u8 = 10;
/// Text or bytes.
pub const STRING: u8 = 11;
pub const STRUCT: u8 = 12;
pub const MAP: u8 = 13;
pub const SET: u8 = 14;
pub const LIST: u8 = 15;

/// A field as its head says it: type and number.
pub type Field = (u8, i16);

/// `Span`.
pub mod span {
    use super::{BOOL, Field, I64, LIST, STRING};
    pub const TRACE_ID: Field = (I64, 1);
    pub const NAME: Field = (STRING, 3);
    pub const ID: Field = (I64, 4);
    pub const PARENT_ID: Field = (I64, 5);
    pub const ANNOTATIONS: Field = (LIST, 6);
    pub const BINARY_ANNOTATIONS: Field = (LIST, 8);
    pub const DEBUG: Field = (BOOL, 9);
    pub const TIMESTAMP: Field = (I64, 10);
    pub const DURATION: Field = (I64, 11);
    pub const TRACE_ID_HIGH: Field = (I64, 12);
}

/// `Annotation`.
pub mod annotation {
    use super::{Field, I64, STRING, STRUCT};
    pub const TIMESTAMP: Field = (I64, 1);
    pub const VALUE: Field = (STRING, 2);
    pub const HOST: Field = (STRUCT, 3);
}

/// `BinaryAnnotation`.
pub mod binary_annotation {
    use super::{Field, I32, STRING, STRUCT};
    pub const KEY: Field = (STRING, 1);
    pub const VALUE: Field = (STRING, 2);
    pub const TYPE: Field = (I32, 3);
    pub const HOST: Field = (STRUCT, 4);

    /// Of [`TYPE`]: a truth value, which an address has.
    pub const TYPE_BOOL: i32 = 0;
    /// A text, which a tag has.
    pub const TYPE_STRING: i32 = 6;
}

/// `Endpoint`.
pub mod endpoint {
    use super::{Field, I16, I32, STRING};
    pub const IPV4: Field = (I32, 1);
    /// Without a sign, as its type has one.
    pub const PORT: Field = (I16, 2);
    pub const SERVICE_NAME: Field = (STRING, 3);
    /// Sixteen bytes.
    pub const IPV6: Field = (STRING, 4);
}
