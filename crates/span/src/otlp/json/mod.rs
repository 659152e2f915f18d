//! OTLP traces in JSON, as OTLP/HTTP has them: read by way of protobuf, so that what is kept, checked and
//! left out is the same in both.
//!
//! By the mapping of protobuf to JSON with OTLP's changes to it: ids are hexadecimal in either case, enums are
//! numbers (names are read too), whole numbers of 64 bits are texts or numbers, bytes are Base64, names are in
//! camel case or as in the protobuf files, `null` is an absent field, and what is not known is skipped.

mod scalar;
mod transcode;

use crate::batch::{Batch, Density};
use crate::decode_error::{DecodeError, Document};
use crate::zipkin::json::read_body;
use bumpalo::Bump;
use transcode::Transcoder;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

/// Decodes a request into `batch`. Fails where it is not JSON or a field of another type than it must be, and
/// then adds nothing (`DEC-1`). A span that says what it cannot (an id that is none, bytes that are not Base64)
/// is left out and counted, as in protobuf.
pub fn decode<'a>(body: &'a [u8], arena: &'a Bump, batch: &mut Batch<'a>) -> Result<(), DecodeError> {
    let mut transcoder = Transcoder::default();
    // Nothing enters the batch here: what does is said by the protobuf.
    let into = (&mut *batch, Density::NONE);
    read_body((body, Document::OtlpJson), arena, into, |reader, _| transcoder.request(reader))?;
    let request = arena.alloc_slice_copy(&transcoder.out);
    super::decode(request, arena, batch).map_err(|error| DecodeError { document: Document::OtlpJson, ..error })?;
    batch.rejected += transcoder.rejected;
    batch.rejected_why = batch.rejected_why.take().or(transcoder.rejected_why);
    Ok(())
}
