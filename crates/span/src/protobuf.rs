//! The protobuf wire format: a reader that borrows, and a writer.
//!
//! Groups, which protobuf gave up long before OTLP, are refused rather than skipped.

mod text_entries;

pub(crate) use text_entries::{Holds, Short};

use crate::decode_error::Fault;
use bumpalo::Bump;

/// Bytes that are not protobuf.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct WireFault {
    /// Address in memory of the field; its distance from the body's is the place to name.
    pub address: usize,
    /// Number of the field, 0 when it could not be read.
    pub field: u32,
    /// What is wrong.
    pub why: &'static str,
    /// Whether only the field's content is wrong and what surrounds it can still be followed.
    pub is_content: bool,
}

impl WireFault {
    /// The same fault with its place in `body`, in which it was found.
    pub fn in_body(&self, body: &[u8]) -> Fault {
        let at = self.address.wrapping_sub(body.as_ptr().addr()).min(body.len());
        Fault::Protobuf { field: self.field, at, why: self.why }
    }
}

/// A field's content.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Wire<'a> {
    /// int32, int64, uint32, uint64, bool, enum.
    Varint(u64),
    /// fixed64, sfixed64, double.
    Fixed64(u64),
    /// string, bytes, messages.
    Bytes(&'a [u8]),
    /// fixed32, float.
    Fixed32(u32),
}

/// A field as it stands in a message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    /// Its number.
    pub number: u32,
    /// Its content.
    pub wire: Wire<'a>,
    /// Its bytes, tag included.
    pub raw: &'a [u8],
}

impl<'a> Field<'a> {
    /// The fault that this field's content is wrong.
    #[cold]
    pub fn fault(&self, why: &'static str) -> WireFault {
        WireFault { address: self.raw.as_ptr().addr(), field: self.number, why, is_content: true }
    }

    /// Its wire type is not the one its number stands for.
    #[cold]
    fn other_type(&self) -> WireFault {
        WireFault { is_content: false, ..self.fault("it has another wire type than its number stands for") }
    }

    /// Its content as bytes.
    #[inline]
    pub fn bytes(&self) -> Result<&'a [u8], WireFault> {
        if let Wire::Bytes(bytes) = self.wire { Ok(bytes) } else { Err(self.other_type()) }
    }

    /// Its content as text.
    #[inline]
    pub fn text(&self) -> Result<&'a str, WireFault> {
        simdutf8::basic::from_utf8(self.bytes()?).map_err(|_| self.fault("it is not UTF-8"))
    }

    /// Its content as a varint.
    #[inline]
    pub fn varint(&self) -> Result<u64, WireFault> {
        if let Wire::Varint(number) = self.wire { Ok(number) } else { Err(self.other_type()) }
    }

    /// Its content as 64 bits.
    #[inline]
    pub fn fixed64(&self) -> Result<u64, WireFault> {
        if let Wire::Fixed64(number) = self.wire { Ok(number) } else { Err(self.other_type()) }
    }

    /// Its content as 32 bits.
    pub fn fixed32(&self) -> Result<u32, WireFault> {
        if let Wire::Fixed32(number) = self.wire { Ok(number) } else { Err(self.other_type()) }
    }
}

/// The fields of a message, one by one. After a fault it yields nothing more.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    /// Of a message's bytes.
    pub fn of(message: &'a [u8]) -> Fields<'a> {
        Fields { rest: message }
    }

    /// The next field, or `None` at the end.
    #[inline(always)]
    pub fn next(&mut self) -> Result<Option<Field<'a>>, WireFault> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        match self.read() {
            Ok(field) => Ok(Some(field)),
            Err(mut fault) => {
                fault.address = self.rest.as_ptr().addr();
                self.rest = &[];
                Err(fault)
            }
        }
    }

    /// The next field, if it is number `number`, which is below 16, and holds `N` bytes, which are below 128.
    /// Senders write their fields in the order of numbers: asking for the one expected is faster than asking
    /// which it is.
    #[inline(always)]
    pub fn next_if_bytes<const N: usize>(&mut self, number: u32) -> Option<&'a [u8; N]> {
        let [tag, length, rest @ ..] = self.rest else { return None };
        if *tag != (number << 3 | 2) as u8 || usize::from(*length) != N {
            return None;
        }
        let (bytes, rest) = rest.split_first_chunk()?;
        self.rest = rest;
        Some(bytes)
    }

    /// The content of the next field of that number, in a message already checked: what is wrong ends it.
    pub fn next_bytes(&mut self, number: u32) -> Option<&'a [u8]> {
        while let Ok(Some(field)) = self.next() {
            if let (true, Wire::Bytes(bytes)) = (field.number == number, field.wire) {
                return Some(bytes);
            }
        }
        None
    }

    #[inline(always)]
    fn read(&mut self) -> Result<Field<'a>, WireFault> {
        let message = self.rest;
        let fault = |field, why| WireFault { address: 0, field, why, is_content: false };
        let (tag, rest) = varint(message).ok_or(fault(0, "its tag is not a number"))?;
        let number = u32::try_from(tag >> 3).map_err(|_| fault(0, "its number is too large"))?;
        if number == 0 || number > FIELD_NUMBER_MAX {
            return Err(fault(0, "no field has this number"));
        }
        const CUT: &str = "it runs past the end of its message";
        let (wire, rest) = match tag & 7 {
            0 => varint(rest).map(|(number, rest)| (Wire::Varint(number), rest)).ok_or(fault(number, CUT))?,
            1 => {
                let (bytes, rest) = rest.split_first_chunk().ok_or(fault(number, CUT))?;
                (Wire::Fixed64(u64::from_le_bytes(*bytes)), rest)
            }
            2 => {
                let (length, rest) = varint(rest).ok_or(fault(number, CUT))?;
                let length = usize::try_from(length).map_err(|_| fault(number, CUT))?;
                let (bytes, rest) = rest.split_at_checked(length).ok_or(fault(number, CUT))?;
                (Wire::Bytes(bytes), rest)
            }
            5 => {
                let (bytes, rest) = rest.split_first_chunk().ok_or(fault(number, CUT))?;
                (Wire::Fixed32(u32::from_le_bytes(*bytes)), rest)
            }
            3 | 4 => return Err(fault(number, "it is a group, which no message here has")),
            _ => return Err(fault(number, "it has no known wire type")),
        };
        self.rest = rest;
        Ok(Field { number, wire, raw: &message[..message.len() - rest.len()] })
    }
}

