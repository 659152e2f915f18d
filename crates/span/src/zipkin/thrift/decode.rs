//! Reading spans of version 1 in one pass; what they mean is for the converter to say.
//!
//! As Zipkin: fields that are not known are skipped, an annotation without a time or a text and a binary
//! annotation without a key or a value are dropped, of the latter's types only texts and the truth values of
//! addresses count, what follows the list is not looked at, and bytes that are not UTF-8 become U+FFFD.
//! Refused, where Zipkin reads on in what must be something else: lengths below zero, types that are none.

use super::reader::{Flaw, Reader};
use super::schema::{annotation, binary_annotation, endpoint, span};
use crate::batch::{Batch, Density, EndpointRef};
use crate::decode_error::{DecodeError, Document, Fault};
use crate::zipkin::ip::address_of_bytes;
use crate::zipkin::v1::{Annotation, BinaryAnnotation, Converter, Head, is_address};
use bumpalo::Bump;
use core::net::{IpAddr, Ipv4Addr};

/// Structs and lists around a span's fields.
pub(super) const SPAN_DEPTH: usize = 2;
/// Around an annotation's fields.
const ANNOTATION_DEPTH: usize = SPAN_DEPTH + 2;
/// How thrift writes `true`.
const TRUE: &str = "\u{1}";

/// Decodes a list of spans into `batch`, converted to version 2 and normalised. Fails on the first fault, and
/// then adds nothing (`DEC-1`).
pub fn decode<'a>(body: &'a [u8], arena: &'a Bump, batch: &mut Batch<'a>) -> Result<(), DecodeError> {
    read_body((body, Document::ZipkinThrift), arena, batch, |spans, batch| {
        for _ in 0..spans.reader.list()? {
            spans.read(batch)?;
        }
        Ok(())
    })
}

/// The same of one span without a list around it, as Scribe and old senders to Kafka hand it over.
pub fn decode_one<'a>(body: &'a [u8], arena: &'a Bump, batch: &mut Batch<'a>) -> Result<(), DecodeError> {
    read_body((body, Document::OneInThrift), arena, batch, Spans::read)
}

fn read_body<'a>(
    (body, document): (&'a [u8], Document),
    arena: &'a Bump,
    batch: &mut Batch<'a>,
    read: impl FnOnce(&mut Spans<'a>, &mut Batch<'a>) -> Result<(), Failure>,
) -> Result<(), DecodeError> {
    let error = |fault| DecodeError { document, fault };
    if !batch.can_index(body.len()) {
        return Err(error(Fault::TooLarge(body.len())));
    }
    if body.is_empty() {
        return Ok(());
    }
    let mark = batch.mark();
    batch.reserve(body.len(), Density::THRIFT);
    let mut spans =
        Spans { reader: Reader::new(body), arena, converter: Converter::default(), last_endpoint: Default::default() };
    read(&mut spans, batch).map_err(|failure| {
        batch.rewind(mark);
        error(match failure {
            Failure::Bytes(flaw) => flaw.into(),
            Failure::Span(fault) => *fault,
        })
    })
}

/// Why a list is not taken.
enum Failure {
    /// Bytes are wrong.
    Bytes(Flaw),
    /// A span is none. In a box because it is rare and large.
    Span(Box<Fault>),
}

impl From<Flaw> for Failure {
    fn from(flaw: Flaw) -> Failure {
        Failure::Bytes(flaw)
    }
}

/// The reader and what is used again from span to span.
struct Spans<'a> {
    reader: Reader<'a>,
    arena: &'a Bump,
    converter: Converter<'a>,
    last_endpoint: LastEndpoint<'a>,
}

/// The endpoint read last, and the bytes it was read from: a reporter's spans have one.
#[derive(Default)]
struct LastEndpoint<'a> {
    bytes: &'a [u8],
    endpoint: EndpointRef<'a>,
}

impl<'a> Spans<'a> {
    fn read(&mut self, batch: &mut Batch<'a>) -> Result<(), Failure> {
        self.converter.begin();
        let head = self.span()?;
        head.check_ids().map_err(|fault| Failure::Span(Box::new(fault)))?;
        self.converter.finish(&head, batch);
        Ok(())
    }

