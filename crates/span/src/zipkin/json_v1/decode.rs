//! Reading spans of version 1 in one pass; what they mean is for the converter to say.
//!
//! As Zipkin: unknown fields are skipped, `null` is an absent field, of a repeated field the last counts and
//! lists add up, what follows the list is not looked at. Ids may have up to 32 digits of which the last
//! sixteen count, save in a trace id of exactly 32. Of binary annotations texts are tags and `true` of an
//! address is its endpoint; numbers, lists and other truth values are no part of the model.

use crate::batch::{Batch, Density};
use crate::decode_error::{DecodeError, Document, Fault};
use crate::zipkin::json::{Failed, LastEndpoint, Reader, Scalar, read_body};
use crate::zipkin::v1::{Annotation, BinaryAnnotation, Converter, Head, id, is_address, trace_id};
use bumpalo::Bump;

/// Lists and objects around a span's fields, where the span stands in a list.
const SPAN_DEPTH: usize = 2;
/// Around an annotation's fields.
const ANNOTATION_DEPTH: usize = SPAN_DEPTH + 2;

/// Decodes a list of spans into `batch`, converted to version 2 and normalised. Fails on the first fault, and
/// then adds nothing (`DEC-1`).
pub fn decode<'a>(body: &'a [u8], arena: &'a Bump, batch: &mut Batch<'a>) -> Result<(), DecodeError> {
    read_body((body, Document::ZipkinJson), arena, (batch, Density::JSON_V1), |reader, batch| {
        let mut spans = Spans::default();
        let mut more = reader.list()?;
        while more {
            spans.read(reader, batch)?;
            more = reader.next_element()?;
        }
        Ok(())
    })
}

/// The same of one span without a list around it, as old senders put it into a queue.
pub fn decode_one<'a>(body: &'a [u8], arena: &'a Bump, batch: &mut Batch<'a>) -> Result<(), DecodeError> {
    let into = (batch, Density::JSON_V1);
    read_body((body, Document::OneInJson), arena, into, |reader, batch| Spans::default().read(reader, batch))
}

/// What is used again from span to span.
#[derive(Default)]
struct Spans<'a> {
    converter: Converter<'a>,
    last_endpoint: LastEndpoint<'a>,
}

impl<'a> Spans<'a> {
    fn read(&mut self, reader: &mut Reader<'a>, batch: &mut Batch<'a>) -> Result<(), Failed> {
        self.converter.begin();
        let mut head = Head::default();
        let mut name = reader.object()?;
        while let Some(field) = name {
            match field {
                "traceId" => {
                    let text = reader.string()?;
                    head.trace_id = reader.checked(trace_id(text))?;
                }
                "id" => {
                    let text = reader.string()?;
                    head.id = reader.checked(id(text))?;
                }
                _ => {
                    if !reader.null()? {
                        self.optional(reader, field, &mut head)?;
                    }
                }
            }
            name = reader.next_name()?;
        }
        reader.checked(head.check_ids())?;
        self.converter.finish(&head, batch);
        Ok(())
    }

    /// A field that may be missing; its value is not `null`.
    fn optional(&mut self, reader: &mut Reader<'a>, field: &'a str, head: &mut Head<'a>) -> Result<(), Failed> {
        match field {
            "parentId" => {
                let text = reader.string()?;
                head.parent_id = reader.checked(id(text))?;
            }
            "name" => head.name = reader.string()?,
            "timestamp" => head.timestamp = reader.long()?,
            "duration" => head.duration = reader.long()?,
            "annotations" => self.each(reader, Spans::annotation)?,
            "binaryAnnotations" => self.each(reader, Spans::binary_annotation)?,
            // `false` does not take a `true` back.
            "debug" => head.debug |= reader.boolean()?,
            _ => reader.skip(SPAN_DEPTH)?,
        }
        Ok(())
    }

    fn each(
        &mut self,
        reader: &mut Reader<'a>,
        read: fn(&mut Spans<'a>, &mut Reader<'a>) -> Result<(), Failed>,
    ) -> Result<(), Failed> {
        let mut more = reader.list()?;
        while more {
            read(self, reader)?;
            more = reader.next_element()?;
        }
        Ok(())
    }

    fn annotation(&mut self, reader: &mut Reader<'a>) -> Result<(), Failed> {
        let (mut timestamp, mut value, mut endpoint) = (None, None, Default::default());
        let mut name = reader.object()?;
        while let Some(field) = name {
            match field {
                "timestamp" => timestamp = Some(reader.long()?),
                "value" => value = Some(reader.string()?),
                "endpoint" if !reader.null()? => endpoint = self.last_endpoint.read(reader, ANNOTATION_DEPTH)?,
                // Its `null` was consumed by the question.
                "endpoint" => {}
                _ => reader.skip(ANNOTATION_DEPTH)?,
            }
            name = reader.next_name()?;
        }
        let (Some(timestamp), Some(value)) = (timestamp, value) else {
            // The path before the closing brace: that of the last field there was.
            let path = reader.path(1);
            return reader.fail(Fault::IncompleteAnnotation(path));
        };
        self.converter.annotations.push(Annotation { timestamp, value, endpoint });
        Ok(())
    }

    fn binary_annotation(&mut self, reader: &mut Reader<'a>) -> Result<(), Failed> {
        let (mut key, mut text, mut truth, mut endpoint) = (None, None, false, Default::default());
        let mut name = reader.object()?;
        while let Some(field) = name {
            if !reader.null()? {
                match field {
                    "key" => key = Some(reader.string()?),
                    "value" => match reader.scalar(ANNOTATION_DEPTH)? {
                        Scalar::Text(value) => text = Some(value),
                        Scalar::Bool(value) => truth = value,
                        Scalar::Other => {}
                    },
                    "endpoint" => endpoint = self.last_endpoint.read(reader, ANNOTATION_DEPTH)?,
                    _ => reader.skip(ANNOTATION_DEPTH)?,
                }
            }
            name = reader.next_name()?;
        }
        let Some(key) = key else {
            let path = reader.path(1);
            return reader.fail(Fault::NoKey(path));
        };
        // An address without an endpoint says nothing.
        if text.is_some() || truth && is_address(key) && !endpoint.is_empty() {
            self.converter.binary_annotations.push(BinaryAnnotation { key, value: text, endpoint });
        }
        Ok(())
    }
}
