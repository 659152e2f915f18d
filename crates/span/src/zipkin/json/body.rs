//! From a body to a reader, and from a reader that failed to an error.

use super::{Failed, Reader};
use crate::batch::{Batch, Density};
use crate::decode_error::{DecodeError, Document, Fault};
use bumpalo::Bump;

/// Lets `read` read a body into `batch`. Where it fails nothing of it is added (`DEC-1`). An empty body is
/// nothing; bytes that are not UTF-8 become U+FFFD.
pub(crate) fn read_body<'a>(
    (body, document): (&'a [u8], Document),
    arena: &'a Bump,
    (batch, density): (&mut Batch<'a>, Density),
    read: impl FnOnce(&mut Reader<'a>, &mut Batch<'a>) -> Result<(), Failed>,
) -> Result<(), DecodeError> {
    let error = |fault| DecodeError { document, fault };
    if !batch.can_index(body.len()) {
        return Err(error(Fault::TooLarge(body.len())));
    }
    if body.is_empty() {
        return Ok(());
    }
    let text = match simdutf8::basic::from_utf8(body) {
        Ok(text) => text,
        Err(_) => arena.alloc_str(&String::from_utf8_lossy(body)),
    };
    let mark = batch.mark();
    batch.reserve(body.len(), density);
    let mut reader = Reader::new(text, arena);
    match read(&mut reader, batch) {
        Ok(()) => Ok(()),
        Err(Failed) => {
            batch.rewind(mark);
            Err(error(reader.into_fault()))
        }
    }
}