/// Field numbers have 29 bits.
const FIELD_NUMBER_MAX: u32 = (1 << 29) - 1;

/// A number of at most 64 bits, and what follows it.
#[inline(always)]
fn varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    match bytes {
        [byte, rest @ ..] if *byte < 0x80 => Some((u64::from(*byte), rest)),
        _ => long_varint(bytes),
    }
}

fn long_varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut number = 0;
    for (at, &byte) in bytes.iter().take(10).enumerate() {
        // The tenth byte carries the 64th bit alone.
        if at == 9 && byte > 1 {
            return None;
        }
        number |= u64::from(byte & 0x7f) << (7 * at);
        if byte < 0x80 {
            return Some((number, &bytes[at + 1..]));
        }
    }
    None
}

/// Fields of one message collected verbatim: borrowed while they lie side by side, copied once they do not.
pub(crate) struct Kept<'a> {
    arena: &'a Bump,
    message: &'a [u8],
    from: usize,
    end: usize,
    copied: Option<bumpalo::collections::Vec<'a, u8>>,
}

impl<'a> Kept<'a> {
    /// Nothing yet of `message`.
    pub fn of(message: &'a [u8], arena: &'a Bump) -> Kept<'a> {
        Kept { arena, message, from: 0, end: 0, copied: None }
    }

    /// Adds a field, whose bytes end where `fields`, a reader of the same message, stands.
    pub fn keep(&mut self, field: &Field<'a>, fields: &Fields<'a>) {
        let end = self.message.len() - fields.rest.len();
        let from = end - field.raw.len();
        match &mut self.copied {
            Some(copied) => copied.extend_from_slice(field.raw),
            None if self.from == self.end => (self.from, self.end) = (from, end),
            None if self.end == from => self.end = end,
            None => self.add(field.raw),
        }
    }

    /// Adds bytes from elsewhere.
    pub fn add(&mut self, bytes: &[u8]) {
        let run = &self.message[self.from..self.end];
        let copied = self.copied.get_or_insert_with(|| {
            let mut copied = bumpalo::collections::Vec::with_capacity_in(run.len() + bytes.len(), self.arena);
            copied.extend_from_slice(run);
            copied
        });
        copied.extend_from_slice(bytes);
    }

    /// All of it.
    pub fn bytes(self) -> &'a [u8] {
        match self.copied {
            Some(copied) => copied.into_bump_slice(),
            None => &self.message[self.from..self.end],
        }
    }
}

// -- writing -------------------------------------------------------------------------------------

/// Appends a varint field.
pub(crate) fn put_varint(field: u32, number: u64, out: &mut Vec<u8>) {
    put_number(u64::from(field) << 3, out);
    put_number(number, out);
}

/// Appends a fixed64 field.
pub(crate) fn put_fixed64(field: u32, number: u64, out: &mut Vec<u8>) {
    put_number(u64::from(field) << 3 | 1, out);
    out.extend_from_slice(&number.to_le_bytes());
}

/// Appends a fixed32 field.
pub(crate) fn put_fixed32(field: u32, number: u32, out: &mut Vec<u8>) {
    put_number(u64::from(field) << 3 | 5, out);
    out.extend_from_slice(&number.to_le_bytes());
}

/// Appends a field of bytes: a string, bytes, a message that is there already.
pub(crate) fn put_bytes(field: u32, bytes: &[u8], out: &mut Vec<u8>) {
    put_number(u64::from(field) << 3 | 2, out);
    put_number(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

/// Appends a message field that `write` writes.
pub(crate) fn put_message(field: u32, out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    let from = open_message(field, out);
    write(out);
    close_message(from, out);
}

/// Appends the head of a message field whose content comes next; where the content begins.
pub(crate) fn open_message(field: u32, out: &mut Vec<u8>) -> usize {
    put_number(u64::from(field) << 3 | 2, out);
    out.push(0);
    out.len()
}

/// Ends the message whose content begins at `from`: its length, known now, is written in front of it. One
/// byte stands ready for it, and longer content makes room for more.
pub(crate) fn close_message(from: usize, out: &mut Vec<u8>) {
    let length = out.len() - from;
    if length < 0x80 {
        out[from - 1] = length as u8;
        return;
    }
    out[from - 1] = length as u8 | 0x80;
    put_number(length as u64 >> 7, out);
    out[from..].rotate_left(length);
}

fn put_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
