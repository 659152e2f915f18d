//! Thrift's binary protocol: a reader that borrows.
//!
//! Everything has its length in front and is checked against what is left, so that nothing is made by a
//! number that a sender chose.

use super::schema::{BOOL, BYTE, DOUBLE, Field, I16, I32, I64, LIST, MAP, SET, STOP, STRING, STRUCT};
use crate::decode_error::Fault;

/// Structs, lists and maps inside one another in a field that is not known. Stepping over it recurses once
/// a level, so this bounds the stack. Zipkin's own structs go three deep.
pub const NESTING_MAX: usize = 64;

/// Bytes that are not what they should be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Flaw {
    /// Less is left than the next piece has.
    Truncated { length: usize, available: usize },
    /// A length below zero, a type that is none, or too much inside one another.
    Malformed,
}

impl From<Flaw> for Fault {
    #[cold]
    fn from(flaw: Flaw) -> Fault {
        match flaw {
            Flaw::Truncated { length, available } => Fault::Truncated { length, available },
            Flaw::Malformed => Fault::Malformed,
        }
    }
}

/// The reader.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// At the start of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { rest: bytes }
    }

    /// The next field of a struct; `None` at its end.
    #[inline]
    pub fn field(&mut self) -> Result<Option<Field>, Flaw> {
        match self.byte()? {
            STOP => Ok(None),
            kind => Ok(Some((kind, self.i16()?))),
        }
    }

    /// The number of elements of a list, whose type is not looked at: some senders write a wrong one.
    pub fn list(&mut self) -> Result<usize, Flaw> {
        self.byte()?;
        self.length()
    }

    /// A number that cannot be below zero.
    fn length(&mut self) -> Result<usize, Flaw> {
        usize::try_from(self.i32()?).map_err(|_| Flaw::Malformed)
    }

    #[inline]
    pub fn byte(&mut self) -> Result<u8, Flaw> {
        self.array::<1>().map(|[byte]| byte)
    }

    #[inline]
    pub fn i16(&mut self) -> Result<i16, Flaw> {
        self.array().map(i16::from_be_bytes)
    }

    #[inline]
    pub fn i32(&mut self) -> Result<i32, Flaw> {
        self.array().map(i32::from_be_bytes)
    }

    #[inline]
    pub fn i64(&mut self) -> Result<i64, Flaw> {
        self.array().map(i64::from_be_bytes)
    }

    /// A text or bytes.
    #[inline]
    pub fn bytes(&mut self) -> Result<&'a [u8], Flaw> {
        let length = self.length()?;
        self.take(length)
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> Result<[u8; N], Flaw> {
        let (bytes, rest) = self.rest.split_first_chunk().ok_or(self.truncated(N))?;
        self.rest = rest;
        Ok(*bytes)
    }

    #[inline]
    fn take(&mut self, length: usize) -> Result<&'a [u8], Flaw> {
        let (bytes, rest) = self.rest.split_at_checked(length).ok_or(self.truncated(length))?;
        self.rest = rest;
        Ok(bytes)
    }

    fn truncated(&self, length: usize) -> Flaw {
        Flaw::Truncated { length, available: self.rest.len() }
    }

    /// Steps over a value of a type, the reader being inside `depth` structs, lists and maps.
    #[cold]
    pub fn skip(&mut self, kind: u8, depth: usize) -> Result<(), Flaw> {
        if let Some(width) = width(kind) {
            return self.take(width).map(drop);
        }
        // DEC-2: what recurses goes no deeper than this.
        if depth >= NESTING_MAX {
            return Err(Flaw::Malformed);
        }
        match kind {
            STRING => self.bytes().map(drop),
            STRUCT => {
                while let Some((kind, _)) = self.field()? {
                    self.skip(kind, depth + 1)?;
                }
                Ok(())
            }
            LIST | SET => {
                let kind = self.byte()?;
                self.skip_elements(&[kind], depth)
            }
            MAP => {
                let kinds = [self.byte()?, self.byte()?];
                self.skip_elements(&kinds, depth)
            }
            _ => Err(Flaw::Malformed),
        }
    }

    /// Steps over a number of elements, each made of values of these types. None is less than a byte long, so
    /// there are no more than bytes.
    fn skip_elements(&mut self, kinds: &[u8], depth: usize) -> Result<(), Flaw> {
        for _ in 0..self.length()? {
            for kind in kinds {
                self.skip(*kind, depth + 1)?;
            }
        }
        Ok(())
    }

    // -- what was read ---------------------------------------------------------------------------

    /// The bytes from here to the end.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Steps over `bytes` if they stand next; whether they did.
    #[inline]
    pub fn skip_bytes(&mut self, bytes: &[u8]) -> bool {
        match self.rest.strip_prefix(bytes) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }
}

/// Bytes of a value of a type whose values all have the same length.
fn width(kind: u8) -> Option<usize> {
    match kind {
        BOOL | BYTE => Some(1),
        I16 => Some(2),
        I32 => Some(4),
        I64 | DOUBLE => Some(8),
        _ => None,
    }
}