    fn span(&mut self) -> Result<Head<'a>, Flaw> {
        let mut head = Head::default();
        let (mut trace_id, mut trace_id_high) = (0, 0);
        while let Some(field) = self.reader.field()? {
            match field {
                span::TRACE_ID => trace_id = self.reader.i64()?,
                span::TRACE_ID_HIGH => trace_id_high = self.reader.i64()?,
                span::NAME => head.name = self.text()?,
                span::ID => head.id = self.reader.i64()? as u64,
                span::PARENT_ID => head.parent_id = self.reader.i64()? as u64,
                span::ANNOTATIONS => {
                    for _ in 0..self.reader.list()? {
                        self.annotation()?;
                    }
                }
                span::BINARY_ANNOTATIONS => {
                    for _ in 0..self.reader.list()? {
                        self.binary_annotation()?;
                    }
                }
                span::DEBUG => head.debug = self.reader.byte()? == 1,
                span::TIMESTAMP => head.timestamp = self.reader.i64()?,
                span::DURATION => head.duration = self.reader.i64()?,
                (kind, _) => self.reader.skip(kind, SPAN_DEPTH)?,
            }
        }
        head.trace_id = u128::from(trace_id_high as u64) << 64 | u128::from(trace_id as u64);
        Ok(head)
    }

    fn annotation(&mut self) -> Result<(), Flaw> {
        let (mut timestamp, mut value, mut endpoint) = (0, None, EndpointRef::default());
        while let Some(field) = self.reader.field()? {
            match field {
                annotation::TIMESTAMP => timestamp = self.reader.i64()?,
                annotation::VALUE => value = Some(self.text()?),
                annotation::HOST => endpoint = self.endpoint()?,
                (kind, _) => self.reader.skip(kind, ANNOTATION_DEPTH)?,
            }
        }
        if let (Some(value), true) = (value, timestamp != 0) {
            self.converter.annotations.push(Annotation { timestamp, value, endpoint });
        }
        Ok(())
    }

    fn binary_annotation(&mut self) -> Result<(), Flaw> {
        let (mut key, mut value, mut endpoint) = (None, None, EndpointRef::default());
        let (mut is_bool, mut is_text) = (false, false);
        while let Some(field) = self.reader.field()? {
            match field {
                binary_annotation::KEY => key = Some(self.text()?),
                binary_annotation::VALUE => value = Some(self.text()?),
                binary_annotation::TYPE => match self.reader.i32()? {
                    binary_annotation::TYPE_BOOL => is_bool = true,
                    binary_annotation::TYPE_STRING => is_text = true,
                    _ => {}
                },
                binary_annotation::HOST => endpoint = self.endpoint()?,
                (kind, _) => self.reader.skip(kind, ANNOTATION_DEPTH)?,
            }
        }
        let (Some(key), Some(value)) = (key, value) else { return Ok(()) };
        // An address without an endpoint says nothing.
        let is_address = is_bool && value == TRUE && is_address(key) && !endpoint.is_empty();
        if is_text || is_address {
            let value = is_text.then_some(value);
            self.converter.binary_annotations.push(BinaryAnnotation { key, value, endpoint });
        }
        Ok(())
    }

    /// Reads an endpoint, or knows it: a struct ends with its stop, so the same bytes are the same struct.
    fn endpoint(&mut self) -> Result<EndpointRef<'a>, Flaw> {
        if self.last_endpoint.bytes.is_empty() || !self.reader.skip_bytes(self.last_endpoint.bytes) {
            let from = self.reader.rest();
            let endpoint = self.read_endpoint()?;
            let bytes = &from[..from.len() - self.reader.rest().len()];
            self.last_endpoint = LastEndpoint { bytes, endpoint };
        }
        Ok(self.last_endpoint.endpoint)
    }

    fn read_endpoint(&mut self) -> Result<EndpointRef<'a>, Flaw> {
        let mut endpoint = EndpointRef::default();
        while let Some(field) = self.reader.field()? {
            match field {
                endpoint::IPV4 => {
                    let bits = self.reader.i32()? as u32;
                    endpoint.ipv4 = if bits == 0 { endpoint.ipv4 } else { Some(Ipv4Addr::from_bits(bits)) };
                }
                endpoint::PORT => endpoint.port = self.reader.i16()? as u16,
                endpoint::SERVICE_NAME => endpoint.service = self.text()?,
                endpoint::IPV6 => match address_of_bytes(self.reader.bytes()?) {
                    Some(IpAddr::V4(address)) => endpoint.ipv4 = Some(address),
                    Some(IpAddr::V6(address)) => endpoint.ipv6 = Some(address),
                    None => {}
                },
                (kind, _) => self.reader.skip(kind, ANNOTATION_DEPTH + 1)?,
            }
        }
        Ok(endpoint)
    }

    #[inline]
    fn text(&mut self) -> Result<&'a str, Flaw> {
        let bytes = self.reader.bytes()?;
        let arena = self.arena;
        Ok(simdutf8::basic::from_utf8(bytes).unwrap_or_else(|_| replaced(bytes, arena)))
    }
}

#[cold]
fn replaced<'a>(bytes: &[u8], arena: &'a Bump) -> &'a str {
    arena.alloc_str(&String::from_utf8_lossy(bytes))
}
